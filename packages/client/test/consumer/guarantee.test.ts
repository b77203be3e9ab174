// What automatic commits promise: at most once commits before records are handed out, at least once behind them, every so many records.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, OffsetCommitApi } from '@millrace/protocol'
import { Consumer, ConfigError, type ConsumerOptions } from '../../src/index.ts'
import { serveCommits } from '../support/fake-group.ts'
import { setUp } from '../support/fake-partitions.ts'

const place = { topic: 't', partition: 0 }
const signal = () => AbortSignal.timeout(8_000)

function setUpGroup(end: number, options: Partial<ConsumerOptions>) {
  const { cluster, consumer } = setUp([end], {
    groupId: 'g',
    autoCommitIntervalMs: 60_000,
    ...options,
  })
  const committed: number[] = []
  serveCommits(cluster, committed)
  consumer.assign([{ ...place, offset: 0 }])
  return { cluster, consumer, committed }
}

/** Consumes up to offset `last` and tells of each record, by its offset, when it is handed out. */
type Style = (consumer: Consumer, last: number, onRecord: (offset: number) => void) => Promise<void>

const styles: Record<string, Style> = {
  records: async (consumer, last, onRecord) => {
    for await (const { offset } of consumer.records({ signal: signal() })) {
      onRecord(offset)
      if (offset === last) return
    }
  },
  batches: async (consumer, last, onRecord) => {
    for await (const batch of consumer.batches({ signal: signal() })) {
      let offset = -1
      for (const record of batch) onRecord((offset = record.offset))
      if (offset === last) return
    }
  },
  'run by record': async (consumer, last, onRecord) => {
    const end = new AbortController()
    await consumer.run({
      signal: AbortSignal.any([end.signal, signal()]),
      eachRecord({ offset }) {
        onRecord(offset)
        if (offset === last) end.abort()
      },
    })
  },
  'run by batch': async (consumer, last, onRecord) => {
    const end = new AbortController()
    await consumer.run({
      signal: AbortSignal.any([end.signal, signal()]),
      eachBatch(batch) {
        for (const { offset } of batch) {
          onRecord(offset)
          if (offset === last) end.abort()
        }
      },
    })
  },
  poll: async (consumer, last, onRecord) => {
    for (;;) {
      const records = await consumer.poll({ timeoutMs: 5_000, maxRecords: 3 })
      for (const { offset } of records) onRecord(offset)
      if (records.at(-1)?.offset === last) return
    }
  },
  events: async (consumer, last, onRecord) => {
    for await (const event of consumer.events({ signal: signal() })) {
      if (event.type !== 'record') continue
      onRecord(event.record.offset)
      if (event.record.offset === last) return
    }
  },
}

for (const [name, consume] of Object.entries(styles)) {
  test(`at most once, ${name}: every record is committed before it is handed out`, async () => {
    const { consumer, committed } = setUpGroup(20, {
      processingGuarantee: 'at_most_once',
      commitEveryRecords: 3,
    })
    const seen: number[] = []
    await consume(consumer, 19, offset => {
      assert.ok(Math.max(...committed) > offset, `${offset} is out, committed is ${String(committed)}`)
      seen.push(offset)
    })
    assert.deepEqual(
      seen,
      Array.from({ length: 20 }, (_, offset) => offset),
    )
    // Batches of five: a whole one at a time, others three offsets ahead at most.
    assert.ok(committed.length >= 4 && committed.length <= 10, String(committed))
    await consumer.close()
  })

  test(`at most once, ${name}: what failed does not come again, and what was not handed out does`, async () => {
    const { consumer } = setUpGroup(20, { processingGuarantee: 'at_most_once' })
    const seen: number[] = []
    const failing = (offset: number) => {
      seen.push(offset)
      if (offset === 7) throw new Error('boom')
    }
    await assert.rejects(consume(consumer, 19, failing), /boom/)
    await consume(consumer, 19, failing)
    assert.equal(seen.filter(offset => offset === 7).length, 1)
    assert.equal(new Set(seen).size, seen.length, 'nothing comes twice')
    if (!name.includes('batch') && name !== 'poll') assert.equal(seen.length, 20)
    await consumer.close()
  })
}

test('at most once: a clean close gives back what was committed ahead and not handed out', async () => {
  const { consumer, committed } = setUpGroup(20, { processingGuarantee: 'at_most_once' })
  await styles['records']!(consumer, 2, () => {})
  assert.deepEqual(committed, [5], 'a batch of five is in hand')
  await consumer.commit()
  assert.deepEqual(committed, [5], 'a commit in between takes nothing back')
  await consumer.close()
  assert.deepEqual(committed, [5, 3])
})

test('at most once: nothing is handed out when the commit fails', async () => {
  const { cluster, consumer } = setUpGroup(5, { processingGuarantee: 'at_most_once' })
  let refuse = true
  const committed: number[] = []
  cluster.on(OffsetCommitApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, committedOffset }) => {
        if (!refuse) committed.push(committedOffset)
        return { partitionIndex, errorCode: refuse ? ErrorCode.GROUP_AUTHORIZATION_FAILED : 0 }
      }),
    })),
  }))
  for (const style of ['records', 'batches', 'run by record', 'poll'] as const) {
    const seen: number[] = []
    await assert.rejects(
      styles[style]!(consumer, 4, offset => seen.push(offset)),
      { code: 'GROUP_AUTHORIZATION_FAILED' },
    )
    assert.deepEqual(seen, [], style)
  }
  refuse = false
  const seen: number[] = []
  await styles['records']!(consumer, 4, offset => seen.push(offset))
  assert.deepEqual(seen, [0, 1, 2, 3, 4])
  await consumer.close()
})

for (const [name, consume] of Object.entries(styles)) {
  test(`at least once, ${name}: commits follow every few records and never run ahead of what is processed`, async () => {
    const { consumer, committed } = setUpGroup(40, { commitEveryRecords: 10 })
    await consume(consumer, 39, offset => {
      assert.ok(
        Math.max(0, ...committed) <= offset,
        `${offset} is in hand, committed is ${String(committed)}`,
      )
    })
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
    assert.ok(committed.length >= 1 && committed.length <= 5, String(committed))
    await consumer.close()
  })
}

test('contradictions between guarantee, commits and group are refused', () => {
  const make = (options: Partial<ConsumerOptions>) => () => new Consumer({ brokers: ['b'], ...options })
  assert.throws(make({ processingGuarantee: 'at_most_once' }), {
    message: /processingGuarantee "at_most_once" needs a groupId/,
  })
  assert.throws(make({ commitEveryRecords: 5 }), { message: /commitEveryRecords needs a groupId/ })
  assert.throws(
    make({ groupId: 'g', processingGuarantee: 'at_most_once', autoCommit: false }),
    (error: Error) =>
      error instanceof ConfigError && /commits by itself, and autoCommit is false/.test(error.message),
  )
  assert.throws(make({ groupId: 'g', commitEveryRecords: 1, autoCommit: false }), ConfigError)
  assert.throws(make({ groupId: 'g', commitEveryRecords: 0 }), ConfigError)
})
