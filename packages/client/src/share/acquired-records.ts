// Reads the records that a broker acquired for this member out of its answer; offsets without a record, and what is damaged, are acknowledged at once.
import type { ShareFetchResponse } from '@millrace/protocol/messages/share'
import { type ChunkOptions, FetchedChunk } from '../consumer/fetched-chunk.ts'
import type { RecordSource } from '../consumer/record.ts'
import { CorruptRecordError } from '../errors/index.ts'
import { type AcknowledgeCode, PartitionAcknowledgements, typeCodes } from './acknowledgements.ts'
import type { SharePartition } from './share-partition.ts'
import { ShareRecord } from './share-record.ts'

export type SharePartitionData = ShareFetchResponse['responses'][number]['partitions'][number]

export interface Acquired<K, V> {
  readonly records: readonly ShareRecord<K, V>[]
  /** What there is to say of the other offsets that were acquired. */
  readonly others: PartitionAcknowledgements
  /** What is damaged, for the user to hear. */
  readonly errors: readonly CorruptRecordError[]
}

export interface ReadOptions {
  readonly checkCrcs: boolean
  readonly decompressedMaxBytes: number
}

/** Whole batches come, of which some records may be other members': only those within `acquiredRecords` are read. */
export function readAcquired<K, V>(
  partition: SharePartition,
  data: SharePartitionData,
  source: RecordSource<K, V>,
  options: ReadOptions,
): Acquired<K, V> {
  const walk = new AcquiredWalk<K, V>(partition, data, source)
  const { topic, partition: number } = partition
  const bytes = data.records[0] ?? Buffer.alloc(0)
  while (!walk.isDone) {
    const chunk = open({
      topic,
      partition: number,
      bytes,
      fetchOffset: walk.nextOffset,
      aborted: undefined,
      ...options,
    })
    if (chunk instanceof CorruptRecordError) {
      // Not even the end of the first batch can be told, nor what comes behind it.
      walk.passOver(chunk, Number.MAX_SAFE_INTEGER)
      break
    }
    try {
      walk.read(chunk)
      break
    } catch (error) {
      if (!(error instanceof CorruptRecordError)) throw error
      walk.passOver(error, error.nextOffset)
    }
  }
  return walk.finish()
}

function open(options: ChunkOptions): FetchedChunk | CorruptRecordError {
  try {
    return new FetchedChunk(options)
  } catch (error) {
    if (error instanceof CorruptRecordError) return error
    throw error
  }
}

/** Goes through records and acquired ranges side by side. */
class AcquiredWalk<K, V> {
  readonly #source: RecordSource<K, V>
  readonly #ranges: SharePartitionData['acquiredRecords']
  readonly #records: ShareRecord<K, V>[] = []
  readonly #others: PartitionAcknowledgements
  readonly #errors: CorruptRecordError[] = []
  #range = 0
  /** Everything before is dealt with. */
  #next: number

  constructor(partition: SharePartition, data: SharePartitionData, source: RecordSource<K, V>) {
    this.#source = source
    this.#ranges = [...data.acquiredRecords].sort((a, b) => a.firstOffset - b.firstOffset)
    this.#others = new PartitionAcknowledgements(partition)
    this.#next = this.#ranges[0]?.firstOffset ?? 0
  }

  get nextOffset(): number {
    return this.#next
  }

  get isDone(): boolean {
    return this.#range >= this.#ranges.length
  }

  read(chunk: FetchedChunk): void {
    while (!this.isDone && chunk.next()) {
      const { offset } = chunk.cursor
      this.#mark(offset, typeCodes.gap)
      const range = this.#ranges[this.#range]
      if (range && range.firstOffset <= offset) {
        this.#records.push(new ShareRecord(this.#source, chunk, range.deliveryCount))
        this.#next = offset + 1
        if (range.lastOffset === offset) this.#range++
      }
    }
    this.#mark(chunk.endOffset, typeCodes.gap)
  }

  /** Nobody will ever read it: unless it is rejected, it comes again until its deliveries are used up. */
  passOver(error: CorruptRecordError, nextOffset: number): void {
    this.#errors.push(error)
    this.#mark(Math.max(this.#next + 1, nextOffset), typeCodes.reject)
  }

  /** What was acquired and did not come is for another delivery. */
  finish(): Acquired<K, V> {
    this.#mark(Number.MAX_SAFE_INTEGER, typeCodes.release)
    return { records: this.#records, others: this.#others, errors: this.#errors }
  }

  /** What was acquired from here up to `end`, which is left out, is no record. */
  #mark(end: number, code: AcknowledgeCode): void {
    for (let range = this.#ranges[this.#range]; range; range = this.#ranges[this.#range]) {
      const first = Math.max(this.#next, range.firstOffset)
      if (first >= end) break
      this.#others.addRun(first, Math.min(end - 1, range.lastOffset), code)
      if (range.lastOffset >= end) break
      this.#range++
    }
    this.#next = Math.max(this.#next, end)
  }
}
