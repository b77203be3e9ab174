// Stores of views: a change and its position, both or neither, held to the same in memory and in SQLite.
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { memoryViews, sqliteViews, type ViewStore } from '@millrace/patterns'

interface Kind {
  readonly store: ViewStore<unknown>
  readonly put: (view: unknown, key: string, value: number) => void
  readonly all: () => Record<string, number>
  readonly clear: (view: unknown) => void
}

function memory(): Kind {
  const store = memoryViews()
  const collection = store.view.collection<number>('counts')
  return {
    store: store as ViewStore<unknown>,
    put: (_view, key, value) => collection.set(key, value),
    all: () => Object.fromEntries(collection.entries()),
    clear: () => {
      for (const [key] of collection.entries()) collection.delete(key)
    },
  }
}

function sqlite(): Kind {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE TABLE counts (key TEXT PRIMARY KEY, value INTEGER NOT NULL)')
  return {
    store: sqliteViews(database) as ViewStore<unknown>,
    put: (_view, key, value) =>
      database.prepare('INSERT OR REPLACE INTO counts VALUES (?, ?)').run(key, value),
    all: () =>
      Object.fromEntries(
        (database.prepare('SELECT * FROM counts').all() as unknown as { key: string; value: number }[]).map(
          ({ key, value }) => [key, value],
        ),
      ),
    clear: () => database.exec('DELETE FROM counts'),
  }
}

for (const [name, make] of Object.entries({ memory, sqlite })) {
  const move = { projection: 'counts', partition: 0, from: 0, to: 5 }

  test(`${name}: a change moves the position with it, once`, async () => {
    const { store, put, all } = make()
    assert.deepEqual([...(await store.positions('counts'))], [])
    assert.equal(await store.advance(move, view => put(view, 'a', 1)), true)
    assert.equal(await store.advance(move, view => put(view, 'a', 2)), false)
    assert.deepEqual(all(), { a: 1 })
    assert.deepEqual([...(await store.positions('counts'))], [[0, 5]])
    assert.deepEqual([...(await store.positions('others'))], [])
  })

  test(`${name}: what fails changes nothing`, async () => {
    const { store, put, all } = make()
    await store.advance(move, view => put(view, 'a', 1))
    const failing = async () =>
      store.advance({ ...move, from: 5, to: 9 }, view => {
        put(view, 'a', 7)
        put(view, 'b', 7)
        throw new Error('on purpose')
      })
    await assert.rejects(failing, /on purpose/)
    assert.deepEqual(all(), { a: 1 })
    assert.deepEqual([...(await store.positions('counts'))], [[0, 5]])
  })

  test(`${name}: a reset takes all away, or nothing`, async () => {
    const { store, put, all, clear } = make()
    await store.advance(move, view => put(view, 'a', 1))
    const failing = async () =>
      store.reset('counts', view => {
        clear(view)
        throw new Error('on purpose')
      })
    await assert.rejects(failing, /on purpose/)
    assert.deepEqual(all(), { a: 1 })
    await store.reset('counts', clear)
    assert.deepEqual(all(), {})
    assert.deepEqual([...(await store.positions('counts'))], [])
  })
}

test('sqlite: a handler that is not done when it returns is refused, and nothing is changed', async () => {
  const { store, put, all } = sqlite()
  const early = async () =>
    store.advance({ projection: 'counts', partition: 0, from: 0, to: 5 }, async view => put(view, 'a', 1))
  await assert.rejects(early, /a handler returned a promise/)
  assert.deepEqual(all(), {})
})

test('memory: handlers take turns, and nobody else changes a view', async () => {
  const store = memoryViews()
  const order: string[] = []
  const slow = store.advance({ projection: 'a', partition: 0, from: 0, to: 1 }, async () => {
    order.push('a begins')
    await new Promise(resolve => setTimeout(resolve, 5))
    order.push('a ends')
  })
  const next = store.advance({ projection: 'b', partition: 0, from: 0, to: 1 }, () => void order.push('b'))
  await Promise.all([slow, next])
  assert.deepEqual(order, ['a begins', 'a ends', 'b'])
  assert.throws(
    () => store.view.collection('counts').set('a', 1),
    /changed by handlers of its projections only/,
  )
})
