// What is left of one batch when a log is cleaned: itself, some of its records, its header, or nothing (Kafka's `Cleaner`, `MemoryRecords.filterTo`).
import {
  type BatchHeader,
  BufferPool,
  codecById,
  emptyBatch,
  RecordBatchCursor,
  RecordBatchWriter,
} from '@millrace/protocol'
import { readMarker } from '../format/control-marker.ts'
import type { CleanedTransactions } from './cleaned-transactions.ts'
import type { OffsetMap } from './offset-map.ts'
import { type Pace, recordsPerStep } from './pace.ts'
import { giveUp, packedElsewhereMin, unpack, type UnpackedAhead } from './unpack.ts'

/** The newest batch of a producer that may go on: it stays, emptied if need be, for its sequence number or its epoch. */
export interface LastOfProducer {
  /** Of its newest batch of records, −1 when it is known by a marker only. */
  readonly lastOffset: number
  readonly producerEpoch: number
}

/** What holds for one cleaning of a log. Times in milliseconds of the epoch. */
export interface FilterRules {
  readonly map: OffsetMap
  readonly transactions: CleanedTransactions
  readonly now: number
  readonly deleteRetentionMs: number
  lastOfProducer(producerId: number): LastOfProducer | undefined
}

export interface FilterFigures {
  recordsRead: number
  recordsKept: number
  /** Records without a key, which a compacted log does not hold. */
  recordsInvalid: number
}

/** What is left of a batch, while it is being packed on the thread pool. */
export interface Packing {
  readonly packed: Promise<Buffer>
}

/** `keep`: as it is. `drop`: nothing of it. Else the bytes of what is left, now or later. */
export type Filtered = 'keep' | 'drop' | Buffer | Packing

export class BatchFilter {
  readonly figures: FilterFigures = { recordsRead: 0, recordsKept: 0, recordsInvalid: 0 }
  readonly #rules: FilterRules
  readonly #pace: Pace
  readonly #cursor = new RecordBatchCursor()
  readonly #pool = new BufferPool(4 * 1024 ** 2)
  readonly #writer = new RecordBatchWriter({ pool: this.#pool })
  /** Of the records of the batch in hand, in order: 1 for those that stay. */
  #kept = new Uint8Array(1024)

  constructor(rules: FilterRules, pace: Pace) {
    this.#rules = rules
    this.#pace = pace
  }

  /**
   * Judges the next batch of the log, whose checksum is right. `isLast`: its offsets are to be known, whatever becomes of its records. A
   * promise where that is long, or its records have to be waited for: then nothing else is judged meanwhile. Throws or rejects with RecordsError,
   * DecompressionError, CleaningAborted.
   */
  judge(header: BatchHeader, isLast: boolean, ahead?: UnpackedAhead): Filtered | Promise<Filtered> {
    const { now } = this.#rules
    const isOver = header.isControl
      ? this.#isMarkerOver(header)
      : this.#rules.transactions.onBatch(fieldsOf(header))
    const horizonMs = header.deleteHorizonMs
    const discards = isOver && (!header.isControl || (horizonMs !== undefined && horizonMs <= now))
    const staysEmpty = isLast || this.#isLastOfProducer(header)
    if (discards || header.recordCount === 0) return staysEmpty ? emptied(header) : 'drop'
    if (header.isControl) return this.#judgeMarker(header, isOver)
    const pace = this.#pace
    const plain = unpack(header, ahead)
    if (!plain) return pace.run(this.#filter(header, plain, staysEmpty))
    return plain instanceof Promise
      ? pace.waitFor(plain).then(records => pace.run(this.#filterUnpacked(header, records, staysEmpty)))
      : pace.run(this.#filterUnpacked(header, plain, staysEmpty))
  }

  /** Takes back the memory of what `judge` has made. */
  release(filtered: Buffer): void {
    this.#pool.release(filtered)
  }

  #isMarkerOver(header: BatchHeader): boolean {
    const marker = header.recordCount === 0 ? null : readMarker(header.buffer, header.start)
    return this.#rules.transactions.onControl(fieldsOf(header), marker)
  }

  #isLastOfProducer({ producerId, lastOffset, isControl, producerEpoch }: BatchHeader): boolean {
    if (producerId < 0) return false
    const last = this.#rules.lastOfProducer(producerId)
    if (!last) return false
    return last.lastOffset >= 0
      ? last.lastOffset === lastOffset
      : isControl && last.producerEpoch === producerEpoch
  }

  /** A marker of which nothing else is left gets a time from which on it may go, so that readers under way still meet it. */
  #judgeMarker(header: BatchHeader, isOver: boolean): Filtered | Promise<Filtered> {
    this.figures.recordsRead += header.recordCount
    this.figures.recordsKept += header.recordCount
    if (!isOver || header.deleteHorizonMs !== undefined) return 'keep'
    this.#cursor.open(header)
    this.#kept.fill(1, 0, Math.min(header.recordCount, this.#kept.length))
    return this.#pace.run(this.#rewrite(header, undefined, this.#newHorizonMs()))
  }

  #newHorizonMs(): number {
    return this.#rules.now + this.#rules.deleteRetentionMs
  }

  *#filterUnpacked(header: BatchHeader, plain: Buffer, staysEmpty: boolean): Generator<undefined, Filtered> {
    const filtered = yield* this.#filter(header, plain, staysEmpty)
    giveUp(plain)
    return filtered
  }

  /** Judges the records, which are `plain` where the batch is compressed. */
  *#filter(
    header: BatchHeader,
    plain: Buffer | undefined,
    staysEmpty: boolean,
  ): Generator<undefined, Filtered> {
    const cursor = this.#open(header, plain)
    const count = header.recordCount
    if (this.#kept.length < count) this.#kept = new Uint8Array(count)
    let kept = 0
    let tombstones = false
    for (let index = 0; cursor.next(); index++) {
      const stays = this.#stays(header)
      this.#kept[index] = stays ? 1 : 0
      if (stays) {
        kept++
        if (cursor.valueLength < 0) tombstones = true
      }
      if ((index + 1) % recordsPerStep === 0) yield
    }
    this.figures.recordsRead += count
    this.figures.recordsKept += kept
    if (kept === 0) return staysEmpty ? emptied(header) : 'drop'
    const newHorizon = tombstones && header.deleteHorizonMs === undefined
    if (kept === count && !newHorizon) return 'keep'
    this.#open(header, plain)
    return yield* this.#rewrite(header, plain, newHorizon ? this.#newHorizonMs() : header.deleteHorizonMs)
  }

  #open(header: BatchHeader, plain: Buffer | undefined): RecordBatchCursor {
    return plain ? this.#cursor.openRecords(header, plain) : this.#cursor.open(header)
  }

  #stays(header: BatchHeader): boolean {
    const cursor = this.#cursor
    const { map, now } = this.#rules
    if (cursor.offset > map.latestOffset) return true
    if (cursor.keyLength < 0) {
      this.figures.recordsInvalid++
      return false
    }
    if (cursor.offset < map.get(cursor.buffer, cursor.keyStart, cursor.keyLength)) return false
    if (cursor.valueLength >= 0) return true
    const horizonMs = header.deleteHorizonMs
    return horizonMs === undefined || now < horizonMs
  }

  /** Writes the records that stay as a batch with the offsets, the producer and the compression of the whole one. */
  *#rewrite(
    header: BatchHeader,
    plain: Buffer | undefined,
    deleteHorizonMs: number | undefined,
  ): Generator<undefined, Filtered> {
    const cursor = this.#cursor
    const writer = this.#writer
    const { baseOffset } = header
    // Times that numbers cannot hold (nanoseconds) would not be written as they were: then all of it stays.
    if (!Number.isSafeInteger(header.baseTimestamp) || !Number.isSafeInteger(header.maxTimestamp))
      return 'keep'
    writer.reset(
      deleteHorizonMs === undefined ? { baseOffset } : { baseOffset, baseTimestamp: deleteHorizonMs },
    )
    for (let index = 0; cursor.next(); index++) {
      if (this.#kept[index] === 1) writer.appendFrom(cursor)
      if ((index + 1) % recordsPerStep === 0) yield
    }
    const { compression } = header
    const options = {
      producerId: header.producerId,
      producerEpoch: header.producerEpoch,
      baseSequence: header.baseSequence,
      transactional: header.isTransactional,
      control: header.isControl,
      partitionLeaderEpoch: header.partitionLeaderEpoch,
      lastOffset: header.lastOffset,
      ...(compression === 0 ? {} : { codec: codecById(compression)! }),
      ...(header.isLogAppendTime ? { logAppendTimeMs: header.maxTimestamp } : {}),
      ...(deleteHorizonMs === undefined ? {} : { deleteHorizonMs }),
    }
    if (!plain || writer.sizeInBytes < packedElsewhereMin) return writer.finish(options)
    const packed = writer.finishAsync(options)
    // Who writes it hears of a failure, if anybody does.
    packed.catch(() => {})
    return { packed }
  }
}

function fieldsOf({ producerId, lastOffset, isTransactional }: BatchHeader) {
  return { producerId, lastOffset, transactional: isTransactional }
}

function emptied(header: BatchHeader): Filtered {
  return header.recordCount === 0 && header.compressionBits === 0 && header.deleteHorizonMs === undefined
    ? 'keep'
    : emptyBatch(header)
}
