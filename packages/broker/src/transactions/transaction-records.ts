// The records of `__transaction_state` in Apache Kafka's formats: one transactional id each.
import {
  decodeTransactionLogKey,
  decodeTransactionLogValue,
  encodeTransactionLogKey,
  encodeTransactionLogValue,
  Reader,
  Writer,
} from '@millrace/protocol'
import type { CoordinatorRecord } from '../coordination/record.ts'
import { listsOf, noPartitions, partitionsOf } from './topic-partitions.ts'
import { noProducerEpoch, type TransactionMetadata } from './transaction.ts'
import { idOf, stateOf } from './transaction-state.ts'

/*
 * Key:    type int16 = 0 │ transactional id
 * Value:  version int16 │ fields                 none: the id is forgotten (tombstone)
 *
 * Version 1 adds, as tagged fields, the producer ids before and after, and the version that the producer spoke.
 */

const keyType = 0
const valueVersionMax = 1

/** What a record says. */
export interface TransactionEntry {
  readonly transactionalId: string
  readonly metadata: TransactionMetadata | null
}

const writer = new Writer(1024)

/** What was written, as memory of its own: the writer's is used again. */
function take(): Buffer {
  return Buffer.concat(writer.finish())
}

/** The record of a transactional id, or its tombstone. `level` is that of `transaction.version`: older brokers read what it says. */
export function transactionRecord(
  transactionalId: string,
  metadata: TransactionMetadata | null,
  level: number,
): CoordinatorRecord {
  encodeTransactionLogKey(writer, { transactionalId })
  const key = take()
  if (!metadata) return { key, value: null }
  const { state, producerId, producerEpoch, timeoutMs, partitions } = metadata
  const lists = listsOf(partitions).map(each => ({ topic: each.topic, partitionIds: each.partitions }))
  encodeTransactionLogValue(
    writer,
    {
      producerId,
      producerEpoch,
      transactionTimeoutMs: timeoutMs,
      transactionStatus: idOf(state),
      transactionPartitions: state === 'Empty' ? null : lists,
      transactionLastUpdateTimestampMs: metadata.lastUpdateTimestampMs,
      transactionStartTimestampMs: metadata.startTimestampMs,
      ...(level >= 1 && {
        previousProducerId: metadata.previousProducerId,
        nextProducerId: metadata.nextProducerId,
        clientTransactionVersion: metadata.clientVersion,
      }),
    },
    level >= 1 ? 1 : 0,
  )
  return { key, value: take() }
}

/** Undefined for types, versions and states that are not known. Throws `DecodeError`. */
export function readTransactionRecord(key: Buffer, value: Buffer | null): TransactionEntry | undefined {
  if (key.length < 2 || key.readInt16BE(0) !== keyType) return undefined
  const { transactionalId } = decodeTransactionLogKey(new Reader(key))
  if (!value) return { transactionalId, metadata: null }
  if (value.length < 2 || value.readInt16BE(0) < 0 || value.readInt16BE(0) > valueVersionMax) return undefined
  const stored = decodeTransactionLogValue(new Reader(value))
  const state = stateOf(stored.transactionStatus)
  if (!state) return undefined
  const lists = stored.transactionPartitions ?? []
  const metadata: TransactionMetadata = {
    state,
    producerId: stored.producerId,
    previousProducerId: stored.previousProducerId,
    nextProducerId: stored.nextProducerId,
    producerEpoch: stored.producerEpoch,
    lastProducerEpoch: noProducerEpoch,
    timeoutMs: stored.transactionTimeoutMs,
    partitions:
      state === 'Empty'
        ? noPartitions
        : partitionsOf(lists.map(({ topic, partitionIds }) => ({ topic, partitions: partitionIds }))),
    startTimestampMs: stored.transactionStartTimestampMs,
    lastUpdateTimestampMs: stored.transactionLastUpdateTimestampMs,
    clientVersion: stored.clientTransactionVersion,
  }
  return { transactionalId, metadata }
}
