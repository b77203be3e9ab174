// The producer snapshots of one partition: which there are, and the state of the producers at an offset out of them and the batches behind.
import { messageOf, storageError } from '../api/errors.ts'
import { isPassing } from '../disk/disk-errors.ts'
import { baseOffsetOf, lastOffsetOf, producerIdOf } from '../format/batch.ts'
import { segmentFileName, segmentSuffixes } from '../format/segment-name.ts'
import { scanBatches } from '../segment/batch-scan.ts'
import type { DeletedBatches } from './deleted-batches.ts'
import type { ProducerLog } from './producer-log.ts'
import { refillBatches } from './producer-refill.ts'
import { type CompletedTransaction, ProducerStates } from './producer-states.ts'

/** Hears of a transaction that ended in the segment of this base offset. */
type OnCompleted = (completed: CompletedTransaction, segmentBase: number) => void

export class ProducerSnapshots {
  /** One was written since the owner set this to false: the clean stop has to sync it. */
  changed = false
  /** What only journals tell of, until a snapshot has it. */
  deleted: DeletedBatches | undefined
  readonly #log: ProducerLog
  readonly #storage: ProducerLog['storage']
  readonly #directory: string
  /** Ascending; undefined while not looked up. All of them are right: recovery removes those that it cannot believe. */
  #offsets: number[] | undefined

  /** `fresh`: the directory was made just now and holds none. */
  constructor(log: ProducerLog, directory: string, fresh: boolean) {
    this.#log = log
    this.#storage = log.storage
    this.#directory = directory
    if (fresh) this.#offsets = []
  }

  path(offset: number): string {
    return `${this.#directory}/${segmentFileName(offset, segmentSuffixes.snapshot)}`
  }

  /** Offsets of the snapshots on disk. */
  offsets(): readonly number[] {
    this.#offsets ??= this.#storage.disk
      .readDirectory(this.#directory)
      .filter(({ name }) => name.endsWith(segmentSuffixes.snapshot))
      .map(({ name }) => Number(name.slice(0, -segmentSuffixes.snapshot.length)))
      .filter(Number.isSafeInteger)
      .sort((a, b) => a - b)
    return this.#offsets
  }

  /** Writes the producer state, which is that at `offset`, un-synced, unless that is there. Throws KAFKA_STORAGE_ERROR. */
  write(offset: number): string {
    return this.#write(offset, () => this.#log.producers)
  }

  /** The same; a full disk, which is to be read too, does without until the snapshot is needed (`writePast`). */
  writeIfRoom(offset: number): void {
    try {
      this.write(offset)
    } catch (error) {
      if (!isPassing(error)) throw error
    }
  }

  /** Writes the state as it was at `offset`, in front of which the log is whole, unless that is there. Throws as `write` does. */
  writePast(offset: number): string {
    return this.#write(offset, () => {
      const states = new ProducerStates()
      this.#apply(states, this.#restore(states, offset), offset)
      return states
    })
  }

  #write(offset: number, state: () => ProducerStates): string {
    const path = this.path(offset)
    const offsets = this.offsets()
    // What stands there is right, and might not fit a second time.
    if (offsets.includes(offset)) return path
    const { disk } = this.#storage
    try {
      disk.writeFile(path, state().snapshot())
    } catch (error) {
      disk.unlink(path)
      throw storageError(`writing ${path}: ${messageOf(error)}`, error)
    }
    this.changed = true
    this.#offsets = [...offsets, offset].sort((a, b) => a - b)
    return path
  }

  remove(where: (offset: number) => boolean): void {
    this.#offsets = this.offsets().filter(offset => {
      if (!where(offset)) return true
      this.#storage.disk.unlink(this.path(offset))
      return false
    })
  }

  /** The file of one has been renamed. */
  forget(offset: number): void {
    if (this.#offsets) this.#offsets = this.#offsets.filter(other => other !== offset)
  }

  /**
   * Makes the log's producer state that of all batches below `offset`: from the newest snapshot at or below `snapshotMax`, and the batches
   * behind it. `onCompleted` hears of transactions that these batches ended. Returns where they begin.
   */
  rebuild(offset: number, snapshotMax = offset, onCompleted?: OnCompleted): number {
    const { producers } = this.#log
    this.remove(at => at > offset || at > snapshotMax)
    const restored = this.#restore(producers, offset)
    if (restored === undefined) producers.reset(0)
    else if (producers.size > 0) refillBatches(this.#log, restored)
    return this.#apply(producers, restored, offset, onCompleted)
  }

  /** The log begins again at `offset`, with nothing in it, and what was in it is wrong: what is known of the producers there is a snapshot of that offset, or nothing. */
  beginAt(offset: number): void {
    const { producers } = this.#log
    this.remove(at => at !== offset)
    if (this.#restore(producers, offset) === undefined) producers.reset(offset)
  }

  /**
   * Restores the newest snapshot at or below `offset` that can be read; returns its offset. What lies in front of the log says nothing of it where
   * the batches between are gone: a journal may have them (`deleted`), or bring them back (`beginAt`).
   */
  #restore(states: ProducerStates, offset: number): number | undefined {
    const begin = Math.min(this.#log.segments.first.baseOffset, offset)
    const lowest = this.deleted && this.deleted.to >= begin ? Math.min(begin, this.deleted.from) : begin
    for (const at of [...this.offsets()].reverse()) {
      if (at > offset || at < lowest) continue
      const path = this.path(at)
      const bytes = this.#storage.disk.readFile(path)
      if (bytes && states.restore(bytes, at)) return at
      this.#storage.logger.warn(`${path} is damaged and removed`)
      this.remove(other => other === at)
    }
    return undefined
  }

  /** Takes the batches below `offset` into `states`: those behind the snapshot that was `restored`, or all. Returns where those of the log begin. */
  #apply(
    states: ProducerStates,
    restored: number | undefined,
    offset: number,
    onCompleted?: OnCompleted,
  ): number {
    const { segments, tail } = this.#log
    const from = restored ?? segments.first.baseOffset
    let deleted = this.deleted?.between(restored ?? 0, offset) ?? []
    /** What a batch says counts behind all that stood in front of it. */
    const takeDeleted = (before: number) => {
      for (const batch of deleted) if (lastOffsetOf(batch, 0) < before) states.apply(batch, 0)
      deleted = []
    }
    const take = (buffer: Buffer, at: number, segmentBase: number): undefined => {
      const baseOffset = baseOffsetOf(buffer, at)
      if (baseOffset < from) return
      if (deleted.length > 0) takeDeleted(baseOffset)
      if (producerIdOf(buffer, at) < 0) return
      const completed = states.apply(buffer, at)
      if (completed) onCompleted?.(completed, segmentBase)
    }
    for (let index = Math.max(0, segments.indexOf(from)); index < segments.count; index++) {
      const segment = segments.at(index)!
      if (segment.baseOffset >= offset) break
      if (segment.filedBytes === 0) continue
      const start = segment.indexes().offsets.lookup(from - segment.baseOffset)
      scanBatches(this.#storage.files.use(segment.file), start, segment.filedBytes, (buffer, at) => {
        if (lastOffsetOf(buffer, at) >= offset) return false
        return take(buffer, at, segment.baseOffset)
      })
    }
    for (const entry of tail.unfiled(false))
      if (entry.baseOffset < offset) take(entry.bytes, 0, entry.segment.baseOffset)
    takeDeleted(offset)
    return from
  }
}
