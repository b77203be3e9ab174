// Which failures of a transaction another attempt may do better with, and which need somebody to look at them. Pure.
import { ErrorCode } from '@millrace/protocol'
import {
  BrokerError,
  ClosedError,
  ConfigError,
  GroupError,
  ProducerFencedError,
  RecordTooLargeError,
  SerializationError,
  StateError,
  TransactionAbortableError,
  TransactionFatalError,
  UnsupportedVersionError,
} from '../errors/index.ts'

/** What brokers say of a transaction that was overtaken: by a time-out, a restart, or another one that was faster. */
const overtaken: ReadonlySet<number> = new Set([
  ErrorCode.INVALID_PRODUCER_EPOCH,
  ErrorCode.INVALID_TXN_STATE,
  ErrorCode.TRANSACTION_ABORTABLE,
  ErrorCode.UNKNOWN_PRODUCER_ID,
  ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
  ErrorCode.OPERATION_NOT_ATTEMPTED,
])

/** Whether the transaction, not what was put into it, is what an error of the producer is about. */
export function concernsTransaction(error: unknown): boolean {
  return (
    error instanceof TransactionAbortableError ||
    error instanceof ProducerFencedError ||
    error instanceof TransactionFatalError ||
    error instanceof ClosedError
  )
}

/** Whether a producer that failed like this can do no more transactions. */
export function endsProducer(error: unknown): boolean {
  return error instanceof ProducerFencedError || error instanceof TransactionFatalError
}

/** Whether the same records may get through another time. */
export function mayPass(error: unknown): boolean {
  if (error instanceof TransactionAbortableError) return mayPass(error.cause)
  if (error instanceof TransactionFatalError) return error.recoverable
  if (error instanceof SerializationError) return error.retriable
  if (error instanceof BrokerError) return error.retriable || overtaken.has(error.errorCode)
  if (error instanceof GroupError) return error.code !== 'FENCED'
  return !(
    error instanceof RecordTooLargeError ||
    error instanceof UnsupportedVersionError ||
    error instanceof StateError ||
    error instanceof ConfigError ||
    error instanceof ClosedError
  )
}
