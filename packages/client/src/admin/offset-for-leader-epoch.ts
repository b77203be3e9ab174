// Admin: where a leader epoch ends, to find out whether a log was truncated (KIP-320).
import { OffsetForLeaderEpochApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../cluster/topic-partition.ts'
import { entry, integer, listOf, partitionFields } from './arguments.ts'
import { askLeaders } from './by-leader.ts'
import { type AdminCallOptions, type Outcome, outcomeError } from './outcome.ts'

export interface EpochQuery extends TopicPartition {
  readonly leaderEpoch: number
}

export interface EpochEnd extends TopicPartition, Outcome {
  /** The largest epoch at or below the one asked for; −1 for none. */
  readonly leaderEpoch: number
  /** One past its last offset; −1 for none. */
  readonly endOffset: number
}

const checkQueries = listOf(entry({ ...partitionFields, leaderEpoch: integer }))

/** Asks each leader for the end of an epoch. Throws BrokerError for a topic or partition that does not exist. */
export async function offsetForLeaderEpoch(
  cluster: Cluster,
  queries: readonly EpochQuery[],
  options: AdminCallOptions = {},
): Promise<EpochEnd[]> {
  checkQueries('offsetForLeaderEpoch: queries', queries)
  const what = 'looking up the end of a leader epoch'
  const answers = await askLeaders(cluster, what, queries, options, async (leader, share) => {
    const response = await cluster.request(
      OffsetForLeaderEpochApi,
      version => ({
        ...(version >= 3 && { replicaId: -1 }),
        topics: groupByTopic(share).map(([topic, entries]) => ({
          topic,
          partitions: entries.map(({ partition, leaderEpoch }) => ({ partition, leaderEpoch })),
        })),
      }),
      { to: { broker: leader }, signal: options.signal },
    )
    const found = new Map(
      response.topics.flatMap(({ topic, partitions }) =>
        partitions.map(entry => [`${topic}-${entry.partition}`, entry] as const),
      ),
    )
    return share.map(({ topic, partition }) => {
      const entry = found.get(`${topic}-${partition}`)!
      return { errorCode: entry.errorCode, result: entry }
    })
  })
  return queries.map(query => {
    const { topic, partition } = query
    const { errorCode, result } = answers.get(query)!
    const { leaderEpoch, endOffset } = result
    return {
      topic,
      partition,
      leaderEpoch,
      endOffset,
      error: outcomeError(errorCode, `${what} of ${topic}-${partition}`),
    }
  })
}
