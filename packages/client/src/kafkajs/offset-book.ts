// What is done of each partition, and what is committed of that: KafkaJS's resolved and committed offsets.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { Offsets } from './types/cluster.ts'

interface Entry {
  readonly topic: string
  readonly partition: number
  /** The next offset to do; undefined before anything was resolved. */
  resolved: number | undefined
  /** The next offset that is committed, or where reading began. */
  committed: number | undefined
  /** The version of the book that it is from. */
  readonly since: number
}

export class OffsetBook {
  readonly #entries = new Map<string, Map<number, Entry>>()
  #version = 0

  /** Grows whenever a partition is begun. */
  get version(): number {
    return this.#version
  }

  /** A partition is ours from now on, or is begun anew. */
  begin({ topic, partition }: TopicPartition): void {
    const partitions = this.#entries.get(topic) ?? new Map<number, Entry>()
    this.#entries.set(topic, partitions)
    const since = ++this.#version
    partitions.set(partition, { topic, partition, resolved: undefined, committed: undefined, since })
  }

  /** A partition is not ours any more. */
  end({ topic, partition }: TopicPartition): void {
    this.#entries.get(topic)?.delete(partition)
  }

  /** Reading of a partition goes on here. */
  read(topic: string, partition: number, from: number): void {
    const entry = this.#find(topic, partition)
    if (entry) entry.committed ??= from
  }

  /** Everything before `next` is done. */
  resolve(topic: string, partition: number, next: number): void {
    const entry = this.#find(topic, partition)
    if (entry) entry.resolved = next
  }

  /** The next offset to do; undefined where nothing was resolved. */
  resolved(topic: string, partition: number): number | undefined {
    return this.#find(topic, partition)?.resolved
  }

  /** Offsets are committed that were asked for at a `version`: of a partition that was begun since, it says nothing. */
  committed({ topics }: Offsets, version: number): void {
    for (const { topic, partitions } of topics) {
      for (const { partition, offset } of partitions) {
        const entry = this.#find(topic, Number(partition))
        if (entry && entry.since <= version) entry.committed = Number(offset)
      }
    }
  }

  /** How many offsets are resolved and not committed. */
  get uncommittedCount(): number {
    let count = 0
    for (const { resolved, committed = 0 } of this.#all())
      if (resolved !== undefined) count += resolved - committed
    return count
  }

  /** What is resolved and not committed. */
  uncommitted(): Offsets {
    const topics: Offsets['topics'] = []
    for (const [topic, partitions] of this.#entries) {
      const changed = [...partitions.values()].filter(
        ({ resolved, committed }) => resolved !== undefined && resolved >= 0 && resolved !== committed,
      )
      if (changed.length === 0) continue
      topics.push({
        topic,
        // KafkaJS declares numbers and gives texts, which are keys of an object there: who compares them compares texts.
        partitions: changed.map(({ partition, resolved }) => ({
          partition: String(partition) as unknown as number,
          offset: String(resolved),
        })),
      })
    }
    return { topics }
  }

  #find(topic: string, partition: number): Entry | undefined {
    return this.#entries.get(topic)?.get(partition)
  }

  *#all(): Iterable<Entry> {
    for (const partitions of this.#entries.values()) yield* partitions.values()
  }
}
