// What a relay needs to know, with its defaults.
import {
  type ClientLogger,
  type ClusterOptions,
  ConfigError,
  isClusterOption,
  type ProducerOptions,
} from '@millrace/client'
import { type Clock, nodeClock, nodeRandom, type Random } from '@millrace/runtime'
import { SqlOutbox } from '../outbox/sql-outbox.ts'
import { checkOptions, checkWhole } from '../sql/options.ts'
import type { RelayListener } from './relay-door.ts'

/** What a relay sees to itself. */
type OwnProducerOption =
  | keyof ClusterOptions
  | 'transactionalId'
  | 'acks'
  | 'idempotence'
  | 'keySerde'
  | 'valueSerde'
  | 'onDelivery'
  | 'onRecordDelivery'
  | 'deliveryTimeoutMs'
  | 'retries'

/** Options of a relay. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface OutboxRelayOptions extends ClusterOptions {
  /** The outbox that it sends: of the same database and table as those that enqueue. */
  readonly outbox: SqlOutbox
  /** What it is called in events and metrics. Default `outbox-relay`. */
  readonly name?: string
  /**
   * How often the outbox is looked at while nobody tells of new rows, in ms: what an event waits at most, or with PostgreSQL's notifications only where one was lost. Default 200, with notifications 5,000.
   */
  readonly pollIntervalMs?: number
  /** Rows of a shard that are read at a time. Default 100. */
  readonly batchRows?: number
  /** Rows under way at a time. Default 1,000. */
  readonly maxInFlightRows?: number
  /** Bytes of records under way at a time; one record is sent whatever its size. Default 33,554,432. */
  readonly maxInFlightBytes?: number
  /**
   * What becomes of a row that brokers will not have as it is, such as one that is too large. `set-aside`: it stays in the outbox, out of the way of those behind it, for somebody to look at
   * (`listSetAside`, `retry`, `discard`). `block`: the rows of its key wait until it can be sent, and no others. Default `set-aside`.
   */
  readonly poison?: 'set-aside' | 'block'
  /** How long rows are kept when they are sent, in ms; they are deleted in batches then. Default 0: they are deleted at once. */
  readonly keepSentMs?: number
  /** How long shards stay with a relay that is not heard of any more, in ms. Default 15,000. */
  readonly leaseMs?: number
  /** How long stopping waits for what is under way, in ms. Default 10,000. */
  readonly stopTimeoutMs?: number
  /** Further options of the producer. Default: none. */
  readonly producer?: Partial<Omit<ProducerOptions, OwnProducerOption>>
  /** Hears of all that the relay does beside sending: states, shards, delays, rows that are set aside. Default: nobody; `logger` hears it, too. */
  readonly onRelayEvent?: RelayListener
}

export interface ResolvedRelayOptions {
  readonly outbox: SqlOutbox
  readonly name: string
  readonly pollIntervalMs: number
  readonly batchRows: number
  readonly maxInFlightRows: number
  readonly maxInFlightBytes: number
  readonly poison: 'set-aside' | 'block'
  readonly keepSentMs: number
  readonly leaseMs: number
  readonly stopTimeoutMs: number
  readonly producer: ProducerOptions
  readonly listener: RelayListener | undefined
  readonly logger: ClientLogger | undefined
  readonly clock: Clock
  readonly random: Random
}

const ownNames = [
  'outbox',
  'name',
  'pollIntervalMs',
  'batchRows',
  'maxInFlightRows',
  'maxInFlightBytes',
  'poison',
  'keepSentMs',
  'leaseMs',
  'stopTimeoutMs',
  'producer',
  'onRelayEvent',
] as const

const ownProducerOptions: readonly string[] = [
  'transactionalId',
  'acks',
  'idempotence',
  'keySerde',
  'valueSerde',
  'onDelivery',
  'onRecordDelivery',
  'deliveryTimeoutMs',
  'retries',
] satisfies OwnProducerOption[]

/** Times what may be under way that is in hand together with rows of topics that are stuck. */
export const stuckShare = 4

const numbers = [
  ['pollIntervalMs', 1],
  ['batchRows', 1],
  ['maxInFlightRows', 1],
  ['maxInFlightBytes', 1],
  ['keepSentMs', 0],
  ['leaseMs', 100],
  ['stopTimeoutMs', 0],
] as const

/** Checks options and fills in defaults. Those of clients are checked by the producer. Throws ConfigError. */
export function resolveRelayOptions(options: OutboxRelayOptions): ResolvedRelayOptions {
  const cluster: Record<string, unknown> = {}
  const own: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    if (isClusterOption(name) && !(ownNames as readonly string[]).includes(name)) cluster[name] = value
    else own[name] = value
  }
  checkOptions('OutboxRelay', own, ownNames)
  const { outbox, name = 'outbox-relay', poison = 'set-aside', producer = {} } = options
  if (!(outbox instanceof SqlOutbox))
    throw new ConfigError('OutboxRelay: outbox is none; make one, such as new PostgresOutbox(pool)')
  if (typeof name !== 'string' || name === '') throw new ConfigError('OutboxRelay: name is empty')
  if (poison !== 'set-aside' && poison !== 'block')
    throw new ConfigError(`OutboxRelay: poison is "${String(poison)}"; it is set-aside or block`)
  for (const [field, min] of numbers) {
    const value = options[field]
    if (value !== undefined) checkWhole(`OutboxRelay: ${field}`, value, min)
  }
  const { maxInFlightBytes = 33_554_432 } = options
  for (const option of Object.keys(producer))
    if (ownProducerOptions.includes(option) || isClusterOption(option))
      throw new ConfigError(
        `OutboxRelay: producer.${option} is set by the relay, or stands beside "producer"; leave it out`,
      )
  return {
    outbox,
    name,
    poison,
    pollIntervalMs: options.pollIntervalMs ?? (outbox.source.listen ? 5_000 : 200),
    batchRows: options.batchRows ?? 100,
    maxInFlightRows: options.maxInFlightRows ?? 1_000,
    maxInFlightBytes,
    keepSentMs: options.keepSentMs ?? 0,
    leaseMs: options.leaseMs ?? 15_000,
    stopTimeoutMs: options.stopTimeoutMs ?? 10_000,
    // Room for all that is in hand: records that wait for it wait for each other.
    producer: {
      bufferMemory: maxInFlightBytes * (stuckShare + 1),
      ...producer,
      clientId: name,
      ...cluster,
    } as unknown as ProducerOptions,
    listener: options.onRelayEvent,
    logger: options.logger ?? undefined,
    clock: options.clock ?? nodeClock,
    random: options.random ?? nodeRandom,
  }
}
