// Admin: where a share group stands (KIP-932): the first offset of each partition that is not done with.
import { DescribeShareGroupOffsetsApi } from '@millrace/protocol/messages/share'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import { entry, listOf, optionsWith, partitionFields, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'

/** Where a share group stands in a partition. */
export interface ShareGroupOffset extends TopicPartition, Outcome {
  /** The first offset that is not done with; −1 where nothing was delivered yet, or there is an error. */
  readonly startOffset: number
  /** −1 where it is not known. */
  readonly leaderEpoch: number
  /** Records that are left to deliver or to acknowledge; −1 where the broker does not tell (before 4.2). */
  readonly lag: number
}

const checkPartitions = listOf(entry(partitionFields))
const checkOptions = optionsWith()

/** Where a share group stands: in the given partitions, or in all that it ever delivered of. */
export async function shareGroupOffsets(
  cluster: Cluster,
  groupId: string,
  partitions?: readonly TopicPartition[],
  options: AdminCallOptions = {},
): Promise<ShareGroupOffset[]> {
  text('shareGroupOffsets: groupId', groupId)
  if (partitions) checkPartitions('shareGroupOffsets: partitions', partitions)
  checkOptions('shareGroupOffsets: options', options)
  const what = `reading the offsets of share group "${groupId}"`
  const topics = partitions
    ? groupByTopic(partitions).map(([topicName, entries]) => ({
        topicName,
        partitions: entries.map(({ partition }) => partition),
      }))
    : null
  const { groups } = await cluster.call(
    DescribeShareGroupOffsetsApi,
    { groups: [{ groupId, topics }] },
    {
      ...callOptions(options),
      what,
      to: { coordinator: { type: 'group', key: groupId } },
      check: response => {
        for (const { errorCode, errorMessage } of response.groups) {
          if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
        }
      },
    },
  )
  return (groups[0]?.topics ?? []).flatMap(({ topicName, partitions: found }) =>
    found.map(({ partitionIndex, startOffset, leaderEpoch, lag, errorCode, errorMessage }) => ({
      topic: topicName,
      partition: partitionIndex,
      startOffset,
      leaderEpoch,
      lag,
      error: outcomeError(errorCode, `${what} in ${topicName}-${partitionIndex}`, errorMessage),
    })),
  )
}
