// A transaction around a callback: committed when it returns, aborted when it throws or is given up.
import { abortable } from '../../network/abort.ts'
import {
  KafkaError,
  OperationTimeoutError,
  ProducerFencedError,
  TransactionFatalError,
} from '../../errors/index.ts'
import { Transaction, type TransactionalWriter } from './transaction.ts'
import type { TransactionOptions, Transactions } from './transactions.ts'

/** Throws what `work` throws, the signal's reason while it works, and what ends the producer before that. */
export async function runTransaction<K, V, T>(
  transactions: Transactions,
  writer: TransactionalWriter<K, V>,
  work: (transaction: Transaction<K, V>) => Promise<T> | T,
  options: TransactionOptions,
): Promise<T> {
  const open = await transactions.begin(options)
  let result: T
  try {
    // What it waits for may never come: nobody has to wait along.
    result = await abortable((async () => work(new Transaction(writer, open)))(), options.signal)
  } catch (error) {
    await abortAfter(error, transactions, options)
    throw error
  }
  try {
    await transactions.commit(options)
  } catch (error) {
    // One that ran out of time goes on, and may be committed.
    if (transactions.hasFailed) await abortAfter(error, transactions, options)
    throw error
  }
  return result
}

/** Aborts after an error. Throws instead of it where the producer is over: whoever goes on must know. */
async function abortAfter(
  cause: unknown,
  transactions: Transactions,
  { timeoutMs, signal }: TransactionOptions,
): Promise<void> {
  try {
    // The signal must not keep it from beginning, but who gave up does not wait for its end.
    const limits = signal?.aborted ? { timeoutMs: 0 } : timeoutMs === undefined ? {} : { timeoutMs }
    if (!transactions.isOver) await transactions.abort(limits)
    transactions.throwIfOver()
  } catch (error) {
    // An abort that takes longer goes on; the next transaction waits for it.
    if (error === cause || error instanceof OperationTimeoutError) return
    if (!(error instanceof KafkaError)) throw error
    const message = `${error.message}; it was to be aborted over this: ${cause instanceof Error ? cause.message : String(cause)}`
    if (error instanceof ProducerFencedError) throw new ProducerFencedError(message, { cause })
    if (error instanceof TransactionFatalError)
      throw new TransactionFatalError(message, { cause, recoverable: error.recoverable })
    throw error
  }
}
