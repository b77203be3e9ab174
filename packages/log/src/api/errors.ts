// What the log refuses, with the error code of the Kafka protocol that says it on the wire.
import { ErrorCode } from '@millrace/protocol/base'

/** Errors of the Kafka protocol that the log answers with. */
export type LogErrorName =
  | 'OFFSET_OUT_OF_RANGE'
  | 'CORRUPT_MESSAGE'
  | 'RECORD_LIST_TOO_LARGE'
  | 'OUT_OF_ORDER_SEQUENCE_NUMBER'
  | 'INVALID_PRODUCER_EPOCH'
  | 'INVALID_TXN_STATE'
  | 'TRANSACTION_COORDINATOR_FENCED'
  | 'KAFKA_STORAGE_ERROR'
  | 'INVALID_RECORD'

/** An operation that the log refused. Nothing was changed unless the message says otherwise. */
export class LogError extends Error {
  override readonly name = 'LogError'
  /** Error code of the Kafka protocol. */
  readonly code: number
  /** Its name in the protocol, e.g. `OFFSET_OUT_OF_RANGE`. */
  readonly codeName: LogErrorName

  constructor(codeName: LogErrorName, message: string, options?: ErrorOptions) {
    super(message, options)
    this.codeName = codeName
    this.code = ErrorCode[codeName]
  }
}

/** A data directory that cannot be opened as it is: of another format, of another cluster, or damaged beyond what recovery may mend. */
export class DirectoryFormatError extends Error {
  override readonly name = 'DirectoryFormatError'
}

/** The storage's refusal after the disk let it down. */
export function storageError(message: string, cause?: unknown): LogError {
  return new LogError('KAFKA_STORAGE_ERROR', message, cause === undefined ? undefined : { cause })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
