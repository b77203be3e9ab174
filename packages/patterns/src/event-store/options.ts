// What an EventStore needs to know, with its defaults.
import {
  type ClusterOptions,
  ConfigError,
  type ConsumerOptions,
  type ProducerOptions,
} from '@millrace/client'
import { EventTopic, type EventTypes } from '@millrace/service'
import {
  type LogConsumerOption,
  type LogProducerOption,
  ownConsumerOptions,
  ownProducerOptions,
} from '../options/log-clients.ts'
import { checkNumber, clusterOptionsOf, refuseOwn } from '../options/split-options.ts'
import { memoryStreamIndex, type StreamIndex } from './stream-index.ts'

export type { LogConsumerOption, LogProducerOption } from '../options/log-clients.ts'

/** A topic whose keys are the names of streams. */
export type StreamTopic<Types extends EventTypes> = EventTopic<string, string, Types, string>

/** Options of an {@link EventStore}. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface EventStoreOptions<Types extends EventTypes = EventTypes> extends ClusterOptions {
  /** The topic of all streams, with keys of text and a number of `partitions` that never changes: where a stream is follows from it. */
  readonly events: StreamTopic<Types>
  /** Where the events of streams are. Default: in memory, built of the log at each start. */
  readonly index?: StreamIndex
  /** What the transactional ids of writers begin with: the same for all who append. Default: the topic's name and `-append`. */
  readonly transactionalIdPrefix?: string
  /** How long an append waits where it does not say, in ms. Default 30,000. */
  readonly timeoutMs?: number
  /** Appends to a partition that wait at a time; beyond that they are refused (StoreBusyError). Default 10,000. */
  readonly maxWaiting?: number
  /** Events of several appends that are written in one transaction. Default 500. */
  readonly maxBatch?: number
  /** Whether the topic is made where it is missing, with records that are kept for good. Default true. */
  readonly createTopic?: boolean
  /** Further options of the consumer. Default: none. */
  readonly consumer?: Partial<Omit<ConsumerOptions, LogConsumerOption | keyof ClusterOptions>>
  /** Further options of the producers. Default: `transactionTimeoutMs` is 10,000: as long, a crash in the middle of an append may keep readers waiting. */
  readonly producer?: Partial<Omit<ProducerOptions, LogProducerOption | keyof ClusterOptions>>
  /** Called with what goes wrong and is tried again, and with records of the topic that belong to no stream. Default: a warning of the process. */
  readonly onWarning?: (error: Error) => void
}

const ownNames = [
  'events',
  'index',
  'transactionalIdPrefix',
  'timeoutMs',
  'maxWaiting',
  'maxBatch',
  'createTopic',
  'consumer',
  'producer',
  'onWarning',
] as const

export interface ResolvedEventStoreOptions {
  readonly events: StreamTopic<EventTypes>
  readonly partitions: number
  readonly index: StreamIndex
  readonly transactionalIdPrefix: string
  readonly timeoutMs: number
  readonly maxWaiting: number
  readonly maxBatch: number
  readonly createTopic: boolean
  readonly cluster: ClusterOptions
  readonly consumer: ConsumerOptions
  readonly producer: ProducerOptions
  readonly onWarning: (error: Error) => void
}

/** Checks options and fills in defaults. Those of clients are checked by the clients. Throws ConfigError. */
export function resolveEventStoreOptions(options: EventStoreOptions): ResolvedEventStoreOptions {
  const place = 'EventStore'
  const cluster = clusterOptionsOf(place, options, ownNames)
  const { events } = options
  if (!(events instanceof EventTopic))
    throw new ConfigError(`${place}: events is no topic of events; make one by events(…)`)
  if (events.partitions === undefined)
    throw new ConfigError(
      `${place}: the definition of "${events.name}" does not say how many partitions it has; write partitions: where a stream is follows from it`,
    )
  if (events.parts.key.serde === undefined)
    throw new ConfigError(`${place}: "${events.name}" has no type of keys; write key: string()`)
  for (const [name, min] of [
    ['timeoutMs', 1],
    ['maxWaiting', 1],
    ['maxBatch', 1],
  ] as const)
    checkNumber(`${place}: ${name}`, options[name], min)
  refuseOwn(`${place}: consumer`, options.consumer, ownConsumerOptions)
  refuseOwn(`${place}: producer`, options.producer, ownProducerOptions)
  const onWarning = options.onWarning ?? ((error: Error) => process.emitWarning(error))
  return {
    events,
    partitions: events.partitions,
    index: options.index ?? memoryStreamIndex(),
    transactionalIdPrefix: options.transactionalIdPrefix ?? `${events.name}-append`,
    timeoutMs: options.timeoutMs ?? 30_000,
    maxWaiting: options.maxWaiting ?? 10_000,
    maxBatch: options.maxBatch ?? 500,
    createTopic: options.createTopic ?? true,
    cluster,
    consumer: {
      ...(options.consumer as Partial<ConsumerOptions>),
      ...cluster,
      autoOffsetReset: 'earliest',
      isolationLevel: 'read_committed',
      onWarning,
    },
    producer: { transactionTimeoutMs: 10_000, lingerMs: 0, ...options.producer, ...cluster },
    onWarning,
  }
}
