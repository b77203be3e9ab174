// Loops that are driven by hand: what waits for a record takes none once the loop is left, and calls go one after the other.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StateError } from '../../src/index.ts'
import { setUp } from '../support/fake-partitions.ts'

const place = { topic: 't', partition: 0 }

for (const style of ['records', 'batches'] as const) {
  test(`a next() of ${style} that waits when the loop is left takes nothing`, async () => {
    const { logs, consumer } = setUp([0])
    consumer.assign([{ ...place, offset: 0 }])
    const loop = consumer[style]()
    const waiting = loop.next()
    const behind = loop.next()
    await loop.return!()
    assert.deepEqual(await Promise.all([waiting, behind]), [
      { done: true, value: undefined },
      { done: true, value: undefined },
    ])
    logs.ends[0] = 3
    const records = await consumer.poll({ timeoutMs: 8_000 })
    assert.deepEqual(
      records.map(({ offset }) => offset),
      [0, 1, 2],
    )
    await consumer.close()
  })
}

test('calls of next() that do not wait for each other have the records in order', async () => {
  const { consumer } = setUp([12])
  consumer.assign([{ ...place, offset: 0 }])
  const loop = consumer.records()
  const results = await Promise.all(Array.from({ length: 12 }, () => loop.next()))
  assert.deepEqual(
    results.map(({ value }) => value?.offset),
    Array.from({ length: 12 }, (_, index) => index),
  )
  await loop.return!()
  await consumer.close()
})

test('a poll while another one waits is refused, and takes nothing from it', async () => {
  const { logs, consumer } = setUp([0])
  consumer.assign([{ ...place, offset: 0 }])
  const first = consumer.poll({ timeoutMs: 8_000 })
  await assert.rejects(consumer.poll({ timeoutMs: 8_000 }), StateError)
  logs.ends[0] = 2
  assert.equal((await first).length, 2)
  logs.ends[0] = 3
  assert.equal((await consumer.poll({ timeoutMs: 8_000 }))[0]?.offset, 2)
  await consumer.close()
})
