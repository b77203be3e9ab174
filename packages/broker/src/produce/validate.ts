// Whether a batch that a client sends may be appended, and the changes the topic's settings ask for (Kafka's `LogValidator`).
//
// Headers and the checksum are checked for every batch. The records inside are walked (and decompressed) only where a rule
// needs them: compacted topics (keys), a limit on old timestamps, recompression. Apache Kafka walks them always.
import {
  BatchHeader,
  codecs,
  ErrorCode,
  readBatchHeader,
  RecordsError,
  recompressBatch,
  setLogAppendTime,
  validateRecords,
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
  /** `topic-partition`, for messages. */
  readonly where: string
}

const zstdVersionMin = 7

/** Batches are checked one at a time: one header object serves all. */
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
      `Produce requests with version ${rules.apiVersion} must have at least one record batch per partition`,
    )
  }
  try {
    readBatchHeader(batch, 0, header)
    checkHeader(batch, rules)
    verifyBatchCrc(header, rules.where)
    return applySettings(batch, rules)
  } catch (error) {
    if (!(error instanceof RecordsError)) throw error
    throw new BatchError(
      error.errorCode,
      error.message,
      error.recordIndexes.map(batchIndex => ({ batchIndex, batchIndexErrorMessage: error.message })),
    )
  }
}

function invalid(message: string): BatchError {
  return new BatchError(ErrorCode.INVALID_RECORD, message)
}

function checkHeader(batch: Buffer, { config, apiVersion, where }: BatchRules): void {
  if (header.magic !== 2) {
    throw invalid(
      `Produce requests with version ${apiVersion} are only allowed to contain record batches with magic version 2`,
    )
  }
  if (header.end !== batch.length) {
    throw invalid(
      `Produce requests with version ${apiVersion} are only allowed to contain exactly one record batch per partition`,
    )
  }
  if (header.compression === codecs.zstd.id && apiVersion < zstdVersionMin) {
    throw new BatchError(
      ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
      `Produce requests with version ${apiVersion} are not allowed to use ZStandard compression`,
    )
  }
  if (header.baseOffset !== 0) {
    throw invalid(
      `The baseOffset of the record batch in the append to ${where} should be 0, but it is ${header.baseOffset}`,
    )
  }
  if (batch.length > config.maxMessageBytes) {
    throw new BatchError(
      ErrorCode.MESSAGE_TOO_LARGE,
      `The record batch size in the append to ${where} is ${batch.length} bytes which exceeds the maximum configured value of ${config.maxMessageBytes}.`,
    )
  }
  if (header.recordCount <= 0 || header.lastOffsetDelta !== header.recordCount - 1) {
    throw invalid(
      `The record batch in the append to ${where} counts ${header.recordCount} records, its offsets ${header.lastOffsetDelta + 1}`,
    )
  }
  if (header.isControl) throw invalid('Clients are not allowed to write control records')
  if (header.producerId >= 0 && (header.baseSequence < 0 || header.producerEpoch < 0)) {
    throw invalid(
      `Invalid sequence number ${header.baseSequence} or epoch ${header.producerEpoch} of producer ${header.producerId}`,
    )
  }
  if (header.isTransactional) {
    // No transaction can have begun: nothing here coordinates any.
    throw new BatchError(
      ErrorCode.INVALID_TXN_STATE,
      `No transaction of producer ${header.producerId} is open`,
    )
  }
}

function applySettings(batch: Buffer, { config, nowMs }: BatchRules): Buffer {
  if (header.isLogAppendTime) {
    throw new BatchError(
      ErrorCode.INVALID_TIMESTAMP,
      'A producer must not set the timestamp type to LogAppendTime: that is the broker’s to do',
    )
  }
  const oldest = nowMs - config.timestampBeforeMaxMs
  const newest = nowMs + config.timestampAfterMaxMs
  const checksTime = !config.logAppendTime
  const outside =
    checksTime && (header.maxTimestamp > newest || (header.baseTimestamp > newest && header.recordCount > 0))
  const limitsAge = checksTime && config.timestampBeforeMaxMs < Number.MAX_SAFE_INTEGER
  const recompresses =
    config.compressionType !== 'producer' && config.compressionType !== codecName(header.compression)
  if (config.compact || outside || limitsAge || recompresses) {
    validateRecords(header, {
      requireKeys: config.compact,
      ...(checksTime && { timestampMin: limitsAge ? oldest : -Infinity, timestampMax: newest }),
    })
  }
  let result = batch
  if (recompresses) {
    const codec = codecs[config.compressionType === 'uncompressed' ? 'none' : config.compressionType]
    result = recompressBatch(
      header,
      codec,
      config.compressionLevel === undefined ? {} : { level: config.compressionLevel },
    )
    readBatchHeader(result, 0, header)
  }
  if (config.logAppendTime) setLogAppendTime(header, nowMs)
  return result
}

function codecName(id: number): string {
  return ['uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'][id] ?? ''
}
