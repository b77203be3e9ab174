// What a share consumer counts of its work, and tells hooks of, beside fetches and rebalances: records, and what brokers made of acknowledgements.
import { ReadingCounters } from '../consumer/reading-counters.ts'
import type { AcknowledgeType } from './acknowledgements.ts'
import type { AcknowledgeOutcome } from './options.ts'
import type { SharePartition } from './share-partition.ts'

/** Counts of one topic since the consumer was made. */
export interface ShareTopicStatistics {
  /** Name of the topic. */
  readonly topic: string
  /** Records that the user got. What was delivered again counts again. */
  readonly recordsConsumed: number
}

/** What an answer brought of a partition. */
interface Brought {
  readonly firstOffset: number
  readonly endOffset: number
  /** Records that were acquired. */
  readonly records: number
  /** Bytes that came, compressed: those of whole batches. */
  readonly bytes: number
}

const nothing: Readonly<Record<AcknowledgeType, number>> = { accept: 0, release: 0, reject: 0, renew: 0 }

export class ShareCounters extends ReadingCounters {
  recordsAcquired = 0
  /** Records, by what brokers took of them. */
  readonly acknowledged: Record<AcknowledgeType, number> = { ...nothing }
  /** Records of which brokers did not take what was said. */
  acknowledgementsFailed = 0
  readonly #topics = new Map<string, number>()

  /** Something of an answer is taken in; `fetched` follows. */
  acquired({ topic, partition }: SharePartition, { firstOffset, endOffset, records, bytes }: Brought): void {
    this.recordsAcquired += records
    this.brought(bytes, () => ({ topic, partition, offset: firstOffset, endOffset, records, bytes }))
  }

  /** A record is in the user's hands. */
  handedOut(topic: string): void {
    this.#topics.set(topic, (this.#topics.get(topic) ?? 0) + 1)
  }

  /** `sentAt`: on the monotonic clock; undefined for what never left. */
  settled(groupId: string, outcome: AcknowledgeOutcome, sentAt: number | undefined): void {
    const { topic, partition, acknowledged, error } = outcome
    const counts = { ...nothing }
    for (const { type } of acknowledged) counts[type]++
    if (error) this.acknowledgementsFailed += acknowledged.length
    else for (const type of Object.keys(counts) as AcknowledgeType[]) this.acknowledged[type] += counts[type]
    if (!this.hooks.acknowledge.active) return
    this.hooks.acknowledge.emit({
      groupId,
      topic,
      partition,
      accepted: counts.accept,
      released: counts.release,
      rejected: counts.reject,
      renewed: counts.renew,
      ms: sentAt === undefined ? 0 : this.now() - sentAt,
      error,
    })
  }

  topics(): ShareTopicStatistics[] {
    return Array.from(this.#topics, ([topic, recordsConsumed]) => ({ topic, recordsConsumed }))
  }
}
