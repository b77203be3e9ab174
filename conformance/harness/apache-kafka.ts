// Apache Kafka as an engine: one KRaft node, formatted into a folder of its own.
import { writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { freePorts, type Engine, type EngineOptions } from './engine.ts'
import { kafkaLibs } from './install.ts'
import { brokerJava, toolJava } from './java.ts'
import { Child, run, tail } from './process.ts'

const startTimeoutMs = 90_000
const clusterId = 'bWlsbHJhY2UtY29uZm9ybQ'

export class ApacheKafka implements Engine {
  readonly name = 'apache'
  readonly bootstrap: string
  readonly dataDir: string
  readonly #configFile: string
  readonly #logFile: string
  readonly #jvmFlags: readonly string[] | undefined
  readonly #libs: string
  #child: Child | undefined

  /** Formats the folder; `start` then starts the broker on it as often as one likes. */
  static async create(options: EngineOptions): Promise<ApacheKafka> {
    const [port, controllerPort] = await freePorts(2)
    const engine = new ApacheKafka(options, port!)
    writeFileSync(engine.#configFile, properties(engine.dataDir, port!, controllerPort!, options))
    const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', engine.#configFile]
    await run('java', toolJava(kafkaLibs, ...format), {
      logFile: join(options.dir, 'format.log'),
      timeoutMs: 60_000,
    })
    return engine
  }

  private constructor({ dir, jvmFlags, plugins }: EngineOptions, port: number) {
    this.#jvmFlags = jvmFlags
    this.#libs = plugins === undefined ? kafkaLibs : [kafkaLibs, plugins].join(delimiter)
    this.bootstrap = `127.0.0.1:${port}`
    this.dataDir = join(dir, 'data')
    this.#configFile = join(dir, 'server.properties')
    this.#logFile = join(dir, 'broker.log')
  }

  get alive(): boolean {
    return this.#child !== undefined && this.#child.exit === undefined
  }

  get pid(): number {
    if (!this.#child) throw new Error('Apache Kafka does not run')
    return this.#child.pid
  }

  async start(): Promise<void> {
    const child = new Child('java', brokerJava(this.#libs, this.#jvmFlags, 'kafka.Kafka', this.#configFile), {
      logFile: this.#logFile,
    })
    this.#child = child
    child.stdin.end()
    await child.waitFor(/Kafka Server started/, startTimeoutMs)
  }

  async stop(): Promise<void> {
    await this.#child?.stop(45_000)
  }

  async kill9(): Promise<void> {
    this.#child?.kill('SIGKILL')
    await this.#child?.exited
  }

  logTail(): string {
    return this.#child === undefined ? '' : tail(this.#child, 20)
  }
}

function properties(dataDir: string, port: number, controllerPort: number, options: EngineOptions): string {
  const settings: Record<string, string> = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': dataDir,
    'num.partitions': '1',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    ...(options.syncBeforeAck === true ? { 'log.flush.interval.messages': '1' } : {}),
    ...options.properties,
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
