// The files of one partition: what of the log in memory is written, what of it is durable, and the state beside the segments.
import { violated } from '@millrace/runtime'
import { lastOffsetOf } from '../format/batch.ts'
import { scanBatches } from '../segment/batch-scan.ts'
import { encodeEpochs, encodePartitionMetadata } from '../format/checkpoint-file.ts'
import type { Disk } from '../disk/disk.ts'
import { messageOf } from '../api/errors.ts'
import type { TailEntry } from '../tail/hot-tail.ts'
import type { PartitionLog } from './partition-log.ts'
import type { PartitionLogState } from './partition-log-state.ts'
import { ProducerSnapshots } from '../producers/producer-snapshots.ts'
import type { Segment } from '../segment/segment.ts'
import {
  deletedSuffix,
  epochCheckpointName,
  partitionMetadataName,
  segmentSuffixes,
  temporarySuffix,
} from '../format/segment-name.ts'
import type { Storage } from '../storage/storage.ts'

export class PartitionFiles {
  readonly directory: string
  readonly snapshots: ProducerSnapshots
  /** Closed segments whose index files are not written. */
  readonly closing: Segment[] = []
  /** The epochs in memory are not those of the file. */
  epochsChanged = false
  /** Everything below is durable with all that belongs to it: recovery need not look at it. */
  recoveryPoint: number
  /** Everything below is durable, though recovery would look at it: see `flushDue`. */
  #flushedOffset: number
  /** The directory itself is durable, and who the partition is. */
  nameSynced: boolean
  readonly #log: PartitionLog
  readonly #storage: Storage
  readonly #unsynced = new Set<Segment>()
  #metadataSynced: boolean
  /** Offset of the last snapshot that a recovery point asked for, which the next one replaces. */
  #pointSnapshot = -1
  /** Bytes filed since the recovery point moved. */
  #bytesSincePoint = 0
  #checkpointing = false

  constructor(log: PartitionLog, state: PartitionLogState) {
    this.#log = log
    this.#storage = state.storage
    this.directory = state.directory
    this.recoveryPoint = state.recoveryPoint
    this.#flushedOffset = state.recoveryPoint
    this.nameSynced = !state.fresh
    this.#metadataSynced = !state.metadataWritten
    this.snapshots = new ProducerSnapshots(log, state.directory, state.fresh)
  }

  get #disk(): Disk {
    return this.#storage.disk
  }

  get hasUnsynced(): boolean {
    return this.#unsynced.size > 0
  }

  /** Everything that is filed is durable, and so is who the partition is. */
  get durable(): boolean {
    return this.#unsynced.size === 0 && this.#metadataSynced
  }

  /** With `fsync: 'never'`: as many records wait for a sync as `flush.messages` allows. */
  get flushDue(): boolean {
    const { logEndOffset, config } = this.#log
    return logEndOffset - Math.max(this.#flushedOffset, this.recoveryPoint) >= config.flushMessages
  }

  /** Everything below `offset` has been synced. */
  flushed(offset: number): void {
    this.#flushedOffset = offset
  }

  /**
   * Writes what the segment files lack, one `writev` a segment; with `pending` also what is in no file yet. On an error the files
   * end as the journal and they did before, or the storage has failed.
   */
  writeTail(pending: boolean): void {
    const entries = this.#log.tail.unfiled(pending)
    for (let from = 0; from < entries.length; ) {
      const { segment } = entries[from]!
      let to = from + 1
      while (to < entries.length && entries[to]!.segment === segment) to++
      this.#writeRun(segment, entries, from, to)
      from = to
    }
    this.#log.tail.markFiled(pending)
    for (let index = this.closing.length - 1; index >= 0; index--) {
      const segment = this.closing[index]!
      if (segment.filedBytes < segment.sizeInBytes) continue
      this.closing.splice(index, 1)
      this.#closeIndexes(segment)
    }
  }

  #writeRun(segment: Segment, entries: readonly TailEntry[], from: number, to: number): void {
    const chunks: Buffer[] = []
    let bytes = 0
    for (let index = from; index < to; index++) {
      const entry = entries[index]!
      // An earlier attempt that failed in a later segment has written this one.
      if (entry.position < segment.filedBytes) continue
      if (entry.position !== segment.filedBytes + bytes)
        violated(
          `batches are filed without gaps: ${segment.file.path} ends at ${segment.filedBytes + bytes}, the next batch begins at ${entry.position}`,
        )
      chunks.push(entry.bytes)
      bytes += entry.bytes.length
    }
    if (bytes === 0) return
    const file = this.#storage.files.use(segment.file)
    segment.created = true
    this.#unsynced.add(segment)
    try {
      file.writev(chunks, segment.filedBytes)
    } catch (error) {
      this.#cutFile(segment, segment.filedBytes)
      throw error
    }
    segment.filedBytes += bytes
    this.#bytesSincePoint += bytes
  }

  /** Takes bytes off the end of a file that never became part of the log. */
  #cutFile(segment: Segment, sizeInBytes: number): void {
    try {
      this.#storage.files.use(segment.file).truncate(sizeInBytes)
    } catch (error) {
      throw this.#storage.fail(`cutting ${segment.file.path} back to ${sizeInBytes} bytes`, error)
    }
  }

  #closeIndexes(segment: Segment): void {
    try {
      segment.storeIndexes()
    } catch (error) {
      // The memory has them; they are written with the next checkpoint, or rebuilt after a crash.
      this.#storage.logger.warn(`the indexes of ${segment.file.path} are not written: ${messageOf(error)}`)
      return
    }
    const { offsets, times } = segment.indexes()
    this.#storage.indexCache.add(segment, offsets.memoryBytes + times.memoryBytes)
  }

  /** The segment is the active one again. */
  reopen(segment: Segment): void {
    const index = this.closing.indexOf(segment)
    if (index >= 0) this.closing.splice(index)
    this.#storage.indexCache.remove(segment)
  }

  /** After appends were taken back: the file must not have them either. */
  cutBack(segment: Segment): void {
    if (segment.filedBytes <= segment.sizeInBytes) return
    this.#cutFile(segment, segment.sizeInBytes)
    segment.filedBytes = segment.sizeInBytes
    segment.syncedBytes = Math.min(segment.syncedBytes, segment.sizeInBytes)
  }

  /** Everything that is filed becomes durable, names too, once all of these have resolved. */
  startSyncs(): Promise<void>[] {
    const syncs: Promise<void>[] = []
    let names = false
    for (const segment of this.#unsynced) {
      syncs.push(this.#syncSegment(segment))
      if (!segment.nameSynced) names = true
    }
    if (names) syncs.push(this.#syncNames())
    if (!this.#metadataSynced) syncs.push(this.#syncMetadata())
    return syncs
  }

  /** Rejects when all that was begun is over. */
  async sync(): Promise<void> {
    const syncs = await Promise.allSettled(this.startSyncs())
    for (const sync of syncs) if (sync.status === 'rejected') throw sync.reason
    if (!this.nameSynced) {
      await this.#storage.syncRoot()
      this.nameSynced = true
    }
  }

  async #syncSegment(segment: Segment): Promise<void> {
    const { files } = this.#storage
    const target = segment.filedBytes
    const file = files.pin(segment.file)
    try {
      await file.datasync()
    } finally {
      files.unpin(segment.file)
    }
    segment.syncedBytes = Math.max(segment.syncedBytes, Math.min(target, segment.filedBytes))
    this.#settle(segment)
  }

  #settle(segment: Segment): void {
    if (segment.nameSynced && segment.syncedBytes === segment.filedBytes) this.#unsynced.delete(segment)
  }

  async #syncNames(): Promise<void> {
    const named = [...this.#unsynced].filter(segment => segment.created)
    await this.#disk.syncDirectory(this.directory)
    for (const segment of named) {
      segment.nameSynced = true
      this.#settle(segment)
    }
  }

  async #syncMetadata(): Promise<void> {
    const path = `${this.directory}/${partitionMetadataName}`
    // A start on a full disk could not write it.
    if (!this.#disk.stat(path)?.sizeInBytes)
      this.#disk.writeFile(path, encodePartitionMetadata(this.#log.topicId))
    await this.syncFile(path)
    this.#metadataSynced = true
  }

  /** Makes the content of a small file durable. */
  async syncFile(path: string): Promise<void> {
    const file = this.#disk.open(path, 'create')
    try {
      await file.datasync()
    } finally {
      file.close()
    }
  }

  /** Replaces the epoch checkpoint; durable with the next sync of the directory. */
  async #storeEpochs(): Promise<void> {
    if (!this.epochsChanged) return
    this.epochsChanged = false
    const temporary = this.#writeEpochs()
    await this.syncFile(temporary)
    this.#disk.rename(temporary, temporary.slice(0, -temporarySuffix.length))
  }

  #writeEpochs(): string {
    const path = `${this.directory}/${epochCheckpointName}${temporarySuffix}`
    this.#disk.writeFile(path, encodeEpochs(this.#log.epochs.entries))
    return path
  }

  /** It is time to move the recovery point. */
  get checkpointDue(): boolean {
    return !this.#checkpointing && this.#bytesSincePoint >= this.#storage.limits.recoveryBytesMax
  }

  /**
   * Moves the recovery point to the end of the log: everything below becomes durable with its indexes and the producer state, so that
   * a start after a crash verifies only what came later.
   */
  async checkpoint(): Promise<void> {
    if (this.#checkpointing) return
    this.#checkpointing = true
    try {
      this.#bytesSincePoint = 0
      const { segments } = this.#log
      // The producer state includes what is pending: it has to be in the files too.
      this.#storage.committer.writeNow()
      this.#log.file()
      const point = this.#log.logEndOffset
      const snapshot = this.snapshots.write(point)
      for (const segment of segments.all) if (!segment.indexesStored) segment.storeIndexes()
      await this.#storeEpochs()
      await this.#syncIndexes([snapshot])
      if (this.#log.closed || this.#log.logEndOffset < point || this.recoveryPoint >= point) return
      await this.#setRecoveryPoint(point)
    } finally {
      this.#checkpointing = false
    }
  }

  /**
   * Moves the recovery point up to where the log is about to begin, so that what is known there of the producers outlives the batches that say
   * it. That is all that is synced: everything in front of `offset` is going. Rejects with KAFKA_STORAGE_ERROR or the disk's error.
   */
  async keepProducers(offset: number): Promise<void> {
    await this.syncFile(this.snapshots.writePast(offset))
    await this.#disk.syncDirectory(this.directory)
    if (this.#log.closed || this.recoveryPoint >= offset) return
    await this.#setRecoveryPoint(offset)
  }

  async #setRecoveryPoint(offset: number): Promise<void> {
    this.recoveryPoint = offset
    await this.#storage.checkpoints.setRecoveryPoint(this.#log.name, offset)
    // Not before: until then a start goes by the old one.
    this.#replacePointSnapshot(offset)
  }

  /** Snapshots at the starts of segments stay; of those in between only the newest is of use. */
  #replacePointSnapshot(point: number): void {
    const old = this.#pointSnapshot
    this.#pointSnapshot = point
    if (old < 0 || old === point || this.#log.segments.all.some(segment => segment.baseOffset === old)) return
    this.snapshots.remove(at => at === old)
  }

  /** The clean stop has something to make durable. */
  closingChanged = false

  async syncClosing(): Promise<void> {
    await this.#storeEpochs()
    await this.#syncIndexes(this.snapshots.offsets().map(offset => this.snapshots.path(offset)))
    this.snapshots.changed = false
  }

  /** Makes the log durable, then the files beside it, then their names. */
  async #syncIndexes(paths: readonly string[]): Promise<void> {
    const written = this.#log.segments.all
      .filter(segment => segment.indexesWritten !== segment.indexesDurable)
      .map(segment => [segment, segment.indexesWritten] as const)
    await this.sync()
    for (const path of [...paths, ...written.flatMap(([segment]) => segment.indexPaths())]) {
      if (this.#disk.stat(path)) await this.syncFile(path)
    }
    await this.#disk.syncDirectory(this.directory)
    for (const [segment, version] of written) segment.indexesDurable = version
  }

  /** What a clean stop leaves behind: indexes, snapshot and epochs as of the end of the log. Everything is filed. */
  writeClosing(): void {
    const { segments, producers, logEndOffset } = this.#log
    const { active } = segments
    this.closingChanged = this.hasUnsynced || !this.nameSynced || !this.#metadataSynced || this.epochsChanged
    // A partition that nothing was ever appended to needs no files.
    if (segments.count === 1 && active.baseOffset === 0 && active.sizeInBytes === 0 && !active.created) return
    if (!active.created) {
      active.createFile()
      this.closingChanged = true
    }
    // The entry that closes a time index may be all that is new.
    active.close()
    for (const segment of segments.all) segment.storeIndexes()
    const snapshots = this.snapshots.offsets()
    // Without any snapshot a clean directory has no producers; with an older one it has to be said that they are gone.
    if (snapshots.at(-1) !== logEndOffset && (producers.size > 0 || snapshots.length > 0))
      this.snapshots.write(logEndOffset)
    this.snapshots.remove(
      at => at !== logEndOffset && !segments.all.some(segment => segment.baseOffset === at),
    )
    if (this.snapshots.changed || segments.all.some(each => each.indexesWritten !== each.indexesDurable))
      this.closingChanged = true
  }

  /** Removes a segment that never became part of the log. */
  removeSegmentNow(segment: Segment): void {
    this.forget(segment)
    for (const suffix of Object.values(segmentSuffixes)) {
      if (suffix !== segmentSuffixes.snapshot) this.#disk.unlink(segment.path(suffix))
    }
  }

  /** The segment leaves the log; its files are somebody else's business. */
  forget(segment: Segment): void {
    this.#unsynced.delete(segment)
    this.#storage.indexCache.remove(segment)
    const index = this.closing.indexOf(segment)
    if (index >= 0) this.closing.splice(index, 1)
    this.#storage.files.release(segment.file)
  }

  /** Renames a segment's files out of the log; returns their new paths, to be removed later. */
  renameDeleted(segment: Segment): string[] {
    this.forget(segment)
    const paths: string[] = []
    for (const suffix of Object.values(segmentSuffixes)) {
      const path = segment.path(suffix)
      if (!this.#disk.stat(path)) continue
      this.#disk.rename(path, `${path}${deletedSuffix}`)
      paths.push(`${path}${deletedSuffix}`)
    }
    this.snapshots.forget(segment.baseOffset)
    return paths
  }

  /** Cuts the log so that `offset` and what follows is gone. Everything is filed, and the tail is given up. */
  truncate(offset: number): void {
    const { segments, tail } = this.#log
    tail.clear()
    const keep = segments.at(Math.max(0, segments.indexOf(offset)))!
    for (const segment of segments.removeAfter(keep)) this.removeSegmentNow(segment)
    this.reopen(keep)
    let position = 0
    let nextOffset = keep.baseOffset
    if (keep.filedBytes > 0) {
      scanBatches(this.#storage.files.use(keep.file), 0, keep.filedBytes, (buffer, at, size) => {
        if (lastOffsetOf(buffer, at) >= offset) return false
        position += size
        nextOffset = lastOffsetOf(buffer, at) + 1
        return true
      })
    }
    keep.cut(position, nextOffset)
    if (keep.created) this.#unsynced.add(keep)
    this.recoveryPoint = Math.min(this.recoveryPoint, nextOffset)
    this.#flushedOffset = Math.min(this.#flushedOffset, nextOffset)
  }

  /** Recovery has changed or doubted this segment: it is synced with the others. */
  markUnsynced(segment: Segment): void {
    segment.syncedBytes = -1
    segment.nameSynced = false
    // Its index files may be what a process wrote that was killed before it synced them.
    segment.indexesDurable = -1
    this.#unsynced.add(segment)
  }

  releaseAll(): void {
    for (const segment of this.#log.segments.all) {
      this.#storage.files.release(segment.file)
      this.#storage.indexCache.remove(segment)
    }
  }
}
