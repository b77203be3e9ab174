// The query side: makes views of events, and keeps how far it has come with them. The public face.
import {
  ClosedError,
  ConfigError,
  Consumer,
  type ConsumerBatch,
  type ConsumerRecord,
  OperationTimeoutError,
  type TopicPartition,
} from '@millrace/client'
import { type Clock, sleep } from '@millrace/runtime'
import {
  type EventEnvelope,
  type EventTypes,
  type RunnableService,
  type RunOptions,
  runServices,
  UnknownEventTypeError,
} from '@millrace/service'
import { type EventPlace, type EventPosition, storedEvent } from '../event-store/stored-event.ts'
import { versionOf } from '../event-store/stream-headers.ts'
import type { MaybeLater } from '../event-store/stream-index.ts'
import { Lifecycle, type RunState } from '../lifecycle/lifecycle.ts'
import { checkNumber } from '../options/split-options.ts'
import { Progress } from '../partitions/progress.ts'
import { readValue } from '../records/read-value.ts'
import { isThenable } from '../records/thenable.ts'
import {
  type AnyProjectionHandler,
  type ProjectionOptions,
  type ResolvedProjectionOptions,
  resolveProjectionOptions,
} from './projection-options.ts'

/** How long to wait for a projection. */
export interface ReachedOptions {
  /** In ms. Default 30,000. */
  readonly timeoutMs?: number
  /** Ends the wait: it throws the signal's reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** Counts since a projection was started, and where it stands. */
export interface ProjectionStatistics {
  /** How many events handlers have taken in. */
  readonly handled: number
  /** How many events were of types without a handler, those that the topic's definition does not have included. */
  readonly passedOver: number
  /** Records that belong to no stream. */
  readonly foreign: number
  /** Offsets between where it stands and the end of the log, as of the last fetch. */
  readonly lag: number
}

/** An event in hand, with what is to be done about it. */
interface Step {
  readonly record: ConsumerRecord
  readonly event: (EventEnvelope & EventPlace) | undefined
}

const reachedTimeoutMs = 30_000
const readBackoffMs = 500
/** Between looks at a store that others write to. */
const pollMs = 25

/**
 * Makes views of the events of a topic. An event changes the view and moves the position in one transaction of the store: each is taken in once, over crashes and restarts. One that a handler cannot take
 * in is tried again, and then the projection fails: none is passed over.
 *
 * @example
 * const balances = new Projection({
 *   brokers,
 *   name: 'balances',
 *   events: accounts,
 *   views: memoryViews(),
 *   on: {
 *     'money.deposited': ({ stream, data }, view) => view.collection<number>('balances').update(stream, (balance = 0) => balance + data.amount),
 *   },
 * })
 * await balances.start()
 */
export class Projection<Types extends EventTypes, View> implements RunnableService, AsyncDisposable {
  /** Its name. */
  readonly name: string
  readonly #options: ResolvedProjectionOptions
  readonly #consumer: Consumer
  readonly #clock: Clock
  readonly #life: Lifecycle
  /** How far the store says that it is. */
  readonly #positions = new Map<number, number>()
  readonly #progress = new Map<number, Progress>()
  /** Where it ends, by partition. */
  #bounds: Map<number, number> | undefined
  #reading: Promise<void> | undefined
  /** Batches, and what comes between them, one after the other. */
  #turn: Promise<unknown> = Promise.resolve()
  readonly #counts = { handled: 0, passedOver: 0, foreign: 0 }

  /** Checks the options; connects when it is started. Throws ConfigError. */
  constructor(options: ProjectionOptions<Types, View>) {
    this.#options = resolveProjectionOptions(options as unknown as ProjectionOptions<EventTypes, unknown>)
    this.name = this.#options.name
    this.#life = new Lifecycle(`the projection "${this.name}"`, () => void this.stop())
    this.#consumer = new Consumer(this.#options.consumer)
    this.#clock = this.#options.handlingClock ?? this.#consumer.cluster.clock
  }

  /** Where it stands. */
  get state(): RunState {
    return this.#life.state
  }

  /** Why it failed; undefined otherwise. */
  get error(): Error | undefined {
    return this.#life.error
  }

  /** Resolves when it has stopped, however that came; with `until`, when it has come there. */
  get ended(): Promise<void> {
    return this.#life.ended
  }

  /** What queries read. */
  get view(): View {
    return this.#options.views.view as View
  }

  /** Goes on where the store says. Throws what brokers and the store refuse, StateError when it was started before. */
  start(): Promise<void> {
    return this.#life.start(async () => {
      const { events, isShared, views, until } = this.#options
      const { signal } = this.#life
      if (isShared) {
        this.#consumer.subscribe([events.name], { onAssigned: given => this.#begin(given) })
      } else {
        const { partitions } = await this.#consumer.cluster.topic(events.name, { signal })
        const places = partitions.map((_, partition) => ({ topic: events.name, partition }))
        for (const [partition, position] of await views.positions(this.name))
          this.#positions.set(partition, position)
        if (until) this.#bounds = await this.#boundsOf(places)
        for (const { partition } of places)
          this.#progressOf(partition).advance(this.#positions.get(partition) ?? 0)
        const wanted = places.filter(({ partition }) => this.#bounds?.has(partition) ?? true)
        this.#consumer.assign(
          wanted.map(place => ({ ...place, offset: this.#positions.get(place.partition) ?? 0 })),
        )
        if (this.#isComplete()) return void this.stop()
      }
      this.#reading = this.#read()
    })
  }

  /** Starts, and resolves when it has stopped: by a signal of the process, by {@link stop}, by `signal`, or because it has come to `until`. Rejects with what made it fail. */
  run(options: RunOptions = {}): Promise<void> {
    return runServices([this], options)
  }

  /** The place of a moment in each partition. */
  async #boundsOf(places: readonly TopicPartition[]): Promise<Map<number, number>> {
    const { until } = this.#options
    const { signal } = this.#life
    const ends = await this.#consumer.endOffsets(places, { signal })
    const bounds = new Map<number, number>()
    if (until && 'offsets' in until) {
      for (const { partition, offset } of ends) {
        const bound = until.offsets.get(partition)
        if (bound !== undefined) bounds.set(partition, Math.min(bound, offset))
      }
      return bounds
    }
    const timestamp = until!.timestamp + 1
    const firsts = await this.#consumer.offsetsForTimes(
      places.map(place => ({ ...place, timestamp })),
      { signal },
    )
    for (const [at, { partition, offset }] of ends.entries()) {
      const first = firsts[at]!.offset
      bounds.set(partition, first < 0 ? offset : Math.min(first, offset))
    }
    return bounds
  }

  #isComplete(): boolean {
    const { signal } = this.#life
    if (!this.#bounds || signal.aborted) return false
    return [...this.#bounds].every(([partition, bound]) => this.#progressOf(partition).at >= bound)
  }

  /** Partitions of the group came. */
  async #begin(places: readonly TopicPartition[]): Promise<void> {
    const stored = await this.#options.views.positions(this.name)
    for (const place of places) {
      const position = stored.get(place.partition) ?? 0
      this.#positions.set(place.partition, position)
      this.#progressOf(place.partition).advance(position)
      this.#consumer.seek(place, position)
    }
  }

  #progressOf(partition: number): Progress {
    let progress = this.#progress.get(partition)
    if (!progress) {
      progress = new Progress()
      this.#progress.set(partition, progress)
    }
    return progress
  }

  async #read(): Promise<void> {
    const { signal } = this.#life
    while (!signal.aborted) {
      try {
        for await (const batch of this.#consumer.batches({ signal })) {
          await this.#inTurn(() => this.#take(batch))
          if (this.#isComplete()) return void this.stop()
        }
        return
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof ProjectionFailure) return this.#life.fail(error.reason)
        this.#options.onWarning(error as Error)
      }
      await sleep(this.#consumer.cluster.clock, readBackoffMs, signal).catch(() => {})
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => {})
    return turn
  }

  async #take(batch: ConsumerBatch): Promise<void> {
    const { partition } = batch
    if (!batch.isCurrent) return
    const bound = this.#bounds?.get(partition) ?? Number.POSITIVE_INFINITY
    this.#lookForGap(batch)
    let steps: Step[] = []
    for (const record of batch) {
      if (record.offset >= bound) break
      if (record.offset < (this.#positions.get(partition) ?? 0)) continue
      steps.push({ record, event: await this.#eventOf(record) })
      if (steps.length < this.#options.maxBatch) continue
      if (!(await this.#advance(partition, steps, record.offset + 1))) return
      steps = []
    }
    const end = Math.min(batch.endOffset, bound)
    if (steps.length > 0 && !(await this.#advance(partition, steps, end))) return
    this.#progressOf(partition).advance(end)
  }

  /** Events that were deleted before they were read are missing in the view. */
  #lookForGap({ topic, partition, firstOffset, logStartOffset }: ConsumerBatch): void {
    const expected = this.#progressOf(partition).at
    if (firstOffset <= expected || logStartOffset <= expected) return
    this.#options.onWarning(
      new Error(
        `the projection "${this.name}" lacks what ${topic}-${partition} had at offsets ${expected} to ${firstOffset - 1}: the log does not keep it any more`,
      ),
    )
  }

  /** What handlers are given; undefined for what they are not. */
  async #eventOf(record: ConsumerRecord): Promise<(EventEnvelope & EventPlace) | undefined> {
    const { events, handlesForeign } = this.#options
    const version = versionOf(record.headers)
    if (version === undefined && !handlesForeign) {
      this.#counts.foreign++
      return undefined
    }
    const { partition, offset, timestamp } = record
    const stream = record.keyBytes?.toString() ?? ''
    try {
      const event = (await readValue(events, record)) as EventEnvelope
      return storedEvent(event, { stream, version: version ?? 0, position: { partition, offset }, timestamp })
    } catch (error) {
      const { cause } = error as Error
      if (cause instanceof UnknownEventTypeError) {
        this.#counts.passedOver++
        return undefined
      }
      throw new ProjectionFailure(this.name, record, error)
    }
  }

  /** Takes events in. False where the store stands elsewhere: then what is there is read. */
  async #advance(partition: number, steps: readonly Step[], to: number): Promise<boolean> {
    try {
      return await this.#move(partition, steps, to)
    } catch (error) {
      if (this.#life.signal.aborted) throw error
      // One by one: those before what fails are not to wait for it.
      if (steps.length === 1) return this.#insist(partition, steps[0]!, to, error)
      for (const [at, step] of steps.entries()) {
        const end = at === steps.length - 1 ? to : step.record.offset + 1
        if (!(await this.#insist(partition, step, end, undefined))) return false
      }
      return true
    }
  }

  /** Tries an event as often as is allowed. `failed`: how it failed already. */
  async #insist(partition: number, step: Step, to: number, failed: unknown): Promise<boolean> {
    const { attempts, backoff, onWarning } = this.#options
    const { random } = this.#consumer.cluster
    let error = failed
    for (let attempt = failed === undefined ? 0 : 1; attempt < attempts; attempt++) {
      if (attempt > 0) {
        onWarning(error as Error)
        await sleep(this.#clock, backoff(attempt, random), this.#life.signal)
      }
      try {
        return await this.#move(partition, [step], to)
      } catch (next) {
        error = next
      }
    }
    throw new ProjectionFailure(this.name, step.record, error)
  }

  async #move(partition: number, steps: readonly Step[], to: number): Promise<boolean> {
    const { views, handlers } = this.#options
    const from = this.#positions.get(partition) ?? 0
    const events = steps.flatMap(({ event }) => event ?? [])
    const wanted = events.flatMap(event => {
      const handler = handlers.get(event.type)
      return handler ? [{ event, handler }] : []
    })
    const isMine = await views.advance({ projection: this.name, partition, from, to }, view =>
      takeIn(wanted, view),
    )
    if (!isMine) {
      await this.#rejoin(partition)
      return false
    }
    this.#counts.handled += wanted.length
    this.#counts.passedOver += events.length - wanted.length
    this.#positions.set(partition, to)
    this.#progressOf(partition).advance(to)
    return true
  }

  /** Another instance has moved the position: it goes on from there. */
  async #rejoin(partition: number): Promise<void> {
    const position = (await this.#options.views.positions(this.name)).get(partition) ?? 0
    this.#positions.set(partition, position)
    this.#progressOf(partition).advance(position)
    this.#consumer.seek({ topic: this.#options.events.name, partition }, position)
  }

  /**
   * Takes away all that it made and begins anew, in one step of the store; queries see views grow again. Works before it is started, too. Throws ConfigError without `clear`, and what the store throws.
   */
  async rebuild(): Promise<void> {
    const { clear, views, events } = this.#options
    if (!clear)
      throw new ConfigError(
        `rebuild: the projection "${this.name}" has no clear: say what takes its views away`,
      )
    await this.#inTurn(async () => {
      await views.reset(this.name, clear)
      this.#positions.clear()
      for (const [partition, progress] of this.#progress) {
        progress.restart(0)
        const isHere = this.#consumer.assignment.some(each => each.partition === partition)
        if (isHere) this.#consumer.seek({ topic: events.name, partition }, 0)
      }
    })
  }

  /**
   * Resolves when views have an event: where `append` or `execute` said that it stands. A query behind it sees what was done. Throws OperationTimeoutError, the signal's reason, and what made the projection fail.
   */
  async reached(position: EventPosition | undefined, options: ReachedOptions = {}): Promise<void> {
    const { timeoutMs = reachedTimeoutMs, signal } = options
    checkNumber('reached: timeoutMs', timeoutMs, 0, false)
    if (!position) return
    const time = new AbortController()
    const timer = this.#consumer.cluster.clock.setTimer(timeoutMs, () =>
      time.abort(
        new OperationTimeoutError(
          `the projection "${this.name}" did not come to offset ${position.offset} of partition ${position.partition} within ${timeoutMs} ms`,
        ),
      ),
    )
    const ends = AbortSignal.any([time.signal, ...(signal ? [signal] : [])])
    try {
      if (this.#options.isShared) await this.#storeReached(position, ends)
      else await this.#progressOf(position.partition).reached(position.offset + 1, ends)
    } finally {
      timer.cancel()
    }
  }

  /** Another instance may be at it. */
  async #storeReached({ partition, offset }: EventPosition, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted()
      this.#life.signal.throwIfAborted()
      const stored = (await this.#options.views.positions(this.name)).get(partition) ?? 0
      if (stored > offset) return
      await sleep(this.#consumer.cluster.clock, pollMs, signal)
    }
  }

  /** Counters since it was started, and where it stands. */
  get statistics(): ProjectionStatistics {
    const lag = this.#consumer.lags().reduce((sum, each) => sum + (each.lag ?? 0), 0)
    return { ...this.#counts, lag }
  }

  /** Ends when the events in hand are taken in, and closes all connections. Never rejects. Another call waits for the first. */
  stop(): Promise<void> {
    return this.#life.stop(async () => {
      for (const progress of this.#progress.values())
        progress.fail(this.#life.error ?? new ClosedError(`the projection "${this.name}"`))
      await this.#reading
      await this.#turn
      await this.#consumer.close().catch(this.#options.onWarning)
    })
  }

  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }
}

/** One after the other; a promise only where a handler returns one, since a store may want all to be done when this returns. */
function takeIn(
  wanted: readonly { readonly event: EventEnvelope & EventPlace; readonly handler: AnyProjectionHandler }[],
  view: unknown,
  from = 0,
): MaybeLater<void> {
  for (let at = from; at < wanted.length; at++) {
    const { event, handler } = wanted[at]!
    const taken = handler(event, view)
    if (isThenable(taken)) return taken.then(() => takeIn(wanted, view, at + 1))
  }
}

/** An event that cannot be taken in. */
class ProjectionFailure extends Error {
  readonly reason: Error

  constructor(name: string, { topic, partition, offset }: ConsumerRecord, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause)
    const message = `the projection "${name}" cannot take in ${topic}-${partition} at offset ${offset}: ${why}; it stops before it`
    super(message)
    this.reason = new Error(message, { cause })
  }
}
