// The numbers of a transactional producer's batches: one epoch for a transaction, or for as long as nothing fails, and no way around a loss.
import { ErrorCode } from '@millrace/protocol'
import type { VersionLimits } from '../../network/api-ranges.ts'
import { SequencedNumbering } from '../numbering.ts'
import type { PartitionQueue } from '../partition-queue.ts'
import type { ProduceBatch } from '../produce-batch.ts'
import type { ProducerIdAndEpoch } from '../sequences.ts'
import { type TransactionVersion, versionsFor } from './transaction-coordinator.ts'

export interface TransactionalNumberingHost {
  /** The coordinator must hear of a partition before it is written to; `added` says that it has. */
  add(queue: PartitionQueue): void
  /** Why the coordinator has not answered so far. */
  obstacle(): Error | undefined
}

/** The first version of Produce that adds partitions to the transaction by itself (KIP-890). */
const produceFirstOfV2 = 12

export class TransactionalNumbering extends SequencedNumbering {
  readonly transactionalId: string
  readonly #host: TransactionalNumberingHost
  #version: TransactionVersion = 1
  #versions: VersionLimits = {}
  #producer: ProducerIdAndEpoch | undefined
  #over: Error | undefined
  /** Partitions that the coordinator knows of, in version 1. */
  readonly #added = new Set<PartitionQueue>()
  /** Something was sent for the transaction: the coordinator may know of it. */
  #written = false
  #numbersLost = false

  constructor(transactionalId: string, host: TransactionalNumberingHost) {
    super()
    this.transactionalId = transactionalId
    this.#host = host
  }

  get produceVersions(): VersionLimits {
    return this.#versions
  }

  get obstacle(): Error | undefined {
    return this.#host.obstacle()
  }

  get over(): Error | undefined {
    return this.#over
  }

  protected get current(): ProducerIdAndEpoch | undefined {
    return this.#producer
  }

  /** Whether a batch has left for the transaction. */
  get hasWritten(): boolean {
    return this.#written
  }

  /** Whether numbers were lost, so that only a new epoch makes the next ones meaningful. */
  get numbersLost(): boolean {
    return this.#numbersLost
  }

  /** Batches are numbered under this id and epoch from now on. */
  begin(version: TransactionVersion, producer: ProducerIdAndEpoch): void {
    const { producerId, producerEpoch } = producer
    if (this.#producer?.producerId !== producerId || this.#producer.producerEpoch !== producerEpoch)
      this.#numbersLost = false
    this.#version = version
    this.#versions = versionsFor(version, produceFirstOfV2)
    this.#producer = producer
    this.#over = undefined
    this.#written = false
    this.#added.clear()
  }

  /** No batch goes, or goes again. */
  stop(error: Error): void {
    this.#over = error
  }

  /** The coordinator knows of these partitions. */
  added(queues: Iterable<PartitionQueue>): void {
    for (const queue of queues) this.#added.add(queue)
  }

  prepare(queue: PartitionQueue): void {
    if (this.#version === 1 && !this.#over && !this.#added.has(queue)) this.#host.add(queue)
  }

  mayLeave(queue: PartitionQueue, head: ProduceBatch): boolean {
    const producer = this.#producer
    if (!producer || this.#over) return false
    if (this.#version === 1 && !this.#added.has(queue)) return false
    // A partition whose numbers were lost waits for the epoch that makes good for it.
    if (queue.sequences.unresolved && !queue.sequences.isStale(producer)) return false
    return this.isNext(queue, head, producer)
  }

  override assign(queue: PartitionQueue, batch: ProduceBatch): void {
    super.assign(queue, batch)
    this.#written = true
  }

  override givenUp(batch: ProduceBatch): void {
    super.givenUp(batch)
    if (batch.queue.sequences.unresolved) this.#numbersLost = true
  }

  /** A batch that came before its time goes again. Any other complaint costs the transaction: its numbers are not ours alone to change. */
  refused(batch: ProduceBatch, errorCode: number): boolean {
    if (errorCode !== ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER || batch.baseSequence === -1) return false
    const fits = batch.queue.sequences.outOfOrder(batch) === 'retry'
    // A broker that misses what comes before has not written this one.
    if (fits) batch.mayBeWritten = false
    return fits
  }
}
