// Habits of the house that a machine can see: file purpose lines, file sizes, forbidden words, links that lead somewhere.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { fileURLToPath } from 'node:url'
import { readSource, root, type Source } from './sources.ts'

/** Hand-written source files do not grow past this many lines. */
export const sourceLinesMax = 500

const bannedWords: readonly [RegExp, string][] = [
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'finish it, or write it down in a document'],
  [/@ts-(ignore|nocheck)\b/, 'mend the type'],
  [/\b(it|test|describe)\.(only|skip|todo)\(/, 'a test runs or does not exist'],
]

/** Every hand-written file says in its first line what it is for, tests included. */
export function purposeBreaches(source: Source): string[] {
  const first = source.lines[0]?.startsWith('#!') ? source.lines[1] : source.lines[0]
  return first?.startsWith('// ') || first?.startsWith('/**')
    ? []
    : [`${source.path}:1: no line that says what the file is for`]
}

export function sizeBreaches(source: Source): string[] {
  const count = source.lines.length
  return count > sourceLinesMax
    ? [`${source.path}: ${count} lines; ${sourceLinesMax} are the most: make two rooms of it`]
    : []
}

export function wordBreaches(source: Source): string[] {
  const breaches: string[] = []
  source.lines.forEach((line, index) => {
    for (const [pattern, advice] of bannedWords) {
      if (pattern.test(line))
        breaches.push(`${source.path}:${index + 1}: ${line.trim().slice(0, 60)}: ${advice}`)
    }
  })
  return breaches
}

const exists = (path: string): boolean => existsSync(fileURLToPath(new URL(path, root)))

/** Relative links of a Markdown file that lead nowhere: to no file, or to no heading of it. */
export function linkBreaches(source: Source): string[] {
  const breaches: string[] = []
  let own: ReadonlySet<string> | undefined
  for (const match of source.text.matchAll(/\]\(([^)\s]+)\)/g)) {
    const [target, anchor] = match[1]!.split('#') as [string, string | undefined]
    if (/^[a-z]+:/.test(target)) continue
    const path = target === '' ? source.path : join(dirname(source.path), target)
    if (path !== source.path && !exists(path))
      breaches.push(`${source.path}: link to ${target} leads nowhere`)
    else if (anchor !== undefined && path.endsWith('.md')) {
      const anchors = path === source.path ? (own ??= anchorsOf(source.lines)) : anchorsOfFile(path)
      if (!anchors.has(anchor)) breaches.push(`${source.path}: link to ${match[1]}: there is no such heading`)
    }
  }
  return breaches
}

const anchorsByFile = new Map<string, ReadonlySet<string>>()

/** Read once: the reference has thousands of links. */
function anchorsOfFile(path: string): ReadonlySet<string> {
  let anchors = anchorsByFile.get(path)
  if (!anchors) {
    anchors = anchorsOf(readSource(path).lines)
    anchorsByFile.set(path, anchors)
  }
  return anchors
}

/** What GitHub makes of headings to link to; of several with one text, the later ones are numbered. */
function anchorsOf(lines: readonly string[]): Set<string> {
  const counts = new Map<string, number>()
  const anchors = new Set<string>()
  for (const line of lines) {
    if (!/^#{1,6} /.test(line)) continue
    const anchor = line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-')
    const before = counts.get(anchor) ?? 0
    counts.set(anchor, before + 1)
    anchors.add(before === 0 ? anchor : `${anchor}-${before}`)
  }
  return anchors
}

const namedPath =
  /(?<![\w/.-])((?:packages|tools|bench|docs|conformance|examples)\/[\w./-]+\.(?:ts|js|md|json))\b/g

/** Files that a comment, a text or a command names by their path from the root, and that are not there. */
export function pathBreaches(source: Source): string[] {
  return Array.from(source.text.matchAll(namedPath), match => match[1]!)
    .filter(path => !exists(path))
    .map(path => `${source.path}: names ${path}, which is not there`)
}
