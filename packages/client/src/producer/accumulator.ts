// Gathers records into batches, one growing buffer for each partition, and counts what waits.
import { BufferPool, RecordBatchWriter, type RecordHeaderInit } from '@millrace/protocol'
import { type Clock, invariant } from '@millrace/runtime'
import { Delivery, type OnOutcome } from './delivery.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { ProduceBatch } from './produce-batch.ts'

/** Brokers that answered nothing for this long are not busy but gone. */
const silenceMs = 500

export interface AccumulatorOptions {
  readonly clock: Clock
  /** A batch of this size is full: it should leave as soon as the broker takes it. */
  readonly batchSize: number
  /** While it does not leave, it goes on to this size, and is full once or twice more on the way. */
  readonly batchSizeMax: number
  readonly bufferMemory: number
  /** Bytes of full batches that may wait while brokers take others: see {@link Accumulator.isFull}. */
  readonly backlogMaxBytes: number
  /** A queue that had nothing to send has a first record. */
  readonly onOpen: (queue: PartitionQueue) => void
  /** A batch is full, and stands at the end of its queue. It may leave before this returns. */
  readonly onFull: (queue: PartitionQueue) => void
  /** A batch's bytes are free again. */
  readonly onRelease: () => void
  /** A batch has its verdict, or a part of one that was divided. */
  readonly onVerdict: OnOutcome
}

type Bytes = Uint8Array | string | null

/** What a batch needs beside its records: its header, and room for text that turns out not to be ASCII. */
const batchSpareBytes = 128
const capacityBytesMin = 1024
/** Buffers that are kept however much is buffered: what a few answers of brokers free at once. */
const keptBytesMin = 2 << 20
/** How much larger a batch may become each time that it is full and cannot leave. */
const growthFactor = 4

export class Accumulator {
  readonly pool: BufferPool
  readonly #options: AccumulatorOptions
  /** Batches without a verdict, oldest first. */
  readonly incomplete = new Set<ProduceBatch>()
  #bufferedBytes = 0
  /** Bytes of full batches that were not sent yet. */
  #backlogBytes = 0
  #settledAt = Number.NEGATIVE_INFINITY
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

  /**
   * Whether a record must wait. `bufferMemory` is the hard limit. While brokers answer, a short line of full batches is enough to keep
   * them busy; a longer one only means that bytes are written to memory now and read back when they have left the CPU's caches, which
   * costs more than everything else here. When brokers fall silent, the whole of `bufferMemory` is there to bridge the gap.
   */
  get isFull(): boolean {
    const { bufferMemory, backlogMaxBytes, clock } = this.#options
    if (this.#bufferedBytes >= bufferMemory) return true
    return this.#backlogBytes >= backlogMaxBytes && clock.monotonic() - this.#settledAt < silenceMs
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
    while (batch !== undefined) {
      size = batch.writer!.tryAppend(batch.sizeLimit, timestamp, key, value, headers)
      if (size !== -1) break
      this.#fill(queue, batch)
      batch = queue.open
    }
    if (batch === undefined) {
      batch = this.#make(queue, new Delivery(queue.topic, queue.partition, this.#options.onVerdict))
      // Should it throw, there is no batch: an empty one would wait for records, and a flush for it.
      size = batch.writer!.append(timestamp, key, value, headers)
      this.incomplete.add(batch)
      queue.open = batch
      this.#options.onOpen(queue)
    }
    // Most records go where the one before went: a store of a reference costs more than this question.
    if (this.lastBatch !== batch) this.lastBatch = batch
    this.lastIndex = batch.recordCount++
    batch.delivery.recordCount++
    batch.sizeBytes += size
    this.#bufferedBytes += size
    if (batch.inBacklog) this.#backlogBytes += size
    return size
  }

  /** The open batch of a queue is full. It stays open, and larger, unless it leaves at once or is as large as a batch may become. */
  #fill(queue: PartitionQueue, batch: ProduceBatch): void {
    const { batchSizeMax } = this.#options
    if (batch.sizeLimit >= batchSizeMax || !queue.mayGrow) queue.close()
    else batch.sizeLimit = Math.min(batch.sizeLimit * growthFactor, batchSizeMax)
    batch.timesFull++
    if (!batch.inBacklog) {
      batch.inBacklog = true
      this.#backlogBytes += batch.sizeBytes
    }
    this.#options.onFull(queue)
  }

  /** A new, empty batch, which its caller fills. */
  open(queue: PartitionQueue, delivery: Delivery, createdAt: number, firstIndex: number): ProduceBatch {
    const batch = this.#make(queue, delivery, createdAt, firstIndex)
    this.incomplete.add(batch)
    return batch
  }

  #make(
    queue: PartitionQueue,
    delivery: Delivery,
    createdAt = this.#options.clock.monotonic(),
    firstIndex = 0,
  ): ProduceBatch {
    this.#trimPool()
    const writer = new RecordBatchWriter({ pool: this.pool, initialBytes: queue.capacityHintBytes })
    return new ProduceBatch(queue, delivery, createdAt, writer, this.#options.batchSize, firstIndex)
  }

  /** What the pool keeps counts, too: free buffers beside a full `bufferMemory` would be as much again. */
  #trimPool(): void {
    this.pool.keepAtMost(Math.max(keptBytesMin, this.#options.bufferMemory - this.#bufferedBytes))
  }

  /** Counts records that were put into a batch other than by `append`: the parts of one that was split. */
  countSplit(batch: ProduceBatch, sizeBytes: number): void {
    batch.sizeBytes += sizeBytes
    this.#bufferedBytes += sizeBytes
  }

  /** The batch is on its way. */
  left(batch: ProduceBatch): void {
    if (!batch.inBacklog) return
    batch.inBacklog = false
    this.#backlogBytes -= batch.sizeBytes
    invariant(this.#backlogBytes >= 0, 'what leaves the backlog was counted in it')
  }

  /** Time has passed without a verdict: who waits for room may find some. */
  tick(): void {
    this.#options.onRelease()
  }

  /** The batch has its verdict: its bytes are free again. `reusable`: nothing can read the buffer any more. */
  settle(batch: ProduceBatch, reusable: boolean): void {
    if (!this.incomplete.delete(batch)) return
    this.left(batch)
    this.#settledAt = this.#options.clock.monotonic()
    this.#bufferedBytes -= batch.sizeBytes
    invariant(
      this.incomplete.size === 0 ? this.#bufferedBytes === 0 : this.#bufferedBytes > 0,
      'buffered bytes are those of the records without a verdict',
    )
    if (batch.bytes) {
      const { queue, sizeBytes } = batch
      queue.capacityHintBytes = Math.max(
        sizeBytes + batchSpareBytes,
        queue.capacityHintBytes - (queue.capacityHintBytes >> 2),
        capacityBytesMin,
      )
      if (reusable) this.pool.release(batch.bytes)
    }
    batch.release()
    this.#options.onRelease()
  }
}
