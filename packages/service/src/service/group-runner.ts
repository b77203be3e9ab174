// One member of a group: its consumer, the partitions that it has, and the stations at which their records are handled.
import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Consumer,
  type ConsumerBatch,
  GroupError,
  type HandledBatch,
  KafkaError,
} from '@millrace/client'
import { type Clock, type Random, sleep, type Timer } from '@millrace/runtime'
import { exponential } from '../failure/backoff.ts'
import type { AroundBatch } from '../handling/batch-handler.ts'
import type { Around } from '../handling/topic-handler.ts'
import type { EventDoor } from '../observe/event-door.ts'
import type { PartitionGauges, ServiceMetrics } from '../observe/metrics.ts'
import { isThenable } from '../thenable.ts'
import { Assignments } from './assignments.ts'
import type { Ledger } from './ledger.ts'
import type { PartitionWork } from './partition-work.ts'
import type { Station } from './station.ts'

export interface GroupRunnerOptions {
  readonly service: string
  readonly group: string
  readonly consumer: Consumer
  readonly ledger: Ledger
  readonly clock: Clock
  readonly random: Random
  readonly events: EventDoor
  readonly metrics: ServiceMetrics
  /** Stations by topic, retry topics included. */
  readonly stations: ReadonlyMap<string, Station>
  readonly commitIntervalMs: number
  readonly revokeTimeoutMs: number
  readonly metadataMaxChars: number
  readonly unreadMaxBytes: number
  /** Nothing goes on: why. */
  readonly onFailed: (error: Error) => void
}

/** How long leaving the group may take, and how long where brokers were silent just now, in ms. */
const closeMs = 5_000
const silentCloseMs = 500
const consumeBackoff = exponential({ initialMs: 100, maxMs: 5_000 })

export class GroupRunner {
  readonly #options: GroupRunnerOptions
  readonly #assignments: Assignments
  readonly #stop = new AbortController()
  #unreadBytes = 0
  #loop: Promise<void> | undefined
  #timer: Timer | undefined
  #isCommitDue = false

  constructor(options: GroupRunnerOptions) {
    this.#options = options
    this.#assignments = new Assignments({
      ...options,
      onAdded: () => this.#resumeAll(),
      onDropped: work => {
        this.#unreadBytes -= work.unreadBytes
      },
    })
  }

  get group(): string {
    return this.#options.group
  }

  /** Whether the group has told which partitions are its. */
  get hasJoined(): boolean {
    return this.#assignments.hasJoined
  }

  /** Joins the group and works. Returns at once. */
  start(): void {
    const opening = this.#options.ledger.open(this.#stop.signal)
    this.#loop = opening ? opening.then(() => this.#join()) : this.#join()
    this.#arm()
  }

  async #join(): Promise<void> {
    const { consumer, stations } = this.#options
    if (this.#stop.signal.aborted) return
    consumer.subscribe([...stations.keys()], this.#assignments.hooks)
    await this.#consume()
  }

  /** Takes nothing more, and waits until what is being handled is done, for `timeoutMs` at most; then gives everything up and leaves the group. */
  async stop(timeoutMs: number): Promise<void> {
    const { consumer, ledger, stations } = this.#options
    this.#stop.abort()
    await this.#loop
    const isAnswered = await this.#assignments.finish([...this.#assignments.works], timeoutMs)
    for (const station of new Set(stations.values())) station.close()
    this.#timer?.cancel()
    // Its hook finds nothing in hand any more.
    await consumer.close({ timeoutMs: isAnswered ? closeMs : silentCloseMs })
    await ledger.close()
    // Marks follow commits.
    await Promise.all(Array.from(new Set(stations.values()), ({ handler }) => handler.close()))
  }

  async #consume(): Promise<void> {
    const { consumer, clock, random, events, service, group } = this.#options
    const { signal } = this.#stop
    for (let failures = 0; !signal.aborted; ) {
      try {
        for await (const batch of consumer.batches({ signal })) {
          failures = 0
          this.#accept(batch)
        }
        return
      } catch (error) {
        if (signal.aborted) return
        if (isFinal(error)) return this.#options.onFailed(error as Error)
        if (events.active) {
          const message = `consuming failed (${(error as Error).message}); trying again`
          events.emit({ type: 'work.retried', level: 'warn', subject: group, service, error, message })
        }
        await sleep(clock, consumeBackoff(++failures, random), signal).catch(() => {})
      }
    }
  }

  #accept(batch: ConsumerBatch): void {
    let work = this.#assignments.find(batch)
    if (!work || work.isClosing) return
    // The client had to start elsewhere: what is in hand stands for offsets that are no more.
    if (!work.follows(batch)) work = this.#assignments.renew(work)
    work.accept(batch)
    this.#unreadBytes += batch.sizeBytes
    this.#holdBack(work)
    const station = this.#options.stations.get(batch.topic)!
    station.feed(work)
    station.pump()
  }

  /** Has no more fetched of what is not read: memory is bounded, and the group hears of us all the same. */
  #holdBack(work: PartitionWork): void {
    if (work.isPaused || (!work.isStocked && this.#unreadBytes < this.#options.unreadMaxBytes)) return
    work.isPaused = true
    this.#options.consumer.pause([work])
  }

  /** Records of a partition were read: there may be room for more. */
  onRead(work: PartitionWork, before: number): void {
    this.#unreadBytes += work.unreadBytes - before
    if (!work.isPaused || work.isStocked || work.isClosing) return
    if (this.#unreadBytes >= this.#options.unreadMaxBytes && work.hasUnread) return
    work.isPaused = false
    this.#options.consumer.resume([work])
  }

  #resumeAll(): void {
    for (const work of this.#assignments.works) if (work.isPaused) this.onRead(work, work.unreadBytes)
  }

  /** A commit is worth it now. */
  commitSoon(): void {
    if (this.#isCommitDue) return
    this.#isCommitDue = true
    this.#options.clock.defer(() => {
      this.#isCommitDue = false
      void this.commit()
    })
  }

  commit(): Promise<void> {
    return this.#options.ledger.commit(this.#assignments.works)
  }

  #arm(): void {
    const { clock, commitIntervalMs } = this.#options
    this.#timer = clock.setTimer(commitIntervalMs, () => {
      void this.commit().then(() => {
        if (!this.#stop.signal.aborted) this.#arm()
      })
    })
  }

  /** Goes back to what the group has committed, in all partitions: what was written since does not count. */
  reload(error: Error): Promise<void> {
    return this.#assignments.reload(error)
  }

  /** What hooks of the client want to stand around handlers; undefined where none does. */
  around(): Around | undefined {
    const { hooks } = this.#options.consumer.cluster
    if (hooks.aroundRecord(nobody) === nobody) return undefined
    return (delivery, run) => {
      let result: ReturnType<typeof run>
      const handled = hooks.aroundRecord(() => {
        // What is written because of it is written when it has returned: that belongs to the same trace.
        delivery.inContext = AsyncLocalStorage.snapshot()
        const running = run()
        // Asked once: queries of some libraries are made anew by each `then`.
        result = isThenable(running) ? Promise.resolve(running) : running
        return result instanceof Promise ? result.then(() => {}) : undefined
      })(delivery.record)
      return isThenable(handled) ? Promise.resolve(handled).then(() => result) : result
    }
  }

  /** The same around handlers of batches. */
  aroundBatch(): AroundBatch | undefined {
    const { hooks } = this.#options.consumer.cluster
    if (hooks.aroundBatch(nobody) === nobody) return undefined
    return (records, attempt, run) => {
      const { topic, partition, offset: firstOffset } = records[0]!
      const batch: HandledBatch = { topic, partition, firstOffset, endOffset: records.at(-1)!.offset + 1 }
      return hooks.aroundBatch(() => {
        attempt.inContext = AsyncLocalStorage.snapshot()
        const running = run()
        return isThenable(running) ? Promise.resolve(running) : undefined
      })(batch)
    }
  }

  *gauges(): Generator<PartitionGauges> {
    const now = this.#options.clock.now()
    for (const work of this.#assignments.works) {
      const { topic, partition, group, lag, oldestTimestamp: since, tracker, isFull, isPaused } = work
      const age = since === undefined ? undefined : Math.max(0, now - since)
      const lagMs = lag === 0 ? 0 : age
      const inFlight = tracker?.openCount ?? 0
      yield { topic, partition, group, lag, lagMs, inFlight, isHeld: isFull || isPaused }
    }
  }

  /** Topics that are read, retry topics included. */
  get topics(): readonly string[] {
    return [...this.#options.stations.keys()]
  }

  /** Records, or batches, that are being handled. */
  get running(): number {
    let running = 0
    for (const { scheduler } of new Set(this.#options.stations.values())) running += scheduler.running
    return running
  }
}

function nobody(): void {}

/** Whether consuming cannot go on by itself: not allowed, misconfigured, taken over. */
function isFinal(error: unknown): boolean {
  if (error instanceof GroupError) return error.code === 'FENCED'
  return error instanceof KafkaError && !error.retriable && error.code !== 'OPERATION_TIMEOUT'
}
