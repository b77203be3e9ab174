// The readers of the docs: one has a checkout and the Node that it pins, the other has installed the packages on an older line.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cleanEnvironment, nodeLines, nodeOfLine, pinnedNode } from '../node-lines.ts'
import { packAll } from '../packing.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where what the snippets need and make is kept. */
export const cache = join(root, '.cache/snippets')

/** What pages use beside the packages, as the checkout has it. */
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>
}
const libraries = ['zod'].map(name => `${name}@${devDependencies[name]}`)

export interface Reader {
  readonly name: string
  /** Below it, programs find the packages. */
  readonly directory: string
  /** With its `node`, `millrace` and `npx` first in the path. */
  readonly environment: NodeJS.ProcessEnv
  /** Starts the broker: a program and its first argument. */
  readonly broker: readonly [node: string, entry: string]
}

/** Packs and installs what they need. */
export function readers(): Reader[] {
  rmSync(cache, { recursive: true, force: true })
  return nodeLines.map(version => (version === pinnedNode ? inCheckout() : withPackages(version)))
}

/** Everything as in the README: sources as they are, commands by the real npx. The directory lies in the checkout. */
export function inCheckout(directory = join(cache, 'checkout')): Reader {
  const broker = [nodeOfLine(pinnedNode), join(root, 'packages/millrace/bin/millrace.js')] as const
  return {
    name: `Node ${pinnedNode}, checkout`,
    directory,
    environment: {
      ...environmentWith(join(directory, 'bin'), broker),
      NODE_OPTIONS: '--conditions=@millrace/source',
    },
    broker,
  }
}

function withPackages(version: string): Reader {
  const directory = join(cache, `installed-${version}`)
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'package.json'), '{ "name": "reader", "private": true, "type": "module" }')
  const options = ['install', '--no-save', '--no-audit', '--no-fund']
  execFileSync('npm', [...options, ...packAll(directory), ...libraries], {
    cwd: directory,
    env: cleanEnvironment(),
    timeout: 120_000,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const broker = [nodeOfLine(version), join(directory, 'node_modules/millrace/bin/millrace.js')] as const
  const environment = environmentWith(join(directory, 'bin'), broker, { npx: 'exec "$@"' })
  return { name: `Node ${version}, packages`, directory, environment, broker }
}

function environmentWith(
  bin: string,
  [node, entry]: Reader['broker'],
  others: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  mkdirSync(bin, { recursive: true })
  const scripts = { node: `exec "${node}" "$@"`, millrace: `exec "${node}" "${entry}" "$@"`, ...others }
  for (const [name, line] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const environment = cleanEnvironment()
  return { ...environment, CHECKOUT: root, PATH: `${bin}:${environment['PATH'] ?? ''}` }
}
