// Child processes with time limits and log files; none of them outlives this process.
import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process'
import { createWriteStream, type WriteStream } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

/** Output of one process beyond this is an error: nothing here prints more on purpose. */
const outputBytesMax = 256 * 1024 * 1024

const running = new Set<ChildProcess>()

/** Ends a child and everything it started: each child leads a process group of its own. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group has gone already.
  }
}

/** Kills whatever still runs. Called at every way out of this process. */
function killAll(): void {
  for (const child of running) killGroup(child, 'SIGKILL')
}

process.on('exit', killAll)
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => process.exit(code))
}

export interface StartOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly logFile: string
  /** Called with each complete line of standard output. */
  readonly onLine?: (line: string) => void
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process that runs beside us; its output goes to a log file and is kept for questions. */
export class Child {
  readonly exited: Promise<Exit>
  exit: Exit | undefined
  stdout = ''
  stderr = ''
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #log: WriteStream
  readonly #name: string
  #lineStart = 0

  constructor(command: string, args: readonly string[], options: StartOptions) {
    this.#name = command
    this.#log = createWriteStream(options.logFile, { flags: 'a' })
    this.#log.write(`$ ${[command, ...args].join(' ')}\n`)
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    this.#child = child
    running.add(child)
    // A child that ends before it has read its input is no accident: its exit code tells.
    child.stdin.on('error', () => undefined)
    child.stdout.setEncoding('utf8')
    child.stderr.setEncoding('utf8')
    child.stdout.on('data', (text: string) => this.#take(text, options.onLine))
    child.stderr.on('data', (text: string) => {
      this.#log.write(text)
      if (this.stderr.length < outputBytesMax) this.stderr += text
    })
    this.exited = new Promise(resolve => {
      const settle = (exit: Exit): void => {
        if (this.exit !== undefined) return
        this.exit = exit
        running.delete(child)
        this.#log.end(`[exit ${exit.code ?? exit.signal}]\n`)
        resolve(exit)
      }
      child.on('error', error => {
        this.stderr += `${error.message}\n`
        settle({ code: 127, signal: null })
      })
      child.on('close', (code, signal) => settle({ code, signal }))
    })
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`${this.#name} did not start: ${this.stderr}`)
    return this.#child.pid
  }

  get stdin(): Writable {
    return this.#child.stdin
  }

  #take(text: string, onLine: ((line: string) => void) | undefined): void {
    this.#log.write(text)
    if (this.stdout.length > outputBytesMax) this.kill('SIGKILL')
    else this.stdout += text
    if (onLine === undefined) return
    for (let end = this.stdout.indexOf('\n', this.#lineStart); end >= 0; ) {
      onLine(this.stdout.slice(this.#lineStart, end))
      this.#lineStart = end + 1
      end = this.stdout.indexOf('\n', this.#lineStart)
    }
  }

  kill(signal: NodeJS.Signals): void {
    killGroup(this.#child, signal)
  }

  /** Asks the process to end; kills it when it has not after the time limit. */
  async stop(timeoutMs = 15_000, signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    if (this.exit !== undefined) return this.exit
    this.kill(signal)
    const exit = await within(this.exited, timeoutMs)
    if (exit !== undefined) return exit
    this.kill('SIGKILL')
    return this.exited
  }

  /** Waits until the process has printed something; fails when it ends or the time is over before. */
  async waitFor(pattern: RegExp, timeoutMs: number): Promise<RegExpMatchArray> {
    const deadline = Date.now() + timeoutMs
    for (;;) {
      const match = this.stdout.match(pattern) ?? this.stderr.match(pattern)
      if (match !== null) return match
      if (this.exit !== undefined) {
        throw new Error(
          `${this.#name} ended (${describeExit(this.exit)}) before it printed ${pattern}:\n${tail(this)}`,
        )
      }
      if (Date.now() > deadline)
        throw new Error(`${this.#name} did not print ${pattern} in ${timeoutMs} ms:\n${tail(this)}`)
      await sleep(20)
    }
  }
}

/** The value of a promise, or undefined when it takes longer than the time limit. */
async function within<T>(promise: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  const stopTimer = new AbortController()
  const timer = sleep(timeoutMs, undefined, { signal: stopTimer.signal }).catch(() => undefined)
  const winner = await Promise.race([promise, timer])
  stopTimer.abort()
  return winner ?? undefined
}

export function describeExit(exit: Exit): string {
  return exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`
}

/** The last lines of what a process printed, for error messages. */
export function tail(output: { stdout: string; stderr: string }, count = 12): string {
  return `${output.stdout}\n${output.stderr}`.split('\n').filter(Boolean).slice(-count).join('\n')
}

export interface RunOptions extends StartOptions {
  readonly timeoutMs: number
  /** Written to standard input, which is then closed. */
  readonly input?: string | Buffer
  /** Exit codes that are fine; others throw. Default: only 0. */
  readonly codes?: readonly number[]
}

export interface Output {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a process to its end. Throws when it fails or takes longer than the time limit. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<Output> {
  const child = new Child(command, args, options)
  child.stdin.end(options.input ?? '')
  const exit = await within(child.exited, options.timeoutMs)
  if (exit === undefined) {
    child.kill('SIGKILL')
    await child.exited
    throw new Error(`${command} ${args.join(' ')}: not done in ${options.timeoutMs} ms\n${tail(child)}`)
  }
  if (exit.code === null || !(options.codes ?? [0]).includes(exit.code)) {
    throw new Error(`${command} ${args.join(' ')}: ${describeExit(exit)}\n${tail(child, 40)}`)
  }
  return { code: exit.code, stdout: child.stdout, stderr: child.stderr }
}
