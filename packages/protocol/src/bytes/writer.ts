// Writes the primitive types of the Kafka protocol into growing chunks; big payloads are linked in, not copied.
import { EncodeError } from './errors.ts'

/** Payloads from this size on become a chunk of their own instead of being copied. */
const linkBytesMin = 1024
const two32 = 2 ** 32
const two63 = 2 ** 63

/**
 * Output is a list of chunks whose concatenation is the encoding. `finish` hands them over (ready for one `writev`) and
 * leaves the writer empty. Integers are big-endian. 64-bit integers are safe integers, or EncodeError.
 */
export class Writer {
  #buffer: Buffer
  /** Where the chunk being written starts in `#buffer`. */
  #start = 0
  #at = 0
  #chunks: Uint8Array[] = []
  #linkedBytes = 0

  constructor(capacityBytes = 512) {
    this.#buffer = Buffer.allocUnsafe(capacityBytes)
  }

  /** Bytes written so far, linked payloads included. */
  get length(): number {
    return this.#linkedBytes + (this.#at - this.#start)
  }

  /** Makes room for `bytes` in the current chunk and returns where they start. */
  #reserve(bytes: number): number {
    const at = this.#at
    if (at + bytes > this.#buffer.length) this.#grow(bytes)
    const from = this.#at
    this.#at = from + bytes
    return from
  }

  #grow(bytes: number): void {
    const used = this.#at - this.#start
    const next = Buffer.allocUnsafe(Math.max(used * 2 + bytes, 512))
    this.#buffer.copy(next, 0, this.#start, this.#at)
    this.#buffer = next
    this.#start = 0
    this.#at = used
  }

  int8(value: number): void {
    if ((value << 24) >> 24 !== value) throw new EncodeError(`${value} is not an integer of 8 bits`)
    this.#byte(value)
  }

  #byte(value: number): void {
    const at = this.#reserve(1)
    this.#buffer[at] = value
  }

  boolean(value: boolean): void {
    this.#byte(value ? 1 : 0)
  }

  int16(value: number): void {
    if ((value << 16) >> 16 !== value) throw new EncodeError(`${value} is not an integer of 16 bits`)
    this.#two(value)
  }

  uint16(value: number): void {
    if ((value & 0xffff) !== value) throw new EncodeError(`${value} is not an unsigned integer of 16 bits`)
    this.#two(value)
  }

  #two(value: number): void {
    const at = this.#reserve(2)
    this.#buffer[at] = value >> 8
    this.#buffer[at + 1] = value
  }

  int32(value: number): void {
    if ((value | 0) !== value) throw new EncodeError(`${value} is not an integer of 32 bits`)
    this.#four(value)
  }

  uint32(value: number): void {
    if (value >>> 0 !== value) throw new EncodeError(`${value} is not an unsigned integer of 32 bits`)
    this.#four(value)
  }

  #four(value: number): void {
    const at = this.#reserve(4)
    const buffer = this.#buffer
    buffer[at] = value >> 24
    buffer[at + 1] = value >> 16
    buffer[at + 2] = value >> 8
    buffer[at + 3] = value
  }

  /** Takes what `Reader.int64` gives: 2^63, which 2^63−1 is rounded to, is written as that. */
  int64(value: number): void {
    if (!Number.isInteger(value) || Math.abs(value) > two63)
      throw new EncodeError(`${value} is not an integer of 64 bits`)
    if (value === two63) {
      this.#four(0x7fffffff)
      this.#four(-1)
      return
    }
    this.#four(Math.floor(value / two32))
    this.#four(value | 0)
  }

  float64(value: number): void {
    const at = this.#reserve(8)
    this.#buffer.writeDoubleBE(value, at)
  }

  /** Unsigned varint (protobuf's base-128), up to 2^32−1. */
  uvarint(value: number): void {
    if (value >>> 0 !== value) throw new EncodeError(`${value} is not an unsigned integer of 32 bits`)
    let rest = value
    while (rest > 0x7f) {
      this.#byte((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    this.#byte(rest)
  }

  /** Zigzag varint, 32 bits. */
  varint(value: number): void {
    if ((value | 0) !== value) throw new EncodeError(`${value} is not an integer of 32 bits`)
    this.uvarint(((value << 1) ^ (value >> 31)) >>> 0)
  }

  /** Zigzag varint of 64 bits. */
  varlong(value: number): void {
    if (!Number.isSafeInteger(value)) throw new EncodeError(`${value} is not a safe integer`)
    // Zigzag in two parts: doubles cannot hold 2 × value + 1 for all safe integers.
    const magnitude = value >= 0 ? value : -(value + 1)
    const first = (magnitude % 64) * 2 + (value >= 0 ? 0 : 1)
    let rest = Math.floor(magnitude / 64)
    if (rest === 0) {
      this.#byte(first)
      return
    }
    this.#byte(first | 0x80)
    while (rest > 0x7f) {
      this.#byte((rest % 128) | 0x80)
      rest = Math.floor(rest / 128)
    }
    this.#byte(rest)
  }

  /** A UUID in Kafka's string form. Throws when it is not 16 bytes of base64url. */
  uuid(value: string): void {
    const at = this.#reserve(16)
    if (value.length !== 22 || this.#buffer.write(value, at, 16, 'base64url') !== 16) {
      throw new EncodeError(`"${value}" is not a UUID in base64url`)
    }
  }

  #text(value: string, bytes: number): void {
    const at = this.#reserve(bytes)
    if (bytes === value.length) this.#buffer.write(value, at, bytes, 'latin1')
    else this.#buffer.write(value, at, bytes, 'utf8')
  }

  string(value: string): void {
    const bytes = Buffer.byteLength(value)
    if (bytes > 0x7fff) throw new EncodeError(`a string of ${bytes} bytes; the format holds 32767`)
    this.int16(bytes)
    this.#text(value, bytes)
  }

  nullableString(value: string | null): void {
    if (value === null) this.int16(-1)
    else this.string(value)
  }

  compactString(value: string): void {
    const bytes = Buffer.byteLength(value)
    if (bytes > 0x7fff) throw new EncodeError(`a string of ${bytes} bytes; the format holds 32767`)
    this.uvarint(bytes + 1)
    this.#text(value, bytes)
  }

  compactNullableString(value: string | null): void {
    if (value === null) this.uvarint(0)
    else this.compactString(value)
  }

  /** Raw bytes without a length. Big ones are linked: they must not change until the output has been used. */
  raw(value: Uint8Array): void {
    if (value.length >= linkBytesMin) {
      this.#seal()
      this.#chunks.push(value)
      this.#linkedBytes += value.length
      return
    }
    const at = this.#reserve(value.length)
    this.#buffer.set(value, at)
  }

  /** Closes the chunk being written; what follows goes into the same buffer, behind it. */
  #seal(): void {
    if (this.#at === this.#start) return
    this.#chunks.push(this.#buffer.subarray(this.#start, this.#at))
    this.#linkedBytes += this.#at - this.#start
    this.#start = this.#at
  }

  bytes(value: Uint8Array): void {
    this.int32(value.length)
    this.raw(value)
  }

  nullableBytes(value: Uint8Array | null): void {
    if (value === null) this.int32(-1)
    else this.bytes(value)
  }

  compactBytes(value: Uint8Array): void {
    this.uvarint(value.length + 1)
    this.raw(value)
  }

  compactNullableBytes(value: Uint8Array | null): void {
    if (value === null) this.uvarint(0)
    else this.compactBytes(value)
  }

  /** Length of an array, −1 for null. */
  arrayLength(length: number): void {
    this.int32(length)
  }

  compactArrayLength(length: number): void {
    this.uvarint(length + 1)
  }

  /** Hands over the chunks and starts anew; the rest of the current buffer is used for what comes next. */
  finish(): Uint8Array[] {
    this.#seal()
    const chunks = this.#chunks
    this.#chunks = []
    this.#linkedBytes = 0
    return chunks
  }

  /** The same as one buffer: copies unless there is a single chunk. */
  finishBuffer(): Buffer {
    const chunks = this.finish()
    const only = chunks[0]
    if (chunks.length === 1 && Buffer.isBuffer(only)) return only
    return Buffer.concat(chunks)
  }
}
