// Files that settings name: certificates, keys, tokens.
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { ConfigError } from '../errors/index.ts'

/** Throws ConfigError that says which setting names a file that cannot be read. */
export function readKeyFile(setting: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new ConfigError(`${setting}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** The token in a file, which something else renews (Kubernetes does). Throws the system's error. */
export async function readTokenFile(url: URL): Promise<string> {
  return (await readFile(url, 'utf8')).trim()
}
