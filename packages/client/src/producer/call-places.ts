// Where the records of one call went: which batches hold them, and which of each batch they are.
import type { CallPart, Delivery } from './delivery.ts'
import type { BatchMetadata } from './record.ts'

export class CallPlaces {
  /** In the order of the first record of each. */
  readonly #parts: CallPart[] = []

  /** The next record of the call is the one with this index in the batch of `delivery`. Returns the part that it belongs to. */
  add(delivery: Delivery, index: number): CallPart {
    delivery.awaitedCount++
    let part = delivery.lastCall
    if (part?.call !== this) {
      part = { delivery, call: this, start: index, end: index, next: index }
      delivery.lastCall = part
      this.#parts.push(part)
    }
    part.end = index + 1
    return part
  }

  /** Resolves when all that was added has its outcome. Rejects with the reason of the first batch of which nothing is written. */
  async settled(): Promise<void> {
    for (const { delivery } of this.#parts) await delivery.promise
  }

  /** Where the records went, once they have {@link settled}. Throws the reason when one of them is not written. */
  batches(): BatchMetadata[] {
    return this.#parts.flatMap(({ delivery, start, end }) => delivery.batchMetadata(start, end))
  }
}
