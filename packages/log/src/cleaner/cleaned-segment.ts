// Writes the segment that is to take the place of a group of others, under names that end in `.cleaned`.
import type { DiskFile } from '../disk/disk.ts'
import { syncFile } from '../disk/sync-file.ts'
import { lastOffsetOf, maxTimestampOf, sizeOf } from '../format/batch.ts'
import { cleanedSuffix, type SegmentSuffix, segmentSuffixes } from '../format/segment-name.ts'
import type { LocalLog } from '../partition/local-log.ts'
import { dropReplacement, type Replacement } from '../partition/segment-replacement.ts'
import { Segment } from '../segment/segment.ts'

/** Positions in a segment have 31 bits. */
const segmentBytesMax = 0x7fffffff
/** So much is written before it is synced: what waits in the page cache makes the syncs of others slow. */
const syncBytes = 4 * 1024 ** 2

export class CleanedSegment {
  readonly segment: Segment
  readonly #log: LocalLog
  readonly #old: readonly Segment[]
  readonly #file: DiskFile
  #chunks: Buffer[] = []
  /** Of the segment, in its file. */
  #writtenBytes = 0
  #unsyncedBytes = 0
  #closed = false

  /** Throws the disk's error. */
  constructor(log: LocalLog, old: readonly Segment[]) {
    const { storage, directory } = log
    const first = old[0]!
    this.#log = log
    this.#old = old
    this.segment = Segment.fresh(storage, directory, first.baseOffset, first.createdAtMs)
    // Records without a timestamp are as old as they were.
    this.segment.modifiedAtMs = old.at(-1)!.modifiedAtMs
    const path = `${this.#path(segmentSuffixes.log)}${cleanedSuffix}`
    // A try before this one may have left it.
    storage.disk.unlink(path)
    this.#file = storage.disk.open(path, 'create')
  }

  #path(suffix: SegmentSuffix): string {
    return this.segment.path(suffix)
  }

  /** Adds a batch, which must stay as it is until `write` is over. */
  add(buffer: Buffer, at: number): void {
    const size = sizeOf(buffer, at)
    const { segment, config } = { segment: this.segment, config: this.#log.config }
    if (segment.sizeInBytes + size > segmentBytesMax)
      throw new Error(`${segment.file.path} would be cleaned to more than ${segmentBytesMax} bytes`)
    segment.note(size, lastOffsetOf(buffer, at), maxTimestampOf(buffer, at), config.indexIntervalBytes)
    const last = this.#chunks.at(-1)
    // Neighbours in one buffer go out as one.
    if (last && last.buffer === buffer.buffer && last.byteOffset + last.length === buffer.byteOffset + at)
      this.#chunks[this.#chunks.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + size)
    else this.#chunks.push(buffer.subarray(at, at + size))
  }

  /** Bytes that `write` has to write. */
  get pendingBytes(): number {
    return this.segment.sizeInBytes - this.#writtenBytes
  }

  /** Writes what was added. Rejects with the disk's error. */
  async write(): Promise<void> {
    const bytes = this.pendingBytes
    if (bytes === 0) return
    this.#file.writev(this.#chunks, this.#writtenBytes)
    this.#chunks = []
    this.#writtenBytes += bytes
    this.#unsyncedBytes += bytes
    if (this.#unsyncedBytes < syncBytes) return
    this.#unsyncedBytes = 0
    await this.#file.datasync()
  }

  /** Makes it durable, names included; it takes no more then. Rejects with the disk's error. */
  async finish(): Promise<Replacement> {
    const { disk } = this.#log.storage
    this.segment.close()
    const withAborted = this.#old.some(segment => disk.stat(segment.path(segmentSuffixes.transactionIndex)))
    const suffixes = this.segment.storeAs(cleanedSuffix, withAborted)
    const indexes = suffixes.filter(suffix => suffix !== segmentSuffixes.log)
    const syncs = await Promise.allSettled([
      this.#file.datasync(),
      ...indexes.map(suffix => syncFile(disk, `${this.#path(suffix)}${cleanedSuffix}`)),
    ])
    this.#close()
    for (const sync of syncs) if (sync.status === 'rejected') throw sync.reason
    await disk.syncDirectory(this.#log.directory)
    return { segment: this.segment, suffixes, old: this.#old }
  }

  /** Removes what has been written. Rejects with the disk's error. */
  async drop(): Promise<void> {
    this.#close()
    await dropReplacement(this.#log, { segment: this.segment, suffixes: Object.values(segmentSuffixes) })
  }

  #close(): void {
    if (!this.#closed) this.#file.close()
    this.#closed = true
  }
}
