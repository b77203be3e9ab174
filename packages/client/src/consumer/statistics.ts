// Counts of a consumer as plain numbers, put together when they are asked for.
import type { Assignment } from './assignment.ts'
import type { ConsumerCounters, ConsumerTopicStatistics } from './counters.ts'
import type { Handout } from './handout.ts'

/** A partition that the consumer has at present. */
export interface ConsumerPartitionStatistics {
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** Offset of the next record that will be handed out; undefined while the starting point is looked up. */
  readonly position: number | undefined
  /** The offset that the group has committed, as far as this consumer knows; undefined where it knows of none. */
  readonly committed: number | undefined
  /** End of the log as of the last fetch; undefined before the first. With `read_committed` the last stable offset. */
  readonly endOffset: number | undefined
  /** Offsets between position and end, as of the last fetch; undefined before the first. */
  readonly lag: number | undefined
  /** Bytes that are fetched and not handed out. */
  readonly bufferedBytes: number
}

/** Counts since the consumer was made. They only rise, but for what is at present: rates are differences over time. */
export interface ConsumerStatistics {
  /** Records that the user got. What came again, after an error, counts again. */
  readonly recordsConsumed: number
  /** Bytes of them as they were fetched, compressed; those of a batch that was begun count in full. */
  readonly bytesConsumed: number
  /** Fetches that were answered, empty or not. */
  readonly fetches: number
  /** Fetches without an answer, or refused as a whole. */
  readonly fetchesFailed: number
  /** Sum over answered fetches, from asking to the answer: by `fetches` it is the mean. A broker waits up to `fetchMaxWaitMs` for data. */
  readonly fetchMsTotal: number
  /** Bytes of records that came, compressed. */
  readonly bytesFetched: number
  /** Bytes that are fetched and not handed out at present. */
  readonly bufferedBytes: number
  /** Commits of offsets that were accepted. */
  readonly commits: number
  /** Commits that were refused, or out of time. */
  readonly commitsFailed: number
  /** Sum over accepted commits, retries included. */
  readonly commitMsTotal: number
  /** Rebalances that the member came out of with its share. */
  readonly rebalances: number
  /** Rebalances that ended the membership. */
  readonly rebalancesFailed: number
  /** Sum over completed rebalances, from joining to having the share. */
  readonly rebalanceMsTotal: number
  /** Partitions that were taken away before they could be given up. */
  readonly partitionsLost: number
  /** Time in which the user waited for records, in all. What is missing to the time that has passed, the user's code took, or nobody asked. */
  readonly idleMsTotal: number
  /** Partitions that the consumer has at present. */
  readonly partitions: readonly ConsumerPartitionStatistics[]
  /** Counts of each topic that was read. */
  readonly topics: readonly ConsumerTopicStatistics[]
}

export function consumerStatistics(
  counters: ConsumerCounters,
  assignment: Assignment,
  handout: Handout,
  readCommitted: boolean,
): ConsumerStatistics {
  const topics = withHeld(counters.topics(), handout)
  return {
    recordsConsumed: topics.reduce((sum, { recordsConsumed }) => sum + recordsConsumed, 0),
    bytesConsumed: topics.reduce((sum, { bytesConsumed }) => sum + bytesConsumed, 0),
    fetches: counters.fetches,
    fetchesFailed: counters.fetchesFailed,
    fetchMsTotal: counters.fetchMs,
    bytesFetched: counters.bytesFetched,
    bufferedBytes: assignment.bufferedBytes,
    commits: counters.commits,
    commitsFailed: counters.commitsFailed,
    commitMsTotal: counters.commitMs,
    rebalances: counters.rebalances,
    rebalancesFailed: counters.rebalancesFailed,
    rebalanceMsTotal: counters.rebalanceMs,
    partitionsLost: counters.partitionsLost,
    idleMsTotal: handout.idleMs,
    partitions: partitionStatistics(assignment, readCommitted),
    topics,
  }
}

/** The counts with what the user has in hand at present. */
function withHeld(topics: ConsumerTopicStatistics[], handout: Handout): ConsumerTopicStatistics[] {
  const byName = new Map(topics.map(counts => [counts.topic, counts]))
  for (const { chunk, readBefore } of handout.inHand) {
    const { topic } = chunk
    const before = byName.get(topic) ?? { topic, recordsConsumed: 0, bytesConsumed: 0 }
    byName.set(topic, {
      topic,
      recordsConsumed: before.recordsConsumed + chunk.recordsRead - readBefore,
      bytesConsumed: before.bytesConsumed + (readBefore === 0 ? chunk.sizeBytes : 0),
    })
  }
  return [...byName.values()]
}

function partitionStatistics(assignment: Assignment, readCommitted: boolean): ConsumerPartitionStatistics[] {
  return Array.from(assignment, state => {
    const { topic, partition, position, bufferedBytes } = state
    const end = readCommitted ? state.lastStableOffset : state.highWatermark
    return {
      topic,
      partition,
      position,
      committed: state.committed < 0 ? undefined : state.committed,
      endOffset: end < 0 ? undefined : end,
      lag: position === undefined || end < 0 ? undefined : Math.max(0, end - position),
      bufferedBytes,
    }
  })
}
