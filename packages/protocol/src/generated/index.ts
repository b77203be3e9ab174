// Made by generator/main.ts from definitions/*/*.kmsg: change those, then run `npm run generate`.
import type { Api } from '../messages/api.ts'
import {
  MetadataApi,
  FindCoordinatorApi,
  AlterReplicaLogDirsApi,
  DescribeLogDirsApi,
  DescribeQuorumApi,
  UpdateFeaturesApi,
  DescribeClusterApi,
  UnregisterBrokerApi,
  DescribeTopicPartitionsApi,
  AddRaftVoterApi,
  RemoveRaftVoterApi,
} from './cluster.ts'
import {
  DescribeConfigsApi,
  AlterConfigsApi,
  IncrementalAlterConfigsApi,
  DescribeClientQuotasApi,
  AlterClientQuotasApi,
  ListConfigResourcesApi,
} from './configs.ts'
import {
  SaslHandshakeApi,
  ApiVersionsApi,
  SaslAuthenticateApi,
  GetTelemetrySubscriptionsApi,
  PushTelemetryApi,
} from './connection.ts'
import {
  ProduceApi,
  FetchApi,
  ListOffsetsApi,
  DeleteRecordsApi,
  OffsetForLeaderEpochApi,
} from './data.ts'
import {
  OffsetCommitApi,
  OffsetFetchApi,
  JoinGroupApi,
  HeartbeatApi,
  LeaveGroupApi,
  SyncGroupApi,
  DescribeGroupsApi,
  ListGroupsApi,
  DeleteGroupsApi,
  OffsetDeleteApi,
  ConsumerGroupHeartbeatApi,
  ConsumerGroupDescribeApi,
} from './groups.ts'
import {
  DescribeAclsApi,
  CreateAclsApi,
  DeleteAclsApi,
  CreateDelegationTokenApi,
  RenewDelegationTokenApi,
  ExpireDelegationTokenApi,
  DescribeDelegationTokenApi,
  DescribeUserScramCredentialsApi,
  AlterUserScramCredentialsApi,
} from './security.ts'
import {
  ShareGroupHeartbeatApi,
  ShareGroupDescribeApi,
  ShareFetchApi,
  ShareAcknowledgeApi,
  InitializeShareGroupStateApi,
  ReadShareGroupStateApi,
  WriteShareGroupStateApi,
  DeleteShareGroupStateApi,
  ReadShareGroupStateSummaryApi,
  DescribeShareGroupOffsetsApi,
  AlterShareGroupOffsetsApi,
  DeleteShareGroupOffsetsApi,
} from './share.ts'
import {
  StreamsGroupHeartbeatApi,
  StreamsGroupDescribeApi,
} from './streams.ts'
import {
  CreateTopicsApi,
  DeleteTopicsApi,
  CreatePartitionsApi,
  ElectLeadersApi,
  AlterPartitionReassignmentsApi,
  ListPartitionReassignmentsApi,
} from './topics.ts'
import {
  InitProducerIdApi,
  AddPartitionsToTxnApi,
  AddOffsetsToTxnApi,
  EndTxnApi,
  WriteTxnMarkersApi,
  TxnOffsetCommitApi,
  DescribeProducersApi,
  DescribeTransactionsApi,
  ListTransactionsApi,
} from './transactions.ts'

export * from './cluster.ts'
export * from './configs.ts'
export * from './connection.ts'
export * from './data.ts'
export * from './groups.ts'
export * from './records.ts'
export * from './security.ts'
export * from './share.ts'
export * from './streams.ts'
export * from './topics.ts'
export * from './transactions.ts'

/** Every API, by ascending key. */
export const apis: readonly Api[] = [
  ProduceApi,
  FetchApi,
  ListOffsetsApi,
  MetadataApi,
  OffsetCommitApi,
  OffsetFetchApi,
  FindCoordinatorApi,
  JoinGroupApi,
  HeartbeatApi,
  LeaveGroupApi,
  SyncGroupApi,
  DescribeGroupsApi,
  ListGroupsApi,
  SaslHandshakeApi,
  ApiVersionsApi,
  CreateTopicsApi,
  DeleteTopicsApi,
  DeleteRecordsApi,
  InitProducerIdApi,
  OffsetForLeaderEpochApi,
  AddPartitionsToTxnApi,
  AddOffsetsToTxnApi,
  EndTxnApi,
  WriteTxnMarkersApi,
  TxnOffsetCommitApi,
  DescribeAclsApi,
  CreateAclsApi,
  DeleteAclsApi,
  DescribeConfigsApi,
  AlterConfigsApi,
  AlterReplicaLogDirsApi,
  DescribeLogDirsApi,
  SaslAuthenticateApi,
  CreatePartitionsApi,
  CreateDelegationTokenApi,
  RenewDelegationTokenApi,
  ExpireDelegationTokenApi,
  DescribeDelegationTokenApi,
  DeleteGroupsApi,
  ElectLeadersApi,
  IncrementalAlterConfigsApi,
  AlterPartitionReassignmentsApi,
  ListPartitionReassignmentsApi,
  OffsetDeleteApi,
  DescribeClientQuotasApi,
  AlterClientQuotasApi,
  DescribeUserScramCredentialsApi,
  AlterUserScramCredentialsApi,
  DescribeQuorumApi,
  UpdateFeaturesApi,
  DescribeClusterApi,
  DescribeProducersApi,
  UnregisterBrokerApi,
  DescribeTransactionsApi,
  ListTransactionsApi,
  ConsumerGroupHeartbeatApi,
  ConsumerGroupDescribeApi,
  GetTelemetrySubscriptionsApi,
  PushTelemetryApi,
  ListConfigResourcesApi,
  DescribeTopicPartitionsApi,
  ShareGroupHeartbeatApi,
  ShareGroupDescribeApi,
  ShareFetchApi,
  ShareAcknowledgeApi,
  AddRaftVoterApi,
  RemoveRaftVoterApi,
  InitializeShareGroupStateApi,
  ReadShareGroupStateApi,
  WriteShareGroupStateApi,
  DeleteShareGroupStateApi,
  ReadShareGroupStateSummaryApi,
  StreamsGroupHeartbeatApi,
  StreamsGroupDescribeApi,
  DescribeShareGroupOffsetsApi,
  AlterShareGroupOffsetsApi,
  DeleteShareGroupOffsetsApi,
]
