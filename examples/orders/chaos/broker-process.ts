// A broker in a process of its own, so that it can be killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../packages/millrace/bin/millrace.js', import.meta.url))
/** How long it stays away. */
const awayMs = 500
const settings = [
  'group.initial.rebalance.delay.ms=0',
  'transaction.abort.timed.out.transaction.cleanup.interval.ms=500',
]

export class BrokerProcess {
  readonly #dataDir: string
  #child: ChildProcess
  #address: string

  static async start(dataDir: string): Promise<BrokerProcess> {
    return new BrokerProcess(dataDir, ...(await start(dataDir, 0)))
  }

  private constructor(dataDir: string, child: ChildProcess, address: string) {
    this.#dataDir = dataDir
    this.#child = child
    this.#address = address
  }

  get address(): string {
    return this.#address
  }

  /** SIGKILL, and after a moment the same again at the same address. */
  async restart(): Promise<void> {
    const port = Number(this.#address.split(':').at(-1))
    await this.kill()
    await new Promise(resolve => setTimeout(resolve, awayMs))
    ;[this.#child, this.#address] = await start(this.#dataDir, port)
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await exited
  }
}

async function start(dataDir: string, port: number): Promise<[child: ChildProcess, address: string]> {
  const child = spawn(
    process.execPath,
    [
      program,
      'up',
      '--port',
      String(port),
      '--data-dir',
      dataDir,
      ...settings.flatMap(each => ['--set', each]),
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  let address: string | undefined
  for await (const line of createInterface(child.stdout)) {
    address = /is ready on (\S+:\d+)/.exec(line)?.[1]
    if (address !== undefined) break
  }
  if (address === undefined) throw new Error('the broker did not start')
  // What it says from now on is read by nobody, and must not fill up the pipe.
  child.stdout.resume()
  return [child, address]
}
