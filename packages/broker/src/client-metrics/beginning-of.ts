// Texts of clients that are kept, cut to a length.

/** The first characters of a text, without the rest of it: a slice would keep all of it in memory. */
export function beginningOf(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : Buffer.from(text.slice(0, maxLength)).toString()
}
