// A fetched record: what the log says of it at once, key and value when they are asked for.
import type { CompressionName, RecordHeader } from '@millrace/protocol'
import type { Serde } from '../serde/serde.ts'
import type { FetchedChunk } from './fetched-chunk.ts'
import type { RecordOrigin, TimestampType } from './record-origin.ts'

/** What all records of a fetched batch share. */
export interface RecordSource<K, V> {
  readonly topic: string
  readonly partition: number
  readonly keySerde: Serde<K> | undefined
  readonly valueSerde: Serde<V> | undefined
}

/**
 * A record of a topic. `key` and `value` are deserialized on first access, so that a handler's own `try` catches what a serde throws
 * on a poisoned record. Without serdes they are Buffers that share memory with the whole fetched batch: copy what is kept for long.
 */
export class ConsumerRecord<K = Buffer, V = Buffer> {
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
  #key: K | null | undefined
  #value: V | null | undefined

  /** Takes over the chunk's current record. */
  constructor(source: RecordSource<K, V>, chunk: FetchedChunk) {
    const { cursor } = chunk
    this.offset = cursor.offset
    this.timestamp = cursor.timestamp
    this.headers = chunk.headers
    this.#source = source
    this.#origin = chunk.origin
    this.#keyStart = cursor.keyStart
    this.#keyLength = cursor.keyLength
    this.#valueStart = cursor.valueStart
    this.#valueLength = cursor.valueLength
  }

  /** Name of its topic. */
  get topic(): string {
    return this.#source.topic
  }

  /** Number of its partition, from 0 on. */
  get partition(): number {
    return this.#source.partition
  }

  /** Null without one. Throws what the serde throws, each time; StateError when its batch was released before. */
  get key(): K | null {
    let key = this.#key
    if (key === undefined) {
      key = read(
        this.#source.keySerde,
        this.#source.topic,
        this.#origin.buffer,
        this.#keyStart,
        this.#keyLength,
      )
      this.#key = key
    }
    return key
  }

  /** Null for a tombstone. Throws as {@link key} does. */
  get value(): V | null {
    let value = this.#value
    if (value === undefined) {
      value = read(
        this.#source.valueSerde,
        this.#source.topic,
        this.#origin.buffer,
        this.#valueStart,
        this.#valueLength,
      )
      this.#value = value
    }
    return value
  }

  /** The key as bytes, whatever the serde; null without one. Throws StateError when its batch was released before. */
  get keyBytes(): Buffer | null {
    return slice(this.#origin.buffer, this.#keyStart, this.#keyLength)
  }

  /** The value as bytes, whatever the serde; null for a tombstone. Throws StateError when its batch was released before. */
  get valueBytes(): Buffer | null {
    return slice(this.#origin.buffer, this.#valueStart, this.#valueLength)
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
}

function read<T>(
  serde: Serde<T> | undefined,
  topic: string,
  buffer: Buffer,
  start: number,
  length: number,
): T | null {
  const bytes = slice(buffer, start, length)
  if (bytes === null || serde === undefined) return bytes as T | null
  return serde.deserialize(bytes, topic)
}

function slice(buffer: Buffer, start: number, length: number): Buffer | null {
  return length < 0 ? null : buffer.subarray(start, start + length)
}
