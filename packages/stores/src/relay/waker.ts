// Waits that end early: somebody wakes who waits, and who wakes before anybody does is not forgotten.
import type { Clock, Timer } from '@millrace/runtime'

export class Waker {
  readonly #clock: Clock
  #count = 0
  #seen = 0
  #resume: (() => void) | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  wake(): void {
    this.#count++
    this.#resume?.()
  }

  /** Resolves with false after `ms`, or with true when somebody wakes; at once where somebody did since the last wait. */
  wait(ms: number): Promise<boolean> {
    if (this.#seen !== this.#count) {
      this.#seen = this.#count
      return Promise.resolve(true)
    }
    return new Promise(resolve => {
      let timer: Timer | undefined
      const end = (isWoken: boolean) => {
        timer?.cancel()
        this.#resume = undefined
        this.#seen = this.#count
        resolve(isWoken)
      }
      this.#resume = () => end(true)
      timer = this.#clock.setTimer(ms, () => end(false))
    })
  }
}
