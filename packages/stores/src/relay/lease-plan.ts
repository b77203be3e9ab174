// Which shards a relay should have: a fair share, with as few of them moving as may be. Pure.
import { type Lease, relayLease, shardOfLease } from '../outbox/lease-table.ts'

/** What a relay does about its leases. */
export interface LeasePlan {
  /** Shards to be renewed or taken. */
  readonly hold: readonly number[]
  /** Shards that are ours, and others should have. */
  readonly give: readonly number[]
}

/** What `me` should hold, by the leases as they are. Relays that plan by the same leases come to shares that make up the whole. */
export function planLeases(me: string, leases: readonly Lease[]): LeasePlan {
  const relays = new Set([me])
  const mine: number[] = []
  const free: number[] = []
  let count = 0
  for (const { name, owner, leftMs } of leases) {
    const shard = shardOfLease(name)
    if (shard === undefined) {
      if (name === relayLease(owner) && leftMs > 0) relays.add(owner)
      continue
    }
    count++
    if (leftMs <= 0 || owner === '') free.push(shard)
    else if (owner === me) mine.push(shard)
  }
  const place = [...relays].sort().indexOf(me)
  const share = Math.floor(count / relays.size) + (place < count % relays.size ? 1 : 0)
  mine.sort((a, b) => a - b)
  // Not all begin with the same ones.
  const from = place * share
  free.sort((a, b) => distance(from, a, count) - distance(from, b, count))
  return {
    hold: [...mine.slice(0, share), ...free.slice(0, Math.max(0, share - mine.length))],
    give: mine.slice(share),
  }
}

function distance(from: number, to: number, count: number): number {
  return (to - from + count) % Math.max(1, count)
}
