// Runs the steps of transactions: brings them events and the time, and sees to what follows.
import { ErrorCode } from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import { ApiError } from '../api-error.ts'
import { coordinatorErrorCode } from '../coordination/coordinator-error.ts'
import { wakeRetryMs } from '../coordination/deadlines.ts'
import type { CoordinatorRecord } from '../coordination/record.ts'
import type { BrokerCore } from '../core.ts'
import { transactionsTopic } from '../metadata/internal-topics.ts'
import { producerIds } from '../metadata/producer-ids.ts'
import type { Continuation, TransactionEffect, TransactionEvent } from './events.ts'
import { HostedTransaction } from './transaction-shard.ts'
import { type TransactionMarkers, transactionMarkers } from './markers.ts'
import { step } from './step.ts'
import { listsOf } from './topic-partitions.ts'
import type { Transaction, TransactionMetadata } from './transaction.ts'
import { transactionRecord } from './transaction-records.ts'
import type { TransactionShard } from './transaction-shard.ts'
import type { ShardOwner } from './transaction-shards.ts'

/** Stores a transaction's record; resolves when it is durable. */
export type StoreTransaction = (shard: TransactionShard, record: CoordinatorRecord) => Promise<void>

export class TransactionRunner implements ShardOwner {
  readonly #core: BrokerCore
  readonly #store: StoreTransaction
  /** Opened with this: while the broker closes nothing is opened any more. */
  readonly #markers: TransactionMarkers
  readonly #served = new Set<TransactionShard>()
  /** Those that may have to be aborted one day, with the monotonic time since when this process knows them to be open. */
  readonly #open = new Map<HostedTransaction, number>()

  constructor(core: BrokerCore, store: StoreTransaction) {
    this.#core = core
    this.#store = store
    this.#markers = core.service(transactionMarkers)
  }

  /** Open transactions, as they are now, each with the monotonic milliseconds since when this process knows it to be open. */
  get open(): ReadonlyMap<HostedTransaction, number> {
    return this.#open
  }

  /** The level of `transaction.version` in force: how records are written, and how the coordinator itself ends transactions. */
  get level(): number {
    return this.#core.metadata.image.features.levels.get('transaction.version') ?? 0
  }

  /** The shard is in service: what a crash has left half done goes on. */
  loaded(shard: TransactionShard): void {
    this.#served.add(shard)
    for (const hosted of shard.transactions.values()) this.runQuietly(hosted, { type: 'resume' })
  }

  unloaded(shard: TransactionShard): void {
    this.#served.delete(shard)
    for (const hosted of shard.transactions.values()) {
      this.#open.delete(hosted)
      hosted.settled()
    }
  }

  /** Takes an id in that nothing is stored of yet. */
  host(shard: TransactionShard, transaction: Transaction): HostedTransaction {
    const hosted = new HostedTransaction(shard, transaction)
    shard.transactions.set(transaction.transactionalId, hosted)
    return hosted
  }

  /** Brings a producer's request to its transaction. Throws `ApiError` when the step fails. */
  run(hosted: HostedTransaction, event: TransactionEvent): void {
    try {
      this.#step(hosted, event)
    } catch (error) {
      this.#failed(hosted, event, error)
      throw new ApiError(ErrorCode.UNKNOWN_SERVER_ERROR)
    }
  }

  /** For events that nobody asked for: there is nobody to tell of a failure but the log. */
  runQuietly(hosted: HostedTransaction, event: TransactionEvent): void {
    try {
      this.#step(hosted, event)
    } catch (error) {
      this.#failed(hosted, event, error)
    }
  }

  #failed({ transaction }: HostedTransaction, event: TransactionEvent, error: unknown): void {
    const { transactionalId, metadata } = transaction
    const fields = { transactionalId, state: metadata.state, step: event.type, error: String(error) }
    this.#core.logger.log('error', 'transaction.step_failed', fields)
  }

  #step(hosted: HostedTransaction, event: TransactionEvent): void {
    const { transaction } = hosted
    const effects: TransactionEffect[] = []
    try {
      step(transaction, event, this.#core.clock.now(), effects)
    } finally {
      if (!transaction.isOpen) this.#open.delete(hosted)
      else if (!this.#open.has(hosted)) this.#open.set(hosted, this.#core.clock.monotonic())
      for (const effect of effects) this.#do(hosted, effect)
      if (!transaction.pending) hosted.settled()
    }
  }

  #do(hosted: HostedTransaction, effect: TransactionEffect): void {
    switch (effect.type) {
      case 'reply':
        effect.to.answer(effect.reply)
        return
      case 'store':
        void this.#write(hosted, effect.metadata, effect.next)
        return
      case 'write-markers':
        void this.#writeMarkers(hosted, effect.metadata)
        return
      case 'need-producer-id':
        void this.#takeProducerId(hosted, effect.event)
        return
      case 'retry':
        void this.#later(hosted, effect.event)
        return
      case 'forget':
        hosted.shard.transactions.delete(hosted.transaction.transactionalId)
        return
      case 'log':
        this.#core.logger.log(effect.level, effect.event, effect.fields)
    }
  }

  async #write(
    hosted: HostedTransaction,
    metadata: TransactionMetadata | null,
    next: Continuation,
  ): Promise<void> {
    const { transactionalId } = hosted.transaction
    let errorCode: number = ErrorCode.NONE
    try {
      await this.#store(hosted.shard, transactionRecord(transactionalId, metadata, this.level))
    } catch (error) {
      errorCode = coordinatorErrorCode(error)
      const fields = { transactionalId, state: metadata?.state ?? 'Dead', error: String(error) }
      this.#core.logger.log('error', 'transaction.store_failed', fields)
    }
    this.runQuietly(hosted, { type: 'stored', next, errorCode })
  }

  /** Writes the markers, those that fail again and again: readers wait for them. */
  async #writeMarkers(hosted: HostedTransaction, metadata: TransactionMetadata): Promise<void> {
    const { shard, transaction } = hosted
    const end = {
      producerId: metadata.producerId,
      producerEpoch: metadata.producerEpoch,
      coordinatorEpoch: this.#core.partition(transactionsTopic, shard.index)?.leaderEpoch ?? 0,
      committed: metadata.state === 'PrepareCommit',
      transactionVersion: metadata.clientVersion,
    }
    let left = listsOf(metadata.partitions).flatMap(({ topic, partitions }) =>
      partitions.map(partition => ({ topic, partition })),
    )
    while (left.length > 0) {
      const errorCodes = await this.#markers.write(end, left)
      left = left.filter((where, index) => {
        const errorCode = errorCodes[index]!
        if (errorCode === ErrorCode.NONE) return false
        const fields = { transactionalId: transaction.transactionalId, ...where, errorCode }
        this.#core.logger.log('warn', 'transaction.marker_failed', fields)
        return mayPass(errorCode)
      })
      if (left.length > 0) await sleep(this.#core.clock, wakeRetryMs)
      if (!this.#served.has(shard)) return
    }
    this.runQuietly(hosted, { type: 'markers-written' })
  }

  async #takeProducerId(
    hosted: HostedTransaction,
    event: Extract<TransactionEffect, { type: 'need-producer-id' }>['event'],
  ): Promise<void> {
    try {
      const freshProducerId = await this.#core.service(producerIds).next()
      this.#step(hosted, { ...event, freshProducerId })
    } catch (error) {
      this.#failed(hosted, event, error)
      if (event.type === 'time-out') return
      const errorCode = coordinatorErrorCode(error)
      event.ticket.answer({ errorCode, producerId: -1, producerEpoch: -1 })
    }
  }

  async #later(hosted: HostedTransaction, event: TransactionEvent): Promise<void> {
    await sleep(this.#core.clock, wakeRetryMs)
    if (this.#served.has(hosted.shard)) this.runQuietly(hosted, event)
  }
}

/** A partition that is gone has no readers, and one whose producer has gone on has no open transaction of this epoch. */
function mayPass(errorCode: number): boolean {
  return (
    errorCode !== ErrorCode.UNKNOWN_TOPIC_OR_PARTITION &&
    errorCode !== ErrorCode.INVALID_PRODUCER_EPOCH &&
    errorCode !== ErrorCode.TRANSACTION_COORDINATOR_FENCED
  )
}
