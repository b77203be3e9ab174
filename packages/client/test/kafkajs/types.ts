// KafkaJS's own types beside ours, name by name: an application that compiles with the one compiles with the other. The compiler runs this file, and the test beside it counts the names.
import type * as theirs from 'kafkajs'
import * as ours from '@millrace/client/kafkajs'

/** Both ways; what does not fit is said. */
type Fit<Theirs, Ours> = [Ours] extends [Theirs]
  ? [Theirs] extends [Ours]
    ? true
    : 'what KafkaJS types does not fit ours'
  : 'what we type does not fit KafkaJS'

/** Ours is taken wherever KafkaJS's is. */
type FitsTheirs<Theirs, Ours> = [Ours] extends [Theirs] ? true : 'what we type does not fit KafkaJS'

/** What programs use as values. */
export const values: Omit<typeof theirs, 'default'> = ours

interface Fits {
  // The class has fields of its own.
  Kafka: FitsTheirs<theirs.Kafka, ours.Kafka>
  // Assigners see a cluster without the brokers' own calls (ClusterView).
  PartitionAssigner: FitsTheirs<theirs.PartitionAssigner, ours.PartitionAssigner>
  ConsumerConfig: FitsTheirs<theirs.ConsumerConfig, ours.ConsumerConfig>
  // KafkaJS has the partitions, and does not say so.
  KafkaJSDeleteTopicRecordsError: FitsTheirs<
    theirs.KafkaJSDeleteTopicRecordsError,
    ours.KafkaJSDeleteTopicRecordsError
  >
  BrokersFunction: Fit<theirs.BrokersFunction, ours.BrokersFunction>
  Authenticator: Fit<theirs.Authenticator, ours.Authenticator>
  SaslAuthenticateArgs: Fit<theirs.SaslAuthenticateArgs<null>, ours.SaslAuthenticateArgs<null>>
  AuthenticationProviderArgs: Fit<theirs.AuthenticationProviderArgs, ours.AuthenticationProviderArgs>
  Mechanism: Fit<theirs.Mechanism, ours.Mechanism>
  KafkaConfig: Fit<theirs.KafkaConfig, ours.KafkaConfig>
  ISocketFactoryArgs: Fit<theirs.ISocketFactoryArgs, ours.ISocketFactoryArgs>
  ISocketFactory: Fit<theirs.ISocketFactory, ours.ISocketFactory>
  OauthbearerProviderResponse: Fit<theirs.OauthbearerProviderResponse, ours.OauthbearerProviderResponse>
  SASLMechanism: Fit<theirs.SASLMechanism, ours.SASLMechanism>
  SASLOptions: Fit<theirs.SASLOptions, ours.SASLOptions>
  ProducerConfig: Fit<theirs.ProducerConfig, ours.ProducerConfig>
  Message: Fit<theirs.Message, ours.Message>
  PartitionerArgs: Fit<theirs.PartitionerArgs, ours.PartitionerArgs>
  ICustomPartitioner: Fit<theirs.ICustomPartitioner, ours.ICustomPartitioner>
  DefaultPartitioner: Fit<theirs.DefaultPartitioner, ours.DefaultPartitioner>
  LegacyPartitioner: Fit<theirs.LegacyPartitioner, ours.LegacyPartitioner>
  PartitionMetadata: Fit<theirs.PartitionMetadata, ours.PartitionMetadata>
  IHeaders: Fit<theirs.IHeaders, ours.IHeaders>
  CoordinatorMetadata: Fit<theirs.CoordinatorMetadata, ours.CoordinatorMetadata>
  Assignment: Fit<theirs.Assignment, ours.Assignment>
  GroupMember: Fit<theirs.GroupMember, ours.GroupMember>
  GroupMemberAssignment: Fit<theirs.GroupMemberAssignment, ours.GroupMemberAssignment>
  GroupState: Fit<theirs.GroupState, ours.GroupState>
  Assigner: Fit<theirs.Assigner, ours.Assigner>
  RetryOptions: Fit<theirs.RetryOptions, ours.RetryOptions>
  AdminConfig: Fit<theirs.AdminConfig, ours.AdminConfig>
  ITopicConfig: Fit<theirs.ITopicConfig, ours.ITopicConfig>
  ITopicPartitionConfig: Fit<theirs.ITopicPartitionConfig, ours.ITopicPartitionConfig>
  ITopicMetadata: Fit<theirs.ITopicMetadata, ours.ITopicMetadata>
  ReplicaAssignment: Fit<theirs.ReplicaAssignment, ours.ReplicaAssignment>
  PartitionReassignment: Fit<theirs.PartitionReassignment, ours.PartitionReassignment>
  AclResourceTypes: Fit<theirs.AclResourceTypes, ours.AclResourceTypes>
  ConfigResourceTypes: Fit<theirs.ConfigResourceTypes, ours.ConfigResourceTypes>
  ConfigSource: Fit<theirs.ConfigSource, ours.ConfigSource>
  AclPermissionTypes: Fit<theirs.AclPermissionTypes, ours.AclPermissionTypes>
  AclOperationTypes: Fit<theirs.AclOperationTypes, ours.AclOperationTypes>
  ResourcePatternTypes: Fit<theirs.ResourcePatternTypes, ours.ResourcePatternTypes>
  ResourceConfigQuery: Fit<theirs.ResourceConfigQuery, ours.ResourceConfigQuery>
  ConfigEntries: Fit<theirs.ConfigEntries, ours.ConfigEntries>
  ConfigSynonyms: Fit<theirs.ConfigSynonyms, ours.ConfigSynonyms>
  DescribeConfigResponse: Fit<theirs.DescribeConfigResponse, ours.DescribeConfigResponse>
  IResourceConfigEntry: Fit<theirs.IResourceConfigEntry, ours.IResourceConfigEntry>
  IResourceConfig: Fit<theirs.IResourceConfig, ours.IResourceConfig>
  AdminEvents: Fit<theirs.AdminEvents, ours.AdminEvents>
  InstrumentationEvent: Fit<theirs.InstrumentationEvent<null>, ours.InstrumentationEvent<null>>
  RemoveInstrumentationEventListener: Fit<
    theirs.RemoveInstrumentationEventListener<null>,
    ours.RemoveInstrumentationEventListener<null>
  >
  ConnectEvent: Fit<theirs.ConnectEvent, ours.ConnectEvent>
  DisconnectEvent: Fit<theirs.DisconnectEvent, ours.DisconnectEvent>
  RequestEvent: Fit<theirs.RequestEvent, ours.RequestEvent>
  RequestTimeoutEvent: Fit<theirs.RequestTimeoutEvent, ours.RequestTimeoutEvent>
  RequestQueueSizeEvent: Fit<theirs.RequestQueueSizeEvent, ours.RequestQueueSizeEvent>
  SeekEntry: Fit<theirs.SeekEntry, ours.SeekEntry>
  FetchOffsetsPartition: Fit<theirs.FetchOffsetsPartition, ours.FetchOffsetsPartition>
  Acl: Fit<theirs.Acl, ours.Acl>
  AclResource: Fit<theirs.AclResource, ours.AclResource>
  AclEntry: Fit<theirs.AclEntry, ours.AclEntry>
  DescribeAclResource: Fit<theirs.DescribeAclResource, ours.DescribeAclResource>
  DescribeAclResponse: Fit<theirs.DescribeAclResponse, ours.DescribeAclResponse>
  AclFilter: Fit<theirs.AclFilter, ours.AclFilter>
  MatchingAcl: Fit<theirs.MatchingAcl, ours.MatchingAcl>
  DeleteAclFilterResponses: Fit<theirs.DeleteAclFilterResponses, ours.DeleteAclFilterResponses>
  DeleteAclResponse: Fit<theirs.DeleteAclResponse, ours.DeleteAclResponse>
  ListPartitionReassignmentsResponse: Fit<
    theirs.ListPartitionReassignmentsResponse,
    ours.ListPartitionReassignmentsResponse
  >
  OngoingTopicReassignment: Fit<theirs.OngoingTopicReassignment, ours.OngoingTopicReassignment>
  OngoingPartitionReassignment: Fit<theirs.OngoingPartitionReassignment, ours.OngoingPartitionReassignment>
  Admin: Fit<theirs.Admin, ours.Admin>
  ISerializer: Fit<theirs.ISerializer<null>, ours.ISerializer<null>>
  MemberMetadata: Fit<theirs.MemberMetadata, ours.MemberMetadata>
  MemberAssignment: Fit<theirs.MemberAssignment, ours.MemberAssignment>
  logLevel: Fit<theirs.logLevel, ours.logLevel>
  LogEntry: Fit<theirs.LogEntry, ours.LogEntry>
  LoggerEntryContent: Fit<theirs.LoggerEntryContent, ours.LoggerEntryContent>
  logCreator: Fit<theirs.logCreator, ours.logCreator>
  Logger: Fit<theirs.Logger, ours.Logger>
  BrokerMetadata: Fit<theirs.BrokerMetadata, ours.BrokerMetadata>
  KafkaMessage: Fit<theirs.KafkaMessage, ours.KafkaMessage>
  ProducerRecord: Fit<theirs.ProducerRecord, ours.ProducerRecord>
  RecordMetadata: Fit<theirs.RecordMetadata, ours.RecordMetadata>
  TopicMessages: Fit<theirs.TopicMessages, ours.TopicMessages>
  ProducerBatch: Fit<theirs.ProducerBatch, ours.ProducerBatch>
  PartitionOffset: Fit<theirs.PartitionOffset, ours.PartitionOffset>
  TopicOffsets: Fit<theirs.TopicOffsets, ours.TopicOffsets>
  Offsets: Fit<theirs.Offsets, ours.Offsets>
  ProducerEvents: Fit<theirs.ProducerEvents, ours.ProducerEvents>
  Producer: Fit<theirs.Producer, ours.Producer>
  Transaction: Fit<theirs.Transaction, ours.Transaction>
  MemberDescription: Fit<theirs.MemberDescription, ours.MemberDescription>
  ConsumerGroupState: Fit<theirs.ConsumerGroupState, ours.ConsumerGroupState>
  GroupDescription: Fit<theirs.GroupDescription, ours.GroupDescription>
  GroupDescriptions: Fit<theirs.GroupDescriptions, ours.GroupDescriptions>
  TopicPartitions: Fit<theirs.TopicPartitions, ours.TopicPartitions>
  TopicPartition: Fit<theirs.TopicPartition, ours.TopicPartition>
  TopicPartitionOffset: Fit<theirs.TopicPartitionOffset, ours.TopicPartitionOffset>
  TopicPartitionOffsetAndMetadata: Fit<
    theirs.TopicPartitionOffsetAndMetadata,
    ours.TopicPartitionOffsetAndMetadata
  >
  Batch: Fit<theirs.Batch, ours.Batch>
  GroupOverview: Fit<theirs.GroupOverview, ours.GroupOverview>
  DeleteGroupsResult: Fit<theirs.DeleteGroupsResult, ours.DeleteGroupsResult>
  ConsumerEvents: Fit<theirs.ConsumerEvents, ours.ConsumerEvents>
  ConsumerHeartbeatEvent: Fit<theirs.ConsumerHeartbeatEvent, ours.ConsumerHeartbeatEvent>
  ConsumerCommitOffsetsEvent: Fit<theirs.ConsumerCommitOffsetsEvent, ours.ConsumerCommitOffsetsEvent>
  IMemberAssignment: Fit<theirs.IMemberAssignment, ours.IMemberAssignment>
  ConsumerGroupJoinEvent: Fit<theirs.ConsumerGroupJoinEvent, ours.ConsumerGroupJoinEvent>
  ConsumerFetchStartEvent: Fit<theirs.ConsumerFetchStartEvent, ours.ConsumerFetchStartEvent>
  ConsumerFetchEvent: Fit<theirs.ConsumerFetchEvent, ours.ConsumerFetchEvent>
  ConsumerStartBatchProcessEvent: Fit<
    theirs.ConsumerStartBatchProcessEvent,
    ours.ConsumerStartBatchProcessEvent
  >
  ConsumerEndBatchProcessEvent: Fit<theirs.ConsumerEndBatchProcessEvent, ours.ConsumerEndBatchProcessEvent>
  ConsumerCrashEvent: Fit<theirs.ConsumerCrashEvent, ours.ConsumerCrashEvent>
  ConsumerRebalancingEvent: Fit<theirs.ConsumerRebalancingEvent, ours.ConsumerRebalancingEvent>
  ConsumerReceivedUnsubcribedTopicsEvent: Fit<
    theirs.ConsumerReceivedUnsubcribedTopicsEvent,
    ours.ConsumerReceivedUnsubcribedTopicsEvent
  >
  OffsetsByTopicPartition: Fit<theirs.OffsetsByTopicPartition, ours.OffsetsByTopicPartition>
  EachMessagePayload: Fit<theirs.EachMessagePayload, ours.EachMessagePayload>
  EachBatchPayload: Fit<theirs.EachBatchPayload, ours.EachBatchPayload>
  ConsumerEachMessagePayload: Fit<theirs.ConsumerEachMessagePayload, ours.ConsumerEachMessagePayload>
  ConsumerEachBatchPayload: Fit<theirs.ConsumerEachBatchPayload, ours.ConsumerEachBatchPayload>
  EachBatchHandler: Fit<theirs.EachBatchHandler, ours.EachBatchHandler>
  EachMessageHandler: Fit<theirs.EachMessageHandler, ours.EachMessageHandler>
  ConsumerRunConfig: Fit<theirs.ConsumerRunConfig, ours.ConsumerRunConfig>
  ConsumerSubscribeTopic: Fit<theirs.ConsumerSubscribeTopic, ours.ConsumerSubscribeTopic>
  ConsumerSubscribeTopics: Fit<theirs.ConsumerSubscribeTopics, ours.ConsumerSubscribeTopics>
  Consumer: Fit<theirs.Consumer, ours.Consumer>
  CompressionTypes: Fit<theirs.CompressionTypes, ours.CompressionTypes>
  KafkaJSError: Fit<theirs.KafkaJSError, ours.KafkaJSError>
  KafkaJSNonRetriableError: Fit<theirs.KafkaJSNonRetriableError, ours.KafkaJSNonRetriableError>
  KafkaJSProtocolError: Fit<theirs.KafkaJSProtocolError, ours.KafkaJSProtocolError>
  KafkaJSAggregateError: Fit<theirs.KafkaJSAggregateError, ours.KafkaJSAggregateError>
  KafkaJSOffsetOutOfRange: Fit<theirs.KafkaJSOffsetOutOfRange, ours.KafkaJSOffsetOutOfRange>
  KafkaJSAlterPartitionReassignmentsError: Fit<
    theirs.KafkaJSAlterPartitionReassignmentsError,
    ours.KafkaJSAlterPartitionReassignmentsError
  >
  KafkaJSNumberOfRetriesExceeded: Fit<
    theirs.KafkaJSNumberOfRetriesExceeded,
    ours.KafkaJSNumberOfRetriesExceeded
  >
  KafkaJSConnectionError: Fit<theirs.KafkaJSConnectionError, ours.KafkaJSConnectionError>
  KafkaJSRequestTimeoutError: Fit<theirs.KafkaJSRequestTimeoutError, ours.KafkaJSRequestTimeoutError>
  KafkaJSMetadataNotLoaded: Fit<theirs.KafkaJSMetadataNotLoaded, ours.KafkaJSMetadataNotLoaded>
  KafkaJSTopicMetadataNotLoaded: Fit<theirs.KafkaJSTopicMetadataNotLoaded, ours.KafkaJSTopicMetadataNotLoaded>
  KafkaJSStaleTopicMetadataAssignment: Fit<
    theirs.KafkaJSStaleTopicMetadataAssignment,
    ours.KafkaJSStaleTopicMetadataAssignment
  >
  KafkaJSServerDoesNotSupportApiKey: Fit<
    theirs.KafkaJSServerDoesNotSupportApiKey,
    ours.KafkaJSServerDoesNotSupportApiKey
  >
  KafkaJSBrokerNotFound: Fit<theirs.KafkaJSBrokerNotFound, ours.KafkaJSBrokerNotFound>
  KafkaJSPartialMessageError: Fit<theirs.KafkaJSPartialMessageError, ours.KafkaJSPartialMessageError>
  KafkaJSSASLAuthenticationError: Fit<
    theirs.KafkaJSSASLAuthenticationError,
    ours.KafkaJSSASLAuthenticationError
  >
  KafkaJSGroupCoordinatorNotFound: Fit<
    theirs.KafkaJSGroupCoordinatorNotFound,
    ours.KafkaJSGroupCoordinatorNotFound
  >
  KafkaJSNotImplemented: Fit<theirs.KafkaJSNotImplemented, ours.KafkaJSNotImplemented>
  KafkaJSTimeout: Fit<theirs.KafkaJSTimeout, ours.KafkaJSTimeout>
  KafkaJSLockTimeout: Fit<theirs.KafkaJSLockTimeout, ours.KafkaJSLockTimeout>
  KafkaJSUnsupportedMagicByteInMessageSet: Fit<
    theirs.KafkaJSUnsupportedMagicByteInMessageSet,
    ours.KafkaJSUnsupportedMagicByteInMessageSet
  >
  KafkaJSDeleteGroupsError: Fit<theirs.KafkaJSDeleteGroupsError, ours.KafkaJSDeleteGroupsError>
  KafkaJSDeleteGroupsErrorGroups: Fit<
    theirs.KafkaJSDeleteGroupsErrorGroups,
    ours.KafkaJSDeleteGroupsErrorGroups
  >
  KafkaJSDeleteTopicRecordsErrorTopic: Fit<
    theirs.KafkaJSDeleteTopicRecordsErrorTopic,
    ours.KafkaJSDeleteTopicRecordsErrorTopic
  >
  KafkaJSDeleteTopicRecordsErrorPartition: Fit<
    theirs.KafkaJSDeleteTopicRecordsErrorPartition,
    ours.KafkaJSDeleteTopicRecordsErrorPartition
  >
  KafkaJSErrorMetadata: Fit<theirs.KafkaJSErrorMetadata, ours.KafkaJSErrorMetadata>
  KafkaJSOffsetOutOfRangeMetadata: Fit<
    theirs.KafkaJSOffsetOutOfRangeMetadata,
    ours.KafkaJSOffsetOutOfRangeMetadata
  >
  KafkaJSNumberOfRetriesExceededMetadata: Fit<
    theirs.KafkaJSNumberOfRetriesExceededMetadata,
    ours.KafkaJSNumberOfRetriesExceededMetadata
  >
  KafkaJSConnectionErrorMetadata: Fit<
    theirs.KafkaJSConnectionErrorMetadata,
    ours.KafkaJSConnectionErrorMetadata
  >
  KafkaJSRequestTimeoutErrorMetadata: Fit<
    theirs.KafkaJSRequestTimeoutErrorMetadata,
    ours.KafkaJSRequestTimeoutErrorMetadata
  >
  KafkaJSTopicMetadataNotLoadedMetadata: Fit<
    theirs.KafkaJSTopicMetadataNotLoadedMetadata,
    ours.KafkaJSTopicMetadataNotLoadedMetadata
  >
  KafkaJSStaleTopicMetadataAssignmentMetadata: Fit<
    theirs.KafkaJSStaleTopicMetadataAssignmentMetadata,
    ours.KafkaJSStaleTopicMetadataAssignmentMetadata
  >
  KafkaJSServerDoesNotSupportApiKeyMetadata: Fit<
    theirs.KafkaJSServerDoesNotSupportApiKeyMetadata,
    ours.KafkaJSServerDoesNotSupportApiKeyMetadata
  >
}

/** Does not compile where a name does not fit. */
export const fits = (found: Fits): { readonly [Name in keyof Fits]: true } => found
