// Admin: where a leader epoch ends, to find out whether a log was truncated (KIP-320).
import { OffsetForLeaderEpochApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import { entry, int32, listOf, optionsWith, partitionFields } from '../../config/arguments.ts'
import { askLeaders } from '../by-leader.ts'
import type { AdminCallOptions } from '../call-options.ts'
import type { Outcome } from '../outcome.ts'

/** The leader epoch to look up in one partition. */
export interface EpochQuery extends TopicPartition {
  /** The epoch whose end is asked for. */
  readonly leaderEpoch: number
}

/** Where an epoch ends in one partition. */
export interface EpochEnd extends TopicPartition, Outcome {
  /** The largest epoch at or below the one asked for; −1 for none. */
  readonly leaderEpoch: number
  /** One past its last offset; −1 for none. */
  readonly endOffset: number
}

const checkQueries = listOf(entry({ ...partitionFields, leaderEpoch: int32 }))

const checkOptions = optionsWith()

/** Asks each leader for the end of an epoch. */
export async function offsetForLeaderEpoch(
  cluster: Cluster,
  queries: readonly EpochQuery[],
  options: AdminCallOptions = {},
): Promise<EpochEnd[]> {
  checkQueries('offsetForLeaderEpoch: queries', queries)
  checkOptions('offsetForLeaderEpoch: options', options)
  const what = 'looking up the end of a leader epoch'
  const outcomes = await askLeaders(cluster, what, queries, options, async (leader, share) => {
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
    return response.topics.flatMap(({ topic, partitions }) => partitions.map(found => ({ topic, ...found })))
  })
  return queries.map(({ topic, partition }, index) => {
    const { answer, error } = outcomes[index]!
    const { leaderEpoch = -1, endOffset = -1 } = answer ?? {}
    return { topic, partition, leaderEpoch, endOffset, error }
  })
}
