// What consumers of every kind count of their work, and tell hooks of: fetches, and partitions that come and go.
import type { Clock } from '@millrace/runtime'
import type { FetchedPartition, RebalanceFacts } from '../events/facts.ts'
import type { HookDoor } from '../events/hook-door.ts'

/** The answer to a fetch, or that there is none. */
interface FetchOutcome {
  readonly nodeId: number
  /** When it was asked, on the monotonic clock. */
  readonly askedAt: number
  readonly throttleMs: number
  readonly error: Error | undefined
}

export class ReadingCounters {
  fetches = 0
  fetchesFailed = 0
  fetchMs = 0
  bytesFetched = 0
  rebalances = 0
  rebalancesFailed = 0
  rebalanceMs = 0
  partitionsLost = 0
  protected readonly hooks: HookDoor
  readonly #clock: Clock
  /** What the answer that is being taken in has brought so far, if somebody wants to know. */
  #brought: FetchedPartition[] = []

  constructor(hooks: HookDoor, clock: Clock) {
    this.hooks = hooks
    this.#clock = clock
  }

  now(): number {
    return this.#clock.monotonic()
  }

  /** Something of an answer is taken in; {@link fetched} follows. `describe` tells of it, if somebody wants to know. */
  protected brought(bytes: number, describe: () => FetchedPartition): void {
    this.bytesFetched += bytes
    if (this.hooks.fetch.active) this.#brought.push(describe())
  }

  fetched({ nodeId, askedAt, throttleMs, error }: FetchOutcome): void {
    const ms = this.now() - askedAt
    if (error) this.fetchesFailed++
    else {
      this.fetches++
      this.fetchMs += ms
    }
    const partitions = this.#brought
    if (partitions.length > 0) this.#brought = []
    if (this.hooks.fetch.active) this.hooks.fetch.emit({ nodeId, ms, partitions, throttleMs, error })
  }

  /** `startedAt`: on the monotonic clock. */
  rebalanced(facts: Omit<RebalanceFacts, 'ms'>, startedAt: number): void {
    const ms = this.now() - startedAt
    if (facts.what === 'completed') {
      this.rebalances++
      this.rebalanceMs += ms
    } else if (facts.what === 'failed') this.rebalancesFailed++
    else if (facts.what === 'lost') this.partitionsLost += facts.partitions.length
    if (this.hooks.rebalance.active) this.hooks.rebalance.emit({ ...facts, ms })
  }
}
