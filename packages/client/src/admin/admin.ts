// The administrative client: one method an operation, each a file of this folder.
import { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { ClusterOptions } from '../cluster/options.ts'
import { clusterTable } from '../config/cluster-table.ts'
import { explainMissingMethods } from '../config/foreign-names.ts'
import { type DottedOptions, readOptions } from '../config/option-table.ts'
import {
  type AlterConfigsOptions,
  type AlteredConfigs,
  alterConfigs,
  replaceConfigs,
  type ResourceChange,
} from './alter-configs.ts'
import {
  type CreatePartitionsOptions,
  createPartitions,
  type GrownTopic,
  type NewPartitions,
} from './create-partitions.ts'
import { type CreatedTopic, type CreateTopicsOptions, createTopics, type NewTopic } from './create-topics.ts'
import { type DeletedGroup, deleteGroups } from './delete-groups.ts'
import { type DeletedRecords, deleteRecords, type RecordsToDelete } from './delete-records.ts'
import { type DeletedTopic, deleteTopics } from './delete-topics.ts'
import { type DescribedCluster, describeCluster } from './describe-cluster.ts'
import {
  type ConfigResource,
  type DescribeConfigsOptions,
  type DescribedConfigs,
  describeConfigs,
} from './describe-configs.ts'
import { type DescribedGroup, describeGroups } from './describe-groups.ts'
import { type DescribedLogDir, describeLogDirs } from './describe-log-dirs.ts'
import { type DescribedTopic, describeTopics } from './describe-topics.ts'
import {
  alterGroupOffsets,
  deleteGroupOffsets,
  type FoundGroupOffset,
  type GroupOffset,
  type GroupOffsetOutcome,
  groupOffsets,
} from './group-offsets.ts'
import { type ListedGroup, type ListGroupsOptions, listGroups } from './list-groups.ts'
import { type FoundOffset, type ListOffsetsOptions, listOffsets, type OffsetQuery } from './list-offsets.ts'
import { type ListedTopic, listTopics } from './list-topics.ts'
import { type EpochEnd, type EpochQuery, offsetForLeaderEpoch } from './offset-for-leader-epoch.ts'
import type { AdminCallOptions } from './call-options.ts'
import { type MemberToRemove, type RemovedMember, removeMembers } from './remove-members.ts'

/**
 * Administers a cluster. Operations on several things return an outcome for each, whose `error` is undefined when it was done; what concerns
 * the call as a whole (no broker reached, time up, not allowed) is thrown. Retries what may be retried for `timeoutMs`.
 */
export class Admin implements AsyncDisposable {
  readonly cluster: Cluster
  readonly #owned: boolean

  /** Takes options, or a `Cluster` that is already in use: that one is not closed with this. Connects on first use. */
  constructor(options: ClusterOptions | (Partial<ClusterOptions> & DottedOptions) | Cluster) {
    this.#owned = !(options instanceof Cluster)
    this.cluster =
      options instanceof Cluster
        ? options
        : new Cluster({
            ...readOptions<ClusterOptions>('Admin', clusterTable, options),
            allowAutoTopicCreation: false,
          })
  }

  createTopics(topics: readonly NewTopic[], options?: CreateTopicsOptions): Promise<CreatedTopic[]> {
    return createTopics(this.cluster, topics, options)
  }

  deleteTopics(names: readonly string[], options?: AdminCallOptions): Promise<DeletedTopic[]> {
    return deleteTopics(this.cluster, names, options)
  }

  listTopics(options?: AdminCallOptions): Promise<ListedTopic[]> {
    return listTopics(this.cluster, options)
  }

  describeTopics(names: readonly string[], options?: AdminCallOptions): Promise<DescribedTopic[]> {
    return describeTopics(this.cluster, names, options)
  }

  createPartitions(
    topics: readonly NewPartitions[],
    options?: CreatePartitionsOptions,
  ): Promise<GrownTopic[]> {
    return createPartitions(this.cluster, topics, options)
  }

  deleteRecords(records: readonly RecordsToDelete[], options?: AdminCallOptions): Promise<DeletedRecords[]> {
    return deleteRecords(this.cluster, records, options)
  }

  describeConfigs(
    resources: readonly ConfigResource[],
    options?: DescribeConfigsOptions,
  ): Promise<DescribedConfigs[]> {
    return describeConfigs(this.cluster, resources, options)
  }

  alterConfigs(
    resources: readonly ResourceChange[],
    options?: AlterConfigsOptions,
  ): Promise<AlteredConfigs[]> {
    return alterConfigs(this.cluster, resources, options)
  }

  replaceConfigs(
    resource: ConfigResource,
    configs: Readonly<Record<string, string>>,
    options?: AlterConfigsOptions,
  ): Promise<AlteredConfigs> {
    return replaceConfigs(this.cluster, resource, configs, options)
  }

  describeCluster(options?: AdminCallOptions): Promise<DescribedCluster> {
    return describeCluster(this.cluster, options)
  }

  describeLogDirs(options?: AdminCallOptions): Promise<DescribedLogDir[]> {
    return describeLogDirs(this.cluster, options)
  }

  listOffsets(queries: readonly OffsetQuery[], options?: ListOffsetsOptions): Promise<FoundOffset[]> {
    return listOffsets(this.cluster, queries, options)
  }

  offsetForLeaderEpoch(queries: readonly EpochQuery[], options?: AdminCallOptions): Promise<EpochEnd[]> {
    return offsetForLeaderEpoch(this.cluster, queries, options)
  }

  listGroups(options?: ListGroupsOptions): Promise<ListedGroup[]> {
    return listGroups(this.cluster, options)
  }

  describeGroups(groupIds: readonly string[], options?: AdminCallOptions): Promise<DescribedGroup[]> {
    return describeGroups(this.cluster, groupIds, options)
  }

  deleteGroups(groupIds: readonly string[], options?: AdminCallOptions): Promise<DeletedGroup[]> {
    return deleteGroups(this.cluster, groupIds, options)
  }

  groupOffsets(
    groupId: string,
    partitions?: readonly TopicPartition[],
    options?: AdminCallOptions,
  ): Promise<FoundGroupOffset[]> {
    return groupOffsets(this.cluster, groupId, partitions, options)
  }

  alterGroupOffsets(
    groupId: string,
    offsets: readonly GroupOffset[],
    options?: AdminCallOptions,
  ): Promise<GroupOffsetOutcome[]> {
    return alterGroupOffsets(this.cluster, groupId, offsets, options)
  }

  deleteGroupOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
    options?: AdminCallOptions,
  ): Promise<GroupOffsetOutcome[]> {
    return deleteGroupOffsets(this.cluster, groupId, partitions, options)
  }

  removeMembers(
    groupId: string,
    members: readonly MemberToRemove[],
    options?: AdminCallOptions & { readonly reason?: string },
  ): Promise<RemovedMember[]> {
    return removeMembers(this.cluster, groupId, members, options)
  }

  close(): void {
    if (this.#owned) this.cluster.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }
}

explainMissingMethods('Admin', Admin.prototype, {
  connect: 'it connects on first use; leave the call out',
  disconnect: 'call close()',
  fetchTopicMetadata: 'call describeTopics([…names])',
  fetchTopicOffsets: 'call listOffsets([{ topic, partition, timestamp: OffsetSpec.latest }, …])',
  fetchTopicOffsetsByTimestamp: 'call listOffsets([{ topic, partition, timestamp }, …])',
  deleteTopicRecords: 'call deleteRecords([{ topic, partition, beforeOffset }, …])',
  fetchOffsets: 'call groupOffsets(groupId)',
  setOffsets: 'call alterGroupOffsets(groupId, [{ topic, partition, offset }, …])',
  resetOffsets: 'call alterGroupOffsets(groupId, [{ topic, partition, offset }, …])',
})
