// What `Admin` does with groups of consumers.
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { ConfigOperations } from '../configs/config-operations.ts'
import type { ListOffsetsOptions } from '../partitions/list-offsets.ts'
import { alterGroupOffsets } from './alter-group-offsets.ts'
import type { FoundGroupOffset, GroupOffset, GroupOffsetOutcome } from './committed-offset.ts'
import { deleteGroupOffsets } from './delete-group-offsets.ts'
import { type DeletedGroup, deleteGroups } from './delete-groups.ts'
import { describeGroupLag, type GroupLag } from './describe-group-lag.ts'
import { describeGroups } from './describe-groups.ts'
import type { DescribeGroupsOptions } from './describe-options.ts'
import { describeStreamsGroups } from './describe-streams-groups.ts'
import type { DescribedGroup } from './described-group.ts'
import type { DescribedStreamsGroup } from './described-streams-group.ts'
import { groupOffsets } from './group-offsets.ts'
import {
  type GroupOffsets,
  type GroupOffsetsOptions,
  type GroupOffsetsQuery,
  listGroupOffsets,
} from './list-group-offsets.ts'
import { type ListedGroup, type ListGroupsOptions, listGroups } from './list-groups.ts'
import {
  type MemberToRemove,
  type RemovedMember,
  removeMembers,
  type RemoveMembersOptions,
} from './remove-members.ts'

/** A part of `Admin`. */
export abstract class GroupOperations extends ConfigOperations {
  /**
   * All groups that this client may see, of every kind, or those of some states and types, sorted by id: ListGroups, at every broker. Throws when a broker
   * of the cluster does not answer: a list without its groups would look whole. That is a ConnectionError, a RequestTimeoutError or a BrokerError. Changes
   * nothing: repeat it at will.
   *
   * @example
   * const idle = await admin.listGroups({ states: ['Empty'] })
   */
  listGroups(options?: ListGroupsOptions): Promise<ListedGroup[]> {
    return listGroups(this.cluster, options)
  }

  /**
   * State, members and assignments of groups of either protocol, in the order of the ids: ConsumerGroupDescribe or DescribeGroups, each at its
   * coordinator. A group that does not exist is `Dead`; brokers from 4.0 on say `GROUP_ID_NOT_FOUND` with it. `GROUP_AUTHORIZATION_FAILED` is an outcome.
   * Changes nothing: repeat it at will.
   *
   * @example
   * const [group] = throwFirst(await admin.describeGroups(['billing']))
   */
  describeGroups(groupIds: readonly string[], options?: DescribeGroupsOptions): Promise<DescribedGroup[]> {
    return describeGroups(this.cluster, groupIds, options)
  }

  /**
   * How far groups are behind: DescribeGroups and OffsetFetch at each coordinator, ListOffsets at each leader. With `isolationLevel: 'read_committed'` the
   * ends are last stable offsets. A partition that cannot be looked up has its error in its own entry. `GROUP_ID_NOT_FOUND` and
   * `GROUP_AUTHORIZATION_FAILED` are outcomes of a group. Changes nothing: repeat it at will.
   *
   * @example
   * const [group] = throwFirst(await admin.describeGroupLag(['billing']))
   * const behind = group!.partitions.filter(({ lag }) => lag !== undefined && lag > 1_000)
   */
  describeGroupLag(groupIds: readonly string[], options?: ListOffsetsOptions): Promise<GroupLag[]> {
    return describeGroupLag(this.cluster, groupIds, options)
  }

  /**
   * Deletes groups of any kind with their committed offsets: DeleteGroups, each at its coordinator. `NON_EMPTY_GROUP` and `GROUP_ID_NOT_FOUND` are
   * outcomes. Repeating it is safe: a group that is gone has `GROUP_ID_NOT_FOUND`, also where an answer was lost and the request went again.
   *
   * @example
   * throwFirst(await admin.deleteGroups(['billing']))
   */
  deleteGroups(groupIds: readonly string[], options?: AdminCallOptions): Promise<DeletedGroup[]> {
    return deleteGroups(this.cluster, groupIds, options)
  }

  /**
   * Committed offsets of a group: of the partitions that are named, or of all it ever committed. OffsetFetch, at its coordinator. Partitions without an
   * offset are left out. Throws BrokerError (`GROUP_AUTHORIZATION_FAILED`). Changes nothing: repeat it at will.
   *
   * @example
   * const offsets = await admin.groupOffsets('billing')
   */
  groupOffsets(
    groupId: string,
    partitions?: readonly TopicPartition[],
    options?: GroupOffsetsOptions,
  ): Promise<FoundGroupOffset[]> {
    return groupOffsets(this.cluster, groupId, partitions, options)
  }

  /**
   * Committed offsets of several groups, in the order given, of all their partitions or of those that are named: OffsetFetch, one request to each
   * coordinator where brokers take that (3.0 on). A group that does not exist has none. `GROUP_AUTHORIZATION_FAILED` is an outcome. Changes nothing:
   * repeat it at will.
   *
   * @example
   * const [billing, mails] = throwFirst(
   *   await admin.listGroupOffsets(['billing', { groupId: 'mails', partitions: [{ topic: 'orders', partition: 0 }] }]),
   * )
   */
  listGroupOffsets(
    groups: readonly (string | GroupOffsetsQuery)[],
    options?: GroupOffsetsOptions,
  ): Promise<GroupOffsets[]> {
    return listGroupOffsets(this.cluster, groups, options)
  }

  /**
   * Sets committed offsets: OffsetCommit, at the coordinator. The group need not exist, and must have no members (`UNKNOWN_MEMBER_ID`). That,
   * `UNKNOWN_TOPIC_OR_PARTITION`, `OFFSET_METADATA_TOO_LARGE` and `GROUP_AUTHORIZATION_FAILED` are outcomes. Repeating it is safe as long as nobody has
   * joined: then it is refused.
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
   * Deletes committed offsets: OffsetDelete, at the coordinator. `GROUP_SUBSCRIBED_TO_TOPIC` while a member is subscribed to the topic. That and
   * `UNKNOWN_TOPIC_OR_PARTITION` are outcomes. Throws BrokerError (`GROUP_ID_NOT_FOUND`, `NON_EMPTY_GROUP`, `GROUP_AUTHORIZATION_FAILED`). Repeating it is
   * safe: an offset that is gone is no error.
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
   * Makes members leave a group, or all that it has (`'all'`), and it then rebalances: LeaveGroup, at the coordinator (KIP-345). `UNKNOWN_MEMBER_ID` is an
   * outcome. Who runs joins again. Throws BrokerError (`GROUP_AUTHORIZATION_FAILED`). Repeating it is safe with member ids; instance ids and `'all'` meet
   * those that have joined since.
   *
   * @example
   * throwFirst(await admin.removeMembers('billing', [{ groupInstanceId: 'worker-1' }]))
   */
  removeMembers(
    groupId: string,
    members: readonly MemberToRemove[] | 'all',
    options?: RemoveMembersOptions,
  ): Promise<RemovedMember[]> {
    return removeMembers(this.cluster, groupId, members, options)
  }

  /**
   * Topology, members and tasks of streams groups (KIP-1071), in the order of the ids: StreamsGroupDescribe, each at its coordinator. `GROUP_ID_NOT_FOUND`
   * is an outcome. Their offsets are read, set and deleted as those of other groups. Changes nothing: repeat it at will.
   *
   * @example
   * const [counts] = throwFirst(await admin.describeStreamsGroups(['word-counts']))
   */
  describeStreamsGroups(
    groupIds: readonly string[],
    options?: DescribeGroupsOptions,
  ): Promise<DescribedStreamsGroup[]> {
    return describeStreamsGroups(this.cluster, groupIds, options)
  }
}
