// Writes the dashboards of this package from their definitions; `--check` only says whether they are what is written.
import { readFileSync, writeFileSync } from 'node:fs'
import { groups } from './groups.ts'
import { services } from './services.ts'

/** Files of the package, with what belongs in them. */
export function generated(): ReadonlyMap<URL, string> {
  const file = (name: string) => new URL(`../dashboards/${name}.json`, import.meta.url)
  return new Map(
    Object.entries({ services, groups }).map(([name, board]) => [
      file(name),
      `${JSON.stringify(board, null, 2)}\n`,
    ]),
  )
}

if (import.meta.main) {
  const stale = [...generated()].filter(([path, text]) => {
    try {
      return readFileSync(path, 'utf8') !== text
    } catch {
      return true
    }
  })
  if (process.argv.includes('--check')) {
    for (const [path] of stale)
      console.error(`${path.pathname} is not what its definition says: run this without --check`)
    process.exitCode = stale.length > 0 ? 1 : 0
  } else for (const [path, text] of stale) writeFileSync(path, text)
}
