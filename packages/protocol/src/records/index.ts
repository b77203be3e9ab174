// What of the records folder a start needs: batches written, read and stamped. Checks of what producers send stand in the main door only.
export { BatchHeader, batchSizeInBytes, readBatchHeader } from './batch-header.ts'
export { computeBatchCrc, updateBatchCrc, verifyBatchCrc } from './batch-crc.ts'
export {
  decompressRecords,
  decompressRecordsAsync,
  emptyBatch,
  type ProducerState,
  recompressBatch,
  repackBatch,
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
export type { BatchRecord, RecordHeader, RecordHeaderInit } from './record.ts'
export { RecordBatchCursor } from './record-batch-cursor.ts'
export {
  type BatchStart,
  RecordBatchWriter,
  type RecordBatchWriterOptions,
  recordSizeUpperBound,
} from './record-batch-writer.ts'
export { isSequenceAfter, sequenceAfter, sequenceBefore } from './sequence.ts'
