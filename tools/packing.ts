// Packs what is published, as npm would: built, with the files that it names.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cleanEnvironment } from './node-lines.ts'

const packages = fileURLToPath(new URL('../packages', import.meta.url))

/** Paths of the tarballs of every package that is not private, made in that directory. */
export function packAll(into: string): string[] {
  for (const name of readdirSync(packages)) {
    const cwd = join(packages, name)
    const manifest = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as { private?: boolean }
    if (manifest.private) continue
    execFileSync('npm', ['pack', '--silent', '--pack-destination', into], {
      cwd,
      env: cleanEnvironment(),
      timeout: 300_000,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  return readdirSync(into)
    .filter(name => name.endsWith('.tgz'))
    .map(name => join(into, name))
}
