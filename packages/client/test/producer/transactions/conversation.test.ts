// Transactions of a producer against a coordinator and a log in memory: what is committed, what is not, and in which requests.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import {
  BrokerError,
  DeliveryTimeoutError,
  StateError,
  TransactionAbortableError,
} from '../../../src/index.ts'
import { FakeTransactions, offsets, record, until } from '../../support/fake-transactions.ts'

test('a transaction of version 2 is Produce, TxnOffsetCommit and EndTxn, each with the versions of KIP-890', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer()
  for (const value of ['a', 'b']) {
    await producer.beginTransaction()
    await producer.send([record(value), record(`${value}1`, 1)])
    await producer.sendOffsets(offsets, 'g')
    await producer.commitTransaction()
  }
  assert.deepEqual(fake.committed, ['a', 'a1', 'b', 'b1'])
  assert.deepEqual(fake.asked, [
    'init v5',
    'produce v13',
    'commit offsets v5',
    'end v5',
    'produce v13',
    'commit offsets v5',
    'end v5',
  ])
  assert.equal(fake.epoch, 2, 'each transaction has an epoch of its own')
})

test('a transaction of version 1 tells the coordinator first, once for all partitions of a turn and once a group', async () => {
  const fake = new FakeTransactions(1)
  await using producer = fake.producer()
  for (const value of ['a', 'b']) {
    await producer.beginTransaction()
    await producer.send([record(value), record(`${value}1`, 1)])
    await producer.sendOffsets(offsets, 'g')
    await producer.sendOffsets(offsets, 'g')
    await producer.commitTransaction()
  }
  const each = [
    'add partitions v3',
    'produce v11',
    'add offsets v4',
    'commit offsets v4',
    'commit offsets v4',
    'end v4',
  ]
  assert.deepEqual(fake.asked, ['init v5', ...each, ...each])
  assert.deepEqual(fake.committed, ['a', 'a1', 'b', 'b1'])
  assert.equal(fake.epoch, 0, 'as long as nothing fails the epoch stays, and sequences go on')
})

test('a cluster that goes over to version 2 is followed with the next transaction, under a new epoch', async () => {
  const fake = new FakeTransactions(1)
  await using producer = fake.producer()
  await producer.transaction(transaction => transaction.send(record('a')))
  fake.raise(2)
  await producer.beginTransaction()
  fake.cluster.cut(1)
  await producer.send(record('b'))
  await producer.commitTransaction()
  await producer.transaction(transaction => transaction.send(record('c')))
  assert.deepEqual(fake.committed, ['a', 'b', 'c'])
  assert.deepEqual(fake.asked.slice(-3), ['init v5', 'produce v13', 'end v5'])
  assert.equal(fake.asked.filter(asked => asked === 'end v4').length, 2)
  fake.raise(1)
  fake.cluster.cut(1)
  await producer.transaction(transaction => transaction.send(record('d')))
  await producer.transaction(transaction => transaction.send(record('e')))
  assert.deepEqual(fake.committed.slice(-2), ['d', 'e'])
  assert.deepEqual(fake.asked.slice(-3), ['add partitions v3', 'produce v11', 'end v4'])
})

test('records outside of a transaction are refused', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer()
  await assert.rejects(producer.send(record('x')), StateError)
  await assert.rejects(producer.sendBatch([record('x')]), StateError)
  assert.throws(() => producer.enqueue(record('x')), StateError)
  await assert.rejects(producer.sendOffsets(offsets, 'g'), StateError)
  await assert.rejects(producer.commitTransaction(), StateError)
  await assert.rejects(producer.abortTransaction(), StateError)
  await producer.transaction(transaction => transaction.send(record('a')))
  await assert.rejects(producer.send(record('x')), StateError)
  assert.deepEqual(fake.committed, ['a'])
})

test('a transaction without anything in it asks nothing of the coordinator', async () => {
  for (const version of [1, 2] as const) {
    const fake = new FakeTransactions(version)
    await using producer = fake.producer()
    await producer.initTransactions()
    await producer.initTransactions()
    await producer.beginTransaction()
    await producer.commitTransaction()
    await producer.beginTransaction()
    await producer.abortTransaction()
    assert.deepEqual(fake.asked, ['init v5'])
  }
})

test('a commit waits for everything that was taken, and tells the first failure', async () => {
  for (const version of [1, 2] as const) {
    const fake = new FakeTransactions(version)
    await using producer = fake.producer({ lingerMs: 60_000 })
    await producer.beginTransaction()
    while (!producer.enqueue(record('a'))) await producer.ready()
    const sent = producer.send([record('b'), record('c', 1)])
    await producer.commitTransaction()
    await sent
    assert.deepEqual(fake.committed.toSorted(), ['a', 'b', 'c'])

    await producer.beginTransaction()
    fake.script('produce', ErrorCode.INVALID_RECORD)
    while (!producer.enqueue(record('d'))) await producer.ready()
    await assert.rejects(producer.commitTransaction(), (error: Error) => {
      assert.ok(error instanceof TransactionAbortableError)
      assert.equal((error.cause as BrokerError).code, 'INVALID_RECORD')
      return true
    })
    await producer.abortTransaction()
    await producer.transaction(transaction => {
      // To wait for it would take as long as it lingers.
      void transaction.send(record('e'))
    })
    assert.deepEqual(fake.committed.toSorted(), ['a', 'b', 'c', 'e'])
  }
})

test('records that run out of time cost the transaction, and what follows goes under a new epoch', async () => {
  for (const version of [1, 2] as const) {
    const fake = new FakeTransactions(version)
    await using producer = fake.producer({ deliveryTimeoutMs: 200, requestTimeoutMs: 400 })
    await producer.transaction(transaction => transaction.send(record('a')))
    await producer.beginTransaction()
    const { epoch } = fake
    fake.script('produce', 'silence')
    await assert.rejects(producer.send(record('late')), DeliveryTimeoutError)
    await assert.rejects(producer.send(record('x')), TransactionAbortableError)
    await producer.abortTransaction()
    await producer.transaction(transaction => transaction.send(record('b')))
    assert.deepEqual(fake.committed, ['a', 'b'])
    assert.ok(fake.epoch > epoch)
  }
})

test('an abort ends what is under way, and nothing of it arrives behind it', async () => {
  for (const version of [1, 2] as const) {
    const fake = new FakeTransactions(version)
    await using producer = fake.producer({ requestTimeoutMs: 200, maxInFlight: 1 })
    await producer.beginTransaction()
    await producer.send(record('written'))
    fake.script('produce', 'late')
    const onWire = producer.send(record('on the wire'))
    await until(fake, 'produce', 2)
    const waiting = producer.send(record('waiting'))
    const lookedUp = producer.send({ topic: 'unknown', value: 'x' })
    const outcomes = Promise.allSettled([onWire, waiting, lookedUp])
    await producer.abortTransaction()
    fake.cluster.topic('unknown', [1])
    for (const outcome of await outcomes) {
      assert.equal(outcome.status, 'rejected')
      assert.ok(outcome.reason instanceof TransactionAbortableError, String(outcome.reason))
    }
    assert.deepEqual(fake.committed, [])
    assert.deepEqual(fake.aborted, ['written', 'on the wire'])
    await producer.transaction(transaction => transaction.send([record('a'), record('b', 1)]))
    assert.deepEqual(fake.committed, ['a', 'b'])
  }
})
