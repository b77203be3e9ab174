// Backslash escapes of delimiters and format strings.
import { UsageError } from '../output/errors.ts'

const bytes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, '0': 0, '\\': 92 }

export const escapesHelp = '\\n  \\r  \\t  \\0  \\\\  \\xHH'

/** The byte of the escape that begins at `at`, and how many characters it takes. Throws UsageError that says what is wrong, not where. */
export function readEscape(text: string, at: number): { readonly byte: number; readonly length: number } {
  const letter = text[at + 1]
  if (letter === 'x') {
    const hex = text.slice(at + 2, at + 4)
    if (!/^[\da-f]{2}$/i.test(hex)) throw new UsageError('"\\x" wants two hexadecimal digits')
    return { byte: Number.parseInt(hex, 16), length: 4 }
  }
  const byte = letter === undefined ? undefined : bytes[letter]
  if (byte === undefined) throw new UsageError(`unknown escape "\\${letter ?? ''}"`)
  return { byte, length: 2 }
}

/** A text with its escapes replaced. `option` is named in the UsageError for one that there is not. */
export function unescape(text: string, option: string): Buffer {
  const pieces: Buffer[] = []
  let at = 0
  while (at < text.length) {
    const backslash = text.indexOf('\\', at)
    const end = backslash < 0 ? text.length : backslash
    pieces.push(Buffer.from(text.slice(at, end)))
    at = end
    if (at === text.length) break
    try {
      const { byte, length } = readEscape(text, at)
      pieces.push(Buffer.from([byte]))
      at += length
    } catch (error) {
      throw new UsageError(
        `${option} ${JSON.stringify(text)}: ${(error as Error).message} at position ${at}`,
        `there are ${escapesHelp}`,
      )
    }
  }
  return Buffer.concat(pieces)
}
