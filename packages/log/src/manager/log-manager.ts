// One data directory: its partitions, their group commit, recovery, retention and clean stop.
import type { Clock, Random } from '@millrace/runtime'
import { defaultLogConfig, defaultStorageLimits, type LogConfig, type StorageLimits } from '../api/config.ts'
import type { CleanerFigures, CleanerSettings } from '../api/cleaner.ts'
import { LogError, messageOf, storageError } from '../api/errors.ts'
import { type LogLogger, silentLogger } from '../api/logger.ts'
import type { CommitLevel } from '../api/types.ts'
import { GroupCommit } from '../commit/group-commit.ts'
import type { Disk, DiskLock, DiskSpace } from '../disk/disk.ts'
import { SharedRun } from '../disk/shared-run.ts'
import type { PartitionLog } from '../partition/partition-log.ts'
import { retain } from '../retention/retention.ts'
import { Storage } from '../storage/storage.ts'
import { Cleaning } from './cleaning.ts'
import { stopCleanly } from './clean-stop.ts'
import { makeDirectoryDurable, openDirectory } from './directory-identity.ts'
import { PartitionDirectories } from './partition-directories.ts'
import { startDirectory } from './start.ts'

export interface LogManagerOptions {
  readonly disk: Disk
  /** Made when missing. One broker at a time: others get `DirectoryLockedError`. */
  readonly directory: string
  readonly clock: Clock
  readonly random: Random
  /**
   * `group`: what was appended is durable, and visible to readers, after an `fdatasync` that it shares with all else of its time.
   * `never`: after the write; it then survives the death of the process, not that of the machine.
   */
  readonly fsync: 'group' | 'never'
  /** Of a new directory; an existing one must agree. Default: random. */
  readonly clusterId?: string
  /** Of a new directory; an existing one must agree. Default: what the directory says, else 1. */
  readonly nodeId?: number
  /** Called when readers of a log can see more. Must not throw. */
  readonly onHighWatermark?: (log: PartitionLog) => void
  readonly logger?: LogLogger
  readonly limits?: Partial<StorageLimits>
}

/** Topic, number and identity of a partition that exists. */
export interface PartitionName {
  readonly topic: string
  readonly partition: number
  readonly topicId: string
}

export class LogManager {
  readonly clusterId: string
  readonly nodeId: number
  readonly directoryId: string
  readonly #storage: Storage
  readonly #commits: GroupCommit
  readonly #lock: DiskLock
  readonly #partitions: PartitionDirectories
  readonly #cleaning: Cleaning
  #closing: Promise<void> | undefined
  /** A topic of a thousand partitions is deleted with one sync. */
  readonly #syncDeletions = new SharedRun(async () => {
    await Promise.all([this.#storage.syncRoot(), this.#commits.journals.sync()])
  })

  /**
   * Opens a data directory, made when missing. After a clean stop partitions are loaded when they are first asked for. After a crash
   * all are recovered before this resolves. Rejects with `DirectoryLockedError`, `DirectoryFormatError` or the disk's error.
   */
  static async open(options: LogManagerOptions): Promise<LogManager> {
    const { disk, directory, clock, random, fsync, logger = silentLogger } = options
    await makeDirectoryDurable(disk, directory, fsync === 'group')
    const lock = disk.lock(directory, '.lock')
    let manager: LogManager | undefined
    try {
      const limits = { ...defaultStorageLimits, ...options.limits }
      const properties = await openDirectory(options)
      const syncs = fsync === 'group'
      const storage = new Storage({ disk, directory, clock, random, logger, limits, syncs })
      manager = new LogManager(storage, lock, properties)
      await manager.#start()
      if (options.onHighWatermark) manager.#partitions.onHighWatermark = options.onHighWatermark
      return manager
    } catch (error) {
      if (manager) manager.#abandon('could not be recovered')
      lock.release()
      throw error
    }
  }

  private constructor(
    storage: Storage,
    lock: DiskLock,
    properties: { clusterId: string; nodeId: number; directoryId: string },
  ) {
    this.#storage = storage
    this.#lock = lock
    this.clusterId = properties.clusterId
    this.nodeId = properties.nodeId
    this.directoryId = properties.directoryId
    this.#commits = new GroupCommit(storage)
    this.#partitions = new PartitionDirectories(storage, this.#commits)
    this.#cleaning = new Cleaning(storage, this.#partitions)
  }

  async #start(): Promise<void> {
    const { room } = this.#storage
    await startDirectory(this.#storage, this.#commits.journals, this.#partitions)
    room.onShort = () => this.#partitions.deletions.hurry()
    room.open()
  }

  /** Why nothing can be written any more, or undefined while all is well. */
  get failure(): Error | undefined {
    return this.#storage.failure
  }

  /** The disk as the storage sees it: a sync that fails on it is the storage's end, whoever asked for it. */
  get disk(): Disk {
    return this.#storage.disk
  }

  /** What the file system of the directory has, where the disk can tell. */
  get space(): DiskSpace | undefined {
    return this.#storage.disk.space?.(this.#storage.directory)
  }

  /** Of all partitions, but for those with batches of a later one. Raised durably by who opens a directory again: readers see lost data by it. */
  set leaderEpoch(epoch: number) {
    this.#storage.leaderEpoch = epoch
  }

  /** In place of what `StorageLimits` says. Holds from the next retention on. */
  set producerIdExpirationMs(ms: number) {
    this.#storage.producerIdExpirationMs = ms
  }

  /** Takes no appends, but for those that make room (`AppendOptions.makesRoom`), until `accept`: they are refused with this reason. */
  withhold(reason: string): void {
    this.#storage.room.block('owner', new Error(reason))
  }

  accept(): void {
    this.#storage.room.unblock('owner')
  }

  /**
   * Tells where the settings of partitions come from that are loaded from disk, and sets up those that are loaded already. Until then
   * nothing expires.
   */
  useConfigs(configOf: (topic: string) => LogConfig | undefined): void {
    this.#partitions.configOf = configOf
    for (const log of this.#partitions.table.loaded()) log.config = configOf(log.topic) ?? log.config
  }

  /**
   * The log of a partition, loaded if need be; undefined when there is none. Cheap once it is loaded. Throws KAFKA_STORAGE_ERROR when
   * its files cannot be read.
   */
  get(topic: string, partition: number): PartitionLog | undefined {
    const slot = this.#partitions.table.get(topic, partition)
    if (!slot) return undefined
    if (slot.loaded) return slot.loaded.log
    try {
      return this.#partitions.load(slot).log
    } catch (error) {
      if (error instanceof LogError) throw error
      throw storageError(`loading ${topic}-${partition}: ${messageOf(error)}`, error)
    }
  }

  /** Whether there is such a partition, without loading it. */
  has(topic: string, partition: number): boolean {
    return this.#partitions.table.get(topic, partition) !== undefined
  }

  /**
   * The leader epoch that the log of a partition demands of clients, without loading it: what is not loaded is taken to have none of its own.
   * Directories that come from elsewhere may be ahead.
   */
  leaderEpochOf(topic: string, partition: number): number {
    return (
      this.#partitions.table.get(topic, partition)?.loaded?.local.leaderEpoch ?? this.#storage.leaderEpoch
    )
  }

  /** All partitions, without loading them. */
  partitions(): PartitionName[] {
    return Array.from(this.#partitions.table.all(), slot => ({
      topic: slot.topic,
      partition: slot.partition,
      topicId: this.#partitions.topicIdOf(slot),
    }))
  }

  /**
   * Makes a partition. Its directory is durable with the first commit that carries data of it. One that exists with the same topic id
   * is returned. Throws KAFKA_STORAGE_ERROR when the disk refuses, or a partition of another topic of this name is there.
   */
  create(
    topic: string,
    partition: number,
    topicId: string,
    config: LogConfig = defaultLogConfig,
  ): PartitionLog {
    this.#storage.assertWritable()
    const existing = this.get(topic, partition)
    if (!existing) return this.#partitions.make(topic, partition, topicId, config).log
    if (existing.topicId !== topicId)
      throw storageError(
        `${existing.name} belongs to topic id ${existing.topicId}, not ${topicId}: delete it first`,
      )
    existing.configure(config)
    return existing
  }

  /**
   * Takes a partition away. At once it can be neither read nor appended to; its directory is renamed, and removed after
   * `fileDeleteDelayMs`, or stays for an operator to look at (`-stray`). Resolves when the renaming is durable. Rejects with KAFKA_STORAGE_ERROR when it cannot be renamed.
   */
  async delete(topic: string, partition: number, kind: '-delete' | '-stray' = '-delete'): Promise<void> {
    const { table } = this.#partitions
    const slot = table.get(topic, partition)
    if (!slot) return
    const { syncs } = this.#storage
    // Nothing of it may be in the middle of being written.
    this.#commits.writeNow()
    const log = slot.loaded?.local
    log?.markClosed('has been deleted')
    log?.tail.clear()
    log?.release()
    const delayMs = this.#deleteDelayMs(log?.config ?? this.#partitions.configFor(topic))
    try {
      if (log) this.#commits.journals.noteDeleted(log)
      this.#partitions.takeOut(slot, kind, delayMs)
    } catch (error) {
      table.remove(slot)
      throw storageError(`deleting ${topic}-${partition}: ${messageOf(error)}`, error)
    }
    if (!syncs) return
    try {
      await this.#syncDeletions.request()
    } catch (error) {
      throw storageError(`deleting ${topic}-${partition}: ${messageOf(error)}`, error)
    }
  }

  /** What is deleted on a full disk is removed at once. */
  #deleteDelayMs({ fileDeleteDelayMs }: LogConfig): number {
    return this.#storage.room.blocked ? 0 : fileDeleteDelayMs
  }

  /**
   * Resolves when everything appended before this call is `written` (in the system's page cache, safe from the death of this process)
   * or `durable` (synced; with fsync `never` the same as written). Call it in the turn of the event loop in which was appended.
   * All who ask in one turn share a promise. Rejects with KAFKA_STORAGE_ERROR when some of it could not be written or synced: then
   * for each append, `PartitionLog.holds` tells whether it is safe nevertheless.
   */
  commit(level: CommitLevel): Promise<void> {
    return this.#commits.commit(level)
  }

  /**
   * Removes segments that retention or deleted records have freed, and forgets producers that have expired. Call it every now and
   * then (`log.retention.check.interval.ms`).
   */
  async enforceRetention(): Promise<void> {
    const now = this.#storage.clock.now()
    const { producerIdExpirationMs } = this.#storage
    await this.#partitions.table.each(this.#storage.clock, async slot => {
      if (this.#closing || this.#storage.failure) return
      try {
        const log = this.#partitions.load(slot).local
        log.producers.expire(now, producerIdExpirationMs)
        for (const path of await retain(log, this.#commits.journals, now)) {
          this.#partitions.deletions.add(path, false, this.#deleteDelayMs(log.config))
        }
      } catch (error) {
        this.#storage.logger.error(`retention of ${slot.topic}-${slot.partition}: ${messageOf(error)}`)
      }
    })
    if (this.#closing || this.#storage.failure) return
    await this.#storage.room.making(() => this.#storage.checkpoints.storeLogStarts())
  }

  /**
   * Compacts logs whose settings say so from now on, in the background: the dirtiest one first, one at a time, in slices that others do not feel.
   * Called again it goes on with other settings.
   */
  startCleaner(settings: CleanerSettings): void {
    this.#cleaning.start(settings)
  }

  /** Compacts the dirtiest log that is due now; false when there is none. */
  cleanDirtiest(): Promise<boolean> {
    return this.#cleaning.cleanDirtiest()
  }

  /** What has been compacted since the start, and how things stand. */
  get cleanerFigures(): Readonly<CleanerFigures> {
    return this.#cleaning.figures
  }

  /**
   * Writes and syncs everything, leaves Kafka's layout without journals and the mark of a clean stop, and frees the directory. After
   * a failure of the disk the mark is left out, and the next start recovers. Idempotent.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close().finally(() => this.#lock.release())
    return this.#closing
  }

  async #close(): Promise<void> {
    const storage = this.#storage
    const commits = this.#commits
    await this.#cleaning.close()
    this.#partitions.deletions.close()
    await commits.drain()
    if (!storage.failure) await commits.journals.drain()
    await commits.drain()
    try {
      if (!storage.failure && !commits.journals.any) await stopCleanly(storage, this.#partitions.table)
    } finally {
      this.#abandon('is closed: the broker has stopped')
    }
    if (storage.failure) throw storage.failure
  }

  /** Gives all handles and timers back; nothing is written any more. */
  #abandon(why: string): void {
    void this.#cleaning.close()
    this.#partitions.deletions.close()
    this.#storage.room.close()
    this.#commits.journals.abandon()
    for (const log of this.#partitions.table.loaded()) {
      log.markClosed(why)
      log.release()
    }
  }
}
