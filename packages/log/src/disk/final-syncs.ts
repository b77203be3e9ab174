// A disk whose failed syncs are final: sorted by operation, whatever the error code, and no later sync is believed.
import type { LogError } from '../api/errors.ts'
import { SyncError, systemCall } from './disk-errors.ts'
import type { Disk, DiskFile } from './disk.ts'

/** What the storage does about it: takes note that nothing written can be trusted any more, and returns its refusal. */
export interface SyncJudge {
  /** The refusal after an earlier failure, or undefined while all is well. */
  readonly failure: LogError | undefined
  fail(what: string, cause: unknown): LogError
}

/**
 * The same disk; a `datasync` or `syncDirectory` that fails is told to `judge` and rejects with its refusal, as does every one after it
 * and every one that was under way: after a failed sync the system counts what it could not write as clean, and calls the next
 * sync of the same file a success. ENOSPC and EDQUOT are no exception (delayed allocation, quotas, network file systems): only the
 * ENOSPC of a write says that nothing has changed.
 */
export function finalSyncs(disk: Disk, judge: SyncJudge): Disk {
  const refuse = (path: string, error: unknown): never => {
    // A directory that cannot be opened was not synced, and nothing of it is lost by that.
    if (systemCall(error) === 'open') throw error
    throw judge.fail(`syncing ${path}`, new SyncError(path, error))
  }
  const settle = async (path: string, sync: () => Promise<void>): Promise<void> => {
    if (judge.failure) throw judge.failure
    try {
      await sync()
    } catch (error) {
      refuse(path, error)
    }
    if (judge.failure) throw judge.failure
  }
  const settleNow = (path: string, sync: () => void): void => {
    if (judge.failure) throw judge.failure
    try {
      sync()
    } catch (error) {
      refuse(path, error)
    }
  }
  return {
    open: (path, mode) => new FinalSyncFile(disk.open(path, mode), settle, settleNow),
    readFile: path => disk.readFile(path),
    writeFile: (path, bytes) => disk.writeFile(path, bytes),
    stat: path => disk.stat(path),
    space: path => disk.space?.(path),
    readDirectory: path => disk.readDirectory(path),
    makeDirectory: path => disk.makeDirectory(path),
    removeDirectory: path => disk.removeDirectory(path),
    rename: (from, to) => disk.rename(from, to),
    unlink: path => disk.unlink(path),
    unlinkAside: path => disk.unlinkAside(path),
    syncDirectory: path => settle(path, () => disk.syncDirectory(path)),
    lock: (directory, name) => disk.lock(directory, name),
  }
}

class FinalSyncFile implements DiskFile {
  readonly path: string
  readonly #file: DiskFile
  readonly #settle: (path: string, sync: () => Promise<void>) => Promise<void>
  readonly #settleNow: (path: string, sync: () => void) => void
  readonly #running = new Set<Promise<void>>()

  constructor(
    file: DiskFile,
    settle: (path: string, sync: () => Promise<void>) => Promise<void>,
    settleNow: (path: string, sync: () => void) => void,
  ) {
    this.path = file.path
    this.#file = file
    this.#settle = settle
    this.#settleNow = settleNow
  }

  sizeInBytes(): number {
    return this.#file.sizeInBytes()
  }

  writev(chunks: readonly Uint8Array[], position: number): void {
    this.#file.writev(chunks, position)
  }

  readNow(target: Uint8Array, position: number): number {
    return this.#file.readNow(target, position)
  }

  read(target: Uint8Array, position: number): Promise<number> {
    return this.#file.read(target, position)
  }

  truncate(sizeInBytes: number): void {
    this.#file.truncate(sizeInBytes)
  }

  datasync(): Promise<void> {
    return this.#settle(this.path, () => this.#sync())
  }

  datasyncNow(): void {
    this.#settleNow(this.path, () => this.#file.datasyncNow())
  }

  /** Of syncs of one file beside each other, a commit's and a recovery point's, the system tells only one that a write was lost: each hears of all. */
  async #sync(): Promise<void> {
    const own = this.#file.datasync()
    this.#running.add(own)
    try {
      await own
    } finally {
      this.#running.delete(own)
    }
    if (this.#running.size > 0) await Promise.all(this.#running)
  }

  close(): void {
    this.#file.close()
  }
}
