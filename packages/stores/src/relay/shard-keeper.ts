// Holds a relay's share of the shards: takes what is free, renews what it has, gives up what others should have.
import { type Clock, type Random, sleep } from '@millrace/runtime'
import { relayLease, shardLease, shardOfLease } from '../outbox/lease-table.ts'
import type { OutboxSource } from '../outbox/outbox-source.ts'
import { planLeases } from './lease-plan.ts'
import type { RelayDoor } from './relay-door.ts'

export interface ShardKeeperOptions {
  readonly source: OutboxSource
  readonly owner: string
  readonly leaseMs: number
  readonly clock: Clock
  readonly random: Random
  readonly door: RelayDoor
  /** Whether rows of a shard are under way. */
  readonly isBusy: (shard: number) => boolean
  readonly onMoved: () => void
}

/** Part of a lease that is left alone: clocks run differently, and answers take their time. */
const margin = 0.1
const retryMs = 1_000

export class ShardKeeper {
  readonly #options: ShardKeeperOptions
  readonly #stop = new AbortController()
  #shards: readonly number[] = []
  /** On the monotonic clock: until then the shards are ours, whatever happens to the database. */
  #validUntil = 0
  #loop: Promise<void> | undefined

  constructor(options: ShardKeeperOptions) {
    this.#options = options
  }

  /** The shards that may be sent now. */
  get shards(): readonly number[] {
    return this.#options.clock.monotonic() < this.#validUntil ? this.#shards : []
  }

  /** Takes the first shards. Throws what the database says. */
  start(): Promise<void> {
    const first = this.#round()
    this.#loop = first.then(
      () => this.#run(),
      () => {},
    )
    return first
  }

  async #run(): Promise<void> {
    const { clock, random, leaseMs, door } = this.#options
    const { signal } = this.#stop
    let waitMs = leaseMs / 3
    while (!signal.aborted) {
      await sleep(clock, waitMs * (0.9 + 0.2 * random.float()), signal).catch(() => {})
      if (signal.aborted) return
      try {
        await this.#round()
        waitMs = leaseMs / 3
      } catch (error) {
        door.retried('renewing leases', error)
        waitMs = Math.min(retryMs, leaseMs / 10)
      }
    }
  }

  async #round(): Promise<void> {
    const { source, owner, leaseMs, clock, isBusy } = this.#options
    const { leases } = source
    const askedAt = clock.monotonic()
    await source.run(leases.appear(owner, leaseMs))
    await source.run(leases.take(owner, [relayLease(owner)], leaseMs))
    const { hold, give } = planLeases(owner, await this.#leases())
    const idle = give.filter(shard => !isBusy(shard))
    if (idle.length > 0) await source.run(leases.release(owner, idle.map(shardLease)))
    if (hold.length > 0) await source.run(leases.take(owner, hold.map(shardLease), leaseMs))
    const mine = (await this.#leases()).flatMap(lease => {
      const shard = shardOfLease(lease.name)
      return shard !== undefined && lease.owner === owner && lease.leftMs > 0 ? [shard] : []
    })
    // Those that wait to be given up are held, and nothing more is sent of them.
    const held = mine.filter(shard => hold.includes(shard)).sort((a, b) => a - b)
    this.#validUntil = askedAt + leaseMs * (1 - margin)
    this.#move(held)
  }

  async #leases() {
    const { source } = this.#options
    const { rows } = await source.run(source.leases.all())
    return rows.map(row => source.leases.leaseOf(row))
  }

  #move(shards: readonly number[]): void {
    if (String(shards) === String(this.#shards)) return
    this.#shards = shards
    const { door, onMoved } = this.#options
    const message = `the relay sends ${shards.length} shards: ${shards.join(', ') || 'none'}`
    door.emit({ type: 'relay.shards', level: 'info', subject: 'shards', shards, message })
    onMoved()
  }

  /** Gives all up. Never rejects. */
  async stop(): Promise<void> {
    const { source, owner, door } = this.#options
    this.#stop.abort()
    await this.#loop
    const names = this.#shards.map(shardLease)
    this.#shards = []
    try {
      if (names.length > 0) await source.run(source.leases.release(owner, names))
      await source.run(source.leases.leave(owner))
    } catch (error) {
      // They run out by themselves.
      door.retried('giving leases up', error)
    }
  }
}
