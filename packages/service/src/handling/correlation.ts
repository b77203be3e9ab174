// Which piece of work a record is part of, and how what comes of it says so: CloudEvents' extensions `correlationid` and `causationid`, or a header.
import { type AnyTopic, correlationHeader, correlationIdOf, type ConsumerRecord } from '@millrace/client'
import type { EventAttributes } from '../envelope/event.ts'
import { ReceivedEvent } from '../envelope/received-event.ts'
import type { RecordOriginPlace } from '../failure/failure-headers.ts'

/** What outputs of a record inherit. */
export interface Heritage {
  readonly correlationId: string
  /** Id of the event that they come of; undefined where it is none. */
  readonly causationId: string | undefined
}

/** `item`: the event or value; undefined before it is decoded. */
export function heritageOf(record: ConsumerRecord, origin: RecordOriginPlace, item: unknown): Heritage {
  const event: EventAttributes | undefined = item instanceof ReceivedEvent ? item : undefined
  const correlationId =
    event?.metadata['correlationid'] ??
    correlationIdOf(record.headers) ??
    event?.id ??
    // What is known of every record, and stays the same through retry topics.
    `${origin.topic}-${origin.partition}-${origin.offset}`
  return { correlationId, causationId: event?.id }
}

/** The metadata of an event that comes of a record; what its sender says counts more. */
export function inheritedMetadata(
  { correlationId, causationId }: Heritage,
  given: unknown,
): Readonly<Record<string, unknown>> {
  return {
    correlationid: correlationId,
    ...(causationId !== undefined && { causationid: causationId }),
    ...(given as object | undefined),
  }
}

/** The headers of a record that comes of another; those that are given where they say it already, or are all that the topic has. */
export function inheritedHeaders(topic: AnyTopic, { correlationId }: Heritage, given: unknown): unknown {
  if (Array.isArray(given)) {
    const list = given as readonly { readonly key: string; readonly value: string | Uint8Array | null }[]
    const says = list.some(({ key }) => key === correlationHeader)
    return says ? list : [...list, { key: correlationHeader, value: correlationId }]
  }
  if (topic.parts.headers.length > 0) return given
  return { [correlationHeader]: correlationId, ...(given as object | undefined) }
}
