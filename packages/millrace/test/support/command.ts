// Runs the real `millrace` command as a child process, as a shell would.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../bin/millrace.js', import.meta.url))
const timeoutMs = 60_000

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that is running. */
export interface Running extends AsyncDisposable {
  readonly process: ChildProcess
  /** Everything that was printed so far. */
  readonly output: () => Omit<Outcome, 'code'>
  /** Resolves with the match when standard output and standard error together match; rejects when the command ends before. */
  waitFor(expression: RegExp): Promise<RegExpMatchArray>
  readonly ended: Promise<Outcome>
}

export interface CommandOptions {
  /** What standard input gives; null leaves it open. Default: nothing. */
  readonly input?: string | Buffer | null
  readonly environment?: Readonly<Record<string, string>>
}

export function start(args: readonly string[], options: CommandOptions = {}): Running {
  const { input = '', environment = {} } = options
  const { NODE_OPTIONS: _, MILLRACE_BROKERS: __, ...inherited } = process.env
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...inherited, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const chunks = { stdout: '', stderr: '' }
  const waiting = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      chunks[name] += text
      for (const look of waiting) look()
    })
  }
  // A command may end without reading its input.
  child.stdin.on('error', () => {})
  if (input !== null) child.stdin.end(input)
  const overtime = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
  let code: number | null | undefined
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', exitCode => {
      clearTimeout(overtime)
      code = exitCode
      for (const look of waiting) look()
      resolve({ code: exitCode, ...chunks })
    })
  })
  return {
    process: child,
    output: () => ({ ...chunks }),
    ended,
    waitFor: expression =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = expression.exec(chunks.stdout) ?? expression.exec(chunks.stderr)
          if (!found && code === undefined) return
          waiting.delete(look)
          if (found) resolve(found)
          else
            reject(
              new Error(`ended with ${code} before ${expression} came:\n${chunks.stdout}\n${chunks.stderr}`),
            )
        }
        waiting.add(look)
        look()
      }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

export function run(args: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
  return start(args, options).ended
}
