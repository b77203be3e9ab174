// The parts of the exactly-once processor that need no broker: options, progress, and which failures are made good.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@millrace/protocol'
import {
  BrokerError,
  ConfigError,
  type ConsumerRecord,
  DeliveryTimeoutError,
  ExactlyOnceProcessor,
  GroupError,
  int32,
  json,
  nullable,
  ProducerFencedError,
  RecordTooLargeError,
  SerializationError,
  string,
  topic,
  TransactionAbortableError,
  TransactionFatalError,
} from '../src/index.ts'
import { mayPass } from '../src/exactly-once/failures.ts'
import { OpenWork } from '../src/exactly-once/open-work.ts'

const orders = topic('orders', { key: nullable(string()), value: json<{ readonly total: number }>() })

test('options that do not fit are refused by name', () => {
  const good = { brokers: ['fake:1'], groupId: 'g', topics: 't', eachRecord: () => null }
  const table: readonly [object, RegExp][] = [
    [{ groupId: undefined }, /groupId is missing/],
    [{ topics: undefined }, /topics is missing/],
    [{ eachRecord: undefined }, /give eachRecord or eachBatch/],
    [{ eachBatch: () => null }, /give eachRecord or eachBatch/],
    [{ eachMessage: () => null }, /there is no option "eachMessage"/],
    [{ consumer: { autoCommit: true } }, /consumer\.autoCommit is set by the processor/],
    [
      { consumer: { isolationLevel: 'read_uncommitted' } },
      /consumer\.isolationLevel is set by the processor/,
    ],
    [{ consumer: { maxPollRecord: 5 } }, /did you mean "maxPollRecords"/],
    [{ consumer: { topics: [orders] } }, /consumer\.topics is set by the processor/],
    [{ consumer: { onPoison: 'skip' } }, /consumer\.onPoison is set by the processor/],
    [{ onPoison: 'drop' }, /ExactlyOnceProcessor: onPoison is "drop"; it is "fail", "skip" or a function/],
    [{ topics: [orders, 'audit'] }, /topics has some with types and others by name/],
    [{ topics: [orders, orders] }, /ExactlyOnceProcessor: topics has "orders" twice/],
    [{ topics: orders, consumer: { keySerde: string() } }, /topics have serdes of their own/],
    [{ producer: { transactionalId: 'id' } }, /producer\.transactionalId is set by the processor/],
    [{ producer: { brokers: ['other:1'] } }, /write it beside "producer"/],
    [{ producer: { retries: 0 } }, /needs retries/],
    [{ producer: 'p' }, /producer is "p"; give an object/],
    [{ transactionIntervalMs: 20_000 }, /must be less than producer\.transactionTimeoutMs \(10000\)/],
    [{ maxRecordsPerTransaction: 0 }, /maxRecordsPerTransaction: 0/],
    [{ onTransformError: 'ignore' }, /it is stop, retry, skip, or a function/],
  ]
  for (const [options, message] of table)
    assert.throws(
      () => new ExactlyOnceProcessor({ ...good, ...options } as never),
      (error: Error) => {
        assert.ok(error instanceof ConfigError, String(error))
        assert.match(error.message, message)
        return true
      },
    )
  new ExactlyOnceProcessor({
    ...good,
    groupId: undefined,
    'group.id': 'g',
    'commit.interval.ms': '50',
  } as never)
})

test('records have the types of the topics that are read, and outputs those of the topics that are written', () => {
  const payments = topic('payments', { value: string(), headers: { attempt: int32() } })
  const common = { brokers: ['fake:1'], groupId: 'g' }
  new ExactlyOnceProcessor({
    ...common,
    topics: [orders, payments],
    eachRecord: record => {
      if (record.topic === 'orders') return { topic: 'totals', value: `${record.value.total + 1}` }
      const attempt: number = record.typedHeaders.attempt
      return { topic: payments, value: record.value, headers: { attempt: attempt + 1 } }
    },
    onPoison: ({ key, value, headers }) => ({ topic: 'dead', key, value, headers }),
  })
  new ExactlyOnceProcessor({
    ...common,
    topics: orders,
    eachBatch: batch => batch.toArray().map(({ value }) => ({ topic: 'totals', value: `${value.total}` })),
  })
  new ExactlyOnceProcessor({
    ...common,
    topics: ['orders', /^audit-/],
    consumer: { valueSerde: string() },
    eachRecord: ({ value }: ConsumerRecord<Buffer | null, string | null>) => ({ topic: 'copies', value }),
  })
  new ExactlyOnceProcessor({
    ...common,
    topics: 'orders',
    eachRecord: ({ key, value }) => ({ topic: 'copies', key, value }),
  })
})

test('a transaction knows where it began and where it is in each partition', () => {
  const work = new OpenWork(0)
  const batch = { topic: 't', partition: 0, firstOffset: 10 }
  const other = { topic: 't', partition: 1, firstOffset: 3 }
  work.at(batch, 12).offset = 15
  work.at(other, 3)
  work.at({ ...batch }, 15).offset = 20
  assert.deepEqual(work.offsets(), [{ topic: 't', partition: 0, offset: 20, leaderEpoch: -1 }])
  assert.deepEqual(
    work.progress().map(({ partition, first, offset }) => [partition, first, offset]),
    [
      [0, 12, 20],
      [1, 3, 3],
    ],
  )
  assert.ok(work.concerns([{ topic: 't', partition: 1 }]))
  assert.ok(
    !work.concerns([
      { topic: 't', partition: 2 },
      { topic: 'u', partition: 0 },
    ]),
  )
})

test('what another attempt may do better with is told from what needs somebody to look at it', () => {
  const lost = (cause: Error) => new TransactionAbortableError('lost', { cause })
  const broker = (name: keyof typeof ErrorCode) => lost(new BrokerError(ErrorCode[name], 'asking'))
  const passing = [
    new ProducerFencedError('another'),
    new TransactionFatalError('over', { recoverable: true }),
    new GroupError('COMMIT_FAILED', 'rebalanced'),
    lost(new GroupError('COMMIT_FAILED', 'rebalanced')),
    lost(new DeliveryTimeoutError('late')),
    broker('INVALID_PRODUCER_EPOCH'),
    broker('TRANSACTION_ABORTABLE'),
    broker('NOT_ENOUGH_REPLICAS'),
  ]
  const hopeless = [
    new TransactionFatalError('forbidden', { recoverable: false }),
    lost(new GroupError('FENCED', 'another')),
    lost(new RecordTooLargeError('large')),
    lost(new SerializationError({ topic: 't', part: 'value' }, new Error('of a serde'))),
    broker('TOPIC_AUTHORIZATION_FAILED'),
    broker('INVALID_RECORD'),
    new BrokerError(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, 'initialising'),
  ]
  for (const error of passing) assert.ok(mayPass(error), String(error))
  for (const error of hopeless) assert.ok(!mayPass(error), String(error))
})
