// The Kafka protocol without I/O: primitives, messages, record batches, compression, errors.
export { murmur2, murmur2String } from './checksum/murmur2.ts'
export * from './base.ts'
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
