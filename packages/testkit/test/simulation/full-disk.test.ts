// A disk without room while batches stand in a journal only: room can be made nevertheless, and then writing goes on by itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  defaultLogConfig,
  type LogConfig,
  LogError,
  LogManager,
  type PartitionLog,
  type StorageLimits,
} from '@millrace/log'
import { sleep } from '@millrace/runtime'
import { SimDisk, type SimHost, SimWorld } from '@millrace/testkit/sim'
import { decodeWireBatches, encodeWireBatch } from '../../src/simulation/wire-batch.ts'

const topicId = 'Zm9vYmFyYmF6cXV4cXV1eA'
const partitionCount = 40
const limits: Partial<StorageLimits> = {
  directFilesMax: 0,
  journalMaxBytes: 60_000,
  tailMaxBytes: 30_000,
  reserveBytes: 20_000,
}
const config: LogConfig = { ...defaultLogConfig, segmentBytes: 3_000, retentionMs: -1 }

const refused = (error: unknown): boolean =>
  error instanceof LogError && error.codeName === 'KAFKA_STORAGE_ERROR'

/** A machine whose disk fills up. */
class Machine {
  readonly world: SimWorld
  readonly drive: SimDisk
  host: SimHost
  logs!: LogManager
  /** How many records of each partition were acknowledged. */
  readonly acknowledged = new Map<number, number>()

  readonly #limits: Partial<StorageLimits>

  constructor(seed = 1, own: Partial<StorageLimits> = {}) {
    this.#limits = { ...limits, ...own }
    this.world = new SimWorld({ seed })
    this.drive = new SimDisk(this.world.scheduler)
    this.host = this.world.spawn('storage')
  }

  run<T>(promise: Promise<T>): Promise<T> {
    return this.world.scheduler.settle(promise)
  }

  pass(ms: number): Promise<void> {
    return this.run(sleep(this.host.clock, ms))
  }

  async open(): Promise<void> {
    this.host = this.world.spawn('storage')
    const { process, clock, random } = this.host
    const disk = this.drive.forProcess(process)
    this.logs = await this.run(
      LogManager.open({ disk, directory: 'data', clock, random, fsync: 'group', limits: this.#limits }),
    )
    this.logs.useConfigs(() => config)
  }

  log(partition: number): PartitionLog {
    return this.logs.get('t', partition)!
  }

  /** One batch of a producer to each partition, in one group; false when it was refused. */
  async round(): Promise<boolean> {
    const taken: number[] = []
    for (let partition = 0; partition < partitionCount; partition++) {
      const log = this.logs.get('t', partition)
      if (!log) continue
      try {
        log.append(batchAt(this.acknowledged.get(partition) ?? 0, this.host.clock.now()))
        taken.push(partition)
      } catch (error) {
        assert.ok(refused(error))
      }
    }
    try {
      await this.run(this.logs.commit('durable'))
    } catch (error) {
      assert.ok(refused(error))
      return false
    }
    for (const each of taken) this.acknowledged.set(each, (this.acknowledged.get(each) ?? 0) + 1)
    return taken.length > 0
  }

  /** Fills the disk so far that batches in the journal do not fit into their files. */
  async fill(): Promise<void> {
    await this.open()
    for (let partition = 0; partition < partitionCount; partition++)
      this.logs.create('t', partition, topicId, config)
    for (let round = 0; round < 10; round++) assert.ok(await this.round())
    await this.pass(5_000)
    for (let round = 0; round < 3; round++) assert.ok(await this.round())
    this.drive.profile.capacityBytes = this.drive.volume.usedBytes() + 20_000
    let refusals = 0
    for (let round = 0; refusals < 3 && round < 300; round++) {
      if (!(await this.round())) refusals++
      await this.pass(20)
    }
    assert.equal(refusals, 3, 'the disk is full')
  }

  /** Everything that was acknowledged and not deleted is there after a loss of power, and whoever sends its last batch again is known. */
  async check(): Promise<void> {
    this.host.process.kill()
    this.drive.losePower('some')
    await this.open()
    for (const [partition, count] of this.acknowledged) {
      const log = this.logs.get('t', partition)
      if (!log) continue
      assert.ok(
        log.logEndOffset >= count,
        `t-${partition} ends at ${log.logEndOffset}, ${count} were acknowledged`,
      )
      for (let offset = log.logStartOffset; offset < count; ) {
        const read = await this.run((async () => await log.read(offset, 10_000))())
        const batches = decodeWireBatches(Buffer.concat([...read.chunks]))
        read.release?.()
        assert.equal(batches[0]?.baseOffset, offset)
        offset = read.nextOffset
      }
      const again = log.append(batchAt(count - 1, this.host.clock.now()))
      assert.deepEqual([again.duplicate, again.baseOffset], [true, count - 1], `t-${partition}`)
    }
  }
}

function batchAt(sequence: number, timestamp: number): Buffer {
  const values = [Buffer.from(`${sequence}`.padEnd(400, 'x'))]
  return encodeWireBatch({
    baseOffset: 0,
    producerId: 7,
    producerEpoch: 0,
    baseSequence: sequence,
    timestamp,
    values,
  })
}

interface Way {
  readonly how: string
  readonly make: (machine: Machine) => Promise<unknown>
}

const ways: readonly Way[] = [
  {
    how: 'retention that takes all',
    make: async machine => {
      for (let partition = 0; partition < partitionCount; partition++)
        machine.log(partition).configure({ ...config, retentionMs: 0 })
      await machine.pass(10)
      await machine.run(machine.logs.enforceRetention())
      for (let partition = 0; partition < partitionCount; partition++)
        machine.log(partition).configure(config)
    },
  },
  {
    how: 'retention that takes some segments',
    make: async machine => {
      for (let partition = 0; partition < partitionCount; partition++)
        machine.log(partition).configure({ ...config, retentionBytes: 3_000 })
      await machine.run(machine.logs.enforceRetention())
      for (let partition = 0; partition < partitionCount; partition++)
        machine.log(partition).configure(config)
    },
  },
  {
    how: 'a deletion of records, and retention',
    make: async machine => {
      for (let partition = 0; partition < partitionCount; partition++)
        await machine.run(machine.log(partition).deleteRecords(-1))
      await machine.run(machine.logs.enforceRetention())
    },
  },
  {
    how: 'a deletion of partitions',
    make: async machine => {
      for (let partition = 0; partition < partitionCount / 2; partition++) {
        machine.acknowledged.delete(partition)
        await machine.run(machine.logs.delete('t', partition))
      }
    },
  },
  {
    how: 'somebody who removes foreign files',
    make: async machine => {
      machine.drive.profile.capacityBytes += 2_000_000
    },
  },
]

for (const { how, make } of ways) {
  for (const restarted of [false, true]) {
    test(`room that is made by ${how} is used without a restart${restarted ? ', on a disk that was full at the start' : ''}`, async () => {
      for (let seed = 1; seed <= 5; seed++) {
        const machine = new Machine(seed)
        await machine.fill()
        if (restarted) {
          machine.host.process.kill()
          if (seed % 2 === 0) machine.drive.losePower('some')
          // What was removed and is there again after the loss of power found its room taken; a real disk gives none away before that.
          const { profile, volume } = machine.drive
          profile.capacityBytes = Math.max(profile.capacityBytes, volume.usedBytes())
          await machine.open()
        }
        await make(machine)
        await machine.pass(5_000)
        assert.ok(await machine.round(), `seed ${seed}`)
        await machine.check()
      }
    })
  }
}

test('a start without one free byte serves reads and refuses writes', async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const machine = new Machine(seed)
    await machine.fill()
    machine.host.process.kill()
    if (seed % 2 === 0) machine.drive.losePower('some')
    machine.drive.profile.capacityBytes = machine.drive.volume.usedBytes()
    await machine.open()
    const end = machine.acknowledged.get(3)!
    const log = machine.log(3)
    assert.ok(log.highWatermark >= end)
    const read = await machine.run((async () => await log.read(log.logStartOffset, 10_000))())
    assert.ok(read.sizeInBytes > 0)
    read.release?.()
    // What recovery has freed is used up first.
    let rounds = 0
    while (await machine.round()) assert.ok(++rounds < 300)
    machine.drive.profile.capacityBytes = Number.POSITIVE_INFINITY
    await machine.pass(5_000)
    assert.ok(await machine.round())
    await machine.check()
  }
})

test('what makes room is appended to a full disk while nothing else is', async () => {
  const machine = new Machine()
  await machine.fill()
  const metadata = machine.log(0)
  const end = metadata.logEndOffset
  for (let count = 0; count < 20; count++) {
    metadata.append(batchAt(machine.acknowledged.get(0)! + count, machine.host.clock.now()), {
      makesRoom: true,
    })
    await machine.run(machine.logs.commit('durable'))
  }
  assert.equal(metadata.highWatermark, end + 20)
  assert.throws(() => machine.log(1).append(batchAt(machine.acknowledged.get(1)!, 0)), refused)
  machine.acknowledged.set(0, machine.acknowledged.get(0)! + 20)
  await machine.check()
})

for (const [where, directFilesMax] of [
  ['a journal', 0],
  ['files', 1000],
] as const) {
  test(`a batch that found no room in ${where} does not come back after a loss of power`, async () => {
    for (let seed = 1; seed <= 40; seed++) {
      const machine = new Machine(seed, { directFilesMax })
      await machine.open()
      for (let partition = 0; partition < 2; partition++) machine.logs.create('t', partition, topicId, config)
      // The seventh batch begins a segment: what is cut off is then a file's name as well.
      for (let round = 0; round < 5 + (seed % 2); round++) assert.ok(await machine.round())
      await machine.pass(100)
      machine.drive.profile.capacityBytes = machine.drive.volume.usedBytes() + 700
      const sequence = machine.acknowledged.get(0)!
      for (const next of [sequence, sequence + 1])
        machine.log(0).append(batchAt(next, machine.host.clock.now()))
      await assert.rejects(machine.run(machine.logs.commit('durable')), refused)
      const end = machine.log(0).logEndOffset
      machine.host.process.kill()
      machine.drive.losePower('some')
      machine.drive.profile.capacityBytes = Number.POSITIVE_INFINITY
      await machine.open()
      assert.equal(machine.log(0).logEndOffset, end, `seed ${seed}`)
    }
  })
}
