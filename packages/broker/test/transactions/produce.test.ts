// Produce with transactional batches: what is asked of the transaction's coordinator, what waits for its answer, and what producers are told.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { ErrorCode, errorByCode, ProduceApi, type ProduceResponse } from '@millrace/protocol'
import type { RunningBroker } from '../../src/running-broker.ts'
import { transactionMarkers } from '../../src/transactions/markers.ts'
import type { TransactionAdmission } from '../../src/transactions/admission.ts'
import { transactionVerifier } from '../../src/transactions/transaction-verifier.ts'
import {
  batchOf,
  type BatchOptions,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  startBroker,
  topicIdOf,
  valuesOf,
} from '../broker-fixture.ts'
import { StallableDisk } from '../stallable-disk.ts'
import type { TestClient } from '../test-client.ts'

type Answer = (admission: TransactionAdmission) => readonly number[] | Promise<readonly number[]>

const yes: Answer = ({ partitions }) => partitions.map(() => ErrorCode.NONE)

interface Bench {
  readonly broker: RunningBroker
  readonly client: TestClient
  /** What the coordinator was asked. */
  readonly asked: TransactionAdmission[]
  /** What it answers from now on. */
  answer: Answer
}

async function setUp(
  context: TestContext,
  config: Readonly<Record<string, string>> = {},
  disk?: StallableDisk,
): Promise<Bench> {
  const broker = await startBroker(context, { config, ...(disk && { disk: disk.asDisk() }) })
  const client = await connect(context, broker)
  await createTopic(client, 'txn', 2)
  const bench: Bench = { broker, client, asked: [], answer: yes }
  context.mock.method(
    broker.service(transactionVerifier),
    'admit',
    async (admission: TransactionAdmission) => {
      bench.asked.push(admission)
      return await bench.answer(admission)
    },
  )
  return bench
}

interface ProduceInit extends BatchOptions {
  readonly version?: number
  readonly transactionalId?: string | null
  readonly partition?: number
  readonly acks?: number
}

function transactional(baseSequence: number, options: BatchOptions = {}): Buffer {
  return batchOf([`value ${baseSequence}`], {
    producerId: 7,
    producerEpoch: 0,
    baseSequence,
    transactional: true,
    ...options,
  })
}

async function send(
  { client }: Bench,
  batches: readonly (readonly [partition: number, batch: Buffer])[],
  { version = 12, transactionalId = 'tx', acks = -1 }: ProduceInit = {},
): Promise<string[]> {
  const named = version >= 13 ? { topicId: await topicIdOf(client, 'txn') } : { name: 'txn' }
  const reply: ProduceResponse = await client.send(ProduceApi, version, {
    transactionalId,
    acks,
    timeoutMs: 5000,
    topicData: [{ ...named, partitionData: batches.map(([index, batch]) => ({ index, records: [batch] })) }],
  })
  return reply.responses[0]!.partitionResponses.map(({ errorCode }) => errorByCode(errorCode).name)
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>(resolve => setImmediate(resolve))
}

const ended = (committed: boolean, producerEpoch: number, transactionVersion = 1) => ({
  producerId: 7,
  producerEpoch,
  coordinatorEpoch: 0,
  committed,
  transactionVersion,
})

test('the coordinator is asked once for the first batch of a partition, by the version of the request', async t => {
  for (const [version, verifyOnly] of [
    [3, true],
    [11, true],
    [12, false],
    [13, false],
  ] as const) {
    const bench = await setUp(t)
    const both: [number, Buffer][] = [
      [0, transactional(0)],
      [1, transactional(0)],
    ]
    assert.deepEqual(await send(bench, both, { version }), ['NONE', 'NONE'])
    assert.deepEqual(await send(bench, [[1, transactional(1)]], { version }), ['NONE'])
    assert.deepEqual(
      bench.asked,
      [
        {
          transactionalId: 'tx',
          producerId: 7,
          producerEpoch: 0,
          partitions: [
            { topic: 'txn', partition: 0 },
            { topic: 'txn', partition: 1 },
          ],
          verifyOnly,
        },
      ],
      `version ${version}`,
    )
    assert.equal(bench.broker.partition('txn', 1)?.lastStableOffset, 0)
  }
})

test('what a connection brings after the first batch waits for it, and then shares its turn', async t => {
  const bench = await setUp(t)
  let decide = (_errors: readonly number[]): void => {}
  bench.answer = () => new Promise(resolve => (decide = resolve))
  const sent = [0, 1, 2].map(sequence => send(bench, [[0, transactional(sequence)]]))
  const plain = send(bench, [[1, batchOf(['plain'])]], { transactionalId: null })
  const other = await connect(t, bench.broker)
  // Another connection is not kept waiting, and its answer says that the others could have come by now.
  assert.deepEqual(
    await send({ ...bench, client: other }, [[1, batchOf(['other'])]], { transactionalId: null }),
    ['NONE'],
  )
  const log = bench.broker.partition('txn', 0)!
  assert.equal(log.logEndOffset, 0)
  assert.equal(bench.broker.partition('txn', 1)!.logEndOffset, 1)
  decide([ErrorCode.NONE])
  assert.deepEqual((await Promise.all(sent)).flat(), ['NONE', 'NONE', 'NONE'])
  assert.deepEqual(await plain, ['NONE'])
  assert.equal(bench.asked.length, 1, 'the transaction is open for those that follow')
  assert.deepEqual(
    log.activeProducers().map(({ lastSequence }) => lastSequence),
    [2],
  )
})

test('producers are told what they understand of the errors of the coordinator', async t => {
  const bench = await setUp(t, { 'add.partitions.to.txn.retry.backoff.max.ms': '0' })
  const expectations: readonly (readonly [number, string, string?])[] = [
    [ErrorCode.CONCURRENT_TRANSACTIONS, 'NOT_ENOUGH_REPLICAS'],
    [ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, 'NOT_ENOUGH_REPLICAS'],
    [ErrorCode.COORDINATOR_NOT_AVAILABLE, 'NOT_ENOUGH_REPLICAS'],
    [ErrorCode.NOT_COORDINATOR, 'NOT_ENOUGH_REPLICAS'],
    [ErrorCode.PRODUCER_FENCED, 'INVALID_PRODUCER_EPOCH'],
    [ErrorCode.INVALID_PRODUCER_ID_MAPPING, 'INVALID_PRODUCER_ID_MAPPING'],
    [ErrorCode.INVALID_TXN_STATE, 'INVALID_TXN_STATE'],
    // Clients of version 10 and before do not know it.
    [ErrorCode.TRANSACTION_ABORTABLE, 'TRANSACTION_ABORTABLE', 'INVALID_TXN_STATE'],
  ]
  for (const [errorCode, name, oldName = name] of expectations) {
    bench.answer = () => [errorCode]
    for (const version of [10, 11, 12]) {
      const told = await send(bench, [[0, transactional(0)]], { version })
      assert.deepEqual(
        told,
        [version < 11 ? oldName : name],
        `${errorByCode(errorCode).name}, version ${version}`,
      )
    }
  }
  assert.equal(bench.broker.partition('txn', 0)?.logEndOffset, 0)
})

test('of a request some partitions may be refused, the others are written', async t => {
  const bench = await setUp(t)
  bench.answer = () => [ErrorCode.INVALID_TXN_STATE, ErrorCode.NONE]
  const batches: [number, Buffer][] = [0, 1, 9].map(partition => [partition, transactional(0)])
  assert.deepEqual(await send(bench, batches), ['INVALID_TXN_STATE', 'NONE', 'UNKNOWN_TOPIC_OR_PARTITION'])
})

test('transactional batches without a transactional id, or of several producers, are refused', async t => {
  const bench = await setUp(t)
  const two: [number, Buffer][] = [
    [0, transactional(0)],
    [1, batchOf(['plain'])],
  ]
  assert.deepEqual(await send(bench, two, { transactionalId: null }), [
    'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
    'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  ])
  for (const options of [{ producerId: 8 }, { producerEpoch: 1 }]) {
    const mixed: [number, Buffer][] = [
      [0, transactional(0)],
      [1, transactional(0, options)],
    ]
    assert.deepEqual(await send(bench, mixed), ['INVALID_PRODUCER_ID_MAPPING', 'INVALID_PRODUCER_ID_MAPPING'])
  }
  assert.equal(bench.asked.length, 0)
  assert.equal(bench.broker.partition('txn', 1)?.logEndOffset, 0)
})

test('a batch that comes while its last transaction is ending waits for the end', async t => {
  const bench = await setUp(t, { 'add.partitions.to.txn.retry.backoff.max.ms': '10000' })
  const { broker } = bench
  await send(bench, [[0, transactional(0)]])
  bench.answer = async ({ partitions }) => {
    if (bench.asked.length > 2) return [ErrorCode.NONE]
    await broker.service(transactionMarkers).write(ended(true, 1, 2), partitions)
    return [ErrorCode.CONCURRENT_TRANSACTIONS]
  }
  assert.deepEqual(await send(bench, [[0, transactional(0, { producerEpoch: 1 })]]), ['NONE'])
  assert.equal(bench.asked.length, 3)
  assert.equal(broker.partition('txn', 0)?.lastStableOffset, 2)
})

test('a batch that was verified before the marker and comes after it is refused', async t => {
  const bench = await setUp(t)
  const { broker } = bench
  for (const [version, marker, error] of [
    [11, ended(false, 0), 'INVALID_TXN_STATE'],
    [12, ended(false, 1, 2), 'INVALID_PRODUCER_EPOCH'],
  ] as const) {
    bench.answer = async ({ partitions }) => {
      // The producer is slow: meanwhile its transaction is aborted.
      await broker.service(transactionMarkers).write(marker, partitions)
      return [ErrorCode.NONE]
    }
    assert.deepEqual(await send(bench, [[0, transactional(0)]], { version }), [error])
  }
  const log = broker.partition('txn', 0)!
  assert.equal(log.lastStableOffset, log.highWatermark, 'nothing hangs')
})

for (const version of [11, 12]) {
  test(`a batch that waits for the coordinator with another is written though that one is taken back (version ${version})`, async t => {
    const disk = new StallableDisk()
    const bench = await setUp(t, { 'log.fsync': 'group' }, disk)
    const other = { ...bench, client: await connect(t, bench.broker) }
    const answers: ((errors: readonly number[]) => void)[] = []
    const bothAsked = Promise.withResolvers<void>()
    bench.answer = () =>
      new Promise(resolve => {
        if (answers.push(resolve) === 2) bothAsked.resolve()
      })
    const sent = [bench, other].map(client => send(client, [[0, transactional(0)]], { version }))
    await bothAsked.promise
    disk.refusedPath = 'txn-0'
    answers[0]!([ErrorCode.NONE])
    assert.deepEqual(await Promise.race(sent), ['KAFKA_STORAGE_ERROR'])
    answers[1]!([ErrorCode.NONE])
    assert.deepEqual((await Promise.all(sent)).flat().toSorted(), ['KAFKA_STORAGE_ERROR', 'NONE'])
    assert.equal(bench.asked.length, 2)
  })

  test(`a batch behind the first one of its transaction comes again after it, when a full disk has taken that back (version ${version})`, async t => {
    const disk = new StallableDisk()
    const bench = await setUp(t, { 'log.fsync': 'group' }, disk)
    const { broker, client } = bench
    bench.answer = yes
    disk.stall()
    const plain: [number, Buffer][] = [0, 1].map(partition => [partition, batchOf(['being synced'])])
    assert.deepEqual(await send(bench, plain, { transactionalId: null, acks: 1 }), ['NONE', 'NONE'])
    const first = send(bench, [[0, transactional(0)]], { version })
    const log = broker.partition('txn', 0)!
    await until(() => log.logEndOffset === 2)
    const asking = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    bench.answer = async admission => {
      asking.resolve()
      await answered.promise
      return yes(admission)
    }
    // Partition 0 is in the transaction as far as anybody knows, partition 1 is about to be.
    const both = send(
      bench,
      [
        [0, transactional(1)],
        [1, transactional(0)],
      ],
      { version },
    )
    await asking.promise
    disk.refusedPath = 'txn-0'
    disk.resume()
    assert.deepEqual(await first, ['KAFKA_STORAGE_ERROR'])
    answered.resolve()
    const told = version < 12 ? 'NOT_ENOUGH_REPLICAS' : 'OUT_OF_ORDER_SEQUENCE_NUMBER'
    assert.deepEqual(await both, [told, 'NONE'], 'which clients answer by sending again')
    for (const sequence of [0, 1])
      assert.deepEqual(await send(bench, [[0, transactional(sequence)]], { version }), ['NONE'])
    const values = valuesOf(onlyPartition(await fetchFrom(client, 'txn', 0)))
    assert.deepEqual(values, ['0:being synced', '1:value 0', '2:value 1'])
  })
}

test('verification can be switched off for clients that add partitions themselves', async t => {
  const bench = await setUp(t, { 'transaction.partition.verification.enable': 'false' })
  assert.deepEqual(await send(bench, [[0, transactional(0)]], { version: 11 }), ['NONE'])
  assert.equal(bench.asked.length, 0)
  assert.deepEqual(await send(bench, [[1, transactional(0)]], { version: 12 }), ['NONE'])
  assert.equal(bench.asked.length, 1)
})

test('a producer that wants no answer is cut off when its transaction does not know the partition', async t => {
  const bench = await setUp(t)
  bench.answer = () => [ErrorCode.INVALID_TXN_STATE]
  await assert.rejects(send(bench, [[0, transactional(0)]], { acks: 0 }), /connection closed/)
  assert.equal(bench.broker.partition('txn', 0)?.logEndOffset, 0)
})

test('what waits for the coordinator when its connection ends harms nobody', async t => {
  const bench = await setUp(t)
  let decide = (_errors: readonly number[]): void => {}
  const asked = new Promise<void>(resolve => {
    bench.answer = () => {
      resolve()
      return new Promise(settle => (decide = settle))
    }
  })
  const gone = send(bench, [[0, transactional(0)]])
  await asked
  await bench.client.close()
  await assert.rejects(gone, /connection closed/)
  decide([ErrorCode.NONE])
  bench.answer = yes
  const client = await connect(t, bench.broker)
  assert.deepEqual(await send({ ...bench, client }, [[1, transactional(0)]]), ['NONE'])
})
