// InitProducerId of a transactional id: a new epoch, so that whoever had the id before is fenced.
import { ErrorCode } from '@millrace/protocol'
import { fence } from './end-transaction.ts'
import type { InitProducerIdEvent, TransactionEffect } from './events.ts'
import { answer, prepare } from './prepare.ts'
import { initialized, rotated } from './transitions.ts'
import {
  isEpochExhausted,
  noProducerEpoch,
  type Transaction,
  type TransactionMetadata,
} from './transaction.ts'

/** Rules: Kafka's `TransactionCoordinator.prepareInitProducerIdTransit`. */
export function initProducerId(
  transaction: Transaction,
  event: InitProducerIdEvent,
  nowMs: number,
  effects: TransactionEffect[],
): void {
  const { metadata } = transaction
  const { ticket, expected } = event
  if (transaction.pending) {
    answer(effects, ticket, ErrorCode.CONCURRENT_TRANSACTIONS)
    return
  }
  if (expected && !mayGoOn(metadata, expected)) {
    answer(effects, ticket, ErrorCode.PRODUCER_FENCED)
    return
  }
  switch (metadata.state) {
    case 'Ongoing':
      // The epoch that fences is nobody's: the producer asks again when the transaction has ended, and gets one of its own.
      fence(transaction, event, ticket, nowMs, effects)
      return
    case 'PrepareCommit':
    case 'PrepareAbort':
      answer(effects, ticket, ErrorCode.CONCURRENT_TRANSACTIONS)
      return
    default:
      begin(transaction, event, nowMs, effects)
  }
}

/**
 * Whether a producer that says which id it has may be the one that has it: nothing is stored yet, the id is right (its epoch is looked at
 * later), or it asks again after its id had to be changed and the answer was lost.
 */
function mayGoOn(
  metadata: TransactionMetadata,
  { producerId, producerEpoch }: NonNullable<InitProducerIdEvent['expected']>,
): boolean {
  return (
    metadata.producerEpoch === noProducerEpoch ||
    producerId === metadata.producerId ||
    (producerId === metadata.previousProducerId && isEpochExhausted(producerEpoch))
  )
}

function begin(
  transaction: Transaction,
  event: InitProducerIdEvent,
  nowMs: number,
  effects: TransactionEffect[],
): void {
  const { metadata } = transaction
  const { expected, timeoutMs, ticket, freshProducerId } = event
  const { producerEpoch } = metadata
  let next: TransactionMetadata | undefined
  if (isEpochExhausted(producerEpoch) && (!expected || expected.producerEpoch === producerEpoch)) {
    if (freshProducerId === null) {
      effects.push({ type: 'need-producer-id', event })
      return
    }
    next = rotated(metadata, freshProducerId, expected ? producerEpoch : noProducerEpoch, timeoutMs, nowMs)
  } else {
    next = nextEpoch(metadata, expected?.producerEpoch, timeoutMs, nowMs)
  }
  if (!next) {
    answer(effects, ticket, ErrorCode.PRODUCER_FENCED)
    return
  }
  prepare(transaction, next)
  const reply = {
    errorCode: ErrorCode.NONE as number,
    producerId: next.producerId,
    producerEpoch: next.producerEpoch,
  }
  effects.push({ type: 'store', metadata: next, next: { type: 'reply', ticket, reply } })
}

/** Undefined for a producer whose epoch is neither the present one nor that of which the present one was the answer. */
function nextEpoch(
  metadata: TransactionMetadata,
  expectedEpoch: number | undefined,
  timeoutMs: number,
  nowMs: number,
): TransactionMetadata | undefined {
  const { producerEpoch, lastProducerEpoch } = metadata
  const isKnown = producerEpoch !== noProducerEpoch
  if (expectedEpoch === undefined) {
    return initialized(metadata, producerEpoch + 1, noProducerEpoch, timeoutMs, nowMs)
  }
  if (!isKnown || expectedEpoch === producerEpoch) {
    return initialized(metadata, producerEpoch + 1, producerEpoch, timeoutMs, nowMs)
  }
  // The answer to the first attempt was lost. Another producer would have set the last epoch to none.
  if (expectedEpoch === lastProducerEpoch) {
    return initialized(metadata, producerEpoch, lastProducerEpoch, timeoutMs, nowMs)
  }
  return undefined
}
