// Where lines go: a file, standard output, a topic.

/** Takes lines. Never throws, and never waits for anything but a local disk. */
export interface Outlet {
  /** A line with its end. */
  write(line: string): void
  /** What is written is where it belongs, as far as this can be had at once. */
  flushSync(): void
  /** Sends what is left, for `timeoutMs` at most. Never rejects. */
  close(timeoutMs: number): Promise<void>
}

/** One for all: pino knows of one destination. */
export class Outlets implements Outlet {
  readonly #outlets: readonly Outlet[]

  constructor(outlets: readonly Outlet[]) {
    this.#outlets = outlets
  }

  write(line: string): void {
    for (const outlet of this.#outlets) outlet.write(line)
  }

  flushSync(): void {
    for (const outlet of this.#outlets) outlet.flushSync()
  }

  async close(timeoutMs: number): Promise<void> {
    await Promise.all(this.#outlets.map(outlet => outlet.close(timeoutMs)))
  }
}
