// Producers of which a partition knows nothing but that their first batches were taken back: the same ones come first again.
import { baseSequenceOf, producerEpochOf, producerIdOf } from '../format/batch.ts'

interface First {
  readonly producerEpoch: number
  readonly sequence: number
  readonly sinceMs: number
}

/**
 * Of a producer that is not known any sequence is believed, since its state may have been lost to retention. But what it had on its way behind a
 * batch that was taken back may find room, and would go in front of it.
 */
export class TakenBackFirsts {
  readonly #byProducer = new Map<number, First>()

  /** A batch was taken back whose producer is not known otherwise; to be called in their order. */
  note(batch: Buffer, nowMs: number): void {
    const producerId = producerIdOf(batch, 0)
    const producerEpoch = producerEpochOf(batch, 0)
    const sequence = baseSequenceOf(batch, 0)
    // Coordinators write without one.
    if (sequence < 0 || this.#byProducer.get(producerId)?.producerEpoch === producerEpoch) return
    this.#byProducer.set(producerId, { producerEpoch, sequence, sinceMs: nowMs })
  }

  /** The sequence that the producer has to begin with, undefined for any. */
  sequenceOf(producerId: number, producerEpoch: number): number | undefined {
    const first = this.#byProducer.get(producerId)
    return first?.producerEpoch === producerEpoch ? first.sequence : undefined
  }

  /** The producer is known. */
  end(producerId: number): void {
    if (this.#byProducer.size > 0) this.#byProducer.delete(producerId)
  }

  expire(nowMs: number, expirationMs: number): void {
    for (const [producerId, { sinceMs }] of this.#byProducer) {
      if (nowMs - sinceMs >= expirationMs) this.#byProducer.delete(producerId)
    }
  }
}
