// A YAML document as sections of settings with their places.
import { clientOptionNames } from '@millrace/client'
import { nearestName } from '@millrace/runtime'
import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml'
import type { Entry, Layout, Sections } from './entry.ts'

export interface SettingsDocument {
  readonly base: Sections
  readonly profiles: ReadonlyMap<string, Sections>
}

/** Those that have the fewest options first: every client has those of `admin`. */
const kinds = ['admin', 'producer', 'consumer'] as const
const plain = ['client', 'producer', 'consumer', 'admin'] as const
const named = ['producers', 'consumers'] as const

type MutableSections = { -readonly [Name in keyof Sections]: Sections[Name] }

const emptySections = (): MutableSections => ({
  client: [],
  producer: [],
  consumer: [],
  admin: [],
  producers: new Map(),
  consumers: new Map(),
  others: new Map(),
})

const clientsOnly: Layout = { sections: [] }

/** Reads a document; what is wrong with it is added to `problems`, each with its place. */
export function readDocument(
  text: string,
  file: string,
  problems: string[],
  layout: Layout = clientsOnly,
): SettingsDocument {
  return new DocumentReader(text, file, problems, layout).read()
}

class DocumentReader {
  readonly #text: string
  readonly #file: string
  readonly #problems: string[]
  readonly #layout: Layout
  readonly #lines = new LineCounter()

  constructor(text: string, file: string, problems: string[], layout: Layout) {
    this.#layout = layout
    this.#text = text
    this.#file = file
    this.#problems = problems
  }

  read(): SettingsDocument {
    const document = parseDocument(this.#text, { lineCounter: this.#lines, prettyErrors: false })
    for (const { pos, message } of document.errors) this.#problem(pos[0], message)
    const base = emptySections()
    const profiles = new Map<string, Sections>()
    const { contents } = document
    if (document.errors.length > 0 || contents === null || isEmpty(contents)) return { base, profiles }
    for (const [name, value, at] of this.#members(contents, 'the file')) {
      if (name === 'profiles') {
        for (const [profile, sections] of this.#members(value, 'profiles')) {
          const read = emptySections()
          for (const member of this.#members(sections, `profiles.${profile}`)) this.#section(read, member)
          profiles.set(profile, read)
        }
      } else {
        this.#section(base, [name, value, at], ['profiles'])
      }
    }
    return { base, profiles }
  }

  #section(sections: MutableSections, [name, value, at]: Member, more: readonly string[] = []): void {
    const isPlain = plain.find(known => known === name)
    const isNamed = named.find(known => known === name)
    if (isPlain) {
      sections[isPlain] = this.#entries(value, name)
    } else if (isNamed) {
      const members = this.#members(value, name)
      sections[isNamed] = new Map(members.map(([each, own]) => [each, this.#entries(own, `${name}.${each}`)]))
    } else if (this.#layout.sections.includes(name)) {
      sections.others = new Map([...sections.others, [name, this.#entries(value, name)]])
    } else {
      const known = [...this.#layout.sections, ...plain, ...named, ...more]
      const home = kinds.find(kind => clientOptionNames(kind).has(name))
      const near = nearestName(name, known)
      if (home) {
        this.#problem(at, `"${name}" is an option: write it under "${home === 'admin' ? 'client' : home}"`)
        return
      }
      this.#problem(
        at,
        `there is no section "${name}"; ${near ? `did you mean "${near}"?` : `there are ${known.join(', ')}`}`,
      )
    }
  }

  #entries(value: Node | null, what: string): readonly Entry[] {
    return this.#members(value, what).map(([name, own, at]) => ({
      name,
      value: own === null ? undefined : (own.toJSON() as unknown),
      place: this.#place(at),
      ...(isMap(own) && { members: this.#entries(own as Node, `${what}.${name}`) }),
    }))
  }

  /** What a mapping holds, each with its position; nothing at all is an empty one. */
  #members(value: Node | null, what: string): Member[] {
    if (value === null || isEmpty(value)) return []
    if (!isMap(value)) {
      this.#problem(value.range?.[0] ?? 0, `${what} is no mapping of names to settings`)
      return []
    }
    return (value as YAMLMap<Node, Node | null>).items.map((pair: Pair<Node, Node | null>) => [
      isScalar(pair.key) ? String(pair.key.value) : String(pair.key),
      pair.value,
      pair.key.range?.[0] ?? 0,
    ])
  }

  #problem(position: number, message: string): void {
    this.#problems.push(`${this.#place(position)}: ${message}`)
  }

  #place(position: number): string {
    const { line, col } = this.#lines.linePos(position)
    return `${this.#file}:${line}:${col}`
  }
}

/** Name, value and position of a member of a mapping. */
type Member = [name: string, value: Node | null, at: number]

function isEmpty(node: unknown): boolean {
  return isScalar(node) && (node.value === null || node.value === undefined)
}
