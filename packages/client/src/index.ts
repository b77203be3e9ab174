// Kafka client for Node: producer, consumer, admin, and the cluster door below them.
export * from './admin/index.ts'
export { readClientOption, type ClientKind, clientOptionNames } from './client-options.ts'
export type { Address } from './cluster/address.ts'
export { parseAddress } from './cluster/address.ts'
export {
  type CallOptions,
  Cluster,
  type LookupOptions,
  type RepeatOptions,
  type RequestOptions,
  type Target,
} from './cluster/cluster.ts'
export type { Purpose } from './cluster/connection-pool.ts'
export type { CoordinatorKey, CoordinatorType } from './cluster/coordinators.ts'
export type {
  BrokerNode,
  Metadata,
  PartitionMetadata,
  TopicMetadata,
  TopicProblem,
} from './cluster/metadata.ts'
export type { TopicWish } from './cluster/metadata-updater.ts'
export type { ClusterOptions } from './cluster/options.ts'
export type { BrokerStatistics, ClusterStatistics } from './cluster/statistics.ts'
export type { TopicPartition } from './cluster/topic-partition.ts'
export { isClusterOption } from './config/cluster-table.ts'
export type { DottedOptions } from './config/option-table.ts'
export type {
  GroupAssignment,
  GroupAssignor,
  GroupMember,
  PromptAssignor,
  TopicPartitions,
} from './consumer/assignors/assignor.ts'
export { rangeAssignor } from './consumer/assignors/range.ts'
export { roundRobinAssignor } from './consumer/assignors/round-robin.ts'
export { cooperativeStickyAssignor, stickyAssignor } from './consumer/assignors/sticky.ts'
export type { ConsumerBatch } from './consumer/batch.ts'
export type {
  ConsumerCloseOptions,
  LoopOptions,
  PartitionOffset,
  PartitionRange,
  PartitionStart,
  WaitOptions,
} from './consumer/call-arguments.ts'
export { Consumer } from './consumer/consumer.ts'
export type {
  ConsumerEvent,
  ErrorEvent as ConsumerErrorEvent,
  PartitionEndEvent,
  RecordEvent,
} from './consumer/consumer-event.ts'
export type { EventPollOptions } from './consumer/event-iterator.ts'
export type { PartitionLag } from './consumer/partition-control.ts'
export type {
  CommitIdentity as ConsumerGroupMetadata,
  CommittedOffset,
  OffsetToCommit,
} from './consumer/committed-offsets.ts'
export type { RebalanceHooks } from './consumer/group-side.ts'
export type { AssignorName, ConsumerOptions, OffsetReset } from './consumer/options.ts'
export type { OffsetTarget, StartingPoint } from './consumer/partition-state.ts'
export type { PollOptions } from './consumer/poll.ts'
export type { PoisonPolicy, PoisonRecord } from './consumer/poison.ts'
export type { ConsumerRecord } from './consumer/record.ts'
export type { BatchOf, BytesTopic, RecordOf, Subscribable, TopicNamed } from './consumer/record-of.ts'
export type { TimestampType } from './consumer/record-origin.ts'
export type { RunOptions } from './consumer/runner.ts'
export { SubscriptionPattern, type TopicChoice } from './consumer/subscription.ts'
export type { ConsumerTopicStatistics } from './consumer/counters.ts'
export type { ConsumerPartitionStatistics, ConsumerStatistics } from './consumer/statistics.ts'
export * from './errors/index.ts'
export type {
  BatchRetried,
  CallRetried,
  CertificateKept,
  ClientEvent,
  ConnectionFailed,
  ConnectionLost,
  ConnectionRestored,
  EventLevel,
  LoginDelayed,
  LoginExposed,
  PartitionLeaderless,
  PartitionUnknown,
  RecordPoisoned,
  TokenKept,
  TopicGone,
  TopicRecreated,
  TopicUnknown,
} from './events/client-event.ts'
export type {
  ExactlyOnceOptions,
  ExactlyOnceSettings,
  NamedSources,
  TypedSources,
  FailureAction,
  TransformFailure,
  TransformOutputs,
} from './exactly-once/options.ts'
export {
  type ExactlyOnceCloseOptions,
  ExactlyOnceProcessor,
  type ExactlyOnceRunOptions,
} from './exactly-once/processor.ts'
export type { ExactlyOnceStatistics } from './exactly-once/transactor.ts'
export { correlationHeader, correlationIdOf } from './events/correlation.ts'
export type { ClientLogger } from './events/event-door.ts'
export { ClassicGroupMember } from './group/classic-group-member.ts'
export type {
  ClassicGroupMemberOptions,
  GroupCloseOptions,
  GroupGeneration,
  GroupProtocol,
  GroupShare,
  JoinedMember,
} from './group/options.ts'
export type {
  AcknowledgeFacts,
  BatchFacts,
  ClientIdentity,
  CommitFacts,
  ConnectionFacts,
  FactPartition,
  FetchedPartition,
  FetchFacts,
  HandedOutFacts,
  QueueFacts,
  RebalanceFacts,
  RequestFacts,
  RetryFacts,
  ThrottleFacts,
  TransactionFacts,
} from './events/facts.ts'
export type {
  ClientHooks,
  Handled,
  HandledBatch,
  HandledRecord,
  OutgoingHeader,
  OutgoingRecord,
  SendOutcome,
} from './events/hooks.ts'
export { type MeasuredClient, prometheusText } from './metrics/prometheus.ts'
export type { AuthenticationExchange, Authenticator } from './network/handshake.ts'
export type { VersionLimits } from './network/api-ranges.ts'
export type { PartitionConnectionOptions } from './partition/options.ts'
export { dialLeader, type PartitionConnection } from './partition/partition-connection.ts'
export type { ReadBatchOptions } from './partition/read-batch.ts'
export type { PartitionRecord, WrittenBatch } from './partition/write-batch.ts'
export type { OidcOptions } from './security/oidc-options.ts'
export type {
  BearerToken,
  MechanismExchange,
  MechanismLogin,
  OidcLogin,
  PasswordLogin,
  SaslExtensions,
  SaslOptions,
  TokenLogin,
} from './security/sasl-options.ts'
export type { TextSource } from './security/text-source.ts'
export type { RefreshOptions } from './security/token-refresh.ts'
export type { TlsOption } from './security/tls-options.ts'
export type { CloseOptions, FlushOptions, ProducerOptions, SendOptions } from './producer/options.ts'
export {
  crc32Partitioner,
  defaultPartitioner,
  fnv1aPartitioner,
  saramaPartitioner,
  saramaReferencePartitioner,
} from './producer/partitioners/by-key.ts'
export type { PartitionerName } from './producer/partitioners/named.ts'
export { anyPartition, type Partitioner, type PartitionerInput } from './producer/partitioners/partitioner.ts'
export { priorityPartitioner, type PriorityOptions } from './producer/partitioners/priority.ts'
export { roundRobinPartitioner } from './producer/partitioners/round-robin.ts'
export { uniformStickyPartitioner } from './producer/partitioners/uniform-sticky.ts'
export { Producer } from './producer/producer.ts'
export { type EncodedRecord, encodeRecord } from './producer/encode-record.ts'
export type {
  AnyRecord,
  BatchMetadata,
  DeliveryReport,
  DeliveryStatus,
  HeadersInput,
  ProducerRecord,
  RecordDeliveryReport,
  RecordExtras,
  RecordMetadata,
  TopicRecord,
  TopicRecords,
} from './producer/record.ts'
export type { ProducerStatistics, ProducerTopicStatistics } from './producer/statistics.ts'
export { Transaction } from './producer/transactions/transaction.ts'
export type { TransactionOptions } from './producer/transactions/transactions.ts'
export type { AcknowledgeType } from './share/acknowledgements.ts'
export type { AcknowledgeOutcome, ShareConsumerOptions } from './share/options.ts'
export { type ShareCloseOptions, ShareConsumer, type SharePollOptions } from './share/share-consumer.ts'
export type { ShareRecord, ShareRecordOf } from './share/share-record.ts'
export type { ShareRunOptions } from './share/share-run.ts'
export type { ShareTopicStatistics } from './share/counters.ts'
export type { ShareConsumerStatistics } from './share/statistics.ts'
export type { Acks } from './producer/write-options.ts'
export { json, type JsonOptions } from './serde/json.ts'
export {
  bigint64,
  boolean,
  bytes,
  float32,
  float64,
  int16,
  int32,
  int64,
  string,
  uuid,
} from './serde/plain-serdes.ts'
export type {
  AnyDeserializer,
  AnySerde,
  AnySerializer,
  AsyncDeserializer,
  AsyncSerde,
  AsyncSerializer,
  Deserializer,
  OutgoingHeaders,
  RecordPart,
  Serde,
  SerdeContext,
  SerdeInput,
  SerdeOutput,
  Serializer,
} from './serde/serde.ts'
export { type MayBeMissing, nullable, optional } from './serde/serde.ts'
export type {
  DeclaredHeader,
  ReadablePart,
  ReadableParts,
  WritablePart,
  WritableParts,
} from './serde/part.ts'
export type { SchemaInput, SchemaOutput, SchemaResult, StandardSchema } from './serde/standard-schema.ts'
export type { ApplicationMetric } from './telemetry/application-metrics.ts'
export type { InstanceIdOptions } from './telemetry/reporter.ts'
export {
  type AnyTopic,
  type BytesSerde,
  type HeaderInputs,
  type HeaderOutputs,
  type HeaderSerdes,
  type HeadersInputOf,
  type HeadersOf,
  type KeyInputOf,
  type KeyOf,
  type NoHeaders,
  type PlainTopic,
  Topic,
  topic,
  type TopicDefinition,
  type ValueInputOf,
  type ValueOf,
} from './topic/topic.ts'
// Types of the ground floor that options and results name.
export type { Api, ApiVersions, CompressionName, RecordHeader, RecordHeaderInit } from '@millrace/protocol'
export type {
  Clock,
  Connection,
  ConnectionHandlers,
  ConnectOptions,
  Family,
  Labels,
  Listener,
  ListenOptions,
  Network,
  Random,
  Sample,
  Timer,
  TimerOptions,
  TlsOptions,
  TlsPeer,
  TlsServer,
  TlsServerOptions,
} from '@millrace/runtime'
