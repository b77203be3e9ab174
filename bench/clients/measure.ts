// What every client program of the bench shares: arguments, five awaited batches in flight, and one line of JSON about the outcome.
import { parseArgs } from 'node:util'

export interface Run {
  readonly mode: 'produce' | 'consume'
  readonly brokers: readonly string[]
  /** What is written to, records in turn; what is read, all of them. */
  readonly topics: readonly string[]
  readonly records: number
  readonly sizeBytes: number
  readonly codec: 'none' | 'lz4'
  readonly readCommitted: boolean
  /** Variant of the client: `batch`, `record`, `enqueue`, `single`, … */
  readonly variant: string
  /** Folder whose node_modules holds the peers. */
  readonly peers: string
}

export interface Outcome {
  readonly records: number
  readonly seconds: number
  /** CPU of this process during the measured part, per record. */
  readonly cpuMicrosPerRecord: number
  readonly residentPeakMegabytes: number
}

/** Records handed over in one awaited call, fewer where they are large: some clients write a call as one batch, and brokers take a megabyte. */
const batchRecords = 1000
const batchBytes = 900_000
/** How many such calls wait at a time. */
const batchesInFlight = 5
/** Calls that wait at a time where each is for one record: the requests of a busy server. */
const singlesInFlight = 100

/** Name of one of several topics; that of the only one is as it is given. */
export const topicOf = (name: string, index: number, count: number): string =>
  count === 1 ? name : `${name}-${index}`

export function readRun(): Run {
  const { values } = parseArgs({
    options: {
      mode: { type: 'string', default: 'produce' },
      brokers: { type: 'string', default: '127.0.0.1:9092' },
      topic: { type: 'string', default: 'bench' },
      records: { type: 'string', default: '1000000' },
      topics: { type: 'string', default: '1' },
      size: { type: 'string', default: '100' },
      codec: { type: 'string', default: 'none' },
      committed: { type: 'boolean', default: false },
      variant: { type: 'string', default: 'batch' },
      peers: { type: 'string', default: '' },
    },
  })
  if (values.mode !== 'produce' && values.mode !== 'consume') throw new Error(`no mode ${values.mode}`)
  if (values.codec !== 'none' && values.codec !== 'lz4') throw new Error(`no codec ${values.codec}`)
  const count = Number(values.topics)
  return {
    mode: values.mode,
    brokers: values.brokers.split(','),
    topics: Array.from({ length: count }, (_, index) => topicOf(values.topic, index, count)),
    records: Number(values.records),
    sizeBytes: Number(values.size),
    codec: values.codec,
    readCommitted: values.committed,
    variant: values.variant,
    peers: values.peers,
  }
}

/** A value of the wanted size that does not compress to nothing. */
export function makeValue(sizeBytes: number): Buffer {
  const value = Buffer.alloc(sizeBytes)
  let state = 42
  for (let index = 0; index < sizeBytes; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    value[index] = 32 + ((state >>> 16) % 95)
  }
  return value
}

/** Records that a program moves before it is measured, the same for all: code that was compiled by then is not compiled on the clock. */
export function warmUpRecords(records: number): number {
  return Math.min(Math.floor(records / 2), 500_000)
}

/** Measures `work` alone: connecting and warming up belong before it. */
export async function measure(records: number, work: () => Promise<void>): Promise<Outcome> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return {
    records,
    seconds,
    cpuMicrosPerRecord: (user + system) / records,
    residentPeakMegabytes: process.resourceUsage().maxRSS / 1024,
  }
}

/** Calls `send(count)` until `records` are sent, so many in a call and so many calls at a time. */
export async function sendInBatches(
  records: number,
  send: (count: number) => Promise<unknown>,
  [atOnce, lanes]: readonly [records: number, calls: number] = [batchRecords, batchesInFlight],
): Promise<void> {
  let left = records
  const lane = async () => {
    while (left > 0) {
      const count = Math.min(atOnce, left)
      left -= count
      await send(count)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** As many records a call as a batch takes, or, where they are awaited singly, one. */
export function sendAwaited(
  { variant, sizeBytes }: Run,
  records: number,
  send: (count: number) => Promise<unknown>,
): Promise<void> {
  return variant === 'single'
    ? sendInBatches(records, send, [1, singlesInFlight])
    : sendInBatches(records, send, [
        Math.min(batchRecords, Math.floor(batchBytes / sizeBytes)),
        batchesInFlight,
      ])
}

/** A list of so many, made by a plain loop: `Array.from` costs more than some clients do. */
export function listOf<T>(count: number, make: () => T): T[] {
  const list: T[] = []
  for (let made = 0; made < count; made++) list.push(make())
  return list
}

/** Deals topics out in turn, one a record. */
export function topicsInTurn({ topics }: Run): () => string {
  let next = 0
  return () => {
    const topic = topics[next]!
    next = next + 1 === topics.length ? 0 : next + 1
    return topic
  }
}

/** Resolves `done` when `wanted` records have been seen after the warm-up, which begins with the first record. */
export class ConsumeCounter {
  readonly #wanted: number
  #warmUpLeft: number
  #seen = 0
  #start = 0
  #cpu = process.cpuUsage()
  readonly done: Promise<Outcome>
  #resolve: (outcome: Outcome) => void = () => {}

  constructor(wanted: number) {
    this.#wanted = wanted
    this.#warmUpLeft = warmUpRecords(wanted)
    this.done = new Promise(resolve => {
      this.#resolve = resolve
    })
  }

  /** Returns whether that was enough. */
  add(count: number): boolean {
    if (this.#warmUpLeft > 0) {
      this.#warmUpLeft -= count
      if (this.#warmUpLeft <= 0) {
        this.#start = performance.now()
        this.#cpu = process.cpuUsage()
      }
      return false
    }
    this.#seen += count
    if (this.#seen < this.#wanted) return false
    const { user, system } = process.cpuUsage(this.#cpu)
    this.#resolve({
      records: this.#seen,
      seconds: (performance.now() - this.#start) / 1000,
      cpuMicrosPerRecord: (user + system) / this.#seen,
      residentPeakMegabytes: process.resourceUsage().maxRSS / 1024,
    })
    return true
  }
}

export function report(outcome: Outcome): void {
  console.log(JSON.stringify(outcome))
}
