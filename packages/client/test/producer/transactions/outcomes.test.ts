// Ends of transactions that take their time or go wrong: an outcome is asked for until it is known, and closing loses none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiVersionsApi, ErrorCode, InitProducerIdApi } from '@millrace/protocol'
import { type Clock, nodeClock } from '@millrace/runtime'
import {
  OperationTimeoutError,
  ProducerFencedError,
  TransactionAbortableError,
  TransactionFatalError,
} from '../../../src/index.ts'
import { FakeTransactions, record, turn, until } from '../../support/fake-transactions.ts'

test('a transaction that the coordinator has ended is aborted, and in version 2 the producer goes on', async () => {
  for (const version of [1, 2] as const) {
    const fake = new FakeTransactions(version)
    await using producer = fake.producer()
    await producer.beginTransaction()
    await producer.send(record('x'))
    fake.timeOut()
    await assert.rejects(producer.send(record('late')), { code: 'INVALID_PRODUCER_EPOCH' })
    await assert.rejects(producer.commitTransaction(), TransactionAbortableError)
    if (version === 1) {
      await assert.rejects(producer.abortTransaction(), ProducerFencedError)
      continue
    }
    await producer.abortTransaction()
    await producer.transaction(transaction => transaction.send(record('a')))
    assert.deepEqual(fake.committed, ['a'])
  }
})

test('two transactions of one producer at a time are refused', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer()
  const both = await Promise.allSettled([producer.beginTransaction(), producer.beginTransaction()])
  assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
  await assert.rejects(
    producer.transaction(() => {}),
    /a transaction is open: await commitTransaction\(\) or abortTransaction\(\) first/,
  )
  await producer.commitTransaction()
})

test('a commit that runs out of time goes on, and its outcome is there for who asks again', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer({ requestTimeoutMs: 150 })
  await producer.beginTransaction()
  await producer.send(record('a'))
  fake.script('end', 'silence', 'silence')
  await assert.rejects(producer.commitTransaction({ timeoutMs: 30 }), (error: Error) => {
    assert.ok(error instanceof OperationTimeoutError)
    assert.match(
      error.message,
      /^commitTransaction of "id" is not done after 30 ms: .*; it goes on, and another call waits for its outcome$/,
    )
    return true
  })
  await assert.rejects(producer.abortTransaction(), /may be committed already/)
  await assert.rejects(producer.beginTransaction(), /its outcome is not known/)
  const reason = new Error('enough')
  await assert.rejects(producer.commitTransaction({ signal: AbortSignal.abort(reason) }), reason)
  const controller = new AbortController()
  const waiting = producer.commitTransaction({ signal: controller.signal })
  controller.abort(reason)
  await assert.rejects(waiting, reason)
  await producer.commitTransaction()
  assert.deepEqual(fake.committed, ['a'])
  await assert.rejects(producer.commitTransaction(), /no transaction is open/)
  await producer.transaction(transaction => transaction.send(record('b')))
  assert.deepEqual(fake.committed, ['a', 'b'])
})

test('a commit that succeeded while nobody waited cannot be aborted any more', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer({ requestTimeoutMs: 100 })
  await producer.beginTransaction()
  await producer.send(record('a'))
  fake.script('end', 'silence')
  await assert.rejects(producer.commitTransaction({ timeoutMs: 20 }), OperationTimeoutError)
  while (producer.inTransaction) await turn()
  await assert.rejects(producer.abortTransaction(), /the transaction is committed/)
  await producer.commitTransaction()
  assert.deepEqual(fake.committed, ['a'])
})

test('a broker that cannot raise an epoch is left to another producer', async () => {
  const fake = new FakeTransactions(1)
  fake.cluster.on(ApiVersionsApi, () => ({
    errorCode: 0,
    throttleTimeMs: 0,
    apiKeys: fake.cluster.apis.map(api => ({
      apiKey: api.key,
      minVersion: api.minVersion,
      maxVersion: api.key === InitProducerIdApi.key ? 2 : api.maxVersion,
    })),
  }))
  await using producer = fake.producer()
  await producer.beginTransaction()
  fake.script('produce', ErrorCode.INVALID_RECORD)
  await assert.rejects(producer.send(record('x')), { code: 'INVALID_RECORD' })
  await producer.abortTransaction()
  await assert.rejects(producer.beginTransaction(), (error: Error) => {
    assert.ok(error instanceof TransactionFatalError)
    assert.ok(error.recoverable)
    return true
  })
  await using another = fake.producer()
  await another.transaction(transaction => transaction.send(record('a')))
  assert.deepEqual(fake.committed, ['a'])
})

test('a commit that failed while nobody waited is told to who asks again', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer({ requestTimeoutMs: 100 })
  await producer.beginTransaction()
  await producer.send(record('a'))
  fake.script('end', 'silence', ErrorCode.PRODUCER_FENCED)
  await assert.rejects(producer.commitTransaction({ timeoutMs: 20 }), OperationTimeoutError)
  await until(fake, 'end', 2)
  await assert.rejects(producer.commitTransaction(), ProducerFencedError)
  await assert.rejects(producer.beginTransaction(), ProducerFencedError)
})

test('the next transaction waits for an abort that takes longer', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer({ requestTimeoutMs: 100 })
  await producer.beginTransaction()
  await producer.send(record('x'))
  fake.script('end', 'silence')
  await assert.rejects(producer.abortTransaction({ timeoutMs: 20 }), OperationTimeoutError)
  await producer.transaction(transaction => transaction.send(record('a')))
  assert.deepEqual(fake.committed, ['a'])
})

test('initialising that runs out of time goes on', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer({ requestTimeoutMs: 100 })
  fake.script('init', 'silence')
  await assert.rejects(producer.beginTransaction({ timeoutMs: 20 }), OperationTimeoutError)
  await producer.beginTransaction()
  await producer.commitTransaction()
  assert.deepEqual(fake.asked, ['init v5', 'init v5'])
})

test('closing aborts what is open, and waits for a commit that is under way', async () => {
  const fake = new FakeTransactions(2)
  const open = fake.producer()
  await open.beginTransaction()
  const sent = open.send(record('x'))
  sent.catch(() => {})
  await until(fake, 'produce')
  await open.close()
  assert.deepEqual(fake.aborted, ['x'])
  await assert.rejects(open.beginTransaction(), { code: 'CLOSED' })

  const committing = fake.producer()
  await committing.beginTransaction()
  void committing.send(record('a'))
  const committed = committing.commitTransaction()
  await committing.close()
  await committed
  assert.deepEqual(fake.committed, ['a'])
})

test('closing does not wait for a coordinator that says nothing', async () => {
  const fake = new FakeTransactions(2)
  const producer = fake.producer()
  await producer.beginTransaction()
  await producer.send(record('x'))
  fake.script('end', 'silence')
  const commit = producer.commitTransaction()
  commit.catch(() => {})
  await until(fake, 'end')
  await producer.close({ timeoutMs: 50 })
  await assert.rejects(commit, { code: 'CLOSED' })
})

test('what takes as long as it takes is waited for without a timer', async () => {
  const fake = new FakeTransactions(2)
  const setTimer: Clock['setTimer'] = (delayMs, run, options) => {
    assert.ok(Number.isFinite(delayMs), `no clock has a timer of ${delayMs} ms`)
    return nodeClock.setTimer(delayMs, run, options)
  }
  await using producer = fake.producer({ clock: { ...nodeClock, setTimer } })
  await producer.transaction(transaction => transaction.send(record('a')), { timeoutMs: Infinity })
  assert.deepEqual(fake.committed, ['a'])
})
