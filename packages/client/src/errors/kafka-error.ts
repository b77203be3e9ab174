// The errors this client raises: one base class, one subclass for each way a caller may want to react.
import { errorByCode } from '@millrace/protocol'

/** What an error has beside code and message. */
export interface KafkaErrorOptions extends ErrorOptions {
  /** Whether trying again, unchanged, can help. Default false. */
  readonly retriable?: boolean
}

/**
 * Base of every error of the client. `code` is stable and made for a `switch`: Kafka's own error name
 * (`UNKNOWN_TOPIC_OR_PARTITION`) for a {@link BrokerError}, otherwise one of the names listed at the subclasses.
 */
export class KafkaError extends Error {
  override readonly name: string = 'KafkaError'
  /** Stable name of what went wrong, to `switch` on; of what a broker says, Kafka’s own. */
  readonly code: string
  /** Whether the same call may work the next time. */
  readonly retriable: boolean

  /** For errors of your own that callers may tell apart as those of the client. `code` is for a `switch`. */
  constructor(code: string, message: string, options: KafkaErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.retriable = options.retriable ?? false
  }
}

/** A broker answered with an error code. `code` is Kafka's name of it, `errorCode` its number. */
export class BrokerError extends KafkaError {
  override readonly name = 'BrokerError'
  /** Kafka’s number of the error. */
  readonly errorCode: number

  /** `context` says what was asked of the broker: it starts the message. */
  constructor(errorCode: number, context: string, brokerMessage?: string | null) {
    const entry = errorByCode(errorCode)
    super(entry.name, `${context}: ${entry.name} (${errorCode}): ${brokerMessage ?? entry.message}`, {
      retriable: entry.retriable,
    })
    this.errorCode = errorCode
  }
}

interface ConversationErrorOptions extends ErrorOptions {
  /** The broker's address, `host:port`; left out where it is not about one. */
  readonly broker?: string
}

/** Codes `CONNECT_FAILED`, `CONNECTION_CLOSED`: the request may or may not have been carried out. Retriable. */
export class ConnectionError extends KafkaError {
  override readonly name = 'ConnectionError'
  /** The broker's address, `host:port`; undefined where it is not about one. */
  readonly broker: string | undefined

  constructor(
    code: 'CONNECT_FAILED' | 'CONNECTION_CLOSED',
    message: string,
    options?: ConversationErrorOptions,
  ) {
    super(code, message, { ...options, retriable: true })
    this.broker = options?.broker
  }
}

/** Code `REQUEST_TIMEOUT`: no answer within `requestTimeoutMs`. The connection is closed, as it is in Java. Retriable. */
export class RequestTimeoutError extends KafkaError {
  override readonly name = 'RequestTimeoutError'
  /** The broker's address, `host:port`; undefined where it is not about one. */
  readonly broker: string | undefined

  constructor(message: string, options?: ConversationErrorOptions) {
    super('REQUEST_TIMEOUT', message, { ...options, retriable: true })
    this.broker = options?.broker
  }
}

/** Code `OPERATION_TIMEOUT`: retries of a call used up its time. `cause` is the last failure. */
export class OperationTimeoutError extends KafkaError {
  override readonly name = 'OperationTimeoutError'

  constructor(message: string, options?: ErrorOptions) {
    super('OPERATION_TIMEOUT', message, options)
  }
}

/** Code `DELIVERY_TIMEOUT`: a batch was not acknowledged within `deliveryTimeoutMs`. It may have been written all the same. */
export class DeliveryTimeoutError extends KafkaError {
  override readonly name = 'DeliveryTimeoutError'

  constructor(message: string, options?: ErrorOptions) {
    super('DELIVERY_TIMEOUT', message, options)
  }
}

/** Code `RECORD_TOO_LARGE`: one record is larger than `maxRequestSize`, or than the topic allows. */
export class RecordTooLargeError extends KafkaError {
  override readonly name = 'RecordTooLargeError'

  constructor(message: string, options?: ErrorOptions) {
    super('RECORD_TOO_LARGE', message, options)
  }
}

/** Code `CONFIG_INVALID`: an option is unknown, of a wrong type, or contradicts another. */
export class ConfigError extends KafkaError {
  override readonly name = 'ConfigError'

  constructor(message: string) {
    super('CONFIG_INVALID', message)
  }
}

/** Code `CLOSED`: the client was closed, before the call or during it. */
export class ClosedError extends KafkaError {
  override readonly name = 'ClosedError'

  /** `reason`: what was given up for it. */
  constructor(what: string, reason?: string, options?: ErrorOptions) {
    super('CLOSED', `${what} is closed${reason === undefined ? '' : `: ${reason}`}`, options)
  }
}

/** Code `STATE_INVALID`: the call does not fit what the client is doing. The message says what to call first. */
export class StateError extends KafkaError {
  override readonly name = 'StateError'

  constructor(message: string) {
    super('STATE_INVALID', message)
  }
}

/** Code `VERSION_UNSUPPORTED`: the broker and this client have no version of the request in common. */
export class UnsupportedVersionError extends KafkaError {
  override readonly name = 'UnsupportedVersionError'

  constructor(message: string) {
    super('VERSION_UNSUPPORTED', message)
  }
}

/** Code `AUTHENTICATION_FAILED`: the broker refused the credentials. Not retried. */
export class AuthenticationError extends KafkaError {
  override readonly name = 'AuthenticationError'

  constructor(message: string, options?: ErrorOptions) {
    super('AUTHENTICATION_FAILED', message, options)
  }
}

/** Code `RESPONSE_INVALID`: bytes from a broker are not what the protocol says. The connection is closed. Retriable. */
export class ProtocolError extends KafkaError {
  override readonly name = 'ProtocolError'

  constructor(message: string, options?: ErrorOptions) {
    super('RESPONSE_INVALID', message, { ...options, retriable: true })
  }
}

/**
 * Code `RECORD_CORRUPT`: a fetched batch fails its checksum or cannot be decoded. It comes again with every request for records, until
 * the consumer is sought past it: `consumer.seek(error, error.nextOffset)`.
 */
export class CorruptRecordError extends KafkaError {
  override readonly name = 'CorruptRecordError'
  /** Where it is. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** The first offset that cannot be read. */
  readonly offset: number
  /** Where reading may go on: behind the batch, or the next offset where not even the end of the batch can be told. */
  readonly nextOffset: number

  constructor(
    place: {
      readonly topic: string
      readonly partition: number
      readonly offset: number
      readonly nextOffset: number
    },
    message: string,
    options?: ErrorOptions,
  ) {
    const { topic, partition, offset, nextOffset } = place
    super(
      'RECORD_CORRUPT',
      `${topic}-${partition} at offset ${offset}: ${message}; seek to ${nextOffset} to go on behind it`,
      options,
    )
    this.topic = topic
    this.partition = partition
    this.offset = offset
    this.nextOffset = nextOffset
  }
}

/**
 * Codes `NO_OFFSET` (no committed offset, or a topic that was made anew, and `autoOffsetReset: 'none'`), `OFFSET_OUT_OF_RANGE` and
 * `LOG_TRUNCATED`: the consumer has no valid position in a partition. Seek, or set `autoOffsetReset`.
 */
export class PositionError extends KafkaError {
  override readonly name = 'PositionError'
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number

  constructor(
    code: 'NO_OFFSET' | 'OFFSET_OUT_OF_RANGE' | 'LOG_TRUNCATED',
    topic: string,
    partition: number,
    message: string,
  ) {
    super(code, `${topic}-${partition}: ${message}`)
    this.topic = topic
    this.partition = partition
  }
}

/** Codes `COMMIT_FAILED` (the group moved on: another member owns the partitions) and `FENCED` (another client took the id). */
export class GroupError extends KafkaError {
  override readonly name = 'GroupError'

  constructor(code: 'COMMIT_FAILED' | 'FENCED', message: string, options?: ErrorOptions) {
    super(code, message, options)
  }
}

/**
 * Code `TRANSACTION_ABORTABLE`: this transaction cannot be committed, because of what `cause` says: abort it, and begin another one with the
 * same producer (KIP-1050).
 */
export class TransactionAbortableError extends KafkaError {
  override readonly name = 'TransactionAbortableError'

  constructor(message: string, options?: ErrorOptions) {
    super('TRANSACTION_ABORTABLE', message, options)
  }
}

/**
 * Code `PRODUCER_FENCED`: another producer with the same `transactionalId` has taken over, or the coordinator has ended a transaction that
 * took too long. This producer is over: close it. What it had open is aborted.
 */
export class ProducerFencedError extends KafkaError {
  override readonly name = 'ProducerFencedError'

  constructor(message: string, options?: ErrorOptions) {
    super('PRODUCER_FENCED', message, options)
  }
}

/**
 * Code `TRANSACTION_FATAL`: this producer can do no more transactions, because of what `cause` says: close it. Whether its last one is
 * committed is what the coordinator knows, which completes or aborts it before another producer with the same id begins.
 */
export class TransactionFatalError extends KafkaError {
  override readonly name = 'TransactionFatalError'
  /** Whether another producer may do better: false where the cluster forbids what is asked, or cannot do it. */
  readonly recoverable: boolean

  constructor(message: string, options: ErrorOptions & { readonly recoverable: boolean }) {
    super('TRANSACTION_FATAL', message, options)
    this.recoverable = options.recoverable
  }
}
