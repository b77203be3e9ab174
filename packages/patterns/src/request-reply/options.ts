// What a Requester needs to know, with its defaults.
import {
  type AnyTopic,
  type ClusterOptions,
  ConfigError,
  type ConsumerOptions,
  type ProducerOptions,
} from '@millrace/client'
import type { Clock } from '@millrace/runtime'
import { checkNumber, checkOneOf, clusterOptionsOf, refuseOwn } from '../options/split-options.ts'
import type { RequestHeaderStyle } from './headers.ts'

/** Options of a {@link Requester}. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface RequesterOptions<R extends AnyTopic = AnyTopic> extends ClusterOptions {
  /** Where replies come, and what they are. Instances may share it: each knows its own. Keys are not read. */
  readonly replies: R
  /**
   * The partition of the reply topic that repliers are asked to write to (`kafka_replyPartition`). Give each instance its own, and `read: 'own'`, where many instances share a topic. Default: any
   * partition.
   */
  readonly replyPartition?: number
  /** `all`: every partition is read, so that replies are found wherever repliers write them. `own`: `replyPartition` alone, for repliers that heed it: Millrace, Spring Kafka and NestJS do. Default `all`. */
  readonly read?: 'all' | 'own'
  /** How the partition stands in requests: int32 as Spring Kafka reads it, text as NestJS does. Repliers of Millrace read both. Default `spring`. */
  readonly headerStyle?: RequestHeaderStyle
  /** How long a call waits where it does not say, in ms: for its place, until it is written, and for replies. Default 5,000. */
  readonly timeoutMs?: number
  /** Requests that wait for replies at a time; others wait for a place. Default 1,000. */
  readonly maxPending?: number
  /** Requests that may wait for a place; beyond that they are refused (TooManyRequestsError). Default 10,000. */
  readonly maxWaiting?: number
  /** Whether the reply topic is made where it is missing, with the partitions of its definition and records kept for an hour. Default true. */
  readonly createTopic?: boolean
  /** How often the reply topic is looked at for partitions that were added, in ms: what came to them in between is read then. Default 10,000. */
  readonly partitionCheckMs?: number
  /** Further options of the consumer. Default: `isolationLevel` is `read_committed`, so that replies of exactly-once handlers count when they are committed. */
  readonly consumer?: Partial<Omit<ConsumerOptions, OwnConsumerOption | keyof ClusterOptions>>
  /** Further options of the producer. Default: `lingerMs` is 0. */
  readonly producer?: Partial<Omit<ProducerOptions, OwnProducerOption | keyof ClusterOptions>>
  /** Time of time-outs, where it is not that of the clients: tests let it pass at will. Default: `clock`. */
  readonly handlingClock?: Clock
}

type OwnConsumerOption =
  | 'groupId'
  | 'topics'
  | 'keySerde'
  | 'valueSerde'
  | 'autoCommit'
  | 'autoOffsetReset'
  | 'onPoison'
type OwnProducerOption = 'transactionalId' | 'keySerde' | 'valueSerde'

const ownConsumer: readonly string[] = [
  'groupId',
  'topics',
  'keySerde',
  'valueSerde',
  'autoCommit',
  'autoOffsetReset',
  'onPoison',
] satisfies OwnConsumerOption[]
const ownProducer: readonly string[] = [
  'transactionalId',
  'keySerde',
  'valueSerde',
] satisfies OwnProducerOption[]

const ownNames = [
  'replies',
  'replyPartition',
  'read',
  'headerStyle',
  'timeoutMs',
  'maxPending',
  'maxWaiting',
  'createTopic',
  'partitionCheckMs',
  'consumer',
  'producer',
  'handlingClock',
] as const

export interface ResolvedRequesterOptions {
  readonly replies: AnyTopic
  readonly replyPartition: number | undefined
  readonly readsAll: boolean
  readonly headerStyle: RequestHeaderStyle
  readonly timeoutMs: number
  readonly maxPending: number
  readonly maxWaiting: number
  readonly createTopic: boolean
  readonly partitionCheckMs: number
  readonly cluster: ClusterOptions
  readonly consumer: ConsumerOptions
  readonly producer: ProducerOptions
  readonly handlingClock: Clock | undefined
}

/** Checks options and fills in defaults. Those of clients are checked by the clients. Throws ConfigError. */
export function resolveRequesterOptions(options: RequesterOptions): ResolvedRequesterOptions {
  const place = 'Requester'
  const cluster = clusterOptionsOf(place, options, ownNames)
  const { replies, replyPartition, read, headerStyle } = options
  if (typeof (replies as Partial<AnyTopic> | undefined)?.name !== 'string' || !('parts' in replies))
    throw new ConfigError(`${place}: replies is no topic; make one by topic(…) or events(…)`)
  checkNumber(`${place}: replyPartition`, replyPartition, 0)
  checkOneOf(`${place}: read`, read, ['all', 'own'])
  checkOneOf(`${place}: headerStyle`, headerStyle, ['spring', 'nest'])
  if (read === 'own' && replyPartition === undefined)
    throw new ConfigError(`${place}: read is "own", and replyPartition does not say which`)
  checkNumber(`${place}: timeoutMs`, options.timeoutMs, 1, false)
  checkNumber(`${place}: maxPending`, options.maxPending, 1)
  checkNumber(`${place}: maxWaiting`, options.maxWaiting, 0)
  checkNumber(`${place}: partitionCheckMs`, options.partitionCheckMs, 1, false)
  refuseOwn(`${place}: consumer`, options.consumer, ownConsumer)
  refuseOwn(`${place}: producer`, options.producer, ownProducer)
  return {
    replies,
    replyPartition,
    readsAll: read !== 'own',
    headerStyle: headerStyle ?? 'spring',
    timeoutMs: options.timeoutMs ?? 5_000,
    maxPending: options.maxPending ?? 1_000,
    maxWaiting: options.maxWaiting ?? 10_000,
    createTopic: options.createTopic ?? true,
    partitionCheckMs: options.partitionCheckMs ?? 10_000,
    cluster,
    consumer: {
      isolationLevel: 'read_committed',
      ...(options.consumer as Partial<ConsumerOptions>),
      ...cluster,
      // What the log has lost is nothing that anybody still waits for.
      autoOffsetReset: 'latest',
    },
    producer: { lingerMs: 0, ...options.producer, ...cluster },
    handlingClock: options.handlingClock,
  }
}
