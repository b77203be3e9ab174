// `flush.messages` where syncs are off: when a partition is synced, what waits for it, and what does not.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { defaultLogConfig, LogError, type LogManagerOptions, nodeDisk } from '../src/index.ts'
import { batchOf, oneLog } from './log-fixture.ts'
import { FaultyDisk } from './faulty-disk.ts'

/** A log that is synced after `flushMessages` records, and the files that were synced. */
async function flushed(
  context: TestContext,
  flushMessages: number,
  options: Partial<LogManagerOptions> = {},
) {
  const disk = new FaultyDisk()
  const syncs: string[] = []
  const highWatermarks: number[] = []
  disk.onSync = path => {
    syncs.push(path.split('/').slice(-2).join('/'))
    highWatermarks.push(fixture.log.highWatermark)
    return undefined
  }
  const fixture = await oneLog(context, { flushMessages }, { fsync: 'never', disk: disk.disk, ...options })
  const logSyncs = () => syncs.filter(path => path.endsWith('.log'))
  return { ...fixture, disk, logSyncs, highWatermarks }
}

/** Bytes in the first segment's file. */
function sizeOfLog(directory: string): number {
  return nodeDisk.stat(`${directory}/t-0/00000000000000000000.log`)?.sizeInBytes ?? 0
}

test('each record is synced before it is acknowledged or seen where flush.messages is 1', async context => {
  const { logs, log, logSyncs, highWatermarks } = await flushed(context, 1)
  for (let round = 0; round < 3; round++) {
    log.append(batchOf(['one']))
    await logs.commit('durable')
    assert.equal(log.highWatermark, round + 1)
    assert.equal(logSyncs().length, round + 1)
    assert.equal(highWatermarks.at(-1), round, 'seen before the sync')
  }
})

test('a sync comes with the record that makes the number full, not before', async context => {
  const { logs, log, logSyncs } = await flushed(context, 3)
  const after: number[] = []
  for (const values of [['a'], ['b'], ['c'], ['d'], ['e', 'f', 'g', 'h'], ['i']]) {
    log.append(batchOf(values))
    await logs.commit('durable')
    after.push(logSyncs().length)
  }
  assert.deepEqual(after, [0, 0, 1, 1, 2, 2])
  assert.equal(log.highWatermark, 9)
})

test('nothing is synced without flush.messages, and of two topics only the one that has it', async context => {
  const { logs, log, logSyncs } = await flushed(context, 1)
  const other = logs.create('other', 0, 'AAECAwQFBgcICQoLDA0ODx', defaultLogConfig)
  other.append(batchOf(['alone']))
  await logs.commit('durable')
  assert.deepEqual(logSyncs(), [])
  log.append(batchOf(['together']))
  other.append(batchOf(['together']))
  await logs.commit('durable')
  assert.deepEqual(logSyncs(), ['t-0/00000000000000000000.log'])
  assert.equal(log.highWatermark, 1)
  assert.equal(other.highWatermark, 2)
})

test('what went through a journal that was never synced is in the synced file after a flush', async context => {
  const { directory, logs, log, logSyncs } = await flushed(context, 2, {
    limits: { directFilesUnsyncedMax: 0, journalBytesPerFileMax: 1 << 20 },
  })
  log.append(batchOf(['journal']))
  await logs.commit('durable')
  assert.equal(sizeOfLog(directory), 0, 'the first record is not in the journal')
  log.append(batchOf(['file']))
  await logs.commit('durable')
  assert.equal(sizeOfLog(directory), log.sizeInBytes)
  assert.deepEqual(logSyncs(), ['t-0/00000000000000000000.log'])
})

test('a setting that changes holds from the next append on', async context => {
  const { logs, log, logSyncs } = await flushed(context, Number.POSITIVE_INFINITY)
  log.append(batchOf(['a']))
  await logs.commit('durable')
  assert.equal(logSyncs().length, 0)
  log.configure({ ...defaultLogConfig, flushMessages: 1 })
  log.append(batchOf(['b']))
  await logs.commit('durable')
  assert.equal(logSyncs().length, 1)
})

test('a flush that fails is told to who waits for it, and nothing is written after it', async context => {
  const { logs, log, disk } = await flushed(context, 1)
  disk.onSync = () => 'EIO'
  log.append(batchOf(['lost']))
  await assert.rejects(logs.commit('durable'), LogError)
  assert.equal(log.highWatermark, 0)
  assert.throws(() => log.append(batchOf(['no more'])), LogError)
  assert.ok(logs.failure)
})

for (const acks of ['written', 'durable'] as const) {
  test(`who waits for a record to be ${acks} waits for its flush, and nobody else does`, async context => {
    const { logs, log, disk } = await flushed(context, 1)
    const held = Promise.withResolvers<void>()
    disk.held = held.promise
    const other = logs.create('other', 0, 'AAECAwQFBgcICQoLDA0ODx', defaultLogConfig)
    log.append(batchOf(['flushed']))
    let answered = false
    const waiting = logs.commit(acks).then(() => {
      answered = true
    })
    await new Promise<void>(resolve => setImmediate(resolve))
    other.append(batchOf(['not flushed']))
    await logs.commit('durable')
    assert.deepEqual([answered, log.highWatermark, other.highWatermark], [false, 0, 1])
    held.resolve()
    await waiting
    assert.equal(log.highWatermark, 1)
  })
}
