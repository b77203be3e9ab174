// The partitions of a coordinator's topic: loaded once, written in order, let go with the topic. For any kind of state.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, RecordBatchWriter } from '@millrace/protocol'
import { Deadline } from '../../src/coordination/deadline-heap.ts'
import { Deadlines, wakeRetryMs } from '../../src/coordination/deadlines.ts'
import type { Change, Shard, ShardKind } from '../../src/coordination/shard-kind.ts'
import { Shards } from '../../src/coordination/shards.ts'
import { coordinatorPartition } from '../../src/coordination/coordinator-key.ts'
import { FakeCore, type FakeLog } from '../groups/fake-core.ts'
import { ManualClock } from '@millrace/testkit/clocks'

const topic = '__consumer_offsets'

/** A coordinator that remembers the last value of every key, as simple as can be. */
class ValueShard implements Shard {
  readonly index: number
  readonly values = new Map<string, string>()
  inService = false

  constructor(index: number) {
    this.index = index
  }

  /** What is seen of writing `value` under `key`. */
  change(key: string, value: string): Change {
    return {
      begin: () => {},
      settle: durable => {
        if (durable) this.values.set(key, value)
      },
    }
  }
}

const valueKind: ShardKind<ValueShard> = {
  topic,
  load: index => {
    const shard = new ValueShard(index)
    return {
      record: (key, value) => {
        if (key.toString() === 'unknown') return false
        if (value) shard.values.set(key.toString(), value.toString())
        else shard.values.delete(key.toString())
        return true
      },
      marker: () => {},
      finish: () => shard,
    }
  },
  loaded: shard => {
    shard.inService = true
  },
  unloaded: shard => {
    shard.inService = false
  },
}

const recordOf = (key: string, value: string) => ({ key: Buffer.from(key), value: Buffer.from(value) })

function append(log: FakeLog, ...pairs: readonly (readonly [string, string | null])[]): void {
  const writer = new RecordBatchWriter({ initialBytes: 256 })
  for (const [key, value] of pairs)
    writer.append(1, Buffer.from(key), value === null ? null : Buffer.from(value))
  log.append(writer.finish())
  log.durableCount = log.batches.length
}

async function outcome(core: FakeCore, pending: Promise<unknown>): Promise<unknown> {
  let settled: unknown
  void pending.then(
    () => {
      settled = 'done'
    },
    (error: unknown) => {
      settled = (error as { code?: number }).code ?? error
    },
  )
  for (let round = 0; round < 6 && settled === undefined; round++) await core.clock.turn()
  return settled ?? 'waiting'
}

test('a shard is what its records say, and one load serves all who ask', async () => {
  const core = new FakeCore({ partitions: 1 })
  core.makeTopic(topic, 1, 'AAAAAAAAAAAAAAAAAAAACQ')
  append(core.partitions[0]!, ['a', '1'], ['b', '2'], ['unknown', 'x'])
  append(core.partitions[0]!, ['a', '3'], ['b', null])
  const shards = new Shards(core.asCore(), valueKind)
  const [first, second] = await Promise.all([shards.find('a'), shards.find('b')])
  assert.ok(first)
  assert.equal(first, second)
  assert.ok(first.inService)
  assert.deepEqual([...first.values], [['a', '3']])
  assert.ok(core.logLines.some(({ event }) => event === 'coordinator.unknown_records'))
  assert.equal(shards.find('a'), first, 'a shard that is loaded is there at once')
})

test('a write is seen once it is durable, and calls take effect in order', async () => {
  const core = new FakeCore({ partitions: 2 })
  const shards = new Shards(core.asCore(), valueKind)
  const shard = await shards.findOrCreate('key')
  assert.equal(shard.index, coordinatorPartition('key', 2))
  core.slowDisk = true
  const writing = ['1', '2', '3'].map(value =>
    shards.write(shard, [recordOf('key', value)], shard.change('key', value)),
  )
  await core.clock.turn()
  assert.equal(shard.values.get('key'), undefined)
  assert.equal(core.partitions[shard.index]!.batches.length, 1, 'one batch for a turn')
  await core.sync()
  await Promise.all(writing)
  assert.equal(shard.values.get('key'), '3')
  const again = await new Shards(new FakeCore({ after: core }).asCore(), valueKind).find('key')
  assert.deepEqual([...again!.values], [['key', '3']])
})

test('a write that fails is not seen', async () => {
  const core = new FakeCore({ partitions: 1 })
  const shards = new Shards(core.asCore(), valueKind)
  const shard = await shards.findOrCreate('key')
  core.partitions[0]!.failing = true
  const writing = shards.write(shard, [recordOf('key', '1')], shard.change('key', '1'))
  assert.equal(await outcome(core, writing), ErrorCode.KAFKA_STORAGE_ERROR)
  assert.equal(shard.values.size, 0)
})

test('when the topic goes, its shards go, and nothing of them is written to a new topic of that name', async () => {
  const core = new FakeCore({ partitions: 1 })
  const shards = new Shards(core.asCore(), valueKind)
  const shard = await shards.findOrCreate('key')
  core.deleteTopic(topic)
  assert.equal(shard.inService, false)
  assert.equal(shards.find('key'), undefined)
  await shards.create()
  const late = shards.write(shard, [recordOf('key', 'late')], shard.change('key', 'late'))
  assert.equal(await outcome(core, late), ErrorCode.NOT_COORDINATOR)
  assert.equal(core.partitions[0]!.batches.length, 0)
  assert.notEqual(await shards.find('key'), shard)
})

test('a load that a deletion of the topic overtakes gives nobody a shard', async () => {
  const core = new FakeCore({ partitions: 1 })
  core.makeTopic(topic, 1, 'AAAAAAAAAAAAAAAAAAAACQ')
  append(core.partitions[0]!, ['key', 'old'])
  const served: ValueShard[] = []
  const shards = new Shards(core.asCore(), { ...valueKind, loaded: shard => served.push(shard) })
  const loading = Promise.resolve(shards.find('key'))
  core.deleteTopic(topic)
  assert.equal(await outcome(core, loading), ErrorCode.COORDINATOR_NOT_AVAILABLE)
  assert.deepEqual(served, [])
  assert.deepEqual([...shards.loaded()], [])
})

test('a partition that cannot be read is said so, and the next who asks tries again', async () => {
  const core = new FakeCore({ partitions: 1 })
  core.makeTopic(topic, 1, 'AAAAAAAAAAAAAAAAAAAACQ')
  append(core.partitions[0]!, ['key', 'value'])
  const log = core.partitions[0]!
  const read = log.read.bind(log)
  log.read = () => {
    throw new Error('the disk is gone')
  }
  const shards = new Shards(core.asCore(), valueKind)
  assert.match(String(await outcome(core, Promise.resolve(shards.find('key')))), /the disk is gone/)
  assert.ok(core.logLines.some(({ event }) => event === 'coordinator.load_failed'))
  log.read = read
  assert.deepEqual([...(await shards.find('key'))!.values], [['key', 'value']])
})

test('what wakes and throws is woken again later, and the others as if nothing had happened', async () => {
  const clock = new ManualClock()
  const woken: string[] = []
  const failed: string[] = []
  const deadlines = new Deadlines<string>({
    clock,
    wake: name => {
      woken.push(`${name} ${clock.monotonic() - 1_000_000}`)
      if (name === 'bad' && woken.length < 4) throw new Error('broken on purpose')
    },
    failed: name => failed.push(name),
  })
  for (const name of ['first', 'bad', 'last']) deadlines.set(new Deadline(name), 1_000_010)
  await clock.pass(10)
  assert.deepEqual(woken.sort(), ['bad 10', 'first 10', 'last 10'])
  deadlines.set(new Deadline('later'), 1_000_100)
  await clock.pass(100)
  assert.deepEqual(woken.slice(3), ['later 100'])
  await clock.pass(10 * wakeRetryMs)
  assert.deepEqual(woken.slice(4), [`bad ${10 + wakeRetryMs}`])
  assert.deepEqual(failed, ['bad'])
  assert.equal(clock.timerCount, 0)
})
