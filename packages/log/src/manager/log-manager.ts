// One data directory: its partitions, their group commit, recovery, retention and clean stop.
import type { Clock, Random } from '@millrace/runtime'
import { makeDirectoryDurable, markClean, openDirectory } from './directory.ts'
import { cleanShutdownName, encodePartitionMetadata } from '../format/checkpoint-file.ts'
import { isLeftover } from '../storage/checkpoints.ts'
import type { CommitLevel } from '../commit/committer.ts'
import { defaultLogConfig, defaultStorageLimits, type LogConfig, type StorageLimits } from '../api/config.ts'
import { Deletions } from '../retention/deletions.ts'
import type { Disk, DiskLock, DiskSpace } from '../disk/disk.ts'
import { EpochCache } from '../epochs/epoch-cache.ts'
import { LogError, mayBeTriedAgain, messageOf, storageError } from '../api/errors.ts'
import { holdsRecords, loadPartition, readTopicId } from '../recovery/log-loader.ts'
import { retain } from '../retention/log-retention.ts'
import { forEachAtOnce, syncsAtOnce } from '../disk/many-syncs.ts'
import { PartitionLog } from '../partition/partition-log.ts'
import { PartitionTable, type Slot } from './partition-table.ts'
import { ProducerStates } from '../producers/producer-states.ts'
import { recover } from '../recovery/recovery.ts'
import { Segment } from '../segment/segment.ts'
import { SegmentList } from '../segment/segment-list.ts'
import {
  deletedDirectorySuffix,
  strayDirectorySuffix,
  parsePartitionDirectoryName,
  partitionDirectoryName,
  partitionMetadataName,
  removedDirectoryName,
} from '../format/segment-name.ts'
import { SharedRun } from '../disk/shared-run.ts'
import { type LogLogger, silentLogger } from '../api/log-logger.ts'
import { Storage } from '../storage/storage.ts'

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

const unknownTopicId = 'AAAAAAAAAAAAAAAAAAAAAA'
/** Until the real settings are known nothing may be deleted. */
const cautiousConfig: LogConfig = { ...defaultLogConfig, cleanupDelete: false }

export class LogManager {
  readonly clusterId: string
  readonly nodeId: number
  readonly directoryId: string
  readonly #storage: Storage
  readonly #lock: DiskLock
  readonly #partitions = new PartitionTable()
  readonly #deletions: Deletions
  #configOf: ((topic: string) => LogConfig | undefined) | undefined
  #clean: boolean
  #closing: Promise<void> | undefined
  /** A topic of a thousand partitions is deleted with one sync. */
  readonly #syncDeletions = new SharedRun(async () => {
    await Promise.all([this.#storage.syncRoot(), this.#storage.committer.journals.sync()])
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
      storage.committer.onHighWatermark = options.onHighWatermark ?? (() => {})
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
    this.#clean = false
    this.#deletions = new Deletions(storage.disk, storage.clock, message => storage.logger.warn(message))
  }

  async #start(): Promise<void> {
    const { disk, directory } = this.#storage
    const entries = disk.readDirectory(directory)
    const names = entries.map(entry => entry.name)
    for (const { name, directory: isDirectory } of entries) {
      if (isDirectory) this.#discover(name)
      else if (isLeftover(name)) disk.unlink(`${directory}/${name}`)
    }
    this.#storage.checkpoints.keepOnly(name => this.#partitions.named(name) !== undefined)
    this.#clean = names.includes(cleanShutdownName)
    if (this.#clean) {
      disk.unlink(`${directory}/${cleanShutdownName}`)
      // A crash from here on must be seen as one, a loss of power where nothing is synced too.
      await disk.syncDirectory(directory)
    }
    await recover(this.#storage, names, {
      find: (name, topicId) => this.#byName(name, topicId),
      remove: (name, topicId) => this.#finishDeletion(name, topicId),
    })
    if (!this.#clean) await this.#recoverAll()
    this.#storage.room.onShort = () => this.#deletions.hurry()
    this.#storage.room.open()
  }

  #discover(name: string): void {
    if (name.endsWith(strayDirectorySuffix)) return
    if (name.endsWith(deletedDirectorySuffix)) {
      this.#deletions.add(`${this.#storage.directory}/${name}`, true, 0)
      return
    }
    const parsed = parsePartitionDirectoryName(name)
    if (parsed) this.#partitions.set({ ...parsed, log: undefined })
  }

  /** The partition of a directory, for recovery; undefined when it is gone. */
  #byName(name: string, fallbackTopicId: string): PartitionLog | undefined {
    const slot = this.#partitions.named(name)
    if (slot && !slot.log) slot.log = this.#load(slot, fallbackTopicId)
    return slot?.log
  }

  /** Loads every partition, which recovers it, and makes durable what recovery believed. */
  async #recoverAll(): Promise<void> {
    await this.#partitions.each(this.#storage.clock, slot => {
      if (slot.log) return
      if (this.#isNameless(slot)) this.#setAside(slot)
      else slot.log = this.#load(slot, unknownTopicId)
    })
    for (const log of this.#partitions.loaded()) log.recovered()
    if (!this.#storage.syncs) return
    // Names only: that deleted partitions are out of the checkpoints is written when it matters, since a full disk is to be read too.
    await this.#storage.disk.syncDirectory(this.#storage.directory)
    const logs = this.#partitions.loaded().filter(log => log.files.hasUnsynced)
    await forEachAtOnce(logs, syncsAtOnce(logs.length), async log => {
      try {
        await log.files.sync()
      } catch (error) {
        // Who the partition is cannot be written down: the journal that says so stays until it can.
        if (!mayBeTriedAgain(error)) throw error
      }
    })
  }

  #isNameless({ topic, partition }: Slot): boolean {
    return readTopicId(this.#storage, partitionDirectoryName(topic, partition)) === undefined
  }

  /**
   * Takes a directory out that does not say which topic it is of, and no journal does: it was made just before a loss of power, and
   * nothing in it was ever acknowledged. Should there be records nevertheless, they stay under a name that nobody uses.
   */
  #setAside(slot: Slot): void {
    const name = partitionDirectoryName(slot.topic, slot.partition)
    const kind = holdsRecords(this.#storage, name) ? '-stray' : '-delete'
    const aside = this.#takeOut(slot, kind, 0)
    this.#storage.logger.warn(`${name} has no valid ${partitionMetadataName} and is now ${aside}`)
  }

  #finishDeletion(name: string, topicId: string): void {
    const slot = this.#partitions.named(name)
    if (slot && readTopicId(this.#storage, name) === topicId) this.#takeOut(slot, '-delete', 0)
  }

  /** Renames a partition's directory out of the way; returns its new path. */
  #takeOut(slot: Slot, kind: '-delete' | '-stray', delayMs: number): string {
    const { disk, directory, random, checkpoints } = this.#storage
    const name = partitionDirectoryName(slot.topic, slot.partition)
    const aside = `${directory}/${removedDirectoryName(name, random.bytes(16).toString('hex'), kind)}`
    this.#partitions.remove(slot)
    checkpoints.forget(name)
    disk.rename(`${directory}/${name}`, aside)
    if (kind === '-delete') this.#deletions.add(aside, true, delayMs)
    return aside
  }

  #load(slot: Slot, fallbackTopicId: string): PartitionLog {
    const { topic, partition } = slot
    return loadPartition({
      storage: this.#storage,
      topic,
      partition,
      fallbackTopicId,
      config: this.#configFor(topic),
      clean: this.#clean,
    })
  }

  /** What is deleted on a full disk is removed at once. */
  #deleteDelayMs({ fileDeleteDelayMs }: LogConfig): number {
    return this.#storage.room.blocked ? 0 : fileDeleteDelayMs
  }

  #configFor(topic: string): LogConfig {
    return this.#configOf?.(topic) ?? cautiousConfig
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
    this.#configOf = configOf
    for (const log of this.#partitions.loaded()) {
      const config = configOf(log.topic)
      if (config) log.configure(config)
    }
  }

  /**
   * The log of a partition, loaded if need be; undefined when there is none. Cheap once it is loaded. Throws KAFKA_STORAGE_ERROR when
   * its files cannot be read.
   */
  get(topic: string, partition: number): PartitionLog | undefined {
    const slot = this.#partitions.get(topic, partition)
    if (!slot) return undefined
    if (slot.log) return slot.log
    try {
      slot.log = this.#load(slot, unknownTopicId)
    } catch (error) {
      if (error instanceof LogError) throw error
      throw storageError(`loading ${topic}-${partition}: ${messageOf(error)}`, error)
    }
    return slot.log
  }

  /** Whether there is such a partition, without loading it. */
  has(topic: string, partition: number): boolean {
    return this.#partitions.get(topic, partition) !== undefined
  }

  /** All partitions, without loading them. */
  partitions(): PartitionName[] {
    const found: PartitionName[] = []
    for (const { topic, partition, log } of this.#partitions.all()) {
      const name = partitionDirectoryName(topic, partition)
      const topicId = log?.topicId ?? readTopicId(this.#storage, name) ?? unknownTopicId
      found.push({ topic, partition, topicId })
    }
    return found
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
    const storage = this.#storage
    storage.assertWritable()
    const existing = this.get(topic, partition)
    const name = partitionDirectoryName(topic, partition)
    if (existing) {
      if (existing.topicId !== topicId)
        throw storageError(`${name} belongs to topic id ${existing.topicId}, not ${topicId}: delete it first`)
      existing.configure(config)
      return existing
    }
    const directory = `${storage.directory}/${name}`
    try {
      // Of a partition of this name that was to be deleted and could not be renamed: what is in it is not this one's.
      if (storage.disk.stat(directory)) this.#takeOut({ topic, partition, log: undefined }, '-delete', 0)
      storage.checkpoints.renew(name)
      storage.disk.makeDirectory(directory)
      storage.disk.writeFile(`${directory}/${partitionMetadataName}`, encodePartitionMetadata(topicId))
    } catch (error) {
      throw storageError(`making ${directory}: ${messageOf(error)}`, error)
    }
    const log = new PartitionLog({
      storage,
      directory,
      topic,
      partition,
      topicId,
      segments: new SegmentList([Segment.fresh(storage, directory, 0, storage.clock.now())]),
      producers: new ProducerStates(),
      epochs: new EpochCache(),
      logStartOffset: 0,
      recoveryPoint: 0,
      config,
      fresh: true,
      metadataWritten: true,
    })
    this.#partitions.set({ topic, partition, log })
    return log
  }

  /**
   * Takes a partition away. At once it can be neither read nor appended to; its directory is renamed, and removed after
   * `fileDeleteDelayMs`, or stays for an operator to look at (`-stray`). Resolves when the renaming is durable. Rejects with KAFKA_STORAGE_ERROR when it cannot be renamed.
   */
  async delete(topic: string, partition: number, kind: '-delete' | '-stray' = '-delete'): Promise<void> {
    const slot = this.#partitions.get(topic, partition)
    if (!slot) return
    const { committer, syncs } = this.#storage
    // Nothing of it may be in the middle of being written.
    committer.writeNow()
    const { log } = slot
    log?.markClosed('has been deleted')
    log?.tail.clear()
    log?.files.releaseAll()
    try {
      if (log) committer.journals.noteDeleted(log)
      this.#takeOut(slot, kind, this.#deleteDelayMs(log?.config ?? this.#configFor(topic)))
    } catch (error) {
      this.#partitions.remove(slot)
      throw storageError(`deleting ${topic}-${partition}: ${messageOf(error)}`, error)
    }
    if (!syncs) return
    try {
      await this.#syncDeletions.request()
    } catch (error) {
      throw storageError(`deleting ${topic}-${partition}: ${messageOf(error)}`, error)
    }
  }

  /**
   * Resolves when everything appended before this call is `written` (in the system's page cache, safe from the death of this process)
   * or `durable` (synced; with fsync `never` the same as written). Call it in the turn of the event loop in which was appended.
   * All who ask in one turn share a promise. Rejects with KAFKA_STORAGE_ERROR when some of it could not be written or synced: then
   * for each append, `PartitionLog.holds` tells whether it is safe nevertheless.
   */
  commit(level: CommitLevel): Promise<void> {
    return this.#storage.committer.commit(level)
  }

  /** Makes everything appended to one partition durable, with fsync `never` too. */
  flush(log: PartitionLog): Promise<void> {
    return this.#storage.committer.flush(log)
  }

  /**
   * Removes segments that retention or deleted records have freed, and forgets producers that have expired. Call it every now and
   * then (`log.retention.check.interval.ms`).
   */
  async enforceRetention(): Promise<void> {
    const now = this.#storage.clock.now()
    const { producerIdExpirationMs } = this.#storage.limits
    await this.#partitions.each(this.#storage.clock, async slot => {
      if (this.#closing || this.#storage.failure) return
      try {
        const log = this.get(slot.topic, slot.partition)
        if (!log) return
        log.producers.expire(now, producerIdExpirationMs)
        for (const path of await retain(log, now)) {
          this.#deletions.add(path, false, this.#deleteDelayMs(log.config))
        }
      } catch (error) {
        this.#storage.logger.error(`retention of ${slot.topic}-${slot.partition}: ${messageOf(error)}`)
      }
    })
    if (this.#closing || this.#storage.failure) return
    await this.#storage.room.making(() => this.#storage.checkpoints.storeLogStarts())
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
    const { committer } = storage
    this.#deletions.close()
    await committer.drain()
    if (!storage.failure) await committer.journals.drain()
    await committer.drain()
    try {
      if (!storage.failure && !committer.journals.any) await this.#closeCleanly()
    } finally {
      this.#abandon('is closed: the broker has stopped')
    }
    if (storage.failure) throw storage.failure
  }

  /** Gives all handles and timers back; nothing is written any more. */
  #abandon(why: string): void {
    this.#deletions.close()
    this.#storage.room.close()
    this.#storage.committer.journals.abandon()
    for (const log of this.#partitions.loaded()) {
      log.markClosed(why)
      log.files.releaseAll()
    }
  }

  async #closeCleanly(): Promise<void> {
    const { disk, directory, checkpoints } = this.#storage
    await this.#partitions.each(this.#storage.clock, slot => {
      const { log } = slot
      if (!log) return
      log.file()
      log.files.writeClosing()
      checkpoints.noteLogStart(log.name, log.logStartOffset)
      checkpoints.note(log.name, log.logEndOffset, log.highWatermark)
    })
    // What the mark vouches for is believed unseen: it is durable before the mark is made, with `never` too.
    const logs = this.#partitions.loaded().filter(log => log.files.closingChanged)
    await forEachAtOnce(logs, syncsAtOnce(logs.length), log => log.files.syncClosing())
    await checkpoints.storeAll()
    await markClean(disk, directory, this.#storage.syncs)
  }
}
