// Finds out where partitions start: from what the group committed, or from the log; and notices a log that was truncated.
import type { Timer } from '@millrace/runtime'
import { listOffsets, OffsetSpec } from '../admin/partitions/list-offsets.ts'
import { offsetForLeaderEpoch } from '../admin/partitions/offset-for-leader-epoch.ts'
import type { Cluster } from '../cluster/cluster.ts'
import {
  isRetriable,
  needsMetadata,
  OperationTimeoutError,
  PositionError,
  ProtocolError,
} from '../errors/index.ts'
import { backoffMs } from '../network/backoff.ts'
import type { Assignment } from './assignment.ts'
import { partitionKey } from './assignors/ownership.ts'
import { type CommitIdentity, fetchCommitted } from './committed-offsets.ts'
import type { ResolvedConsumerOptions } from './options.ts'
import type { OffsetTarget, PartitionState } from './partition-state.ts'
import { PositionWaiters } from './position-waiters.ts'
import { tellIfUnknown } from './unknown-partition.ts'

export interface PositionsHost {
  /** Partitions have a place to fetch from. */
  onPosition(): void
  /** Something the user must hear; `state` is the partition that a seek would mend. */
  onError(error: Error, state?: PartitionState): void
  /** Resolves when the commits under way are through: what they commit is where partitions start. */
  committed(): Promise<void>
  /** As whom the group's offsets are read, where the coordinator wants to know. */
  reader(): CommitIdentity | undefined
}

/**
 * Every partition is on its own: one whose leader says nothing holds up no other. What fails is tried again with a backoff of the
 * partition's own, whether the error is one that passes or one that the user must hear, who hears it again with each attempt.
 */
export class Positions {
  readonly #cluster: Cluster
  readonly #options: ResolvedConsumerOptions
  readonly #assignment: Assignment
  readonly #host: PositionsHost
  readonly #waiters: PositionWaiters
  #timer: Timer | undefined
  readonly #abort = new AbortController()

  constructor(
    cluster: Cluster,
    options: ResolvedConsumerOptions,
    assignment: Assignment,
    host: PositionsHost,
  ) {
    this.#cluster = cluster
    this.#options = options
    this.#assignment = assignment
    this.#host = host
    this.#waiters = new PositionWaiters(cluster.clock)
  }

  /** Looks for partitions without a place to fetch from, or with one that must be checked, and sees to them. */
  resolve(): void {
    if (this.#abort.signal.aborted) return
    this.#waiters.look()
    const due = this.#due()
    if (due.length === 0) return
    const groups = new Map<string, { states: PartitionState[]; work: Work }>()
    for (const state of due) {
      state.locating = true
      const [name, work] = this.#workFor(state)
      const group = groups.get(name)
      if (group) group.states.push(state)
      else groups.set(name, { states: [state], work })
    }
    for (const { states, work } of groups.values()) this.#attempt(states, work)
  }

  /**
   * Waits for the position of a partition, also while a hook runs that takes it over. Throws PositionError and what else the user must hear of it,
   * OperationTimeoutError, StateError when the partition goes, the signal's reason.
   */
  find(state: PartitionState, timeoutMs: number, signal: AbortSignal | undefined): Promise<number> {
    const found = this.#waiters.wait(state, timeoutMs, signal)
    this.resolve()
    return found
  }

  close(): void {
    this.#abort.abort()
    this.#timer?.cancel()
    this.#waiters.close()
  }

  /** KIP-320: the leader changed since what stands before `fetchOffset` was read; the new one may have less than the old one had. */
  needsValidation(state: PartitionState): boolean {
    if (state.fetchOffset === undefined || state.fetchedEpoch < 0) return false
    const epoch = this.#leaderOf(state)?.leaderEpoch ?? -1
    return epoch > state.fetchedEpoch && epoch > state.validatedEpoch
  }

  /** What waits to be seen to and may be now; a timer sees to the rest. */
  #due(): PartitionState[] {
    const now = this.#cluster.clock.monotonic()
    const due: PartitionState[] = []
    let nextAt = Number.POSITIVE_INFINITY
    for (const state of this.#assignment) {
      if (state.locating || (state.suspended && !this.#waiters.has(state))) continue
      if (state.target === undefined && !this.needsValidation(state)) continue
      if (state.locateAt <= now) due.push(state)
      else nextAt = Math.min(nextAt, state.locateAt)
    }
    this.#timer?.cancel()
    this.#timer = undefined
    if (nextAt !== Number.POSITIVE_INFINITY)
      this.#timer = this.#cluster.clock.setTimer(nextAt - now, () => this.resolve())
    return due
  }

  /** What has to be done for a partition; those of one name share a request. */
  #workFor(state: PartitionState): readonly [name: string, work: Work] {
    if (state.target === 'committed') return ['committed', states => this.#fromGroup(states)]
    const leader = this.#leaderOf(state)?.leader ?? -1
    if (leader === -1) return ['leaderless', states => this.#findLeaders(states)]
    if (state.target !== undefined) return [`log ${leader}`, states => this.#fromLog(states)]
    return [`epoch ${leader}`, states => this.#validate(states)]
  }

  #attempt(states: readonly PartitionState[], work: Work): void {
    work(states)
      .catch((error: unknown) => {
        const failed = states.filter(({ revoked }) => !revoked)
        for (const state of failed) this.#backOff(state)
        if (failed.length > 0) this.#tell(error as Error, failed)
      })
      .finally(() => {
        for (const state of states) state.locating = false
        if (this.#abort.signal.aborted) return
        this.#host.onPosition()
        this.resolve()
      })
  }

  async #fromGroup(states: readonly PartitionState[]): Promise<void> {
    const { groupId, readCommitted, resetOf } = this.#options
    const generations = states.map(({ generation }) => generation)
    await this.#host.committed()
    const committed =
      groupId === undefined
        ? new Map<string, never>()
        : await fetchCommitted(this.#cluster, groupId, states, {
            stable: readCommitted,
            signal: this.#abort.signal,
            reader: () => this.#host.reader(),
          })
    states.forEach((state, index) => {
      if (state.revoked || state.generation !== generations[index]) return
      const found = committed.get(partitionKey(state.topic, state.partition))
      const autoOffsetReset = resetOf(state.topic)
      if (found) {
        state.committed = found.offset
        this.#assignment.move(state, found.offset, found.leaderEpoch)
      } else if (autoOffsetReset !== 'none') {
        this.#assignment.moveToTarget(state, autoOffsetReset)
      } else {
        const message = `group "${groupId}" has no committed offset and autoOffsetReset is "none": seek to where to start`
        this.#refuse(state, new PositionError('NO_OFFSET', state.topic, state.partition, message))
      }
    })
  }

  /** A topic may just be being made, or its leader be elected: the partitions wait until there is one. */
  async #findLeaders(states: readonly PartitionState[]): Promise<void> {
    const topics = new Set(states.map(({ topic }) => topic))
    await this.#cluster.refreshMetadata([...topics], this.#abort.signal)
    for (const state of states) {
      if ((this.#leaderOf(state)?.leader ?? -1) !== -1) continue
      this.#backOff(state)
      tellIfUnknown(this.#cluster, state)
    }
  }

  async #fromLog(states: readonly PartitionState[]): Promise<void> {
    const queries = states.map(state => ({
      topic: state.topic,
      partition: state.partition,
      timestamp: timestampOf(state.target as OffsetTarget),
    }))
    const generations = states.map(({ generation }) => generation)
    const isolationLevel = this.#options.readCommitted ? 'read_committed' : 'read_uncommitted'
    const found = await listOffsets(this.#cluster, queries, { isolationLevel, signal: this.#abort.signal })
    found.forEach(({ offset, leaderEpoch, error }, index) => {
      const state = states[index]!
      if (state.revoked || state.generation !== generations[index]) return
      if (error) this.#refuse(state, error)
      else if (offset >= 0) this.#assignment.move(state, offset, leaderEpoch)
      // No record is that young: it starts with the next one.
      else if (queries[index]!.timestamp >= 0) this.#assignment.moveToTarget(state, 'latest')
      else this.#refuse(state, new ProtocolError(`${state.name}: a broker knows no end of the log`))
    })
  }

  async #validate(states: readonly PartitionState[]): Promise<void> {
    const queries = states.map(state => ({
      topic: state.topic,
      partition: state.partition,
      leaderEpoch: state.fetchedEpoch,
    }))
    const before = states.map(state => ({
      generation: state.generation,
      current: this.#leaderOf(state)?.leaderEpoch ?? -1,
    }))
    const ends = await offsetForLeaderEpoch(this.#cluster, queries, { signal: this.#abort.signal })
    ends.forEach(({ endOffset, leaderEpoch, error }, index) => {
      const state = states[index]!
      const { generation, current } = before[index]!
      // After a fetch that was still under way, the question is another one.
      if (
        state.revoked ||
        state.generation !== generation ||
        state.fetchedEpoch !== queries[index]!.leaderEpoch
      )
        return
      if (error) this.#refuse(state, error)
      else this.#conclude(state, current, endOffset, leaderEpoch)
    })
  }

  /** What the end of the epoch means, as Java's `SubscriptionState.maybeCompleteValidation` has it. */
  #conclude(state: PartitionState, current: number, endOffset: number, leaderEpoch: number): void {
    const autoOffsetReset = this.#options.resetOf(state.topic)
    // The leader knows of no epoch as young as ours: nothing says where its log and what was read part.
    const isUndefined = endOffset < 0 || leaderEpoch < 0
    if (!isUndefined && endOffset >= state.delivered) {
      // The user saw nothing of what was lost: what is fetched already is dropped, and fetched as it is now.
      if (endOffset < state.fetchOffset!) this.#assignment.refetch(state)
      state.validatedEpoch = current
    } else if (autoOffsetReset === 'none') {
      this.#assignment.refetch(state)
      const where = isUndefined ? 'at an unknown place' : `to offset ${endOffset}`
      const message = `the log was truncated ${where}, before the position ${state.delivered}, and autoOffsetReset is "none": records were lost; seek to where to go on`
      this.#refuse(state, new PositionError('LOG_TRUNCATED', state.topic, state.partition, message))
    } else if (isUndefined) {
      this.#assignment.moveToTarget(state, autoOffsetReset)
    } else {
      this.#assignment.move(state, endOffset, leaderEpoch)
      state.validatedEpoch = current
    }
  }

  /** A partition's own error: only it has to wait. */
  #refuse(state: PartitionState, error: Error): void {
    this.#backOff(state)
    this.#tell(error, [state], state)
  }

  /** `states`: whose positions it keeps from being found; `state`: the one that a seek would mend. */
  #tell(error: Error, states: readonly PartitionState[], state?: PartitionState): void {
    if (this.#abort.signal.aborted) return
    // Brokers that cannot be reached for a while, or partitions without a leader, are no error of the consumer.
    const isPassing = isRetriable(error) || error instanceof OperationTimeoutError || needsMetadata(error)
    if (isPassing) this.#cluster.invalidateMetadata()
    // An answer that cannot be decoded may come again for ever.
    const isUndecodable = error instanceof ProtocolError || error.cause instanceof ProtocolError
    if (isPassing && !isUndecodable) return
    this.#host.onError(error, state)
    for (const waitedFor of states) this.#waiters.fail(waitedFor, error)
  }

  #backOff(state: PartitionState): void {
    const { clock, random, options } = this.#cluster
    const { retryBackoffMs, retryBackoffMaxMs } = options
    const delayMs = backoffMs(state.locateFailures++, retryBackoffMs, retryBackoffMaxMs, random)
    // Without any backoff configured it would ask without a pause.
    state.locateAt = clock.monotonic() + Math.max(1, delayMs)
  }

  #leaderOf({ topic, partition }: PartitionState): { leader: number; leaderEpoch: number } | undefined {
    return this.#cluster.metadata.partition(topic, partition)
  }
}

type Work = (states: readonly PartitionState[]) => Promise<void>

function timestampOf(target: OffsetTarget): number {
  if (target === 'earliest') return OffsetSpec.earliest
  if (target === 'latest') return OffsetSpec.latest
  return target.timestamp
}
