// The best clients of other languages, built once into .cache/bench: librdkafka and franz-go.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryDir } from '../../conformance/harness/paths.ts'
import { benchDir } from './sides.ts'

/** The npm package that carries the sources of librdkafka 2.15. Nothing of it is installed or run but those. */
const rdkafkaSources = '@confluentinc/kafka-javascript@1.10.1'
const buildTimeoutMs = 900_000

function runQuietly(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): void {
  const { NODE_OPTIONS: _, ...inherited } = process.env
  execFileSync(command, args, {
    cwd,
    env: { ...inherited, ...env },
    timeout: buildTimeoutMs,
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 64 * 2 ** 20,
  })
}

/** Builds into a folder unless it was built from the same before. Undefined, said with the reason, where it does not build. */
function buildOnce(
  name: string,
  from: string,
  program: string,
  build: (directory: string) => void,
): string | undefined {
  const directory = join(benchDir, name)
  const stamp = join(directory, '.complete')
  const path = join(directory, program)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === from) return path
  console.log(`building ${name} (once, takes a minute or two)`)
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  try {
    build(directory)
    writeFileSync(stamp, from)
    return path
  } catch (error) {
    console.log(`${name} does not build here: ${(error as Error).message.split('\n')[0]}`)
    return undefined
  }
}

/** The program in bench/clients/c with librdkafka in it; undefined where there is no C compiler or no make. */
export function installRdkafka(): string | undefined {
  const program = join(repositoryDir, 'bench', 'clients', 'c', 'librdkafka.c')
  const from = `${rdkafkaSources}\n${readFileSync(program, 'utf8')}`
  return buildOnce('librdkafka', from, 'librdkafka', directory => {
    runQuietly('npm', ['pack', '--silent', rdkafkaSources], directory)
    const archive = readdirSync(directory).find(file => file.endsWith('.tgz'))
    if (archive === undefined) throw new Error('npm pack left no archive')
    runQuietly('tar', ['xzf', archive], directory)
    const root = join(directory, 'package', 'deps', 'librdkafka')
    runQuietly('bash', ['./configure', '--disable-ssl', '--disable-gssapi', '--disable-curl'], root)
    const sources = join(root, 'src')
    runQuietly('make', ['-j2', 'librdkafka.a'], sources)
    const libraries = /^LIBS\+?=\s*(.*)$/m.exec(readFileSync(join(root, 'Makefile.config'), 'utf8'))
    const link = libraries?.[1]?.split(/\s+/).filter(flag => flag !== '') ?? []
    const output = join(directory, 'librdkafka')
    runQuietly(
      'cc',
      ['-O2', `-I${sources}`, program, join(sources, 'librdkafka.a'), '-o', output, ...link],
      root,
    )
  })
}

/** The program in bench/clients/go; undefined where Go is missing. */
export function installFranzGo(): string | undefined {
  const sources = join(repositoryDir, 'bench', 'clients', 'go')
  const from = ['go.mod', 'latency.go', 'main.go']
    .map(file => readFileSync(join(sources, file), 'utf8'))
    .join('\n')
  return buildOnce('franz-go', from, 'franz-go', directory => {
    const env = { GOFLAGS: '-buildvcs=false', GOTOOLCHAIN: 'local' }
    runQuietly('go', ['build', '-trimpath', '-o', join(directory, 'franz-go'), '.'], sources, env)
  })
}
