// Who owned what before a rebalance, once contradicting claims are settled.
import type { GroupMember } from './assignor.ts'

/** `topic` and `partition` as one key of a map. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}:${partition}`
}

/**
 * The owner of each partition that someone claims with right: the topic is still there and still wanted, and no one claims it with a
 * newer generation. Where two claim it in the same generation, one of them missed a rebalance; nobody knows which, so neither counts.
 */
export function settleOwners(
  members: readonly GroupMember[],
  partitionCounts: ReadonlyMap<string, number>,
): Map<string, string> {
  const owners = new Map<string, string>()
  const generations = new Map<string, number>()
  for (const { memberId, owned, generation, topics } of members) {
    for (const [topic, partitions] of owned) {
      const count = partitionCounts.get(topic) ?? 0
      if (!topics.includes(topic)) continue
      for (const partition of partitions) {
        if (partition >= count) continue
        const key = partitionKey(topic, partition)
        const claimed = generations.get(key)
        if (claimed !== undefined && claimed > generation) continue
        if (claimed === generation) owners.delete(key)
        else owners.set(key, memberId)
        generations.set(key, generation)
      }
    }
  }
  return owners
}
