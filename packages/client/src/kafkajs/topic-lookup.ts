// Looks up topics that are named, as often as `retry` says: one that there is not may be made by asking for it.
import type { Cluster } from '../cluster/cluster.ts'
import { protocolError, rethrow } from './protocol-errors.ts'
import { type RetrySettings, withRetries } from './retry.ts'
import type { Settings } from './settings.ts'

const unknownTopicOrPartition = 3

/** Throws KafkaJSProtocolError for a topic that may not be seen, and KafkaJSNumberOfRetriesExceeded for one that does not come. */
export function lookUpTopics(
  cluster: Cluster,
  names: readonly string[],
  settings: Settings,
  retry: RetrySettings,
): Promise<void> {
  return withRetries(settings, retry, async () => {
    await cluster.refreshMetadata(names).catch(rethrow)
    const missing = names.find(name => !cluster.metadata.topic(name))
    if (missing === undefined) return
    throw protocolError(cluster.metadata.problemOf(missing)?.errorCode ?? unknownTopicOrPartition)
  })
}
