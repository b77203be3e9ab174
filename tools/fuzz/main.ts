// Sends malformed requests, logins and TLS handshakes to a live broker and watches that nothing breaks:
// `npm run fuzz -- [--requests N] [--seed S] [--connections C]`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { processStats } from '../../bench/harness/process-stats.ts'
import { Attacker, type AttackerOptions, plainLine, type Tally } from './attacker.ts'
import { damagedTlsLine } from './damaged-tls.ts'
import { malformedRequests } from './frame.ts'
import { Janitor } from './janitor.ts'
import { malformedLogins, user } from './login.ts'
import { SeededRandom } from './random.ts'
import { Target } from './target.ts'
import { names } from './value.ts'
import { Witness } from './witness.ts'

/** Resident memory may grow to this in the run, and must not creep in its second half. */
const residentMaxBytes = 600 * 1024 * 1024
const creepMaxBytes = 120 * 1024 * 1024
const witnessMaxMs = 5000
/** Of the connections, those that log in, and those that do so by TLS, whose handshakes take time. */
const loginShare = 0.2
const tlsShare = 0.05

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

const emptyTally = (): Tally => ({ sent: 0, answered: 0, closed: 0, waited: 0 })
const tallies = { requests: emptyTally(), logins: emptyTally(), tls: emptyTally() }
const sentOf = () => Object.values(tallies).reduce((sum, { sent }) => sum + sent, 0)

/** How one of the connections attacks. */
function attackOf(index: number, { ports }: Target, random: SeededRandom): Omit<AttackerOptions, 'isOver'> {
  const place = index / connections
  if (place < tlsShare) {
    const dial = () => damagedTlsLine(ports.secure, random)
    return { tally: tallies.tls, dial, converse: () => malformedLogins(random) }
  }
  if (place < tlsShare + loginShare) {
    const dial = () => plainLine(ports.login)
    return { tally: tallies.logins, dial, converse: () => malformedLogins(random) }
  }
  return {
    tally: tallies.requests,
    dial: () => plainLine(ports.plain),
    converse: () => malformedRequests(random),
  }
}

function witnessesOf({ ports, ca }: Target): Witness[] {
  const sasl = { mechanism: 'scram-sha-256', username: user.name, password: user.password } as const
  return [
    new Witness({
      name: 'witness',
      client: { brokers: [`127.0.0.1:${ports.plain}`] },
      connectsAnew: false,
    }),
    new Witness({
      name: 'witness-secure',
      client: { brokers: [`127.0.0.1:${ports.secure}`], tls: { ca }, sasl },
      connectsAnew: true,
    }),
  ]
}

async function attack(target: Target): Promise<void> {
  const random = new SeededRandom(seed)
  const witnesses = witnessesOf(target)
  for (const witness of witnesses) await witness.start()
  const keeps = (name: string) => name.startsWith('witness') || names.includes(name)
  const janitor = new Janitor(target.ports.plain, keeps, keeps)
  janitor.start()
  const started = performance.now()
  let middleBytes = 0
  const isOver = () => {
    if (middleBytes === 0 && sentOf() >= requests / 2) middleBytes = processStats(target.pid).residentBytes
    return target.isDead || sentOf() >= requests
  }
  const progress = setInterval(() => {
    console.log(
      `  ${sentOf()} sent, ${Math.round(sentOf() / ((performance.now() - started) / 1000))}/s, ${Math.round(processStats(target.pid).residentBytes / 2 ** 20)} MiB resident`,
    )
  }, 5000)
  try {
    const attackers = Array.from(
      { length: connections },
      (_, index) => new Attacker({ ...attackOf(index, target, random), isOver }).done,
    )
    await Promise.race([Promise.all(attackers), target.death])
    for (const witness of witnesses) await Promise.race([witness.finish(), target.death])
  } finally {
    clearInterval(progress)
    await janitor.stop()
  }
  report(target, middleBytes, witnesses, janitor, performance.now() - started)
}

const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20)

/** Prints what came of it. Throws where memory grew too much, or somebody had to wait too long. */
function report(
  { pid }: Target,
  middleBytes: number,
  witnesses: readonly Witness[],
  janitor: Janitor,
  tookMs: number,
): void {
  const { residentBytes, residentPeakBytes } = processStats(pid)
  const slowestMs = Math.max(...witnesses.map(witness => witness.slowestMs))
  const probes = witnesses.reduce((sum, witness) => sum + witness.probes, 0)
  for (const [what, { sent, answered, closed, waited }] of Object.entries(tallies)) {
    console.log(
      `  ${what}: ${sent} sent, ${answered} answered, ${closed} refused by closing, ${waited} left waiting`,
    )
  }
  console.log(
    `fuzz: ${sentOf()} sent in ${(tookMs / 1000).toFixed(0)} s; ` +
      `resident ${mebibytes(middleBytes)} MiB at half time, ${mebibytes(residentBytes)} MiB at the end, ${mebibytes(residentPeakBytes)} MiB at most; ` +
      `innocent clients: ${probes} probes, slowest ${slowestMs.toFixed(0)} ms; ` +
      `swept away: ${janitor.topicsDeleted} topics, ${janitor.groupsDeleted} groups`,
  )
  if (residentPeakBytes > residentMaxBytes) throw new Error(`memory: ${residentPeakBytes} bytes at the peak`)
  if (residentBytes - middleBytes > creepMaxBytes)
    throw new Error('memory creeps: it grew all through the second half')
  if (slowestMs > witnessMaxMs) throw new Error('a well-behaved client waited too long')
}

const directory = mkdtempSync(join(tmpdir(), 'millrace-fuzz-'))
let target: Target | undefined
try {
  target = await Target.start(directory)
  await attack(target)
  console.log('fuzz: ok')
} catch (error) {
  console.error(`fuzz: failed with seed ${seed}:`, error)
  process.exitCode = 1
} finally {
  await target?.stop()
  rmSync(directory, { recursive: true, force: true })
}
