// Administration as KafkaJS has it.
import type {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ConfigResourceTypes,
  ConfigSource,
  ResourcePatternTypes,
} from '../enumerations.ts'
import type { DeleteGroupsResult } from '../errors.ts'
import type { PartitionMetadata, PartitionOffset, SeekEntry, TopicPartitions } from './cluster.ts'
import type { Logger, RetryOptions } from './config.ts'
import type { GroupDescription } from './consumer.ts'
import type { AdminEvents, NetworkListening } from './events.ts'
import type { Untyped } from './untyped.ts'

/** What `kafka.admin` takes. */
export interface AdminConfig {
  retry?: RetryOptions
}

/** Brokers of a partition's replicas, the preferred leader first. */
export interface ReplicaAssignment {
  partition: number
  replicas: Array<number>
}

/** A setting. */
export interface IResourceConfigEntry {
  name: string
  value: string
}

/** A topic to create. */
export interface ITopicConfig {
  topic: string
  /** Default: the broker's. */
  numPartitions?: number
  /** Default: the broker's. */
  replicationFactor?: number
  replicaAssignment?: ReplicaAssignment[]
  configEntries?: IResourceConfigEntry[]
}

/** How many partitions a topic is to have. */
export interface ITopicPartitionConfig {
  topic: string
  /** The new total. */
  count: number
  assignments?: Array<Array<number>>
}

/** A topic as brokers describe it. */
export interface ITopicMetadata {
  name: string
  partitions: PartitionMetadata[]
}

/** Where partitions of a topic are to be. */
export interface PartitionReassignment {
  topic: string
  partitionAssignment: Array<ReplicaAssignment>
}

/** Whose settings to describe. */
export interface ResourceConfigQuery {
  type: ConfigResourceTypes
  name: string
  /** Default: all. */
  configNames?: string[]
}

/** A value of a setting at one level. */
export interface ConfigSynonyms {
  configName: string
  configValue: string
  configSource: ConfigSource
}

/** A setting as brokers describe it. */
export interface ConfigEntries {
  configName: string
  configValue: string
  isDefault: boolean
  configSource: ConfigSource
  isSensitive: boolean
  readOnly: boolean
  configSynonyms: ConfigSynonyms[]
}

/** Settings of resources. */
export interface DescribeConfigResponse {
  resources: {
    configEntries: ConfigEntries[]
    errorCode: number
    errorMessage: string
    resourceName: string
    resourceType: ConfigResourceTypes
  }[]
  throttleTime: number
}

/** All settings that a resource is to have; others go back to their defaults. */
export interface IResourceConfig {
  type: ConfigResourceTypes
  name: string
  configEntries: IResourceConfigEntry[]
}

/** A committed offset with its note. */
export type FetchOffsetsPartition = PartitionOffset & { metadata: string | null }

/** Whom an ACL allows or denies what. */
export interface Acl {
  principal: string
  host: string
  operation: AclOperationTypes
  permissionType: AclPermissionTypes
}

/** What an ACL is about. */
export interface AclResource {
  resourceType: AclResourceTypes
  resourceName: string
  resourcePatternType: ResourcePatternTypes
}

/** An ACL with what it is about. */
export type AclEntry = Acl & AclResource

/** The ACLs of a resource. */
export type DescribeAclResource = AclResource & { acls: Acl[] }

/** The ACLs that a filter means. */
export interface DescribeAclResponse {
  throttleTime: number
  errorCode: number
  errorMessage?: string
  resources: DescribeAclResource[]
}

/** Which ACLs are meant: what is left out may be anything. */
export interface AclFilter {
  resourceType: AclResourceTypes
  resourceName?: string
  resourcePatternType: ResourcePatternTypes
  principal?: string
  host?: string
  operation: AclOperationTypes
  permissionType: AclPermissionTypes
}

/** An ACL that was deleted. */
export interface MatchingAcl extends AclEntry {
  errorCode: number
  errorMessage?: string
}

/** What became of one filter. */
export interface DeleteAclFilterResponses {
  errorCode: number
  errorMessage?: string
  matchingAcls: MatchingAcl[]
}

/** What became of all filters. */
export interface DeleteAclResponse {
  throttleTime: number
  filterResponses: DeleteAclFilterResponses[]
}

/** A partition that is on its way to other brokers. */
export interface OngoingPartitionReassignment {
  partitionIndex: number
  replicas: number[]
  addingReplicas?: number[]
  removingReplicas?: number[]
}

/** Those of a topic. */
export interface OngoingTopicReassignment {
  topic: string
  partitions: OngoingPartitionReassignment[]
}

/** Partitions that are on their way to other brokers. */
export interface ListPartitionReassignmentsResponse {
  topics: OngoingTopicReassignment[]
}

/** A group in a list. */
export interface GroupOverview {
  groupId: string
  protocolType: string
}

/** Groups with their members. */
export interface GroupDescriptions {
  groups: GroupDescription[]
}

/** An admin client. Every method throws KafkaJSError. */
export interface Admin {
  connect(): Promise<void>
  disconnect(): Promise<void>
  listTopics(): Promise<string[]>
  /** False where all of them are there already. */
  createTopics(options: {
    validateOnly?: boolean
    /** Whether to wait until all partitions have leaders. Default true. */
    waitForLeaders?: boolean
    timeout?: number
    topics: ITopicConfig[]
  }): Promise<boolean>
  deleteTopics(options: { topics: string[]; timeout?: number }): Promise<void>
  createPartitions(options: {
    validateOnly?: boolean
    timeout?: number
    topicPartitions: ITopicPartitionConfig[]
  }): Promise<boolean>
  /** Default: all topics. */
  fetchTopicMetadata(options?: { topics: string[] }): Promise<{ topics: Array<ITopicMetadata> }>
  /** What a group has committed: −1 where nothing. `resolveOffsets` puts offsets in the place of −1 and −2, and commits them. */
  fetchOffsets(options: {
    groupId: string
    topics?: string[]
    resolveOffsets?: boolean
  }): Promise<Array<{ topic: string; partitions: FetchOffsetsPartition[] }>>
  fetchTopicOffsets(topic: string): Promise<Array<SeekEntry & { high: string; low: string }>>
  /** The first offsets at or after a time; the end of the log where nothing is that young. */
  fetchTopicOffsetsByTimestamp(topic: string, timestamp?: number): Promise<Array<SeekEntry>>
  describeCluster(): Promise<{
    brokers: Array<{ nodeId: number; host: string; port: number }>
    controller: number | null
    clusterId: string
  }>
  /** Sets offsets of a group without members. */
  setOffsets(options: { groupId: string; topic: string; partitions: SeekEntry[] }): Promise<void>
  /** The group begins anew at the start, or the end, of the topic. */
  resetOffsets(options: { groupId: string; topic: string; earliest: boolean }): Promise<void>
  describeConfigs(configs: {
    resources: ResourceConfigQuery[]
    includeSynonyms: boolean
  }): Promise<DescribeConfigResponse>
  alterConfigs(configs: { validateOnly: boolean; resources: IResourceConfig[] }): Promise<Untyped>
  listGroups(): Promise<{ groups: GroupOverview[] }>
  deleteGroups(groupIds: string[]): Promise<DeleteGroupsResult[]>
  describeGroups(groupIds: string[]): Promise<GroupDescriptions>
  describeAcls(options: AclFilter): Promise<DescribeAclResponse>
  deleteAcls(options: { filters: AclFilter[] }): Promise<DeleteAclResponse>
  createAcls(options: { acl: AclEntry[] }): Promise<boolean>
  /** Deletes what is before an offset; −1 for all there is. */
  deleteTopicRecords(options: { topic: string; partitions: SeekEntry[] }): Promise<void>
  alterPartitionReassignments(request: { topics: PartitionReassignment[]; timeout?: number }): Promise<void>
  listPartitionReassignments(request: {
    topics?: TopicPartitions[]
    timeout?: number
  }): Promise<ListPartitionReassignmentsResponse>
  logger(): Logger
  on: NetworkListening<AdminEvents>
  readonly events: AdminEvents
}
