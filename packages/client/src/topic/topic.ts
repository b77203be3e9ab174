// A topic with the types of its keys and values: one value that producer, consumer and admin use.
import { entry, int16, int32, optional, settings, text } from '../config/arguments.ts'
import { show } from '../config/show.ts'
import { StateError } from '../errors/index.ts'
import { partsOf, type ReadableParts, type WritableParts } from '../serde/part.ts'
import type { AnySerde, MayBeMissing, Serde, SerdeInput, SerdeOutput } from '../serde/serde.ts'

/** What a part without a serde is: bytes that are read, bytes or text that are written, or null. */
export type BytesSerde = Serde<Buffer | null, Uint8Array | string | null>

/** The headers that a topic declares, by name. */
export type HeaderSerdes = Readonly<Record<string, AnySerde>>

/** What a topic without declared headers has of them. */
export type NoHeaders = Readonly<Record<never, never>>

/** What is read of declared headers. */
export type HeaderOutputs<H extends HeaderSerdes> = { readonly [Name in keyof H]: SerdeOutput<H[Name]> }

/** Names of headers that may be missing. */
type MissingNames<H extends HeaderSerdes> = {
  [Name in keyof H]: H[Name] extends MayBeMissing ? Name : never
}[keyof H]

/** What may be written as declared headers: those that are `optional(…)` may be left out. */
export type HeaderInputs<H extends HeaderSerdes> = {
  readonly [Name in Exclude<keyof H, MissingNames<H>>]: SerdeInput<H[Name]>
} & { readonly [Name in MissingNames<H>]?: SerdeInput<H[Name]> }

/** What there is to say of a topic. */
export interface TopicDefinition<
  K extends AnySerde = AnySerde,
  V extends AnySerde = AnySerde,
  H extends HeaderSerdes = HeaderSerdes,
> {
  /** How keys become bytes and come back; `nullable(…)` where records have none. Left out: bytes or null. */
  readonly key?: K
  /** How values become bytes and come back; `nullable(…)` where there are tombstones. Left out: bytes or null. */
  readonly value?: V
  /**
   * Headers with types, by name: `nullable(…)` where they may be without a value, `optional(…)` where records may be without them. Of several with one name the last counts. Records may have others
   * beside them. Default: none, and headers are text and bytes.
   */
  readonly headers?: H
  /** How many partitions `admin.createTopics` gives it. Default: the broker's `num.partitions`. */
  readonly partitions?: number
  /** How many replicas `admin.createTopics` gives each. Default: the broker's `default.replication.factor`. */
  readonly replicationFactor?: number
  /** Topic settings by Kafka's names, for `admin.createTopics`. */
  readonly configs?: Readonly<Record<string, string>>
}

/** The types of a topic's records, for the compiler only. */
interface TopicTypes<K, V, KeyInput, ValueInput, Headers, HeadersInput> {
  readonly key: K
  readonly value: V
  readonly keyInput: KeyInput
  readonly valueInput: ValueInput
  readonly headers: Headers
  readonly headersInput: HeadersInput
}

/**
 * A topic whose records have types: made by {@link topic}. `K`, `V` and `Headers` are what is read, `KeyInput`, `ValueInput` and `HeadersInput` what may be written.
 */
export class Topic<
  Name extends string = string,
  K = unknown,
  V = unknown,
  KeyInput = K,
  ValueInput = V,
  Headers = NoHeaders,
  HeadersInput = Headers,
> {
  /** Its name. */
  readonly name: Name
  /** What `admin.createTopics` gives it; undefined: what the broker has for all. */
  readonly partitions: number | undefined
  /** The same for replicas. */
  readonly replicationFactor: number | undefined
  /** The same for settings. */
  readonly configs: Readonly<Record<string, string>> | undefined
  /** How its records are written and read: for programs that work on bytes of their own. */
  readonly parts: WritableParts & ReadableParts
  /** @internal For the compiler only: there is no such field. */
  declare readonly types?: TopicTypes<K, V, KeyInput, ValueInput, Headers, HeadersInput>

  /** @internal Use {@link topic}, which tells the types. */
  constructor(name: Name, { key, value, headers, partitions, replicationFactor, configs }: TopicDefinition) {
    this.name = name
    this.partitions = partitions
    this.replicationFactor = replicationFactor
    this.configs = configs
    this.parts = partsOf<AnySerde>(name, { key, value, headers }, true)
  }

  /** The name, so that a topic can stand in a text. */
  toString(): string {
    return this.name
  }
}

/** Any topic, whose keys and values are of these types or null. */
export type PlainTopic<K, V> = Topic<string, K | null, V | null>

/** A topic of any type: for constraints. */
export type AnyTopic = Topic<string, unknown, unknown, unknown, unknown, unknown, unknown>

/** What the keys of a topic are when they are read. */
export type KeyOf<T extends AnyTopic> = NonNullable<T['types']>['key']
/** What the values of a topic are when they are read. */
export type ValueOf<T extends AnyTopic> = NonNullable<T['types']>['value']
/** What may be written as a key of a topic. */
export type KeyInputOf<T extends AnyTopic> = NonNullable<T['types']>['keyInput']
/** What may be written as a value of a topic. */
export type ValueInputOf<T extends AnyTopic> = NonNullable<T['types']>['valueInput']
/** What the headers that a topic declares are when they are read. */
export type HeadersOf<T extends AnyTopic> = NonNullable<T['types']>['headers']
/** What may be written as the headers that a topic declares. */
export type HeadersInputOf<T extends AnyTopic> = NonNullable<T['types']>['headersInput']

const checkDefinition = entry({
  key: optional(checkPart),
  value: optional(checkPart),
  headers: optional(checkHeaders),
  partitions: optional(int32),
  replicationFactor: optional(int16),
  configs: optional(settings),
})

/**
 * Says once what a topic's records are. A part with a serde is never null, unless it is `nullable(…)`, and a declared header is never missing, unless it is `optional(…)`: both are refused on the way
 * out, and a poisoned record on the way in. Throws StateError for a definition that cannot be.
 *
 * @example
 * const orders = topic('orders', { key: string(), value: json<Order>(), headers: { tenant: string() }, partitions: 6 })
 * await admin.createTopics([orders])
 * await producer.send({ topic: orders, key: 'user-7', value: { total: 12 }, headers: { tenant: 'acme' } })
 * const consumer = new Consumer({ brokers, groupId: 'billing', topics: [orders] })
 */
export function topic<
  const Name extends string,
  K extends AnySerde = BytesSerde,
  V extends AnySerde = BytesSerde,
  H extends HeaderSerdes = NoHeaders,
>(
  name: Name,
  definition: TopicDefinition<K, V, H> = {},
): Topic<
  Name,
  SerdeOutput<K>,
  SerdeOutput<V>,
  SerdeInput<K>,
  SerdeInput<V>,
  HeaderOutputs<H>,
  HeaderInputs<H>
> {
  text('topic: name', name)
  if (name === '') throw new StateError('topic: name is empty')
  checkDefinition('topic: definition', definition)
  return new Topic(name, definition)
}

/** The name of a topic, given as such or with its types; what is neither is returned as it is. */
export function topicName(given: string | AnyTopic): string {
  return given instanceof Topic ? given.name : given
}

function checkPart(place: string, value: unknown): void {
  checkSerde(place, value)
  if ((value as Partial<MayBeMissing>).optional === true)
    throw new StateError(`${place} is optional(…), and a key or value is never missing: write nullable(…)`)
}

function checkHeaders(place: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new StateError(
      `${place} is ${show(value)}: write an object of serdes by name, { tenant: string() }`,
    )
  for (const [name, serde] of Object.entries(value)) checkSerde(`${place}.${name}`, serde)
}

function checkSerde(place: string, value: unknown): void {
  const serde = value as Partial<Serde<unknown>> | null
  if (typeof serde?.serialize === 'function' && typeof serde.deserialize === 'function') return
  throw new StateError(
    `${place} is ${show(value)}: write a serde, an object with serialize and deserialize: string(), json(…)`,
  )
}
