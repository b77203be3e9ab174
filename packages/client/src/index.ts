// Kafka client for Node: producer, consumer, admin, and the cluster door below them.
export * from './admin/index.ts'
export type { Address } from './cluster/address.ts'
export { parseAddress } from './cluster/address.ts'
export { type CallOptions, Cluster, type RequestOptions, type Target } from './cluster/cluster.ts'
export type { Purpose } from './cluster/connection-pool.ts'
export type { CoordinatorKey, CoordinatorType } from './cluster/coordinators.ts'
export type { BrokerNode, Metadata, PartitionMetadata, TopicMetadata } from './cluster/metadata.ts'
export type { ClusterOptions } from './cluster/options.ts'
export type { TopicPartition } from './cluster/topic-partition.ts'
export { isClusterOption } from './config/cluster-table.ts'
export type {
  GroupAssignment,
  GroupAssignor,
  GroupMember,
  TopicPartitions,
} from './consumer/assignors/assignor.ts'
export { rangeAssignor } from './consumer/assignors/range.ts'
export { roundRobinAssignor } from './consumer/assignors/round-robin.ts'
export { cooperativeStickyAssignor, stickyAssignor } from './consumer/assignors/sticky.ts'
export type { ConsumerBatch } from './consumer/batch.ts'
export type { LoopOptions, PartitionOffset, PartitionStart } from './consumer/call-arguments.ts'
export { Consumer } from './consumer/consumer.ts'
export type { CommittedOffset, OffsetToCommit } from './consumer/committed-offsets.ts'
export type { RebalanceHooks } from './consumer/group-side.ts'
export type { AssignorName, ConsumerOptions } from './consumer/options.ts'
export type { OffsetTarget } from './consumer/partition-state.ts'
export type { PollOptions } from './consumer/poll.ts'
export type { ConsumerRecord } from './consumer/record.ts'
export type { TimestampType } from './consumer/record-origin.ts'
export type { RunOptions } from './consumer/runner.ts'
export * from './errors/index.ts'
export type {
  BatchRetried,
  CallRetried,
  ClientEvent,
  ConnectionFailed,
  ConnectionLost,
  ConnectionRestored,
  EventLevel,
  PartitionLeaderless,
  PartitionUnknown,
  TopicGone,
  TopicRecreated,
  TopicUnknown,
} from './events/client-event.ts'
export type { ClientLogger } from './events/event-door.ts'
export type { AuthenticationExchange, Authenticator } from './network/handshake.ts'
export type { PasswordLogin, SaslOptions, TokenLogin } from './security/sasl-options.ts'
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
