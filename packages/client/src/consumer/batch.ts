// A run of records of one partition, as they came in one fetch: the fast way to consume.
import type { FetchedChunk } from './fetched-chunk.ts'
import type { PartitionState } from './partition-state.ts'
import { ConsumerRecord, type RecordSource } from './record.ts'

/**
 * The records are decoded as they are walked over, once: `for (const record of batch)`, `batch.forEach(…)` or `batch.toArray()`. A walk that
 * is broken off goes on where it stopped. What is left of a batch when the next one is asked for counts as processed.
 */
export class ConsumerBatch<K = Buffer, V = Buffer> implements Iterable<ConsumerRecord<K, V>>, Disposable {
  /** Name of its topic. */
  readonly topic: string
  /** Number of its partition, from 0 on. */
  readonly partition: number
  /** Offset where the batch starts: no record before it is in it. */
  readonly firstOffset: number
  /** Offset behind the batch: where consuming goes on after it. */
  readonly endOffset: number
  /** End of the log for this consumer when the batch was fetched. */
  readonly highWatermark: number
  /** End of the part of the log without open transactions when the batch was fetched. */
  readonly lastStableOffset: number
  /** First offset that the log still had when the batch was fetched, −1 from brokers that do not tell. */
  readonly logStartOffset: number
  readonly #chunk: FetchedChunk
  readonly #source: RecordSource<K, V>
  readonly #state: PartitionState
  readonly #generation: number

  constructor(chunk: FetchedChunk, source: RecordSource<K, V>, state: PartitionState) {
    this.topic = chunk.topic
    this.partition = chunk.partition
    this.firstOffset = chunk.nextOffset
    this.endOffset = chunk.endOffset
    this.highWatermark = state.highWatermark
    this.lastStableOffset = state.lastStableOffset
    this.logStartOffset = state.logStartOffset
    this.#chunk = chunk
    this.#source = source
    this.#state = state
    this.#generation = state.generation
  }

  /** False when the partition was revoked or sought in since the batch came: its remaining records belong to others, or are not wanted. */
  get isCurrent(): boolean {
    return !this.#state.revoked && this.#state.generation === this.#generation
  }

  /** Offsets between the end of the batch and the end of the log. */
  get lag(): number {
    return Math.max(0, this.highWatermark - this.endOffset)
  }

  /** The next record, or undefined at the end. Throws CorruptRecordError. */
  next(): ConsumerRecord<K, V> | undefined {
    return this.#chunk.next() ? new ConsumerRecord(this.#source, this.#chunk) : undefined
  }

  /** Calls `use` for each record. Throws CorruptRecordError. */
  forEach(use: (record: ConsumerRecord<K, V>) => void): void {
    const chunk = this.#chunk
    const source = this.#source
    while (chunk.next()) use(new ConsumerRecord(source, chunk))
  }

  /**
   * Says that neither the batch nor any key, value or header of it that is a Buffer is needed any more: the next fetch may be received into its memory.
   * Optional, and worth it for large records: who never calls it leaves the memory to the garbage collector, which costs about as much as all
   * else that consuming a record of 1 KiB does. Records that were not looked at are passed over; those that were throw StateError from now on when their key
   * or value is read for the first time. `using batch = …` does the same at the end of its block.
   */
  release(): void {
    this.#chunk.release()
  }

  /** `using batch = …`: {@link release} at the end of the block. */
  [Symbol.dispose](): void {
    this.release()
  }

  /** The records that are left, at once. Throws CorruptRecordError. */
  toArray(): ConsumerRecord<K, V>[] {
    return [...this]
  }

  /** `for (const record of batch)`: walks over the records that are left. Throws CorruptRecordError. */
  [Symbol.iterator](): Iterator<ConsumerRecord<K, V>> {
    const chunk = this.#chunk
    const source = this.#source
    return {
      next: () =>
        chunk.next()
          ? { done: false, value: new ConsumerRecord(source, chunk) }
          : { done: true, value: undefined },
    }
  }
}
