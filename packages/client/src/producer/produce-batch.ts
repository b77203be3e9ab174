// One batch on its way: records while it gathers, bytes once it is closed, and what sending it has come to.
import { type Codec, type RecordBatchWriter, readBatchHeader, setProducerState } from '@millrace/protocol'
import { invariant } from '@millrace/runtime'
import type { Delivery } from './delivery.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { SequencedBatch } from './sequences.ts'

export class ProduceBatch implements SequencedBatch {
  readonly queue: PartitionQueue
  readonly delivery: Delivery
  /** Index in the delivery of this batch's first record: not 0 for the later parts of a split batch. */
  readonly firstIndex: number
  /** When its first record came, on the monotonic clock. */
  readonly createdAt: number
  /** What it is compressed with, where that is not what the producer has: its records may have come with a codec of their own. */
  codec: Codec | undefined
  recordCount = 0
  /** Uncompressed bytes of the records: what `bufferMemory` counts. */
  sizeBytes = 0
  baseSequence = -1
  producerId = -1
  producerEpoch = -1
  /** Times it was put on the wire. */
  attempts = 0
  /** When it was last put on the wire, on the monotonic clock; 0 before the first time. */
  sentAt = 0
  /** Not to be sent again before, on the monotonic clock. */
  notBefore = 0
  /** While it is open: the size at which it is full, the next time. */
  sizeLimit: number
  /** Times that it was found full. */
  timesFull = 0
  /** Full and not sent yet, closed or still open for more. */
  inBacklog = false
  /** On the wire, without an answer so far. */
  onWire = false
  /** Its delivery timeout is over, or its fate is otherwise told: an answer only settles its sequence. */
  abandoned = false
  /** An attempt ended without an answer, or with one that leaves it open: the batch may be in the log. */
  mayBeWritten = false
  lastError: Error | undefined
  #writer: RecordBatchWriter | undefined
  #bytes: Buffer | undefined
  #stampedSequence = -1
  #stampedEpoch = -1
  #stampedId = -1

  constructor(
    queue: PartitionQueue,
    delivery: Delivery,
    createdAt: number,
    writer: RecordBatchWriter,
    sizeLimit: number,
    firstIndex = 0,
  ) {
    this.queue = queue
    this.delivery = delivery
    this.createdAt = createdAt
    this.#writer = writer
    this.sizeLimit = sizeLimit
    this.firstIndex = firstIndex
  }

  /** The writer, while the batch is open for records. */
  get writer(): RecordBatchWriter | undefined {
    return this.#writer
  }

  /** The batch in the protocol's form, once closed. */
  get bytes(): Buffer | undefined {
    return this.#bytes
  }

  /** Whether the numbers it was last sent under are no longer its own: it was renumbered since. */
  get renumbered(): boolean {
    return (
      this.#stampedSequence !== this.baseSequence ||
      this.#stampedEpoch !== this.producerEpoch ||
      this.#stampedId !== this.producerId
    )
  }

  /** The batch's bytes under its current numbers. Closes it on the first call. `transactional`: it belongs to its producer's transaction. */
  seal(codec: Codec, level: number | undefined, transactional: boolean): Buffer {
    const { producerId, producerEpoch, baseSequence } = this
    invariant(!this.onWire, 'a batch is on the wire once at a time')
    if (!this.#bytes) {
      invariant(this.#writer !== undefined, 'a batch is sealed before it has its verdict')
      this.#bytes = this.#writer.finish({
        producerId,
        producerEpoch,
        baseSequence,
        transactional,
        codec,
        ...(level !== undefined && { level }),
      })
      this.#writer = undefined
    } else if (this.renumbered) {
      // The checksum covers the numbers. What went out before is not on the wire any more: its connection or its answer is over.
      this.#bytes = Buffer.from(this.#bytes)
      setProducerState(readBatchHeader(this.#bytes), { producerId, producerEpoch, baseSequence })
    }
    this.#stampedSequence = baseSequence
    this.#stampedEpoch = producerEpoch
    this.#stampedId = producerId
    return this.#bytes
  }

  /** Lets go of the bytes. */
  release(): void {
    this.#writer = undefined
    this.#bytes = undefined
  }
}
