// Pages of the reference as Markdown.
import { posix } from 'node:path'
import { type Doc, docOf, type Export, isHidden, type Member, order, type Signature } from './model.ts'
import type { Page } from './pages.ts'

const generated = '<!-- Generated from docstrings by `npm run reference`. Change those. -->'

/** Where an export has its section. */
interface Section {
  /** Path of the page, from the folder of the reference. */
  readonly path: string
  readonly anchor: string
}

/** Where each export has its section. The same name may stand for something in several doors. */
export class Index {
  readonly #byDoor = new Map<string, Map<string, Section>>()

  constructor(pages: readonly Page[]) {
    for (const { path, door, exports } of pages) {
      const sections = this.#byDoor.get(door) ?? new Map<string, Section>()
      this.#byDoor.set(door, sections)
      const taken = new Map<string, number>()
      for (const { name } of exports) {
        const anchor = name.toLowerCase()
        const before = taken.get(anchor) ?? 0
        taken.set(anchor, before + 1)
        sections.set(name, { path, anchor: before === 0 ? anchor : `${anchor}-${before}` })
      }
    }
  }

  /** What a name means to who imports from a door: its own, or that of the first other door. */
  find(name: string, door: string): Section | undefined {
    const own = this.#byDoor.get(door)?.get(name)
    if (own) return own
    for (const sections of this.#byDoor.values()) {
      const found = sections.get(name)
      if (found) return found
    }
    return undefined
  }
}

export function renderPage(page: Page, index: Index): string {
  const writer = new PageWriter(page, index)
  const contents = order.flatMap(kind => {
    const names = page.exports.filter(each => each.kind === kind)
    return names.length === 0
      ? []
      : [`- ${kinds[kind]}: ${names.map(({ name }) => writer.link(name)).join(', ')}`]
  })
  const parts = [
    `# ${page.title}`,
    generated,
    `${page.about} From \`${page.door}\`.`,
    ...(contents.length > 0 ? [contents.join('\n')] : []),
    ...page.exports.flatMap(each => writer.section(each)),
    ...writer.others(),
  ]
  return `${parts.join('\n\n')}\n`
}

const kinds: Readonly<Record<Export['kind'], string>> = {
  class: 'Classes',
  function: 'Functions',
  constant: 'Constants',
  interface: 'Interfaces',
  type: 'Types',
}

/** The first page: every export with its first sentence. */
export function renderIndex(pages: readonly Page[], index: Index): string {
  const parts = ['# API reference', generated]
  parts.push(
    'Every export of the packages, as it is declared, with its docstring. Where to begin: the [guides](../README.md), by task. The command line: [millrace](../../packages/millrace/README.md).',
  )
  let last = ''
  for (const page of pages) {
    if (page.door !== last) parts.push(`## ${page.door}`)
    last = page.door
    parts.push(`### [${page.title}](${page.path})`, page.about)
    const rows = page.exports.map(each => {
      const { path, anchor } = index.find(each.name, each.door)!
      return `| [\`${each.name}\`](${path}#${anchor}) | ${cell(firstSentence(docOf(each)))} |`
    })
    if (rows.length > 0) parts.push(`| | |\n|---|---|\n${rows.join('\n')}`)
  }
  return `${parts.join('\n\n')}\n`
}

class PageWriter {
  readonly #page: Page
  readonly #index: Index
  /** Whose section is written: names of its members are links. */
  #owner: Export | undefined

  constructor(page: Page, index: Index) {
    this.#page = page
    this.#index = index
  }

  section(each: Export): string[] {
    this.#owner = each
    const parts = [`## ${each.name}`, ...this.#signatures(each.signatures.map(one => this.#known(one)))]
    if (each.helpers.length > 0) parts.push('Where', fence(each.helpers.map(plain).join('\n')))
    const parents = each.parents.filter(name => this.#has(name))
    if (each.kind === 'interface' && parents.length > 0)
      parts.push(`With all that ${parents.map(name => this.link(name)).join(' and ')} has.`)
    const members = each.members.filter(member => !isHidden(each, member))
    const isConstructor = ({ kind }: Member) => kind === 'constructor'
    const inOrder = [...members.filter(isConstructor), ...members.filter(member => !isConstructor(member))]
    if (each.kind === 'class') parts.push(...inOrder.flatMap(member => this.#member(each, member)))
    else if (members.length > 0) parts.push(this.#table(members))
    const related = this.#related(each)
    if (related.length > 0) parts.push(`See ${related.map(name => this.link(name)).join(', ')}.`)
    return parts
  }

  link(name: string): string {
    return this.#linkFrom(name, this.#page.door)
  }

  #linkFrom(name: string, door: string, shown = name): string {
    const found = this.#index.find(name, door)
    if (!found) return `\`${shown}\``
    const file =
      found.path === this.#page.path ? '' : posix.relative(posix.dirname(this.#page.path), found.path)
    return `[\`${shown}\`](${file}#${found.anchor})`
  }

  #has(name: string): boolean {
    return this.#index.find(name, this.#page.door) !== undefined
  }

  /** What the door has from others. */
  others(): string[] {
    const byDoor = Map.groupBy(this.#page.others, ({ known }) => known.door)
    if (byDoor.size === 0) return []
    const lists = Array.from(byDoor, ([door, names]) => {
      const links = names.map(({ name, known }) => {
        const renamed = name === known.name ? '' : `\`${name}\`, there `
        return `${renamed}${this.#linkFrom(known.name, door)}`
      })
      return `- of \`${door}\`: ${links.join(', ')}`
    })
    return ['## From other packages', `\`${this.#page.door}\` has these, too:`, lists.join('\n')]
  }

  /** A class that nobody can import is none that others extend. */
  #known(signature: Signature): Signature {
    const code = signature.code.replace(/ extends (\w+)(?= |$)/, (all, parent: string) =>
      this.#has(parent) || parent === 'Error' ? all : '',
    )
    return signature.code.startsWith('class ') ? { ...signature, code } : signature
  }

  #signatures(signatures: readonly Signature[]): string[] {
    return signatures.flatMap(({ code, doc }) => [fence(plain(code)), ...this.#doc(doc)])
  }

  #doc(doc: Doc | undefined): string[] {
    if (!doc) return []
    return [this.#text(doc.text), ...doc.examples.map(fence)]
  }

  /** Links are links, and code that is indented has a fence. */
  #text(text: string): string {
    return text
      .replaceAll(/\{@link ([\w.]+)\}/g, (_, name: string) => this.#linkOf(name))
      .replaceAll(/(?:^ {4}.*\n?)+/gm, block => `${fence(block.replaceAll(/^ {4}/gm, '').trimEnd())}\n`)
  }

  #linkOf(name: string): string {
    const [first = '', second] = name.split('.')
    if (second !== undefined) return this.#has(first) ? `${this.link(first)}\`.${second}\`` : `\`${name}\``
    const member = this.#owner?.kind === 'class' && this.#owner.members.find(each => each.name === name)
    return member ? `[\`${name}\`](#${anchorOf(titleOf(this.#owner!, member))})` : this.link(name)
  }

  #member(owner: Export, member: Member): string[] {
    return [`### ${titleOf(owner, member)}`, ...this.#signatures(member.signatures)]
  }

  #table(members: readonly Member[]): string {
    const rows = members.map(member => {
      const doc = docOf(member)
      const type = member.kind === 'method' ? member.signatures[0]!.code : member.type
      const optional = member.isOptional ? ' (optional)' : ''
      return `| \`${member.name}\`${optional} | ${cell(codeCell(type ?? ''))} | ${cell(this.#text(doc?.text ?? ''))} |`
    })
    return `| | Type | |\n|---|---|---|\n${rows.join('\n')}`
  }

  /** Other exports that its declarations name. */
  #related(each: Export): string[] {
    const code = [...each.signatures, ...each.members.flatMap(({ signatures }) => signatures)]
      .map(signature => signature.code)
      .join('\n')
    const names = new Set(code.match(/\b[A-Z]\w+\b/g))
    names.delete(each.name)
    return [...names].filter(name => this.#has(name)).sort()
  }
}

function titleOf(owner: Export, { name, kind, isStatic }: Member): string {
  if (kind === 'constructor') return `new ${owner.name}`
  const of = isStatic ? owner.name : lowerFirst(owner.name)
  return `${of}${name.startsWith('[') ? '' : '.'}${name}${kind === 'method' ? '()' : ''}`
}

/** What a heading is linked by. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-')
}

/** A signature as a caller sees it: where the formatter has put it, and whether it is async, is nobody's business. */
function plain(code: string): string {
  return code.replace(/^((?:static )?)async /, '$1').replaceAll(/\n {2}/g, '\n')
}

function fence(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``
}

function codeCell(code: string): string {
  const flat = code.replaceAll(/\s+/g, ' ')
  return flat === '' ? '' : `\`${flat}\``
}

/** Text of a cell stands in one line, and its bars are no borders. */
function cell(text: string): string {
  return text
    .replaceAll('\n\n', '<br>')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<!\\)\|/g, '\\|')
    .trim()
}

function firstSentence(doc: Doc | undefined): string {
  const text = (doc?.text ?? '').replaceAll(/\{@link ([\w.]+)\}/g, '`$1`').replaceAll(/\s+/g, ' ')
  return /^.*?[.:](?= |$)/.exec(text)?.[0].replace(/:$/, '.') ?? text
}

function lowerFirst(name: string): string {
  return name[0]!.toLowerCase() + name.slice(1)
}
