// The whole reference: the exports of the packages, what is missing of their docstrings, and the pages that come of them.
import { readFileSync } from 'node:fs'
import { root } from '../tidy/sources.ts'
import { Doors } from './exports.ts'
import { holesOf } from './holes.ts'
import { Index, renderIndex, renderPage } from './markdown.ts'
import type { Export } from './model.ts'
import { type DoorExports, packages, pagesOf } from './pages.ts'

export interface Reference {
  /** What is missing, each as one readable line. */
  readonly holes: readonly string[]
  /** Text of each file by its path in the folder of the reference. */
  readonly files: ReadonlyMap<string, string>
  /** What the pages show, each once. */
  readonly exports: readonly Export[]
}

const folderOf = (name: string) => `packages/${name.replace('@millrace/', '')}`

/** Doors that speak for themselves nowhere here: what is internal is not for users, and the API of KafkaJS has the documentation of KafkaJS. */
const silent = ['./internal', './kafkajs']

/** What users import from a package, with the path of each door. */
function doorsOf(name: string): [string, string][] {
  const manifest = JSON.parse(readFileSync(new URL(`${folderOf(name)}/package.json`, root), 'utf8')) as {
    readonly exports: Readonly<Record<string, { readonly '@millrace/source': string }>>
  }
  return Object.entries(manifest.exports)
    .filter(([door]) => !silent.includes(door) && !door.includes('*'))
    .map(([door, { '@millrace/source': source }]) => [
      `${name}${door.slice(1)}`,
      `${folderOf(name)}${source.slice(1)}`,
    ])
}

/** The first line of a door says what it is for. */
function aboutDoor(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
    .split('\n', 1)[0]!
    .replace(/^\/\/ /, '')
}

/** What each door has of its own; what an earlier one has is only named. */
function ownAndOthers(doors: Doors, places: ReadonlyMap<string, string>): DoorExports[] {
  const known = new Map<string, Export>()
  return Array.from(places, ([door, path]) => {
    const own: Export[] = []
    const others: { name: string; known: Export }[] = []
    for (const each of doors.exportsOf(door)) {
      const key = `${each.path}:${each.line}`
      const before = known.get(key)
      if (before) others.push({ name: each.name, known: before })
      else {
        known.set(key, each)
        own.push(each)
      }
    }
    return { door, about: aboutDoor(path), own, others }
  })
}

export function readReference(): Reference {
  const places = new Map(packages.flatMap(doorsOf))
  const doors = new Doors(
    places,
    new Map(['log', 'protocol', 'runtime'].flatMap(name => doorsOf(`@millrace/${name}`))),
  )
  const byDoor = ownAndOthers(doors, places)
  const own = byDoor.flatMap(each => each.own)
  const pages = pagesOf(byDoor)
  const index = new Index(pages)
  const files = new Map(pages.map(page => [page.path, renderPage(page, index)]))
  return {
    exports: own,
    holes: [...holesOf(own), ...own.flatMap(each => doors.nameless(each))],
    files: new Map([['README.md', renderIndex(pages, index)], ...files]),
  }
}
