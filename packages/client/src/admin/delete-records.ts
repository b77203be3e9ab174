// Admin: delete the records of partitions before an offset.
import { DeleteRecordsApi } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { groupByTopic, type TopicPartition } from '../cluster/topic-partition.ts'
import { entry, integer, listOf, partitionFields } from './arguments.ts'
import { askLeaders } from './by-leader.ts'
import { type AdminCallOptions, type Outcome, outcomeError } from './outcome.ts'

export interface RecordsToDelete extends TopicPartition {
  /** Everything before it goes; −1 for all there is. */
  readonly beforeOffset: number
}

export interface DeletedRecords extends TopicPartition, Outcome {
  /** The partition's first offset now; −1 where it failed. */
  readonly lowWatermark: number
}

const checkRecords = listOf(entry({ ...partitionFields, beforeOffset: integer }))

/** Moves the start of partitions forward. `OFFSET_OUT_OF_RANGE` where the offset is beyond the high watermark. */
export async function deleteRecords(
  cluster: Cluster,
  records: readonly RecordsToDelete[],
  options: AdminCallOptions = {},
): Promise<DeletedRecords[]> {
  checkRecords('deleteRecords: records', records)
  const what = 'deleting records'
  const answers = await askLeaders(cluster, what, records, options, async (leader, share) => {
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
    const found = new Map(
      response.topics.flatMap(({ name, partitions }) =>
        partitions.map(entry => [`${name}-${entry.partitionIndex}`, entry] as const),
      ),
    )
    return share.map(({ topic, partition }) => {
      const entry = found.get(`${topic}-${partition}`)!
      return { errorCode: entry.errorCode, result: entry.lowWatermark }
    })
  })
  return records.map(entry => {
    const { topic, partition } = entry
    const { errorCode, result } = answers.get(entry)!
    return {
      topic,
      partition,
      lowWatermark: result,
      error: outcomeError(errorCode, `${what} of ${topic}-${partition}`),
    }
  })
}
