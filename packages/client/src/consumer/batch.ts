// A run of records of one partition, as they came in one fetch: the fast way to consume.
import type { NoHeaders } from '../topic/topic.ts'
import type { Chunk } from './chunk.ts'
import type { PartitionState } from './partition-state.ts'
import type { ConsumerRecord, RecordSource } from './record.ts'

/**
 * The records are decoded as they are walked over, once: `for (const record of batch)`, `batch.forEach(…)` or `batch.toArray()`. A walk that
 * is broken off goes on where it stopped. What is left of a batch when the next one is asked for counts as processed.
 */
export class ConsumerBatch<
  K = Buffer | null,
  V = Buffer | null,
  Name extends string = string,
  Headers = NoHeaders,
> implements Iterable<ConsumerRecord<K, V, Name, Headers>>, Disposable
{
  /** Name of its topic. */
  readonly topic: Name
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
  readonly #chunk: Chunk
  readonly #source: RecordSource<K, V>
  readonly #state: PartitionState
  readonly #generation: number

  /** @internal Batches come from a consumer. */
  constructor(chunk: Chunk, source: RecordSource<K, V>, state: PartitionState) {
    this.topic = chunk.topic as Name
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

  /**
   * True while the group is about to take the partition away and waits for whoever works on the batch: what is marked as processed (`Consumer.markProcessed`) until the handler returns or the loop
   * goes on need not be done again by the next owner.
   */
  get isLeaving(): boolean {
    return this.#state.suspended || !this.isCurrent
  }

  /** Bytes that it came in, compressed where the log has it compressed. */
  get sizeBytes(): number {
    return this.#chunk.sizeBytes
  }

  /** Offsets between the end of the batch and the end of the log. */
  get lag(): number {
    return Math.max(0, this.highWatermark - this.endOffset)
  }

  /** The next record, or undefined at the end. Throws CorruptRecordError. */
  next(): ConsumerRecord<K, V, Name, Headers> | undefined {
    return this.#chunk.next() ? this.#chunk.record<K, V, Name, Headers>(this.#source) : undefined
  }

  /** Calls `use` for each record. Throws CorruptRecordError. */
  forEach(use: (record: ConsumerRecord<K, V, Name, Headers>) => void): void {
    const chunk = this.#chunk
    const source = this.#source
    while (chunk.next()) use(chunk.record<K, V, Name, Headers>(source))
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
  toArray(): ConsumerRecord<K, V, Name, Headers>[] {
    return [...this]
  }

  /** `for (const record of batch)`: walks over the records that are left. Throws CorruptRecordError. */
  [Symbol.iterator](): Iterator<ConsumerRecord<K, V, Name, Headers>> {
    const chunk = this.#chunk
    const source = this.#source
    return {
      next: () =>
        chunk.next()
          ? { done: false, value: chunk.record<K, V, Name, Headers>(source) }
          : { done: true, value: undefined },
    }
  }
}
