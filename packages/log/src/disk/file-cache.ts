// Bounds how many files are open at one time: handles of files that rest are closed and opened again on use.
import { systemCode } from './disk-errors.ts'
import type { Disk, DiskFile } from './disk.ts'

/** A file that may or may not be open. Made for the life of a segment; costs nothing while it rests. */
export class CachedFile {
  path: string
  /** Users in the middle of something asynchronous: the handle stays open. */
  pins = 0
  file: DiskFile | undefined
  /** Used since the cache last looked for something to close. */
  recent = false
  /** Close the handle with the last pin: the file is gone or its partition is. */
  doomed = false

  constructor(path: string) {
    this.path = path
  }
}

/** A file was asked for that its owner has taken out since. */
export class FileRemovedError extends Error {
  override readonly name = 'FileRemovedError'
}

/** Second-chance ("clock") replacement. */
export class FileCache {
  readonly #disk: Disk
  #openMax: number
  readonly #open = new Set<CachedFile>()

  constructor(disk: Disk, openMax: number) {
    this.#disk = disk
    this.#openMax = openMax
  }

  get openCount(): number {
    return this.#open.size
  }

  /** The open file. Valid until the event loop turns, longer only between `pin` and `unpin`. Throws FileRemovedError. */
  use(cached: CachedFile): DiskFile {
    cached.recent = true
    const { file } = cached
    if (file) return file
    // Opening would make the file again that somebody has just removed.
    if (cached.doomed) throw new FileRemovedError(`${cached.path} has been removed`)
    if (this.#open.size >= this.#openMax) this.#closeOne()
    const opened = this.#openFile(cached.path)
    cached.file = opened
    this.#open.add(cached)
    return opened
  }

  /** When the process has no handle left, a quarter of those here is given back, for others too, and the limit is lower from then on. */
  #openFile(path: string): DiskFile {
    for (;;) {
      try {
        return this.#disk.open(path, 'create')
      } catch (error) {
        const code = systemCode(error)
        const before = this.#open.size
        if ((code !== 'EMFILE' && code !== 'ENFILE') || before === 0) throw error
        this.#openMax = Math.min(this.#openMax, Math.max(1, Math.floor(before * 0.75)))
        for (let count = before; count >= this.#openMax; count--) this.#closeOne()
        if (this.#open.size === before && !this.#closeOne()) throw error
      }
    }
  }

  pin(cached: CachedFile): DiskFile {
    const file = this.use(cached)
    cached.pins++
    return file
  }

  unpin(cached: CachedFile): void {
    cached.pins--
    if (cached.doomed && cached.pins === 0) this.#close(cached)
  }

  /** Closes the handle, at once or when the last user is done. */
  release(cached: CachedFile): void {
    cached.doomed = true
    if (cached.pins === 0) this.#close(cached)
  }

  #close(cached: CachedFile): void {
    cached.file?.close()
    cached.file = undefined
    this.#open.delete(cached)
  }

  /** False when all are in use. */
  #closeOne(): boolean {
    // Two rounds: the first takes the second chance away. All pinned: the limit gives way, since waiting could be for ever.
    let looks = this.#open.size * 2
    for (const cached of this.#open) {
      if (looks-- <= 0) return false
      if (cached.pins > 0 || cached.recent) {
        cached.recent = false
        this.#open.delete(cached)
        this.#open.add(cached)
        continue
      }
      this.#close(cached)
      return true
    }
    return false
  }
}
