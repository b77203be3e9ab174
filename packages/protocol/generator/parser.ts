// Reads definition files (`*.kmsg`). The language is described in ../definitions/README.md.
import { checkDefinition } from './checks.ts'
import { DefinitionError } from './definition-error.ts'
import {
  type Api,
  type DefaultValue,
  type Definition,
  empty,
  type Field,
  isPrimitive,
  type Message,
  type MessageKind,
  messageKinds,
  type Struct,
} from './model.ts'
import { contains, hull, overlap, parseRange, showRange, type VersionRange } from './ranges.ts'

interface Line {
  readonly number: number
  readonly words: readonly string[]
}

/** What stands in a message's head: everything but its fields. */
interface Head extends Omit<Message, 'fields' | 'structs'> {}

/** A field as written: its versions are not yet narrowed to those in which its struct is used. */
interface DraftStruct {
  readonly name: string
  readonly fields: Field[]
  readonly line: number
}

/** What may stand behind a field's type and versions. */
interface Attributes extends Pick<Field, 'defaultValue' | 'tag' | 'ignorable' | 'classic'> {
  readonly nullable: VersionRange | undefined
}

const wordPattern = /"(?:[^"\\]|\\.)*"|[{}]|[^\s{}]+/g

/** Parses one file and checks it. `name` is the file's name without its ending; it stands in errors. */
export function parseDefinition(name: string, text: string): Definition {
  const parser = new Parser(name, linesOf(text))
  const definition = parser.definition()
  checkDefinition(definition)
  return definition
}

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .map((line, index) => ({ number: index + 1, words: line.replace(/#.*$/, '').match(wordPattern) ?? [] }))
    .filter(line => line.words.length > 0)
}

class Parser {
  readonly #name: string
  readonly #lines: readonly Line[]
  #at = 0
  #drafts = new Map<string, DraftStruct>()

  constructor(name: string, lines: readonly Line[]) {
    this.#name = name
    this.#lines = lines
  }

  definition(): Definition {
    let api: Api | undefined
    const messages: Message[] = []
    while (this.#at < this.#lines.length) {
      const line = this.#next()
      const word = line.words[0]!
      if (word === 'api' && api === undefined && messages.length === 0) api = this.#api(line)
      else messages.push(this.#message(this.#head(line, api)))
    }
    return { name: this.#name, api, messages }
  }

  #fail(line: Line | number, message: string): never {
    throw new DefinitionError(this.#name, typeof line === 'number' ? line : line.number, message)
  }

  #next(): Line {
    const line = this.#lines[this.#at++]
    return line ?? this.#fail(this.#lines.at(-1)?.number ?? 1, 'the file ends in the middle of a block')
  }

  /** `api KEY NAME VERSIONS [flexible N+] [unstable]` */
  #api(line: Line): Api {
    const [, key, name, ...rest] = line.words
    if (key === undefined || name === undefined || !/^\d+$/.test(key))
      this.#fail(line, 'api KEY NAME VERSIONS')
    const { versions, flexibleFrom, flags } = this.#versioning(line, rest, ['unstable'])
    return { key: Number(key), name, versions, flexibleFrom, unstable: flags.has('unstable') }
  }

  #versioning(line: Line, words: readonly string[], allowed: readonly string[]) {
    const newest = /(\d+)$/.exec(words[0] ?? '')
    const versions = parseRange(words[0] ?? '', Number(newest?.[1] ?? 0))
    if (versions === undefined) this.#fail(line, `no version range: ${words[0] ?? 'nothing'}`)
    let flexibleFrom = Infinity
    const flags = new Set<string>()
    for (let at = 1; at < words.length; at++) {
      const word = words[at]!
      if (word === 'flexible') {
        const range = parseRange(words[++at] ?? '', versions.max)
        if (range === undefined || range.max !== versions.max) this.#fail(line, 'flexible N+')
        flexibleFrom = range.min
      } else if (allowed.includes(word)) flags.add(word)
      else this.#fail(line, `what is "${word}"?`)
    }
    return { versions, flexibleFrom, flags }
  }

  /** `request {`, `response {` of the file's API, or `KIND [TYPE] NAME VERSIONS [flexible N+] [lenient] {` */
  #head(line: Line, api: Api | undefined): Head {
    const words = [...line.words]
    const kind = words.shift()!
    if (!isMessageKind(kind)) this.#fail(line, `"${kind}" is no kind of message: ${messageKinds.join(', ')}`)
    if (words.at(-1) === '}' && words.at(-2) === '{') words.splice(-1)
    if (words.pop() !== '{') this.#fail(line, 'a message opens with {')
    if (kind === 'request' || kind === 'response') {
      if (api === undefined || words.length > 0) this.#fail(line, `"${kind} {" stands below a line "api …"`)
      const name = `${api.name}${kind === 'request' ? 'Request' : 'Response'}`
      const { key, versions, flexibleFrom } = api
      return { kind, key, name, versions, flexibleFrom, lenient: false, line: line.number }
    }
    const keyed = kind.startsWith('coordinator-') || kind === 'metadata-record'
    const key = keyed ? Number(words.shift()) : undefined
    const name = words.shift()
    if (name === undefined || Number.isNaN(key))
      this.#fail(line, `${kind} ${keyed ? 'TYPE ' : ''}NAME VERSIONS {`)
    const { versions, flexibleFrom, flags } = this.#versioning(line, words, ['lenient'])
    return { kind, key, name, versions, flexibleFrom, lenient: flags.has('lenient'), line: line.number }
  }

  #message(head: Head): Message {
    this.#drafts = new Map()
    const opening = this.#lines[this.#at - 1]!
    const fields = opening.words.at(-1) === '}' ? [] : this.#block(head, head.versions, true)
    const root: DraftStruct = { name: head.name, fields, line: head.line }
    const structs = new Map<string, Struct>()
    this.#settle(root, head.versions, structs)
    const settled = structs.get(head.name)!
    structs.delete(head.name)
    for (const draft of this.#drafts.values()) {
      if (!structs.has(draft.name)) this.#fail(draft.line, `nothing uses struct ${draft.name}`)
    }
    return { ...head, fields: settled.fields, structs }
  }

  /** The fields up to the closing brace. */
  #block(head: Head, parent: VersionRange, top: boolean): Field[] {
    const fields: Field[] = []
    for (let line = this.#next(); line.words[0] !== '}'; line = this.#next()) {
      if (top && line.words[0] === 'struct' && line.words[2] === '{') {
        this.#draft(line, line.words[1]!, this.#block(head, head.versions, false))
      } else fields.push(this.#field(line, head, parent))
    }
    return fields
  }

  #draft(line: Line, name: string, fields: Field[]): void {
    if (this.#drafts.has(name)) this.#fail(line, `struct ${name} is there already`)
    this.#drafts.set(name, { name, fields, line: line.number })
  }

  /** `name TYPE[?] [VERSIONS] [null VERSIONS] [= DEFAULT] [tag N] [ignorable] [classic] [{ fields }]` */
  #field(line: Line, head: Head, parent: VersionRange): Field {
    const words = [...line.words]
    const opens = words.at(-1) === '{'
    if (opens) words.pop()
    const name = words.shift()!
    const match = /^(\[\])?(\w+)(\?)?$/.exec(words.shift() ?? '')
    if (match === null) this.#fail(line, `field "${name}" has no type`)
    const element = match[2]!
    let versions = parent
    const range = parseRange(words[0] ?? '', head.versions.max)
    if (range !== undefined) {
      words.shift()
      versions = range
    }
    if (versions.min > versions.max || !contains(head.versions, versions))
      this.#fail(line, `${name}: ${showRange(versions)} lies outside ${showRange(head.versions)}`)
    const attributes = this.#attributes(line, words, head)
    const nullable = match[3] === undefined ? null : (attributes.nullable ?? versions)
    if (nullable !== null && !contains(versions, nullable))
      this.#fail(line, `${name} is null where it is absent`)
    if (opens) this.#draft(line, element, this.#block(head, versions, false))
    return {
      name,
      type: { element, array: match[1] !== undefined },
      versions,
      ...attributes,
      nullable,
      line: line.number,
    }
  }

  #attributes(line: Line, words: string[], head: Head): Attributes {
    let nullable: VersionRange | undefined
    let defaultValue: DefaultValue
    let tag: number | undefined
    let ignorable = false
    let classic = false
    for (let word = words.shift(); word !== undefined; word = words.shift()) {
      if (word === '=') defaultValue = this.#literal(line, words.shift() ?? '')
      else if (word === 'null') nullable = parseRange(words.shift() ?? '', head.versions.max)
      else if (word === 'tag') tag = Number(words.shift())
      else if (word === 'ignorable') ignorable = true
      else if (word === 'classic') classic = true
      else this.#fail(line, `what is "${word}"?`)
    }
    return { nullable, defaultValue, tag, ignorable, classic }
  }

  #literal(line: Line, word: string): DefaultValue {
    if (word === 'null') return null
    if (word === 'empty') return empty
    if (word === 'true' || word === 'false') return word === 'true'
    if (/^-?\d+$/.test(word)) return Number(word)
    if (word.startsWith('"')) return JSON.parse(word) as string
    return this.#fail(line, `"${word}" is no default value`)
  }

  /** Narrows a struct's fields to the versions in which the struct is used, and walks on into theirs. */
  #settle(draft: DraftStruct, versions: VersionRange, into: Map<string, Struct>): void {
    const known = into.get(draft.name)
    const range = known === undefined ? versions : hull(known.versions, versions)
    if (known !== undefined && contains(known.versions, range)) return
    const fields: Field[] = []
    for (const field of draft.fields) {
      const narrowed = overlap(field.versions, range)
      if (narrowed === undefined)
        this.#fail(field.line, `${field.name}: ${showRange(field.versions)} lies outside ${showRange(range)}`)
      const nullable = field.nullable === null ? null : (overlap(field.nullable, narrowed) ?? null)
      fields.push({ ...field, versions: narrowed, nullable })
    }
    into.set(draft.name, { name: draft.name, fields, versions: range, line: draft.line })
    for (const field of fields) {
      if (isPrimitive(field.type.element)) continue
      const next = this.#drafts.get(field.type.element)
      if (next === undefined) this.#fail(field.line, `no type ${field.type.element}`)
      this.#settle(next, field.versions, into)
    }
  }
}

function isMessageKind(word: string): word is MessageKind {
  return (messageKinds as readonly string[]).includes(word)
}
