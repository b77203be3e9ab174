// What a consumer counts of its work, and tells hooks of, beside fetches and rebalances: records in the user's hands, commits.
import type { CommitFacts } from '../events/facts.ts'
import type { FetchedChunk } from './fetched-chunk.ts'
import type { Item } from './handout.ts'
import { ReadingCounters } from './reading-counters.ts'

/** Counts of one topic since the consumer was made. */
export interface ConsumerTopicStatistics {
  /** Name of the topic. */
  readonly topic: string
  /** Records that the user got. What came again, after an error, counts again. */
  readonly recordsConsumed: number
  /** Bytes of them as they were fetched, compressed; those of a batch that was begun count in full. */
  readonly bytesConsumed: number
}

type Counts<T> = { -readonly [Name in keyof T]: T[Name] }

export class ConsumerCounters extends ReadingCounters {
  commits = 0
  commitsFailed = 0
  commitMs = 0
  readonly #topics = new Map<string, Counts<ConsumerTopicStatistics>>()

  /** Something of an answer is taken in; {@link fetched} follows. */
  buffered({ topic, partition, nextOffset, endOffset, recordsClaimed, sizeBytes }: FetchedChunk): void {
    const place = { topic, partition, offset: nextOffset, endOffset }
    this.brought(sizeBytes, () => ({ ...place, records: recordsClaimed, bytes: sizeBytes }))
  }

  /** When an item was handed out, for hooks that want to know how long the user had it. */
  handedOutAt(): number {
    return this.hooks.handedOut.active ? this.now() : 0
  }

  /** An item has left the user's hands. */
  released({ state, chunk, readBefore, takenAt }: Item): void {
    const records = chunk.recordsRead - readBefore
    const bytes = readBefore === 0 ? chunk.sizeBytes : 0
    const topic = this.#of(chunk.topic)
    topic.recordsConsumed += records
    topic.bytesConsumed += bytes
    if (!this.hooks.handedOut.active) return
    const { partition, highWatermark, delivered } = state
    this.hooks.handedOut.emit({
      topic: chunk.topic,
      partition,
      records,
      bytes,
      lag: Math.max(0, highWatermark - delivered),
      // Whoever came to listen while the user had it does not know since when.
      ms: takenAt === 0 ? 0 : this.now() - takenAt,
    })
  }

  /** `startedAt`: on the monotonic clock. */
  committed(facts: Omit<CommitFacts, 'ms'>, startedAt: number): void {
    const ms = this.now() - startedAt
    if (facts.error) this.commitsFailed++
    else {
      this.commits++
      this.commitMs += ms
    }
    if (this.hooks.commit.active) this.hooks.commit.emit({ ...facts, ms })
  }

  topics(): ConsumerTopicStatistics[] {
    return Array.from(this.#topics.values(), counts => ({ ...counts }))
  }

  #of(topic: string): Counts<ConsumerTopicStatistics> {
    let counts = this.#topics.get(topic)
    if (!counts) {
      counts = { topic, recordsConsumed: 0, bytesConsumed: 0 }
      this.#topics.set(topic, counts)
    }
    return counts
  }
}
