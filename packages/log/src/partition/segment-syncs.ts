// What of one partition's files is not known to be durable: segments, their names, the directory and its identity.
import { syncFile } from '../disk/sync-file.ts'
import { encodePartitionMetadata, partitionMetadataName } from '../format/partition-metadata.ts'
import type { Segment } from '../segment/segment.ts'
import type { Storage } from '../storage/storage.ts'

export interface SegmentSyncsOptions {
  readonly storage: Storage
  readonly directory: string
  readonly topicId: string
  /** The directory was made just now. */
  readonly fresh: boolean
  /** So was its `partition.metadata`. */
  readonly metadataWritten: boolean
}

export class SegmentSyncs {
  /** The directory itself is durable, and who the partition is. */
  nameSynced: boolean
  readonly #storage: Storage
  readonly #directory: string
  readonly #topicId: string
  readonly #unsynced = new Set<Segment>()
  /** What was taken back so far, cuts and removals. */
  #takenBack = 0
  /** Of these, those whose files were cut, and when last, by `#takenBack`: until a sync is over that began later. */
  readonly #cut = new Map<Segment, number>()
  /** When a file was last removed that never became part of the log: its name may still be there after a loss of power. 0 for none. */
  #namesGone = 0
  #metadataSynced: boolean

  constructor({ storage, directory, topicId, fresh, metadataWritten }: SegmentSyncsOptions) {
    this.#storage = storage
    this.#directory = directory
    this.#topicId = topicId
    this.nameSynced = !fresh
    this.#metadataSynced = !metadataWritten
  }

  get hasUnsynced(): boolean {
    return this.#unsynced.size > 0
  }

  /** Something was taken back that a loss of power could bring again. */
  get hasCut(): boolean {
    return this.#cut.size > 0 || this.#namesGone > 0
  }

  /** Everything that is filed is durable, and so is who the partition is. */
  get durable(): boolean {
    return this.#unsynced.size === 0 && this.#metadataSynced
  }

  /** The segment's file has been written to. */
  add(segment: Segment): void {
    this.#unsynced.add(segment)
  }

  /** Bytes that never became part of the log were cut off the segment's file. */
  cut(segment: Segment): void {
    this.#unsynced.add(segment)
    this.#cut.set(segment, ++this.#takenBack)
  }

  /** A segment that never became part of the log was removed. */
  discard(segment: Segment): void {
    this.forget(segment)
    if (segment.created) this.#namesGone = ++this.#takenBack
  }

  /** Recovery has changed or doubted this segment: it is synced with the others. */
  doubt(segment: Segment): void {
    segment.syncedBytes = -1
    segment.nameSynced = false
    // Its index files may be what a process wrote that was killed before it synced them.
    segment.indexesDurable = -1
    this.#unsynced.add(segment)
  }

  /** The segment has left the log. */
  forget(segment: Segment): void {
    this.#unsynced.delete(segment)
    this.#cut.delete(segment)
  }

  /** Everything that is filed becomes durable, names too, once all of these have resolved. */
  start(): Promise<void>[] {
    const syncs: Promise<void>[] = []
    let names = this.#namesGone > 0
    for (const segment of this.#unsynced) {
      syncs.push(this.#syncSegment(segment))
      if (!segment.nameSynced) names = true
    }
    if (names) syncs.push(this.#syncNames())
    if (!this.#metadataSynced) syncs.push(this.#syncMetadata())
    return syncs
  }

  /** What was cut off or removed stays away once all of these have resolved. Needs no room. */
  startCut(): Promise<void>[] {
    const syncs = [...this.#cut.keys()].map(segment => this.#syncSegment(segment))
    if (this.#namesGone > 0) syncs.push(this.#syncNames())
    return syncs
  }

  /** Makes everything that is filed durable, the directory's own name included. Rejects when all that was begun is over. */
  async sync(): Promise<void> {
    const syncs = await Promise.allSettled(this.start())
    for (const sync of syncs) if (sync.status === 'rejected') throw sync.reason
    if (!this.nameSynced) {
      await this.#storage.syncRoot()
      this.nameSynced = true
    }
  }

  async #syncSegment(segment: Segment): Promise<void> {
    const { files } = this.#storage
    const target = segment.filedBytes
    const cut = this.#cut.get(segment)
    const file = files.pin(segment.file)
    try {
      await file.datasync()
    } finally {
      files.unpin(segment.file)
    }
    if (this.#cut.get(segment) === cut) this.#cut.delete(segment)
    segment.syncedBytes = Math.max(segment.syncedBytes, Math.min(target, segment.filedBytes))
    this.#settle(segment)
  }

  #settle(segment: Segment): void {
    const synced = segment.syncedBytes === segment.filedBytes && !this.#cut.has(segment)
    if (segment.nameSynced && synced) this.#unsynced.delete(segment)
  }

  async #syncNames(): Promise<void> {
    const named = [...this.#unsynced].filter(segment => segment.created)
    const gone = this.#namesGone
    await this.#storage.disk.syncDirectory(this.#directory)
    if (this.#namesGone === gone) this.#namesGone = 0
    for (const segment of named) {
      segment.nameSynced = true
      this.#settle(segment)
    }
  }

  async #syncMetadata(): Promise<void> {
    const { disk } = this.#storage
    const path = `${this.#directory}/${partitionMetadataName}`
    // A start on a full disk could not write it.
    if (!disk.stat(path)?.sizeInBytes) disk.writeFile(path, encodePartitionMetadata(this.#topicId))
    await syncFile(disk, path)
    this.#metadataSynced = true
  }
}
