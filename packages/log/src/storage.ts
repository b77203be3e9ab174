// What all partitions of a data directory share: disk, clock, limits, caches, and whether the disk can still be trusted.
import { BufferPool } from '@millrace/protocol'
import type { Clock, Random } from '@millrace/runtime'
import { Arena } from './arena.ts'
import { Checkpoints } from './checkpoints.ts'
import { Committer } from './committer.ts'
import type { StorageLimits } from './config.ts'
import { defaultLogConfig } from './config.ts'
import type { Disk } from './disk.ts'
import { type LogError, messageOf, storageError } from './errors.ts'
import { FileCache } from './file-cache.ts'
import { HotTail } from './hot-tail.ts'
import { IndexCache } from './index-cache.ts'
import type { LogLogger } from './log-logger.ts'
import { SharedRun } from './shared-run.ts'

export class Storage {
  readonly disk: Disk
  readonly directory: string
  readonly clock: Clock
  readonly random: Random
  readonly logger: LogLogger
  readonly limits: StorageLimits
  /** Whether files are synced at all (`log.fsync=group`) or only written (`never`). */
  readonly syncs: boolean
  readonly files: FileCache
  readonly indexCache: IndexCache
  readonly hotTail: HotTail
  readonly arena = new Arena()
  readonly #rootSync: SharedRun
  readonly buffers = new BufferPool()
  /** Of segments whose partition's settings are not known while they are recovered. */
  readonly segmentIndexBytes = defaultLogConfig.segmentIndexBytes
  readonly indexIntervalBytes = defaultLogConfig.indexIntervalBytes
  /** No partition's leader epoch is smaller: see `LogManager.leaderEpoch`. */
  leaderEpoch = 0
  /** Brings appended batches into the files. */
  readonly committer: Committer
  readonly checkpoints: Checkpoints
  #failure: LogError | undefined
  #full: LogError | undefined

  constructor(
    options: Pick<Storage, 'disk' | 'directory' | 'clock' | 'random' | 'logger' | 'limits' | 'syncs'>,
  ) {
    this.disk = options.disk
    this.directory = options.directory
    this.clock = options.clock
    this.random = options.random
    this.logger = options.logger
    this.limits = options.limits
    this.syncs = options.syncs
    this.files = new FileCache(options.disk, options.limits.openFilesMax)
    this.indexCache = new IndexCache(options.limits.indexCacheMaxBytes)
    this.hotTail = new HotTail(options.limits.tailMaxBytes, this.arena)
    this.checkpoints = new Checkpoints(options.disk, options.directory, options.logger)
    this.committer = new Committer(this)
    this.#rootSync = new SharedRun(async () => {
      await Promise.all([this.checkpoints.storeForgotten(), options.disk.syncDirectory(options.directory)])
    })
  }

  /**
   * Makes the names of partition directories and journals durable, and that those of deleted partitions mean nothing any more. Who asks in
   * the same turn shares it.
   */
  syncRoot(): Promise<void> {
    return this.#rootSync.request()
  }

  /** Why nothing may be written any more, or undefined while all is well. */
  get failure(): LogError | undefined {
    return this.#failure
  }

  /**
   * Gives writing up for good. After a failed sync the system may have dropped the data and still call the next sync a success,
   * so only a restart, which reads what is really there, can be believed.
   */
  fail(what: string, cause: unknown): LogError {
    if (!this.#failure) {
      this.#failure = storageError(
        `${what}: ${messageOf(cause)}. The storage in ${this.directory} takes no more writes until the broker is restarted; reads go on`,
        cause,
      )
      this.logger.error(this.#failure.message)
    }
    return this.#failure
  }

  /** Batches of the journal cannot be written to their files for now: nothing more is taken until they are. */
  block(cause: unknown): void {
    if (this.#full) return
    this.#full = storageError(
      `${this.directory} cannot be written to: ${messageOf(cause)}; writing goes on when it can`,
      cause,
    )
    this.logger.error(this.#full.message)
  }

  unblock(): void {
    if (this.#full) this.logger.info(`${this.directory} can be written to again`)
    this.#full = undefined
  }

  get blocked(): boolean {
    return this.#full !== undefined
  }

  assertWritable(): void {
    if (this.#failure) throw this.#failure
    if (this.#full) throw this.#full
  }
}
