// How fast a number that only grows does so, from one look at it to the next.

const msPerSecond = 1000

export class ChangeRate {
  #value: number
  #atMs: number
  #perSecond = 0

  /** The number and the monotonic time of now. */
  constructor(value: number, nowMs: number) {
    this.#value = value
    this.#atMs = nowMs
  }

  /** What it grew by a second since the last look; two looks at the same time give the same. */
  perSecond(value: number, nowMs: number): number {
    const elapsedMs = nowMs - this.#atMs
    if (elapsedMs > 0) {
      this.#perSecond = ((value - this.#value) * msPerSecond) / elapsedMs
      this.#value = value
      this.#atMs = nowMs
    }
    return this.#perSecond
  }
}
