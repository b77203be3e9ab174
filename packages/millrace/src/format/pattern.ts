// Parses format strings for records: rpk's language, with kcat's one-letter spellings where they do not collide.
import { UsageError } from '../output/errors.ts'
import { escapesHelp, readEscape } from './escapes.ts'

/** What a verb of a format string stands for. */
export type Field =
  | 'topic'
  | 'partition'
  | 'offset'
  | 'timestamp'
  | 'key'
  | 'value'
  | 'headers'
  | 'keyLength'
  | 'valueLength'
  | 'topicLength'
  | 'headerCount'
  | 'valueLengthBinary'
  | 'leaderEpoch'
  | 'producerId'
  | 'producerEpoch'
  | 'attribute'
  | 'logStartOffset'
  | 'lastStableOffset'
  | 'highWatermark'
  | 'iteration'

export interface FieldPart {
  readonly kind: 'field'
  readonly field: Field
  /** Text between the braces behind the verb, undefined without braces. */
  readonly modifier: string | undefined
  /** For `%h{…}`: the pattern applied to each header, where %k and %v are the header's key and value. */
  readonly inner: Pattern | undefined
}

export interface TextPart {
  readonly kind: 'text'
  readonly bytes: Buffer
}

/** A parsed format string. */
export type Pattern = readonly (FieldPart | TextPart)[]

const verbs: Readonly<Record<string, Field>> = {
  t: 'topic',
  p: 'partition',
  o: 'offset',
  d: 'timestamp',
  T: 'timestamp',
  k: 'key',
  v: 'value',
  s: 'value',
  h: 'headers',
  K: 'keyLength',
  V: 'valueLength',
  S: 'valueLength',
  H: 'headerCount',
  R: 'valueLengthBinary',
  e: 'leaderEpoch',
  x: 'producerId',
  y: 'producerEpoch',
  a: 'attribute',
  '[': 'logStartOffset',
  '|': 'lastStableOffset',
  ']': 'highWatermark',
  i: 'iteration',
}

/** The verbs, one a line, for help texts. */
export const patternHelp = `  %t topic  %p partition  %o offset  %k key  %v, %s value  %d, %T timestamp (ms)
  %h headers (k=v,…), or each by a pattern of its own: %h{%k:%v }
  %K, %V, %S length of key, value, value  %H number of headers
  %R length of the value as 4 bytes
  %%  %{  %}  ${escapesHelp}
  bytes    %v{hex} %v{base64} %v{json} %v{unpack[>I]}  (>< bB hH iI qQ c s . $)
  numbers  %o{hex} %o{big32} %o{little64} …    time  %d{iso} %d{strftime[%F %T]}`

/** The verbs of what only a log can tell, for the help of `consume`. */
export const logPatternHelp = `  %i number of the record  %e leader epoch  %x producer id  %y producer epoch
  %a{compression}  %a{timestamp-type}  %a{transactional}
  %[ log start offset  %| last stable offset  %] high watermark`

/** Fields of which a producer knows nothing. */
export const logFields: ReadonlySet<Field> = new Set<Field>([
  'leaderEpoch',
  'producerId',
  'producerEpoch',
  'attribute',
  'logStartOffset',
  'lastStableOffset',
  'highWatermark',
])

class Parser {
  readonly #text: string
  #at = 0
  readonly #parts: (FieldPart | TextPart)[] = []
  #pending: number[] = []

  constructor(text: string) {
    this.#text = text
  }

  parse(): Pattern {
    while (this.#at < this.#text.length) this.#next()
    this.#flush()
    return this.#parts
  }

  #next(): void {
    const character = this.#text[this.#at]!
    if (character === '\\') this.#escape()
    else if (character === '%') this.#verb()
    else {
      const code = String.fromCodePoint(this.#text.codePointAt(this.#at)!)
      this.#pending.push(...Buffer.from(code))
      this.#at += code.length
    }
  }

  #escape(): void {
    try {
      const { byte, length } = readEscape(this.#text, this.#at)
      this.#pending.push(byte)
      this.#at += length
    } catch (error) {
      throw this.#wrong((error as Error).message)
    }
  }

  #verb(): void {
    const letter = this.#text[this.#at + 1]
    if (letter === '%' || letter === '{' || letter === '}') {
      this.#pending.push(letter.charCodeAt(0))
      this.#at += 2
      return
    }
    const field = letter === undefined ? undefined : verbs[letter]
    if (!field) throw this.#wrong(`unknown verb "%${letter ?? ''}"`)
    this.#at += 2
    const modifier = this.#text[this.#at] === '{' ? this.#braces() : undefined
    const inner = field === 'headers' && modifier !== undefined ? parsePattern(modifier) : undefined
    this.#flush()
    this.#parts.push({ kind: 'field', field, modifier, inner })
  }

  /** Takes `{…}` with nesting and returns what is between; `%{` and `%}` do not count as braces. */
  #braces(): string {
    const start = this.#at + 1
    let depth = 0
    for (let at = this.#at; at < this.#text.length; at++) {
      const character = this.#text[at]
      if (character === '%' && (this.#text[at + 1] === '{' || this.#text[at + 1] === '}')) at++
      else if (character === '{') depth++
      else if (character === '}' && --depth === 0) {
        this.#at = at + 1
        return this.#text.slice(start, at)
      }
    }
    throw this.#wrong('"{" without its "}"')
  }

  #flush(): void {
    if (this.#pending.length === 0) return
    this.#parts.push({ kind: 'text', bytes: Buffer.from(this.#pending) })
    this.#pending = []
  }

  #wrong(what: string): UsageError {
    return new UsageError(
      `${what} at position ${this.#at} of format ${JSON.stringify(this.#text)}`,
      'the verbs are listed by "millrace consume --help"',
    )
  }
}

/** Parses a format string. Throws UsageError that names the position. */
export function parsePattern(text: string): Pattern {
  return new Parser(text).parse()
}
