// Whether a batch that a client sends may be appended, and the changes the topic's settings ask for (Kafka's `LogValidator`).
//
// Headers and the checksum are checked for every batch, and the timestamps of records that are not compressed. The records are
// walked whole (and decompressed) only where a rule needs them: compacted topics (keys), a limit on old timestamps,
// recompression. Apache Kafka walks them always.
import {
  BatchHeader,
  checkProducedHeader,
  checkRecords,
  codecs,
  DecompressionError,
  ErrorCode,
  largestTimestamp,
  RecordBatchCursor,
  readBatchHeader,
  readOnlyBatch,
  RecordsError,
  recompressBatch,
  setLogAppendTime,
  setMaxTimestamp,
  verifyBatchCrc,
} from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import type { TopicConfig } from '../config/topic-config.ts'

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

export interface BatchRules {
  readonly config: TopicConfig
  readonly apiVersion: number
  readonly nowMs: number
  readonly topic: string
  readonly partition: number
}

const zstdVersionMin = 7
/** Where every message format has its magic byte. */
const magicAt = 16
/** Where a batch says how many bytes follow its first twelve. */
const lengthAt = 8
const batchOverheadBytes = 12

/** Batches are checked one at a time: one header and one cursor serve all. */
const header = new BatchHeader()
const cursor = new RecordBatchCursor()

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
    return new BatchError(ErrorCode.CORRUPT_MESSAGE, `${where}: ${error.message}`)
  }
  return error
}

/** What the header must satisfy beyond being well formed. */
function checkRules(batch: Buffer, { config, apiVersion, topic, partition }: BatchRules): void {
  if (batch.length > config.maxMessageBytes) {
    throw new BatchError(
      ErrorCode.MESSAGE_TOO_LARGE,
      `${topic}-${partition}: a batch of ${batch.length} bytes is larger than max.message.bytes, ${config.maxMessageBytes}`,
    )
  }
  if (header.compression === codecs.zstd.id && apiVersion < zstdVersionMin) {
    throw new BatchError(
      ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
      `zstd needs Produce version ${zstdVersionMin} or later; the request has ${apiVersion}`,
    )
  }
  if (header.isTransactional) {
    // No transaction can have begun: nothing here coordinates any.
    throw new BatchError(ErrorCode.INVALID_TXN_STATE, `producer ${header.producerId} has no transaction open`)
  }
}

function applySettings(batch: Buffer, { config, nowMs }: BatchRules): Buffer {
  const recompresses =
    config.compressionType !== 'producer' && config.compressionType !== compressionOf(header)
  const keepsTime = !config.logAppendTime
  if (keepsTime && header.compression === codecs.none.id) stateLargestTimestamp(largestTimestamp(header))
  const newestMs = nowMs + config.timestampAfterMaxMs
  // What the header says of timestamps is under the checksum: only when it is over the limit are the records asked which of them are.
  const tooNew = keepsTime && Math.max(header.baseTimestamp, header.maxTimestamp) > newestMs
  const limitsAge = keepsTime && config.timestampBeforeMaxMs < Number.MAX_SAFE_INTEGER
  if (config.compact || tooNew || limitsAge || recompresses) {
    const limits = {
      keyRequired: config.compact,
      ...(keepsTime && { timestampMax: newestMs }),
      ...(limitsAge && { timestampMin: nowMs - config.timestampBeforeMaxMs }),
    }
    const { maxTimestamp } = checkRecords(header, limits, cursor)
    if (keepsTime) stateLargestTimestamp(maxTimestamp)
  }
  let result = batch
  if (recompresses) {
    const codec = codecs[config.compressionType === 'uncompressed' ? 'none' : config.compressionType]
    const { compressionLevel: level } = config
    result = recompressBatch(header, codec, level === undefined ? {} : { level })
    readBatchHeader(result, 0, header)
  }
  if (config.logAppendTime) setLogAppendTime(header, nowMs)
  return result
}

/**
 * Puts right what the header says of the largest timestamp: KafkaJS and others state another one where a batch has given times
 * and times of its own. Finding records by time and retention go by it.
 */
function stateLargestTimestamp(timestamp: number): void {
  if (header.maxTimestamp !== timestamp) setMaxTimestamp(header, timestamp)
}

const compressionTypes = ['uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'] as const

function compressionOf(batch: BatchHeader): (typeof compressionTypes)[number] {
  return compressionTypes[batch.compression]
}
