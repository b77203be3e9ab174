// Sequence numbers of one partition of an idempotent producer: which batch carries which, and what a broker's complaint means. Pure.
import { isSequenceAfter, sequenceAfter } from '@millrace/protocol'
import { invariant } from '@millrace/runtime'

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
  /** A numbered batch was given up, and which of the later numbers brokers have seen is not known. */
  #unresolved = false
  /** A batch was written while an earlier one was open: what the broker expects is behind both. */
  #overtaken = false
  #lastAcknowledged = -1

  /** Whether the partition still numbers under another id or epoch than `current`. */
  isStale(current: ProducerIdAndEpoch): boolean {
    return this.#producerId !== current.producerId || this.#producerEpoch !== current.producerEpoch
  }

  get unresolved(): boolean {
    return this.#unresolved
  }

  /**
   * Whether the broker is known to count along with this epoch. Until then it takes any number for the first one (KIP-360), so that a
   * batch could pass by one that is refused before it: only one may be on the wire.
   */
  get established(): boolean {
    return this.#lastAcknowledged !== -1
  }

  /** The sequence that the next new batch gets. */
  get next(): number {
    return this.#next
  }

  /** Gives a batch its numbers. The caller has checked that it may be sent now. */
  assign(batch: B, current: ProducerIdAndEpoch): void {
    if (this.isStale(current)) {
      invariant(
        this.unacknowledged.length === 0,
        'a new epoch begins when no batch of the old one is open, unless they are renumbered',
      )
      this.#restart(current)
    }
    const last = this.unacknowledged.at(-1)
    invariant(
      last === undefined || sequenceAfter(last.baseSequence, last.recordCount) === this.#next,
      'open batches are numbered without gaps',
    )
    this.#stamp(batch)
    this.unacknowledged.push(batch)
  }

  /** The batch is written. */
  acknowledge(batch: B): void {
    const isFirst = this.unacknowledged[0] === batch
    invariant(this.#remove(batch), 'a batch that is written was open')
    const last = sequenceAfter(batch.baseSequence, batch.recordCount - 1)
    if (this.#lastAcknowledged === -1 || isSequenceAfter(last, this.#lastAcknowledged))
      this.#lastAcknowledged = last
    this.#overtaken = this.unacknowledged.length > 0 && (this.#overtaken || !isFirst)
  }

  /**
   * The broker certainly did not write the batch, and it is given up. Its numbers go to the next batch, unless later ones were sent
   * already: those need a new epoch (as in Java since KIP-360), because what brokers made of their numbers is not known.
   */
  giveUp(batch: B): void {
    if (this.unacknowledged.at(-1) !== batch) {
      this.giveUpUnresolved(batch)
      return
    }
    this.#remove(batch)
    this.#next = batch.baseSequence
  }

  /** The batch is given up, and may or may not be in the log: numbers after it are worth nothing until that is settled. */
  giveUpUnresolved(batch: B): void {
    if (this.#remove(batch)) this.#unresolved = true
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
      sequence = sequenceAfter(sequence, part.recordCount)
    }
    invariant(
      sequence === sequenceAfter(batch.baseSequence, batch.recordCount),
      'the parts of a divided batch have its numbers, no more and no fewer',
    )
    this.unacknowledged.splice(index, 1, ...parts)
  }

  /** Judges OUT_OF_ORDER_SEQUENCE_NUMBER for a batch (as Java's `TransactionManager.canRetry`). */
  outOfOrder(batch: B): SequenceVerdict {
    const expected = this.#lastAcknowledged === -1 ? 0 : sequenceAfter(this.#lastAcknowledged, 1)
    const isNext = batch.baseSequence === expected
    return isNext || this.#unresolved || this.#overtaken ? 'bump' : 'retry'
  }

  /** Numbers the open batches anew from 0 under a new epoch. None of them may be on the wire. */
  renumber(current: ProducerIdAndEpoch): void {
    this.#restart(current)
    for (const batch of this.unacknowledged) this.#stamp(batch)
  }

  /** Gives a batch the next numbers. */
  #stamp(batch: B): void {
    batch.producerId = this.#producerId
    batch.producerEpoch = this.#producerEpoch
    batch.baseSequence = this.#next
    this.#next = sequenceAfter(this.#next, batch.recordCount)
  }

  #restart(current: ProducerIdAndEpoch): void {
    this.#producerId = current.producerId
    this.#producerEpoch = current.producerEpoch
    this.#next = 0
    this.#lastAcknowledged = -1
    this.#unresolved = false
    this.#overtaken = false
  }

  /** Returns whether it was there. */
  #remove(batch: B): boolean {
    const index = this.unacknowledged.indexOf(batch)
    if (index !== -1) this.unacknowledged.splice(index, 1)
    return index !== -1
  }
}
