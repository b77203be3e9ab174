// A dedupe store in the memory of the process: for one instance, and for what its redeliveries repeat while it runs.
import { ConfigError } from '@millrace/client'
import { type Clock, nodeClock } from '@millrace/runtime'
import { checkFields } from '../check-fields.ts'
import type { ClaimAnswer, ClaimRequest, CompleteRequest, DedupeIds, DedupeStore } from './dedupe-store.ts'

/** Options of a {@link MemoryDedupeStore}. */
export interface MemoryDedupeOptions {
  /** How many ids are remembered; beyond that those go first that were handled the longest ago. Default 100,000. */
  readonly maxIds?: number
  /** Where leases and times to live come from. Default: the system's clock. */
  readonly clock?: Clock
}

interface Entry {
  /** Undefined: handled. */
  owner: string | undefined
  /** On the monotonic clock. */
  until: number
}

/**
 * Remembers in memory, for the instances within one process: what a restart or another process repeats, it does not know.
 *
 * @example
 * service.handle(orders, { 'order.created': event => charge(event.data) }, { dedupe: { store: new MemoryDedupeStore() } })
 */
export class MemoryDedupeStore implements DedupeStore {
  readonly #maxIds: number
  readonly #clock: Clock
  /** Those that are handled by scope and id, the longest ago first. */
  readonly #done = new Map<string, Entry>()
  /** Those that are claimed: as many as are in hand. */
  readonly #claimed = new Map<string, Entry>()

  /** Throws ConfigError. */
  constructor(options: MemoryDedupeOptions = {}) {
    checkFields('MemoryDedupeStore', options, ['maxIds', 'clock'])
    const { maxIds = 100_000, clock = nodeClock } = options
    if (!(Number.isInteger(maxIds) && maxIds >= 1))
      throw new ConfigError(`MemoryDedupeStore: maxIds is ${maxIds}; write a whole number from 1 on`)
    this.#maxIds = maxIds
    this.#clock = clock
  }

  /** Ids that are remembered, claimed or handled. */
  get size(): number {
    return this.#done.size + this.#claimed.size
  }

  /** Claims ids: {@link DedupeStore}. Never rejects. */
  async claim({ scope, owner, ids, leaseMs }: ClaimRequest): Promise<readonly ClaimAnswer[]> {
    const now = this.#clock.monotonic()
    return ids.map(id => {
      const key = keyOf(scope, id)
      const done = this.#done.get(key)
      if (done) {
        if (done.until > now) return 'done'
        this.#done.delete(key)
      }
      const claimed = this.#claimed.get(key)
      if (claimed && claimed.owner !== owner && claimed.until > now) return 'busy'
      this.#claimed.set(key, { owner, until: now + leaseMs })
      return 'claimed'
    })
  }

  /** Marks ids as handled: {@link DedupeStore}. Never rejects. */
  async complete({ scope, ids, ttlMs }: CompleteRequest): Promise<void> {
    const until = this.#clock.monotonic() + ttlMs
    for (const id of ids) {
      const key = keyOf(scope, id)
      this.#claimed.delete(key)
      this.#done.delete(key)
      this.#done.set(key, { owner: undefined, until })
    }
    for (const key of this.#done.keys()) {
      if (this.#done.size <= this.#maxIds) return
      this.#done.delete(key)
    }
  }

  /** Gives up claims: {@link DedupeStore}. Never rejects. */
  async release({ scope, owner, ids }: DedupeIds): Promise<void> {
    for (const id of ids) {
      const key = keyOf(scope, id)
      if (this.#claimed.get(key)?.owner === owner) this.#claimed.delete(key)
    }
  }

  /** Deletes what has run out: {@link DedupeStore}. Never rejects. */
  async sweep(): Promise<number> {
    const now = this.#clock.monotonic()
    let count = 0
    for (const entries of [this.#done, this.#claimed])
      for (const [key, { until }] of entries)
        if (until <= now) {
          entries.delete(key)
          count++
        }
    return count
  }
}

function keyOf(scope: string, id: string): string {
  return `${scope}\0${id}`
}
