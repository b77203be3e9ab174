// The partitions of a data directory with their directories: found, loaded, made, and taken out.
import { defaultLogConfig, type LogConfig } from '../api/config.ts'
import { messageOf, storageError } from '../api/errors.ts'
import type { GroupCommit } from '../commit/group-commit.ts'
import { EpochCache } from '../epochs/epoch-cache.ts'
import { encodePartitionMetadata, partitionMetadataName } from '../format/partition-metadata.ts'
import {
  deletedDirectorySuffix,
  parsePartitionDirectoryName,
  partitionDirectoryName,
  removedDirectoryName,
  strayDirectorySuffix,
} from '../format/segment-name.ts'
import { LocalLog } from '../partition/local-log.ts'
import { readTopicId } from '../partition/partition-identity.ts'
import { PartitionLog } from '../partition/partition-log.ts'
import { ProducerStates } from '../producers/producer-states.ts'
import { holdsRecords } from '../recovery/found-segments.ts'
import { type Journaled, loadPartition } from '../recovery/partition-loader.ts'
import { Deletions } from '../retention/deletions.ts'
import { SegmentList } from '../segment/segment-list.ts'
import { Segment } from '../segment/segment.ts'
import type { Storage } from '../storage/storage.ts'
import { type LoadedPartition, PartitionTable, type Slot } from './partition-table.ts'

const unknownTopicId = 'AAAAAAAAAAAAAAAAAAAAAA'
const notJournaled: Journaled = { topicId: unknownTopicId, endOffset: 0, deleted: undefined }
/** Until the real settings are known nothing may be deleted. */
const cautiousConfig: LogConfig = { ...defaultLogConfig, cleanupDelete: false }

export class PartitionDirectories {
  readonly table = new PartitionTable()
  readonly deletions: Deletions
  /** The last stop was clean: what the files say is complete. */
  clean = false
  /** Where the settings come from of what is loaded. */
  configOf: (topic: string) => LogConfig | undefined = () => undefined
  /** Called when readers of a log can see more. */
  onHighWatermark: (log: PartitionLog) => void = () => {}
  readonly #storage: Storage
  readonly #commits: GroupCommit

  constructor(storage: Storage, commits: GroupCommit) {
    this.#storage = storage
    this.#commits = commits
    this.deletions = new Deletions(storage.disk, storage.clock, message => storage.logger.warn(message))
  }

  /** Takes account of a directory that is there, by its name. */
  discover(name: string): void {
    if (name.endsWith(strayDirectorySuffix)) return
    if (name.endsWith(deletedDirectorySuffix)) {
      this.deletions.add(`${this.#storage.directory}/${name}`, true, 0)
      return
    }
    const parsed = parsePartitionDirectoryName(name)
    if (parsed) this.table.set({ ...parsed, loaded: undefined })
  }

  /**
   * Loads a partition, unless it is. Blocks; reads little after a clean stop. Throws DirectoryFormatError or the disk's error.
   */
  load(slot: Slot, journaled: Journaled = notJournaled): LoadedPartition {
    const { topic, partition } = slot
    slot.loaded ??= this.#open(
      loadPartition({
        storage: this.#storage,
        commits: this.#commits,
        topic,
        partition,
        journaled,
        config: this.configFor(topic),
        clean: this.clean,
      }),
    )
    return slot.loaded
  }

  /** The settings of a partition that is not loaded. */
  configFor(topic: string): LogConfig {
    return this.configOf(topic) ?? cautiousConfig
  }

  #open(local: LocalLog): LoadedPartition {
    const log = new PartitionLog(local)
    local.onHighWatermark = () => this.onHighWatermark(log)
    return { local, log }
  }

  /** Topic id of a partition, which need not be loaded for it. */
  topicIdOf({ topic, partition, loaded }: Slot): string {
    const name = partitionDirectoryName(topic, partition)
    return loaded?.local.topicId ?? readTopicId(this.#storage, name) ?? unknownTopicId
  }

  /** Makes the directory of a partition that is not there. Throws KAFKA_STORAGE_ERROR. */
  make(topic: string, partition: number, topicId: string, config: LogConfig): LoadedPartition {
    const storage = this.#storage
    const name = partitionDirectoryName(topic, partition)
    const directory = `${storage.directory}/${name}`
    try {
      // Of a partition of this name that was to be deleted and could not be renamed: what is in it is not this one's.
      if (storage.disk.stat(directory)) this.takeOut({ topic, partition, loaded: undefined }, '-delete', 0)
      storage.checkpoints.renew(name)
      storage.disk.makeDirectory(directory)
      storage.disk.writeFile(`${directory}/${partitionMetadataName}`, encodePartitionMetadata(topicId))
    } catch (error) {
      throw storageError(`making ${directory}: ${messageOf(error)}`, error)
    }
    const loaded = this.#open(
      new LocalLog({
        storage,
        commits: this.#commits,
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
      }),
    )
    this.table.set({ topic, partition, loaded })
    return loaded
  }

  /** Renames a partition's directory out of the way; returns its new path. Throws the disk's error. */
  takeOut(slot: Slot, kind: '-delete' | '-stray', delayMs: number): string {
    const { disk, directory, random, checkpoints } = this.#storage
    const name = partitionDirectoryName(slot.topic, slot.partition)
    const aside = `${directory}/${removedDirectoryName(name, random.bytes(16).toString('hex'), kind)}`
    this.table.remove(slot)
    checkpoints.forget(name)
    disk.rename(`${directory}/${name}`, aside)
    if (kind === '-delete') this.deletions.add(aside, true, delayMs)
    return aside
  }

  /** Finishes a deletion that the journal tells of, unless the directory is another topic's by now. */
  finishDeletion(name: string, topicId: string): void {
    const slot = this.table.named(name)
    if (slot && readTopicId(this.#storage, name) === topicId) this.takeOut(slot, '-delete', 0)
  }

  /**
   * Takes a directory out that does not say which topic it is of, and no journal does: it was made just before a loss of power, and
   * nothing in it was ever acknowledged. Should there be records nevertheless, they stay under a name that nobody uses. False when it says.
   */
  setAsideNameless(slot: Slot): boolean {
    const name = partitionDirectoryName(slot.topic, slot.partition)
    if (readTopicId(this.#storage, name) !== undefined) return false
    const aside = this.takeOut(slot, holdsRecords(this.#storage, name) ? '-stray' : '-delete', 0)
    this.#storage.logger.warn(`${name} has no valid ${partitionMetadataName} and is now ${aside}`)
    return true
  }
}
