// One partition of a schedule topic: takes what comes, keeps what waits, and delivers what is due, each step in a transaction that fences whoever had the partition before.
import {
  BrokerError,
  type ConsumerBatch,
  type ProducerRecord,
  type RecordMetadata,
  RecordTooLargeError,
  SerializationError,
  StateError,
} from '@millrace/client'
import { type Clock, sleep, type Timer } from '@millrace/runtime'
import { exponential } from '@millrace/service'
import type { FencedProducer } from '../partitions/fenced-producer.ts'
import { mayPass } from '../partitions/transaction-errors.ts'
import {
  deliveredRecord,
  type Delivery,
  type DeliveryPlan,
  emptyPlan,
  malformed,
  malformedRecord,
  pendingRecord,
  planInput,
  positionRecord,
  undeliverableRecord,
} from './delivery-plan.ts'
import type { Waiting } from './due-index.ts'
import type { ScheduledRecord } from './entry.ts'
import type { ResolvedSchedulerOptions } from './options.ts'
import type { PendingLog } from './pending-log.ts'

export interface PartitionSchedulerHost {
  readonly options: ResolvedSchedulerOptions
  /** Time of delays. */
  readonly clock: Clock
  /** Time of retries. */
  readonly clientClock: Clock
  readonly random: Parameters<ReturnType<typeof exponential>>[1]
  /** Where the partition of the schedule topic ends at present, open transactions included. */
  endOf(partition: number, signal: AbortSignal): Promise<number>
  /** The partition is to be read from here on. */
  goTo(partition: number, offset: number): void
  /** More can be taken in, or not at present. */
  setHungry(partition: number, isHungry: boolean): void
  /** So much was delivered, cancelled, and could not be delivered; it is read up to here. */
  onDone(
    partition: number,
    done: { delivered: number; cancelled: number; failed: number; lateMs: number },
  ): void
  /** Nothing more can be done. */
  onFailed(error: Error): void
}

/** Batches that are kept, beyond which nothing more is taken of the partition. */
const queueMax = 2
/** An hour: clocks of a computer that slept, or was set, are looked at again. */
const longestWaitMs = 3_600_000
const backoff = exponential({ initialMs: 100, maxMs: 5_000 })

/** What is at fault for itself: others of its transaction are not. */
const ofTopic: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'TOPIC_AUTHORIZATION_FAILED',
  'INVALID_TOPIC_EXCEPTION',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
])

/** Deliveries that failed by their own fault. */
class UndeliverableError extends Error {
  readonly faults: ReadonlyMap<Delivery, unknown>

  constructor(faults: ReadonlyMap<Delivery, unknown>) {
    const [[first, error] = []] = faults
    const why = error instanceof Error ? error.message : String(error)
    super(`the schedule "${first?.id}" cannot be delivered to "${first?.entry.topic}": ${why}`, {
      cause: error,
    })
    this.faults = faults
  }
}

export class PartitionScheduler {
  readonly partition: number
  readonly #host: PartitionSchedulerHost
  readonly #lock: FencedProducer
  readonly pending: PendingLog
  readonly #stop = new AbortController()
  #queue: ConsumerBatch[] = []
  #running: Promise<void> | undefined
  #wake: () => void = () => {}
  #failures = 0
  #isStopping = false
  /** Where the next batch begins. */
  #expected = 0
  /** Where the schedule topic is read to, markers of transactions included. */
  #readTo = 0
  /** What of it is not carried out yet. */
  #plan: DeliveryPlan | undefined

  constructor(partition: number, lock: FencedProducer, pending: PendingLog, host: PartitionSchedulerHost) {
    this.partition = partition
    this.#lock = lock
    this.pending = pending
    this.#host = host
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** A batch of the schedule topic. */
  feed(batch: ConsumerBatch): void {
    if (!batch.isCurrent) return
    if (batch.firstOffset !== this.#expected) this.#tellGap(batch)
    this.#expected = batch.endOffset
    this.#queue.push(batch)
    if (this.#queue.length >= queueMax) this.#host.setHungry(this.partition, false)
    this.#wake()
  }

  /** Waits for the transaction that is under way, as long as is allowed. What it leaves open, the next owner ends. */
  async stop(timeoutMs: number): Promise<void> {
    this.#isStopping = true
    this.#wake()
    const timer = this.#host.clientClock.setTimer(timeoutMs, () => this.#abort())
    await this.#running
    timer.cancel()
    this.#abort()
    await this.#lock.close()
  }

  /** Schedules were deleted before they were read, or with their topic. */
  #tellGap({ topic, firstOffset }: ConsumerBatch): void {
    const where = `${topic}-${this.partition}`
    const what =
      firstOffset > this.#expected
        ? `offsets ${this.#expected} to ${firstOffset - 1} of ${where} were deleted before the scheduler read them: the retention of the topic is shorter than the scheduler was away`
        : `${where} begins anew at offset ${firstOffset}, and was read to ${this.#expected}: the topic was made anew`
    this.#host.options.onWarning(new Error(what))
  }

  #abort(): void {
    this.#stop.abort(new StateError('the partition is given up'))
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop
    while (!this.#isStopping && !signal.aborted) {
      try {
        await this.#step(signal)
        this.#failures = 0
      } catch (error) {
        if (signal.aborted) return
        if (!(await this.#goesOnAfter(error))) return
      }
    }
  }

  async #step(signal: AbortSignal): Promise<void> {
    const { pending } = this
    if (await this.#lock.hold(signal)) {
      await pending.load(signal)
      this.#queue = []
      this.#plan = undefined
      this.#readTo = pending.position
      this.#expected = pending.position
      this.#host.goTo(this.partition, pending.position)
      this.#host.setHungry(this.partition, true)
    }
    await pending.refill(signal)
    if (await this.#takeIn(signal)) return
    const { nextDueAt } = pending.index
    const now = this.#host.clock.now()
    if (nextDueAt === undefined || nextDueAt > now) return this.#wait(nextDueAt)
    // What was written before its time has come counts, cancellations above all.
    const end = await this.#host.endOf(this.partition, signal)
    if (this.#readTo < end) {
      if (this.#queue.length === 0) await this.#wait(undefined)
      return
    }
    await this.#deliverDue(now, signal)
  }

  /** Takes what has come; false where nothing has. A plan that failed is tried again, as it is: what it was made of is read already. */
  async #takeIn(signal: AbortSignal): Promise<boolean> {
    const readBefore = this.#readTo
    this.#plan ??= this.#planInput()
    if (!this.#plan) return this.#readTo > readBefore
    await this.#carryOut(this.#plan, signal)
    this.pending.moveTo(this.#plan.position!)
    this.#plan = undefined
    return true
  }

  /** What becomes of the records that have come; undefined where none has. */
  #planInput(): DeliveryPlan | undefined {
    const { clock, options } = this.#host
    const plan = emptyPlan()
    const now = clock.now()
    for (let count = 0; count < options.maxBatch; ) {
      const [batch] = this.#queue
      if (!batch) break
      // What was fetched before the partition was sought in comes again, or is done.
      const record = batch.isCurrent ? batch.next() : undefined
      if (record === undefined) {
        if (batch.isCurrent) this.#readTo = batch.endOffset
        this.#queue.shift()
        this.#host.setHungry(this.partition, true)
      } else {
        planInput(plan, record, this.pending.index, now)
        this.#readTo = record.offset + 1
        count++
      }
    }
    return plan.position === undefined ? undefined : plan
  }

  async #deliverDue(now: number, signal: AbortSignal): Promise<void> {
    const { index } = this.pending
    const due = index.take(now, this.#host.options.maxBatch)
    try {
      const records = await this.pending.recordsOf(due, signal)
      const plan = emptyPlan()
      for (const waiting of due) {
        const entry = records.get(waiting.offset)
        if (entry) plan.deliveries.push({ id: waiting.id, entry })
        else this.#tellGone(waiting)
        plan.pending.push({ id: waiting.id, entry: undefined })
      }
      await this.#carryOut(plan, signal)
    } finally {
      index.giveBack(due)
    }
  }

  /** The log has lost what waits: its topic is none of a scheduler's settings. */
  #tellGone({ id, offset }: Waiting<ScheduledRecord | undefined>): void {
    const { pendingTopic, onWarning } = this.#host.options
    onWarning(
      new Error(
        `the schedule "${id}" is lost: ${pendingTopic}-${this.partition} does not have offset ${offset} any more; its cleanup.policy has to be compact`,
      ),
    )
  }

  /** Writes a plan in a transaction, and takes in what it changes. What cannot be delivered by its own fault goes to the topic for that. */
  async #carryOut(plan: DeliveryPlan, signal: AbortSignal): Promise<void> {
    const faults = new Map<Delivery, unknown>()
    for (;;) {
      try {
        const written = await this.#attempt(plan, faults, signal)
        this.#committed(plan, written, faults.size)
        return
      } catch (error) {
        if (!(error instanceof UndeliverableError)) throw error
        if (this.#host.options.deadLetterTopic === undefined) throw error
        for (const [delivery, fault] of error.faults) faults.set(delivery, fault)
      }
    }
  }

  async #attempt(
    plan: DeliveryPlan,
    faults: ReadonlyMap<Delivery, unknown>,
    signal: AbortSignal,
  ): Promise<readonly RecordMetadata[]> {
    await this.#findMissing(plan, faults, signal)
    const { pendingTopic } = this.#host.options
    const ours = plan.pending.map(each => pendingRecord(pendingTopic, this.partition, each))
    if (plan.position !== undefined) ours.push(positionRecord(pendingTopic, this.partition, plan.position))
    const others = this.#othersOf(plan, faults)
    return this.#lock.transact(async transaction => {
      const pending = Promise.all(ours.map(record => transaction.send(record)))
      // It is asked for below.
      pending.catch(() => {})
      const outcomes = await Promise.allSettled(others.map(({ record }) => transaction.send(record)))
      const found = new Map<Delivery, unknown>()
      let failure: unknown
      for (const [at, outcome] of outcomes.entries()) {
        if (outcome.status === 'fulfilled') continue
        failure = outcome.reason
        const { delivery } = others[at]!
        if (delivery && isAtFault(outcome.reason)) found.set(delivery, outcome.reason)
      }
      if (found.size > 0) {
        await pending.catch(() => {})
        throw new UndeliverableError(largestOfEach(found))
      }
      const written = await pending
      if (failure !== undefined) throw failure
      return written
    }, signal)
  }

  /** What goes to other topics than ours. */
  #othersOf(
    plan: DeliveryPlan,
    faults: ReadonlyMap<Delivery, unknown>,
  ): { readonly record: ProducerRecord; readonly delivery: Delivery | undefined }[] {
    const { group, deadLetterTopic } = this.#host.options
    const said = { group, topic: deadLetterTopic ?? '', now: this.#host.clock.now() }
    if (plan.malformed.length > 0 && deadLetterTopic === undefined)
      throw new FatalPlan(malformed(plan.malformed[0]!))
    return [
      ...plan.deliveries.map(delivery =>
        faults.has(delivery)
          ? { record: undeliverableRecord(delivery, faults.get(delivery), said), delivery: undefined }
          : { record: deliveredRecord(delivery), delivery },
      ),
      ...plan.malformed.map(record => ({ record: malformedRecord(record, said), delivery: undefined })),
    ]
  }

  /** A producer would wait for a missing topic for a minute, with all others of its transaction. */
  async #findMissing(
    { deliveries }: DeliveryPlan,
    faults: ReadonlyMap<Delivery, unknown>,
    signal: AbortSignal,
  ): Promise<void> {
    const { missingTopicMs } = this.#host.options
    const wanted = deliveries.filter(delivery => !faults.has(delivery))
    const missing = new Map<string, unknown>()
    await Promise.all(
      [...new Set(wanted.map(({ entry }) => entry.topic))].map(name =>
        this.#lock.topicIsThere(name, missingTopicMs, signal).catch((error: unknown) => {
          signal.throwIfAborted()
          missing.set(name, error)
        }),
      ),
    )
    const found = wanted.filter(({ entry }) => missing.has(entry.topic))
    if (found.length === 0) return
    // Brokers that are away say nothing of the topic.
    for (const error of missing.values()) if (!isOfTopic(error)) throw error
    throw new UndeliverableError(
      new Map(found.map(delivery => [delivery, missing.get(delivery.entry.topic)])),
    )
  }

  #committed(plan: DeliveryPlan, written: readonly RecordMetadata[], failed: number): void {
    const { index } = this.pending
    for (const [at, { id, entry }] of plan.pending.entries()) {
      const { offset } = written[at]!
      if (entry) this.pending.add(id, entry.dueAt, offset, entry.record)
      else index.remove(id, offset)
    }
    const now = this.#host.clock.now()
    this.#host.onDone(this.partition, {
      delivered: plan.deliveries.length - failed,
      cancelled: plan.cancelled,
      failed: failed + plan.malformed.length,
      lateMs: plan.deliveries.reduce((most, { entry }) => Math.max(most, now - entry.at), 0),
    })
  }

  /** Waits until something has come, the next one is due, or it stops. */
  #wait(dueAt: number | undefined): Promise<void> {
    if (this.#isStopping || this.#queue.length > 0) return Promise.resolve()
    return new Promise(resolve => {
      let timer: Timer | undefined
      const end = () => {
        timer?.cancel()
        this.#wake = () => {}
        this.#stop.signal.removeEventListener('abort', end)
        resolve()
      }
      this.#wake = end
      this.#stop.signal.addEventListener('abort', end, { once: true })
      const { clock } = this.#host
      if (dueAt !== undefined)
        timer = clock.setTimer(Math.min(longestWaitMs, Math.max(0, dueAt - clock.now())), end)
    })
  }

  /** Whether it is tried again, after a while. */
  async #goesOnAfter(error: unknown): Promise<boolean> {
    const { onWarning } = this.#host.options
    if (error instanceof UndeliverableError || error instanceof FatalPlan || !mayPass(error)) {
      this.#host.onFailed(error instanceof FatalPlan ? error.reason : (error as Error))
      return false
    }
    onWarning(error as Error)
    await sleep(
      this.#host.clientClock,
      backoff(++this.#failures, this.#host.random),
      this.#stop.signal,
    ).catch(() => {})
    return !this.#stop.signal.aborted
  }
}

/** What no other attempt would mend, and no other topic is there for. */
class FatalPlan extends Error {
  readonly reason: Error

  constructor(reason: Error) {
    super(reason.message)
    this.reason = reason
  }
}

/** Of records that failed with one and the same error the largest: it was too large, and the others stood in its batch. */
function largestOfEach(faults: ReadonlyMap<Delivery, unknown>): ReadonlyMap<Delivery, unknown> {
  const largest = new Map<unknown, Delivery>()
  for (const [delivery, error] of faults) {
    const known = largest.get(error)
    if (!known || sizeOf(delivery) > sizeOf(known)) largest.set(error, delivery)
  }
  return new Map([...largest].map(([error, delivery]) => [delivery, error]))
}

const sizeOf = ({ entry }: Delivery): number => (entry.key?.length ?? 0) + (entry.value?.length ?? 0)

/** Whether a record cannot be written for a reason of its own. Others of its transaction fail over it, with its error as their cause. */
function isAtFault(error: unknown): boolean {
  return (
    error instanceof RecordTooLargeError ||
    error instanceof SerializationError ||
    error instanceof StateError ||
    (error instanceof BrokerError && ofTopic.has(error.code))
  )
}

/** Whether a look-up says that a topic is not there, or not ours. */
function isOfTopic(error: unknown): boolean {
  if (error instanceof BrokerError) return ofTopic.has(error.code)
  const { cause } = (error ?? {}) as { readonly cause?: unknown }
  return cause instanceof BrokerError && ofTopic.has(cause.code)
}
