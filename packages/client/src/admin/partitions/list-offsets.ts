// Admin: offsets of partitions by position or time.
import { ListOffsetsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import {
  entry,
  moment,
  listOf,
  oneOf,
  optional,
  optionsWith,
  partitionFields,
} from '../../config/arguments.ts'
import { askLeaders } from '../by-leader.ts'
import type { AdminCallOptions } from '../call-options.ts'
import type { Outcome } from '../outcome.ts'

/** The timestamps with a meaning of their own (`ListOffsetsRequest`). */
export const OffsetSpec = {
  /** The end: one past the last record that may be read. */
  latest: -1,
  /** The log start offset. */
  earliest: -2,
  /** The record with the largest timestamp. From broker 3.0 on. */
  maxTimestamp: -3,
  /** The first offset on the broker's own disk. From broker 3.6 on. */
  earliestLocal: -4,
  /** The last offset in tiered storage. From broker 3.9 on. */
  latestTiered: -5,
  /** The first offset that is not in tiered storage yet. From broker 4.2 on (KIP-1023). */
  earliestPendingUpload: -6,
} as const

/** What to look for in one partition. */
export interface OffsetQuery extends TopicPartition {
  /** One of `OffsetSpec`, or ms since the epoch: the first record at or after it. */
  readonly timestamp: number
}

/** Options of `listOffsets`. */
export interface ListOffsetsOptions extends AdminCallOptions {
  /** With `read_committed`, `latest` is the last stable offset. Default `read_uncommitted`. */
  readonly isolationLevel?: 'read_committed' | 'read_uncommitted'
}

/** What was found in one partition. */
export interface FoundOffset extends TopicPartition, Outcome {
  /** −1 when no record is that young. */
  readonly offset: number
  /** Of the record found; −1 for the special timestamps. */
  readonly timestamp: number
  /** Epoch of the leader that wrote the record; −1 where there is none. */
  readonly leaderEpoch: number
}

/** Which version a special timestamp needs. */
const versionsMin: Readonly<Record<number, number>> = { [-3]: 7, [-4]: 8, [-5]: 9, [-6]: 11 }

const checkQueries = listOf(entry({ ...partitionFields, timestamp: moment }))

const checkOptions = optionsWith({
  isolationLevel: optional(oneOf(['read_committed', 'read_uncommitted'])),
})

/** Finds offsets, in the order asked for. */
export async function listOffsets(
  cluster: Cluster,
  queries: readonly OffsetQuery[],
  options: ListOffsetsOptions = {},
): Promise<FoundOffset[]> {
  checkQueries('listOffsets: queries', queries)
  checkOptions('listOffsets: options', options)
  const minVersion = Math.max(1, ...queries.map(query => versionsMin[query.timestamp] ?? 1))
  const isolationLevel = options.isolationLevel === 'read_committed' ? 1 : 0
  const what = 'listing offsets'
  const outcomes = await askLeaders(cluster, what, queries, options, async (leader, share) => {
    const topics = groupByTopic(share).map(([name, entries]) => ({
      name,
      partitions: entries.map(({ partition, timestamp }) => ({ partitionIndex: partition, timestamp })),
    }))
    const response = await cluster.request(
      ListOffsetsApi,
      version => ({ replicaId: -1, ...(version >= 2 && { isolationLevel }), topics }),
      { to: { broker: leader }, minVersion, signal: options.signal },
    )
    return response.topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, ...found }) => ({
        topic: name,
        partition: partitionIndex,
        ...found,
      })),
    )
  })
  return queries.map(({ topic, partition }, index) => {
    const { answer, error } = outcomes[index]!
    const { offset = -1, timestamp = -1, leaderEpoch = -1 } = answer ?? {}
    return { topic, partition, offset, timestamp, leaderEpoch, error }
  })
}
