// How long closing waits for records that have no verdict: as long as brokers answer, or as long as it is told.
import type { Clock, Timer } from '@millrace/runtime'

/** Without an answer for so long, nobody is there who could take the records. */
const silenceMaxMs = 5_000

export interface CloseWaitHost {
  /** When a broker last answered for records, on the monotonic clock. */
  answeredAt(): number
  /** The wait is over; it has lasted so long without an answer. */
  giveUp(waitedMs: number): void
}

export class CloseWait {
  readonly #clock: Clock
  readonly #host: CloseWaitHost
  readonly #startedAt: number
  #timer: Timer | undefined

  /** `timeoutMs`: when to give up in any case; undefined leaves it to the brokers' silence. */
  constructor(clock: Clock, timeoutMs: number | undefined, host: CloseWaitHost) {
    this.#clock = clock
    this.#host = host
    this.#startedAt = clock.monotonic()
    if (timeoutMs === undefined) this.#watch(silenceMaxMs)
    else this.#timer = clock.setTimer(timeoutMs, () => host.giveUp(timeoutMs))
  }

  end(): void {
    this.#timer?.cancel()
  }

  #watch(delayMs: number): void {
    this.#timer = this.#clock.setTimer(delayMs, () => {
      const quietSince = Math.max(this.#startedAt, this.#host.answeredAt())
      const leftMs = quietSince + silenceMaxMs - this.#clock.monotonic()
      if (leftMs > 0) this.#watch(leftMs)
      else this.#host.giveUp(silenceMaxMs)
    })
  }
}
