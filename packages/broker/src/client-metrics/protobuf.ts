// Reads the fields of a message of Protocol Buffers, one after the other, without copying.
//
//   | tag: varint of (field << 3 | type) | type 0: varint; 1: 8 bytes; 2: length as varint, and as many bytes; 5: 4 bytes | …

/** Bytes are no message, or one with more in it than anybody has to say. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError'
}

/** How many fields a message has, with all messages within it: the smallest takes two bytes, and the time of a field. */
class FieldCount {
  readonly #max: number
  #count = 0

  constructor(max: number) {
    this.#max = max
  }

  add(): void {
    if (++this.#count > this.#max) throw new ProtobufError(`a message of more than ${this.#max} fields`)
  }
}

const varintMaxBytes = 10

export class MessageReader {
  readonly #bytes: Buffer
  readonly #end: number
  readonly #count: FieldCount
  #at: number
  /** Number of the field that `next` came to. */
  field = 0
  #type = 0

  private constructor(bytes: Buffer, start: number, end: number, count: FieldCount) {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
    this.#count = count
  }

  /** `fieldsMax`: of the message, with all messages within it. */
  static of(bytes: Buffer, fieldsMax: number): MessageReader {
    return new MessageReader(bytes, 0, bytes.length, new FieldCount(fieldsMax))
  }

  /** Goes to the next field; false at the end. The field before must have been read or skipped. Throws ProtobufError. */
  next(): boolean {
    if (this.#at === this.#end) return false
    this.#count.add()
    const tag = this.#varint()
    this.field = Math.floor(tag / 8)
    this.#type = tag % 8
    if (this.field === 0) throw new ProtobufError('a field has the number 0')
    return true
  }

  /** A number that is not negative: of an enumeration, a boolean, or a length. Exact to 2^53. */
  number(): number {
    this.#expect(0)
    return this.#varint()
  }

  /** `int64`: a negative one comes as 64 bits of its two's complement. */
  int64(): bigint {
    this.#expect(0)
    let value = 0n
    const start = this.#at
    const length = this.#varintLength()
    for (let index = 0; index < length; index++)
      value |= BigInt(this.#bytes[start + index]! & 0x7f) << BigInt(7 * index)
    return BigInt.asIntN(64, value)
  }

  double(): number {
    this.#expect(1)
    return this.#bytes.readDoubleLE(this.#take(8))
  }

  /** `sfixed64`, to the nearest number. */
  fixed64(): number {
    this.#expect(1)
    return Number(this.#bytes.readBigInt64LE(this.#take(8)))
  }

  text(): string {
    this.#expect(2)
    const length = this.#varint()
    const start = this.#take(length)
    return this.#bytes.toString('utf8', start, start + length)
  }

  /** Reads a message within, which may be read more than once. */
  message(): MessageReader {
    this.#expect(2)
    const length = this.#varint()
    const start = this.#take(length)
    return new MessageReader(this.#bytes, start, start + length, this.#count)
  }

  /** The same message from its beginning. */
  again(): MessageReader {
    return new MessageReader(this.#bytes, this.#at, this.#end, this.#count)
  }

  skip(): void {
    if (this.#type === 0) this.#varintLength()
    else if (this.#type === 1) this.#take(8)
    else if (this.#type === 2) this.#take(this.#varint())
    else if (this.#type === 5) this.#take(4)
    else throw new ProtobufError(`a field of type ${this.#type}`)
  }

  #expect(type: number): void {
    if (this.#type !== type)
      throw new ProtobufError(`field ${this.field} has type ${this.#type}, not ${type}`)
  }

  #take(length: number): number {
    const start = this.#at
    if (length > this.#end - start) throw new ProtobufError('a field is longer than its message')
    this.#at += length
    return start
  }

  /** What is beyond 64 bits is lost, as in every reader. */
  #varint(): number {
    const start = this.#at
    const length = this.#varintLength()
    let value = 0
    for (let index = 0; index < length; index++)
      value += (this.#bytes[start + index]! & 0x7f) * 2 ** (7 * index)
    return value
  }

  /** Goes behind a varint, and tells how many bytes it has. */
  #varintLength(): number {
    for (let length = 1; length <= varintMaxBytes; length++) {
      if (this.#bytes[this.#take(1)]! < 0x80) return length
    }
    throw new ProtobufError('a number without end')
  }
}
