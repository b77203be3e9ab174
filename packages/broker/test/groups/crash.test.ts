// Offsets against a model, with a disk that is slow, fails, and loses what was not synced when the broker dies.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import fc from 'fast-check'
import { FakeCore } from './fake-core.ts'

const topicId = 'AAAAAAAAAAAAAAAAAAAABQ'
const noMember = { memberId: '', groupInstanceId: null, generationId: -1 }

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('commit' as const), key: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), key: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deleteGroup' as const), key: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('sync' as const), fails: fc.integer({ min: 0, max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
)

/** One offset: everything that was asked for, in order, and from which of it on the truth must lie. */
interface Known {
  attempts: { readonly order: number; readonly offset: number | undefined }[]
  acknowledged: number
}

class World {
  core: FakeCore
  readonly #known: Known[] = Array.from({ length: 6 }, () => ({
    attempts: [{ order: 0, offset: undefined }],
    acknowledged: 0,
  }))
  #next = 1

  constructor() {
    this.core = new FakeCore({ partitions: 2 })
    this.core.makeTopic('t', 3, topicId)
    this.core.slowDisk = true
  }

  /** Two groups with three partitions each. */
  #place(key: number): { groupId: string; partition: number } {
    return { groupId: `g${Math.floor(key / 3)}`, partition: key % 3 }
  }

  commit(key: number): void {
    const { groupId, partition } = this.#place(key)
    const offset = this.#next++
    const offsets = [{ topic: 't', partition, offset, leaderEpoch: -1, metadata: '', topicId }]
    const reply = this.core.coordinator.offsets.commit({
      groupId,
      by: noMember,
      apiVersion: 9,
      retentionMs: -1,
      offsets,
    })
    this.#attempt([key], offset, reply)
  }

  delete(key: number): void {
    const { groupId, partition } = this.#place(key)
    const reply = this.core.coordinator.offsets.delete(groupId, [{ topic: 't', partition }])
    this.#attempt(
      [key],
      undefined,
      reply.then(({ errorCode }) => errorCode),
    )
  }

  deleteGroup(key: number): void {
    const first = Math.floor(key / 3) * 3
    const reply = this.core.coordinator.admin.delete(`g${first / 3}`)
    this.#attempt([first, first + 1, first + 2], undefined, reply)
  }

  /** The broker dies; another one starts on what the disk has kept. */
  async crash(): Promise<void> {
    const dead = this.core
    this.core = new FakeCore({ after: dead })
    this.core.slowDisk = true
    await this.check()
  }

  async check(): Promise<void> {
    await this.core.clock.turn()
    for (const [key, known] of this.#known.entries()) {
      const { groupId, partition } = this.#place(key)
      const { topics } = await this.core.coordinator.offsets.fetch(groupId, false)
      const shown = topics.get('t')?.get(partition)?.offset
      const possible = known.attempts.filter(({ order }) => order >= known.acknowledged)
      const found = possible.find(({ offset }) => offset === shown)
      const list = possible.map(({ offset }) => offset).join(', ')
      assert.ok(found, `${groupId} ${partition}: ${shown} is none of ${list}`)
      // Perhaps nobody was told, but now it was seen: nothing older may be shown any more.
      known.acknowledged = found.order
    }
  }

  #attempt(keys: readonly number[], offset: number | undefined, reply: Promise<number>): void {
    const { core } = this
    const order = this.#next++
    for (const key of keys) this.#known[key]!.attempts.push({ order, offset })
    void reply.then(errorCode => {
      // The replies of a dead broker reach nobody.
      if (this.core !== core) return
      for (const key of keys) {
        const known = this.#known[key]!
        if (errorCode === ErrorCode.NONE) known.acknowledged = Math.max(known.acknowledged, order)
        else if (errorCode === ErrorCode.GROUP_ID_NOT_FOUND) {
          known.attempts = known.attempts.filter(each => each.order !== order)
        }
      }
    })
  }
}

test('an offset whose commit and first deletion failed does not come back after its deletion', async () => {
  const world = new World()
  const noDisk = new Error('no disk')
  const steps: (() => void | Promise<void>)[] = [
    () => world.commit(2),
    () => world.core.sync(noDisk),
    () => world.commit(0),
    () => world.core.sync(),
    () => world.delete(2),
    () => world.core.sync(noDisk),
    () => world.delete(2),
    () => world.core.sync(),
    () => world.core.sync(),
    () => world.crash(),
  ]
  for (const step of steps) {
    await step()
    await world.check()
  }
})

test('an acknowledged offset is there after any crash, and one that was shown never goes back', async () => {
  const scenario = fc.array(action, { maxLength: 60, size: 'max' })
  await fc.assert(
    fc.asyncProperty(scenario, async actions => {
      const world = new World()
      for (const each of actions) {
        if (each.do === 'commit') world.commit(each.key)
        else if (each.do === 'delete') world.delete(each.key)
        else if (each.do === 'deleteGroup') world.deleteGroup(each.key)
        else if (each.do === 'turn') await world.core.clock.turn()
        else if (each.do === 'sync')
          await world.core.sync(each.fails === 0 ? new Error('no disk') : undefined)
        else await world.crash()
        await world.check()
      }
      await world.core.sync()
      await world.core.sync()
      await world.crash()
    }),
    { numRuns: 100 },
  )
})
