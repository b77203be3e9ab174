// Partitions that options name, looked up: a whole topic is all the partitions that it has.
import type { Admin, TopicPartition } from '@millrace/client'
import type { PartitionChoice } from '../format/partition-list.ts'
import { CommandError, ExitCode } from '../output/errors.ts'

/** Throws for a topic or partition that does not exist. */
export async function choosePartitions(
  admin: Admin,
  choices: readonly PartitionChoice[],
  signal: AbortSignal,
): Promise<TopicPartition[]> {
  const names = [...new Set(choices.map(({ topic }) => topic))]
  const described = new Map(
    (await admin.describeTopics(names, { signal })).map(topic => [topic.name, topic] as const),
  )
  return choices.flatMap(({ topic, partitions }) => {
    const found = described.get(topic)
    if (found?.error) throw found.error
    const all = (found?.partitions ?? []).map(({ partition }) => partition)
    const missing = partitions?.find(partition => !all.includes(partition))
    if (missing !== undefined)
      throw new CommandError(
        `topic "${topic}" has no partition ${missing}: it has ${all.length}`,
        ExitCode.notFound,
      )
    return (partitions ?? all).map(partition => ({ topic, partition }))
  })
}
