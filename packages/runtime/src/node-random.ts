// The system's random source.
import type { Random } from './random.ts'

/** What one call of Web Crypto gives at most. */
const callMaxBytes = 65_536
/** Where Unix has its source as a file. */
const sourcePath = '/dev/urandom'

const fs = process.getBuiltinModule('node:fs')

export const nodeRandom: Random = {
  float: () => Math.random(),
  bytes: length => {
    const bytes = Buffer.allocUnsafeSlow(length)
    if (!readSource(bytes)) askWebCrypto(bytes)
    return bytes
  },
}

/**
 * The same bytes as by Node's cryptography, which takes 2.6 MB and some milliseconds once it is loaded: a broker that is just started needs a few for
 * names. False where there is no such file.
 */
function readSource(bytes: Buffer): boolean {
  try {
    const source = fs.openSync(sourcePath, 'r')
    try {
      let at = 0
      for (let count = 1; at < bytes.length && count > 0; at += count)
        count = fs.readSync(source, bytes, at, bytes.length - at, null)
      return at === bytes.length
    } finally {
      fs.closeSync(source)
    }
  } catch {
    return false
  }
}

function askWebCrypto(bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at += callMaxBytes)
    crypto.getRandomValues(bytes.subarray(at, at + callMaxBytes))
}
