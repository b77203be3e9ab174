// Makes a partition's log from its directory: believed after a clean stop, verified past the recovery point after a crash.
import type { LogConfig } from '../api/config.ts'
import { messageOf } from '../api/errors.ts'
import { isPassing } from '../disk/disk-errors.ts'
import { EpochCache } from '../epochs/epoch-cache.ts'
import { rebuildEpochs } from '../epochs/epoch-rebuild.ts'
import { readEpochs } from '../epochs/leader-epochs.ts'
import { baseOffsetOf, lastOffsetOf, leaderEpochOf, maxTimestampOf } from '../format/batch.ts'
import {
  decodePartitionMetadata,
  encodePartitionMetadata,
  partitionMetadataName,
} from '../format/partition-metadata.ts'
import { parseSegmentFileName, partitionDirectoryName, segmentSuffixes } from '../format/segment-name.ts'
import { type CommitQueue, LocalLog } from '../partition/local-log.ts'
import { endRecovery } from '../partition/replay.ts'
import { type CompletedTransaction, ProducerStates } from '../producers/producer-states.ts'
import { crcMatches, scanBatches } from '../segment/batch-scan.ts'
import { SegmentList } from '../segment/segment-list.ts'
import { Segment } from '../segment/segment.ts'
import type { Storage } from '../storage/storage.ts'
import { settleTemporaryFiles } from './swap-files.ts'

/** Indexes hold offsets relative to the segment in 31 bits. */
const relativeOffsetMax = 0x7fffffff

export interface LoadOptions {
  readonly storage: Storage
  readonly commits: CommitQueue
  readonly topic: string
  readonly partition: number
  /** Which topic it is of, when the directory does not say: what a journal says. */
  readonly fallbackTopicId: string
  readonly config: LogConfig
  /** The last stop was clean: what the files say is complete. */
  readonly clean: boolean
}

/** Reads `partition.metadata`. */
export function readTopicId(storage: Storage, name: string): string | undefined {
  const path = `${storage.directory}/${name}/${partitionMetadataName}`
  const bytes = storage.disk.readFile(path)
  return bytes && decodePartitionMetadata(path, bytes)
}

/** Writes `partition.metadata`; on a full disk the next sync of the partition does. */
function writeTopicId(storage: Storage, directory: string, topicId: string): void {
  try {
    storage.disk.writeFile(`${directory}/${partitionMetadataName}`, encodePartitionMetadata(topicId))
  } catch (error) {
    if (!isPassing(error)) throw error
    storage.logger.warn(`${partitionMetadataName} of ${directory} is not written: ${messageOf(error)}`)
  }
}

/** Whether a partition's directory holds records. */
export function holdsRecords(storage: Storage, name: string): boolean {
  const directory = `${storage.directory}/${name}`
  return storage.disk
    .readDirectory(directory)
    .some(
      entry =>
        entry.name.endsWith(segmentSuffixes.log) &&
        (storage.disk.stat(`${directory}/${entry.name}`)?.sizeInBytes ?? 0) > 0,
    )
}

/** Loads a partition; after a crash the journals may have more of it (see `endRecovery`). Blocks; reads little after a clean stop. Throws DirectoryFormatError or the disk's error. */
export function loadPartition(options: LoadOptions): LocalLog {
  const { storage, topic, partition, config } = options
  const name = partitionDirectoryName(topic, partition)
  const directory = `${storage.directory}/${name}`
  const { checkpoints } = storage
  const found = listSegments(storage, directory)
  const recoveryPoint = checkpoints.recoveryPoint(name)
  const stored = readEpochs(storage, directory)
  if (!options.clean) dropDeleted(storage, found, Math.min(checkpoints.logStart(name), recoveryPoint))
  const clean = options.clean && measureLast(storage, found)
  let epochs = stored ?? new EpochCache()
  const doubtful = clean ? [] : verify(storage, found, recoveryPoint, epochs, checkpoints.logStart(name))
  if (!clean) dropOverrun(storage, found, Math.min(checkpoints.logStart(name), recoveryPoint))
  // Verifying has read those behind the recovery point only.
  const rebuild = !stored && found.length > 0 && (clean || recoveryPoint > found[0]!.baseOffset)
  if (rebuild) epochs = rebuildEpochs(storage.files, found)
  const segments = startSegments(storage, directory, found, checkpoints.logStart(name))
  const logEndOffset = segments.active.nextOffset
  const logStartOffset = Math.max(checkpoints.logStart(name), segments.first.baseOffset)
  const topicId = readTopicId(storage, name)
  if (topicId === undefined) {
    // The file was not synced when the power went: what the journal says is written down again.
    writeTopicId(storage, directory, options.fallbackTopicId)
  }
  const log = new LocalLog({
    storage,
    commits: options.commits,
    directory,
    topic,
    partition,
    topicId: topicId ?? options.fallbackTopicId,
    segments,
    producers: new ProducerStates(),
    epochs,
    logStartOffset,
    recoveryPoint: Math.min(recoveryPoint, logEndOffset),
    config,
    fresh: false,
    // A process that was killed may have left it to the system to write.
    metadataWritten: !options.clean || topicId === undefined,
  })
  const cut = epochs.truncateFromEnd(logEndOffset)
  if (epochs.truncateFromStart(logStartOffset) || cut || rebuild || !clean) log.epochs.changed = true
  if (clean) loadProducers(log)
  else recoverProducers(log, doubtful)
  log.producers.expire(storage.clock.now(), storage.limits.producerIdExpirationMs)
  for (const segment of doubtful) if (segments.all.includes(segment)) log.syncs.doubt(segment)
  if (options.clean) endRecovery(log)
  return log
}

/** The segments of a directory in order, after leftovers of a crash are out of the way. */
function listSegments(storage: Storage, directory: string): Segment[] {
  const { disk } = storage
  const names = settleTemporaryFiles(
    disk,
    directory,
    disk.readDirectory(directory).map(entry => entry.name),
  )
  const parsed = names.flatMap(name => parseSegmentFileName(name) ?? [])
  const bases = new Set(parsed.filter(file => file.suffix === segmentSuffixes.log).map(file => file.offset))
  for (const name of names) {
    const file = parseSegmentFileName(name)
    // An index without its log is of no use; a snapshot stands for itself.
    if (file && file.suffix !== segmentSuffixes.snapshot && !bases.has(file.offset)) {
      disk.unlink(`${directory}/${name}`)
    }
  }
  return [...bases]
    .sort((a, b) => a - b)
    .map(baseOffset => {
      const probe = new Segment(storage, directory, baseOffset, 0)
      const stat = disk.stat(probe.file.path)
      return Segment.existing(
        storage,
        directory,
        baseOffset,
        stat?.sizeInBytes ?? 0,
        stat?.modifiedAtMs ?? storage.clock.now(),
      )
    })
}

/**
 * Takes out segments that lie wholly below the log start and the recovery point: of what retention has taken away a loss of power brings
 * files back one by one. Between the two they are still read for the state of the producers.
 */
function dropDeleted(storage: Storage, segments: Segment[], below: number): void {
  const kept = segments.findLastIndex(segment => segment.baseOffset <= below)
  for (const segment of segments.splice(0, Math.max(kept, 0))) removeSegment(storage, segment)
}

/**
 * Takes out what ends in front of both the log start and the recovery point. What stood there was durable once: it has been deleted, a
 * loss of power has brought a part of it back, and the batches that follow may be in a journal only.
 */
function dropOverrun(storage: Storage, segments: Segment[], below: number): void {
  const last = segments.at(-1)
  if (!last || last.nextOffset >= below) return
  for (const segment of segments.splice(0)) removeSegment(storage, segment)
}

/** Finds the end offset of the last segment. False when its end is not what a clean stop leaves. */
function measureLast(storage: Storage, segments: readonly Segment[]): boolean {
  const last = segments.at(-1)
  if (!last || last.sizeInBytes === 0) return true
  const from = last.indexes().offsets.lastPosition()
  const end = scanBatches(storage.files.use(last.file), from, last.sizeInBytes, (buffer, at, size) => {
    last.nextOffset = lastOffsetOf(buffer, at) + 1
    last.bytesSinceIndexEntry += size
    return true
  })
  if (end.fault === undefined) return true
  storage.logger.warn(`${last.file.path} was closed cleanly and ends with ${end.fault}: it is verified`)
  return false
}

/**
 * Verifies everything from the recovery point on, rebuilds the indexes of it, and cuts the log at the first byte at or behind the log start
 * that is not right.
 * Returns the segments it looked at; `segments` loses those behind the cut.
 */
function verify(
  storage: Storage,
  segments: Segment[],
  recoveryPoint: number,
  epochs: EpochCache,
  logStart: number,
): Segment[] {
  let index = segments.findLastIndex(segment => segment.baseOffset <= recoveryPoint)
  if (index < 0) index = 0
  const looked: Segment[] = []
  for (; index < segments.length; index++) {
    const segment = segments[index]!
    looked.push(segment)
    const fault = verifySegment(storage, segment, Math.max(recoveryPoint, segment.baseOffset), epochs)
    const next = segments[index + 1]
    // What was appended in one group is durable together or not at all: behind a gap nothing was ever acknowledged.
    const gap = next !== undefined && next.baseOffset !== segment.nextOffset
    if (fault === undefined && !gap) {
      if (next) segment.close()
      continue
    }
    if (next !== undefined && next.baseOffset <= logStart) {
      // Deleted, and a loss of power has brought back the names of some: what is missing among them says nothing of what is behind.
      for (const gone of segments.splice(0, index + 1)) removeSegment(storage, gone)
      looked.length = 0
      index = -1
      continue
    }
    const lost = segments.splice(index + 1)
    storage.logger.warn(
      `${segment.file.path} ends at offset ${segment.nextOffset} (${segment.sizeInBytes} bytes): ` +
        `${fault ?? `the next segment begins at ${next?.baseOffset}`}; ${lost.length} later segments are removed`,
    )
    for (const later of lost) removeSegment(storage, later)
  }
  return looked
}

function verifySegment(
  storage: Storage,
  segment: Segment,
  recoveryPoint: number,
  epochs: EpochCache,
): string | undefined {
  const size = segment.filedBytes
  segment.nextOffset = segment.baseOffset
  if (size === 0) {
    segment.resetIndexes()
    return undefined
  }
  const from = segment.rewind(recoveryPoint)
  let end = scanVerified(storage, segment, from, size, epochs)
  if (end.fault !== undefined && from > 0) {
    // Nothing is cut on the word of an index: without one, the walk begins at the first byte.
    segment.resetIndexes()
    segment.sizeInBytes = 0
    segment.nextOffset = segment.baseOffset
    end = scanVerified(storage, segment, 0, size, epochs)
  }
  if (end.fault !== undefined) storage.files.use(segment.file).truncate(end.position)
  segment.filedBytes = end.position
  return end.fault
}

/** Walks and notes batches whose checksums and offsets are right. */
function scanVerified(
  storage: Storage,
  segment: Segment,
  from: number,
  size: number,
  epochs: EpochCache,
): { position: number; fault?: string } {
  const file = storage.files.use(segment.file)
  let fault: string | undefined
  const end = scanBatches(file, from, size, (buffer, at, batchBytes) => {
    const baseOffset = baseOffsetOf(buffer, at)
    const lastOffset = lastOffsetOf(buffer, at)
    // The checksum does not cover the base offset: it has to fit what stands before it, and the segment.
    const misfit = lastOffset < baseOffset || lastOffset - segment.baseOffset > relativeOffsetMax
    if (baseOffset < segment.nextOffset || misfit) {
      fault = `offsets ${baseOffset} … ${lastOffset} where ${segment.nextOffset} is next`
    } else if (!crcMatches(buffer, at, batchBytes)) {
      fault = `a batch at offset ${baseOffset} whose checksum is wrong`
    }
    if (fault !== undefined) return false
    segment.note(batchBytes, lastOffset, maxTimestampOf(buffer, at), storage.indexIntervalBytes)
    epochs.assign(leaderEpochOf(buffer, at), baseOffset)
    return true
  })
  fault ??= end.fault
  return fault === undefined ? { position: end.position } : { position: end.position, fault }
}

function removeSegment(storage: Storage, segment: Segment): void {
  storage.files.release(segment.file)
  for (const suffix of Object.values(segmentSuffixes)) storage.disk.unlink(segment.path(suffix))
}

/** A log has at least one segment. */
function startSegments(storage: Storage, directory: string, found: Segment[], logStart: number): SegmentList {
  if (found.length > 0) return new SegmentList(found)
  return new SegmentList([Segment.fresh(storage, directory, logStart, storage.clock.now())])
}

/** After a clean stop the newest snapshot is that of the end of the log; where there is none, there are no producers. */
function loadProducers(log: LocalLog): void {
  if (log.snapshots.offsets().length === 0) log.producers.reset(log.offsets.end)
  else log.snapshots.rebuild(log.offsets.end)
}

/** Reads the batches behind the last snapshot that can be believed, for the producers and for the transactions they aborted. */
function recoverProducers(log: LocalLog, doubtful: readonly Segment[]): void {
  const completed = new Map<number, CompletedTransaction[]>()
  const from = log.snapshots.rebuild(
    log.offsets.end,
    log.recoveryPoint.offset,
    (transaction, segmentBase) => {
      if (!transaction.aborted) return
      const list = completed.get(segmentBase) ?? []
      list.push(transaction)
      completed.set(segmentBase, list)
    },
  )
  for (const segment of log.segments.all) {
    const ended = completed.get(segment.baseOffset)
    if (!ended && !doubtful.includes(segment)) continue
    const before = segment.aborted().filter(entry => entry.lastOffset < from)
    segment.resetAborted()
    for (const entry of before) segment.addAborted(entry)
    for (const transaction of ended ?? []) segment.addAborted(transaction)
  }
}
