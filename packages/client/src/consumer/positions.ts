// Finds out where partitions start: from what the group committed, or from the log; and notices a log that was truncated.
import type { Timer } from '@millrace/runtime'
import { listOffsets, OffsetSpec } from '../admin/list-offsets.ts'
import { offsetForLeaderEpoch } from '../admin/offset-for-leader-epoch.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { isRetriable, needsMetadata, OperationTimeoutError, PositionError } from '../errors/index.ts'
import { backoffMs } from '../network/backoff.ts'
import type { Assignment } from './assignment.ts'
import { partitionKey } from './assignors/ownership.ts'
import { fetchCommitted } from './committed-offsets.ts'
import type { ResolvedConsumerOptions } from './options.ts'
import type { OffsetTarget, PartitionState } from './partition-state.ts'

export interface PositionsHost {
  /** Partitions have a place to fetch from. */
  onPosition(): void
  onError(error: Error, state?: PartitionState): void
}

export class Positions {
  readonly #cluster: Cluster
  readonly #options: ResolvedConsumerOptions
  readonly #assignment: Assignment
  readonly #host: PositionsHost
  #running = false
  #again = false
  #timer: Timer | undefined
  /** Passes in a row that left something open. */
  #failures = 0
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
  }

  /** Looks for partitions without a place to fetch from, or with one that must be checked, and sees to them. */
  resolve(): void {
    if (this.#abort.signal.aborted) return
    if (this.#running) {
      this.#again = true
      return
    }
    this.#running = true
    this.#again = false
    this.#pass()
      .catch((error: unknown) => this.#onFailure(error))
      .finally(() => {
        this.#running = false
        if ([...this.#assignment].every(({ target }) => target === undefined)) this.#failures = 0
        this.#host.onPosition()
        if (this.#again) this.resolve()
      })
  }

  close(): void {
    this.#abort.abort()
    this.#timer?.cancel()
  }

  async #pass(): Promise<void> {
    const open = [...this.#assignment].filter(state => !state.suspended)
    const committed = open.filter(({ target }) => target === 'committed')
    if (committed.length > 0) await this.#fromGroup(committed)
    const targeted = [...this.#assignment].filter(
      state => !state.suspended && state.target !== undefined && state.target !== 'committed',
    )
    if (targeted.length > 0) await this.#fromLog(await this.#withLeader(targeted))
    const suspects = open.filter(state => this.needsValidation(state))
    if (suspects.length > 0) await this.#validate(suspects)
  }

  /** KIP-320: the leader changed since what stands before `fetchOffset` was read; the new one may have less than the old one had. */
  needsValidation(state: PartitionState): boolean {
    if (state.fetchOffset === undefined || state.fetchedEpoch < 0) return false
    const epoch = this.#cluster.metadata.partition(state.topic, state.partition)?.leaderEpoch ?? -1
    return epoch > state.fetchedEpoch && epoch > state.validatedEpoch
  }

  async #fromGroup(states: readonly PartitionState[]): Promise<void> {
    const { groupId, readCommitted, autoOffsetReset } = this.#options
    const generations = states.map(({ generation }) => generation)
    const committed =
      groupId === undefined
        ? new Map<string, never>()
        : await fetchCommitted(this.#cluster, groupId, states, {
            stable: readCommitted,
            signal: this.#abort.signal,
          })
    states.forEach((state, index) => {
      if (state.revoked || state.generation !== generations[index]) return
      const found = committed.get(partitionKey(state.topic, state.partition))
      if (found) {
        state.committed = found.offset
        this.#assignment.move(state, found.offset, found.leaderEpoch)
      } else if (autoOffsetReset !== 'none') {
        this.#assignment.moveToTarget(state, autoOffsetReset)
      } else {
        state.target = undefined
        this.#host.onError(
          new PositionError(
            'NO_OFFSET',
            state.topic,
            state.partition,
            `group "${groupId}" has no committed offset and autoOffsetReset is "none": seek to where to start`,
          ),
          state,
        )
      }
    })
  }

  /** Those whose leader is known. The others, whose topic may just be being made, get another pass later: they hold up nobody. */
  async #withLeader(states: readonly PartitionState[]): Promise<PartitionState[]> {
    const { metadata } = this.#cluster
    const isLed = ({ topic, partition }: PartitionState) =>
      (metadata.partition(topic, partition)?.leader ?? -1) !== -1
    if (!states.every(isLed)) {
      const topics = new Set(states.map(({ topic }) => topic))
      await this.#cluster.refreshMetadata([...topics], this.#abort.signal)
      if (!states.every(isLed)) this.#retryLater()
    }
    return states.filter(isLed)
  }

  async #fromLog(states: readonly PartitionState[]): Promise<void> {
    if (states.length === 0) return
    const queries = states.map(state => ({
      topic: state.topic,
      partition: state.partition,
      timestamp: timestampOf(state.target as OffsetTarget),
    }))
    const generations = states.map(({ generation }) => generation)
    const isolationLevel = this.#options.readCommitted ? 'read_committed' : 'read_uncommitted'
    const found = await listOffsets(this.#cluster, queries, { isolationLevel, signal: this.#abort.signal })
    let failure: Error | undefined
    found.forEach(({ offset, leaderEpoch, error }, index) => {
      const state = states[index]!
      if (state.revoked || state.generation !== generations[index]) return
      if (error) failure ??= error
      // No record is that young: it starts with the next one.
      else if (offset === -1) this.#assignment.moveToTarget(state, 'latest')
      else this.#assignment.move(state, offset, leaderEpoch)
    })
    if (found.some(({ offset, error }) => offset === -1 && !error)) this.#again = true
    // The others have their place: this one is tried again.
    if (failure) throw failure
  }

  async #validate(states: readonly PartitionState[]): Promise<void> {
    const queries = states.map(state => ({
      topic: state.topic,
      partition: state.partition,
      leaderEpoch: state.fetchedEpoch,
    }))
    const before = states.map(state => ({
      generation: state.generation,
      current: this.#cluster.metadata.partition(state.topic, state.partition)?.leaderEpoch ?? -1,
    }))
    const ends = await offsetForLeaderEpoch(this.#cluster, queries, { signal: this.#abort.signal })
    ends.forEach(({ endOffset, leaderEpoch, error }, index) => {
      const state = states[index]!
      const { generation, current } = before[index]!
      if (state.revoked || state.generation !== generation || error) return
      state.validatedEpoch = current
      if (endOffset < 0 || state.fetchOffset === undefined || endOffset >= state.fetchOffset) return
      if (endOffset >= state.delivered) {
        // The user saw nothing of what was lost: what is fetched already is dropped, and fetched as it is now.
        this.#assignment.refetch(state)
        return
      }
      if (this.#options.autoOffsetReset === 'none') {
        const message = `the log was truncated to offset ${endOffset}, before the position ${state.fetchOffset}: records were lost`
        this.#host.onError(new PositionError('LOG_TRUNCATED', state.topic, state.partition, message))
      }
      this.#assignment.move(state, endOffset, leaderEpoch)
      state.validatedEpoch = current
    })
  }

  #onFailure(error: unknown): void {
    if (this.#abort.signal.aborted) return
    // Brokers that cannot be reached for a while, or partitions without a leader, are no error of the consumer.
    const passing = isRetriable(error) || error instanceof OperationTimeoutError || needsMetadata(error)
    if (passing) this.#cluster.invalidateMetadata()
    else this.#host.onError(error as Error)
    this.#retryLater()
  }

  #retryLater(): void {
    const { clock, random, options } = this.#cluster
    const { retryBackoffMs, retryBackoffMaxMs } = options
    this.#timer?.cancel()
    const delayMs = backoffMs(this.#failures++, retryBackoffMs, retryBackoffMaxMs, random)
    this.#timer = clock.setTimer(delayMs, () => this.resolve())
  }
}

function timestampOf(target: OffsetTarget): number {
  if (target === 'earliest') return OffsetSpec.earliest
  if (target === 'latest') return OffsetSpec.latest
  return target.timestamp
}
