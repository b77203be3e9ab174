// What a client is told when storage refuses or fails.
import { LogError } from '@millrace/log'
import { ErrorCode } from '@millrace/protocol/base'

/** The Kafka code of an error out of the log: its own where it has one, else KAFKA_STORAGE_ERROR. */
export function storageErrorCode(error: unknown): number {
  return error instanceof LogError ? error.code : ErrorCode.KAFKA_STORAGE_ERROR
}
