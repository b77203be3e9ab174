// KIP-219: a broker that throttles a client answers at once and expects silence. Nothing is sent on the connection before it is over.
import type { Clock, Timer } from '@millrace/runtime'

/**
 * By API key, the first version whose brokers answer at once and leave the silence to the client (`shouldClientThrottle`); before, the answer itself
 * came late. Brokers older than 2.0 speak such versions only, and APIs that came later have no others.
 */
const firstSilentVersions: ReadonlyMap<number, number> = new Map([
  [0, 6], // Produce
  [1, 8], // Fetch
  [2, 3], // ListOffsets
  [3, 6], // Metadata
  [8, 4], // OffsetCommit
  [9, 4], // OffsetFetch
  [10, 2], // FindCoordinator
  [11, 3], // JoinGroup
  [12, 2], // Heartbeat
  [13, 2], // LeaveGroup
  [14, 2], // SyncGroup
  [15, 2], // DescribeGroups
  [16, 2], // ListGroups
  [18, 2], // ApiVersions
  [19, 3], // CreateTopics
  [20, 2], // DeleteTopics
  [22, 1], // InitProducerId
  [32, 2], // DescribeConfigs
])

export class Throttle {
  readonly #clock: Clock
  readonly #onOver: () => void
  /** On the monotonic clock; 0 while nothing was ever throttled. */
  #until = 0
  #timer: Timer | undefined

  /** `onOver` is called when the silence that somebody waits for is over. */
  constructor(clock: Clock, onOver: () => void) {
    this.#clock = clock
    this.#onOver = onOver
  }

  /** Whether nothing may be sent at present. */
  get isActive(): boolean {
    return this.#until > 0 && this.#clock.monotonic() < this.#until
  }

  /** Takes note of what a response says of it. */
  note(apiKey: number, version: number, response: unknown): void {
    const throttleTimeMs = (response as { throttleTimeMs?: number }).throttleTimeMs ?? 0
    if (throttleTimeMs <= 0 || version < (firstSilentVersions.get(apiKey) ?? 0)) return
    this.#until = Math.max(this.#until, this.#clock.monotonic() + throttleTimeMs)
    this.wakeWhenOver()
  }

  /** Somebody waits: calls `onOver` in time. */
  wakeWhenOver(): void {
    const delayMs = this.#until - this.#clock.monotonic()
    if (delayMs <= 0 || this.#timer) return
    this.#timer = this.#clock.setTimer(delayMs, () => {
      this.#timer = undefined
      // Another answer may have put the end off, and timers ring up to a millisecond early.
      this.wakeWhenOver()
      if (!this.#timer) this.#onOver()
    })
  }

  cancel(): void {
    this.#timer?.cancel()
  }
}
