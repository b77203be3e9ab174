// The aborted transactions of a segment (`.txnindex`), in the order in which they ended.
import { int64At, writeInt64 } from '../format/batch.ts'

/*
 * entry, 34 bytes:   0  int16  version, 0
 *                    2  int64  producer id
 *                   10  int64  first offset of the transaction
 *                   18  int64  last offset: that of the abort marker
 *                   26  int64  last stable offset once the transaction had ended
 * The file exists only where a transaction was aborted.
 */
export const transactionEntryBytes = 34

export interface AbortedEntry {
  readonly producerId: number
  readonly firstOffset: number
  readonly lastOffset: number
  readonly lastStableOffset: number
}

export function encodeAborted(entries: readonly AbortedEntry[]): Buffer {
  const out = Buffer.alloc(entries.length * transactionEntryBytes)
  entries.forEach((entry, slot) => {
    const at = slot * transactionEntryBytes
    writeInt64(out, entry.producerId, at + 2)
    writeInt64(out, entry.firstOffset, at + 10)
    writeInt64(out, entry.lastOffset, at + 18)
    writeInt64(out, entry.lastStableOffset, at + 26)
  })
  return out
}

/** Reads a file up to the first entry that cannot be one. */
export function decodeAborted(bytes: Buffer): AbortedEntry[] {
  const entries: AbortedEntry[] = []
  for (let at = 0; at + transactionEntryBytes <= bytes.length; at += transactionEntryBytes) {
    const entry = {
      producerId: int64At(bytes, at + 2),
      firstOffset: int64At(bytes, at + 10),
      lastOffset: int64At(bytes, at + 18),
      lastStableOffset: int64At(bytes, at + 26),
    }
    if (bytes.readInt16BE(at) !== 0 || !follows(entry, entries.at(-1))) break
    entries.push(entry)
  }
  return entries
}

/** Whether this can be the next entry: not of zeros, which is what a loss of power may leave, nor of what stood there before. */
function follows(entry: AbortedEntry, before: AbortedEntry | undefined): boolean {
  const { firstOffset, lastOffset, lastStableOffset } = entry
  if (firstOffset < 0 || lastOffset <= firstOffset || lastOffset <= (before?.lastOffset ?? -1)) return false
  return lastStableOffset >= 0 && lastStableOffset <= lastOffset + 1
}

/** Adds to `found` what concerns a reader of `[fromOffset, upperOffset)`; true when later segments cannot add more. */
export function collectAborted(
  entries: readonly AbortedEntry[],
  fromOffset: number,
  upperOffset: number,
  found: AbortedEntry[],
): boolean {
  for (const entry of entries) {
    if (entry.lastOffset >= fromOffset && entry.firstOffset < upperOffset) found.push(entry)
    // Transactions that ended later began at or after this one's last stable offset.
    if (entry.lastStableOffset >= upperOffset) return true
  }
  return false
}
