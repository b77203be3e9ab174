// Whether a batch that a client sends may be appended, and the changes the topic's settings ask for (Kafka's `LogValidator`).
//
// Every record of every batch is walked, compressed ones decompressed: what is stored here, every reader has to get through. This is done at once
// here; what is too much for that goes the same way in `slow-validation.ts`.
import {
  BatchHeader,
  batchLayout,
  checkProducedHeader,
  checkRecords,
  type Codec,
  codecs,
  compressionNames,
  DecompressionError,
  decompressedBytesMaxDefault,
  decompressRecords,
  ErrorCode,
  isSameTimestamp,
  type RecordLimits,
  readBatchHeader,
  readOnlyBatch,
  RecordsError,
  recompressBatch,
  setLogAppendTime,
  setMaxTimestamp,
  verifyBatchCrc,
  zstdFrameCount,
} from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import type { TopicConfig } from '../config/topic-config.ts'
import { decompressionBytes, requestDecompressedMaxBytes, zstdFrameBytes } from '../limits.ts'

/** A record at fault, as Produce v8+ reports it. */
export interface RecordFault {
  readonly batchIndex: number
  readonly batchIndexErrorMessage: string | null
}

/** A batch that is refused. */
export class BatchError extends ApiError {
  readonly recordErrors: readonly RecordFault[]

  constructor(code: number, message: string, recordErrors: readonly RecordFault[] = []) {
    super(code, message)
    this.recordErrors = recordErrors
  }
}

/** What is left to the batches of one request. In bytes. */
export interface CheckBudget {
  /** What they may still become when they are decompressed. */
  inflationBytes: number
  /** What of them, packed and unpacked, may still be checked at once. */
  atOnceBytes: number
}

export interface BatchRules {
  readonly config: TopicConfig
  readonly apiVersion: number
  readonly nowMs: number
  readonly topic: string
  readonly partition: number
  readonly budget: CheckBudget
}

const zstdVersionMin = 7
const codecIdMax = codecs.zstd.id
/** Where every message format has its magic byte. */
const magicAt = 16
/** Where a batch says how many bytes follow its first twelve. */
const lengthAt = 8
const batchOverheadBytes = 12

/** Batches that are checked at once are so one at a time: one header serves all. */
const sharedHeader = new BatchHeader()

/**
 * Checks the records of one partition in a produce request and returns the batch to append: the bytes given, changed in place
 * where the broker stamps them, or new ones after recompression. Undefined for what is more than may be checked at once; nothing is changed then.
 * Throws `BatchError`.
 */
export function validateAtOnce(records: readonly Buffer[] | null, rules: BatchRules): Buffer | undefined {
  const { budget, config } = rules
  const header = sharedHeader
  try {
    const batch = openBatch(records, rules, header)
    budget.atOnceBytes -= batch.length
    if (budget.atOnceBytes < 0) return undefined
    verifyBatchCrc(header)
    checkProducedHeader(header)
    const isCompressed = header.compressionBits !== codecs.none.id
    const plain = isCompressed ? decompressAtOnce(header, budget) : undefined
    if (isCompressed && !plain) return undefined
    const claimsStamp = takeStamp(header, config)
    const { maxTimestamp } = checkRecords(header, limitsOf(rules), plain)
    if (claimsStamp) refuseStamp(header, config)
    const codec = otherCodec(header, config)
    const stamp = { claimsStamp, maxTimestamp }
    if (!codec) return stamped(batch, header, stamp, rules)
    const { compressionLevel: level } = config
    const options = { ...(level !== undefined && { level }), ...(plain && { decompressed: plain }) }
    return stamped(recompressBatch(header, codec, options), header, stamp, rules)
  } catch (error) {
    throw asBatchError(error, rules)
  }
}

/** Reads the header of the one batch of a partition, and checks what can be without the records. Throws `BatchError` or `RecordsError`. */
export function openBatch(records: readonly Buffer[] | null, rules: BatchRules, header: BatchHeader): Buffer {
  const batch = records?.[0]
  if (!batch || batch.length === 0) {
    throw new BatchError(
      ErrorCode.INVALID_RECORD,
      'a produce request must have one record batch per partition',
    )
  }
  if (batch.length > magicAt && batch[magicAt]! < 2) {
    throw new BatchError(
      ErrorCode.INVALID_RECORD,
      `message format ${batch[magicAt]} is not taken any more: 2 is`,
    )
  }
  // As in Kafka, a batch that is not there whole is none at all: CORRUPT_MESSAGE would be sent again and again.
  const cutOff = batch.length <= magicAt || batch.readInt32BE(lengthAt) + batchOverheadBytes > batch.length
  if (cutOff && (batch[magicAt] ?? 2) === 2) {
    throw new BatchError(ErrorCode.INVALID_RECORD, `a record batch is cut off after ${batch.length} bytes`)
  }
  readOnlyBatch(batch, header)
  checkRules(batch, header, rules)
  return batch
}

export function asBatchError(error: unknown, { topic, partition }: BatchRules): unknown {
  const where = `${topic}-${partition}`
  if (error instanceof RecordsError) {
    const faults = error.recordIndexes.map(batchIndex => ({
      batchIndex,
      batchIndexErrorMessage: error.message,
    }))
    return new BatchError(error.errorCode, `${where}: ${error.message}`, faults)
  }
  if (error instanceof DecompressionError) {
    // Kafka's decompressors throw what it has no code for. CORRUPT_MESSAGE would be sent again and again.
    const code = error.tooLarge ? ErrorCode.MESSAGE_TOO_LARGE : ErrorCode.UNKNOWN_SERVER_ERROR
    return new BatchError(code, `${where}: the records cannot be decompressed: ${error.message}`)
  }
  return error
}

/** Holds for what comes and for what is stored in its place: each by itself, as in Kafka. */
function checkSize(bytes: number, { config, topic, partition }: BatchRules, what: string): void {
  if (bytes <= config.maxMessageBytes) return
  throw new BatchError(
    ErrorCode.MESSAGE_TOO_LARGE,
    `${topic}-${partition}: ${what} of ${bytes} bytes is larger than max.message.bytes, ${config.maxMessageBytes}`,
  )
}

/** What the header must satisfy beyond being well formed. */
function checkRules(batch: Buffer, header: BatchHeader, rules: BatchRules): void {
  const { apiVersion, topic, partition } = rules
  checkSize(batch.length, rules, 'a batch')
  const { compressionBits } = header
  if (compressionBits > codecIdMax) {
    // UNSUPPORTED_COMPRESSION_TYPE is what Kafka answers to versions that are too old for a codec, not to codecs that are none.
    throw new BatchError(
      ErrorCode.UNKNOWN_SERVER_ERROR,
      `${topic}-${partition}: no codec has the id ${compressionBits}`,
    )
  }
  if (compressionBits === codecs.zstd.id && apiVersion < zstdVersionMin) {
    throw new BatchError(
      ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
      `zstd needs Produce version ${zstdVersionMin} or later; the request has ${apiVersion}`,
    )
  }
}

/**
 * The bit that says that the broker has set the time is the broker's: where records keep their times it is passed over, as Kafka does. Returns
 * whether it was set.
 */
export function takeStamp(header: BatchHeader, { logAppendTime }: TopicConfig): boolean {
  const claimsStamp = header.isLogAppendTime
  if (!logAppendTime) header.attributes &= ~batchLayout.logAppendTimeFlag
  return claimsStamp
}

/** Where the broker is to set the time, nobody else may say that it has. Throws `RecordsError`. */
export function refuseStamp({ recordCount }: BatchHeader, { logAppendTime }: TopicConfig): void {
  if (!logAppendTime) return
  const message = 'a producer may not set the timestamp type to LogAppendTime'
  const all = Array.from({ length: recordCount }, (_, index) => index)
  throw new RecordsError('INVALID_TIMESTAMP', message, all)
}

/** The codec of the topic, if the batch has another one. */
export function otherCodec(header: BatchHeader, { compressionType }: TopicConfig): Codec | undefined {
  if (compressionType === 'producer' || compressionType === compressionOf(header)) return undefined
  return codecs[compressionType === 'uncompressed' ? 'none' : compressionType]
}

/** What the header says of the time, and what the records do. */
export interface Stamp {
  readonly claimsStamp: boolean
  readonly maxTimestamp: number
}

/** Puts right what the header of the checked batch says of the time; `batch` is the one that came, or what has been made of it. */
export function stamped(
  batch: Buffer,
  header: BatchHeader,
  { claimsStamp, maxTimestamp }: Stamp,
  rules: BatchRules,
): Buffer {
  const { config, nowMs } = rules
  if (batch !== header.buffer) {
    checkSize(batch.length, rules, `a batch after recompression (compression.type=${config.compressionType})`)
    readBatchHeader(batch, 0, header)
  }
  if (config.logAppendTime) setLogAppendTime(header, nowMs)
  // KafkaJS and others state another one where a batch has given times and times of its own. Finding records by time and
  // retention go by it.
  else if (claimsStamp || !isSameTimestamp(header.maxTimestamp, maxTimestamp))
    setMaxTimestamp(header, maxTimestamp)
  return batch
}

/** The records of a compressed batch; undefined where they are more than may be checked at once. */
function decompressAtOnce(header: BatchHeader, budget: CheckBudget): Buffer | undefined {
  const before = budget.inflationBytes
  const bytesMax = inflationMax(header, budget, furtherFrames(header))
  try {
    const plain = decompressRecords(header, Math.max(Math.min(bytesMax, budget.atOnceBytes), 1))
    budget.inflationBytes -= plain.length
    budget.atOnceBytes -= plain.length
    return plain
  } catch (error) {
    if (!(error instanceof DecompressionError && error.tooLarge) || bytesMax <= budget.atOnceBytes)
      throw error
    budget.inflationBytes = before
    return undefined
  }
}

/**
 * What a batch may become: not more than a reader would decompress, nor than is left to the request, since a few bytes can become gigabytes. Takes
 * what it costs besides from that. Throws `DecompressionError`.
 */
export function inflationMax(header: BatchHeader, budget: CheckBudget, furtherFrames: number): number {
  budget.inflationBytes -= decompressionBytes + furtherFrames * zstdFrameBytes
  if (budget.inflationBytes <= 0) {
    const what = `the batches of the request are more than ${requestDecompressedMaxBytes} bytes, with what each costs`
    throw new DecompressionError(compressionNames[header.compression], what, { tooLarge: true })
  }
  return Math.min(budget.inflationBytes, decompressedBytesMaxDefault)
}

/** Frames of zstd after the first one. */
function furtherFrames(header: BatchHeader): number {
  if (header.compressionBits !== codecs.zstd.id) return 0
  const records = header.buffer.subarray(header.start + batchLayout.recordsAt, header.end)
  return Math.max(zstdFrameCount(records) - 1, 0)
}

export function limitsOf({ config, nowMs }: BatchRules): RecordLimits {
  const keyRequired = config.compact
  if (config.logAppendTime) return { keyRequired }
  return {
    keyRequired,
    timestampMin: nowMs - unlessUnlimited(config.timestampBeforeMaxMs),
    timestampMax: nowMs + unlessUnlimited(config.timestampAfterMaxMs),
  }
}

/** The largest value that a setting takes stands for 2^63−1, which is Kafka's way to say that there is no limit. */
function unlessUnlimited(ms: number): number {
  return ms >= Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : ms
}

const compressionTypes = ['uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'] as const

function compressionOf(batch: BatchHeader): (typeof compressionTypes)[number] {
  return compressionTypes[batch.compression]
}
