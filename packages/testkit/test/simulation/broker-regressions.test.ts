// Defects of the broker that seeds of the simulation found, each reduced to the few steps that show it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RunningBroker } from '@millrace/broker/internal'
import { SimDisk, type SimHost, SimWorld } from '@millrace/testkit/sim'
import { encodeWireBatch } from '../../src/simulation/wire-batch.ts'

const topicId = 'Zm9vYmFyYmF6cXV4cXV1eA'

function start(world: SimWorld, drive: SimDisk, host: SimHost): Promise<RunningBroker> {
  const { process, clock, random, network } = host
  const disk = drive.forProcess(process)
  const starting = RunningBroker.start({
    port: 9092,
    dataDir: 'data',
    clock,
    random,
    network,
    disk,
    topics: ['other'],
  })
  return world.scheduler.settle(starting)
}

test('a topic stands when only the write to another partition of its commit has failed', async () => {
  const world = new SimWorld({ seed: 1 })
  const drive = new SimDisk(world.scheduler)
  const host = world.spawn('broker')
  const broker = await start(world, drive, host)
  const other = broker.partition('other', 0)!
  drive.failing = ({ kind, path }) => (kind === 'write' && path.includes('/other-0/') ? 'ENOSPC' : undefined)
  const batch = {
    baseOffset: 0,
    producerId: -1,
    producerEpoch: -1,
    baseSequence: -1,
    timestamp: 1_800_000_000_000,
  }
  const create = () =>
    broker.metadata.change(image => ({
      records: image.topic('made')
        ? []
        : [
            { type: 'topic', name: 'made', topicId },
            { type: 'partition', topicId, partition: 0, leaderEpoch: 0, partitionEpoch: 0 },
          ],
      result: undefined,
    }))
  const created = create()
  // The change is decided a moment later, in the same turn: both go into one commit.
  await Promise.resolve()
  other.append(encodeWireBatch({ ...batch, values: [Buffer.from('no room')] }))
  await world.scheduler.settle(created)
  drive.failing = undefined
  assert.equal(other.logEndOffset, 0)
  await world.scheduler.settle(create())
  assert.equal(broker.metadata.image.topic('made')?.topicId, topicId)
  host.process.kill()
  const next = await start(world, drive, world.spawn('broker'))
  assert.equal(next.metadata.image.topic('made')?.topicId, topicId)
})
