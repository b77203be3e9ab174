// Admin: delete committed offsets of groups.
import { OffsetDeleteApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import { entry, listOf, optionsWith, partitionFields, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { inOrderOf } from '../in-order.ts'
import { outcomeError } from '../outcome.ts'
import type { GroupOffsetOutcome } from './committed-offset.ts'

const checkPartitions = listOf(entry(partitionFields))

const checkOptions = optionsWith()

/** Deletes committed offsets of a group; refused (`GROUP_SUBSCRIBED_TO_TOPIC`) while a member is subscribed to the topic. */
export async function deleteGroupOffsets(
  cluster: Cluster,
  groupId: string,
  partitions: readonly TopicPartition[],
  options: AdminCallOptions = {},
): Promise<GroupOffsetOutcome[]> {
  text('deleteGroupOffsets: groupId', groupId)
  checkPartitions('deleteGroupOffsets: partitions', partitions)
  checkOptions('deleteGroupOffsets: options', options)
  const what = `deleting offsets of group "${groupId}"`
  const response = await cluster.call(
    OffsetDeleteApi,
    {
      groupId,
      topics: groupByTopic(partitions).map(([name, entries]) => ({
        name,
        partitions: entries.map(({ partition }) => ({ partitionIndex: partition })),
      })),
    },
    {
      ...callOptions(options),
      what,
      to: { coordinator: { type: 'group', key: groupId } },
      check: ({ errorCode }) => {
        if (errorCode !== 0) throw new BrokerError(errorCode, what)
      },
    },
  )
  const deleted = response.topics.flatMap(({ name, partitions: results }) =>
    results.map(({ partitionIndex, errorCode }) => ({
      topic: name,
      partition: partitionIndex,
      error: outcomeError(errorCode, `${what} in ${name}-${partitionIndex}`),
    })),
  )
  return inOrderOf(partitions, deleted, what)
}
