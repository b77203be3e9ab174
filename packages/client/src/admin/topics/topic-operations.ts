// What `Admin` does with topics.
import type { AnyTopic } from '../../topic/topic.ts'
import type { AdminCallOptions } from '../call-options.ts'
import { ClusterOperations } from '../cluster/cluster-operations.ts'
import {
  type CreatePartitionsOptions,
  createPartitions,
  type GrownTopic,
  type NewPartitions,
} from './create-partitions.ts'
import { type CreatedTopic, type CreateTopicsOptions, createTopics, type NewTopic } from './create-topics.ts'
import { type DeletedTopic, deleteTopics } from './delete-topics.ts'
import { type DescribedTopic, type DescribeTopicsOptions, describeTopics } from './describe-topics.ts'
import { type ListedTopic, listTopics } from './list-topics.ts'
import type { MutationOptions } from './mutation.ts'
import type { TopicById } from './topic-by-id.ts'

/** A part of `Admin`. */
export abstract class TopicOperations extends ClusterOperations {
  /**
   * Creates topics: CreateTopics, at the controller. Outcomes have `TOPIC_ALREADY_EXISTS`, `INVALID_TOPIC_EXCEPTION`, `INVALID_CONFIG`,
   * `INVALID_REPLICATION_FACTOR` and the like; what a quota refuses is tried again. Throws OperationTimeoutError when no controller answers within
   * `timeoutMs`. Repeating it is safe: a topic that is there has `TOPIC_ALREADY_EXISTS`, also where an answer was lost and the request went again.
   *
   * @example
   * throwFirst(await admin.createTopics([{ name: 'orders', partitions: 6, configs: { 'retention.ms': '86400000' } }]))
   * throwFirst(await admin.createTopics([orders])) // made by `topic('orders', { partitions: 6, … })`
   */
  createTopics(
    topics: readonly (NewTopic | AnyTopic)[],
    options?: CreateTopicsOptions,
  ): Promise<CreatedTopic[]> {
    return createTopics(this.cluster, topics, options)
  }

  /**
   * Deletes topics with all their records, by name or by id (broker 2.8 on), in the order given: DeleteTopics, at the controller.
   * `UNKNOWN_TOPIC_OR_PARTITION`, `UNKNOWN_TOPIC_ID` and `TOPIC_DELETION_DISABLED` are outcomes. Repeating it by id is safe; by name it may meet a topic
   * that was made since. One that is gone has `UNKNOWN_TOPIC_OR_PARTITION` or `UNKNOWN_TOPIC_ID`, also where an answer was lost and the request went
   * again.
   *
   * @example
   * throwFirst(await admin.deleteTopics(['orders']))
   */
  deleteTopics(topics: readonly (string | TopicById)[], options?: MutationOptions): Promise<DeletedTopic[]> {
    return deleteTopics(this.cluster, topics, options)
  }

  /**
   * All topics that this client may see, internal ones too, sorted by name: Metadata, at any broker. Topics that it may not see are left out. Throws
   * UnsupportedVersionError for brokers before 0.11. Changes nothing: repeat it at will.
   *
   * @example
   * const names = (await admin.listTopics()).filter(topic => !topic.isInternal).map(topic => topic.name)
   */
  listTopics(options?: AdminCallOptions): Promise<ListedTopic[]> {
    return listTopics(this.cluster, options)
  }

  /**
   * Partitions, leaders and replicas of topics, by name or by id, in the order given, or of all that this client may see: DescribeTopicPartitions, page by
   * page, or Metadata. Never creates a topic: one that does not exist has `UNKNOWN_TOPIC_OR_PARTITION` or `UNKNOWN_TOPIC_ID` in its outcome. Changes
   * nothing: repeat it at will.
   *
   * @example
   * const [orders] = throwFirst(await admin.describeTopics(['orders']))
   * const [same] = throwFirst(await admin.describeTopics([{ topicId: orders!.topicId }]))
   */
  describeTopics(
    topics?: readonly (string | TopicById)[],
    options?: DescribeTopicsOptions,
  ): Promise<DescribedTopic[]> {
    return describeTopics(this.cluster, topics, options)
  }

  /**
   * Gives topics more partitions, to the total that is named: CreatePartitions, at the controller. Keys map to other partitions afterwards; records stay
   * where they are. `INVALID_PARTITIONS` when the total is not larger than it was. `INVALID_REPLICA_ASSIGNMENT`, `REASSIGNMENT_IN_PROGRESS` and
   * `UNKNOWN_TOPIC_OR_PARTITION` are outcomes, too. Repeating it is safe: a total that is reached has `INVALID_PARTITIONS`, also where an answer was lost
   * and the request went again.
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
}
