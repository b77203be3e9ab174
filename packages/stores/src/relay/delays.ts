// What waits before it is tried again: lanes and topics, each longer the more often it failed. Pure: the time comes in by argument.

interface Delay {
  until: number
  failures: number
}

/** Things that wait, by name. */
export class Delays<T> {
  readonly #delays = new Map<T, Delay>()

  get size(): number {
    return this.#delays.size
  }

  /** How often something has failed in a row. */
  failuresOf(name: T): number {
    return this.#delays.get(name)?.failures ?? 0
  }

  /** Something failed, and waits until then, on the monotonic clock. */
  failed(name: T, until: number): void {
    const known = this.#delays.get(name)
    if (known) {
      known.until = until
      known.failures++
    } else this.#delays.set(name, { until, failures: 1 })
  }

  /** Nothing is wrong with it any more. */
  worked(name: T): void {
    this.#delays.delete(name)
  }

  /** Those that still wait. */
  waiting(now: number): T[] {
    return [...this.#delays].flatMap(([name, { until }]) => (until > now ? [name] : []))
  }

  /** When the next of them is due, on the monotonic clock; undefined where none waits. */
  nextAt(now: number): number | undefined {
    let next: number | undefined
    for (const { until } of this.#delays.values())
      if (until > now && (next === undefined || until < next)) next = until
    return next
  }
}
