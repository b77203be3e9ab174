// Installs the peers of the client from npm into .cache/bench, apart from the product's own dependencies.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { repositoryDir } from '../../conformance/harness/paths.ts'
import { benchDir } from './sides.ts'

const peers: Readonly<Record<string, string>> = {
  kafkajs: '2.2.4',
  '@platformatic/kafka': '2.12.1',
  nats: '2.29.3',
}
const native: Readonly<Record<string, string>> = { 'node-rdkafka': '3.6.1' }

function installInto(
  directory: string,
  dependencies: Readonly<Record<string, string>>,
  timeoutMs: number,
): void {
  const complete = join(directory, '.complete')
  const wanted = JSON.stringify(dependencies)
  if (existsSync(complete) && readFileSync(complete, 'utf8') === wanted) return
  mkdirSync(directory, { recursive: true })
  writeFileSync(
    join(directory, 'package.json'),
    JSON.stringify({ name: 'bench-peers', private: true, dependencies }),
  )
  const { NODE_OPTIONS: _, ...env } = process.env
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--workspaces=false'], {
    cwd: directory,
    env,
    timeout: timeoutMs,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  writeFileSync(complete, wanted)
}

/** Folder with KafkaJS, @platformatic/kafka and the client of NATS. */
export function installPeers(): string {
  const directory = join(benchDir, 'peers')
  console.log(`installing ${Object.keys(peers).join(', ')} from npm (once)`)
  installInto(directory, peers, 180_000)
  return directory
}

export interface NativePeer {
  readonly directory: string
  /** The Node that the add-on was built for. */
  readonly node: string
  /** The program as plain JavaScript: that Node may be too old to run TypeScript. */
  readonly program: string
}

/** node-rdkafka, or undefined where it does not build. It compiles librdkafka: minutes, once. */
export function installNative(): NativePeer | undefined {
  const directory = join(benchDir, 'peers-native')
  // The add-on wants the headers of the Node that runs it; the machine's own Node has them, the one from npm has not.
  const node = '/usr/bin/node'
  if (!existsSync(node)) return undefined
  console.log('building node-rdkafka (once, takes minutes)')
  try {
    installInto(directory, native, 900_000)
    for (const name of ['measure', 'rdkafka']) {
      const source = readFileSync(join(repositoryDir, 'bench', 'clients', `${name}.ts`), 'utf8')
      writeFileSync(
        join(directory, `${name}.mjs`),
        stripTypeScriptTypes(source).replaceAll('./measure.ts', './measure.mjs'),
      )
    }
    return { directory, node, program: join(directory, 'rdkafka.mjs') }
  } catch (error) {
    console.log(`node-rdkafka does not build here: ${(error as Error).message.split('\n')[0]}`)
    return undefined
  }
}
