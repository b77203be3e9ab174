// Looks at groups from time to time, remembers a window of what it saw, and says how they are.
import { Admin, type GroupLag, type GroupPartitionLag, StateError } from '@millrace/client'
import type { Family, Timer } from '@millrace/runtime'
import { type GroupStatus, type PartitionStatus, unknownGroup } from './group-status.ts'
import { lagFamilies, lagText } from './lag-metrics.ts'
import { type LagMonitorOptions, type ResolvedLagOptions, resolveLagOptions } from './options.ts'
import { PartitionHistory } from './partition-history.ts'
import { placeName, RecordTimes } from './record-times.ts'
import { judgeGroup } from './verdict.ts'

/** What is remembered of a group. */
interface Watched {
  status: GroupStatus
  readonly histories: Map<string, PartitionHistory>
}

/** A partition of a group with something committed, and both ends known. */
type Known = GroupPartitionLag & {
  readonly committed: number
  readonly endOffset: number
  readonly lag: number
}

/** Groups that are asked about at a time. */
const groupsPerCall = 100
/** How long a look for the times of records takes at most. */
const timesTimeoutMs = 2_000

/**
 * Watches groups of consumers on any cluster, by what an admin client sees: how far they are behind, in records and in time, and how they are doing, in the verdicts of LinkedIn's Burrow. It keeps a window of what it saw and
 * nothing else.
 *
 * @example
 * const monitor = new LagMonitor({ brokers: ['localhost:9092'], onVerdict: ({ group, to }) => console.log(`${group} is ${to}`) })
 * monitor.start()
 */
export class LagMonitor implements AsyncDisposable {
  readonly #options: ResolvedLagOptions
  readonly #admin: Admin
  readonly #times: RecordTimes | undefined
  readonly #watched = new Map<string, Watched>()
  readonly #stop = new AbortController()
  #looking: Promise<readonly GroupStatus[]> | undefined
  #timer: Timer | undefined
  #untracked = 0
  #lastError: Error | undefined

  /** Checks the options; connects with the first look. Throws ConfigError. */
  constructor(options: LagMonitorOptions) {
    this.#options = resolveLagOptions(options)
    const { cluster, clock, timeLag } = this.#options
    this.#admin = new Admin(cluster)
    if (timeLag) this.#times = new RecordTimes(cluster, clock)
  }

  /** Looks at once, and then every `intervalMs` until {@link close}. Throws StateError once it was closed. */
  start(): void {
    if (this.#stop.signal.aborted) throw new StateError('start: the monitor was closed; make another one')
    this.#timer ??= this.#arm(0)
  }

  #arm(delayMs: number): Timer {
    const { clock, intervalMs } = this.#options
    return clock.setTimer(delayMs, () => {
      const startedAt = clock.monotonic()
      void this.look()
        .catch(() => {})
        .then(() => {
          if (this.#stop.signal.aborted) return
          this.#timer = this.#arm(Math.max(0, intervalMs - (clock.monotonic() - startedAt)))
        })
    })
  }

  /** Looks now, and says how all groups are. A call while another one looks waits for that. Rejects with what keeps it from looking, which `onError` hears, too. */
  look(): Promise<readonly GroupStatus[]> {
    this.#looking ??= this.#look()
      .then(
        () => {
          this.#lastError = undefined
          return this.groups
        },
        (error: unknown) => {
          this.#noteError(error as Error)
          throw error
        },
      )
      .finally(() => {
        this.#looking = undefined
      })
    return this.#looking
  }

  /** How groups were at the last look, sorted by id. */
  get groups(): readonly GroupStatus[] {
    return Array.from(this.#watched.values(), ({ status }) => status).sort((a, b) =>
      a.group < b.group ? -1 : 1,
    )
  }

  /** How a group was at the last look: `NOTFOUND` where it is none, or has committed nothing. */
  group(id: string): GroupStatus {
    return this.#watched.get(id)?.status ?? unknownGroup(id)
  }

  /** Why the last look failed; undefined where it did not. */
  get lastError(): Error | undefined {
    return this.#lastError
  }

  /** Partitions of groups of which nothing is known, since there is only room for `maxPartitions`. */
  get untracked(): number {
    return this.#untracked
  }

  /** Families of metrics as of the last look. */
  metrics(): readonly Family[] {
    return lagFamilies(this.groups)
  }

  /** The same in Prometheus's text format (`text/plain; version=0.0.4`). */
  prometheusText(): string {
    return lagText(this.metrics())
  }

  /** Ends it: a look that is under way is broken off. Never rejects. */
  async close(): Promise<void> {
    this.#stop.abort(new StateError('the monitor was closed'))
    this.#timer?.cancel()
    await this.#looking?.catch(() => {})
    await this.#times?.close()
    this.#admin.close()
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #look(): Promise<void> {
    const ids = await this.#ids()
    const seen: GroupLag[] = []
    for (let at = 0; at < ids.length; at += groupsPerCall) {
      this.#stop.signal.throwIfAborted()
      seen.push(...(await this.#admin.describeGroupLag(ids.slice(at, at + groupsPerCall))))
    }
    this.#stop.signal.throwIfAborted()
    const wanted = new Set(ids)
    for (const id of this.#watched.keys()) if (!wanted.has(id)) this.#watched.delete(id)
    // Commits are judged by when they were seen, however long the rest takes.
    const now = this.#options.clock.now()
    const known = this.#track(seen, now)
    const times = await this.#timesOf(known)
    for (const group of seen) this.#update(group, known.get(group.groupId) ?? [], times, now)
  }

  async #ids(): Promise<string[]> {
    const { groups } = this.#options
    if (groups !== undefined && typeof groups !== 'function') return [...groups]
    const listed = await this.#admin.listGroups()
    const ids = listed.flatMap(({ groupId, type, protocolType }) =>
      // Workers of Kafka Connect and members of share groups commit nothing of this kind.
      type !== 'share' && type !== 'streams' && (protocolType === 'consumer' || protocolType === '')
        ? [groupId]
        : [],
    )
    return groups ? ids.filter(id => groups(id)) : ids
  }

  /** Remembers what was seen of partitions, as many as there is room for. */
  #track(seen: readonly GroupLag[], at: number): Map<string, Known[]> {
    const known = new Map<string, Known[]>()
    let room = this.#options.maxPartitions
    this.#untracked = 0
    for (const { groupId, partitions, error } of seen) {
      if (error) continue
      const usable = partitions.filter(isKnown)
      const kept = usable.slice(0, room)
      room -= kept.length
      this.#untracked += usable.length - kept.length
      known.set(groupId, kept)
      const watched = this.#watched.get(groupId) ?? { status: unknownGroup(groupId), histories: new Map() }
      this.#watched.set(groupId, watched)
      const names = new Set(kept.map(nameOf))
      for (const name of watched.histories.keys()) if (!names.has(name)) watched.histories.delete(name)
      for (const partition of kept) {
        const { committed, endOffset: end, lag, member } = partition
        const name = nameOf(partition)
        const history = watched.histories.get(name) ?? new PartitionHistory(this.#options.window)
        watched.histories.set(name, history)
        history.add({ at, committed, end, lag, isOwned: member !== undefined })
      }
    }
    return known
  }

  async #timesOf(known: ReadonlyMap<string, readonly Known[]>): Promise<ReadonlyMap<string, number>> {
    const behind = [...known.values()].flat().filter(({ lag }) => lag > 0)
    if (!this.#times || behind.length === 0) return new Map()
    try {
      return await this.#times.look(behind.map(placeOf), timesTimeoutMs, this.#stop.signal)
    } catch (error) {
      this.#stop.signal.throwIfAborted()
      // Verdicts need no times.
      this.#noteError(error as Error)
      return new Map()
    }
  }

  #update(group: GroupLag, known: readonly Known[], times: ReadonlyMap<string, number>, now: number): void {
    const { groupId, state, members, error } = group
    const watched = this.#watched.get(groupId)
    if (!watched || isGone(group)) {
      this.#watched.set(groupId, { status: unknownGroup(groupId, error), histories: new Map() })
      const from = watched?.status.verdict ?? 'NOTFOUND'
      if (from !== 'NOTFOUND')
        this.#tell({ group: groupId, from, to: 'NOTFOUND', status: this.group(groupId) })
      return
    }
    if (error) {
      watched.status = { ...watched.status, error }
      return
    }
    const partitions = known.map(each =>
      this.#statusOf(each, watched.histories.get(nameOf(each))!, now, times),
    )
    const ages = partitions.flatMap(({ lagMs }) => lagMs ?? [])
    const status: GroupStatus = {
      group: groupId,
      verdict: judgeGroup(partitions.map(({ verdict }) => verdict)),
      members: members.length,
      state,
      lag: partitions.reduce((sum, { lag }) => sum + lag, 0),
      lagMs: ages.length > 0 ? Math.max(...ages) : undefined,
      partitions,
      error: undefined,
    }
    const from = watched.status.verdict
    watched.status = status
    if (from !== status.verdict) this.#tell({ group: groupId, from, to: status.verdict, status })
  }

  #statusOf(
    { topic, partition, committed, endOffset: end, lag, logStartOffset, member }: Known,
    history: PartitionHistory,
    now: number,
    times: ReadonlyMap<string, number>,
  ): PartitionStatus {
    const { minComplete, allowedLag } = this.#options
    const time = times.get(placeName(placeOf({ topic, partition, committed, logStartOffset })))
    const age = time === undefined ? undefined : Math.max(0, now - time)
    return {
      topic,
      partition,
      verdict: history.judge(now, minComplete, { allowedLag }),
      complete: history.complete,
      committed,
      end,
      lag,
      lagMs: lag === 0 ? 0 : age,
      owner: member?.clientId,
    }
  }

  #tell(change: Parameters<NonNullable<ResolvedLagOptions['onVerdict']>>[0]): void {
    try {
      this.#options.onVerdict?.(change)
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error))
    }
  }

  #noteError(error: Error): void {
    if (this.#stop.signal.aborted) return
    this.#lastError = error
    try {
      this.#options.onError?.(error)
    } catch (thrown) {
      process.emitWarning(thrown instanceof Error ? thrown : String(thrown))
    }
  }
}

function isGone({ error, state, partitions }: GroupLag): boolean {
  if (error) return error.code === 'GROUP_ID_NOT_FOUND'
  return state === 'Dead' && partitions.length === 0
}

function isKnown(partition: GroupPartitionLag): partition is Known {
  const { committed, endOffset, lag } = partition
  return committed !== undefined && endOffset !== undefined && lag !== undefined
}

function nameOf({ topic, partition }: { readonly topic: string; readonly partition: number }): string {
  return `${topic}-${partition}`
}

/** Where the group reads next: what is committed before the start of the log is gone. */
function placeOf(of: Pick<Known, 'topic' | 'partition' | 'committed' | 'logStartOffset'>) {
  const { topic, partition, committed, logStartOffset = 0 } = of
  return { topic, partition, offset: Math.max(committed, logStartOffset) }
}
