// The administrative client: one method an operation, each a file of this folder.
import { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { ClusterOptions } from '../cluster/options.ts'
import { clusterTable } from '../config/cluster-table.ts'
import { explainMissingMethods } from '../config/foreign-names.ts'
import { type DottedOptions, readOptions } from '../config/option-table.ts'
import {
  type AlterClientQuotasOptions,
  type AlteredClientQuotas,
  alterClientQuotas,
  type ClientQuotaChange,
} from './alter-client-quotas.ts'
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
import type { ClientQuotaFilter } from './client-quota.ts'
import {
  type DescribeClientQuotasOptions,
  type DescribedClientQuotas,
  describeClientQuotas,
} from './describe-client-quotas.ts'
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
import {
  type AlteredScramUser,
  alterUserScramCredentials,
  type DescribedScramUser,
  describeUserScramCredentials,
  type ScramCredentialChange,
} from './user-scram-credentials.ts'
import { type MemberToRemove, type RemovedMember, removeMembers } from './remove-members.ts'
import { SecurityOperations } from './security-operations.ts'

/**
 * Administers a cluster. Operations on several things return an outcome for each, whose `error` is undefined when it was done; what concerns
 * the call as a whole (no broker reached, time up, not allowed) is thrown. Retries what may be retried for `timeoutMs`.
 */
export class Admin extends SecurityOperations implements AsyncDisposable {
  /** The connections and the metadata that the operations use: for requests that have no operation here. */
  readonly cluster: Cluster
  readonly #owned: boolean

  /** Takes options, or a `Cluster` that is already in use: that one is not closed with this. Connects on first use. */
  constructor(options: ClusterOptions | (Partial<ClusterOptions> & DottedOptions) | Cluster) {
    super()
    this.#owned = !(options instanceof Cluster)
    this.cluster =
      options instanceof Cluster
        ? options
        : new Cluster({
            ...readOptions<ClusterOptions>('Admin', clusterTable, options),
            allowAutoTopicCreation: false,
          })
  }

  /**
   * Creates topics: CreateTopics, at the controller. Outcomes have `TOPIC_ALREADY_EXISTS`, `INVALID_TOPIC_EXCEPTION`, `INVALID_CONFIG`,
   * `INVALID_REPLICATION_FACTOR` and the like. Throws OperationTimeoutError when no controller answers within `timeoutMs`.
   *
   * @example
   * throwFirst(await admin.createTopics([{ name: 'orders', partitions: 6, configs: { 'retention.ms': '86400000' } }]))
   */
  createTopics(topics: readonly NewTopic[], options?: CreateTopicsOptions): Promise<CreatedTopic[]> {
    return createTopics(this.cluster, topics, options)
  }

  /**
   * Deletes topics with all their records: DeleteTopics, at the controller. `UNKNOWN_TOPIC_OR_PARTITION` is an outcome.
   *
   * @example
   * throwFirst(await admin.deleteTopics(['orders']))
   */
  deleteTopics(names: readonly string[], options?: AdminCallOptions): Promise<DeletedTopic[]> {
    return deleteTopics(this.cluster, names, options)
  }

  /**
   * All topics that this client may see, internal ones too, sorted by name: Metadata, at any broker.
   *
   * @example
   * const names = (await admin.listTopics()).filter(topic => !topic.isInternal).map(topic => topic.name)
   */
  listTopics(options?: AdminCallOptions): Promise<ListedTopic[]> {
    return listTopics(this.cluster, options)
  }

  /**
   * Partitions, leaders and replicas of topics, in the order of the names. Never creates a topic: one that does not exist has
   * `UNKNOWN_TOPIC_OR_PARTITION` in its outcome.
   *
   * @example
   * const [topic] = throwFirst(await admin.describeTopics(['orders']))
   */
  describeTopics(names: readonly string[], options?: AdminCallOptions): Promise<DescribedTopic[]> {
    return describeTopics(this.cluster, names, options)
  }

  /**
   * Gives topics more partitions, to the total that is named: CreatePartitions, at the controller. Keys map to other partitions afterwards;
   * records stay where they are. `INVALID_PARTITIONS` when the total is not larger than it was.
   *
   * @example
   * throwFirst(await admin.createPartitions([{ topic: 'orders', count: 12 }]))
   */
  createPartitions(
    topics: readonly NewPartitions[],
    options?: CreatePartitionsOptions,
  ): Promise<GrownTopic[]> {
    return createPartitions(this.cluster, topics, options)
  }

  /**
   * Deletes the records of partitions before an offset: DeleteRecords, at each leader. `OFFSET_OUT_OF_RANGE` beyond the high watermark.
   *
   * @example
   * throwFirst(await admin.deleteRecords([{ topic: 'orders', partition: 0, beforeOffset: 1000 }]))
   */
  deleteRecords(records: readonly RecordsToDelete[], options?: AdminCallOptions): Promise<DeletedRecords[]> {
    return deleteRecords(this.cluster, records, options)
  }

  /**
   * Settings of topics, brokers and groups with the level that each value comes from: DescribeConfigs. A broker is asked for its own settings,
   * any broker for the others.
   *
   * @example
   * const [{ entries }] = await admin.describeConfigs([{ type: 'topic', name: 'orders' }])
   */
  describeConfigs(
    resources: readonly ConfigResource[],
    options?: DescribeConfigsOptions,
  ): Promise<DescribedConfigs[]> {
    return describeConfigs(this.cluster, resources, options)
  }

  /**
   * Changes the settings that are named and leaves all others: IncrementalAlterConfigs (KIP-339). `INVALID_CONFIG` is an outcome.
   *
   * @example
   * await admin.alterConfigs([
   *   { resource: { type: 'topic', name: 'orders' }, changes: [{ name: 'retention.ms', value: '3600000' }] },
   * ])
   */
  alterConfigs(
    resources: readonly ResourceChange[],
    options?: AlterConfigsOptions,
  ): Promise<AlteredConfigs[]> {
    return alterConfigs(this.cluster, resources, options)
  }

  /**
   * Replaces all settings of a resource: those that are not named go back to their defaults. AlterConfigs, for brokers before 2.3; newer ones
   * have `alterConfigs`.
   *
   * @example
   * await admin.replaceConfigs({ type: 'topic', name: 'orders' }, { 'retention.ms': '3600000' })
   */
  replaceConfigs(
    resource: ConfigResource,
    configs: Readonly<Record<string, string>>,
    options?: AlterConfigsOptions,
  ): Promise<AlteredConfigs> {
    return replaceConfigs(this.cluster, resource, configs, options)
  }

  /**
   * The quotas that are set: DescribeClientQuotas, at any broker. A filter names a user, a client id or an address; `null` is the default of its
   * type, `{ any: true }` whoever is named.
   *
   * @example
   * const quotas = await admin.describeClientQuotas({ user: 'alice' })
   */
  describeClientQuotas(
    filter?: ClientQuotaFilter,
    options?: DescribeClientQuotasOptions,
  ): Promise<DescribedClientQuotas[]> {
    return describeClientQuotas(this.cluster, filter, options)
  }

  /**
   * Sets quotas of users, client ids, both together, or addresses, and takes away those that are null: AlterClientQuotas, at the controller. What is
   * not named stays. `INVALID_REQUEST` is an outcome.
   *
   * @example
   * throwFirst(
   *   await admin.alterClientQuotas([
   *     { entity: { user: 'alice' }, values: { producer_byte_rate: 1_048_576, consumer_byte_rate: null } },
   *     { entity: { clientId: null }, values: { request_percentage: 50 } },
   *   ]),
   * )
   */
  alterClientQuotas(
    changes: readonly ClientQuotaChange[],
    options?: AlterClientQuotasOptions,
  ): Promise<AlteredClientQuotas[]> {
    return alterClientQuotas(this.cluster, changes, options)
  }

  /**
   * The brokers of the cluster, its id and its controller: DescribeCluster, or Metadata where brokers are older than 2.8.
   *
   * @example
   * const { brokers, controllerId } = await admin.describeCluster()
   */
  describeCluster(options?: AdminCallOptions): Promise<DescribedCluster> {
    return describeCluster(this.cluster, options)
  }

  /**
   * How much each partition takes on each broker’s disks: DescribeLogDirs, at every broker. A broker that does not answer for 5 seconds while
   * others do has one entry, with the error. Throws BrokerError (`CLUSTER_AUTHORIZATION_FAILED`) when it is not allowed.
   *
   * @example
   * const bytes = (await admin.describeLogDirs()).flatMap(dir => dir.partitions.map(part => part.sizeBytes))
   */
  describeLogDirs(options?: AdminCallOptions): Promise<DescribedLogDir[]> {
    return describeLogDirs(this.cluster, options)
  }

  /**
   * Offsets by position or by time, in the order of the queries: ListOffsets, at each leader. A partition that does not exist has
   * `UNKNOWN_TOPIC_OR_PARTITION` in its outcome, one whose leader cannot be reached within `timeoutMs` an OperationTimeoutError.
   *
   * @example
   * const [end] = throwFirst(await admin.listOffsets([{ topic: 'orders', partition: 0, timestamp: OffsetSpec.latest }]))
   */
  listOffsets(queries: readonly OffsetQuery[], options?: ListOffsetsOptions): Promise<FoundOffset[]> {
    return listOffsets(this.cluster, queries, options)
  }

  /**
   * Where leader epochs end: OffsetForLeaderEpoch, at each leader (KIP-320). Tells whether a log was truncated behind a reader’s back.
   *
   * @example
   * const [end] = await admin.offsetForLeaderEpoch([{ topic: 'orders', partition: 0, leaderEpoch: 3 }])
   */
  offsetForLeaderEpoch(queries: readonly EpochQuery[], options?: AdminCallOptions): Promise<EpochEnd[]> {
    return offsetForLeaderEpoch(this.cluster, queries, options)
  }

  /**
   * All groups that this client may see, sorted by id: ListGroups, at every broker. Throws when a broker of the cluster does not answer: a list
   * without its groups would look whole.
   *
   * @example
   * const idle = await admin.listGroups({ states: ['Empty'] })
   */
  listGroups(options?: ListGroupsOptions): Promise<ListedGroup[]> {
    return listGroups(this.cluster, options)
  }

  /**
   * State, members and assignments of groups, in the order of the ids: DescribeGroups, each at its coordinator. A group that does not exist is
   * `Dead`.
   *
   * @example
   * const [group] = throwFirst(await admin.describeGroups(['billing']))
   */
  describeGroups(groupIds: readonly string[], options?: AdminCallOptions): Promise<DescribedGroup[]> {
    return describeGroups(this.cluster, groupIds, options)
  }

  /**
   * Deletes groups with their committed offsets: DeleteGroups, each at its coordinator. `NON_EMPTY_GROUP` and `GROUP_ID_NOT_FOUND` are outcomes.
   *
   * @example
   * throwFirst(await admin.deleteGroups(['billing']))
   */
  deleteGroups(groupIds: readonly string[], options?: AdminCallOptions): Promise<DeletedGroup[]> {
    return deleteGroups(this.cluster, groupIds, options)
  }

  /**
   * Committed offsets of a group: of the partitions that are named, or of all it ever committed. OffsetFetch, at its coordinator. Partitions
   * without an offset are left out.
   *
   * @example
   * const offsets = await admin.groupOffsets('billing')
   */
  groupOffsets(
    groupId: string,
    partitions?: readonly TopicPartition[],
    options?: AdminCallOptions,
  ): Promise<FoundGroupOffset[]> {
    return groupOffsets(this.cluster, groupId, partitions, options)
  }

  /**
   * Sets committed offsets: OffsetCommit, at the coordinator. The group need not exist, and must have no members (`UNKNOWN_MEMBER_ID`).
   *
   * @example
   * throwFirst(await admin.alterGroupOffsets('billing', [{ topic: 'orders', partition: 0, offset: 0 }]))
   */
  alterGroupOffsets(
    groupId: string,
    offsets: readonly GroupOffset[],
    options?: AdminCallOptions,
  ): Promise<GroupOffsetOutcome[]> {
    return alterGroupOffsets(this.cluster, groupId, offsets, options)
  }

  /**
   * Deletes committed offsets: OffsetDelete, at the coordinator. `GROUP_SUBSCRIBED_TO_TOPIC` while a member is subscribed to the topic.
   *
   * @example
   * throwFirst(await admin.deleteGroupOffsets('billing', [{ topic: 'orders', partition: 0 }]))
   */
  deleteGroupOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
    options?: AdminCallOptions,
  ): Promise<GroupOffsetOutcome[]> {
    return deleteGroupOffsets(this.cluster, groupId, partitions, options)
  }

  /**
   * Makes members leave a group, which then rebalances: LeaveGroup, at the coordinator (KIP-345). `UNKNOWN_MEMBER_ID` is an outcome.
   *
   * @example
   * throwFirst(await admin.removeMembers('billing', [{ groupInstanceId: 'worker-1' }]))
   */
  removeMembers(
    groupId: string,
    members: readonly MemberToRemove[],
    options?: AdminCallOptions & { readonly reason?: string },
  ): Promise<RemovedMember[]> {
    return removeMembers(this.cluster, groupId, members, options)
  }

  /**
   * Makes, replaces and deletes users that log in by SCRAM: AlterUserScramCredentials, at the controller (KIP-554). Passwords do not leave this
   * process. `RESOURCE_NOT_FOUND` and `UNACCEPTABLE_CREDENTIAL` are outcomes, one a user.
   *
   * @example
   * throwFirst(await admin.alterUserScramCredentials([{ user: 'alice', mechanism: 'scram-sha-512', password }]))
   */
  alterUserScramCredentials(
    changes: readonly ScramCredentialChange[],
    options?: AdminCallOptions,
  ): Promise<AlteredScramUser[]> {
    return alterUserScramCredentials(this.cluster, changes, options)
  }

  /**
   * Users that log in by SCRAM, sorted by name, with mechanisms and iterations: those that are named, or all. DescribeUserScramCredentials, at
   * the controller. `RESOURCE_NOT_FOUND` is an outcome.
   *
   * @example
   * const names = (await admin.describeUserScramCredentials()).map(({ user }) => user)
   */
  describeUserScramCredentials(
    users?: readonly string[],
    options?: AdminCallOptions,
  ): Promise<DescribedScramUser[]> {
    return describeUserScramCredentials(this.cluster, users, options)
  }

  /** Closes all connections at once, unless they belong to a `Cluster` that was given. What is under way fails with ClosedError. */
  close(): void {
    if (this.#owned) this.cluster.close()
  }

  /** The same as `close`, for `await using`. */
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
