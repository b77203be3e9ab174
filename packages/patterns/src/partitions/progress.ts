// How far a partition is read, and who waits for that.

interface Waiter {
  readonly offset: number
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export class Progress {
  #at = 0
  readonly #waiters = new Set<Waiter>()
  #failure: { readonly error: unknown } | undefined

  /** Everything before this offset is read. */
  get at(): number {
    return this.#at
  }

  /** What comes next is at this offset. */
  advance(to: number): void {
    if (to <= this.#at) return
    this.#at = to
    for (const waiter of this.#waiters) {
      if (waiter.offset > to) continue
      this.#waiters.delete(waiter)
      waiter.resolve()
    }
  }

  /** It is read from here on once more. */
  restart(at: number): void {
    this.#at = at
  }

  /** Resolves when everything before `offset` is read. Rejects with the signal's reason, and with what ends reading. */
  reached(offset: number, signal?: AbortSignal): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure.error as Error)
    if (signal?.aborted) return Promise.reject(signal.reason as Error)
    if (offset <= this.#at) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiters.delete(waiter)
        signal?.removeEventListener('abort', onAbort)
      }
      const waiter: Waiter = {
        offset,
        resolve: () => {
          leave()
          resolve()
        },
        reject: error => {
          leave()
          reject(error as Error)
        },
      }
      const onAbort = () => waiter.reject(signal!.reason)
      this.#waiters.add(waiter)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  /** Nothing more is read. */
  fail(error: unknown): void {
    this.#failure = { error }
    for (const waiter of this.#waiters) waiter.reject(error)
  }
}
