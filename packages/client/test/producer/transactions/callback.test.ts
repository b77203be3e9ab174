// Transactions as one call: what commits, what aborts, and what a callback leaves running behind it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import { Producer, ProducerFencedError, StateError, TransactionAbortableError } from '../../../src/index.ts'
import { FakeTransactions, offsets, record, until } from '../../support/fake-transactions.ts'

test('a callback that returns commits, and one that throws aborts', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer()
  const result = await producer.transaction(async transaction => {
    // Nobody waits for these: the commit does.
    void transaction.send(record('a'))
    void transaction.sendBatch([record('b')])
    while (!transaction.enqueue(record('c'))) await transaction.ready()
    await transaction.sendOffsets(offsets, 'g')
    return 42
  })
  assert.equal(result, 42)
  assert.deepEqual(fake.committed, ['a', 'b', 'c'])
  assert.equal(fake.offsets.get('in-0'), 5)

  const mine = new Error('mine')
  await assert.rejects(
    producer.transaction(async transaction => {
      await transaction.send(record('d'))
      await transaction.sendOffsets([{ topic: 'in', partition: 0, offset: 9 }], 'g')
      throw mine
    }),
    mine,
  )
  assert.deepEqual(fake.aborted, ['d'])
  assert.equal(fake.offsets.get('in-0'), 5)
  await producer.transaction(transaction => transaction.send(record('e')))
  assert.deepEqual(fake.committed, ['a', 'b', 'c', 'e'])
})

test('what a callback leaves running ends up in no other transaction', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer()
  let left: Parameters<Parameters<Producer['transaction']>[0]>[0] | undefined
  await producer.transaction(transaction => {
    left = transaction
  })
  await producer.beginTransaction()
  await assert.rejects(left!.send(record('x')), /this transaction is over/)
  await assert.rejects(left!.sendBatch([record('x')]), StateError)
  await assert.rejects(left!.sendOffsets(offsets, 'g'), StateError)
  assert.throws(() => left!.enqueue(record('x')), StateError)
  await producer.commitTransaction()
  assert.deepEqual(fake.committed, [])
})

test('a send that fails in a callback aborts, whether anybody waits for it or not', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer()
  fake.script('produce', ErrorCode.INVALID_RECORD)
  await assert.rejects(
    producer.transaction(async transaction => {
      void transaction.send(record('x'))
    }),
    TransactionAbortableError,
  )
  fake.script('produce', ErrorCode.INVALID_RECORD)
  await assert.rejects(
    producer.transaction(transaction => transaction.send(record('x'))),
    { code: 'INVALID_RECORD' },
  )
  await producer.transaction(transaction => transaction.send(record('a')))
  assert.deepEqual(fake.committed, ['a'])
})

test('a producer that is fenced in a callback says that it is over, and over what', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer()
  const mine = new Error('mine')
  await assert.rejects(
    producer.transaction(async transaction => {
      await transaction.send(record('x'))
      fake.fence()
      throw mine
    }),
    (error: Error) => {
      assert.ok(error instanceof ProducerFencedError)
      assert.equal(error.cause, mine)
      return true
    },
  )
  await assert.rejects(
    producer.transaction(() => {}),
    ProducerFencedError,
  )
  assert.deepEqual(fake.committed, [])
})

for (const place of ['the callback', 'a send', 'the abort'] as const) {
  test(`a transaction that is given up by its signal while ${place} is waited for ends at once`, async () => {
    const fake = new FakeTransactions(2)
    await using producer = fake.producer()
    if (place === 'a send') fake.script('produce', 'silence')
    if (place === 'the abort') fake.script('end', 'silence')
    const controller = new AbortController()
    const reason = new Error('given up')
    const startedAt = performance.now()
    let late: Promise<unknown> | undefined
    const call = producer.transaction(
      async transaction => {
        await Promise.race([transaction.send(record('a')), until(fake, 'produce')])
        if (place === 'the abort') {
          controller.abort(reason)
          throw reason
        }
        setImmediate(() => controller.abort(reason))
        if (place === 'a send') await transaction.send(record('b'))
        else await new Promise(resolve => setTimeout(resolve, 50))
        late = transaction.send(record('late'))
      },
      { signal: controller.signal },
    )
    await assert.rejects(call, reason)
    assert.ok(performance.now() - startedAt < 2_000, 'nobody waits for what does not come')
    if (place === 'the callback') {
      while (!late) await new Promise(resolve => setTimeout(resolve, 5))
      await assert.rejects(late, TransactionAbortableError)
      await producer.transaction(transaction => transaction.send(record('next')))
      assert.deepEqual(fake.committed, ['next'])
    }
    await producer.close({ timeoutMs: 0 }).catch(() => {})
  })
}
