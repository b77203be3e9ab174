// The maps at the head of DESIGN files: a table "File" names every file of its folder, one of rooms every folder of `src`, and neither names what is not there.
import { basename, dirname } from 'node:path'
import type { Source } from './sources.ts'

const table = /^\| (File|Where|Room) \|.*\n\|[-:| ]+\n((?:\|.*\n)+)/m

/** `files`: all paths of the repository. */
export function fileMapBreaches({ path, text }: Source, files: readonly string[]): string[] {
  if (basename(path) !== 'DESIGN.md') return []
  const [, head, rows = ''] = table.exec(text) ?? []
  if (head === undefined) return []
  const isOfFiles = head === 'File'
  const named = new Set(
    rows.split('\n').flatMap(row => {
      const [, first = ''] = row.split(' | ', 1)[0]!.match(/^\| (.*)$/) ?? []
      return Array.from(first.matchAll(/`([^`]+)`/g), ([, name]) => (isOfFiles ? basename(name!) : name!))
    }),
  )
  const there = new Set(isOfFiles ? filesIn(dirname(path), files) : roomsIn(`${dirname(path)}/src`, files))
  const missing = [...there].filter(name => (isOfFiles || name.endsWith('/')) && !named.has(name))
  const gone = [...named].filter(name => !there.has(name))
  return [
    ...missing.map(name => `${path}: the map does not name ${name}`),
    ...gone.map(name => `${path}: the map names ${name}, which is not there`),
  ]
}

/** Names of the TypeScript files in a folder and in those below it. */
function filesIn(folder: string, files: readonly string[]): string[] {
  return files
    .filter(file => file.startsWith(`${folder}/`) && file.endsWith('.ts'))
    .map(file => basename(file))
}

/** Folders, with a slash behind them, and files that stand in a folder. */
function roomsIn(folder: string, files: readonly string[]): string[] {
  return files
    .filter(file => file.startsWith(`${folder}/`))
    .map(file => {
      const [first = '', second] = file.slice(folder.length + 1).split('/')
      return second === undefined ? first : `${first}/`
    })
}
