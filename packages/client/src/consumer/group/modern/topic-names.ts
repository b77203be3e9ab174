// The names of topics that a coordinator speaks of by their ids.
import { MetadataApi } from '@millrace/protocol'
import type { Cluster } from '../../../cluster/cluster.ts'

/** The first version that looks topics up by id. */
const byIdFrom = 12

/** Names by id, from what is known or looked up; topics that brokers do not know (yet, or any more) are left out. Throws as `Cluster.request` does. */
export async function findTopicNames(
  cluster: Cluster,
  topicIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { metadata } = cluster
  const unknown = topicIds.filter(topicId => metadata.topicNameOf(topicId) === undefined)
  if (unknown.length > 0) {
    const topics = unknown.map(topicId => ({ topicId, name: null }))
    const body = { topics, allowAutoTopicCreation: false }
    metadata.update(await cluster.request(MetadataApi, body, { minVersion: byIdFrom }), false)
  }
  const names = new Map<string, string>()
  for (const topicId of topicIds) {
    const name = metadata.topicNameOf(topicId)
    if (name === undefined) continue
    names.set(topicId, name)
    cluster.useTopic(name)
  }
  return names
}
