// A partition by its name, and lists of such things in the order that requests want them: topic by topic.

/** One partition of a topic: Kafka's `TopicPartition`. */
export interface TopicPartition {
  /** Name of the topic. */
  readonly topic: string
  /** Its number, from 0 on. */
  readonly partition: number
}

/** Entries grouped by topic in the order of first appearance, as requests want them. */
export function groupByTopic<T extends TopicPartition>(
  entries: readonly T[],
): [topic: string, entries: T[]][] {
  const byTopic = new Map<string, T[]>()
  for (const entry of entries) {
    const list = byTopic.get(entry.topic)
    if (list) list.push(entry)
    else byTopic.set(entry.topic, [entry])
  }
  return [...byTopic]
}
