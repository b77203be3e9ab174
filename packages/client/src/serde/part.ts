// The parts of a topic's records (key, value, headers that the topic declares), with what makes bytes of them and back: made once for each topic.
import type { AnyDeserializer, AnySerializer, SerdeContext } from './serde.ts'

/** How one part of a topic's records is written. */
export interface WritablePart {
  /** Undefined: text and bytes are written as they are. */
  readonly serde: AnySerializer<never> | undefined
  /** Which part of which topic it is. */
  readonly context: SerdeContext
  /** Whether null is refused. */
  readonly required: boolean
}

/** How one part of a topic's records is read. */
export interface ReadablePart<T = unknown> {
  /** Undefined: bytes are what is read. */
  readonly serde: AnyDeserializer<T> | undefined
  /** Which part of which topic it is. */
  readonly context: SerdeContext
  /** Whether null is refused. */
  readonly required: boolean
}

/** A header that a topic declares. */
export interface DeclaredHeader<P> {
  /** Its name. */
  readonly name: string
  /** How it is written or read. */
  readonly part: P
  /** Whether a record may be without it. */
  readonly optional: boolean
}

/** What a topic's records are written with. */
export interface WritableParts {
  /** How keys are written. */
  readonly key: WritablePart
  /** How values are written. */
  readonly value: WritablePart
  /** In the order of the topic's definition; empty for most. */
  readonly headers: readonly DeclaredHeader<WritablePart>[]
  /** Whether one of the parts may have to wait. */
  readonly isAsync: boolean
}

/** What a topic's records are read with. */
export interface ReadableParts<K = unknown, V = unknown> {
  /** How keys are read. */
  readonly key: ReadablePart<K>
  /** How values are read. */
  readonly value: ReadablePart<V>
  /** In the order of the topic's definition; empty for most. */
  readonly headers: readonly DeclaredHeader<ReadablePart>[]
  /** Whether one of the parts may have to wait. */
  readonly isAsync: boolean
}

/** What a serde says of itself. */
interface Marked {
  readonly async?: boolean
  readonly nullable?: boolean
  readonly optional?: boolean
}

/** What the parts of a topic's records are. */
interface Serdes<S> {
  readonly key: S | undefined
  readonly value: S | undefined
  readonly headers?: Readonly<Record<string, S>> | undefined
}

/** The parts of a topic's records. `required`: a part with a serde that does not take null refuses it. */
export function partsOf<S extends Marked>(topic: string, serdes: Serdes<S>, required: boolean) {
  const { key, value, headers = {} } = serdes
  const part = (context: SerdeContext, serde: S | undefined) => ({
    serde,
    context,
    required: required && serde !== undefined && serde.nullable !== true,
  })
  return {
    key: part({ topic, part: 'key' }, key),
    value: part({ topic, part: 'value' }, value),
    headers: Object.entries(headers).map(([name, serde]) => ({
      name,
      part: part({ topic, part: 'header', header: name }, serde),
      optional: serde.optional === true,
    })),
    isAsync: [key, value, ...Object.values(headers)].some(serde => serde?.async === true),
  }
}

/** Makes the parts of topics that have no serdes of their own, and remembers them: one context for each topic and part. */
export function defaultParts<S extends Marked>(key: S | undefined, value: S | undefined) {
  const known = new Map<string, ReturnType<typeof partsOf<S>>>()
  return (topic: string) => {
    let parts = known.get(topic)
    if (parts === undefined) {
      parts = partsOf(topic, { key, value }, false)
      known.set(topic, parts)
    }
    return parts
  }
}

/** The parts of a topic whose keys and values stay bytes. */
export function bytesParts(topic: string): ReadableParts<Buffer | null, Buffer | null> {
  return partsOf<AnyDeserializer<Buffer | null>>(topic, { key: undefined, value: undefined }, false)
}
