// Whatever producers, timeouts, the disk and crashes do in whatever order, nobody is left hanging and what was decided stays decided.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import fc from 'fast-check'
import { isPrepared } from '../../src/transactions/transaction-state.ts'
import { Machine } from './machine.ts'

const who = fc.record({ epochBehind: fc.integer({ min: -1, max: 1 }), clientVersion: fc.constantFrom(0, 2) })

const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('init' as const), level: fc.constantFrom(1, 2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('go-on' as const), epochBehind: fc.nat(2) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('add' as const), who }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('end' as const), who, committed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('time-out' as const), level: fc.constantFrom(1, 2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('disk' as const), fails: fc.nat(9) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('markers' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), lost: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('use-up-epochs' as const) }) },
)
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

/** A transaction, and the books that are kept about it. */
class World {
  machine = new Machine()
  /** Everything that was ever given out, by producer id: the highest epoch. */
  readonly #given = new Map<number, number>()
  readonly asked: (() => string)[] = []

  apply(next: Action): void {
    if (this.machine.isForgotten) this.#startOver()
    const { machine } = this
    // Nobody finds an id that was never stored, but who begins with it.
    if (!machine.transaction.isStored && !['init', 'disk', 'markers'].includes(next.do)) return
    const { producerId, producerEpoch } = machine.transaction.metadata
    const before = machine.transaction.metadata
    switch (next.do) {
      case 'init':
        this.asked.push(machine.init({ level: next.level }))
        break
      case 'go-on':
        this.asked.push(machine.init({ expected: [producerId, producerEpoch - next.epochBehind] }))
        break
      case 'add': {
        const { epochBehind, clientVersion } = next.who
        this.asked.push(machine.add(producerId, producerEpoch - epochBehind, clientVersion))
        break
      }
      case 'end': {
        const { epochBehind, clientVersion } = next.who
        this.asked.push(machine.end(producerId, producerEpoch - epochBehind, next.committed, clientVersion))
        break
      }
      case 'time-out':
        machine.run({ type: 'time-out', level: next.level, freshProducerId: null })
        break
      case 'expire':
        machine.nowMs += 10
        machine.run({ type: 'expire', expirationMs: 10 })
        break
      case 'disk':
        if (machine.stores.length > 0) machine.store(next.fails === 0 ? ErrorCode.NOT_COORDINATOR : 0)
        break
      case 'markers':
        if (machine.markers > 0) machine.writeMarkers()
        break
      case 'crash':
        this.#crash(next.lost)
        return
      case 'use-up-epochs':
        if (!machine.transaction.pending && machine.transaction.isStored) {
          machine.transaction.metadata = { ...before, producerEpoch: Math.max(producerEpoch, 32_765) }
        }
    }
    this.#check(before)
  }

  /** The next one who uses the id gets a producer id that was not given out before. */
  #startOver(): void {
    const { producerId } = this.machine.transaction.metadata
    this.machine = new Machine(producerId + 100_000)
  }

  /** What is durable comes back; a record that was on its way may be there or not. */
  #crash(lost: boolean): void {
    const { machine } = this
    const [store] = machine.stores
    const isWritten = !lost && store?.metadata
    const found = isWritten ? store.metadata : machine.transaction.metadata
    if (found.producerEpoch < 0) return
    this.machine = new Machine(found.producerId)
    this.machine.skipProducerIds(1000)
    this.machine.transaction.metadata = { ...found, lastProducerEpoch: -1 }
    this.asked.length = 0
    this.machine.run({ type: 'resume' })
  }

  #check(before: Machine['transaction']['metadata']): void {
    const { machine } = this
    const { metadata, pending } = machine.transaction
    if (isPrepared(before.state) && before.producerId === metadata.producerId) {
      const wanted = before.state === 'PrepareCommit' ? /Commit$/ : /Abort$/
      assert.match(metadata.state, wanted, 'what was decided stays decided')
    }
    for (const { errorCode, producerId, producerEpoch } of machine.replies.splice(0)) {
      if (errorCode !== ErrorCode.NONE || producerId < 0) continue
      const highest = this.#given.get(producerId) ?? -1
      assert.ok(producerEpoch >= highest, `epoch ${producerEpoch} of ${producerId} after ${highest}`)
      this.#given.set(producerId, producerEpoch)
      const known = [metadata, ...(pending ? [pending] : [])]
      assert.ok(
        known.some(each => each.producerId === producerId && each.producerEpoch === producerEpoch),
        'what is given out is what is stored, or follows from it',
      )
    }
    if (pending) {
      const moves = machine.stores.length > 0 || machine.markers > 0
      assert.ok(moves, `nobody moves ${metadata.state} -> ${pending.state}`)
    }
  }
}

test('a transaction keeps its rules whatever happens', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 120 }), actions => {
      const world = new World()
      for (const next of actions) world.apply(next)
      world.machine.settle()
      assert.equal(world.machine.transaction.pending, null, 'everything comes to an end')
      assert.ok(!isPrepared(world.machine.transaction.metadata.state))
      for (const reply of world.asked) assert.notEqual(reply(), 'waits', 'every request is answered')
    }),
    { numRuns: 300 },
  )
})
