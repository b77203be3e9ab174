// An event as it is loaded: with its place in its stream, and in the log.
import type { EventEnvelope, EventOf, EventTypes } from '@millrace/service'

/** A place in the log: where a projection has to come to have seen an event. */
export interface EventPosition {
  /** Number of the partition. */
  readonly partition: number
  /** Place in it. */
  readonly offset: number
}

/** What is known of an event beside what its sender said. */
export interface EventPlace {
  /** The stream. */
  readonly stream: string
  /** Its version: its number there, from 1 on. */
  readonly version: number
  /** Where it stands in the log. */
  readonly position: EventPosition
  /** When it was written, in ms since the epoch. */
  readonly timestamp: number
}

/** An event of a stream, as it is loaded. */
export type StoredEvent<Types extends EventTypes = EventTypes> = EventOf<Types> & EventPlace

/** Events are read as objects that look into their record: this one stands for itself. */
export function storedEvent(event: EventEnvelope, place: EventPlace): EventEnvelope & EventPlace {
  const { id, type, source, time, subject, dataSchema, metadata, data } = event
  return { id, type, source, time, subject, dataSchema, metadata, data, ...place }
}
