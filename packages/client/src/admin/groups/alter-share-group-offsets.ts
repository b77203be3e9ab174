// Admin: set where a share group goes on (KIP-932).
import { AlterShareGroupOffsetsApi } from '@millrace/protocol/messages/share'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import { entry, integer, listOf, optionsWith, partitionFields, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { inOrderOf } from '../in-order.ts'
import { type Outcome, outcomeError } from '../outcome.ts'

/** Where a share group is to go on. */
export interface NewShareGroupOffset extends TopicPartition {
  /** From 0 on. */
  readonly startOffset: number
}

/** What became of one partition’s offset. */
export interface ShareGroupOffsetOutcome extends TopicPartition, Outcome {}

const checkOffsets = listOf(entry({ ...partitionFields, startOffset: integer }))
const checkOptions = optionsWith()

/** Sets where a share group without members goes on (`NON_EMPTY_GROUP` otherwise). The group need not exist. */
export async function alterShareGroupOffsets(
  cluster: Cluster,
  groupId: string,
  offsets: readonly NewShareGroupOffset[],
  options: AdminCallOptions = {},
): Promise<ShareGroupOffsetOutcome[]> {
  text('alterShareGroupOffsets: groupId', groupId)
  checkOffsets('alterShareGroupOffsets: offsets', offsets)
  checkOptions('alterShareGroupOffsets: options', options)
  const what = `setting the offsets of share group "${groupId}"`
  const topics = groupByTopic(offsets).map(([topicName, entries]) => ({
    topicName,
    partitions: entries.map(({ partition, startOffset }) => ({ partitionIndex: partition, startOffset })),
  }))
  const { responses } = await cluster.call(
    AlterShareGroupOffsetsApi,
    { groupId, topics },
    {
      ...callOptions(options),
      what,
      to: { coordinator: { type: 'group', key: groupId } },
      check: ({ errorCode, errorMessage }) => {
        if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
      },
    },
  )
  const altered = responses.flatMap(({ topicName, partitions }) =>
    partitions.map(({ partitionIndex, errorCode, errorMessage }) => ({
      topic: topicName,
      partition: partitionIndex,
      error: outcomeError(errorCode, `${what} in ${topicName}-${partitionIndex}`, errorMessage),
    })),
  )
  return inOrderOf(offsets, altered, what)
}
