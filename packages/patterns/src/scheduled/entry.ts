// What stands in a schedule topic, and in the topic of what waits: the record that is to be delivered, with when and where in headers, under the id of the schedule. Pure.
//
//   key       the id
//   value     that of the record; none (a tombstone): nothing waits under the id any more
//   headers   __millrace.schedule.at              when it is due, in ms since the epoch; decimal text
//             __millrace.schedule.topic           where it goes; UTF-8
//             __millrace.schedule.key             its key there; left out for none
//             __millrace.schedule.partition       its partition there; decimal text, left out where the key decides
//             __millrace.schedule.tombstone       its value there is null; the value here is empty
//             then the headers of the record itself
//
// What is delivered has the record's own headers, __millrace.scheduled.id and __millrace.scheduled.for (when it was due).
//
// In the topic of what waits, the record with the empty key says how far the schedule topic is read: decimal text.
import type { EncodedRecord, OutgoingHeaders } from '@millrace/client'
import type { ReceivedHeader } from '@millrace/service'
import type { WrittenHeader } from '../records/written-header.ts'

const prefix = '__millrace.schedule.'
const atHeader = `${prefix}at`
export const scheduledIdHeader = '__millrace.scheduled.id'
export const scheduledForHeader = '__millrace.scheduled.for'

/** What waits in a schedule topic, as it is read. */
export interface ScheduledRecord {
  /** When it is due, in ms since the epoch. */
  readonly at: number
  /** The topic that it is for. */
  readonly topic: string
  /** Its key there; null for none. */
  readonly key: Buffer | null
  /** Its value there; null for a tombstone. */
  readonly value: Buffer | null
  /** Its partition there; undefined where its key decides. */
  readonly partition: number | undefined
  /** Its own headers. */
  readonly headers: readonly ReceivedHeader[]
}

/** Adds what is to be said of a record to the headers of its entry, and returns the value of that. */
export function writeEntry(
  at: number,
  { topic, key = null, value, headers = [], partition = -1 }: EncodedRecord,
  out: OutgoingHeaders,
): string | Uint8Array {
  out.add(`${prefix}at`, String(at))
  out.add(`${prefix}topic`, topic)
  if (key !== null) out.add(`${prefix}key`, key)
  if (partition >= 0) out.add(`${prefix}partition`, String(partition))
  if (value === null) out.add(`${prefix}tombstone`, '1')
  for (const header of headers) out.add(header.key, header.value)
  return value ?? ''
}

/** When an entry is due; undefined for what is no entry. */
export function dueAtOf(headers: readonly ReceivedHeader[]): number | undefined {
  const text = headers.find(({ key }) => key === atHeader)?.value?.toString()
  return text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : undefined
}

/** The entry that a value and its headers are; undefined for what is none. Shares their memory. */
export function readEntry(value: Buffer, headers: readonly ReceivedHeader[]): ScheduledRecord | undefined {
  const ours = new Map<string, Buffer>()
  const own: ReceivedHeader[] = []
  for (const header of headers) {
    if (!header.key.startsWith(prefix)) own.push(header)
    else if (header.value !== null) ours.set(header.key.slice(prefix.length), header.value)
  }
  const at = dueAtOf(headers)
  const topic = ours.get('topic')?.toString()
  if (at === undefined || topic === undefined) return undefined
  const partition = ours.get('partition')?.toString()
  return {
    at,
    topic,
    key: ours.get('key') ?? null,
    value: ours.has('tombstone') ? null : value,
    partition: partition !== undefined && /^\d{1,9}$/.test(partition) ? Number(partition) : undefined,
    headers: own,
  }
}

/** Headers of what is delivered. */
export function deliveredHeaders(id: string, { at, headers }: ScheduledRecord): WrittenHeader[] {
  return [...headers, { key: scheduledIdHeader, value: id }, { key: scheduledForHeader, value: String(at) }]
}

/** The key of the record that says how far the schedule topic is read. */
export const positionKey = ''

/** The offset that a position says; undefined for what is none. */
export function readPosition(value: Buffer | null): number | undefined {
  const text = value?.toString()
  return text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : undefined
}
