// Which failures of transactions another attempt may get past.
import { KafkaError, ProducerFencedError, TransactionFatalError } from '@millrace/client'

/** What is said of transactions that somebody else, or time, was faster than. */
const overtaken: ReadonlySet<string> = new Set([
  'INVALID_PRODUCER_EPOCH',
  'INVALID_TXN_STATE',
  'PRODUCER_FENCED',
  'TRANSACTION_ABORTABLE',
  'UNKNOWN_PRODUCER_ID',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'OPERATION_NOT_ATTEMPTED',
  'OPERATION_TIMEOUT',
  'DELIVERY_TIMEOUT',
])

/** Whether the same may get through another time, with the same producer or another. */
export function mayPass(error: unknown): boolean {
  if (error instanceof TransactionFatalError) return error.recoverable
  if (error instanceof ProducerFencedError) return true
  const cause = (error as { readonly cause?: unknown } | null | undefined)?.cause ?? error
  return cause instanceof KafkaError && (cause.retriable || overtaken.has(cause.code))
}
