// Consume, transform, produce: against a broker, ours or the one KAFKA_URI names, every record counts once.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import {
  Admin,
  Consumer,
  type ConsumerRecord,
  type ExactlyOnceOptions,
  ExactlyOnceProcessor,
  OffsetSpec,
  Producer,
  type TransformFailure,
} from '@millrace/client'
import { ConsumerGroupHeartbeatApi } from '@millrace/protocol'
import { eventually, readCommitted, type TestCluster, whyNot, withCluster } from '@millrace/testkit'

const timeout = 120_000
const partitions = 4

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Topics to copy from and to, and a source with numbered records. */
async function setUp({ brokers, createTopic, uniqueName }: TestCluster, count: number) {
  const source = await createTopic({ partitions })
  const target = await createTopic({ partitions })
  await using filler = new Producer({ brokers })
  await filler.sendBatch(
    numbers(count).map(index => ({ topic: source, partition: index % partitions, value: `${index}` })),
  )
  const copy = (record: ConsumerRecord) => ({
    topic: target,
    partition: record.partition,
    value: record.value,
  })
  return { brokers, source, target, groupId: uniqueName('group'), copy }
}

/** What readers of committed data find in the target, by partition. */
async function committed(brokers: readonly string[], topic: string): Promise<number[][]> {
  const records = await readCommitted(brokers, topic, partitions)
  return numbers(partitions).map(partition =>
    records.filter(record => record.partition === partition).map(({ value }) => Number(value)),
  )
}

function assertOnce(found: readonly (readonly number[])[], count: number): void {
  for (const [partition, values] of found.entries())
    assert.deepEqual(
      values,
      numbers(count).filter(index => index % partitions === partition),
    )
}

async function lagOf(brokers: readonly string[], groupId: string, topic: string): Promise<number> {
  await using consumer = new Consumer({
    brokers,
    groupId,
    autoCommit: false,
    isolationLevel: 'read_committed',
  })
  const all = numbers(partitions).map(partition => ({ topic, partition }))
  const [ends, offsets] = await Promise.all([consumer.endOffsets(all), consumer.committed(all)])
  return ends.reduce((sum, { offset }, index) => sum + offset - (offsets[index]?.offset ?? 0), 0)
}

test('each record is transformed and written once, in order, and the offsets go with it', { timeout }, () =>
  withCluster(async cluster => {
    const count = 20_000
    const { brokers, source, target, groupId, copy } = await setUp(cluster, count)
    await using processor = new ExactlyOnceProcessor({ brokers, groupId, topics: source, eachRecord: copy })
    const run = processor.run()
    await eventually('all is committed', () => processor.statistics.recordsCommitted === count)
    await processor.close()
    await run
    assertOnce(await committed(brokers, target), count)
    assert.equal(await lagOf(brokers, groupId, source), 0)
    assert.equal(processor.statistics.transactionsAborted, 0)
  }),
)

test(
  'a transformation may return several records, none, or a promise, for a record or for a batch',
  { timeout },
  () =>
    withCluster(async cluster => {
      const count = 400
      const { brokers, source, target, groupId, copy } = await setUp(cluster, count)
      const twice = (record: ConsumerRecord) => [
        copy(record),
        { ...copy(record), value: `${Number(record.value) + 0.5}` },
      ]
      await using byRecord = new ExactlyOnceProcessor({
        brokers,
        groupId,
        topics: source,
        maxRecordsPerTransaction: 50,
        eachRecord: async record => {
          await new Promise(resolve => setImmediate(resolve))
          return Number(record.value) % 2 === 0 ? new Set(twice(record)) : null
        },
      })
      const first = byRecord.run()
      await eventually('all is committed', () => byRecord.statistics.recordsCommitted === count)
      await byRecord.close()
      await first
      assert.ok(byRecord.statistics.transactionsCommitted >= count / 50)
      const even = numbers(count).filter(index => index % 2 === 0)
      assert.deepEqual(
        (await committed(brokers, target)).flat().toSorted((a, b) => a - b),
        even.flatMap(index => [index, index + 0.5]),
      )

      await using byBatch = new ExactlyOnceProcessor({
        brokers,
        groupId: cluster.uniqueName('group'),
        topics: [source],
        eachBatch: batch =>
          batch.toArray().map(record => ({ ...copy(record), value: `-${record.value!.toString()}` })),
      })
      const second = byBatch.run()
      await eventually('all is committed', async () => (await lagOf(brokers, groupId, source)) === 0)
      await eventually('all batches are', async () => {
        const found = (await committed(brokers, target))
          .flat()
          .filter(value => value < 0 || Object.is(value, -0))
        return found.length === count
      })
      await byBatch.close()
      await second
    }),
)

test(
  'a run ends at once what a process before has left open, though it has nothing to read',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers, source, target, groupId, copy } = await setUp(cluster, 0)
      const transactionalId = cluster.uniqueName('copier')
      const transactionTimeoutMs = 600_000
      const before = new Producer({ brokers, transactionalId, transactionTimeoutMs })
      await before.beginTransaction()
      await before.send({ topic: target, partition: 0, value: 'never committed' })
      const position = { topic: target, partition: 0 }
      await using admin = new Admin({ brokers })
      const stableEnd = async () =>
        (
          await admin.listOffsets([{ ...position, timestamp: OffsetSpec.latest }], {
            isolationLevel: 'read_committed',
          })
        )[0]!.offset
      assert.equal(await stableEnd(), 0)
      await using processor = new ExactlyOnceProcessor({
        brokers,
        groupId,
        transactionalId,
        topics: source,
        eachRecord: copy,
      })
      const run = processor.run()
      await eventually('the transaction is aborted', async () => (await stableEnd()) === 2)
      await processor.close()
      await run
      await before.close({ timeoutMs: 0 }).catch(() => {})
    }),
)

test('what one run has not committed comes in the next one, of another processor', { timeout }, () =>
  withCluster(async cluster => {
    const count = 2_000
    const { brokers, source, target, groupId, copy } = await setUp(cluster, count)
    const options = { brokers, groupId, topics: source, eachRecord: copy, maxRecordsPerTransaction: 300 }
    for (let round = 0; round < 3; round++) {
      const controller = new AbortController()
      const { signal } = controller
      let taken = 0
      await using processor = new ExactlyOnceProcessor({
        ...options,
        eachRecord: async record => {
          // However fast it is, a run leaves something to those that follow.
          taken++
          if (taken > 450 && !signal.aborted) await once(signal, 'abort')
          return copy(record)
        },
      })
      const run = processor.run({ signal })
      await eventually('some are committed', () => processor.statistics.recordsCommitted >= 300)
      controller.abort()
      await run
      assert.ok(processor.statistics.recordsCommitted < 600)
    }
    await using last = new ExactlyOnceProcessor(options)
    const run = last.run()
    await eventually('all is committed', async () => (await lagOf(brokers, groupId, source)) === 0)
    await last.close()
    await run
    assertOnce(await committed(brokers, target), count)
  }),
)

/** Members join and leave while records are copied. */
async function comeAndGo(
  cluster: TestCluster,
  consumer: NonNullable<ExactlyOnceOptions['consumer']>,
): Promise<void> {
  const count = 6_000
  const { brokers, source, target, groupId, copy } = await setUp(cluster, count)
  const start = () => {
    const processor = new ExactlyOnceProcessor({
      brokers,
      groupId,
      topics: source,
      transactionIntervalMs: 20,
      consumer,
      // Of transactions whose partitions went meanwhile.
      onWarning: () => {},
      eachRecord: async record => {
        if (Number(record.value) % 16 === 0) await new Promise(resolve => setTimeout(resolve, 1))
        return copy(record)
      },
    })
    return { processor, run: processor.run() }
  }
  const members = [start()]
  for (let change = 0; change < 6; change++) {
    await new Promise(resolve => setTimeout(resolve, 150))
    if (change % 3 === 2) {
      const { processor, run } = members.shift()!
      await processor.close()
      await run
    } else members.push(start())
  }
  await eventually('all is committed', async () => (await lagOf(brokers, groupId, source)) === 0, 60_000)
  for (const { processor, run } of members) {
    await processor.close()
    await run
  }
  assertOnce(await committed(brokers, target), count)
}

test('members that come and go take over where the others have committed', { timeout }, () =>
  withCluster(cluster => comeAndGo(cluster, { heartbeatIntervalMs: 50 })),
)

test('they do so, too, where the broker divides the partitions (KIP-848)', { timeout }, t =>
  withCluster(async cluster => {
    const reason = await whyNot(cluster, ConsumerGroupHeartbeatApi)
    if (reason === undefined) await comeAndGo(cluster, { groupProtocol: 'consumer' })
    else t.skip(reason)
  }),
)

test(
  'a processor whose producer is fenced goes on with another one, and nothing counts twice',
  { timeout },
  () =>
    withCluster(async cluster => {
      const count = 3_000
      const { brokers, source, target, groupId, copy } = await setUp(cluster, count)
      const transactionalId = cluster.uniqueName('id')
      const warnings: Error[] = []
      await using admin = new Admin({ brokers })
      await using processor = new ExactlyOnceProcessor({
        brokers,
        groupId,
        topics: source,
        transactionalId,
        transactionIntervalMs: 30,
        onWarning: error => warnings.push(error),
        eachRecord: async record => {
          if (Number(record.value) % 8 === 0) await new Promise(resolve => setTimeout(resolve, 1))
          return copy(record)
        },
      })
      const run = processor.run()
      for (let fenced = 0; fenced < 3; fenced++) {
        const { recordsCommitted } = processor.statistics
        await eventually('it goes on', () => {
          const now = processor.statistics.recordsCommitted
          return now > recordsCommitted || now === count
        })
        await admin.fenceProducers([transactionalId])
      }
      await eventually('all is committed', async () => (await lagOf(brokers, groupId, source)) === 0, 60_000)
      await processor.close()
      await run
      assertOnce(await committed(brokers, target), count)
      assert.ok(processor.statistics.producersReplaced + processor.statistics.transactionsAborted > 0)
      assert.ok(warnings.length > 0)
    }),
)

test(
  'a record that fails is tried again, passed over, or ends the run, and what came before it is committed',
  { timeout },
  () =>
    withCluster(async cluster => {
      const count = 200
      const { brokers, source, target, groupId, copy } = await setUp(cluster, count)
      const failures: TransformFailure[] = []
      const mine = new Error('mine')
      const eachRecord = (record: ConsumerRecord) => {
        if (Number(record.value) === 101) throw mine
        return copy(record)
      }
      const options = { brokers, groupId, topics: source, retryBackoffMs: 5, eachRecord }
      await using stopping = new ExactlyOnceProcessor(options)
      await assert.rejects(stopping.run(), mine)
      await assert.rejects(stopping.run(), mine)
      await stopping.close()
      const ofPartition = (await committed(brokers, target))[101 % partitions]!
      assert.ok(!ofPartition.includes(101))
      assert.deepEqual(
        ofPartition,
        numbers(101).filter(index => index % partitions === 101 % partitions),
      )

      await using patient = new ExactlyOnceProcessor({
        ...options,
        onTransformError: failure => {
          failures.push(failure)
          return failure.attempts < 3 ? 'retry' : 'skip'
        },
      })
      const run = patient.run()
      await eventually('all is committed', async () => (await lagOf(brokers, groupId, source)) === 0)
      await patient.close()
      await run
      assert.deepEqual(
        failures.map(({ attempts, error, topic, partition }) => [attempts, error, topic, partition]),
        [
          [1, mine, source, 1],
          [2, mine, source, 1],
          [3, mine, source, 1],
        ],
      )
      assert.equal(patient.statistics.skipped, 1)
      assert.deepEqual(
        (await committed(brokers, target)).flat().toSorted((a, b) => a - b),
        numbers(count).filter(index => index !== 101),
      )
    }),
)

test(
  'outputs that cannot be written take their transaction with them, not the records beside them',
  { timeout },
  () =>
    withCluster(async cluster => {
      const count = 200
      const { brokers, source, target, groupId, copy } = await setUp(cluster, count)
      const options = {
        brokers,
        groupId,
        topics: source,
        retryBackoffMs: 5,
        // The first of the outputs is good, and must not stay without the second.
        eachRecord: (record: ConsumerRecord) =>
          Number(record.value) === 101
            ? [copy(record), { topic: target, partition: 99, value: 'x' }]
            : copy(record),
      }
      await using stopping = new ExactlyOnceProcessor(options)
      await assert.rejects(stopping.run(), /there is no partition 99/)
      await stopping.close()
      await using skipping = new ExactlyOnceProcessor({ ...options, onTransformError: 'skip' })
      const run = skipping.run()
      await eventually('all is committed', async () => (await lagOf(brokers, groupId, source)) === 0)
      await skipping.close()
      await run
      assert.deepEqual(
        (await committed(brokers, target)).flat().toSorted((a, b) => a - b),
        numbers(count).filter(index => index !== 101),
      )
    }),
)

test('a transformation that takes longer than a transaction may be open costs none', { timeout }, () =>
  withCluster(
    async cluster => {
      const count = 40
      const { brokers, source, target, groupId, copy } = await setUp(cluster, count)
      await using processor = new ExactlyOnceProcessor({
        brokers,
        groupId,
        topics: source,
        transactionIntervalMs: 20,
        producer: { transactionTimeoutMs: 300 },
        eachRecord: async record => {
          if (Number(record.value) === 20) await new Promise(resolve => setTimeout(resolve, 1_500))
          return copy(record)
        },
      })
      const run = processor.run()
      await eventually('all is committed', () => processor.statistics.recordsCommitted === count)
      await processor.close()
      await run
      assert.equal(processor.statistics.transactionsAborted, 0)
      assertOnce(await committed(brokers, target), count)
    },
    { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': 100 },
  ),
)
