// Files that settings name: certificates, keys, tokens.
import { readFileSync } from 'node:fs'
import { ConfigError } from '../errors/index.ts'

/** Throws ConfigError that says which setting names a file that cannot be read. */
export function readKeyFile(setting: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new ConfigError(`${setting}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}
