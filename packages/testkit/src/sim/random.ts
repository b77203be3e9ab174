// Seeded randomness: the same seed and the same questions give the same answers.
import type { Random } from '@millrace/runtime'

/** Mixes a string into a 32-bit number (FNV-1a with a final avalanche). */
export function hashText(text: string, seed = 0x811c9dc5): number {
  let hash = seed >>> 0
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * A small fast generator (sfc32) behind the product's `Random`.
 * `fork` derives an independent stream from a name, so that one part asking more often does not shift the answers of another:
 * that keeps a failing seed failing while a workload is being reduced.
 */
export class SimRandom implements Random {
  readonly #seed: number
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: number) {
    this.#seed = seed >>> 0
    this.#a = hashText('a', this.#seed)
    this.#b = hashText('b', this.#seed)
    this.#c = hashText('c', this.#seed)
    for (let round = 0; round < 12; round++) this.uint32()
  }

  /** An independent stream, decided by this stream's seed and `name` only. */
  fork(name: string): SimRandom {
    return new SimRandom(hashText(name, this.#seed))
  }

  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    this.#c |= 0
    return sum >>> 0
  }

  float(): number {
    return this.uint32() / 0x1_0000_0000
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length)
    for (let index = 0; index < length; index++) bytes[index] = this.uint32() >>> 24
    return bytes
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.float() * (high - low + 1))
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.float() < probability
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to pick from')
    return items[this.between(0, items.length - 1)]!
  }

  /** Exponentially distributed with the given mean: the gaps between independent faults. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.float())
  }

  /** A new array with the same items in random order. */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items]
    for (let index = result.length - 1; index > 0; index--) {
      const other = this.between(0, index)
      const item = result[index]!
      result[index] = result[other]!
      result[other] = item
    }
    return result
  }
}
