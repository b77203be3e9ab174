// Handles batches: the whole one, then, when that fails too often, halves of it, until the records over which it fails are found.
import { type AnyTopic, type ClientLogger, ClosedError, type ConsumerRecord } from '@millrace/client'
import { Bisection } from '../concurrency/bisection.ts'
import type { Job, Lane } from '../concurrency/scheduler.ts'
import { BatchError } from '../failure/errors.ts'
import { isThenable } from '../thenable.ts'
import type { BatchContext, BatchHandler } from './handlers.ts'
import type { InContext } from './in-context.ts'
import { type DedupeClaims, claimsOf } from '../dedupe/claims.ts'
import type { Refusal } from '../dedupe/deduper.ts'
import { afterMark, checkMark, type Output, outputOf, type Publication } from './context.ts'
import { Delivery, type DeliverySource } from './delivery.ts'
import { recordLogger } from './record-logger.ts'
import type { RecordSpan } from './record-span.ts'
import type { Failed, TopicHandler } from './topic-handler.ts'
import { duplicateOutcome, type Outcome } from './outcome.ts'

/** A batch in hand. */
export class BatchJob implements Job {
  readonly lane: Lane
  readonly records: number
  readonly bytes: number
  state: Job['state'] = 'new'
  dueAt: number | undefined = undefined
  enteredAt: number | undefined = undefined
  readonly source: DeliverySource
  attempts = 0
  /** All of it, while it is one. */
  whole: { readonly span: RecordSpan; readonly records: readonly ConsumerRecord[] } | undefined
  /** Those that are not decoded yet. */
  unopened: readonly Delivery[]
  /** Those whose data can be read and that a handler is for. */
  opened: readonly Delivery[] = []
  context: BatchAttempt | undefined = undefined

  /** `items`: records where `span` stands for them. */
  constructor(
    lane: Lane,
    source: DeliverySource,
    items: readonly (Delivery | ConsumerRecord)[],
    bytes: number,
    span: RecordSpan | undefined,
  ) {
    this.lane = lane
    this.source = source
    this.whole = span && { span, records: items as readonly ConsumerRecord[] }
    this.unopened = span ? [] : (items as readonly Delivery[])
    this.records = items.length
    this.bytes = bytes
  }

  /** Others may have what is claimed of it. */
  release(): void {
    for (const delivery of [...this.opened, ...this.unopened]) delivery.release()
  }

  /** Nobody wants what comes of it any more. What was handled and left nothing to be written is done with all the same. */
  forsake({ settled }: BatchResult): void {
    for (const { done, outputs } of settled)
      for (const { dedupe } of done)
        if (outputs === undefined) void dedupe?.complete()
        else dedupe?.release()
    this.release()
  }

  /** Each record is by itself from now on. */
  divide(): void {
    if (!this.whole) return
    const { span, records } = this.whole
    this.whole = undefined
    this.unopened = records.map(record => new Delivery(record, this.source))
    this.source.divide(span, this.unopened)
  }
}

/** What comes of some of a batch's records: what is to be written for them first, those that are done, and the others with their outcomes. */
export interface Settled {
  /** All of the batch is done. */
  readonly span?: RecordSpan
  readonly done: readonly Delivery[]
  readonly outcomes: readonly (readonly [Delivery, Outcome])[]
  readonly outputs: readonly Output[] | undefined
  /** That of the attempt whose outputs they are, where hooks stand around it. */
  readonly inContext?: InContext | undefined
}

/** `refusal`: it is not known yet whether its records are to be handled. */
interface Again {
  readonly afterMs: number
  readonly error: unknown
  readonly refusal?: Refusal
}
/** Stands around an attempt at a batch for who traces: `run` calls the handler. */
export type AroundBatch = (
  records: readonly ConsumerRecord[],
  attempt: BatchAttempt,
  run: () => void | PromiseLike<void>,
) => void | PromiseLike<void>

/** What an attempt at a batch came to. */
export interface BatchResult {
  readonly settled: readonly Settled[]
  /** How long what is left of the batch waits for another attempt, and why; undefined when the batch is over. */
  readonly again: Again | undefined
  /** The failure that says something of what the handler needs; undefined where there was none. */
  readonly failure: Failed | undefined
}

export class BatchAttempt implements BatchContext {
  readonly records: readonly ConsumerRecord[]
  readonly #source: DeliverySource
  readonly #deliveries: readonly Delivery[] | undefined
  readonly #controller = new AbortController()
  outputs: Output[] | undefined
  #isMarked = false
  inContext: InContext | undefined
  #logger: ClientLogger | undefined
  #isOver = false

  /** `deliveries`: of the records, where they are not one. */
  constructor(
    source: DeliverySource,
    records: readonly ConsumerRecord[],
    deliveries: readonly Delivery[] | undefined,
  ) {
    this.records = records
    this.#source = source
    this.#deliveries = deliveries
  }

  get group(): string {
    return this.#source.group
  }

  get logger(): ClientLogger {
    this.#logger ??= recordLogger(this.#source.logger, () => {
      const { topic, partition, offset } = this.records[0]!
      return { topic, partition, offset, records: this.records.length, group: this.group }
    })
    return this.#logger
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get dedupe(): DedupeClaims | undefined {
    const claims = this.#deliveries?.flatMap(({ dedupe }) => dedupe?.claim ?? []) ?? []
    return claimsOf(claims, () => {
      checkMark(this.#isOver, this.outputs)
      this.#isMarked = true
    })
  }

  keyAt(index: number): unknown {
    const record = this.records[index]
    if (!record)
      throw new RangeError(`keyAt: there is no record ${index}; the batch has ${this.records.length}`)
    return this.#deliveries ? this.#deliveries[index]!.readKey() : this.#source.readKey(record)
  }

  publish<T extends AnyTopic>(topic: T, message: Publication<T>): void {
    if (this.#isOver)
      throw new ClosedError('the attempt', 'publish before the handler returns, and heed ctx.signal')
    if (this.#isMarked) throw afterMark()
    this.outputs ??= []
    this.outputs.push(outputOf(topic, message))
  }

  end(reason?: Error): void {
    this.#isOver = true
    if (reason) this.#controller.abort(reason)
  }
}

export class BatchRunner {
  readonly #handler: TopicHandler
  readonly #handle: BatchHandler<unknown, unknown>
  readonly #observe: (ms: number) => void
  readonly #now: () => number
  /** Stands around every attempt; undefined where nobody wants to. Set by who runs it. */
  around: AroundBatch | undefined

  constructor(
    handler: TopicHandler,
    handle: BatchHandler<unknown, unknown>,
    observe: (ms: number) => void,
    now: () => number,
  ) {
    this.#handler = handler
    this.#handle = handle
    this.#observe = observe
    this.#now = now
  }

  /** Makes an attempt at a batch. Never rejects. */
  async run(job: BatchJob): Promise<BatchResult> {
    const result = job.whole && (await this.#runWhole(job, job.whole))
    if (result) return result
    const settled: Settled[] = []
    if (job.unopened.length > 0) {
      const again = await this.#open(job, settled)
      if (again) return { settled, again, failure: undefined }
    }
    if (job.opened.some(({ dedupe }) => dedupe && !dedupe.isHeld)) {
      const again = await this.#claim(job, settled)
      if (again) return { settled, again, failure: undefined }
    }
    if (job.opened.length === 0) return { settled, again: undefined, failure: undefined }
    job.attempts++
    for (const delivery of job.opened) delivery.attemptsHere = job.attempts
    const failed = await this.#try(job, job.opened, settled)
    if (failed === undefined) return { settled, again: undefined, failure: undefined }
    return this.#failed(job, failed, settled)
  }

  /** The first attempt at a batch of which no record is set apart. Undefined where one turns out to be: then each is looked at by itself. */
  async #runWhole(
    job: BatchJob,
    { span, records }: NonNullable<BatchJob['whole']>,
  ): Promise<BatchResult | undefined> {
    const items = this.#handler.readAll(records)
    if (!items) {
      job.divide()
      return undefined
    }
    job.attempts++
    const attempt = new BatchAttempt(job.source, records, undefined)
    const failed = await this.#call(job, items, attempt)
    if (failed === undefined) {
      const { outputs, inContext } = attempt
      const settled = [{ span, done: [], outcomes: [], outputs, inContext }]
      return { settled, again: undefined, failure: undefined }
    }
    job.divide()
    job.opened = job.unopened
    job.unopened = []
    for (const [index, delivery] of job.opened.entries()) {
      delivery.item = items[index]
      delivery.isOpen = true
      delivery.attemptsHere = job.attempts
      delivery.inContext = attempt.inContext
    }
    return this.#failed(job, failed, [])
  }

  /** What becomes of a batch whose attempt failed. */
  async #failed(job: BatchJob, failed: Failed, settled: Settled[]): Promise<BatchResult> {
    if (failed.error instanceof BatchError) return this.#named(job, failed, settled)
    const verdicts = job.opened.map(delivery => this.#handler.judge(delivery, failed))
    const first = verdicts[0]!
    if (first.kind === 'retry')
      return { settled, again: { afterMs: first.afterMs, error: failed.error }, failure: failed }
    await this.#bisect(job, failed, settled)
    return { settled, again: undefined, failure: failed }
  }

  /** Decodes; what needs no handler has its outcome. Returns when to try again with what could not be decoded now: the whole batch waits for it, to stay in order. */
  async #open(job: BatchJob, settled: Settled[]): Promise<Again | undefined> {
    const opened: Delivery[] = []
    const left: Delivery[] = []
    const outcomes: [Delivery, Outcome][] = []
    let again: { readonly afterMs: number; readonly error: unknown } | undefined
    for (const delivery of job.unopened) {
      try {
        let early = this.#handler.open(delivery)
        if (early instanceof Promise) early = await early
        if (early) outcomes.push([delivery, early])
        else opened.push(delivery)
      } catch (error) {
        delivery.attemptsHere++
        const outcome = this.#handler.judge(delivery, this.#handler.undecoded(error))
        if (outcome.kind === 'retry') {
          left.push(delivery)
          if (again === undefined || outcome.afterMs > again.afterMs) again = outcome
        } else outcomes.push([delivery, outcome])
      }
    }
    if (outcomes.length > 0) settled.push({ done: [], outcomes, outputs: undefined })
    job.unopened = left
    job.opened =
      job.opened.length === 0 ? opened : [...job.opened, ...opened].sort((a, b) => a.offset - b.offset)
    return again
  }

  /** Makes the records ours; those that were handled are settled. Returns when to try again where others have some of them: the batch waits, and holds none meanwhile. */
  async #claim(job: BatchJob, settled: Settled[]): Promise<Again | undefined> {
    const ids = new Set<string>()
    const left: Delivery[] = []
    const outcomes: [Delivery, Outcome][] = []
    for (const delivery of job.opened) {
      const { dedupe } = delivery
      // Twice in one batch.
      if (dedupe && ids.has(dedupe.id)) outcomes.push([delivery, duplicateOutcome])
      else left.push(delivery)
      if (dedupe) ids.add(dedupe.id)
    }
    const refusals = await Promise.all(
      left.map(async ({ dedupe }) => (dedupe && !dedupe.isHeld ? dedupe.obtain() : undefined)),
    )
    let again: Again | undefined
    for (const [index, refusal] of refusals.entries()) {
      const { dedupe } = left[index]!
      if (dedupe)
        dedupe.onLost = () => job.context?.end(new Error('another instance has a record of the batch now'))
      if (refusal === 'done') outcomes.push([left[index]!, duplicateOutcome])
      else if (refusal) {
        const afterMs = Math.max(again?.afterMs ?? 0, dedupe!.waitMs(refusal))
        again = { afterMs, error: undefined, refusal }
      }
    }
    if (outcomes.length > 0) settled.push({ done: [], outcomes, outputs: undefined })
    job.opened = left.filter((_, index) => refusals[index] !== 'done')
    // Two that hold a part of what the other wants would wait for each other.
    if (again) job.release()
    return again
  }

  /** Whether the transaction in which the handler has marked these records was committed, though the attempt failed. */
  async #wereMarked(deliveries: readonly Delivery[]): Promise<boolean> {
    const marked = deliveries.filter(({ dedupe }) => dedupe?.claim?.isMarked)
    if (marked.length === 0) return false
    const were = await Promise.all(marked.map(({ dedupe }) => dedupe!.wasMarked()))
    return were.every(Boolean)
  }

  /** Calls the handler; what succeeds is settled. Returns how it failed. */
  async #try(
    job: BatchJob,
    deliveries: readonly Delivery[],
    settled: Settled[],
  ): Promise<Failed | undefined> {
    const records = deliveries.map(({ record }) => record)
    const attempt = new BatchAttempt(job.source, records, deliveries)
    const items = deliveries.map(({ item }) => item)
    const failed = await this.#call(job, items, attempt)
    const { outputs, inContext } = attempt
    if (failed !== undefined && !(await this.#wereMarked(deliveries))) {
      for (const delivery of deliveries) delivery.inContext = inContext
      return failed
    }
    settled.push({ done: deliveries, outcomes: [], outputs, inContext })
    return undefined
  }

  async #call(job: BatchJob, items: readonly unknown[], attempt: BatchAttempt): Promise<Failed | undefined> {
    job.context = attempt
    const startedAt = this.#now()
    try {
      const run = () => this.#handle(items, attempt)
      const running = this.around ? this.around(attempt.records, attempt, run) : run()
      if (isThenable(running))
        await this.#handler.withinTime(Promise.resolve(running), error => attempt.end(error))
      return undefined
    } catch (error) {
      return this.#handler.failed(error)
    } finally {
      attempt.end()
      this.#observe(this.#now() - startedAt)
    }
  }

  /** The handler says which failed: the others are done, and those that may be tried again in place are what is left of the batch. */
  #named(job: BatchJob, failed: Failed, settled: Settled[]): BatchResult {
    const failures = new Map((failed.error as BatchError).failures.map(({ index, error }) => [index, error]))
    const outcomes: [Delivery, Outcome][] = []
    const done: Delivery[] = []
    const left: Delivery[] = []
    let afterMs = 0
    for (const [index, delivery] of job.opened.entries()) {
      if (!failures.has(index)) {
        done.push(delivery)
        continue
      }
      const outcome = this.#handler.judge(delivery, this.#handler.failed(failures.get(index)))
      if (outcome.kind === 'retry') {
        left.push(delivery)
        afterMs = Math.max(afterMs, outcome.afterMs)
      } else outcomes.push([delivery, outcome])
    }
    const { outputs, inContext } = job.context ?? {}
    settled.push({ done, outcomes, outputs, inContext })
    job.opened = left
    return { settled, again: left.length > 0 ? { afterMs, error: failed.error } : undefined, failure: failed }
  }

  async #bisect(job: BatchJob, failed: Failed, settled: Settled[]): Promise<void> {
    const { opened: deliveries } = job
    const errors = new Map<number, Failed>()
    const bisection = new Bisection(deliveries.length)
    if (deliveries.length === 1) errors.set(0, failed)
    for (let part = bisection.next; part !== undefined; part = bisection.next) {
      const failure = await this.#try(job, deliveries.slice(part.from, part.to), settled)
      if (failure === undefined) bisection.succeeded()
      else {
        if (part.to - part.from === 1) errors.set(part.from, failure)
        bisection.failed()
      }
    }
    const outcomes = bisection.culprits.map((index): [Delivery, Outcome] => {
      const delivery = deliveries[index]!
      const error = errors.get(index) ?? failed
      // Its attempts in place were those of the batch.
      return [delivery, this.#handler.judge(delivery, { ...error, again: 'elsewhere' })]
    })
    if (outcomes.length > 0) settled.push({ done: [], outcomes, outputs: undefined })
  }
}
