// The transaction coordinator: transactional ids with their producers and transactions, in the partitions of `__transaction_state`.
import { ErrorCode } from '@millrace/protocol'
import { commitDeadlines } from '../commit-deadlines.ts'
import { orError } from '../coordination/coordinator-error.ts'
import { Shards } from '../coordination/shards.ts'
import { answered } from '../coordination/ticket.ts'
import type { BrokerCore, Service, ServiceDefinition } from '../core.ts'
import { transactionStoreTimeoutMs } from '../limits.ts'
import { producerIds } from '../metadata/producer-ids.ts'
import { verifyPartitions } from './add-partitions.ts'
import type { AddPartitionsEvent, EndEvent, InitProducerIdEvent, TransactionReply } from './events.ts'
import type { HostedTransaction } from './transaction-shard.ts'
import { TransactionRunner } from './runner.ts'
import { TransactionSweeper } from './sweeper.ts'
import { partitionsOf } from './topic-partitions.ts'
import { newTransaction, noProducerEpoch, noProducerId, noTimeoutMs } from './transaction.ts'
import { TransactionAdmin } from './transaction-admin.ts'
import type { TransactionShard } from './transaction-shard.ts'
import { transactionShards } from './transaction-shards.ts'
import type { TransactionAdmission, TransactionVerifier } from './admission.ts'

/** An event without what the coordinator adds to it. */
type Asked<Event> = Omit<Event, 'type' | 'ticket' | 'freshProducerId' | 'level'>

export interface InitProducerIdAsked extends Asked<InitProducerIdEvent> {
  readonly enable2Pc: boolean
  readonly keepPreparedTxn: boolean
}
export type AddPartitionsAsked = Asked<AddPartitionsEvent>
export type EndAsked = Asked<EndEvent>

export class TransactionCoordinator implements TransactionVerifier, Service {
  readonly admin: TransactionAdmin
  readonly #core: BrokerCore
  readonly #shards: Shards<TransactionShard>
  readonly #runner: TransactionRunner
  readonly #sweeper: TransactionSweeper
  #closed = false

  constructor(core: BrokerCore) {
    this.#core = core
    this.#runner = new TransactionRunner(core, (shard, record) => shards.write(shard, [record]))
    const shards = new Shards(core, transactionShards(this.#runner))
    this.#shards = shards
    this.admin = new TransactionAdmin(core, shards)
    this.#sweeper = new TransactionSweeper(core, shards, this.#runner)
    // After a restart, transactions of dead producers end without waiting for a request.
    void shards.loadInBackground()
  }

  /** Makes `__transaction_state` unless it exists: afterwards this broker is the coordinator of every transactional id. */
  createTopic(): Promise<void> {
    return this.#shards.create()
  }

  /** Gives the id to a producer: a new epoch, or a new producer id. Whoever had it is fenced, and what it had open is aborted first. */
  initProducerId(transactionalId: string, asked: InitProducerIdAsked): Promise<TransactionReply> {
    const fault = this.#faultOf(transactionalId, asked)
    if (fault !== ErrorCode.NONE) return Promise.resolve(refusal(fault))
    const timeoutMs = asked.enable2Pc ? noTimeoutMs : asked.timeoutMs
    return this.#answer(async () => {
      const hosted = await this.#findOrHost(transactionalId, timeoutMs)
      if (!hosted) return refusal(ErrorCode.NOT_COORDINATOR)
      const { level } = this.#runner
      const { expected } = asked
      return answered(ticket =>
        this.#runner.run(hosted, {
          type: 'init-producer-id',
          ticket,
          timeoutMs,
          expected,
          level,
          freshProducerId: null,
        }),
      )
    })
  }

  /** Adds partitions to the producer's transaction, which begins with the first. Resolves with the error for all, 0 once durable. */
  async addPartitions(transactionalId: string, asked: AddPartitionsAsked): Promise<number> {
    const { errorCode } = await this.#answer(async () => {
      const hosted = await this.#find(transactionalId)
      if (typeof hosted === 'number') return refusal(hosted)
      return answered(ticket =>
        this.#runner.run(hosted, { ...asked, type: 'add-partitions', ticket, level: this.#runner.level }),
      )
    })
    return errorCode
  }

  /** Which partitions belong to the producer's transaction: says the error for each, 0 for those that do. */
  async verifyPartitions(
    transactionalId: string,
    producer: { readonly producerId: number; readonly producerEpoch: number },
  ): Promise<(topic: string, partition: number) => number> {
    return orError(
      async () => {
        const hosted = await this.#find(transactionalId)
        return typeof hosted === 'number' ? () => hosted : verifyPartitions(hosted.transaction, producer)
      },
      errorCode => () => errorCode,
    )
  }

  /** Commits or aborts: answered once that is decided for good. Markers follow. */
  endTransaction(transactionalId: string, asked: EndAsked): Promise<TransactionReply> {
    return this.#answer(async () => {
      const hosted = await this.#find(transactionalId)
      if (typeof hosted === 'number') return refusal(hosted)
      return answered(ticket =>
        this.#runner.run(hosted, {
          ...asked,
          type: 'end',
          ticket,
          level: this.#runner.level,
          freshProducerId: null,
        }),
      )
    })
  }

  async admit(admission: TransactionAdmission): Promise<readonly number[]> {
    const { transactionalId, producerId, producerEpoch, partitions, verifyOnly } = admission
    if (verifyOnly) {
      if (!this.#core.config.get('transaction.partition.verification.enable')) {
        return partitions.map(() => ErrorCode.NONE)
      }
      const errorOf = await this.verifyPartitions(transactionalId, { producerId, producerEpoch })
      return partitions.map(({ topic, partition }) => errorOf(topic, partition))
    }
    const added = partitionsOf(partitions.map(({ topic, partition }) => ({ topic, partitions: [partition] })))
    const asked = { producerId, producerEpoch, partitions: added, clientVersion: 2 }
    const { clock } = this.#core
    const untilMs = clock.monotonic() + this.#core.config.get('add.partitions.to.txn.retry.backoff.max.ms')
    for (;;) {
      const errorCode = await this.addPartitions(transactionalId, asked)
      const leftMs = untilMs - clock.monotonic()
      if (errorCode !== ErrorCode.CONCURRENT_TRANSACTIONS || leftMs <= 0)
        return partitions.map(() => errorCode)
      // A producer goes on as soon as the end of its transaction is decided: its markers are on their way.
      await this.#settled(transactionalId, leftMs)
    }
  }

  /** Answers who waits and ends all timers. What was being written is written; what was not is gone on with at the next start. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#sweeper.close()
    await this.#shards.close()
  }

  #faultOf(transactionalId: string, { enable2Pc, keepPreparedTxn, timeoutMs }: InitProducerIdAsked): number {
    const { config } = this.#core
    if (transactionalId === '') return ErrorCode.INVALID_REQUEST
    if (enable2Pc && !config.get('transaction.two.phase.commit.enable')) {
      return ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
    }
    if (keepPreparedTxn) return ErrorCode.UNSUPPORTED_VERSION
    const isValid = enable2Pc || (timeoutMs > 0 && timeoutMs <= config.get('transaction.max.timeout.ms'))
    return isValid ? ErrorCode.NONE : ErrorCode.INVALID_TRANSACTION_TIMEOUT
  }

  /** The reply, or the error of what failed on the way or took too long: then it may yet happen. */
  async #answer(ask: () => Promise<TransactionReply>): Promise<TransactionReply> {
    if (this.#closed) return refusal(ErrorCode.COORDINATOR_NOT_AVAILABLE)
    const reply = orError(ask, refusal)
    const inTime = await this.#core.service(commitDeadlines).within(transactionStoreTimeoutMs, reply)
    return inTime ? reply : refusal(ErrorCode.COORDINATOR_NOT_AVAILABLE)
  }

  /** The transaction, or the error for its absence. */
  async #find(transactionalId: string): Promise<HostedTransaction | number> {
    if (transactionalId === '') return ErrorCode.INVALID_REQUEST
    const shard = await this.#shards.find(transactionalId)
    if (!shard) return ErrorCode.NOT_COORDINATOR
    const hosted = shard.transactions.get(transactionalId)
    return hosted?.transaction.isStored ? hosted : ErrorCode.INVALID_PRODUCER_ID_MAPPING
  }

  async #findOrHost(transactionalId: string, timeoutMs: number): Promise<HostedTransaction | undefined> {
    const shard = await this.#shards.find(transactionalId)
    if (!shard) return undefined
    const known = shard.transactions.get(transactionalId)
    if (known) return known
    const producerId = await this.#core.service(producerIds).next()
    return (
      shard.transactions.get(transactionalId) ??
      this.#runner.host(shard, newTransaction(transactionalId, producerId, timeoutMs, this.#core.clock.now()))
    )
  }

  /** Resolves when nothing is on its way for the transaction, or after `waitMs`. */
  async #settled(transactionalId: string, waitMs: number): Promise<void> {
    const hosted = await this.#find(transactionalId)
    if (typeof hosted === 'number' || !hosted.transaction.pending) return
    await new Promise<void>(resolve => {
      const timer = this.#core.clock.setTimer(waitMs, () => {
        forget()
        resolve()
      })
      const forget = hosted.whenSettled(() => {
        timer.cancel()
        resolve()
      })
    })
  }
}

function refusal(errorCode: number): TransactionReply {
  return { errorCode, producerId: noProducerId, producerEpoch: noProducerEpoch }
}

export const transactionCoordinator: ServiceDefinition<TransactionCoordinator> = {
  name: 'transaction-coordinator',
  open: core => new TransactionCoordinator(core),
}
