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
  for (let at = nextToken(text, 1); text.charCodeAt(at) !== codes.closeBrace; ) {
    if (text.charCodeAt(at) === codes.comma) at = nextToken(text, at + 1)
    const nameEnd = stringEnd(text, at)
    const start = nextToken(text, nextToken(text, nameEnd) + 1)
    const end = valueEnd(text, start)
    members.push({ name: textOf(text.slice(at, nameEnd)), text: text.slice(start, end) })
    at = nextToken(text, end)
  }
  return members
}

/** The characters of a JSON string. Most have no escapes, and stand there as they are. */
export const textOf = (json: string): string =>
  json.includes('\\') ? (JSON.parse(json) as string) : json.slice(1, -1)

/** Elements of an array, each as its JSON text. `text` must be valid JSON and start with "[". */
export function elementsOf(text: string): string[] {
  const elements: string[] = []
  for (let at = nextToken(text, 1); text.charCodeAt(at) !== codes.closeBracket; ) {
    if (text.charCodeAt(at) === codes.comma) at = nextToken(text, at + 1)
    const end = valueEnd(text, at)
    elements.push(text.slice(at, end))
    at = nextToken(text, end)
  }
  return elements
}

const codes = {
  space: 32,
  quote: 34,
  comma: 44,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  closeBrace: 125,
} as const

/** Where the next character stands that is no blank. */
function nextToken(text: string, start: number): number {
  let at = start
  while (text.charCodeAt(at) <= codes.space) at++
  return at
}

/** Behind the value that begins at `start`. */
function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start)
  if (first === codes.quote) return stringEnd(text, start)
  if (first === codes.openBrace || first === codes.openBracket) return bracketEnd(text, start)
  let at = start + 1
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const isOver = code === codes.comma || code === codes.closeBrace || code === codes.closeBracket
    if (isOver || code <= codes.space) break
  }
  return at
}

/** Behind the bracket that closes the one at `start`. */
function bracketEnd(text: string, start: number): number {
  let depth = 0
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at)
    if (code === codes.quote) at = stringEnd(text, at) - 1
    else if (code === codes.openBrace || code === codes.openBracket) depth++
    else if ((code === codes.closeBrace || code === codes.closeBracket) && --depth === 0) return at + 1
  }
}

/** Behind the closing quote of the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    let backslashes = 0
    while (text.charCodeAt(quote - 1 - backslashes) === codes.backslash) backslashes++
    if (backslashes % 2 === 0) return quote + 1
    at = quote + 1
  }
}
