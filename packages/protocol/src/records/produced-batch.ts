// What a broker checks in a producer's batch before it appends those very bytes. After Kafka's LogValidator.
import { verifyBatchCrc } from './batch-crc.ts'
import { type BatchHeader, readBatchHeader } from './batch-header.ts'
import { RecordsError } from './errors.ts'
import { messageBytesMin, noSequence } from './layout.ts'

/**
 * Reads the one batch of a produce request's partition into `header`, checks its header and its checksum.
 * Throws RecordsError with the error that Kafka answers. `where` names the partition in messages.
 */
export function readProducedBatch(records: Buffer, header?: BatchHeader, where = ''): BatchHeader {
  const batch = readOnlyBatch(records, header)
  checkProducedHeader(batch)
  verifyBatchCrc(batch, where)
  return batch
}

/** Reads the batch that `records` consists of. Produce requests carry exactly one a partition, of magic 2. */
export function readOnlyBatch(records: Buffer, header?: BatchHeader): BatchHeader {
  if (records.length < messageBytesMin) throw invalid(`${records.length} bytes are no record batch`)
  const batch = readBatchHeader(records, 0, header)
  if (batch.magic !== 2) throw invalid(`magic ${batch.magic}: producers write record batches of magic 2`)
  if (batch.end !== records.length) throw invalid('more than one record batch for one partition')
  return batch
}

/**
 * Checks what a producer's header states. Throws RecordsError: `INVALID_RECORD`,
 * `UNSUPPORTED_COMPRESSION_TYPE`.
 */
export function checkProducedHeader(header: BatchHeader): void {
  const { baseOffset, lastOffsetDelta, recordCount } = header
  if (baseOffset !== 0) throw invalid(`base offset ${baseOffset}: a producer's batch starts at 0`)
  if (recordCount <= 0) throw invalid(`${recordCount} records`)
  if (lastOffsetDelta !== recordCount - 1)
    throw invalid(`${recordCount} records, but a last offset delta of ${lastOffsetDelta}`)
  if (header.isControl) throw invalid('control records are the broker’s to write')
  if (header.producerId >= 0 && header.baseSequence < 0)
    throw invalid(`sequence ${header.baseSequence} with producer id ${header.producerId}`)
  if (header.isTransactional && (header.producerId < 0 || header.baseSequence === noSequence))
    throw invalid('a transactional batch without producer id')
  if (header.compressionBits > 4)
    throw new RecordsError('UNSUPPORTED_COMPRESSION_TYPE', `compression id ${header.compressionBits}`)
}

function invalid(message: string): RecordsError {
  return new RecordsError('INVALID_RECORD', message)
}
