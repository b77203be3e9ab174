// Shows binary keys and values by a pack string, as kcat's -s and rpk's unpack[…] do.
import { UsageError } from '../output/errors.ts'

const sizes: Readonly<Record<string, number>> = { b: 1, B: 1, c: 1, h: 2, H: 2, i: 4, I: 4, q: 8, Q: 8 }

/**
 * Letters: `>` `<` switch to big (the start) and little endian; `b B h H i I q Q` signed and unsigned integers of 1, 2, 4, 8
 * bytes; `c` one character; `.` skips a byte; `s` the rest as text; `$` wants the end here. Values are separated by spaces.
 * Bytes that do not fit the layout are shown up to there, with a note.
 */
export function unpack(bytes: Buffer, layout: string): string {
  const shown: string[] = []
  let little = false
  let at = 0
  for (const letter of layout) {
    if (letter === '>' || letter === '<') little = letter === '<'
    else if (letter === 's') {
      shown.push(bytes.toString('utf8', at))
      at = bytes.length
    } else if (letter === '$') {
      if (at !== bytes.length) return [...shown, `(${bytes.length - at} bytes left)`].join(' ')
    } else if (letter === '.') at++
    else if (letter !== ' ') {
      const size = sizes[letter]
      if (size === undefined)
        throw new UsageError(
          `unknown letter "${letter}" in unpack[${layout}]`,
          'use > < b B h H i I q Q c s . $',
        )
      if (at + size > bytes.length)
        return [...shown, `(${size} bytes wanted, ${bytes.length - at} left)`].join(' ')
      shown.push(readInteger(bytes, at, letter, size, little))
      at += size
    }
  }
  return shown.join(' ')
}

function readInteger(bytes: Buffer, at: number, letter: string, size: number, little: boolean): string {
  if (letter === 'c') return bytes.toString('latin1', at, at + 1)
  const signed = letter === letter.toLowerCase()
  if (size === 8) {
    const raw = little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at)
    return String(signed ? BigInt.asIntN(64, raw) : raw)
  }
  if (little) return String(signed ? bytes.readIntLE(at, size) : bytes.readUIntLE(at, size))
  return String(signed ? bytes.readIntBE(at, size) : bytes.readUIntBE(at, size))
}
