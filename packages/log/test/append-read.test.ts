// Appending and reading: offsets, visibility, and what is durable when.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { codecs, readBatchHeader } from '@millrace/protocol'
import { nodeClock } from '@millrace/runtime'
import { LogError, type PartitionLog } from '../src/index.ts'
import { batchOf, oneLog, openLogs, topicId, valuesFrom } from './log-fixture.ts'

function refuses(run: () => unknown, codeName: string): void {
  assert.throws(run, (error: unknown) => error instanceof LogError && error.codeName === codeName)
}

test('offsets are given in order and stamped with the leader epoch', async context => {
  const { logs, log } = await oneLog(context)
  logs.leaderEpoch = 3
  const first = log.append(batchOf(['a', 'b']))
  const second = log.append(batchOf(['c']), { leaderEpoch: 4 })
  assert.deepEqual([first.baseOffset, first.lastOffset, second.baseOffset], [0, 1, 2])
  await logs.commit('durable')
  const { chunks } = await log.read(0, 1 << 20)
  const header = readBatchHeader(chunks[0]!)
  assert.deepEqual([header.baseOffset, header.partitionLeaderEpoch], [0, 3])
  assert.deepEqual(log.epochEndOffset(3), { leaderEpoch: 3, endOffset: 2 })
  assert.deepEqual(log.epochEndOffset(4), { leaderEpoch: 4, endOffset: 3 })
  assert.deepEqual(await valuesFrom(log, 0), ['a', 'b', 'c'])
})

test('nothing is visible before it is durable', async context => {
  const { logs, log } = await oneLog(context)
  log.append(batchOf(['a']))
  assert.deepEqual([log.logEndOffset, log.highWatermark], [1, 0])
  assert.deepEqual((await log.read(0, 100)).chunks, [])
  await logs.commit('written')
  assert.equal((await log.read(0, 100)).sizeInBytes, 0)
  await logs.commit('durable')
  assert.equal(log.highWatermark, 1)
})

test('who waits in the same turn shares one promise, and is told once for all', async context => {
  const moved: number[] = []
  const { logs, log } = await oneLog(context, {}, { onHighWatermark: each => moved.push(each.highWatermark) })
  log.append(batchOf(['a']))
  const one = logs.commit('durable')
  log.append(batchOf(['b']))
  const two = logs.commit('durable')
  assert.equal(one, two)
  await one
  assert.deepEqual(moved, [2])
  await logs.commit('durable')
})

test('a read returns whole batches within the limit, and the first whatever its size', async context => {
  const { logs, log } = await oneLog(context)
  const size = batchOf(['x'.repeat(1000)]).length
  for (let index = 0; index < 5; index++) log.append(batchOf(['x'.repeat(1000)]))
  await logs.commit('durable')
  const sizes = async (maxBytes: number, options = {}) => (await log.read(0, maxBytes, options)).sizeInBytes
  assert.equal(await sizes(3 * size), 3 * size)
  assert.equal(await sizes(3 * size - 1), 2 * size)
  assert.equal(await sizes(1), size)
  assert.equal(await sizes(1, { minOneBatch: false }), 0)
  assert.equal(await sizes(1 << 20, { upperOffset: 2 }), 2 * size)
})

/** The same reads from memory and from the files. */
async function bothWays(
  logs: { close(): Promise<void> },
  log: PartitionLog,
  directory: string,
  check: (log: PartitionLog) => Promise<void>,
) {
  await check(log)
  await logs.close()
  const again = await openLogs(directory)
  try {
    await check(again.get('t', 0)!)
  } finally {
    await again.close()
  }
}

test('a read in the middle of a batch returns the whole batch', async context => {
  const { logs, log, directory } = await oneLog(context)
  for (let index = 0; index < 50; index++)
    log.append(batchOf(['a', 'b', 'c', 'd'].map(each => `${each}${index}`)))
  await logs.commit('durable')
  await bothWays(logs, log, directory, async each => {
    for (let offset = 0; offset < 200; offset += 7) {
      const { chunks, nextOffset, release } = await each.read(offset, 1)
      assert.equal(readBatchHeader(chunks[0]!).baseOffset, offset - (offset % 4))
      assert.equal(nextOffset, offset - (offset % 4) + 4)
      release?.()
    }
  })
})

test('everything comes back from the files, across segments and with any limit', async context => {
  const { logs, log, directory } = await oneLog(context, { segmentBytes: 5000, indexIntervalBytes: 300 })
  const values: string[] = []
  for (let index = 0; index < 200; index++) {
    const batch = Array.from({ length: 1 + (index % 3) }, (_, at) => `${index}-${at}-${'y'.repeat(index)}`)
    values.push(...batch)
    log.append(batchOf(batch))
  }
  await logs.commit('durable')
  assert.ok(log.describeSegments().length > 3)
  await bothWays(logs, log, directory, async each => {
    for (const maxBytes of [1, 200, 3000, 1 << 20])
      assert.deepEqual(await valuesFrom(each, 0, maxBytes), values)
    assert.deepEqual(await valuesFrom(each, 111, 500), values.slice(111))
  })
})

test('a batch that is larger than any buffer is read whole', async context => {
  const { logs, log, directory } = await oneLog(context)
  const large = 'z'.repeat(3_000_000)
  log.append(batchOf(['small']))
  log.append(batchOf([large]))
  await logs.commit('durable')
  await bothWays(logs, log, directory, async each => {
    assert.deepEqual(await valuesFrom(each, 1, 10), [large])
  })
})

test('the memory that the tail may have is kept to, and older batches come from the file', async context => {
  const { logs, log } = await oneLog(context, {}, { limits: { tailMaxBytes: 20_000 } })
  const values = Array.from({ length: 100 }, (_, index) => `${index}`.padEnd(1000, '.'))
  for (const value of values) {
    log.append(batchOf([value]))
    await logs.commit('durable')
  }
  assert.ok(log.read(0, 100) instanceof Promise)
  assert.ok(!(log.read(99, 100) instanceof Promise))
  assert.deepEqual(await valuesFrom(log, 0), values)
})

test('an offset that is not there is out of range', async context => {
  const { logs, log } = await oneLog(context)
  log.append(batchOf(['a', 'b', 'c']))
  await logs.commit('durable')
  refuses(() => log.read(-1, 10), 'OFFSET_OUT_OF_RANGE')
  refuses(() => log.read(4, 10), 'OFFSET_OUT_OF_RANGE')
  assert.deepEqual(await log.read(3, 10), { chunks: [], sizeInBytes: 0, nextOffset: 3 })
  await log.deleteRecords(2)
  refuses(() => log.read(1, 10), 'OFFSET_OUT_OF_RANGE')
})

test('batches that cannot be are refused, and leave nothing behind', async context => {
  const { logs, log } = await oneLog(context, { segmentBytes: 2000 })
  const whole = batchOf(['a'])
  const old = Buffer.from(whole)
  old[16] = 1
  refuses(() => log.append(old), 'CORRUPT_MESSAGE')
  refuses(() => log.append(whole.subarray(0, 40)), 'CORRUPT_MESSAGE')
  refuses(() => log.append(whole.subarray(0, whole.length - 1)), 'CORRUPT_MESSAGE')
  refuses(() => log.append(Buffer.alloc(0)), 'INVALID_RECORD')
  refuses(() => log.append(batchOf(['x'.repeat(3000)])), 'RECORD_LIST_TOO_LARGE')
  const control = batchOf(['a'], { producerId: 1, producerEpoch: 0, control: true, transactional: true })
  refuses(() => log.append(control), 'INVALID_RECORD')
  assert.equal(log.logEndOffset, 0)
  await logs.commit('durable')
  assert.equal(log.sizeInBytes, 0)
})

test('a batch that comes again is answered with its first offset and not written again', async context => {
  const { logs, log } = await oneLog(context)
  const idempotent = { producerId: 5, producerEpoch: 0, baseSequence: 0 }
  log.append(batchOf(['other']))
  const first = log.append(batchOf(['a', 'b'], idempotent))
  const again = log.append(batchOf(['a', 'b'], idempotent))
  assert.deepEqual([first.duplicate, again.duplicate], [false, true])
  assert.deepEqual([again.baseOffset, again.lastOffset], [1, 2])
  await logs.commit('durable')
  assert.deepEqual(await valuesFrom(log, 0), ['other', 'a', 'b'])
})

for (const segmentBytes of [1_000_000, 150]) {
  test(`all five batches in flight are recognised again after a restart, in segments of ${segmentBytes} bytes`, async context => {
    const { logs, log, directory } = await oneLog(context, { segmentBytes })
    const sent = [0, 1, 2, 3, 4].map(baseSequence => ({
      producerId: 5,
      producerEpoch: 0,
      baseSequence,
      timestamp: nodeClock.now(),
    }))
    for (const each of sent) log.append(batchOf(['a'], each))
    await logs.close()
    const again = await openLogs(directory)
    const restarted = again.get('t', 0)!
    for (const [offset, each] of sent.entries()) {
      const info = restarted.append(batchOf(['a'], each))
      assert.deepEqual([info.duplicate, info.baseOffset], [true, offset])
    }
    await again.close()
  })
}

test('segments are rolled by age of their records', async context => {
  const { logs, log } = await oneLog(context, { segmentMs: 1000 })
  log.append(batchOf(['a'], { timestamp: 5000 }))
  log.append(batchOf(['b'], { timestamp: 6000 }))
  log.append(batchOf(['c'], { timestamp: 6001 }))
  await logs.commit('durable')
  assert.deepEqual(
    log.describeSegments().map(segment => segment.baseOffset),
    [0, 2],
  )
})

test('records are found by time, one by one, in batches of every codec', async context => {
  const { logs, log, directory } = await oneLog(context, { segmentBytes: 4000, indexIntervalBytes: 200 })
  let offset = 0
  for (const [index, codec] of Object.values(codecs).entries()) {
    for (let round = 0; round < 20; round++) {
      const timestamp = 1000 + index * 1000 + round * 10
      offset = log.append(batchOf(['a', 'b'.repeat(50)], { timestamp, codec })).lastOffset
    }
  }
  await logs.commit('durable')
  await bothWays(logs, log, directory, async each => {
    assert.deepEqual(await each.offsetForTimestamp(0), { timestamp: 1000, offset: 0, leaderEpoch: 0 })
    assert.deepEqual(await each.offsetForTimestamp(1015), { timestamp: 1020, offset: 4, leaderEpoch: 0 })
    assert.deepEqual(await each.offsetForTimestamp(3050), { timestamp: 3050, offset: 90, leaderEpoch: 0 })
    assert.equal(await each.offsetForTimestamp(9999), undefined)
    assert.deepEqual(await each.maxTimestamp(), { timestamp: 5190, offset: offset - 1, leaderEpoch: 0 })
  })
})

test('a clean stop leaves the layout of Kafka and nothing else', async context => {
  const { logs, log, directory } = await oneLog(context)
  log.append(batchOf(['a'], { producerId: 5, producerEpoch: 0, baseSequence: 0 }))
  await logs.close()
  assert.deepEqual(readdirSync(directory).sort(), [
    '.kafka_cleanshutdown',
    'log-start-offset-checkpoint',
    'meta.properties',
    'recovery-point-offset-checkpoint',
    'replication-offset-checkpoint',
    't-0',
  ])
  assert.deepEqual(readdirSync(`${directory}/t-0`).sort(), [
    '00000000000000000000.index',
    '00000000000000000000.log',
    '00000000000000000000.timeindex',
    '00000000000000000001.snapshot',
    'leader-epoch-checkpoint',
    'partition.metadata',
  ])
  assert.equal(
    readFileSync(`${directory}/t-0/partition.metadata`, 'utf8'),
    `version: 0\ntopic_id: ${topicId}`,
  )
  assert.equal(readFileSync(`${directory}/replication-offset-checkpoint`, 'utf8'), '0\n1\nt 0 1\n')
  const again = await openLogs(directory)
  assert.ok(!existsSync(`${directory}/.kafka_cleanshutdown`), 'a crash from here on is seen as one')
  await again.close()
})

test('a truncated log goes on where it was cut', async context => {
  const { logs, log, directory } = await oneLog(context, { segmentBytes: 500 })
  for (let index = 0; index < 30; index++) log.append(batchOf([`v${index}`, `w${index}`]))
  await logs.commit('durable')
  await log.truncateTo(21)
  assert.deepEqual([log.logEndOffset, log.highWatermark], [20, 20], 'a batch is cut as a whole')
  assert.equal(log.append(batchOf(['new'])).baseOffset, 20)
  await logs.commit('durable')
  await bothWays(logs, log, directory, async each => {
    assert.deepEqual((await valuesFrom(each, 16)).join(), 'v8,w8,v9,w9,new')
  })
})

test('no recovery point is left behind the end of a log that was truncated', async context => {
  const { logs, log, directory } = await oneLog(context, {}, { limits: { recoveryBytesMax: 1 } })
  const point = () => {
    const path = `${directory}/recovery-point-offset-checkpoint`
    return existsSync(path) ? Number(readFileSync(path, 'utf8').match(/t 0 (\d+)/)?.[1] ?? 0) : 0
  }
  for (let index = 0; index < 5; index++) log.append(batchOf([`v${index}`]))
  await logs.commit('durable')
  while (point() < 5) await new Promise(resolve => setTimeout(resolve, 1))
  await log.truncateTo(2)
  assert.equal(point(), 2)
})

test('a closed or deleted log says so', async context => {
  const { logs, log } = await oneLog(context)
  log.append(batchOf(['a']))
  await logs.delete('t', 0)
  refuses(() => log.append(batchOf(['a'])), 'KAFKA_STORAGE_ERROR')
  assert.throws(() => log.read(0, 1), /t-0 has been deleted/)
  assert.equal(logs.get('t', 0), undefined)
  const next = logs.create('t', 0, 'BBECAwQFBgcICQoLDA0ODw')
  assert.equal(next.logEndOffset, 0)
  await logs.close()
  assert.throws(() => next.append(batchOf(['a'])), /closed/)
})
