// How typed keys and values become bytes and come back: what a serde is. Those that come with the client stand in the files beside this one.
import type { RecordHeader, RecordHeaderInit } from '@millrace/protocol'

/** The part of a record that a serde works on: its key, its value, or one of the headers that a topic declares. */
export type RecordPart = 'key' | 'value' | 'header'

/** What a serde works for: one object for each topic and part (each header is one), always the same, so that it may be the key of a `WeakMap`. */
export interface SerdeContext {
  /** The topic's name. */
  readonly topic: string
  /** The key, the value, or a header. */
  readonly part: RecordPart
  /** Name of the header, where it is one. */
  readonly header?: string
}

/** The headers of the record that is being written. */
export interface OutgoingHeaders {
  /** What the record has so far: the caller's, then what serdes added. */
  readonly list: readonly RecordHeaderInit[]
  /** One more, behind the others. Only until `serialize` has returned, or its promise has resolved. */
  add(key: string, value: string | Uint8Array | null): void
}

/** What makes bytes of a type, as Kafka's `Serializer`. Null never reaches it: a null key or value stays null (a tombstone). */
export interface Serializer<T> {
  /** Tells apart what answers at once. An {@link AsyncSerializer} has `true` here. */
  readonly async?: false
  /** Whether null may stand for a value of the type: see `nullable`. */
  readonly nullable?: boolean
  /**
   * What goes into the record. A string is written as UTF-8 straight into the batch; bytes are copied there and must not change before.
   * What it throws is the `cause` of a SerializationError.
   */
  serialize(value: T, context: SerdeContext, headers: OutgoingHeaders): Uint8Array | string
}

/** What makes a type of bytes, as Kafka's `Deserializer`. Null never reaches it. */
export interface Deserializer<T> {
  /** Tells apart what answers at once. An {@link AsyncDeserializer} has `true` here. */
  readonly async?: false
  /** Whether null may stand for a value of the type: see `nullable`. */
  readonly nullable?: boolean
  /**
   * `bytes` shares memory with the fetched batch: copy what is to be kept as bytes. What it throws is the `cause` of a DeserializationError,
   * and makes the record a poisoned one unless the error has `retriable: true`.
   */
  deserialize(bytes: Buffer, context: SerdeContext, headers: readonly RecordHeader[]): T
}

/** Both directions for one type. `In` is what may be written where that is more than what is read: a schema with defaults, for one. */
export interface Serde<T, In = T> extends Serializer<In>, Deserializer<T> {}

/**
 * A {@link Serializer} that may have to wait: for a registry, a key service. What it has at hand it returns without a promise. Records of a
 * partition stay in the order of the calls.
 */
export interface AsyncSerializer<T> {
  /** Tells it apart from a {@link Serializer}. */
  readonly async: true
  /** Whether null may stand for a value of the type: see `nullable`. */
  readonly nullable?: boolean
  /** As {@link Serializer}. A promise that rejects is the same as a throw. */
  serialize(
    value: T,
    context: SerdeContext,
    headers: OutgoingHeaders,
  ): Uint8Array | string | Promise<Uint8Array | string>
}

/** A {@link Deserializer} that may have to wait. Its records are decoded before they are handed out. */
export interface AsyncDeserializer<T> {
  /** Tells it apart from a {@link Deserializer}. */
  readonly async: true
  /** Whether null may stand for a value of the type: see `nullable`. */
  readonly nullable?: boolean
  /** As {@link Deserializer}. A promise that rejects is the same as a throw. */
  deserialize(bytes: Buffer, context: SerdeContext, headers: readonly RecordHeader[]): T | Promise<T>
}

/** Both directions for one type, which may have to wait. */
export interface AsyncSerde<T, In = T> extends AsyncSerializer<In>, AsyncDeserializer<T> {}

/** Whatever makes bytes of a type. */
export type AnySerializer<T> = Serializer<T> | AsyncSerializer<T>
/** Whatever makes a type of bytes. */
export type AnyDeserializer<T> = Deserializer<T> | AsyncDeserializer<T>
/** A serde of any type: for constraints. */
export type AnySerde = Serde<unknown, never> | AsyncSerde<unknown, never>

/** What a serde reads. */
export type SerdeOutput<S extends AnySerde> = Awaited<ReturnType<S['deserialize']>>
/** What a serde writes. */
export type SerdeInput<S extends AnySerde> = Parameters<S['serialize']>[0]

/** Says that a header may be missing: {@link optional} makes serdes with it. */
export interface MayBeMissing {
  /** Whether a record may be without a header of the type. */
  readonly optional: true
}

/** The same type where null is a value, too: in a typed topic, a tombstone, a record without a key, or a header without a value. */
export function nullable<T, In>(serde: Serde<T, In>): Serde<T | null, In | null>
/** The same for one that may have to wait. */
export function nullable<T, In>(serde: AsyncSerde<T, In>): AsyncSerde<T | null, In | null>
export function nullable<T, In>(
  serde: Serde<T, In> | AsyncSerde<T, In>,
): Serde<T | null, In | null> | AsyncSerde<T | null, In | null> {
  return widened(serde, { nullable: true }) as Serde<T | null, In | null> | AsyncSerde<T | null, In | null>
}

/** The same type for a header of a typed topic that records may be without: undefined stands for that. Not for keys and values. */
export function optional<T, In>(serde: Serde<T, In>): Serde<T | undefined, In | undefined> & MayBeMissing
/** The same for one that may have to wait. */
export function optional<T, In>(
  serde: AsyncSerde<T, In>,
): AsyncSerde<T | undefined, In | undefined> & MayBeMissing
export function optional<T, In>(
  serde: Serde<T, In> | AsyncSerde<T, In>,
): (Serde<T | undefined, In | undefined> | AsyncSerde<T | undefined, In | undefined>) & MayBeMissing {
  return widened(serde, { optional: true }) as unknown as Serde<T | undefined, In | undefined> & MayBeMissing
}

/** A serde that says more of itself. Neither null nor undefined reaches any. */
function widened<T, In>(serde: Serde<T, In> | AsyncSerde<T, In>, says: object): object {
  return {
    async: serde.async ?? false,
    nullable: serde.nullable ?? false,
    optional: (serde as Partial<MayBeMissing>).optional ?? false,
    ...says,
    serialize: (value: In, context: SerdeContext, headers: OutgoingHeaders) =>
      serde.serialize(value, context, headers),
    deserialize: (bytes: Buffer, context: SerdeContext, headers: readonly RecordHeader[]) =>
      serde.deserialize(bytes, context, headers),
  }
}
