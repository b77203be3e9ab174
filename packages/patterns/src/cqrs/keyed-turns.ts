// One thing after the other for each key.

export class KeyedTurns {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Runs work when what came before it under the key is over. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key)
    const turn = before ? before.then(work, work) : work()
    // Whoever comes next waits for it, whatever becomes of it.
    const over = turn.catch(() => {})
    this.#last.set(key, over)
    try {
      return await turn
    } finally {
      if (this.#last.get(key) === over) this.#last.delete(key)
    }
  }
}
