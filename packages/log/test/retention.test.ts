// What is too old or too much goes, and what was deleted stays deleted.
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Clock, nodeClock } from '@millrace/runtime'
import { defaultLogConfig, type PartitionLog } from '../src/index.ts'
import { expiredCount, type RetentionView } from '../src/retention/retention.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { batchOf, oneLog, openLogs, topicId, valuesFrom } from './log-fixture.ts'

interface Case {
  readonly name: string
  /** Size and largest timestamp of each segment; each holds ten offsets. */
  readonly segments: readonly (readonly [bytes: number, timestamp: number])[]
  readonly config: Partial<typeof defaultLogConfig>
  readonly logStartOffset?: number
  readonly highWatermark?: number
  readonly expected: number
}

const none = { retentionMs: -1, retentionBytes: -1 }
const cases: readonly Case[] = [
  {
    name: 'nothing goes without limits',
    segments: [
      [100, 0],
      [100, 0],
    ],
    config: none,
    expected: 0,
  },
  {
    name: 'segments whose newest record is too old go',
    segments: [
      [100, 100],
      [100, 499],
      [100, 500],
    ],
    config: { ...none, retentionMs: 500 },
    expected: 2,
  },
  {
    name: 'a young segment keeps the older ones behind it',
    segments: [
      [100, 900],
      [100, 100],
      [100, 900],
    ],
    config: { ...none, retentionMs: 500 },
    expected: 0,
  },
  {
    name: 'the last one goes too when all are old',
    segments: [
      [100, 1],
      [100, 2],
    ],
    config: { ...none, retentionMs: 500 },
    expected: 2,
  },
  {
    name: 'an empty last segment stays',
    segments: [
      [100, 1],
      [0, 1],
    ],
    config: { ...none, retentionMs: 500 },
    expected: 1,
  },
  {
    name: 'records of the future never expire',
    segments: [
      [100, 99_999],
      [100, 1],
    ],
    config: { ...none, retentionMs: 500 },
    expected: 0,
  },
  {
    name: 'segments go while the others hold enough bytes',
    segments: [
      [100, 0],
      [100, 0],
      [100, 0],
    ],
    config: { ...none, retentionBytes: 200 },
    expected: 1,
  },
  {
    name: 'a byte less than a segment of surplus keeps it',
    segments: [
      [100, 0],
      [100, 0],
      [100, 0],
    ],
    config: { ...none, retentionBytes: 201 },
    expected: 0,
  },
  {
    name: 'a retention of no bytes takes all',
    segments: [
      [100, 0],
      [100, 0],
    ],
    config: { ...none, retentionBytes: 0 },
    expected: 2,
  },
  {
    name: 'nothing above the high watermark goes',
    segments: [
      [100, 1],
      [100, 1],
    ],
    config: { ...none, retentionMs: 500 },
    highWatermark: 19,
    expected: 1,
  },
  {
    name: 'what lies below the log start goes, whatever the policy',
    segments: [
      [100, 0],
      [100, 0],
      [100, 0],
    ],
    config: { ...none, cleanupDelete: false },
    logStartOffset: 20,
    expected: 2,
  },
  {
    name: 'a segment that reaches above the log start stays',
    segments: [
      [100, 0],
      [100, 0],
    ],
    config: none,
    logStartOffset: 9,
    expected: 0,
  },
  {
    name: 'a compacted topic does not expire',
    segments: [
      [100, 1],
      [100, 1],
    ],
    config: { retentionMs: 1, retentionBytes: 1, cleanupDelete: false },
    expected: 0,
  },
]

for (const { name, segments, config, expected, ...offsets } of cases) {
  test(`retention: ${name}`, () => {
    const logEndOffset = segments.length * 10
    const view: RetentionView = {
      segments: segments.map(([sizeInBytes, timestamp], index) => ({
        baseOffset: index * 10,
        sizeInBytes,
        largestTimestamp: () => timestamp,
      })),
      logStartOffset: offsets.logStartOffset ?? 0,
      logEndOffset,
      highWatermark: offsets.highWatermark ?? logEndOffset,
    }
    assert.equal(expiredCount(view, { ...defaultLogConfig, ...config }, 1000), expected)
  })
}

test('expired segments leave the log at once and the disk later', async context => {
  const { logs, log, directory } = await oneLog(context, {
    segmentBytes: 400,
    retentionMs: 1000,
    fileDeleteDelayMs: 0,
  })
  for (let index = 0; index < 10; index++) log.append(batchOf([`old ${index}`.padEnd(100, '.')]))
  log.append(batchOf(['young'], { timestamp: nodeClock.now() }))
  await logs.commit('durable')
  await logs.enforceRetention()
  assert.deepEqual(
    log.describeSegments().map(segment => segment.baseOffset),
    [log.logStartOffset],
  )
  assert.ok((await valuesFrom(log, log.logStartOffset)).includes('young'))
  const partition = `${directory}/t-0`
  for (let wait = 0; wait < 100 && readdirSync(partition).some(name => name.endsWith('.deleted')); wait++) {
    await new Promise<void>(resolve => nodeClock.setTimer(10, resolve))
  }
  assert.equal(readdirSync(partition).filter(name => name.includes('.log')).length, 1)
})

test('a segment without timestamps is as old as its last write, also after a restart', async context => {
  let aheadMs = 0
  const clock: Clock = {
    now: () => nodeClock.now() + aheadMs,
    monotonic: () => nodeClock.monotonic(),
    setTimer: (...timer) => nodeClock.setTimer(...timer),
    defer: run => nodeClock.defer(run),
  }
  const config = { retentionMs: 4_000, fileDeleteDelayMs: 0 }
  const { logs, log, directory } = await oneLog(context, config, { clock })
  const put = async () => {
    log.append(batchOf(['when?'], { timestamp: -1 }))
    await logs.commit('durable')
  }
  await put()
  aheadMs = 3_900
  await put()
  aheadMs = 7_000
  await logs.enforceRetention()
  assert.deepEqual([log.logStartOffset, log.logEndOffset], [0, 2], 'written 3.1 s ago')
  aheadMs = 8_500
  await logs.enforceRetention()
  assert.deepEqual([log.logStartOffset, log.logEndOffset], [2, 2], 'written 4.6 s ago')
  await put()
  await logs.close()

  aheadMs = 0
  const path = `${directory}/t-0/00000000000000000002.log`
  for (const [ageMs, start] of [
    [3_000, 2],
    [5_000, 3],
  ] as const) {
    const written = (nodeClock.now() - ageMs) / 1_000
    utimesSync(path, written, written)
    const again = await openLogs(directory)
    again.useConfigs(() => ({ ...defaultLogConfig, ...config }))
    await again.enforceRetention()
    assert.equal(again.get('t', 0)!.logStartOffset, start, `last written ${ageMs} ms before`)
    await again.close()
  }
})

test('a log whose every record has expired goes on at its end, also after a restart and a crash', async context => {
  const { logs, log, directory } = await oneLog(context, { retentionMs: 1000, fileDeleteDelayMs: 0 })
  for (let index = 0; index < 10; index++) log.append(batchOf(['old']))
  await logs.commit('durable')
  await logs.enforceRetention()
  assert.deepEqual([log.logStartOffset, log.logEndOffset, log.sizeInBytes], [10, 10, 0])
  await logs.close()
  const again = await openLogs(directory)
  const reopened = again.get('t', 0)!
  assert.deepEqual([reopened.logStartOffset, reopened.logEndOffset], [10, 10])
  assert.equal(reopened.append(batchOf(['new'])).baseOffset, 10)
  await again.close()
})

test('deleted records stay deleted', async context => {
  const { logs, log, directory } = await oneLog(context, {
    segmentBytes: 400,
    retentionMs: -1,
    fileDeleteDelayMs: 0,
  })
  for (let index = 0; index < 20; index++) log.append(batchOf([`${index}`.padEnd(100, '.')]))
  await logs.commit('durable')
  assert.equal(await log.deleteRecords(7), 7)
  assert.equal(await log.deleteRecords(5), 7, 'the log start does not go back')
  await assert.rejects(log.deleteRecords(21), /high watermark is 20/)
  await logs.enforceRetention()
  assert.equal(log.describeSegments()[0]!.baseOffset, 6)
  await logs.close()
  const again = await openLogs(directory)
  assert.equal(again.get('t', 0)!.logStartOffset, 7)
  assert.equal(await again.get('t', 0)!.deleteRecords(-1), 20)
  await again.close()
})

test('logs that are loaded from disk keep everything until their settings are known', async context => {
  const { logs, log, directory } = await oneLog(context, { segmentBytes: 400 })
  for (let index = 0; index < 10; index++) log.append(batchOf([`old ${index}`.padEnd(100, '.')]))
  await logs.close()
  const again = await openLogs(directory)
  await again.enforceRetention()
  assert.equal(again.get('t', 0)!.logStartOffset, 0)
  again.useConfigs(topic => (topic === 't' ? { ...defaultLogConfig, retentionMs: 1000 } : undefined))
  await again.enforceRetention()
  assert.equal(again.get('t', 0)!.logStartOffset, 10)
  await again.close()
})

test('a deleted partition leaves no trace behind', async context => {
  const { logs, directory } = await oneLog(context, { fileDeleteDelayMs: 3600_000 })
  logs.create('u', 1, topicId)
  await logs.delete('t', 0)
  assert.deepEqual(logs.partitions(), [{ topic: 'u', partition: 1, topicId }])
  assert.equal(readdirSync(directory).filter(name => /^t-0\.[0-9a-f]{32}-delete$/.test(name)).length, 1)
  await logs.close()
  const again = await openLogs(directory)
  for (let wait = 0; wait < 100 && readdirSync(directory).some(name => name.endsWith('-delete')); wait++) {
    await new Promise<void>(resolve => nodeClock.setTimer(10, resolve))
  }
  assert.deepEqual(
    readdirSync(directory).filter(name => name.startsWith('t-')),
    [],
  )
  await again.close()
})

test('a reader that is between two segments when the first ones go misses nothing of what is left', async context => {
  const { logs, log } = await oneLog(
    context,
    { segmentBytes: 400, retentionMs: -1, fileDeleteDelayMs: 0 },
    { limits: { tailMaxBytes: 1 } },
  )
  for (let index = 0; index < 20; index++) log.append(batchOf([`${index}`.padEnd(100, '.')]))
  await logs.commit('durable')
  await log.deleteRecords(10)
  const reading = Promise.all([log.read(10, 1), log.read(12, 1), log.read(19, 1)])
  await logs.enforceRetention()
  const offsets = (await reading).map(result => result.nextOffset)
  assert.deepEqual(offsets, [11, 13, 20])
  assert.deepEqual(
    (await valuesFrom(log, 10)).map(value => Number.parseInt(value, 10)),
    [10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
  )
})

for (const { goes, young } of [
  { goes: 'all', young: [] },
  { goes: 'some', young: ['4'] },
]) {
  test(`retention that takes ${goes} segments forgets no producer while its state cannot be written`, async context => {
    const faults = new FaultyDisk()
    const config = { segmentBytes: 200, retentionMs: 1000, fileDeleteDelayMs: 0 }
    const { logs, log, directory } = await oneLog(context, config, {
      disk: faults.disk,
      limits: { reserveBytes: 0 },
    })
    const timestamp = nodeClock.now() - 5000
    const producer = { producerId: 7, producerEpoch: 0, baseSequence: 0 }
    const batch = () => batchOf(['0'.repeat(100)], { timestamp, ...producer })
    log.append(batch())
    for (const value of ['1', '2', '3']) log.append(batchOf([value.repeat(100)], { timestamp }))
    for (const value of young) log.append(batchOf([value.repeat(100)], { timestamp: nodeClock.now() }))
    await logs.commit('durable')
    faults.onWrite = path => (/snapshot|checkpoint/.test(path) ? 'ENOSPC' : undefined)
    await logs.enforceRetention().catch(() => {})
    const copy = mkdtempSync(join(tmpdir(), 'millrace-log-'))
    context.after(() => rmSync(copy, { recursive: true, force: true }))
    cpSync(directory, copy, { recursive: true, filter: path => !path.includes('.lock') })
    const again = await openLogs(copy)
    const repeated = again.get('t', 0)!.append(batch())
    assert.deepEqual([repeated.duplicate, repeated.baseOffset], [true, 0])
    await again.close()
    faults.onWrite = () => undefined
    await logs.enforceRetention()
    assert.ok(log.logStartOffset >= 4 - young.length, 'the segments go once there is room')
  })
}

test('retention forgets no producer when its recovery point could not be written once and is tried again', async context => {
  const faults = new FaultyDisk()
  const config = { segmentBytes: 200, retentionMs: 1000, fileDeleteDelayMs: 0 }
  const { logs, log, directory } = await oneLog(context, config, {
    disk: faults.disk,
    limits: { reserveBytes: 0 },
  })
  const timestamp = nodeClock.now() - 5000
  const producer = { producerId: 7, producerEpoch: 0, baseSequence: 0 }
  const batch = () => batchOf(['0'.repeat(100)], { timestamp, ...producer })
  log.append(batch())
  for (const value of ['1', '2']) log.append(batchOf([value.repeat(100)], { timestamp }))
  log.append(batchOf(['young'], { timestamp: nodeClock.now() }))
  await logs.commit('durable')
  let failures = 0
  faults.onWrite = path => (path.includes('recovery-point') && failures++ === 0 ? 'ENOSPC' : undefined)
  await logs.enforceRetention()
  assert.equal(log.logStartOffset, 3)
  await logs.enforceRetention()
  assert.equal(failures, 2, 'it was tried again')
  assert.equal(log.logStartOffset, 3)
  const copy = mkdtempSync(join(tmpdir(), 'millrace-log-'))
  context.after(() => rmSync(copy, { recursive: true, force: true }))
  cpSync(directory, copy, { recursive: true, filter: path => !path.includes('.lock') })
  const again = await openLogs(copy)
  const repeated = again.get('t', 0)!.append(batch())
  assert.deepEqual([repeated.duplicate, repeated.baseOffset], [true, 0])
  await again.close()
})

test('a checkpoint that could not be written once does not fail retention for ever', async context => {
  const faults = new FaultyDisk()
  const { logs, log } = await oneLog(context, {}, { disk: faults.disk, limits: { reserveBytes: 0 } })
  for (let index = 0; index < 4; index++) log.append(batchOf([`${index}`]))
  await logs.commit('durable')
  await log.deleteRecords(2)
  faults.onWrite = path => (path.includes('log-start-offset-checkpoint') ? 'ENOSPC' : undefined)
  await assert.rejects(logs.delete('t', 0), /ENOSPC/)
  faults.onWrite = () => undefined
  await logs.enforceRetention()
})

test('where a deleted partition began says nothing of the next one of its name, tried again on a full disk', async context => {
  const faults = new FaultyDisk()
  const { logs, log, directory } = await oneLog(
    context,
    {},
    { disk: faults.disk, limits: { reserveBytes: 4096 } },
  )
  for (let index = 0; index < 4; index++) log.append(batchOf([`old ${index}`]))
  await logs.commit('durable')
  const pause = () => new Promise<void>(resolve => nodeClock.setTimer(20, resolve))
  while (!existsSync(join(directory, 'millrace-reserve-3'))) await pause()
  let next: PartitionLog | undefined
  let deleted: Promise<void> | undefined
  faults.onWrite = path => {
    if (deleted || !path.endsWith('log-start-offset-checkpoint.tmp')) return undefined
    deleted = logs.delete('t', 0)
    next = logs.create('t', 0, 'AQECAwQFBgcICQoLDA0ODw', defaultLogConfig)
    return 'ENOSPC'
  }
  await assert.rejects(log.deleteRecords(2), /has been deleted/)
  await deleted
  // The reserve was used: nothing is taken until it is whole again.
  while (!existsSync(join(directory, 'millrace-reserve-3'))) await pause()
  next!.append(batchOf(['new']))
  await logs.commit('durable')
  const copy = mkdtempSync(join(tmpdir(), 'millrace-log-'))
  context.after(() => rmSync(copy, { recursive: true, force: true }))
  cpSync(directory, copy, { recursive: true, filter: path => !path.includes('.lock') })
  const again = await openLogs(copy)
  assert.deepEqual(await valuesFrom(again.get('t', 0)!, 0), ['new'])
  await again.close()
})
