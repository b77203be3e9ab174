// The rows that a relay is sending: how much they are, how long they have waited, and which topics take none. Pure: the time comes in by argument.
import type { OutboxRow } from '../outbox/row.ts'

/** Rows of one topic, of one shard. */
export interface Wave {
  readonly shard: number
  readonly topic: string
  readonly rows: readonly OutboxRow[]
  /** On the monotonic clock. */
  readonly readAt: number
}

export class UnderWay {
  readonly #waves = new Set<Wave>()
  /** Those that take so long that other topics go past them. */
  readonly #stuck = new Set<Wave>()
  rows = 0
  bytes = 0
  /** Of `rows`, those of topics that are stuck. */
  stuckRows = 0
  /** Of `bytes`, the same. */
  stuckBytes = 0

  get isEmpty(): boolean {
    return this.#waves.size === 0
  }

  /** Whether rows of a shard are under way. */
  has(shard: number): boolean {
    for (const wave of this.#waves) if (wave.shard === shard) return true
    return false
  }

  /** Whether its next rows may be read: nothing of it is under way but what is stuck. */
  isFree(shard: number): boolean {
    for (const wave of this.#waves) if (wave.shard === shard && !this.#stuck.has(wave)) return false
    return true
  }

  add(wave: Wave): void {
    this.#waves.add(wave)
    this.rows += wave.rows.length
    this.bytes += bytesOf(wave)
  }

  /** Returns whether it was stuck. */
  remove(wave: Wave): boolean {
    this.#waves.delete(wave)
    const wasStuck = this.#stuck.delete(wave)
    if (wasStuck) {
      this.stuckRows -= wave.rows.length
      this.stuckBytes -= bytesOf(wave)
    }
    this.rows -= wave.rows.length
    this.bytes -= bytesOf(wave)
    return wasStuck
  }

  /** Has those be stuck that were read before `readBefore`, and returns them. */
  stick(readBefore: number): Wave[] {
    const found = [...this.#waves].filter(wave => wave.readAt <= readBefore && !this.#stuck.has(wave))
    for (const wave of found) {
      this.#stuck.add(wave)
      this.stuckRows += wave.rows.length
      this.stuckBytes += bytesOf(wave)
    }
    return found
  }

  /** Topics of which nothing more is read: what comes behind has to wait for what is stuck. */
  stuckTopics(): string[] {
    return [...new Set(Array.from(this.#stuck, ({ topic }) => topic))]
  }

  /** When the first was read of those that are not stuck, on the monotonic clock. */
  oldestReadAt(): number | undefined {
    let oldest: number | undefined
    for (const wave of this.#waves)
      if (!this.#stuck.has(wave) && (oldest === undefined || wave.readAt < oldest)) oldest = wave.readAt
    return oldest
  }

  /** How long the oldest row has waited in the outbox, in ms; 0 without any. */
  oldestMs(now: number): number {
    let oldest = 0
    for (const { rows, readAt } of this.#waves)
      for (const { ageMs } of rows) oldest = Math.max(oldest, ageMs + now - readAt)
    return oldest
  }
}

function bytesOf({ rows }: Wave): number {
  return rows.reduce((sum, { size }) => sum + size, 0)
}
