// What a record is told apart by: the same for each time that it is delivered, through whatever topics it goes. Pure.
import { createHash } from 'node:crypto'
import type { RecordOriginPlace } from '../failure/failure-headers.ts'
import { type ReceivedHeader, textHeader } from '../received-header.ts'

/** Header in which an outbox says which of its rows a record is. */
export const outboxIdHeader = 'outbox-id'

/** What events are unique by. */
export interface IdentifiedEvent {
  readonly source: string
  readonly id: string
}

/**
 * The id of an event: its `source` and `id`, as CloudEvents has it. Of other records: what an outbox calls it, or else its first place, with its timestamp, since a topic that was made anew counts from 0 again.
 */
export function recordIdOf(
  event: IdentifiedEvent | undefined,
  headers: readonly ReceivedHeader[],
  origin: RecordOriginPlace,
): string {
  if (event) return `${event.source.replaceAll(' ', '%20')} ${event.id}`
  const outboxId = textHeader(headers, outboxIdHeader)
  if (outboxId !== undefined) return `outbox ${outboxId}`
  const { topic, partition, offset, timestamp } = origin
  return `${topic}-${partition}@${offset}/${timestamp}`
}

const plainText = /^[\x20-\x7e]{1,200}$/

/** An id as stores take it: what is long, or has other characters than printable ASCII, becomes its hash. */
export function storedId(id: string): string {
  return plainText.test(id) ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`
}
