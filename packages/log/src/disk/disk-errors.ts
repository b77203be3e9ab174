// What an error of the disk says of what was tried: sorted by what failed, not by who asked.
import { LogError, messageOf } from '../api/errors.ts'

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
