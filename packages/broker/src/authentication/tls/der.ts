// DER (X.690), as much as it takes to find the name in a certificate: tag, length, value, one within the other.

export const derTags = { OBJECT_IDENTIFIER: 0x06, SEQUENCE: 0x30, SET: 0x31, EXPLICIT_0: 0xa0 } as const

export interface DerValue {
  readonly tag: number
  /** Without tag and length. */
  readonly content: Buffer
  /** With them. */
  readonly bytes: Buffer
}

/** The values that stand one behind the other. Throws RangeError for bytes that are no DER. */
export function readDer(bytes: Buffer): DerValue[] {
  const values: DerValue[] = []
  for (let at = 0; at < bytes.length; ) {
    const start = at
    const tag = bytes.readUInt8(at++)
    let length = bytes.readUInt8(at++)
    if (length & 0x80) {
      const size = length & 0x7f
      length = bytes.readUIntBE(at, size)
      at += size
    }
    if (at + length > bytes.length) throw new RangeError('a value is longer than what it is in')
    values.push({ tag, content: bytes.subarray(at, at + length), bytes: bytes.subarray(start, at + length) })
    at += length
  }
  return values
}

/** `2.5.4.3` of the content of an object identifier. */
export function objectIdentifier(content: Buffer): string {
  const numbers: number[] = []
  let number = 0
  for (const byte of content) {
    number = number * 128 + (byte & 0x7f)
    if (byte & 0x80) continue
    if (numbers.length === 0) {
      const first = Math.min(Math.floor(number / 40), 2)
      numbers.push(first, number - first * 40)
    } else numbers.push(number)
    number = 0
  }
  return numbers.join('.')
}
