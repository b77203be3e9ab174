// Files and directories that were renamed out of the way and are removed after a while.
import type { Clock, Timer } from '@millrace/runtime'
import { messageOf } from '../api/errors.ts'
import type { Disk } from '../disk/disk.ts'

interface Deletion {
  readonly path: string
  readonly directory: boolean
  readonly dueAtMs: number
}

/** Removes one file after the other, each beside the event loop: a topic may have thousands, of a gibibyte each. */
export class Deletions {
  readonly #disk: Disk
  readonly #clock: Clock
  readonly #warn: (message: string) => void
  #queue: Deletion[] = []
  #timer: Timer | undefined
  /** How many of those that are due are not removed yet. */
  #removing = 0
  #closed = false

  constructor(disk: Disk, clock: Clock, warn: (message: string) => void) {
    this.#disk = disk
    this.#clock = clock
    this.#warn = warn
  }

  get pending(): number {
    return this.#queue.length + this.#removing
  }

  add(path: string, directory: boolean, delayMs: number): void {
    this.#queue.push({ path, directory, dueAtMs: this.#clock.monotonic() + delayMs })
    this.#arm()
  }

  /** The room is needed: what waits for its time is removed as soon as the event loop allows it. */
  hurry(): void {
    const now = this.#clock.monotonic()
    this.#queue = this.#queue.map(deletion => ({ ...deletion, dueAtMs: Math.min(deletion.dueAtMs, now) }))
    this.#timer?.cancel()
    this.#timer = undefined
    this.#arm()
  }

  #arm(): void {
    if (this.#timer || this.#closed || this.#removing > 0 || this.#queue.length === 0) return
    let due = Number.POSITIVE_INFINITY
    for (const deletion of this.#queue) due = Math.min(due, deletion.dueAtMs)
    this.#timer = this.#clock.setTimer(
      due - this.#clock.monotonic(),
      () => {
        this.#timer = undefined
        void this.#run()
      },
      { unref: true },
    )
  }

  async #run(): Promise<void> {
    const now = this.#clock.monotonic()
    const due = this.#queue.filter(({ dueAtMs }) => dueAtMs <= now)
    this.#queue = this.#queue.filter(({ dueAtMs }) => dueAtMs > now)
    this.#removing = due.length
    for (const deletion of due) {
      if (this.#closed) break
      await this.#remove(deletion)
      this.#removing--
    }
    this.#removing = 0
    this.#arm()
  }

  async #remove({ path, directory }: Deletion): Promise<void> {
    try {
      if (directory) await this.#removeTree(path)
      else await this.#disk.unlinkAside(path)
    } catch (error) {
      this.#warn(`${path} could not be removed: ${messageOf(error)}; the next start tries again`)
    }
  }

  /** Removes a directory with everything in it, unless this is closed meanwhile. */
  async #removeTree(path: string): Promise<void> {
    for (const { name, directory } of this.#disk.readDirectory(path)) {
      if (this.#closed) return
      if (directory) await this.#removeTree(`${path}/${name}`)
      else await this.#disk.unlinkAside(`${path}/${name}`)
    }
    if (!this.#closed) this.#disk.removeDirectory(path)
  }

  /** What is not removed yet stays for the next start, which knows it by its name. */
  close(): void {
    this.#closed = true
    this.#timer?.cancel()
    this.#timer = undefined
  }
}
