// Reads a compacted log from one offset to another, as it is or as a consumer of committed data does.
import type { AbortedTransaction, PartitionLog } from '@millrace/log'
import {
  batches,
  type BatchHeader,
  ControlRecordType,
  readControlRecord,
  RecordBatchCursor,
} from '@millrace/protocol'
import type { KeyedRecord } from './keyed-model.ts'

export interface KeyedRead {
  readonly records: KeyedRecord[]
  /** Where reading ended. */
  readonly nextOffset: number
}

/** All records in `[offset, upperOffset)`; with `committed` those that a consumer of committed data hands out. */
export async function readKeyed(
  log: PartitionLog,
  offset: number,
  upperOffset: number,
  options: { readonly committed: boolean; readonly maxBytes: number },
): Promise<KeyedRead> {
  const records: KeyedRecord[] = []
  const skipping = new Set<number>()
  let at = offset
  while (at < upperOffset) {
    const {
      chunks,
      nextOffset,
      release,
      abortedTransactions = [],
    } = await log.read(at, options.maxBytes, {
      upperOffset,
      readCommitted: options.committed,
    })
    const waiting = abortedTransactions.toSorted((a, b) => a.firstOffset - b.firstOffset)
    // Each reply says all that concerns it.
    skipping.clear()
    for (const chunk of chunks) {
      for (const header of batches(chunk)) {
        const shown = !options.committed || isShown(header, waiting, skipping)
        if (shown && header.nextOffset > offset) addRecords(header, offset, records)
      }
    }
    release?.()
    // Nothing is left below, or the last batch reaches beyond it.
    if (nextOffset <= at) break
    at = nextOffset
  }
  return { records, nextOffset: at }
}

function isShown(header: BatchHeader, waiting: AbortedTransaction[], skipping: Set<number>): boolean {
  while (waiting[0] && waiting[0].firstOffset <= header.lastOffset) skipping.add(waiting.shift()!.producerId)
  if (header.isControl) {
    if (endsAborted(header)) skipping.delete(header.producerId)
    return false
  }
  return !(header.isTransactional && skipping.has(header.producerId))
}

function endsAborted(header: BatchHeader): boolean {
  const cursor = new RecordBatchCursor().open(header)
  return cursor.next() && readControlRecord(cursor).type === ControlRecordType.ABORT
}

function addRecords(header: BatchHeader, from: number, records: KeyedRecord[]): void {
  if (header.isControl) return
  const cursor = new RecordBatchCursor().open(header)
  while (cursor.next()) {
    if (cursor.offset < from) continue
    records.push({ offset: cursor.offset, key: String(cursor.keyString()), value: cursor.valueString() })
  }
}
