// The offsets behind a committed one that are done already, as text for the metadata of the commit: what a restart does not have to do again. Pure.
//
//   "mr1" form base64url( checksum payload )
//
//   form      "r": runs, or "b": bits; whichever is shorter
//   checksum  CRC-32 of the committed offset (8 bytes, big-endian) and the payload, 4 bytes, big-endian: metadata that was damaged, or copied to another
//             offset, is not believed
//   runs      varints (7 bits each, lowest first): open, done, open, done …  How many offsets from the committed one on are open, then done, and so on. The
//             last run is a done one
//   bits      bit i (lowest first in each byte) is set if offset committed + 1 + i is done; the committed one is open by definition
//
// Example: committed 100, done 103 to 105 and 107:  runs 03 03 01 01, bits 0x5c
import { crc32 } from 'node:zlib'

/** Offsets `from` ≤ offset < `to`. */
export interface OffsetRange {
  readonly from: number
  readonly to: number
}

const version = 'mr1'
const checksumBytes = 4
/** What `version`, form and checksum take beside the payload, base64 included. */
const overheadChars = version.length + 1 + 8

/** Characters of the text for a payload of so many bytes. */
function charsOf(payloadBytes: number): number {
  return overheadChars + Math.ceil((payloadBytes * 4) / 3)
}

function varintBytes(value: number): number {
  let bytes = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes++
  return bytes
}

/** Most characters that a map of so many runs of done offsets may take, within `span` offsets from the committed one on. */
export function mapCharsMax(runs: number, span: number): number {
  if (runs <= 0) return 0
  // The lengths of all runs add up to the span: few of them can be long.
  const runBytes = runs * 2 * varintBytes(Math.ceil(span / (runs * 2))) + Math.min(runs * 2, 8)
  return charsOf(Math.min(runBytes, Math.ceil(span / 8)))
}

/** The longest span of which every map fits into so many characters: with a bit for each offset. */
export function spanWithin(maxChars: number): number {
  return Math.max(0, Math.floor(((Math.floor(maxChars) - overheadChars) * 3) / 4)) * 8
}

/** The text for `ranges`, which are in order and lie behind `committed`; empty for none. */
export function encodeOffsetMap(committed: number, ranges: readonly OffsetRange[]): string {
  if (ranges.length === 0) return ''
  const runs = runsOf(committed, ranges)
  const span = ranges.at(-1)!.to - committed - 1
  const isShort = runs.length <= Math.ceil(span / 8)
  const payload = isShort ? runs : bitsOf(committed, ranges, span)
  return textOf(isShort ? 'r' : 'b', committed, payload)
}

/** The same, cut where it would be longer than `maxChars`: what is left out is done again after a restart. */
export function encodeWithin(
  committed: number,
  ranges: readonly OffsetRange[],
  maxChars: number,
): { readonly text: string; readonly isCut: boolean } {
  const whole = encodeOffsetMap(committed, ranges)
  if (whole.length <= maxChars) return { text: whole, isCut: false }
  let [low, high] = [0, ranges.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (encodeOffsetMap(committed, ranges.slice(0, middle)).length <= maxChars) low = middle
    else high = middle - 1
  }
  return { text: encodeOffsetMap(committed, ranges.slice(0, low)), isCut: true }
}

function textOf(form: 'r' | 'b', committed: number, payload: Buffer): string {
  const checksum = Buffer.alloc(checksumBytes)
  checksum.writeUInt32BE(checksumOf(committed, payload))
  return `${version}${form}${Buffer.concat([checksum, payload]).toString('base64url')}`
}

function checksumOf(committed: number, payload: Buffer): number {
  const offset = Buffer.alloc(8)
  offset.writeBigInt64BE(BigInt(committed))
  return crc32(payload, crc32(offset))
}

function runsOf(committed: number, ranges: readonly OffsetRange[]): Buffer {
  const bytes: number[] = []
  let at = committed
  for (const { from, to } of ranges) {
    pushVarint(bytes, from - at)
    pushVarint(bytes, to - from)
    at = to
  }
  return Buffer.from(bytes)
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  bytes.push(rest)
}

function bitsOf(committed: number, ranges: readonly OffsetRange[], span: number): Buffer {
  const bits = Buffer.alloc(Math.ceil(span / 8))
  for (const { from, to } of ranges) {
    for (let offset = from; offset < to; offset++) {
      const bit = offset - committed - 1
      bits[bit >> 3]! |= 1 << (bit & 7)
    }
  }
  return bits
}

/** What a group's metadata says of what is done. */
export type DecodedMap =
  | { readonly ranges: readonly OffsetRange[] }
  /** `foreign`: somebody else's, or of a later version; `damaged`: ours, and not what was written for this offset. */
  | { readonly ranges: readonly []; readonly problem: 'foreign' | 'damaged' }

const damaged: DecodedMap = { ranges: [], problem: 'damaged' }

/** The ranges that were committed with an offset; empty, with the reason, for what cannot be believed. */
export function decodeOffsetMap(committed: number, text: string): DecodedMap {
  if (text === '') return { ranges: [] }
  const form = text[version.length]
  if (!text.startsWith(version) || (form !== 'r' && form !== 'b')) return { ranges: [], problem: 'foreign' }
  const bytes = Buffer.from(text.slice(version.length + 1), 'base64url')
  if (bytes.length <= checksumBytes) return damaged
  const payload = bytes.subarray(checksumBytes)
  if (bytes.readUInt32BE(0) !== checksumOf(committed, payload)) return damaged
  const ranges = form === 'r' ? readRuns(committed, payload) : readBits(committed, payload)
  return ranges ? { ranges } : damaged
}

function readRuns(committed: number, payload: Buffer): OffsetRange[] | undefined {
  const ranges: OffsetRange[] = []
  let at = committed
  let [open, isOpen] = [0, true]
  let [value, scale] = [0, 1]
  for (const byte of payload) {
    value += (byte & 0x7f) * scale
    scale *= 0x80
    if (byte >= 0x80) continue
    if (!Number.isSafeInteger(at + open + value) || value === 0) return undefined
    if (isOpen) open = value
    else {
      ranges.push({ from: at + open, to: at + open + value })
      at += open + value
      open = 0
    }
    isOpen = !isOpen
    ;[value, scale] = [0, 1]
  }
  return isOpen && scale === 1 ? ranges : undefined
}

function readBits(committed: number, payload: Buffer): OffsetRange[] {
  const ranges: OffsetRange[] = []
  let from = -1
  for (let bit = 0; bit <= payload.length * 8; bit++) {
    const isDone = bit < payload.length * 8 && ((payload[bit >> 3]! >> (bit & 7)) & 1) === 1
    if (isDone && from < 0) from = committed + 1 + bit
    else if (!isDone && from >= 0) {
      ranges.push({ from, to: committed + 1 + bit })
      from = -1
    }
  }
  return ranges
}
