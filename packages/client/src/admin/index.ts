// The administrative client as one import for the package's door.
export { Admin } from './admin.ts'
export type { AdminCallOptions } from './call-options.ts'
export { type Outcome, throwFirst } from './outcome.ts'
export type { CreatePartitionsOptions, GrownTopic, NewPartitions } from './topics/create-partitions.ts'
export type { CreatedTopic, CreateTopicsOptions, NewTopic } from './topics/create-topics.ts'
export type { DeletedTopic } from './topics/delete-topics.ts'
export type { DescribedPartition, DescribedTopic, DescribeTopicsOptions } from './topics/describe-topics.ts'
export type { ListedTopic } from './topics/list-topics.ts'
export type { MutationOptions } from './topics/mutation.ts'
export type { TopicById } from './topics/topic-by-id.ts'
export type {
  AlteredPartitionReassignment,
  AlterPartitionReassignmentsOptions,
  NewPartitionReassignment,
} from './partitions/alter-partition-reassignments.ts'
export type { MovedReplica, ReplicaMove } from './partitions/alter-replica-log-dirs.ts'
export type { DeletedRecords, RecordsToDelete } from './partitions/delete-records.ts'
export type {
  DescribedLogDir,
  DescribeLogDirsOptions,
  LogDirPartition,
} from './partitions/describe-log-dirs.ts'
export type { DescribedReplicaLogDir, ReplicaLogDir } from './partitions/describe-replica-log-dirs.ts'
export { type ElectedLeader, Election, type ElectionName } from './partitions/elect-leaders.ts'
export {
  type FoundOffset,
  type ListOffsetsOptions,
  type OffsetQuery,
  OffsetSpec,
} from './partitions/list-offsets.ts'
export type { PartitionReassignment } from './partitions/list-partition-reassignments.ts'
export type { EpochEnd, EpochQuery } from './partitions/offset-for-leader-epoch.ts'
export type { TopicPartitionReplica } from './partitions/topic-partition-replica.ts'
export type { ConfigChange, ResourceChange } from './configs/alter-configs.ts'
export type { AlterConfigsOptions, AlteredConfigs } from './configs/altered-configs.ts'
export type { ConfigEntry, ConfigSource, ConfigSynonym, ConfigType } from './configs/config-entry.ts'
export { type ConfigResource, ResourceType, type ResourceTypeName } from './configs/config-resource.ts'
export type { DescribeConfigsOptions, DescribedConfigs } from './configs/describe-configs.ts'
export type { NewShareGroupOffset, ShareGroupOffsetOutcome } from './groups/alter-share-group-offsets.ts'
export type { FoundGroupOffset, GroupOffset, GroupOffsetOutcome } from './groups/committed-offset.ts'
export type { DeletedGroup } from './groups/delete-groups.ts'
export type { DeletedShareGroupOffsets } from './groups/delete-share-group-offsets.ts'
export type { GroupLag, GroupPartitionLag } from './groups/describe-group-lag.ts'
export type { DescribeGroupsOptions } from './groups/describe-options.ts'
export type { DescribedShareGroup, DescribedShareMember } from './groups/describe-share-groups.ts'
export type { DescribedGroup, DescribedMember } from './groups/described-group.ts'
export type {
  DescribedStreamsGroup,
  DescribedStreamsMember,
  StreamsAssignment,
  StreamsSubtopology,
  StreamsTask,
  StreamsTaskOffset,
  StreamsTopic,
} from './groups/described-streams-group.ts'
export type { GroupOffsets, GroupOffsetsOptions, GroupOffsetsQuery } from './groups/list-group-offsets.ts'
export {
  GroupType,
  type GroupTypeName,
  type ListedGroup,
  type ListGroupsOptions,
} from './groups/list-groups.ts'
export type { MemberToRemove, RemovedMember, RemoveMembersOptions } from './groups/remove-members.ts'
export type { ShareGroupOffset } from './groups/share-group-offsets.ts'
export type {
  DescribedProducers,
  DescribeProducersOptions,
  ProducerState,
} from './transactions/describe-producers.ts'
export type { DescribedTransaction } from './transactions/describe-transactions.ts'
export type { FencedProducer } from './transactions/fence-producers.ts'
export type { ListedTransaction, ListTransactionsOptions } from './transactions/list-transactions.ts'
export type {
  TransactionInPartition,
  TransactionMarker,
  WrittenMarker,
} from './transactions/write-transaction-markers.ts'
export {
  type Acl,
  type AclFilter,
  AclOperation,
  type AclOperationName,
  AclPatternFilter,
  type AclPatternFilterName,
  AclPatternType,
  type AclPatternTypeName,
  AclPermission,
  type AclPermissionName,
  AclResourceType,
  type AclResourceTypeName,
  type NewAcl,
} from './security/acl.ts'
export type {
  AlterClientQuotasOptions,
  AlteredClientQuotas,
  ClientQuotaChange,
} from './security/alter-client-quotas.ts'
export type { AlteredScramUser, ScramCredentialChange } from './security/alter-user-scram-credentials.ts'
export {
  type AnyQuotaName,
  type ClientQuotaEntity,
  type ClientQuotaFilter,
  ClientQuotaKey,
  type ClientQuotaKeyName,
} from './security/client-quota.ts'
export type { CreatedAcl } from './security/create-acls.ts'
export type { CreateDelegationTokenOptions } from './security/create-delegation-token.ts'
export type { DelegationToken } from './security/delegation-token.ts'
export type { DeletedAcls } from './security/delete-acls.ts'
export type { DescribeClientQuotasOptions, DescribedClientQuotas } from './security/describe-client-quotas.ts'
export type { DescribeDelegationTokensOptions } from './security/describe-delegation-tokens.ts'
export type { DescribedScramUser } from './security/describe-user-scram-credentials.ts'
export type { ExpireDelegationTokenOptions } from './security/expire-delegation-token.ts'
export type { RenewDelegationTokenOptions } from './security/renew-delegation-token.ts'
export type { ScramMechanismName } from './security/scram-mechanism.ts'
export type { NewRaftVoter, RaftVoterOptions } from './cluster/add-raft-voter.ts'
export type { ApiVersionRange, DescribedApiVersions } from './cluster/describe-api-versions.ts'
export type { DescribeClusterOptions, DescribedBroker, DescribedCluster } from './cluster/describe-cluster.ts'
export type {
  DescribedFeature,
  DescribedFeatures,
  DescribeFeaturesOptions,
} from './cluster/describe-features.ts'
export type {
  DescribedMetadataQuorum,
  QuorumNode,
  QuorumReplica,
} from './cluster/describe-metadata-quorum.ts'
export type { FoundCoordinator } from './cluster/find-coordinators.ts'
export type { RaftVoter, RaftVoterEndpoint } from './cluster/raft-voter.ts'
export {
  type FeatureUpdate,
  FeatureUpgrade,
  type FeatureUpgradeName,
  type UpdateFeaturesOptions,
} from './cluster/update-features.ts'
