// Servers of databases beside a scenario: Debian's, on the loopback interface, with folders of their own that are gone afterwards.
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from './engine.ts'
import { Child, run, type RunOptions } from './process.ts'

export interface DatabaseServer {
  readonly url: string
  readonly stop: () => Promise<void>
}

const startTimeoutMs = 60_000

/** A folder that `user` may write, as long as the server runs. */
interface Home {
  readonly dir: string
  /** A command as that user, where we are root: servers refuse to be that. */
  readonly as: (command: string, args: readonly string[]) => readonly [string, readonly string[]]
}

async function homeOf(user: string, options: RunOptions): Promise<Home> {
  const dir = mkdtempSync(join(tmpdir(), `millrace-${user}-`))
  if (process.getuid?.() !== 0) return { dir, as: (command, args) => [command, args] }
  const idOf = async (flag: string) => Number((await run('id', [flag, user], options)).stdout.trim())
  chownSync(dir, await idOf('-u'), await idOf('-g'))
  chmodSync(dir, 0o700)
  const become = [`--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--']
  return { dir, as: (command, args) => ['setpriv', [...become, command, ...args]] }
}

/** Debian has a folder for each version of PostgreSQL. */
function postgresBinaries(): string {
  const root = '/usr/lib/postgresql'
  const [newest] = readdirSync(root).sort((a, b) => Number(b) - Number(a))
  return join(root, newest!, 'bin')
}

export async function startPostgres(logDir: string): Promise<DatabaseServer> {
  const options = { logFile: join(logDir, 'postgres-init.log'), timeoutMs: startTimeoutMs, cwd: tmpdir() }
  const { dir, as } = await homeOf('postgres', options)
  const bin = postgresBinaries()
  const data = join(dir, 'data')
  const init = ['--pgdata', data, '--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-sync']
  await run(...as(join(bin, 'initdb'), init), options)
  const [port] = await freePorts(1)
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${dir}`,
    'fsync=off',
    'max_connections=200',
  ].flatMap(setting => ['-c', setting])
  const server = await started(
    as(join(bin, 'postgres'), ['-D', data, ...settings]),
    join(logDir, 'postgres.log'),
    /ready to accept connections/,
    dir,
  )
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop: () => stopped(server, dir, 'SIGINT') }
}

export async function startMariadb(logDir: string): Promise<DatabaseServer> {
  const options = { logFile: join(logDir, 'mariadb-init.log'), timeoutMs: startTimeoutMs, cwd: tmpdir() }
  const { dir, as } = await homeOf('mysql', options)
  const data = join(dir, 'data')
  const common = ['--no-defaults', `--datadir=${data}`]
  await run(
    ...as('mariadb-install-db', [...common, '--auth-root-authentication-method=normal', '--skip-test-db']),
    options,
  )
  const [port] = await freePorts(1)
  const flags = [
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(dir, 'mariadb.sock')}`,
    `--pid-file=${join(dir, 'mariadb.pid')}`,
    '--innodb-flush-log-at-trx-commit=0',
    '--max-connections=200',
  ]
  const server = await started(
    as('/usr/sbin/mariadbd', [...common, ...flags]),
    join(logDir, 'mariadb.log'),
    /ready for connections/,
    dir,
  )
  const client = ['--no-defaults', '--user=root', `--socket=${join(dir, 'mariadb.sock')}`]
  const statements =
    "CREATE DATABASE millrace CHARACTER SET utf8mb4; CREATE USER 'millrace'@'%' IDENTIFIED BY 'millrace'; GRANT ALL ON *.* TO 'millrace'@'%'"
  await run(...as('mariadb', [...client, '-e', statements]), options)
  const url = `mysql://millrace:millrace@127.0.0.1:${port}/millrace`
  return { url, stop: () => stopped(server, dir, 'SIGTERM') }
}

export async function startRedis(logDir: string): Promise<DatabaseServer> {
  const dir = mkdtempSync(join(tmpdir(), 'millrace-redis-'))
  const [port] = await freePorts(1)
  const flags = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    dir,
    '--save',
    '',
    '--appendonly',
    'no',
  ]
  const server = await started(
    ['redis-server', flags],
    join(logDir, 'redis.log'),
    /Ready to accept connections/i,
    dir,
  )
  return { url: `redis://127.0.0.1:${port}`, stop: () => stopped(server, dir, 'SIGTERM') }
}

async function started(
  [command, args]: readonly [string, readonly string[]],
  logFile: string,
  ready: RegExp,
  dir: string,
): Promise<Child> {
  mkdirSync(join(logFile, '..'), { recursive: true })
  const server = new Child(command, args, { logFile, cwd: tmpdir() })
  server.stdin.end()
  try {
    await server.waitFor(ready, startTimeoutMs)
    return server
  } catch (error) {
    await stopped(server, dir, 'SIGKILL')
    throw error
  }
}

async function stopped(server: Child, dir: string, signal: NodeJS.Signals): Promise<void> {
  await server.stop(15_000, signal)
  if (existsSync(dir)) rmSync(dir, { recursive: true, force: true })
}
