// Redis and NATS under measurement: servers that this machine may have, each a process with a fresh folder.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../conformance/harness/engine.ts'
import { Child } from '../../conformance/harness/process.ts'
import { benchDir } from './sides.ts'

const startTimeoutMs = 20_000
const buildTimeoutMs = 600_000

/** The first release of NATS that can sync before it acknowledges is 2.10, and Debian has 2.9. */
const natsModule = 'github.com/nats-io/nats-server/v2@v2.10.29'

export interface RunningServer {
  /** `host:port`. */
  readonly address: string
  readonly pid: number
}

function versionOf(command: string): string | undefined {
  try {
    return execFileSync(command, ['--version'], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

/** `redis-server`, or undefined where there is none. */
export function findRedis(): string | undefined {
  if (versionOf('redis-server') !== undefined) return 'redis-server'
  console.log('no redis-server here (Debian: apt-get install redis-server): Redis is left out')
  return undefined
}

/** A NATS server that can sync, built with Go from its module (once), or undefined where that does not work. */
export function findNats(): string | undefined {
  const directory = join(benchDir, 'nats')
  const command = join(directory, 'nats-server')
  if (existsSync(command)) return command
  console.log('building nats-server (once, takes a minute)')
  try {
    execFileSync('go', ['install', natsModule], {
      env: { ...process.env, GOBIN: directory, GOTOOLCHAIN: 'local' },
      timeout: buildTimeoutMs,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return command
  } catch (error) {
    console.log(
      `nats-server does not build here, NATS is left out: ${(error as Error).message.split('\n')[0]}`,
    )
    return undefined
  }
}

async function withServer<T>(
  name: string,
  start: (directory: string, port: number) => [command: string, args: readonly string[], ready: RegExp],
  work: (server: RunningServer) => Promise<T>,
): Promise<T> {
  mkdirSync(benchDir, { recursive: true })
  const directory = mkdtempSync(join(benchDir, `${name}-`))
  const [port] = await freePorts(1)
  const [command, args, ready] = start(directory, port!)
  const child = new Child(command, args, { logFile: join(directory, 'server.log') })
  try {
    child.stdin.end()
    await child.waitFor(ready, startTimeoutMs)
    return await work({ address: `127.0.0.1:${port}`, pid: child.pid })
  } finally {
    await child.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Redis with an append-only file, synced before each answer or every second. */
export function withRedis<T>(
  command: string,
  sync: boolean,
  work: (server: RunningServer) => Promise<T>,
): Promise<T> {
  return withServer(
    'redis',
    (directory, port) => {
      const settings = {
        port: `${port}`,
        bind: '127.0.0.1',
        dir: directory,
        save: '',
        appendonly: 'yes',
        appendfsync: sync ? 'always' : 'everysec',
      }
      const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
      return [command, args, /Ready to accept connections/]
    },
    work,
  )
}

/** NATS with JetStream on disk, synced before each answer or every two minutes, its default. */
export function withNats<T>(
  command: string,
  sync: boolean,
  work: (server: RunningServer) => Promise<T>,
): Promise<T> {
  return withServer(
    'nats',
    (directory, port) => {
      const file = join(directory, 'nats.conf')
      const interval = sync ? 'always' : '2m'
      writeFileSync(
        file,
        `host: 127.0.0.1\nport: ${port}\njetstream { store_dir: "${directory}/data", sync_interval: ${interval} }\n`,
      )
      return [command, ['-c', file], /Server is ready/]
    },
    work,
  )
}
