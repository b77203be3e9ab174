// Finds circular imports within the packages: modules that need each other's values, at once or on first use.
import { dirname, join } from 'node:path/posix'
import { type Source, valueImportsOf } from './sources.ts'

/**
 * Groups of modules that import each other in a circle, as one readable line each. Imports of types do not count: they are gone
 * when the program runs. `import()` does: what is loaded on first use needs its importer all the same.
 */
export function circularImports(sources: readonly Source[]): string[] {
  const paths = new Set(sources.map(({ path }) => path))
  const graph = new Map(
    sources.map(source => [
      source.path,
      valueImportsOf(source)
        .filter(specifier => specifier.startsWith('.'))
        .map(specifier => join(dirname(source.path), specifier))
        .filter(target => paths.has(target)),
    ]),
  )
  return circles(graph).map(circle => `circular import: ${[...circle, circle[0]].join(' → ')}`)
}

/** One circle for every import that leads back to a module from which the walk came. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
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
