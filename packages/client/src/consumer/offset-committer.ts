// Commits what was processed: by itself from time to time, and when asked.
import { invariant, type Timer } from '@millrace/runtime'
import { atMost } from '../cluster/at-most.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { closeTimeoutMs } from '../cluster/options.ts'
import { ClosedError, OperationTimeoutError } from '../errors/index.ts'
import type { Assignment } from './assignment.ts'
import {
  type CommitIdentity,
  commitOffsets,
  type CommitOptions,
  type OffsetToCommit,
} from './committed-offsets.ts'
import type { ConsumerCounters } from './counters.ts'
import type { PartitionState } from './partition-state.ts'

export interface OffsetCommitterOptions {
  readonly cluster: Cluster
  readonly assignment: Assignment
  /** Empty without a group: then nothing is committed. */
  readonly groupId: string
  readonly identity: () => CommitIdentity
  /** Whether the coordinator may be in another generation than this member, which takes nothing from it before it is told so. */
  readonly isRejoining: () => boolean
  /** Whether a commit has a chance at present. */
  readonly mayCommit: () => boolean
  /** Undefined: no automatic commits. */
  readonly intervalMs: number | undefined
  readonly onError: (error: Error) => void
  readonly counters: ConsumerCounters
}

export class OffsetCommitter {
  readonly #options: OffsetCommitterOptions
  #timer: Timer | undefined
  /** Commits go one after the other: a later one must not be overtaken by an earlier one. */
  #last: Promise<void> = Promise.resolve()
  #closed = false
  /** Ends the wait of each call whose commit has no answer so far. */
  readonly #waits = new Set<() => void>()
  /** A commit of {@link commitSoon} is under way. */
  #soon = false
  /** Another one is due behind it. */
  #again = false

  constructor(options: OffsetCommitterOptions) {
    this.#options = options
  }

  /** Starts the automatic commits. */
  start(): void {
    const { intervalMs, cluster } = this.#options
    if (intervalMs === undefined || this.#timer || this.#closed) return
    this.#timer = cluster.clock.setTimer(intervalMs, () => {
      this.#timer = undefined
      if (!this.#options.mayCommit()) return this.start()
      void this.#commitAlone().then(() => this.start())
    })
  }

  /** Commits what is processed, in the background; at most one such commit is under way, and one more due. */
  commitSoon(): void {
    if (this.#closed || !this.#options.mayCommit()) return
    if (this.#soon) {
      this.#again = true
      return
    }
    this.#soon = true
    void this.#commitAlone().then(() => {
      this.#soon = false
      if (!this.#again) return
      this.#again = false
      this.commitSoon()
    })
  }

  /** Commits what is processed where no call waits for it. */
  async #commitAlone(): Promise<void> {
    try {
      await this.commitProcessed()
    } catch (error) {
      // Whoever closed it has committed since, or told why not.
      if (!this.#closed) this.#options.onError(error as Error)
    }
  }

  /** Resolves when the commits under way are through, however they end. */
  settled(): Promise<void> {
    return this.#last
  }

  /**
   * Ends the automatic commits. Others are still taken: the last one, for what is processed, comes from who closes. Brokers have a few seconds to answer for
   * those under way: a handler that awaits one must not hold up the rest of closing.
   */
  close(): void {
    this.#closed = true
    this.#timer?.cancel()
    for (const limit of this.#waits) limit()
  }

  /**
   * Commits what was processed since the last commit, of all partitions or some. A topic that was deleted must not hold up the others, nor
   * the rebalance or the close that waits for this.
   */
  commitProcessed(
    states: Iterable<PartitionState> = this.#options.assignment,
    timeoutMs?: number,
  ): Promise<void> {
    const limits = { skipUnknown: true, ...(timeoutMs !== undefined && { timeoutMs }) }
    return this.#commitStates([...states], state => state.processed, limits)
  }

  /**
   * The same before partitions are given up: takes at most so long, behind commits that are under way, and tells what did not come about
   * instead of throwing it.
   */
  async commitInTime(timeoutMs: number, states?: Iterable<PartitionState>): Promise<void> {
    const { cluster, onError } = this.#options
    try {
      const done = this.commitProcessed(states, timeoutMs).then(() => this.#last)
      if (await atMost(cluster.clock, timeoutMs, done)) return
      throw new OperationTimeoutError(
        `committing offsets did not succeed within ${timeoutMs} ms; what is not committed is delivered again`,
      )
    } catch (error) {
      onError(error as Error)
    }
  }

  /** Commits everything that the user got, the item in hand included. */
  commitDelivered(signal?: AbortSignal): Promise<void> {
    // At most once, it is committed already, and a commit of less would take that back.
    const offsetOf = ({ delivered, committedAhead }: PartitionState) => Math.max(delivered, committedAhead)
    return this.#commitStates([...this.#options.assignment], offsetOf, { signal })
  }

  /** Commits these offsets. */
  commit(offsets: readonly OffsetToCommit[], options: CommitOptions = {}): Promise<void> {
    if (offsets.length === 0) return Promise.resolve()
    const run = async () => {
      const { cluster, identity, assignment } = this.#options
      const committed = await this.#timed(offsets, () =>
        commitOffsets(cluster, identity, offsets, { ...options, ...this.#whileOwner(offsets) }),
      )
      for (const { topic, partition, offset } of committed) {
        const state = assignment.find(topic, partition)
        if (!state) continue
        state.committed = offset
        // Who commits says that it is processed: the commit on closing must not take it back.
        if (offset > state.processed && offset <= state.delivered) state.processed = offset
      }
    }
    const next = this.#last.then(run)
    this.#last = next.catch(() => {})
    return this.#closed ? next : this.#closable(next)
  }

  /** `commit`, or ClosedError when it was under way at closing and has had no answer for a few seconds. */
  #closable(commit: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      let timer: Timer | undefined
      const giveUp = () =>
        reject(new ClosedError('the consumer', `no answer to a commit for ${closeTimeoutMs} ms`))
      const limit = () => {
        timer = this.#options.cluster.clock.setTimer(closeTimeoutMs, giveUp)
      }
      this.#waits.add(limit)
      commit.then(resolve, reject).finally(() => {
        this.#waits.delete(limit)
        timer?.cancel()
      })
    })
  }

  /** Counts a commit, and tells of it. */
  async #timed<T>(offsets: readonly OffsetToCommit[], commit: () => Promise<T>): Promise<T> {
    const { counters, groupId } = this.#options
    const startedAt = counters.now()
    try {
      const result = await commit()
      counters.committed({ groupId, offsets, error: undefined }, startedAt)
      return result
    } catch (error) {
      counters.committed({ groupId, offsets, error: error as Error }, startedAt)
      throw error
    }
  }

  /**
   * A member that keeps its partitions works on while its group rebalances, and a commit that comes between two generations is refused. It goes again
   * under the next one, as long as the partitions stay: a commit for what another member may own already would take its offsets back.
   */
  #whileOwner(offsets: readonly OffsetToCommit[]): Pick<CommitOptions, 'mayGoAgain' | 'stillOwned'> {
    const { assignment, identity, isRejoining } = this.#options
    const states = offsets.map(({ topic, partition }) => assignment.find(topic, partition))
    const stillOwned = () => states.every(state => state !== undefined && !state.revoked)
    return {
      stillOwned,
      mayGoAgain: generation =>
        generation !== -1 && (isRejoining() || identity().generation !== generation) && stillOwned(),
    }
  }

  #commitStates(
    states: readonly PartitionState[],
    offsetOf: (state: PartitionState) => number,
    options: CommitOptions,
  ): Promise<void> {
    const offsets: OffsetToCommit[] = []
    for (const state of states) {
      const offset = offsetOf(state)
      if (state.fetchOffset === undefined || offset < 0 || offset === state.committed) continue
      const { topic, partition, leaderEpoch, processed, delivered, fetchOffset } = state
      invariant(
        processed <= delivered && delivered <= fetchOffset,
        'what is processed was handed out, and what is handed out was fetched',
      )
      offsets.push({ topic, partition, offset, leaderEpoch })
    }
    return this.commit(offsets, options)
  }
}
