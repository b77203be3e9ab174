// Habits of the house that a machine can see: file purpose lines, file sizes, forbidden words, links that lead somewhere.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { fileURLToPath } from 'node:url'
import { root, type Source } from './sources.ts'

/** Hand-written source files do not grow past this many lines. */
export const sourceLinesMax = 500

const bannedWords: readonly [RegExp, string][] = [
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'finish it, or write it down in a document'],
  [/@ts-(ignore|nocheck)\b/, 'mend the type'],
  [/\b(it|test|describe)\.(only|skip|todo)\(/, 'a test runs or does not exist'],
]

/** Every hand-written TypeScript file outside tests says in its first line what it is for. */
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

/** Relative links of a Markdown file that lead nowhere. */
export function linkBreaches(source: Source): string[] {
  const breaches: string[] = []
  for (const match of source.text.matchAll(/\]\(([^)\s]+)\)/g)) {
    const target = match[1]!.split('#')[0]!
    if (target === '' || /^[a-z]+:/.test(target)) continue
    const path = join(dirname(source.path), target)
    if (!existsSync(fileURLToPath(new URL(path, root))))
      breaches.push(`${source.path}: link to ${target} leads nowhere`)
  }
  return breaches
}
