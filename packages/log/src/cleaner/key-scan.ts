// The first pass of a cleaning: which key was last written where (Kafka's `Cleaner.buildOffsetMap`).
import { BatchHeader, readBatchHeader, RecordBatchCursor } from '@millrace/protocol'
import { readMarker } from '../format/control-marker.ts'
import type { LocalLog } from '../partition/local-log.ts'
import { sizeOf } from '../format/batch.ts'
import type { Segment } from '../segment/segment.ts'
import { CleanedTransactions } from './cleaned-transactions.ts'
import type { OffsetMap } from './offset-map.ts'
import { type Pace, recordsPerStep } from './pace.ts'
import { eachPiece, type Piece, type ReadBuffers } from './segment-reader.ts'
import { giveUp, unpack } from './unpack.ts'

export interface KeyScanOptions {
  readonly log: LocalLog
  readonly map: OffsetMap
  readonly pace: Pace
  readonly buffers: ReadBuffers
}

export class KeyScan {
  readonly #options: KeyScanOptions
  readonly #transactions = new CleanedTransactions()
  readonly #header = new BatchHeader()
  readonly #cursor = new RecordBatchCursor()
  #from = 0

  constructor(options: KeyScanOptions) {
    this.#options = options
  }

  /**
   * Fills the map with the keys of `[from, end)`, but for those of aborted transactions, up to where it is full: `latestOffset` tells. A segment
   * begins at `end`, and the segments in front are not changed meanwhile. Rejects with CleaningAborted, CorruptSegmentError, RecordsError,
   * DecompressionError or the disk's error.
   */
  async fill(from: number, end: number): Promise<void> {
    const { log, map } = this.#options
    this.#from = from
    this.#transactions.add(log.segments.abortedEntries(from, end))
    const first = Math.max(0, log.segments.indexOf(from))
    const segments = log.segments.all.slice(first).filter(segment => segment.baseOffset < end)
    for (const [index, segment] of segments.entries()) {
      if (await this.#fillFrom(segment)) return
      // Offsets that are missing at its end are no reason to come back to it.
      map.latestOffset = (segments[index + 1]?.baseOffset ?? end) - 1
    }
  }

  /** True when the map is full. */
  async #fillFrom(segment: Segment): Promise<boolean> {
    const { log, pace, buffers } = this.#options
    const position = segment.indexes().offsets.lookup(this.#from - segment.baseOffset)
    let full = false
    await eachPiece({ log, segment, position, buffers }, async piece => {
      await pace.step()
      await pace.spend(piece.end)
      full = await this.#fillFromPiece(piece)
      piece.release()
      return !full
    })
    return full
  }

  async #fillFromPiece({ buffer, end, unpacked }: Piece): Promise<boolean> {
    const { map, pace } = this.#options
    for (let at = 0; at < end; at += sizeOf(buffer, at)) {
      const header = readBatchHeader(buffer, at, this.#header)
      if (!this.#isPassedOver(header)) {
        const records = unpack(header, unpacked.get(at))
        const plain = records instanceof Promise ? await pace.waitFor(records) : records
        if (plain) this.#cursor.openRecords(header, plain)
        else this.#cursor.open(header)
        const put = pace.run(this.#putRecords())
        const isFull = put instanceof Promise ? await put : put
        if (plain) giveUp(plain)
        if (isFull) return true
      }
      if (header.lastOffset >= this.#from) map.latestOffset = header.lastOffset
      if (pace.isDue) await pace.rest()
    }
    return false
  }

  /** Of control batches and aborted ones no key counts. */
  #isPassedOver(header: BatchHeader): boolean {
    const { producerId, lastOffset, isTransactional } = header
    const fields = { producerId, lastOffset, transactional: isTransactional }
    if (!header.isControl) return this.#transactions.onBatch(fields)
    const marker = header.recordCount === 0 ? null : readMarker(header.buffer, header.start)
    this.#transactions.onControl(fields, marker)
    return true
  }

  /** Notes the keys of the batch that the cursor stands in; true when the map is full. */
  *#putRecords(): Generator<undefined, boolean> {
    const { map } = this.#options
    const cursor = this.#cursor
    for (let count = 1; cursor.next(); count++) {
      if (cursor.offset >= this.#from && cursor.keyLength >= 0) {
        if (map.full) return true
        map.put(cursor.buffer, cursor.keyStart, cursor.keyLength, cursor.offset)
      }
      if (count % recordsPerStep === 0) yield
    }
    return false
  }
}
