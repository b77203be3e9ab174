// One run of something slow for all who ask while the run before it is under way.

/** What is asked for while a run is under way is covered by the next one: the one under way may have begun too early. */
export class SharedRun {
  readonly #run: () => Promise<void>
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(run: () => Promise<void>) {
    this.#run = run
  }

  /** Resolves after a run that began no earlier than this call, in a later microtask: all calls of one turn share it. */
  request(): Promise<void> {
    this.#next ??= this.#after(this.#running)
    return this.#next
  }

  /** Resolves or rejects with the run that is under way or asked for, if there is one. */
  async settled(): Promise<void> {
    await (this.#next ?? this.#running)
  }

  async #after(running: Promise<void> | undefined): Promise<void> {
    // Who asked for the run that failed hears of it; it is no reason not to run again.
    await running?.catch(() => {})
    const own = this.#next
    this.#running = own
    this.#next = undefined
    try {
      await this.#run()
    } finally {
      // A failure that is over is nothing to wait for.
      if (this.#running === own) this.#running = undefined
    }
  }
}
