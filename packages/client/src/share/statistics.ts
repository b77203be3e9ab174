// Counts of a share consumer as plain numbers, put together when they are asked for.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { ShareCounters, ShareTopicStatistics } from './counters.ts'

/** Counts since the consumer was made. They only rise, but for what is at present: rates are differences over time. */
export interface ShareConsumerStatistics {
  /** Records that the user got. What was delivered again counts again. */
  readonly recordsConsumed: number
  /** Records that brokers gave this member to hold. Those whose locks ran out before anybody asked for them never came to the user. */
  readonly recordsAcquired: number
  /** Records that are acquired and not handed out at present. Their locks run. */
  readonly recordsWaiting: number
  /** Records in the user's hands at present: nothing final was said of them. */
  readonly recordsInHand: number
  /** Records that brokers took as processed. */
  readonly recordsAccepted: number
  /** Records that brokers took back, to deliver them again. */
  readonly recordsReleased: number
  /** Records that brokers put away for good, poisoned ones included. */
  readonly recordsRejected: number
  /** Times that brokers gave a record another lock duration. */
  readonly recordsRenewed: number
  /** Records of which brokers did not take what was said: most of them come again. */
  readonly acknowledgementsFailed: number
  /** Records that `onPoison` passed over. */
  readonly recordsPoisoned: number
  /** Fetches that were answered, empty or not. */
  readonly fetches: number
  /** Fetches without an answer, or refused as a whole. */
  readonly fetchesFailed: number
  /** Sum over answered fetches, from asking to the answer: by `fetches` it is the mean. A broker waits up to `fetchMaxWaitMs` for data. */
  readonly fetchMsTotal: number
  /** Bytes of batches that came, compressed. Whole batches come, of which some records may be other members'. */
  readonly bytesFetched: number
  /** Changes of what this member shares. */
  readonly rebalances: number
  /** Changes that ended the membership. */
  readonly rebalancesFailed: number
  /** Sum over completed changes; for the first one, from joining. */
  readonly rebalanceMsTotal: number
  /** Time in which the user waited for records, in all. What is missing to the time that has passed, the user's code took, or nobody asked. */
  readonly idleMsTotal: number
  /** Partitions that this member shares at present. */
  readonly partitions: readonly TopicPartition[]
  /** Counts of each topic that was read. */
  readonly topics: readonly ShareTopicStatistics[]
}

/** What a share consumer has in hand, and how long it waited. */
interface Holdings {
  readonly waitingCount: number
  readonly inHandCount: number
  readonly idleMs: number
}

export function shareStatistics(
  counters: ShareCounters,
  holdings: Holdings,
  partitions: readonly TopicPartition[],
  recordsPoisoned: number,
): ShareConsumerStatistics {
  const topics = counters.topics()
  const { accept, release, reject, renew } = counters.acknowledged
  return {
    recordsConsumed: topics.reduce((sum, { recordsConsumed }) => sum + recordsConsumed, 0),
    recordsAcquired: counters.recordsAcquired,
    recordsWaiting: holdings.waitingCount,
    recordsInHand: holdings.inHandCount,
    recordsAccepted: accept,
    recordsReleased: release,
    recordsRejected: reject,
    recordsRenewed: renew,
    acknowledgementsFailed: counters.acknowledgementsFailed,
    recordsPoisoned,
    fetches: counters.fetches,
    fetchesFailed: counters.fetchesFailed,
    fetchMsTotal: counters.fetchMs,
    bytesFetched: counters.bytesFetched,
    rebalances: counters.rebalances,
    rebalancesFailed: counters.rebalancesFailed,
    rebalanceMsTotal: counters.rebalanceMs,
    idleMsTotal: holdings.idleMs,
    partitions,
    topics,
  }
}
