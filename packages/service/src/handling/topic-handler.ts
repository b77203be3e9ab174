// One topic with its handlers: decode → filter → route by type → middleware → handler, and what comes of it.
import { type AnyTopic, type ClientLogger, type ConsumerRecord, DeserializationError } from '@millrace/client'
import type { Clock, Random } from '@millrace/runtime'
import type { Deduper } from '../dedupe/deduper.ts'
import { RecordDedupe } from '../dedupe/record-dedupe.ts'
import { recordIdOf, storedId } from '../dedupe/record-id.ts'
import { ReceivedEvent } from '../envelope/received-event.ts'
import { kindOf, patienceOf } from '../failure/classify.ts'
import { redriveGroupHeader } from '../failure/failure-headers.ts'
import {
  type FailureKind,
  FatalError,
  HandlerTimeoutError,
  PoisonError,
  RetriableError,
  UnknownEventTypeError,
} from '../failure/errors.ts'
import { type DeadLetterReason, giveUp, judge, type Verdict } from '../failure/verdict.ts'
import { textHeader } from '../received-header.ts'
import { isThenable } from '../thenable.ts'
import { Attempt } from './context.ts'
import type { Delivery } from './delivery.ts'
import { type AnyHandler, compose, type Handled, type Observe, type Route } from './handlers.ts'
import type { ResolvedHandleOptions } from './options.ts'
import { doneOutcome, duplicateOutcome, Instruction, type HandlerResult, type Outcome } from './outcome.ts'
import { type ItemReader, type Opened, readerOf } from './reader.ts'

/** An attempt that failed: what becomes of the record is for {@link TopicHandler.judge} to say. */
export interface Failed {
  readonly kind: 'failed'
  readonly failure: FailureKind
  readonly error: unknown
  /**
   * Where it is tried again: `policy`, as the options say; `elsewhere`, not in place; `here`, in place for as long as it takes: what a record is decoded with is away, and that is nothing that the
   * record could be blamed for.
   */
  readonly again: 'policy' | 'elsewhere' | 'here'
}

/** What comes of an attempt. */
export type Result = Outcome | Failed

/** Hears what came of an attempt. */
export type End = (delivery: Delivery, result: Result) => void

/** Stands around a handler for who traces: `run` calls it. */
export type Around = (delivery: Delivery, run: () => Handled) => Handled

export interface TopicHandlerHost {
  readonly clock: Clock
  readonly random: Random
  /** What handlers log with; undefined for nothing. */
  readonly logger?: ClientLogger | undefined
  /** Where times of a type's handler go; `''` for values. */
  readonly observer: (topic: string, type: string) => Observe
  /** Knows which records were handled; undefined where nobody asks. */
  readonly deduper: Deduper | undefined
}

export class TopicHandler {
  readonly topic: AnyTopic
  readonly options: ResolvedHandleOptions
  readonly reader: ItemReader
  readonly #host: TopicHandlerHost
  readonly #routes: ReadonlyMap<string, Route>
  /** Of all types that have none of their own. */
  readonly #fallback: Route | undefined
  /**
   * When somebody looked at the clock last, on the monotonic clock: whoever has handlers called, or the end of one that returned at once. What comes behind such an end
   * begins there: a look for each record is a good part of what it costs.
   */
  lookedAt = 0
  /** Stands around every attempt; undefined where nobody wants to. Set by who runs it. */
  around: Around | undefined

  /** `handlers`: by type; `''` for the values of a topic without types. */
  constructor(
    topic: AnyTopic,
    handlers: ReadonlyMap<string, AnyHandler>,
    options: ResolvedHandleOptions,
    host: TopicHandlerHost,
  ) {
    this.topic = topic
    this.options = options
    this.reader = readerOf(topic)
    this.#host = host
    this.#routes = new Map(
      Array.from(handlers, ([type, handler]) => [
        type,
        { handler: compose(options.middleware, handler), observe: host.observer(topic.name, type) },
      ]),
    )
    this.#fallback = this.#routes.get('*')
  }

  /** The service's logger. */
  get logger(): ClientLogger | undefined {
    return this.#host.logger
  }

  /** Makes an attempt, and calls `end` with what came of it: before it returns where nothing had to be waited for. Never throws. */
  handle(delivery: Delivery, end: End): void {
    delivery.attemptsHere++
    let early: Outcome | undefined
    try {
      if (!delivery.isOpen) {
        const opening = this.open(delivery)
        if (opening instanceof Promise) {
          opening.then(
            outcome => {
              this.lookedAt = this.#host.clock.monotonic()
              if (outcome) end(delivery, outcome)
              else this.#begin(delivery, end)
            },
            (error: unknown) => end(delivery, this.undecoded(error)),
          )
          return
        }
        early = opening
      }
    } catch (error) {
      end(delivery, this.undecoded(error))
      return
    }
    if (early) end(delivery, early)
    else this.#begin(delivery, end)
  }

  /** An attempt, once the record is known to be ours to handle. */
  #begin(delivery: Delivery, end: End): void {
    const { dedupe } = delivery
    if (dedupe === undefined || dedupe.isHeld) this.#attempt(delivery, end)
    else void this.#claim(delivery, dedupe, end)
  }

  async #claim(delivery: Delivery, dedupe: RecordDedupe, end: End): Promise<void> {
    const refusal = await dedupe.obtain()
    this.lookedAt = this.#host.clock.monotonic()
    // Dropped meanwhile: who hears of it releases the claim.
    const isWanted = delivery.state === 'running'
    if (refusal === undefined && isWanted) return this.#attempt(delivery, end)
    delivery.takeBack()
    if (refusal === 'done') end(delivery, duplicateOutcome)
    else
      end(delivery, {
        kind: 'wait',
        afterMs: refusal ? dedupe.waitMs(refusal) : 0,
        refusal: refusal ?? 'busy',
      })
  }

  /** Whether records may be read many at once: nothing has to be waited for, and none is filtered out. */
  get isPlain(): boolean {
    return this.options.filter === undefined && this.#host.deduper === undefined && !this.reader.isAsync
  }

  /** The events or values of records that have none of our headers; undefined where one of them comes to something else. */
  readAll(records: readonly ConsumerRecord[]): unknown[] | undefined {
    const items: unknown[] = []
    try {
      for (const record of records) {
        const opened = this.reader.open(record)
        const { kind } = opened
        if (kind === 'tombstone' || kind === 'unknown') return undefined
        const type = kind === 'event' ? opened.type : ''
        if (!this.#fallback && !this.#routes.has(type)) return undefined
        const item = this.reader.read(record, opened)
        if (item instanceof Promise) {
          // A serde that does not say that it may wait: its failure is for who asks again.
          item.catch(() => {})
          return undefined
        }
        items.push(item)
      }
    } catch {
      // Who looks at each finds it again.
      return undefined
    }
    return items
  }

  /** Decodes a record and finds its handler. Returns what comes of it where it needs none. Throws, or rejects with, what makes it a poisoned one. */
  open(delivery: Delivery): Outcome | undefined | Promise<Outcome | undefined> {
    const { record } = delivery
    if (delivery.isMarked) {
      const redriveFor = textHeader(record.headers, redriveGroupHeader)
      if (redriveFor !== undefined && redriveFor !== delivery.group)
        return { kind: 'skipped', reason: 'redriven for another group' }
    }
    const opened = this.reader.open(record)
    if (opened.kind === 'tombstone')
      return this.#ofUnknownType('tombstone', new PoisonError('the record is a tombstone'))
    if (opened.kind === 'unknown')
      return this.#ofUnknownType('unknown-type', new UnknownEventTypeError(opened.type, this.#knownTypes()))
    const route = this.#routes.get(opened.kind === 'event' ? opened.type : '') ?? this.#fallback
    if (!route) return { kind: 'skipped', reason: 'no handler' }
    delivery.route = route
    return this.#read(delivery, opened)
  }

  #read(delivery: Delivery, opened: Opened): Outcome | undefined | Promise<Outcome | undefined> {
    const { record } = delivery
    const item = this.reader.read(record, opened)
    // Handlers read a key when they want it; one that has to be waited for is read before.
    const key = this.reader.isKeyAsync ? this.reader.readKey(record) : undefined
    if (item instanceof Promise || key instanceof Promise) {
      return Promise.all([item, key]).then(([readItem, readKey]) => {
        if (this.reader.isKeyAsync) delivery.keepKey(readKey)
        return this.#opened(delivery, readItem)
      })
    }
    if (this.reader.isKeyAsync) delivery.keepKey(key)
    return this.#opened(delivery, item)
  }

  #opened(delivery: Delivery, item: unknown): Outcome | undefined | Promise<Outcome | undefined> {
    delivery.item = item
    const { filter } = this.options
    if (filter === undefined) return this.#filtered(delivery, true)
    const context = new Attempt(delivery, delivery.attempts)
    const isWanted = filter(item, context)
    if (!isThenable(isWanted)) {
      context.end()
      return this.#filtered(delivery, isWanted)
    }
    return this.withinTime(Promise.resolve(isWanted), error => context.end(error)).then(
      wanted => {
        context.end()
        return this.#filtered(delivery, wanted)
      },
      (error: unknown) => {
        context.end()
        throw error
      },
    )
  }

  #filtered(delivery: Delivery, isWanted: unknown): Outcome | undefined {
    if (!isWanted) return { kind: 'skipped', reason: 'filtered' }
    const { deduper } = this.#host
    if (deduper) {
      const lost = () => delivery.attempt?.end(new Error('another instance has the record now'))
      delivery.dedupe = new RecordDedupe(deduper, this.#idOf(delivery), lost)
    }
    delivery.isOpen = true
    return undefined
  }

  #idOf(delivery: Delivery): string {
    const { item, record, origin } = delivery
    const makeId = this.options.dedupe?.id
    if (!makeId) {
      const event = item instanceof ReceivedEvent ? item : undefined
      return storedId(recordIdOf(event, record.headers, origin))
    }
    const context = new Attempt(delivery, delivery.attempts)
    const id: unknown = makeId(item, context)
    context.end()
    if (typeof id === 'string' && id !== '') return storedId(id)
    throw new FatalError(
      `dedupe.id returned ${id === '' ? 'an empty text' : String(id)}; return what tells the record apart`,
    )
  }

  #knownTypes(): string[] {
    return Object.keys((this.topic as { readonly eventTypes?: object }).eventTypes ?? {})
  }

  #ofUnknownType(reason: 'unknown-type' | 'tombstone', error: PoisonError): Outcome {
    switch (this.options.unknownType) {
      case 'skip':
        return { kind: 'skipped', reason: reason === 'tombstone' ? 'tombstone' : 'unknown type' }
      case 'dead-letter':
        return { kind: 'deadLetter', reason, error }
      case 'fail':
        return { kind: 'fail', error }
    }
  }

  #attempt(delivery: Delivery, end: End): void {
    const route = delivery.route!
    const attempt = delivery.begin()
    const from = this.lookedAt
    const { around } = this
    let result: Handled
    try {
      result =
        around === undefined
          ? route.handler(delivery.item, attempt)
          : around(delivery, () => route.handler(delivery.item, attempt))
    } catch (error) {
      this.#ended(attempt, from, delivery, this.failed(error), end)
      return
    }
    if (!isThenable(result)) {
      this.#ended(attempt, from, delivery, this.resultOf(result), end)
      return
    }
    this.withinTime(Promise.resolve(result), error => attempt.end(error)).then(
      value => this.#ended(attempt, from, delivery, this.resultOf(value), end),
      (error: unknown) => this.#ended(attempt, from, delivery, this.failed(error), end),
    )
  }

  /** What a handler returns, or HandlerTimeoutError when its time is over: `onTimeout` is called with that first. */
  withinTime<T>(running: Promise<T>, onTimeout: (error: Error) => void): Promise<T> {
    const { timeoutMs } = this.options
    if (timeoutMs === undefined) return running
    return new Promise((resolve, reject) => {
      const timer = this.#host.clock.setTimer(timeoutMs, () => {
        const error = new HandlerTimeoutError(timeoutMs)
        onTimeout(error)
        reject(error)
      })
      running.then(
        value => {
          timer.cancel()
          resolve(value)
        },
        (error: unknown) => {
          timer.cancel()
          reject(error as Error)
        },
      )
    })
  }

  /** `from`: when its handler was called. */
  #ended(attempt: Attempt, from: number, delivery: Delivery, result: Result, end: End): void {
    attempt.end()
    this.lookedAt = this.#host.clock.monotonic()
    delivery.route!.observe(this.lookedAt - from)
    if (result.kind === 'failed' && delivery.dedupe?.claim?.isMarked)
      void this.#lookAgain(delivery, result, end)
    else end(delivery, result)
  }

  /** An attempt failed that has marked its record within a transaction: what was committed is done. */
  async #lookAgain(delivery: Delivery, result: Failed, end: End): Promise<void> {
    end(delivery, (await delivery.dedupe!.wasMarked()) ? doneOutcome : result)
  }

  /** Resolves when nothing of it needs the dedupe store any more. */
  async close(): Promise<void> {
    await this.#host.deduper?.close()
  }

  /** What an instruction of a handler comes to; done without one. */
  resultOf(result: HandlerResult): Result {
    if (result === undefined || !(result instanceof Instruction)) return doneOutcome
    const { kind, reason, afterMs } = result
    switch (kind) {
      case 'skip':
        return { kind: 'skipped', reason }
      case 'deadLetter':
        return this.#outcomeOf(giveUp(this.options.plan, 'rejected'), new FatalError(reason))
      case 'retry':
      case 'park': {
        const error = new RetriableError(reason, afterMs === undefined ? {} : { afterMs })
        const again = kind === 'park' ? 'elsewhere' : 'policy'
        return { kind: 'failed', failure: 'retriable', error, again }
      }
    }
  }

  /** An attempt that threw. */
  failed(error: unknown): Failed {
    return { kind: 'failed', failure: kindOf(error, this.options.classify), error, again: 'policy' }
  }

  /** A record that could not be decoded. */
  undecoded(error: unknown): Failed {
    const failed = this.failed(error)
    const isOfSerde = error instanceof DeserializationError
    return isOfSerde && failed.failure === 'retriable' ? { ...failed, again: 'here' } : failed
  }

  /** What becomes of a record whose attempt failed. */
  judge(delivery: Delivery, { failure, error, again }: Omit<Failed, 'kind'>): Outcome {
    const { clock, random } = this.#host
    const { plan } = this.options
    const afterMs = patienceOf(error)
    if (again === 'here') {
      // The handler was not called: that is no attempt of it.
      delivery.takeBack()
      const waitMs = plan.backoff(++delivery.timesUndecoded, random)
      return { kind: 'retry', afterMs: Math.max(waitMs, afterMs ?? 0), error }
    }
    const now = clock.now()
    delivery.firstFailedAt ??= now
    const verdict = judge(
      plan,
      {
        kind: failure,
        attemptsHere: again === 'elsewhere' ? Number.POSITIVE_INFINITY : delivery.attemptsHere,
        tier: delivery.history?.tier ?? 0,
        firstFailedAt: delivery.firstFailedAt,
        afterMs,
      },
      now,
      random,
    )
    return this.#outcomeOf(verdict, error)
  }

  /** What becomes of a record that nothing more is tried with. */
  giveUp(reason: DeadLetterReason, error: unknown): Outcome {
    return this.#outcomeOf(giveUp(this.options.plan, reason), error)
  }

  #outcomeOf(verdict: Verdict, error: unknown): Outcome {
    switch (verdict.do) {
      case 'retry':
        return { kind: 'retry', afterMs: verdict.afterMs, error }
      case 'park':
        return { kind: 'park', tier: verdict.tier, delayMs: verdict.delayMs, error }
      case 'deadLetter':
        return { kind: 'deadLetter', reason: verdict.reason, error }
      case 'fail':
        return { kind: 'fail', error }
    }
  }
}
