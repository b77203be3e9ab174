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
  /** Of a marker: one, empty. */
  readonly values: readonly Uint8Array[]
  /** Default false. */
  readonly transactional?: boolean
  /** The batch ends its producer's transaction. */
  readonly marker?: EndMarker
}

export interface EndMarker {
  readonly committed: boolean
  readonly coordinatorEpoch: number
}

const headerBytes = 61
const transactionalFlag = 0x10
const controlFlag = 0x20

/** Layout: see the record batch of KIP-98; records have no key and no headers. */
export function encodeWireBatch(batch: WireBatch): Buffer {
  const { marker } = batch
  const records = marker
    ? [encodeRecord(markerValue(marker), 0, Buffer.from([0, 0, 0, marker.committed ? 1 : 0]))]
    : batch.values.map((value, index) => encodeRecord(value, index))
  const bytes = Buffer.concat([Buffer.alloc(headerBytes), ...records])
  bytes.writeBigInt64BE(BigInt(batch.baseOffset), 0)
  bytes.writeInt32BE(bytes.length - 12, 8)
  bytes.writeInt32BE(-1, 12)
  bytes.writeInt8(2, 16)
  const flags = (batch.transactional ? transactionalFlag : 0) | (marker ? controlFlag : 0)
  bytes.writeInt16BE(flags, 21)
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

function markerValue({ coordinatorEpoch }: EndMarker): Buffer {
  const value = Buffer.alloc(6)
  value.writeInt32BE(coordinatorEpoch, 2)
  return value
}

/** Every whole batch in `bytes`; a cut-off one at the end is left out. */
export function decodeWireBatches(bytes: Buffer): WireBatch[] {
  const batches: WireBatch[] = []
  for (let at = 0; at + headerBytes <= bytes.length; ) {
    const end = at + 12 + bytes.readInt32BE(at + 8)
    if (end > bytes.length) break
    const attributes = bytes.readInt16BE(at + 21)
    const compressed = (attributes & 0x07) !== 0
    const control = (attributes & controlFlag) !== 0
    const decode = () => decodeRecords(bytes.subarray(at + headerBytes, end), bytes.readInt32BE(at + 57))
    batches.push({
      baseOffset: Number(bytes.readBigInt64BE(at)),
      producerId: Number(bytes.readBigInt64BE(at + 43)),
      producerEpoch: bytes.readInt16BE(at + 51),
      baseSequence: bytes.readInt32BE(at + 53),
      timestamp: Number(bytes.readBigInt64BE(at + 27)),
      ...(attributes & transactionalFlag ? { transactional: true } : {}),
      ...(control ? { marker: markerOf(decode()[0]!) } : {}),
      values: control
        ? [Buffer.alloc(0)]
        : compressed
          ? toRecords(bytes.subarray(at, end)).map(({ value }) => Buffer.from(value ?? []))
          : decode().map(({ value }) => value),
    })
    at = end
  }
  return batches
}

function markerOf({ key, value }: { readonly key: Buffer; readonly value: Buffer }): EndMarker {
  return { committed: key.readInt16BE(2) === 1, coordinatorEpoch: value.readInt32BE(2) }
}

function encodeRecord(value: Uint8Array, index: number, key?: Uint8Array): Buffer {
  const body = Buffer.concat([
    Buffer.from([0]),
    zigzag(0),
    zigzag(index),
    zigzag(key?.length ?? -1),
    key ?? Buffer.alloc(0),
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

function decodeRecords(bytes: Buffer, count: number): { key: Buffer; value: Buffer }[] {
  const records: { key: Buffer; value: Buffer }[] = []
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
    const keyLength = Math.max(0, next())
    const key = bytes.subarray(at, at + keyLength)
    at += keyLength
    const length = Math.max(0, next())
    records.push({ key, value: bytes.subarray(at, at + length) })
    at = end
  }
  return records
}
