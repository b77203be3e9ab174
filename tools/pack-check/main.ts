// Packs every publishable package, installs the tarballs into an empty folder and uses them there, on each runtime: `npm run pack:check [-- node bun …]`.
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { TestAuthority } from '../../packages/testkit/src/certificates.ts'
import { cleanEnvironment } from '../node-lines.ts'
import { packAll } from '../packing.ts'
import { clientAlone, type Part, parts, programs, server, typed } from './programs.ts'
import { installRuntimes, type Runtime } from './runtimes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const environment = cleanEnvironment()

/** For one program on one runtime. */
const programTimeoutMs = 60_000

function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, {
    cwd,
    env: environment,
    timeout: 120_000,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

function project(parent: string, name: string, files: Readonly<Record<string, string>>): string {
  const directory = join(parent, name)
  mkdirSync(directory)
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }))
  for (const [path, text] of Object.entries(files)) writeFileSync(join(directory, path), text)
  return directory
}

/** What users import: every door of every package that is packed, as its manifest has it. */
function doorsOf(tarballs: readonly string[], directory: string): string[] {
  return tarballs.flatMap(tarball => {
    const name = /(?:millrace-)?([a-z]+)-\d/.exec(tarball)![1]!
    const full = name === 'millrace' ? name : `@millrace/${name}`
    const manifest = JSON.parse(
      readFileSync(join(directory, 'node_modules', full, 'package.json'), 'utf8'),
    ) as { readonly exports: Readonly<Record<string, unknown>> }
    return Object.keys(manifest.exports)
      .filter(door => !door.includes('*'))
      .map(door => full + door.slice(1))
  })
}

interface Endpoints {
  readonly plain: string
  readonly tls: string
}

/** Starts the broker that clients are checked with, in a process of its own. */
async function startServer(
  directory: string,
  variables: Readonly<Record<string, string>>,
): Promise<Endpoints & { readonly child: ChildProcess }> {
  const child = spawn(join(root, 'node_modules/.bin/node'), ['server.js'], {
    cwd: directory,
    env: { ...environment, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface(child.stdout)) {
    const endpoints = JSON.parse(line) as readonly { readonly name: string; readonly port: number }[]
    const addressOf = (wanted: string) => `127.0.0.1:${endpoints.find(({ name }) => name === wanted)!.port}`
    return { child, plain: addressOf('PLAINTEXT'), tls: addressOf('SASL_SSL') }
  }
  throw new Error('the broker for the checks did not start')
}

/** Runs the program of a part. Returns what went wrong. */
async function check(
  runtime: Runtime,
  part: Part,
  directory: string,
  variables: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const { file, args, name } = runtime
  const command = JSON.stringify([...args, join(directory, 'node_modules/millrace/bin/millrace.js')])
  const options = {
    cwd: directory,
    env: { ...environment, ...runtime.environment, ...variables, RUNTIME: name, COMMAND: command },
    timeout: programTimeoutMs,
    killSignal: 'SIGKILL',
  } as const
  try {
    await promisify(execFile)(file, [...args, join(directory, `${part}.js`)], options)
    return undefined
  } catch (error) {
    const { stdout, stderr, killed, message } = error as Error & {
      readonly stdout: string
      readonly stderr: string
      readonly killed: boolean
    }
    const end = killed ? `it did not end within ${programTimeoutMs} ms` : message.split('\n', 1)[0]
    return `${end}\n${stdout}${stderr}`.trim()
  }
}

/** What is wrong of a runtime: what fails, and what is said to be lacking and is not, or is not written down. */
async function checkRuntime(
  runtime: Runtime,
  directory: string,
  variables: Readonly<Record<string, string>>,
): Promise<string[]> {
  const page = readFileSync(join(root, 'docs/runtimes.md'), 'utf8')
  const wrong: string[] = []
  const works: Part[] = []
  const startedAt = performance.now()
  for (const part of parts) {
    const failure = await check(runtime, part, directory, variables)
    const reason = runtime.lacks[part]
    if (failure === undefined) works.push(part)
    if (failure !== undefined && reason === undefined) wrong.push(`${runtime.name}: ${part}: ${failure}`)
    if (failure === undefined && reason !== undefined)
      wrong.push(`${runtime.name}: ${part} works: take it out of "lacks" and of docs/runtimes.md`)
    if (reason !== undefined && !page.includes(reason))
      wrong.push(`${runtime.name}: docs/runtimes.md does not say: ${reason}`)
  }
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  console.log(`${runtime.name}: ${works.join(', ')} (${seconds} s)`)
  return wrong
}

function checkTypes(directory: string): void {
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024']
  const libraries = ['--lib', 'es2024,esnext.disposable', '--types', 'node']
  run(join(root, 'node_modules/.bin/tsc'), [...options, ...libraries, 'typed.ts'], directory)
  console.log('types hold')
}

async function main(temporary: string, wanted: readonly string[]): Promise<string[]> {
  const tarballs = packAll(temporary)
  console.log(`packed ${tarballs.length} packages`)
  const runtimes = installRuntimes(join(temporary, 'runtimes')).filter(
    ({ name }) => wanted.length === 0 || wanted.some(part => name.includes(part)),
  )
  const alone = project(temporary, 'alone', { 'client.js': clientAlone })
  const inClient = tarballs.filter(path => /-(client|protocol|runtime)-\d/.test(path))
  // Who installs is the machine's Node, and not what runs.
  const flags = ['--no-audit', '--no-fund', '--loglevel=error']
  run('npm', ['install', ...flags, ...inClient], alone)
  run(join(root, 'node_modules/.bin/node'), ['client.js'], alone)
  console.log('client alone: ok')
  const files = Object.fromEntries(parts.map(part => [`${part}.js`, programs[part]]))
  const directory = project(temporary, 'application', { ...files, 'server.js': server, 'typed.ts': typed })
  run('npm', ['install', ...flags, ...tarballs, '@types/node@24'], directory)
  checkTypes(directory)
  const authority = new TestAuthority()
  writeFileSync(join(directory, 'ca.pem'), authority.cert)
  const { cert, key } = authority.issue({ subject: [['CN', 'localhost']] })
  const secrets = { CERTIFICATE: cert, KEY: key, CA: join(directory, 'ca.pem') }
  const { child, plain, tls } = await startServer(directory, secrets)
  try {
    const doors = doorsOf(tarballs, directory).join()
    const variables = { ...secrets, BROKER: plain, TLS_BROKER: tls, DOORS: doors }
    const wrong: string[] = []
    const worker = async () => {
      for (let runtime = runtimes.shift(); runtime; runtime = runtimes.shift())
        wrong.push(...(await checkRuntime(runtime, directory, variables)))
    }
    await Promise.all(Array.from({ length: availableParallelism() }, worker))
    return wrong
  } finally {
    child.kill('SIGTERM')
  }
}

const temporary = mkdtempSync(join(tmpdir(), 'millrace-pack-'))
try {
  const wrong = await main(temporary, process.argv.slice(2))
  for (const line of wrong) console.error(`✖ ${line}`)
  process.exitCode = wrong.length === 0 ? 0 : 1
} finally {
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 })
}
