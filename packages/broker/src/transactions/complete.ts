// What follows when a record is durable: the answer, the markers, the end.
import { ErrorCode } from '@millrace/protocol'
import { invariant } from '@millrace/runtime'
import type { Continuation, TransactionEffect } from './events.ts'
import { answer, prepare } from './prepare.ts'
import type { Transaction } from './transaction.ts'
import { isPrepared } from './transaction-state.ts'
import { completed } from './transitions.ts'

/** A record is durable, or has failed. */
export function stored(
  transaction: Transaction,
  next: Continuation,
  errorCode: number,
  nowMs: number,
  effects: TransactionEffect[],
): void {
  const { pending } = transaction
  invariant(pending !== null, 'a record that was stored was pending')
  if (errorCode !== ErrorCode.NONE) {
    failed(transaction, next, errorCode, effects)
    return
  }
  transaction.pending = null
  if (next.type === 'expired') {
    effects.push({ type: 'forget' })
    return
  }
  transaction.metadata = pending
  if (next.type === 'reply') effects.push({ type: 'reply', to: next.ticket, reply: next.reply })
  if (next.type !== 'prepared') return
  const end = complete(transaction, nowMs)
  // Decided is decided: the producer need not wait for the markers. With version 2 it goes on with what comes behind them.
  const { ticket, isFence } = next
  if (ticket && isFence) answer(effects, ticket, ErrorCode.CONCURRENT_TRANSACTIONS)
  else if (ticket) answer(effects, ticket, ErrorCode.NONE, end.producerId, end.producerEpoch)
  effects.push({ type: 'write-markers', metadata: transaction.metadata })
}

/** What stands in the log when the transaction is loaded goes on: of one whose end is decided the markers are written (again). */
export function resume(transaction: Transaction, nowMs: number, effects: TransactionEffect[]): void {
  const { metadata } = transaction
  if (transaction.pending || !isPrepared(metadata.state)) return
  complete(transaction, nowMs)
  effects.push({ type: 'write-markers', metadata })
}

/** From here on the transaction waits for its markers and for the record behind them. */
function complete(transaction: Transaction, nowMs: number) {
  const end = completed(transaction.metadata, nowMs)
  prepare(transaction, end)
  return end
}

/** The transaction is as it was; the record may be in the log all the same, and whatever comes next stands behind it. */
function failed(
  transaction: Transaction,
  next: Continuation,
  errorCode: number,
  effects: TransactionEffect[],
): void {
  if (next.type === 'completed') {
    // The markers are there: only this record is missing.
    effects.push({ type: 'retry', event: { type: 'markers-written' } })
    return
  }
  transaction.pending = null
  if (next.type !== 'expired' && next.ticket) answer(effects, next.ticket, errorCode)
  if (!transaction.isStored) effects.push({ type: 'forget' })
}
