// The door of the records folder: batches written, read, checked and stamped.
export { BatchHeader, batchSizeInBytes, readBatchHeader } from './batch-header.ts'
export { computeBatchCrc, updateBatchCrc, verifyBatchCrc } from './batch-crc.ts'
export {
  decompressRecords,
  decompressRecordsAsync,
  emptyBatch,
  type ProducerState,
  recompressBatch,
  setBaseOffset,
  setLeaderEpoch,
  setLogAppendTime,
  setMaxTimestamp,
  setProducerState,
} from './batch-edit.ts'
export type { FinishOptions } from './batch-seal.ts'
export { batches, completeBatchBytes } from './batches.ts'
export { BufferPool } from './buffer-pool.ts'
export {
  type ControlRecord,
  ControlRecordType,
  readControlRecord,
  type TransactionMarker,
  writeTransactionMarker,
} from './control-record.ts'
export { RecordsError, type RecordsErrorName } from './errors.ts'
export { isSameTimestamp } from './int64.ts'
export * as batchLayout from './layout.ts'
export {
  logOverheadBytes,
  noPartitionLeaderEpoch,
  noProducerEpoch,
  noProducerId,
  noSequence,
  noTimestamp,
  recordsAt as batchHeaderBytes,
} from './layout.ts'
export { checkProducedHeader, readOnlyBatch, readProducedBatch } from './produced-batch.ts'
export type { BatchRecord, RecordHeader, RecordHeaderInit } from './record.ts'
export { RecordBatchCursor } from './record-batch-cursor.ts'
export {
  type BatchStart,
  RecordBatchWriter,
  type RecordBatchWriterOptions,
  recordSizeUpperBound,
} from './record-batch-writer.ts'
export { checkRecords, type RecordFindings, type RecordLimits } from './record-checks.ts'
export { forEachRecord, toRecords } from './records.ts'
export { isSequenceAfter, sequenceAfter, sequenceBefore } from './sequence.ts'
