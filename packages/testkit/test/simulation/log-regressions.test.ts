// Defects that seeds of the simulation found, each reduced to the few steps that show it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultLogConfig, LogManager, type PartitionLog, type StorageLimits } from '@millrace/log'
import { sleep } from '@millrace/runtime'
import { SimDisk, type SimHost, SimWorld } from '@millrace/testkit/sim'
import { checkClosedDirectory } from '../../src/simulation/log/log-files.ts'
import { decodeWireBatches, encodeWireBatch, type EndMarker } from '../../src/simulation/wire-batch.ts'

const topicId = 'Zm9vYmFyYmF6cXV4cXV1eA'

interface Room {
  readonly world: SimWorld
  readonly drive: SimDisk
  host: SimHost
}

function room(): Room {
  const world = new SimWorld({ seed: 1 })
  return { world, drive: new SimDisk(world.scheduler), host: world.spawn('storage') }
}

function open(
  room: Room,
  limits: Partial<StorageLimits> = {},
  fsync: 'group' | 'never' = 'group',
): Promise<LogManager> {
  room.host = room.world.spawn('storage')
  const { process, clock, random } = room.host
  const disk = room.drive.forProcess(process)
  const opening = LogManager.open({ disk, directory: 'data', clock, random, fsync, limits })
  return room.world.scheduler.settle(opening)
}

async function append(room: Room, manager: LogManager, partition: number, value: string): Promise<void> {
  const log = manager.get('t', partition) ?? manager.create('t', partition, topicId, defaultLogConfig)
  const batch = {
    baseOffset: 0,
    producerId: -1,
    producerEpoch: -1,
    baseSequence: -1,
    timestamp: 1_800_000_000_000,
  }
  log.append(encodeWireBatch({ ...batch, values: [Buffer.from(value)] }))
  await room.world.scheduler.settle(manager.commit('durable'))
}

/** A batch, or the marker, of a transaction. */
function wireOf(baseSequence: number, marker?: EndMarker): Buffer {
  return encodeWireBatch({
    baseOffset: 0,
    producerId: 7,
    producerEpoch: 0,
    baseSequence,
    timestamp: 1_800_000_000_000,
    transactional: true,
    values: [Buffer.from('of a transaction')],
    ...(marker && { marker }),
  })
}

function begin(log: PartitionLog, baseSequence: number): void {
  log.append(wireOf(baseSequence), { verification: 'off' })
}

function losePower(room: Room): void {
  room.host.process.kill()
  room.drive.losePower('nothing')
}

test('a log that dies before its first index is written keeps what it holds', async () => {
  const here = room()
  await append(here, await open(here), 0, 'kept')
  losePower(here)
  assert.equal((await open(here)).get('t', 0)?.logEndOffset, 1)
})

test('a new data directory outlives a loss of power', async () => {
  const here = room()
  await append(here, await open(here), 0, 'kept')
  losePower(here)
  assert.ok(here.drive.volume.find('data/meta.properties'))
})

for (const fsync of ['group', 'never'] as const) {
  test(`a clean stop outlives a loss of power with all that it vouches for, with fsync ${fsync}`, async () => {
    const here = room()
    const manager = await open(here, { recoveryBytesMax: 100 }, fsync)
    for (let index = 0; index < 20; index++) await append(here, manager, index % 3, `value ${index}`)
    await here.world.scheduler.settle(manager.close())
    losePower(here)
    assert.ok(here.drive.volume.find('data/.kafka_cleanshutdown'), 'the mark')
    checkClosedDirectory(here.drive, 'data')
    const again = await open(here, {}, fsync)
    for (const [partition, end] of [7, 7, 6].entries())
      assert.equal(again.get('t', partition)?.highWatermark, end)
    assert.equal(again.clusterId, manager.clusterId)
    losePower(here)
    assert.equal(here.drive.volume.find('data/.kafka_cleanshutdown'), undefined, 'no mark after a start')
  })
}

test('segments whose names a loss of power took from the front come back from the journal', async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const world = new SimWorld({ seed })
    const here: Room = { world, drive: new SimDisk(world.scheduler), host: world.spawn('storage') }
    const limits = { directFilesMax: 0, tailMaxBytes: 500 }
    const manager = await open(here, limits)
    manager.create('t', 0, topicId, { ...defaultLogConfig, segmentBytes: 300 })
    for (let count = 0; count < 12; count++)
      await append(here, manager, 0, `value ${count} `.padEnd(100, 'x'))
    here.host.process.kill()
    here.drive.losePower('some')
    const log = (await open(here, limits)).get('t', 0)!
    assert.deepEqual([log.logStartOffset, log.logEndOffset], [0, 12], `seed ${seed}`)
  }
})

test('the aborted index of a segment outlives a loss of power behind its recovery point', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const world = new SimWorld({ seed })
    const here: Room = { world, drive: new SimDisk(world.scheduler), host: world.spawn('storage') }
    const limits = { directFilesMax: 8, recoveryBytesMax: 800 }
    const manager = await open(here, limits)
    const log = manager.create('t', 0, topicId, defaultLogConfig)
    for (let count = 0; count < 8; count++) {
      begin(log, count)
      log.append(wireOf(-1, { committed: false, coordinatorEpoch: 0 }), { origin: 'coordinator' })
      await here.world.scheduler.settle(manager.commit('durable'))
    }
    // With the next batch its entries go to the file, and are not synced.
    log.roll()
    begin(log, 8)
    await here.world.scheduler.settle(manager.commit('durable'))
    here.host.process.kill()
    here.drive.losePower('some')
    const found = (await open(here, limits)).get('t', 0)!.abortedTransactions(0, 16)
    assert.deepEqual(
      found.map(({ firstOffset }) => firstOffset),
      [0, 2, 4, 6, 8, 10, 12, 14],
      `seed ${seed}`,
    )
  }
})

test('an open transaction whose records were deleted before they came into a file is not forgotten', async () => {
  const here = room()
  const limits = { directFilesMax: 0 }
  const manager = await open(here, limits)
  const log = manager.create('t', 0, topicId, defaultLogConfig)
  begin(log, 0)
  await here.world.scheduler.settle(manager.commit('durable'))
  await here.world.scheduler.settle(log.deleteRecords(1))
  for (const restart of ['the first', 'the second']) {
    losePower(here)
    const again = (await open(here, limits)).get('t', 0)!
    const producers = again.activeProducers().map(({ lastSequence, currentTxnStartOffset }) => ({
      lastSequence,
      currentTxnStartOffset,
    }))
    assert.deepEqual(producers, [{ lastSequence: 0, currentTxnStartOffset: 0 }], restart)
    assert.deepEqual([again.logStartOffset, again.lastStableOffset, again.logEndOffset], [1, 1, 1], restart)
  }
})

/** Whole batches come out of a log from its start to its end. */
async function assertReadable({ world }: Room, log: PartitionLog | undefined, what: string): Promise<void> {
  for (let offset = log?.logStartOffset ?? 0; log && offset < log.highWatermark; ) {
    const reading = (async () => await log.read(offset, 1000))()
    const { chunks, nextOffset } = await world.scheduler.settle(reading)
    assert.ok(decodeWireBatches(Buffer.concat([...chunks])).length > 0, `${what}, offset ${offset}`)
    offset = nextOffset
  }
}

test('what retention was about to take is verified after a loss of power in between, with fsync never', async () => {
  for (let seed = 1; seed <= 120; seed++) {
    const world = new SimWorld({ seed })
    const here: Room = { world, drive: new SimDisk(world.scheduler), host: world.spawn('storage') }
    const manager = await open(here, {}, 'never')
    const config = { ...defaultLogConfig, segmentBytes: 300 }
    const log = manager.create('t', 0, topicId, config)
    for (let count = 0; count < 9; count++) await append(here, manager, 0, 'value '.padEnd(100, 'x'))
    log.configure({ ...config, retentionBytes: 300 })
    here.drive.crashInChange(seed % 20, () => {})
    await world.scheduler.settle(here.host.process.outcome(manager.enforceRetention()))
    here.drive.disarmCrash()
    here.host.process.kill()
    here.drive.losePower('some')
    await assertReadable(here, (await open(here, {}, 'never')).get('t', 0), `seed ${seed}`)
  }
})

test('what retention takes where there is no room to write down the log start is verified, too, with fsync never', async () => {
  for (let seed = 1; seed <= 120; seed++) {
    const world = new SimWorld({ seed })
    const here: Room = { world, drive: new SimDisk(world.scheduler), host: world.spawn('storage') }
    const manager = await open(here, { reserveBytes: 0 }, 'never')
    const config = { ...defaultLogConfig, segmentBytes: 300 }
    const log = manager.create('t', 0, topicId, config)
    for (let count = 0; count < 9; count++) await append(here, manager, 0, 'value '.padEnd(100, 'x'))
    log.configure({ ...config, retentionBytes: 300 })
    here.drive.failing = ({ kind, path }) =>
      kind === 'write' && path.includes('log-start-offset-checkpoint') ? 'ENOSPC' : undefined
    // It says at its end that there was no room for them.
    await assert.rejects(world.scheduler.settle(manager.enforceRetention()), /ENOSPC/)
    assert.ok(log.logStartOffset > 0)
    here.drive.failing = undefined
    here.host.process.kill()
    here.drive.losePower('some')
    await assertReadable(here, (await open(here, {}, 'never')).get('t', 0), `seed ${seed}`)
  }
})

test('what retention has taken does not come back torn with a damaged checkpoint of log starts, with fsync never', async () => {
  for (let seed = 1; seed <= 240; seed++) {
    const world = new SimWorld({ seed })
    const here: Room = { world, drive: new SimDisk(world.scheduler), host: world.spawn('storage') }
    const manager = await open(here, {}, 'never')
    const config = { ...defaultLogConfig, segmentBytes: 300 }
    const log = manager.create('t', 0, topicId, config)
    for (let count = 0; count < 9; count++) await append(here, manager, 0, 'value '.padEnd(100, 'x'))
    await append(here, manager, 1, 'of a topic that goes')
    await world.scheduler.settle(manager.get('t', 1)!.deleteRecords(1))
    log.configure({ ...config, retentionBytes: 300 })
    await world.scheduler.settle(manager.enforceRetention())
    // The checkpoints are replaced without a sync where another takes the name of a partition whose deletion was cut short.
    manager.delete('t', 1).catch(() => {})
    here.host.process.kill()
    const next = await open(here, {}, 'never')
    next.create('t', 1, 'AAAAAAAAAAAAAAAAAAAAAQ', defaultLogConfig)
    here.host.process.kill()
    here.drive.losePower('some')
    const found = (await open(here, {}, 'never')).get('t', 0)
    await assertReadable(here, found, `seed ${seed}`)
  }
})

test('a partition that is made anew after a crash costs no other its log start, whatever a loss of power leaves', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const world = new SimWorld({ seed })
    const here: Room = { world, drive: new SimDisk(world.scheduler), host: world.spawn('storage') }
    const manager = await open(here)
    for (let index = 0; index < 5; index++) await append(here, manager, 0, `value ${index}`)
    await append(here, manager, 1, 'of a topic that goes')
    await world.scheduler.settle(manager.get('t', 1)!.deleteRecords(1))
    await world.scheduler.settle(manager.get('t', 0)!.deleteRecords(3))
    // The directory is renamed, and the process dies before the checkpoints are written without it.
    manager.delete('t', 1).catch(() => {})
    here.host.process.kill()
    const next = await open(here)
    next.create('t', 1, 'AAAAAAAAAAAAAAAAAAAAAQ', defaultLogConfig)
    here.host.process.kill()
    here.drive.losePower('some')
    const log = (await open(here)).get('t', 0)!
    assert.deepEqual([log.logStartOffset, log.logEndOffset], [3, 5], `seed ${seed}`)
  }
})

test('a clean stop that is cut short at any write forgets no open transaction', async () => {
  for (let changes = 0; changes < 40; changes++) {
    const here = room()
    const config = { ...defaultLogConfig, segmentBytes: 700, fileDeleteDelayMs: 0 }
    const first = await open(here, { directFilesMax: 8 })
    begin(first.create('t', 0, topicId, config), 0)
    const value = 'value '.padEnd(100, 'x')
    for (let count = 0; count < 8; count++) await append(here, first, 0, value)
    // The next start makes the producers from the batches, and removes the snapshots in front of segments.
    here.host.process.kill()
    const limits = { directFilesMax: 8, recoveryBytesMax: 300 }
    const manager = await open(here, limits)
    for (let count = 0; count < 2; count++) await append(here, manager, 0, value)
    // The recovery point moves to the middle of the last segment.
    await here.world.scheduler.settle(sleep(here.host.clock, 1000))
    const log = manager.get('t', 0)!
    // The segment goes in which the transaction began: the snapshot at the recovery point alone tells of it.
    log.configure({ ...config, retentionBytes: 400 })
    await here.world.scheduler.settle(manager.enforceRetention())
    assert.equal(log.logStartOffset, 8)
    await append(here, manager, 0, value)
    here.drive.crashInChange(changes, () => {})
    await here.world.scheduler.settle(here.host.process.outcome(manager.close()))
    here.drive.disarmCrash()
    here.host.process.kill()
    const [producer] = (await open(here, limits)).get('t', 0)!.activeProducers()
    assert.equal(producer?.currentTxnStartOffset, 0, `dead after ${changes} changes`)
  }
})
