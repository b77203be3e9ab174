// When logs are compacted: now and then, one after the other, and without any of it in memory while none is to be.
import type { Timer } from '@millrace/runtime'
import {
  type CleanerFigures,
  type CleanerSettings,
  defaultCleanerSettings,
  noCleanings,
} from '../api/cleaner.ts'
import { messageOf } from '../api/errors.ts'
import type { LogCleaner } from '../cleaner/log-cleaner.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { Storage } from '../storage/storage.ts'
import type { PartitionDirectories } from './partition-directories.ts'
import type { Slot } from './partition-table.ts'

/** Loaded when there is something to clean for the first time: most brokers start and end without. */
let loaded: typeof LogCleaner | undefined

export class Cleaning {
  readonly figures: CleanerFigures = noCleanings()
  readonly #storage: Storage
  readonly #partitions: PartitionDirectories
  #settings = defaultCleanerSettings
  #cleaner: LogCleaner | undefined
  #timer: Timer | undefined
  #running: Promise<boolean> | undefined
  #started = false
  #closed = false

  constructor(storage: Storage, partitions: PartitionDirectories) {
    this.#storage = storage
    this.#partitions = partitions
  }

  /** Begins to look for logs to clean, or goes on with other settings. */
  start(settings: CleanerSettings): void {
    this.#settings = settings
    if (this.#cleaner) this.#cleaner.settings = settings
    this.#started = true
    this.#timer?.cancel()
    this.#timer = undefined
    this.#arm()
  }

  #arm(): void {
    if (!this.#started || this.#closed || this.#running) return
    this.#timer = this.#storage.clock.setTimer(
      this.#settings.backoffMs,
      () => {
        this.#timer = undefined
        void this.#cleanAll()
      },
      { unref: true },
    )
  }

  async #cleanAll(): Promise<void> {
    try {
      while (!this.#closed && (await this.cleanDirtiest()));
    } catch (error) {
      if (!this.#closed) this.#storage.logger.error(`looking for logs to clean: ${messageOf(error)}`)
    }
    this.#arm()
  }

  /** Cleans the dirtiest log, unless one is being cleaned; false when none is due. */
  async cleanDirtiest(): Promise<boolean> {
    if (this.#running) return await this.#running
    if (this.#closed || this.#storage.failure || !this.#anyCompacted()) return false
    this.#running = this.#run()
    try {
      return await this.#running
    } finally {
      this.#running = undefined
    }
  }

  async #run(): Promise<boolean> {
    this.#cleaner ??= await this.#make()
    if (this.#closed) return false
    return await this.#cleaner.cleanDirtiest()
  }

  async #make(): Promise<LogCleaner> {
    loaded ??= (await import('../cleaner/log-cleaner.ts')).LogCleaner
    const { clock } = this.#storage
    return new loaded(
      {
        storage: this.#storage,
        eachCompacted: visit =>
          this.#partitions.table.each(clock, slot => {
            if (this.#closed || !this.#isCompacted(slot)) return
            const { local, log } = this.#partitions.load(slot)
            visit(local, log.lastStableOffset)
          }),
        removeLater: (log, paths) => this.#removeLater(log, paths),
      },
      this.#settings,
      this.figures,
    )
  }

  #anyCompacted(): boolean {
    for (const slot of this.#partitions.table.all()) if (this.#isCompacted(slot)) return true
    return false
  }

  #isCompacted({ topic, loaded }: Slot): boolean {
    return (loaded?.local.config ?? this.#partitions.configFor(topic)).cleanupCompact
  }

  #removeLater(log: LocalLog, paths: readonly string[]): void {
    const delayMs = this.#storage.room.blocked ? 0 : log.config.fileDeleteDelayMs
    for (const path of paths) this.#partitions.deletions.add(path, false, delayMs)
  }

  /** Ends what is under way; resolves when nothing of it touches the disk any more. */
  async close(): Promise<void> {
    this.#closed = true
    this.#timer?.cancel()
    this.#cleaner?.stop()
    await this.#running?.catch(() => {})
  }
}
