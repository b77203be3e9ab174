// Whether the disk has room: why nothing more is taken where it has none, and the reserve out of which room is made.
import type { Clock } from '@millrace/runtime'
import { type LogError, messageOf, storageError } from '../api/errors.ts'
import { lacksRoom } from './disk-errors.ts'
import type { Reserve } from './reserve.ts'

/**
 * What keeps the storage from taking more: `journal`, whose batches do not fit into their files; `sync`, before which something has to be
 * written; `reserve`, which is used up; `owner`, who asked for it (`LogManager.withhold`).
 */
export type Obstacle = 'journal' | 'sync' | 'reserve' | 'owner'

interface RoomLogger {
  info(message: string): void
  error(message: string): void
}

export interface RoomOptions {
  readonly directory: string
  readonly reserve: Reserve
  readonly clock: Clock
  readonly logger: RoomLogger
}

/** How long to wait before the reserve is tried to be filled again. */
const refillMs = 1000

export class Room {
  /** Called when the disk turns out to be full: what is to be deleted later can be deleted now. */
  onShort: () => void = () => {}
  readonly #options: RoomOptions
  readonly #obstacles = new Map<Obstacle, LogError>()
  /** An operator has been told that nothing is taken. */
  #isTold = false
  #closed = false

  constructor(options: RoomOptions) {
    this.#options = options
  }

  /** Nothing is taken at present; it will be again without anybody's doing in this process. */
  get blocked(): boolean {
    return this.#obstacles.size > 0
  }

  /** Why nothing is taken at present, or undefined. */
  get refusal(): LogError | undefined {
    for (const refusal of this.#obstacles.values()) return refusal
    return undefined
  }

  /** Nothing more is taken until `unblock` for the same obstacle. */
  block(obstacle: Obstacle, cause: unknown): void {
    if (lacksRoom(cause)) this.onShort()
    if (this.#obstacles.has(obstacle)) return
    const { directory, logger } = this.#options
    const refusal = storageError(
      `${directory} cannot be written to: ${messageOf(cause)}; writing goes on when it can`,
      cause,
    )
    this.#obstacles.set(obstacle, refusal)
    // The owner knows, and mostly takes it back at once.
    if (obstacle === 'owner') return
    this.#isTold = true
    logger.error(refusal.message)
  }

  unblock(obstacle: Obstacle): void {
    if (!this.#obstacles.delete(obstacle) || this.blocked || !this.#isTold) return
    this.#isTold = false
    this.#options.logger.info(`${this.#options.directory} can be written to again`)
  }

  /** Fills the reserve when that has not been done, some time after the start. */
  open(): void {
    if (!this.#options.reserve.isWhole()) this.#refillLater()
  }

  close(): void {
    this.#closed = true
  }

  /**
   * Runs something that makes room, or has to be written before room is made. Where there is none for it, it is run once more with that of
   * the reserve: nothing else is taken then until the reserve can be filled again.
   */
  async making<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      this.#release(error)
    }
    return await run()
  }

  /** The same for what is done at once. */
  makingNow<T>(run: () => T): T {
    try {
      return run()
    } catch (error) {
      this.#release(error)
    }
    return run()
  }

  #release(error: unknown): void {
    if (!lacksRoom(error) || this.#closed) throw error
    if (!this.#options.reserve.release()) {
      this.onShort()
      throw error
    }
    this.block('reserve', error)
    this.#refillLater()
  }

  #refillLater(): void {
    this.#options.clock.setTimer(refillMs, () => this.#refill(), { unref: true })
  }

  #refill(): void {
    if (this.#closed) return
    if (this.#options.reserve.fill()) this.unblock('reserve')
    else this.#refillLater()
  }
}
