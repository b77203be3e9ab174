// The two things that steps of a transaction do again and again: to prepare what comes next, and to answer.
import { invariant, violated } from '@millrace/runtime'
import type { Ticket } from '../coordination/ticket.ts'
import type { TransactionEffect, TransactionReply } from './events.ts'
import {
  epochBumpVersion,
  noProducerEpoch,
  noProducerId,
  type Transaction,
  type TransactionMetadata,
} from './transaction.ts'
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

/** Records of level 0 cannot say what version 2 needs: who speaks it there has not asked which version counts. */
export function canBeStored(clientVersion: number, level: number): boolean {
  return clientVersion < epochBumpVersion || level > 0
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
