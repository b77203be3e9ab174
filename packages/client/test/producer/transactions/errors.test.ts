// Every error at every step of a transaction, in both versions: what the caller is told, and whether the producer goes on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import {
  BrokerError,
  GroupError,
  type KafkaError,
  type Producer,
  ProducerFencedError,
  TransactionAbortableError,
  TransactionFatalError,
} from '../../../src/index.ts'
import { FakeTransactions, type Scripted, type Step } from '../../support/fake-transactions.ts'

const group = { groupId: 'g', memberId: 'm', generation: 3, groupInstanceId: null }
const offsets = [{ topic: 'in', partition: 0, offset: 5 }]

/** A transaction of everything. */
async function transact(producer: Producer, value: string): Promise<void> {
  await producer.beginTransaction()
  const sent = producer.send({ topic: 't', partition: 0, value })
  sent.catch(() => {})
  await producer.sendOffsets(offsets, group)
  await producer.commitTransaction()
  await sent
}

type Outcome = 'again' | 'abort' | 'fenced' | 'over' | 'hopeless' | 'refused'

interface Row {
  readonly step: Step
  readonly outcome: Outcome
  readonly errors: readonly (keyof typeof ErrorCode)[]
  readonly versions?: readonly (1 | 2)[]
}

const coordinatorMoves = [
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR',
  'CONCURRENT_TRANSACTIONS',
] as const
const fences = ['PRODUCER_FENCED', 'INVALID_PRODUCER_EPOCH'] as const

const table: readonly Row[] = [
  { step: 'init', outcome: 'again', errors: coordinatorMoves },
  { step: 'init', outcome: 'fenced', errors: fences },
  {
    step: 'init',
    outcome: 'refused',
    errors: ['TRANSACTIONAL_ID_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED'],
  },
  { step: 'init', outcome: 'hopeless', errors: ['INVALID_TRANSACTION_TIMEOUT', 'UNSUPPORTED_VERSION'] },
  { step: 'init', outcome: 'over', errors: ['INVALID_REQUEST', 'UNKNOWN_SERVER_ERROR'] },
  {
    step: 'add partitions',
    versions: [1],
    outcome: 'again',
    errors: [...coordinatorMoves, 'UNKNOWN_TOPIC_OR_PARTITION'],
  },
  { step: 'add partitions', versions: [1], outcome: 'fenced', errors: fences },
  {
    step: 'add partitions',
    versions: [1],
    outcome: 'abort',
    errors: [
      'TOPIC_AUTHORIZATION_FAILED',
      'OPERATION_NOT_ATTEMPTED',
      'UNKNOWN_PRODUCER_ID',
      'TRANSACTION_ABORTABLE',
      'INVALID_REQUEST',
    ],
  },
  {
    step: 'add partitions',
    versions: [1],
    outcome: 'over',
    errors: ['INVALID_TXN_STATE', 'INVALID_PRODUCER_ID_MAPPING'],
  },
  {
    step: 'add partitions',
    versions: [1],
    outcome: 'hopeless',
    errors: ['TRANSACTIONAL_ID_AUTHORIZATION_FAILED'],
  },
  {
    step: 'produce',
    outcome: 'again',
    errors: ['NOT_LEADER_OR_FOLLOWER', 'CONCURRENT_TRANSACTIONS', 'NOT_ENOUGH_REPLICAS'],
  },
  {
    step: 'produce',
    outcome: 'abort',
    errors: [
      'INVALID_PRODUCER_EPOCH',
      'INVALID_TXN_STATE',
      'TRANSACTION_ABORTABLE',
      'OUT_OF_ORDER_SEQUENCE_NUMBER',
      'UNKNOWN_PRODUCER_ID',
      'TOPIC_AUTHORIZATION_FAILED',
      'INVALID_RECORD',
      'MESSAGE_TOO_LARGE',
    ],
  },
  { step: 'produce', outcome: 'fenced', errors: ['PRODUCER_FENCED'] },
  { step: 'produce', outcome: 'over', errors: ['INVALID_PRODUCER_ID_MAPPING'] },
  {
    step: 'produce',
    outcome: 'hopeless',
    errors: ['TRANSACTIONAL_ID_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED'],
  },
  { step: 'add offsets', versions: [1], outcome: 'again', errors: coordinatorMoves },
  { step: 'add offsets', versions: [1], outcome: 'fenced', errors: fences },
  {
    step: 'add offsets',
    versions: [1],
    outcome: 'abort',
    errors: ['GROUP_AUTHORIZATION_FAILED', 'UNKNOWN_PRODUCER_ID', 'TRANSACTION_ABORTABLE'],
  },
  { step: 'add offsets', versions: [1], outcome: 'over', errors: ['INVALID_TXN_STATE', 'INVALID_REQUEST'] },
  {
    step: 'commit offsets',
    outcome: 'again',
    errors: [...coordinatorMoves, 'REQUEST_TIMED_OUT', 'UNKNOWN_TOPIC_OR_PARTITION'],
  },
  { step: 'commit offsets', outcome: 'fenced', errors: fences },
  {
    step: 'commit offsets',
    outcome: 'abort',
    errors: [
      'GROUP_AUTHORIZATION_FAILED',
      'ILLEGAL_GENERATION',
      'UNKNOWN_MEMBER_ID',
      'STALE_MEMBER_EPOCH',
      'FENCED_INSTANCE_ID',
      'TRANSACTION_ABORTABLE',
      'OFFSET_METADATA_TOO_LARGE',
    ],
  },
  { step: 'commit offsets', outcome: 'hopeless', errors: ['UNSUPPORTED_FOR_MESSAGE_FORMAT'] },
  { step: 'commit offsets', outcome: 'over', errors: ['INVALID_TXN_STATE'] },
  { step: 'end', outcome: 'again', errors: coordinatorMoves },
  { step: 'end', outcome: 'fenced', errors: fences },
  { step: 'end', outcome: 'abort', errors: ['TRANSACTION_ABORTABLE', 'UNKNOWN_PRODUCER_ID'] },
  {
    step: 'end',
    outcome: 'over',
    errors: ['INVALID_TXN_STATE', 'INVALID_PRODUCER_ID_MAPPING', 'UNKNOWN_SERVER_ERROR'],
  },
  { step: 'end', outcome: 'hopeless', errors: ['TRANSACTIONAL_ID_AUTHORIZATION_FAILED'] },
]

/** What the error of a call is, and what the producer is good for after it. */
async function check(
  fake: FakeTransactions,
  outcome: Outcome,
  error: KafkaError,
  producer: Producer,
): Promise<void> {
  if (outcome === 'refused') {
    assert.ok(error instanceof BrokerError, String(error))
    await transact(producer, 'next')
    assert.deepEqual(fake.committed, ['next'])
    return
  }
  if (outcome === 'abort') {
    assert.ok(error instanceof TransactionAbortableError, String(error))
    await assert.rejects(producer.commitTransaction(), error)
    await assert.rejects(producer.send({ topic: 't', value: 'x' }), error)
    await producer.abortTransaction()
    await transact(producer, 'next')
    assert.deepEqual(fake.committed, ['next'])
    return
  }
  if (outcome === 'fenced') assert.ok(error instanceof ProducerFencedError, String(error))
  else {
    assert.ok(error instanceof TransactionFatalError, String(error))
    assert.equal(error.recoverable, outcome === 'over')
  }
  for (const call of [
    () => producer.beginTransaction(),
    () => producer.commitTransaction(),
    () => producer.abortTransaction(),
    () => producer.send({ topic: 't', value: 'x' }),
    () => producer.sendOffsets(offsets, group),
  ])
    await assert.rejects(call(), error)
  assert.throws(() => producer.enqueue({ topic: 't', value: 'x' }), error)
  assert.deepEqual(fake.committed, [])
}

for (const { step, outcome, errors, versions = [1, 2] as const } of table) {
  for (const version of versions) {
    test(`${step}, version ${version}: ${errors.join(', ')}: ${outcome}`, async () => {
      for (const name of errors) {
        const fake = new FakeTransactions(version)
        await using producer = fake.producer()
        fake.script(step, ErrorCode[name])
        if (outcome === 'again') {
          await transact(producer, 'first')
          assert.deepEqual(fake.committed, ['first'], name)
          assert.equal(fake.offsets.get('in-0'), 5)
          continue
        }
        const error = await transact(producer, 'first').then(
          () => assert.fail(`${name} was overlooked`),
          (reason: KafkaError) => reason,
        )
        await check(fake, outcome, error, producer)
      }
    })
  }
}

test('an answer that is lost is asked for again, and what was done is not done twice', async () => {
  const steps: Readonly<Record<1 | 2, readonly Step[]>> = {
    1: ['init', 'add partitions', 'produce', 'add offsets', 'commit offsets', 'end'],
    2: ['init', 'produce', 'commit offsets', 'end'],
  }
  for (const version of [1, 2] as const)
    for (const step of steps[version])
      for (const scripted of ['hang up', 'late', 'silence'] satisfies Scripted[]) {
        const fake = new FakeTransactions(version)
        await using producer = fake.producer({ requestTimeoutMs: 100 })
        fake.script(step, scripted)
        await transact(producer, 'first')
        await transact(producer, 'second')
        assert.deepEqual(fake.committed, ['first', 'second'], `${step} ${scripted}`)
      }
})

test('what a coordinator refuses for the group says so', async () => {
  const fake = new FakeTransactions(2)
  await using producer = fake.producer()
  await producer.beginTransaction()
  fake.script('commit offsets', ErrorCode.ILLEGAL_GENERATION)
  const error = await producer.sendOffsets(offsets, group).then(
    () => assert.fail('it was overlooked'),
    (reason: Error) => reason,
  )
  assert.ok(error instanceof TransactionAbortableError)
  assert.ok(error.cause instanceof GroupError)
  assert.equal(error.cause.code, 'COMMIT_FAILED')
  assert.ok(error.cause.cause instanceof BrokerError)
  await producer.abortTransaction()
})

test('an abort that is refused leaves no way on', async () => {
  for (const name of ['TRANSACTION_ABORTABLE', 'INVALID_TXN_STATE'] as const) {
    const fake = new FakeTransactions(2)
    await using producer = fake.producer()
    await producer.beginTransaction()
    await producer.send({ topic: 't', value: 'x' })
    fake.script('end', ErrorCode[name])
    await assert.rejects(producer.abortTransaction(), TransactionFatalError)
    await assert.rejects(producer.beginTransaction(), TransactionFatalError)
  }
})
