// The Kafka protocol without I/O: primitives, messages, record batches, compression, errors.
export { crc32, crc32String } from './checksum/crc32.ts'
export { fnv1a, fnv1aString } from './checksum/fnv1a.ts'
export { murmur2, murmur2String } from './checksum/murmur2.ts'
export * from './base.ts'
export { checkProducedHeader, readOnlyBatch, readProducedBatch } from './records/produced-batch.ts'
export {
  checkRecords,
  RecordChecks,
  type RecordFindings,
  type RecordLimits,
} from './records/record-checks.ts'
export { forEachRecord, toRecords } from './records/records.ts'
export * from './generated/cluster.ts'
export * from './generated/configs.ts'
export * from './generated/connection.ts'
export * from './generated/data.ts'
export * from './generated/groups.ts'
export * from './generated/records.ts'
export * from './generated/security.ts'
export * from './generated/topics.ts'
export * from './generated/transactions.ts'
// Not here are `share` and `streams`, which nothing serves yet: they are entered at `messages/share` and `messages/streams`.
