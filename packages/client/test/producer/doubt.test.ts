// The producer where a broker's word leaves open what is in the log: what is acknowledged is there, each time, and in order.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ApiVersionsApi,
  ErrorCode,
  InitProducerIdApi,
  MetadataApi,
  ProduceApi,
  type ProduceRequest,
  type ProduceResponseInit,
} from '@millrace/protocol'
import { StandingClock } from '@millrace/testkit/clocks'
import { DeliveryTimeoutError, Producer, type ProducerOptions } from '../../src/index.ts'
import { type Arrival, FakeCluster } from '../support/fake-broker.ts'
import { FakeLog } from '../support/fake-log.ts'

type Answer = { errorCode: number; baseOffset?: number }

/** A producer whose batches leave at the end of each turn, and a log that `write` stands before. */
function setUp(write: (bytes: Buffer, log: FakeLog) => Answer, options: Partial<ProducerOptions> = {}) {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  const log = new FakeLog()
  cluster.on(ProduceApi, async ({ request }: Arrival<ProduceRequest>): Promise<ProduceResponseInit> => {
    // The next batches are on their way before the answer is.
    await new Promise(resolve => setTimeout(resolve, 2))
    return {
      throttleTimeMs: 0,
      responses: request.topicData.map(({ name, topicId, partitionData }) => ({
        name,
        topicId,
        partitionResponses: partitionData.map(({ index, records }) => ({
          index,
          baseOffset: -1,
          ...write(records![0]!, log),
        })),
      })),
    }
  })
  const producer = new Producer({
    brokers: cluster.bootstrap,
    network: cluster.network,
    retryBackoffMs: 1,
    retryBackoffMaxMs: 5,
    lingerMs: 0,
    ...options,
  })
  return { cluster, log, producer }
}

const turn = () => new Promise(resolve => setImmediate(resolve))

test('a batch that expires after the broker may have written it does not give its numbers to the next one', async () => {
  for (const errorCode of [
    ErrorCode.REQUEST_TIMED_OUT,
    ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
    ErrorCode.NOT_LEADER_OR_FOLLOWER,
    ErrorCode.KAFKA_STORAGE_ERROR,
  ]) {
    const clock = new StandingClock()
    const { cluster, log, producer } = setUp(
      (bytes, written) => {
        const answer = written.append(bytes)
        return bytes.includes('late') ? { errorCode } : answer
      },
      { deliveryTimeoutMs: 60_000, clock },
    )
    await producer.send({ topic: 't', value: 'first' })
    const late = assert.rejects(producer.send({ topic: 't', value: 'late' }), DeliveryTimeoutError)
    // That the broker was asked again says that its answer was heard.
    await clock.passUntil(() => cluster.count('Produce') > 2)
    await clock.passDuring(late, 1_000)
    assert.equal((await producer.send({ topic: 't', value: 'next' })).offset, 2)
    assert.deepEqual(log.values, ['first', 'late', 'next'])
    await producer.close()
  }
})

test('records behind one that is refused on a partition without a history are not taken for each other', async () => {
  const { cluster, log, producer } = setUp((bytes, written) =>
    bytes.includes('refused') ? { errorCode: ErrorCode.INVALID_RECORD } : written.append(bytes),
  )
  const refused = assert.rejects(producer.send({ topic: 't', value: 'refused' }), { code: 'INVALID_RECORD' })
  while (cluster.count('Produce') === 0) await turn()
  const second = producer.send({ topic: 't', value: 'second' })
  await refused
  assert.equal((await second).offset, 0)
  assert.equal((await producer.send({ topic: 't', value: 'third' })).offset, 1)
  assert.deepEqual(log.values, ['second', 'third'])
  await producer.close()
})

test('records behind one that is refused go under a new epoch when they were sent already', async () => {
  const { log, producer } = setUp((bytes, written) =>
    bytes.includes('refused') ? { errorCode: ErrorCode.INVALID_RECORD } : written.append(bytes),
  )
  await producer.send({ topic: 't', value: 'first' })
  const refused = assert.rejects(producer.send({ topic: 't', value: 'refused' }), { code: 'INVALID_RECORD' })
  await turn()
  const behind = producer.send({ topic: 't', value: 'behind' })
  await turn()
  await refused
  assert.equal((await behind).offset, 1)
  await producer.send({ topic: 't', value: 'last' })
  assert.deepEqual(log.values, ['first', 'behind', 'last'])
  await producer.close()
})

test('a first batch that must go again is not overtaken by the next one', async () => {
  let refusals = 1
  const { cluster, log, producer } = setUp(
    (bytes, written) =>
      refusals-- > 0 ? { errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER } : written.append(bytes),
    { deliveryTimeoutMs: 2_000 },
  )
  const first = producer.send({ topic: 't', value: 'first' })
  while (cluster.count('Produce') === 0) await turn()
  const second = producer.send({ topic: 't', value: 'second' })
  await Promise.all([first, second])
  assert.deepEqual(log.values, ['first', 'second'])
  await producer.close()
})

test('a cluster without idempotent writes says so at once', async () => {
  const { cluster, producer } = setUp((bytes, written) => written.append(bytes))
  cluster.on(ApiVersionsApi, () => ({
    errorCode: 0,
    throttleTimeMs: 0,
    apiKeys: [ApiVersionsApi, MetadataApi, ProduceApi].map(({ key, minVersion, maxVersion }) => ({
      apiKey: key,
      minVersion,
      maxVersion,
    })),
  }))
  cluster.on(InitProducerIdApi, () => assert.fail('it was not offered'))
  await assert.rejects(producer.send({ topic: 't', value: 'x' }), {
    code: 'VERSION_UNSUPPORTED',
    message: /idempotence: false/,
  })
  await producer.close()
})

test('a record that shares its batch with one that is too large is not taken for lost', async () => {
  const { log, producer } = setUp((bytes, written) =>
    bytes.includes('large') ? { errorCode: ErrorCode.MESSAGE_TOO_LARGE } : written.append(bytes),
  )
  const values = ['a', 'b', 'large', 'c', 'd']
  const outcomes = await Promise.allSettled(values.map(value => producer.send({ topic: 't', value })))
  assert.deepEqual(
    outcomes.map(outcome => (outcome.status === 'fulfilled' ? outcome.value.offset : outcome.reason.code)),
    [0, 1, 'RECORD_TOO_LARGE', 2, 3],
  )
  assert.deepEqual(log.values, ['a', 'b', 'c', 'd'])
  await assert.rejects(producer.sendBatch(values.map(value => ({ topic: 't', value }))), {
    code: 'RECORD_TOO_LARGE',
  })
  await producer.close()
})
