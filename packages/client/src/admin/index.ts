// The administrative client as one import for the package's door.
export type { TransactionToAbort } from './abort-transaction.ts'
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
} from './acl.ts'
export { Admin } from './admin.ts'
export type {
  AlterClientQuotasOptions,
  AlteredClientQuotas,
  ClientQuotaChange,
} from './alter-client-quotas.ts'
export type { AlterConfigsOptions, AlteredConfigs, ConfigChange, ResourceChange } from './alter-configs.ts'
export {
  type AnyQuotaName,
  type ClientQuotaEntity,
  type ClientQuotaFilter,
  ClientQuotaKey,
  type ClientQuotaKeyName,
} from './client-quota.ts'
export type { CreatedAcl } from './create-acls.ts'
export type { CreatePartitionsOptions, GrownTopic, NewPartitions } from './create-partitions.ts'
export type { CreatedTopic, CreateTopicsOptions, NewTopic } from './create-topics.ts'
export type {
  CreateDelegationTokenOptions,
  DelegationToken,
  DescribeDelegationTokensOptions,
  ExpireDelegationTokenOptions,
  RenewDelegationTokenOptions,
} from './delegation-tokens.ts'
export type { DeletedAcls } from './delete-acls.ts'
export type { DeletedGroup } from './delete-groups.ts'
export type { DeletedRecords, RecordsToDelete } from './delete-records.ts'
export type { DeletedTopic } from './delete-topics.ts'
export type { DescribeClientQuotasOptions, DescribedClientQuotas } from './describe-client-quotas.ts'
export type { DescribedCluster } from './describe-cluster.ts'
export {
  type ConfigEntry,
  type ConfigResource,
  type ConfigSource,
  type ConfigSynonym,
  type DescribeConfigsOptions,
  type DescribedConfigs,
  ResourceType,
  type ResourceTypeName,
} from './describe-configs.ts'
export type { DescribedGroup, DescribedMember } from './describe-groups.ts'
export type { DescribedLogDir, LogDirPartition } from './describe-log-dirs.ts'
export type { DescribedPartition, DescribedTopic } from './describe-topics.ts'
export type { DescribedFeature, DescribedFeatures } from './describe-features.ts'
export type { DescribedProducers, ProducerState } from './describe-producers.ts'
export type { DescribedTransaction } from './describe-transactions.ts'
export type { FencedProducer } from './fence-producers.ts'
export type { FoundGroupOffset, GroupOffset, GroupOffsetOutcome } from './group-offsets.ts'
export type { ListedGroup, ListGroupsOptions } from './list-groups.ts'
export { type FoundOffset, type ListOffsetsOptions, type OffsetQuery, OffsetSpec } from './list-offsets.ts'
export type { ListedTopic } from './list-topics.ts'
export type { ListedTransaction, ListTransactionsOptions } from './list-transactions.ts'
export type { EpochEnd, EpochQuery } from './offset-for-leader-epoch.ts'
export type { AdminCallOptions } from './call-options.ts'
export { type Outcome, throwFirst } from './outcome.ts'
export type {
  AlteredScramUser,
  DescribedScramUser,
  ScramCredentialChange,
  ScramMechanismName,
} from './user-scram-credentials.ts'
export type { MemberToRemove, RemovedMember } from './remove-members.ts'
export {
  type FeatureUpdate,
  FeatureUpgrade,
  type FeatureUpgradeName,
  type UpdateFeaturesOptions,
} from './update-features.ts'
