// What an ExactlyOnceProcessor needs to know, with its defaults, and what it makes of that for its consumer and its producers.
import { type Random, randomUuid } from '@millrace/runtime'
import type { ClusterOptions } from '../cluster/options.ts'
import { clusterPart, clusterTable } from '../config/cluster-table.ts'
import type { OptionTable } from '../config/option-entry.ts'
import { type DottedOptions, readOptions } from '../config/option-table.ts'
import { show } from '../config/show.ts'
import type { ConsumerBatch } from '../consumer/batch.ts'
import { readTopics } from '../consumer/declared-topics.ts'
import type { RebalanceHooks } from '../consumer/group-side.ts'
import type { ConsumerOptions } from '../consumer/options.ts'
import { type PoisonRecord, readPoisonPolicy } from '../consumer/poison.ts'
import type { ConsumerRecord } from '../consumer/record.ts'
import type { BatchOf, RecordOf } from '../consumer/record-of.ts'
import type { TopicChoice } from '../consumer/subscription.ts'
import { ConfigError } from '../errors/index.ts'
import type { ProducerOptions } from '../producer/options.ts'
import type { AnyRecord, ProducerRecord, TopicRecord } from '../producer/record.ts'
import { type AnyTopic, type PlainTopic, Topic } from '../topic/topic.ts'

/** Keys and values that need no serde to be written. */
type Data = string | Uint8Array

/** A record to be written. One for a topic with types has that topic's serdes, which refuse what does not fit. */
export type Output<K, V> = ProducerRecord<K, V> | (AnyRecord & { readonly topic: AnyTopic })

/** One, several, or none. */
type Some<R> = R | Iterable<R> | null | undefined | void

/** The same, at once or later. */
type Later<R> = Some<R> | PromiseLike<Some<R>>

/** What is written for a record or a batch: one record, several, or none. */
export type TransformOutputs<K, V> = Some<Output<K, V>>

/** What a transformation may return at all. */
export type Transformed<K, V> = Later<Output<K, V>>

/** What a record that is returned has to be: one for a topic with types is as that topic wants it, as `Producer.send` has it. */
type Fitting<R, K, V> = R extends { readonly topic: infer T extends AnyTopic }
  ? TopicRecord<T>
  : ProducerRecord<K, V>

/** The records in what a transformation returns. */
type RecordsIn<A> = A extends null | undefined | void ? never : A extends Iterable<infer R> ? R : A

/** Those of them that are not what they have to be. */
type Misfits<R, K, V> = R extends Fitting<R, K, V> ? never : R

/** What a transformation returns, held to the types of the topics that it writes to: the compiler names what does not fit. Without a type of its own it is held to nothing. */
export type Held<A, K, V> = [Transformed<K, V>] extends [A]
  ? A
  : [Misfits<RecordsIn<Awaited<A>>, K, V>] extends [never]
    ? A
    : A & Later<Fitting<RecordsIn<Awaited<A>>, K, V>>

/** What becomes of a record or batch whose transformation failed: `run` ends with the error, it comes again, or it is passed over. */
export type FailureAction = 'stop' | 'retry' | 'skip'

/** A transformation that failed, or whose outputs cannot be written. */
export interface TransformFailure {
  /** What was thrown. */
  readonly error: unknown
  /** Topic of the record or batch. */
  readonly topic: string
  /** Its partition. */
  readonly partition: number
  /** Offset of the record, or of the first one of the batch. */
  readonly offset: number
  /** How often it has failed in a row. */
  readonly attempts: number
}

/** What the processor sees to itself. */
type OwnConsumerOption =
  | keyof ClusterOptions
  | 'groupId'
  | 'autoCommit'
  | 'autoCommitIntervalMs'
  | 'isolationLevel'
  | 'onWarning'
  | 'topics'
  | 'onPoison'
type OwnProducerOption = keyof ClusterOptions | 'transactionalId' | 'idempotence' | 'acks'

/** Topics that are read by names, or patterns of names: records are all of one type. */
export interface NamedSources {
  /** Topics to read: names, or patterns of names. */
  readonly topics: TopicChoice | readonly TopicChoice[]
}

/** Topics that are read as `topic(…)` made them: records have their types. */
export interface TypedSources<T extends AnyTopic> {
  /** Topics to read; those of several are told apart by `record.topic`. */
  readonly topics: T | readonly T[]
}

/** Options of an {@link ExactlyOnceProcessor}, with the `topics` to read. */
export type ExactlyOnceOptions<
  K = Buffer,
  V = Buffer,
  PK = Data,
  PV = Data,
  T extends AnyTopic = PlainTopic<K, V>,
> = ExactlyOnceSettings<K, V, PK, PV, T> & (NamedSources | TypedSources<T>)

/**
 * Options of an {@link ExactlyOnceProcessor} beside the topics to read. Give `eachRecord` or `eachBatch`. The names in brackets are Kafka's, which are accepted
 * too.
 */
export interface ExactlyOnceSettings<
  K = Buffer,
  V = Buffer,
  PK = Data,
  PV = Data,
  T extends AnyTopic = PlainTopic<K, V>,
  A extends Transformed<PK, PV> = Transformed<PK, PV>,
  P extends Transformed<PK, PV> = Transformed<PK, PV>,
> extends ClusterOptions {
  /** Group that reads (`group.id`), and whose offsets are committed with what is written. */
  readonly groupId: string
  /**
   * Called for each record, those of a partition in order: returns what is written for it. May be asynchronous, and called again with the same
   * record after a rebalance or a failure: what it does beside returning records may happen more than once.
   */
  readonly eachRecord?: (record: RecordOf<T>) => Held<A, NoInfer<PK>, NoInfer<PV>>
  /** The same for each batch, as it was fetched. */
  readonly eachBatch?: (batch: BatchOf<T>) => Held<A, NoInfer<PK>, NoInfer<PV>>
  /**
   * What becomes of records of which a serde refuses a part. `skip`: they are passed over, counted and told of, as by a Consumer. A function: it is called with each, when everything before it in its partition is
   * transformed, and what it returns is written in the transaction that passes over the record: a dead letter, for one, which readers of committed data see once. What it throws is up to
   * `onTransformError`. `fail`: a DeserializationError is thrown where key or value is read, or, with serdes that have to wait, by `run`. Default `fail`. An error with `retriable: true` is no poison.
   */
  readonly onPoison?: 'fail' | 'skip' | ((record: PoisonRecord) => Held<P, NoInfer<PK>, NoInfer<PV>>)
  /**
   * Transactional id of this processor (`transactional.id`); each one that runs at the same time needs its own. One that stays the same over a
   * restart ends what the last run left open at once; otherwise that takes `transactionTimeoutMs`. Default: a new one each time.
   */
  readonly transactionalId?: string
  /**
   * How long a transaction gathers records before it is committed (`commit.interval.ms`), in ms: what readers of committed data wait for. Default
   * 100.
   */
  readonly transactionIntervalMs?: number
  /** Records that a transaction takes at most. Default: as many as come in its time. */
  readonly maxRecordsPerTransaction?: number
  /** What becomes of what cannot be transformed: always the same, or decided each time. Default `stop`. */
  readonly onTransformError?:
    | FailureAction
    | ((failure: TransformFailure) => FailureAction | PromiseLike<FailureAction>)
  /** Further options of the consumer, serdes of keys and values among them. Default: `autoOffsetReset` is `earliest`. */
  readonly consumer?: Partial<Omit<ConsumerOptions<K, V>, OwnConsumerOption>>
  /** Further options of the producer. Default: `transactionTimeoutMs` is 10,000. */
  readonly producer?: Partial<Omit<ProducerOptions<PK, PV>, OwnProducerOption>>
  /** Called, and awaited, while partitions change hands; revoked ones are committed by then. Default: nothing is called. */
  readonly rebalanceHooks?: RebalanceHooks
  /** Called with what is made good: a transaction that was aborted and whose records come again, a producer that was replaced. Default: a process warning. */
  readonly onWarning?: (error: Error) => void
}

/** What a processor is made of beside topics, under either naming. */
export type GivenSettings<
  K,
  V,
  PK,
  PV,
  T extends AnyTopic,
  A extends Transformed<PK, PV>,
  P extends Transformed<PK, PV>,
> =
  | ExactlyOnceSettings<K, V, PK, PV, T, A, P>
  | (Partial<ExactlyOnceSettings<K, V, PK, PV, T, A, P>> & DottedOptions)

/** What a processor is made of. */
export type GivenOptions<
  K,
  V,
  PK,
  PV,
  T extends AnyTopic,
  A extends Transformed<PK, PV>,
  P extends Transformed<PK, PV>,
> = GivenSettings<K, V, PK, PV, T, A, P> & (NamedSources | TypedSources<T>)

/** Whatever the types of topics are. */
type AnyRead = ConsumerRecord<unknown, unknown>
type AnyRun = ConsumerBatch<unknown, unknown>
type Transform<Source, PK, PV> = (source: Source) => Transformed<PK, PV>

export interface ResolvedExactlyOnceOptions<PK, PV> {
  readonly groupId: string
  /** What to subscribe to. */
  readonly topics: readonly TopicChoice[]
  readonly eachRecord?: Transform<AnyRead, PK, PV>
  readonly eachBatch?: Transform<AnyRun, PK, PV>
  /** Undefined where the consumer sees to it. */
  readonly onPoison?: Transform<PoisonRecord, PK, PV>
  readonly rebalanceHooks?: RebalanceHooks
  readonly transactionIntervalMs: number
  readonly maxRecordsPerTransaction: number
  readonly decide: (failure: TransformFailure) => FailureAction | PromiseLike<FailureAction>
  readonly onWarning: (error: Error) => void
  readonly consumer: ConsumerOptions<unknown, unknown, AnyTopic>
  readonly producer: ProducerOptions<PK, PV>
}

const owner = 'ExactlyOnceProcessor'
/** Kafka Streams' defaults with `exactly_once_v2`. */
const intervalDefaultMs = 100
const transactionTimeoutDefaultMs = 10_000
const actions: readonly unknown[] = ['stop', 'retry', 'skip'] satisfies FailureAction[]

const table: OptionTable = {
  ...clusterTable,
  groupId: { kind: 'string', kafka: ['group.id'] },
  topics: { kind: 'any' },
  eachRecord: { kind: 'function' },
  eachBatch: { kind: 'function' },
  onPoison: { kind: 'any', convert: given => readPoisonPolicy(owner, given) },
  transactionalId: { kind: 'string', kafka: ['transactional.id'] },
  transactionIntervalMs: { kind: 'duration', kafka: ['commit.interval.ms'] },
  maxRecordsPerTransaction: { kind: 'number', min: 1 },
  onTransformError: { kind: 'any' },
  consumer: { kind: 'any' },
  producer: { kind: 'any' },
  rebalanceHooks: { kind: 'any' },
  onWarning: { kind: 'function' },
}

/** Reads options, and makes those of the consumer and the producer of them, which check their own. Throws ConfigError. */
export function readExactlyOnceOptions<PK, PV>(
  given: object,
  random: Random,
): ResolvedExactlyOnceOptions<PK, PV> {
  const options = readOptions<ExactlyOnceOptions<unknown, unknown, PK, PV, AnyTopic>>(owner, table, given)
  const { groupId, eachRecord, eachBatch, rebalanceHooks, onPoison = 'fail' } = options
  if (!groupId)
    throw new ConfigError(`${owner}: groupId is missing: its offsets are committed with what is written`)
  if ((options.topics as unknown) === undefined)
    throw new ConfigError(`${owner}: topics is missing: name what to read`)
  if (!eachRecord === !eachBatch) throw new ConfigError(`${owner}: give eachRecord or eachBatch`)
  refuseOwn('consumer', options.consumer, [
    'groupId',
    'autoCommit',
    'autoCommitIntervalMs',
    'isolationLevel',
    'onWarning',
    'topics',
    'onPoison',
  ])
  refuseOwn('producer', options.producer, ['transactionalId', 'idempotence', 'acks'])
  const { names, typed } = readSources(options.topics)
  const cluster = clusterPart(options)
  const onWarning = options.onWarning ?? ((error: Error) => process.emitWarning(error))
  const transactionIntervalMs = options.transactionIntervalMs ?? intervalDefaultMs
  const transactionTimeoutMs = options.producer?.transactionTimeoutMs ?? transactionTimeoutDefaultMs
  if (transactionTimeoutMs <= transactionIntervalMs)
    throw new ConfigError(
      `${owner}: transactionIntervalMs (${transactionIntervalMs}) must be less than producer.transactionTimeoutMs (${transactionTimeoutMs}), or the coordinator aborts every transaction`,
    )
  return {
    groupId,
    topics: names,
    ...(eachRecord && { eachRecord: eachRecord as Transform<never, PK, PV> as Transform<AnyRead, PK, PV> }),
    ...(eachBatch && { eachBatch: eachBatch as Transform<never, PK, PV> as Transform<AnyRun, PK, PV> }),
    ...(typeof onPoison === 'function' && { onPoison }),
    ...(rebalanceHooks && { rebalanceHooks }),
    transactionIntervalMs,
    maxRecordsPerTransaction: options.maxRecordsPerTransaction ?? Number.POSITIVE_INFINITY,
    decide: readDecision(options.onTransformError),
    onWarning,
    consumer: {
      autoOffsetReset: 'earliest',
      ...(options.consumer as Partial<ConsumerOptions<unknown, unknown, AnyTopic>>),
      ...cluster,
      ...(typed && { topics: typed }),
      ...(typeof onPoison === 'string' && { onPoison }),
      groupId,
      autoCommit: false,
      isolationLevel: 'read_committed',
      onWarning,
    },
    producer: {
      ...options.producer,
      ...cluster,
      transactionTimeoutMs,
      transactionalId: options.transactionalId ?? `${groupId}-${randomUuid(random)}`,
    },
  }
}

/** What to subscribe to, and the topics with types where they are such. Throws ConfigError for both at a time. */
function readSources(given: unknown): {
  readonly names: readonly TopicChoice[]
  readonly typed: readonly AnyTopic[] | undefined
} {
  const topics: readonly unknown[] = Array.isArray(given) ? given : [given]
  const isTyped = (topic: unknown) => topic instanceof Topic
  if (!topics.some(isTyped)) return { names: topics as readonly TopicChoice[], typed: undefined }
  if (!topics.every(isTyped))
    throw new ConfigError(
      `${owner}: topics has some with types and others by name; make all of them by topic(…), or none`,
    )
  const typed = readTopics(owner, topics)
  return { names: typed.map(({ name }) => name), typed }
}

/** What the processor sees to itself is not to be set for it. */
function refuseOwn(part: string, given: unknown, names: readonly string[]): void {
  if (given === undefined) return
  if (typeof given !== 'object' || given === null)
    throw new ConfigError(`${owner}: ${part} is ${show(given)}; give an object with its options`)
  for (const name of Object.keys(given)) {
    if (names.includes(name))
      throw new ConfigError(`${owner}: ${part}.${name} is set by the processor; leave it out`)
    if (name in clusterTable)
      throw new ConfigError(
        `${owner}: ${part}.${name} is the same for consumer and producer: write it beside "${part}"`,
      )
  }
}

function readDecision(
  given: ExactlyOnceOptions['onTransformError'] = 'stop',
): ResolvedExactlyOnceOptions<unknown, unknown>['decide'] {
  if (typeof given === 'function') return given
  if (actions.includes(given)) return () => given
  throw new ConfigError(
    `${owner}: onTransformError is "${String(given)}"; it is ${actions.join(', ')}, or a function`,
  )
}
