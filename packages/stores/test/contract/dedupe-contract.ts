// What every dedupe store has to do: one suite, which each store passes.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DedupeClaims, Deduplicated, DedupeStore } from '@millrace/service'
import { ClaimLostError } from '@millrace/stores'
import { eventually } from '@millrace/testkit'

export interface DedupeWorld {
  readonly store: DedupeStore
  /** Marks within a transaction, which is committed or rolled back; undefined for stores without transactions. */
  readonly mark: ((context: Deduplicated, end: 'commit' | 'rollback') => Promise<void>) | undefined
  readonly close: () => Promise<void>
}

const leaseMs = 60_000
const ttlMs = 60_000
/** What runs out while a test waits for it. */
const shortMs = 150

let serial = 0
const scopeOf = (name: string) => `${name}/${process.pid}-${++serial}`

/** What a handler would hold of these ids. */
function contextOf(scope: string, owner: string, ids: readonly string[]): Deduplicated {
  const dedupe: DedupeClaims = { scope, owner, ids, ttlMs, markedInTransaction: () => {} }
  return { dedupe }
}

export function dedupeContract(name: string, open: () => Promise<DedupeWorld>, skip?: string): void {
  describe(`dedupe: ${name}`, { skip }, () => {
    for (const [what, check] of [...claims, ...marks, ...transactions])
      test(what, async () => {
        const world = await open()
        try {
          await check(world, scopeOf(name))
        } finally {
          await world.close()
        }
      })
  })
}

type Case = readonly [what: string, check: (world: DedupeWorld, scope: string) => Promise<void>]

const claims: readonly Case[] = [
  [
    'what is claimed is busy for others, and stays its owner’s',
    async ({ store }, scope) => {
      const ids = ['a', 'b']
      assert.deepEqual(await store.claim({ scope, owner: 'one', ids, leaseMs }), ['claimed', 'claimed'])
      assert.deepEqual(await store.claim({ scope, owner: 'one', ids, leaseMs }), ['claimed', 'claimed'])
      assert.deepEqual(
        await store.claim({ scope, owner: 'two', ids: ['c', 'b', 'a', 'd'], leaseMs }),
        ['claimed', 'busy', 'busy', 'claimed'],
        'in the order of the ids',
      )
      assert.deepEqual(await store.claim({ scope, owner: 'two', ids: [], leaseMs }), [])
    },
  ],
  [
    'scopes have ids of their own',
    async ({ store }, scope) => {
      await store.complete({ scope, owner: 'one', ids: ['a'], ttlMs })
      const other = { scope: `${scope}-other`, owner: 'one', ids: ['a'], leaseMs }
      assert.deepEqual(await store.claim(other), ['claimed'])
    },
  ],
  [
    'a claim that runs out is anybody’s, and one that is renewed does not',
    async ({ store }, scope) => {
      await store.claim({ scope, owner: 'one', ids: ['gone', 'kept'], leaseMs: shortMs })
      await store.claim({ scope, owner: 'one', ids: ['kept'], leaseMs })
      await eventually('the lease is over', async () => {
        const [answer] = await store.claim({ scope, owner: 'two', ids: ['gone'], leaseMs })
        return answer === 'claimed'
      })
      assert.deepEqual(await store.claim({ scope, owner: 'two', ids: ['kept'], leaseMs }), ['busy'])
      assert.deepEqual(await store.claim({ scope, owner: 'one', ids: ['gone'], leaseMs }), ['busy'])
    },
  ],
  [
    'what is released may be claimed by others: by its owner, and no other',
    async ({ store }, scope) => {
      await store.claim({ scope, owner: 'one', ids: ['a', 'b'], leaseMs })
      await store.release({ scope, owner: 'two', ids: ['a'] })
      assert.deepEqual(await store.claim({ scope, owner: 'two', ids: ['a'], leaseMs }), ['busy'])
      await store.release({ scope, owner: 'one', ids: ['a', 'unknown'] })
      assert.deepEqual(await store.claim({ scope, owner: 'two', ids: ['a', 'b'], leaseMs }), [
        'claimed',
        'busy',
      ])
    },
  ],
  [
    'ids are told apart by every character, whatever a database thinks of them',
    async ({ store }, scope) => {
      const ids = [
        'a',
        'A',
        'a ',
        "a'",
        'a"',
        'a\\',
        "a\\' OR 1=1 -- ",
        'a%',
        'a_',
        'a?',
        '$1',
        '{a}',
        'a'.repeat(200),
      ]
      const owner = "o'wn\\er"
      const answers = await store.claim({ scope, owner, ids, leaseMs })
      assert.deepEqual(
        answers,
        ids.map(() => 'claimed'),
      )
      for (const [index, id] of ids.entries()) {
        await store.complete({ scope, owner, ids: [id], ttlMs })
        const seen = await store.claim({ scope, owner: 'two', ids, leaseMs })
        assert.deepEqual(
          seen,
          ids.map((_, at) => (at <= index ? 'done' : 'busy')),
          `after ${id}`,
        )
      }
    },
  ],
  [
    'of many who claim the same ids at once, each id has one',
    async ({ store }, scope) => {
      const ids = Array.from({ length: 200 }, (_, index) => `id-${index}`)
      const owners = Array.from({ length: 8 }, (_, index) => `owner-${index}`)
      const shuffled = (turn: number) => ids.map((_, index) => ids[(index * 7 + turn * 31) % ids.length]!)
      const won = new Map<string, string[]>()
      await Promise.all(
        owners.map(async (owner, turn) => {
          const asked = shuffled(turn)
          for (let from = 0; from < asked.length; from += 50) {
            const part = asked.slice(from, from + 50)
            const answers = await store.claim({ scope, owner, ids: part, leaseMs })
            for (const [index, id] of part.entries())
              if (answers[index] === 'claimed') won.set(id, [...(won.get(id) ?? []), owner])
          }
        }),
      )
      assert.equal(won.size, ids.length, 'each id was won')
      for (const [id, winners] of won) assert.equal(winners.length, 1, `${id} by ${winners.join()}`)
    },
  ],
]

const marks: readonly Case[] = [
  [
    'what was handled is done for everybody, until that is forgotten',
    async ({ store }, scope) => {
      await store.claim({ scope, owner: 'one', ids: ['a', 'b'], leaseMs })
      await store.complete({ scope, owner: 'one', ids: ['a'], ttlMs })
      await store.complete({ scope, owner: 'one', ids: ['b', 'never claimed'], ttlMs: shortMs })
      assert.deepEqual(await store.claim({ scope, owner: 'one', ids: ['a'], leaseMs }), ['done'])
      assert.deepEqual(await store.claim({ scope, owner: 'two', ids: ['a'], leaseMs }), ['done'])
      await store.release({ scope, owner: 'one', ids: ['a'] })
      assert.deepEqual(
        await store.claim({ scope, owner: 'two', ids: ['a'], leaseMs }),
        ['done'],
        'not released',
      )
      for (const id of ['b', 'never claimed'])
        await eventually('it is forgotten', async () => {
          const [answer] = await store.claim({ scope, owner: 'two', ids: [id], leaseMs })
          return answer === 'claimed'
        })
    },
  ],
  [
    'what was handled is done, though its claim ran out and another has it',
    async ({ store }, scope) => {
      await store.claim({ scope, owner: 'one', ids: ['a'], leaseMs: 1 })
      await eventually('another has it', async () => {
        const [answer] = await store.claim({ scope, owner: 'two', ids: ['a'], leaseMs })
        return answer === 'claimed'
      })
      await store.complete({ scope, owner: 'one', ids: ['a'], ttlMs })
      assert.deepEqual(await store.claim({ scope, owner: 'two', ids: ['a'], leaseMs }), ['done'])
    },
  ],
  [
    'a sweep deletes what has run out, and nothing else',
    async ({ store }, scope) => {
      if (!store.sweep) return
      const gone = Array.from({ length: 50 }, (_, index) => `gone-${index}`)
      await store.complete({ scope, owner: 'one', ids: gone, ttlMs: 1 })
      await store.complete({ scope, owner: 'one', ids: ['kept'], ttlMs })
      await store.claim({ scope, owner: 'one', ids: ['held'], leaseMs })
      let swept = 0
      await eventually('they are swept', async () => {
        swept += await store.sweep!()
        return swept >= gone.length
      })
      assert.deepEqual(await store.claim({ scope, owner: 'two', ids: ['kept', 'held'], leaseMs }), [
        'done',
        'busy',
      ])
    },
  ],
]

const transactions: readonly Case[] = [
  [
    'a mark counts with its transaction',
    async ({ store, mark }, scope) => {
      if (!mark) return
      const owner = 'one'
      await store.claim({ scope, owner, ids: ['kept', 'dropped', 'too'], leaseMs })
      await mark(contextOf(scope, owner, ['dropped']), 'rollback')
      await mark(contextOf(scope, owner, ['kept', 'too']), 'commit')
      assert.deepEqual(await store.claim({ scope, owner, ids: ['kept', 'dropped', 'too'], leaseMs }), [
        'done',
        'claimed',
        'done',
      ])
    },
  ],
  [
    'who has lost a claim cannot mark it',
    async ({ store, mark }, scope) => {
      if (!mark) return
      await store.claim({ scope, owner: 'two', ids: ['another'], leaseMs })
      await store.claim({ scope, owner: 'one', ids: ['mine', 'done'], leaseMs })
      await store.complete({ scope, owner: 'one', ids: ['done'], ttlMs })
      for (const ids of [['another'], ['done'], ['mine', 'another'], ['unknown']])
        await assert.rejects(mark(contextOf(scope, 'one', ids), 'commit'), ClaimLostError, ids.join())
      assert.deepEqual(await store.claim({ scope, owner: 'one', ids: ['mine'], leaseMs }), ['claimed'])
    },
  ],
]
