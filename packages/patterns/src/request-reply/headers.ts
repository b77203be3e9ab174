// The headers of requests and replies: those of Spring Kafka, which NestJS has taken over with text in place of numbers. Pure.
//
//   request   kafka_correlationId             bytes that the reply brings back as they are
//             kafka_replyTopic                where the reply is to go; UTF-8
//             kafka_replyPartition            its partition: int32, big-endian (Spring), or decimal text (NestJS); left out for any
//             __millrace.request.deadline     when nobody waits any more, in ms since the epoch; decimal text
//   reply     kafka_correlationId             as in the request
//             __millrace.reply.error.*        class, message, code, retriable: the replier failed, and there is no value
//             kafka_nest-err                  the same for NestJS: a message
//             kafka_nest-is-disposed          for NestJS: nothing more comes
import type { ReceivedHeader } from '@millrace/service'
import type { WrittenHeader } from '../records/written-header.ts'

export const correlationIdHeader = 'kafka_correlationId'
export const replyTopicHeader = 'kafka_replyTopic'
export const replyPartitionHeader = 'kafka_replyPartition'
export const deadlineHeader = '__millrace.request.deadline'
export const errorPrefix = '__millrace.reply.error.'
export const nestErrorHeader = 'kafka_nest-err'
export const nestDisposedHeader = 'kafka_nest-is-disposed'

/** How numbers stand in headers of requests: as Spring Kafka reads them, or NestJS. */
export type RequestHeaderStyle = 'spring' | 'nest'

/** Where a reply is to go. */
export interface ReplyAddress {
  /** What it brings back. */
  readonly correlationId: Buffer
  /** The topic; undefined where the request does not say. */
  readonly topic: string | undefined
  /** The partition; undefined for any. */
  readonly partition: number | undefined
  /** When nobody waits any more, in ms since the epoch; undefined where the request does not say. */
  readonly deadline: number | undefined
  /** Who asks. */
  readonly style: RequestHeaderStyle
}

/** The last header of a name; undefined without one, and for one without a value. */
export function lastHeader(headers: readonly ReceivedHeader[], name: string): Buffer | undefined {
  return headers.findLast(({ key }) => key === name)?.value ?? undefined
}

/** What is written into a request. */
export function requestHeaders(
  request: {
    readonly correlationId: string
    readonly topic: string
    readonly partition: number | undefined
    readonly deadline: number
  },
  style: RequestHeaderStyle,
): WrittenHeader[] {
  const { correlationId, topic, partition, deadline } = request
  return [
    { key: correlationIdHeader, value: correlationId },
    { key: replyTopicHeader, value: topic },
    ...(partition === undefined
      ? []
      : [{ key: replyPartitionHeader, value: style === 'nest' ? String(partition) : int32(partition) }]),
    { key: deadlineHeader, value: String(Math.ceil(deadline)) },
  ]
}

/** Where the reply to a record is to go; undefined for one that asks for none. */
export function replyAddressOf(headers: readonly ReceivedHeader[]): ReplyAddress | undefined {
  const correlationId = lastHeader(headers, correlationIdHeader)
  if (!correlationId) return undefined
  const partition = lastHeader(headers, replyPartitionHeader)
  const deadline = lastHeader(headers, deadlineHeader)?.toString()
  return {
    correlationId,
    topic: lastHeader(headers, replyTopicHeader)?.toString(),
    partition: partition && partitionOf(partition),
    deadline: deadline !== undefined && /^\d{1,16}$/.test(deadline) ? Number(deadline) : undefined,
    style: partition && isDigits(partition) ? 'nest' : 'spring',
  }
}

/** What every reply says. */
export function replyHeaders({ correlationId, style }: ReplyAddress): WrittenHeader[] {
  return [
    { key: correlationIdHeader, value: correlationId },
    // Without it, a client of NestJS waits for more.
    ...(style === 'nest' ? [{ key: nestDisposedHeader, value: '1' }] : []),
  ]
}

/** Of an error's message: what is said of a failure must not make a reply too large. */
const messageCharsMax = 1_000

/** What a reply says of the error that stands in place of a value. */
export function errorHeaders({ style }: ReplyAddress, error: unknown): WrittenHeader[] {
  const { name, message, code, retriable } = describe(error)
  return [
    { key: `${errorPrefix}class`, value: name },
    { key: `${errorPrefix}message`, value: message },
    ...(code === undefined ? [] : [{ key: `${errorPrefix}code`, value: code }]),
    ...(retriable === undefined ? [] : [{ key: `${errorPrefix}retriable`, value: String(retriable) }]),
    ...(style === 'nest' ? [{ key: nestErrorHeader, value: message }] : []),
  ]
}

function describe(error: unknown) {
  const { name, message, code, retriable } = (error ?? {}) as Readonly<Record<string, unknown>>
  return {
    name:
      typeof name === 'string' && name !== '' ? name.slice(0, 200) : error === null ? 'null' : typeof error,
    message: (typeof message === 'string' ? message : safeText(error)).slice(0, messageCharsMax),
    code: typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, 200) : undefined,
    retriable: typeof retriable === 'boolean' ? retriable : undefined,
  }
}

function safeText(error: unknown): string {
  try {
    return String(error)
  } catch {
    return 'an error without a text'
  }
}

/** What a reply says of a failure. */
export interface RemoteFailure {
  readonly errorClass: string
  readonly message: string
  readonly code: string | undefined
  readonly retriable: boolean
}

/** The failure that stands in place of a value, by ours or by NestJS's headers; undefined for none. */
export function failureOf(headers: readonly ReceivedHeader[]): RemoteFailure | undefined {
  const text = (name: string) => lastHeader(headers, name)?.toString()
  const errorClass = text(`${errorPrefix}class`)
  if (errorClass !== undefined) {
    return {
      errorClass,
      message: text(`${errorPrefix}message`) ?? '',
      code: text(`${errorPrefix}code`),
      retriable: text(`${errorPrefix}retriable`) === 'true',
    }
  }
  const nest = text(nestErrorHeader)
  return nest === undefined
    ? undefined
    : { errorClass: 'Error', message: nestMessage(nest), code: undefined, retriable: false }
}

/** NestJS writes a text, or an object with a message as JSON. */
function nestMessage(text: string): string {
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown }
    return typeof message === 'string' ? message : text
  } catch {
    return text
  }
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

/** Four digits are text: as an int32 they would be a partition beyond 800 million. */
function partitionOf(bytes: Buffer): number | undefined {
  if (isDigits(bytes)) return Number(bytes.toString())
  if (bytes.length !== 4) return undefined
  const partition = bytes.readInt32BE()
  return partition >= 0 ? partition : undefined
}

function isDigits(bytes: Buffer): boolean {
  return bytes.length > 0 && bytes.length <= 10 && bytes.every(byte => byte >= 0x30 && byte <= 0x39)
}
