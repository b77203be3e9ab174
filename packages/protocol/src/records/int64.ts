// 64-bit integers in a buffer as numbers: exact to ±(2^53−1); beyond it an error, or for timestamps the nearest number.
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

/**
 * Of timestamps: anybody may write anything there, and nothing is found by it but records. Beyond ±(2^53−1), as with nanoseconds, the nearest
 * number comes.
 */
export function readTimestamp(buffer: Uint8Array, at: number): number {
  return readInt32(buffer, at) * two32 + (readInt32(buffer, at + 4) >>> 0)
}

/** Writes what `readTimestamp` reads; what does not fit 64 bits becomes the largest that does. */
export function writeTimestamp(buffer: Uint8Array, at: number, value: number): void {
  const fits = value < 2 ** 63
  writeInt32(buffer, at, fits ? Math.floor(value / two32) : 0x7fffffff)
  writeInt32(buffer, at + 4, fits ? value | 0 : -1)
}

/** Whether two timestamps are the same, as far as numbers can tell: what was added up may round another way. */
export function isSameTimestamp(one: number, other: number): boolean {
  return one === other || (!Number.isSafeInteger(one) && Math.abs(one - other) <= Math.abs(one) * 2 ** -51)
}

export function writeInt64(buffer: Uint8Array, at: number, value: number): void {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe integer`)
  writeInt32(buffer, at, Math.floor(value / two32))
  writeInt32(buffer, at + 4, value | 0)
}
