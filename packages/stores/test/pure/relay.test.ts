// The decisions of a relay: whose shards, which rows next, what waits, what an error means.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AuthenticationError,
  BrokerError,
  ClosedError,
  RecordTooLargeError,
  StateError,
} from '@millrace/client'
import { ErrorCode } from '@millrace/protocol'
import fc from 'fast-check'
import { type Lease, relayLease, shardLease, shardOfLease } from '../../src/outbox/lease-table.ts'
import { type RowHead, shardCount } from '../../src/outbox/row.ts'
import { Delays } from '../../src/relay/delays.ts'
import { faultOf } from '../../src/relay/faults.ts'
import { planLeases } from '../../src/relay/lease-plan.ts'
import { pickWave } from '../../src/relay/wave.ts'

/** The leases of a database, where relays do what they plan. */
class Leases {
  readonly shards = new Map<number, { owner: string; until: number }>()
  readonly relays = new Map<string, number>()
  now = 0

  constructor() {
    for (let shard = 0; shard < shardCount; shard++) this.shards.set(shard, { owner: '', until: 0 })
  }

  all(): Lease[] {
    return [
      ...Array.from(this.relays, ([owner, until]) => ({
        name: relayLease(owner),
        owner,
        leftMs: until - this.now,
      })),
      ...Array.from(this.shards, ([shard, { owner, until }]) => ({
        name: shardLease(shard),
        owner,
        leftMs: until - this.now,
      })),
    ]
  }

  /** One round of a relay. */
  round(me: string): void {
    this.relays.set(me, this.now + 30)
    const { hold, give } = planLeases(me, this.all())
    for (const shard of give) this.shards.set(shard, { owner: '', until: 0 })
    for (const shard of hold) {
      const lease = this.shards.get(shard)!
      if (lease.owner === me || lease.until <= this.now)
        this.shards.set(shard, { owner: me, until: this.now + 30 })
    }
  }

  sharesOf(relays: readonly string[]): number[] {
    return relays.map(
      me => [...this.shards.values()].filter(({ owner, until }) => owner === me && until > this.now).length,
    )
  }
}

test('relays that come and go have all shards between them, in fair shares, after a few rounds', () => {
  const arbitrary = fc.array(fc.subarray(['a', 'b', 'c', 'd', 'e'], { minLength: 1 }), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(arbitrary, phases => {
      const leases = new Leases()
      for (const present of phases) {
        // Those that are gone are noticed when their leases run out: three rounds; then shares move in two.
        for (let round = 0; round < 8; round++) {
          leases.now += 10
          for (const me of present) leases.round(me)
        }
        const shares = leases.sharesOf(present)
        assert.equal(
          shares.reduce((sum, share) => sum + share, 0),
          shardCount,
          String(shares),
        )
        assert.ok(Math.max(...shares) - Math.min(...shares) <= 1, String(shares))
      }
    }),
  )
})

test('nothing moves while nobody comes or goes', () => {
  const leases = new Leases()
  const relays = ['a', 'b', 'c']
  const settle = () => {
    for (let round = 0; round < 8; round++) {
      leases.now += 10
      for (const me of relays) leases.round(me)
    }
  }
  settle()
  const before = JSON.stringify([...leases.shards].map(([shard, { owner }]) => [shard, owner]))
  settle()
  assert.equal(JSON.stringify([...leases.shards].map(([shard, { owner }]) => [shard, owner])), before)
})

test('names of leases', () => {
  assert.equal(shardLease(7), 'shard-07')
  assert.equal(shardOfLease('shard-07'), 7)
  assert.equal(shardOfLease('relay-shard-07'), undefined)
  assert.equal(shardOfLease('schema'), undefined)
})

const head = (seq: number, shard: number, lane = shard, size = 10): RowHead => ({
  seq,
  shard,
  lane,
  topic: 'orders',
  size,
  ageMs: 0,
})
const room = { rows: 100, bytes: 1_000, isIdle: true, rowsPerLane: 100 }
const seqsOf = (heads: readonly RowHead[]) => heads.map(({ seq }) => seq)

test('a wave keeps to rows and bytes, and to the order of each lane', () => {
  const heads = fc.array(fc.record({ shard: fc.nat(4), lane: fc.nat(3), size: fc.nat(50) }), {
    maxLength: 40,
  })
  const limits = fc.record({
    rows: fc.nat(30),
    bytes: fc.nat(300),
    isIdle: fc.boolean(),
    rowsPerLane: fc.integer({ min: 1, max: 5 }),
  })
  fc.assert(
    fc.property(heads, limits, (given, limit) => {
      const all = given.map(({ shard, lane, size }, seq) => head(seq, shard, shard * 10 + lane, size))
      const picked = pickWave(all, limit)
      assert.ok(picked.length <= limit.rows)
      const bytes = picked.reduce((sum, { size }) => sum + size, 0)
      assert.ok(bytes <= limit.bytes || (limit.isIdle && picked.length === 1))
      assert.equal(new Set(seqsOf(picked)).size, picked.length)
      for (const lane of new Set(all.map(each => each.lane))) {
        const ofLane = all.filter(each => each.lane === lane)
        const taken = picked.filter(each => each.lane === lane)
        assert.ok(taken.length <= limit.rowsPerLane)
        // The first ones, in order: nobody is overtaken.
        assert.deepEqual(seqsOf(taken), seqsOf(ofLane.slice(0, taken.length)))
      }
      if (limit.isIdle && limit.rows > 0 && all.length > 0) assert.ok(picked.length > 0, 'something is sent')
    }),
  )
})

test('shards have their turns, and a large row is sent when there is nothing else', () => {
  const heads = [head(1, 0), head(2, 0), head(3, 0), head(4, 1), head(5, 2)]
  assert.deepEqual(seqsOf(pickWave(heads, { ...room, rows: 3 })), [1, 4, 5])
  const large = [head(1, 0, 0, 5_000), head(2, 0, 0, 10)]
  assert.deepEqual(seqsOf(pickWave(large, room)), [1])
  assert.deepEqual(seqsOf(pickWave(large, { ...room, isIdle: false })), [])
})

test('where a lane has one row at a time, those of others go on', () => {
  const heads = [head(1, 0, 7), head(2, 0, 7), head(3, 0, 8), head(4, 0, 7)]
  assert.deepEqual(seqsOf(pickWave(heads, { ...room, rowsPerLane: 1 })), [1, 3])
})

test('what failed waits, longer each time, until it works', () => {
  const delays = new Delays<string>()
  assert.equal(delays.nextAt(0), undefined)
  delays.failed('a', 100)
  delays.failed('b', 50)
  assert.deepEqual(delays.waiting(60), ['a'])
  assert.equal(delays.nextAt(60), 100)
  assert.equal(delays.failuresOf('a'), 1)
  delays.failed('a', 300)
  assert.equal(delays.failuresOf('a'), 2)
  delays.worked('a')
  assert.equal(delays.failuresOf('a'), 0)
  assert.deepEqual(delays.waiting(60), [])
})

test('what an error is about', () => {
  const broker = (name: keyof typeof ErrorCode) => new BrokerError(ErrorCode[name], 'writing')
  assert.equal(faultOf(broker('MESSAGE_TOO_LARGE')), 'record')
  assert.equal(faultOf(broker('INVALID_TOPIC_EXCEPTION')), 'record')
  assert.equal(faultOf(new StateError('there is no partition 7')), 'record')
  assert.equal(faultOf(new TypeError('a partitioner')), 'record')
  assert.equal(faultOf(broker('UNKNOWN_TOPIC_OR_PARTITION')), 'topic')
  assert.equal(faultOf(broker('TOPIC_AUTHORIZATION_FAILED')), 'topic')
  assert.equal(faultOf(broker('CLUSTER_AUTHORIZATION_FAILED')), 'all')
  assert.equal(faultOf(new ClosedError('the producer')), 'all')
  assert.equal(faultOf(new RecordTooLargeError('2 MB')), 'record')
  assert.equal(faultOf(new AuthenticationError('no such user')), 'all')
})
