// What a record that could not be sent is about: itself, its topic, or all that is sent. Pure.
import {
  AuthenticationError,
  BrokerError,
  ClosedError,
  ConfigError,
  KafkaError,
  RecordTooLargeError,
  StateError,
} from '@millrace/client'

/** `record`: no other attempt helps, unless somebody changes something. `topic`: other records of the topic would fare no better for now. `all`: nor would any. */
export type Fault = 'record' | 'topic' | 'all'

/** Codes of brokers that find fault with the record itself. */
const ofRecord: ReadonlySet<string> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'CORRUPT_MESSAGE',
  'INVALID_TOPIC_EXCEPTION',
])

/** Codes of brokers that let this client write nowhere. */
const ofAll: ReadonlySet<string> = new Set(['CLUSTER_AUTHORIZATION_FAILED', 'UNSUPPORTED_VERSION'])

export function faultOf(error: unknown): Fault {
  if (error instanceof RecordTooLargeError || error instanceof StateError) return 'record'
  if (error instanceof AuthenticationError || error instanceof ClosedError || error instanceof ConfigError)
    return 'all'
  if (error instanceof BrokerError) {
    if (ofRecord.has(error.code)) return 'record'
    return ofAll.has(error.code) ? 'all' : 'topic'
  }
  if (error instanceof KafkaError) return 'topic'
  // A partitioner or a hook of the user's.
  return 'record'
}
