// Writes what stands in the memory of one partition's tail to its segment files.
import { violated } from '@millrace/runtime'
import { messageOf } from '../api/errors.ts'
import type { Segment } from '../segment/segment.ts'
import type { Storage } from '../storage/storage.ts'
import type { PartitionTail, TailEntry } from '../tail/partition-tail.ts'
import type { SegmentSyncs } from './segment-syncs.ts'

export class SegmentWriter {
  /** Bytes written since the log was loaded. */
  writtenBytes = 0
  readonly #storage: Storage
  readonly #tail: PartitionTail
  readonly #syncs: SegmentSyncs
  /** Closed segments whose index files are not written. */
  readonly #closing: Segment[] = []

  constructor(storage: Storage, tail: PartitionTail, syncs: SegmentSyncs) {
    this.#storage = storage
    this.#tail = tail
    this.#syncs = syncs
  }

  /**
   * Writes what the segment files lack, one `writev` a segment; with `pending` also what is in no file yet. On an error the files
   * end as the journal and they did before, or the storage has failed.
   */
  write(pending: boolean): void {
    const entries = this.#tail.unfiled(pending)
    for (let from = 0; from < entries.length; ) {
      const { segment } = entries[from]!
      let to = from + 1
      while (to < entries.length && entries[to]!.segment === segment) to++
      this.#writeRun(segment, entries, from, to)
      from = to
    }
    this.#tail.markFiled(pending)
    for (let index = this.#closing.length - 1; index >= 0; index--) {
      const segment = this.#closing[index]!
      if (segment.filedBytes < segment.sizeInBytes) continue
      this.#closing.splice(index, 1)
      this.#storeIndexes(segment)
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
    this.#syncs.add(segment)
    try {
      file.writev(chunks, segment.filedBytes)
    } catch (error) {
      this.#cutFile(segment, segment.filedBytes)
      throw error
    }
    segment.filedBytes += bytes
    this.writtenBytes += bytes
  }

  /** Takes bytes off the end of a file that never became part of the log. */
  #cutFile(segment: Segment, sizeInBytes: number): void {
    try {
      this.#storage.files.use(segment.file).truncate(sizeInBytes)
      this.#syncs.cut(segment)
    } catch (error) {
      throw this.#storage.fail(`cutting ${segment.file.path} back to ${sizeInBytes} bytes`, error)
    }
  }

  #storeIndexes(segment: Segment): void {
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

  /** The segment takes no more batches: its index files are written when all of it is in its file. */
  close(segment: Segment): void {
    segment.close()
    this.#closing.push(segment)
  }

  /** The segment is the active one again. */
  reopen(segment: Segment): void {
    const index = this.#closing.indexOf(segment)
    if (index >= 0) this.#closing.splice(index)
    this.#storage.indexCache.remove(segment)
  }

  /** The segment has left the log. */
  forget(segment: Segment): void {
    const index = this.#closing.indexOf(segment)
    if (index >= 0) this.#closing.splice(index, 1)
  }

  /** After appends were taken back: the file must not have them either. */
  cutBack(segment: Segment): void {
    if (segment.filedBytes <= segment.sizeInBytes) return
    this.#cutFile(segment, segment.sizeInBytes)
    segment.filedBytes = segment.sizeInBytes
    segment.syncedBytes = Math.min(segment.syncedBytes, segment.sizeInBytes)
  }
}
