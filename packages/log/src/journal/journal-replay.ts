// After a crash: brings what only the journals have into the partitions.
import { DirectoryFormatError } from '../api/errors.ts'
import type { Disk } from '../disk/disk.ts'
import { baseOffsetOf, lastOffsetOf, leaderEpochOf, sizeOf } from '../format/batch.ts'
import {
  decodeJournalFileHeader,
  decodeJournalPartition,
  type JournalEntry,
  journalFileHeaderBytes,
  journalHeaderBytes,
  journalKinds,
  type JournalPartition,
  journalVersion,
  parseJournalName,
  readEntry,
} from '../format/journal-format.ts'
import { partitionDirectoryName } from '../format/segment-name.ts'
import type { LocalLog } from '../partition/local-log.ts'
import { replayBatch, restartLog } from '../partition/replay.ts'
import { DeletedBatches } from '../producers/deleted-batches.ts'
import { crcMatches, frameFault } from '../segment/batch-scan.ts'
import type { Storage } from '../storage/storage.ts'

export interface FoundJournal {
  readonly number: number
  readonly path: string
}

/** The journals in a data directory, oldest first. */
export function findJournals(directory: string, names: readonly string[]): FoundJournal[] {
  return names
    .flatMap(name => {
      const number = parseJournalName(name)
      return number === undefined ? [] : [{ number, path: `${directory}/${name}` }]
    })
    .sort((a, b) => a.number - b.number)
}

interface Named extends JournalPartition {
  readonly name: string
}

/** Walks the whole entries of a journal. What follows the first that is not whole was never durable. */
export function walkJournal(
  bytes: Buffer,
  path: string,
  visit: (entry: JournalEntry, partition: Named, sequence: number) => void,
): void {
  const header = decodeJournalFileHeader(bytes)
  if (!header) return
  if (header.version !== journalVersion) {
    throw new DirectoryFormatError(
      `${path} has version ${header.version}; this version of the log reads ${journalVersion}. Start the version that wrote it and stop it cleanly`,
    )
  }
  const slots: Named[] = []
  let at = journalFileHeaderBytes
  for (let sequence = 0; ; sequence++) {
    const entry = readEntry(bytes, at)
    if (!entry) return
    if (entry.kind === journalKinds.partition) {
      const partition = decodeJournalPartition(entry.payload)
      slots[entry.slot] = {
        ...partition,
        name: partitionDirectoryName(partition.topic, partition.partition),
      }
    }
    const named = slots[entry.slot]
    if (!named || (entry.kind === journalKinds.batch && !isWholeBatch(entry.payload))) return
    visit(entry, named, sequence)
    at += journalHeaderBytes + entry.payload.length
  }
}

function isWholeBatch(bytes: Buffer): boolean {
  return (
    frameFault(bytes, 0, bytes.length) === undefined &&
    sizeOf(bytes, 0) === bytes.length &&
    crcMatches(bytes, 0, bytes.length)
  )
}

/** What is in the journals of a partition. */
export interface JournaledBatches {
  /** Where the last batch ends. */
  readonly endOffset: number
  /** Those in front of the log start. */
  readonly deleted: DeletedBatches | undefined
}

/** What the journals say of the partitions, before anything is replayed. */
export interface JournalFindings {
  /** Topic id by directory name: the last one named, which is the one that lives. */
  readonly topicIds: ReadonlyMap<string, string>
  /** By directory name: nothing is to be replayed of a partition that is not named. */
  readonly batches: ReadonlyMap<string, JournaledBatches>
  /** Topic id by directory name: of partitions whose deletion was begun. */
  readonly deleted: ReadonlyMap<string, string>
  /** By directory name and topic id: journal and entry before which nothing may be replayed. */
  readonly forgotten: ReadonlyMap<string, readonly [journal: number, sequence: number]>
}

const identity = ({ name, topicId }: Named): string => `${name} ${topicId}`

export function surveyJournals(
  { disk, checkpoints }: Pick<Storage, 'disk' | 'checkpoints'>,
  journals: readonly FoundJournal[],
): JournalFindings {
  const topicIds = new Map<string, string>()
  const batches = new Map<string, JournaledBatches>()
  const deleted = new Map<string, string>()
  const forgotten = new Map<string, readonly [number, number]>()
  for (const { number, path } of journals) {
    walkJournal(disk.readFile(path)!, path, (entry, partition, sequence) => {
      const { name, topicId } = partition
      if (entry.kind === journalKinds.partition) {
        if (topicIds.get(name) !== topicId) batches.delete(name)
        topicIds.set(name, topicId)
      }
      const lives = topicIds.get(name) === topicId
      if (entry.kind === journalKinds.deleted && lives) {
        topicIds.delete(name)
        deleted.set(name, topicId)
      }
      if (entry.kind === journalKinds.forget) {
        forgotten.set(identity(partition), [number, sequence])
        if (lives) batches.delete(name)
      }
      if (entry.kind === journalKinds.batch && lives) {
        batches.set(name, withBatch(batches.get(name), entry.payload, name, checkpoints))
      }
    })
  }
  return { topicIds, batches, deleted, forgotten }
}

function withBatch(
  before: JournaledBatches | undefined,
  batch: Buffer,
  name: string,
  checkpoints: Storage['checkpoints'],
): JournaledBatches {
  const baseOffset = baseOffsetOf(batch, 0)
  let deleted = before?.deleted
  if (baseOffset < checkpoints.logStart(name)) {
    deleted ??= new DeletedBatches()
    // What stands in front of the recovery point a snapshot has.
    deleted.note(batch, baseOffset >= checkpoints.recoveryPoint(name))
  }
  return { endOffset: lastOffsetOf(batch, 0) + 1, deleted }
}

export interface ReplayOptions {
  /** The partition of a directory, or undefined when it was deleted. */
  find(name: string): LocalLog | undefined
  warn(message: string): void
  /** Called after each batch. */
  onReplayed(): void
}

/** Hands each partition the batches of a journal that it lacks, in order. Returns how many. */
export function replayJournal(
  disk: Disk,
  { number, path }: FoundJournal,
  findings: JournalFindings,
  options: ReplayOptions,
): number {
  let replayed = 0
  walkJournal(disk.readFile(path)!, path, (entry, partition, sequence) => {
    if (entry.kind !== journalKinds.batch) return
    if (findings.topicIds.get(partition.name) !== partition.topicId) return
    const until = findings.forgotten.get(identity(partition))
    if (until && (number < until[0] || (number === until[0] && sequence < until[1]))) return
    const log = options.find(partition.name)
    if (!log || log.topicId !== partition.topicId) return
    const baseOffset = baseOffsetOf(entry.payload, 0)
    if (lacksFront(log, baseOffset, entry.offset)) {
      options.warn(
        `${partition.name} has lost the segments before its first one: it is read from the journal`,
      )
      restartLog(log, entry.offset)
    }
    if (lastOffsetOf(entry.payload, 0) < log.offsets.end) return
    const end = {
      endOffset: log.offsets.end,
      sizeInBytes: log.segments.sizeInBytes(),
      latestEpoch: log.epochs.cache.latest,
    }
    if (!follows(end, entry.payload)) {
      options.warn(
        `${partition.name} ends at offset ${log.offsets.end}: its batch at ${baseOffset} is left out of the replay`,
      )
      return
    }
    replayBatch(log, entry.payload, baseOffset, entry.offset)
    replayed++
    options.onReplayed()
  })
  return replayed
}

/** Where a log ends that takes batches back. */
export interface ReplayEnd {
  readonly endOffset: number
  readonly sizeInBytes: number
  /** Of its last batch, −1 for none. */
  readonly latestEpoch: number
}

/**
 * Whether a batch goes on where the log ends. Batches are acknowledged in order: what was to stand between was not, hence neither was one
 * behind a gap. Such a one was left out by an earlier start, too, if there was one, and what has been appended since carries
 * the leader epoch of that. A log that is empty may begin within a batch, whose front has been deleted.
 */
export function follows(log: ReplayEnd, batch: Buffer): boolean {
  if (leaderEpochOf(batch, 0) < log.latestEpoch) return false
  const baseOffset = baseOffsetOf(batch, 0)
  return baseOffset === log.endOffset || (baseOffset < log.endOffset && log.sizeInBytes === 0)
}

/**
 * Whether a batch that began a segment is missing in front of the files although nobody deleted it. Names of segments that were never
 * synced may survive a loss of power without those before them; then all that was acknowledged is in the journals.
 */
function lacksFront({ name, storage, segments }: LocalLog, baseOffset: number, segmentBase: number): boolean {
  const firstBase = segments.first.baseOffset
  const beganSegment = baseOffset === segmentBase && baseOffset < firstBase
  return storage.syncs && beganSegment && firstBase > storage.checkpoints.logStart(name)
}
