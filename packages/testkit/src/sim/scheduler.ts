// Virtual time: an event queue ordered by (time, sequence) that a seed and nothing else decides.
import { runSteps } from './node-turn.ts'
import { SimRandom } from './random.ts'
import { Trace } from './trace.ts'

/** One event that is due at some time. */
export class SimEvent {
  readonly timeMs: number
  readonly sequence: number
  run: (() => void) | undefined

  constructor(timeMs: number, sequence: number, run: () => void) {
    this.timeMs = timeMs
    this.sequence = sequence
    this.run = run
  }

  /** Idempotent; safe after it ran. */
  cancel(): void {
    this.run = undefined
  }
}

/** The run went on without getting anywhere: time stood still, events ran out, or there were too many of them. */
export class StalledError extends Error {
  override readonly name = 'StalledError'
}

export interface RunLimits {
  /** Ends the run with a `StalledError` after this many events. Default 5,000,000. */
  readonly eventsMax?: number
  /** Ends the run with a `StalledError` when virtual time has moved this far. Default one day. */
  readonly durationMaxMs?: number
  /** More events than this at one instant are a livelock. Default 200,000. */
  readonly eventsPerInstantMax?: number
}

/** The heart of a simulation: time stands still while code runs and jumps to the next event when nothing is left to run. */
export class SimScheduler {
  readonly trace: Trace
  readonly random: SimRandom
  readonly #heap: SimEvent[] = []
  #nowMs = 0
  #sequence = 0
  #eventCount = 0

  constructor(options: { readonly seed: number; readonly trace?: Trace }) {
    this.random = new SimRandom(options.seed)
    this.trace = options.trace ?? new Trace()
  }

  /** Virtual milliseconds since the start, in steps of a microsecond. */
  get nowMs(): number {
    return this.#nowMs
  }

  /** Events run so far. */
  get eventCount(): number {
    return this.#eventCount
  }

  /** Runs `run` after `delayMs`; events of one instant run in the order in which they were set. */
  after(delayMs: number, run: () => void): SimEvent {
    // Rounded up: an event that comes a hair too early makes code that waits for a deadline wait again, for ever.
    const timeUs = Math.round(this.#nowMs * 1000) + Math.max(0, Math.ceil(delayMs * 1000))
    const event = new SimEvent(timeUs / 1000, this.#sequence++, run)
    this.#push(event)
    return event
  }

  /** Adds a line to the trace at the current time. */
  note(text: string): void {
    this.trace.record(this.#nowMs, text)
  }

  /** Runs events until `until` holds. An empty queue while it does not hold is a `StalledError`: something waits for ever. */
  async run(until: () => boolean, limits: RunLimits = {}): Promise<void> {
    const eventsMax = this.#eventCount + (limits.eventsMax ?? 5_000_000)
    const timeMaxMs = this.#nowMs + (limits.durationMaxMs ?? 86_400_000)
    const eventsPerInstantMax = limits.eventsPerInstantMax ?? 200_000
    let instantEvents = 0
    await runSteps(() => {
      if (until()) return false
      const event = this.#popLive()
      if (event === undefined) throw new StalledError('nothing is left to happen, and the end is not reached')
      if (event.timeMs > timeMaxMs) throw new StalledError(`not at the end by virtual time ${timeMaxMs} ms`)
      instantEvents = event.timeMs === this.#nowMs ? instantEvents + 1 : 0
      if (instantEvents > eventsPerInstantMax)
        throw new StalledError(`livelock: time stands at ${this.#nowMs} ms`)
      if (++this.#eventCount > eventsMax) throw new StalledError(`not at the end after ${eventsMax} events`)
      this.#nowMs = event.timeMs
      const run = event.run!
      event.run = undefined
      run()
      return true
    })
  }

  /** Runs until `promise` settles and returns its outcome. */
  async settle<T>(promise: Promise<T>, limits?: RunLimits): Promise<T> {
    let settled = false
    const mark = () => {
      settled = true
    }
    promise.then(mark, mark)
    await this.run(() => settled, limits)
    return await promise
  }

  #popLive(): SimEvent | undefined {
    for (;;) {
      const event = this.#pop()
      if (event === undefined || event.run !== undefined) return event
    }
  }

  #push(event: SimEvent): void {
    const heap = this.#heap
    let index = heap.length
    heap.push(event)
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!isBefore(event, heap[parent]!)) break
      heap[index] = heap[parent]!
      index = parent
    }
    heap[index] = event
  }

  #pop(): SimEvent | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
      if (!isBefore(heap[child]!, last)) break
      heap[index] = heap[child]!
      index = child
    }
    heap[index] = last
    return first
  }
}

function isBefore(one: SimEvent, other: SimEvent): boolean {
  return one.timeMs < other.timeMs || (one.timeMs === other.timeMs && one.sequence < other.sequence)
}
