// Permission to change the cluster as tokens that come back with time (KIP-599): Kafka's `TokenBucket`, number for number.
import type { RateWindow } from './windowed-rate.ts'

const msPerSecond = 1000

export class TokenBucket {
  readonly #window: RateWindow
  #tokens = 0
  /** Of the last refill; a bucket that is new is full. */
  #refilledMs = Number.NEGATIVE_INFINITY

  /** `controller.quota.window.*`: as many tokens as come in the whole window can be used at once. */
  constructor(window: RateWindow) {
    this.#window = window
  }

  /** Takes `tokens`, more than there are if need be. */
  take(tokens: number, limit: number, nowMs: number): void {
    this.#refill(limit, nowMs)
    this.#tokens = Math.min(this.#burst(limit), this.#tokens - tokens)
  }

  /** The time until there are no fewer than none: 0 when there are. In whole milliseconds. `limit` is in tokens a second. */
  throttleTimeMs(limit: number, nowMs: number): number {
    this.#refill(limit, nowMs)
    return this.#tokens < 0 ? Math.round((-this.#tokens / limit) * msPerSecond) : 0
  }

  #burst(limit: number): number {
    return ((this.#window.samples * this.#window.sampleMs) / msPerSecond) * limit
  }

  #refill(limit: number, nowMs: number): void {
    const cameTokens = (limit * (nowMs - this.#refilledMs)) / msPerSecond
    this.#tokens = Math.min(this.#burst(limit), this.#tokens + cameTokens)
    this.#refilledMs = nowMs
  }
}
