// The Node lines that are supported, and a clean environment for programs that run on them.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The newest release of each line that is supported, as npm's package `node` has it. */
export const nodeLines = ['22.23.3', '24.21.0'] as const

/** The line that this checkout pins. */
export const pinnedNode = nodeLines[1]

/** The environment without what npm adds to it for a script of this workspace: a program of somebody else has none of that. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env }
  for (const name of Object.keys(environment)) {
    if (name === 'NODE_OPTIONS' || name === 'INIT_CWD' || /^npm_/i.test(name)) delete environment[name]
  }
  return environment
}

/** Path of that Node; the pinned one is in node_modules, another is installed into `.cache/` once. */
export function nodeOfLine(version: string): string {
  if (version === pinnedNode) return join(root, 'node_modules/node/bin/node')
  const directory = join(root, '.cache', `node-${version}`)
  const node = join(directory, 'node_modules/node/bin/node')
  if (existsSync(node)) return node
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'package.json'), '{ "private": true }')
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', `node@${version}`], {
    cwd: directory,
    env: cleanEnvironment(),
    timeout: 120_000,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return node
}
