// Where the records of one topic are handled: takes them from its partitions, starts them when lanes, limits and gates allow, and has what comes of them
// settled. The decisions are made by pure cores; timers and promises are here.
import type { ConsumerRecord } from '@millrace/client'
import type { Clock, Timer } from '@millrace/runtime'
import type { BatchCollector } from '../concurrency/batch-collector.ts'
import { Fifo } from '../concurrency/fifo.ts'
import { Scheduler } from '../concurrency/scheduler.ts'
import { type AroundBatch, BatchJob, type BatchRunner } from '../handling/batch-handler.ts'
import { carriesOurs } from '../failure/failure-headers.ts'
import { Delivery, overheadBytes } from '../handling/delivery.ts'
import { RecordSpan } from '../handling/record-span.ts'
import type { Outcome } from '../handling/outcome.ts'
import type { Around, Result, TopicHandler } from '../handling/topic-handler.ts'
import { enterAll, leaveAll, type Passage } from '../limits/gate.ts'
import type { PartitionWork } from './partition-work.ts'

export type StationJob = Delivery | BatchJob

export interface StationHost {
  readonly clock: Clock
  /** Does what an outcome says; the record stays in hand until it is done. */
  settle(delivery: Delivery, outcome: Outcome): void
  /** The same for what came of a batch; resolves when all of it is settled. */
  settleBatch(job: BatchJob, result: Awaited<ReturnType<BatchRunner['run']>>): Promise<void>
  /** A partition may have room for more. */
  onRead(work: PartitionWork, unreadBytesBefore: number): void
  /** Records were taken. */
  onTaken(work: PartitionWork, count: number): void
  /** Nothing more may be taken of a partition before an older record is done. */
  onFull(work: PartitionWork): void
  /** A record cannot be read, whatever handlers do. */
  onCorrupt(work: PartitionWork, error: unknown): void
  /** What stands around handlers at present; undefined for nothing. */
  around(): Around | undefined
  /** The same around handlers of batches. */
  aroundBatch(): AroundBatch | undefined
}

/** How long records may be handled before timers and sockets have their turn, in ms. */
const turnMs = 20
/** Records between two looks at the clock. */
const stride = 32

export class Station {
  readonly handler: TopicHandler
  readonly scheduler: Scheduler<StationJob>
  readonly #batches: BatchRunner | undefined
  readonly #host: StationHost
  /** Partitions that may have something to give, in turn. */
  readonly #line = new Fifo<PartitionWork>()
  /** Partitions whose next record is not due, or whose batch is not full, with when to look again. */
  readonly #held = new Map<PartitionWork, number>()
  readonly #unlisten: readonly (() => void)[]
  /** Who waits for handlers to return. */
  readonly #waiters = new Set<() => void>()
  #timer: { readonly timer: Timer; readonly at: number } | undefined
  #isPumping = false
  #isDeferred = false
  #again = false
  /** The record that comes next does not fit into the batch that is gathered. */
  #isCrowded = false
  #isClosed = false

  constructor(
    handler: TopicHandler,
    batches: BatchRunner | undefined,
    limits: ConstructorParameters<typeof Scheduler>[0],
    host: StationHost,
  ) {
    this.handler = handler
    this.#batches = batches
    this.#host = host
    this.scheduler = new Scheduler(limits)
    this.#unlisten = handler.options.gates.map(gate =>
      gate.onChange(() => {
        this.scheduler.unblock()
        this.#pumpSoon()
      }),
    )
  }

  /** A partition may have something to give. */
  feed(work: PartitionWork): void {
    if (work.isInLine || work.isClosing) return
    work.isInLine = true
    this.#line.push(work)
  }

  /** Nothing more is started. */
  close(): void {
    this.#isClosed = true
    this.#timer?.timer.cancel()
    for (const unlisten of this.#unlisten) unlisten()
  }

  /** Starts what may start. */
  pump(): void {
    if (this.#isPumping) {
      this.#again = true
      return
    }
    if (this.#isClosed) return
    this.#isPumping = true
    try {
      this.handler.around = this.#host.around()
      if (this.#batches) this.#batches.around = this.#host.aroundBatch()
      const startedAt = this.#host.clock.monotonic()
      this.handler.lookedAt = startedAt
      let count = 0
      do {
        this.#again = false
        this.scheduler.wake(startedAt)
        this.#releaseHeld(startedAt)
        while (this.#step()) {
          if (++count % stride === 0 && this.#host.clock.monotonic() - startedAt >= turnMs) {
            this.#defer()
            return
          }
        }
      } while (this.#again)
    } finally {
      this.#isPumping = false
      this.#arm()
    }
  }

  /** Does the rest in another turn of the event loop: handlers that compute must not keep heartbeats waiting. */
  #defer(): void {
    if (this.#isDeferred) return
    this.#isDeferred = true
    this.#host.clock.defer(() => {
      this.#isDeferred = false
      this.pump()
    })
  }

  /** Called from within handlers' ends and gates: not before they have returned. */
  #pumpSoon(): void {
    if (this.#isPumping) this.#again = true
    else this.#defer()
  }

  /** One job is started, or one record taken. False when there is nothing to do. */
  #step(): boolean {
    const job = this.scheduler.next()
    if (job) {
      this.#start(job)
      return true
    }
    if (!this.scheduler.hasSlot || !this.scheduler.hasRoom) return false
    const work = this.#line.shift()
    if (!work) return false
    work.isInLine = false
    if (!work.isClosing) this.#takeFrom(work)
    return true
  }

  #takeFrom(work: PartitionWork): void {
    const { by } = this.handler.options
    if (by === 'partition' && !work.lane.isIdle) return
    const unreadBytes = work.unreadBytes
    try {
      if (this.#batches) this.#takeBatch(work)
      else this.#takeOne(work)
    } catch (error) {
      this.#host.onCorrupt(work, error)
      return
    }
    if (work.unreadBytes !== unreadBytes) this.#host.onRead(work, unreadBytes)
    if (by !== 'partition' && work.hasUnread && !work.isFull && !this.#held.has(work)) this.feed(work)
  }

  #takeOne(work: PartitionWork): void {
    const delivery = this.#nextOf(work)
    if (!delivery) return
    this.#host.onTaken(work, 1)
    delivery.lane = this.#laneOf(work, delivery.record)
    this.scheduler.add(delivery)
  }

  /** The next record that is to be handled, and may be now; that fits into the batch, where there is one. Throws CorruptRecordError. */
  #nextOf(work: PartitionWork, batch?: BatchCollector<Delivery | ConsumerRecord>): Delivery | undefined {
    for (let record = work.peek(); record !== undefined; record = work.peek()) {
      const tracker = work.tracker!
      if (!tracker.mayTake) {
        this.#fill(work)
        return undefined
      }
      const delivery = new Delivery(record, work)
      const dueAt = delivery.history?.dueAt ?? 0
      if (dueAt > 0 && this.#isEarly(work, dueAt)) return undefined
      if (batch && !batch.fits(delivery.bytes)) {
        this.#isCrowded = true
        return undefined
      }
      work.takePeeked()
      if (tracker.take(delivery)) return delivery
      work.isDirty = true
    }
    return undefined
  }

  #fill(work: PartitionWork): void {
    if (work.isFull) return
    work.isFull = true
    this.#host.onFull(work)
  }

  /** Whether a record of a retry topic is not due yet: then its partition waits for it, and those behind it are due later. */
  #isEarly(work: PartitionWork, dueAt: number): boolean {
    const { clock } = this.#host
    const leftMs = dueAt - clock.now()
    if (leftMs <= 0) return false
    this.#held.set(work, clock.monotonic() + leftMs)
    return true
  }

  #laneOf(work: PartitionWork, record: ConsumerRecord) {
    switch (this.handler.options.by) {
      case 'partition':
        return work.lane
      case 'unordered':
        return undefined
      case 'key': {
        // Records without a key have no order to keep.
        const key = record.keyBytes
        return key === null ? undefined : work.laneOf(key.toString('latin1'))
      }
    }
  }

  #takeBatch(work: PartitionWork): void {
    const collector = work.collector!
    const now = this.#host.clock.monotonic()
    this.#isCrowded = false
    let count = collector.length === 0 || work.span ? this.#gatherSpan(work, now) : 0
    while (!work.span && !collector.isFull) {
      const delivery = this.#nextOf(work, collector)
      if (!delivery) break
      collector.add(delivery, delivery.bytes, now)
      count++
    }
    if (count > 0) this.#host.onTaken(work, count)
    if (collector.length === 0) return
    if (this.#isCrowded || collector.isComplete(now)) this.#addBatch(work, collector)
    else this.#held.set(work, collector.dueAt!)
  }

  /** Records that nothing sets apart. Those that something does are for who looks at each. */
  #gatherSpan(work: PartitionWork, now: number): number {
    const collector = work.collector!
    if (!this.handler.isPlain) return 0
    let count = 0
    while (!collector.isFull) {
      const record = work.peek()
      if (!record) break
      const tracker = work.tracker!
      const bytes = overheadBytes + record.sizeBytes
      const isApart =
        tracker.hasDoneBefore || carriesOurs(record.headers) || !tracker.mayExtend(record.offset)
      if (isApart || !collector.fits(bytes)) {
        this.#isCrowded = true
        break
      }
      work.takePeeked()
      if (work.span) tracker.extend(work.span, record.offset)
      else {
        work.span = new RecordSpan(record)
        tracker.take(work.span)
      }
      collector.add(record, bytes, now)
      count++
    }
    if (!work.span) this.#isCrowded = false
    return count
  }

  #addBatch(work: PartitionWork, collector: BatchCollector<Delivery | ConsumerRecord>): void {
    const { bytes } = collector
    this.scheduler.add(new BatchJob(work.lane, work, collector.take(), bytes, work.span))
    work.span = undefined
  }

  #start(job: StationJob): void {
    const { gates } = this.handler.options
    if (gates.length > 0) {
      const now = this.#host.clock.monotonic()
      const wait = enterAll(gates, admissionOf(job), now)
      if (wait === Number.POSITIVE_INFINITY) return this.scheduler.block(job)
      if (wait > 0) return this.scheduler.delay(job, wait)
      job.enteredAt = now
      this.handler.lookedAt = now
    }
    if (job instanceof BatchJob) {
      void this.#runBatch(job)
      return
    }
    this.handler.handle(job, this.#onEnded)
  }

  readonly #onEnded = (delivery: Delivery, result: Result): void => this.#ended(delivery, result)

  #ended(delivery: Delivery, result: Result): void {
    this.#leave(delivery, passageOf(result))
    // Nobody wants it any more: the partition is another's.
    if (delivery.state !== 'running') return delivery.forsake(result.kind === 'done')
    if (result.kind !== 'failed') return this.#host.settle(delivery, result)
    if (result.failure === 'retriable' && this.#isBroken) {
      // What is known to be down is not held against the record: it waits at the gate.
      delivery.takeBack()
      this.delay(delivery, 0)
      return
    }
    this.#host.settle(delivery, this.handler.judge(delivery, result))
  }

  async #runBatch(job: BatchJob): Promise<void> {
    const result = await this.#batches!.run(job)
    this.#leave(job, passageOfBatch(result))
    if (job.state !== 'running') return job.forsake(result)
    await this.#host.settleBatch(job, result)
    if (job.state !== 'running') return
    if (result.again) {
      const isBroken = result.failure?.failure === 'retriable' && this.#isBroken
      if (isBroken) job.attempts--
      const afterMs = isBroken ? 0 : result.again.afterMs
      this.scheduler.delay(job, this.#host.clock.monotonic() + afterMs)
    } else {
      this.scheduler.finish(job)
      this.feed(job.source as PartitionWork)
    }
    this.#tellWaiters()
    this.pump()
  }

  get #isBroken(): boolean {
    const { breaker } = this.handler.options
    return breaker !== undefined && breaker.state !== 'closed'
  }

  #leave(job: StationJob, passage: Passage): void {
    const { gates } = this.handler.options
    if (gates.length === 0) return
    leaveAll(gates, passage, this.#host.clock.monotonic(), job.enteredAt!)
  }

  /** Records are done: there may be room for what was held back. */
  relieve(work: PartitionWork): void {
    if (work.isFull && work.tracker!.mayTake) work.isFull = false
  }

  /** A record is done: what waited for it goes on. */
  finish(delivery: Delivery, work: PartitionWork): void {
    this.relieve(work)
    // Of a batch only the batch itself has a turn.
    if (this.#batches) return
    this.scheduler.finish(delivery)
    const { lane } = delivery
    if (lane?.key !== undefined && lane.isIdle) work.lanes.delete(lane.key)
    if (this.#waiters.size > 0) this.#tellWaiters()
    if (work.hasUnread) this.feed(work)
    if (!this.#isPumping) this.pump()
  }

  /** Tries a record again after a while. */
  delay(delivery: Delivery, afterMs: number): void {
    this.scheduler.delay(delivery, this.#host.clock.monotonic() + afterMs)
    if (this.#waiters.size > 0) this.#tellWaiters()
    // Its place is free for another one.
    if (!this.#isPumping) this.pump()
  }

  /** Resolves when nothing of a partition runs any more. */
  async idle(work: PartitionWork): Promise<void> {
    const isBusy = () => !work.isGone && this.#jobsOf(work).some(({ state }) => state === 'running')
    while (isBusy()) {
      await new Promise<void>(resolve => {
        this.#waiters.add(resolve)
      })
    }
  }

  #tellWaiters(): void {
    for (const resolve of this.#waiters) resolve()
    this.#waiters.clear()
  }

  /** Drops all that is in hand of a partition. Returns how many records were being handled. */
  drop(work: PartitionWork, reason: Error): number {
    let running = 0
    for (const job of this.#jobsOf(work)) {
      if (job.state === 'running') running += job.records
      else job.release()
      this.scheduler.drop(job)
      const attempt = job instanceof BatchJob ? job.context : job.attempt
      attempt?.end(reason)
    }
    this.#held.delete(work)
    this.#tellWaiters()
    return running
  }

  /** What of a partition waits for its turn or its time is dropped: only what runs stays. */
  dropWaiting(work: PartitionWork): void {
    this.#held.delete(work)
    // From behind: the one that waits must not become the one whose turn it is.
    for (const job of this.#jobsOf(work).reverse()) {
      if (job.state === 'running') continue
      this.scheduler.drop(job)
      job.release()
    }
  }

  #jobsOf(work: PartitionWork): StationJob[] {
    if (work.lane.current)
      return [work.lane.current as StationJob, ...(work.lane.waiting as Iterable<StationJob>)]
    return work.tracker ? ([...work.tracker.open()] as Delivery[]) : []
  }

  #releaseHeld(now: number): void {
    for (const [work, at] of this.#held) {
      if (at > now) continue
      this.#held.delete(work)
      this.feed(work)
    }
  }

  /** A timer for the first thing whose time comes. */
  #arm(): void {
    let at = this.scheduler.wakeAt ?? Number.POSITIVE_INFINITY
    for (const due of this.#held.values()) at = Math.min(at, due)
    if (this.#timer?.at === at) return
    this.#timer?.timer.cancel()
    this.#timer = undefined
    if (at === Number.POSITIVE_INFINITY || this.#isClosed) return
    const { clock } = this.#host
    const timer = clock.setTimer(Math.max(0, Math.ceil(at - clock.monotonic())), () => {
      this.#timer = undefined
      this.pump()
    })
    this.#timer = { timer, at }
  }
}

/** What an attempt says of what stands behind the gates: what is wrong with a record says nothing of it. */
function passageOf(result: Result): Passage {
  if (result.kind === 'wait') return 'void'
  if (result.kind !== 'failed') return 'succeeded'
  return result.failure === 'retriable' ? 'failed' : 'void'
}

function passageOfBatch({ failure, again }: Awaited<ReturnType<BatchRunner['run']>>): Passage {
  if (failure) return passageOf(failure)
  // The handler was not called.
  return again ? 'void' : 'succeeded'
}

function admissionOf(job: StationJob) {
  const key = job instanceof BatchJob ? null : job.record.keyBytes
  return { records: job.records, bytes: job.bytes, key: key === null ? undefined : key.toString('latin1') }
}
