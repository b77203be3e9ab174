// What all partitions of a data directory share: disk, clock, limits, caches, and whether the disk can still be trusted.
import { BufferPool } from '@millrace/protocol/base'
import type { Clock, Random } from '@millrace/runtime'
import { defaultLogConfig, type StorageLimits } from '../api/config.ts'
import { type LogError, messageOf, storageError } from '../api/errors.ts'
import type { LogLogger } from '../api/logger.ts'
import type { Disk } from '../disk/disk.ts'
import { FileCache } from '../disk/file-cache.ts'
import { finalSyncs } from '../disk/final-syncs.ts'
import { Reserve } from '../disk/reserve.ts'
import { Room } from '../disk/room.ts'
import { SharedRun } from '../disk/shared-run.ts'
import { IndexCache } from '../segment/index-cache.ts'
import { Arena } from '../tail/arena.ts'
import { HotTail } from '../tail/hot-tail.ts'
import { Checkpoints } from './checkpoints.ts'

export class Storage {
  /** A sync of it that fails is the storage's end: see `fail`. */
  readonly disk: Disk
  readonly directory: string
  readonly clock: Clock
  readonly random: Random
  readonly logger: LogLogger
  readonly limits: StorageLimits
  /** May change: see `StorageLimits`. */
  producerIdExpirationMs: number
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
  readonly checkpoints: Checkpoints
  /** Whether the disk has room for more, and what is done without. */
  readonly room: Room
  #failure: LogError | undefined

  constructor(
    options: Pick<Storage, 'disk' | 'directory' | 'clock' | 'random' | 'logger' | 'limits' | 'syncs'>,
  ) {
    this.disk = finalSyncs(options.disk, this)
    this.directory = options.directory
    this.clock = options.clock
    this.random = options.random
    this.logger = options.logger
    this.limits = options.limits
    this.producerIdExpirationMs = options.limits.producerIdExpirationMs
    this.syncs = options.syncs
    this.files = new FileCache(this.disk, options.limits.openFilesMax)
    this.indexCache = new IndexCache(options.limits.indexCacheMaxBytes)
    this.hotTail = new HotTail(options.limits.tailMaxBytes, this.arena)
    const reserve = new Reserve(this.disk, options.directory, options.random, options.limits.reserveBytes)
    this.room = new Room({ ...options, reserve })
    this.checkpoints = new Checkpoints({ ...options, disk: this.disk })
    this.#rootSync = new SharedRun(async () => {
      const forgotten = this.room.making(() => this.checkpoints.storeForgotten())
      await Promise.all([forgotten, this.disk.syncDirectory(options.directory)])
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

  /** Throws unless the storage can be trusted. */
  assertSound(): void {
    if (this.#failure) throw this.#failure
  }

  /** Throws unless it takes more, too. */
  assertWritable(): void {
    this.assertSound()
    const { refusal } = this.room
    if (refusal) throw refusal
  }
}
