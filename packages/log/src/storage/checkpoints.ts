// The offsets of all partitions that stand in checkpoint files of the data directory: recovery points, log starts, high watermarks, what is cleaned.
import { messageOf, storageError } from '../api/errors.ts'
import type { LogLogger } from '../api/logger.ts'
import type { Disk } from '../disk/disk.ts'
import { SharedRun } from '../disk/shared-run.ts'
import { syncFile, syncFileNow } from '../disk/sync-file.ts'
import {
  cleanedName,
  DamagedCheckpointError,
  decodeOffsets,
  encodeOffsets,
  highWatermarkName,
  logStartName,
  recoveryPointName,
} from '../format/checkpoint-file.ts'
import { temporarySuffix } from '../format/segment-name.ts'

/** The same as `.tmp` for what cannot wait for the writing under way. */
const nowSuffix = '.now'

/** Files of a data directory that a crash has left half done. */
export function isLeftover(name: string): boolean {
  return name.endsWith(nowSuffix) || name.endsWith(temporarySuffix)
}

/** One file, replaced whole and atomically. Changes that come while it is being written go into one more writing. */
class OffsetFile {
  readonly offsets: Map<string, number>
  /** What stood in it is lost. */
  damaged = false
  readonly #disk: Disk
  readonly #directory: string
  readonly #path: string
  readonly #syncs: boolean
  /** Times that it was replaced at once. */
  #replaced = 0
  readonly #writing = new SharedRun(() => this.#write())

  /** `without` says what is done when the file is damaged, for the log line. `made`: Apache Kafka makes it empty, before it has anything to say. */
  constructor(
    { disk, directory, syncs, logger }: CheckpointOptions,
    name: string,
    without: string,
    made = false,
  ) {
    this.#disk = disk
    this.#directory = directory
    this.#syncs = syncs
    this.#path = `${directory}/${name}`
    this.offsets = this.#read(logger, without, made)
  }

  #read(logger: LogLogger, without: string, made: boolean): Map<string, number> {
    const bytes = this.#disk.readFile(this.#path)
    if (!bytes || (made && bytes.length === 0)) return new Map()
    try {
      return decodeOffsets(this.#path, bytes)
    } catch (error) {
      if (!(error instanceof DamagedCheckpointError)) throw error
      logger.warn(`${error.message}, as a loss of power may leave it: ${without}`)
      this.damaged = true
      return new Map()
    }
  }

  /** Resolves when a file with the offsets as of now is durable. */
  store(): Promise<void> {
    return this.#writing.request()
  }

  /** Resolves when no writing is under way. */
  settled(): Promise<void> {
    return this.#writing.settled()
  }

  /**
   * Replaces the file at once. That need not outlive a loss of power; but what was there before must, whole, if this does not: the content is
   * synced before it takes the name.
   */
  storeNow(): void {
    const temporary = `${this.#path}${nowSuffix}`
    this.#disk.writeFile(temporary, encodeOffsets(this.offsets))
    if (this.#syncs) syncFileNow(this.#disk, temporary)
    this.#disk.rename(temporary, this.#path)
    this.#replaced++
  }

  async #write(): Promise<void> {
    const temporary = `${this.#path}${temporarySuffix}`
    let replaced: number
    do {
      replaced = this.#replaced
      this.#disk.writeFile(temporary, encodeOffsets(this.offsets))
      await syncFile(this.#disk, temporary)
      // What was replaced meanwhile is newer than what is about to take its name.
    } while (replaced !== this.#replaced)
    this.#disk.rename(temporary, this.#path)
    await this.#disk.syncDirectory(this.#directory)
  }
}

interface CheckpointOptions {
  readonly disk: Disk
  readonly directory: string
  /** Whether anything is to outlive a loss of power. */
  readonly syncs: boolean
  readonly logger: LogLogger
}

/** Offsets by name of the partition's directory. */
export class Checkpoints {
  readonly #recoveryPoints: OffsetFile
  readonly #logStarts: OffsetFile
  readonly #highWatermarks: OffsetFile
  /** Never replaced without a sync: where it is read, gaps in a log are told from losses by it. */
  readonly #cleaned: OffsetFile
  readonly #files: readonly OffsetFile[]
  readonly #forgotten = new Set<string>()
  /** Those of them whose lines may be in the files that stand there. */
  readonly #visible = new Set<string>()
  /** The file of the log starts is not as the memory is, and nobody writes it. */
  #logStartsChanged = false
  /** The same of what is cleaned. */
  #cleanedChanged = false

  /** Reads the files; goes on without one that is damaged. Throws DirectoryFormatError when one is of another version. */
  constructor(options: CheckpointOptions) {
    const read = (name: string, without: string, made?: boolean) =>
      new OffsetFile(options, name, without, made)
    this.#recoveryPoints = read(recoveryPointName, 'logs are verified from their first byte')
    this.#logStarts = read(
      logStartName,
      'logs begin with their first segment, deleted records in it included',
    )
    this.#highWatermarks = read(highWatermarkName, 'high watermarks are the ends of the logs')
    this.#cleaned = read(cleanedName, 'logs are cleaned from their first record', true)
    this.#files = [this.#recoveryPoints, this.#logStarts, this.#highWatermarks]
  }

  recoveryPoint(name: string): number {
    return this.#recoveryPoints.offsets.get(name) ?? 0
  }

  logStart(name: string): number {
    return this.#logStarts.offsets.get(name) ?? 0
  }

  /** False where the file that said so was damaged: logs may begin behind what `logStart` says. */
  get logStartsKnown(): boolean {
    return !this.#logStarts.damaged
  }

  /** Up to where a log was cleaned the last time; undefined for never. */
  cleaned(name: string): number | undefined {
    return this.#cleaned.offsets.get(name)
  }

  /** Resolves when that is durable. Rejects with the disk's error. */
  async setCleaned(name: string, offset: number): Promise<void> {
    this.#cleaned.offsets.set(name, offset)
    await this.#storeCleaned()
  }

  /** The log ends at `offset` now: what comes behind it is another's. Written with the others. */
  limitCleaned(name: string, offset: number): void {
    const cleaned = this.cleaned(name)
    if (cleaned === undefined || cleaned <= offset) return
    this.#cleaned.offsets.set(name, offset)
    this.#cleanedChanged = true
  }

  async #storeCleaned(): Promise<void> {
    this.#cleanedChanged = false
    try {
      await this.#cleaned.store()
    } catch (error) {
      this.#cleanedChanged = true
      throw error
    }
  }

  setRecoveryPoint(name: string, offset: number): Promise<void> {
    this.#recoveryPoints.offsets.set(name, offset)
    return this.#recoveryPoints.store()
  }

  /**
   * A line is kept even where the first segment says the same: recovery tells by it a segment that was deleted from one whose name a loss
   * of power took. Rejects with KAFKA_STORAGE_ERROR.
   */
  setLogStart(name: string, offset: number): Promise<void> {
    this.noteLogStart(name, offset)
    return this.storeLogStarts()
  }

  noteLogStart(name: string, offset: number): void {
    if (offset === this.logStart(name)) return
    this.#logStartsChanged = true
    if (offset > 0) this.#logStarts.offsets.set(name, offset)
    else this.#logStarts.offsets.delete(name)
  }

  /** Takes a partition into account without writing. */
  note(name: string, recoveryPoint: number, highWatermark: number): void {
    this.#recoveryPoints.offsets.set(name, recoveryPoint)
    this.#highWatermarks.offsets.set(name, highWatermark)
  }

  /** A partition is no more. Its lines must be out of the files before another of its name counts: see `storeForgotten`, `renew`. */
  forget(name: string): void {
    let known = false
    for (const { offsets } of this.#files) known = offsets.delete(name) || known
    if (this.#cleaned.offsets.delete(name)) {
      known = true
      this.#cleanedChanged = true
    }
    if (!known) return
    this.#forgotten.add(name)
    this.#visible.add(name)
  }

  /** Forgets partitions whose deletion a crash cut short. */
  keepOnly(exists: (name: string) => boolean): void {
    for (const { offsets } of [...this.#files, this.#cleaned]) {
      for (const name of offsets.keys()) if (!exists(name)) this.forget(name)
    }
  }

  /** Makes durable that partitions were forgotten, if any were since the last time. */
  async storeForgotten(): Promise<void> {
    if (this.#forgotten.size === 0) return
    const stored = [...this.#forgotten]
    await this.storeAll()
    for (const name of stored) {
      this.#forgotten.delete(name)
      this.#visible.delete(name)
    }
  }

  /**
   * A partition is made whose name another may have had: a kill from here on must not give it the other's offsets. What was cleaned of the other
   * does no harm.
   */
  renew(name: string): void {
    if (!this.#visible.has(name)) return
    for (const file of this.#files) file.storeNow()
    this.#visible.clear()
  }

  /** Writes nothing where nothing has changed: on a full disk that would cost room for nothing. Rejects with KAFKA_STORAGE_ERROR. */
  async storeLogStarts(): Promise<void> {
    if (!this.#logStartsChanged) return await this.#logStarts.settled()
    this.#logStartsChanged = false
    try {
      await this.#logStarts.store()
    } catch (error) {
      this.#logStartsChanged = true
      throw storageError(`storing where logs begin: ${messageOf(error)}`, error)
    }
  }

  async storeAll(): Promise<void> {
    const cleaned = this.#cleanedChanged ? [this.#storeCleaned()] : []
    await Promise.all([...this.#files.map(file => file.store()), ...cleaned])
  }
}
