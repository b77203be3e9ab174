// The transactions of a processor: opens, commits, and makes good what goes wrong, so that every record counts once.
import { type Clock, sleep, type Timer } from '@millrace/runtime'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import type { Consumer } from '../consumer/consumer.ts'
import { isRetriable, KafkaError, OperationTimeoutError } from '../errors/index.ts'
import { tell } from '../events/tell.ts'
import { backoffMs } from '../network/backoff.ts'
import { Producer } from '../producer/producer.ts'
import type { AnyTopic } from '../topic/topic.ts'
import type { TransactionOptions } from '../producer/transactions/transactions.ts'
import { concernsTransaction, endsProducer, mayPass } from './failures.ts'
import { OpenWork, type Progress } from './open-work.ts'
import type { Output, ResolvedExactlyOnceOptions } from './options.ts'
import type { ProducerRecord } from '../producer/record.ts'

/** A consumer, whatever its types. */
export type AnyConsumer = Consumer<unknown, unknown, AnyTopic>

/** Whom a transactor tells. */
interface TransactorHost {
  /** The time of a transaction is over. */
  onDue(): void
  /** The consumer has gone back in these partitions. */
  onRewound(partitions: readonly TopicPartition[]): void
}

/** What a processor has counted since it was made. */
export interface ExactlyOnceStatistics {
  /** Records and batches that were passed over by `onTransformError`. */
  readonly skipped: number
  /** Records that were read, and whose outputs are committed. */
  readonly recordsCommitted: number
  /** Transactions that are committed. */
  readonly transactionsCommitted: number
  /** Transactions whose records came again. */
  readonly transactionsAborted: number
  /** Producers that took the place of one that was over. */
  readonly producersReplaced: number
}

export class Transactor<PK, PV> {
  readonly #options: ResolvedExactlyOnceOptions<PK, PV>
  readonly #consumer: AnyConsumer
  readonly #host: TransactorHost
  readonly #giveUp = new AbortController()
  readonly #patience: TransactionOptions = {
    timeoutMs: Number.POSITIVE_INFINITY,
    signal: this.#giveUp.signal,
  }
  #producer: Producer<PK, PV>
  #work: OpenWork | undefined
  #timer: Timer | undefined
  /** Failures since the last commit. */
  #failures = 0
  readonly statistics = {
    skipped: 0,
    recordsCommitted: 0,
    transactionsCommitted: 0,
    transactionsAborted: 0,
    producersReplaced: 0,
  }

  constructor(options: ResolvedExactlyOnceOptions<PK, PV>, consumer: AnyConsumer, host: TransactorHost) {
    this.#options = options
    this.#consumer = consumer
    this.#host = host
    this.#producer = new Producer<PK, PV>(options.producer)
  }

  get #clock(): Clock {
    return this.#consumer.cluster.clock
  }

  /** What the open transaction stands for; undefined without one. */
  get work(): OpenWork | undefined {
    return this.#work
  }

  /** Whether there is a transaction whose time is over, or that has as many records as it may. */
  get isDue(): boolean {
    const work = this.#work
    return work !== undefined && (this.isFull || work.isOverdue || this.#clock.monotonic() >= work.dueAt)
  }

  get isFull(): boolean {
    return this.#work !== undefined && this.#work.records >= this.#options.maxRecordsPerTransaction
  }

  /**
   * Ends what a process before has left open under this `transactionalId`, whether or not records come: those who have its partitions now wait for
   * it. Waits for nothing; what goes wrong comes again with the first transaction.
   */
  takeOver(): void {
    this.#producer.initTransactions(this.#patience).catch((error: unknown) => {
      if (!this.#giveUp.signal.aborted) tell(this.#options.onWarning, error as Error)
    })
  }

  /** Opens a transaction, unless one is open. */
  async open(): Promise<OpenWork> {
    while (!this.#work) {
      try {
        await this.#producer.beginTransaction(this.#patience)
        const { transactionIntervalMs } = this.#options
        const work = new OpenWork(this.#clock.monotonic() + transactionIntervalMs)
        this.#work = work
        this.#timer = this.#clock.setTimer(transactionIntervalMs, () => {
          work.isOverdue = true
          this.#host.onDue()
        })
      } catch (error) {
        this.#giveUp.signal.throwIfAborted()
        await this.#renew(error)
        await this.goOnAfter(error)
      }
    }
    return this.#work
  }

  /**
   * Writes a record; returns what is to be waited for, if there is no room at once. Throws, and rejects, what the producer finds wrong with it, or
   * with the transaction.
   */
  write(output: Output<PK, PV>): Promise<void> | undefined {
    return this.#enqueue(output) ? undefined : this.#writeFrom([output], 0)
  }

  /** Writes records as {@link write} does one. */
  writeAll(outputs: readonly Output<PK, PV>[]): Promise<void> | undefined {
    for (let at = 0; at < outputs.length; at++)
      if (!this.#enqueue(outputs[at]!)) return this.#writeFrom(outputs, at)
    return undefined
  }

  async #writeFrom(outputs: readonly Output<PK, PV>[], from: number): Promise<void> {
    for (let at = from; at < outputs.length; at++)
      while (!this.#enqueue(outputs[at]!)) await this.#producer.ready(this.#giveUp.signal)
  }

  /** What a topic with types wants of its records, its serdes see to. */
  #enqueue(output: Output<PK, PV>): boolean {
    return this.#producer.enqueue(output as ProducerRecord<PK, PV>)
  }

  /** Partitions were taken away without a word: what is open must not be committed for them. */
  doom(partitions: readonly TopicPartition[]): void {
    const work = this.#work
    if (!work?.concerns(partitions)) return
    work.doomed ??= new KafkaError(
      'PARTITIONS_LOST',
      'the group has given partitions of the transaction to others',
    )
  }

  /** Commits what is open; where that does not come about, its records come again. Throws what no other attempt can make good. */
  async commit(): Promise<void> {
    const work = this.#work
    if (!work) return
    try {
      if (work.doomed) throw work.doomed
      const offsets = this.#producer.sendOffsets(
        work.offsets(),
        this.#consumer.groupMetadata(),
        this.#patience,
      )
      // The commit waits for them, and fails with them.
      offsets.catch(() => {})
      await this.#producer.commitTransaction(this.#patience)
    } catch (error) {
      await this.abort(error)
      await this.goOnAfter(error)
      return
    }
    this.#close()
    this.#failures = 0
    this.statistics.transactionsCommitted++
    this.statistics.recordsCommitted += work.records
  }

  /** Aborts what is open over `error`, and has its records come again. */
  async abort(error: unknown): Promise<void> {
    const progress = this.#work?.progress() ?? []
    this.#close()
    this.#giveUp.signal.throwIfAborted()
    this.statistics.transactionsAborted++
    await this.#renew(error)
    await this.#rewind(progress)
  }

  /** Waits before another attempt, longer each time. Throws the error where none can make it good. */
  async goOnAfter(error: unknown): Promise<void> {
    if (!mayPass(error)) throw error
    tell(this.#options.onWarning, error as Error)
    await this.pause(this.#failures++)
  }

  /** Ends the waits of a processor that is closed; what is open is aborted. */
  async close(error: Error): Promise<void> {
    this.#giveUp.abort(error)
    this.#close()
    await this.#producer.close()
  }

  #close(): void {
    this.#timer?.cancel()
    this.#work = undefined
  }

  /** Waits as long as is due after so many failures. */
  pause(failures: number): Promise<void> {
    const { retryBackoffMs, retryBackoffMaxMs, random } = this.#consumer.cluster.options
    const waitMs = backoffMs(failures, retryBackoffMs, retryBackoffMaxMs, random)
    return sleep(this.#clock, waitMs, this.#giveUp.signal)
  }

  async #renew(error: unknown): Promise<void> {
    for (let failure = error; ; ) {
      try {
        if (endsProducer(failure)) await this.#replace()
        else if (this.#producer.inTransaction) await this.#producer.abortTransaction(this.#patience)
        return
      } catch (next) {
        if (!concernsTransaction(next)) throw next
        await this.goOnAfter(next)
        failure = next
      }
    }
  }

  async #replace(): Promise<void> {
    await this.#producer.close({ timeoutMs: 0 }).catch(() => {})
    this.#producer = new Producer<PK, PV>(this.#options.producer)
    this.statistics.producersReplaced++
    // Ends what the one before has left open: until then nobody can tell what is committed.
    await this.#producer.initTransactions(this.#patience)
  }

  /** Back to what the group has committed, which is not always what a commit has answered. */
  async #rewind(progress: readonly Progress[]): Promise<void> {
    if (progress.length === 0) return
    const committed = await this.#committed(progress)
    const owned = new Set(this.#consumer.assignment.map(({ topic, partition }) => `${partition}/${topic}`))
    for (const [index, { topic, partition, first }] of progress.entries())
      if (owned.has(`${partition}/${topic}`))
        this.#consumer.seek({ topic, partition }, committed[index]?.offset ?? first)
    this.#host.onRewound(progress)
  }

  async #committed(progress: readonly Progress[]): Promise<({ readonly offset: number } | undefined)[]> {
    for (;;) {
      try {
        return await this.#consumer.committed(progress, { signal: this.#giveUp.signal })
      } catch (error) {
        if (!(error instanceof OperationTimeoutError || isRetriable(error))) throw error
        tell(this.#options.onWarning, error as Error)
      }
    }
  }
}
