// Tells which batches of a fetched range belong to transactions that were aborted, as a read_committed consumer must drop them.
import { type BatchHeader, ControlRecordType, RecordBatchCursor, readControlRecord } from '@millrace/protocol'

export interface AbortedTransaction {
  readonly producerId: number
  readonly firstOffset: number
}

/**
 * Walks along with the batches in offset order. A transaction's records are dropped from its first offset to its abort marker; a
 * producer may have several in one response, and a marker may lie beyond its end.
 */
export class AbortedTransactions {
  readonly #byFirstOffset: AbortedTransaction[]
  readonly #open = new Set<number>()
  #next = 0

  /** `list` need not be sorted: not every broker does. */
  constructor(list: readonly AbortedTransaction[]) {
    this.#byFirstOffset = [...list].sort((a, b) => a.firstOffset - b.firstOffset)
  }

  /** Whether the batch's records were aborted. Called once for every batch, control batches included, in order. */
  drops(header: BatchHeader): boolean {
    while (this.#next < this.#byFirstOffset.length) {
      const { producerId, firstOffset } = this.#byFirstOffset[this.#next]!
      if (firstOffset > header.lastOffset) break
      this.#open.add(producerId)
      this.#next++
    }
    if (header.isControl) {
      if (this.#open.has(header.producerId) && isAbortMarker(header)) this.#open.delete(header.producerId)
      return false
    }
    return header.isTransactional && this.#open.has(header.producerId)
  }
}

function isAbortMarker(header: BatchHeader): boolean {
  const cursor = new RecordBatchCursor().open(header)
  // Compaction may leave a control batch without its record.
  return cursor.next() && readControlRecord(cursor).type === ControlRecordType.ABORT
}
