// The leader epochs of one partition: in memory, and in its `leader-epoch-checkpoint`.
import { messageOf } from '../api/errors.ts'
import type { LogLogger } from '../api/logger.ts'
import type { Disk } from '../disk/disk.ts'
import { syncFile } from '../disk/sync-file.ts'
import { decodeEpochs, encodeEpochs, epochCheckpointName } from '../format/checkpoint-file.ts'
import { temporarySuffix } from '../format/segment-name.ts'
import { EpochCache } from './epoch-cache.ts'

interface EpochStorage {
  readonly disk: Disk
  readonly logger: LogLogger
}

/** Reads the file. Undefined when it is damaged or not there. Throws DirectoryFormatError for a version of the future. */
export function readEpochs({ disk, logger }: EpochStorage, directory: string): EpochCache | undefined {
  const path = `${directory}/${epochCheckpointName}`
  const bytes = disk.readFile(path)
  if (!bytes) return undefined
  try {
    return new EpochCache(decodeEpochs(path, bytes))
  } catch (error) {
    // It is written without a sync: after a power loss it may be empty or cut off. The batches say the same.
    logger.warn(`${messageOf(error)}; the epochs are read from the batches`)
    return undefined
  }
}

export class LeaderEpochs {
  readonly cache: EpochCache
  /** The epochs in memory are not those of the file. */
  changed = false
  readonly #disk: Disk
  readonly #path: string

  constructor(disk: Disk, directory: string, cache: EpochCache) {
    this.cache = cache
    this.#disk = disk
    this.#path = `${directory}/${epochCheckpointName}`
  }

  /** Notes that batches from `startOffset` on carry `epoch`. */
  assign(epoch: number, startOffset: number): void {
    if (this.cache.assign(epoch, startOffset)) this.changed = true
  }

  /** Forgets epochs that begin at or beyond `endOffset`. */
  truncateFromEnd(endOffset: number): void {
    if (this.cache.truncateFromEnd(endOffset)) this.changed = true
  }

  /** Forgets epochs that end before `startOffset`. */
  truncateFromStart(startOffset: number): void {
    if (this.cache.truncateFromStart(startOffset)) this.changed = true
  }

  /** Replaces the file; durable with the next sync of the directory. */
  async store(): Promise<void> {
    if (!this.changed) return
    this.changed = false
    const temporary = `${this.#path}${temporarySuffix}`
    this.#disk.writeFile(temporary, encodeEpochs(this.cache.entries))
    await syncFile(this.#disk, temporary)
    this.#disk.rename(temporary, this.#path)
  }
}
