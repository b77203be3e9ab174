// CRC-32C (Castagnoli): the checksum of record batches. Large inputs are folded in WebAssembly, small ones go through tables.
import { makeFoldedCrc32c } from './crc32c-folded.ts'

type Checksum = (bytes: Uint8Array, initial?: number) => number

/** Reflected Castagnoli polynomial. */
const polynomial = 0x82f63b78

/** Input length in bytes from which folding wins: DESIGN.md has the measurement. */
const foldedBytesMin = 384

/**
 * Slicing-by-8 tables (Kounavis and Berry): table k advances the checksum of one byte over k further zero
 * bytes.
 */
const tables = Array.from({ length: 8 }, () => new Int32Array(256))
const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
]
for (let index = 0; index < 256; index++) {
  let crc = index
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
  t0[index] = crc
}
for (let index = 0; index < 256; index++) {
  let crc = t0[index]!
  for (const table of tables) {
    table[index] = crc
    crc = t0[crc & 0xff]! ^ (crc >>> 8)
  }
}

/** The same as `crc32c`, through tables alone. */
export function crc32cPortable(bytes: Uint8Array, initial = 0): number {
  const end = bytes.length
  let crc = ~initial
  let at = 0
  for (; at + 8 <= end; at += 8) {
    const low = crc ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24))
    crc =
      t7[low & 0xff]! ^
      t6[(low >>> 8) & 0xff]! ^
      t5[(low >>> 16) & 0xff]! ^
      t4[low >>> 24]! ^
      t3[bytes[at + 4]!]! ^
      t2[bytes[at + 5]!]! ^
      t1[bytes[at + 6]!]! ^
      t0[bytes[at + 7]!]!
  }
  for (; at < end; at++) crc = t0[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8)
  return ~crc >>> 0
}

/** Set by the first input that is worth it. */
let large: Checksum | undefined

function makeLarge(): Checksum {
  try {
    return makeFoldedCrc32c(crc32cPortable)
  } catch {
    // No WebAssembly, or none with vectors: slower, not wrong.
    return crc32cPortable
  }
}

/**
 * CRC-32C of `bytes` as an unsigned 32-bit number. `initial` is the checksum of what came before, so that
 * parts can be summed one after the other.
 */
export function crc32c(bytes: Uint8Array, initial = 0): number {
  if (bytes.length < foldedBytesMin) return crc32cPortable(bytes, initial)
  large ??= makeLarge()
  return large(bytes, initial)
}

/** Powers of x modulo the polynomial: at index k that with exponent 2^k. */
const powers = new Int32Array(32)
powers[0] = 0x40000000
for (let index = 1; index < powers.length; index++)
  powers[index] = multiplied(powers[index - 1]!, powers[index - 1]!)

/** The product of two polynomials modulo that of the checksum, which must not both be 0; the highest bit is the one without x. */
function multiplied(a: number, b: number): number {
  let product = 0
  let factor = b
  for (let bit = 1 << 31; ; bit >>>= 1) {
    if ((a & bit) !== 0) {
      product ^= factor
      if ((a & (bit - 1)) === 0) return product
    }
    factor = (factor & 1) === 1 ? (factor >>> 1) ^ polynomial : factor >>> 1
  }
}

/**
 * The checksum of bytes whose beginning has changed: `before` and `after` are the checksums of the beginning alone, and so many bytes follow it.
 * What follows is not read: some 3 µs, however much it is.
 */
export function crc32cOfChanged(crc: number, before: number, after: number, bytesBehind: number): number {
  let change = before ^ after
  if (change === 0) return crc
  // Behind it the change is multiplied by x once for each bit; 2^3 bits are a byte.
  for (let power = 3, left = bytesBehind; left > 0; power++, left = Math.floor(left / 2))
    if (left % 2 === 1) change = multiplied(powers[power]!, change)
  return (crc ^ change) >>> 0
}
