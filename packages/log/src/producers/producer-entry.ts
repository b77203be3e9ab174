// What a partition remembers of one producer: its epoch, its last batches, its open transaction.
import { sequenceBefore } from '@millrace/protocol/base'

/** Batches remembered of each producer, so that one sent again is recognised (as many as may be in flight). */
export const batchesRemembered = 5

export interface RememberedBatch {
  readonly lastSequence: number
  readonly lastOffset: number
  /** Last offset − first offset = last sequence − first sequence. */
  readonly offsetDelta: number
  readonly timestamp: number
}

export class ProducerEntry {
  readonly producerId: number
  producerEpoch: number
  /** Epoch of the coordinator that wrote the last marker, −1 for none. */
  coordinatorEpoch = -1
  lastTimestamp = -1
  /** First offset of the open transaction, −1 for none. */
  currentTxnFirstOffset = -1
  /** Oldest first, at most `batchesRemembered`, all of the current epoch. */
  readonly batches: RememberedBatch[] = []

  constructor(producerId: number, producerEpoch: number) {
    this.producerId = producerId
    this.producerEpoch = producerEpoch
  }

  get lastSequence(): number {
    return this.batches.at(-1)?.lastSequence ?? -1
  }

  /** Last offset of the newest batch, −1 for none. */
  get lastOffset(): number {
    return this.batches.at(-1)?.lastOffset ?? -1
  }

  /** The batch with exactly these sequence numbers, if it is remembered. */
  findDuplicate(epoch: number, baseSequence: number, lastSequence: number): RememberedBatch | undefined {
    if (epoch !== this.producerEpoch) return undefined
    for (const batch of this.batches) {
      if (
        batch.lastSequence === lastSequence &&
        sequenceBefore(batch.lastSequence, batch.offsetDelta) === baseSequence
      )
        return batch
    }
    return undefined
  }

  /** A new epoch knows no batches. */
  moveTo(epoch: number): void {
    if (epoch === this.producerEpoch) return
    this.batches.length = 0
    this.producerEpoch = epoch
  }

  remember(batch: RememberedBatch): void {
    if (this.batches.length === batchesRemembered) this.batches.shift()
    this.batches.push(batch)
    this.lastTimestamp = batch.timestamp
  }
}
