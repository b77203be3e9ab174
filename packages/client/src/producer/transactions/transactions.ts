// The transactions of a producer: carries out what the state allows, between the producer's own batches and the coordinators.
import { abortable } from '../../network/abort.ts'
import { atMost } from '../../cluster/at-most.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import type { ConsumerGroupMetadata, OffsetToCommit } from '../../cluster/offset-commit.ts'
import type { TransactionFacts } from '../../events/facts.ts'
import { OperationTimeoutError, StateError, TransactionAbortableError } from '../../errors/index.ts'
import type { PartitionQueue } from '../partition-queue.ts'
import type { ProducerIdAndEpoch } from '../sequences.ts'
import { TransactionCoordinator, type TransactionVersion } from './transaction-coordinator.ts'
import { explain, judge, type TransactionStep } from './transaction-errors.ts'
import { type OpenTransaction, TransactionState } from './transaction-state.ts'
import { TransactionalNumbering } from './transactional-numbering.ts'

/** How long a call about transactions waits. What it waits for goes on without it. */
export interface TransactionOptions {
  /** Milliseconds to wait, `Infinity` for as long as it takes. Default: `apiTimeoutMs`. */
  readonly timeoutMs?: number
  /** Ends the wait: the call throws the signal's reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** What transactions need of the producer's batches. */
export interface TransactionsHost {
  /** Resolves when all that was taken has its verdict. */
  settled(): Promise<void>
  /** Resolves when nothing is on the wire. */
  quiet(): Promise<void>
  /** Fails what is not on the wire. */
  failWaiting(error: Error): void
  /** Fails everything. */
  failAll(error: Error): void
  /** Batches may leave that could not before. */
  drain(): void
  /** What keeps batches from having their verdict, if that is known. */
  obstacle(): Error | undefined
}

export interface TransactionsConfig {
  readonly transactionalId: string
  /** The coordinator aborts a transaction that is open for longer. */
  readonly timeoutMs: number
}

/** A commit or abort, until who asked for it has heard of its outcome. */
interface Ending {
  readonly kind: 'commit' | 'abort'
  readonly done: Promise<void>
}

const calls = { commit: 'commitTransaction', abort: 'abortTransaction' } as const

export class Transactions {
  readonly numbering: TransactionalNumbering
  readonly #transactionalId: string
  readonly #cluster: Cluster
  readonly #host: TransactionsHost
  readonly #state: TransactionState
  readonly #coordinator: TransactionCoordinator
  #producer: ProducerIdAndEpoch | undefined
  #version: TransactionVersion = 1
  /** The next transaction needs a new epoch, which only InitProducerId gives. */
  #epochDue = false
  /** The coordinator may know that the transaction has begun. */
  #begun = false
  #initializing: Promise<void> | undefined
  #ending: Ending | undefined
  /** Partitions that the coordinator is to hear of, in version 1. */
  readonly #wanted = new Set<PartitionQueue>()
  #adding: Promise<void> | undefined
  /** Groups that the coordinator knows of, in version 1. */
  readonly #groups = new Set<string>()
  /** Offsets go one call after the other: an earlier one must not overtake a later. */
  #offsets: Promise<void> = Promise.resolve()
  #closed: Error | undefined

  constructor(cluster: Cluster, { transactionalId, timeoutMs }: TransactionsConfig, host: TransactionsHost) {
    this.#transactionalId = transactionalId
    this.#cluster = cluster
    this.#host = host
    this.#state = new TransactionState(transactionalId)
    this.#coordinator = new TransactionCoordinator(cluster, transactionalId, timeoutMs)
    this.numbering = new TransactionalNumbering(transactionalId, {
      add: queue => this.#add(queue),
      obstacle: () => this.#coordinator.failure,
    })
  }

  /** When a coordinator last answered, on the monotonic clock. */
  get answeredAt(): number {
    return this.#coordinator.answeredAt
  }

  /** Whether a transaction is open: begun, and neither committed nor aborted. */
  get isOpen(): boolean {
    return this.#state.current !== undefined
  }

  /** Whether the transaction can only be aborted. */
  get hasFailed(): boolean {
    return this.#state.phase === 'failed'
  }

  /** Whether there will be no other transaction. */
  get isOver(): boolean {
    return this.#state.phase === 'over'
  }

  /** Throws where there will be no other transaction. */
  throwIfOver(): void {
    this.#state.throwIfOver()
  }

  /** The transaction that takes records and offsets. Throws where there is none that does. */
  enter(call: string): OpenTransaction {
    return this.#state.enter(call)
  }

  /** Gets the producer id, unless there is one that is good for the next transaction. */
  init(options: TransactionOptions): Promise<void> {
    this.#state.throwIfOver()
    if (this.#producer && !this.#epochDue) return Promise.resolve()
    this.#initializing ??= this.#told('init', this.#initialize()).finally(() => {
      this.#initializing = undefined
    })
    return this.#patiently('initTransactions', this.#initializing, options)
  }

  async begin(options: TransactionOptions): Promise<OpenTransaction> {
    // An abort has no outcome that anybody must hear of first.
    if (this.#state.phase === 'aborting' && this.#ending)
      await this.#patiently('beginTransaction', this.#ending.done, options)
    this.#state.checkNoneOpen('beginTransaction')
    await this.init(options)
    // Another call may have been faster.
    this.#state.checkNoneOpen('beginTransaction')
    this.#version = this.#versionInForce()
    this.#begun = false
    this.#ending = undefined
    this.numbering.begin(this.#version, this.#producer!)
    this.#groups.clear()
    return this.#state.begin()
  }

  commit(options: TransactionOptions): Promise<void> {
    return this.#end('commit', options)
  }

  abort(options: TransactionOptions): Promise<void> {
    return this.#end('abort', options)
  }

  /** Makes offsets of a group part of the transaction. */
  sendOffsets(
    offsets: readonly OffsetToCommit[],
    group: ConsumerGroupMetadata,
    options: TransactionOptions,
  ): Promise<void> {
    const transaction = this.#state.enter('sendOffsets')
    if (offsets.length === 0) return Promise.resolve()
    const sent = this.#told(
      'sendOffsets',
      this.#offsets.then(() => this.#sendOffsets(transaction, offsets, group)),
    )
    this.#offsets = sent.catch(() => {})
    return this.#patiently('sendOffsets', sent, options)
  }

  /** Records of the transaction are not in the log, or not for certain. */
  deliveryFailed(error: Error): void {
    this.#lose('produce', error)
  }

  /** Aborts what is open, or waits for the end that is under way. Never rejects. */
  async finish(): Promise<void> {
    const { phase } = this.#state
    const ending = phase === 'open' || phase === 'failed' ? this.#start('abort') : this.#ending
    await ending?.done.catch(() => {})
  }

  /** Ends all waits; what becomes of an open transaction is the coordinator's. */
  close(error: Error): void {
    this.#closed = error
    this.#coordinator.close(error)
  }

  #versionInForce(): TransactionVersion {
    return this.#cluster.featureLevel('transaction.version') >= 2 ? 2 : 1
  }

  async #initialize(): Promise<void> {
    this.#state.initialize()
    const step = this.#producer ? 'raise epoch' : 'init'
    try {
      this.#producer = await this.#coordinator.init(this.#producer)
    } catch (error) {
      if (judge(step, error) !== 'refused') throw this.#lose(step, error as Error)
      this.#state.refused()
      throw error
    }
    this.#epochDue = false
    this.#state.ready()
  }

  #end(kind: 'commit' | 'abort', options: TransactionOptions): Promise<void> {
    options.signal?.throwIfAborted()
    // One that ran out of time has gone on: its outcome is not told twice, and not lost either.
    const ending = this.#ending?.kind === kind ? this.#ending : this.#start(kind)
    const heard = this.#patiently(calls[kind], ending.done, options)
    const forget = (error?: unknown) => {
      if (this.#ending === ending && this.#isOutcome(error)) this.#ending = undefined
    }
    heard.then(() => forget(), forget)
    return heard
  }

  /** Whether an error of a commit or abort is its outcome, and not that nobody waited for it. */
  #isOutcome(error: unknown): boolean {
    return error === undefined || this.#state.phase === 'failed' || this.#state.phase === 'over'
  }

  #start(kind: 'commit' | 'abort'): Ending {
    if (kind === 'abort' && this.#ending?.kind === 'commit' && this.#state.phase === 'ready')
      throw new StateError(
        'abortTransaction: the transaction is committed: the commit that ran out of time has gone on, and come to its end',
      )
    if (kind === 'commit') this.#state.checkCommit()
    else this.#state.checkAbort()
    const ending = { kind, done: this.#told(kind, kind === 'commit' ? this.#commit() : this.#abort()) }
    this.#ending = ending
    return ending
  }

  /** `step`, of which hooks are told when it is over. */
  async #told<T>(what: TransactionFacts['what'], step: Promise<T>): Promise<T> {
    const { hooks, clock } = this.#cluster
    const startedAt = clock.monotonic()
    const tell = (error: Error | undefined) => {
      if (!hooks.transaction.active) return
      const ms = clock.monotonic() - startedAt
      hooks.transaction.emit({ what, transactionalId: this.#transactionalId, ms, error })
    }
    try {
      const result = await step
      tell(undefined)
      return result
    } catch (error) {
      tell(error as Error)
      throw error
    }
  }

  async #commit(): Promise<void> {
    this.#state.commit()
    await this.#host.settled()
    await this.#offsets
    if (this.#state.phase !== 'committing') throw this.#state.error!
    await this.#finish(true)
  }

  async #abort(): Promise<void> {
    const ended = new TransactionAbortableError(
      `transaction of "${this.#transactionalId}": it is aborted, and takes nothing more`,
    )
    const lostNumbers = this.#state.phase === 'failed'
    this.#state.abort(ended)
    this.numbering.stop(ended)
    this.#host.failWaiting(ended)
    // What arrives at a broker behind the abort would be part of a transaction that nobody ends.
    await this.#host.quiet()
    await this.#adding
    await this.#offsets
    this.#state.throwIfOver()
    if (this.#version === 1 && (lostNumbers || this.numbering.numbersLost)) this.#epochDue = true
    await this.#finish(false)
  }

  async #finish(committed: boolean): Promise<void> {
    const version = this.#version
    if (this.#begun || (version === 2 && this.numbering.hasWritten)) {
      try {
        this.#producer = await this.#coordinator.end(version, this.#producer!, committed)
      } catch (error) {
        throw this.#lose(committed ? 'commit' : 'abort', error as Error)
      }
    }
    // Whatever of version 1 comes late must not be taken for a part of a transaction of version 2.
    if (version === 1 && this.#versionInForce() === 2) this.#epochDue = true
    this.#state.ready()
  }

  async #sendOffsets(
    transaction: OpenTransaction,
    offsets: readonly OffsetToCommit[],
    group: ConsumerGroupMetadata,
  ): Promise<void> {
    const checkWanted = () => {
      if (transaction.ended) throw transaction.ended
    }
    checkWanted()
    const version = this.#version
    const producer = this.#producer!
    let step: TransactionStep = 'add offsets'
    try {
      if (version === 1 && !this.#groups.has(group.groupId)) {
        await this.#coordinator.addOffsets(producer, group.groupId)
        this.#groups.add(group.groupId)
      }
      this.#begun = true
      checkWanted()
      step = 'commit offsets'
      await this.#coordinator.commitOffsets(version, producer, offsets, group, checkWanted)
    } catch (error) {
      if (error === transaction.ended) throw error
      throw this.#lose(step, error as Error)
    }
  }

  /** In version 1 the coordinator hears of a partition before it is written to. */
  #add(queue: PartitionQueue): void {
    this.#wanted.add(queue)
    this.#adding ??= this.#addPartitions().finally(() => {
      this.#adding = undefined
    })
  }

  async #addPartitions(): Promise<void> {
    // What the same turn brings goes in one request.
    await new Promise<void>(resolve => this.#cluster.clock.defer(resolve))
    while (this.#wanted.size > 0) {
      const queues = [...this.#wanted]
      try {
        await this.#coordinator.addPartitions(this.#producer!, queues)
      } catch (error) {
        this.#wanted.clear()
        this.#lose('add partitions', error as Error)
        return
      }
      this.#begun = true
      for (const queue of queues) this.#wanted.delete(queue)
      this.numbering.added(queues)
      this.#host.drain()
    }
  }

  /** Takes down what an error has cost: the transaction, or the producer. Returns the error that says so. */
  #lose(step: TransactionStep, error: Error): Error {
    if (this.#closed) return this.#closed
    const explained = explain(this.#transactionalId, step, error)
    const isAbortable = judge(step, error) === 'abort'
    const isNews = isAbortable ? this.#state.fail(explained) : this.#state.failForGood(explained)
    if (!isNews) return explained
    this.numbering.stop(explained)
    // Not while verdicts are being given.
    queueMicrotask(() => {
      if (this.numbering.over !== explained) return
      if (isAbortable) this.#host.failWaiting(explained)
      else this.#host.failAll(explained)
    })
    return explained
  }

  /** Waits for what goes on without the caller. */
  async #patiently(call: string, work: Promise<void>, options: TransactionOptions): Promise<void> {
    const { clock, options: defaults } = this.#cluster
    const { timeoutMs = defaults.apiTimeoutMs, signal } = options
    if (await abortable(atMost(clock, timeoutMs, work), signal)) return
    const cause = this.#coordinator.failure ?? this.#host.obstacle()
    throw new OperationTimeoutError(
      `${call} of "${this.#transactionalId}" is not done after ${timeoutMs} ms: ${cause?.message ?? 'no answer so far'}; it goes on, and another call waits for its outcome`,
      { cause },
    )
  }
}
