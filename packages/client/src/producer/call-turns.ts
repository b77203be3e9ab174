// Keeps the calls for a topic in their order while serdes take their time: each goes on when those before it have.
import type { Clock } from '@millrace/runtime'
import { DeliveryTimeoutError } from '../errors/index.ts'

/** Calls that may wait; records that are enqueued beyond that are not taken. */
const waitingMax = 1000

export class CallTurns {
  readonly #clock: Clock
  readonly #timeoutMs: number
  /** By topic: resolves when the last call that came for it has gone on. */
  readonly #last = new Map<string, Promise<void>>()
  #waiting = 0
  #roomWaiters: (() => void)[] = []
  #closed: Error | undefined
  readonly #onClose = new Set<(error: Error) => void>()

  /** A serde has `timeoutMs` for what a call wants of it. */
  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock
    this.#timeoutMs = timeoutMs
  }

  /** Whether nobody waits: who comes now overtakes nobody. */
  get isIdle(): boolean {
    return this.#waiting === 0
  }

  get isFull(): boolean {
    return this.#waiting >= waitingMax
  }

  /** Whether nobody waits who came for this topic. */
  isFree(topic: string): boolean {
    return !this.#last.has(topic)
  }

  /**
   * Calls `enter` with what `ready` resolves to, as soon as the calls that came before for any of the topics have entered, and returns what that
   * returns. Throws what `ready` rejects with, DeliveryTimeoutError, and the reason of {@link close}.
   */
  async take<P>(
    topics: readonly string[],
    ready: Promise<P>,
    enter: (prepared: P) => Promise<void> | undefined,
  ): Promise<void> {
    const before = topics.map(topic => this.#last.get(topic)).filter(gone => gone !== undefined)
    let goOn = () => {}
    const gone = new Promise<void>(resolve => {
      goOn = resolve
    })
    for (const topic of topics) this.#last.set(topic, gone)
    this.#waiting++
    let entered: Promise<void> | undefined
    try {
      const [outcome] = await Promise.allSettled([this.#inTime(ready, topics)])
      // Those behind a call that failed still wait for those before it.
      await Promise.all(before)
      if (outcome.status === 'rejected') throw outcome.reason
      if (this.#closed) throw this.#closed
      entered = enter(outcome.value)
    } finally {
      for (const topic of topics) if (this.#last.get(topic) === gone) this.#last.delete(topic)
      this.#waiting--
      goOn()
      if (!this.isFull) for (const wake of this.#roomWaiters.splice(0)) wake()
    }
    return entered
  }

  /** Resolves when another call may wait. */
  async room(): Promise<void> {
    while (this.isFull && !this.#closed) await new Promise<void>(resolve => this.#roomWaiters.push(resolve))
  }

  /** Ends all waits for serdes. */
  close(error: Error): void {
    this.#closed = error
    for (const end of this.#onClose) end(error)
    for (const wake of this.#roomWaiters.splice(0)) wake()
  }

  #inTime<P>(ready: Promise<P>, topics: readonly string[]): Promise<P> {
    return new Promise<P>((resolve, reject) => {
      const late = () =>
        end(
          new DeliveryTimeoutError(
            `the serdes of ${topics.map(topic => `"${topic}"`).join(', ')} did not answer within deliveryTimeoutMs (${this.#timeoutMs})`,
          ),
        )
      const timer = this.#clock.setTimer(this.#timeoutMs, late)
      const end = (error: Error) => {
        timer.cancel()
        this.#onClose.delete(end)
        reject(error)
      }
      this.#onClose.add(end)
      ready.then(
        prepared => {
          timer.cancel()
          this.#onClose.delete(end)
          resolve(prepared)
        },
        (error: unknown) => end(error as Error),
      )
    })
  }
}
