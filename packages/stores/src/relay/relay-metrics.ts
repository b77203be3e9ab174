// What a relay counts, as numbers and in Prometheus's terms.
import type { Family, Sample } from '@millrace/runtime'

/** What a relay has done, and is doing. Counts are those since it was made. */
export interface RelayStatistics {
  /** Number of rows that were written to their topics. */
  readonly sentRows: number
  /** Attempts to send a row that failed, and are made again. */
  readonly failedAttempts: number
  /** Number of rows that were set aside. */
  readonly setAsideRows: number
  /** Number of rows under way at present. */
  readonly inFlightRows: number
  /** Bytes of them. */
  readonly inFlightBytes: number
  /** How long the oldest of them has waited in the outbox, in ms; 0 where none is under way. `outbox.status()` knows of all rows. */
  readonly oldestMs: number
  /** Shards that this relay sends, of 32 in all. */
  readonly shards: number
  /** Number of keys whose rows wait behind one that cannot be sent (`poison: 'block'`). */
  readonly delayedLanes: number
  /** Topics that nothing can be sent to at present. */
  readonly delayedTopics: readonly string[]
}

export class RelayCounts {
  readonly #sent = new Map<string, number>()
  failedAttempts = 0
  setAsideRows = 0
  sentRows = 0

  sent(topic: string): void {
    this.sentRows++
    this.#sent.set(topic, (this.#sent.get(topic) ?? 0) + 1)
  }

  /** The families; `relay` is a label of each sample. */
  families(relay: string, { oldestMs, inFlightRows, shards }: RelayStatistics): Family[] {
    const labels = { relay }
    const one = (name: string, type: 'counter' | 'gauge', help: string, value: number): Family => ({
      name,
      type,
      help,
      samples: [{ labels, value }],
    })
    const sent = Array.from(this.#sent, ([topic, value]): Sample => ({ labels: { ...labels, topic }, value }))
    return [
      {
        name: 'kafka_outbox_sent_total',
        type: 'counter',
        help: 'Rows written to their topics.',
        samples: sent,
      },
      one(
        'kafka_outbox_failed_attempts_total',
        'counter',
        'Attempts that are made again.',
        this.failedAttempts,
      ),
      one('kafka_outbox_set_aside_total', 'counter', 'Rows that were set aside.', this.setAsideRows),
      one('kafka_outbox_in_flight', 'gauge', 'Rows under way.', inFlightRows),
      one('kafka_outbox_oldest_seconds', 'gauge', 'Age of the oldest row under way.', oldestMs / 1_000),
      one('kafka_outbox_shards', 'gauge', 'Shards that this relay sends.', shards),
    ]
  }
}
