// Admin: list topics.
import { MetadataApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { optionsWith } from './arguments.ts'
import { type AdminCallOptions, callOptions } from './call-options.ts'

export interface ListedTopic {
  readonly name: string
  readonly topicId: string
  readonly isInternal: boolean
  readonly partitions: number
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
