// Apache Kafka for the scripts that compare one part with it: one KRaft node out of a given class path, in a folder of its own.
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from './engine.ts'
import { brokerJava, toolJava } from './java.ts'
import { Child, run } from './process.ts'

const startTimeoutMs = 90_000
const toolTimeoutMs = 60_000
const stopTimeoutMs = 45_000

export interface ApacheNodeOptions {
  /** The class path. */
  readonly libs: string
  /** Formatted at the first start. */
  readonly dir: string
  /** Broker properties on top of those of a single node. */
  readonly properties?: Readonly<Record<string, string>>
  /** Arguments of the tool that formats the folder: whether the node is among the first voters. Default: none, for voters that are fixed. */
  readonly formatArgs?: readonly string[]
}

export interface ApacheNode {
  readonly port: number
  /** Partitions and checkpoints. */
  readonly dataDir: string
  stop(): Promise<void>
  /** What a power cut of the process looks like: SIGKILL. */
  kill9(): Promise<void>
}

/** The class path that a script is given: a folder of jars, a class path, or `KAFKA_LIBS`. Ends the process when there is none. */
export function classPath(given: string | undefined = process.env['KAFKA_LIBS']): string {
  if (given === undefined) {
    console.error('Where are Kafka’s jars? Pass their folder, or set KAFKA_LIBS.')
    process.exit(2)
  }
  const isFolder = !given.includes('*') && statSync(given, { throwIfNoEntry: false })?.isDirectory() === true
  return isFolder ? join(given, '*') : given
}

/** Starts it; a folder that was used before goes on with what is in it. */
export async function startApache({
  libs,
  dir,
  properties,
  formatArgs = [],
}: ApacheNodeOptions): Promise<ApacheNode> {
  const [port, controllerPort] = await freePorts(2)
  const isNew = statSync(dir, { throwIfNoEntry: false }) === undefined
  mkdirSync(dir, { recursive: true })
  const file = join(dir, 'server.properties')
  const dataDir = join(dir, 'data')
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': dataDir,
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    ...properties,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(file, lines.join(''))
  const logFile = join(dir, 'broker.log')
  if (isNew) {
    const format = [
      'kafka.tools.StorageTool',
      'format',
      '-t',
      'bWlsbHJhY2UtZ3JvdXBzLTAx',
      '-c',
      file,
      ...formatArgs,
    ]
    await run('java', toolJava(libs, ...format), { logFile, timeoutMs: toolTimeoutMs })
  }
  const child = new Child('java', brokerJava(libs, undefined, 'kafka.Kafka', file), { logFile })
  child.stdin.end()
  await child.waitFor(/Kafka Server started/, startTimeoutMs)
  return {
    port: port!,
    dataDir,
    stop: async () => {
      await child.stop(stopTimeoutMs)
    },
    kill9: async () => {
      child.kill('SIGKILL')
      await child.exited
    },
  }
}
