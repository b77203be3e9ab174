// The pieces of a JSON text as they stand in it: what `JSON.parse` makes of numbers, key order and double keys is not what was written.

/** One member of an object. */
export interface JsonMember {
  readonly name: string
  /** The JSON text of its value, without blanks around it. */
  readonly text: string
}

/** What `JSON.parse` says of a text: its pieces can be cut out of it. */
export type JsonKind = 'object' | 'array' | 'string' | 'null' | 'other'

export function kindOf(text: string): JsonKind {
  switch (text[0]) {
    case '{':
      return 'object'
    case '[':
      return 'array'
    case '"':
      return 'string'
    case 'n':
      return 'null'
    default:
      return 'other'
  }
}

/** Members of an object in their order, double ones included. `text` must be valid JSON, as `JSON.parse` has found it, and start with "{". */
export function membersOf(text: string): JsonMember[] {
  const members: JsonMember[] = []
  for (const piece of piecesOf(text)) {
    const nameEnd = stringEnd(piece, 0)
    const name = JSON.parse(piece.slice(0, nameEnd)) as string
    members.push({ name, text: piece.slice(piece.indexOf(':', nameEnd) + 1).trim() })
  }
  return members
}

/** Elements of an array. `text` must be valid JSON and start with "[". */
export const elementsOf = (text: string): string[] => [...piecesOf(text)]

/** What stands between the outermost brackets, cut at the commas of that level. */
function* piecesOf(text: string): Generator<string> {
  const last = text.length - 1
  let start = 1
  let depth = 0
  let at = 1
  while (at < last) {
    const character = text[at]
    if (character === '"') {
      at = stringEnd(text, at)
      continue
    }
    if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    else if (character === ',' && depth === 0) {
      yield text.slice(start, at).trim()
      start = at + 1
    }
    at++
  }
  const piece = text.slice(start, last).trim()
  if (piece !== '') yield piece
}

/** Behind the closing quote of the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    let backslashes = 0
    while (text[quote - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return quote + 1
    at = quote + 1
  }
}
