// Which errors of a producer are about the record, which about the moment, and which about the producer. Pure.
import {
  AuthenticationError,
  BrokerError,
  ClosedError,
  ConfigError,
  DeliveryTimeoutError,
  KafkaError,
  RecordTooLargeError,
  SerializationError,
  StateError,
} from '@millrace/client'

/** Codes of brokers that find fault with the record itself. */
const ofRecord: ReadonlySet<string> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'CORRUPT_MESSAGE',
  'INVALID_TOPIC_EXCEPTION',
])

/** What a failed write is about: `moment` may pass, `record` is for its sender to mend, `producer` means that nothing can be written any more. */
export function writeErrorOf(error: unknown): 'moment' | 'record' | 'producer' {
  if (error instanceof RecordTooLargeError) return 'record'
  if (error instanceof SerializationError) return error.retriable ? 'moment' : 'record'
  if (error instanceof DeliveryTimeoutError) return 'moment'
  if (error instanceof StateError || error instanceof TypeError) return 'record'
  if (error instanceof BrokerError) {
    if (error.retriable) return 'moment'
    return ofRecord.has(error.code) ? 'record' : 'producer'
  }
  if (error instanceof ClosedError || error instanceof ConfigError || error instanceof AuthenticationError)
    return 'producer'
  if (error instanceof KafkaError)
    return error.retriable || error.code === 'OPERATION_TIMEOUT' ? 'moment' : 'producer'
  // A partitioner or a hook of the user's.
  return 'record'
}

/** What ended a transaction, where the error says no more than that it has ended. */
export function causeOf(error: unknown): Error {
  const { cause } = error as Error
  return error instanceof KafkaError && cause instanceof Error ? cause : (error as Error)
}
