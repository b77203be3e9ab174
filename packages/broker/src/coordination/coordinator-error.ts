// What clients are told when a coordinator's log refuses: codes that send them to find the coordinator again.
import { LogError } from '@millrace/log'
import { ErrorCode } from '@millrace/protocol'
import { InvariantError } from '@millrace/runtime'
import { ApiError } from '../api-error.ts'

/** Kafka's translation of append errors for the APIs of coordinators (`CoordinatorOperationExceptionHelper`). */
export function coordinatorErrorCode(error: unknown): number {
  // Our defect: nobody else would answer better, so nobody is sent to look for another coordinator.
  if (error instanceof InvariantError) return ErrorCode.UNKNOWN_SERVER_ERROR
  const code =
    error instanceof ApiError || error instanceof LogError ? error.code : ErrorCode.KAFKA_STORAGE_ERROR
  switch (code) {
    case ErrorCode.UNKNOWN_TOPIC_OR_PARTITION:
    case ErrorCode.NOT_ENOUGH_REPLICAS:
    case ErrorCode.REQUEST_TIMED_OUT:
      return ErrorCode.COORDINATOR_NOT_AVAILABLE
    case ErrorCode.NOT_LEADER_OR_FOLLOWER:
    case ErrorCode.KAFKA_STORAGE_ERROR:
      return ErrorCode.NOT_COORDINATOR
    case ErrorCode.MESSAGE_TOO_LARGE:
    case ErrorCode.RECORD_LIST_TOO_LARGE:
      return ErrorCode.UNKNOWN_SERVER_ERROR
    default:
      return code
  }
}

/** What `run` resolves with, or what `otherwise` makes of the error code that its failure means. */
export async function orError<Reply>(
  run: () => Promise<Reply>,
  otherwise: (errorCode: number) => Reply,
): Promise<Reply> {
  try {
    return await run()
  } catch (error) {
    return otherwise(coordinatorErrorCode(error))
  }
}
