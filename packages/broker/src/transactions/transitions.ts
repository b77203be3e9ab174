// From one state of a transaction to the next: what a transition makes of the metadata (Kafka's `TransactionMetadata.prepare…`).
import { invariant } from '@millrace/runtime'
import { noPartitions, type TopicPartitions, union } from './topic-partitions.ts'
import {
  epochAfter,
  epochBumpVersion,
  noProducerEpoch,
  noProducerId,
  noTimestampMs,
  type TransactionMetadata,
} from './transaction.ts'
import { isAtRest, isPrepared } from './transaction-state.ts'

type Change = Partial<Omit<TransactionMetadata, 'previousProducerId'>>

/** Whatever changes, the record says which producer id there was before. */
function follow(metadata: TransactionMetadata, change: Change): TransactionMetadata {
  return { ...metadata, ...change, previousProducerId: metadata.producerId }
}

/** A producer begins, with an epoch of its own: nothing is open. */
export function initialized(
  metadata: TransactionMetadata,
  producerEpoch: number,
  lastProducerEpoch: number,
  timeoutMs: number,
  nowMs: number,
): TransactionMetadata {
  return follow(metadata, {
    state: 'Empty',
    producerEpoch,
    lastProducerEpoch,
    timeoutMs,
    partitions: noPartitions,
    startTimestampMs: noTimestampMs,
    lastUpdateTimestampMs: nowMs,
  })
}

/** The same with an id that nobody has used, since the epochs of the old one are used up. */
export function rotated(
  metadata: TransactionMetadata,
  producerId: number,
  lastProducerEpoch: number,
  timeoutMs: number,
  nowMs: number,
): TransactionMetadata {
  return { ...initialized(metadata, 0, lastProducerEpoch, timeoutMs, nowMs), producerId }
}

/** Partitions belong to the transaction, which begins with the first. */
export function withPartitions(
  metadata: TransactionMetadata,
  added: TopicPartitions,
  clientVersion: number,
  nowMs: number,
): TransactionMetadata {
  return follow(metadata, {
    state: 'Ongoing',
    partitions: union(metadata.partitions, added),
    startTimestampMs: isAtRest(metadata.state) ? nowMs : metadata.startTimestampMs,
    lastUpdateTimestampMs: nowMs,
    clientVersion,
  })
}

/** The end is decided, by a producer that speaks version 1: it goes on with its epoch. */
export function prepared(
  metadata: TransactionMetadata,
  committed: boolean,
  nowMs: number,
): TransactionMetadata {
  return follow(metadata, {
    state: committed ? 'PrepareCommit' : 'PrepareAbort',
    nextProducerId: noProducerId,
    lastUpdateTimestampMs: nowMs,
    clientVersion: 0,
  })
}

/**
 * The end is decided, by version 2: the epoch goes up, so that whatever comes late of this transaction is refused. `nextProducerId` is that
 * to go on with when the epochs are used up, -1 else. Where nothing was open, an abort counts as begun now.
 */
export function preparedWithNextEpoch(
  metadata: TransactionMetadata,
  committed: boolean,
  nextProducerId: number,
  nowMs: number,
): TransactionMetadata {
  return follow(metadata, {
    state: committed ? 'PrepareCommit' : 'PrepareAbort',
    producerEpoch: epochAfter(metadata.producerEpoch),
    lastProducerEpoch: metadata.producerEpoch,
    nextProducerId,
    startTimestampMs: isAtRest(metadata.state) ? nowMs : metadata.startTimestampMs,
    lastUpdateTimestampMs: nowMs,
    clientVersion: epochBumpVersion,
  })
}

/** The producer of an open transaction is fenced, and the transaction aborted, by version 1. */
export function fenced(metadata: TransactionMetadata, nowMs: number): TransactionMetadata {
  return {
    ...prepared(metadata, false, nowMs),
    producerEpoch: epochAfter(metadata.producerEpoch),
    lastProducerEpoch: noProducerEpoch,
  }
}

/** All markers are written. */
export function completed(metadata: TransactionMetadata, nowMs: number): TransactionMetadata {
  invariant(isPrepared(metadata.state), 'only a transaction whose end is decided can be complete')
  const { clientVersion, nextProducerId } = metadata
  const rotates = clientVersion >= epochBumpVersion && nextProducerId !== noProducerId
  return follow(metadata, {
    state: metadata.state === 'PrepareCommit' ? 'CompleteCommit' : 'CompleteAbort',
    ...(rotates && { producerId: nextProducerId, producerEpoch: 0 }),
    nextProducerId: noProducerId,
    partitions: noPartitions,
    lastUpdateTimestampMs: nowMs,
  })
}
