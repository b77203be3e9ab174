// Indexes of streams: in memory and in SQLite, held to the same.
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { memoryStreamIndex, sqliteStreamIndex, type StreamIndex } from '@millrace/patterns'

const kinds: Readonly<Record<string, () => StreamIndex>> = {
  memory: memoryStreamIndex,
  sqlite: () => sqliteStreamIndex(new DatabaseSync(':memory:')),
}

for (const [kind, make] of Object.entries(kinds)) {
  test(`${kind}: events of streams by version, with how far partitions are read`, async () => {
    const index = make()
    assert.equal(await index.positionOf(0), 0)
    assert.equal(await index.versionOf('a'), 0)
    assert.deepEqual(await index.find('a', 1, 0), { partition: -1, offsets: [] })
    await index.apply(0, 4, [
      { stream: 'a', version: 1, offset: 0 },
      { stream: 'b', version: 1, offset: 1 },
      { stream: 'a', version: 2, offset: 2 },
    ])
    await index.apply(1, 9, [{ stream: 'c', version: 1, offset: 8 }])
    await index.apply(0, 6, [{ stream: 'a', version: 3, offset: 5 }])
    assert.deepEqual(
      [
        await index.positionOf(0),
        await index.positionOf(1),
        await index.versionOf('a'),
        await index.versionOf('c'),
      ],
      [6, 9, 3, 1],
    )
    assert.deepEqual(await index.find('a', 2, 3), { partition: 0, offsets: [2, 5] })
    assert.deepEqual(await index.find('c', 1, 1), { partition: 1, offsets: [8] })
  })

  test(`${kind}: versions that the log has lost are told apart`, async () => {
    const index = make()
    await index.apply(0, 20, [
      { stream: 'a', version: 3, offset: 10 },
      { stream: 'a', version: 5, offset: 12 },
    ])
    assert.equal(await index.versionOf('a'), 5)
    assert.deepEqual((await index.find('a', 1, 5)).offsets, [-1, -1, 10, -1, 12])
  })

  test(`${kind}: what is cleared is gone`, async () => {
    const index = make()
    await index.apply(0, 2, [{ stream: 'a', version: 1, offset: 0 }])
    await index.clear()
    assert.deepEqual([await index.positionOf(0), await index.versionOf('a')], [0, 0])
  })
}

test('an index in SQLite is there when it is opened again, and several share a database', () => {
  const database = new DatabaseSync(':memory:')
  void sqliteStreamIndex(database, { prefix: 'orders' }).apply(0, 2, [{ stream: 'a', version: 1, offset: 0 }])
  assert.equal(sqliteStreamIndex(database, { prefix: 'orders' }).versionOf('a'), 1)
  assert.equal(sqliteStreamIndex(database, { prefix: 'stock' }).versionOf('a'), 0)
  assert.throws(() => sqliteStreamIndex(database, { prefix: 'x; DROP TABLE y' }), /is no name of a table/)
})
