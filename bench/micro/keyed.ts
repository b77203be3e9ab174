// Order by key beyond the partition: 10,000 records of one partition whose handlers wait 0 to 5 ms, one by one and a hundred at a time, and with a kill in the middle.
// `node bench/micro/keyed.ts [records]`. Confluent's Parallel Consumer shows 22.2 s and 2.1 s for this, on another machine.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, json, Producer, string, throwFirst } from '@millrace/client'
import { events } from '@millrace/service'
import { startBroker } from './broker-process.ts'
import type { KeyedSettings } from './keyed-worker.ts'

const total = Number(process.argv[2] ?? 10_000)
const keys = 1_000
const rounds = 3
const patienceMs = 300_000

if (!(Number.isInteger(total) && total >= 100)) {
  console.error('usage: node bench/micro/keyed.ts [records, 100 at least]')
  process.exit(2)
}

interface Done {
  readonly at: number
  readonly n: number
}

let serial = 0
const dir = mkdtempSync(join(tmpdir(), 'millrace-keyed-'))
const broker = await startBroker()
const { brokers } = broker
const numbers = events('keyed', { counted: json<{ n: number }>() }, { key: string(), partitions: 1 })

async function fill(): Promise<void> {
  const admin = new Admin({ brokers })
  throwFirst(await admin.createTopics([numbers]))
  admin.close()
  const producer = new Producer({ brokers })
  await producer.send(
    Array.from({ length: total }, (_, n) => ({
      topic: numbers,
      key: `key-${n % keys}`,
      value: { type: 'counted' as const, data: { n } },
    })),
  )
  await producer.close()
}

function start(settings: KeyedSettings): ChildProcess {
  return fork(new URL('keyed-worker.ts', import.meta.url), [JSON.stringify(settings)], {
    execArgv: process.execArgv,
  })
}

/** What is written down so far. */
function doneIn(file: string): Done[] {
  if (!statSync(file, { throwIfNoEntry: false })) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  // The last one is empty, or being written.
  return lines.slice(0, -1).map(line => {
    const [at, n] = line.split(' ')
    return { at: Number(at), n: Number(n) }
  })
}

/** Waits until so many different records are done. */
async function until(file: string, count: number): Promise<Done[]> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const done = doneIn(file)
    if (new Set(done.map(({ n }) => n)).size >= count) return done
    if (performance.now() > deadline)
      throw new Error(`${done.length} of ${count} are done after ${patienceMs} ms`)
    await sleep(20)
  }
}

/** Of each key, records are done for the first time in the order of their numbers. Throws when they are not. */
function checkOrder(done: readonly Done[]): void {
  const last = new Map<number, number>()
  const seen = new Set<number>()
  for (const { n } of done) {
    if (seen.has(n)) continue
    seen.add(n)
    if (n < (last.get(n % keys) ?? -1)) throw new Error(`record ${n} is done behind a later one of its key`)
    last.set(n % keys, n)
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

/** Seconds from the first record's end to the last one's. */
async function timed(by: KeyedSettings['by']): Promise<number> {
  const group = `keyed-${++serial}`
  const file = join(dir, group)
  const child = start({ brokers, topic: numbers.name, group, by, done: file })
  const done = await until(file, total)
  await end(child, 'SIGTERM')
  checkOrder(done)
  return (done.at(-1)!.at - done[0]!.at) / 1_000
}

/** Kills the process when half is done; how many records were done twice in the end. */
async function killed(): Promise<number> {
  const group = `keyed-${++serial}`
  const file = join(dir, group)
  const settings = { brokers, topic: numbers.name, group, by: 'key', done: file } as const
  const first = start(settings)
  await until(file, total / 2)
  await end(first, 'SIGKILL')
  const second = start(settings)
  const done = await until(file, total)
  await end(second, 'SIGTERM')
  checkOrder(done)
  return done.length - total
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

try {
  await fill()
  const one = await timed('partition')
  const all: number[] = []
  for (let round = 0; round < rounds; round++) all.push(await timed('key'))
  const again = await killed()
  console.log(`${total} records of one partition, ${keys} keys, handlers of 0 to 5 ms`)
  console.log(`one by one                   ${one.toFixed(2)} s`)
  console.log(
    `by key, 100 at a time        ${median(all).toFixed(2)} s   ${(one / median(all)).toFixed(1)} times as fast`,
  )
  console.log(
    `killed in the middle         ${again} records were done again: those of the last 100 ms before the kill`,
  )
} finally {
  await broker.stop()
  rmSync(dir, { recursive: true, force: true })
}
