// How a transaction ends: by its producer's word, or because the producer is fenced or has been silent for too long.
import { ErrorCode } from '@millrace/protocol'
import type { Ticket } from '../coordination/ticket.ts'
import type {
  EndEvent,
  InitProducerIdEvent,
  TimeOutEvent,
  TransactionEffect,
  TransactionReply,
} from './events.ts'
import { answer, canBeStored, prepare } from './prepare.ts'
import {
  epochBumpVersion,
  isEpochExhausted,
  noProducerId,
  type Transaction,
  type TransactionMetadata,
} from './transaction.ts'
import { isPrepared } from './transaction-state.ts'
import { fenced, prepared, preparedWithNextEpoch } from './transitions.ts'

/** The last epoch that producers are given. */
const lastEpochGiven = 2 ** 15 - 2

/** EndTxn, by the version that the producer speaks. */
export function endTransaction(
  transaction: Transaction,
  event: EndEvent,
  nowMs: number,
  effects: TransactionEffect[],
): void {
  if (event.clientVersion >= epochBumpVersion) endWithNextEpoch(transaction, event, nowMs, effects)
  else endWithSameEpoch(transaction, event, nowMs, effects)
}

/** Nobody has heard of the producer for the transaction's timeout: it is fenced, and the transaction aborted. */
export function timeOut(
  transaction: Transaction,
  event: TimeOutEvent,
  nowMs: number,
  effects: TransactionEffect[],
): void {
  if (transaction.pending || transaction.metadata.state !== 'Ongoing') return
  const { producerId, producerEpoch, timeoutMs } = transaction.metadata
  const { transactionalId } = transaction
  if (!fence(transaction, event, null, nowMs, effects)) return
  const fields = { transactionalId, producerId, producerEpoch, timeoutMs }
  effects.push({ type: 'log', level: 'info', event: 'transaction.timed_out', fields })
}

/**
 * Aborts the open transaction with an epoch that its producer does not have, by the version in force. Says false where that needs a
 * producer id first.
 */
export function fence(
  transaction: Transaction,
  event: InitProducerIdEvent | TimeOutEvent,
  ticket: Ticket<TransactionReply> | null,
  nowMs: number,
  effects: TransactionEffect[],
): boolean {
  const { metadata } = transaction
  if (event.level < epochBumpVersion) {
    store(transaction, fenced(metadata, nowMs), ticket, true, effects)
    return true
  }
  return storeNextEpoch(transaction, event, false, ticket, nowMs, effects)
}

/** Version 1. Rules: Kafka's `TransactionCoordinator.endTransactionWithTV1`. */
function endWithSameEpoch(
  transaction: Transaction,
  event: EndEvent,
  nowMs: number,
  effects: TransactionEffect[],
): void {
  const { metadata } = transaction
  const { ticket, committed } = event
  const refuse = (errorCode: number) => answer(effects, ticket, errorCode)
  if (metadata.producerId !== event.producerId) return refuse(ErrorCode.INVALID_PRODUCER_ID_MAPPING)
  if (metadata.producerEpoch !== event.producerEpoch) return refuse(ErrorCode.PRODUCER_FENCED)
  if (transaction.pending) return refuse(ErrorCode.CONCURRENT_TRANSACTIONS)
  switch (metadata.state) {
    case 'Ongoing':
      store(transaction, prepared(metadata, committed, nowMs), ticket, false, effects)
      return
    case 'CompleteCommit':
    case 'CompleteAbort':
      // It asks again, since it has not heard the answer.
      return refuse(endedAs(metadata, committed) ? ErrorCode.NONE : ErrorCode.INVALID_TXN_STATE)
    case 'PrepareCommit':
    case 'PrepareAbort':
      return refuse(
        endedAs(metadata, committed) ? ErrorCode.CONCURRENT_TRANSACTIONS : ErrorCode.INVALID_TXN_STATE,
      )
    default:
      return refuse(ErrorCode.INVALID_TXN_STATE)
  }
}

/**
 * Version 2. Rules: Kafka's `TransactionCoordinator.endTransaction`. The same epoch does not mean the same request: a producer that asks
 * again has the epoch in front of the present one.
 *
 * |                | abort, again | abort          | commit, again | commit  |
 * | -------------- | ------------ | -------------- | ------------- | ------- |
 * | Empty          | fenced       | the next epoch | fenced        | invalid |
 * | CompleteAbort  | answered     | the next epoch | invalid       | invalid |
 * | CompleteCommit | invalid      | the next epoch | answered      | invalid |
 */
function endWithNextEpoch(
  transaction: Transaction,
  event: EndEvent,
  nowMs: number,
  effects: TransactionEffect[],
): void {
  const { metadata } = transaction
  const { ticket, committed, producerEpoch } = event
  const refuse = (errorCode: number) => answer(effects, ticket, errorCode)
  if (transaction.pending) return refuse(ErrorCode.CONCURRENT_TRANSACTIONS)
  const isAgainAfterRotation =
    metadata.previousProducerId === event.producerId &&
    producerEpoch === lastEpochGiven &&
    metadata.producerEpoch === 0
  if (metadata.producerId !== event.producerId && !isAgainAfterRotation) {
    return refuse(ErrorCode.INVALID_PRODUCER_ID_MAPPING)
  }
  const isAgain = isAgainAfterRotation || metadata.producerEpoch === producerEpoch + 1
  const isCurrent = metadata.producerEpoch === producerEpoch
  switch (metadata.state) {
    case 'Ongoing':
      if (!isCurrent) return refuse(ErrorCode.PRODUCER_FENCED)
      break
    case 'CompleteCommit':
    case 'CompleteAbort':
      if (!isAgain && !isCurrent) return refuse(ErrorCode.PRODUCER_FENCED)
      if (isAgain && endedAs(metadata, committed)) {
        return answer(effects, ticket, ErrorCode.NONE, metadata.producerId, metadata.producerEpoch)
      }
      if (isAgain || committed) return refuse(ErrorCode.INVALID_TXN_STATE)
      break
    default:
      // Of a transaction whose end is decided something is pending: only an empty one comes here.
      if (isPrepared(metadata.state)) return refuse(ErrorCode.CONCURRENT_TRANSACTIONS)
      if (!isCurrent) return refuse(ErrorCode.PRODUCER_FENCED)
      if (committed) return refuse(ErrorCode.INVALID_TXN_STATE)
  }
  if (!canBeStored(event.clientVersion, event.level)) return refuse(ErrorCode.UNSUPPORTED_VERSION)
  storeNextEpoch(transaction, event, committed, ticket, nowMs, effects)
}

/** Whether the transaction has ended, or is about to, as the producer wants it. */
function endedAs({ state }: TransactionMetadata, committed: boolean): boolean {
  return (state === 'PrepareCommit' || state === 'CompleteCommit') === committed
}

function storeNextEpoch(
  transaction: Transaction,
  event: EndEvent | InitProducerIdEvent | TimeOutEvent,
  committed: boolean,
  ticket: Ticket<TransactionReply> | null,
  nowMs: number,
  effects: TransactionEffect[],
): boolean {
  const { metadata } = transaction
  const isExhausted = isEpochExhausted(metadata.producerEpoch)
  if (isExhausted && event.freshProducerId === null) {
    effects.push({ type: 'need-producer-id', event })
    return false
  }
  const nextProducerId = isExhausted ? event.freshProducerId! : noProducerId
  const next = preparedWithNextEpoch(metadata, committed, nextProducerId, nowMs)
  store(transaction, next, ticket, event.type !== 'end', effects)
  return true
}

function store(
  transaction: Transaction,
  next: TransactionMetadata,
  ticket: Ticket<TransactionReply> | null,
  isFence: boolean,
  effects: TransactionEffect[],
): void {
  prepare(transaction, next)
  effects.push({ type: 'store', metadata: next, next: { type: 'prepared', ticket, isFence } })
}
