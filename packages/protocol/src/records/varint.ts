// Zigzag varints into and out of a buffer, for numbers beyond 32 bits too. Hot loops keep the short cases inline.
import { corrupt } from './errors.ts'

/** Bytes of a 32-bit zigzag varint. */
export function varintBytes(value: number): number {
  const zigzag = ((value << 1) ^ (value >> 31)) >>> 0
  if (zigzag < 0x80) return 1
  if (zigzag < 0x4000) return 2
  if (zigzag < 0x200000) return 3
  return zigzag < 0x10000000 ? 4 : 5
}

/** Writes a 32-bit zigzag varint and returns where it ends. */
export function writeVarint(buffer: Uint8Array, start: number, value: number): number {
  let zigzag = (value << 1) ^ (value >> 31)
  let at = start
  while ((zigzag & ~0x7f) !== 0) {
    buffer[at++] = (zigzag & 0x7f) | 0x80
    zigzag >>>= 7
  }
  buffer[at] = zigzag
  return at + 1
}

/** True for numbers that the 32-bit forms hold. */
function isInt32(value: number): boolean {
  return value === (value | 0)
}

/** Bytes of a zigzag varint of a safe integer. */
export function varlongBytes(value: number): number {
  if (isInt32(value)) return varintBytes(value)
  let bytes = 1
  for (let rest = Math.floor(magnitude(value) / 64); rest > 0; rest = Math.floor(rest / 128)) bytes++
  return bytes
}

/** Writes a zigzag varint of a safe integer and returns where it ends. */
export function writeVarlong(buffer: Uint8Array, start: number, value: number): number {
  if (isInt32(value)) return writeVarint(buffer, start, value)
  const whole = magnitude(value)
  let at = start
  // The lowest group takes the sign: doubles cannot hold 2 × value + 1 for every safe integer.
  let group = (whole % 64) * 2 + (value < 0 ? 1 : 0)
  let rest = Math.floor(whole / 64)
  while (rest > 0) {
    buffer[at++] = group | 0x80
    group = rest % 128
    rest = Math.floor(rest / 128)
  }
  buffer[at] = group
  return at + 1
}

function magnitude(value: number): number {
  return value >= 0 ? value : -(value + 1)
}

/** Where the last varint that was read ended. One per thread of execution, read at once after the call. */
export const varintEnd = { at: 0 }

/**
 * Reads a zigzag varint of up to 10 bytes that must end before `end`; sets `varintEnd.at`. Throws
 * RecordsError when it is cut off or beyond ±(2^53−1).
 */
export function readVarlong(buffer: Uint8Array, start: number, end: number): number {
  let low = 0
  let factor = 1
  for (let at = start; at < end && at < start + 10; factor *= 128) {
    const byte = buffer[at++]!
    low += (byte & 0x7f) * factor
    if (byte < 0x80) {
      varintEnd.at = at
      const odd = buffer[start]! & 1
      const half = (low - odd) / 2
      if (half > Number.MAX_SAFE_INTEGER) break
      return odd === 0 ? half : -half - 1
    }
  }
  throw corrupt('a varint is cut off or beyond ±(2^53−1)')
}

/** The same for the timestamp of a record, less its batch's: beyond ±(2^53−1) the nearest number. Throws when it is cut off or has more than 64 bits. */
export function readTimestampDelta(buffer: Uint8Array, start: number, end: number): number {
  let low = 0
  let factor = 1
  for (let at = start; at < end && at < start + 10; factor *= 128) {
    const byte = buffer[at++]!
    low += (byte & 0x7f) * factor
    if (byte < 0x80) {
      if (low > 2 ** 64) break
      varintEnd.at = at
      return (buffer[start]! & 1) === 0 ? low / 2 : -(low - 1) / 2 - 1
    }
  }
  throw corrupt('a timestamp is cut off or beyond 64 bits')
}

/** The same for a varint that must fit 32 bits, such as a length. */
export function readVarint(buffer: Uint8Array, start: number, end: number): number {
  const value = readVarlong(buffer, start, end)
  if (!isInt32(value)) throw corrupt(`${value} where 32 bits are the most`)
  return value
}
