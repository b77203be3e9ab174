// Who works next: jobs of a lane one after the other, lanes beside each other, no more at a time than allowed. Pure: the time comes in by argument.
//
//   add → ready ──next──→ running ──finish──→ gone, and the next of its lane is ready
//            ↑                │
//            └── wake(now) ── delayed (a retry waits; its lane waits with it, and nobody else does)
import { invariant } from '@millrace/runtime'
import { Fifo } from './fifo.ts'

/** What is done one after the other: the records of a partition, or of a key in it. */
export class Lane {
  /** The job that the lane is at; the others wait for it. */
  current: Job | undefined
  readonly waiting = new Fifo<Job>()
  /** The key in its partition, for lanes that come and go. */
  readonly key: string | undefined

  constructor(key?: string) {
    this.key = key
  }

  /** Whether nothing is in it. */
  get isIdle(): boolean {
    return this.current === undefined
  }
}

/** Something to be done: a record, or a batch of them. */
export interface Job {
  /** Undefined for one that need not wait for any other. */
  lane: Lane | undefined
  /** Records in it. */
  readonly records: number
  /** Bytes in it, as an estimate of what it holds in memory. */
  readonly bytes: number
  state: 'new' | 'waiting' | 'ready' | 'running' | 'delayed' | 'blocked' | 'over'
  /** When it is ready again, on the monotonic clock; undefined before it is delayed. */
  dueAt: number | undefined
}

/** How much at a time. */
export interface SchedulerLimits {
  /** Jobs that run at the same time. */
  readonly maxConcurrency: number
  /** Records that are in hand: waiting, running, delayed. */
  readonly maxInFlightRecords: number
  /** The same in bytes; one job is taken whatever its size. */
  readonly maxInFlightBytes: number
}

export class Scheduler<J extends Job = Job> {
  readonly #limits: SchedulerLimits
  readonly #ready = new Fifo<J>()
  /** A binary heap by `dueAt`. */
  readonly #delayed: J[] = []
  readonly #blocked = new Set<J>()
  #running = 0
  #records = 0
  #bytes = 0

  constructor(limits: SchedulerLimits) {
    this.#limits = limits
  }

  /** Jobs that run. */
  get running(): number {
    return this.#running
  }

  /** Records in hand. */
  get inFlightRecords(): number {
    return this.#records
  }

  /** Bytes in hand. */
  get inFlightBytes(): number {
    return this.#bytes
  }

  /** Jobs that wait for their time. */
  get delayed(): number {
    return this.#delayed.length
  }

  /** Whether one more may be added. */
  get hasRoom(): boolean {
    const { maxInFlightRecords, maxInFlightBytes } = this.#limits
    return this.#records < maxInFlightRecords && (this.#records === 0 || this.#bytes < maxInFlightBytes)
  }

  /** Whether one more may run. */
  get hasSlot(): boolean {
    return this.#running < this.#limits.maxConcurrency
  }

  /** Takes a job in: it is ready, or waits for those of its lane that came before. */
  add(job: J): void {
    invariant(job.state === 'new', 'a job is added once')
    this.#records += job.records
    this.#bytes += job.bytes
    const { lane } = job
    if (lane?.current !== undefined) {
      job.state = 'waiting'
      lane.waiting.push(job)
      return
    }
    if (lane) lane.current = job
    this.#makeReady(job)
  }

  #makeReady(job: J): void {
    job.state = 'ready'
    this.#ready.push(job)
  }

  /** The next job, which runs from now on; undefined when none is ready or enough run. */
  next(): J | undefined {
    if (this.#running >= this.#limits.maxConcurrency) return undefined
    for (let job = this.#ready.shift(); job !== undefined; job = this.#ready.shift()) {
      if (job.state !== 'ready') continue
      job.state = 'running'
      this.#running++
      return job
    }
    return undefined
  }

  /** A job that ran is over: the next one of its lane is ready. */
  finish(job: J): void {
    invariant(job.state === 'running', 'what is finished ran')
    this.#running--
    this.#end(job)
  }

  #end(job: J): void {
    job.state = 'over'
    this.#records -= job.records
    this.#bytes -= job.bytes
    const { lane } = job
    if (!lane) return
    lane.current = undefined
    const next = this.#nextOf(lane)
    if (!next) return
    lane.current = next
    this.#makeReady(next)
  }

  #nextOf(lane: Lane): J | undefined {
    for (let job = lane.waiting.shift(); job !== undefined; job = lane.waiting.shift())
      if (job.state === 'waiting') return job as J
    return undefined
  }

  /** A job that ran, or was about to, runs again at `dueAt`; its lane waits for it, and its place is free for others meanwhile. */
  delay(job: J, dueAt: number): void {
    invariant(job.state === 'running', 'what is delayed ran')
    this.#running--
    job.state = 'delayed'
    job.dueAt = dueAt
    this.#push(job)
  }

  /** The same until {@link unblock}: nobody knows when. */
  block(job: J): void {
    invariant(job.state === 'running', 'what is blocked was about to run')
    this.#running--
    job.state = 'blocked'
    this.#blocked.add(job)
  }

  /** What was blocked is ready again, in its order. */
  unblock(): void {
    for (const job of this.#blocked) this.#makeReady(job)
    this.#blocked.clear()
  }

  /** When the next delayed job is due, on the monotonic clock; undefined without any. */
  get wakeAt(): number | undefined {
    this.#dropOver()
    return this.#delayed[0]?.dueAt
  }

  /** Jobs whose time has come are ready. */
  wake(now: number): void {
    for (;;) {
      this.#dropOver()
      const job = this.#delayed[0]
      if (!job || job.dueAt! > now) return
      this.#pop()
      this.#makeReady(job)
    }
  }

  /** A job that nobody wants any more, with those behind it in its lane left to be dropped by themselves. What runs of it does not count any more. */
  drop(job: J): void {
    if (job.state === 'over' || job.state === 'new') return
    if (job.state === 'running') this.#running--
    this.#blocked.delete(job)
    // A waiting one leaves its lane when its turn would come.
    const wasCurrent = job.lane?.current === job
    job.state = 'over'
    this.#records -= job.records
    this.#bytes -= job.bytes
    if (wasCurrent) {
      job.lane!.current = undefined
      const next = this.#nextOf(job.lane!)
      if (next) {
        job.lane!.current = next
        this.#makeReady(next)
      }
    }
  }

  #dropOver(): void {
    while (this.#delayed.length > 0 && this.#delayed[0]!.state !== 'delayed') this.#pop()
  }

  #push(job: J): void {
    const heap = this.#delayed
    let at = heap.push(job) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (heap[parent]!.dueAt! <= job.dueAt!) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = job
  }

  #pop(): void {
    const heap = this.#delayed
    const last = heap.pop()!
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && heap[child + 1]!.dueAt! < heap[child]!.dueAt!) child++
      if (heap[child]!.dueAt! >= last.dueAt!) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
  }
}
