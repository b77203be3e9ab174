// What is to be said of a handler beside what it does: retries, dead letters, concurrency, limits; checked, and with defaults.
import { ConfigError } from '@millrace/client'
import { checkFields } from '../check-fields.ts'
import { type Backoff, exponential } from '../failure/backoff.ts'
import type { DedupeStore } from '../dedupe/dedupe-store.ts'
import type { Classify } from '../failure/classify.ts'
import { type DeadLetterHeaders, stackCharsDefault } from '../failure/set-aside.ts'
import { defaultNaming, type TopicNaming } from '../failure/topic-names.ts'
import type { FailurePlan } from '../failure/verdict.ts'
import { type Bulkhead, bulkhead } from '../limits/bulkhead.ts'
import type { CircuitBreaker } from '../limits/circuit-breaker.ts'
import type { Gate } from '../limits/gate.ts'
import type { RateLimiter } from '../limits/rate-limiter.ts'
import type { HandlerContext } from './context.ts'
import type { Middleware } from './handlers.ts'

/** How often, where and when a record is tried again. */
export interface RetryOptions {
  /** Attempts in place, the first included: the record's partition, or key, waits, and nothing else does. Default 3. */
  readonly attempts?: number
  /** How long to wait in between. Default: from 100 ms on, doubling up to 30,000 ms, with full jitter. */
  readonly backoff?: Backoff
  /**
   * Then one attempt after each of these waits, in ms, in retry topics of the group: those behind the record go on meanwhile, so that its order with
   * them is lost. Default: none.
   */
  readonly topicDelaysMs?: readonly number[]
  /** Age of the first failure beyond which nothing is tried again, in ms. Default: no limit. */
  readonly giveUpAfterMs?: number
  /** What errors mean, where they do not say it themselves. Default: all are worth another attempt. */
  readonly classify?: Classify
}

/** What becomes of records that cannot be handled. */
export interface DeadLetterOptions {
  /** Its name. Default: as `naming` of the service says, `orders-billing-dlt`. */
  readonly topic?: string
  /** Which headers say what went wrong. Default `millrace`. */
  readonly headers?: DeadLetterHeaders
  /** Characters of the error's stack that go along. Default 4,000; 0 for none. */
  readonly stackMaxChars?: number
}

/** How many records are handled at the same time, and which may not be. */
export interface ConcurrencyOptions {
  /**
   * What stays in order: `partition`, as the log has it; `key`, the records of each key in their partition; `unordered`, nothing. Default `partition`.
   */
  readonly by?: 'partition' | 'key' | 'unordered'
  /** Handlers at the same time, in this service and group. Default: with `partition` as many as there are partitions, otherwise 100. */
  readonly max?: number
}

/** How batches are gathered. */
export interface BatchOptions {
  /** Records at most. Default 500. */
  readonly maxRecords?: number
  /** Bytes of keys and values at most; a larger record is a batch of its own. Default 1,048,576. */
  readonly maxBytes?: number
  /** How long the first record waits for others, in ms. Default 0: what is there. */
  readonly maxWaitMs?: number
}

/** Which records were handled already, and are passed over when they come again. */
export interface DedupeOptions<Item = never> {
  /** Where that is remembered, for all instances: of `@millrace/stores`, or a `MemoryDedupeStore` for one process. */
  readonly store: DedupeStore
  /**
   * What tells a record apart, within the group and the topic. Default: `source` and `id` of an event; of a value what an outbox called it, or else the place in the log where the record was first.
   */
  readonly id?: (item: Item, context: HandlerContext) => string
  /** How long it is remembered that a record was handled, in ms. Default 604,800,000: seven days. */
  readonly ttlMs?: number
  /**
   * How long a record that was in hand when its process died is kept from others, in ms. While a handler runs its claim is renewed, at a third of this. Default 30,000.
   */
  readonly leaseMs?: number
}

/** What becomes of records of an unknown type. */
export type UnknownTypePolicy = 'fail' | 'skip' | 'dead-letter'

/** Options of a handler. */
export interface HandleOptions<Item = never> {
  /** The group that reads, and that retry topics and dead letters belong to (`group.id`). Default: the service's. */
  readonly group?: string
  /**
   * What it answers false for, at once or later, is passed over before any handler sees it, and counted as `filtered`. What it throws is as if the handler had. Default: nothing is passed
   * over.
   */
  readonly filter?: (item: Item, context: HandlerContext) => boolean | PromiseLike<boolean>
  /** Around the handlers, inside that of the service. Default: none. */
  readonly middleware?: readonly Middleware[]
  /** Attempts. `false` for one. Default: 3 in place. */
  readonly retry?: RetryOptions | false
  /**
   * Whether what cannot be handled goes to a topic of its own. Default false: the service stops before the record, since nothing is passed over in
   * silence.
   */
  readonly deadLetter?: DeadLetterOptions | boolean
  /** What runs at the same time. All handlers of a group share it. Default: one record of each partition. */
  readonly concurrency?: ConcurrencyOptions
  /**
   * An event whose type the topic does not have, and a tombstone in a topic of events: `fail` stops the service, `skip` passes over and counts. Default: `dead-letter`
   * where there are dead letters, else `fail`.
   */
  readonly unknownType?: UnknownTypePolicy
  /** How long an attempt may take, in ms: then its signal aborts, and it counts as failed. Default: no limit. */
  readonly timeoutMs?: number
  /** Waits, instead of failing, while what the handler needs is down. Default: none. */
  readonly breaker?: CircuitBreaker
  /** Most records or bytes a second. Default: no limit. */
  readonly rateLimit?: RateLimiter
  /** Most handlers at the same time, of this handler or of all that share it. Default: no limit. */
  readonly bulkhead?: Bulkhead | number
  /** `exactly-once`: what handlers publish, offsets and dead letters stand in the same transactions. All handlers of a group agree on it. Default `at-least-once`. */
  readonly guarantee?: 'at-least-once' | 'exactly-once'
  /**
   * Handles what was handled to its end not once more, however often it comes: after a restart, a rebalance, or because it was sent twice. A record that failed comes again all the same. Default: nobody
   * remembers.
   */
  readonly dedupe?: DedupeOptions<Item>
}

/** The same for a handler of batches. */
export interface HandleBatchOptions<Item = never>
  extends Omit<HandleOptions<Item>, 'concurrency' | 'middleware'> {
  /** How batches are gathered: of one partition each. Default: what is there, 500 records at most. */
  readonly batch?: BatchOptions
  /** Batches at the same time, one of each partition. Default: as many as there are partitions. */
  readonly concurrency?: Pick<ConcurrencyOptions, 'max'>
}

/** The same with everything filled in. */
export interface ResolvedHandleOptions {
  readonly group: string
  readonly filter: ((item: unknown, context: HandlerContext) => boolean | PromiseLike<boolean>) | undefined
  readonly middleware: readonly Middleware[]
  readonly plan: FailurePlan
  readonly classify: Classify | undefined
  readonly deadLetter: Required<Omit<DeadLetterOptions, 'topic'>> & { readonly topic: string | undefined }
  readonly naming: TopicNaming
  readonly by: 'partition' | 'key' | 'unordered'
  readonly maxConcurrency: number | undefined
  readonly unknownType: UnknownTypePolicy
  readonly timeoutMs: number | undefined
  readonly breaker: CircuitBreaker | undefined
  readonly gates: readonly Gate[]
  readonly isExactlyOnce: boolean
  readonly batch: Required<BatchOptions> | undefined
  readonly dedupe: ResolvedDedupe | undefined
}

export interface ResolvedDedupe {
  readonly store: DedupeStore
  readonly id: ((item: unknown, context: HandlerContext) => string) | undefined
  readonly ttlMs: number
  readonly leaseMs: number
}

const fields = {
  handle: [
    'group',
    'filter',
    'middleware',
    'retry',
    'deadLetter',
    'concurrency',
    'unknownType',
    'timeoutMs',
    'breaker',
    'rateLimit',
    'bulkhead',
    'guarantee',
    'dedupe',
  ],
  dedupe: ['store', 'id', 'ttlMs', 'leaseMs'],
  retry: ['attempts', 'backoff', 'topicDelaysMs', 'giveUpAfterMs', 'classify'],
  deadLetter: ['topic', 'headers', 'stackMaxChars'],
  concurrency: ['by', 'max'],
  batch: ['maxRecords', 'maxBytes', 'maxWaitMs'],
} as const

function number(place: string, value: number | undefined, min: number, isWhole = true): void {
  if (value === undefined || value === Number.POSITIVE_INFINITY) return
  if (!(typeof value === 'number' && value >= min && (!isWhole || Number.isInteger(value))))
    throw new ConfigError(
      `${place} is ${String(value)}; write a ${isWhole ? 'whole ' : ''}number from ${min} on`,
    )
}

function oneOf(place: string, value: string | undefined, values: readonly string[]): void {
  if (value !== undefined && !values.includes(value))
    throw new ConfigError(`${place} is "${value}"; it is ${values.join(', ')}`)
}

/** What the service says for all its handlers. */
export interface HandlerDefaults {
  readonly group: string
  readonly naming: TopicNaming | undefined
  readonly middleware: readonly Middleware[]
}

/** Checks options and fills in defaults. `place`: `handle: orders`. Throws ConfigError. */
export function resolveHandleOptions(
  place: string,
  options: HandleOptions & { readonly batch?: BatchOptions },
  defaults: HandlerDefaults,
  style: 'each' | 'batch',
): ResolvedHandleOptions {
  checkFields(place, options, style === 'batch' ? [...fields.handle, 'batch'] : fields.handle)
  const { deadLetter = false, guarantee, timeoutMs, breaker, rateLimit, concurrency = {} } = options
  checkFields(`${place}: concurrency`, concurrency, fields.concurrency)
  oneOf(`${place}: concurrency.by`, concurrency.by, ['partition', 'key', 'unordered'])
  if (style === 'batch' && concurrency.by !== undefined && concurrency.by !== 'partition')
    throw new ConfigError(`${place}: batches are of one partition each; leave out concurrency.by`)
  number(`${place}: concurrency.max`, concurrency.max, 1)
  oneOf(`${place}: unknownType`, options.unknownType, ['fail', 'skip', 'dead-letter'])
  oneOf(`${place}: guarantee`, guarantee, ['at-least-once', 'exactly-once'])
  number(`${place}: timeoutMs`, timeoutMs, 1, false)
  const hasDeadLetter = deadLetter !== false
  const letters = typeof deadLetter === 'object' ? deadLetter : {}
  checkFields(`${place}: deadLetter`, letters, fields.deadLetter)
  oneOf(`${place}: deadLetter.headers`, letters.headers, ['millrace', 'spring', 'both'])
  number(`${place}: deadLetter.stackMaxChars`, letters.stackMaxChars, 0)
  if (options.unknownType === 'dead-letter' && !hasDeadLetter)
    throw new ConfigError(`${place}: unknownType "dead-letter" needs deadLetter: true`)
  const by = concurrency.by ?? 'partition'
  const wall = typeof options.bulkhead === 'number' ? bulkhead(options.bulkhead) : options.bulkhead
  return {
    group: options.group ?? defaults.group,
    filter: options.filter as ResolvedHandleOptions['filter'],
    middleware: [...defaults.middleware, ...(options.middleware ?? [])],
    plan: planOf(place, options.retry, hasDeadLetter),
    classify: typeof options.retry === 'object' ? options.retry.classify : undefined,
    deadLetter: {
      topic: letters.topic,
      headers: letters.headers ?? 'millrace',
      stackMaxChars: letters.stackMaxChars ?? stackCharsDefault,
    },
    naming: defaults.naming ?? defaultNaming,
    by,
    maxConcurrency: concurrency.max ?? (by === 'partition' ? undefined : 100),
    unknownType: options.unknownType ?? (hasDeadLetter ? 'dead-letter' : 'fail'),
    timeoutMs: timeoutMs === Number.POSITIVE_INFINITY ? undefined : timeoutMs,
    breaker,
    // A rate limiter is last: what it lets through is paid for.
    gates: [wall, breaker, rateLimit].filter(gate => gate !== undefined),
    isExactlyOnce: guarantee === 'exactly-once',
    batch: style === 'batch' ? batchOf(place, options.batch) : undefined,
    dedupe: options.dedupe && dedupeOf(place, options.dedupe),
  }
}

function dedupeOf(place: string, given: DedupeOptions): ResolvedDedupe {
  checkFields(`${place}: dedupe`, given, fields.dedupe)
  const { store, id, ttlMs = 604_800_000, leaseMs = 30_000 } = given
  const { claim, complete, release } = (store ?? {}) as Partial<DedupeStore>
  if (![claim, complete, release].every(method => typeof method === 'function'))
    throw new ConfigError(`${place}: dedupe.store is no store; make one: new MemoryDedupeStore()`)
  if (id !== undefined && typeof id !== 'function')
    throw new ConfigError(`${place}: dedupe.id is no function`)
  number(`${place}: dedupe.ttlMs`, ttlMs, 1)
  number(`${place}: dedupe.leaseMs`, leaseMs, 100)
  if (leaseMs === Number.POSITIVE_INFINITY || ttlMs === Number.POSITIVE_INFINITY)
    throw new ConfigError(`${place}: dedupe.leaseMs and dedupe.ttlMs have an end; write milliseconds`)
  return { store, id: id as ResolvedDedupe['id'], ttlMs, leaseMs }
}

function planOf(place: string, retry: RetryOptions | false | undefined, deadLetter: boolean): FailurePlan {
  const given: RetryOptions = retry === false ? { attempts: 1 } : (retry ?? {})
  checkFields(`${place}: retry`, given, fields.retry)
  const { attempts = 3, backoff = exponential(), topicDelaysMs = [], giveUpAfterMs } = given
  number(`${place}: retry.attempts`, attempts, 1)
  number(`${place}: retry.giveUpAfterMs`, giveUpAfterMs, 0, false)
  if (typeof backoff !== 'function')
    throw new ConfigError(`${place}: retry.backoff is no function; write exponential(…) or fixed(…)`)
  if (!Array.isArray(topicDelaysMs))
    throw new ConfigError(`${place}: retry.topicDelaysMs is no list; write the waits in ms`)
  for (const delayMs of topicDelaysMs as readonly number[]) {
    if (!(Number.isInteger(delayMs) && delayMs >= 0))
      throw new ConfigError(`${place}: retry.topicDelaysMs has ${delayMs}; write whole milliseconds`)
  }
  return {
    attempts,
    backoff,
    tierDelaysMs: topicDelaysMs,
    deadLetter,
    giveUpAfterMs: giveUpAfterMs ?? Number.POSITIVE_INFINITY,
  }
}

function batchOf(place: string, given: BatchOptions = {}): Required<BatchOptions> {
  checkFields(`${place}: batch`, given, fields.batch)
  const { maxRecords = 500, maxBytes = 1_048_576, maxWaitMs = 0 } = given
  number(`${place}: batch.maxRecords`, maxRecords, 1)
  number(`${place}: batch.maxBytes`, maxBytes, 1)
  number(`${place}: batch.maxWaitMs`, maxWaitMs, 0, false)
  return { maxRecords, maxBytes, maxWaitMs }
}
