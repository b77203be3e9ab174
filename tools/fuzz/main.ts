// Sends malformed requests to a live broker and watches that nothing breaks: `npm run fuzz -- [--requests N] [--seed S] [--connections C]`.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { processStats } from '../../bench/harness/process-stats.ts'
import { Attacker, type Tally } from './attacker.ts'
import { nextFrame } from './frame.ts'
import { Janitor } from './janitor.ts'
import { SeededRandom } from './random.ts'
import { names } from './value.ts'
import { Witness, witnessName } from './witness.ts'

/** Resident memory may grow to this in the run, and must not creep in its second half. */
const residentMaxBytes = 600 * 1024 * 1024
const creepMaxBytes = 120 * 1024 * 1024
const witnessMaxMs = 5000

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    connections: { type: 'string', default: '64' },
  },
})
const requests = Number(values.requests)
const seed = Number(values.seed)
const connections = Number(values.connections)
console.log(`fuzz: ${requests} requests, seed ${seed}, ${connections} connections`)

const dataDir = mkdtempSync(join(tmpdir(), 'millrace-fuzz-'))
const bin = new URL('../../packages/millrace/bin/millrace.js', import.meta.url).pathname
const broker = spawn(
  process.execPath,
  [bin, 'up', '--port', '0', '--data-dir', dataDir, '--log-format', 'json', '--quiet'],
  {
    stdio: ['ignore', 'pipe', 'ignore'],
  },
)
let exit: string | undefined
broker.on('exit', (code, signal) => {
  exit = `code ${code}, signal ${signal}`
})

async function portOf(): Promise<number> {
  for await (const line of createInterface(broker.stdout)) {
    const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1]
    if (port) {
      broker.stdout.resume()
      return Number(port)
    }
  }
  throw new Error(`the broker did not start: ${exit}`)
}

async function attack(port: number): Promise<void> {
  const random = new SeededRandom(seed)
  const tally: Tally = { sent: 0, answered: 0, closed: 0, waited: 0 }
  const witness = new Witness(port)
  await witness.start()
  const keeps = (name: string) => name === witnessName || names.includes(name)
  const janitor = new Janitor(port, keeps, keeps)
  janitor.start()
  const started = performance.now()
  let correlationId = 0
  let middleBytes = 0
  const next = () => {
    if (exit !== undefined || tally.sent >= requests) return undefined
    if (tally.sent === requests >> 1) middleBytes = processStats(broker.pid!).residentBytes
    return nextFrame(random, correlationId++)
  }
  const progress = setInterval(() => {
    console.log(
      `  ${tally.sent} sent, ${Math.round(tally.sent / ((performance.now() - started) / 1000))}/s, ${Math.round(processStats(broker.pid!).residentBytes / 2 ** 20)} MiB resident`,
    )
  }, 5000)
  const watchdog = new Promise<never>((_, reject) =>
    broker.on('exit', () => reject(new Error(`the broker died: ${exit}`))),
  )
  try {
    await Promise.race([
      Promise.all(Array.from({ length: connections }, () => new Attacker(port, tally, next).done)),
      watchdog,
    ])
    await Promise.race([witness.finish(), watchdog])
  } finally {
    clearInterval(progress)
    await janitor.stop()
  }
  const { residentBytes, residentPeakBytes } = processStats(broker.pid!)
  console.log(
    `fuzz: ${tally.sent} sent in ${((performance.now() - started) / 1000).toFixed(0)} s: ${tally.answered} answered, ${tally.closed} refused by closing, ${tally.waited} left waiting; ` +
      `resident ${Math.round(middleBytes / 2 ** 20)} MiB at half time, ${Math.round(residentBytes / 2 ** 20)} MiB at the end, ${Math.round(residentPeakBytes / 2 ** 20)} MiB at most; ` +
      `innocent client: ${witness.probes} probes, slowest ${witness.slowestMs.toFixed(0)} ms; ` +
      `swept away: ${janitor.topicsDeleted} topics, ${janitor.groupsDeleted} groups`,
  )
  if (residentPeakBytes > residentMaxBytes) throw new Error(`memory: ${residentPeakBytes} bytes at the peak`)
  if (residentBytes - middleBytes > creepMaxBytes)
    throw new Error('memory creeps: it grew all through the second half')
  if (witness.slowestMs > witnessMaxMs) throw new Error('a well-behaved client waited too long')
}

try {
  await attack(await portOf())
  console.log('fuzz: ok')
} catch (error) {
  console.error(`fuzz: failed with seed ${seed}:`, error)
  process.exitCode = 1
} finally {
  if (exit === undefined) {
    const ended = new Promise(resolve => broker.once('exit', resolve))
    broker.kill('SIGTERM')
    await ended
  }
  rmSync(dataDir, { recursive: true, force: true })
}
