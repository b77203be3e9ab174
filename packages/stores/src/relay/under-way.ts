// The rows that a relay is sending: how much they are, and how long they have waited. Pure: the time comes in by argument.
import type { OutboxRow } from '../outbox/row.ts'

interface Wave {
  readonly rows: readonly OutboxRow[]
  readonly readAt: number
}

export class UnderWay {
  readonly #waves = new Map<number, Wave>()
  rows = 0
  bytes = 0

  /** Shards of which rows are under way. */
  get shards(): number {
    return this.#waves.size
  }

  has(shard: number): boolean {
    return this.#waves.has(shard)
  }

  add(shard: number, rows: readonly OutboxRow[], readAt: number): void {
    this.#waves.set(shard, { rows, readAt })
    this.rows += rows.length
    for (const { size } of rows) this.bytes += size
  }

  remove(shard: number): void {
    const wave = this.#waves.get(shard)
    if (!wave) return
    this.#waves.delete(shard)
    this.rows -= wave.rows.length
    for (const { size } of wave.rows) this.bytes -= size
  }

  /** How long the oldest of them has waited in the outbox, in ms; 0 without any. */
  oldestMs(now: number): number {
    let oldest = 0
    for (const { rows, readAt } of this.#waves.values())
      for (const { ageMs } of rows) oldest = Math.max(oldest, ageMs + now - readAt)
    return oldest
  }
}
