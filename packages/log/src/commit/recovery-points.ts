// Moves the recovery points of logs that have been written to for long enough.
import { messageOf } from '../api/errors.ts'
import { isPassing } from '../disk/disk-errors.ts'
import { moveRecoveryPoint } from '../partition/checkpoint.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Storage } from '../storage/storage.ts'

export class RecoveryPoints {
  readonly #storage: Storage
  readonly #moving = new Set<Promise<void>>()

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Some are being moved. */
  get busy(): boolean {
    return this.#moving.size > 0
  }

  /** Moves that of a log to its end when it is time. Where there is no room it stays; `Storage.failure` tells the rest. */
  moveIfDue(log: LocalLog): void {
    if (!log.recoveryPoint.isDue(log.writer.writtenBytes)) return
    const running = moveRecoveryPoint(log)
      .catch((error: unknown) => {
        if (log.closed) return
        // A sync that failed leaves nothing to believe; anything else is tried again when more has been written.
        if (isPassing(error))
          this.#storage.logger.warn(`the recovery point of ${log.name} stays: ${messageOf(error)}`)
        else this.#storage.fail(`moving the recovery point of ${log.name}`, error)
      })
      .finally(() => this.#moving.delete(running))
    this.#moving.add(running)
  }

  /** Resolves when those under way are moved. Does not reject. */
  async settled(): Promise<void> {
    await Promise.all(this.#moving)
  }
}
