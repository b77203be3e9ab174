// One round: a process with every kind of client at work, a broker that vanishes, and then all of it is to end: in time, and without anything that keeps the process alive.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Workplace } from './works.ts'

const workerFile = fileURLToPath(new URL('./closing-worker.ts', import.meta.url))
const startMaxMs = 60_000
/** Everything that is timed has ended by then, or was given up. */
const reportMaxMs = 90_000
const exitMaxMs = 10_000

/** How long something took to end, and how long it may take; `error` where it rejected. */
export interface Ending {
  readonly name: string
  readonly ms: number
  readonly maxMs: number
  readonly error?: string
}

export interface ClosingRoundOptions {
  readonly workplace: Workplace
  /** How long clients work before the broker vanishes, in ms. */
  readonly workMs: number
  /** How long they work on after that, in ms. */
  readonly lostMs: number
  /** Whether all calls are given up by their signal before the clients are closed. */
  readonly aborts: boolean
  readonly vanish: () => Promise<void> | void
}

/** Runs it; returns all that was timed, what came nearest to its limit first. Throws for a process that does not end by itself. */
export async function closingRound(options: ClosingRoundOptions): Promise<Ending[]> {
  const { workplace, workMs, lostMs, aborts, vanish } = options
  const child = spawn(process.execPath, [...process.execArgv, workerFile, JSON.stringify(workplace)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async (maxMs: number): Promise<string> => {
    const late = sleep(maxMs, undefined, { ref: false })
    const line = await Promise.race([lines.next(), exited, late])
    if (typeof line === 'object' && 'value' in line && !line.done) return line.value
    throw new Error(`the process of the clients ${line ? 'ended' : `said nothing for ${maxMs} ms`}:\n${said}`)
  }
  try {
    await nextLine(startMaxMs)
    await sleep(workMs)
    await vanish()
    await sleep(lostMs)
    const endings: Ending[] = []
    for (const command of aborts ? ['abort', 'close'] : ['close']) {
      child.stdin.write(`${command}\n`)
      endings.push(...(JSON.parse(await nextLine(reportMaxMs)) as Ending[]))
    }
    await Promise.race([exited, sleep(exitMaxMs, undefined, { ref: false })])
    if (child.exitCode !== 0) {
      const why = child.exitCode === 3 ? await nextLine(1_000) : said
      throw new Error(
        `the process of the clients did not end by itself (${child.exitCode ?? child.signalCode}): ${why}`,
      )
    }
    return endings.sort((a, b) => b.ms - b.maxMs - (a.ms - a.maxMs))
  } finally {
    child.kill('SIGKILL')
  }
}

/** What took too long, or rejected. */
export function lateEndings(endings: readonly Ending[]): string[] {
  return endings
    .filter(({ ms, maxMs, error }) => ms > maxMs || error !== undefined)
    .map(({ name, ms, maxMs, error }) => `${name} took ${ms} ms of ${maxMs}${error ? `: ${error}` : ''}`)
}
