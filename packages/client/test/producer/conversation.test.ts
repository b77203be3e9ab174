// The producer against brokers that lose requests, move leaders, refuse sequences and throttle: nothing lost, nothing twice, in order.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Api,
  ErrorCode,
  InitProducerIdApi,
  MetadataApi,
  ProduceApi,
  type ProduceRequest,
  type ProduceResponseInit,
  readBatchHeader,
} from '@millrace/protocol'
import { type DeliveryReport, DeliveryTimeoutError, Producer, type ProducerOptions } from '../../src/index.ts'
import { type Arrival, FakeCluster, hangUp, silence } from '../support/fake-broker.ts'
import { FakeLog } from '../support/fake-log.ts'
import { quickClock } from '../support/quick-clock.ts'

type Produce = Arrival<ProduceRequest>

function answer(
  { request }: Produce,
  partition: (topicId: string, index: number, bytes: Buffer) => { errorCode: number; baseOffset?: number },
  throttleTimeMs = 0,
): ProduceResponseInit {
  return {
    throttleTimeMs,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index, records }) => {
        const { errorCode, baseOffset = -1 } = partition(topicId, index, records![0]!)
        return { index, errorCode, baseOffset }
      }),
    })),
  }
}

function setUp(options: Partial<ProducerOptions> = {}, brokers = [1]) {
  const cluster = new FakeCluster(brokers)
  cluster.topic('t', [1])
  const log = new FakeLog()
  const producer = new Producer({
    brokers: cluster.bootstrap,
    network: cluster.network,
    retryBackoffMs: 1,
    reconnectBackoffMs: 1,
    batchSize: 200,
    ...options,
  })
  const write = (arrival: Produce) => answer(arrival, (_topic, _index, bytes) => log.append(bytes))
  cluster.on(ProduceApi, write)
  return { cluster, log, producer, write }
}

const valuesUpTo = (count: number) => Array.from({ length: count }, (_, index) => `value-${index}`)

async function enqueueAll(producer: Producer, values: readonly string[]): Promise<void> {
  for (const value of values) while (!producer.enqueue({ topic: 't', value })) await producer.ready()
}

test('connections that break at every third request cost nothing but time', async () => {
  const { cluster, log, producer, write } = setUp()
  let requests = 0
  cluster.on(ProduceApi, arrival => {
    requests++
    // Lost before it was written, or written with the answer lost.
    if (requests % 3 === 0) return hangUp
    const response = write(arrival)
    return requests % 5 === 0 ? hangUp : response
  })
  const values = valuesUpTo(500)
  await enqueueAll(producer, values)
  await producer.close()
  assert.deepEqual(log.values, values)
})

test('retriable errors of a partition are retried without changing the order', async () => {
  const { cluster, log, producer } = setUp()
  let requests = 0
  cluster.on(ProduceApi, arrival =>
    answer(arrival, (_topic, _index, bytes) =>
      ++requests % 4 === 1 ? { errorCode: 19 } : log.append(bytes),
    ),
  )
  const values = valuesUpTo(300)
  await enqueueAll(producer, values)
  await producer.close()
  assert.deepEqual(log.values, values)
})

test('records follow a leader that moves', async () => {
  const { cluster, log, producer } = setUp({}, [1, 2])
  const topic = cluster.topics.get('t')!
  let written = 0
  cluster.on(ProduceApi, arrival =>
    answer(arrival, (_topic, _index, bytes) => {
      if (arrival.brokerId !== topic.leaders[0]) return { errorCode: 6 }
      if (++written === 3) {
        topic.leaders[0] = 2
        topic.leaderEpoch++
        return { errorCode: 6 }
      }
      return log.append(bytes)
    }),
  )
  const values = valuesUpTo(200)
  await enqueueAll(producer, values)
  await producer.close()
  assert.deepEqual(log.values, values)
  assert.ok(cluster.log.some(({ name, brokerId }) => name === 'Produce' && brokerId === 2))
})

test('a broker that forgot the producer is met with a new epoch that counts from 0', async () => {
  const { log, producer } = setUp()
  await producer.send({ topic: 't', value: 'before' })
  log.loseTrack()
  const values = valuesUpTo(100)
  await enqueueAll(producer, values)
  await producer.flush()
  assert.deepEqual(log.values, ['before', ...values])
  const last = log.batches.at(-1)!
  assert.equal(last.epoch, 1)
  assert.equal(log.batches.find(({ epoch }) => epoch === 1)!.sequence, 0)
  await producer.close()
})

test('a producer whose epochs are used up gets another id, and goes on', async () => {
  const { cluster, producer } = setUp()
  let asked = 0
  cluster.on(InitProducerIdApi, () => {
    // The next epoch of the first id is the last that a producer may raise it to.
    const producerEpoch = asked === 0 ? 32_765 : 0
    return { throttleTimeMs: 0, errorCode: 0, producerId: 70 + asked++, producerEpoch }
  })
  // A log tells one producer's epochs apart, not producers.
  const logs = new Map([70, 71].map(producerId => [producerId, new FakeLog()]))
  cluster.on(ProduceApi, arrival =>
    answer(arrival, (_topic, _index, bytes) => logs.get(readBatchHeader(bytes).producerId)!.append(bytes)),
  )
  const values: string[] = []
  for (let round = 0; round < 4; round++) {
    const sent = valuesUpTo(3).map(value => `${round} ${value}`)
    await Promise.all(sent.map(value => producer.send({ topic: 't', value })))
    values.push(...sent)
    for (const log of logs.values()) if (log.values.length > 0) log.loseTrack()
  }
  assert.deepEqual(
    [...logs.values()].flatMap(log => log.values),
    values,
  )
  assert.equal(asked, 2)
  const epochs = [...logs.values()].map(({ batches }) => [...new Set(batches.map(({ epoch }) => epoch))])
  assert.deepEqual(epochs, [
    [32_765, 32_766],
    [0, 1],
  ])
  await producer.close()
})

test('a partition under a new epoch leaves the others their numbers until they are done', async () => {
  const { cluster, producer } = setUp()
  cluster.topic('u', [1, 1])
  const logs = [new FakeLog(), new FakeLog()]
  cluster.on(ProduceApi, arrival => answer(arrival, (_topic, index, bytes) => logs[index]!.append(bytes)))
  const send = (partition: number, value: string) => producer.send({ topic: 'u', partition, value })
  await Promise.all([send(0, 'a'), send(1, 'b')])
  logs[0]!.loseTrack()
  await Promise.all([send(0, 'c'), send(1, 'd'), send(0, 'e'), send(1, 'f')])
  assert.deepEqual(logs[0]!.values, ['a', 'c', 'e'])
  assert.deepEqual(logs[1]!.values, ['b', 'd', 'f'])
  await producer.close()
})

test('a batch that expires unanswered fails, and what comes after starts a new epoch', async () => {
  const { cluster, log, producer, write } = setUp({ deliveryTimeoutMs: 500, requestTimeoutMs: 10_000 })
  await producer.send({ topic: 't', value: 'first' })
  cluster.on(ProduceApi, () => silence)
  await assert.rejects(producer.send({ topic: 't', value: 'lost' }), (error: DeliveryTimeoutError) => {
    assert.ok(error instanceof DeliveryTimeoutError)
    assert.match(
      error.message,
      /^1 record for t-0: not acknowledged within 500 ms \(no answer so far from fake:1\)$/,
    )
    return true
  })
  cluster.on(ProduceApi, write)
  cluster.cut(1)
  await producer.send({ topic: 't', value: 'second' })
  assert.deepEqual(log.values, ['first', 'second'])
  assert.deepEqual(
    log.batches.map(({ epoch, sequence }) => [epoch, sequence]),
    [
      [0, 0],
      [1, 0],
    ],
  )
  await producer.close()
})

test('sends that wait for room fail with the records before them, not a delivery timeout later', async () => {
  const { cluster, producer } = setUp({ deliveryTimeoutMs: 500, bufferMemory: 10_000, batchSize: 4_000 })
  cluster.on(ProduceApi, () => silence)
  const sends = Array.from({ length: 40 }, () => producer.send({ topic: 't', value: 'x'.repeat(1_000) }))
  const errors = (await Promise.allSettled(sends)).map(result => {
    assert.equal(result.status, 'rejected')
    assert.ok(result.reason instanceof DeliveryTimeoutError, String(result.reason))
    return result.reason.message
  })
  assert.match(errors.at(-1)!, /^no room for more records within deliveryTimeoutMs \(500\)/)
  assert.equal(
    errors.filter(message => !message.startsWith('no room')).length,
    producer.statistics.recordsFailed,
  )
  // Room may come a moment before the first of those who wait are late, but not twice.
  assert.ok(producer.statistics.recordsFailed < 30)
  await producer.close({ timeoutMs: 0 })
})

test('a topic that does not come is waited for no longer than a delivery takes', async () => {
  const fake = new FakeCluster()
  fake.on(MetadataApi, () => silence)
  const producer = new Producer({ brokers: fake.bootstrap, network: fake.network, deliveryTimeoutMs: 40 })
  await assert.rejects(
    producer.send({ topic: 't', value: 'v' }),
    /looking up topic "t" did not succeed within 40 ms/,
  )
  await producer.close({ timeoutMs: 0 })
})

test('a batch that may be in the log keeps its numbers when the one before it expires', async () => {
  const { cluster, log, producer, write } = setUp({
    deliveryTimeoutMs: 400,
    requestTimeoutMs: 10_000,
    lingerMs: 0,
  })
  await producer.send({ topic: 't', value: 'first' })
  cluster.on(ProduceApi, arrival => {
    write(arrival)
    return silence
  })
  const expired = assert.rejects(producer.send({ topic: 't', value: 'expires' }), DeliveryTimeoutError)
  await new Promise(resolve => setTimeout(resolve, 200))
  const sent = producer.send({ topic: 't', value: 'behind it' })
  await expired
  assert.deepEqual(log.values, ['first', 'expires', 'behind it'])
  cluster.on(ProduceApi, write)
  cluster.cut(1)
  assert.equal((await sent).offset, 2)
  await producer.send({ topic: 't', value: 'last' })
  assert.deepEqual(log.values, ['first', 'expires', 'behind it', 'last'])
  await producer.close()
})

test('a record that is refused for good does not hold up or renumber wrongly what follows', async () => {
  const { cluster, log, producer } = setUp()
  cluster.on(ProduceApi, arrival =>
    answer(arrival, (_topic, _index, bytes) => {
      const poisoned = bytes.includes('poison')
      return poisoned ? { errorCode: 87 } : log.append(bytes)
    }),
  )
  const sends = ['a', 'b', 'poison', 'c', 'd'].map(value =>
    producer.send({ topic: 't', value: value.padEnd(190, '.') }),
  )
  const outcomes = await Promise.allSettled(sends)
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
  )
  assert.deepEqual(
    log.values.map(value => value[0]),
    ['a', 'b', 'c', 'd'],
  )
  await producer.close()
})

test('full batches leave without waiting for answers, five at most', async () => {
  const { cluster, log, producer, write } = setUp()
  await producer.send({ topic: 't', value: 'first' })
  cluster.on(ProduceApi, async arrival => {
    await new Promise(resolve => setImmediate(resolve))
    return write(arrival)
  })
  const values = valuesUpTo(300)
  await enqueueAll(producer, values)
  await producer.close()
  assert.deepEqual(log.values, ['first', ...values])
  assert.equal(cluster.unansweredMax, 5)
})

test('while one request is on its way, records gather instead of going one by one', async () => {
  const { cluster, producer, write } = setUp({ batchSize: 100_000 })
  await producer.send({ topic: 't', value: 'first' })
  const released = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  cluster.on(ProduceApi, async arrival => {
    arrived.resolve()
    await released.promise
    return write(arrival)
  })
  const before = cluster.count('Produce')
  const sends = [producer.send({ topic: 't', value: 'alone' })]
  await arrived.promise
  for (let index = 0; index < 50; index++)
    sends.push(producer.send({ topic: 't', value: `together-${index}` }))
  released.resolve()
  await Promise.all(sends)
  assert.equal(cluster.count('Produce') - before, 2)
  await producer.close()
})

test('without idempotence there is no producer id, and acks 0 waits for no answer', async () => {
  const { cluster, log, producer, write } = setUp({ acks: 0 })
  cluster.on(ProduceApi, arrival => {
    write(arrival)
    return silence
  })
  const { offset } = await producer.send({ topic: 't', value: 'gone' })
  assert.equal(offset, -1)
  await producer.send({ topic: 't', value: 'gone too' })
  await producer.close()
  assert.deepEqual(log.values, ['gone', 'gone too'])
  assert.equal(cluster.count('InitProducerId'), 0)
  assert.equal(log.batches[0]!.sequence, -1)
})

test('a cluster that forbids idempotent writes says so on every record', async () => {
  const { cluster, producer } = setUp()
  cluster.on(InitProducerIdApi, () => ({
    throttleTimeMs: 0,
    errorCode: 31,
    producerId: -1,
    producerEpoch: -1,
  }))
  await assert.rejects(producer.send({ topic: 't', value: 'x' }), { code: 'CLUSTER_AUTHORIZATION_FAILED' })
  await assert.rejects(producer.send({ topic: 't', value: 'y' }), { code: 'CLUSTER_AUTHORIZATION_FAILED' })
  await producer.close()
})

test('the topic goes by name where the broker knows no topic ids in Produce', async () => {
  const { cluster, log, producer, write } = setUp()
  cluster.on(
    { ...ProduceApi, maxVersion: 9 } as unknown as typeof ProduceApi & Api<ProduceRequest>,
    arrival => {
      assert.equal(arrival.request.topicData[0]!.name, 't')
      return write(arrival)
    },
  )
  await producer.send({ topic: 't', value: 'old' })
  assert.deepEqual(log.values, ['old'])
  assert.equal(cluster.log.find(({ name }) => name === 'Produce')!.version, 9)
  await producer.close()
})

test('close gives up after its time, and says so', async () => {
  const { cluster, producer } = setUp()
  cluster.on(ProduceApi, () => silence)
  const sent = producer.send({ topic: 't', value: 'x' })
  const outcome = assert.rejects(sent, { code: 'CLOSED' })
  await new Promise(resolve => setTimeout(resolve, 10))
  await producer.close({ timeoutMs: 20 })
  await outcome
})

test('an aborted send stops waiting, and the record is written all the same', async () => {
  const { cluster, log, producer, write } = setUp()
  const controller = new AbortController()
  cluster.on(ProduceApi, arrival => {
    controller.abort(new Error('enough'))
    return write(arrival)
  })
  await assert.rejects(producer.send({ topic: 't', value: 'x' }, { signal: controller.signal }), /enough/)
  await producer.close()
  assert.deepEqual(log.values, ['x'])
})

test('close waits for sends that were called before it, even for their topic', async () => {
  const { cluster, log, producer } = setUp()
  cluster.topics.delete('t')
  const sent = producer.send({ topic: 't', value: 'x' })
  setTimeout(() => cluster.topic('t', [1]), 10)
  await producer.close()
  assert.equal((await sent).offset, 0)
  assert.deepEqual(log.values, ['x'])
})

test('close does not wait longer than it is told for a topic that does not come', async () => {
  const { cluster, producer } = setUp()
  cluster.topics.delete('t')
  const outcome = assert.rejects(producer.send({ topic: 't', value: 'x' }), { code: 'CLOSED' })
  await producer.close({ timeoutMs: 20 })
  await outcome
})

test('close is over after five seconds without an answer, and nothing is lost without a word', async () => {
  const reports: DeliveryReport[] = []
  const { cluster, producer } = setUp({ clock: quickClock, onDelivery: report => reports.push(report) })
  cluster.on(ProduceApi, () => silence)
  const outcome = assert.rejects(producer.send({ topic: 't', value: 'x' }), {
    code: 'CLOSED',
    message: /^the producer is closed: no answer for 5000 ms/,
  })
  for (let index = 0; index < 9; index++) producer.enqueue({ topic: 't', value: 'y' })
  const startedAt = quickClock.monotonic()
  await producer.close()
  const tookMs = quickClock.monotonic() - startedAt
  assert.ok(tookMs >= 4_900 && tookMs < 15_000, `${tookMs} ms`)
  await outcome
  assert.equal(
    reports.reduce((sum, { recordCount, error }) => sum + (error ? recordCount : 0), 0),
    producer.statistics.recordsEnqueued,
  )
})

test('close waits on while brokers answer, even with refusals, and says why it gives up on one that cannot be reached', async () => {
  const { cluster, log, producer, write } = setUp({ clock: quickClock, retryBackoffMaxMs: 500 })
  const startedAt = quickClock.monotonic()
  cluster.on(ProduceApi, arrival =>
    quickClock.monotonic() - startedAt < 12_000
      ? answer(arrival, () => ({ errorCode: ErrorCode.NOT_ENOUGH_REPLICAS }))
      : write(arrival),
  )
  const sent = producer.send({ topic: 't', value: 'x' })
  await producer.close()
  await sent
  assert.deepEqual(log.values, ['x'])
  const other = setUp({ clock: quickClock }, [1, 2])
  other.cluster.topics.get('t')!.leaders[0] = 2
  other.cluster.down.add(2)
  const outcome = assert.rejects(other.producer.send({ topic: 't', value: 'x' }), {
    code: 'CLOSED',
    message: 'the producer is closed: no answer for 5000 ms: cannot connect to fake:2: ECONNREFUSED 2',
  })
  await other.producer.close()
  await outcome
})
