// Makes errors of KafkaJS of the client's own: names, numbers and what may be tried again are those of KafkaJS, the sentence is the client's.
import { errorByCode, ErrorCode } from '@millrace/protocol'
import {
  AuthenticationError,
  BrokerError,
  ConnectionError,
  CorruptRecordError,
  DeliveryTimeoutError,
  GroupError,
  KafkaError,
  OperationTimeoutError,
  PositionError,
  ProducerFencedError,
  ProtocolError,
  RecordTooLargeError,
  RequestTimeoutError,
  TransactionAbortableError,
  TransactionFatalError,
  UnsupportedVersionError,
} from '../errors/index.ts'
import { isOfApplication } from './application-errors.ts'
import {
  isKafkaJSError,
  isRebalancing,
  KafkaJSConnectionClosedError,
  KafkaJSConnectionError,
  KafkaJSError,
  KafkaJSNonRetriableError,
  KafkaJSOffsetOutOfRange,
  KafkaJSProtocolError,
  KafkaJSRequestTimeoutError,
  KafkaJSSASLAuthenticationError,
  KafkaJSServerDoesNotSupportApiKey,
} from './errors.ts'

/** Names that KafkaJS has from older releases of Kafka, or made up. */
const olderNames: ReadonlyMap<number, string> = new Map([
  [ErrorCode.UNKNOWN_SERVER_ERROR, 'UNKNOWN'],
  [ErrorCode.NOT_LEADER_OR_FOLLOWER, 'NOT_LEADER_FOR_PARTITION'],
  [ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, 'GROUP_LOAD_IN_PROGRESS'],
  [ErrorCode.COORDINATOR_NOT_AVAILABLE, 'GROUP_COORDINATOR_NOT_AVAILABLE'],
  [ErrorCode.NOT_COORDINATOR, 'NOT_COORDINATOR_FOR_GROUP'],
])

/** What KafkaJS tries again otherwise than Kafka says. */
const otherwiseRetriable: ReadonlyMap<number, boolean> = new Map<number, boolean>([
  [ErrorCode.CONCURRENT_TRANSACTIONS, true],
])

const faq = 'https://kafka.js.org/docs/faq#what-does-it-mean-to-get-rebalance-in-progress-errors'
const saslPage = 'https://kafka.js.org/docs/configuration#sasl'
const helpUrls: ReadonlyMap<number, string> = new Map([
  [ErrorCode.REBALANCE_IN_PROGRESS, faq],
  [ErrorCode.SASL_AUTHENTICATION_FAILED, saslPage],
])

/** What KafkaJS says of an error of the protocol: what its error classes are made of. */
export function protocolErrorFields(errorCode: number, message?: string | null): Error {
  const { name, retriable, message: sentence } = errorByCode(errorCode)
  return {
    name: 'Error',
    type: olderNames.get(errorCode) ?? name,
    code: errorCode,
    retriable: otherwiseRetriable.get(errorCode) ?? retriable,
    message: message ?? sentence,
    ...(helpUrls.has(errorCode) && { helpUrl: helpUrls.get(errorCode) }),
  } as Error
}

/** The error of KafkaJS for a code. */
export function protocolError(
  errorCode: number,
  message?: string | null,
  cause?: unknown,
): KafkaJSProtocolError {
  return new KafkaJSProtocolError(protocolErrorFields(errorCode, message), { cause })
}

/** Whether the group has gone on without this member, which joins again by itself. */
export function isOfGroup(error: Error): boolean {
  return isRebalancing(error) || (error as Partial<KafkaJSProtocolError>).type === 'UNKNOWN_MEMBER_ID'
}

/** The error that a KafkaJS application expects in place of one of the client's; others, as those of the application's own functions, stay what they are. */
export function toKafkaJSError(error: unknown): Error {
  if (error instanceof BrokerError) return protocolError(error.errorCode, error.message, error)
  if (error instanceof ConnectionError) return connectionError(error)
  if (error instanceof KafkaError) return otherError(error)
  return error instanceof Error ? error : new Error(String(error))
}

/** What the system said, where it is among the causes: `ECONNREFUSED`. */
function systemError(error: Error): NodeJS.ErrnoException | undefined {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0]
    if ((cause as NodeJS.ErrnoException).code !== undefined) return cause
  }
  return undefined
}

function connectionError(error: ConnectionError): Error {
  const { broker, cause } = error
  // What a function that is called in the course of a login has to say: there is no token, for one.
  if (isKafkaJSError(cause) || isOfApplication(cause)) return cause
  if (error.code === 'CONNECTION_CLOSED') {
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(broker ?? '') ?? []
    return withCause(
      new KafkaJSConnectionClosedError('Closed connection', { host, port: Number(port) }),
      error,
    )
  }
  const system = systemError(error)
  const metadata = { ...(broker !== undefined && { broker }), ...(system?.code && { code: system.code }) }
  const timedOut = error.cause instanceof Error && error.cause.name === 'TimeoutError'
  const message = timedOut ? 'Connection timeout' : `Connection error: ${system?.message ?? error.message}`
  return withCause(new KafkaJSConnectionError(message, metadata), error)
}

/** KafkaJS's constructors take no cause; what the client had to say is worth keeping. */
function withCause<E extends KafkaJSError>(error: E, cause: Error): E {
  return Object.defineProperty(error, 'cause', { value: cause, enumerable: false, configurable: true })
}

const byCode: readonly (readonly [abstract new (...args: never[]) => KafkaError, number])[] = [
  [RecordTooLargeError, ErrorCode.MESSAGE_TOO_LARGE],
  [ProducerFencedError, ErrorCode.INVALID_PRODUCER_EPOCH],
  [CorruptRecordError, ErrorCode.CORRUPT_MESSAGE],
]

function otherError(error: KafkaError): Error {
  const { message } = error
  const code = byCode.find(([type]) => error instanceof type)?.[1]
  if (code !== undefined) return protocolError(code, message, error)
  if (error instanceof RequestTimeoutError)
    return withCause(
      new KafkaJSRequestTimeoutError(message, error.broker === undefined ? {} : { broker: error.broker }),
      error,
    )
  if (error instanceof AuthenticationError)
    return new KafkaJSSASLAuthenticationError(message, { cause: error })
  if (error instanceof UnsupportedVersionError)
    return withCause(new KafkaJSServerDoesNotSupportApiKey(message), error)
  if (error instanceof GroupError) return groupError(error)
  if (error instanceof PositionError) {
    const { topic, partition } = error
    const fields = protocolErrorFields(ErrorCode.OFFSET_OUT_OF_RANGE, message)
    return withCause(new KafkaJSOffsetOutOfRange(fields, { topic, partition }), error)
  }
  if (error instanceof ProtocolError) return new KafkaJSError(message, { cause: error })
  if (hasOrigin(error) && error.cause instanceof KafkaError) return toKafkaJSError(error.cause)
  return new KafkaJSNonRetriableError(message, { cause: error })
}

/** Whether the error only says what came of its cause, which is what KafkaJS throws. */
function hasOrigin(error: KafkaError): boolean {
  return (
    error instanceof OperationTimeoutError ||
    error instanceof DeliveryTimeoutError ||
    error instanceof TransactionAbortableError ||
    error instanceof TransactionFatalError
  )
}

function groupError(error: GroupError): KafkaJSProtocolError {
  if (error.cause instanceof BrokerError) return protocolError(error.cause.errorCode, error.message, error)
  return protocolError(
    error.code === 'FENCED' ? ErrorCode.FENCED_INSTANCE_ID : ErrorCode.REBALANCE_IN_PROGRESS,
    error.message,
    error,
  )
}

/** For `catch`: throws {@link toKafkaJSError} of what was caught. */
export function rethrow(error: unknown): never {
  throw toKafkaJSError(error)
}
