// One run of the latency bench: a producer and, when wanted, a reader in this process, one record at a time or at a fixed rate.
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { percentile } from '../harness/statistics.ts'
import { now } from './clock.ts'
import { openKafka } from './kafka.ts'
import { openKafkaJs } from './kafkajs.ts'
import { openNats } from './nats.ts'
import { openPlatformatic } from './platformatic.ts'
import { openRedis } from './redis.ts'
import type { LatencySystem, OpenSystem } from './system.ts'

export interface Percentiles {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
}

/** What a run prints. */
export interface LatencyReport {
  /** Measured, without the warm-up. */
  readonly records: number
  readonly seconds: number
  /** From when a record was due to its acknowledgement. */
  readonly acknowledged: Percentiles
  /** From when a record was due to the reader's hand; absent without a reader. A record that never came counts as Infinity, null in JSON. */
  readonly arrived?: Percentiles
  /** From when a record was due to the call that sends it: what the process itself is late by. */
  readonly handedOver: Percentiles
  readonly cpuMicrosPerRecord: number
  readonly residentPeakMegabytes: number
}

const systems: Readonly<Record<string, OpenSystem>> = {
  kafka: openKafka,
  kafkajs: openKafkaJs,
  platformatic: openPlatformatic,
  redis: openRedis,
  nats: openNats,
}

/** The first bytes of a value say when its record was due, and 0 during the warm-up. */
const dueBytes = 8
const readyTimeoutMs = 20_000
const drainTimeoutMs = 5_000

function readArguments() {
  const { values } = parseArgs({
    options: {
      system: { type: 'string', default: 'kafka' },
      address: { type: 'string', default: '127.0.0.1:9092' },
      topic: { type: 'string', default: 'latency' },
      peers: { type: 'string', default: '' },
      size: { type: 'string', default: '100' },
      seconds: { type: 'string', default: '3' },
      'warm-up': { type: 'string', default: '1' },
      /** Records a second; 0: one at a time. */
      rate: { type: 'string', default: '0' },
      reader: { type: 'string', default: 'none' },
    },
  })
  const open = systems[values.system]
  if (!open) throw new Error(`no system ${values.system}; there are ${Object.keys(systems).join(', ')}`)
  return {
    open,
    target: { address: values.address, topic: values.topic, peers: values.peers },
    sizeBytes: Number(values.size),
    milliseconds: Number(values.seconds) * 1000,
    warmUpMs: Number(values['warm-up']) * 1000,
    perSecond: Number(values.rate),
    reader: values.reader as 'none' | 'plain' | 'commit',
  }
}

function percentiles(values: readonly number[]): Percentiles {
  const at = (fraction: number) => percentile(values, fraction)
  return { p50Ms: at(0.5), p99Ms: at(0.99), p999Ms: at(0.999) }
}

/** Latencies of one run, in milliseconds. */
class Recorder {
  readonly handedOver: number[] = []
  readonly acknowledged: number[] = []
  readonly arrived: number[] = []
  /** Warm-up records that arrived. */
  warmUpSeen = 0
  /** Called for each record that arrives. */
  onArrival: () => void = () => {}

  readonly arrive = (value: Uint8Array): void => {
    const due = new DataView(value.buffer, value.byteOffset, dueBytes).getFloat64(0)
    if (due === 0) this.warmUpSeen++
    else this.arrived.push(now() - due)
    this.onArrival()
  }

  nextArrival(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.onArrival = resolve
    return promise
  }
}

class Load {
  readonly #system: LatencySystem
  readonly #recorder: Recorder
  readonly #template: Buffer
  readonly #reads: boolean

  constructor(system: LatencySystem, recorder: Recorder, sizeBytes: number, reads: boolean) {
    this.#system = system
    this.#recorder = recorder
    this.#reads = reads
    this.#template = Buffer.alloc(sizeBytes, 'millrace ')
  }

  async #send(due: number, counts: boolean): Promise<void> {
    const value = Buffer.from(this.#template)
    value.writeDoubleBE(counts ? due : 0)
    if (counts) this.#recorder.handedOver.push(now() - due)
    await this.#system.send(value)
    if (counts) this.#recorder.acknowledged.push(now() - due)
  }

  /** One record at a time: the next when this one is acknowledged and, with a reader, has arrived. Returns how many. */
  async awaited(milliseconds: number, counts: boolean): Promise<number> {
    const end = now() + milliseconds
    let sent = 0
    for (; now() < end; sent++) {
      const arrival = this.#reads ? this.#recorder.nextArrival() : undefined
      await this.#send(now(), counts)
      await arrival
    }
    return sent
  }

  /** Records when they are due, whatever became of those before. Returns how many when all are acknowledged. */
  async paced(perSecond: number, milliseconds: number, counts: boolean): Promise<number> {
    const count = Math.max(1, Math.round((perSecond * milliseconds) / 1000))
    const pace = new Worker(new URL('./metronome.ts', import.meta.url), {
      workerData: { perSecond, count },
      execArgv: process.execArgv,
    })
    const sends: Promise<void>[] = []
    await new Promise<void>((resolve, reject) => {
      pace.on('error', reject)
      pace.on('message', (due: number) => {
        sends.push(this.#send(due, counts))
        if (sends.length === count) resolve()
      })
    })
    await Promise.all(sends)
    await pace.terminate()
    return count
  }

  run(perSecond: number, milliseconds: number, counts: boolean): Promise<number> {
    return perSecond === 0 ? this.awaited(milliseconds, counts) : this.paced(perSecond, milliseconds, counts)
  }
}

/** Resolves with whether it came true in time. */
async function until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
  const end = now() + timeoutMs
  while (!condition()) {
    if (now() > end) return false
    await new Promise(resolve => setTimeout(resolve, 2))
  }
  return true
}

const run = readArguments()
const system = await run.open(run.target)
const recorder = new Recorder()
const reads = run.reader !== 'none'
const load = new Load(system, recorder, run.sizeBytes, reads)
const reading = reads ? system.read(recorder.arrive, run.reader === 'commit') : Promise.resolve()
let closing = false
// A reader that fails before the end ends the run: nothing that it would print were true.
reading.catch((error: unknown) => {
  if (closing) return
  console.error(error)
  process.exit(1)
})

// A group takes its time to form: the reader has the first record before the pace of the run begins.
const late = setTimeout(() => {
  console.error(`the reader had no record after ${readyTimeoutMs} ms`)
  process.exit(1)
}, readyTimeoutMs)
let warmedUp = await load.awaited(1, false)
clearTimeout(late)
warmedUp += await load.run(run.perSecond, run.warmUpMs, false)
if (reads) await until(() => recorder.warmUpSeen >= warmedUp, drainTimeoutMs)

const cpu = process.cpuUsage()
const start = now()
const records = await load.run(run.perSecond, run.milliseconds, true)
const seconds = (now() - start) / 1000
if (reads) await until(() => recorder.arrived.length >= records, drainTimeoutMs)
const { user, system: kernel } = process.cpuUsage(cpu)
const missing = Array.from({ length: records - recorder.arrived.length }, () => Number.POSITIVE_INFINITY)
const report: LatencyReport = {
  records,
  seconds,
  acknowledged: percentiles(recorder.acknowledged),
  ...(reads ? { arrived: percentiles([...recorder.arrived, ...missing]) } : {}),
  handedOver: percentiles(recorder.handedOver),
  cpuMicrosPerRecord: (user + kernel) / records,
  residentPeakMegabytes: process.resourceUsage().maxRSS / 1024,
}
console.log(JSON.stringify(report))
closing = true
await system.close()
process.exit(0)
