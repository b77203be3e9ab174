// Made by generator/main.ts from definitions/*.kmsg: change that, then run `npm run generate`.
import type { Api } from '../messages/api.ts'
import { ProduceApi } from './00-produce.ts'
import { FetchApi } from './01-fetch.ts'
import { ListOffsetsApi } from './02-list-offsets.ts'
import { MetadataApi } from './03-metadata.ts'
import { OffsetCommitApi } from './08-offset-commit.ts'
import { OffsetFetchApi } from './09-offset-fetch.ts'
import { FindCoordinatorApi } from './10-find-coordinator.ts'
import { JoinGroupApi } from './11-join-group.ts'
import { HeartbeatApi } from './12-heartbeat.ts'
import { LeaveGroupApi } from './13-leave-group.ts'
import { SyncGroupApi } from './14-sync-group.ts'
import { DescribeGroupsApi } from './15-describe-groups.ts'
import { ListGroupsApi } from './16-list-groups.ts'
import { SaslHandshakeApi } from './17-sasl-handshake.ts'
import { ApiVersionsApi } from './18-api-versions.ts'
import { CreateTopicsApi } from './19-create-topics.ts'
import { DeleteTopicsApi } from './20-delete-topics.ts'
import { DeleteRecordsApi } from './21-delete-records.ts'
import { InitProducerIdApi } from './22-init-producer-id.ts'
import { OffsetForLeaderEpochApi } from './23-offset-for-leader-epoch.ts'
import { AddPartitionsToTxnApi } from './24-add-partitions-to-txn.ts'
import { AddOffsetsToTxnApi } from './25-add-offsets-to-txn.ts'
import { EndTxnApi } from './26-end-txn.ts'
import { WriteTxnMarkersApi } from './27-write-txn-markers.ts'
import { TxnOffsetCommitApi } from './28-txn-offset-commit.ts'
import { DescribeAclsApi } from './29-describe-acls.ts'
import { CreateAclsApi } from './30-create-acls.ts'
import { DeleteAclsApi } from './31-delete-acls.ts'
import { DescribeConfigsApi } from './32-describe-configs.ts'
import { AlterConfigsApi } from './33-alter-configs.ts'
import { AlterReplicaLogDirsApi } from './34-alter-replica-log-dirs.ts'
import { DescribeLogDirsApi } from './35-describe-log-dirs.ts'
import { SaslAuthenticateApi } from './36-sasl-authenticate.ts'
import { CreatePartitionsApi } from './37-create-partitions.ts'
import { CreateDelegationTokenApi } from './38-create-delegation-token.ts'
import { RenewDelegationTokenApi } from './39-renew-delegation-token.ts'
import { ExpireDelegationTokenApi } from './40-expire-delegation-token.ts'
import { DescribeDelegationTokenApi } from './41-describe-delegation-token.ts'
import { DeleteGroupsApi } from './42-delete-groups.ts'
import { ElectLeadersApi } from './43-elect-leaders.ts'
import { IncrementalAlterConfigsApi } from './44-incremental-alter-configs.ts'
import { AlterPartitionReassignmentsApi } from './45-alter-partition-reassignments.ts'
import { ListPartitionReassignmentsApi } from './46-list-partition-reassignments.ts'
import { OffsetDeleteApi } from './47-offset-delete.ts'
import { DescribeClientQuotasApi } from './48-describe-client-quotas.ts'
import { AlterClientQuotasApi } from './49-alter-client-quotas.ts'
import { DescribeUserScramCredentialsApi } from './50-describe-user-scram-credentials.ts'
import { AlterUserScramCredentialsApi } from './51-alter-user-scram-credentials.ts'
import { DescribeQuorumApi } from './55-describe-quorum.ts'
import { UpdateFeaturesApi } from './57-update-features.ts'
import { DescribeClusterApi } from './60-describe-cluster.ts'
import { DescribeProducersApi } from './61-describe-producers.ts'
import { UnregisterBrokerApi } from './64-unregister-broker.ts'
import { DescribeTransactionsApi } from './65-describe-transactions.ts'
import { ListTransactionsApi } from './66-list-transactions.ts'
import { ConsumerGroupHeartbeatApi } from './68-consumer-group-heartbeat.ts'
import { ConsumerGroupDescribeApi } from './69-consumer-group-describe.ts'
import { GetTelemetrySubscriptionsApi } from './71-get-telemetry-subscriptions.ts'
import { PushTelemetryApi } from './72-push-telemetry.ts'
import { ListConfigResourcesApi } from './74-list-config-resources.ts'
import { DescribeTopicPartitionsApi } from './75-describe-topic-partitions.ts'
import { ShareGroupHeartbeatApi } from './76-share-group-heartbeat.ts'
import { ShareGroupDescribeApi } from './77-share-group-describe.ts'
import { ShareFetchApi } from './78-share-fetch.ts'
import { ShareAcknowledgeApi } from './79-share-acknowledge.ts'
import { AddRaftVoterApi } from './80-add-raft-voter.ts'
import { RemoveRaftVoterApi } from './81-remove-raft-voter.ts'
import { InitializeShareGroupStateApi } from './83-initialize-share-group-state.ts'
import { ReadShareGroupStateApi } from './84-read-share-group-state.ts'
import { WriteShareGroupStateApi } from './85-write-share-group-state.ts'
import { DeleteShareGroupStateApi } from './86-delete-share-group-state.ts'
import { ReadShareGroupStateSummaryApi } from './87-read-share-group-state-summary.ts'
import { StreamsGroupHeartbeatApi } from './88-streams-group-heartbeat.ts'
import { StreamsGroupDescribeApi } from './89-streams-group-describe.ts'
import { DescribeShareGroupOffsetsApi } from './90-describe-share-group-offsets.ts'
import { AlterShareGroupOffsetsApi } from './91-alter-share-group-offsets.ts'
import { DeleteShareGroupOffsetsApi } from './92-delete-share-group-offsets.ts'

export * from './00-produce.ts'
export * from './01-fetch.ts'
export * from './02-list-offsets.ts'
export * from './03-metadata.ts'
export * from './08-offset-commit.ts'
export * from './09-offset-fetch.ts'
export * from './10-find-coordinator.ts'
export * from './11-join-group.ts'
export * from './12-heartbeat.ts'
export * from './13-leave-group.ts'
export * from './14-sync-group.ts'
export * from './15-describe-groups.ts'
export * from './16-list-groups.ts'
export * from './17-sasl-handshake.ts'
export * from './18-api-versions.ts'
export * from './19-create-topics.ts'
export * from './20-delete-topics.ts'
export * from './21-delete-records.ts'
export * from './22-init-producer-id.ts'
export * from './23-offset-for-leader-epoch.ts'
export * from './24-add-partitions-to-txn.ts'
export * from './25-add-offsets-to-txn.ts'
export * from './26-end-txn.ts'
export * from './27-write-txn-markers.ts'
export * from './28-txn-offset-commit.ts'
export * from './29-describe-acls.ts'
export * from './30-create-acls.ts'
export * from './31-delete-acls.ts'
export * from './32-describe-configs.ts'
export * from './33-alter-configs.ts'
export * from './34-alter-replica-log-dirs.ts'
export * from './35-describe-log-dirs.ts'
export * from './36-sasl-authenticate.ts'
export * from './37-create-partitions.ts'
export * from './38-create-delegation-token.ts'
export * from './39-renew-delegation-token.ts'
export * from './40-expire-delegation-token.ts'
export * from './41-describe-delegation-token.ts'
export * from './42-delete-groups.ts'
export * from './43-elect-leaders.ts'
export * from './44-incremental-alter-configs.ts'
export * from './45-alter-partition-reassignments.ts'
export * from './46-list-partition-reassignments.ts'
export * from './47-offset-delete.ts'
export * from './48-describe-client-quotas.ts'
export * from './49-alter-client-quotas.ts'
export * from './50-describe-user-scram-credentials.ts'
export * from './51-alter-user-scram-credentials.ts'
export * from './55-describe-quorum.ts'
export * from './57-update-features.ts'
export * from './60-describe-cluster.ts'
export * from './61-describe-producers.ts'
export * from './64-unregister-broker.ts'
export * from './65-describe-transactions.ts'
export * from './66-list-transactions.ts'
export * from './68-consumer-group-heartbeat.ts'
export * from './69-consumer-group-describe.ts'
export * from './71-get-telemetry-subscriptions.ts'
export * from './72-push-telemetry.ts'
export * from './74-list-config-resources.ts'
export * from './75-describe-topic-partitions.ts'
export * from './76-share-group-heartbeat.ts'
export * from './77-share-group-describe.ts'
export * from './78-share-fetch.ts'
export * from './79-share-acknowledge.ts'
export * from './80-add-raft-voter.ts'
export * from './81-remove-raft-voter.ts'
export * from './83-initialize-share-group-state.ts'
export * from './84-read-share-group-state.ts'
export * from './85-write-share-group-state.ts'
export * from './86-delete-share-group-state.ts'
export * from './87-read-share-group-state-summary.ts'
export * from './88-streams-group-heartbeat.ts'
export * from './89-streams-group-describe.ts'
export * from './90-describe-share-group-offsets.ts'
export * from './91-alter-share-group-offsets.ts'
export * from './92-delete-share-group-offsets.ts'
export * from './cluster-metadata.ts'
export * from './consumer-group-records.ts'
export * from './consumer-offsets.ts'
export * from './consumer-protocol.ts'
export * from './control-records.ts'
export * from './headers.ts'
export * from './producer-snapshot.ts'
export * from './share-group-records.ts'
export * from './share-group-state.ts'
export * from './streams-group-records.ts'
export * from './transaction-state.ts'

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
