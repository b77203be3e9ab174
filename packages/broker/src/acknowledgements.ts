// What producers with `acks` 1 and 0 were answered for before readers could see it. A commit makes it visible, and who asks where a partition
// ends waits for that one: in Kafka, what is acknowledged is there for everybody at once.
import type { PartitionLog } from '@millrace/log'
import { type CommitDeadlines, commitDeadlines } from './commit-deadlines.ts'
import type { Service, ServiceDefinition } from './core.ts'

interface Acknowledged {
  /** Behind the last record that was answered for. */
  endOffset: number
  /** Settles when all of it is visible, or never will be. */
  durable: Promise<void>
}

export class Acknowledgements implements Service {
  readonly #deadlines: CommitDeadlines
  readonly #byLog = new WeakMap<PartitionLog, Acknowledged>()

  constructor(deadlines: CommitDeadlines) {
    this.#deadlines = deadlines
  }

  /** The records below `endOffset` are answered for now, and visible after `durable`, which must not be an unhandled rejection. */
  note(log: PartitionLog, endOffset: number, durable: Promise<void>): void {
    const known = this.#byLog.get(log)
    if (!known) {
      this.#byLog.set(log, { endOffset, durable })
      return
    }
    // What could not be written was taken back, and its offsets may be another's by now. The newest commit covers those before it.
    known.endOffset = Math.max(endOffset, Math.min(known.endOffset, log.logEndOffset))
    known.durable = durable
  }

  /** Behind the last record that readers see, or will see though its producer has its answer already. */
  endOffset(log: PartitionLog): number {
    const known = this.#byLog.get(log)
    // What could not be written was taken back.
    return known
      ? Math.max(log.highWatermark, Math.min(known.endOffset, log.logEndOffset))
      : log.highWatermark
  }

  /**
   * Undefined when everything that was acknowledged is visible, as it mostly is. Else true as soon as it is, or will not be since the storage
   * has failed; false after `timeoutMs`, or when `signal` aborts. Nobody waits for more than the sync under way and the next.
   */
  settled(log: PartitionLog, timeoutMs: number, signal: AbortSignal): Promise<boolean> | undefined {
    if (this.endOffset(log) <= log.highWatermark) return undefined
    const { durable } = this.#byLog.get(log)!
    const inTime = this.#deadlines.within(timeoutMs, durable).catch(() => true)
    return new Promise(resolve => {
      const finish = (settled: boolean) => {
        signal.removeEventListener('abort', onAbort)
        resolve(settled)
      }
      const onAbort = () => finish(false)
      signal.addEventListener('abort', onAbort)
      if (signal.aborted) onAbort()
      void inTime.then(finish)
    })
  }

  close(): void {}
}

export const acknowledgements: ServiceDefinition<Acknowledgements> = {
  name: 'acknowledgements',
  open: core => new Acknowledgements(core.service(commitDeadlines)),
}
