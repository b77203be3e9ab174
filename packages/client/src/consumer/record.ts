// A fetched record: what the log says of it at once, key and value when they are asked for.
import type { CompressionName, RecordHeader } from '@millrace/protocol'
import { DeserializationError } from '../errors/index.ts'
import { isThenable } from '../serde/thenable.ts'
import type { DeclaredHeader, ReadablePart, ReadableParts } from '../serde/part.ts'
import type { NoHeaders } from '../topic/topic.ts'
import type { FetchedRecord, RecordOrigin, TimestampType } from './record-origin.ts'

/** What all records of a partition share. */
export interface RecordSource<K, V> {
  readonly topic: string
  readonly partition: number
  readonly parts: ReadableParts<K, V>
  /** What a user can do about a record that cannot be read, for the error. */
  readonly wayOut?: string
}

let decode: (record: ConsumerRecord<unknown, unknown>) => Promise<unknown> | undefined

const noHeaders: NoHeaders = {}

/** Reads key, value and declared headers of a record now. Returns a promise where a serde has to wait. Throws DeserializationError, or rejects with it. */
export function decodeRecord(record: ConsumerRecord<unknown, unknown>): Promise<unknown> | undefined {
  return decode(record)
}

/**
 * A record of a topic. `key`, `value` and `typedHeaders` are deserialized on first access, so that a handler's own `try` catches what a serde throws
 * on a poisoned record; with `onPoison` and with serdes that have to wait, before the record is handed out. Without serdes they are Buffers that share
 * memory with the whole fetched batch: copy what is kept for long.
 */
export class ConsumerRecord<
  K = Buffer | null,
  V = Buffer | null,
  Name extends string = string,
  Headers = NoHeaders,
> {
  /** Its place in the partition: unique there, rising, not without gaps. */
  readonly offset: number
  /** Milliseconds since the epoch, −1 in batches of a format that has none. */
  readonly timestamp: number
  /** In the order of the record, names may repeat; values are Buffers, or null. Empty for most. */
  readonly headers: readonly RecordHeader[]
  readonly #source: RecordSource<K, V>
  readonly #origin: RecordOrigin
  readonly #keyStart: number
  readonly #keyLength: number
  readonly #valueStart: number
  readonly #valueLength: number
  #key: K | undefined
  #value: V | undefined
  #typedHeaders: Headers | undefined

  static {
    decode = record => record.#decode()
  }

  /** @internal Takes over what was found: the cursor goes on. */
  constructor(source: RecordSource<K, V>, fetched: FetchedRecord) {
    const { cursor } = fetched
    this.offset = cursor.offset
    this.timestamp = cursor.timestamp
    this.headers = fetched.headers
    this.#source = source
    this.#origin = fetched.origin
    this.#keyStart = cursor.keyStart
    this.#keyLength = cursor.keyLength
    this.#valueStart = cursor.valueStart
    this.#valueLength = cursor.valueLength
  }

  /** Name of its topic. */
  get topic(): Name {
    return this.#source.topic as Name
  }

  /** Number of its partition, from 0 on. */
  get partition(): number {
    return this.#source.partition
  }

  /** Null without one. Throws DeserializationError, each time; StateError when its batch was released before. */
  get key(): K {
    let key = this.#key
    if (key === undefined) {
      key = this.#readLate(this.#source.parts.key, this.#keyStart, this.#keyLength)
      this.#key = key
    }
    return key
  }

  /** Null for a tombstone. Throws as {@link key} does. */
  get value(): V {
    let value = this.#value
    if (value === undefined) {
      value = this.#readLate(this.#source.parts.value, this.#valueStart, this.#valueLength)
      this.#value = value
    }
    return value
  }

  /** The headers that the topic declares, by name; empty for a topic that declares none. Throws as {@link key} does. */
  get typedHeaders(): Headers {
    let headers = this.#typedHeaders
    if (headers === undefined) {
      headers = this.#readHeadersLate()
      this.#typedHeaders = headers
    }
    return headers
  }

  /** The key as bytes, whatever the serde; null without one. Throws StateError when its batch was released before. */
  get keyBytes(): Buffer | null {
    return slice(this.#origin.buffer, this.#keyStart, this.#keyLength)
  }

  /** The value as bytes, whatever the serde; null for a tombstone. Throws StateError when its batch was released before. */
  get valueBytes(): Buffer | null {
    return slice(this.#origin.buffer, this.#valueStart, this.#valueLength)
  }

  /** Bytes of key and value, without headers. */
  get sizeBytes(): number {
    return Math.max(0, this.#keyLength) + Math.max(0, this.#valueLength)
  }

  /** Leader epoch under which the record was appended, −1 if unknown. */
  get leaderEpoch(): number {
    return this.#origin.leaderEpoch
  }

  /** Whether `timestamp` is the producer's or the broker's (`message.timestamp.type`). */
  get timestampType(): TimestampType {
    return this.#origin.timestampType
  }

  /** How the record's batch is compressed in the log. */
  get compression(): CompressionName {
    return this.#origin.compression
  }

  /** Id of the idempotent or transactional producer, −1 for others. */
  get producerId(): number {
    return this.#origin.producerId
  }

  /** Epoch that goes with `producerId`, −1 without one. */
  get producerEpoch(): number {
    return this.#origin.producerEpoch
  }

  /** Whether the record was sent in a transaction. */
  get isTransactional(): boolean {
    return this.#origin.isTransactional
  }

  /** The value of the last header with this name, as UTF-8 text; null where it has none, undefined without such a header. */
  header(name: string): string | null | undefined {
    const found = this.headers.findLast(({ key }) => key === name)
    return found && (found.value?.toString('utf8') ?? null)
  }

  /** What `JSON.stringify` shows: place, time, key, value and headers. */
  toJSON(): object {
    const { topic, partition, offset, timestamp, key, value, headers } = this
    return { topic, partition, offset, timestamp, key, value, headers }
  }

  /** What `console.log` shows: the same. */
  [Symbol.for('nodejs.util.inspect.custom')](): object {
    return this.toJSON()
  }

  #read<T>(part: ReadablePart<T>, bytes: Buffer | null): T | Promise<T> {
    const { serde, context, required } = part
    if (serde === undefined || (bytes === null && !required)) return bytes as T
    try {
      if (bytes === null)
        throw new TypeError('it is null; nullable(…) in the topic’s definition would allow that')
      return serde.deserialize(bytes, context, this.headers)
    } catch (error) {
      throw this.#refused(part, error)
    }
  }

  /** What a serde that may have to wait made of the part is here already: if it is undefined, it was that. */
  #readLate<T>(part: ReadablePart<T>, start: number, length: number): T {
    if (part.serde?.async === true) return undefined as T
    return this.#read(part, slice(this.#origin.buffer, start, length)) as T
  }

  #readHeadersLate(): Headers {
    const { headers } = this.#source.parts
    if (headers.length === 0) return noHeaders as Headers
    const read: Record<string, unknown> = {}
    for (const header of headers) {
      const found = this.#find(header)
      if (found) read[header.name] = this.#read(header.part, found.value)
    }
    return read as Headers
  }

  /** What counts as a header that the topic declares; undefined where the record may be and is without it. */
  #find({ name, part, optional }: DeclaredHeader<ReadablePart>): RecordHeader | undefined {
    const found = this.headers.findLast(({ key }) => key === name)
    if (found || optional) return found
    throw this.#refused(
      part,
      new TypeError('it is missing; optional(…) in the topic’s definition would allow that'),
    )
  }

  #readAhead<T>(part: ReadablePart<T>, bytes: Buffer | null): T | Promise<T> {
    const read = this.#read(part, bytes)
    if (!isThenable(read)) return read
    return Promise.resolve(read).catch((error: unknown) => {
      throw this.#refused(part, error)
    })
  }

  #refused(part: ReadablePart, cause: unknown): DeserializationError {
    const { topic, partition, offset } = this
    const { part: name, header } = part.context
    const { wayOut } = this.#source
    return new DeserializationError({ topic, partition, offset, part: name, header, wayOut }, cause)
  }

  #decode(): Promise<unknown> | undefined {
    const { key, value, headers } = this.#source.parts
    const waits: PromiseLike<void>[] = []
    try {
      take(waits, this.#readAhead(key, this.keyBytes), read => (this.#key = read))
      take(waits, this.#readAhead(value, this.valueBytes), read => (this.#value = read))
      if (headers.length > 0) this.#decodeHeaders(headers, waits)
    } catch (error) {
      // What is refused at once must not leave a part behind whose failure nobody hears.
      for (const wait of waits) wait.then(undefined, () => {})
      throw error
    }
    return waits.length > 0 ? Promise.all(waits) : undefined
  }

  #decodeHeaders(headers: readonly DeclaredHeader<ReadablePart>[], waits: PromiseLike<void>[]): void {
    const read: Record<string, unknown> = {}
    for (const header of headers) {
      const found = this.#find(header)
      if (found) take(waits, this.#readAhead(header.part, found.value), it => (read[header.name] = it))
    }
    this.#typedHeaders = read as Headers
  }
}

/** Has `keep` get what was read: now, or when it has come. */
function take<T>(waits: PromiseLike<void>[], read: T | PromiseLike<T>, keep: (read: T) => void): void {
  if (isThenable(read)) waits.push(read.then(keep))
  else keep(read)
}

function slice(buffer: Buffer, start: number, length: number): Buffer | null {
  return length < 0 ? null : buffer.subarray(start, start + length)
}
