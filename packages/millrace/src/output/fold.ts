// Lines that fit the terminal: long ones are broken between words.

/** The text with its long lines broken at blanks; what is broken off stands `indent` columns deeper than its line. A width of `undefined` breaks nothing. */
export function fold(text: string, width: number | undefined, indent = 2): string {
  if (width === undefined) return text
  return text
    .split('\n')
    .flatMap(line => foldLine(line, width, indent))
    .join('\n')
}

function foldLine(line: string, width: number, indent: number): string[] {
  const own = /^ */.exec(line)![0].length
  const lines: string[] = []
  let rest = line
  while (rest.length > width) {
    const start = lines.length === 0 ? own : own + indent
    const blank = rest.lastIndexOf(' ', width)
    // A word that is longer than a line is the terminal's to break.
    const at = blank > start ? blank : rest.indexOf(' ', width)
    if (at < 0) break
    lines.push(rest.slice(0, at).trimEnd())
    rest = ' '.repeat(own + indent) + rest.slice(at).trimStart()
  }
  return [...lines, rest]
}

/** Parts of a heading beside each other, as many on a line as fit. */
export function flow(parts: readonly string[], width: number | undefined): string {
  const between = '   '
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    const fits =
      last !== undefined && (width === undefined || last.length + between.length + part.length <= width)
    if (fits) lines[lines.length - 1] = `${last}${between}${part}`
    else lines.push(part)
  }
  return lines.join('\n')
}
