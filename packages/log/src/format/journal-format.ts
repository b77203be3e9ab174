// The bytes of the journal: batches of many partitions in one file, made durable by one sync.
import { crc32c } from '@millrace/protocol/base'
import { batchUncheckedBytes, int64At, writeInt64 } from './batch.ts'

/*
 * file:    header, entries
 * header, 24 bytes:   0  8 bytes  "MILLRACE"
 *                     8  int32    version, 1
 *                    12  int64    number of the journal, also in its name
 *                    20  uint32   CRC-32C of bytes 0 … 19
 * entry header, 24:   0  uint32   CRC-32C of bytes 4 … 23, and of the payload: of a batch its first 21 bytes (the rest has the
 *                                 batch's own CRC), of other kinds all of it
 *                     4  int8     kind
 *                     5  3 bytes  0
 *                     8  int32    slot
 *                    12  int32    length of the payload
 *                    16  int64    batch: base offset of the segment it belongs to; others: 0
 * payload by kind:    1  batch      one record batch, as the segment has it
 *                     2  partition  topic id 16 bytes · partition int32 · topic name: what the slot means from here on
 *                     3  forget     nothing: batches of the slot before this entry must not be replayed
 *                     4  deleted    nothing: the partition of the slot is no more
 */
export const journalFileHeaderBytes = 24
export const journalHeaderBytes = 24
export const journalVersion = 1

const magic = Buffer.from('MILLRACE', 'latin1')

export const journalKinds = { batch: 1, partition: 2, forget: 3, deleted: 4 } as const

const namePattern = /^millrace-journal-(\d{10})$/

export function journalName(number: number): string {
  return `millrace-journal-${String(number).padStart(10, '0')}`
}

export function parseJournalName(name: string): number | undefined {
  const match = namePattern.exec(name)
  return match ? Number(match[1]) : undefined
}

export function encodeJournalFileHeader(number: number, version = journalVersion): Buffer {
  const out = Buffer.alloc(journalFileHeaderBytes)
  magic.copy(out)
  out.writeInt32BE(version, 8)
  writeInt64(out, number, 12)
  out.writeUInt32BE(crc32c(out.subarray(0, 20)), 20)
  return out
}

/** Version and number of a journal; undefined when the header is cut off or damaged: then no entry was ever durable. */
export function decodeJournalFileHeader(bytes: Buffer): { version: number; number: number } | undefined {
  if (bytes.length < journalFileHeaderBytes || !bytes.subarray(0, 8).equals(magic)) return undefined
  if (bytes.readUInt32BE(20) !== crc32c(bytes.subarray(0, 20))) return undefined
  return { version: bytes.readInt32BE(8), number: int64At(bytes, 12) }
}

/** Writes an entry header into `out[at, at + 24)`. `checked` is the part of the payload that the CRC covers. */
export function writeEntryHeader(
  out: Buffer,
  at: number,
  kind: number,
  slot: number,
  length: number,
  offset: number,
  checked: Buffer,
): void {
  out.writeInt32BE(kind << 24, at + 4)
  out.writeInt32BE(slot, at + 8)
  out.writeInt32BE(length, at + 12)
  writeInt64(out, offset, at + 16)
  out.writeUInt32BE(crc32c(checked, crc32c(out.subarray(at + 4, at + journalHeaderBytes))), at)
}

export interface JournalEntry {
  readonly kind: number
  readonly slot: number
  readonly offset: number
  readonly payload: Buffer
}

/** The entry at `at`, or undefined where the journal ends: nothing, or bytes that were never written whole. */
export function readEntry(bytes: Buffer, at: number): JournalEntry | undefined {
  const start = at + journalHeaderBytes
  if (start > bytes.length) return undefined
  const kind = bytes.readInt8(at + 4)
  const length = bytes.readInt32BE(at + 12)
  if (length < 0 || start + length > bytes.length) return undefined
  const checkedLength = kind === journalKinds.batch ? Math.min(length, batchUncheckedBytes) : length
  const crc = crc32c(bytes.subarray(start, start + checkedLength), crc32c(bytes.subarray(at + 4, start)))
  if (crc !== bytes.readUInt32BE(at)) return undefined
  return {
    kind,
    slot: bytes.readInt32BE(at + 8),
    offset: int64At(bytes, at + 16),
    payload: bytes.subarray(start, start + length),
  }
}

/** What a `partition` entry says. */
export interface JournalPartition {
  readonly topicId: string
  readonly topic: string
  readonly partition: number
}

export function encodeJournalPartition({ topicId, topic, partition }: JournalPartition): Buffer {
  const out = Buffer.alloc(20 + Buffer.byteLength(topic))
  out.write(topicId, 0, 16, 'base64url')
  out.writeInt32BE(partition, 16)
  out.write(topic, 20)
  return out
}

export function decodeJournalPartition(payload: Buffer): JournalPartition {
  return {
    topicId: payload.toString('base64url', 0, 16),
    partition: payload.readInt32BE(16),
    topic: payload.toString('utf8', 20),
  }
}
