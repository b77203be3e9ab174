// 64-bit integers in a buffer as numbers: exact to ±(2^53−1), an error beyond.
import { corrupt } from './errors.ts'

const two32 = 2 ** 32
const safeHighMax = 2 ** 21

export function readInt32(buffer: Uint8Array, at: number): number {
  return (buffer[at]! << 24) | (buffer[at + 1]! << 16) | (buffer[at + 2]! << 8) | buffer[at + 3]!
}

export function writeInt32(buffer: Uint8Array, at: number, value: number): void {
  buffer[at] = value >> 24
  buffer[at + 1] = value >> 16
  buffer[at + 2] = value >> 8
  buffer[at + 3] = value
}

export function readInt16(buffer: Uint8Array, at: number): number {
  return ((buffer[at]! << 24) >> 16) | buffer[at + 1]!
}

export function writeInt16(buffer: Uint8Array, at: number, value: number): void {
  buffer[at] = value >> 8
  buffer[at + 1] = value
}

/** Throws RecordsError (`CORRUPT_MESSAGE`) beyond ±(2^53−1). `what` names the field. */
export function readInt64(buffer: Uint8Array, at: number, what: string): number {
  const high = readInt32(buffer, at)
  const low = readInt32(buffer, at + 4) >>> 0
  if (high >= safeHighMax || high < -safeHighMax) throw corrupt(`${what} is beyond ±(2^53−1)`)
  return high * two32 + low
}

export function writeInt64(buffer: Uint8Array, at: number, value: number): void {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe integer`)
  writeInt32(buffer, at, Math.floor(value / two32))
  writeInt32(buffer, at + 4, value | 0)
}
