// What an error at each step of a transaction means for it, as Java's `TransactionManager` has it, and the errors that users get. Pure.
import { ErrorCode } from '@millrace/protocol'
import {
  AuthenticationError,
  BrokerError,
  GroupError,
  type KafkaError,
  ProducerFencedError,
  TransactionAbortableError,
  TransactionFatalError,
  UnsupportedVersionError,
} from '../../errors/index.ts'

/** What was asked of a broker. */
export type TransactionStep =
  | 'init'
  | 'raise epoch'
  | 'add partitions'
  | 'produce'
  | 'add offsets'
  | 'commit offsets'
  | 'commit'
  | 'abort'

/** `abort`: this transaction is lost, the producer is not. `over`: the producer is. `refused`: as before, but for what was asked. */
export type TransactionVerdict = 'abort' | 'fenced' | 'over' | 'refused'

const abortable: ReadonlySet<number> = new Set([
  ErrorCode.TRANSACTION_ABORTABLE,
  ErrorCode.UNKNOWN_PRODUCER_ID,
  ErrorCode.GROUP_AUTHORIZATION_FAILED,
  ErrorCode.TOPIC_AUTHORIZATION_FAILED,
  ErrorCode.FENCED_INSTANCE_ID,
  ErrorCode.UNKNOWN_MEMBER_ID,
  ErrorCode.ILLEGAL_GENERATION,
  ErrorCode.STALE_MEMBER_EPOCH,
  ErrorCode.REBALANCE_IN_PROGRESS,
  // The broker took nothing, and nothing that comes after depends on it.
  ErrorCode.OFFSET_METADATA_TOO_LARGE,
  ErrorCode.INVALID_COMMIT_OFFSET_SIZE,
])

const fatal: ReadonlySet<number> = new Set([
  ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
  ErrorCode.INVALID_PRODUCER_ID_MAPPING,
  ErrorCode.UNSUPPORTED_VERSION,
])

/** Another producer, under the same options, would meet the same. */
const hopeless: ReadonlySet<number> = new Set([
  ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
  ErrorCode.UNSUPPORTED_VERSION,
  ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT,
  ErrorCode.INVALID_TRANSACTION_TIMEOUT,
])

const groupMovedOn: ReadonlySet<number> = new Set([
  ErrorCode.UNKNOWN_MEMBER_ID,
  ErrorCode.ILLEGAL_GENERATION,
  ErrorCode.STALE_MEMBER_EPOCH,
  ErrorCode.REBALANCE_IN_PROGRESS,
])

/** Steps that leave the transaction open where they fail on our side: it can still be aborted. */
const revocable: ReadonlySet<TransactionStep> = new Set([
  'add partitions',
  'produce',
  'add offsets',
  'commit offsets',
])

/** Judges an error that no retry is for any more. */
export function judge(step: TransactionStep, error: unknown): TransactionVerdict {
  if (error instanceof UnsupportedVersionError || error instanceof AuthenticationError) return 'over'
  if (!(error instanceof BrokerError)) return revocable.has(step) ? 'abort' : 'over'
  const { errorCode } = error
  if (errorCode === ErrorCode.PRODUCER_FENCED) return 'fenced'
  if (errorCode === ErrorCode.INVALID_PRODUCER_EPOCH) return step === 'produce' ? 'abort' : 'fenced'
  if (step === 'init') return mayBeAllowedLater(errorCode) ? 'refused' : 'over'
  if (fatal.has(errorCode)) return 'over'
  // What cannot even be aborted leaves no way on.
  if (step === 'abort') return 'over'
  if (abortable.has(errorCode) || step === 'produce') return 'abort'
  return step === 'add partitions' && errorCode !== ErrorCode.INVALID_TXN_STATE ? 'abort' : 'over'
}

function mayBeAllowedLater(errorCode: number): boolean {
  return (
    errorCode === ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED ||
    errorCode === ErrorCode.CLUSTER_AUTHORIZATION_FAILED
  )
}

/** The error that says what is to be done now. */
export function explain(transactionalId: string, step: TransactionStep, cause: Error): KafkaError {
  const of = `transaction of "${transactionalId}"`
  switch (judge(step, cause)) {
    case 'fenced':
      return new ProducerFencedError(
        `${of}: another producer with this transactionalId has taken over, or the coordinator has ended a transaction that was open for longer than transactionTimeoutMs; close this producer (${cause.message})`,
        { cause },
      )
    case 'over':
      return new TransactionFatalError(
        `${of}: this producer can go on no more; close it (${cause.message})`,
        {
          cause,
          recoverable: isRecoverable(step, cause),
        },
      )
    default:
      return new TransactionAbortableError(
        `${of}: it can only be aborted, the producer is good for another one (${cause.message})`,
        { cause: groupError(cause) },
      )
  }
}

/** What a coordinator refuses because of the group, as a consumer's own commits have it. */
function groupError(error: Error): Error {
  if (!(error instanceof BrokerError)) return error
  if (groupMovedOn.has(error.errorCode)) {
    const message = `${error.message}: the group has rebalanced, and others may own the partitions`
    return new GroupError('COMMIT_FAILED', message, { cause: error })
  }
  if (error.errorCode !== ErrorCode.FENCED_INSTANCE_ID) return error
  const message = `${error.message}: another consumer has taken over the groupInstanceId`
  return new GroupError('FENCED', message, { cause: error })
}

function isRecoverable(step: TransactionStep, error: Error): boolean {
  // Brokers before 2.5 give a new epoch to a new producer only.
  if (step === 'raise epoch' && error instanceof UnsupportedVersionError) return true
  if (error instanceof BrokerError) return !hopeless.has(error.errorCode)
  return !(error instanceof UnsupportedVersionError || error instanceof AuthenticationError)
}
