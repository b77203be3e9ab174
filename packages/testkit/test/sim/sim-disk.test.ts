// The simulated disk loses what a real one may lose, and nothing else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DirectoryLockedError, type Disk } from '@millrace/log'
import { KilledError, SimDisk, type SimHost, SimWorld } from '@millrace/testkit/sim'

interface Bench {
  readonly world: SimWorld
  readonly drive: SimDisk
  readonly host: SimHost
  readonly disk: Disk
}

function bench(seed: number): Bench {
  const world = new SimWorld({ seed })
  const drive = new SimDisk(world.scheduler)
  const host = world.spawn('host')
  return { world, drive, host, disk: drive.forProcess(host.process) }
}

/** Everything dies, the power fails, and another process looks. */
function afterPowerLoss({ world, drive, host }: Bench, survival: 'nothing' | 'everything' | 'some'): Disk {
  host.process.kill()
  drive.losePower(survival)
  return drive.forProcess(world.spawn('next').process)
}

test('a file is written, read, cut and listed', async () => {
  const { world, disk } = bench(1)
  disk.makeDirectory('data/t-0')
  const file = disk.open('data/t-0/log', 'create')
  file.writev([Buffer.from('hello '), Buffer.from('world')], 0)
  assert.equal(file.sizeInBytes(), 11)
  const target = Buffer.alloc(20)
  assert.equal(file.readNow(target, 6), 5)
  assert.equal(await world.scheduler.settle(file.read(target, 0)), 11)
  assert.equal(target.toString('latin1', 0, 11), 'hello world')
  file.truncate(5)
  file.close()
  assert.equal(disk.readFile('data/t-0/log')?.toString(), 'hello')
  assert.deepEqual(disk.readDirectory('data'), [{ name: 't-0', directory: true }])
  assert.equal(disk.stat('data/none'), undefined)
  assert.equal(disk.stat('data/t-0/log')?.sizeInBytes, 5)
  assert.throws(() => disk.removeDirectory('data/t-0'), { code: 'ENOTEMPTY' })
  assert.throws(() => disk.open('data/none', 'read'), { code: 'ENOENT' })
  assert.throws(() => disk.readDirectory('none'), { code: 'ENOENT' })
})

test('a handle outlives its name, and knows when it is misused', async () => {
  const { world, drive, disk } = bench(2)
  disk.writeFile('one', Buffer.from('1'))
  const file = disk.open('one', 'read')
  disk.writeFile('two', Buffer.from('2'))
  disk.rename('two', 'one')
  assert.equal(disk.readFile('one')?.toString(), '2')
  const target = Buffer.alloc(1)
  assert.equal(file.readNow(target, 0), 1)
  assert.equal(target.toString(), '1')
  assert.throws(() => file.writev([target], 0), { code: 'EBADF' })
  const reading = file.read(target, 0)
  assert.throws(() => file.close(), /under way/)
  await world.scheduler.settle(reading)
  file.close()
  assert.throws(() => file.sizeInBytes(), { code: 'EBADF' })
  assert.equal(drive.openFiles, 0)
})

test('bytes need a datasync and names need a directory sync to outlive a loss of power', async () => {
  const steps = { bytes: false, name: false }
  const found: Record<string, string | undefined> = {}
  for (steps.bytes of [false, true]) {
    for (steps.name of [false, true]) {
      const all = bench(3)
      const { world, disk } = all
      disk.makeDirectory('data')
      await world.scheduler.settle(disk.syncDirectory('.'))
      const file = disk.open('data/file', 'create')
      file.writev([Buffer.from('bytes')], 0)
      if (steps.bytes) await world.scheduler.settle(file.datasync())
      if (steps.name) await world.scheduler.settle(disk.syncDirectory('data'))
      const after = afterPowerLoss(all, 'nothing')
      found[`bytes ${steps.bytes} name ${steps.name}`] = after.readFile('data/file')?.toString()
    }
  }
  assert.deepEqual(found, {
    'bytes false name false': undefined,
    'bytes false name true': '',
    'bytes true name false': undefined,
    'bytes true name true': 'bytes',
  })
})

test('a killed process leaves what it wrote; only its last write may be there in part', () => {
  const lengths = new Set<number>()
  for (let seed = 1; seed <= 50; seed++) {
    const { world, drive, host, disk } = bench(seed)
    const file = disk.open('file', 'create')
    file.writev([Buffer.alloc(100, 1)], 0)
    drive.crashInChange(1, () => {})
    file.writev([Buffer.alloc(100, 2)], 100)
    assert.throws(() => file.writev([Buffer.alloc(100, 3)], 200), KilledError)
    assert.equal(host.process.alive, false)
    assert.throws(() => file.writev([Buffer.alloc(100, 4)], 0), KilledError)
    const left = drive.forProcess(world.spawn('next').process).readFile('file')!
    assert.ok(left.length >= 200 && left.length <= 300)
    assert.ok(left.subarray(200).every(byte => byte === 3))
    lengths.add(left.length)
  }
  assert.ok(lengths.size > 20)
})

test('promises of a dead process stay pending', async () => {
  const { world, host, disk } = bench(5)
  const file = disk.open('file', 'create')
  let settled = false
  const mark = () => {
    settled = true
  }
  file.datasync().then(mark, mark)
  disk.syncDirectory('.').then(mark, mark)
  file.read(Buffer.alloc(1), 0).then(mark, mark)
  host.process.kill()
  let over = false
  world.scheduler.after(1000, () => {
    over = true
  })
  await world.scheduler.run(() => over)
  assert.equal(settled, false)
})

test('after a failed datasync its bytes are never durable', async () => {
  const all = bench(6)
  const { world, drive, disk } = all
  const file = disk.open('file', 'create')
  await world.scheduler.settle(disk.syncDirectory('.'))
  file.writev([Buffer.from('lost')], 0)
  drive.failing = operation => (operation.kind === 'datasync' ? 'EIO' : undefined)
  await assert.rejects(world.scheduler.settle(file.datasync()), { code: 'EIO' })
  drive.failing = undefined
  await world.scheduler.settle(file.datasync())
  assert.equal(disk.readFile('file')?.toString(), 'lost')
  assert.equal(afterPowerLoss(all, 'everything').readFile('file')?.length, 0)
})

test('a full disk takes what fits and fails', () => {
  const { drive, disk } = bench(7)
  drive.profile.capacityBytes = 150
  const file = disk.open('file', 'create')
  file.writev([Buffer.alloc(100)], 0)
  assert.throws(() => file.writev([Buffer.alloc(100)], 100), { code: 'ENOSPC' })
  assert.equal(file.sizeInBytes(), 150)
  file.truncate(100)
  file.writev([Buffer.alloc(50)], 100)
  assert.throws(() => file.truncate(1000), { code: 'ENOSPC' })
})

test('a disk that lies about datasync loses data that it called durable', async () => {
  const all = bench(8)
  const { world, drive, disk } = all
  const file = disk.open('file', 'create')
  await world.scheduler.settle(disk.syncDirectory('.'))
  drive.profile.datasync = 'lies'
  file.writev([Buffer.from('gone')], 0)
  await world.scheduler.settle(file.datasync())
  assert.equal(afterPowerLoss(all, 'nothing').readFile('file')?.length, 0)
})

test('a directory belongs to one living process', () => {
  const { world, drive, host, disk } = bench(9)
  disk.makeDirectory('data')
  disk.lock('data', '.lock')
  const other = drive.forProcess(world.spawn('other').process)
  assert.throws(() => other.lock('data', '.lock'), DirectoryLockedError)
  host.process.kill()
  other.lock('data', '.lock').release()
  other.lock('data', '.lock')
})

test('a byte that goes bad at rest is what readers get', () => {
  const { drive, disk } = bench(10)
  disk.writeFile('file', Buffer.from('abc'))
  drive.corrupt('file', 1, 0x20)
  assert.equal(disk.readFile('file')?.toString(), 'aBc')
})
