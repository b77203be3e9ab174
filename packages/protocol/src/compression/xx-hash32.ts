// xxHash32 of a few bytes: the header checksum of an LZ4 frame.

const prime1 = 0x9e3779b1
const prime2 = 0x85ebca77
const prime3 = 0xc2b2ae3d
const prime4 = 0x27d4eb2f
const prime5 = 0x165667b1

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}

/**
 * xxHash32 with seed 0 of `bytes[start, end)`, which must be shorter than 16 bytes (longer input takes
 * another path in xxHash).
 */
export function xxHash32OfShort(bytes: Buffer, start: number, end: number): number {
  const length = end - start
  if (length < 0 || length >= 16)
    throw new RangeError(`xxHash32OfShort takes less than 16 bytes, not ${length}`)
  let hash = (prime5 + length) | 0
  let at = start
  for (; at + 4 <= end; at += 4) {
    hash = (hash + Math.imul(bytes.readInt32LE(at), prime3)) | 0
    hash = Math.imul(rotate(hash, 17), prime4)
  }
  for (; at < end; at++) {
    hash = (hash + Math.imul(bytes[at]!, prime5)) | 0
    hash = Math.imul(rotate(hash, 11), prime1)
  }
  hash = Math.imul(hash ^ (hash >>> 15), prime2)
  hash = Math.imul(hash ^ (hash >>> 13), prime3)
  return (hash ^ (hash >>> 16)) >>> 0
}
