// The record with the largest timestamp, of those that are there and can be seen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RecordBatchWriter } from '@millrace/protocol'
import { defaultLogConfig, type Disk, nodeDisk } from '../src/index.ts'
import { oneLog, topicId } from './log-fixture.ts'

function timed(timestamps: readonly number[]): Buffer {
  const writer = new RecordBatchWriter()
  for (const timestamp of timestamps) writer.append(timestamp, null, 'x'.repeat(20))
  return writer.finish({})
}

test('the largest timestamp is that of what can be seen while larger ones are on their way to the disk', async context => {
  const { logs, log } = await oneLog(context)
  log.append(timed([1000, 3000, 2000]))
  await logs.commit('durable')
  log.append(timed([9000]))
  assert.deepEqual(await log.maxTimestamp(), { timestamp: 3000, offset: 1, leaderEpoch: 0 })
  await logs.commit('durable')
  assert.deepEqual(await log.maxTimestamp(), { timestamp: 9000, offset: 3, leaderEpoch: 0 })
})

test('the largest timestamp is that of what is left after the largest was deleted, in its batch too', async context => {
  const { logs, log } = await oneLog(context)
  log.append(timed([9000, 1000, 3000, 2000]))
  log.append(timed([2500]))
  await logs.commit('durable')
  await log.deleteRecords(1)
  assert.deepEqual(await log.maxTimestamp(), { timestamp: 3000, offset: 2, leaderEpoch: 0 })
  await log.deleteRecords(3)
  assert.deepEqual(await log.maxTimestamp(), { timestamp: 2500, offset: 4, leaderEpoch: 0 })
  await log.deleteRecords(5)
  assert.equal(await log.maxTimestamp(), undefined)
})

test('where the largest was deleted, what is left is read once, and then only what has come since', async context => {
  let readBytes = 0
  const disk: Disk = {
    ...nodeDisk,
    open: (path, mode) => {
      const file = nodeDisk.open(path, mode)
      const read = file.read.bind(file)
      file.read = async (target, position) => {
        const bytes = await read(target, position)
        readBytes += bytes
        return bytes
      }
      return file
    },
  }
  const { logs, log } = await oneLog(context, {}, { disk, fsync: 'never', limits: { tailMaxBytes: 0 } })
  log.append(timed([9000]))
  for (let index = 0; index < 500; index++) log.append(timed([1000 + index, 500, 500, 500]))
  await logs.commit('written')
  await log.deleteRecords(1)
  const readFor = async (timestamp: number) => {
    const before = readBytes
    assert.equal((await log.maxTimestamp())?.timestamp, timestamp)
    return readBytes - before
  }
  const first = await readFor(1499)
  assert.ok(first > 30_000, `${first} bytes`)
  assert.ok((await readFor(1499)) < first / 2)
  log.append(timed([2000]))
  await logs.commit('written')
  assert.ok((await readFor(2000)) < first / 2)
  // Other records are gone now, and the log may end elsewhere.
  await log.deleteRecords(1 + 500 * 4 + 1)
  assert.equal(await log.maxTimestamp(), undefined)
  log.append(timed([30, 20]))
  await logs.commit('written')
  assert.equal((await log.maxTimestamp())?.timestamp, 30)
  await log.truncateTo(log.logStartOffset)
  log.append(timed([10, 20]))
  await logs.commit('written')
  assert.equal((await log.maxTimestamp())?.timestamp, 20)
})

test('the largest timestamp is what a look at every record finds, whatever was deleted and is not safe yet', async context => {
  const batch = fc.array(fc.integer({ min: -1, max: 40 }), { minLength: 1, maxLength: 4 })
  const cases = fc.record({
    durable: fc.array(batch, { minLength: 1, maxLength: 25 }),
    pending: fc.array(batch, { maxLength: 8 }),
    deleted: fc.double({ min: 0, max: 1, noNaN: true }),
    segmentBytes: fc.constantFrom(400, 1_000, 1_000_000),
    indexIntervalBytes: fc.constantFrom(1, 200, 4_096),
  })
  const { logs } = await oneLog(context, {}, { fsync: 'never' })
  let partition = 0
  await fc.assert(
    fc.asyncProperty(cases, async ({ durable, pending, deleted, ...config }) => {
      const log = logs.create('t', ++partition, topicId, { ...defaultLogConfig, ...config })
      for (const timestamps of durable) log.append(timed(timestamps))
      await logs.commit('durable')
      const seen = durable.flat()
      const start = Math.floor(deleted * seen.length)
      await log.deleteRecords(start)
      for (const timestamps of pending) log.append(timed(timestamps))
      let expected = -1
      for (let offset = start; offset < seen.length; offset++)
        if (seen[offset]! >= 0 && (expected < 0 || seen[offset]! > seen[expected]!)) expected = offset
      // What is asked for in the turn of the append is answered from what is durable.
      const found = await log.maxTimestamp(seen.length)
      assert.equal(found?.timestamp, expected < 0 ? undefined : seen[expected])
      if (found) assert.equal(seen[found.offset], seen[expected])
      assert.ok(!found || (found.offset >= start && found.offset < seen.length))
    }),
    { numRuns: 150 },
  )
})
