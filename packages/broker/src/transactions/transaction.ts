// What is known of one transactional id: what its last durable record says, and what is on its way.
import { isPrepared, type TransactionState } from './transaction-state.ts'
import { noPartitions, type TopicPartitions } from './topic-partitions.ts'

export const noProducerId = -1
export const noProducerEpoch = -1
export const noTimestampMs = -1
const epochMax = 2 ** 15 - 1
/** The timeout of transactions that take part in a two-phase commit (KIP-939): they have none. In milliseconds. */
export const noTimeoutMs = 2 ** 31 - 1

/** The version of the protocol that ends each transaction with a new epoch (KIP-890). */
export const epochBumpVersion = 2

/** Kafka's `TransactionMetadata`. One record has all of it but `lastProducerEpoch`. */
export interface TransactionMetadata {
  readonly state: TransactionState
  readonly producerId: number
  /** That of the state before. */
  readonly previousProducerId: number
  /** While the end of a transaction is prepared whose producer has used up its epochs: the id to go on with. */
  readonly nextProducerId: number
  /** -1 as long as nothing is stored. */
  readonly producerEpoch: number
  /** By which a retry is told from a producer that was fenced; -1 for none. In memory only. */
  readonly lastProducerEpoch: number
  readonly timeoutMs: number
  /** Partitions that may have records of the open transaction, or may lack its marker. */
  readonly partitions: TopicPartitions
  /** Wall-clock milliseconds; -1 for no transaction yet. */
  readonly startTimestampMs: number
  /** Wall-clock milliseconds. */
  readonly lastUpdateTimestampMs: number
  /** Version of transactions that the producer spoke at the last change. */
  readonly clientVersion: number
}

/** No epoch is given out that could not be followed by one more: the coordinator must be able to fence its producer. */
export function isEpochExhausted(producerEpoch: number): boolean {
  return producerEpoch >= epochMax - 1
}

/** The epoch after this one. The last one of all has none. */
export function epochAfter(producerEpoch: number): number {
  return producerEpoch === epochMax ? producerEpoch : producerEpoch + 1
}

/** One transactional id. `step` alone changes it. */
export class Transaction {
  readonly transactionalId: string
  /** As the last durable record says. */
  metadata: TransactionMetadata
  /**
   * What comes next: its record is being written, or the markers that must stand in front of it are. While it is set nothing else may
   * happen to the transaction.
   */
  pending: TransactionMetadata | null = null

  constructor(transactionalId: string, metadata: TransactionMetadata) {
    this.transactionalId = transactionalId
    this.metadata = metadata
  }

  /** Whether anything is stored of it. */
  get isStored(): boolean {
    return this.metadata.producerEpoch !== noProducerEpoch
  }

  /** Whether it may have records that readers wait for. */
  get isOpen(): boolean {
    return this.metadata.state === 'Ongoing' || isPrepared(this.metadata.state)
  }
}

/** An id that nobody has used before. It exists once its first record is durable. */
export function newTransaction(
  transactionalId: string,
  producerId: number,
  timeoutMs: number,
  nowMs: number,
): Transaction {
  return new Transaction(transactionalId, {
    state: 'Empty',
    producerId,
    previousProducerId: noProducerId,
    nextProducerId: noProducerId,
    producerEpoch: noProducerEpoch,
    lastProducerEpoch: noProducerEpoch,
    timeoutMs,
    partitions: noPartitions,
    startTimestampMs: noTimestampMs,
    lastUpdateTimestampMs: nowMs,
    clientVersion: 0,
  })
}
