// Admin: list topics.
import { MetadataApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { optionsWith } from '../../config/arguments.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'

/** One topic of the list. */
export interface ListedTopic {
  /** The topic’s name. */
  readonly name: string
  /** Its id; all-zero where the broker is older than 2.8. */
  readonly topicId: string
  /** Whether it is Kafka’s own, such as `__consumer_offsets`. */
  readonly isInternal: boolean
  /** How many partitions it has. */
  readonly partitions: number
  /** Replicas of its first partition. */
  readonly replicationFactor: number
}

const checkOptions = optionsWith()

/** All topics that this client may see, sorted by name. */
export async function listTopics(cluster: Cluster, options: AdminCallOptions = {}): Promise<ListedTopic[]> {
  checkOptions('listTopics: options', options)
  const response = await cluster.call(
    MetadataApi,
    { topics: null, allowAutoTopicCreation: false },
    { ...callOptions(options), what: 'listing topics', minVersion: 4, check: () => {} },
  )
  return response.topics
    .filter(topic => topic.errorCode === 0 && topic.name !== null)
    .map(topic => ({
      name: topic.name ?? '',
      topicId: topic.topicId,
      isInternal: topic.isInternal,
      partitions: topic.partitions.length,
      replicationFactor: topic.partitions[0]?.replicaNodes.length ?? 0,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
