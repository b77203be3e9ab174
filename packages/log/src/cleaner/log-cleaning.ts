// One cleaning of one log: its keys are looked up, then its segments are written anew, group by group (Kafka's `Cleaner.doClean`).
import { BatchHeader, readBatchHeader } from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import type { CleanerFigures, CleanerSettings } from '../api/cleaner.ts'
import { sizeOf } from '../format/batch.ts'
import { moveRecoveryPoint } from '../partition/checkpoint.ts'
import type { LocalLog } from '../partition/local-log.ts'
import { replaceSegments } from '../partition/segment-replacement.ts'
import type { Segment } from '../segment/segment.ts'
import { BatchFilter, type FilterRules, type Packing } from './batch-filter.ts'
import type { Cleanable } from './cleanable.ts'
import { CleanedSegment } from './cleaned-segment.ts'
import { CleanedTransactions } from './cleaned-transactions.ts'
import { keyHashSecretBytes } from './key-hash.ts'
import { KeyScan } from './key-scan.ts'
import { OffsetMap, offsetSlotBytes } from './offset-map.ts'
import { CleaningAborted, type Pace } from './pace.ts'
import { eachPiece, type Piece, type ReadBuffers } from './segment-reader.ts'
import { groupSegments } from './segment-groups.ts'

/** How often, and for how long, to wait for a recovery point that is being moved. */
const moveTriesMax = 100
const moveRetryMs = 10

/** Each of the buffers for reading is not smaller. */
const readBytesMin = 64 * 1024

export interface LogCleaningOptions {
  readonly log: LocalLog
  readonly settings: CleanerSettings
  readonly pace: Pace
  readonly figures: CleanerFigures
  /** Hears of files that the log does not need any more. */
  removeLater(paths: readonly string[]): void
}

/** A batch that stays: where it stands in a piece, or made anew. */
interface Left {
  readonly batch: Buffer | Packing
  readonly at: number | undefined
}

interface GroupedSegment {
  readonly segment: Segment
  readonly baseOffset: number
  readonly sizeInBytes: number
  readonly offsetIndexBytes: number
  readonly timeIndexBytes: number
}

export class LogCleaning {
  readonly #options: LogCleaningOptions
  readonly #header = new BatchHeader()
  readonly #buffers: ReadBuffers
  /** Bytes read to be cleaned, and written. */
  bytesRead = 0
  bytesWritten = 0

  constructor(options: LogCleaningOptions) {
    this.#options = options
    const memory = () => Buffer.allocUnsafeSlow(Math.max(readBytesMin, options.settings.ioBufferBytes))
    this.#buffers = [memory(), memory(), memory()]
  }

  /**
   * Cleans what there is to clean; resolves with the offset up to where it is clean then, which is less than was asked for where the keys did not
   * fit into memory. Rejects with CleaningAborted, with CorruptSegmentError, RecordsError, DecompressionError for what cannot be cleaned, or
   * with the disk's error. What has been cleaned by then stays.
   */
  async run({ firstDirtyOffset, endOffset }: Cleanable): Promise<number> {
    const { log, pace, settings, figures } = this.#options
    await this.#prepare(endOffset)
    const secret = log.storage.random.bytes(keyHashSecretBytes)
    const map = new OffsetMap(mapBytes(settings, endOffset - firstDirtyOffset), settings.loadFactor, secret)
    await new KeyScan({ log, map, pace, buffers: this.#buffers }).fill(firstDirtyOffset, endOffset)
    figures.lastMapPercent = (100 * map.size) / map.keysMax
    const cleanedOffset = map.latestOffset + 1
    const transactions = new CleanedTransactions()
    const filter = new BatchFilter(this.#rules(map, transactions), pace)
    try {
      for (const group of await this.#groups(cleanedOffset, endOffset))
        await this.#cleanGroup(group, filter, transactions)
    } finally {
      figures.recordsRead += filter.figures.recordsRead
      figures.recordsKept += filter.figures.recordsKept
      figures.recordsInvalid += filter.figures.recordsInvalid
    }
    return cleanedOffset
  }

  /** What is to be cleaned is durable, and recovery will not doubt it; and the log is found to go on behind it, whatever is left. */
  async #prepare(endOffset: number): Promise<void> {
    const { log, pace } = this.#options
    for (let tries = 0; tries < moveTriesMax && log.recoveryPoint.offset < endOffset; tries++) {
      // Somebody else may be about to, perhaps not as far.
      if (log.recoveryPoint.moving) await sleep(log.storage.clock, moveRetryMs)
      else await moveRecoveryPoint(log)
      pace.begin()
    }
    if (log.recoveryPoint.offset < endOffset) throw new CleaningAborted('its recovery point is being moved')
    const { active } = log.segments
    if (active.created) return
    active.createFile()
    await log.storage.disk.syncDirectory(log.directory)
    pace.begin()
    active.nameSynced = true
  }

  #rules(map: OffsetMap, transactions: CleanedTransactions): FilterRules {
    const { log } = this.#options
    return {
      map,
      transactions,
      now: log.storage.clock.now(),
      deleteRetentionMs: log.config.deleteRetentionMs,
      lastOfProducer: producerId => log.producers.entry(producerId),
    }
  }

  async #groups(cleanedOffset: number, endOffset: number): Promise<Segment[][]> {
    const { log, pace } = this.#options
    const { segmentBytes, segmentIndexBytes } = log.config
    const grouped: GroupedSegment[] = []
    for (const segment of log.segments.all.filter(({ baseOffset }) => baseOffset < cleanedOffset)) {
      const { baseOffset, filedBytes: sizeInBytes } = segment
      grouped.push({ segment, baseOffset, sizeInBytes, ...segment.indexSizes() })
      if (pace.isDue) await pace.rest()
    }
    const groups = groupSegments(grouped, { segmentBytes, segmentIndexBytes, endOffset })
    return groups.map(group => group.map(({ segment }) => segment))
  }

  async #cleanGroup(
    group: readonly Segment[],
    filter: BatchFilter,
    transactions: CleanedTransactions,
  ): Promise<void> {
    const { log, pace } = this.#options
    this.#assertRoom(group)
    const cleaned = new CleanedSegment(log, group)
    try {
      transactions.onAbortKept = entry => cleaned.segment.addAborted(entry)
      const last = group.findLast(segment => segment.filedBytes > 0)
      for (const segment of group)
        await this.#cleanInto(cleaned, segment, segment === last, filter, transactions)
      const replacement = await cleaned.finish()
      pace.begin()
      const paths = await replaceSegments(log, replacement)
      if (!paths) throw new CleaningAborted('its segments have changed')
      this.#options.removeLater(paths)
    } catch (error) {
      await cleaned.drop().catch(() => {
        // The next start removes what is left, and the next cleaning overwrites it.
      })
      throw error
    }
    pace.begin()
  }

  /** Appends go first: what is cleaned must not take the last of the room. Throws CleaningAborted. */
  #assertRoom(group: readonly Segment[]): void {
    const { disk, directory, limits } = this.#options.log.storage
    const usableBytes = disk.space?.(directory)?.usableBytes ?? Number.POSITIVE_INFINITY
    let neededBytes = 2 * limits.reserveBytes
    for (const segment of group) neededBytes += segment.filedBytes
    if (usableBytes < neededBytes)
      throw new CleaningAborted(`it needs room for ${neededBytes} bytes, and ${usableBytes} are free`)
  }

  async #cleanInto(
    cleaned: CleanedSegment,
    segment: Segment,
    isLast: boolean,
    filter: BatchFilter,
    transactions: CleanedTransactions,
  ): Promise<void> {
    const { log, pace } = this.#options
    const next = log.segments.at(log.segments.indexOf(segment.baseOffset) + 1)
    transactions.add(log.segments.abortedEntries(segment.baseOffset, next?.baseOffset ?? log.offsets.end))
    const source = { log, segment, position: 0, buffers: this.#buffers }
    /** The piece before, whose batches may still be packed and synced while the next one is judged; with how many bytes it was written. */
    let written: Promise<number> = Promise.resolve(0)
    try {
      await eachPiece(source, async piece => {
        await pace.step()
        const endsIt = isLast && piece.nextPosition === segment.filedBytes
        const left = await this.#judgePiece(piece, endsIt, filter)
        const bytes = await written
        written = this.#write(cleaned, piece, left, filter)
        // It is asked for with the next piece, or at the end.
        written.catch(() => {})
        await pace.spend(piece.end + bytes)
        return true
      })
      await pace.spend(await written)
      pace.check()
    } finally {
      await written.catch(() => {})
    }
  }

  /** What is left of the batches of a piece, in their order. */
  async #judgePiece({ buffer, end, unpacked }: Piece, isLast: boolean, filter: BatchFilter): Promise<Left[]> {
    const { pace } = this.#options
    const left: Left[] = []
    for (let at = 0; at < end; ) {
      const size = sizeOf(buffer, at)
      const header = readBatchHeader(buffer, at, this.#header)
      const judged = filter.judge(header, isLast && at + size === end, unpacked.get(at))
      const filtered = judged instanceof Promise ? await judged : judged
      if (filtered === 'keep') left.push({ batch: buffer, at })
      else if (filtered !== 'drop') left.push({ batch: filtered, at: undefined })
      at += size
      if (pace.isDue) await pace.rest()
    }
    return left
  }

  /** Resolves with the bytes that were written. */
  async #write(
    cleaned: CleanedSegment,
    piece: Piece,
    left: readonly Left[],
    filter: BatchFilter,
  ): Promise<number> {
    const made: Buffer[] = []
    for (const { batch, at } of left) {
      const bytes = Buffer.isBuffer(batch) ? batch : await batch.packed
      cleaned.add(bytes, at ?? 0)
      if (at === undefined) made.push(bytes)
    }
    const bytes = cleaned.pendingBytes
    await cleaned.write()
    piece.release()
    for (const batch of made) filter.release(batch)
    this.#count(piece.end, bytes)
    return bytes
  }

  #count(read: number, written: number): void {
    const { figures } = this.#options
    this.bytesRead += read
    this.bytesWritten += written
    figures.bytesRead += read
    figures.bytesWritten += written
  }
}

/** No more than so many offsets can need. */
function mapBytes({ dedupeBufferBytes, loadFactor }: CleanerSettings, offsets: number): number {
  const neededSlots = Math.ceil((offsets + 1) / Math.max(loadFactor, 0.01)) + 1
  return Math.min(dedupeBufferBytes, neededSlots * offsetSlotBytes)
}
