// Makes a partition's log from its directory: believed after a clean stop, verified past the recovery point after a crash.
import type { LogConfig } from '../api/config.ts'
import { EpochCache } from '../epochs/epoch-cache.ts'
import { rebuildEpochs } from '../epochs/epoch-rebuild.ts'
import { readEpochs } from '../epochs/leader-epochs.ts'
import { partitionDirectoryName } from '../format/segment-name.ts'
import { type CommitQueue, LocalLog } from '../partition/local-log.ts'
import { readTopicId, writeTopicId } from '../partition/partition-identity.ts'
import { endRecovery } from '../partition/replay.ts'
import type { DeletedBatches } from '../producers/deleted-batches.ts'
import { ProducerStates } from '../producers/producer-states.ts'
import { SegmentList } from '../segment/segment-list.ts'
import { Segment } from '../segment/segment.ts'
import type { Storage } from '../storage/storage.ts'
import {
  dropDeleted,
  dropName,
  dropNameless,
  dropOverrun,
  listSegments,
  measureLast,
} from './found-segments.ts'
import { recoverProducers } from './producer-recovery.ts'
import { verifySegments } from './segment-verification.ts'

/** What the journals say of a partition. */
export interface Journaled {
  /** Which topic it is of, when the directory does not say. */
  readonly topicId: string
  /** Where the last batch ends that they have of it, 0 for none. */
  readonly endOffset: number
  /** What they have in front of the log start, if they have something. */
  readonly deleted: DeletedBatches | undefined
}

export interface LoadOptions {
  readonly storage: Storage
  readonly commits: CommitQueue
  readonly topic: string
  readonly partition: number
  readonly journaled: Journaled
  readonly config: LogConfig
  /** The last stop was clean: what the files say is complete. */
  readonly clean: boolean
}

/** Loads a partition; after a crash the journals may have more of it (see `endRecovery`). Blocks; reads little after a clean stop. Throws DirectoryFormatError or the disk's error. */
export function loadPartition(options: LoadOptions): LocalLog {
  const { storage, topic, partition, config, journaled } = options
  const name = partitionDirectoryName(topic, partition)
  const directory = `${storage.directory}/${name}`
  const { checkpoints } = storage
  const found = listSegments(storage, directory)
  const recoveryPoint = checkpoints.recoveryPoint(name)
  const stored = readEpochs(storage, directory)
  const topicId = readTopicId(storage, name)
  if (!options.clean && topicId === undefined && recoveryPoint === 0) dropNameless(storage, found, name)
  if (!options.clean) dropDeleted(storage, found, Math.min(checkpoints.logStart(name), recoveryPoint))
  const clean = options.clean && measureLast(storage, found)
  let epochs = stored ?? new EpochCache()
  const doubtful = clean ? [] : verify(storage, found, name, journaled, epochs)
  if (!clean) dropOverrun(storage, found, Math.min(checkpoints.logStart(name), recoveryPoint))
  if (!clean && recoveryPoint <= checkpoints.logStart(name))
    dropName(storage, found, checkpoints.logStart(name))
  // Verifying has read those behind the recovery point only.
  const rebuild = !stored && found.length > 0 && (clean || recoveryPoint > found[0]!.baseOffset)
  if (rebuild) epochs = rebuildEpochs(storage.files, found)
  const segments = startSegments(storage, directory, found, checkpoints.logStart(name))
  const logEndOffset = segments.active.nextOffset
  const logStartOffset = Math.max(checkpoints.logStart(name), segments.first.baseOffset)
  if (topicId === undefined) {
    // The file was not synced when the power went: what the journal says is written down again.
    writeTopicId(storage, directory, journaled.topicId)
  }
  const log = new LocalLog({
    storage,
    commits: options.commits,
    directory,
    topic,
    partition,
    topicId: topicId ?? journaled.topicId,
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
  log.snapshots.deleted = journaled.deleted
  if (clean) loadProducers(log)
  else recoverProducers(log, doubtful)
  for (const segment of doubtful) if (segments.all.includes(segment)) log.syncs.doubt(segment)
  if (options.clean) endRecovery(log)
  return log
}

/**
 * Returns the segments that were looked at: those behind the recovery point. Where it is not known where the log begins, those in front of it, too: what was
 * deleted there may have come back, in any part, and then goes with all that is in front of it.
 */
function verify(
  storage: Storage,
  found: Segment[],
  name: string,
  journaled: Journaled,
  epochs: EpochCache,
): Segment[] {
  const { checkpoints } = storage
  const recoveryPoint = checkpoints.recoveryPoint(name)
  const limits = { cleaned: checkpoints.cleaned(name) ?? 0, journaled: journaled.endOffset }
  return checkpoints.logStartsKnown
    ? verifySegments(storage, found, recoveryPoint, epochs, {
        ...limits,
        logStart: checkpoints.logStart(name),
      })
    : verifySegments(storage, found, 0, epochs, { ...limits, logStart: recoveryPoint })
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
