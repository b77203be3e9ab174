// Reads the primitive types of the Kafka protocol from a buffer. Every read is bounds-checked and throws DecodeError.
import { DecodeError } from './errors.ts'

/** Values in arrays that one reader hands out before it gives up: bounds the memory that a hostile message can claim. */
const arrayValuesMax = 8_000_000

const uuidBytes = 16
const varlongBytesMax = 10
const two32 = 2 ** 32

/**
 * A cursor over bytes. Offsets and lengths are in bytes; integers are big-endian. 64-bit integers come back as `number`: beyond
 * ±(2^53−1) as the nearest one. Nothing that Kafka counts gets there, but timestamps in nanoseconds and "as far as there is" (2^63−1) do, and
 * must not take the rest of their message with them.
 */
export class Reader {
  readonly buffer: Buffer
  readonly end: number
  offset: number
  #arrayValues = 0

  /** Reads `buffer[start, end)`; the whole buffer by default. */
  constructor(buffer: Buffer, start = 0, end = buffer.length) {
    if (start < 0 || end > buffer.length || start > end)
      throw new RangeError(`no range ${start}…${end} in a buffer of ${buffer.length} bytes`)
    this.buffer = buffer
    this.offset = start
    this.end = end
  }

  get remaining(): number {
    return this.end - this.offset
  }

  /** Moves past `length` bytes and returns where they start. */
  skip(length: number): number {
    const at = this.offset
    if (length < 0 || length > this.end - at) {
      throw new DecodeError(`${length} bytes wanted, ${this.end - at} left`, at)
    }
    this.offset = at + length
    return at
  }

  int8(): number {
    return (this.buffer[this.skip(1)]! << 24) >> 24
  }

  uint8(): number {
    return this.buffer[this.skip(1)]!
  }

  boolean(): boolean {
    return this.buffer[this.skip(1)] !== 0
  }

  int16(): number {
    const at = this.skip(2)
    return ((this.buffer[at]! << 24) >> 16) | this.buffer[at + 1]!
  }

  uint16(): number {
    const at = this.skip(2)
    return (this.buffer[at]! << 8) | this.buffer[at + 1]!
  }

  int32(): number {
    const { buffer } = this
    const at = this.skip(4)
    return (buffer[at]! << 24) | (buffer[at + 1]! << 16) | (buffer[at + 2]! << 8) | buffer[at + 3]!
  }

  uint32(): number {
    return this.int32() >>> 0
  }

  int64(): number {
    const high = this.int32()
    return high * two32 + (this.int32() >>> 0)
  }

  float64(): number {
    return this.buffer.readDoubleBE(this.skip(8))
  }

  /** Unsigned varint of at most 5 bytes (protobuf's base-128), up to 2^32−1. */
  uvarint(): number {
    const { buffer, end } = this
    const start = this.offset
    let at = start
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      if (at >= end) throw new DecodeError('a varint is cut off', start)
      const byte = buffer[at++]!
      if (shift === 28 && byte > 0x0f) break
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) {
        this.offset = at
        return value >>> 0
      }
    }
    throw new DecodeError('a varint of more than 32 bits', start)
  }

  /** Zigzag varint, 32 bits. */
  varint(): number {
    const value = this.uvarint()
    return (value >>> 1) ^ -(value & 1)
  }

  /** Zigzag varint of 64 bits as a number; throws beyond ±(2^53−1). */
  varlong(): number {
    const { buffer, end } = this
    const start = this.offset
    const first = this.uint8()
    if (first < 0x80) return (first >>> 1) ^ -(first & 1)
    // Zigzag: the lowest bit is the sign, the rest the magnitude. The sign stays out of the sum: doubles could not hold both.
    const sign = first & 1
    let magnitude = (first & 0x7e) / 2
    let factor = 64
    for (let at = start + 1; at < start + varlongBytesMax; at++) {
      if (at >= end) throw new DecodeError('a varint is cut off', start)
      const byte = buffer[at]!
      magnitude += (byte & 0x7f) * factor
      if (byte < 0x80) {
        if (magnitude > Number.MAX_SAFE_INTEGER - sign) break
        this.offset = at + 1
        return sign === 0 ? magnitude : -magnitude - 1
      }
      factor *= 128
    }
    throw new DecodeError('a 64-bit varint beyond 2^53−1', start)
  }

  /** A UUID in Kafka's string form: unpadded base64url, 22 characters. */
  uuid(): string {
    const at = this.skip(uuidBytes)
    return this.buffer.toString('base64url', at, at + uuidBytes)
  }

  #text(length: number): string {
    const at = this.skip(length)
    return this.buffer.toString('utf8', at, at + length)
  }

  string(): string {
    const at = this.offset
    const length = this.int16()
    if (length < 0) throw new DecodeError('a string that may not be null is null', at)
    return this.#text(length)
  }

  nullableString(): string | null {
    const at = this.offset
    const length = this.int16()
    if (length < -1) throw new DecodeError(`a string of length ${length}`, at)
    return length === -1 ? null : this.#text(length)
  }

  compactString(): string {
    const at = this.offset
    const length = this.uvarint() - 1
    if (length < 0) throw new DecodeError('a string that may not be null is null', at)
    return this.#text(length)
  }

  compactNullableString(): string | null {
    const length = this.uvarint() - 1
    return length === -1 ? null : this.#text(length)
  }

  /** A view of the next `length` bytes: it shares memory with this reader's buffer. */
  view(length: number): Buffer {
    const at = this.skip(length)
    return this.buffer.subarray(at, at + length)
  }

  bytes(): Buffer {
    const at = this.offset
    const length = this.int32()
    if (length < 0) throw new DecodeError('bytes that may not be null are null', at)
    return this.view(length)
  }

  nullableBytes(): Buffer | null {
    const at = this.offset
    const length = this.int32()
    if (length < -1) throw new DecodeError(`bytes of length ${length}`, at)
    return length === -1 ? null : this.view(length)
  }

  compactBytes(): Buffer {
    const at = this.offset
    const length = this.uvarint() - 1
    if (length < 0) throw new DecodeError('bytes that may not be null are null', at)
    return this.view(length)
  }

  compactNullableBytes(): Buffer | null {
    const length = this.uvarint() - 1
    return length === -1 ? null : this.view(length)
  }

  /**
   * Length of an array, −1 for null. Throws when the elements, each at least `elementBytesMin` long, cannot all be there,
   * and when the arrays of this message come to more values than a reader hands out (`elementValues` for each element).
   */
  arrayLength(elementBytesMin: number, elementValues = 1): number {
    const at = this.offset
    return this.#bounded(this.int32(), elementBytesMin, elementValues, at)
  }

  compactArrayLength(elementBytesMin: number, elementValues = 1): number {
    const at = this.offset
    return this.#bounded(this.uvarint() - 1, elementBytesMin, elementValues, at)
  }

  #bounded(length: number, elementBytesMin: number, elementValues: number, at: number): number {
    if (length < -1) throw new DecodeError(`an array of length ${length}`, at)
    if (length * elementBytesMin > this.end - this.offset) {
      throw new DecodeError(`an array of ${length} elements, ${this.end - this.offset} bytes left`, at)
    }
    if (length > 0) this.#arrayValues += length * elementValues
    if (this.#arrayValues > arrayValuesMax)
      throw new DecodeError(`more than ${arrayValuesMax} values in the arrays of one message`, at)
    return length
  }

  /** Passes over a section of tagged fields (KIP-482) without reading any. */
  skipTaggedFields(): void {
    const count = this.uvarint()
    for (let index = 0; index < count; index++) {
      this.uvarint()
      this.skip(this.uvarint())
    }
  }
}
