// Keeps a steady rate: work is due at fixed times from the start, so that a pause is made up for.

const sleepMinMs = 2

export class Pace {
  readonly #perMs: number | undefined
  readonly #start = performance.now()
  #taken = 0

  /** `perSecond` undefined: no limit. */
  constructor(perSecond: number | undefined) {
    this.#perMs = perSecond === undefined ? undefined : perSecond / 1000
  }

  /** Waits until the next one is due; undefined when it is due already, so that the fast path costs no promise. */
  next(signal: AbortSignal): Promise<void> | undefined {
    if (this.#perMs === undefined) return undefined
    const dueMs = this.#start + this.#taken++ / this.#perMs
    const aheadMs = dueMs - performance.now()
    if (aheadMs < sleepMinMs) return undefined
    return new Promise(resolve => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, aheadMs)
      signal.addEventListener('abort', done, { once: true })
    })
  }
}
