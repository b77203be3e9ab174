// A broker as a process that can be killed and started again, at the same address and over the same data.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('./broker-child.ts', import.meta.url))

export class BrokerProcess {
  readonly #dataDir: string
  readonly #fsync: string
  #child: ChildProcess | undefined
  #exited: Promise<unknown> = Promise.resolve()
  #port = 0

  constructor(dataDir: string, fsync: string) {
    this.#dataDir = dataDir
    this.#fsync = fsync
  }

  /** `host:port`, the same from the first start on. */
  get address(): string {
    return `127.0.0.1:${this.#port}`
  }

  /** Resolves when clients are served. Throws when the broker ends before. */
  async start(): Promise<void> {
    const args = [...process.execArgv, program, this.#dataDir, String(this.#port), this.#fsync]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child = child
    this.#exited = once(child, 'exit')
    const lines = createInterface({ input: child.stdout })
    const [line] = (await Promise.race([once(lines, 'line'), this.#exited.then(() => [undefined])])) as [
      string | undefined,
    ]
    if (line === undefined) throw new Error(`the broker ended with ${child.exitCode ?? child.signalCode}`)
    this.#port = Number(line.split(':')[1])
  }

  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL')
    await this.#exited
  }
}
