// Partitions join a transaction, by request or with their first records; or it is only asked whether they belong to it.
import { ErrorCode } from '@millrace/protocol'
import type { AddPartitionsEvent, TransactionEffect } from './events.ts'
import { answer, canBeStored, prepare } from './prepare.ts'
import { has, hasAll } from './topic-partitions.ts'
import type { Transaction } from './transaction.ts'
import { isPrepared } from './transaction-state.ts'
import { withPartitions } from './transitions.ts'

/** Rules: Kafka's `TransactionCoordinator.handleAddPartitionsToTransaction`. */
export function addPartitions(
  transaction: Transaction,
  event: AddPartitionsEvent,
  nowMs: number,
  effects: TransactionEffect[],
): void {
  const { metadata } = transaction
  const { ticket, partitions, clientVersion } = event
  // First of all: a producer whose epochs were used up has its new id before the transition to it is over.
  const errorCode = transaction.pending ? ErrorCode.CONCURRENT_TRANSACTIONS : faultOf(transaction, event)
  if (errorCode !== ErrorCode.NONE) {
    answer(effects, ticket, errorCode)
    return
  }
  if (metadata.state === 'Ongoing' && hasAll(metadata.partitions, partitions)) {
    answer(effects, ticket, ErrorCode.NONE)
    return
  }
  if (!canBeStored(clientVersion, event.level)) {
    answer(effects, ticket, ErrorCode.UNSUPPORTED_VERSION)
    return
  }
  const next = withPartitions(metadata, partitions, clientVersion, nowMs)
  prepare(transaction, next)
  const reply = {
    errorCode: ErrorCode.NONE as number,
    producerId: next.producerId,
    producerEpoch: next.producerEpoch,
  }
  effects.push({ type: 'store', metadata: next, next: { type: 'reply', ticket, reply } })
}

function faultOf(
  { metadata }: Transaction,
  { producerId, producerEpoch }: { readonly producerId: number; readonly producerEpoch: number },
): number {
  if (metadata.producerId !== producerId) return ErrorCode.INVALID_PRODUCER_ID_MAPPING
  if (metadata.producerEpoch !== producerEpoch) return ErrorCode.PRODUCER_FENCED
  return isPrepared(metadata.state) ? ErrorCode.CONCURRENT_TRANSACTIONS : ErrorCode.NONE
}

/**
 * The error for each partition, 0 for those that belong to the producer's transaction (KIP-890). What is on its way does not count: the
 * log looks once more when it appends. Pure.
 */
export function verifyPartitions(
  transaction: Transaction,
  producer: { readonly producerId: number; readonly producerEpoch: number },
): (topic: string, partition: number) => number {
  const errorCode = faultOf(transaction, producer)
  const { partitions: known } = transaction.metadata
  return (topic, partition) => {
    if (errorCode !== ErrorCode.NONE) return errorCode
    return has(known, topic, partition) ? ErrorCode.NONE : ErrorCode.TRANSACTION_ABORTABLE
  }
}
