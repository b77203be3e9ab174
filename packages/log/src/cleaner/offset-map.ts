// The last offset of each key in the part of a log that is being cleaned: a table of hashes, in memory that does not grow (Kafka's `SkimpyOffsetMap`).
import { invariant } from '@millrace/runtime'
import { KeyHash } from './key-hash.ts'

/*
 * A slot, six 32-bit words:   0–3  hash of the key
 *                             4–5  offset + 1, high and low word; both 0 where the slot is free
 */
const slotWords = 6
export const offsetSlotBytes = slotWords * 4
/** Positions that are taken from the hash itself before the search goes from slot to slot. */
const hashProbes = 13
const two32 = 2 ** 32

export class OffsetMap {
  /** Keys that it takes before it counts as full. */
  readonly keysMax: number
  /** Everything in the cleaned range up to this offset is in the map; −1 for nothing. */
  latestOffset = -1
  readonly #slots: number
  readonly #table: Int32Array
  readonly #hash: KeyHash
  #size = 0

  /**
   * Takes `sizeInBytes` of memory, 24 for each slot; `loadFactor` of the slots are used, at least one. `secret` has 16 random bytes: keys are hashed
   * under it.
   */
  constructor(sizeInBytes: number, loadFactor: number, secret: Buffer) {
    this.#hash = new KeyHash(secret)
    this.#slots = Math.max(2, Math.floor(sizeInBytes / offsetSlotBytes))
    this.keysMax = Math.min(this.#slots - 1, Math.max(1, Math.floor(this.#slots * loadFactor)))
    this.#table = new Int32Array(this.#slots * slotWords)
  }

  /** Keys in it. */
  get size(): number {
    return this.#size
  }

  get full(): boolean {
    return this.#size >= this.keysMax
  }

  /** The offset of the key `buffer[start, start + length)`, −1 when it is not there. */
  get(buffer: Buffer, start: number, length: number): number {
    this.#hash.hash(buffer, start, length)
    const at = this.#find()
    return this.#table[at + 4]! * two32 + (this.#table[at + 5]! >>> 0) - 1
  }

  /** Notes that the key `buffer[start, start + length)` is at `offset`, which is behind all that were noted before. Not when it is full. */
  put(buffer: Buffer, start: number, length: number, offset: number): void {
    this.#hash.hash(buffer, start, length)
    const at = this.#find()
    const table = this.#table
    const { words } = this.#hash
    if ((table[at + 4]! | table[at + 5]!) === 0) {
      invariant(!this.full, 'nothing is put into a map of offsets that is full')
      for (let word = 0; word < 4; word++) table[at + word] = words[word]!
      this.#size++
    }
    table[at + 4] = Math.floor((offset + 1) / two32)
    table[at + 5] = (offset + 1) | 0
    this.latestOffset = offset
  }

  /** Where the hash of the last key stands, or the free slot where the search for it ends. There always is one. */
  #find(): number {
    const table = this.#table
    const { words } = this.#hash
    for (let attempt = 0; ; attempt++) {
      const at = this.#position(words, attempt)
      if ((table[at + 4]! | table[at + 5]!) === 0) return at
      if (
        table[at] === words[0] &&
        table[at + 1] === words[1] &&
        table[at + 2] === words[2] &&
        table[at + 3] === words[3]
      )
        return at
    }
  }

  /** The four bytes of the hash from `attempt` on say where; when they are used up, one slot after the other. */
  #position(words: Int32Array, attempt: number): number {
    const from = Math.min(attempt, hashProbes - 1)
    const word = from >>> 2
    const shift = (from & 3) * 8
    const bits = shift === 0 ? words[word]! : (words[word]! << shift) | (words[word + 1]! >>> (32 - shift))
    const probe = (bits >>> 0) + Math.max(0, attempt - hashProbes + 1)
    return (probe % this.#slots) * slotWords
  }
}
