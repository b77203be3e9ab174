// Consume, transform, produce with types: against a broker, ours or the one KAFKA_URI names. What cannot be read is written elsewhere, once, with the transaction.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AsyncSerde,
  type ConsumerRecord,
  Consumer,
  ExactlyOnceProcessor,
  int32,
  json,
  type PoisonRecord,
  Producer,
  type Serde,
  topic,
  type TransformFailure,
} from '@millrace/client'
import { eventually, readTopic, type TestCluster, withCluster } from '@millrace/testkit'

const timeout = 120_000
const partitions = 2
const count = 400

interface Order {
  readonly total: number
}

const isPoisoned = (index: number) => index % 10 === 3 || index % 10 === 4
const numbers = Array.from({ length: count }, (_, index) => index)
const poisoned = numbers.filter(isPoisoned)
const good = numbers.filter(index => !isPoisoned(index))

/** The same bytes by promises, a little later now and then. */
const patient: AsyncSerde<Order> = {
  async: true,
  serialize: order => JSON.stringify(order),
  async deserialize(bytes) {
    const order = JSON.parse(bytes.toString()) as Order
    if (order.total % 50 === 0) await new Promise(resolve => setTimeout(resolve, 1))
    return order
  },
}

/** Topics, and a source with orders of which two in ten cannot be read. */
async function setUp(
  { brokers, createTopic, uniqueName }: TestCluster,
  value: Serde<Order> | AsyncSerde<Order> = json<Order>(),
) {
  const source = topic(await createTopic({ partitions }), { value })
  const target = topic(await createTopic({ partitions }), { value: int32() })
  const dead = await createTopic({ partitions })
  await using producer = new Producer({ brokers })
  await producer.sendBatch(
    numbers.map(index => ({
      topic: source.name,
      partition: index % partitions,
      value: isPoisoned(index) ? `rubbish ${index}` : JSON.stringify({ total: index }),
    })),
  )
  const read = async (name: string, of: (record: ConsumerRecord) => number) =>
    (await readTopic(brokers, name, partitions, 'read_committed')).map(of).toSorted((a, b) => a - b)
  const groupId = uniqueName('group')
  const lag = async () => {
    await using consumer = new Consumer({ brokers, groupId, autoCommit: false })
    const all = Array.from({ length: partitions }, (_, partition) => ({ topic: source.name, partition }))
    const [ends, offsets] = await Promise.all([consumer.endOffsets(all), consumer.committed(all)])
    return ends.reduce((sum, { offset }, index) => sum + offset - (offsets[index]?.offset ?? 0), 0)
  }
  return {
    options: { brokers, groupId, topics: source, retryBackoffMs: 5, transactionIntervalMs: 20 },
    target,
    dead,
    lag,
    copied: () => read(target.name, ({ value: bytes }) => bytes!.readInt32BE()),
    buried: () => read(dead, ({ value: bytes }) => Number(bytes!.toString().split(' ')[1])),
  }
}

/** Runs a processor until its group has read everything, while `meanwhile` does its worst. */
async function runToEnd(
  processor: { run(): Promise<void>; close(): Promise<void> },
  lag: () => Promise<number>,
): Promise<void> {
  const run = processor.run()
  await eventually('all is committed', async () => (await lag()) === 0, 60_000)
  await processor.close()
  await run
}

for (const [kind, value] of [
  ['at once', json<Order>()],
  ['by promises', patient],
] as const) {
  test(`${kind}: what cannot be read goes to another topic, once, with the transaction`, { timeout }, () =>
    withCluster(async cluster => {
      const { options, target, dead, lag, copied, buried } = await setUp(cluster, value)
      const processor = new ExactlyOnceProcessor({
        ...options,
        eachRecord: ({ value: { total }, partition }) => ({ topic: target, partition, value: total }),
        onPoison: ({ partition, value: bytes, error }: PoisonRecord) => [
          { topic: dead, partition, value: bytes, headers: { reason: error.reason } },
        ],
      })
      await runToEnd(processor, lag)
      assert.deepEqual(await copied(), good)
      assert.deepEqual(await buried(), poisoned)
      assert.equal(processor.statistics.recordsCommitted, count)
    }),
  )
}

test('members that come and go, and transactions that fail, make no dead letter twice', { timeout }, () =>
  withCluster(async cluster => {
    const { options, target, dead, lag, copied, buried } = await setUp(cluster)
    let handed = 0
    const start = () => {
      const processor = new ExactlyOnceProcessor({
        ...options,
        consumer: { heartbeatIntervalMs: 50 },
        onWarning: () => {},
        eachRecord: async ({ value: { total }, partition }) => {
          if (total % 16 === 0) await new Promise(resolve => setTimeout(resolve, 2))
          return { topic: target, partition, value: total }
        },
        onPoison: async ({ partition, value: bytes }) => {
          await new Promise(resolve => setTimeout(resolve, 2))
          // The first of two outputs must not stay without the second: its transaction is aborted.
          const bad = ++handed % 20 === 0 ? [{ topic: dead, partition: 99, value: 'x' }] : []
          return [{ topic: dead, partition, value: bytes }, ...bad]
        },
        onTransformError: 'retry',
      })
      return { processor, run: processor.run() }
    }
    const members = [start()]
    for (let change = 0; change < 4; change++) {
      await new Promise(resolve => setTimeout(resolve, 200))
      if (change % 2 === 1) {
        const { processor, run } = members.shift()!
        await processor.close()
        await run
      } else members.push(start())
    }
    await eventually('all is committed', async () => (await lag()) === 0, 60_000)
    for (const { processor, run } of members) {
      await processor.close()
      await run
    }
    assert.deepEqual(await copied(), good)
    assert.deepEqual(await buried(), poisoned)
  }),
)

test('what onPoison throws is up to onTransformError, and another run begins with it', { timeout }, () =>
  withCluster(async cluster => {
    const { options, target, dead, lag, copied, buried } = await setUp(cluster)
    const failures: TransformFailure[] = []
    let isOpen = false
    const common = {
      ...options,
      eachRecord: ({ value: { total }, partition }: ConsumerRecord<Buffer | null, Order>) => ({
        topic: target,
        partition,
        value: total,
      }),
      onPoison: ({ partition, value: bytes }: PoisonRecord) => {
        if (!isOpen) throw new Error('the grave is shut')
        return { topic: dead, partition, value: bytes }
      },
    }
    const stopping = new ExactlyOnceProcessor(common)
    await assert.rejects(stopping.run(), /the grave is shut/)
    await assert.rejects(stopping.run(), /the grave is shut/)
    isOpen = true
    const run = stopping.run()
    await eventually('it goes on', async () => (await buried()).length > 10)
    await stopping.close()
    await run
    isOpen = false
    const skipping = new ExactlyOnceProcessor({
      ...common,
      onTransformError(failure) {
        failures.push(failure)
        return failure.attempts < 2 ? 'retry' : 'skip'
      },
    })
    await runToEnd(skipping, lag)
    assert.deepEqual(await copied(), good)
    const kept = await buried()
    assert.equal(kept.length + skipping.statistics.skipped, poisoned.length)
    assert.equal(failures.length, 2 * skipping.statistics.skipped)
  }),
)

test('poison is passed over where that is wanted, and ends the run where nothing is said', { timeout }, () =>
  withCluster(async cluster => {
    const { options, target, lag, copied } = await setUp(cluster)
    const eachRecord = ({ value: { total }, partition }: ConsumerRecord<Buffer | null, Order>) => ({
      topic: target,
      partition,
      value: total,
    })
    await using failing = new ExactlyOnceProcessor({ ...options, eachRecord })
    await assert.rejects(failing.run(), { code: 'DESERIALIZATION_FAILED' })
    await failing.close()
    await runToEnd(new ExactlyOnceProcessor({ ...options, eachRecord, onPoison: 'skip' }), lag)
    assert.deepEqual(await copied(), good)
  }),
)

test('a serde whose registry is away is tried again until it is back', { timeout }, () =>
  withCluster(async cluster => {
    let asked = 0
    const away: AsyncSerde<Order> = {
      ...patient,
      deserialize(bytes, context, headers) {
        if (++asked % 100 === 7)
          return Promise.reject(Object.assign(new Error('the registry is away'), { retriable: true }))
        return patient.deserialize(bytes, context, headers)
      },
    }
    const { options, target, lag, copied } = await setUp(cluster, away)
    const warnings: Error[] = []
    const processor = new ExactlyOnceProcessor({
      ...options,
      eachRecord: ({ value: { total }, partition }) => ({ topic: target, partition, value: total }),
      onPoison: 'skip',
      onWarning: error => warnings.push(error),
    })
    await runToEnd(processor, lag)
    assert.deepEqual(await copied(), good)
    assert.ok(warnings.some(({ message }) => message.includes('the registry is away')))
  }),
)
