// A record whose handler threw is delivered again, in every style, and nothing past it is committed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OffsetCommitApi } from '@millrace/protocol'
import type { Consumer, ConsumerOptions } from '../../src/index.ts'
import { setUp } from '../support/fake-partitions.ts'

const place = { topic: 't', partition: 0 }
const boom = new Error('boom')

/** A consumer of ten records with a group, and what it commits. */
function setUpGroup(options: Partial<ConsumerOptions> = {}) {
  const { cluster, consumer, ...rest } = setUp([10], { groupId: 'g', ...options })
  const committed: number[] = []
  cluster.on(OffsetCommitApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, committedOffset }) => {
        committed.push(committedOffset)
        return { partitionIndex, errorCode: 0 }
      }),
    })),
  }))
  consumer.assign([{ ...place, offset: 0 }])
  return { cluster, consumer, committed, ...rest }
}

const signal = () => AbortSignal.timeout(8_000)

/** Handles records in one style until the one at offset 9 is done. Throws what `handle` throws. */
type Style = (consumer: Consumer, handle: (offset: number) => Promise<void> | void) => Promise<void>

const styles: Record<string, Style> = {
  'for await over records': async (consumer, handle) => {
    for await (const record of consumer.records({ signal: signal() })) {
      await handle(record.offset)
      if (record.offset < 9) continue
      consumer.markProcessed(record)
      return
    }
  },
  'run with eachRecord that awaits': async (consumer, handle) => {
    const end = new AbortController()
    await consumer.run({
      signal: AbortSignal.any([end.signal, signal()]),
      async eachRecord({ offset }) {
        await handle(offset)
        if (offset === 9) end.abort()
      },
    })
  },
  'run with eachRecord that throws at once': async (consumer, handle) => {
    const end = new AbortController()
    await consumer.run({
      signal: AbortSignal.any([end.signal, signal()]),
      eachRecord({ offset }) {
        void handle(offset)
        if (offset === 9) end.abort()
      },
    })
  },
  'poll that rewinds': async (consumer, handle) => {
    for (;;) {
      for (const record of await consumer.poll({ timeoutMs: 8_000, maxRecords: 3 })) {
        try {
          await handle(record.offset)
          consumer.markProcessed(record)
        } catch (error) {
          consumer.rewind()
          throw error
        }
        if (record.offset === 9) return
      }
    }
  },
}

for (const [name, style] of Object.entries(styles)) {
  test(`${name}: what threw comes again, and nothing past it is committed`, async () => {
    const { consumer, committed } = setUpGroup()
    const seen: number[] = []
    const failAt = (bad: number) => (offset: number) => {
      seen.push(offset)
      if (offset === bad) throw boom
    }
    // In the middle of a batch, at the end of one, and again at the same record.
    for (const bad of [2, 2, 4, 5]) await assert.rejects(style(consumer, failAt(bad)), boom)
    assert.deepEqual(seen, [0, 1, 2, 2, 2, 3, 4, 4, 5])
    assert.equal(consumer.position(place), 5)
    await consumer.close()
    assert.deepEqual(committed, [5])
  })

  test(`${name}: after a failure that passes, every record is handled and all are committed`, async () => {
    const { consumer, committed } = setUpGroup()
    const handled: number[] = []
    let failures = 3
    const handle = (offset: number) => {
      if (offset === 6 && failures-- > 0) throw boom
      handled.push(offset)
    }
    for (let attempt = 0; attempt < 3; attempt++) await assert.rejects(style(consumer, handle), boom)
    await style(consumer, handle)
    assert.deepEqual(handled, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    await consumer.commit()
    assert.deepEqual(committed, [10])
    await consumer.close()
  })
}

const batchStyles: Record<string, Style> = {
  'for await over batches': async (consumer, handle) => {
    for await (const batch of consumer.batches({ signal: signal() })) {
      for (const { offset } of batch) await handle(offset)
      if (batch.endOffset === 10) return
    }
  },
  'for await over batches that are released': async (consumer, handle) => {
    for await (const batch of consumer.batches({ signal: signal() })) {
      try {
        for (const { offset } of batch) await handle(offset)
        if (batch.endOffset === 10) return
      } finally {
        batch.release()
      }
    }
  },
  'run with eachBatch': async (consumer, handle) => {
    const end = new AbortController()
    await consumer.run({
      signal: AbortSignal.any([end.signal, signal()]),
      async eachBatch(batch) {
        for (const { offset } of batch) await handle(offset)
        if (batch.endOffset === 10) end.abort()
      },
    })
  },
}

for (const [name, style] of Object.entries(batchStyles)) {
  test(`${name}: the batch that threw comes again, and nothing of it is committed`, async () => {
    const { consumer, committed } = setUpGroup()
    const seen: number[] = []
    let failures = 2
    const handle = (offset: number) => {
      seen.push(offset)
      if (offset === 7 && failures-- > 0) throw boom
    }
    for (let attempt = 0; attempt < 2; attempt++) await assert.rejects(style(consumer, handle), boom)
    assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6, 7, 5, 6, 7])
    assert.equal(consumer.position(place), 5)
    await style(consumer, handle)
    assert.deepEqual(seen.slice(11), [5, 6, 7, 8, 9])
    await consumer.close()
    assert.ok(committed.every(offset => offset === 5 || offset === 10))
  })
}

test('a batch that failed in part comes again from behind what was marked as processed', async () => {
  const { consumer, committed } = setUpGroup()
  const seen: number[] = []
  const run = consumer.run({
    signal: signal(),
    eachBatch(batch) {
      for (const record of batch) {
        seen.push(record.offset)
        if (record.offset === 7) throw boom
        consumer.markProcessed(record)
      }
    },
  })
  await assert.rejects(run, boom)
  assert.equal(consumer.position(place), 7)
  assert.deepEqual(
    (await consumer.poll({ timeoutMs: 8_000 })).map(({ offset }) => offset),
    [7, 8, 9],
  )
  await consumer.close()
  assert.deepEqual(committed, [7])
})

test('of several partitions that are worked on, only the one that failed goes back', async () => {
  const { consumer } = setUp([5, 5])
  consumer.assign([0, 1].map(partition => ({ topic: 't', partition, offset: 0 })))
  const handled: string[] = []
  let failures = 1
  const end = new AbortController()
  const run = () =>
    consumer.run({
      partitionConcurrency: 2,
      signal: AbortSignal.any([end.signal, signal()]),
      async eachRecord({ partition, offset }) {
        await new Promise(resolve => setImmediate(resolve))
        if (partition === 1 && offset === 2 && failures-- > 0) throw boom
        handled.push(`${partition}/${offset}`)
        if (handled.length === 10) end.abort()
      },
    })
  await assert.rejects(run(), boom)
  await run()
  assert.deepEqual(
    handled.toSorted(),
    [0, 1].flatMap(p => [0, 1, 2, 3, 4].map(offset => `${p}/${offset}`)),
  )
  await consumer.close()
})

test('a handler that returns something of its own to wait for is waited for', async () => {
  const { consumer, committed } = setUpGroup()
  const thenable = {
    // oxlint-disable-next-line unicorn/no-thenable
    then: (_done: () => void, failed: (error: Error) => void) => failed(boom),
  }
  const run = consumer.run({ signal: signal(), eachRecord: () => thenable as unknown as Promise<void> })
  await assert.rejects(run, boom)
  assert.equal(consumer.position(place), 0)
  await consumer.close()
  assert.deepEqual(committed, [0])
})

test('what is committed before it is handled does not come again: at most once', async () => {
  const { consumer, committed } = setUpGroup()
  const seen: number[] = []
  for (let attempt = 0; attempt < 3; attempt++) {
    await assert.rejects(async () => {
      for await (const { offset } of consumer.records({ signal: signal() })) {
        await consumer.commit()
        seen.push(offset)
        throw boom
      }
    }, boom)
  }
  assert.deepEqual(seen, [0, 1, 2])
  assert.deepEqual(committed, [1, 2, 3])
  await consumer.close()
})

test('poll without a rewind says that what it returned before is processed', async () => {
  const { consumer, committed } = setUpGroup()
  const first = await consumer.poll({ timeoutMs: 8_000, maxRecords: 4 })
  const second = await consumer.poll({ timeoutMs: 8_000, maxRecords: 4 })
  assert.deepEqual([first.length, first[0]?.offset, second[0]?.offset], [4, 0, 4])
  await consumer.close()
  assert.deepEqual(committed, [4])
})

test('an error that waits does not cost poll the records that it has taken', async () => {
  const { consumer, logs } = setUp([5, 20])
  logs.damage = (baseOffset, bytes) => {
    if (baseOffset === 5) bytes[16] = 9
  }
  consumer.assign([0, 1].map(partition => ({ topic: 't', partition, offset: 0 })))
  const seen: string[] = []
  await assert.rejects(
    async () => {
      for (;;) {
        for (const { partition, offset } of await consumer.poll({ timeoutMs: 8_000 })) {
          seen.push(`${partition}/${offset}`)
        }
        if (seen.length > 10) return
      }
    },
    { code: 'RECORD_CORRUPT' },
  )
  assert.deepEqual(
    seen.toSorted(),
    [0, 1].flatMap(p => [0, 1, 2, 3, 4].map(offset => `${p}/${offset}`)),
  )
  await consumer.close()
})

test('a loop ends after the record in hand when the consumer is closed or its signal aborts', async () => {
  for (const end of ['close', 'abort'] as const) {
    const { consumer } = setUpGroup()
    const controller = new AbortController()
    const seen: number[] = []
    try {
      for await (const { offset } of consumer.records({ signal: controller.signal })) {
        seen.push(offset)
        if (offset !== 2) continue
        if (end === 'close') void consumer.close()
        else controller.abort()
      }
    } catch (error) {
      assert.equal((error as Error).name, 'AbortError')
    }
    assert.deepEqual(seen, [0, 1, 2])
    await consumer.close()
  }
})
