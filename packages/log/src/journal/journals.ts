// The journal that is written to, and the retired ones whose batches are on their way into the partitions' files.
import { invariant, type Timer, violated } from '@millrace/runtime'
import { messageOf } from '../api/errors.ts'
import { journalKinds } from '../format/journal-format.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Storage } from '../storage/storage.ts'
import type { TailEntry } from '../tail/partition-tail.ts'
import { JournalFiling } from './journal-filing.ts'
import { Journal } from './journal.ts'

/**
 * To empty a journal costs a sync for each partition in it, however little of each: while one is emptied, the next one grows up to this
 * many times its size, so that a slow disk has fewer and larger ones to empty. Recovery reads a journal whole.
 */
const stretchMax = 4
/** Retired journals that may wait; with more, groups wait too. */
const retiredMax = 3
/** A journal that takes nothing more. */
export interface RetiredJournal {
  readonly logs: readonly LocalLog[]
  /** End offset of what is in it of each log, if anything is. */
  readonly ends: number[]
  /** Its batches are where they belong. */
  remove(): Promise<void>
  close(): void
}

export class Journals {
  readonly #storage: Storage
  #current: Journal | undefined
  readonly #retired: RetiredJournal[] = []
  #nextNumber: number
  #emptying: Promise<void> | undefined
  #idleTimer: Timer | undefined
  /** Brings what stands in journals only into the files. */
  readonly filing: JournalFiling
  /** See `overloaded`. */
  onRelief: () => void = () => {}

  constructor(storage: Storage) {
    this.#storage = storage
    this.#nextNumber = 1
    this.filing = new JournalFiling(storage)
    // Whoever empties journals tries again until it works; nobody else will while nothing is taken.
    this.filing.onBlocked = () => this.retire()
    this.filing.onRelief = () => this.onRelief()
  }

  /** Takes over journals that a crash has left behind and that have been read, oldest first: they are emptied as any other. */
  adopt(journals: readonly RetiredJournal[], lastNumber: number): void {
    this.#nextNumber = lastNumber + 1
    this.#retired.push(...journals)
    this.#empty()
  }

  /** There are so many batches to bring home that no more should come; `onRelief` is called when that may have changed. */
  get overloaded(): boolean {
    return this.#retired.length >= retiredMax && !this.#storage.room.blocked && !this.#storage.failure
  }

  /** The one that is written to. */
  get current(): Journal | undefined {
    return this.#current
  }

  get any(): boolean {
    return this.#current !== undefined || this.#retired.length > 0
  }

  /** Adds the batches of a group; returns the journal, to be synced. Throws the disk's error, and nothing was added then. */
  write(entries: readonly TailEntry<LocalLog>[]): Journal {
    const current = this.#open()
    current.write(entries)
    return current
  }

  /** Retires the current journal when it is full. Call it when the partitions know what has been written: they are emptied from then on. */
  retireFull(): void {
    const { journalMaxBytes } = this.#storage.limits
    const fullBytes = this.#retired.length > 0 ? stretchMax * journalMaxBytes : journalMaxBytes
    if (this.#current && this.#current.sizeInBytes >= fullBytes) this.retire()
  }

  #open(): Journal {
    if (!this.#current) {
      this.#current = new Journal(this.#storage, this.#nextNumber++)
      this.#watch(this.#current)
    }
    return this.#current
  }

  /** A journal that rests is retired, so that soon only the partitions' own files are there. */
  #watch(journal: Journal): void {
    const { clock, limits } = this.#storage
    this.#idleTimer?.cancel()
    this.#idleTimer = clock.setTimer(
      limits.journalIdleMs,
      () => {
        if (this.#current !== journal) return
        if (clock.monotonic() - journal.writtenAtMs >= limits.journalIdleMs) this.retire()
        else this.#watch(journal)
      },
      { unref: true },
    )
  }

  /** Takes the current journal out of use and starts to empty it. */
  retire(): void {
    if (!this.#current) return
    this.#retired.push(this.#current)
    this.#current = undefined
    this.#idleTimer?.cancel()
    this.#empty()
  }

  #empty(): void {
    // Not within this call: filing that finds no room has the current journal retired, which must see that emptying is under way.
    this.#emptying ??= Promise.resolve()
      .then(() => this.#emptyAll())
      .catch((error: unknown) => {
        this.#storage.fail('emptying the journal', error)
      })
      .finally(() => {
        this.#emptying = undefined
        // One may have been retired between the last look and now.
        if (this.#retired.length > 0 && !this.#storage.failure && !this.filing.closing) this.#empty()
        this.onRelief()
      })
  }

  /** Oldest first: what a later journal says of a partition holds for earlier ones. */
  async #emptyAll(): Promise<void> {
    for (let journal = this.#retired[0]; journal; journal = this.#retired[0]) {
      if (this.#storage.failure) return
      if (!(await this.filing.fileAll(journal.logs))) return
      if (this.#storage.syncs && !(await this.filing.syncAll(journal.logs))) return
      if (this.#storage.failure) return
      assertFiled(journal)
      invariant(this.#retired[0] === journal, 'journals are removed oldest first')
      await journal.remove()
      this.#retired.shift()
      this.onRelief()
    }
  }

  /** Makes sure that no batch which a partition has lost or will lose on purpose comes back from a journal. Resolves when that is durable. */
  async forget(log: LocalLog): Promise<void> {
    if (!this.any) return
    const journal = this.#open()
    for (const { logs, ends } of [...this.#retired, journal]) {
      const slot = logs.indexOf(log)
      if (slot >= 0) ends[slot] = 0
    }
    journal.note(log, journalKinds.forget)
    if (this.#storage.syncs) await journal.sync()
  }

  /** Notes that a partition is no more, so that nobody takes a later one of its name for it. `sync` makes that durable. */
  noteDeleted(log: LocalLog): void {
    if (!this.any) return
    try {
      this.#storage.room.makingNow(() => this.#open().note(log, journalKinds.deleted))
    } catch (error) {
      // Not even the reserve had room for it. The journals go as soon as they can.
      this.#storage.logger.warn(`the journal cannot say that ${log.name} was deleted: ${messageOf(error)}`)
      this.retire()
    }
  }

  async sync(): Promise<void> {
    await this.#current?.sync()
  }

  /** Empties and removes all journals, for good. Where the storage has failed or there is no room they stay for recovery. */
  async drain(): Promise<void> {
    this.retire()
    this.filing.closing = true
    await this.#emptied()
    // What was under way may have looked for the last time before this one was retired.
    if (this.#retired.length > 0 && !this.#storage.failure) this.#empty()
    await this.#emptied()
  }

  async #emptied(): Promise<void> {
    while (this.#emptying) await this.#emptying
  }

  /** Gives handles back without bringing anything home. */
  abandon(): void {
    this.#idleTimer?.cancel()
    this.#current?.close()
    for (const journal of this.#retired) journal.close()
    this.#current = undefined
    this.#retired.length = 0
  }
}

/** What a journal alone has is lost with it. */
function assertFiled({ logs, ends }: Pick<RetiredJournal, 'logs' | 'ends'>): void {
  for (let slot = 0; slot < logs.length; slot++) {
    const log = logs[slot]!
    const end = ends[slot] ?? 0
    if (!log.closed && log.tail.unfiledOffset < end)
      violated(`a journal goes last: ${log.name} is filed up to ${log.tail.unfiledOffset} of ${end}`)
  }
}
