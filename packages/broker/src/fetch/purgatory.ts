// Fetches that wait for data: woken by the high watermark of a log they read, by time, or by the end of their connection.
import type { PartitionLog } from '@millrace/log'
import type { Clock } from '@millrace/runtime'

interface Waiting {
  readonly logs: readonly PartitionLog[]
  wake(): void
}

export class FetchPurgatory {
  readonly #clock: Clock
  readonly #byLog = new Map<PartitionLog, Set<Waiting>>()
  readonly #woken = new Set<Waiting>()
  #flushing = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Logs that somebody waits for. */
  get size(): number {
    return this.#byLog.size
  }

  /** Resolves when one of `logs` has moved, `maxWaitMs` have passed or `signal` aborts. */
  wait(logs: Iterable<PartitionLog>, maxWaitMs: number, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      if (signal.aborted) {
        resolve()
        return
      }
      const finish = () => {
        timer.cancel()
        signal.removeEventListener('abort', finish)
        this.#remove(waiting)
        resolve()
      }
      const timer = this.#clock.setTimer(maxWaitMs, finish)
      signal.addEventListener('abort', finish, { once: true })
      const waiting: Waiting = { logs: [...new Set(logs)], wake: finish }
      this.#add(waiting)
    })
  }

  #add(waiting: Waiting): void {
    for (const log of waiting.logs) {
      const set = this.#byLog.get(log)
      if (set) set.add(waiting)
      else this.#byLog.set(log, new Set([waiting]))
    }
  }

  #remove(waiting: Waiting): void {
    this.#woken.delete(waiting)
    for (const log of waiting.logs) {
      const set = this.#byLog.get(log)
      if (set?.delete(waiting) && set.size === 0) this.#byLog.delete(log)
    }
  }

  /**
   * There may be more to read in `log`. Those who wait look once, after everything that moves in the same commit has moved:
   * a fetch of many partitions is answered with all that came, not with the first of it.
   */
  moved(log: PartitionLog): void {
    const set = this.#byLog.get(log)
    if (!set) return
    for (const waiting of set) this.#woken.add(waiting)
    if (this.#flushing) return
    this.#flushing = true
    queueMicrotask(() => {
      this.#flushing = false
      for (const waiting of this.#woken) waiting.wake()
    })
  }

  /** The topic is gone: who waits for it looks again and is told so. */
  topicDeleted(topic: string): void {
    for (const log of this.#byLog.keys()) if (log.topic === topic) this.moved(log)
  }
}
