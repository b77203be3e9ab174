// The hash by which a cleaning tells keys apart: Chaskey-12, 128 bits under a secret of its own (Mouha and others, 2014; ISO/IEC 29192-6).
//
// Two keys with one hash would be one key, and a record would be lost. Kafka takes MD5, of which whoever may produce can make two keys with one hash.
// Under a secret that nobody has seen no such pair can be looked for, and among a thousand million keys chance makes one in 10^20 cleanings. Made of
// operations on 32 bits, it takes a seventh of the time that a call of MD5 takes here, and reads a key where it stands.

/*
 * The key is cut into blocks of 16 bytes; the last one, where it is shorter, is filled with 01 00 00 …
 *
 *   v ← secret;  v ← permuted(v ⊕ block) for each but the last;  hash = permuted(v ⊕ last ⊕ s) ⊕ s
 *
 * s is twice the secret in GF(2^128) where the last block is whole, four times where it was filled.
 */
const blockBytes = 16
const rounds = 12
/** Where the subkeys stand behind the secret, in words. */
const wholeAt = 4
const filledAt = 8

export const keyHashSecretBytes = 16

export class KeyHash {
  /** The hash of the last key. */
  readonly words = new Int32Array(4)
  readonly #subkeys = new Int32Array(12)
  readonly #filled = new Int32Array(4)

  /** `secret` has 16 random bytes. */
  constructor(secret: Buffer) {
    for (let word = 0; word < 4; word++) this.#subkeys[word] = secret.readInt32LE(word * 4)
    double(this.#subkeys, 0, wholeAt)
    double(this.#subkeys, wholeAt, filledAt)
  }

  /** Hashes `buffer[start, start + length)` into `words`. Long for one function: this is where the time of a cleaning goes. */
  hash(buffer: Buffer, start: number, length: number): void {
    const subkeys = this.#subkeys
    let v0 = subkeys[0]!
    let v1 = subkeys[1]!
    let v2 = subkeys[2]!
    let v3 = subkeys[3]!
    const last = length % blockBytes === 0 && length > 0 ? wholeAt : filledAt
    for (let at = start, left = length; ; at += blockBytes, left -= blockBytes) {
      if (left >= blockBytes) {
        v0 ^= wordAt(buffer, at)
        v1 ^= wordAt(buffer, at + 4)
        v2 ^= wordAt(buffer, at + 8)
        v3 ^= wordAt(buffer, at + 12)
      } else {
        const filled = this.#fill(buffer, at, left)
        v0 ^= filled[0]!
        v1 ^= filled[1]!
        v2 ^= filled[2]!
        v3 ^= filled[3]!
      }
      if (left <= blockBytes) {
        v0 ^= subkeys[last]!
        v1 ^= subkeys[last + 1]!
        v2 ^= subkeys[last + 2]!
        v3 ^= subkeys[last + 3]!
      }
      for (let round = 0; round < rounds; round++) {
        v0 = (v0 + v1) | 0
        v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
        v0 = (v0 << 16) | (v0 >>> 16)
        v2 = (v2 + v3) | 0
        v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
        v0 = (v0 + v3) | 0
        v3 = ((v3 << 13) | (v3 >>> 19)) ^ v0
        v2 = (v2 + v1) | 0
        v1 = ((v1 << 7) | (v1 >>> 25)) ^ v2
        v2 = (v2 << 16) | (v2 >>> 16)
      }
      if (left <= blockBytes) break
    }
    const { words } = this
    words[0] = v0 ^ subkeys[last]!
    words[1] = v1 ^ subkeys[last + 1]!
    words[2] = v2 ^ subkeys[last + 2]!
    words[3] = v3 ^ subkeys[last + 3]!
  }

  #fill(buffer: Buffer, at: number, length: number): Int32Array {
    const filled = this.#filled.fill(0)
    for (let index = 0; index < length; index++)
      filled[index >>> 2]! |= buffer[at + index]! << ((index & 3) * 8)
    filled[length >>> 2]! |= 1 << ((length & 3) * 8)
    return filled
  }
}

function wordAt(buffer: Buffer, at: number): number {
  return buffer[at]! | (buffer[at + 1]! << 8) | (buffer[at + 2]! << 16) | (buffer[at + 3]! << 24)
}

/** Twice the element of GF(2^128) at `from`, least word first, modulo x^128 + x^7 + x^2 + x + 1. */
function double(words: Int32Array, from: number, to: number): void {
  for (let word = 0; word < 4; word++) {
    const carried = word === 0 ? (words[from + 3]! < 0 ? 0x87 : 0) : words[from + word - 1]! >>> 31
    words[to + word] = (words[from + word]! << 1) ^ carried
  }
}
