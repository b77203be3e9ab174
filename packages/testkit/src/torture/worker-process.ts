// A worker of the torture as a process: what is done to it, and what it says.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const workerFile = fileURLToPath(new URL('./worker.ts', import.meta.url))
const tailLines = 40

/** What a worker has counted, as it says when it ends. */
export interface WorkerCounts {
  readonly transactionsCommitted: number
  readonly transactionsAborted: number
}

export class WorkerProcess {
  readonly transactionalId: string
  readonly #child: ChildProcess
  readonly #exited: Promise<unknown>
  #onReady: () => void = () => {}
  readonly #ready = new Promise<void>(resolve => {
    this.#onReady = resolve
  })
  readonly #tail: string[] = []

  constructor(transactionalId: string, args: readonly string[]) {
    this.transactionalId = transactionalId
    this.#child = spawn(process.execPath, [...process.execArgv, workerFile, ...args, transactionalId], {
      // It ends with its input, and so with this process, however that ends.
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#exited = once(this.#child, 'exit')
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#onReady()
        this.#tail.push(...text.split('\n').filter(line => line !== ''))
        this.#tail.splice(0, Math.max(0, this.#tail.length - tailLines))
      })
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#exited
  }

  /** Lets it finish, once it has begun; returns what it counted. Throws when it does not end well. */
  async stop(): Promise<WorkerCounts> {
    await Promise.race([this.#ready, this.#exited])
    this.#child.kill('SIGTERM')
    await this.#exited
    const last = this.#tail.findLast(line => line.startsWith('{'))
    if (this.#child.exitCode === 0 && last !== undefined) return JSON.parse(last) as never
    throw new Error(
      `worker ${this.transactionalId} ended with ${this.#child.exitCode}:\n${this.#tail.join('\n')}`,
    )
  }
}
