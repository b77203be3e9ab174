// Millrace as an engine: `millrace up` from the checkout.
import { join } from 'node:path'
import { freePorts, type Engine, type EngineOptions } from './engine.ts'
import { repositoryDir } from './paths.ts'
import { Child, tail } from './process.ts'

const startTimeoutMs = 20_000

export class Millrace implements Engine {
  readonly name = 'millrace'
  readonly bootstrap: string
  readonly dataDir: string
  readonly #port: number
  readonly #properties: Readonly<Record<string, string>>
  readonly #logFile: string
  #child: Child | undefined

  static async create(options: EngineOptions): Promise<Millrace> {
    const [port] = await freePorts(1)
    return new Millrace(options, port!)
  }

  private constructor(options: EngineOptions, port: number) {
    this.#port = port
    this.#properties = options.properties ?? {}
    this.bootstrap = `127.0.0.1:${port}`
    this.dataDir = join(options.dir, 'data')
    this.#logFile = join(options.dir, 'broker.log')
  }

  get alive(): boolean {
    return this.#child !== undefined && this.#child.exit === undefined
  }

  get pid(): number {
    if (!this.#child) throw new Error('Millrace does not run')
    return this.#child.pid
  }

  async start(): Promise<void> {
    const command = join(repositoryDir, 'packages', 'millrace', 'bin', 'millrace.js')
    const settings = Object.entries(this.#properties).flatMap(([name, value]) => [
      '--set',
      `${name}=${value}`,
    ])
    // Properties that say where to listen leave nothing to say of a port.
    const port = 'listeners' in this.#properties ? [] : ['--port', String(this.#port)]
    const where = [...port, '--data-dir', this.dataDir, '--log-format', 'json']
    const child = new Child(process.execPath, [command, 'up', ...where, ...settings], {
      logFile: this.#logFile,
    })
    this.#child = child
    child.stdin.end()
    await child.waitFor(/^millrace is ready on /m, startTimeoutMs)
  }

  async stop(): Promise<void> {
    const exit = await this.#child?.stop(20_000)
    if (exit !== undefined && exit.code !== 0)
      throw new Error(`the broker did not stop cleanly (${exit.code ?? exit.signal}):\n${this.logTail()}`)
  }

  async kill9(): Promise<void> {
    this.#child?.kill('SIGKILL')
    await this.#child?.exited
  }

  logTail(): string {
    return this.#child === undefined ? '' : tail(this.#child, 20)
  }
}
