// What `Admin` does with share groups.
import type { TopicPartition } from '../../cluster/topic-partition.ts'
import type { AdminCallOptions } from '../call-options.ts'
import {
  alterShareGroupOffsets,
  type NewShareGroupOffset,
  type ShareGroupOffsetOutcome,
} from './alter-share-group-offsets.ts'
import { type DeletedShareGroupOffsets, deleteShareGroupOffsets } from './delete-share-group-offsets.ts'
import type { DescribeGroupsOptions } from './describe-options.ts'
import { type DescribedShareGroup, describeShareGroups } from './describe-share-groups.ts'
import { GroupOperations } from './group-operations.ts'
import { type ShareGroupOffset, shareGroupOffsets } from './share-group-offsets.ts'

/** A part of `Admin`. */
export abstract class ShareOperations extends GroupOperations {
  /**
   * State, members and assignments of share groups, in the order of the ids: ShareGroupDescribe, each at its coordinator. `GROUP_ID_NOT_FOUND` is an
   * outcome. Changes nothing: repeat it at will.
   *
   * @example
   * const [mailer] = throwFirst(await admin.describeShareGroups(['mailer']))
   */
  describeShareGroups(
    groupIds: readonly string[],
    options?: DescribeGroupsOptions,
  ): Promise<DescribedShareGroup[]> {
    return describeShareGroups(this.cluster, groupIds, options)
  }

  /**
   * Where a share group stands, and how many records are left, in the partitions that are named or in all that it ever delivered of:
   * DescribeShareGroupOffsets, at its coordinator. A group that does not exist has none. Throws BrokerError (`GROUP_AUTHORIZATION_FAILED`). Changes
   * nothing: repeat it at will.
   *
   * @example
   * const offsets = await admin.shareGroupOffsets('mailer')
   */
  shareGroupOffsets(
    groupId: string,
    partitions?: readonly TopicPartition[],
    options?: AdminCallOptions,
  ): Promise<ShareGroupOffset[]> {
    return shareGroupOffsets(this.cluster, groupId, partitions, options)
  }

  /**
   * Sets where a share group goes on: AlterShareGroupOffsets, at its coordinator. The group need not exist, and must have no members. Throws BrokerError
   * (`NON_EMPTY_GROUP`). Repeating it is safe as long as nobody has joined: then it is refused.
   *
   * @example
   * throwFirst(await admin.alterShareGroupOffsets('mailer', [{ topic: 'mails', partition: 0, startOffset: 0 }]))
   */
  alterShareGroupOffsets(
    groupId: string,
    offsets: readonly NewShareGroupOffset[],
    options?: AdminCallOptions,
  ): Promise<ShareGroupOffsetOutcome[]> {
    return alterShareGroupOffsets(this.cluster, groupId, offsets, options)
  }

  /**
   * Deletes what a share group without members remembers of topics: DeleteShareGroupOffsets, at its coordinator. Throws BrokerError (`NON_EMPTY_GROUP`,
   * `GROUP_ID_NOT_FOUND`). `UNKNOWN_TOPIC_OR_PARTITION` is an outcome. Repeating it is safe as long as nobody has joined: then it is refused.
   *
   * @example
   * throwFirst(await admin.deleteShareGroupOffsets('mailer', ['mails']))
   */
  deleteShareGroupOffsets(
    groupId: string,
    topics: readonly string[],
    options?: AdminCallOptions,
  ): Promise<DeletedShareGroupOffsets[]> {
    return deleteShareGroupOffsets(this.cluster, groupId, topics, options)
  }
}
