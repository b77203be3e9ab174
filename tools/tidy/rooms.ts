// The order of the folders inside a package: which may import which, types included, as rooms.json says.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { importsOf, type Source } from './sources.ts'

/** For each package: what each folder of `src` may import. `.` is what stands in none. */
export type Rooms = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

const roomsPath = 'tools/tidy/rooms.json'

export const rooms = (
  JSON.parse(readFileSync(new URL('rooms.json', import.meta.url), 'utf8')) as { readonly packages: Rooms }
).packages

/** The room of a file: the nearest folder above it that has an entry, so that a folder within a room needs none. */
function roomOf(path: string, folders: Readonly<Record<string, unknown>>): string | undefined {
  const within = path.split('/').slice(3, -1)
  if (within.length === 0) return '.'
  for (let depth = within.length; depth > 0; depth--) {
    const folder = within.slice(0, depth).join('/')
    if (folder in folders) return folder
  }
  return undefined
}

const ownedBy = (path: string): string | undefined => /^packages\/([^/]+)\/src\//.exec(path)?.[1]

/** Imports between folders that are not allowed, folders that are not named, and what is allowed for nothing. */
export function roomBreaches(sources: readonly Source[], rules: Rooms = rooms): string[] {
  const breaches: string[] = []
  const used = new Set<string>()
  for (const source of sources) {
    const name = ownedBy(source.path)
    if (name === undefined) continue
    const folders = rules[name] ?? {}
    const room = roomOf(source.path, folders)
    if (room === undefined) {
      breaches.push(`${source.path}: its folder is not in ${roomsPath}: say there what it may import`)
      continue
    }
    for (const specifier of importsOf(source)) {
      const target = specifier.startsWith('.') ? join(dirname(source.path), specifier) : ''
      const other = ownedBy(target) === name ? roomOf(target, folders) : undefined
      if (other === undefined || other === room) continue
      used.add(`${name} ${room} ${other}`)
      const allowed = folders[room] ?? []
      if (!allowed.includes(other)) {
        breaches.push(
          `${source.path}: imports "${specifier}": ${room} of ${name} may import ${allowed.join(', ') || 'no other folder'} (${roomsPath})`,
        )
      }
    }
  }
  return [...breaches, ...vainRules(rules, used)]
}

function vainRules(rules: Rooms, used: ReadonlySet<string>): string[] {
  return Object.entries(rules).flatMap(([name, folders]) =>
    Object.entries(folders).flatMap(([room, allowed]) =>
      allowed
        .filter(other => !used.has(`${name} ${room} ${other}`))
        .map(other => `${roomsPath}: ${room} of ${name} does not import ${other} any more: take it out`),
    ),
  )
}
