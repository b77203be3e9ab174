// Murmur2 as Kafka's Java client computes it: the hash that places a key on a partition.

const seed = 0x9747b28c
const multiplier = 0x5bd1e995

/**
 * 32-bit Murmur2 of `bytes`, signed, the same as `org.apache.kafka.common.utils.Utils.murmur2`.
 * The partition of a key is `(murmur2(key) & 0x7fffffff) % partitionCount`.
 */
export function murmur2(bytes: Uint8Array): number {
  const length = bytes.length
  const tail = length & ~3
  let hash = seed ^ length
  for (let at = 0; at < tail; at += 4) {
    let word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    word = Math.imul(word, multiplier)
    word ^= word >>> 24
    hash = Math.imul(hash, multiplier) ^ Math.imul(word, multiplier)
  }
  const left = length & 3
  if (left === 3) hash ^= bytes[tail + 2]! << 16
  if (left >= 2) hash ^= bytes[tail + 1]! << 8
  if (left >= 1) hash = Math.imul(hash ^ bytes[tail]!, multiplier)
  return finish(hash)
}

/**
 * `murmur2` of the UTF-8 form of a string; ASCII, which most keys are, is hashed without encoding it first.
 */
export function murmur2String(text: string): number {
  const length = text.length
  const tail = length & ~3
  let hash = seed ^ length
  let seen = 0
  for (let at = 0; at < tail; at += 4) {
    const first = text.charCodeAt(at)
    const second = text.charCodeAt(at + 1)
    const third = text.charCodeAt(at + 2)
    const fourth = text.charCodeAt(at + 3)
    seen |= first | second | third | fourth
    let word = first | (second << 8) | (third << 16) | (fourth << 24)
    word = Math.imul(word, multiplier)
    word ^= word >>> 24
    hash = Math.imul(hash, multiplier) ^ Math.imul(word, multiplier)
  }
  const left = length & 3
  for (let at = length - 1; at >= tail; at--) {
    const unit = text.charCodeAt(at)
    seen |= unit
    hash ^= unit << ((at - tail) * 8)
  }
  if (left >= 1) hash = Math.imul(hash, multiplier)
  return seen < 0x80 ? finish(hash) : murmur2(Buffer.from(text))
}

function finish(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 13), multiplier)
  return mixed ^ (mixed >>> 15)
}
