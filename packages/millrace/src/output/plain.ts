// Text of others as a terminal may show it: names that carry control sequences colour, move and hide nothing.

/** C0, DEL and C1; and what turns the direction of text around, so that it reads as something else. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** The text on one line: control characters as `\x1b`, others that are not seen as `\u202e`. */
export function plain(text: string): string {
  return text.replaceAll(unprintable, character => {
    const code = character.charCodeAt(0)
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`
  })
}
