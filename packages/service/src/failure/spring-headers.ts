// The headers of Spring Kafka's DeadLetterPublishingRecoverer: names, and numbers as big-endian bytes. Pure.
//
//   kafka_dlt-original-topic            text      kafka_dlt-exception-fqcn         text: the class
//   kafka_dlt-original-partition        int32     kafka_dlt-exception-cause-fqcn   text
//   kafka_dlt-original-offset           int64     kafka_dlt-exception-message      text
//   kafka_dlt-original-timestamp        int64     kafka_dlt-exception-stacktrace   text
//   kafka_dlt-original-timestamp-type   text      kafka_dlt-original-consumer-group text
import { classOf, messageOf } from './classify.ts'
import type { FailureFacts, FailureHeader } from './failure-headers.ts'

export const springPrefix = 'kafka_dlt-'
/** What `@RetryableTopic` has in its place, in retry topics and in its dead letters. */
export const springRetryPrefix = 'kafka_'
/** What Spring adds on the way through its retry topics and into dead letters. */
export const springPrefixes: readonly string[] = [
  springPrefix,
  'kafka_original-',
  'kafka_exception-',
  'kafka_key-exception-',
  'kafka_deliveryAttempt',
  'retry_topic-',
  // Of its ErrorHandlingDeserializer: an exception in Java's own serialization.
  'springDeserializerException',
]

export function springDeadLetterHeaders(facts: FailureFacts, stackChars: number): FailureHeader[] {
  const { origin, group, error } = facts
  const cause = error instanceof Error ? error.cause : undefined
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const named: [string, string | Buffer | undefined][] = [
    ['original-topic', origin.topic],
    ['original-partition', int32(origin.partition)],
    ['original-offset', int64(origin.offset)],
    ['original-timestamp', int64(origin.timestamp)],
    ['original-timestamp-type', origin.timestampType],
    ['original-consumer-group', group],
    ['exception-fqcn', classOf(error)],
    ['exception-cause-fqcn', cause === undefined ? undefined : classOf(cause)],
    ['exception-message', messageOf(error)],
    ['exception-stacktrace', stackChars > 0 ? stack.slice(0, stackChars) : undefined],
  ]
  return named.flatMap(([name, value]) =>
    value === undefined ? [] : [{ key: `${springPrefix}${name}`, value }],
  )
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(value))
  return bytes
}

/** A whole number as Java writes it: big-endian two's complement of one to eight bytes. Undefined for anything else. */
export function bigEndian(bytes: Buffer | null | undefined): number | undefined {
  if (!bytes || bytes.length === 0 || bytes.length > 8) return undefined
  let value = BigInt(bytes.readInt8(0))
  for (const byte of bytes.subarray(1)) value = value * 256n + BigInt(byte)
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : undefined
}
