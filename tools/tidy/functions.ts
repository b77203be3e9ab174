// Finds functions that have grown too long. Those of the day this began are listed with their length, and may only shrink.
import { basename } from 'node:path/posix'
import { parseSync } from 'oxc-parser'
import { ratchet, ratchetPath } from './ratchet.ts'
import { type Source, workspaceOf } from './sources.ts'

/** Hand-written functions do not grow past this many lines. */
export const functionLinesMax = 70

interface LongFunction {
  /** Where it lives, so that a file may move to another folder: workspace, file and name. */
  readonly key: string
  readonly place: string
  readonly lines: number
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly id?: { readonly name?: string } | null
  readonly key?: { readonly name?: string }
}

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

/** Functions of more than `functionLinesMax` lines, those within others included. Throws for a file that does not parse. */
export function longFunctions(source: Source): LongFunction[] {
  if (source.lines.length <= functionLinesMax) return []
  const { program, errors } = parseSync(source.path, source.text)
  if (errors.length > 0) throw new Error(`${source.path}: ${errors[0]!.message}`)
  const lineOf = lineFinder(source.text)
  const found: LongFunction[] = []
  const visit = (value: unknown, name: string): void => {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const item of value) visit(item, name)
      return
    }
    const node = value as Node
    const own = node.key?.name ?? node.id?.name ?? name
    if (functionTypes.has(node.type)) {
      const line = lineOf(node.start)
      const lines = lineOf(node.end) - line + 1
      if (lines > functionLinesMax) {
        const key = `${workspaceOf(source.path)}: ${basename(source.path)} ${own}`
        found.push({ key, place: `${source.path}:${line}: ${own}`, lines })
      }
    }
    for (const child of Object.values(node)) visit(child, own)
  }
  visit(program, 'a function')
  return found
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return offset => {
    let low = 0
    let high = starts.length
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}

/** Functions that are too long and not listed, or longer than listed; and entries of the list that say too much. */
export function functionBreaches(
  sources: readonly Source[],
  listed: Readonly<Record<string, number>> = ratchet.functionLines,
): string[] {
  const breaches: string[] = []
  const seen = new Set<string>()
  for (const { key, place, lines } of sources.flatMap(longFunctions)) {
    seen.add(key)
    const limit = listed[key]
    if (limit === undefined)
      breaches.push(`${place}: ${lines} lines; ${functionLinesMax} are the most: divide it`)
    else if (lines > limit) breaches.push(`${place}: ${lines} lines; it had ${limit}, and may only shrink`)
    else if (lines < limit) breaches.push(`${place}: ${lines} lines now: write that into ${ratchetPath}`)
  }
  for (const key of Object.keys(listed)) {
    if (!seen.has(key)) breaches.push(`"${key}" is short enough or gone: take it out of ${ratchetPath}`)
  }
  return breaches
}
