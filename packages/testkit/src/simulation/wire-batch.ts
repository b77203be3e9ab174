// Record batches written and read by the documented format with code of the simulator's own, compressed ones with the product's.
import { toRecords } from '@millrace/protocol'
import { crc32c } from './crc.ts'

/** What a batch is made of. −1 for ids and sequence: not idempotent. */
export interface WireBatch {
  readonly baseOffset: number
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly timestamp: number
  readonly values: readonly Uint8Array[]
}

const headerBytes = 61

/** Layout: see the record batch of KIP-98; records have no key and no headers. */
export function encodeWireBatch(batch: WireBatch): Buffer {
  const records = batch.values.map((value, index) => encodeRecord(value, index))
  const bytes = Buffer.concat([Buffer.alloc(headerBytes), ...records])
  bytes.writeBigInt64BE(BigInt(batch.baseOffset), 0)
  bytes.writeInt32BE(bytes.length - 12, 8)
  bytes.writeInt32BE(-1, 12)
  bytes.writeInt8(2, 16)
  bytes.writeInt16BE(0, 21)
  bytes.writeInt32BE(batch.values.length - 1, 23)
  bytes.writeBigInt64BE(BigInt(batch.timestamp), 27)
  bytes.writeBigInt64BE(BigInt(batch.timestamp), 35)
  bytes.writeBigInt64BE(BigInt(batch.producerId), 43)
  bytes.writeInt16BE(batch.producerEpoch, 51)
  bytes.writeInt32BE(batch.baseSequence, 53)
  bytes.writeInt32BE(batch.values.length, 57)
  bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17)
  return bytes
}

/** Every whole batch in `bytes`; a cut-off one at the end is left out. Control batches have no values. */
export function decodeWireBatches(bytes: Buffer): WireBatch[] {
  const batches: WireBatch[] = []
  for (let at = 0; at + headerBytes <= bytes.length; ) {
    const end = at + 12 + bytes.readInt32BE(at + 8)
    if (end > bytes.length) break
    const attributes = bytes.readInt16BE(at + 21)
    const compressed = (attributes & 0x07) !== 0
    batches.push({
      baseOffset: Number(bytes.readBigInt64BE(at)),
      producerId: Number(bytes.readBigInt64BE(at + 43)),
      producerEpoch: bytes.readInt16BE(at + 51),
      baseSequence: bytes.readInt32BE(at + 53),
      timestamp: Number(bytes.readBigInt64BE(at + 27)),
      values: compressed
        ? toRecords(bytes.subarray(at, end)).map(({ value }) => Buffer.from(value ?? []))
        : decodeRecords(bytes.subarray(at + headerBytes, end), bytes.readInt32BE(at + 57)),
    })
    at = end
  }
  return batches
}

function encodeRecord(value: Uint8Array, index: number): Buffer {
  const body = Buffer.concat([
    Buffer.from([0]),
    zigzag(0),
    zigzag(index),
    zigzag(-1),
    zigzag(value.length),
    value,
    zigzag(0),
  ])
  return Buffer.concat([zigzag(body.length), body])
}

function zigzag(value: number): Buffer {
  const bytes: number[] = []
  let rest = value < 0 ? -2 * value - 1 : 2 * value
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
  bytes.push(rest)
  return Buffer.from(bytes)
}

function decodeRecords(bytes: Buffer, count: number): Buffer[] {
  const values: Buffer[] = []
  let at = 0
  const next = () => {
    let raw = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]!
      raw += (byte & 0x7f) * scale
      if (byte < 0x80) break
    }
    return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2
  }
  for (let index = 0; index < count; index++) {
    const end = next() + at
    at++
    next()
    next()
    const keyLength = next()
    at += Math.max(0, keyLength)
    const length = next()
    values.push(bytes.subarray(at, at + Math.max(0, length)))
    at = end
  }
  return values
}
