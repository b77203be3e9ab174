// Wakes things when their time has come: one heap of deadlines and one timer for all of them.
import type { Clock, Timer } from '@millrace/runtime'
import { type Deadline, DeadlineHeap } from './deadline-heap.ts'

/** Deadlines that are due already are not waited for shorter than this. */
const wakeDelayMinMs = 1
/** Whom waking has failed for is woken again after this time, as by Apache Kafka's coordinator timer. */
export const wakeRetryMs = 500

export interface DeadlinesOptions<T> {
  readonly clock: Clock
  /** The time of an item has come; its deadline is taken out before. */
  readonly wake: (item: T) => void
  /** `wake` has thrown. The others are woken all the same, and this one again in a while. */
  readonly failed: (item: T, error: unknown) => void
}

export class Deadlines<T> {
  readonly #options: DeadlinesOptions<T>
  readonly #heap = new DeadlineHeap<T>()
  #timer: Timer | undefined
  #timerAtMs = Number.POSITIVE_INFINITY
  #closed = false

  constructor(options: DeadlinesOptions<T>) {
    this.#options = options
  }

  /** Puts a deadline in, or moves it, on the monotonic clock. Infinity takes it out. Costs nothing where nothing has moved. */
  set(deadline: Deadline<T>, atMs: number): void {
    const knownMs = deadline.index === -1 ? Number.POSITIVE_INFINITY : deadline.atMs
    if (atMs !== knownMs) this.#heap.set(deadline, atMs)
    this.#arm()
  }

  remove(deadline: Deadline<T>): void {
    this.#heap.remove(deadline)
  }

  close(): void {
    this.#closed = true
    this.#timer?.cancel()
  }

  #arm(): void {
    const { earliestMs } = this.#heap
    if (this.#closed || earliestMs >= this.#timerAtMs) return
    this.#timer?.cancel()
    this.#timerAtMs = earliestMs
    const { clock } = this.#options
    const delayMs = Math.max(Math.ceil(earliestMs - clock.monotonic()), wakeDelayMinMs)
    // After a pause of the process heartbeats may lie in the sockets: they are heard before sessions are ended.
    this.#timer = clock.setTimer(delayMs, () => clock.defer(() => this.#wakeDue()), { unref: true })
  }

  #wakeDue(): void {
    this.#timerAtMs = Number.POSITIVE_INFINITY
    if (this.#closed) return
    const nowMs = this.#options.clock.monotonic()
    for (const deadline of this.#heap.takeDue(nowMs)) this.#wake(deadline, nowMs)
    this.#arm()
  }

  #wake(deadline: Deadline<T>, nowMs: number): void {
    const { item } = deadline
    try {
      this.#options.wake(item)
    } catch (error) {
      this.#heap.set(deadline, nowMs + wakeRetryMs)
      this.#options.failed(item, error)
    }
  }
}
