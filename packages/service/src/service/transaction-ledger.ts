// Exactly once: what comes of records, and how far they have come, is written in the same transactions (KIP-98, KIP-447).
import {
  type AnyRecord,
  type Consumer,
  type EncodedRecord,
  encodeRecord,
  KafkaError,
  Producer,
  ProducerFencedError,
  type ProducerRecord,
  StateError,
  TransactionFatalError,
} from '@millrace/client'
import { randomUuid, sleep } from '@millrace/runtime'
import { exponential } from '../failure/backoff.ts'
import type { Output } from '../handling/context.ts'
import { within } from '../handling/in-context.ts'
import { isThenable } from '../thenable.ts'
import { markCommitted, progressOf } from './committer.ts'
import type { Aftermath, Cause, Ledger } from './ledger.ts'
import type { ResolvedServiceOptions } from './options.ts'
import type { PartitionWork } from './partition-work.ts'
import type { LedgerHost } from './plain-ledger.ts'
import { causeOf, writeErrorOf } from '../failure/write-errors.ts'

export interface TransactionLedgerHost extends LedgerHost {
  /** Everything goes back to what is committed. */
  reload(error: Error): Promise<void>
  onFailed(error: Error): void
}

interface Pending {
  readonly work: PartitionWork
  readonly record: EncodedRecord
  readonly cause: Cause
}

interface Waiting {
  readonly work: PartitionWork
  readonly aftermath: Aftermath
}

/** Outputs that wait for a transaction, before one is due whatever the time. */
const pendingMax = 10_000
const transactionTimeoutMs = 10_000
const backoff = exponential({ initialMs: 100, maxMs: 5_000 })

export class TransactionLedger implements Ledger {
  readonly #consumer: Consumer
  readonly #host: TransactionLedgerHost
  readonly #makeProducer: () => Producer
  /** Whether another process may have had the same transactional id before. */
  readonly #isNamed: boolean
  readonly #maxRequestSize: number | undefined
  readonly #giveUp = new AbortController()
  #producer: Producer | undefined
  #pending: Pending[] = []
  /** Who hears of the next transaction. */
  #waiting: Waiting[] = []
  #last: Promise<void> = Promise.resolve()
  #failures = 0

  constructor(
    { cluster, producerOptions, consumerOptions, random }: ResolvedServiceOptions,
    group: string,
    consumer: Consumer,
    host: TransactionLedgerHost,
  ) {
    this.#consumer = consumer
    this.#host = host
    this.#maxRequestSize = producerOptions.maxRequestSize
    const { groupInstanceId } = consumerOptions
    this.#isNamed = groupInstanceId !== undefined
    const transactionalId = `${group}-${groupInstanceId ?? randomUuid(random)}`
    this.#makeProducer = () =>
      new Producer({ transactionTimeoutMs, ...producerOptions, ...cluster, transactionalId })
  }

  /** A static member that died may have left a transaction open: until that ends, neither the group's offsets nor what stands behind it can be read. */
  open(signal: AbortSignal): Promise<void> | undefined {
    return this.#isNamed ? this.#open(signal) : undefined
  }

  async #open(signal: AbortSignal): Promise<void> {
    this.#producer ??= this.#makeProducer()
    try {
      await this.#producer.initTransactions({ timeoutMs: Number.POSITIVE_INFINITY, signal })
    } catch (error) {
      if (signal.aborted) return
      const message = `transactions cannot be begun: ${causeOf(error).message}`
      this.#host.onFailed(new Error(message, { cause: error }))
    }
  }

  get isDue(): boolean {
    return this.#pending.length >= pendingMax
  }

  /** Serialized now, so that what cannot be is the fault of this record; written with the next transaction. */
  write(work: PartitionWork, records: readonly Output[], cause: Cause): Promise<void> | undefined {
    const encoded: (EncodedRecord | Promise<EncodedRecord>)[] = records.map(record =>
      encodeRecord(record as AnyRecord, this.#maxRequestSize),
    )
    if (!encoded.some(isThenable)) {
      this.#add(work, encoded as EncodedRecord[], cause)
      return undefined
    }
    return Promise.all(encoded.map(async record => record)).then(done => this.#add(work, done, cause))
  }

  #add(work: PartitionWork, records: readonly EncodedRecord[], cause: Cause): void {
    if (work.isGone) throw work.signal.reason as Error
    for (const record of records) this.#pending.push({ work, record, cause })
  }

  onCommitted(work: PartitionWork, aftermath: Aftermath): void {
    if (work.isGone) aftermath.dropped()
    else this.#waiting.push({ work, aftermath })
  }

  commit(works: Iterable<PartitionWork>): Promise<void> {
    const list = [...works]
    const next = this.#last.then(() => this.#commit(list))
    this.#last = next
    return next
  }

  /** One transaction. What was done of partitions that are not ours any more is dropped: others do it again. */
  async #commit(works: readonly PartitionWork[]): Promise<void> {
    const wanted = new Set(works)
    // Of a record that is not done yet a later transaction would have the offset: a crash in between would write it once more.
    const counts = ({ work, cause }: Pending) => wanted.has(work) && cause.of?.isDone !== false
    const ours = this.#pending.filter(({ work }) => !work.isGone)
    const pending = ours.filter(counts)
    this.#pending = ours.filter(each => !counts(each))
    const waiting = this.#takeWaiting(wanted)
    const progress = progressOf(works)
    if (progress.length === 0 && pending.length === 0) {
      for (const { aftermath } of waiting) aftermath.committed()
      return
    }
    try {
      await this.#transact(
        pending,
        progress.map(({ offset }) => offset),
      )
      markCommitted(progress)
      for (const { record } of pending) this.#host.onWritten(record.topic, 'delivered', 1)
      for (const { aftermath } of waiting) aftermath.committed()
      this.#failures = 0
    } catch (error) {
      for (const { aftermath } of waiting) aftermath.dropped()
      if (this.#giveUp.signal.aborted) return
      await this.#makeGood(error)
    }
  }

  /** Those of `wanted` whose records count with the next transaction. */
  #takeWaiting(wanted: ReadonlySet<PartitionWork>): Waiting[] {
    const taken: Waiting[] = []
    this.#waiting = this.#waiting.filter(each => {
      if (each.work.isGone) each.aftermath.dropped()
      else if (wanted.has(each.work)) taken.push(each)
      return !each.work.isGone && !wanted.has(each.work)
    })
    return taken
  }

  async #transact(
    pending: readonly Pending[],
    offsets: Parameters<Producer['sendOffsets']>[0],
  ): Promise<void> {
    const { signal } = this.#giveUp
    const patience = { timeoutMs: Number.POSITIVE_INFINITY, signal }
    this.#producer ??= this.#makeProducer()
    const producer = this.#producer
    await producer.beginTransaction(patience)
    for (const { record, cause } of pending)
      while (!within(cause.inContext, () => producer.enqueue(record as ProducerRecord)))
        await producer.ready(signal)
    const sent = producer.sendOffsets(offsets, this.#consumer.groupMetadata(), patience)
    // The commit waits for it, and fails with it.
    sent.catch(() => {})
    await producer.commitTransaction(patience)
  }

  /** Nobody knows what of it is committed before the coordinator has said so: all work begins again from there. */
  async #makeGood(error: unknown): Promise<void> {
    const cause = causeOf(error)
    if (!isPassing(error, cause)) {
      this.#host.onFailed(new Error(`a transaction cannot be committed: ${cause.message}`, { cause: error }))
      return
    }
    this.#host.onRetried('committing a transaction', error)
    try {
      await sleep(this.#host.clock, backoff(++this.#failures, this.#host.random), this.#giveUp.signal)
      await this.#renew(error)
      this.#pending = []
      for (const { aftermath } of this.#waiting.splice(0)) aftermath.dropped()
      await this.#host.reload(cause)
    } catch (next) {
      if (!this.#giveUp.signal.aborted) await this.#makeGood(next)
    }
  }

  async #renew(error: unknown): Promise<void> {
    const { signal } = this.#giveUp
    const patience = { timeoutMs: Number.POSITIVE_INFINITY, signal }
    const producer = this.#producer!
    const isOver = error instanceof ProducerFencedError || error instanceof TransactionFatalError
    if (!isOver) {
      if (producer.inTransaction) await producer.abortTransaction(patience)
      return
    }
    await producer.close({ timeoutMs: 0 }).catch(() => {})
    this.#producer = this.#makeProducer()
    // Ends what the one before has left open.
    await this.#producer.initTransactions(patience)
  }

  async close(): Promise<void> {
    // Nothing that is ours is under way any more, unless brokers say nothing: then it is given up.
    this.#giveUp.abort(new StateError('the service has stopped'))
    await this.#last
    for (const { aftermath } of this.#waiting.splice(0)) aftermath.dropped()
    await this.#producer?.close().catch(() => {})
  }
}

/** Whether the same records may get through another time. */
function isPassing(error: unknown, cause: Error): boolean {
  if (error instanceof TransactionFatalError) return error.recoverable
  if (error instanceof ProducerFencedError) return true
  if (cause instanceof KafkaError && cause.code === 'COMMIT_FAILED') return true
  return overtaken.has((cause as Partial<KafkaError>).code ?? '') || writeErrorOf(cause) === 'moment'
}

/** What brokers say of a transaction that was overtaken: by a time-out, a restart, or another one that was faster. */
const overtaken: ReadonlySet<string> = new Set([
  'INVALID_PRODUCER_EPOCH',
  'INVALID_TXN_STATE',
  'TRANSACTION_ABORTABLE',
  'UNKNOWN_PRODUCER_ID',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'OPERATION_NOT_ATTEMPTED',
  'PRODUCER_FENCED',
])
