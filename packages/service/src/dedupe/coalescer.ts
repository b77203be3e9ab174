// Gathers what is asked one by one into calls of many: while one call is under way, what is asked meanwhile waits for the next.
import type { Clock } from '@millrace/runtime'

interface Asked<T> {
  readonly id: string
  readonly resolve: (answer: T) => void
  readonly reject: (error: unknown) => void
}

/** Ids in one call. */
const callMax = 500

export class Coalescer<T> {
  readonly #clock: Clock
  readonly #call: (ids: readonly string[]) => Promise<readonly T[]>
  #asked: Asked<T>[] = []
  #isDue = false
  #running: Promise<void> | undefined

  /** `call`: answers for each id, in their order. */
  constructor(clock: Clock, call: (ids: readonly string[]) => Promise<readonly T[]>) {
    this.#clock = clock
    this.#call = call
  }

  /** The answer for an id. Rejects with what the call rejects with. */
  ask(id: string): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ id, resolve, reject })
      if (this.#isDue || this.#running) return
      this.#isDue = true
      // What is asked for in the same turn goes along.
      this.#clock.defer(() => {
        this.#isDue = false
        this.#running = this.#run()
      })
    })
  }

  /** Resolves when nothing is asked or under way. */
  async idle(): Promise<void> {
    while (this.#isDue || this.#running) {
      if (this.#running) await this.#running
      else await new Promise<void>(resolve => this.#clock.defer(resolve))
    }
  }

  async #run(): Promise<void> {
    while (this.#asked.length > 0) {
      const asked = this.#asked.splice(0, callMax)
      try {
        const answers = await this.#call(asked.map(({ id }) => id))
        for (const [index, { resolve }] of asked.entries()) resolve(answers[index]!)
      } catch (error) {
        for (const { reject } of asked) reject(error)
      }
    }
    this.#running = undefined
  }
}
