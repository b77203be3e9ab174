// Admin: delete the records of partitions before an offset.
import { DeleteRecordsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../../cluster/topic-partition.ts'
import { entry, integer, listOf, optionsWith, partitionFields } from '../../config/arguments.ts'
import { askLeaders } from '../by-leader.ts'
import type { AdminCallOptions } from '../call-options.ts'
import type { Outcome } from '../outcome.ts'

/** Up to where the records of one partition go. */
export interface RecordsToDelete extends TopicPartition {
  /** Everything before it goes; −1 for all there is. */
  readonly beforeOffset: number
}

/** What became of one partition. */
export interface DeletedRecords extends TopicPartition, Outcome {
  /** The partition's first offset now; −1 where it failed. */
  readonly lowWatermark: number
}

const checkRecords = listOf(entry({ ...partitionFields, beforeOffset: integer }))

const checkOptions = optionsWith()

/** Moves the start of partitions forward. `OFFSET_OUT_OF_RANGE` where the offset is beyond the high watermark. */
export async function deleteRecords(
  cluster: Cluster,
  records: readonly RecordsToDelete[],
  options: AdminCallOptions = {},
): Promise<DeletedRecords[]> {
  checkRecords('deleteRecords: records', records)
  checkOptions('deleteRecords: options', options)
  const what = 'deleting records'
  const outcomes = await askLeaders(cluster, what, records, options, async (leader, share) => {
    const response = await cluster.request(
      DeleteRecordsApi,
      {
        topics: groupByTopic(share).map(([name, entries]) => ({
          name,
          partitions: entries.map(({ partition, beforeOffset }) => ({
            partitionIndex: partition,
            offset: beforeOffset,
          })),
        })),
        timeoutMs: cluster.options.requestTimeoutMs,
      },
      { to: { broker: leader }, signal: options.signal },
    )
    return response.topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, ...moved }) => ({
        topic: name,
        partition: partitionIndex,
        ...moved,
      })),
    )
  })
  return records.map(({ topic, partition }, index) => {
    const { answer, error } = outcomes[index]!
    return { topic, partition, lowWatermark: answer?.lowWatermark ?? -1, error }
  })
}
