// Delivers what waits in a schedule topic when its time has come: the public face.
import {
  type AnyTopic,
  BrokerError,
  ClosedError,
  ConfigError,
  Consumer,
  Producer,
  type ProducerRecord,
  type TopicPartition,
} from '@millrace/client'
import { type Clock, sleep } from '@millrace/runtime'
import { type Publication, type RunnableService, type RunOptions, runServices } from '@millrace/service'
import { Lifecycle, type RunState } from '../lifecycle/lifecycle.ts'
import { ensureTopic, topicConfig } from '../options/ensure-topic.ts'
import { FencedProducer } from '../partitions/fenced-producer.ts'
import { LogEnds } from '../partitions/log-ends.ts'
import { OffsetReader } from '../partitions/offset-reader.ts'
import { type ResolvedSchedulerOptions, resolveSchedulerOptions, type SchedulerOptions } from './options.ts'
import { PartitionScheduler } from './partition-scheduler.ts'
import { PendingLog } from './pending-log.ts'
import type { When } from './schedule-topic.ts'

/** Counts since a scheduler was started, and what waits in its partitions. */
export interface SchedulerStatistics {
  /** Records that were delivered. */
  readonly delivered: number
  /** How many cancellations were read, those of what did not wait any more included. */
  readonly cancelled: number
  /** Records that could not be delivered, and are dead letters. */
  readonly failed: number
  /** The longest that a delivery was behind its time, in ms. */
  readonly lateMaxMs: number
  /** Partitions of the schedule topic that are its at present. */
  readonly partitions: number
  /** How many entries in memory wait in them; there are others in the log if `isBounded`. */
  readonly waiting: number
  /** Whether more wait than are in memory. */
  readonly isBounded: boolean
  /** When the next one is due, in ms since the epoch; undefined where none waits. */
  readonly nextDueAt: number | undefined
  /** Times that the log of what waits was read again because it does not fit into memory. */
  readonly passes: number
}

/** Of what waits, the last word of each id. A tombstone is kept for a day, by default, for readers that are at it. */
const pendingConfigs = { 'cleanup.policy': 'compact' } as const
const commitIntervalMs = 1_000
const readBackoffMs = 500

/**
 * Delivers records of a {@link ScheduleTopic} when they are due: each exactly once for readers of committed records, over crashes, restarts and several schedulers. What waits is in a compacted topic, and
 * of that as much in memory as `maxEntries` says, whether delays are seconds or weeks. A cancellation that is written before the time has come holds. Transactions that are open in the schedule topic
 * hold its deliveries up until they end.
 *
 * @example
 * const delays = scheduleTopic('delays', { partitions: 4 })
 * const scheduler = new Scheduler({ brokers, schedules: delays })
 * await scheduler.start()
 * const id = await scheduler.schedule(reminders, { key: 'user-7', value: { text: 'still there?' } }, { afterMs: 86_400_000 })
 * await scheduler.cancel(id)
 */
export class Scheduler implements RunnableService, AsyncDisposable {
  /** The name of its group. */
  readonly name: string
  readonly #options: ResolvedSchedulerOptions
  readonly #consumer: Consumer
  readonly #ends: LogEnds
  readonly #producer: Producer
  readonly #reader: OffsetReader
  readonly #clock: Clock
  readonly #life = new Lifecycle('the scheduler', () => void this.stop())
  readonly #partitions = new Map<number, PartitionScheduler>()
  readonly #sums = { delivered: 0, cancelled: 0, failed: 0, lateMaxMs: 0, passes: 0 }
  #reading: Promise<void> | undefined
  #committedAt = 0

  /** Checks the options; connects when it is started, or something is scheduled. Throws ConfigError. */
  constructor(options: SchedulerOptions) {
    this.#options = resolveSchedulerOptions(options)
    const { group, cluster, consumer, producer, pendingTopic, handlingClock } = this.#options
    this.name = group
    this.#consumer = new Consumer(consumer)
    this.#ends = new LogEnds(cluster)
    this.#producer = new Producer({ ...producer, lingerMs: 0 })
    this.#reader = new OffsetReader(cluster, pendingTopic)
    this.#clock = handlingClock ?? this.#consumer.cluster.clock
  }

  /** Where it stands. */
  get state(): RunState {
    return this.#life.state
  }

  /** Why it failed; undefined otherwise. */
  get error(): Error | undefined {
    return this.#life.error
  }

  /** Resolves when it has stopped, however that came. */
  get ended(): Promise<void> {
    return this.#life.ended
  }

  /** Makes missing topics and joins the group. Throws what brokers refuse, ConfigError for a topic of what waits that would lose it, StateError when it was started before. */
  start(): Promise<void> {
    return this.#life.start(async () => {
      await this.#ensureTopics()
      this.#life.signal.throwIfAborted()
      const { name } = this.#options.schedules
      this.#consumer.subscribe([name], {
        onAssigned: partitions => this.#onAssigned(partitions),
        onRevoked: partitions => this.#onGone(partitions, this.#options.drainTimeoutMs),
        onLost: partitions => this.#onGone(partitions, 0),
      })
      this.#reading = this.#read()
    })
  }

  /** Starts, and resolves when it has stopped: by a signal of the process, by {@link stop} or by `signal`. Rejects with what made it fail. */
  run(options: RunOptions = {}): Promise<void> {
    return runServices([this], options)
  }

  async #ensureTopics(): Promise<void> {
    const { cluster, schedules, pendingTopic, deadLetterTopic, createTopics: create } = this.#options
    const { signal } = this.#life
    const partitions = await ensureTopic(cluster, schedules, { create, signal })
    const { replicationFactor } = schedules
    const same = { partitions, replicationFactor, configs: undefined }
    const pending = await ensureTopic(
      cluster,
      { name: pendingTopic, ...same },
      { create, configs: pendingConfigs, signal },
    )
    if (pending < partitions)
      throw new ConfigError(
        `Scheduler: "${pendingTopic}" has ${pending} partitions and "${schedules.name}" ${partitions}: give it as many`,
      )
    await this.#checkCompacted(pendingTopic)
    if (deadLetterTopic !== undefined)
      await ensureTopic(cluster, { name: deadLetterTopic, ...same }, { create, signal })
  }

  async #checkCompacted(name: string): Promise<void> {
    const { cluster } = this.#options
    const policy = await topicConfig(cluster, name, 'cleanup.policy', this.#life.signal)
    if (policy !== undefined && policy !== 'compact')
      throw new ConfigError(
        `Scheduler: cleanup.policy of "${name}" is "${policy}", which deletes what waits: set it to "compact"`,
      )
  }

  async #read(): Promise<void> {
    const { signal } = this.#life
    while (!signal.aborted) {
      try {
        for await (const batch of this.#consumer.batches({ signal }))
          this.#partitions.get(batch.partition)?.feed(batch)
        return
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof BrokerError && !error.retriable) return this.#life.fail(error)
        this.#options.onWarning(error as Error)
      }
      await sleep(this.#consumer.cluster.clock, readBackoffMs, signal).catch(() => {})
    }
  }

  #onAssigned(partitions: readonly TopicPartition[]): void {
    // Until it is known where to begin.
    this.#consumer.pause(partitions)
    for (const { partition } of partitions) {
      const { group, producer, pendingTopic, maxEntries, maxHeldBytes } = this.#options
      const lock = new FencedProducer(producer, `${group}-${partition}`)
      const source = { reader: this.#reader, ends: this.#ends }
      const pending = new PendingLog(source, pendingTopic, partition, { maxEntries, maxHeldBytes })
      const scheduler = new PartitionScheduler(partition, lock, pending, this.#hostOf())
      this.#partitions.set(partition, scheduler)
      scheduler.start()
    }
  }

  #hostOf() {
    const { schedules } = this.#options
    const place = (partition: number) => ({ topic: schedules.name, partition })
    const isMine = (partition: number) => this.#partitions.has(partition)
    return {
      options: this.#options,
      clock: this.#clock,
      clientClock: this.#consumer.cluster.clock,
      random: this.#consumer.cluster.random,
      endOf: async (partition: number, signal: AbortSignal) =>
        (await this.#ends.of([place(partition)], signal))[0]!,
      goTo: (partition: number, offset: number) => {
        if (isMine(partition)) this.#consumer.seek(place(partition), offset)
      },
      setHungry: (partition: number, isHungry: boolean) => {
        if (!isMine(partition)) return
        if (isHungry) this.#consumer.resume([place(partition)])
        else this.#consumer.pause([place(partition)])
      },
      onDone: (
        partition: number,
        done: { delivered: number; cancelled: number; failed: number; lateMs: number },
      ) => this.#onDone(partition, done),
      onFailed: (error: Error) => this.#life.fail(error),
    }
  }

  #onDone(
    partition: number,
    {
      delivered,
      cancelled,
      failed,
      lateMs,
    }: { delivered: number; cancelled: number; failed: number; lateMs: number },
  ): void {
    this.#sums.delivered += delivered
    this.#sums.cancelled += cancelled
    this.#sums.failed += failed
    this.#sums.lateMaxMs = Math.max(this.#sums.lateMaxMs, lateMs)
    const now = this.#consumer.cluster.clock.monotonic()
    if (now - this.#committedAt < commitIntervalMs) return
    this.#committedAt = now
    void this.#commit([partition])
  }

  /** For who looks at the lag of the group: where to go on stands with what waits. */
  #commit(partitions: Iterable<number>): Promise<void> {
    const offsets = [...partitions].flatMap(partition => {
      const offset = this.#partitions.get(partition)?.pending.position ?? 0
      return offset > 0 ? [{ topic: this.#options.schedules.name, partition, offset }] : []
    })
    return this.#consumer.commit(offsets).catch(() => {})
  }

  async #onGone(partitions: readonly TopicPartition[], timeoutMs: number): Promise<void> {
    await Promise.all(
      partitions.map(async ({ partition }) => {
        const scheduler = this.#partitions.get(partition)
        if (!scheduler) return
        await scheduler.stop(timeoutMs)
        if (timeoutMs > 0) await this.#commit([partition])
        this.#sums.passes += scheduler.pending.passes
        if (this.#partitions.get(partition) === scheduler) this.#partitions.delete(partition)
      }),
    )
  }

  /**
   * Has a record delivered later, and resolves with the id when that is safe. Works whether or not this scheduler is started. A handler does better to publish what `schedules.deliver(…)` returns. Throws as
   * `producer.send` does, ConfigError for a time that is none.
   */
  async schedule<T extends AnyTopic>(to: T, message: Publication<T>, when: When): Promise<string> {
    const { schedules } = this.#options
    const { afterMs, ...rest } = when
    // By the same clock that it is delivered by.
    const at = afterMs !== undefined && when.at === undefined ? this.#clock.now() + afterMs : undefined
    const entry = schedules.deliver(to, message, at === undefined ? when : { ...rest, at })
    await this.#send(entry)
    return entry.key
  }

  /** Cancels by id, and resolves when that is written. Of what is delivered, or does not exist, nothing. Throws as `producer.send` does. */
  cancel(id: string): Promise<void> {
    return this.#send(this.#options.schedules.cancel(id))
  }

  async #send(message: { readonly key: string; readonly value: unknown }): Promise<void> {
    if (this.#life.signal.aborted) throw new ClosedError('the scheduler')
    const record = { topic: this.#options.schedules, ...message }
    await this.#producer.send(record as unknown as ProducerRecord)
  }

  /** What it did, and what waits. */
  get statistics(): SchedulerStatistics {
    const logs = [...this.#partitions.values()].map(({ pending }) => pending)
    const dues = logs.flatMap(({ index }) => index.nextDueAt ?? [])
    const { passes, ...sums } = this.#sums
    return {
      ...sums,
      partitions: logs.length,
      waiting: logs.reduce((sum, { index }) => sum + index.size, 0),
      isBounded: logs.some(({ index }) => index.isBounded),
      nextDueAt: dues.length > 0 ? Math.min(...dues) : undefined,
      passes: logs.reduce((sum, log) => sum + log.passes, passes),
    }
  }

  /** Ends the transactions that are under way, leaves the group and closes all connections. Never rejects. Another call waits for the first. */
  stop(): Promise<void> {
    return this.#life.stop(async () => {
      await this.#reading
      await this.#consumer.close().catch(this.#options.onWarning)
      await this.#onGone(
        [...this.#partitions.keys()].map(partition => ({ topic: '', partition })),
        0,
      )
      await this.#producer.close().catch(this.#options.onWarning)
      await this.#reader.close()
      this.#ends.close()
    })
  }

  /** The same as `stop()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }
}
