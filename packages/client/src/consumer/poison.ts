// Records of which a serde refuses a part, and what is to become of them.
import type { RecordHeader } from '@millrace/protocol'
import { ConfigError, type DeserializationError } from '../errors/index.ts'
import { show } from '../config/show.ts'
import type { ConsumerRecord } from './record.ts'

/** A record that cannot be read, as the log has it. Its bytes are copies, which may be kept. */
export interface PoisonRecord {
  /** Name of its topic. */
  readonly topic: string
  /** Number of its partition. */
  readonly partition: number
  /** Its place in the partition. */
  readonly offset: number
  /** Milliseconds since the epoch, −1 in batches of a format that has none. */
  readonly timestamp: number
  /** Null without one. */
  readonly key: Buffer | null
  /** Null for a tombstone. */
  readonly value: Buffer | null
  /** In the order of the record; names may repeat. */
  readonly headers: readonly RecordHeader[]
  /** The part that is refused. */
  readonly part: 'key' | 'value' | 'header'
  /** Name of the header, where it is one. */
  readonly header: string | undefined
  /** Why: its `cause` is what the serde threw. */
  readonly error: DeserializationError
}

/**
 * What a consumer does about a record whose key, value or declared headers cannot be read. A share consumer's option says what is different there.
 *
 * - `fail`: whoever asks for records is thrown the DeserializationError, again each time, until the consumer is sought past it.
 * - `skip`: it is passed over and counts as processed; `consumer.poisonedRecords` counts it, and an event `record.poisoned` tells of it.
 * - a function: it is called with the record, and the record is passed over when the function has returned. What it throws is thrown at whoever asks for
 *   records, and the record comes again.
 *
 * Errors with `retriable: true` (a registry that is away) are no poison: they are thrown in any case.
 */
export type PoisonPolicy = 'fail' | 'skip' | ((record: PoisonRecord) => void | Promise<void>)

/** Throws ConfigError for what is no policy. */
export function readPoisonPolicy(owner: string, given: unknown): PoisonPolicy {
  if (given === 'fail' || given === 'skip' || typeof given === 'function') return given as PoisonPolicy
  throw new ConfigError(`${owner}: onPoison is ${show(given)}; it is "fail", "skip" or a function`)
}

/** What a policy that is a function is called with. */
export function poisonOf(
  record: ConsumerRecord<unknown, unknown>,
  error: DeserializationError,
): PoisonRecord {
  const { topic, partition, offset, timestamp, headers, keyBytes, valueBytes } = record
  return {
    topic,
    partition,
    offset,
    timestamp,
    key: copyOf(keyBytes),
    value: copyOf(valueBytes),
    headers: headers.map(({ key, value }) => ({ key, value: copyOf(value) })),
    part: error.part,
    header: error.header,
    error,
  }
}

function copyOf(bytes: Buffer | null): Buffer | null {
  return bytes && Buffer.from(bytes)
}
