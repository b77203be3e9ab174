// Where conformance keeps things: everything downloaded, built or written lies under .cache/conformance.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repositoryDir = fileURLToPath(new URL('../../', import.meta.url))
export const conformanceDir = join(repositoryDir, 'conformance')
export const programsDir = join(conformanceDir, 'programs')
export const cacheDir = join(repositoryDir, '.cache', 'conformance')

const keptRuns = 3

/** A new folder for this run's logs and data; the folders of all but the last runs are removed, unless they still run. */
export function makeRunDir(startedAt: Date): string {
  const runs = join(cacheDir, 'runs')
  mkdirSync(runs, { recursive: true })
  const older = readdirSync(runs).sort().reverse().slice(keptRuns).filter(isOver)
  for (const name of older) rmSync(join(runs, name), { recursive: true, force: true })
  const dir = join(runs, `${startedAt.toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}`)
  mkdirSync(dir, { recursive: true })
  return dir
}

/** Whether the run that a folder belongs to has ended: folders are named by time and process. */
function isOver(name: string): boolean {
  try {
    process.kill(Number(name.split('-').at(-1)), 0)
    return false
  } catch {
    return true
  }
}

/** Every file under a folder, as paths from it, in order. */
export function filesUnder(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter(name => statSync(join(dir, name)).isFile())
    .sort()
}

/** SHA-256 over the names and contents of files and folders: tells whether something built from them is still fresh. */
export function digest(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) {
    const files = statSync(path).isDirectory() ? filesUnder(path).map(name => join(path, name)) : [path]
    for (const file of files) hash.update(`${file}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}
