// Which batches of a log belong to aborted transactions, and which markers nothing is left of (Kafka's `CleanedTransactionMetadata`).
import type { ControlMarker } from '../format/control-marker.ts'
import type { AbortedEntry } from '../segment/transaction-index.ts'

interface OngoingAbort {
  readonly entry: AbortedEntry
  /** A batch of it has been seen: its marker is needed. */
  seen: boolean
}

/** What of a batch decides here. */
export interface TransactionBatch {
  readonly producerId: number
  readonly lastOffset: number
  readonly transactional: boolean
}

/** Batches are told in the order of the log, after the aborted transactions that they may belong to. */
export class CleanedTransactions {
  /** Hears of aborted transactions whose marker is needed, in the order of the markers: the index of the cleaned segment. */
  onAbortKept: (entry: AbortedEntry) => void = () => {}
  /** Not begun yet, by their first offsets; later ones first, so that the next one is at the end. */
  #waiting: AbortedEntry[] = []
  readonly #aborting = new Map<number, OngoingAbort>()
  readonly #committing = new Set<number>()

  add(aborted: readonly AbortedEntry[]): void {
    this.#waiting.push(...aborted)
    this.#waiting.sort((a, b) => b.firstOffset - a.firstOffset)
  }

  /** Takes note of a batch of records; true when they were aborted. */
  onBatch({ producerId, lastOffset, transactional }: TransactionBatch): boolean {
    this.#beginUpTo(lastOffset)
    if (!transactional) return false
    const abort = this.#aborting.get(producerId)
    if (!abort) {
      this.#committing.add(producerId)
      return false
    }
    abort.seen = true
    return true
  }

  /**
   * Takes note of a control batch; true when nothing of the transaction is left that it ended, so that it may go. `marker` is what it says:
   * undefined for control batches of another kind, which stay, and null for one whose record has been taken out before.
   */
  onControl({ producerId, lastOffset }: TransactionBatch, marker: ControlMarker | undefined | null): boolean {
    this.#beginUpTo(lastOffset)
    if (marker === null) return true
    if (marker === undefined) return false
    if (!marker.aborted) return !this.#committing.delete(producerId)
    const abort = this.#aborting.get(producerId)
    this.#aborting.delete(producerId)
    if (!abort?.seen) return true
    this.onAbortKept(abort.entry)
    return false
  }

  #beginUpTo(offset: number): void {
    for (let next = this.#waiting.at(-1); next && next.firstOffset <= offset; next = this.#waiting.at(-1)) {
      this.#waiting.pop()
      if (!this.#aborting.has(next.producerId))
        this.#aborting.set(next.producerId, { entry: next, seen: false })
    }
  }
}
