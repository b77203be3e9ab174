// Files and directories that were renamed out of the way and are removed after a while.
import type { Clock, Timer } from '@millrace/runtime'
import { messageOf } from '../api/errors.ts'
import type { Disk } from '../disk/disk.ts'

interface Deletion {
  readonly path: string
  readonly directory: boolean
  readonly dueAtMs: number
}

/** The event loop is given back after this long. */
const sliceMs = 2

export class Deletions {
  readonly #disk: Disk
  readonly #clock: Clock
  readonly #warn: (message: string) => void
  #queue: Deletion[] = []
  #timer: Timer | undefined
  #closed = false

  constructor(disk: Disk, clock: Clock, warn: (message: string) => void) {
    this.#disk = disk
    this.#clock = clock
    this.#warn = warn
  }

  get pending(): number {
    return this.#queue.length
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
    if (this.#timer || this.#closed || this.#queue.length === 0) return
    let due = Number.POSITIVE_INFINITY
    for (const deletion of this.#queue) due = Math.min(due, deletion.dueAtMs)
    this.#timer = this.#clock.setTimer(
      due - this.#clock.monotonic(),
      () => {
        this.#timer = undefined
        this.#run()
      },
      { unref: true },
    )
  }

  #run(): void {
    const started = this.#clock.monotonic()
    this.#queue = this.#queue.filter(deletion => {
      const now = this.#clock.monotonic()
      if (deletion.dueAtMs > now || now - started > sliceMs) return true
      this.#remove(deletion)
      return false
    })
    this.#arm()
  }

  #remove({ path, directory }: Deletion): void {
    try {
      if (directory) removeTree(this.#disk, path)
      else this.#disk.unlink(path)
    } catch (error) {
      this.#warn(`${path} could not be removed: ${messageOf(error)}; the next start tries again`)
    }
  }

  /** What is not removed yet stays for the next start, which knows it by its name. */
  close(): void {
    this.#closed = true
    this.#timer?.cancel()
    this.#timer = undefined
  }
}

/** Removes a directory with everything in it. */
export function removeTree(disk: Disk, path: string): void {
  for (const { name, directory } of disk.readDirectory(path)) {
    if (directory) removeTree(disk, `${path}/${name}`)
    else disk.unlink(`${path}/${name}`)
  }
  disk.removeDirectory(path)
}
