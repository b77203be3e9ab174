// Options and calls about transactions that do not fit, a coordinator that forbids the id, and what hooks hear.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import {
  BrokerError,
  type ClientHooks,
  ConfigError,
  Producer,
  StateError,
  TransactionFatalError,
} from '../../../src/index.ts'
import { FakeTransactions, offsets, record } from '../../support/fake-transactions.ts'

test('options that transactions cannot do with are refused by name', () => {
  const brokers = ['fake:1']
  const refuse = (options: object, message: RegExp) =>
    assert.throws(
      () => new Producer({ brokers, transactionalId: 'id', ...options }),
      (error: Error) => {
        assert.ok(error instanceof ConfigError)
        assert.match(error.message, message)
        return true
      },
    )
  refuse({ transactionalId: '' }, /transactionalId is empty/)
  refuse({ idempotence: false }, /transactionalId needs idempotence/)
  refuse({ acks: 1 }, /transactionalId needs acks "all", not 1/)
  refuse({ maxInFlight: 6 }, /maxInFlight 6/)
  refuse({ retries: 0 }, /retries/)
  refuse({ transactionTimeoutMs: 0 }, /transactionTimeoutMs: 0 is not between 1/)
  new Producer({ brokers, 'transactional.id': 'id', 'transaction.timeout.ms': '10000' })
})

test('calls about transactions are refused where they do not fit', async () => {
  const plain = new Producer({ brokers: ['fake:1'] })
  for (const call of [
    'initTransactions',
    'beginTransaction',
    'commitTransaction',
    'abortTransaction',
  ] as const)
    await assert.rejects(plain[call](), new RegExp(`${call} needs the option "transactionalId"`))
  await plain.close()
  const fake = new FakeTransactions(2)
  await using producer = fake.producer()
  await producer.beginTransaction()
  const wrong = (call: Promise<unknown>, message: RegExp) =>
    assert.rejects(call, (error: Error) => {
      assert.ok(error instanceof StateError, String(error))
      assert.match(error.message, message)
      return true
    })
  const untyped = producer as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>
  await wrong(untyped['sendOffsets']!({ topics: [] }, 'g'), /sendOffsets: offsets/)
  await wrong(
    untyped['sendOffsets']!([{ topic: 'in', partition: 0 }], 'g'),
    /offsets\[0\]\.offset is missing/,
  )
  await wrong(untyped['sendOffsets']!([{ topic: 'in', partition: 0, offset: -1 }], 'g'), /from 0 on/)
  await wrong(untyped['sendOffsets']!(offsets, { groupId: 'g' }), /group\.memberId is missing/)
  await wrong(untyped['sendOffsets']!(offsets, undefined), /sendOffsets: group is missing/)
  await wrong(untyped['commitTransaction']!({ timeout: 5 }), /did you mean "timeoutMs"/)
  await wrong(untyped['transaction']!(), /work is missing: write a function/)
  await producer.abortTransaction()
})

test('a coordinator that forbids the id is asked again once it allows it', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer()
  fake.script('init', ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
  await assert.rejects(producer.beginTransaction(), (error: Error) => {
    assert.ok(error instanceof BrokerError)
    assert.ok(!(error instanceof TransactionFatalError))
    return true
  })
  await producer.transaction(transaction => transaction.send(record('a')))
  assert.deepEqual(fake.committed, ['a'])
})

test('hooks hear of each step that the coordinator is asked for, and how it ended', async () => {
  const fake = new FakeTransactions(2)
  const steps: string[] = []
  const onTransaction: ClientHooks['onTransaction'] = ({ what, transactionalId, ms, error }) => {
    assert.ok(ms >= 0)
    steps.push(`${what} of ${transactionalId}${error ? `: ${error.name}` : ''}`)
  }
  await using producer = fake.producer({ hooks: [{ onTransaction }] })
  await producer.beginTransaction()
  await producer.send(record('a'))
  await producer.sendOffsets(offsets, 'g')
  await producer.commitTransaction()
  await producer.beginTransaction()
  await producer.send(record('b'))
  await producer.abortTransaction()
  const id = steps[0]!.split(' ').at(-1)!
  assert.deepEqual(
    steps,
    ['init', 'sendOffsets', 'commit', 'abort'].map(what => `${what} of ${id}`),
  )
})
