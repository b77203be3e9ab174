// What the log refuses, with the error code of the Kafka protocol that says it on the wire.

/** Codes of the Kafka protocol that the log answers with. */
export const logErrorCodes = {
  OFFSET_OUT_OF_RANGE: 1,
  CORRUPT_MESSAGE: 2,
  RECORD_LIST_TOO_LARGE: 18,
  OUT_OF_ORDER_SEQUENCE_NUMBER: 45,
  INVALID_PRODUCER_EPOCH: 47,
  INVALID_TXN_STATE: 48,
  TRANSACTION_COORDINATOR_FENCED: 52,
  KAFKA_STORAGE_ERROR: 56,
  UNKNOWN_PRODUCER_ID: 59,
  INVALID_RECORD: 87,
} as const

export type LogErrorName = keyof typeof logErrorCodes

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
    this.code = logErrorCodes[codeName]
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

/** `code` of a system error, or undefined. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** The operation that failed, as the system names it (`open`, `fsync` …), or undefined. */
export function systemCall(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && typeof error.syscall === 'string'
    ? error.syscall
    : undefined
}

/** A sync that failed. It has no code of its own: no code makes it pass. */
export class SyncError extends Error {
  override readonly name = 'SyncError'

  constructor(path: string, cause: unknown) {
    super(messageOf(cause), { cause })
    this.path = path
  }

  readonly path: string
}

const lackOfRoomCodes = new Set(['ENOSPC', 'EDQUOT'])
const lackOfHandlesCodes = new Set(['EMFILE', 'ENFILE'])
/** The disk itself is broken, or not to be written to. */
const finalCodes = new Set(['EIO', 'EROFS', 'EBADF'])

function codeOf(error: unknown): string | undefined {
  return systemCode(error instanceof LogError ? error.cause : error)
}

/** Whether a write found no room: nothing has changed, and it works once there is some. */
export function lacksRoom(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && lackOfRoomCodes.has(code)
}

/** Whether what was refused for lack of room or handles will be possible by itself. */
export function mayBeTriedAgain(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && (lackOfRoomCodes.has(code) || lackOfHandlesCodes.has(code))
}

/**
 * Whether writing may work again by itself: no room, no handles, a directory that somebody took away. Never after a failed sync, whose
 * error has no code (`SyncError`).
 */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && !finalCodes.has(code)
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
