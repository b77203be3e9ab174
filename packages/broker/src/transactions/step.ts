// The state machine of transactions: one event in, the transaction changed, effects out. No I/O, no clock, no randomness.
import { addPartitions } from './add-partitions.ts'
import { resume, stored } from './complete.ts'
import { endTransaction, timeOut } from './end-transaction.ts'
import type { TransactionEffect, TransactionEvent } from './events.ts'
import { initProducerId } from './init-producer-id.ts'
import { checkStep } from './invariants.ts'
import { prepare } from './prepare.ts'
import type { Transaction } from './transaction.ts'
import { isAtRest } from './transaction-state.ts'

/** Applies `event` to `transaction` and adds what is to be done, in this order, to `effects`. `nowMs` is wall-clock time. */
export function step(
  transaction: Transaction,
  event: TransactionEvent,
  nowMs: number,
  effects: TransactionEffect[],
): void {
  dispatch(transaction, event, nowMs, effects)
  checkStep(transaction, event, effects)
}

function dispatch(
  transaction: Transaction,
  event: TransactionEvent,
  nowMs: number,
  effects: TransactionEffect[],
): void {
  switch (event.type) {
    case 'init-producer-id':
      initProducerId(transaction, event, nowMs, effects)
      return
    case 'add-partitions':
      addPartitions(transaction, event, nowMs, effects)
      return
    case 'end':
      endTransaction(transaction, event, nowMs, effects)
      return
    case 'time-out':
      timeOut(transaction, event, nowMs, effects)
      return
    case 'expire':
      expire(transaction, event.expirationMs, nowMs, effects)
      return
    case 'resume':
      resume(transaction, nowMs, effects)
      return
    case 'stored':
      stored(transaction, event.next, event.errorCode, nowMs, effects)
      return
    case 'markers-written':
      if (transaction.pending) {
        effects.push({ type: 'store', metadata: transaction.pending, next: { type: 'completed' } })
      }
  }
}

/** Forgets an id at rest that was not used for so long. */
function expire(
  transaction: Transaction,
  expirationMs: number,
  nowMs: number,
  effects: TransactionEffect[],
): void {
  const { metadata, pending } = transaction
  if (pending || !isAtRest(metadata.state) || metadata.lastUpdateTimestampMs > nowMs - expirationMs) return
  prepare(transaction, { ...metadata, state: 'Dead' })
  effects.push({ type: 'store', metadata: null, next: { type: 'expired' } })
}
