// The file form of a partition's producer state at an offset (`.snapshot`).
import { crc32c } from '@millrace/protocol/base'
import { int64At, writeInt64 } from '../format/batch.ts'
import { ProducerEntry } from './producer-entry.ts'

/*
 *   0  int16   version, 1
 *   2  uint32  CRC-32C of everything after it
 *   6  int32   number of entries
 *  10  entries, 46 bytes each:
 *       0  int64  producer id            26  int64  timestamp of its newest batch
 *       8  int16  producer epoch         34  int32  coordinator epoch of the last marker, −1 for none
 *      10  int32  last sequence, or −1   38  int64  first offset of the open transaction, −1 for none
 *      14  int64  last offset, or −1
 *      22  int32  offset delta of the newest batch
 * Only the newest batch of each producer is kept.
 */
const headerBytes = 10
const entryBytes = 46
const snapshotVersion = 1

export function encodeSnapshot(entries: Iterable<ProducerEntry>, count: number): Buffer {
  const out = Buffer.allocUnsafe(headerBytes + count * entryBytes)
  out.writeInt16BE(snapshotVersion, 0)
  out.writeInt32BE(count, 6)
  let at = headerBytes
  for (const entry of entries) {
    const batch = entry.batches.at(-1)
    writeInt64(out, entry.producerId, at)
    out.writeInt16BE(entry.producerEpoch, at + 8)
    out.writeInt32BE(batch?.lastSequence ?? -1, at + 10)
    writeInt64(out, batch?.lastOffset ?? -1, at + 14)
    out.writeInt32BE(batch?.offsetDelta ?? 0, at + 22)
    writeInt64(out, entry.lastTimestamp, at + 26)
    out.writeInt32BE(entry.coordinatorEpoch, at + 34)
    writeInt64(out, entry.currentTxnFirstOffset, at + 38)
    at += entryBytes
  }
  out.writeUInt32BE(crc32c(out.subarray(6)), 2)
  return out
}

/** The entries of a snapshot, or undefined when the bytes are none that this version reads (damaged, cut off, of another version). */
export function decodeSnapshot(bytes: Buffer): ProducerEntry[] | undefined {
  if (bytes.length < headerBytes || bytes.readInt16BE(0) !== snapshotVersion) return undefined
  if (bytes.readUInt32BE(2) !== crc32c(bytes.subarray(6))) return undefined
  const count = bytes.readInt32BE(6)
  if (count < 0 || bytes.length < headerBytes + count * entryBytes) return undefined
  const entries: ProducerEntry[] = []
  for (let slot = 0; slot < count; slot++) {
    const at = headerBytes + slot * entryBytes
    const entry = new ProducerEntry(int64At(bytes, at), bytes.readInt16BE(at + 8))
    const lastOffset = int64At(bytes, at + 14)
    const timestamp = int64At(bytes, at + 26)
    if (lastOffset >= 0) {
      entry.remember({
        lastSequence: bytes.readInt32BE(at + 10),
        lastOffset,
        offsetDelta: bytes.readInt32BE(at + 22),
        timestamp,
      })
    }
    entry.lastTimestamp = timestamp
    entry.coordinatorEpoch = bytes.readInt32BE(at + 34)
    entry.currentTxnFirstOffset = int64At(bytes, at + 38)
    entries.push(entry)
  }
  return entries
}
