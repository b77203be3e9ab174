// A relay: sends what is in an outbox, in order, beside others that do the same. The public face, and the loop that reads.
import { StateError } from '@millrace/client'
import { type Family, randomUuid, sleep } from '@millrace/runtime'
import {
  exponential,
  type MeasuredService,
  type RunnableService,
  type RunOptions,
  runServices,
} from '@millrace/service'
import type { Exclusions } from '../outbox/outbox-table.ts'
import type { OutboxRow, RowHead } from '../outbox/row.ts'
import {
  type OutboxRelayOptions,
  type ResolvedRelayOptions,
  resolveRelayOptions,
  stuckShare,
} from './options.ts'
import { RelayDoor } from './relay-door.ts'
import type { RelayState } from './relay-event.ts'
import { RelayCounts, type RelayStatistics } from './relay-metrics.ts'
import { Sender } from './sender.ts'
import { ShardKeeper } from './shard-keeper.ts'
import { Topics } from './topics.ts'
import { UnderWay, type Wave } from './under-way.ts'
import { Waker } from './waker.ts'
import { pickWave } from './wave.ts'
import { WaveSender } from './wave-sender.ts'

const readBackoff = exponential({ initialMs: 100, maxMs: 10_000 })
const cleanIntervalMs = 10_000
/** How long the last statements may take, in ms, whatever the time to stop is. */
const lastWordsMs = 3_000
/** Values of one statement: SQLite takes 32,766, and others twice as many. */
const valuesMax = 30_000
/** Rows that one statement deletes. */
const cleanRows = 1_000
/** A topic that writes nothing for this long, in ms, is passed by rows of others. */
const stuckAfterMs = 2_000

/**
 * Sends the events of an outbox to their topics: those of one key in the order in which they were enqueued, each at least once. After a crash some are sent once more, with the same bytes and the same header `outbox-id`
 * (events with the same id, too), so that handlers with `dedupe` handle them once. Any number of relays share the work.
 *
 * @example
 * const relay = new OutboxRelay({ outbox, brokers: ['localhost:9092'] })
 * await runServices([billing, relay])
 */
export class OutboxRelay implements RunnableService, MeasuredService, AsyncDisposable {
  /** What it is called. */
  readonly name: string
  readonly #options: ResolvedRelayOptions
  readonly #door: RelayDoor
  readonly #counts = new RelayCounts()
  readonly #sender: Sender
  readonly #topics: Topics
  readonly #waves: WaveSender
  readonly #keeper: ShardKeeper
  readonly #waker: Waker
  readonly #underWay = new UnderWay()
  readonly #stopping = new AbortController()
  readonly #givenUp = new AbortController()
  /** Shards that may have rows. */
  readonly #hungry = new Set<number>()
  #state: RelayState = 'CREATED'
  #error: Error | undefined
  #work: Promise<unknown> = Promise.resolve()
  #stop: Promise<void> | undefined
  readonly #ended: Promise<void>
  #end: () => void = () => {}

  /** Checks the options; connects when it is started. Throws ConfigError. */
  constructor(options: OutboxRelayOptions) {
    this.#options = resolveRelayOptions(options)
    const { name, outbox, clock, random, listener, logger, leaseMs, poison, keepSentMs, producer } =
      this.#options
    const { source } = outbox
    this.name = name
    this.#door = new RelayDoor(name, clock, listener, logger)
    this.#waker = new Waker(clock)
    this.#sender = new Sender(producer)
    const world = { source, clock, random, door: this.#door }
    this.#keeper = new ShardKeeper({
      ...world,
      owner: randomUuid(random),
      leaseMs,
      isBusy: shard => this.#underWay.has(shard),
      onMoved: () => this.wake(),
    })
    const stopping = this.#stopping.signal
    this.#topics = new Topics({ ...world, sender: this.#sender, wake: () => this.wake(), stopping })
    this.#waves = new WaveSender({
      ...world,
      sender: this.#sender,
      topics: this.#topics,
      poison,
      keepsSent: keepSentMs > 0,
      counts: this.#counts,
      stopping,
      givenUp: this.#givenUp.signal,
    })
    this.#ended = new Promise(resolve => {
      this.#end = resolve
    })
  }

  /** Where it stands. */
  get state(): RelayState {
    return this.#state
  }

  /** What kept it from starting; undefined where nothing did. */
  get error(): Error | undefined {
    return this.#error
  }

  /** Resolves when it has come to an end, whether it stopped or failed. */
  get ended(): Promise<void> {
    return this.#ended
  }

  /** What it has done, and is doing. */
  get statistics(): RelayStatistics {
    const { sentRows, failedAttempts, setAsideRows } = this.#counts
    const now = this.#options.clock.monotonic()
    return {
      sentRows,
      failedAttempts,
      setAsideRows,
      inFlightRows: this.#underWay.rows,
      inFlightBytes: this.#underWay.bytes,
      oldestMs: this.#underWay.oldestMs(now),
      shards: this.#keeper.shards.length,
      delayedLanes: this.#waves.lanes.size,
      delayedTopics: [...new Set([...this.#topics.delayed(now), ...this.#underWay.stuckTopics()])],
    }
  }

  /** Families of metrics as they are now, for `servicePrometheusText`. */
  metrics(): readonly Family[] {
    return this.#counts.families(this.name, this.statistics)
  }

  /** Looks at the outbox at once: for who has just committed, where the database tells nobody. */
  wake(): void {
    for (const shard of this.#keeper.shards) this.#hungry.add(shard)
    this.#waker.wake()
  }

  /** Takes its share of the outbox, and works. Resolves when it is RUNNING. Throws StateError when it was started before, and what the database says: there are no tables, for one. */
  async start(): Promise<void> {
    if (this.#state !== 'CREATED')
      throw new StateError(`start: the relay is ${this.#state}; a relay is started once`)
    this.#move('STARTING')
    try {
      await this.#keeper.start()
    } catch (error) {
      const hint = 'the outbox cannot be read; createTables() makes its tables'
      this.#error = new Error(`${hint} (${(error as Error).message})`, { cause: error })
      this.#move('FAILED')
      this.#end()
      throw this.#error
    }
    if (this.#stopping.signal.aborted) return
    this.#move('RUNNING')
    this.#work = Promise.all([this.#run(), this.#listen(), this.#clean()])
  }

  /** Starts, and resolves when the relay has stopped: by a signal of the process (SIGINT, SIGTERM), by {@link stop} or by `signal`. Rejects with what kept it from starting. */
  run(options: RunOptions = {}): Promise<void> {
    return runServices([this], options)
  }

  async #run(): Promise<void> {
    const { clock, random, pollIntervalMs } = this.#options
    const { signal } = this.#stopping
    for (let failures = 0; !signal.aborted; ) {
      try {
        const isMore = await this.#round()
        failures = 0
        if (isMore) continue
      } catch (error) {
        this.#door.retried('reading the outbox', error)
        await sleep(clock, readBackoff(++failures, random), signal).catch(() => {})
        continue
      }
      const now = clock.monotonic()
      const { lanes, pausedUntil } = this.#waves
      const readAt = this.#underWay.oldestReadAt()
      const stuckAt = readAt === undefined ? undefined : readAt + stuckAfterMs
      const pausedTo = pausedUntil > now ? pausedUntil : undefined
      const due = [lanes.nextAt(now), this.#topics.nextAt(now), pausedTo, stuckAt]
      const waits = due.flatMap(at => (at === undefined ? [] : [Math.max(1, at - now)]))
      const isWoken = await this.#waker.wait(Math.min(pollIntervalMs, ...waits))
      // It is time to look for itself.
      if (!isWoken) for (const shard of this.#keeper.shards) this.#hungry.add(shard)
    }
  }

  /** Reads some of what waits, and has it sent. False where nothing more can be done at present. */
  async #round(): Promise<boolean> {
    const { clock, batchRows, maxInFlightRows, maxInFlightBytes, poison } = this.#options
    const now = clock.monotonic()
    this.#stick(now)
    const { rows: allRows, bytes: allBytes, stuckRows, stuckBytes } = this.#underWay
    const rows = Math.min(maxInFlightRows + stuckRows, maxInFlightRows * stuckShare) - allRows
    const bytes = Math.min(maxInFlightBytes + stuckBytes, maxInFlightBytes * stuckShare) - allBytes
    const shards = this.#keeper.shards.filter(
      shard => this.#hungry.has(shard) && this.#underWay.isFree(shard),
    )
    const isIdle = this.#underWay.isEmpty
    if (shards.length === 0 || rows <= 0 || (bytes <= 0 && !isIdle) || now < this.#waves.pausedUntil)
      return false
    const stuckTopics = this.#underWay.stuckTopics()
    const exclusions = {
      lanes: this.#waves.lanes.waiting(now),
      topics: [...new Set([...this.#topics.excluded(now), ...stuckTopics])],
    }
    // What is committed from here on may be missed.
    for (const shard of shards) this.#hungry.delete(shard)
    const heads = await this.#heads(shards, exclusions)
    for (const { shard } of heads) this.#hungry.add(shard)
    // A row may have to wait for the one before it to be gone.
    const rowsPerLane = poison === 'block' ? 1 : batchRows
    const known = heads.filter(({ topic }) => this.#topics.isKnown(topic))
    const picked = pickWave(known, { rows, bytes, isIdle, rowsPerLane })
    if (picked.length === 0 || this.#stopping.signal.aborted) return false
    await this.#begin(picked)
    return true
  }

  /** The first rows of shards, by as many statements as it takes. */
  async #heads(shards: readonly number[], { lanes, topics }: Exclusions): Promise<RowHead[]> {
    const { outbox, batchRows } = this.#options
    const { source } = outbox
    // Those beyond are read, and wait all the same.
    const named = topics.slice(0, valuesMax - lanes.length)
    const values = Math.max(1, lanes.length + named.length)
    const step = Math.max(1, Math.floor(valuesMax / values))
    const heads: RowHead[] = []
    for (let from = 0; from < shards.length; from += step) {
      const part = shards.slice(from, from + step)
      const { rows } = await source.run(source.table.heads(part, batchRows, { lanes, topics: named }))
      for (const row of rows) heads.push(source.table.headOf(row))
    }
    return heads
  }

  async #begin(picked: readonly RowHead[]): Promise<void> {
    const { source } = this.#options.outbox
    const { clock } = this.#options
    const read = await source.run(source.table.rows(picked.map(({ seq }) => seq)))
    // Rows of several topics do not wait for each other.
    const groups = new Map<string, OutboxRow[]>()
    for (const row of read.rows.map(each => source.table.rowOf(each))) {
      const group = `${row.shard} ${row.topic}`
      const rows = groups.get(group)
      if (rows) rows.push(row)
      else groups.set(group, [row])
    }
    const held = new Set(this.#keeper.shards)
    for (const rows of groups.values()) {
      const { shard, topic } = rows[0]!
      // Its lease ran out while it was read.
      if (!held.has(shard)) continue
      const wave: Wave = { shard, topic, rows, readAt: clock.monotonic() }
      this.#underWay.add(wave)
      void this.#waves.send(rows).then(() => {
        // Rows of its topic may have waited in all shards.
        if (this.#underWay.remove(wave)) this.wake()
        this.#hungry.add(shard)
        this.#waker.wake()
      })
    }
  }

  /** A topic that is deleted, or whose partitions have no leader, holds none of the others up: the producer goes on trying, since what it gives up might be written all the same. */
  #stick(now: number): void {
    const told = new Set<string>()
    for (const { shard, topic } of this.#underWay.stick(now - stuckAfterMs)) {
      this.#hungry.add(shard)
      told.add(topic)
    }
    for (const topic of told) this.#topics.stuck(topic, stuckAfterMs)
  }

  async #listen(): Promise<void> {
    const { listen } = this.#options.outbox.source
    const onRetried = (error: unknown) => this.#door.retried('listening for new rows', error)
    await listen?.(() => this.wake(), onRetried, this.#stopping.signal)
  }

  /** Deletes what was kept long enough: one relay does, whoever has the first shard. */
  async #clean(): Promise<void> {
    const { outbox, clock, keepSentMs } = this.#options
    const { source } = outbox
    const { signal } = this.#stopping
    while (keepSentMs > 0 && !signal.aborted) {
      let isMore = false
      try {
        if (this.#keeper.shards.includes(0)) {
          const { affected } = await source.run(source.table.clean(keepSentMs, cleanRows))
          isMore = affected >= cleanRows
        }
      } catch (error) {
        this.#door.retried('deleting rows that were kept', error)
      }
      if (!isMore) await sleep(clock, Math.min(cleanIntervalMs, keepSentMs), signal).catch(() => {})
    }
  }

  /**
   * Stops: reads nothing more, waits for what is under way up to `stopTimeoutMs`, gives its share to others, closes the connections to brokers. What was not sent in time is sent by whoever comes next. Never rejects.
   */
  stop(): Promise<void> {
    this.#stop ??= this.#stopAll()
    return this.#stop
  }

  async #stopAll(): Promise<void> {
    const { stopTimeoutMs } = this.#options
    const before = this.#state
    this.#stopping.abort(new StateError('the relay stops'))
    this.#waker.wake()
    if (before === 'RUNNING' || before === 'STARTING') {
      this.#move('STOPPING')
      await this.#within(stopTimeoutMs, this.#idle())
    }
    this.#givenUp.abort(new StateError('the relay has stopped'))
    await this.#sender.close(0)
    // A database that does not answer keeps nobody from stopping.
    await this.#within(lastWordsMs, this.#idle())
    if (before !== 'CREATED' && before !== 'FAILED') await this.#within(lastWordsMs, this.#keeper.stop())
    if (this.#state !== 'FAILED') this.#move('STOPPED')
    this.#end()
  }

  /** Waits for something, so long at most. */
  async #within(ms: number, ending: Promise<void>): Promise<void> {
    const timer = new AbortController()
    await Promise.race([ending, sleep(this.#options.clock, ms, timer.signal).catch(() => {})])
    timer.abort()
  }

  /** Resolves when nothing is under way. */
  async #idle(): Promise<void> {
    await this.#work
    while (!this.#underWay.isEmpty) await this.#waker.wait(100)
  }

  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  #move(to: RelayState): void {
    const from = this.#state
    this.#state = to
    const error = to === 'FAILED' ? this.#error : undefined
    const message = `relay "${this.name}" is ${to}${error ? `: ${error.message}` : ''}`
    const level = to === 'FAILED' ? 'error' : 'info'
    this.#door.emit({ type: 'relay.state', level, subject: this.name, from, to, error, message })
  }
}
