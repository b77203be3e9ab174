// What a service needs to know, with its defaults.
import {
  type ClusterOptions,
  ConfigError,
  type ConsumerOptions,
  isClusterOption,
  type ProducerOptions,
} from '@millrace/client'
import { type Clock, nodeClock, nodeRandom, type Random } from '@millrace/runtime'
import { checkFields } from '../check-fields.ts'
import type { TopicNaming } from '../failure/topic-names.ts'
import type { Middleware } from '../handling/handlers.ts'
import { checkEndpoint, type EndpointOptions } from '../http/endpoint.ts'
import type { ServiceListener } from '../observe/event-door.ts'
import type { TopicCreation } from './own-topics.ts'

/** What a service sees to itself. */
type OwnConsumerOption =
  | keyof ClusterOptions
  | 'groupId'
  | 'autoCommit'
  | 'autoCommitIntervalMs'
  | 'commitEveryRecords'
  | 'processingGuarantee'
  | 'topics'
  | 'keySerde'
  | 'valueSerde'
  | 'onPoison'
  | 'onWarning'
type OwnProducerOption =
  | keyof ClusterOptions
  | 'transactionalId'
  | 'acks'
  | 'idempotence'
  | 'keySerde'
  | 'valueSerde'
  | 'onDelivery'

/** Options of a service. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface ServiceOptions extends ClusterOptions {
  /** What it is called in logs and metrics, and its group's name where no other is given. */
  readonly name: string
  /** Group of its handlers (`group.id`). Default: `name`. */
  readonly group?: string
  /** Members of each group in this process, each with connections of its own. Default 1. */
  readonly consumers?: number
  /** Around all handlers, the first one outermost. Default: none. */
  readonly middleware?: readonly Middleware[]
  /** Names of retry topics and dead letter topics. Default: as Spring Kafka, with the group: `orders-billing-retry-10000`, `orders-billing-dlt`. */
  readonly naming?: TopicNaming
  /** Which missing topics are made at start: `own`, those for what failed; `all`, those of the handlers, too; `none`. Default `own`. */
  readonly createTopics?: TopicCreation
  /** Time between commits, in ms: what was done since the last one comes again after a crash. Default 1,000. */
  readonly commitIntervalMs?: number
  /** How long a transaction of `exactly-once` handlers gathers records, in ms. Default 100. */
  readonly transactionIntervalMs?: number
  /** How long stopping waits for handlers, in ms. Default 30,000. */
  readonly drainTimeoutMs?: number
  /** How long a rebalance waits for handlers whose partitions go, in ms. Default 10,000. */
  readonly revokeTimeoutMs?: number
  /** Records in hand at a time with `key` and `unordered` concurrency, for each handler. Default: ten times `concurrency.max`, 1,000 at least. */
  readonly maxInFlightRecords?: number
  /** Bytes in hand at a time, for each handler; as many again may be fetched ahead of them. Default 67,108,864. */
  readonly maxInFlightBytes?: number
  /** Characters of a commit's metadata that brokers take (`offset.metadata.max.bytes`). Default 4,096. */
  readonly offsetMetadataMaxChars?: number
  /** Further options of the consumers. Default: `autoOffsetReset` is `earliest`. */
  readonly consumer?: Partial<Omit<ConsumerOptions, OwnConsumerOption>>
  /** Further options of the producers. Default: none. */
  readonly producer?: Partial<Omit<ProducerOptions, OwnProducerOption>>
  /** Serves `/metrics`, `/healthz` and `/readyz` from start to stop. Default: nothing is served; `serveHealth` does so for several services. */
  readonly http?: EndpointOptions
  /** Hears of all that a service does beside handling: retries, dead letters, partitions, states. Default: nobody; `logger` hears it, too. */
  readonly onServiceEvent?: ServiceListener
  /** Time of delays, retries and limits, where it is not that of the clients: tests let it pass at will. Default: `clock`. */
  readonly handlingClock?: Clock
}

export interface ResolvedServiceOptions
  extends Required<
    Omit<
      ServiceOptions,
      | keyof ClusterOptions
      | 'naming'
      | 'onServiceEvent'
      | 'consumer'
      | 'producer'
      | 'maxInFlightRecords'
      | 'http'
    >
  > {
  readonly naming: TopicNaming | undefined
  readonly maxInFlightRecords: number | undefined
  readonly http: EndpointOptions | undefined
  readonly listeners: readonly ServiceListener[]
  readonly clock: Clock
  readonly random: Random
  readonly cluster: ClusterOptions
  readonly consumerOptions: Partial<ConsumerOptions>
  readonly producerOptions: Partial<ProducerOptions>
}

const ownNames: readonly string[] = [
  'name',
  'group',
  'consumers',
  'middleware',
  'naming',
  'createTopics',
  'commitIntervalMs',
  'transactionIntervalMs',
  'drainTimeoutMs',
  'revokeTimeoutMs',
  'maxInFlightRecords',
  'maxInFlightBytes',
  'offsetMetadataMaxChars',
  'consumer',
  'producer',
  'http',
  'onServiceEvent',
  'handlingClock',
]

const ownConsumerOptions: readonly string[] = [
  'groupId',
  'autoCommit',
  'autoCommitIntervalMs',
  'commitEveryRecords',
  'processingGuarantee',
  'topics',
  'keySerde',
  'valueSerde',
  'onPoison',
  'onWarning',
] satisfies OwnConsumerOption[]
const ownProducerOptions: readonly string[] = [
  'transactionalId',
  'acks',
  'idempotence',
  'keySerde',
  'valueSerde',
  'onDelivery',
] satisfies OwnProducerOption[]

const numbers = [
  ['consumers', 1],
  ['commitIntervalMs', 1],
  ['transactionIntervalMs', 1],
  ['drainTimeoutMs', 0],
  ['revokeTimeoutMs', 0],
  ['maxInFlightRecords', 1],
  ['maxInFlightBytes', 1],
  ['offsetMetadataMaxChars', 0],
] as const

/** Checks options and fills in defaults. Those of clients are checked by the clients. Throws ConfigError. */
export function resolveServiceOptions(options: ServiceOptions): ResolvedServiceOptions {
  const cluster: Record<string, unknown> = {}
  const own: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    if (isClusterOption(name) && !ownNames.includes(name)) cluster[name] = value
    else own[name] = value
  }
  checkFields('Service', own, ownNames)
  const { name, group, middleware = [], createTopics = 'own', naming } = options
  if (typeof name !== 'string' || name === '') throw new ConfigError('Service: name is missing')
  if (group === '') throw new ConfigError('Service: group is empty; leave it out to call it as the service')
  for (const [field, min] of numbers) {
    const value = options[field]
    if (value !== undefined && !(Number.isInteger(value) && value >= min))
      throw new ConfigError(`Service: ${field} is ${value}; write a whole number from ${min} on`)
  }
  if (!['own', 'all', 'none'].includes(createTopics))
    throw new ConfigError(`Service: createTopics is "${createTopics}"; it is own, all or none`)
  if (options.http !== undefined) checkEndpoint('Service: http', options.http)
  refuseOwn('consumer', options.consumer, ownConsumerOptions)
  refuseOwn('producer', options.producer, ownProducerOptions)
  const clock = options.clock ?? nodeClock
  return {
    name,
    group: group ?? name,
    consumers: options.consumers ?? 1,
    middleware,
    naming,
    createTopics,
    commitIntervalMs: options.commitIntervalMs ?? 1_000,
    transactionIntervalMs: options.transactionIntervalMs ?? 100,
    drainTimeoutMs: options.drainTimeoutMs ?? 30_000,
    revokeTimeoutMs: options.revokeTimeoutMs ?? 10_000,
    maxInFlightRecords: options.maxInFlightRecords,
    http: options.http,
    maxInFlightBytes: options.maxInFlightBytes ?? 67_108_864,
    offsetMetadataMaxChars: options.offsetMetadataMaxChars ?? 4_096,
    listeners: options.onServiceEvent ? [options.onServiceEvent] : [],
    handlingClock: options.handlingClock ?? clock,
    clock,
    random: options.random ?? nodeRandom,
    cluster: { clientId: name, ...cluster } as unknown as ClusterOptions,
    consumerOptions: options.consumer ?? {},
    producerOptions: options.producer ?? {},
  }
}

function refuseOwn(part: 'consumer' | 'producer', given: object | undefined, own: readonly string[]): void {
  for (const name of Object.keys(given ?? {})) {
    if (own.includes(name))
      throw new ConfigError(`Service: ${part}.${name} is set by the service; leave it out`)
    if (isClusterOption(name))
      throw new ConfigError(
        `Service: ${part}.${name} is the same for all its clients: write it beside "${part}"`,
      )
  }
}
