// CRC-32C of large inputs: most of their bytes are folded into the few behind them, without a table.
import { type Fold, makeFolds, stepBytes } from './folding-module.ts'

/*
 * A checksum is the remainder of the message, read as a polynomial over bits, modulo P. P divides
 *
 *   x^5275 + x^4508 + x^2751 + 1    and    x^209 + x^144 + x^54 + x^39 + x^14 + 1,
 *
 * and the same with x^8 for x, since squaring a sum modulo 2 squares its terms. So a byte may be added (XOR) to those 767, 2524 and 5275 behind
 * it, and be taken for zero: the remainder stays the same. All but the last 5275 bytes of a message go that way, 16 at a time, then all but 209 of
 * those, and the rest through the tables. The first is cheaper for each byte, the second leaves less. (The idea is Sam Russell's, "Chorba".)
 *
 * Written the other way round, from the byte that is added to: u[i] = m[i] + u[i−767] + u[i−2524] + u[i−5275], which reads what is folded
 * already, right before it in memory.
 */
const farFold = [5275, 2524, 767]
const nearFold = [209, 195, 170, 155, 65]
const farBytes = 5275
const nearBytes = 209

/** Room that a fold of so many bytes may read before what it works on, or finds zeros behind. */
const margin = (bytes: number): number => Math.ceil(bytes / stepBytes + 1) * stepBytes

/** How much of a long message is in memory at a time: with the message itself it fits the cache of a core. */
const chunkBytes = 65_536
/** Messages up to here are not worth the far fold. Holds what that leaves, too. */
const shortBytesMax = 8192

// Memory: | before it | a chunk | zeros | zeros | what is left of it, or a short message | zeros | what is left of that |
const chunkAt = margin(farBytes)
const shortAt = chunkAt + chunkBytes + margin(farBytes) + margin(nearBytes)
const lastAt = shortAt + shortBytesMax + margin(nearBytes)
const memoryBytes = lastAt + margin(nearBytes) + stepBytes

const whole = (bytes: number): number => bytes - (bytes % stepBytes)

/**
 * The checksum function for inputs of 225 bytes and more; `ofRest` is one for those up to 224, used for what is left at last. Throws where there is
 * no WebAssembly, or none with vectors.
 */
export function makeFoldedCrc32c(
  ofRest: (bytes: Uint8Array, initial: number) => number,
): (bytes: Uint8Array, initial?: number) => number {
  const { heap, folds } = makeFolds(memoryBytes, [farFold, nearFold])
  const [foldFar, foldNear] = folds as [Fold, Fold]

  /** The state that the bytes before left behind is added to the first four of the message. */
  const begin = (at: number, initial: number) => {
    for (let byte = 0; byte < 4; byte++) heap[at + byte]! ^= ~initial >>> (8 * byte)
  }

  /** Leaves the last bytes of a long message, into which the others are folded, at `shortAt`. Returns how many. */
  const shorten = (bytes: Uint8Array, initial: number): number => {
    const folded = whole(bytes.length - farBytes)
    heap.fill(0, 0, chunkAt)
    let end = chunkAt
    for (let at = 0; at < folded; at += chunkBytes) {
      if (at > 0) heap.copyWithin(0, chunkBytes, chunkBytes + chunkAt)
      const size = Math.min(chunkBytes, folded - at)
      heap.set(bytes.subarray(at, at + size), chunkAt)
      if (at === 0) begin(chunkAt, initial)
      end = chunkAt + size
      foldFar(chunkAt, chunkAt, end)
    }
    heap.fill(0, end, end + margin(farBytes))
    heap.set(bytes.subarray(folded), shortAt)
    const left = bytes.length - folded
    foldFar(shortAt, end, shortAt + left)
    return left
  }

  return (bytes, initial = 0) => {
    let length = bytes.length
    if (length > shortBytesMax) length = shorten(bytes, initial)
    else {
      heap.set(bytes, shortAt)
      begin(shortAt, initial)
    }
    const folded = whole(length - nearBytes)
    const left = length - folded
    const end = shortAt + folded
    foldNear(shortAt, shortAt, end)
    heap.copyWithin(lastAt, end, end + left)
    heap.fill(0, end, end + margin(nearBytes))
    foldNear(lastAt, end, lastAt + left)
    return ofRest(heap.subarray(lastAt, lastAt + left), 0xffffffff)
  }
}
