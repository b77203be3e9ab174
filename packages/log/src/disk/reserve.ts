// Room on the disk that is held back by files without meaning: released so that on a full disk what makes room can be written.
import type { Random } from '@millrace/runtime'
import type { Disk } from './disk.ts'

/** Several files, since a file system may run out of files as well as out of bytes. */
const fileCount = 4

const reserveNames: readonly string[] = Array.from(
  { length: fileCount },
  (_, index) => `millrace-reserve-${index}`,
)

export class Reserve {
  readonly #disk: Disk
  readonly #directory: string
  readonly #random: Random
  readonly #fileBytes: number

  /** `sizeInBytes` is of all its files together; 0 for none. */
  constructor(disk: Disk, directory: string, random: Random, sizeInBytes: number) {
    this.#disk = disk
    this.#directory = directory
    this.#random = random
    this.#fileBytes = Math.ceil(sizeInBytes / fileCount)
  }

  get #paths(): string[] {
    return reserveNames.map(name => `${this.#directory}/${name}`)
  }

  isWhole(): boolean {
    return this.#paths.every(path => (this.#disk.stat(path)?.sizeInBytes ?? 0) >= this.#fileBytes)
  }

  /** Gives the room back. False when there was none held. */
  release(): boolean {
    let released = false
    for (const path of this.#paths) {
      if (!this.#disk.stat(path)) continue
      this.#disk.unlink(path)
      released = true
    }
    return released
  }

  /** Takes the room; false when the disk does not have it, and then nothing is held. */
  fill(): boolean {
    if (this.#fileBytes === 0) return true
    // As much again has to be left: else the reserve would be all that there is, and be needed at once.
    const usableBytes = this.#disk.space?.(this.#directory)?.usableBytes ?? Number.POSITIVE_INFINITY
    if (usableBytes < 2 * this.#fileBytes * fileCount) return false
    // Not zeros: file systems that compress or leave holes would hold nothing back.
    const bytes = this.#random.bytes(this.#fileBytes)
    try {
      for (const path of this.#paths) this.#disk.writeFile(path, bytes)
    } catch {
      // No room, or whatever else: without a reserve nothing is worse than it was.
      this.release()
      return false
    }
    return true
  }
}
