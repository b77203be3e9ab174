// A topic of events: which types there are, what their data is, and how they are written.
import {
  type AnySerde,
  type AnyTopic,
  type BytesSerde,
  ConfigError,
  type SerdeInput,
  type SerdeOutput,
  Topic,
  type TopicDefinition,
  topic,
} from '@millrace/client'
import type { EventEnvelope, EventInput } from './event.ts'
import { type EventFormat, type EventTypes, eventSerde } from './event-serde.ts'

/** Any event of these types, as it is received: told apart by `type`. */
export type EventOf<Types extends EventTypes> = {
  [Type in keyof Types & string]: EventEnvelope<Type, SerdeOutput<Types[Type]>>
}[keyof Types & string]

/** Any event of these types, as it is sent. */
export type EventInputOf<Types extends EventTypes> = {
  [Type in keyof Types & string]: EventInput<Type, SerdeInput<Types[Type]>>
}[keyof Types & string]

/** What there is to say of a topic of events beside its types. */
export interface EventTopicDefinition<K extends AnySerde = AnySerde>
  extends EventFormat,
    Omit<TopicDefinition<K>, 'value' | 'headers'> {}

/** A topic whose values are events: made by {@link events}. Producers, consumers and admins take it as they take any topic with types. */
export class EventTopic<
  Name extends string = string,
  K = unknown,
  Types extends EventTypes = EventTypes,
  KeyInput = K,
> extends Topic<Name, K, EventOf<Types>, KeyInput, EventInputOf<Types>> {
  /** Serdes of the data by event type. */
  readonly eventTypes: Types

  /** Use {@link events}, which tells the types. */
  constructor(name: Name, types: Types, definition: EventTopicDefinition) {
    const { mode, source, contentType, clock, makeId, ...rest } = definition
    const format = {
      ...(mode && { mode }),
      ...(source !== undefined && { source }),
      ...(contentType !== undefined && { contentType }),
      ...(clock && { clock }),
      ...(makeId && { makeId }),
    }
    super(name, { ...rest, value: eventSerde(name, types, format) })
    this.eventTypes = types
  }
}

/** An event topic of any types: for constraints. */
export type AnyEventTopic = AnyTopic & { readonly eventTypes: EventTypes }

const modes: readonly unknown[] = [undefined, 'binary', 'structured']

/**
 * Says once which events a topic has. They travel as CloudEvents 1.0, so that senders and receivers in other languages have libraries for them. Throws
 * ConfigError or StateError for a definition that cannot be.
 *
 * @example
 * const orders = events('orders', {
 *   'order.created': json(OrderCreated),
 *   'order.cancelled': json<{ reason: string }>(),
 * }, { key: string(), source: '/shop', partitions: 6 })
 */
export function events<
  const Name extends string,
  const Types extends EventTypes,
  K extends AnySerde = BytesSerde,
>(
  name: Name,
  types: Types,
  definition: EventTopicDefinition<K> = {},
): EventTopic<Name, SerdeOutput<K>, Types, SerdeInput<K>> {
  const { mode, source, contentType, clock, makeId, ...rest } = definition
  // The name, and all that topics have in common.
  topic(name, rest)
  if (typeof types !== 'object' || types === null || Object.keys(types).length === 0)
    throw new ConfigError(`events: "${name}" has no types; name them, each with the serde of its data`)
  for (const [type, serde] of Object.entries(types) as [string, Partial<AnySerde> | undefined][]) {
    if (type === '') throw new ConfigError(`events: a type of "${name}" has no name`)
    if (typeof serde?.serialize !== 'function' || typeof serde.deserialize !== 'function')
      throw new ConfigError(`events: type "${type}" of "${name}" has no serde; write one: json(…)`)
  }
  if (!modes.includes(mode))
    throw new ConfigError(`events: mode of "${name}" is "${String(mode)}"; it is binary or structured`)
  for (const [what, text] of Object.entries({ source, contentType })) {
    if (text !== undefined && (typeof text !== 'string' || text === ''))
      throw new ConfigError(`events: ${what} of "${name}" is no text`)
  }
  if (clock && typeof clock.now !== 'function')
    throw new ConfigError(`events: clock of "${name}" is no clock`)
  if (makeId !== undefined && typeof makeId !== 'function')
    throw new ConfigError(`events: makeId of "${name}" is no function`)
  return new EventTopic<Name, SerdeOutput<K>, Types, SerdeInput<K>>(name, types, definition)
}
