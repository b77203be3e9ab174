// Appends that could not be written, while others go on: what becomes of them, and what those who appended them are told.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { defaultLogConfig, type Disk, nodeDisk } from '../src/index.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { batchOf, oneLog, openLogs, topicId, valuesFrom } from './log-fixture.ts'

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

test('an append that was taken back is not taken for the one that has its offset since', async context => {
  const faults = new FaultyDisk()
  const syncing = Promise.withResolvers<void>()
  faults.held = syncing.promise
  const { logs, log } = await oneLog(context, {}, { disk: faults.disk })
  log.append(batchOf(['first']))
  const first = logs.commit('durable')
  await turn()
  // While the first is being synced, one is refused by the full disk and another finds room: both share the next sync.
  faults.onWrite = path => (path.endsWith('.log') ? 'ENOSPC' : undefined)
  const lost = log.append(batchOf(['lost']))
  const told = logs.commit('durable').then(
    () => 'durable',
    () => (log.holds(lost, 'durable') ? 'durable' : 'refused'),
  )
  await assert.rejects(logs.commit('written'))
  faults.onWrite = () => undefined
  const kept = log.append(batchOf(['kept']))
  assert.equal(kept.baseOffset, lost.baseOffset)
  const keptCommit = logs.commit('durable')
  await logs.commit('written')
  syncing.resolve()
  await Promise.all([first, keptCommit])
  assert.equal(await told, 'refused')
  assert.deepEqual([log.holds(lost, 'durable'), log.holds(kept, 'durable')], [false, true])
  assert.deepEqual(await valuesFrom(log, 0), ['first', 'kept'])
})

test('the repetition of a batch that is taken back is taken back with it', async context => {
  const faults = new FaultyDisk()
  const { logs, log } = await oneLog(context, {}, { disk: faults.disk })
  const batch = () => batchOf(['once'], { producerId: 1, producerEpoch: 0, baseSequence: 0 })
  faults.onWrite = path => (path.endsWith('.log') ? 'ENOSPC' : undefined)
  const infos = [log.append(batch()), log.append(batch())]
  assert.deepEqual(
    infos.map(info => info.duplicate),
    [false, true],
  )
  await assert.rejects(logs.commit('durable'))
  faults.onWrite = () => undefined
  log.append(batchOf(['another']))
  await logs.commit('durable')
  assert.deepEqual(
    infos.map(info => log.holds(info, 'durable')),
    [false, false],
  )
})

test('what was verified for a transaction holds for the batches behind its first one when that is taken back', async context => {
  const faults = new FaultyDisk()
  const { logs, log } = await oneLog(context, {}, { disk: faults.disk })
  const producer = { producerId: 1, producerEpoch: 0, supportsEpochBump: false }
  const batch = (baseSequence: number) => batchOf(['v'], { ...producer, baseSequence, transactional: true })
  const verification = log.startVerification({ ...producer, baseSequence: 0 })!
  faults.onWrite = path => (path.endsWith('.log') ? 'ENOSPC' : undefined)
  log.append(batch(0), { verification })
  assert.equal(log.startVerification({ ...producer, baseSequence: 1 }), undefined, 'it is open')
  await assert.rejects(logs.commit('durable'))
  faults.onWrite = () => undefined
  assert.equal(log.startVerification({ ...producer, baseSequence: 1 }), verification)
  assert.throws(() => log.append(batch(1), { verification }), /0 is on its way/)
  log.append(batch(0), { verification })
  log.append(batch(1))
  await logs.commit('durable')
  assert.equal(log.logEndOffset, 2)
})

test('no batch of a producer goes before one that was taken back', async context => {
  const faults = new FaultyDisk()
  const { logs, log } = await oneLog(context, {}, { disk: faults.disk })
  const batch = (baseSequence: number) => batchOf(['v'], { producerId: 1, producerEpoch: 0, baseSequence })
  faults.onWrite = path => (path.endsWith('.log') ? 'ENOSPC' : undefined)
  for (const sequence of [5, 6]) log.append(batch(sequence))
  await assert.rejects(logs.commit('durable'))
  faults.onWrite = () => undefined
  assert.throws(() => log.append(batch(6)), /5 was taken back before/)
  log.append(batch(5))
  log.append(batch(6))
  await logs.commit('durable')
  assert.equal(log.logEndOffset, 2)
})

test('segments that expire while a new one waits to be written leave a segment to go back to', async context => {
  const faults = new FaultyDisk()
  const config = { segmentBytes: 200, retentionMs: 1000, fileDeleteDelayMs: 0 }
  const { logs, log } = await oneLog(context, config, { disk: faults.disk })
  log.append(batchOf(['x'.repeat(100)], { timestamp: 1000 }))
  await logs.commit('durable')
  // A sync that is under way for more than one partition makes what comes meanwhile wait.
  const syncing = Promise.withResolvers<void>()
  faults.held = syncing.promise
  for (const partition of [0, 1])
    logs.create('other', partition, 'AAECAwQFBgcICQoLDA0ODx').append(batchOf(['being synced']))
  await turn()
  log.append(batchOf(['y'.repeat(100)], { timestamp: Date.now() }))
  assert.equal(log.describeSegments().length, 2)
  faults.onWrite = path => (path.includes('/t-0/') && path.endsWith('.log') ? 'ENOSPC' : undefined)
  await logs.enforceRetention()
  syncing.resolve()
  await assert.rejects(logs.commit('durable'))
  faults.onWrite = () => undefined
  assert.equal(log.describeSegments().length, 1)
  log.append(batchOf(['z'], { timestamp: Date.now() }))
  await logs.commit('durable')
  assert.deepEqual(await valuesFrom(log, log.logStartOffset), ['z'])
})

for (const full of [false, true]) {
  test(`retention makes room ${full ? 'on a disk without any' : 'and writes down where the log begins'}`, async context => {
    const faults = new FaultyDisk()
    const config = { segmentBytes: 200, retentionMs: 1000 }
    const { logs, log, directory } = await oneLog(context, config, { disk: faults.disk })
    for (const value of ['a', 'b', 'c']) {
      log.append(batchOf([value.repeat(100)], { timestamp: value === 'c' ? Date.now() : 1000 }))
      await logs.commit('durable')
    }
    if (full) faults.onWrite = () => 'ENOSPC'
    // What could not be written down is told, too.
    const retained = await logs.enforceRetention().then(
      () => true,
      () => false,
    )
    assert.equal(retained, !full)
    faults.onWrite = () => undefined
    assert.equal(log.logStartOffset, 2)
    const gone = readdirSync(`${directory}/t-0`).filter(name => name.endsWith('.log.deleted'))
    assert.equal(gone.length, 2)
    await logs.close()
    const again = await openLogs(directory)
    const found = again.get('t', 0)!
    assert.deepEqual([found.logStartOffset, await valuesFrom(found, 2)], [2, ['c'.repeat(100)]])
    await again.close()
  })
}

test('a partition that could not be renamed away leaves nothing to the next one of its name', async context => {
  let stuck = true
  const disk: Disk = {
    ...nodeDisk,
    rename: (from, to) => {
      if (stuck && to.endsWith('-delete'))
        throw Object.assign(new Error('ENOSPC: rename'), { code: 'ENOSPC' })
      nodeDisk.rename(from, to)
    },
  }
  const { logs, log, directory } = await oneLog(context, {}, { disk })
  for (const value of ['old 1', 'old 2', 'old 3']) log.append(batchOf([value]))
  await logs.commit('durable')
  await assert.rejects(logs.delete('t', 0))
  assert.throws(() => logs.create('t', 0, 'AAECAwQFBgcICQoLDA0ODx', defaultLogConfig))
  stuck = false
  const next = logs.create('t', 0, 'AAECAwQFBgcICQoLDA0ODx', defaultLogConfig)
  next.append(batchOf(['new']))
  await logs.commit('durable')
  await logs.close()
  const again = await openLogs(directory)
  assert.deepEqual(await valuesFrom(again.get('t', 0)!, 0), ['new'])
  await again.close()
  assert.notEqual(topicId, next.topicId)
})

test('nobody is told of a refusal before what was cut off is durable, though another sync has that under way', async context => {
  const faults = new FaultyDisk()
  const { logs, log } = await oneLog(context, {}, { disk: faults.disk, limits: { directFilesMax: 10 } })
  const others = [1, 2].map(partition => logs.create('t', partition, topicId))
  for (const each of [log, ...others]) each.append(batchOf(['first']))
  await logs.commit('durable')
  // Two syncs are under way, as many as there may be: the next one has to wait.
  const syncing = Promise.withResolvers<void>()
  faults.held = syncing.promise
  const durable: Promise<void>[] = []
  for (const other of others) {
    other.append(batchOf(['second']))
    durable.push(logs.commit('durable'))
    await logs.commit('written')
  }
  faults.onWrite = path => (path.includes('t-0/') ? 'ENOSPC' : undefined)
  log.append(batchOf(['lost']))
  let told = false
  const refused = assert.rejects(logs.commit('durable')).then(() => {
    told = true
  })
  await assert.rejects(logs.commit('written'))
  // Somebody else begins to sync the file that was cut.
  const flushing = Promise.withResolvers<void>()
  faults.held = flushing.promise
  const flushed = log.flush()
  syncing.resolve()
  await Promise.all(durable)
  for (let turns = 0; turns < 20; turns++) await turn()
  const early = told
  flushing.resolve()
  await Promise.all([refused, flushed])
  assert.equal(early, false)
})
