// Reads what the headers of a dead letter say, whoever wrote them: this framework, Spring Kafka, Kafka Connect, Kafka Streams, share groups. Pure.
import { type ReceivedHeader, textHeader } from '../received-header.ts'
import {
  errorsPrefix,
  type FailureHeader,
  familyOf,
  redriveGroupHeader,
  redrivesOf,
  wholeNumber,
  withoutFamily,
} from './failure-headers.ts'
import { bigEndian, springPrefix, springPrefixes, springRetryPrefix } from './spring-headers.ts'

/** Who wrote the headers. */
export type DeadLetterFamily = 'millrace' | 'spring' | 'connect' | 'streams' | 'share-group'

/** What the headers of a dead letter say. Undefined where they say nothing of it. */
export interface DeadLetter {
  /** Who wrote the headers. */
  readonly family: DeadLetterFamily
  /** Where the record was first. */
  readonly topic: string | undefined
  /** Its partition there. */
  readonly partition: number | undefined
  /** Its offset there. */
  readonly offset: number | undefined
  /** The record's own time there, in ms since the epoch. */
  readonly timestamp: number | undefined
  /** The group, connector or application that gave it up. */
  readonly group: string | undefined
  /** Attempts, or deliveries. */
  readonly attempts: number | undefined
  /** Class of the last error. */
  readonly errorClass: string | undefined
  /** What the last error said. */
  readonly errorMessage: string | undefined
  /** Where it was thrown, as text. */
  readonly errorStack: string | undefined
  /** Why it was given up, in the words of who did. */
  readonly reason: string | undefined
  /** In ms since the epoch. */
  readonly failedAt: number | undefined
  /** Times that it was sent back before. */
  readonly redrives: number
  /** When it was edited, in ms since the epoch; undefined for one that is as it came. */
  readonly editedAt: number | undefined
  /** What it was edited from: partition and offset in the dead letter topic, as `0:17`. */
  readonly editedFrom: string | undefined
  /** The headers that the record had before it failed: all but those of the families. */
  readonly headers: readonly FailureHeader[]
}

const connectPrefix = '__connect.errors.'
const streamsPrefix = '__streams.errors.'
const sharePrefix = '__dlq.errors.'

/** What belongs to a failure, and not to the record. */
export const failurePrefixes: readonly string[] = [
  errorsPrefix,
  redriveGroupHeader,
  connectPrefix,
  streamsPrefix,
  sharePrefix,
  ...springPrefixes,
]

type Common = 'redrives' | 'editedAt' | 'editedFrom' | 'headers'
type Said = Partial<Omit<DeadLetter, 'family' | Common>>

/** Reads the headers of a dead letter. Undefined where they are of none of the families. */
export function readDeadLetter(headers: readonly ReceivedHeader[]): DeadLetter | undefined {
  for (const [family, read] of readers) {
    const said = read(headers)
    if (said) return { ...nothing, ...said, ...ownWord(headers), family }
  }
  return undefined
}

/** What we add to dead letters of every family. */
function ownWord(headers: readonly ReceivedHeader[]): Pick<DeadLetter, Common> {
  return {
    redrives: redrivesOf(headers),
    editedAt: wholeNumber(textHeader(headers, `${errorsPrefix}edited.at`)),
    editedFrom: textHeader(headers, `${errorsPrefix}edited.from`),
    headers: withoutFamily(headers, failurePrefixes),
  }
}

const nothing: Omit<DeadLetter, 'family' | Common> = {
  topic: undefined,
  partition: undefined,
  offset: undefined,
  timestamp: undefined,
  group: undefined,
  attempts: undefined,
  errorClass: undefined,
  errorMessage: undefined,
  errorStack: undefined,
  reason: undefined,
  failedAt: undefined,
}

const readers: readonly (readonly [
  DeadLetterFamily,
  (headers: readonly ReceivedHeader[]) => Said | undefined,
])[] = [
  ['millrace', readMillrace],
  ['spring', readSpring],
  ['share-group', readShareGroup],
  ['streams', readStreams],
  ['connect', readConnect],
]

function placeOf(family: ReadonlyMap<string, string>): Said {
  return {
    topic: family.get('topic'),
    partition: wholeNumber(family.get('partition')),
    offset: wholeNumber(family.get('offset')),
  }
}

function readMillrace(headers: readonly ReceivedHeader[]): Said | undefined {
  const family = familyOf(headers, errorsPrefix)
  // A record that came back from a dead letter topic has its count and nothing else.
  if (!family?.has('topic')) return undefined
  return {
    ...placeOf(family),
    timestamp: wholeNumber(family.get('timestamp')),
    group: family.get('group'),
    attempts: wholeNumber(family.get('attempts')),
    errorClass: family.get('class'),
    errorMessage: family.get('message'),
    errorStack: family.get('stack'),
    reason: family.get('reason'),
    failedAt: wholeNumber(family.get('failed.at')),
  }
}

/** What only the retry topics of Spring write in front of these names. */
const retryMarks: readonly string[] = [`${springRetryPrefix}original-`, `${springRetryPrefix}exception-`]

function readSpring(headers: readonly ReceivedHeader[]): Said | undefined {
  // Where failures were gathered (`stripPreviousExceptionHeaders` off), the last one counts.
  const bytes = (name: string) => headers.findLast(({ key }) => key === name)?.value
  // @RetryableTopic mixes both: its group has the name of the others (KafkaHeaders.ORIGINAL_CONSUMER_GROUP).
  const eitherBytes = (name: string) =>
    bytes(`${springPrefix}${name}`) ?? bytes(`${springRetryPrefix}${name}`)
  const text = (name: string) => eitherBytes(name)?.toString()
  const isOfSpring = ({ key }: ReceivedHeader) =>
    key.startsWith(springPrefix) || retryMarks.some(mark => key.startsWith(mark))
  if (!headers.some(isOfSpring)) return undefined
  return {
    topic: text('original-topic'),
    partition: bigEndian(eitherBytes('original-partition')),
    offset: bigEndian(eitherBytes('original-offset')),
    timestamp: bigEndian(eitherBytes('original-timestamp')),
    group: text('original-consumer-group'),
    attempts: bigEndian(bytes('retry_topic-attempts')) ?? bigEndian(bytes('kafka_deliveryAttempt')),
    // Spring wraps what a listener throws.
    errorClass: text('exception-cause-fqcn') ?? text('exception-fqcn') ?? text('key-exception-fqcn'),
    errorMessage: text('exception-message') ?? text('key-exception-message'),
    errorStack: text('exception-stacktrace') ?? text('key-exception-stacktrace'),
  }
}

function readShareGroup(headers: readonly ReceivedHeader[]): Said | undefined {
  const family = familyOf(headers, sharePrefix)
  return (
    family && {
      ...placeOf(family),
      group: family.get('group'),
      attempts: wholeNumber(family.get('delivery.count')),
      errorMessage: family.get('message'),
      reason: family.get('message'),
    }
  )
}

function readStreams(headers: readonly ReceivedHeader[]): Said | undefined {
  const family = familyOf(headers, streamsPrefix)
  return (
    family && {
      ...placeOf(family),
      errorClass: family.get('exception'),
      errorMessage: family.get('message'),
      errorStack: family.get('stacktrace'),
    }
  )
}

function readConnect(headers: readonly ReceivedHeader[]): Said | undefined {
  const family = familyOf(headers, connectPrefix)
  return (
    family && {
      ...placeOf(family),
      group: family.get('connector.name'),
      errorClass: family.get('exception.class.name'),
      errorMessage: family.get('exception.message'),
      errorStack: family.get('exception.stacktrace'),
      reason: family.get('stage'),
    }
  )
}
