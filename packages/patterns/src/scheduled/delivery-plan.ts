// What is written in one transaction: what is delivered, what waits from now on and what does not any more, and how far the schedule topic is read. Pure.
import type { ConsumerRecord, ProducerRecord } from '@millrace/client'
import { deadLetterRecord } from '@millrace/service'
import type { Waiting } from './due-index.ts'
import { deliveredHeaders, dueAtOf, positionKey, readEntry, type ScheduledRecord } from './entry.ts'

/** What is known of what waits. */
export interface Known {
  get(id: string): Waiting<unknown> | undefined
  /** Whether there may be entries that are not known. */
  readonly isBounded: boolean
}

/** A record to be delivered now. */
export interface Delivery {
  readonly id: string
  readonly entry: ScheduledRecord
}

/** An entry that waits, or none under an id any more. */
export interface PendingWrite {
  readonly id: string
  /** Undefined for a tombstone. */
  readonly entry:
    | {
        readonly dueAt: number
        readonly record: Pick<ConsumerRecord, 'headers' | 'sizeBytes' | 'valueBytes'>
      }
    | undefined
}

export interface DeliveryPlan {
  readonly deliveries: Delivery[]
  readonly pending: PendingWrite[]
  /** Records of the schedule topic that are no schedules. */
  readonly malformed: ConsumerRecord[]
  /** Schedules that were cancelled, and cancellations of what does not wait. */
  cancelled: number
  /** Where the schedule topic is read on; undefined where nothing of it was. */
  position: number | undefined
}

export function emptyPlan(): DeliveryPlan {
  return { deliveries: [], pending: [], malformed: [], cancelled: 0, position: undefined }
}

/** Adds a record of the schedule topic. */
export function planInput(plan: DeliveryPlan, record: ConsumerRecord, known: Known, now: number): void {
  plan.position = record.offset + 1
  const id = record.keyBytes?.toString()
  if (id === undefined || id === '') {
    plan.malformed.push(record)
    return
  }
  const { valueBytes } = record
  // What the log has under the id does not wait any more, or is replaced.
  const mayWait = known.isBounded || known.get(id) !== undefined || plan.pending.some(each => each.id === id)
  if (valueBytes === null) {
    plan.cancelled++
    if (mayWait) plan.pending.push({ id, entry: undefined })
    return
  }
  const dueAt = dueAtOf(record.headers)
  const entry = dueAt === undefined ? undefined : readEntry(valueBytes, record.headers)
  if (dueAt === undefined || !entry) {
    plan.malformed.push(record)
    return
  }
  if (dueAt > now) {
    plan.pending.push({ id, entry: { dueAt, record } })
    return
  }
  plan.deliveries.push({ id, entry })
  if (mayWait) plan.pending.push({ id, entry: undefined })
}

/** The record of a delivery. */
export function deliveredRecord({ id, entry }: Delivery): ProducerRecord {
  const { topic, key, value, partition } = entry
  return {
    topic,
    key,
    value,
    ...(partition !== undefined && { partition }),
    headers: deliveredHeaders(id, entry),
  }
}

/** What is written in place of a delivery that cannot be: sent back from there, it goes to the topic that it was for. */
export function undeliverableRecord(
  { id, entry }: Delivery,
  error: unknown,
  { group, topic, now }: { readonly group: string; readonly topic: string; readonly now: number },
): ProducerRecord {
  const { key, value, at } = entry
  const headers = deliveredHeaders(id, entry).map(({ key: name, value: said }) => ({
    key: name,
    value: typeof said === 'string' ? Buffer.from(said) : (said as Buffer | null),
  }))
  return deadLetterRecord(
    { keyBytes: key, valueBytes: value, headers },
    {
      // It never had a place there.
      origin: { topic: entry.topic, partition: -1, offset: -1, timestamp: at, timestampType: 'CreateTime' },
      group,
      attempts: 1,
      error,
      firstFailedAt: now,
      failedAt: now,
      redrives: 0,
    },
    { topic, reason: 'fatal', style: 'millrace', stackChars: 0 },
  )
}

/** What is written for a record that is no schedule. */
export function malformedRecord(
  record: ConsumerRecord,
  { group, topic, now }: { readonly group: string; readonly topic: string; readonly now: number },
): ProducerRecord {
  const { topic: from, partition, offset, timestamp, timestampType, keyBytes, valueBytes, headers } = record
  return deadLetterRecord(
    { keyBytes, valueBytes, headers },
    {
      origin: { topic: from, partition, offset, timestamp, timestampType },
      group,
      attempts: 1,
      error: malformed(record),
      firstFailedAt: now,
      failedAt: now,
      redrives: 0,
    },
    { topic, reason: 'poison', style: 'millrace', stackChars: 0 },
  )
}

export function malformed({ topic, partition, offset }: ConsumerRecord): Error {
  return new TypeError(
    `${topic}-${partition} at offset ${offset} is no schedule: it has no id, or does not say when and where it is to be delivered`,
  )
}

/** The record of an entry that waits, or of none any more. */
export function pendingRecord(topic: string, partition: number, { id, entry }: PendingWrite): ProducerRecord {
  return entry
    ? { topic, partition, key: id, value: entry.record.valueBytes, headers: entry.record.headers }
    : { topic, partition, key: id, value: null }
}

/** The record of how far the schedule topic is read. */
export function positionRecord(topic: string, partition: number, position: number): ProducerRecord {
  return { topic, partition, key: positionKey, value: String(position) }
}
