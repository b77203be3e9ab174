// Journals: one file that takes the batches of many partitions with one write and one sync, until their own files have them.
import { invariant } from '@millrace/runtime'
import { messageOf } from '../api/errors.ts'
import type { DiskFile } from '../disk/disk.ts'
import { batchUncheckedBytes } from '../format/batch.ts'
import {
  encodeJournalFileHeader,
  encodeJournalPartition,
  journalHeaderBytes,
  journalKinds,
  journalName,
  writeEntryHeader,
} from '../format/journal-format.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Storage } from '../storage/storage.ts'
import type { Slab } from '../tail/arena.ts'
import type { TailEntry } from '../tail/partition-tail.ts'

const noBytes = Buffer.alloc(0)

export class Journal {
  readonly number: number
  readonly path: string
  /** Partitions with entries here; the index is the slot. */
  readonly logs: LocalLog[] = []
  /** End offset of what is here of each; none for one that is only spoken of. */
  readonly ends: number[] = []
  sizeInBytes: number
  /** `clock.monotonic()` of the last write. */
  writtenAtMs: number
  #nameSynced = false
  #syncs = 0
  /** How often bytes were cut off the end, and how often before a sync that is over: a loss of power could bring back the others. */
  #cuts = 0
  #cutsSynced = 0
  #removed = false
  readonly #storage: Storage
  readonly #file: DiskFile
  #onIdle: (() => void) | undefined

  /** Makes the file. Throws the disk's error, and leaves nothing behind then. */
  constructor(storage: Storage, number: number) {
    this.#storage = storage
    this.number = number
    this.path = `${storage.directory}/${journalName(number)}`
    this.writtenAtMs = storage.clock.monotonic()
    const header = encodeJournalFileHeader(number)
    this.sizeInBytes = header.length
    this.#file = storage.disk.open(this.path, 'create')
    try {
      this.#file.writev([header], 0)
    } catch (error) {
      this.#file.close()
      storage.disk.unlink(this.path)
      throw error
    }
  }

  /** Adds batches, in order. Throws the disk's error; then nothing was added, or the storage has failed. */
  write(entries: readonly TailEntry<LocalLog>[]): void {
    this.#introducing(() => this.#encode(entries))
    for (const entry of entries) {
      const log = entry.owner
      invariant(this.logs[log.journalSlot] === log, 'a journal names a partition before its first batch')
      this.ends[log.journalSlot] = entry.nextOffset
    }
  }

  /** Notes something about a partition: `forget` or `deleted` of `journalKinds`. Throws as `write` does. */
  note(log: LocalLog, kind: number): void {
    this.#introducing(() => {
      const introduction = this.#introduction(log)
      const header = Buffer.alloc(journalHeaderBytes)
      writeEntryHeader(header, 0, kind, log.journalSlot, 0, 0, noBytes)
      return introduction ? [introduction, header] : [header]
    })
  }

  /** Writes what `encode` makes. Partitions that it names are not named when that fails: who reads the journal stops at an entry of an unknown one. */
  #introducing(encode: () => Buffer[]): void {
    const slots = this.logs.length
    try {
      this.#writeChunks(encode())
    } catch (error) {
      for (const log of this.logs.splice(slots)) log.journalNumber = -1
      throw error
    }
  }

  #writeChunks(chunks: Buffer[]): void {
    let bytes = 0
    for (const chunk of chunks) bytes += chunk.length
    try {
      this.#file.writev(chunks, this.sizeInBytes)
    } catch (error) {
      try {
        this.#file.truncate(this.sizeInBytes)
        this.#cuts++
      } catch (truncateError) {
        throw this.#storage.fail(`cutting ${this.path} back after "${messageOf(error)}"`, truncateError)
      }
      throw error
    }
    this.sizeInBytes += bytes
    this.writtenAtMs = this.#storage.clock.monotonic()
  }

  /** The bytes of the entries. Batches that stand next to each other in memory, gaps filled with headers, become one chunk. */
  #encode(entries: readonly TailEntry<LocalLog>[]): Buffer[] {
    const chunks: Buffer[] = []
    let slab: Slab | undefined
    let from = 0
    let to = 0
    const cut = () => {
      if (slab) chunks.push(slab.bytes.subarray(from, to))
      slab = undefined
    }
    for (const entry of entries) {
      const log = entry.owner
      const introduction = this.#introduction(log)
      if (introduction) {
        cut()
        chunks.push(introduction)
      }
      const { place } = entry
      const { bytes, start } = place
      const checked = bytes.subarray(0, batchUncheckedBytes)
      const segmentBase = entry.segment.baseOffset
      writeEntryHeader(
        place.slab.bytes,
        start,
        journalKinds.batch,
        log.journalSlot,
        bytes.length,
        segmentBase,
        checked,
      )
      if (slab !== place.slab || to !== start) {
        cut()
        slab = place.slab
        from = start
      }
      to = start + journalHeaderBytes + bytes.length
    }
    cut()
    return chunks
  }

  #introduction(log: LocalLog): Buffer | undefined {
    if (log.journalNumber === this.number) return undefined
    log.journalNumber = this.number
    log.journalSlot = this.logs.length
    this.logs.push(log)
    const payload = encodeJournalPartition(log)
    const chunk = Buffer.allocUnsafe(journalHeaderBytes + payload.length)
    writeEntryHeader(chunk, 0, journalKinds.partition, log.journalSlot, payload.length, 0, payload)
    payload.copy(chunk, journalHeaderBytes)
    return chunk
  }

  /** Makes everything written before this call durable. Nothing to do once the journal is removed: then it is durable elsewhere. */
  async sync(): Promise<void> {
    if (this.#removed) return
    this.#syncs++
    const cuts = this.#cuts
    try {
      if (this.#nameSynced) {
        await this.#file.datasync()
      } else {
        await Promise.all([this.#file.datasync(), this.#storage.syncRoot()])
        this.#nameSynced = true
      }
      this.#cutsSynced = Math.max(this.#cutsSynced, cuts)
    } finally {
      this.#syncs--
      if (this.#syncs === 0) this.#onIdle?.()
    }
  }

  /** Closes and removes the file: all its batches are where they belong. Waits for syncs that are under way. */
  async remove(): Promise<void> {
    // Its name may outlive a loss of power, and what was cut off has no other place that says so.
    if (this.#storage.syncs && this.#cutsSynced < this.#cuts) await this.sync()
    // The next one may have begun as soon as the one before was over.
    while (this.#syncs > 0) {
      await new Promise<void>(resolve => {
        this.#onIdle = resolve
      })
    }
    this.#removed = true
    this.#file.close()
    this.#storage.disk.unlink(this.path)
  }

  close(): void {
    this.#file.close()
  }
}
