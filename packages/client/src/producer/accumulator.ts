// Gathers records into batches, one growing buffer for each partition, and counts what waits.
import { BufferPool, RecordBatchWriter, type RecordHeaderInit } from '@millrace/protocol'
import type { Clock } from '@millrace/runtime'
import { Delivery } from './delivery.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { ProduceBatch } from './produce-batch.ts'

export interface AccumulatorOptions {
  readonly clock: Clock
  readonly batchSize: number
  readonly bufferMemory: number
  /** A queue that had nothing to send has a first record. */
  readonly onOpen: (queue: PartitionQueue) => void
  /** A batch is full: it should leave as soon as the broker takes it. */
  readonly onFull: (queue: PartitionQueue) => void
  /** A batch's bytes are free again. */
  readonly onRelease: () => void
  /** The records of a batch, all its parts, have their verdict. */
  readonly onSettled: (delivery: Delivery) => void
}

type Bytes = Uint8Array | string | null

export class Accumulator {
  readonly pool: BufferPool
  readonly #options: AccumulatorOptions
  /** Batches without a verdict, oldest first. */
  readonly incomplete = new Set<ProduceBatch>()
  #bufferedBytes = 0
  /** Where the last appended record went: fields instead of a result object, which would be one allocation per record. */
  lastBatch: ProduceBatch | undefined
  lastIndex = 0

  constructor(options: AccumulatorOptions) {
    this.#options = options
    this.pool = new BufferPool(options.bufferMemory)
  }

  /** Bytes of records without a verdict. */
  get bufferedBytes(): number {
    return this.#bufferedBytes
  }

  get isFull(): boolean {
    return this.#bufferedBytes >= this.#options.bufferMemory
  }

  /** Adds a record to the partition's open batch and returns its size. */
  append(
    queue: PartitionQueue,
    timestamp: number,
    key: Bytes,
    value: Bytes,
    headers: readonly RecordHeaderInit[],
  ): number {
    let batch = queue.open
    let size = -1
    if (batch !== undefined) {
      size = batch.writer!.tryAppend(this.#options.batchSize, timestamp, key, value, headers)
      if (size === -1) {
        queue.close()
        this.#options.onFull(queue)
        batch = undefined
      }
    }
    if (batch === undefined) {
      batch = this.open(queue, new Delivery(queue.topic, queue.partition, this.#options.onSettled))
      size = batch.writer!.append(timestamp, key, value, headers)
      queue.open = batch
      this.#options.onOpen(queue)
    }
    this.lastBatch = batch
    this.lastIndex = batch.recordCount++
    batch.delivery.recordCount++
    batch.sizeBytes += size
    this.#bufferedBytes += size
    return size
  }

  /** A new, empty batch. */
  open(
    queue: PartitionQueue,
    delivery: Delivery,
    createdAt = this.#options.clock.monotonic(),
    firstIndex = 0,
  ): ProduceBatch {
    const writer = new RecordBatchWriter({ pool: this.pool, initialBytes: queue.capacityHintBytes })
    const batch = new ProduceBatch(queue, delivery, createdAt, writer, firstIndex)
    this.incomplete.add(batch)
    return batch
  }

  /** Counts records that were put into a batch other than by `append`: the parts of one that was split. */
  countSplit(batch: ProduceBatch, sizeBytes: number): void {
    batch.sizeBytes += sizeBytes
    this.#bufferedBytes += sizeBytes
  }

  /** The batch has its verdict: its bytes are free again. `reusable`: nothing can read the buffer any more. */
  settle(batch: ProduceBatch, reusable: boolean): void {
    if (!this.incomplete.delete(batch)) return
    this.#bufferedBytes -= batch.sizeBytes
    if (batch.bytes) {
      batch.queue.capacityHintBytes = batch.bytes.buffer.byteLength
      if (reusable) this.pool.release(batch.bytes)
    }
    batch.release()
    this.#options.onRelease()
  }
}
