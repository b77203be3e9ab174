// Kafka client for Node: producer, consumer, admin, and the cluster door below them.
export * from './admin/index.ts'
export type { Address } from './cluster/address.ts'
export { parseAddress } from './cluster/address.ts'
export { type CallOptions, Cluster, type RequestOptions, type Target } from './cluster/cluster.ts'
export type { Purpose } from './cluster/connection-pool.ts'
export type { CoordinatorKey, CoordinatorType } from './cluster/coordinators.ts'
export type { BrokerNode, Metadata, PartitionMetadata, TopicMetadata } from './cluster/metadata.ts'
export type { ClusterOptions } from './cluster/options.ts'
export * from './errors/index.ts'
export type { AuthenticationExchange, Authenticator } from './network/handshake.ts'
export type { Acks, ProducerOptions } from './producer/options.ts'
export {
  anyPartition,
  defaultPartitioner,
  type Partitioner,
  type PartitionerInput,
  roundRobinPartitioner,
} from './producer/partitioner.ts'
export {
  type CloseOptions,
  Producer,
  type ProducerStatistics,
  type SendOptions,
} from './producer/producer.ts'
export type {
  BatchMetadata,
  DeliveryReport,
  HeadersInput,
  ProducerRecord,
  RecordMetadata,
} from './producer/record.ts'
export {
  bytesSerde,
  float64Serde,
  int32Serde,
  int64Serde,
  jsonSerde,
  type Serde,
  stringSerde,
} from './serde/serde.ts'
