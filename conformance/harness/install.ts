// Foreign clients and Apache Kafka itself, fetched from package registries once and built into .cache/conformance.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir, conformanceDir, digest, filesUnder, programsDir } from './paths.ts'
import { run } from './process.ts'

/** Clients and programs that are built on, or run beside, Apache Kafka's own jars. */
export type ForeignProgram =
  | 'java'
  | 'kcat'
  | 'chromium'
  | 'postgresql'
  | 'mariadb'
  | 'redis'
  | 'prometheus'
  | 'go'
  | 'confluent-go'
  | 'python'
  | 'node'
export type Install = 'kafka' | ForeignProgram

const kafkaDir = join(conformanceDir, 'harness', 'kafka')
const minutes = (count: number): number => count * 60_000
const logFile = (name: string): string => join(cacheDir, 'install', `${name}.log`)

/** Class path of Apache Kafka with its dependencies; Java expands the star. */
export const kafkaLibs = join(cacheDir, 'kafka', 'libs', '*')
/** The same with our own Java programs in front. */
export const programLibs = `${join(cacheDir, 'java')}:${kafkaLibs}`
export const goProgram = (name: string): string => join(cacheDir, 'go', name)
export const confluentGoProgram = join(cacheDir, 'confluent-go', 'conformance')
export const python = join(cacheDir, 'python', 'bin', 'python')
export const nodeProgram = (name: string): string => join(cacheDir, 'node', name)

// A scenario needs Apache Kafka's jars whatever else it needs: its tools make topics and read logs.
const makers: Readonly<Record<Install, () => Promise<void>>> = {
  kafka: () =>
    fresh('kafka', [join(kafkaDir, 'pom.xml')], 'Apache Kafka 4.3.1 from Maven Central', async dir => {
      const args = ['-q', '-B', '-f', join(kafkaDir, 'pom.xml'), 'dependency:copy-dependencies']
      await run('mvn', [...args, `-DoutputDirectory=${join(dir, 'libs')}`], {
        logFile: logFile('kafka'),
        timeoutMs: minutes(8),
      })
    }),
  java: () =>
    fresh('java', [join(programsDir, 'java')], 'compiling the Java programs', async dir => {
      const sources = filesUnder(join(programsDir, 'java')).map(name => join(programsDir, 'java', name))
      await run('javac', ['-nowarn', '-d', dir, '-cp', kafkaLibs, ...sources], {
        logFile: logFile('java'),
        timeoutMs: minutes(3),
      })
    }),
  kcat: () => installDebian('kcat', ['kcat', '-V']),
  chromium: () => installDebian('chromium', ['chromium', '--version']),
  // Debian has a folder for each version of the server, and none of them on the path.
  postgresql: () => installDebian('postgresql', ['sh', '-c', 'ls /usr/lib/postgresql/*/bin/postgres']),
  mariadb: () => installDebian('mariadb-server', ['/usr/sbin/mariadbd', '--version']),
  redis: () => installDebian('redis-server', ['redis-server', '--version']),
  prometheus: () => installDebian('prometheus', ['prometheus', '--version']),
  go: () =>
    fresh('go', [join(programsDir, 'go')], 'building sarama, kafka-go and franz-go programs', dir =>
      buildGo(join(programsDir, 'go'), dir, './...'),
    ),
  'confluent-go': () =>
    fresh(
      'confluent-go',
      [join(programsDir, 'confluent-go')],
      'building the confluent-kafka-go program',
      dir => buildGo(join(programsDir, 'confluent-go'), dir, '.'),
    ),
  python: () =>
    fresh(
      'python',
      [join(programsDir, 'python', 'requirements.txt')],
      'confluent-kafka from PyPI',
      async dir => {
        const options = { logFile: logFile('python'), timeoutMs: minutes(5) }
        await run('python3', ['-m', 'venv', dir], options)
        const requirements = join(programsDir, 'python', 'requirements.txt')
        await run(
          join(dir, 'bin', 'python'),
          ['-m', 'pip', 'install', '--quiet', '-r', requirements],
          options,
        )
      },
      'in place',
    ),
  node: () =>
    fresh('node', [join(programsDir, 'node')], 'KafkaJS and @platformatic/kafka from npm', async dir => {
      const options = { cwd: dir, logFile: logFile('node'), timeoutMs: minutes(5) }
      for (const name of filesUnder(join(programsDir, 'node')))
        writeFileSync(join(dir, name), readFileSync(join(programsDir, 'node', name)))
      await run('npm', ['ci', '--no-audit', '--no-fund', '--workspaces=false'], options)
    }),
}

const started = new Map<Install, Promise<void>>()

/** Makes a tool or client available; does nothing when it is there and what it was built from has not changed. */
export function install(name: Install): Promise<void> {
  let making = started.get(name)
  if (making === undefined) {
    mkdirSync(join(cacheDir, 'install'), { recursive: true })
    making = name === 'kafka' ? makers.kafka() : install('kafka').then(makers[name])
    started.set(name, making)
  }
  return making
}

/** Builds a folder of the cache unless its stamp says that it was built from the same inputs. */
async function fresh(
  name: Install,
  inputs: readonly string[],
  what: string,
  build: (dir: string) => Promise<void>,
  where: 'aside' | 'in place' = 'aside',
): Promise<void> {
  const dir = join(cacheDir, name)
  const stamp = join(dir, '.built-from')
  const wanted = digest(inputs)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    console.log(`  ready    ${name}`)
    return
  }
  console.log(`  install  ${name}: ${what} (log: ${logFile(name)})`)
  const startedAt = Date.now()
  // Built aside and renamed, so that an interrupted build is never taken for a whole one; a Python environment knows its own path.
  const target = where === 'aside' ? `${dir}.new` : dir
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  await build(target)
  writeFileSync(join(target, '.built-from'), wanted)
  if (where === 'aside') {
    rmSync(dir, { recursive: true, force: true })
    renameSync(target, dir)
  }
  console.log(`  install  ${name}: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}

async function buildGo(sources: string, dir: string, packages: string): Promise<void> {
  const name = sources.endsWith('confluent-go') ? 'confluent-go' : 'go'
  await run('go', ['build', '-trimpath', '-o', `${dir}/`, packages], {
    cwd: sources,
    // A work tree without history must build too, and nothing here needs a newer toolchain than the machine's.
    env: { GOFLAGS: '-buildvcs=false', GOTOOLCHAIN: 'local' },
    logFile: logFile(name),
    timeoutMs: minutes(10),
  })
}

/** A package of Debian's; `probe` is a command that is there when it is. */
async function installDebian(name: string, probe: readonly string[]): Promise<void> {
  // Packages of servers ask nothing, and start none where they can be kept from it: scenarios start their own.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const options = { logFile: logFile(name), timeoutMs: minutes(5), env }
  const [command, ...flags] = probe
  const found = await run(command!, flags, { ...options, codes: [0, 1, 2, 127] })
  if (found.code === 0) {
    console.log(`  ready    ${name}`)
    return
  }
  console.log(`  install  ${name}: from Debian's packages (log: ${logFile(name)})`)
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', name],
  ]) {
    const [program, ...rest] = [...sudo, 'apt-get', ...args]
    await run(program!, rest, options)
  }
}
