// Writes records to topics: one at a time, many at once, or as fast as the event loop goes.
import { type Codec, codecs } from '@millrace/protocol'
import { abortable } from '../network/abort.ts'
import { Cluster } from '../cluster/cluster.ts'
import type { ConsumerGroupMetadata, OffsetToCommit } from '../cluster/offset-commit.ts'
import { clusterPart } from '../config/cluster-table.ts'
import { explainMissingMethods, producerMethods } from '../config/foreign-methods.ts'
import type { DottedOptions } from '../config/option-table.ts'
import { ClosedError, ConfigError } from '../errors/index.ts'
import { type ApplicationMetric, checkApplicationMetric } from '../telemetry/application-metrics.ts'
import { clientInstanceId, type InstanceIdOptions } from '../telemetry/reporter.ts'
import type { AnyTopic } from '../topic/topic.ts'
import { Accumulator } from './accumulator.ts'
import { argumentChecks as check, groupOf } from './call-arguments.ts'
import { CallPlaces } from './call-places.ts'
import { CloseWait } from './close-wait.ts'
import type { CallPart, Delivery, Outcome } from './delivery.ts'
import { DeliveryListeners } from './delivery-listeners.ts'
import { Intake } from './intake.ts'
import { IdempotentNumbering, unnumbered } from './numbering.ts'
import {
  type CloseOptions,
  type FlushOptions,
  type ProducerOptions,
  type ResolvedProducerOptions,
  readProducerOptions,
  resolveProducerOptions,
  type SendOptions,
} from './options.ts'
import { ProducerId } from './producer-id.ts'
import { RecordPreparer } from './record-preparer.ts'
import type {
  AnyRecord,
  BatchMetadata,
  DeliveryReport,
  ProducerRecord,
  RecordMetadata,
  TopicRecord,
  TopicRecords,
} from './record.ts'
import { Sender } from './sender.ts'
import { type ProducerStatistics, StatisticsCounter } from './statistics.ts'
import { producerReporter } from './telemetry-part.ts'
import { runTransaction } from './transactions/run-transaction.ts'
import type { Transaction } from './transactions/transaction.ts'
import {
  type TransactionOptions,
  Transactions,
  type TransactionsConfig,
} from './transactions/transactions.ts'

/** Full batches that wait behind those on the wire, as a multiple of them. */
const backlogRequests = 2

/**
 * A producer as Kafka's `KafkaProducer`: idempotent by default, records gathered in a batch for each partition.
 *
 * - `await send(record)`, `await send([…])`, `await sendBatch([…])` wait for the brokers' verdict and return offsets.
 * - `enqueue(record)` returns at once; false means that the record was not taken: `await ready()`, then enqueue it again.
 *
 * Records for one partition are written in the order of the calls; with a `transactionalId`, in transactions only: {@link transaction}.
 *
 * @example
 * await using producer = new Producer({ brokers: ['localhost:9092'] })
 * const { partition, offset } = await producer.send({ topic: 'orders', key: 'user-7', value: 'created' })
 */
export class Producer<K = string | Uint8Array, V = string | Uint8Array> implements AsyncDisposable {
  /** The connections and the metadata that the producer uses: for requests of other kinds on the same connections. */
  readonly cluster: Cluster
  readonly #options: ResolvedProducerOptions
  readonly #listeners: DeliveryListeners
  readonly #accumulator: Accumulator
  readonly #intake: Intake
  readonly #producerId: ProducerId | undefined
  readonly #transactions: Transactions | undefined
  readonly #sender: Sender
  readonly #telemetry: ReturnType<typeof producerReporter>
  /** Failures of records that were enqueued without a listener: `flush` and `close` throw them. */
  #unheard: Error | undefined
  readonly #counter = new StatisticsCounter()
  #closing: Promise<void> | undefined
  /** Why nothing can be sent any more, though nobody closed the producer. */
  #defect: Error | undefined

  /** Checks the options; connects on first use. Throws ConfigError. */
  constructor(given: ProducerOptions<K, V> | (Partial<ProducerOptions<K, V>> & DottedOptions)) {
    const options = readProducerOptions(given)
    this.#options = resolveProducerOptions(options)
    const { keySerde, valueSerde, onDelivery, onRecordDelivery, reportErrorsOnly = false } = options
    this.#listeners = new DeliveryListeners({ onDelivery, onRecordDelivery, reportErrorsOnly })
    this.cluster = new Cluster(clusterPart(options), this.#options.maxInFlight, { kind: 'producer' })
    this.#accumulator = new Accumulator({
      clock: this.cluster.clock,
      batchSize: this.#options.batchSize,
      batchSizeMax: this.#options.batchSizeMax,
      bufferMemory: this.#options.bufferMemory,
      backlogMaxBytes: backlogRequests * this.#options.maxInFlight * this.#options.batchSize,
      onOpen: queue => this.#sender.opened(queue),
      onFull: queue => this.#sender.full(queue),
      onRelease: () => this.#intake.onRoom(),
      onVerdict: (delivery, report, outcome) => this.#onVerdict(delivery, report, outcome),
    })
    this.#intake = new Intake(
      this.cluster,
      this.#options,
      this.#accumulator,
      new RecordPreparer(keySerde, valueSerde, this.#options.maxRequestSize),
      {
        begin: call => {
          this.#throwIfUnusable()
          return this.#transactions?.enter(call)
        },
        onUnsent: (topic, record, error) => this.#onUnsent(topic, record, error),
        onLeftOut: error => this.#transactions?.deliveryFailed(error),
        listeners: this.#listeners,
      },
    )
    const { transactions, idempotent } = this.#options
    if (transactions) this.#transactions = this.#makeTransactions(transactions)
    else if (idempotent) this.#producerId = new ProducerId(this.cluster, () => this.#onProducerId())
    const idempotence = this.#producerId && new IdempotentNumbering(this.#producerId)
    this.#sender = new Sender({
      cluster: this.cluster,
      producer: this.#options,
      accumulator: this.#accumulator,
      numbering: this.#transactions?.numbering ?? idempotence ?? unnumbered,
      codec: codecs[this.#options.compression],
      counter: this.#counter,
      onDefect: error => {
        this.#defect = error
        this.#intake.close(error)
      },
    })
    this.#telemetry = producerReporter(this.cluster, () => this.statistics, options.transactionalId)
  }

  /** Counters since the producer was made, as they are now: costs an object, and one for each topic. `cluster.statistics` has those of connections. */
  get statistics(): ProducerStatistics {
    const { bufferedBytes } = this.#accumulator
    return this.#counter.read(this.#intake.recordCount, bufferedBytes, this.#options.bufferMemory)
  }

  /** The name that brokers gave this client for its metrics (KIP-714). Throws OperationTimeoutError without one after `timeoutMs` (30,000), StateError with `metricsPush: false`, ClosedError. */
  async clientInstanceId(options: InstanceIdOptions = {}): Promise<string> {
    check.close('clientInstanceId: options', options)
    return clientInstanceId(this.#telemetry, options.timeoutMs)
  }

  /**
   * Has a metric of the application’s own pushed with the client’s to brokers that have subscribed to it (KIP-1076); one of the same name and attributes takes
   * its place. Without effect with `metricsPush: false`. Throws StateError for what is no metric.
   */
  registerMetricForSubscription(metric: ApplicationMetric): void {
    checkApplicationMetric('registerMetricForSubscription', metric)
    this.#telemetry?.application.add(metric)
  }

  /** Ends what {@link registerMetricForSubscription} began with the same object. */
  unregisterMetricFromSubscription(metric: ApplicationMetric): void {
    checkApplicationMetric('unregisterMetricFromSubscription', metric)
    this.#telemetry?.application.delete(metric)
  }

  #makeTransactions(config: TransactionsConfig): Transactions {
    return new Transactions(this.cluster, config, {
      settled: () => this.#settled(),
      quiet: () => this.#sender.quiet(),
      failWaiting: error => this.#sender.failWaiting(error),
      failAll: error => this.#sender.failAll(error),
      drain: () => this.#sender.drainAll(),
      obstacle: () => this.#sender.obstacle,
    })
  }

  /**
   * Takes a record without waiting, or returns false when there is no room, or the topic is not looked up yet: `await ready()` and
   * call again with the same record. The verdict goes to `onRecordDelivery` and `onDelivery`; without any, `flush` and `close` throw the first failure.
   * Throws RecordTooLargeError, SerializationError, ClosedError, and what the partitioner throws. What a serde with `async: true` rejects with is the
   * record's verdict; until it has answered, the record and those behind it wait in their order.
   */
  enqueue(record: ProducerRecord<K, V>): boolean
  /** The same for a topic with types. */
  enqueue<T extends AnyTopic>(record: TopicRecord<T>): boolean
  enqueue(record: AnyRecord): boolean {
    return this.#intake.enqueue(record)
  }

  /** Resolves when `enqueue` has a chance again. Throws when the topic that it was refused for cannot be looked up. */
  async ready(signal?: AbortSignal): Promise<void> {
    check.signal('ready: signal', signal)
    return abortable(this.#intake.ready(), signal)
  }

  /** Writes a record and waits until it is written. Throws KafkaError. */
  send(record: ProducerRecord<K, V>, options?: SendOptions): Promise<RecordMetadata>
  /**
   * Writes records, and waits until all are written. The result has one entry for each, in their order. Throws KafkaError. Records that
   * cannot be written as they are (a field, a size, a partition that there is not, what a serde throws) are found before any of the call is
   * written; what brokers refuse is refused batch by batch, and others of the call may be written.
   */
  send(records: readonly ProducerRecord<K, V>[], options?: SendOptions): Promise<RecordMetadata[]>
  /** Writes a record to a topic with types. */
  send<T extends AnyTopic>(record: TopicRecord<T>, options?: SendOptions): Promise<RecordMetadata>
  /** Writes records to topics with types. */
  send<const T extends readonly AnyTopic[]>(
    records: TopicRecords<T>,
    options?: SendOptions,
  ): Promise<RecordMetadata[]>
  send(
    input: AnyRecord | readonly AnyRecord[],
    options?: SendOptions,
  ): Promise<RecordMetadata | RecordMetadata[]> {
    return this.#start<RecordMetadata | RecordMetadata[]>('send', input, options, () => {
      const codec = codecOf(options)
      // The caller may empty its list as soon as this returns, and they may have to wait for their topic or for room.
      if (Array.isArray(input)) return this.#sendEach(input.slice() as AnyRecord[], codec)
      return this.#sendOne(input as AnyRecord, codec)
    })
  }

  /**
   * Writes records and waits until all are written, as `send`, with a result for each batch instead of each record: the fastest way
   * to write and to know it. Throws KafkaError.
   */
  sendBatch(records: readonly ProducerRecord<K, V>[], options?: SendOptions): Promise<BatchMetadata[]>
  /** Writes records to topics with types. */
  sendBatch<const T extends readonly AnyTopic[]>(
    records: TopicRecords<T>,
    options?: SendOptions,
  ): Promise<BatchMetadata[]>
  sendBatch(records: readonly AnyRecord[], options?: SendOptions): Promise<BatchMetadata[]> {
    // As in `send`: the list is the caller's. What is none is refused behind.
    return this.#start('sendBatch', records, options, () =>
      this.#sendBatch((Array.isArray(records) ? records.slice() : records) as AnyRecord[], codecOf(options)),
    )
  }

  /**
   * Sends everything that was taken so far without waiting for batches to fill, and waits for the verdicts. Throws the first failure
   * among records that nobody waits for and no listener hears of.
   */
  async flush(options: FlushOptions = {}): Promise<void> {
    check.flush('flush: options', options)
    await this.#settled(options.signal)
    const unheard = this.#unheard
    this.#unheard = undefined
    if (unheard) throw unheard
  }

  /**
   * Gets the producer id (`initTransactions`), and fences producers with the same `transactionalId`. Optional: the first `beginTransaction` does it.
   * Throws BrokerError where the id is not allowed (try again once it is), TransactionFatalError, OperationTimeoutError, ConfigError without an id.
   */
  async initTransactions(options: TransactionOptions = {}): Promise<void> {
    await this.#transactional('initTransactions', options).init(options)
  }

  /**
   * Begins a transaction (`beginTransaction`): records and offsets from now on are part of it. Throws as {@link initTransactions} does,
   * ProducerFencedError, and StateError while another one is open.
   */
  async beginTransaction(options: TransactionOptions = {}): Promise<void> {
    await this.#transactional('beginTransaction', options).begin(options)
  }

  /** Whether a transaction is open: begun, and neither committed nor aborted so far. */
  get inTransaction(): boolean {
    return this.#transactions?.isOpen ?? false
  }

  /**
   * Waits until all that was sent is written, then commits (`commitTransaction`). Throws TransactionAbortableError when something was not
   * written or the coordinator refuses: nothing is committed, and only {@link abortTransaction} goes on from there; ProducerFencedError and
   * TransactionFatalError when this producer is over. After an OperationTimeoutError or the signal's reason, the commit goes on, and may be done
   * already: call it again to hear of its outcome.
   */
  async commitTransaction(options: TransactionOptions = {}): Promise<void> {
    await this.#transactional('commitTransaction', options).commit(options)
  }

  /**
   * Aborts (`abortTransaction`): readers of committed data never see what was sent, and offsets stay as they were. Sends under way fail with
   * TransactionAbortableError. Throws ProducerFencedError, TransactionFatalError, OperationTimeoutError (the abort goes on), StateError without a
   * transaction or while it commits.
   */
  async abortTransaction(options: TransactionOptions = {}): Promise<void> {
    await this.#transactional('abortTransaction', options).abort(options)
  }

  /**
   * Makes offsets part of the transaction (`sendOffsetsToTransaction`): they are committed with it, or not at all. `group` is the consumer's
   * `groupMetadata()`, so that a member which its group has gone on without is refused (KIP-447); a group's id alone checks nothing. Throws
   * TransactionAbortableError (its `cause` a GroupError where the group has rebalanced), and as {@link commitTransaction} does.
   */
  async sendOffsets(
    offsets: readonly OffsetToCommit[],
    group: ConsumerGroupMetadata | string,
    options: TransactionOptions = {},
  ): Promise<void> {
    const transactions = this.#transactional('sendOffsets', options)
    check.offsets('sendOffsets: offsets', offsets)
    await transactions.sendOffsets(offsets.slice(), groupOf(group), options)
  }

  /**
   * Begins a transaction, calls `work` with it, and commits. When `work` throws, or the commit fails, the transaction is aborted, and the error
   * thrown: the producer is good for another one, unless that is a ProducerFencedError or a TransactionFatalError. `options` hold for each of
   * begin, commit and abort; an OperationTimeoutError of the commit leaves it under way, as {@link commitTransaction} has it. When the signal aborts, its reason is
   * thrown at once, `work` or not: what `work` does from then on is refused, and the abort goes on without the caller.
   *
   * @example
   * await producer.transaction(async transaction => {
   *   transaction.send({ topic: 'payments', value: 'paid' })
   *   await transaction.sendOffsets([{ topic: 'orders', partition: 0, offset: 8 }], consumer.groupMetadata())
   * })
   */
  async transaction<T>(
    work: (transaction: Transaction<K, V>) => Promise<T> | T,
    options: TransactionOptions = {},
  ): Promise<T> {
    const transactions = this.#transactional('transaction', options)
    check.work('transaction: work', work)
    return runTransaction(transactions, this, work, options)
  }

  /**
   * Aborts an open transaction, flushes, then closes all connections. Records that brokers do not answer for in the time that `options` gives fail with ClosedError, for
   * who awaits them and for listeners: none is dropped without a word. Further calls fail with ClosedError. Throws as `flush`.
   *
   * @example
   * await producer.close({ timeoutMs: 30_000 }) // waits longer for brokers that are away
   */
  async close(options: CloseOptions = {}): Promise<void> {
    check.close('close: options', options)
    this.#closing ??= this.#close(options.timeoutMs)
    return this.#closing
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(timeoutMs: number | undefined): Promise<void> {
    const wait = new CloseWait(this.cluster.clock, timeoutMs, {
      answeredAt: () => Math.max(this.#sender.answeredAt, this.#transactions?.answeredAt ?? 0),
      giveUp: waitedMs => {
        const { obstacle } = this.#sender
        const why = obstacle ? `: ${obstacle.message}` : ''
        this.#end(new ClosedError('the producer', `no answer for ${waitedMs} ms${why}`, { cause: obstacle }))
      },
    })
    try {
      await this.#transactions?.finish()
      await this.flush()
    } finally {
      wait.end()
      await this.#telemetry?.close()
      this.#end(new ClosedError('the producer'))
    }
  }

  #end(closed: ClosedError): void {
    this.#transactions?.close(closed)
    this.#intake.close(closed)
    this.#sender.abort(closed)
    this.cluster.close()
  }

  /** Waits until all that was taken has its verdict, without waiting for batches to fill. */
  async #settled(signal?: AbortSignal): Promise<void> {
    this.#sender.beginFlush()
    try {
      // Sends that still wait for their topic or for room came before this call, too.
      await abortable(this.#intake.settled(), signal)
      const open = [...this.#accumulator.incomplete].map(({ delivery }) => delivery.promise)
      await abortable(Promise.allSettled(open), signal)
    } finally {
      this.#sender.endFlush()
    }
  }

  /** What a call about transactions is for. Throws StateError, ConfigError, ClosedError. */
  #transactional(call: string, options: TransactionOptions): Transactions {
    if (!this.#transactions) throw new ConfigError(`Producer: ${call} needs the option "transactionalId"`)
    this.#throwIfUnusable()
    check.transaction(`${call}: options`, options)
    return this.#transactions
  }

  /** Runs a call, unless its options are wrong or its signal has aborted, and stops waiting for it when that does. */
  #start<T>(
    call: 'send' | 'sendBatch',
    input: unknown,
    options: SendOptions | undefined,
    send: () => Promise<T>,
  ): Promise<T> {
    const run = this.cluster.hooks.aroundSend(call, input, send)
    if (options === undefined) return run()
    try {
      check.send(`${call}: options`, options)
      options.signal?.throwIfAborted()
    } catch (error) {
      return Promise.reject(error as Error)
    }
    return abortable(run(), options.signal)
  }

  async #sendOne(record: AnyRecord, codec: Codec | undefined): Promise<RecordMetadata> {
    const [only] = await this.#sendEach([record], codec)
    return only!
  }

  async #sendEach(records: AnyRecord[], codec: Codec | undefined): Promise<RecordMetadata[]> {
    const now = this.cluster.clock.now()
    const places = new CallPlaces()
    const parts: CallPart[] = []
    const place = (delivery: Delivery, index: number) => parts.push(places.add(delivery, index))
    await this.#intake.takeAll(records, { now, place, codec })
    await places.settled()
    return parts.map((part, position) =>
      part.delivery.recordMetadata(part.next++, records[position]!.timestamp ?? now),
    )
  }

  async #sendBatch(records: AnyRecord[], codec: Codec | undefined): Promise<BatchMetadata[]> {
    const places = new CallPlaces()
    const place = (delivery: Delivery, index: number) => places.add(delivery, index)
    await this.#intake.takeAll(records, { now: this.cluster.clock.now(), place, codec })
    await places.settled()
    return places.batches()
  }

  /** The verdict on an enqueued record that never came into a batch. */
  #onUnsent(topic: string, record: AnyRecord, error: Error): void {
    this.#counter.countUnsent()
    this.#listeners.unsent(topic, record, error)
    if (!this.#listeners.any && !this.#transactions) this.#unheard ??= error
  }

  #onVerdict(delivery: Delivery, report: DeliveryReport, outcome: Outcome): void {
    const { error } = report
    this.#counter.count(report)
    // What fails in a transaction is told by its commit.
    if (error) this.#transactions?.deliveryFailed(error)
    this.#listeners.settled(delivery, report, outcome)
    const isHeard = this.#listeners.any || this.#transactions !== undefined
    if (error && !isHeard && delivery.awaitedCount < delivery.recordCount) this.#unheard ??= error
  }

  #throwIfUnusable(): void {
    if (this.#closing) throw new ClosedError('the producer')
    const error = this.#defect ?? this.#producerId?.error
    if (error) throw error
  }

  #onProducerId(): void {
    const error = this.#producerId?.error
    if (error) this.#sender.failAll(error)
    else this.#sender.drainAll()
  }
}

/** What a call wants its records compressed with; undefined: what the producer does. */
function codecOf({ compression }: SendOptions = {}): Codec | undefined {
  return compression === undefined ? undefined : codecs[compression]
}

explainMissingMethods('Producer', Producer.prototype, producerMethods)
