// The two things that steps of a transaction do again and again: to prepare what comes next, and to answer.
import { invariant, violated } from '@millrace/runtime'
import type { Ticket } from '../coordination/ticket.ts'
import type { TransactionEffect, TransactionReply } from './events.ts'
import { noProducerEpoch, noProducerId, type Transaction, type TransactionMetadata } from './transaction.ts'
import { mayFollow } from './transaction-state.ts'

/** From here on nothing else happens to the transaction until `next` is durable, or its record has failed. */
export function prepare(transaction: Transaction, next: TransactionMetadata): void {
  const { metadata } = transaction
  invariant(transaction.pending === null, 'one transition of a transaction at a time')
  if (!mayFollow(metadata.state, next.state)) {
    violated(`transaction ${transaction.transactionalId} cannot go from ${metadata.state} to ${next.state}`)
  }
  transaction.pending = next
}

export function answer(
  effects: TransactionEffect[],
  ticket: Ticket<TransactionReply>,
  errorCode: number,
  producerId = noProducerId,
  producerEpoch = noProducerEpoch,
): void {
  effects.push({ type: 'reply', to: ticket, reply: { errorCode, producerId, producerEpoch } })
}
