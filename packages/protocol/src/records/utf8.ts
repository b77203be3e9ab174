// Strings as UTF-8 in a buffer, with short ASCII ones kept out of native calls.

/** Up to this many characters a loop beats the call into native code (measured: about 25 ns for 16 characters, 44 ns for the call). */
const loopCharactersMax = 16

/** Bytes of a string in UTF-8. */
export function utf8Bytes(text: string): number {
  const length = text.length
  if (length > loopCharactersMax) return Buffer.byteLength(text)
  for (let index = 0; index < length; index++) {
    if (text.charCodeAt(index) > 0x7f) return Buffer.byteLength(text)
  }
  return length
}

/** Writes a string whose UTF-8 form has `bytes` bytes; there must be room for them. */
export function writeUtf8(buffer: Buffer, at: number, text: string, bytes: number): void {
  if (bytes !== text.length) buffer.write(text, at, bytes, 'utf8')
  else if (bytes > loopCharactersMax) buffer.write(text, at, bytes, 'latin1')
  else {
    for (let index = 0; index < bytes; index++) buffer[at + index] = text.charCodeAt(index)
  }
}
