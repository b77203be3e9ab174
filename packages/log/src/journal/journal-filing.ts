// Brings what logs have in journals only into their files, and waits where the disk has no room for it.
import { isPassing, mayBeTriedAgain } from '../disk/disk-errors.ts'
import { forEachAtOnce, syncsAtOnce } from '../disk/many-syncs.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Storage } from '../storage/storage.ts'
import type { TailOwner } from '../tail/partition-tail.ts'

/** The event loop is given back after this long. */
const sliceMs = 2
/** How long to wait before a full disk is tried again. */
const retryMs = 250

export class JournalFiling {
  /** There was no room: nothing more is taken, and somebody has to try again. */
  onBlocked: () => void = () => {}
  /** Nothing can be brought home for now: who waits for it had better look again. */
  onRelief: () => void = () => {}
  /** Nobody waits for room any more. */
  closing = false
  readonly #storage: Storage
  #trimming = false

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Writes what these have in journals only. False when it was given up: the journals stay for recovery then. */
  async fileAll(logs: readonly LocalLog[]): Promise<boolean> {
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

  /** Syncs their files. False when it was given up, as `fileAll`. */
  async syncAll(logs: readonly LocalLog[]): Promise<boolean> {
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

  /** Passes some time before a full disk is tried again; false when it is not to be: the storage has failed or is being closed. */
  async #waitForRoom(): Promise<boolean> {
    if (this.#storage.failure || this.closing) return false
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
      owner => this.fileNow(owner),
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
  fileNow(log: TailOwner): boolean {
    if (log.closed || !log.tail.hasUnfiled) return true
    try {
      log.file()
    } catch (error) {
      if (isPassing(error)) {
        this.#storage.room.block('journal', error)
        this.onBlocked()
      } else {
        this.#storage.fail(`writing ${log.name}`, error)
      }
      return false
    }
    this.#storage.room.unblock('journal')
    return true
  }
}
