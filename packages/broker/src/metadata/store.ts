// Metadata that outlives the broker: the image, and changes to it, one at a time, durable before they are visible.
import { DirectoryFormatError, type LogManager, type PartitionLog } from '@millrace/log'
import { ErrorCode } from '@millrace/protocol/base'
import type { Clock } from '@millrace/runtime'
import { ApiError } from '../api-error.ts'
import { committed } from '../committed.ts'
import { metadataReadBytes } from '../limits.ts'
import type { Logger } from '../logger.ts'
import { storageErrorCode } from '../storage-error.ts'
import { buildLeaderChangeBatch, buildMetadataBatch, readMetadataBatches } from './batch.ts'
import { featuresToRaise, unsupportedFeature } from './features.ts'
import { MetadataImage, type TopicImage } from './image.ts'
import type { MetadataRecord } from './record.ts'
import type { RecordOwner } from './record-codec.ts'
import type { MetadataSnapshots } from './snapshots.ts'

/** Hears of topics that come and go, after the change is durable and in the image. Listeners are told one after the other. */
export interface TopicListener {
  /** `topic` is new, or has new partitions from `firstPartition` on. The change is done when the promise is. */
  onPartitionsAdded?(topic: TopicImage, firstPartition: number): void | Promise<void>
  /** `topic` has left the image. The change is done when the promise is. */
  onTopicDeleted?(topic: TopicImage): void | Promise<void>
  /** Settings of a resource (`resourceTypes`) changed. */
  onConfigChanged?(resourceType: number, resourceName: string): void
  /** Quotas changed. The change is done when the promise is. */
  onClientQuotasChanged?(): void | Promise<void>
}

/** What a change is decided to be: records to write (none for nothing to do) and what its caller gets. */
export interface Decision<T> {
  readonly records: readonly MetadataRecord[]
  readonly result: T
}

export interface MetadataStoreOptions {
  readonly logs: LogManager
  /** The log of `__cluster_metadata-0`. */
  readonly log: PartitionLog
  readonly snapshots: MetadataSnapshots
  readonly owner: RecordOwner
  readonly clock: Clock
  readonly logger: Logger
  /** Bytes of log after which a snapshot takes its place. */
  readonly snapshotBytes: number
}

/** How long to wait before a full disk is tried again for the leader epoch. */
const leadRetryMs = 1000

/** What an operator does about a full disk is taken on one: topics are deleted, their retention is shortened. So is what a start needs. */
function makesRoom({ type }: MetadataRecord): boolean {
  return type === 'removeTopic' || type === 'config' || type === 'featureLevel'
}

export class MetadataStore {
  readonly image = new MetadataImage()
  readonly #options: MetadataStoreOptions
  readonly #listeners = new Set<TopicListener>()
  /** Ids of topics that the log was found to remove when it was read. */
  #removedTopics: ReadonlySet<string> = new Set()
  #epoch = -1
  /** Batches of the metadata log that became durable since the start, and the time that it took. */
  readonly written = { batches: 0, timeMs: 0 }
  #bytesSinceSnapshot = 0
  /** The leader epoch of this start while it is not durable. */
  #epochToBegin: number | undefined
  #closed = false
  /** The end of the line of changes: each waits for the one before. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(options: MetadataStoreOptions) {
    this.#options = options
  }

  /**
   * Reads the latest snapshot and the log behind it. A new log begins with the features of this version, one of an older version is raised
   * to them. Throws `DirectoryFormatError` for one that needs a feature which this version does not have.
   */
  static async open(options: MetadataStoreOptions): Promise<MetadataStore> {
    const store = new MetadataStore(options)
    const lastEpoch = await store.#replay()
    const fault = unsupportedFeature(store.image.features)
    if (fault !== undefined) {
      throw new DirectoryFormatError(
        `the data directory was written by a newer version: ${fault}. Nothing was changed. Start the version that wrote it, or lower the feature there first`,
      )
    }
    const { log } = options
    // A new log begins with epoch 0, which needs no batch of its own.
    if (log.logEndOffset > 0)
      await store.#begin(Math.max(log.leaderEpoch, lastEpoch, store.image.latestLeaderEpoch()) + 1)
    await store.#raiseFeatures()
    return store
  }

  async #raiseFeatures(): Promise<void> {
    const { features } = this.image
    const isNew = features.levels.size === 0
    const before = new Map(features.levels)
    const records = featuresToRaise(features)
    await this.change(() => ({ records, result: undefined }))
    if (isNew) return
    for (const { name, level } of records) {
      this.#options.logger.log('info', 'feature.raised', {
        feature: name,
        from: before.get(name) ?? 0,
        to: level,
      })
    }
  }

  /** Offset of the last record applied: grows with every change. */
  get epoch(): number {
    return this.#epoch
  }

  get log(): PartitionLog {
    return this.#options.log
  }

  /** The ids of topics whose deletion the log told of when it was opened: a crash may have left their directories. To be asked once. */
  takeRemovedTopics(): ReadonlySet<string> {
    const removed = this.#removedTopics
    this.#removedTopics = new Set()
    return removed
  }

  /** Registers a listener; the returned function takes it away. */
  listen(listener: TopicListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Runs `decide` when all earlier changes are in the image, writes its records as one atomic batch, waits until they are
   * durable, applies them and tells the listeners. Rejects with what `decide` throws (nothing changes then), or with an
   * `ApiError` when storage refuses.
   */
  change<T>(decide: (image: MetadataImage) => Decision<T>): Promise<T> {
    const changed = this.#last.then(() => this.#change(decide))
    this.#last = changed.catch(() => {})
    return changed
  }

  /** Resolves when the changes asked for so far are done; what could not be begun is not tried again. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#last
  }

  async #change<T>(decide: (image: MetadataImage) => Decision<T>): Promise<T> {
    const { clock, owner } = this.#options
    const { records, result } = decide(this.image)
    if (records.length === 0) return result
    await this.#lead()
    await this.#write(buildMetadataBatch(records, owner, clock.now()), records.every(makesRoom))
    await this.#apply(records)
    if (this.#bytesSinceSnapshot > this.#options.snapshotBytes) await this.#snapshot()
    return result
  }

  async #write(batch: Buffer, makesRoom: boolean): Promise<void> {
    const { clock, log } = this.#options
    const sinceMs = clock.monotonic()
    try {
      const info = log.append(batch, { origin: 'coordinator', makesRoom })
      await committed(this.#options, log, info)
      this.#bytesSinceSnapshot += batch.length
      this.#epoch = info.lastOffset
      this.written.batches++
      this.written.timeMs += clock.monotonic() - sinceMs
    } catch (error) {
      throw new ApiError(storageErrorCode(error), error instanceof Error ? error.message : String(error))
    }
  }

  async #apply(records: readonly MetadataRecord[]): Promise<void> {
    const added = new Map<string, number>()
    const deleted: TopicImage[] = []
    const reconfigured = new Map<string, Extract<MetadataRecord, { readonly type: 'config' }>>()
    for (const record of records) {
      const removed = record.type === 'removeTopic' ? this.image.topicById(record.topicId) : undefined
      if (removed) deleted.push(removed)
      this.image.apply(record)
      if (record.type === 'partition' && !added.has(record.topicId)) {
        added.set(record.topicId, record.partition)
      }
      if (record.type === 'config') reconfigured.set(`${record.resourceType} ${record.resourceName}`, record)
    }
    for (const listener of this.#listeners) {
      for (const [topicId, first] of added) {
        const topic = this.image.topicById(topicId)
        if (topic) await listener.onPartitionsAdded?.(topic, first)
      }
      for (const topic of deleted) await listener.onTopicDeleted?.(topic)
      // However many of its settings have changed: listeners look at all of them.
      for (const { resourceType, resourceName } of reconfigured.values())
        listener.onConfigChanged?.(resourceType, resourceName)
      if (records.some(({ type }) => type === 'clientQuota')) await listener.onClientQuotasChanged?.()
    }
  }

  /**
   * Begins a leader epoch, of the metadata log and of every partition, unless that is done: each start has one of its own, as with Apache
   * Kafka, so that clients see where what they have read may have been lost. One batch says so for ten thousand partitions. Until it is
   * durable nothing is appended anywhere: an epoch whose records were there and whose beginning was not would be given out twice.
   */
  async #lead(): Promise<void> {
    const { clock, log, logs, owner } = this.#options
    const epoch = this.#epochToBegin
    if (epoch === undefined || this.#closed) return
    logs.leaderEpoch = epoch
    await this.#write(buildLeaderChangeBatch(owner, clock.now()), true)
    // Without syncs too: an epoch that a loss of power took back would hide what else it took.
    await log.flush()
    this.#epochToBegin = undefined
    logs.accept()
  }

  /** Begins the epoch of this start. A disk that takes nothing is tried again for as long as it does; reads go on. */
  async #begin(epoch: number): Promise<void> {
    const { logger, logs } = this.#options
    this.image.leaderEpoch = epoch
    this.#epochToBegin = epoch
    logs.withhold(`leader epoch ${epoch} of this start is not written down`)
    try {
      await this.#lead()
    } catch (error) {
      logger.log('error', 'metadata.epoch_not_stored', { epoch, error: String(error) })
      this.#leadLater()
    }
  }

  #leadLater(): void {
    const { clock, logs } = this.#options
    if (logs.failure || this.#closed) return
    const lead = () => {
      this.#last = this.#last.then(() => this.#lead()).catch(() => this.#leadLater())
    }
    clock.setTimer(leadRetryMs, lead, { unref: true })
  }

  /** Returns the epoch of the snapshot, 0 without one. */
  async #replay(): Promise<number> {
    const { log, snapshots } = this.#options
    const snapshot = await snapshots.readLatest()
    for (const record of snapshot?.records ?? []) this.image.apply(record)
    let offset = snapshot?.endOffset ?? log.logStartOffset
    if (offset < log.logStartOffset) {
      throw new ApiError(
        ErrorCode.KAFKA_STORAGE_ERROR,
        `the metadata log starts at ${log.logStartOffset} and no snapshot reaches that far`,
      )
    }
    this.#epoch = offset - 1
    const removed = new Set<string>()
    while (offset < log.logEndOffset) {
      const read = await log.read(offset, metadataReadBytes)
      if (read.sizeInBytes === 0) break
      for (const chunk of read.chunks) {
        for (const record of readMetadataBatches(chunk)) {
          this.image.apply(record)
          if (record.type === 'removeTopic') removed.add(record.topicId)
        }
      }
      this.#bytesSinceSnapshot += read.sizeInBytes
      offset = read.nextOffset
      read.release?.()
    }
    this.#epoch = offset - 1
    this.#removedTopics = removed
    return snapshot?.leaderEpoch ?? 0
  }

  /** Puts the image beside the log and drops the log that it stands for. The log is whole until the snapshot is durable. */
  async #snapshot(): Promise<void> {
    const { log, logger, snapshots } = this.#options
    const endOffset = this.#epoch + 1
    try {
      await snapshots.write(this.image, endOffset, log.leaderEpoch)
      log.roll()
      await log.deleteRecords(endOffset)
      await snapshots.removeBefore(endOffset)
      this.#bytesSinceSnapshot = 0
      logger.log('info', 'metadata.snapshot', { endOffset, topics: this.image.topicCount })
    } catch (error) {
      // The log still has everything; the next change tries again.
      logger.log('error', 'metadata.snapshot_failed', { endOffset, error: String(error) })
    }
  }
}
