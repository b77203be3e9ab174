// Appends that share a write and a sync: a commit group.
import type { LogError } from '../api/errors.ts'
import type { CommitLevel } from '../api/types.ts'
import type { Journal } from '../journal/journal.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { TailEntry } from '../tail/partition-tail.ts'

export class CommitGroup {
  readonly logs: LocalLog[] = []
  /** End offset of each log that was written, or −1 for one whose appends were taken back. */
  readonly ends: number[] = []
  entries: TailEntry<LocalLog>[] = []
  bytes = 0
  /** Batches appended. */
  count = 0
  /** Some of it has to be written on a full disk, too. */
  makesRoom = false
  /** Somebody waits for the write alone. */
  writtenWanted = false
  /** Set by the write: where the batches went, if not into the partitions' own files. */
  journal: Journal | undefined
  /** The journal that found no room for it: that it was cut back has to be durable before anybody is told. */
  cutJournal: Journal | undefined
  error: LogError | undefined
  /** Where syncs are off: the logs whose topic asks for one now (`flush.messages`). */
  flushing: ReadonlySet<LocalLog> | undefined
  #written: PromiseWithResolvers<void> | undefined
  #durable: PromiseWithResolvers<void> | undefined

  promise(level: CommitLevel): Promise<void> {
    if (level === 'written') {
      this.#written ??= deferred()
      return this.#written.promise
    }
    this.#durable ??= deferred()
    return this.#durable.promise
  }

  settleWritten(): void {
    if (this.error) this.#written?.reject(this.error)
    else this.#written?.resolve()
  }

  settleDurable(): void {
    if (this.error) this.#durable?.reject(this.error)
    else this.#durable?.resolve()
  }
}

/** A promise that may be rejected while nobody waits for it yet. */
function deferred(): PromiseWithResolvers<void> {
  const made = Promise.withResolvers<void>()
  made.promise.catch(() => {})
  return made
}
