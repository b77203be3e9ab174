// Disks that are full or fail: what is taken back, and what stays.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Disk, LogError, nodeDisk } from '../src/index.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { batchOf, oneLog, openLogs, temporaryDirectory, topicId, valuesFrom } from './log-fixture.ts'

const storage = (error: unknown): boolean =>
  error instanceof LogError && error.codeName === 'KAFKA_STORAGE_ERROR'

test('a full disk takes nothing, keeps what is there readable, and works again when there is room', async context => {
  const faults = new FaultyDisk()
  const { logs, log, directory } = await oneLog(context, {}, { disk: faults.disk })
  log.append(batchOf(['before'], { producerId: 1, producerEpoch: 0, baseSequence: 0 }))
  await logs.commit('durable')
  const path = `${directory}/t-0/00000000000000000000.log`
  const bytes = readFileSync(path)
  faults.onWrite = () => 'ENOSPC'
  const next = () => batchOf(['after'], { producerId: 1, producerEpoch: 0, baseSequence: 1 })
  for (let attempt = 0; attempt < 3; attempt++) {
    assert.equal(log.append(next()).baseOffset, 1)
    await assert.rejects(logs.commit('durable'), storage)
    assert.deepEqual([log.logEndOffset, log.highWatermark], [1, 1])
    assert.deepEqual(readFileSync(path), bytes, 'nothing half written is left')
  }
  assert.deepEqual(await valuesFrom(log, 0), ['before'])
  faults.onWrite = () => undefined
  assert.deepEqual([log.append(next()).baseOffset, log.append(next()).duplicate], [1, true])
  await logs.commit('durable')
  assert.deepEqual(await valuesFrom(log, 0), ['before', 'after'])
})

test('what cannot be written to one partition does not keep the others', async context => {
  const directory = temporaryDirectory(context)
  const faults = new FaultyDisk()
  const logs = await openLogs(directory, { disk: faults.disk })
  const [good, bad] = [logs.create('t', 0, topicId), logs.create('t', 1, topicId)]
  faults.onWrite = path => (path.includes('t-1') ? 'ENOSPC' : undefined)
  const appended = good.append(batchOf(['a']))
  bad.append(batchOf(['a']))
  await assert.rejects(logs.commit('durable'), storage)
  assert.ok(good.highWatermark > appended.lastOffset, 'the watermark says that it holds nevertheless')
  assert.equal(bad.logEndOffset, 0)
  faults.onWrite = () => undefined
  await logs.close()
})

test('a full disk while a segment is rolled takes nothing either', async context => {
  const faults = new FaultyDisk()
  const { logs, log } = await oneLog(context, { segmentBytes: 300 }, { disk: faults.disk })
  const values = ['1', '2', '3', '4', '5', '6', '7', '8'].map(each => each.repeat(80))
  log.append(batchOf([values[0]!]))
  await logs.commit('durable')
  faults.onWrite = path => (path.endsWith('.log') && !path.endsWith('0000.log') ? 'ENOSPC' : undefined)
  for (const value of values.slice(1)) log.append(batchOf([value]))
  assert.ok(log.describeSegments().length > 3)
  await assert.rejects(logs.commit('durable'), storage)
  assert.deepEqual([log.logEndOffset, log.describeSegments().length], [1, 1])
  faults.onWrite = () => undefined
  for (const value of values.slice(1)) log.append(batchOf([value]))
  await logs.commit('durable')
  assert.deepEqual(await valuesFrom(log, 0), values)
})

test('after a failed sync nothing more is acknowledged or taken, and reads go on', async context => {
  const faults = new FaultyDisk()
  const { logs, log } = await oneLog(context, {}, { disk: faults.disk })
  log.append(batchOf(['safe']))
  await logs.commit('durable')
  faults.onSync = () => 'EIO'
  log.append(batchOf(['lost?']))
  await assert.rejects(logs.commit('durable'), /syncing.*EIO.*takes no more writes/)
  faults.onSync = () => undefined
  await assert.rejects(logs.commit('durable'), storage, 'a sync that would now succeed is not believed')
  assert.throws(() => log.append(batchOf(['more'])), storage)
  assert.ok(logs.failure !== undefined)
  assert.equal(log.highWatermark, 1)
  assert.deepEqual(await valuesFrom(log, 0), ['safe'])
  await assert.rejects(logs.close(), storage)
})

test('a journal that cannot be synced acknowledges nothing', async context => {
  const directory = temporaryDirectory(context)
  const faults = new FaultyDisk()
  const logs = await openLogs(directory, { disk: faults.disk, limits: { directFilesMax: 0 } })
  const log = logs.create('t', 0, topicId)
  faults.onSync = path => (path.includes('journal') ? 'EIO' : undefined)
  log.append(batchOf(['a']))
  await assert.rejects(logs.commit('durable'), storage)
  assert.equal(log.highWatermark, 0)
  await assert.rejects(logs.close(), storage)
  faults.onSync = () => undefined
  const again = await openLogs(directory)
  assert.deepEqual(
    await valuesFrom(again.get('t', 0)!, 0),
    ['a'],
    'what was written is found, and now durable',
  )
  await again.close()
})

test('files that are full keep batches in the journal, refuse more, and are filled when there is room', async context => {
  const directory = temporaryDirectory(context)
  const faults = new FaultyDisk()
  const logs = await openLogs(directory, {
    disk: faults.disk,
    limits: { directFilesMax: 0, journalMaxBytes: 1000 },
  })
  const log = logs.create('t', 0, topicId)
  faults.onWrite = path => (path.endsWith('.log') ? 'ENOSPC' : undefined)
  let taken = 0
  for (let index = 0; index < 30; index++) {
    try {
      log.append(batchOf([`${index}`.padEnd(100, '.')]))
      await logs.commit('durable')
      taken++
    } catch (error) {
      assert.ok(storage(error))
      break
    }
  }
  assert.ok(taken > 3 && taken < 30, `${taken} were taken`)
  assert.equal((await valuesFrom(log, 0)).length, taken)
  faults.onWrite = () => undefined
  await logs.close()
  const again = await openLogs(directory)
  assert.equal((await valuesFrom(again.get('t', 0)!, 0)).length, taken)
  await again.close()
})

test('a partition that is deleted while its first batch is being synced fails nobody else', async context => {
  const directory = temporaryDirectory(context)
  const held = Promise.withResolvers<void>()
  const disk: Disk = {
    ...nodeDisk,
    // The directory is opened only later, as on a busy machine: by then it has another name.
    syncDirectory: async path => {
      if (path.endsWith('/t-0')) await held.promise
      await nodeDisk.syncDirectory(path)
    },
  }
  const logs = await openLogs(directory, { disk })
  logs.create('t', 0, topicId).append(batchOf(['gone']))
  const committed = logs.commit('durable')
  await new Promise(resolve => setImmediate(resolve))
  const deleted = logs.delete('t', 0)
  held.resolve()
  await Promise.all([committed, deleted])
  const other = logs.create('other', 0, topicId)
  other.append(batchOf(['kept']))
  await logs.commit('durable')
  assert.deepEqual(await valuesFrom(other, 0), ['kept'])
  await logs.close()
})
