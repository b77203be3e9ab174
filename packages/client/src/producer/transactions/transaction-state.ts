// Where a transactional producer stands: the moves that there are, what each call needs, and which error has ended what. Pure.
import { invariant } from '@millrace/runtime'
import { type KafkaError, StateError } from '../../errors/index.ts'

/** The states of Kafka's `TransactionManager`; `failed` is its ABORTABLE_ERROR, `over` its FATAL_ERROR. */
export type TransactionPhase =
  | 'uninitialized'
  | 'initializing'
  | 'ready'
  | 'open'
  | 'committing'
  | 'aborting'
  | 'failed'
  | 'over'

const moves: Readonly<Record<TransactionPhase, readonly TransactionPhase[]>> = {
  uninitialized: ['initializing', 'over'],
  // Back where the cluster refuses the id: it may be allowed later.
  initializing: ['ready', 'uninitialized', 'over'],
  // A new epoch is needed before the next transaction.
  ready: ['initializing', 'open', 'over'],
  open: ['committing', 'aborting', 'failed', 'over'],
  committing: ['ready', 'failed', 'over'],
  failed: ['aborting', 'over'],
  aborting: ['ready', 'over'],
  over: [],
}

/** One transaction, for whoever has records or offsets for it. */
export interface OpenTransaction {
  /** Why it takes nothing more: it has failed, or has ended. */
  ended: KafkaError | undefined
}

export class TransactionState {
  readonly #transactionalId: string
  #phase: TransactionPhase = 'uninitialized'
  #error: KafkaError | undefined
  #open: OpenTransaction | undefined

  constructor(transactionalId: string) {
    this.#transactionalId = transactionalId
  }

  get phase(): TransactionPhase {
    return this.#phase
  }

  /** Why the transaction can only be aborted, or why there will be no other. */
  get error(): KafkaError | undefined {
    return this.#error
  }

  /** The transaction that is under way, until its commit or abort is through. */
  get current(): OpenTransaction | undefined {
    return this.#open
  }

  initialize(): void {
    this.#move('initializing')
  }

  /** The cluster refused the id: `initialize` may be tried again. */
  refused(): void {
    this.#move('uninitialized')
  }

  /** There is a producer id, and no transaction. */
  ready(): void {
    this.#move('ready')
    const ended = new StateError('this transaction is over: begin another one')
    if (this.#open) this.#open.ended ??= ended
    this.#open = undefined
    this.#error = undefined
  }

  begin(): OpenTransaction {
    this.#move('open')
    this.#open = { ended: undefined }
    return this.#open
  }

  commit(): void {
    this.#move('committing')
  }

  /** `ended`: what becomes of who still has something for the transaction. */
  abort(ended: KafkaError): void {
    this.#move('aborting')
    if (this.#open) this.#open.ended ??= ended
  }

  /** The transaction can only be aborted. Returns whether that is news. */
  fail(error: KafkaError): boolean {
    if (!moves[this.#phase].includes('failed')) return false
    this.#move('failed')
    this.#end(error)
    return true
  }

  /** There will be no other transaction. Returns whether that is news. */
  failForGood(error: KafkaError): boolean {
    if (this.#phase === 'over') return false
    this.#move('over')
    this.#end(error)
    return true
  }

  /** Throws the error that the producer is over with. */
  throwIfOver(): void {
    if (this.#phase === 'over') throw this.#error!
  }

  /** The transaction that takes records and offsets. Throws its failure; StateError where there is none, or its end has begun. */
  enter(call: string): OpenTransaction {
    if (this.#phase === 'open') return this.#open!
    if (this.#error) throw this.#error
    throw new StateError(
      this.#phase === 'committing' || this.#phase === 'aborting'
        ? `${call}: the transaction is ${this.#phase}; await that, and begin another one`
        : `${call}: a producer with a transactionalId ("${this.#transactionalId}") writes in transactions only: await beginTransaction() first`,
    )
  }

  /** Throws StateError where a transaction is under way. */
  checkNoneOpen(call: string): void {
    this.throwIfOver()
    const end = this.#phase === 'failed' ? 'abortTransaction()' : 'commitTransaction() or abortTransaction()'
    if (this.#phase === 'open' || this.#phase === 'failed')
      throw new StateError(`${call}: a transaction is open: await ${end} first`)
    if (this.#phase === 'committing')
      throw new StateError(
        `${call}: the transaction before is committing, and its outcome is not known: await commitTransaction(), again if that ran out of time`,
      )
    if (this.#phase === 'aborting')
      throw new StateError(`${call}: the transaction before is aborting: await abortTransaction()`)
  }

  /** Throws the failure of a transaction that cannot be committed; StateError where there is none. */
  checkCommit(): void {
    this.#checkEnd('commitTransaction')
    if (this.#error) throw this.#error
    if (this.#phase === 'aborting')
      throw new StateError('commitTransaction: the transaction is aborting; begin another one after that')
  }

  /** Throws StateError where there is no transaction, or it is committing. */
  checkAbort(): void {
    this.#checkEnd('abortTransaction')
    if (this.#phase !== 'committing') return
    throw new StateError(
      'abortTransaction: the transaction is committing, and may be committed already: await commitTransaction(), again if that ran out of time',
    )
  }

  #checkEnd(call: string): void {
    this.throwIfOver()
    if (this.#open) return
    throw new StateError(`${call}: no transaction is open: await beginTransaction() first`)
  }

  #end(error: KafkaError): void {
    this.#error = error
    if (this.#open) this.#open.ended ??= error
  }

  #move(to: TransactionPhase): void {
    invariant(moves[this.#phase].includes(to), `a transactional producer goes from ${this.#phase} to ${to}`)
    this.#phase = to
  }
}
