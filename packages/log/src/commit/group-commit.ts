// Group commit: what was appended in one turn of the event loop is written together, and made durable by as few syncs as possible.
import type { Timer } from '@millrace/runtime'
import { type LogError, messageOf, storageError } from '../api/errors.ts'
import type { CommitLevel } from '../api/types.ts'
import { isPassing, lacksRoom, mayBeTriedAgain } from '../disk/disk-errors.ts'
import { forEachAtOnce, syncsAtOnce } from '../disk/many-syncs.ts'
import type { Journal } from '../journal/journal.ts'
import { Journals } from '../journal/journals.ts'
import { moveRecoveryPoint } from '../partition/checkpoint.ts'
import type { CommitQueue, LocalLog } from '../partition/local-log.ts'
import { rollBack } from '../partition/roll-back.ts'
import type { Storage } from '../storage/storage.ts'
import type { TailEntry } from '../tail/hot-tail.ts'

/** While a sync is under way, small groups wait for it and are then written in one; groups of this size are written meanwhile. */
const eagerBytes = 256 * 1024

/**
 * For how long a sync waits for batches that are likely to come. Looked at once a turn of the event loop, since no timer is that fine, and
 * for so many turns at most, which is the limit where time stands still while nothing happens.
 */
const patienceMs = 0.5
const patienceTurns = 200
/** How long to wait before a sync is tried again for which something could not be written. */
const retryMs = 250
/** Syncs that do not wait after one that waited in vain; twice as many each time, up to the most. */
const impatientSyncsMax = 64

/** Appends that share a write and a sync. */
class Group {
  readonly logs: LocalLog[] = []
  /** End offset of each log that was written, or −1 for one whose appends were taken back. */
  readonly ends: number[] = []
  entries: TailEntry[] = []
  bytes = 0
  /** Batches appended. */
  count = 0
  /** Some of it has to be written on a full disk, too. */
  makesRoom = false
  /** Somebody waits for the write alone. */
  writtenWanted = false
  /** Set by the write: where the batches went, if not into the partitions' own files. */
  journal: Journal | undefined
  error: LogError | undefined
  /** Where syncs are off: the logs whose topic asks for one now (`flush.messages`). */
  flushing: ReadonlySet<LocalLog> | undefined
  #written: PromiseWithResolvers<void> | undefined
  #durable: PromiseWithResolvers<void> | undefined

  promise(level: CommitLevel): Promise<void> {
    if (level === 'written') {
      this.#written ??= deferred()
      return this.#written.promise
    }
    this.#durable ??= deferred()
    return this.#durable.promise
  }

  settleWritten(): void {
    if (this.error) this.#written?.reject(this.error)
    else this.#written?.resolve()
  }

  settleDurable(): void {
    if (this.error) this.#durable?.reject(this.error)
    else this.#durable?.resolve()
  }
}

/** A promise that may be rejected while nobody waits for it yet. */
function deferred(): PromiseWithResolvers<void> {
  const made = Promise.withResolvers<void>()
  made.promise.catch(() => {})
  return made
}

const done = Promise.resolve()

export class GroupCommit implements CommitQueue {
  readonly journals: Journals
  /** The first group that could not be written: recovery does not go on after one. */
  refusal: LogError | undefined
  readonly #storage: Storage
  #group = new Group()
  /** Batches that the running or last sync is for: who is answered by it is likely to send more at once. */
  #syncedCount = 0
  /** Batches that the next sync had better be for. */
  #expected = 0
  /** Turns that it still waits for them, and until when, once it does. */
  #patience = 0
  #patientUntil = 0
  /** Syncs that will not wait, and how many it will be after the next vain wait. */
  #impatient = 0
  #impatientNext = 1
  /** Written, and not yet covered by a sync that has begun. */
  #unsynced: Group[] = []
  #syncing: Promise<void> | undefined
  /** Runs while the groups of a sync wait to be tried again. */
  #syncTimer: Timer | undefined
  /** The last of the groups that are written and not durable. */
  #last: Group | undefined
  #scheduled = false
  /** A group of this turn that could not be written before its appenders asked how it went. */
  #failedThisTurn: LogError | undefined

  constructor(storage: Storage) {
    this.#storage = storage
    this.journals = new Journals(storage)
    this.journals.onRelief = () => this.#schedule()
  }

  /** A log has its first append since the last write. */
  enlist(log: LocalLog): void {
    this.#group.logs.push(log)
    this.#schedule()
  }

  /** What a log appends now is to be written on a full disk, too. */
  enlistMakingRoom(): void {
    this.#group.makesRoom = true
  }

  put(entry: TailEntry): void {
    this.#group.entries.push(entry)
    this.#group.count++
  }

  appended(bytes: number): void {
    this.#group.bytes += bytes
    if (this.#group.bytes >= this.#storage.limits.pendingMaxBytes) this.writeNow()
  }

  /** See `LogManager.commit`. */
  commit(level: CommitLevel): Promise<void> {
    const failure = this.#failedThisTurn ?? this.#storage.failure
    if (failure) return Promise.reject(failure)
    if (this.#group.logs.length > 0) {
      if (level === 'written' && !this.#group.writtenWanted) {
        this.#group.writtenWanted = true
        this.#schedule()
      }
      return this.#group.promise(level)
    }
    // Where syncs are off, what waits for one all the same (`flush.messages`) is not called written before it either.
    const waits = level === 'durable' || !this.#storage.syncs
    return waits && this.#last ? this.#last.promise('durable') : done
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#storage.clock.defer(() => {
      this.#scheduled = false
      this.#failedThisTurn = undefined
      const group = this.#group
      // What is not synced need not wait for a sync that is another topic's.
      const sharesSync = this.#storage.syncs
      if (sharesSync && this.#syncing && group.bytes < eagerBytes && !group.writtenWanted) return
      if (this.#expectsMore(group)) {
        this.#patience--
        this.#schedule()
        return
      }
      if (!this.#mustWait) this.#write()
      this.#startSync()
    })
  }

  /**
   * Whether the next sync had better wait. Producers with several requests in flight are all answered by one sync and send anew within
   * microseconds of each other: without patience the first of these gets a sync of its own, and the others wait for two.
   */
  #expectsMore(group: Group): boolean {
    if (this.#patience === 0 || this.#syncing || group.writtenWanted || group.bytes >= eagerBytes)
      return false
    const count = this.#waitingCount
    if (count === 0) return false
    if (count >= this.#expected) {
      this.#impatientNext = 1
      return false
    }
    const now = this.#storage.clock.monotonic()
    if (this.#patience === patienceTurns) this.#patientUntil = now + patienceMs
    if (this.#patience > 1 && now < this.#patientUntil) return true
    // In vain, whether time or turns ran out.
    this.#patience = 0
    this.#impatient = this.#impatientNext
    this.#impatientNext = Math.min(this.#impatientNext * 2, impatientSyncsMax)
    return false
  }

  /** Batches that no sync has begun for. */
  get #waitingCount(): number {
    let { count } = this.#group
    for (const unsynced of this.#unsynced) count += unsynced.count
    return count
  }

  /** A sync is done: those whom it answered will come again, to those who wait already. */
  #expect(): void {
    this.#expected = this.#syncedCount + this.#waitingCount
    this.#patience = 0
    if (this.#impatient > 0) this.#impatient--
    else if (this.#expected > 1) this.#patience = patienceTurns
  }

  /** Writes what is pending at once. Its durability takes its usual course. */
  writeNow(): void {
    const group = this.#group
    this.#write()
    if (group.error) this.#failedThisTurn = group.error
    this.#schedule()
  }

  #write(): void {
    const group = this.#group
    if (group.logs.length === 0) return
    this.#group = new Group()
    group.flushing = this.#flushDue(group)
    if (this.#throughJournal(group)) this.#writeJournal(group)
    else this.#writeFiles(group)
    group.entries = []
    this.journals.trim()
    // With `flush.messages` a record is synced before anybody is told of it, as in Kafka, whose append syncs.
    if (!group.flushing) group.settleWritten()
    if (this.#storage.syncs || group.flushing) {
      this.#unsynced.push(group)
      this.#last = group
    } else {
      this.#advance(group)
      group.settleDurable()
    }
  }

  #flushDue({ logs }: Group): Set<LocalLog> | undefined {
    if (this.#storage.syncs || !logs.some(log => log.flushDue)) return undefined
    return new Set(logs.filter(log => log.flushDue))
  }

  #throughJournal(group: Group): boolean {
    // What a flush is for may stand in journals that were never synced: writing to the files brings it there, too.
    if (group.flushing) return false
    // The journal may be what fills the disk.
    if (group.makesRoom) return false
    const { limits, syncs } = this.#storage
    const files = group.logs.length
    const directMax = syncs ? limits.directFilesMax : limits.directFilesUnsyncedMax
    return files > directMax && group.bytes <= files * limits.journalBytesPerFileMax
  }

  /** The disk cannot bring batches home as fast as they come: the producers feel it. */
  get #mustWait(): boolean {
    return this.journals.overloaded && this.#throughJournal(this.#group)
  }

  #writeJournal(group: Group): void {
    try {
      group.journal = this.journals.write(group.entries)
    } catch (error) {
      this.#refuse(group, error, 'the journal')
      for (const log of group.logs) this.#takeBack(group, log)
      return
    }
    for (const log of group.logs) {
      log.tail.markWritten()
      group.ends.push(log.groupWritten())
    }
    this.journals.retireFull()
  }

  #writeFiles(group: Group): void {
    for (const log of group.logs) {
      try {
        if (log.makesRoom) this.#storage.room.makingNow(() => log.writer.write(true))
        else log.writer.write(true)
        group.ends.push(log.groupWritten())
      } catch (error) {
        this.#refuse(group, error, log.name)
        this.#takeBack(group, log)
      }
    }
  }

  #refuse(group: Group, error: unknown, what: string): void {
    group.error ??= storageError(`writing ${what} in ${this.#storage.directory}: ${messageOf(error)}`, error)
    this.refusal ??= group.error
    if (!isPassing(error)) this.#storage.fail(`writing ${what}`, error)
    else this.#storage.logger.error(group.error.message)
    if (lacksRoom(error)) this.#storage.room.onShort()
  }

  #takeBack(group: Group, log: LocalLog): void {
    group.ends.push(-1)
    try {
      rollBack(log)
    } catch (error) {
      this.#storage.fail(`taking back what could not be written to ${log.name}`, error)
    }
  }

  #startSync(): void {
    if (this.#syncing || this.#syncTimer || this.#unsynced.length === 0) return
    const groups = this.#unsynced
    this.#unsynced = []
    this.#syncedCount = groups.reduce((sum, { count }) => sum + count, 0)
    const syncs = this.#syncsOf(groups)
    this.#syncing = Promise.allSettled(syncs).then(results => {
      this.#syncing = undefined
      this.#synced(groups, results)
    })
  }

  /** The syncs that make groups durable, one a file or directory. */
  #syncsOf(groups: readonly Group[]): Promise<void>[] {
    const journals = new Set<Journal>()
    const direct = new Set<LocalLog>()
    const unnamed = new Set<LocalLog>()
    for (const { logs, ends, journal, flushing } of groups) {
      if (journal) journals.add(journal)
      for (let index = 0; index < logs.length; index++) {
        const log = logs[index]!
        if (ends[index]! < 0 || log.closed || flushing?.has(log) === false) continue
        if (!journal) direct.add(log)
        if (!log.syncs.nameSynced) unnamed.add(log)
      }
    }
    const syncs: Promise<void>[] = []
    for (const journal of journals) syncs.push(journal.sync())
    if (direct.size > 0) {
      const logs = [...direct]
      syncs.push(
        forEachAtOnce(logs, syncsAtOnce(logs.length), async log => {
          if (log.closed) return
          try {
            await Promise.all(log.syncs.start())
          } catch (error) {
            // A partition that was deleted meanwhile took its directory away under the sync, and has nothing left to lose.
            if (!log.closed) throw error
          }
        }),
      )
    }
    if (unnamed.size > 0) {
      syncs.push(
        this.#storage.syncRoot().then(() => {
          for (const log of unnamed) log.syncs.nameSynced = true
        }),
      )
    }
    return syncs
  }

  #synced(groups: readonly Group[], results: readonly PromiseSettledResult<void>[]): void {
    const failed = results.find(result => result.status === 'rejected')
    if (failed && !this.#storage.failure && this.#draining === 0 && mayBeTriedAgain(failed.reason)) {
      this.#syncLater(groups, failed.reason)
      return
    }
    this.#storage.room.unblock('sync')
    const failure = failed ? this.#storage.fail('syncing', failed.reason) : this.#storage.failure
    for (const group of groups) {
      if (failure) group.error ??= failure
      else this.#advance(group)
      if (group.flushing) group.settleWritten()
      group.settleDurable()
      if (this.#last === group) this.#last = undefined
    }
    if (failure) {
      this.#refuseWaiting(failure)
      return
    }
    if (!this.#draining) this.#expect()
    if (this.#expectsMore(this.#group)) {
      this.#schedule()
      return
    }
    if (!this.#mustWait) this.#write()
    this.#startSync()
  }

  /** There was no room for what has to be written before the sync (no sync failed): these wait for it, and nobody else joins them. */
  #syncLater(groups: readonly Group[], cause: unknown): void {
    this.#storage.room.block('sync', cause)
    this.#unsynced.unshift(...groups)
    this.#syncTimer = this.#storage.clock.setTimer(retryMs, () => {
      this.#syncTimer = undefined
      this.#startSync()
    })
  }

  /** After a failure nothing that waits will ever be durable. */
  #refuseWaiting(failure: LogError): void {
    for (const group of this.#unsynced.splice(0)) {
      group.error ??= failure
      if (group.flushing) group.settleWritten()
      group.settleDurable()
    }
    this.#last = undefined
    const group = this.#group
    this.#group = new Group()
    group.error = failure
    for (const log of group.logs) this.#takeBack(group, log)
    group.settleWritten()
    group.settleDurable()
  }

  #advance(group: Group): void {
    const { logs, ends, flushing } = group
    for (let index = 0; index < logs.length; index++) {
      const log = logs[index]!
      if (ends[index]! >= 0) log.advance(ends[index]!)
      if (ends[index]! >= 0 && flushing?.has(log)) log.flushed(ends[index]!)
      if (log.recoveryPoint.isDue(log.writer.writtenBytes)) void this.checkpoint(log)
    }
  }

  readonly #checkpoints = new Set<Promise<void>>()
  /** Calls of `drain` under way: nothing waits for company. */
  #draining = 0

  /** Moves the recovery point of a partition to its end. Does not reject: where there is no room it stays, and `Storage.failure` tells the rest. */
  checkpoint(log: LocalLog): Promise<void> {
    const running = moveRecoveryPoint(log)
      .catch((error: unknown) => {
        if (log.closed) return
        // A sync that failed leaves nothing to believe; anything else is tried again when more has been written.
        if (isPassing(error))
          this.#storage.logger.warn(`the recovery point of ${log.name} stays: ${messageOf(error)}`)
        else this.#storage.fail(`moving the recovery point of ${log.name}`, error)
      })
      .finally(() => this.#checkpoints.delete(running))
    this.#checkpoints.add(running)
    return running
  }

  /** Writes and syncs all that is pending; resolves when nothing is under way. Does not reject: `Storage.failure` tells. */
  async drain(): Promise<void> {
    this.#patience = 0
    this.#draining++
    this.#syncTimer?.cancel()
    this.#syncTimer = undefined
    this.#write()
    this.#startSync()
    while (this.#syncing || this.#checkpoints.size > 0) {
      await this.#syncing
      await Promise.all(this.#checkpoints)
    }
    this.#draining--
  }

  /** Brings everything of one partition into its files, durably. Rejects with KAFKA_STORAGE_ERROR or the disk's error. */
  async flush(log: LocalLog): Promise<void> {
    this.writeNow()
    this.#storage.assertSound()
    log.file()
    await log.syncs.sync()
  }

  /** The same, and out of the journals' reach. */
  async settle(log: LocalLog): Promise<void> {
    await this.flush(log)
    await this.journals.forget(log)
    await this.drain()
  }
}
