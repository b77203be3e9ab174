// FNV-1a in 32 bits: the hash by which Go programs place keys on partitions.

const offsetBasis = 0x811c9dc5
const prime = 0x01000193

/** 32-bit FNV-1a of `bytes`, signed: the bits of Go's `fnv.New32a`. */
export function fnv1a(bytes: Uint8Array): number {
  let hash = offsetBasis | 0
  for (let at = 0; at < bytes.length; at++) hash = Math.imul(hash ^ bytes[at]!, prime)
  return hash
}

/** `fnv1a` of the UTF-8 form of a string; ASCII, which most keys are, is hashed without encoding it first. */
export function fnv1aString(text: string): number {
  let hash = offsetBasis | 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x80) return fnv1a(Buffer.from(text))
    hash = Math.imul(hash ^ unit, prime)
  }
  return hash
}
