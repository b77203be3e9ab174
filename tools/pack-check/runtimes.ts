// The runtimes that packages are checked on, as npm carries them: binaries for each platform, with nothing to download beside.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanEnvironment, nodeLines } from '../node-lines.ts'
import type { Part } from './programs.ts'

export interface Runtime {
  /** `node-24.21.0`. */
  readonly name: string
  readonly file: string
  /** What stands before the path of a program. */
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** What does not work there, with the reason, which docs/runtimes.md has in the same words. */
  readonly lacks: Readonly<Partial<Record<Part, string>>>
}

/** Not yet what a checkout is developed on, but what its packages run on. */
const newestNode = '26.10.0'
const bunVersion = '1.4.5'
const denoVersion = '2.9.6'

interface Source {
  readonly name: string
  /** What npm installs it from. */
  readonly package: string
  readonly version: string
  /** Path within the package. */
  readonly binary: string
  readonly args: readonly string[]
  readonly lacks: Runtime['lacks']
}

const { platform } = process
const isArm = process.arch === 'arm64'

function sources(): Source[] {
  const nodes = [...nodeLines, newestNode].map(version => ({
    name: `node-${version}`,
    package: `node-${platform}-${process.arch}`,
    version,
    binary: 'bin/node',
    args: [],
    lacks: {},
  }))
  const bun = {
    name: `bun-${bunVersion}`,
    package: `@oven/bun-${platform}-${isArm ? 'aarch64' : 'x64'}`,
    version: bunVersion,
    binary: 'bin/bun',
    args: ['run'],
    lacks: {},
  }
  const deno = {
    name: `deno-${denoVersion}`,
    package: `@deno/${platform}-${process.arch}${platform === 'linux' ? '-glibc' : ''}`,
    version: denoVersion,
    binary: 'deno',
    // Modules are those that npm has installed, and none is looked for elsewhere.
    args: ['run', '--allow-all', '--quiet', '--no-lock', '--node-modules-dir=manual', '--cached-only'],
    lacks: {},
  }
  return [...nodes, bun, deno]
}

/** Installs all of them into `directory`, side by side. */
export function installRuntimes(directory: string): Runtime[] {
  const all = sources()
  mkdirSync(directory)
  writeFileSync(join(directory, 'package.json'), '{ "private": true }')
  const packages = all.map(each => `${each.name}@npm:${each.package}@${each.version}`)
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    cwd: directory,
    env: cleanEnvironment(),
    timeout: 120_000,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return all.map(({ name, binary, args, lacks }) => ({
    name,
    file: join(directory, 'node_modules', name, binary),
    args,
    lacks,
    environment: { DENO_DIR: join(directory, 'deno'), DENO_NO_UPDATE_CHECK: '1' },
  }))
}
