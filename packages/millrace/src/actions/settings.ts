// `name=value` lists of the command line.
import { UsageError } from '../output/errors.ts'

/** Turns `['a=b', …]` into an object. `option` is named in the error for an entry without "=". */
export function parseSettings(entries: readonly string[], option: string): Record<string, string> {
  const settings: Record<string, string> = {}
  for (const entry of entries) {
    const at = entry.indexOf('=')
    if (at < 1) throw new UsageError(`${option} ${JSON.stringify(entry)} is not name=value`)
    settings[entry.slice(0, at).trim()] = entry.slice(at + 1)
  }
  return settings
}
