// What a package gives to who imports it: its doors followed to the declarations behind them.
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { root } from '../tidy/sources.ts'
import { type Declaration, type Module, readModule } from './declarations.ts'
import { type Export, isHidden, type Member } from './model.ts'

/** A name of the door, and where it is declared. */
interface Found {
  readonly path: string
  readonly local: string
}

/** A type that users cannot name, and where it is named. */
interface Hidden {
  readonly name: string
  readonly at: string
  readonly declaration: Declaration
}

/** Reads the exports of packages; each file once. */
export class Doors {
  readonly #modules = new Map<string, Module>()
  readonly #names = new Map<string, ReadonlyMap<string, Found>>()
  readonly #read: (path: string) => string
  readonly #doors: ReadonlyMap<string, string>
  /** What any of the doors that users have gives them. */
  readonly #offered: ReadonlySet<string>

  /**
   * `offered`: path of each door that users have by what is imported, `@millrace/client`; `further`: doors of packages from which those have something. `read`: text of a file by its path.
   */
  constructor(
    offered: ReadonlyMap<string, string>,
    further: ReadonlyMap<string, string> = new Map(),
    read = (path: string) => readFileSync(new URL(path, root), 'utf8'),
  ) {
    this.#read = read
    this.#doors = new Map([...offered, ...further])
    this.#offered = new Set(
      Array.from(offered.values()).flatMap(path => Array.from(this.#namesOf(path).values(), keyOf)),
    )
  }

  /** All exports of a door, by name. Throws for one that cannot be found. */
  exportsOf(door: string): Export[] {
    const path = this.#doors.get(door)
    if (path === undefined) throw new Error(`there is no door ${door}`)
    return Array.from(this.#namesOf(path), ([name, place]) => {
      const declaration = this.#declarationOf(place)
      if (!declaration)
        throw new Error(`${place.path}: there is no declaration of ${place.local}, which ${door} exports`)
      const members = [...this.#inherited(place.path, declaration), ...declaration.members]
      const whole = { ...declaration, members, name, door, path: place.path, helpers: [] }
      return { ...whole, helpers: this.#helpers(whole) }
    }).sort((a, b) => a.name.localeCompare(b.name, 'en'))
  }

  /** Types that a declaration names and that no door has, so that users cannot name them, each as one readable line. */
  nameless(each: Export): string[] {
    return this.#hidden(each)
      .filter(({ declaration }) => !isHelper(declaration))
      .map(({ at, name }) => `${at}: ${each.name} names ${name}, which nobody can import: export it`)
  }

  /** What has no name outside and needs none: parts of which types are made. */
  #helpers(each: Export): string[] {
    return this.#hidden(each)
      .filter(({ declaration }) => isHelper(declaration))
      .map(({ declaration }) => declaration.signatures[0]!.code)
  }

  #hidden(each: Export): Hidden[] {
    const hidden = new Map<string, Hidden>()
    const look = (path: string, line: number, code: string) => {
      for (const name of new Set(typesOf(code).match(/\b[A-Z]\w+\b/g))) {
        const place = name === each.name ? undefined : this.#hiddenPlace(path, name)
        const declaration = place && this.#declarationOf(place)
        if (!place || !declaration || hidden.has(keyOf(place))) continue
        hidden.set(keyOf(place), { name, declaration, at: `${path}:${line}` })
        if (isHelper(declaration)) look(place.path, declaration.line, declaration.signatures[0]!.code)
      }
    }
    for (const { code } of each.signatures) {
      // Members of a base that has no name are its own.
      const isMade = each.kind === 'interface' || each.kind === 'class'
      look(each.path, each.line, isMade ? code.replace(/\s(?:extends|implements)\s[\s\S]*$/, '') : code)
    }
    for (const member of each.members.filter(one => !isHidden(each, one)))
      for (const { code } of member.signatures) look(member.path ?? each.path, member.line, code)
    return [...hidden.values()]
  }

  /** Where a name that a module uses is declared, if no door has it. */
  #hiddenPlace(path: string, name: string): Found | undefined {
    const module = this.#module(path)
    const imported = module.imports.get(name)
    const isOurs = imported && /^(?:\.|@millrace\/)/.test(imported.specifier)
    if (imported && !isOurs) return undefined
    if (!imported && !module.declarations.has(name) && !module.locals.has(name)) return undefined
    const place = imported
      ? this.#placeOf(this.#resolve(path, imported.specifier), imported.name)
      : { path, local: name }
    return this.#offered.has(keyOf(place)) ? undefined : place
  }

  #declarationOf({ path, local }: Found): Declaration | undefined {
    const module = this.#module(path)
    return module.declarations.get(local) ?? module.locals.get(local)
  }

  /** Where a module has a name from, which may be a third one. */
  #placeOf(path: string, name: string): Found {
    return this.#namesOf(path).get(name) ?? { path, local: name }
  }

  /** Members that come from classes and interfaces which nobody can import: they are its own. */
  #inherited(path: string, declaration: Declaration): Member[] {
    if (declaration.kind !== 'class' && declaration.kind !== 'interface') return []
    return declaration.parents.flatMap(parent => {
      const place = this.#parentPlace(path, parent)
      const base = place && this.#declarationOf(place)
      if (!base || base.kind !== declaration.kind || this.#offered.has(keyOf(place))) return []
      const own = base.members.map(member => ({ ...member, path: place.path }))
      return [...this.#inherited(place.path, base), ...own]
    })
  }

  #parentPlace(path: string, parent: string): Found | undefined {
    const { locals, declarations } = this.#module(path)
    return locals.has(parent) || declarations.has(parent)
      ? { path, local: parent }
      : this.#imported(path, parent)
  }

  /** Where an imported name is declared; undefined for one of another package. */
  #imported(path: string, name: string): Found | undefined {
    const found = this.#module(path).imports.get(name)
    return found?.specifier.startsWith('.')
      ? { path: this.#resolve(path, found.specifier), local: found.name }
      : undefined
  }

  #module(path: string): Module {
    let module = this.#modules.get(path)
    if (!module) {
      module = readModule(path, this.#read(path))
      this.#modules.set(path, module)
    }
    return module
  }

  #namesOf(path: string): ReadonlyMap<string, Found> {
    let names = this.#names.get(path)
    if (!names) {
      names = this.#readNames(path)
      this.#names.set(path, names)
    }
    return names
  }

  #readNames(path: string): Map<string, Found> {
    const { declarations, reExports } = this.#module(path)
    const found = new Map<string, Found>(
      Array.from(declarations.keys(), name => [name, { path, local: name }] as const),
    )
    for (const { specifier, names } of reExports) {
      const target = this.#resolve(path, specifier)
      const there = this.#namesOf(target)
      if (names === undefined) for (const [name, place] of there) found.set(name, place)
      for (const { local, name } of names ?? []) {
        const place = there.get(local)
        if (!place) throw new Error(`${path}: "${local}" is not exported by ${target}`)
        found.set(name, place)
      }
    }
    return found
  }

  #resolve(from: string, specifier: string): string {
    if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
    const door = this.#doors.get(specifier)
    if (door === undefined) throw new Error(`${from}: the door of ${specifier} is not known`)
    return door
  }
}

function keyOf({ path, local }: Found): string {
  return `${path} ${local}`
}

/** The code without comments, strings and defaults of parameters: what is left names types. */
function typesOf(code: string): string {
  return code
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .replaceAll(/'[^'\n]*'/g, "''")
    .replaceAll(/ = (?!>)[\w.]+(?=[,)])/g, '')
}

/** A type that is no more than a step in making another one: local, or with parameters. */
function isHelper({ kind, isLocal, signatures: [first] }: Declaration): boolean {
  return kind === 'type' && (isLocal || /^type \w+</.test(first?.code ?? ''))
}
