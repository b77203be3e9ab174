// Cleans the dirtiest log of a data directory, and knows those that cannot be cleaned (Kafka's `LogCleaner`, `LogCleanerManager`).
import type { CleanerFigures, CleanerSettings } from '../api/cleaner.ts'
import { messageOf } from '../api/errors.ts'
import { isPassing } from '../disk/disk-errors.ts'
import { FileRemovedError } from '../disk/file-cache.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Segment } from '../segment/segment.ts'
import type { Storage } from '../storage/storage.ts'
import { type Cleanable, cleanable, type CleanableSegment } from './cleanable.ts'
import { LogCleaning } from './log-cleaning.ts'
import { CleaningAborted, Pace } from './pace.ts'

/** The logs of a directory, as far as the cleaner needs them. */
export interface CleanerLogs {
  readonly storage: Storage
  /** Visits those whose policy is compaction; they are loaded for it. */
  eachCompacted(visit: (log: LocalLog, lastStableOffset: number) => void): Promise<void>
  /** Removes files that a log does not need any more, after the time that its settings say. */
  removeLater(log: LocalLog, paths: readonly string[]): void
}

interface Candidate {
  readonly log: LocalLog
  readonly cleanable: Cleanable
}

export class LogCleaner {
  settings: CleanerSettings
  readonly figures: CleanerFigures
  readonly #logs: CleanerLogs
  /** Cleaning them has failed, and would again. */
  readonly #uncleanable = new WeakSet<LocalLog>()
  /** Given up for now, and until when: others go first. */
  readonly #resting = new WeakMap<LocalLog, number>()
  /** What was said of a log that was given up, to say it once. */
  readonly #told = new WeakMap<LocalLog, string>()
  #stopping = false

  constructor(logs: CleanerLogs, settings: CleanerSettings, figures: CleanerFigures) {
    this.#logs = logs
    this.settings = settings
    this.figures = figures
  }

  /** The cleaning under way ends as soon as it can, and none begins any more. */
  stop(): void {
    this.#stopping = true
  }

  /** Cleans the dirtiest of the logs that are due; false when there is none. Does not reject for what is wrong with a log. */
  async cleanDirtiest(): Promise<boolean> {
    const { storage } = this.#logs
    this.figures.lastRunAtMs = storage.clock.now()
    const candidate = await this.#look()
    if (!candidate || this.#unwilling() !== undefined) return false
    await this.#clean(candidate)
    return true
  }

  /** Why nothing can be cleaned now, or undefined. */
  #unwilling(): string | undefined {
    const { failure, room } = this.#logs.storage
    if (this.#stopping) return 'the broker stops'
    if (failure) return 'the storage has failed'
    return room.blocked ? 'the disk is full' : undefined
  }

  async #look(): Promise<Candidate | undefined> {
    const { storage } = this.#logs
    const now = storage.clock.now()
    let dirtiest: Candidate | undefined
    const seen = { dirtyRatio: 0, delayMs: 0, uncleanable: 0, uncleanableBytes: 0 }
    await this.#logs.eachCompacted((log, lastStableOffset) => {
      // Only what is in a closed segment can be cleaned.
      if (log.segments.count < 2) return
      const found = look(log, lastStableOffset, now)
      if (this.#uncleanable.has(log)) {
        seen.uncleanable++
        seen.uncleanableBytes += found?.dirtyBytes ?? 0
        return
      }
      if (!found) return
      seen.dirtyRatio = Math.max(seen.dirtyRatio, found.dirtyRatio)
      seen.delayMs = Math.max(seen.delayMs, found.overdueMs)
      if (!found.due || (this.#resting.get(log) ?? 0) > storage.clock.monotonic()) return
      if (!dirtiest || found.dirtyRatio > dirtiest.cleanable.dirtyRatio) dirtiest = { log, cleanable: found }
    })
    this.figures.maxDirtyPercent = Math.floor(100 * seen.dirtyRatio)
    this.figures.maxCompactionDelayMs = seen.delayMs
    this.figures.uncleanablePartitions = seen.uncleanable
    this.figures.uncleanableBytes = seen.uncleanableBytes
    return dirtiest
  }

  async #clean({ log, cleanable: found }: Candidate): Promise<void> {
    const { storage } = this.#logs
    const { clock } = storage
    const began = clock.monotonic()
    const cleaning = new LogCleaning({
      log,
      settings: this.settings,
      figures: this.figures,
      pace: new Pace({
        clock,
        bytesMax: () => this.settings.ioMaxBytesPerSecond,
        aborted: () => this.#unwilling() ?? unwillingOf(log),
      }),
      removeLater: paths => this.#logs.removeLater(log, paths),
    })
    try {
      const cleanedOffset = await cleaning.run(found)
      await storage.checkpoints.setCleaned(log.name, cleanedOffset)
      this.#told.delete(log)
      this.#note(log, cleaning, cleanedOffset, clock.monotonic() - began)
    } catch (error) {
      this.#resting.set(log, clock.monotonic() + this.settings.backoffMs)
      this.#giveUp(log, error)
    }
  }

  #note(
    log: LocalLog,
    { bytesRead, bytesWritten }: LogCleaning,
    cleanedOffset: number,
    tookMs: number,
  ): void {
    const { figures } = this
    figures.cleanings++
    figures.lastCleaningMs = tookMs
    figures.lastRecopyPercent = bytesRead === 0 ? 0 : (100 * bytesWritten) / bytesRead
    this.#logs.storage.logger.info(
      `${log.name} is cleaned up to offset ${cleanedOffset}: ${bytesWritten} of ${bytesRead} bytes stay (${Math.round(tookMs)} ms)`,
    )
  }

  #giveUp(log: LocalLog, error: unknown): void {
    const { storage } = this.#logs
    // Who stops, deletes or has lost the disk knows.
    if (this.#stopping || log.closed || storage.failure) return
    if (mayBeginAgain(error)) {
      const message = `cleaning of ${log.name} was given up and will be tried again: ${messageOf(error)}`
      if (this.#told.get(log) === message) return
      this.#told.set(log, message)
      storage.logger.warn(message)
      return
    }
    this.#uncleanable.add(log)
    storage.logger.error(
      `${log.name} cannot be cleaned and is left as it is until the broker is restarted: ${messageOf(error)}`,
    )
  }
}

function unwillingOf(log: LocalLog): string | undefined {
  if (log.closed) return 'it is gone'
  return log.config.cleanupCompact ? undefined : 'its policy has changed'
}

function look(log: LocalLog, lastStableOffset: number, now: number): Cleanable | undefined {
  const { segments, offsets, storage, config, name } = log
  const view = {
    segments: segments.all.map(viewOf),
    logStartOffset: offsets.start,
    logEndOffset: offsets.end,
    lastStableOffset,
    cleanedOffset: storage.checkpoints.cleaned(name),
  }
  return cleanable(view, config, now)
}

function viewOf(segment: Segment): CleanableSegment {
  return {
    baseOffset: segment.baseOffset,
    sizeInBytes: segment.sizeInBytes,
    firstTimestamp: () => {
      segment.lookUpTimestamps()
      return segment.rollTimestamp
    },
    largestTimestamp: () => segment.largestTimestamp(),
  }
}

/** Whether what went wrong is not the log's fault: there was no room, or retention took segments that were to be cleaned. */
function mayBeginAgain(error: unknown): boolean {
  return error instanceof CleaningAborted || error instanceof FileRemovedError || isPassing(error)
}
