// Transactions that are about to begin in a partition: somebody asks the coordinator whether it knows of them, and the first batch comes with the
// answer.
import type { TransactionVerification } from '../api/types.ts'

/** The first batch of a transaction, which wants to be verified. */
export interface FirstBatch {
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
  /** Transactions of version 2 (KIP-890). */
  readonly supportsEpochBump: boolean
}

/** Kafka's `VerificationStateEntry` and `VerificationGuard` in one: what counts is that it is this very object. */
export class PendingVerification implements TransactionVerification {
  readonly producerId: number
  readonly supportsEpochBump: boolean
  readonly beganAtMs: number
  producerEpoch: number
  /** Of the batches that asked: none that came later may be appended before the first. */
  lowestSequence: number

  constructor({ producerId, producerEpoch, baseSequence, supportsEpochBump }: FirstBatch, nowMs: number) {
    this.producerId = producerId
    this.producerEpoch = producerEpoch
    this.lowestSequence = baseSequence
    this.supportsEpochBump = supportsEpochBump
    this.beganAtMs = nowMs
  }

  /** Another batch of the producer asks for the same. */
  join({ producerEpoch, baseSequence }: FirstBatch): void {
    if (producerEpoch === this.producerEpoch && baseSequence < this.lowestSequence) {
      this.lowestSequence = baseSequence
    }
    if (producerEpoch > this.producerEpoch) {
      this.producerEpoch = producerEpoch
      this.lowestSequence = baseSequence
    }
  }
}

/**
 * One for each producer at most. It ends with the next marker of the producer, so that an answer of the coordinator that comes after a marker
 * opens no transaction that nobody would ever end. Until then it stays: the batch that has opened the transaction may be taken back, and what
 * was verified for those behind it holds.
 */
export class PendingVerifications {
  readonly #byProducer = new Map<number, PendingVerification>()

  of(producerId: number): PendingVerification | undefined {
    return this.#byProducer.get(producerId)
  }

  begin(batch: FirstBatch, nowMs: number): PendingVerification {
    let pending = this.#byProducer.get(batch.producerId)
    if (pending) pending.join(batch)
    else {
      pending = new PendingVerification(batch, nowMs)
      this.#byProducer.set(batch.producerId, pending)
    }
    return pending
  }

  end(producerId: number): void {
    if (this.#byProducer.size > 0) this.#byProducer.delete(producerId)
  }

  expire(nowMs: number, expirationMs: number): void {
    for (const [producerId, { beganAtMs }] of this.#byProducer) {
      if (nowMs - beganAtMs >= expirationMs) this.#byProducer.delete(producerId)
    }
  }
}
