// Runs one measured side in a process of its own and takes its CPU and memory from the system.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { processStats } from './process-stats.ts'

export interface ChildResult<Report> {
  /** The last line of the child's output, parsed: what the side says of itself. */
  readonly report: Report
  /** CPU seconds of the whole process, start-up included. */
  readonly cpuSeconds: number
  readonly residentPeakBytes: number
}

const sampleMs = 50

/**
 * Runs a command whose last line of output is a JSON object. CPU and memory are sampled from outside every 50 ms, so foreign
 * programs need no help. Throws with the end of its output when it fails or does not finish in time.
 */
export async function runChild<Report>(
  command: string,
  args: readonly string[],
  options: {
    readonly timeoutMs: number
    readonly env?: Readonly<Record<string, string>>
    readonly parse?: (output: string) => Report
    /** Called with each line of output when it comes. */
    readonly onLine?: (line: string) => void
  },
): Promise<ChildResult<Report>> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)))
  if (options.onLine) createInterface(child.stdout).on('line', options.onLine)
  let cpuSeconds = 0
  let residentPeakBytes = 0
  const sample = setInterval(() => {
    try {
      const stats = processStats(child.pid!)
      cpuSeconds = Math.max(cpuSeconds, stats.cpuSeconds)
      residentPeakBytes = Math.max(residentPeakBytes, stats.residentPeakBytes)
    } catch {
      // The process has just ended; the last sample stands.
    }
  }, sampleMs)
  const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs)
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    if (code !== 0)
      throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${output.slice(-2000)}\n${errors}`)
  } finally {
    clearInterval(sample)
    clearTimeout(timer)
  }
  const parse =
    options.parse ?? ((text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '') as Report)
  return { report: parse(output), cpuSeconds, residentPeakBytes }
}
