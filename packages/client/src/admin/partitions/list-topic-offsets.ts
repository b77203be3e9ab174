// Admin: offsets of all partitions of topics.
import type { Cluster } from '../../cluster/cluster.ts'
import { integer, listOf, text } from '../../config/arguments.ts'
import { steps } from '../call-options.ts'
import { describeTopics } from '../topics/describe-topics.ts'
import { type FoundOffset, type ListOffsetsOptions, listOffsets } from './list-offsets.ts'

const checkNames = listOf(text)

/**
 * Finds an offset in each partition of each topic, topics in the order given, partitions by number. A topic that cannot be described has one entry, with
 * partition −1 and the error.
 */
export async function listTopicOffsets(
  cluster: Cluster,
  names: readonly string[],
  timestamp: number,
  options: ListOffsetsOptions = {},
): Promise<FoundOffset[]> {
  checkNames('listTopicOffsets: names', names)
  integer('listTopicOffsets: timestamp', timestamp)
  const step = steps(cluster, options)
  const topics = await describeTopics(cluster, names, step())
  const queries = topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partition }) => ({ topic: name, partition, timestamp })),
  )
  const found = queries.length === 0 ? [] : await listOffsets(cluster, queries, { ...options, ...step() })
  let next = 0
  return topics.flatMap(({ name, partitions, error }) => {
    if (error) return [{ topic: name, partition: -1, offset: -1, timestamp: -1, leaderEpoch: -1, error }]
    const of = found.slice(next, next + partitions.length)
    next += partitions.length
    return of
  })
}
