// What a Projection needs to know, with its defaults.
import { type ClusterOptions, ConfigError, type ConsumerOptions, type SerdeOutput } from '@millrace/client'
import type { Clock } from '@millrace/runtime'
import { type Backoff, type EventEnvelope, EventTopic, type EventTypes, exponential } from '@millrace/service'
import type { StreamTopic } from '../event-store/options.ts'
import type { EventPlace } from '../event-store/stored-event.ts'
import type { MaybeLater } from '../event-store/stream-index.ts'
import { type LogConsumerOption, ownConsumerOptions } from '../options/log-clients.ts'
import { checkNumber, checkOneOf, clusterOptionsOf, refuseOwn } from '../options/split-options.ts'
import type { ViewStore } from './view-store.ts'

/** An event as a projection is given it: with its place in its stream and in the log. `version` is 0 for one that no event store has appended. */
export type ProjectedEvent<Type extends string, Data> = EventEnvelope<Type, Data> & EventPlace

/** Takes an event in. Called in the order of each stream; what it throws has the event tried again. */
export type ProjectionHandler<Type extends string, Data, View> = (
  event: ProjectedEvent<Type, Data>,
  view: View,
) => MaybeLater<void>

/** Handlers by event type; types without one are passed over. */
export type ProjectionHandlers<Types extends EventTypes, View> = {
  readonly [Type in keyof Types & string]?: ProjectionHandler<Type, SerdeOutput<Types[Type]>, View>
}

/** A moment of the log. */
export type ProjectionMoment =
  | {
      /** Events that were written before this time, in ms since the epoch, or at it. */
      readonly timestamp: number
    }
  | {
      /** Events before an offset, by partition; partitions that are left out are not read at all. */
      readonly offsets: ReadonlyMap<number, number>
    }

/** Options of a {@link Projection}. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface ProjectionOptions<Types extends EventTypes, View> extends ClusterOptions {
  /** What its position is kept under, and its group's name. Another name begins anew: `balances-v2`. */
  readonly name: string
  /** The topic of events: that of an event store, or any with keys of text. */
  readonly events: StreamTopic<Types>
  /** What becomes of events, by type. */
  readonly on: ProjectionHandlers<Types, View>
  /** Where that is kept, with the position. */
  readonly views: ViewStore<View>
  /** Takes away all that it made: for {@link Projection.rebuild}. Default: it cannot be built anew. */
  readonly clear?: (view: View) => MaybeLater<void>
  /**
   * `each`: every instance reads all partitions, into views of its own. `group`: instances share the partitions, and a store that all of them write to. Default `each`.
   */
  readonly instances?: 'each' | 'group'
  /** Records that no event store has appended: `skip` passes over them and counts, `handle` takes them in. Default `skip`. */
  readonly foreign?: 'skip' | 'handle'
  /** Where it ends: it stops when it has come there. Default: it goes on. */
  readonly until?: ProjectionMoment
  /** Number of events that are taken in together, with one move of the position. Default 500. */
  readonly maxBatch?: number
  /** How often an event is tried before the projection fails: none is passed over. Default 10. */
  readonly attempts?: number
  /** How long to wait in between. Default: from 100 ms on, doubling up to 5,000 ms. */
  readonly backoff?: Backoff
  /** Further options of the consumer. Default: none. */
  readonly consumer?: Partial<Omit<ConsumerOptions, LogConsumerOption | keyof ClusterOptions>>
  /** Time of attempts, where it is not that of the clients: tests let it pass at will. Default: `clock`. */
  readonly handlingClock?: Clock
  /** Called with what goes wrong and is tried again, and with events that the log has lost. Default: a warning of the process. */
  readonly onWarning?: (error: Error) => void
}

const ownNames = [
  'name',
  'events',
  'on',
  'views',
  'clear',
  'instances',
  'foreign',
  'until',
  'maxBatch',
  'attempts',
  'backoff',
  'consumer',
  'handlingClock',
  'onWarning',
] as const

/** A handler of whatever type. */
export type AnyProjectionHandler = (event: EventEnvelope & EventPlace, view: unknown) => MaybeLater<void>

export interface ResolvedProjectionOptions {
  readonly name: string
  readonly events: StreamTopic<EventTypes>
  readonly handlers: ReadonlyMap<string, AnyProjectionHandler>
  readonly views: ViewStore<unknown>
  readonly clear: ((view: unknown) => MaybeLater<void>) | undefined
  readonly isShared: boolean
  readonly handlesForeign: boolean
  readonly until: ProjectionMoment | undefined
  readonly maxBatch: number
  readonly attempts: number
  readonly backoff: Backoff
  readonly cluster: ClusterOptions
  readonly consumer: ConsumerOptions
  readonly handlingClock: Clock | undefined
  readonly onWarning: (error: Error) => void
}

/** Checks options and fills in defaults. Those of clients are checked by the clients. Throws ConfigError. */
export function resolveProjectionOptions(
  options: ProjectionOptions<EventTypes, unknown>,
): ResolvedProjectionOptions {
  const place = 'Projection'
  const cluster = clusterOptionsOf(place, options, ownNames)
  const { name, events, on, views, until } = options
  if (typeof name !== 'string' || name === '') throw new ConfigError(`${place}: name is missing`)
  if (!(events instanceof EventTopic))
    throw new ConfigError(`${place}: events is no topic of events; make one by events(…)`)
  if (typeof (views as Partial<ViewStore<unknown>> | undefined)?.advance !== 'function')
    throw new ConfigError(`${place}: views is no store; write memoryViews() or sqliteViews(…)`)
  checkOneOf(`${place}: instances`, options.instances, ['each', 'group'])
  checkOneOf(`${place}: foreign`, options.foreign, ['skip', 'handle'])
  checkNumber(`${place}: maxBatch`, options.maxBatch, 1)
  checkNumber(`${place}: attempts`, options.attempts, 1)
  refuseOwn(`${place}: consumer`, options.consumer, ownConsumerOptions)
  const isShared = options.instances === 'group'
  if (isShared && until !== undefined)
    throw new ConfigError(
      `${place}: until is for instances that read all partitions; leave out instances: "group"`,
    )
  const onWarning = options.onWarning ?? ((error: Error) => process.emitWarning(error))
  return {
    name,
    events,
    handlers: handlersOf(place, events, on),
    views,
    clear: options.clear,
    isShared,
    handlesForeign: options.foreign === 'handle',
    until,
    maxBatch: options.maxBatch ?? 500,
    attempts: options.attempts ?? 10,
    backoff: options.backoff ?? exponential({ initialMs: 100, maxMs: 5_000 }),
    cluster,
    consumer: {
      ...(options.consumer as Partial<ConsumerOptions>),
      ...cluster,
      ...(isShared && { groupId: name, autoCommit: false }),
      // How far it has come stands in the store.
      autoOffsetReset: 'earliest',
      isolationLevel: 'read_committed',
      onWarning,
    },
    handlingClock: options.handlingClock,
    onWarning,
  }
}

function handlersOf(
  place: string,
  events: StreamTopic<EventTypes>,
  on: unknown,
): ReadonlyMap<string, AnyProjectionHandler> {
  const types = Object.keys(events.eventTypes)
  if (typeof on !== 'object' || on === null)
    throw new ConfigError(`${place}: write on: { '${types[0]}': (event, view) => … }`)
  const handlers = Object.entries(on).filter(([, handler]) => handler !== undefined)
  for (const [type, handler] of handlers) {
    if (!types.includes(type))
      throw new ConfigError(`${place}: the topic has no event type "${type}"; it has ${types.join(', ')}`)
    if (typeof handler !== 'function')
      throw new ConfigError(`${place}: the handler of "${type}" is no function`)
  }
  return new Map(handlers as [string, AnyProjectionHandler][])
}
