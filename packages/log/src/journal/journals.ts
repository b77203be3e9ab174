// The journal that is written to, and the retired ones whose batches are on their way into the partitions' files.
import { invariant, type Timer, violated } from '@millrace/runtime'
import { messageOf } from '../api/errors.ts'
import { isPassing, mayBeTriedAgain } from '../disk/disk-errors.ts'
import { forEachAtOnce, syncsAtOnce } from '../disk/many-syncs.ts'
import { journalKinds } from '../format/journal-format.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Storage } from '../storage/storage.ts'
import type { TailEntry } from '../tail/hot-tail.ts'
import { Journal } from './journal.ts'

/**
 * To empty a journal costs a sync for each partition in it, however little of each: while one is emptied, the next one grows up to this
 * many times its size, so that a slow disk has fewer and larger ones to empty. Recovery reads a journal whole.
 */
const stretchMax = 4
/** Retired journals that may wait; with more, groups wait too. */
const retiredMax = 3
/** The event loop is given back after this long. */
const sliceMs = 2
/** How long to wait before a full disk is tried again. */
const retryMs = 250

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
  #trimming = false
  /** Nobody waits for room any more. */
  #closing = false
  /** See `overloaded`. */
  onRelief: () => void = () => {}

  constructor(storage: Storage) {
    this.#storage = storage
    this.#nextNumber = 1
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

  get any(): boolean {
    return this.#current !== undefined || this.#retired.length > 0
  }

  /** Adds the batches of a group; returns the journal, to be synced. Throws the disk's error, and nothing was added then. */
  write(entries: readonly TailEntry[]): Journal {
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
    this.#emptying ??= this.#emptyAll()
      .catch((error: unknown) => {
        this.#storage.fail('emptying the journal', error)
      })
      .finally(() => {
        this.#emptying = undefined
        // One may have been retired between the last look and now.
        if (this.#retired.length > 0 && !this.#storage.failure && !this.#closing) this.#empty()
        this.onRelief()
      })
  }

  /** Oldest first: what a later journal says of a partition holds for earlier ones. */
  async #emptyAll(): Promise<void> {
    for (let journal = this.#retired[0]; journal; journal = this.#retired[0]) {
      if (this.#storage.failure) return
      if (!(await this.#fileAll(journal.logs))) return
      if (this.#storage.syncs && !(await this.#syncAll(journal.logs))) return
      if (this.#storage.failure) return
      assertFiled(journal)
      invariant(this.#retired[0] === journal, 'journals are removed oldest first')
      await journal.remove()
      this.#retired.shift()
      this.onRelief()
    }
  }

  /** False when it was given up: the journals stay for recovery then. */
  async #fileAll(logs: readonly LocalLog[]): Promise<boolean> {
    const { clock } = this.#storage
    let since = clock.monotonic()
    for (const log of logs) {
      while (!this.fileNow(log)) if (!(await this.#waitForRoom())) return false
      if (clock.monotonic() - since < sliceMs) continue
      await new Promise<void>(resolve => clock.defer(resolve))
      since = clock.monotonic()
    }
    // All of them have been written, by whomever.
    this.#storage.room.unblock('journal')
    return true
  }

  /** Passes some time before a full disk is tried again; false when it is not to be: the storage has failed or is being closed. */
  async #waitForRoom(): Promise<boolean> {
    if (this.#storage.failure || this.#closing) return false
    this.onRelief()
    await new Promise<void>(resolve => {
      this.#storage.clock.setTimer(retryMs, resolve)
    })
    return true
  }

  /**
   * Keeps the budget of the hot tail, by bringing home what is in the way. When that takes long (files that have to be made, first of all)
   * the rest is done a little in each turn of the event loop, so that commits do not wait for it.
   */
  trim(): void {
    const { clock, hotTail } = this.#storage
    const until = clock.monotonic() + sliceMs
    hotTail.trim(
      owner => this.fileNow(owner as LocalLog),
      () => clock.monotonic() < until,
    )
    if (!hotTail.overfull || this.#storage.room.blocked || this.#storage.failure || this.#trimming) return
    this.#trimming = true
    clock.defer(() => {
      this.#trimming = false
      this.trim()
    })
  }

  /** Brings what a partition has in journals only into its files. False when that is not possible now: nothing more is taken then. */
  fileNow(log: LocalLog): boolean {
    if (log.closed || !log.tail.hasUnfiled) return true
    try {
      log.file()
    } catch (error) {
      if (isPassing(error)) {
        this.#storage.room.block('journal', error)
        // Whoever empties journals tries again until it works; nobody else will while nothing is taken.
        this.retire()
      } else {
        this.#storage.fail(`writing ${log.name}`, error)
      }
      return false
    }
    this.#storage.room.unblock('journal')
    return true
  }

  /** False when it was given up, as `#fileAll`. */
  async #syncAll(logs: readonly LocalLog[]): Promise<boolean> {
    for (;;) {
      let lacking: unknown
      await forEachAtOnce(logs, syncsAtOnce(logs.length), async log => {
        if (log.closed || log.syncs.durable || this.#storage.failure) return
        try {
          await log.syncs.sync()
        } catch (error) {
          if (log.closed) return
          // Something had to be written first, and there was no room for it.
          if (mayBeTriedAgain(error)) lacking = error
          else this.#storage.fail(`syncing ${log.name}`, error)
        }
      })
      if (lacking === undefined) return true
      this.#storage.room.block('journal', lacking)
      if (!(await this.#waitForRoom())) return false
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
    this.#closing = true
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
