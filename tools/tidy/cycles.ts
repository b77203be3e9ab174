// Finds circular imports: modules that need each other's values, at once or on first use, and files that know each other by types only.
import { dirname, join } from 'node:path/posix'
import { ratchet, ratchetPath } from './ratchet.ts'
import { importsOf, type Source, valueImportsOf, workspaceOf } from './sources.ts'

type Graph = ReadonlyMap<string, readonly string[]>

/**
 * Groups of modules that import each other in a circle, as one readable line each. Imports of types do not count: they are gone
 * when the program runs. `import()` does: what is loaded on first use needs its importer all the same.
 */
export function circularImports(sources: readonly Source[]): string[] {
  return circles(graphOf(sources, valueImportsOf)).map(
    circle => `circular import: ${[...circle, circle[0]].join(' → ')}`,
  )
}

function graphOf(sources: readonly Source[], imports: (source: Source) => readonly string[]): Graph {
  const paths = new Set(sources.map(({ path }) => path))
  return new Map(
    sources.map(source => [
      source.path,
      imports(source)
        .filter(specifier => specifier.startsWith('.'))
        .map(specifier => join(dirname(source.path), specifier))
        .filter(target => paths.has(target)),
    ]),
  )
}

/** One circle for every import that leads back to a module from which the walk came. */
function circles(graph: Graph): string[][] {
  const found: string[][] = []
  const finished = new Set<string>()
  const trail: string[] = []
  const walk = (path: string) => {
    const start = trail.indexOf(path)
    if (start >= 0) {
      found.push(trail.slice(start))
      return
    }
    if (finished.has(path)) return
    trail.push(path)
    for (const target of graph.get(path) ?? []) walk(target)
    trail.pop()
    finished.add(path)
  }
  for (const path of graph.keys()) walk(path)
  return found
}

/**
 * Files that cannot be understood one without the other, because they import each other in circles if types count too. Each workspace has as
 * many of them as `listed` says, and may only get fewer.
 */
export function entanglementBreaches(
  sources: readonly Source[],
  listed: Readonly<Record<string, number>> = ratchet.filesInCircles,
): string[] {
  const knots = Map.groupBy(knotsOf(graphOf(sources, importsOf)), knot => workspaceOf(knot[0]!))
  const breaches: string[] = []
  for (const workspace of new Set([...knots.keys(), ...Object.keys(listed)])) {
    const found = knots.get(workspace) ?? []
    const count = found.flat().length
    const limit = listed[workspace] ?? 0
    if (count > limit) {
      const names = found.map(knot => `  ${knot.join(', ')}`).join('\n')
      breaches.push(
        `${workspace}: ${count} files import each other in circles, there were ${limit}:\n${names}`,
      )
    } else if (count < limit) {
      breaches.push(`${workspace}: only ${count} files are in circles now: write that into ${ratchetPath}`)
    }
  }
  return breaches
}

/** Largest groups of files each of which leads to every other (Tarjan's strongly connected components), those of one file left out. */
function knotsOf(graph: Graph): string[][] {
  const knots: string[][] = []
  const order = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const visit = (path: string): number => {
    const index = order.size
    order.set(path, index)
    stack.push(path)
    onStack.add(path)
    let low = index
    for (const target of graph.get(path) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target))
      else if (onStack.has(target)) low = Math.min(low, order.get(target)!)
    }
    if (low === index) {
      const knot = stack.splice(stack.indexOf(path))
      for (const member of knot) onStack.delete(member)
      if (knot.length > 1) knots.push(knot.toSorted())
    }
    return low
  }
  for (const path of graph.keys()) if (!order.has(path)) visit(path)
  return knots
}
