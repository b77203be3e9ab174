// Sends one request to each leader of the partitions concerned and retries the partitions whose leader moved.
import { ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { BrokerError, isMetadataCode } from '../errors/index.ts'
import type { AdminCallOptions } from './outcome.ts'

/** An unknown topic is final once it was asked for this long: one that was just created elsewhere may reach a broker a moment later. */
const missingGraceMs = 1000

/** What a leader said of one partition. */
export interface PartitionAnswer<R> {
  readonly errorCode: number
  readonly result: R
}

/**
 * Calls `send` once for each leader with its share of `entries`; `send` answers for each entry in the same order. Entries that fail with an
 * error which newer metadata may mend are sent again. Throws OperationTimeoutError, with the last such error as cause, when the call's time
 * is up before all are settled.
 */
export async function askLeaders<T extends TopicPartition, R>(
  cluster: Cluster,
  what: string,
  entries: readonly T[],
  options: AdminCallOptions,
  send: (leader: number, share: readonly T[]) => Promise<PartitionAnswer<R>[]>,
): Promise<Map<T, PartitionAnswer<R>>> {
  const answers = new Map<T, PartitionAnswer<R>>()
  const since = cluster.clock.monotonic()
  const mayCome: MayCome = ({ topic, partition }) =>
    cluster.freshTopics.has(topic, partition) || cluster.clock.monotonic() - since < missingGraceMs
  const isOpen = (entry: T) => !isSettled(answers.get(entry), mayCome(entry))
  await cluster.retry(
    what,
    async () => {
      const open = entries.filter(isOpen)
      const shares = await groupByLeader(cluster, open, options, mayCome)
      await Promise.all(
        [...shares].map(async ([leader, share]) => {
          const results = await send(leader, share)
          share.forEach((entry, index) => answers.set(entry, results[index]!))
        }),
      )
      const failed = open.find(isOpen)
      if (failed)
        throw new BrokerError(answers.get(failed)!.errorCode, `${what}: ${failed.topic}-${failed.partition}`)
    },
    { ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }), signal: options.signal },
  )
  return answers
}

/** Whether a partition that brokers do not know may be on its way to them. */
type MayCome = (partition: TopicPartition) => boolean

function isSettled(answer: PartitionAnswer<unknown> | undefined, mayCome: boolean): boolean {
  if (!answer) return false
  if (answer.errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) return !mayCome
  return !isMetadataCode(answer.errorCode)
}

async function groupByLeader<T extends TopicPartition>(
  cluster: Cluster,
  entries: readonly T[],
  options: AdminCallOptions,
  mayCome: MayCome,
): Promise<Map<number, T[]>> {
  const topics = [...new Set(entries.map(entry => entry.topic))]
  if (cluster.metadataDue || topics.some(topic => !cluster.metadata.topic(topic))) {
    await cluster.refreshMetadata(topics, options.signal)
  }
  const shares = new Map<number, T[]>()
  for (const entry of entries) {
    const { topic, partition } = entry
    const leader = cluster.metadata.partition(topic, partition)?.leader
    if (leader === undefined || leader === -1) {
      const known = cluster.metadata.problemOf(topic)?.errorCode
      const errorCode =
        leader === -1 ? ErrorCode.LEADER_NOT_AVAILABLE : (known ?? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
      throw missing(errorCode, `finding the leader of ${topic}-${partition}`, mayCome(entry))
    }
    const share = shares.get(leader)
    if (share) share.push(entry)
    else shares.set(leader, [entry])
  }
  return shares
}

/** An unknown topic is final here: administration does not wait long for topics that nobody is creating. */
class MissingTopicError extends BrokerError {
  override readonly retriable = false
}

function missing(errorCode: number, context: string, mayCome: boolean): BrokerError {
  return errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION && !mayCome
    ? new MissingTopicError(errorCode, context)
    : new BrokerError(errorCode, context)
}
