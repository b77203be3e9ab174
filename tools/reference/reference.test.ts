// The reference says what the sources say, and sees what is missing there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readModule } from './declarations.ts'
import { readDoc } from './docstring.ts'
import { examplesOf, programOf } from './examples.ts'
import { Doors } from './exports.ts'
import { holesOf } from './holes.ts'
import { Index, renderPage } from './markdown.ts'
import { type Export, order } from './model.ts'
import type { Page } from './pages.ts'
import { readReference } from './reference.ts'

/** Longer pages are divided. */
const linesMax = 1_500

const text = `
import { Base } from './base.ts'

/** Where it is. */
export interface Place {
  /** Name of the topic. */
  readonly topic: string
  readonly far: number
  /** How it is moved. Throws Stuck. */
  move(to: Place): Promise<void>
}

/** Options of it. */
export interface DoorOptions {
  /** How long it stays open, in ms. Default 5. */
  readonly openMs?: number
  /** Its colour. */
  readonly colour?: string
  /** How heavy. Default 1. */
  readonly weight?: number
  /** Called when it opens. */
  readonly onOpen?: () => void
}

/**
 * A door to a {@link Place}. See {@link open}.
 *
 *     const door = new Door({})
 */
export class Door extends Base implements Disposable {
  /** Its hinges. */
  readonly hinges = new Hinges()
  readonly #secret = 1
  /** @internal For the house. */
  readonly house: House

  /** Makes one. */
  constructor(options: DoorOptions) {}

  /** Opens it. Throws Stuck. */
  open(): Promise<Place>
  /** Opens it so far. */
  open(far: number): Promise<Place>
  async open(far = 1): Promise<Place> {
    return { topic: 'x', far }
  }

  /** Shuts it. */
  async shut(): Promise<void> {}

  private lock(): void {}
}

/** Makes a door. */
export function makeDoor(options: DoorOptions): Door {
  return new Door(options)
}

export const answer = 42

/** Kinds of doors. */
export const Kind = { front: 1, back: 2 } as const
export type Kind = keyof typeof Kind
`

const { declarations, imports } = readModule('door.ts', text)
const read: Export[] = Array.from(declarations.values(), declaration => ({
  ...declaration,
  door: '@millrace/client',
  path: 'door.ts',
  helpers: [],
}))
const exports = order.flatMap(kind => read.filter(each => each.kind === kind))

function pageOf(on: readonly Export[]): Page {
  return {
    path: '',
    door: '@millrace/client',
    title: 'Doors',
    about: 'All about them.',
    exports: on,
    others: [],
  }
}

test('docstrings are text and examples', () => {
  const doc = readDoc('/**\n * Opens it.\n *\n * Twice.\n *\n * @example\n * open()\n * open()\n */')!
  assert.equal(doc.text, 'Opens it.\n\nTwice.')
  assert.deepEqual(doc.examples, ['open()\nopen()'])
  assert.equal(readDoc('/* no docstring */'), undefined)
  assert.equal(readDoc('/** @internal Not yours. */')!.isInternal, true)
  assert.throws(() => readDoc('/** @param x */'), /@param is no tag of ours/)
})

test('declarations have their signatures, overloads and public members', () => {
  assert.deepEqual([...declarations.keys()], ['Place', 'DoorOptions', 'Door', 'makeDoor', 'answer', 'Kind'])
  const door = declarations.get('Door')!
  assert.equal(door.signatures[0]!.code, 'class Door extends Base implements Disposable')
  assert.deepEqual(
    door.members.map(({ name, kind, type }) => [name, kind, type]),
    [
      ['hinges', 'field', 'Hinges'],
      ['house', 'field', 'House'],
      ['constructor', 'constructor', 'this'],
      ['open', 'method', 'Promise<Place>'],
      ['shut', 'method', 'Promise<void>'],
    ],
  )
  assert.deepEqual(
    door.members[3]!.signatures.map(({ code }) => code),
    ['open(): Promise<Place>', 'open(far: number): Promise<Place>'],
  )
  assert.deepEqual(door.parents, ['Base', 'Disposable'])
  assert.deepEqual(imports.get('Base'), { specifier: './base.ts', name: 'Base' })
  assert.equal(
    declarations.get('makeDoor')!.signatures[0]!.code,
    'function makeDoor(options: DoorOptions): Door',
  )
  assert.equal(declarations.get('answer')!.signatures[0]!.code, 'const answer: 42')
  assert.equal(declarations.get('Kind')!.signatures.length, 2, 'a constant and the type of its name')
})

test('holes are what has no docstring, and what does not say what its kind wants', () => {
  assert.deepEqual(
    holesOf(read).map(hole => hole.split(': ')[1]),
    [
      'Place.far has no docstring',
      'DoorOptions.colour does not say what it is by default',
      'DoorOptions.weight is a number without a unit',
      'Door.shut does not say what it throws, or that it does not',
      'answer has no docstring',
    ],
  )
  const unshown = { ...exports.find(({ name }) => name === 'Door')!, signatures: [] }
  assert.match(
    holesOf([{ ...unshown, signatures: [{ code: '', doc: readDoc('/** A door. */') }] }])[0]!,
    /@example/,
  )
})

test('a page shows what is public, with links to what it names', () => {
  const page = { ...pageOf(exports), path: 'client/doors.md' }
  const written = renderPage(page, new Index([page]))
  assert.match(written, /^A door to a \[`Place`\]\(#place\)\. See \[`open`\]\(#dooropen\)\.$/m)
  assert.match(written, /```ts\nconst door = new Door\(\{\}\)\n```/)
  assert.match(written, /^### new Door\n\n```ts\nconstructor\(options: DoorOptions\)\n```\n\nMakes one\.$/m)
  assert.match(written, /^class Door implements Disposable$/m)
  assert.match(
    written,
    /^\| `openMs` \(optional\) \| `number` \| How long it stays open, in ms\. Default 5\. \|$/m,
  )
  assert.doesNotMatch(written, /secret|lock|For the house/)
})

test('an operation says what goes wrong and what comes of repeating it, and options have a type with a name', () => {
  const admin = (text: string, options = 'ListOptions') =>
    readModule(
      'admin.ts',
      `/**
 * Administers. Throws nothing.
 *
 * @example
 * new Admin()
 */
export class Admin {
  /** Makes it. */
  constructor() {}
  /**
   * ${text}
   *
   * @example
   * await admin.list()
   */
  async list(options: ${options} = {}): Promise<void> {}
}`,
    )
  const holes = (text: string, options?: string) => {
    const exported = { door: '@millrace/client', path: 'admin.ts', helpers: [] }
    const found = Array.from(admin(text, options).declarations.values(), each => ({ ...each, ...exported }))
    return holesOf(found).map(hole => hole.split(': ')[1])
  }
  assert.deepEqual(holes('Lists. `NOT_CONTROLLER` is an outcome. Repeat it at will.'), [])
  assert.deepEqual(holes('Lists.'), [
    'Admin.list names no error that it throws or has as an outcome',
    'Admin.list does not say what comes of repeating it',
  ])
  assert.match(
    holes('Throws BrokerError. Repeating it is safe.', '{ readonly deep?: boolean }').join(),
    /takes options of a type without a name/,
  )
})

test('what a door names and does not have is seen, bases of it are merged, and helpers are shown', () => {
  const files: Readonly<Record<string, string>> = {
    'index.ts': "export { Client, type Settings } from './client.ts'\nexport type { Kind } from './kind.ts'",
    'kind.ts': 'export type Kind = 1',
    'client.ts': `
import type { Kind } from './kind.ts'
import { Hidden } from './hidden.ts'
interface Base {
  /** Of the base. */
  readonly base: Kind
}
type Part<T> = T extends Kind ? Loose : never
type Loose = { readonly loose: true }
/** Settings. */
export interface Settings extends Base {
  /** Part. */
  readonly part: Part<Kind>
}
/** A client. */
export class Client {
  /** @internal */
  readonly inner: Inner
  /** Made of it. Default values are no types. */
  make(hidden: Hidden, at = Hidden.first): void {}
}
interface Inner {}`,
    'hidden.ts': 'export class Hidden {}',
  }
  const doors = new Doors(new Map([['@millrace/client', 'index.ts']]), new Map(), path => files[path]!)
  const [client, , settings] = doors.exportsOf('@millrace/client')
  assert.deepEqual(doors.nameless(client!), [
    'client.ts:20: Client names Hidden, which nobody can import: export it',
  ])
  assert.deepEqual(doors.nameless(settings!), [])
  assert.deepEqual(
    settings!.members.map(({ name }) => name),
    ['base', 'part'],
  )
  assert.deepEqual(settings!.helpers, [
    'type Part<T> = T extends Kind ? Loose : never',
    'type Loose = { readonly loose: true }',
  ])
})

test('a name that several doors have leads to that of the page, and headings of one text are told apart', () => {
  const place = exports.find(({ name }) => name === 'Place')
  const one = { ...pageOf([place!]), path: 'a/one.md' }
  const twin = { ...place!, name: 'PLACE', door: 'b' }
  const two = { ...pageOf([{ ...place!, door: 'b' }, twin]), path: 'b/two.md', door: 'b' }
  const index = new Index([one, two])
  assert.deepEqual(index.find('Place', 'b'), { path: 'b/two.md', anchor: 'place' })
  assert.deepEqual(index.find('PLACE', 'b'), { path: 'b/two.md', anchor: 'place-1' })
  assert.deepEqual(index.find('Place', 'c'), { path: 'a/one.md', anchor: 'place' })
  assert.equal(index.find('Nowhere', 'b'), undefined)
})

test('what a door has from others is named, with a link to it', () => {
  const known = exports.find(({ name }) => name === 'Door')!
  const there = { ...pageOf([known]), path: 'client/doors.md' }
  const here = { ...pageOf([]), path: 'all/all.md', door: 'all', others: [{ name: 'Gate', known }] }
  const written = renderPage(here, new Index([there, here]))
  assert.match(
    written,
    /^- of `@millrace\/client`: `Gate`, there \[`Door`\]\(\.\.\/client\/doors\.md#door\)$/m,
  )
})

test('an example is a program that imports what it names, from its own door first, and from the stage what is its reader’s', () => {
  const [first] = examplesOf([
    {
      ...exports.find(({ name }) => name === 'makeDoor')!,
      signatures: [
        {
          code: '',
          doc: readDoc(
            "/** Makes.\n * @example\n * const door: Door = makeDoor(options.x, 'Place') // Kind\n */",
          ),
        },
      ],
    },
  ])
  assert.equal(first!.of, 'makeDoor')
  const doors = [
    { name: 'Door', door: 'other' },
    { name: 'Door', door: '@millrace/client' },
    { name: 'makeDoor', door: 'other' },
    { name: 'Place', door: 'other' },
    { name: 'Kind', door: 'other' },
  ]
  assert.equal(
    programOf(first!, doors, { path: './stage.ts', names: ['options', 'x'] }),
    `// makeDoor, door.ts
import { Door } from '@millrace/client'
import { makeDoor } from 'other'
import { options } from './stage.ts'
export async function example() {
  const door: Door = makeDoor(options.x, 'Place') // Kind
}
`,
  )
})

test('every page of the packages has something on it and can be read, and the first page names every export', () => {
  const { files } = readReference()
  const first = files.get('README.md')!
  for (const [path, page] of files) {
    assert.ok(page.split('\n').length <= linesMax, `${path}: divide it, in tools/reference/pages.ts`)
    if (path === 'README.md') continue
    const sections = page.match(/^## (\w+)$/gm) ?? []
    assert.ok(sections.length > 0 || page.includes('## From other packages'), path)
    for (const section of sections) assert.ok(first.includes(`[\`${section.slice(3)}\`]`), section)
  }
})
