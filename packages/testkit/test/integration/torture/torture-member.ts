// A member of a group in a process of its own, which can be stopped, continued and killed, and what it has said.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A record that a member was done with. */
export interface Delivery {
  readonly member: TortureMember
  /** On the scale of `performance.now()`. */
  readonly at: number
}

const program = fileURLToPath(new URL('../programs/group-member.ts', import.meta.url))

export class TortureMember {
  readonly name: string
  /** From when to when the group could not know whether it lives: what it did shortly before may be repeated. */
  readonly harms: { readonly from: number; to: number }[] = []
  state: 'works' | 'stands still' | 'leaves' | 'is dead' = 'works'
  /** It has been done with a record. */
  hasWorked = false
  readonly #child: ChildProcess
  readonly #exit: Promise<unknown>
  /** Until then, it would not hear that it is to leave. */
  readonly #ready = Promise.withResolvers<void>()
  #complaint = ''

  constructor(
    name: string,
    options: object,
    onDone: (partition: number, offset: number, by: TortureMember) => void,
  ) {
    this.name = name
    const flags = process.execArgv.filter(flag => flag.startsWith('--conditions'))
    const stdio = ['ignore', 'pipe', 'pipe'] as const
    this.#child = spawn(process.execPath, [...flags, program, JSON.stringify(options)], { stdio: [...stdio] })
    this.#exit = once(this.#child, 'exit')
    createInterface({ input: this.#child.stdout! }).on('line', line => {
      if (line === 'ready') return this.#ready.resolve()
      this.hasWorked = true
      const [partition, offset] = line.split(' ').map(Number)
      onDone(partition!, offset!, this)
    })
    this.#child.stderr!.on('data', (text: Buffer) => {
      this.#complaint = `${this.#complaint}${text.toString()}`.slice(-4_000)
    })
  }

  /** SIGKILL: the group hears nothing until the session is over. */
  kill(): void {
    this.#harm()
    this.state = 'is dead'
    this.#child.kill('SIGKILL')
  }

  /** SIGSTOP, and SIGCONT after a while. `harms`: the while is longer than the session. */
  async standStill(forMs: number, harms: boolean): Promise<void> {
    this.state = 'stands still'
    this.#child.kill('SIGSTOP')
    if (harms) this.#harm()
    await new Promise(resolve => setTimeout(resolve, forMs))
    this.#child.kill('SIGCONT')
    this.state = 'works'
    // What it has in hand it may finish before it hears that it was put out.
    if (harms) this.harms.at(-1)!.to = performance.now()
  }

  /** SIGTERM: it finishes what it has in hand, commits and leaves. Throws for a process that did not end well. */
  async leave(): Promise<void> {
    if (this.state === 'is dead') return
    this.state = 'leaves'
    await Promise.race([this.#ready.promise, this.#exit])
    this.#child.kill('SIGTERM')
    await this.#exit
    this.check()
  }

  /** Throws for a process that has ended by itself, or not well. */
  check(): void {
    const { exitCode, signalCode } = this.#child
    const hasEnded = exitCode !== null || signalCode !== null
    const isMeant = this.state === 'is dead' || (this.state === 'leaves' && exitCode === 0)
    if (hasEnded && !isMeant)
      throw new Error(`${this.name} ended with ${exitCode ?? signalCode}:\n${this.#complaint}`)
  }

  /** Whether a record that it was done with then may come again, all the same. */
  excuses(at: number, commitWithinMs: number): boolean {
    return this.harms.some(({ from, to }) => at >= from - commitWithinMs && at <= to + commitWithinMs)
  }

  #harm(): void {
    const from = performance.now()
    this.harms.push({ from, to: from })
  }
}
