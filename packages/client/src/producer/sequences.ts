// Sequence numbers of one partition of an idempotent producer: which batch carries which, and what a broker's complaint means. Pure.

/** Sequences are int32 and wrap to 0 after 2^31−1. */
export function nextSequence(sequence: number, recordCount: number): number {
  const next = sequence + recordCount
  return next > 0x7fffffff ? next - 0x80000000 : next
}

/** What sequencing needs to know of a batch. */
export interface SequencedBatch {
  readonly recordCount: number
  /** −1 before the batch was first sent. */
  baseSequence: number
  producerId: number
  producerEpoch: number
}

export interface ProducerIdAndEpoch {
  readonly producerId: number
  readonly producerEpoch: number
}

/** What to do with a batch that the broker refused on account of its sequence. */
export type SequenceVerdict =
  /** Earlier batches are still open: it will fit once they are written. */
  | 'retry'
  /** The broker's state and ours do not fit together: number anew under a new epoch, then retry. */
  | 'bump'

/**
 * Invariants: `unacknowledged` is in sequence order, without gaps; all of it carries the same producer id and epoch; a batch without a
 * sequence is numbered only when it is sent, so that one dropped before leaves no gap.
 */
export class PartitionSequences<B extends SequencedBatch> {
  /** Batches that have a sequence and no final outcome: on the wire or waiting to be sent again. */
  readonly unacknowledged: B[] = []
  #producerId = -1
  #producerEpoch = -1
  #next = 0
  /** A numbered batch was given up without knowing whether it was written. */
  #unresolved = false
  #lastAcknowledged = -1

  /** Whether the partition still numbers under another id or epoch than `current`. */
  isStale(current: ProducerIdAndEpoch): boolean {
    return this.#producerId !== current.producerId || this.#producerEpoch !== current.producerEpoch
  }

  get unresolved(): boolean {
    return this.#unresolved
  }

  /** The sequence that the next new batch gets. */
  get next(): number {
    return this.#next
  }

  /** Gives a batch its numbers. The caller has checked that it may be sent now. */
  assign(batch: B, current: ProducerIdAndEpoch): void {
    if (this.isStale(current)) {
      if (this.unacknowledged.length > 0) throw new Error('a new epoch while batches of the old one are open')
      this.#restart(current)
    }
    batch.producerId = this.#producerId
    batch.producerEpoch = this.#producerEpoch
    batch.baseSequence = this.#next
    this.#next = nextSequence(this.#next, batch.recordCount)
    this.unacknowledged.push(batch)
  }

  /** The batch is written. */
  acknowledge(batch: B): void {
    this.#remove(batch)
    this.#lastAcknowledged = nextSequence(batch.baseSequence, batch.recordCount - 1)
  }

  /** The broker certainly did not write the batch, and it is given up: the batches behind it move up. */
  giveUp(batch: B): void {
    const index = this.unacknowledged.indexOf(batch)
    if (index === -1) return
    this.unacknowledged.splice(index, 1)
    let sequence = batch.baseSequence
    for (let later = index; later < this.unacknowledged.length; later++) {
      this.unacknowledged[later]!.baseSequence = sequence
      sequence = nextSequence(sequence, this.unacknowledged[later]!.recordCount)
    }
    this.#next = sequence
  }

  /** The batch is given up, and may or may not be in the log: numbers after it are worth nothing until that is settled. */
  giveUpUnresolved(batch: B): void {
    this.#remove(batch)
    this.#unresolved = true
  }

  /** Replaces a batch that was too large by its parts, which take over its numbers. */
  replace(batch: B, parts: readonly B[]): void {
    const index = this.unacknowledged.indexOf(batch)
    if (index === -1) return
    let sequence = batch.baseSequence
    for (const part of parts) {
      part.baseSequence = sequence
      part.producerId = batch.producerId
      part.producerEpoch = batch.producerEpoch
      sequence = nextSequence(sequence, part.recordCount)
    }
    this.unacknowledged.splice(index, 1, ...parts)
  }

  /** Judges OUT_OF_ORDER_SEQUENCE_NUMBER for a batch (as Java's `TransactionManager.canRetry`). */
  outOfOrder(batch: B): SequenceVerdict {
    const expected = this.#lastAcknowledged === -1 ? 0 : nextSequence(this.#lastAcknowledged, 1)
    return !this.#unresolved && batch.baseSequence !== expected ? 'retry' : 'bump'
  }

  /** Numbers the open batches anew from 0 under a new epoch. None of them may be on the wire. */
  renumber(current: ProducerIdAndEpoch): void {
    this.#restart(current)
    for (const batch of this.unacknowledged) {
      batch.producerId = current.producerId
      batch.producerEpoch = current.producerEpoch
      batch.baseSequence = this.#next
      this.#next = nextSequence(this.#next, batch.recordCount)
    }
  }

  #restart(current: ProducerIdAndEpoch): void {
    this.#producerId = current.producerId
    this.#producerEpoch = current.producerEpoch
    this.#next = 0
    this.#lastAcknowledged = -1
    this.#unresolved = false
  }

  #remove(batch: B): void {
    const index = this.unacknowledged.indexOf(batch)
    if (index !== -1) this.unacknowledged.splice(index, 1)
  }
}
