// Transactions as producers see them: begin, write, end, fence, time out; with committed offsets; by both versions of the protocol.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import {
  AddPartitionsToTxnApi,
  ErrorCode,
  FindCoordinatorApi,
  InitProducerIdApi,
  ListTransactionsApi,
  OffsetCommitApi,
  OffsetDeleteApi,
  TxnOffsetCommitApi,
} from '@millrace/protocol'
import { type Clock, nodeClock } from '@millrace/runtime'
import { groupCoordinator } from '../../src/groups/coordinator.ts'
import type { BrokerOptions } from '../../src/options.ts'
import type { RunningBroker } from '../../src/running-broker.ts'
import { transactionMarkers } from '../../src/transactions/markers.ts'
import { transactionVerifier } from '../../src/transactions/transaction-verifier.ts'
import { connect, createTopic, startBroker, temporaryDirectory } from '../broker-fixture.ts'
import { nameOf, TransactionalClient } from './transactional-client.ts'

async function setUp(
  context: TestContext,
  options: BrokerOptions = {},
): Promise<{ broker: RunningBroker; producer: TransactionalClient }> {
  const broker = await startBroker(context, options)
  const producer = await TransactionalClient.begin(context, broker)
  await createTopic(producer.client, 'txn', 2)
  return { broker, producer }
}

test('what a transaction writes is seen when it commits, and never when it aborts, by version 2', async t => {
  const { producer } = await setUp(t)
  assert.equal(await producer.produce('txn', ['kept']), 'NONE')
  assert.deepEqual(await producer.committed('txn'), [])
  assert.equal(await producer.state(), 'Ongoing')
  const { producerEpoch } = producer
  assert.equal(await producer.end(true), 'NONE')
  assert.equal(producer.producerEpoch, producerEpoch + 1)
  assert.equal(
    await producer.produce('txn', ['dropped']),
    'NONE',
    'the next one waits for the end of this one',
  )
  assert.equal(await producer.end(false), 'NONE')
  await producer.until('CompleteAbort')
  assert.deepEqual(await producer.committed('txn'), ['kept'])
})

test('what a transaction writes is seen when it commits, and never when it aborts, by version 1', async t => {
  const { producer } = await setUp(t)
  assert.equal(await producer.produce('txn', ['early'], 11), 'TRANSACTION_ABORTABLE', 'not added')
  assert.equal(await producer.produce('txn', ['early'], 10), 'INVALID_TXN_STATE')
  for (const [value, committed] of [
    ['kept', true],
    ['dropped', false],
  ] as const) {
    assert.equal(await producer.add('txn'), 'NONE')
    assert.equal(await producer.produce('txn', [value], 11), 'NONE')
    assert.equal(await producer.end(committed, 3), 'NONE')
    assert.match(await producer.end(committed, 3), /^(NONE|CONCURRENT_TRANSACTIONS)$/, 'answered again')
    await producer.until(committed ? 'CompleteCommit' : 'CompleteAbort')
  }
  assert.equal(producer.producerEpoch, 0)
  assert.deepEqual(await producer.committed('txn'), ['kept'])
})

test('who begins with the same id fences the other one and aborts what it had open', async t => {
  const { broker, producer } = await setUp(t)
  await producer.produce('txn', ['zombie'])
  const other = await TransactionalClient.begin(t, broker)
  assert.equal(other.producerId, producer.producerId)
  assert.equal(await producer.produce('txn', ['zombie']), 'INVALID_PRODUCER_EPOCH')
  assert.equal(await producer.add('txn', [1]), 'PRODUCER_FENCED')
  assert.equal(await producer.add('txn', [1], 1), 'INVALID_PRODUCER_EPOCH', 'as old clients know it')
  assert.equal(await producer.end(true), 'PRODUCER_FENCED')
  assert.equal(await producer.end(true, 1), 'INVALID_PRODUCER_EPOCH')
  const { producerId, producerEpoch } = producer
  assert.equal(await producer.init({ expected: { producerId, producerEpoch } }), 'PRODUCER_FENCED')
  assert.equal(
    await producer.init({ version: 3, expected: { producerId, producerEpoch } }),
    'INVALID_PRODUCER_EPOCH',
  )
  assert.equal(await other.produce('txn', ['mine']), 'NONE')
  assert.equal(await other.end(true), 'NONE')
  await other.until('CompleteCommit')
  assert.deepEqual(await other.committed('txn'), ['mine'])
})

test('a batch of a producer that was fenced does not keep out those of the one that took over', async t => {
  const { broker, producer: zombie } = await setUp(t)
  const producer = await TransactionalClient.begin(t, broker)
  assert.equal(zombie.producerId, producer.producerId)
  for (const value of ['first', 'second']) {
    assert.equal(await producer.produce('txn', [value]), 'NONE')
    assert.equal(await zombie.produce('txn', ['zombie']), 'INVALID_PRODUCER_EPOCH')
  }
  assert.equal(await producer.end(true), 'NONE')
  await producer.until('CompleteCommit')
  assert.deepEqual(await producer.committed('txn'), ['first', 'second'])
})

test('what an InitProducerId asks for is checked before anything is given out', async t => {
  const { producer } = await setUp(t)
  assert.equal(await producer.init({ timeoutMs: 900_001 }), 'INVALID_TRANSACTION_TIMEOUT')
  assert.equal(await producer.init({ timeoutMs: 0 }), 'INVALID_TRANSACTION_TIMEOUT')
  assert.equal(await producer.init({ expected: { producerId: 5, producerEpoch: -1 } }), 'INVALID_REQUEST')
  const nobody = new TransactionalClient(producer.client, '')
  assert.equal(await nobody.init(), 'INVALID_REQUEST')
  assert.equal(await nobody.add('txn'), 'INVALID_REQUEST')
  assert.equal(await nobody.end(true), 'INVALID_REQUEST')
  const stranger = new TransactionalClient(producer.client, 'stranger')
  assert.equal(await stranger.add('txn'), 'INVALID_PRODUCER_ID_MAPPING')
  assert.equal(await stranger.end(true), 'INVALID_PRODUCER_ID_MAPPING')
  const reply = await producer.client.send(InitProducerIdApi, 5, {
    transactionalId: null,
    transactionTimeoutMs: 0,
    producerId: -1,
    producerEpoch: -1,
  })
  assert.deepEqual([reply.errorCode, reply.producerEpoch], [ErrorCode.NONE, 0])
})

test('one partition that cannot join keeps the others out', async t => {
  const { producer } = await setUp(t)
  assert.equal(await producer.add('txn', [0, 9]), 'OPERATION_NOT_ATTEMPTED,UNKNOWN_TOPIC_OR_PARTITION')
  assert.equal(await producer.state(), 'Empty')
  assert.equal(await producer.add('none'), 'UNKNOWN_TOPIC_OR_PARTITION')
  assert.equal(await producer.add('__consumer_offsets'), 'TOPIC_AUTHORIZATION_FAILED')
})

test('brokers add and verify partitions of many transactions in one request', async t => {
  const { broker, producer } = await setUp(t)
  const second = await TransactionalClient.begin(t, broker, 'second')
  const of = (each: TransactionalClient, verifyOnly: boolean, partitions: number[]) => ({
    transactionalId: each.transactionalId,
    producerId: each.producerId,
    producerEpoch: each.producerEpoch,
    verifyOnly,
    topics: [{ name: 'txn', partitions }],
  })
  const ask = async (...transactions: ReturnType<typeof of>[]) => {
    const reply = await producer.client.send(AddPartitionsToTxnApi, 5, { transactions })
    assert.equal(reply.errorCode, ErrorCode.NONE)
    return reply.resultsByTransaction.map(({ topicResults }) =>
      topicResults[0]!.resultsByPartition.map(each => nameOf(each.partitionErrorCode)).join(),
    )
  }
  assert.deepEqual(await ask(of(producer, false, [0]), of(second, true, [0])), [
    'NONE',
    'TRANSACTION_ABORTABLE',
  ])
  assert.deepEqual(await ask(of(producer, true, [0, 1])), ['NONE,TRANSACTION_ABORTABLE'])
  second.producerEpoch = 9
  assert.deepEqual(await ask(of(second, true, [0])), ['PRODUCER_FENCED'])
})

test('offsets of a transaction wait for its end', async t => {
  const { producer } = await setUp(t)
  assert.equal(await producer.commitOffset('g', 'txn', 5), 'NONE')
  assert.equal(await producer.offset('g', 'txn'), -1)
  assert.equal(await producer.offset('g', 'txn', true), 'UNSTABLE_OFFSET_COMMIT')
  assert.equal(await producer.end(true), 'NONE')
  await producer.until('CompleteCommit')
  assert.equal(await producer.offset('g', 'txn', true), 5)
  assert.equal(await producer.commitOffset('g', 'txn', 9), 'NONE')
  assert.equal(await producer.offset('g', 'txn'), 5)
  assert.equal(await producer.end(false), 'NONE')
  await producer.until('CompleteAbort')
  assert.equal(await producer.offset('g', 'txn', true), 5)
})

test('a producer of version 2 goes on where the markers of its last transaction are late', async t => {
  const config = { 'add.partitions.to.txn.retry.backoff.max.ms': '10000' }
  const { broker, producer } = await setUp(t, { config })
  const markers = broker.service(transactionMarkers)
  const write = markers.write.bind(markers)
  let held = Promise.withResolvers<void>()
  t.mock.method(markers, 'write', async (...asked: Parameters<typeof write>) => {
    await held.promise
    return await write(...asked)
  })
  const verifier = broker.service(transactionVerifier)
  const admit = verifier.admit.bind(verifier)
  let asked = Promise.withResolvers<void>()
  t.mock.method(verifier, 'admit', (admission: Parameters<typeof admit>[0]) => {
    asked.resolve()
    return admit(admission)
  })
  for (const [what, begin] of [
    ['a batch', () => producer.produce('txn', ['value'])],
    ['an offset', () => producer.commitOffset('g', 'txn', 5)],
  ] as const) {
    held = Promise.withResolvers()
    assert.equal(await begin(), 'NONE')
    assert.equal(await producer.end(true), 'NONE')
    asked = Promise.withResolvers()
    const next = begin()
    await asked.promise
    held.resolve()
    assert.equal(await next, 'NONE', what)
    assert.equal(await producer.end(false), 'NONE')
    await producer.until('CompleteAbort')
  }
  assert.deepEqual(await producer.committed('txn'), ['value'])
  assert.equal(await producer.offset('g', 'txn', true), 5)
})

test('offsets that were refused do not count when their transaction commits, and those before them do', async t => {
  const { producer } = await setUp(t)
  const { client, transactionalId, producerId, producerEpoch } = producer
  await createTopic(client, 'wide', 300)
  assert.equal(await producer.commitOffset('g', 'wide', 3), 'NONE')
  // Together too large for one batch of __consumer_offsets.
  const partitions = Array.from({ length: 300 }, (_, partitionIndex) => ({
    partitionIndex,
    committedOffset: 77,
    committedMetadata: 'm'.repeat(4000),
  }))
  const reply = await client.send(TxnOffsetCommitApi, 5, {
    transactionalId,
    groupId: 'g',
    producerId,
    producerEpoch,
    topics: [{ name: 'wide', partitions }],
  })
  assert.ok(reply.topics[0]!.partitions.every(({ errorCode }) => errorCode !== ErrorCode.NONE))
  assert.equal(await producer.end(true), 'NONE')
  await producer.until('CompleteCommit')
  assert.equal(await producer.offset('g', 'wide', true), 3)
  await client.send(OffsetCommitApi, 8, {
    groupId: 'g',
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics: [
      { name: 'wide', partitions: [{ partitionIndex: 0, committedOffset: 100, committedMetadata: '' }] },
    ],
  })
  assert.equal(await producer.offset('g', 'wide'), 100)
})

test('offsets of a transaction of version 1 need AddOffsetsToTxn', async t => {
  const { producer } = await setUp(t)
  assert.equal(await producer.commitOffset('g', 'txn', 5, { version: 3 }), 'INVALID_TXN_STATE')
  assert.equal(await producer.commitOffset('g', 'txn', 5, { version: 4 }), 'TRANSACTION_ABORTABLE')
  assert.equal(await producer.addOffsets('g'), 'NONE')
  assert.equal(await producer.commitOffset('g', 'txn', 5, { version: 0 }), 'NONE')
  assert.equal(await producer.end(true, 1), 'NONE')
  await producer.until('CompleteCommit')
  assert.equal(await producer.offset('g', 'txn', true), 5)
})

test('who commits offsets for a group in a transaction is fenced by the generation', async t => {
  const { producer } = await setUp(t)
  const commit = (by: { generationId?: number; memberId?: string }) =>
    producer.commitOffset('g', 'txn', 1, by)
  assert.equal(await commit({ generationId: 3, memberId: 'm' }), 'ILLEGAL_GENERATION')
  assert.equal(await commit({}), 'NONE')
  assert.equal(await commit({ generationId: 3, memberId: 'm' }), 'UNKNOWN_MEMBER_ID')
})

test('a plain commit behind one of a transaction stays when that commits', async t => {
  const { producer } = await setUp(t)
  await producer.commitOffset('g', 'txn', 5)
  const reply = await producer.client.send(OffsetCommitApi, 8, {
    groupId: 'g',
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics: [{ name: 'txn', partitions: [{ partitionIndex: 0, committedOffset: 7, committedMetadata: '' }] }],
  })
  assert.equal(reply.topics[0]!.partitions[0]!.errorCode, ErrorCode.NONE)
  await producer.end(true)
  await producer.until('CompleteCommit')
  assert.equal(await producer.offset('g', 'txn', true), 7)
})

test('an offset that a transaction is about to change does not expire', async t => {
  let aheadMs = 0
  const clock: Clock = { ...nodeClock, now: () => nodeClock.now() + aheadMs }
  const { broker, producer } = await setUp(t, { clock, config: { 'offsets.retention.minutes': '1' } })
  const { offsets } = broker.service(groupCoordinator)
  await producer.commitOffset('g', 'txn', 3)
  assert.equal(await producer.end(true), 'NONE')
  await producer.until('CompleteCommit')
  await producer.commitOffset('g', 'txn', 5)
  aheadMs = 90_000
  await offsets.expire()
  assert.equal(await producer.offset('g', 'txn'), 3)
  assert.equal(await producer.end(false), 'NONE')
  await producer.until('CompleteAbort')
  await offsets.expire()
  assert.equal(await producer.offset('g', 'txn'), -1)
})

test('offsets that were deleted while their transaction was open do not come back with it', async t => {
  const { producer } = await setUp(t)
  await producer.commitOffset('g', 'txn', 5)
  await producer.client.send(OffsetDeleteApi, 0, {
    groupId: 'g',
    topics: [{ name: 'txn', partitions: [{ partitionIndex: 0 }] }],
  })
  assert.equal(await producer.offset('g', 'txn', true), -1)
  await producer.end(true)
  await producer.until('CompleteCommit')
  assert.equal(await producer.offset('g', 'txn', true), -1)
})

test('a transaction that its producer leaves open is aborted when its time is over, and the producer fenced', async t => {
  const config = { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': '20' }
  const { producer } = await setUp(t, { config })
  assert.equal(await producer.init({ timeoutMs: 50 }), 'NONE')
  await producer.produce('txn', ['late'])
  await producer.until('CompleteAbort')
  assert.equal(await producer.produce('txn', ['later']), 'INVALID_PRODUCER_EPOCH')
  assert.deepEqual(await producer.committed('txn'), [])
})

test('an id that nobody uses is forgotten', async t => {
  const config = {
    'transactional.id.expiration.ms': '30',
    'transaction.remove.expired.transaction.cleanup.interval.ms': '10',
  }
  const { producer } = await setUp(t, { config })
  await producer.until('TRANSACTIONAL_ID_NOT_FOUND')
  assert.equal(await producer.init(), 'NONE')
})

test('a topic that is deleted does not keep its transactions from ending', async t => {
  const { broker, producer } = await setUp(t)
  await createTopic(producer.client, 'other')
  await producer.produce('txn', ['kept'])
  await producer.produce('other', ['gone'])
  await broker.metadata.change(image => ({
    records: [{ type: 'removeTopic', topicId: image.topic('other')!.topicId }],
    result: undefined,
  }))
  assert.equal(await producer.end(true), 'NONE')
  await producer.until('CompleteCommit')
  assert.deepEqual(await producer.committed('txn'), ['kept'])
})

test('transactions are listed by state, producer, duration and pattern', async t => {
  const { broker, producer } = await setUp(t)
  const second = await TransactionalClient.begin(t, broker, 'second')
  await producer.produce('txn', ['open'])
  const list = async (filter: {
    stateFilters?: string[]
    producerIdFilters?: number[]
    durationFilter?: number
    transactionalIdPattern?: string
  }) => {
    const reply = await producer.client.send(ListTransactionsApi, 2, {
      stateFilters: [],
      producerIdFilters: [],
      durationFilter: -1,
      ...filter,
    })
    if (reply.errorCode !== ErrorCode.NONE) return nameOf(reply.errorCode)
    const found = reply.transactionStates.map(each => `${each.transactionalId} ${each.transactionState}`)
    return [...found.sort(), ...reply.unknownStateFilters.map(name => `? ${name}`)].join(', ')
  }
  assert.equal(await list({}), 'id Ongoing, second Empty')
  assert.equal(await list({ stateFilters: ['Ongoing', 'Odd'] }), 'id Ongoing, ? Odd')
  assert.equal(await list({ producerIdFilters: [second.producerId] }), 'second Empty')
  assert.equal(
    await list({ durationFilter: 60_000 }),
    'second Empty',
    'one that never began is old, as in Kafka',
  )
  assert.equal(await list({ transactionalIdPattern: 's.*' }), 'second Empty')
  assert.equal(await list({ transactionalIdPattern: 'sec' }), '', 'the whole id must match')
  assert.equal(await list({ transactionalIdPattern: '(' }), 'INVALID_REGULAR_EXPRESSION')
})

test('a pattern that would take for ever is stopped', async t => {
  const { broker, producer } = await setUp(t)
  await TransactionalClient.begin(t, broker, 'a'.repeat(40))
  const reply = await producer.client.send(ListTransactionsApi, 2, {
    stateFilters: [],
    producerIdFilters: [],
    transactionalIdPattern: '(a+)+b',
  })
  assert.equal(nameOf(reply.errorCode), 'INVALID_REGULAR_EXPRESSION')
})

test('every version of FindCoordinator tells of the transaction coordinator, and without it nobody else does', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const early = new TransactionalClient(client, 'early')
  assert.equal(await early.init(), 'NOT_COORDINATOR')
  assert.equal(await early.state(), 'NOT_COORDINATOR')
  const old = await client.send(FindCoordinatorApi, 1, { key: 'early', keyType: 1 })
  assert.deepEqual([old.errorCode, old.port], [ErrorCode.NONE, broker.port])
  const many = await client.send(FindCoordinatorApi, 6, { keyType: 1, coordinatorKeys: ['a', 'b'] })
  assert.deepEqual(
    many.coordinators.map(({ key, errorCode, port }) => [key, errorCode, port]),
    [
      ['a', ErrorCode.NONE, broker.port],
      ['b', ErrorCode.NONE, broker.port],
    ],
  )
  assert.equal(await early.init(), 'NONE')
})

test('a start goes on with what the last one has left: open, decided, or done', async t => {
  const dataDir = temporaryDirectory(t)
  const { broker, producer } = await setUp(t, { dataDir })
  assert.equal(await producer.init({ timeoutMs: 60_000 }), 'NONE')
  await producer.produce('txn', ['first'])
  await producer.commitOffset('g', 'txn', 1)
  await broker.close()
  const config = { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': '20' }
  const again = await startBroker(t, { dataDir, config })
  const client = await connect(t, again)
  const survivor = new TransactionalClient(client, 'id')
  Object.assign(survivor, { producerId: producer.producerId, producerEpoch: producer.producerEpoch })
  assert.equal(await survivor.state(), 'Ongoing')
  assert.deepEqual(await survivor.committed('txn'), [])
  assert.equal(await survivor.offset('g', 'txn', true), 'UNSTABLE_OFFSET_COMMIT')
  assert.equal(await survivor.end(true), 'NONE')
  await survivor.until('CompleteCommit')
  assert.deepEqual(await survivor.committed('txn'), ['first'])
  assert.equal(await survivor.offset('g', 'txn', true), 1)
})

test('an open transaction whose producer died with the broker ends by its timeout after the restart', async t => {
  const dataDir = temporaryDirectory(t)
  const { broker, producer } = await setUp(t, { dataDir })
  assert.equal(await producer.init({ timeoutMs: 1000 }), 'NONE')
  await producer.produce('txn', ['lost'])
  await broker.close()
  const config = { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': '20' }
  const again = await startBroker(t, { dataDir, config })
  const client = await connect(t, again)
  const watcher = new TransactionalClient(client, 'id')
  await watcher.until('CompleteAbort')
  assert.deepEqual(await watcher.committed('txn'), [])
})

test('a clock that was set back over a restart does not lengthen the time of an open transaction', async t => {
  const dataDir = temporaryDirectory(t)
  const hourAhead: Clock = { ...nodeClock, now: () => nodeClock.now() + 3_600_000 }
  const { broker, producer } = await setUp(t, { dataDir, clock: hourAhead })
  assert.equal(await producer.init({ timeoutMs: 1000 }), 'NONE')
  await producer.produce('txn', ['lost'])
  await broker.close()
  const config = { 'transaction.abort.timed.out.transaction.cleanup.interval.ms': '20' }
  const again = await startBroker(t, { dataDir, config })
  const watcher = new TransactionalClient(await connect(t, again), 'id')
  assert.equal(await watcher.state(), 'Ongoing')
  await watcher.until('CompleteAbort')
  assert.deepEqual(await watcher.committed('txn'), [])
})
