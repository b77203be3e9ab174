// Group commit: what was appended in one turn of the event loop is written together, and made durable by as few syncs as possible.
import type { Timer } from '@millrace/runtime'
import type { LogError } from '../api/errors.ts'
import type { CommitLevel } from '../api/types.ts'
import { mayBeTriedAgain } from '../disk/disk-errors.ts'
import type { Journals } from '../journal/journals.ts'
import type { CommitQueue, LocalLog } from '../partition/local-log.ts'
import type { Storage } from '../storage/storage.ts'
import type { TailEntry } from '../tail/partition-tail.ts'
import { CommitDelay } from './commit-delay.ts'
import { CommitGroup } from './commit-group.ts'
import { startSyncs } from './group-syncs.ts'
import { type Flight, isApart, isBeside } from './sync-flight.ts'
import { GroupWriter } from './group-writer.ts'
import { RecoveryPoints } from './recovery-points.ts'

/** While a sync is under way, small groups wait for it and are then written in one; groups of this size are written meanwhile. */
const eagerBytes = 256 * 1024
/** How long to wait before a sync is tried again for which something could not be written. */
const retryMs = 250

const done = Promise.resolve()

export class GroupCommit implements CommitQueue {
  readonly #storage: Storage
  readonly #writer: GroupWriter
  readonly #delay: CommitDelay
  readonly #points: RecoveryPoints
  #group = new CommitGroup()
  /** Written, and not yet covered by a sync that has begun. */
  #unsynced: CommitGroup[] = []
  /** Syncs under way, two at most; they settle in the order in which they began. */
  readonly #flights: Flight[] = []
  /** The last of them. Does not reject. */
  #settled: Promise<void> = done
  /** Groups whose sync has to be tried again, in front of those that are unsynced. */
  #again: CommitGroup[] = []
  /** Runs while they wait. */
  #syncTimer: Timer | undefined
  /** The last of the groups that are written and not durable. */
  #last: CommitGroup | undefined
  #scheduled = false
  /** Calls of `drain` under way: nothing waits for company. */
  #draining = 0
  /** A group of this turn that could not be written before its appenders asked how it went. */
  #failedThisTurn: LogError | undefined

  constructor(storage: Storage) {
    this.#storage = storage
    this.#writer = new GroupWriter(storage)
    this.#delay = new CommitDelay(storage.clock)
    this.#points = new RecoveryPoints(storage)
    this.journals.onRelief = () => this.#schedule()
  }

  get journals(): Journals {
    return this.#writer.journals
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

  put(entry: TailEntry<LocalLog>): void {
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
      const waits = this.#busyFor(group)
      if (sharesSync && waits && group.bytes < eagerBytes && !group.writtenWanted) return
      if (this.#expectsMore(group)) {
        this.#delay.countTurn()
        this.#schedule()
        return
      }
      if (!this.#writer.mustWait(this.#group)) this.#write()
      if (!waits) this.#startSync()
    })
  }

  /** Whether the next sync had better wait. */
  #expectsMore(group: CommitGroup): boolean {
    if (!this.#delay.armed || this.#flights.length > 0) return false
    if (group.writtenWanted || group.bytes >= eagerBytes) return false
    return this.#delay.waits(this.#waitingCount)
  }

  /** Batches that no sync has begun for. */
  get #waitingCount(): number {
    let { count } = this.#group
    for (const unsynced of this.#unsynced) count += unsynced.count
    return count
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
    this.#group = new CommitGroup()
    this.#writer.write(group)
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

  /** Whether a group of this turn had better wait for a sync that is under way, and share the next one with others. */
  #busyFor(group: CommitGroup): boolean {
    const [flight, another] = this.#flights
    if (!flight) return false
    return another !== undefined || this.#unsynced.length > 0 || !isBeside(group, flight)
  }

  #startSync(): void {
    if (this.#syncTimer || this.#again.length + this.#unsynced.length === 0) return
    const [flight, another] = this.#flights
    const groups = [...this.#again, ...this.#unsynced]
    if (another || (flight && !isApart(groups, flight))) return
    this.#again = []
    this.#unsynced = []
    const started: Flight = { groups, count: groups.reduce((sum, { count }) => sum + count, 0) }
    this.#flights.push(started)
    const results = Promise.allSettled(startSyncs(this.#storage, groups))
    this.#settled = this.#settled.then(async () => this.#synced(started, await results))
  }

  #synced({ groups, count }: Flight, results: readonly PromiseSettledResult<void>[]): void {
    this.#flights.shift()
    const failed = results.find(result => result.status === 'rejected')
    if (failed && !this.#storage.failure && this.#draining === 0 && mayBeTriedAgain(failed.reason)) {
      this.#syncLater(groups, failed.reason)
      return
    }
    if (this.#again.length > 0 && !this.#storage.failure) {
      // What is durable is durable in the order of the appends.
      this.#again.push(...groups)
      this.#startSync()
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
    if (!this.#draining) this.#delay.expect(count + this.#waitingCount)
    if (this.#expectsMore(this.#group)) {
      this.#schedule()
      return
    }
    if (!this.#writer.mustWait(this.#group)) this.#write()
    this.#startSync()
  }

  /** There was no room for what has to be written before the sync (no sync failed): these wait for it, and nobody else joins them. */
  #syncLater(groups: readonly CommitGroup[], cause: unknown): void {
    this.#storage.room.block('sync', cause)
    this.#again.push(...groups)
    this.#syncTimer = this.#storage.clock.setTimer(retryMs, () => {
      this.#syncTimer = undefined
      this.#startSync()
    })
  }

  /** After a failure nothing that waits will ever be durable. */
  #refuseWaiting(failure: LogError): void {
    for (const group of [...this.#again.splice(0), ...this.#unsynced.splice(0)]) {
      group.error ??= failure
      if (group.flushing) group.settleWritten()
      group.settleDurable()
    }
    this.#last = undefined
    const group = this.#group
    this.#group = new CommitGroup()
    group.error = failure
    this.#writer.takeBack(group)
    group.settleWritten()
    group.settleDurable()
  }

  #advance(group: CommitGroup): void {
    const { logs, ends, flushing } = group
    for (let index = 0; index < logs.length; index++) {
      const log = logs[index]!
      if (ends[index]! >= 0) log.advance(ends[index]!)
      if (ends[index]! >= 0 && flushing?.has(log)) log.flushed(ends[index]!)
      this.#points.moveIfDue(log)
    }
  }

  /** Writes and syncs all that is pending; resolves when nothing is under way. Does not reject: `Storage.failure` tells. */
  async drain(): Promise<void> {
    this.#delay.cancel()
    this.#draining++
    this.#syncTimer?.cancel()
    this.#syncTimer = undefined
    this.#write()
    this.#startSync()
    while (this.#flights.length > 0 || this.#points.busy) {
      await this.#settled
      await this.#points.settled()
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
