// Makes rows of what is published: a record's bytes are what they are from then on, whenever they are sent.
import { randomUUID } from 'node:crypto'
import { type AnyRecord, type AnyTopic, type EncodedRecord, encodeRecord, StateError } from '@millrace/client'
import type { Clock } from '@millrace/runtime'
import { outboxIdHeader, recordOf, type Publication } from '@millrace/service'
import { type NewRow, rowOf } from './row.ts'

/** What an outbox takes: made by `prepare`, and written by `enqueue`. */
export class PreparedRecord {
  /** Which record it is: the header `outbox-id` when it is sent, however often that is. */
  readonly id: string
  /** @internal */
  readonly row: NewRow

  /** @internal */
  constructor(row: NewRow) {
    this.id = row.id
    this.row = row
  }
}

export interface PrepareOptions {
  readonly clock: Clock
  readonly maxRecordBytes: number
}

/** A promise where a serde has to wait. Throws SerializationError, RecordTooLargeError, and what else `encodeRecord` throws. */
export function prepare<T extends AnyTopic>(
  topic: T,
  message: Publication<T>,
  options: PrepareOptions,
): PreparedRecord | Promise<PreparedRecord> {
  const encoded = encodeRecord(recordOf(topic, message) as AnyRecord, options.maxRecordBytes)
  return encoded instanceof Promise
    ? encoded.then(record => preparedOf(record, options))
    : preparedOf(encoded, options)
}

/** The same, at once. Throws StateError where a serde has to wait. */
export function prepareNow<T extends AnyTopic>(
  topic: T,
  message: Publication<T>,
  options: PrepareOptions,
): PreparedRecord {
  const prepared = prepare(topic, message, options)
  if (!(prepared instanceof Promise)) return prepared
  // Its failure is for who asks again.
  prepared.catch(() => {})
  throw new StateError(
    `enqueue: a serde of topic "${topic.name}" has to wait, and a transaction of SQLite must not: await prepare(…) before the transaction, and enqueue what it makes`,
  )
}

function preparedOf(record: EncodedRecord, { clock }: PrepareOptions): PreparedRecord {
  const id = randomUUID()
  const headers = [...(record.headers ?? []), { key: outboxIdHeader, value: id }]
  return new PreparedRecord(rowOf({ ...record, headers }, id, clock.now()))
}
