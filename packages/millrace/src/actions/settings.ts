// `name=value` lists of the command line.
import { UsageError } from '../output/errors.ts'

/** Turns `['a=b', …]` into pairs, in their order. `option` is named in the error for an entry without "=". */
export function parsePairs(
  entries: readonly string[],
  option: string,
): (readonly [name: string, value: string])[] {
  return entries.map(entry => {
    const at = entry.indexOf('=')
    if (at < 1) throw new UsageError(`${option} ${JSON.stringify(entry)} is not name=value`)
    return [entry.slice(0, at).trim(), entry.slice(at + 1)]
  })
}

/** The same as an object; of several with one name the last one counts. */
export function parseSettings(entries: readonly string[], option: string): Record<string, string> {
  return Object.fromEntries(parsePairs(entries, option))
}
