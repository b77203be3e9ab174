// Whether a batch that a client sends may be appended, and the changes the topic's settings ask for (Kafka's `LogValidator`).
//
// Every record of every batch is walked, compressed ones decompressed: what is stored here, every reader has to get through.
import {
  BatchHeader,
  batchLayout,
  checkProducedHeader,
  checkRecords,
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

/** What the batches of one request may still become when they are decompressed. */
export interface Inflation {
  leftBytes: number
}

export interface BatchRules {
  readonly config: TopicConfig
  readonly apiVersion: number
  readonly nowMs: number
  readonly topic: string
  readonly partition: number
  readonly inflation: Inflation
}

const zstdVersionMin = 7
const codecIdMax = codecs.zstd.id
/** Where every message format has its magic byte. */
const magicAt = 16
/** Where a batch says how many bytes follow its first twelve. */
const lengthAt = 8
const batchOverheadBytes = 12

/** Batches are checked one at a time: one header serves all. */
const header = new BatchHeader()

/**
 * Checks the records of one partition in a produce request and returns the batch to append: the bytes given, changed in place
 * where the broker stamps them, or new ones after recompression. Throws `BatchError`.
 */
export function validateBatch(records: readonly Buffer[] | null, rules: BatchRules): Buffer {
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
  try {
    readOnlyBatch(batch, header)
    checkRules(batch, rules)
    verifyBatchCrc(header)
    checkProducedHeader(header)
    return applySettings(batch, rules)
  } catch (error) {
    throw asBatchError(error, rules)
  }
}

function asBatchError(error: unknown, { topic, partition }: BatchRules): unknown {
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
function checkRules(batch: Buffer, rules: BatchRules): void {
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

/** Walks the records, puts right what the header says of them, and does what the topic asks for. */
function applySettings(batch: Buffer, rules: BatchRules): Buffer {
  const { config, nowMs, inflation } = rules
  const keepsTime = !config.logAppendTime
  const claimsStamp = header.isLogAppendTime
  // The bit is the broker's: where records keep their times it is taken back, as Kafka does.
  if (claimsStamp && keepsTime) setMaxTimestamp(header, header.maxTimestamp)
  const plain = header.compressionBits === codecs.none.id ? undefined : decompress(inflation)
  const { maxTimestamp } = checkRecords(header, limitsOf(config, nowMs), plain)
  if (keepsTime) {
    // KafkaJS and others state another one where a batch has given times and times of its own. Finding records by time and
    // retention go by it.
    if (!isSameTimestamp(header.maxTimestamp, maxTimestamp)) setMaxTimestamp(header, maxTimestamp)
  } else if (claimsStamp) throw stampedByProducer(header.recordCount)
  const { compressionType, compressionLevel: level } = config
  let result = batch
  if (compressionType !== 'producer' && compressionType !== compressionOf(header)) {
    const codec = codecs[compressionType === 'uncompressed' ? 'none' : compressionType]
    result = recompressBatch(header, codec, {
      ...(level !== undefined && { level }),
      ...(plain && { decompressed: plain }),
    })
    checkSize(result.length, rules, `a batch after recompression (compression.type=${compressionType})`)
    readBatchHeader(result, 0, header)
  }
  if (config.logAppendTime) setLogAppendTime(header, nowMs)
  return result
}

/** Not more than a reader would decompress, nor than is left to the request: a few bytes can become gigabytes. */
function decompress(inflation: Inflation): Buffer {
  inflation.leftBytes -= decompressionBytes + furtherFrames() * zstdFrameBytes
  if (inflation.leftBytes <= 0) {
    const what = `the batches of the request are more than ${requestDecompressedMaxBytes} bytes, with what each costs`
    throw new DecompressionError(compressionNames[header.compression], what, { tooLarge: true })
  }
  const plain = decompressRecords(header, Math.min(inflation.leftBytes, decompressedBytesMaxDefault))
  inflation.leftBytes -= plain.length
  return plain
}

/** Frames of zstd after the first one. */
function furtherFrames(): number {
  if (header.compressionBits !== codecs.zstd.id) return 0
  const records = header.buffer.subarray(header.start + batchLayout.recordsAt, header.end)
  return Math.max(zstdFrameCount(records) - 1, 0)
}

function limitsOf(config: TopicConfig, nowMs: number): RecordLimits {
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

function stampedByProducer(recordCount: number): RecordsError {
  const message = 'a producer may not set the timestamp type to LogAppendTime'
  const all = Array.from({ length: recordCount }, (_, index) => index)
  return new RecordsError('INVALID_TIMESTAMP', message, all)
}

const compressionTypes = ['uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'] as const

function compressionOf(batch: BatchHeader): (typeof compressionTypes)[number] {
  return compressionTypes[batch.compression]
}
