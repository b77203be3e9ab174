// The errors about keys and values that a serde cannot write, cannot read, or whose schema they do not fit.
import { KafkaError } from './kafka-error.ts'

/** What is wrong with a value, and where in it: as a Standard Schema validator says it. */
export interface ValidationIssue {
  /** For people. */
  readonly message: string
  /** The way from the value to what is wrong; empty or left out for the value itself. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

const issuesShown = 3

/** Code `VALIDATION_FAILED`: a value is not what its schema wants. `issues` has all that the validator found. */
export class ValidationError extends KafkaError {
  override readonly name = 'ValidationError'
  /** All that the validator found. */
  readonly issues: readonly ValidationIssue[]

  constructor(issues: readonly ValidationIssue[]) {
    super('VALIDATION_FAILED', messageOf(issues))
    this.issues = issues
  }
}

function messageOf(issues: readonly ValidationIssue[]): string {
  const shown = issues.slice(0, issuesShown).map(({ message, path }) => {
    const place = (path ?? []).map(step => String(typeof step === 'object' ? step.key : step)).join('.')
    return place === '' ? message : `${place}: ${message}`
  })
  const more = issues.length - shown.length
  return `it does not fit the schema: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`
}

/** Where in a topic's records: which part, and for one that was fetched, which record. */
interface PartPlace {
  readonly topic: string
  readonly part: 'key' | 'value' | 'header'
  /** Name of the header, where it is one. */
  readonly header?: string | undefined
}

interface RecordPlace extends PartPlace {
  readonly partition: number
  readonly offset: number
  /** What a user can do about it; default: what a user of a Consumer can. */
  readonly wayOut?: string | undefined
}

/** What may work the next time says so by `retriable`: an error of this client, or of a serde that knows the custom. */
function isRetriable(cause: unknown): boolean {
  return (cause as { readonly retriable?: unknown } | null | undefined)?.retriable === true
}

/** The part, for people. */
function nameOf({ part, header }: PartPlace): string {
  return header === undefined ? part : `${part} "${header}"`
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

/**
 * Code `SERIALIZATION_FAILED`: a key, value or header cannot be written, as Java's `SerializationException`. The record was not sent. `cause` is what the
 * serde threw.
 */
export class SerializationError extends KafkaError {
  override readonly name = 'SerializationError'
  /** Name of the topic. */
  readonly topic: string
  /** What cannot be written. */
  readonly part: 'key' | 'value' | 'header'
  /** Name of the header, where it is one. */
  readonly header: string | undefined

  constructor(place: PartPlace, cause: unknown) {
    const { topic, part, header } = place
    super(
      'SERIALIZATION_FAILED',
      `the ${nameOf(place)} of a record for topic "${topic}" cannot be written: ${reasonOf(cause)}`,
      { cause, retriable: isRetriable(cause) },
    )
    this.topic = topic
    this.part = part
    this.header = header
  }
}

/**
 * Code `DESERIALIZATION_FAILED`: a key, value or header cannot be read, as Java's `RecordDeserializationException`. `cause` is what the serde threw.
 * The record comes again until it can be read or the consumer is sought past it, `consumer.seek(error, error.nextOffset)`; option `onPoison`
 * does without such errors. `retriable` where the serde says that another attempt may work: a registry that is away, for one.
 */
export class DeserializationError extends KafkaError {
  override readonly name = 'DeserializationError'
  /** Where it is. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** Place of the record in the partition. */
  readonly offset: number
  /** Where reading goes on behind it. */
  readonly nextOffset: number
  /** What cannot be read. */
  readonly part: 'key' | 'value' | 'header'
  /** Name of the header, where it is one. */
  readonly header: string | undefined
  /** What the serde says. */
  readonly reason: string

  constructor(place: RecordPlace, cause: unknown) {
    const { topic, partition, offset, part, header } = place
    const retriable = isRetriable(cause)
    const given = place.wayOut ?? `seek to ${offset + 1} to go on behind it, or set onPoison`
    const wayOut = retriable ? 'it comes again' : given
    super(
      'DESERIALIZATION_FAILED',
      `${topic}-${partition} at offset ${offset}: the ${nameOf(place)} cannot be read: ${reasonOf(cause)}; ${wayOut}`,
      { cause, retriable },
    )
    this.topic = topic
    this.partition = partition
    this.offset = offset
    this.nextOffset = offset + 1
    this.part = part
    this.header = header
    this.reason = reasonOf(cause)
  }
}
