// Many partitions in few words.
import type { TopicPartition } from '@millrace/client'

/** `orders:0-5,7 payments:1`: topics in the order in which they come, partitions ascending. */
export function formatPartitions(partitions: readonly TopicPartition[]): string {
  const byTopic = Map.groupBy(partitions, ({ topic }) => topic)
  return Array.from(
    byTopic,
    ([topic, entries]) => `${topic}:${formatRanges(entries.map(({ partition }) => partition))}`,
  ).join(' ')
}

function formatRanges(numbers: readonly number[]): string {
  const ranges: { from: number; to: number }[] = []
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last && number === last.to + 1) last.to = number
    else ranges.push({ from: number, to: number })
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}
