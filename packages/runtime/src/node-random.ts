// The system's random source.
import type { Random } from './random.ts'

/** What one call of the system's source gives at most. */
const callMaxBytes = 65_536

export const nodeRandom: Random = {
  float: () => Math.random(),
  // Web Crypto's door to it: a start that needs a few random bytes is 3 ms longer with all of `node:crypto`.
  bytes: length => {
    const bytes = Buffer.allocUnsafeSlow(length)
    for (let at = 0; at < length; at += callMaxBytes) {
      crypto.getRandomValues(bytes.subarray(at, at + callMaxBytes))
    }
    return bytes
  },
}
