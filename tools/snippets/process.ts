// A program that is run to its end, to a word of its output, or to a limit of time.
import { spawn } from 'node:child_process'

/** What one program may take on a machine that others use, too. */
const limitMs = 60_000

export interface Outcome {
  /** `null` when it was killed. */
  readonly code: number | null
  /** Both streams, in the order of arrival. */
  readonly output: string
  /** Why it was ended by force. */
  readonly killed?: string
}

export interface ProcessOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** Sends SIGTERM once this was printed. */
  readonly until?: string
  readonly signal?: AbortSignal
}

/** Runs a program in a process group of its own, so that nothing of it is left behind. */
export function runProcess(
  command: string,
  args: readonly string[],
  { cwd, env, until, signal }: ProcessOptions,
): Promise<Outcome> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let output = ''
  let stopped = false
  let killed: string | undefined
  const kill = (name: NodeJS.Signals, reason?: string) => {
    killed ??= reason
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, name)
    } catch {
      // The group has ended by itself.
    }
  }
  // Nothing outlives this process, however it ends.
  const onExit = () => kill('SIGKILL')
  process.once('exit', onExit)
  const timer = setTimeout(() => kill('SIGKILL', `not over after ${limitMs / 1000} s`), limitMs)
  const abort = () => kill('SIGKILL', 'the time of the whole run is over')
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (until === undefined || stopped || !output.includes(until)) return
      stopped = true
      kill('SIGTERM')
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      process.off('exit', onExit)
      kill('SIGKILL')
      resolve({ code, output, ...(killed !== undefined && { killed }) })
    })
  })
}
