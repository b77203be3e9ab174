// The records of one partition from one fetch response: batches still in the protocol's form, checked when their turn comes.
import {
  BatchHeader,
  batchSizeInBytes,
  type FrameMemory,
  RecordBatchCursor,
  type RecordHeader,
  readBatchHeader,
  verifyBatchCrc,
} from '@millrace/protocol'
import { CorruptRecordError } from '../errors/index.ts'
import { type AbortedTransaction, AbortedTransactions } from './aborted-transactions.ts'
import type { Chunk } from './chunk.ts'
import { ConsumerRecord, type RecordSource } from './record.ts'
import { type Lease, RecordOrigin } from './record-origin.ts'

const noHeaders: readonly RecordHeader[] = []

export interface ChunkOptions {
  readonly topic: string
  readonly partition: number
  readonly bytes: Buffer
  /** Where `bytes` lie, if that can be used again. The chunk holds it. */
  readonly memory?: FrameMemory | undefined
  /** The offset that was asked for: whole batches come, so there may be records before it. */
  readonly fetchOffset: number
  /** Undefined with `read_uncommitted`. */
  readonly aborted: readonly AbortedTransaction[] | undefined
  readonly checkCrcs: boolean
  readonly decompressedMaxBytes: number
}

export class FetchedChunk implements Chunk {
  readonly topic: string
  readonly partition: number
  /** What counts against the limits of prefetching. */
  readonly sizeBytes: number
  /** The offset behind the last batch: where fetching goes on. */
  readonly endOffset: number
  /** Leader epoch of the last batch, −1 if unknown. */
  readonly leaderEpoch: number
  /** Headers of the cursor's record. */
  headers: readonly RecordHeader[] = noHeaders
  /** Records in the batches as those say themselves, one for an old batch that does not. */
  readonly recordsClaimed: number
  /** Records that {@link next} has stood on so far. */
  recordsRead = 0
  readonly #options: ChunkOptions
  readonly #aborted: AbortedTransactions | undefined
  readonly #header = new BatchHeader()
  readonly #cursor = new RecordBatchCursor()
  /** Where the next batch starts. */
  #at = 0
  readonly #end: number
  #opened = false
  #origin: RecordOrigin | undefined
  readonly #lease: Lease = { over: false }
  #nextOffset: number
  #failure: CorruptRecordError | undefined

  /**
   * Measures the batches; a cut-off last one is left out. Throws CorruptRecordError when the first one is malformed; others are left out with all
   * behind them, and come first in the next fetch.
   */
  constructor(options: ChunkOptions) {
    this.#options = options
    this.topic = options.topic
    this.partition = options.partition
    const { bytes, fetchOffset, aborted } = options
    this.#aborted = aborted && aborted.length > 0 ? new AbortedTransactions(aborted) : undefined
    this.#nextOffset = fetchOffset
    let endOffset = fetchOffset
    let leaderEpoch = -1
    let recordsClaimed = 0
    let at = 0
    const header = this.#header
    try {
      for (;;) {
        const size = batchSizeInBytes(bytes, at)
        if (size === undefined || at + size > bytes.length) break
        readBatchHeader(bytes, at, header)
        if (header.nextOffset <= header.baseOffset) throw new Error('the batch ends before it starts')
        endOffset = Math.max(endOffset, header.nextOffset)
        leaderEpoch = header.partitionLeaderEpoch
        recordsClaimed += Math.abs(header.recordCount)
        at += size
      }
    } catch (cause) {
      // What stands before the damage must reach the user.
      if (at === 0) throw this.#corrupt(endOffset, endOffset + 1, cause)
    }
    this.#end = at
    this.sizeBytes = at
    this.endOffset = endOffset
    this.recordsClaimed = recordsClaimed
    this.leaderEpoch = leaderEpoch
    options.memory?.hold()
  }

  /** Nobody needs the records any more: there are no further ones, and the bytes of those handed out may be written over. */
  release(): void {
    if (this.#lease.over) return
    this.#lease.over = true
    this.#opened = false
    this.#at = this.#end
    this.#options.memory?.release()
  }

  /** Whether its memory was given back. */
  get isReleased(): boolean {
    return this.#lease.over
  }

  /** The same records once more, from an offset on; undefined when their memory was given back. */
  from(offset: number): FetchedChunk | undefined {
    return this.#lease.over ? undefined : new FetchedChunk({ ...this.#options, fetchOffset: offset })
  }

  /** Whether there is no whole batch. */
  get isEmpty(): boolean {
    return this.#end === 0
  }

  /** The cursor: after {@link next} returned true it stands on a record. */
  get cursor(): RecordBatchCursor {
    return this.#cursor
  }

  /** What the log says of the batch of the cursor's record. */
  get origin(): RecordOrigin {
    return this.#origin!
  }

  record<K, V, Name extends string = string, Headers = unknown>(
    source: RecordSource<K, V>,
  ): ConsumerRecord<K, V, Name, Headers> {
    return new ConsumerRecord(source, this)
  }

  /** Offset of the next record that may come. */
  get nextOffset(): number {
    return this.#nextOffset
  }

  /**
   * Moves to the next record that the consumer is to see; false when there is none. Throws CorruptRecordError, from then on every time:
   * what is damaged is passed over by a seek only.
   */
  next(): boolean {
    if (this.#failure) throw this.#failure
    const cursor = this.#cursor
    try {
      for (;;) {
        if (!this.#opened) {
          if (!this.#openBatch()) {
            this.#nextOffset = this.endOffset
            return false
          }
        }
        while (cursor.next()) {
          if (cursor.offset < this.#nextOffset) continue
          // What the batch says of its end is where fetching goes on: a record behind it would come again, or before others.
          if (cursor.offset >= this.endOffset) throw new Error('a record lies behind the end of its batch')
          this.headers = cursor.headers()
          this.#nextOffset = cursor.offset + 1
          this.recordsRead++
          return true
        }
        this.#opened = false
      }
    } catch (cause) {
      const { nextOffset } = this.#header
      this.#failure = this.#corrupt(this.#nextOffset, Math.max(this.#nextOffset + 1, nextOffset), cause)
      throw this.#failure
    }
  }

  /** Opens the next batch with records to show. */
  #openBatch(): boolean {
    const { bytes, checkCrcs, decompressedMaxBytes } = this.#options
    const header = this.#header
    while (this.#at < this.#end) {
      readBatchHeader(bytes, this.#at, header)
      this.#at = header.end
      const dropped = this.#aborted?.drops(header) === true || header.isControl
      if (dropped || (header.magic === 2 && header.nextOffset <= this.#nextOffset)) continue
      if (checkCrcs) verifyBatchCrc(header)
      const { buffer } = this.#cursor.open(header, decompressedMaxBytes)
      if (!this.#origin?.fits(header, buffer)) this.#origin = new RecordOrigin(header, buffer, this.#lease)
      this.#opened = true
      return true
    }
    return false
  }

  #corrupt(offset: number, nextOffset: number, cause: unknown): CorruptRecordError {
    const { topic, partition } = this
    const message = cause instanceof Error ? cause.message : String(cause)
    return new CorruptRecordError({ topic, partition, offset, nextOffset }, message, { cause })
  }
}
