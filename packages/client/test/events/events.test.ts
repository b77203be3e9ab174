// What a client tells of its troubles while it works: what it waits for is named, once, and nothing is told when nobody listens.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, ListOffsetsApi, ProduceApi, type ProduceRequest } from '@millrace/protocol'
import { nodeClock } from '@millrace/runtime'
import { type ClientEvent, Cluster, ConfigError, DeliveryTimeoutError, Producer } from '../../src/index.ts'
import { EventDoor } from '../../src/events/event-door.ts'
import { connectionFailed, topicGone } from '../../src/events/client-event.ts'
import { type Arrival, FakeCluster, silence } from '../support/fake-broker.ts'
import { quickClock } from '../support/quick-clock.ts'

function written({ request }: Arrival<ProduceRequest>, errorCode = 0) {
  return {
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => ({ index, errorCode, baseOffset: 0 })),
    })),
  }
}

function setUp(brokers = [1]) {
  const fake = new FakeCluster(brokers)
  fake.topic('t', [brokers.at(-1)!])
  fake.on(ProduceApi, arrival => written(arrival))
  const events: ClientEvent[] = []
  const options = {
    brokers: [`fake:${brokers[0]}`],
    network: fake.network,
    clock: quickClock,
    onEvent: (event: ClientEvent) => events.push(event),
  }
  const told = (type: ClientEvent['type']) =>
    events.filter(event => event.type === type).map(event => event.message)
  return { fake, options, events, told }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setImmediate(resolve))
}

test('an advertised address that cannot be reached is named, in an event and in the error of what was for it', async () => {
  const { fake, options, told } = setUp([1, 2])
  fake.down.add(2)
  const producer = new Producer({ ...options, deliveryTimeoutMs: 3_000 })
  await assert.rejects(producer.send({ topic: 't', value: 'v' }), (error: DeliveryTimeoutError) => {
    assert.ok(error instanceof DeliveryTimeoutError)
    assert.match(
      error.message,
      /^1 record for t-0: not acknowledged within 3000 ms \(never sent; last error: cannot connect to fake:2: ECONNREFUSED 2\)$/,
    )
    return true
  })
  assert.deepEqual(told('connection.failed'), ['cannot connect to fake:2 (ECONNREFUSED 2), trying again'])
  await producer.close()
})

test('a connection that is lost and found again is told of both times', async () => {
  const { fake, options, told } = setUp()
  const producer = new Producer(options)
  await producer.send({ topic: 't', value: 'v' })
  fake.on(ProduceApi, () => silence)
  const sent = producer.send({ topic: 't', value: 'v' })
  await until(() => fake.count('Produce') === 2)
  fake.down.add(1)
  fake.cut(1)
  await until(() => told('connection.failed').length > 0)
  fake.on(ProduceApi, arrival => written(arrival))
  fake.down.clear()
  await sent
  assert.ok(told('connection.lost').includes('connection to fake:1 lost (connection reset), trying again'))
  assert.ok(told('connection.restored').includes('connected to fake:1 again'))
  await producer.close()
})

test('a broker that ends every connection as soon as it is asked is told of once, not at every try', async () => {
  const { fake, options, told } = setUp()
  fake.on(ProduceApi, () => {
    fake.cut(1)
    return silence
  })
  const producer = new Producer({ ...options, deliveryTimeoutMs: 8_000 })
  await assert.rejects(producer.send({ topic: 't', value: 'v' }), DeliveryTimeoutError)
  assert.ok(fake.count('Produce') > 5, `${fake.count('Produce')}`)
  // Before it was back for the first time, and after that.
  const lost = told('connection.lost').filter(message => message.endsWith('trying again'))
  assert.ok(lost.length <= 2, lost.join())
  await producer.close()
})

test('a batch without a leader, and one of a topic that is gone, expire with that reason', async () => {
  for (const [change, reason] of [
    [
      (fake: FakeCluster) => fake.topics.set('t', { ...fake.topics.get('t')!, leaders: [-1] }),
      'LEADER_NOT_AVAILABLE',
    ],
    [(fake: FakeCluster) => fake.topics.delete('t'), 'UNKNOWN_TOPIC_OR_PARTITION'],
  ] as const) {
    const { fake, options } = setUp()
    const producer = new Producer({ ...options, deliveryTimeoutMs: 5_000 })
    await producer.send({ topic: 't', value: 'v' })
    change(fake)
    fake.on(ProduceApi, arrival => written(arrival, ErrorCode.NOT_LEADER_OR_FOLLOWER))
    await assert.rejects(producer.send({ topic: 't', value: 'v' }), (error: Error) => {
      assert.ok(error.message.includes(`last error: finding the leader of t-0: ${reason}`), error.message)
      return true
    })
    await producer.close()
  }
})

test('a topic that is missing is told after a second, and one that goes at once', async () => {
  const { fake, options, told } = setUp()
  fake.topics.delete('t')
  await using cluster = new Cluster(options)
  const found = cluster.topic('t')
  await until(() => told('topic.unknown').length > 0)
  assert.deepEqual(told('topic.unknown'), ['topic "t" does not exist, waiting for it'])
  fake.topic('t', [1])
  await found
  fake.topics.delete('t')
  await cluster.refreshMetadata(['t'])
  assert.deepEqual(told('topic.gone'), ['topic "t" is gone'])
})

test('partitions that stay without a leader, and a topic that was made anew, are told', async () => {
  const { fake, options, told } = setUp()
  await using cluster = new Cluster(options)
  await cluster.refreshMetadata(['t'])
  fake.topics.delete('t')
  fake.topic('other', [1])
  fake.topic('t', [1, -1, -1])
  while (told('partition.leaderless').length === 0) await cluster.refreshMetadata(['t'])
  assert.deepEqual(told('topic.recreated'), ['topic "t" was deleted and made anew'])
  assert.deepEqual(told('partition.leaderless'), [
    'no leader for partitions 1, 2 of topic "t", waiting for one',
  ])
})

test('a partition that a topic does not have is told, and a call that waits for it', async () => {
  const { fake, options, told } = setUp()
  fake.on(ListOffsetsApi, () => assert.fail('there is no such partition'))
  await using cluster = new Cluster(options)
  const call = cluster.call(
    ListOffsetsApi,
    { replicaId: -1, topics: [] },
    {
      what: 'looking',
      to: { leaderOf: { topic: 't', partition: 7 } },
      check: () => {},
      totalTimeoutMs: 5_000,
    },
  )
  await assert.rejects(call, /finding the leader of t-7/)
  assert.deepEqual(told('partition.unknown'), ['topic "t" has no partition 7, waiting for it'])
  assert.match(told('call.retried')[0]!, /^looking: finding the leader of t-7: .*; trying again$/)
})

test('a batch that a broker refuses for now is told with the broker’s reason', async () => {
  const { fake, options, told } = setUp()
  let refusals = 3
  fake.on(ProduceApi, arrival => written(arrival, refusals-- > 0 ? ErrorCode.NOT_ENOUGH_REPLICAS : 0))
  const producer = new Producer(options)
  await producer.send({ topic: 't', value: 'v' })
  assert.equal(told('batch.retried').length, 1)
  assert.match(told('batch.retried')[0]!, /^writing to t-0: NOT_ENOUGH_REPLICAS \(19\): .*; trying again$/)
  await producer.close()
})

test('the same is told of the same thing every ten seconds at most', () => {
  let now = 0
  const told: string[] = []
  const door = new EventDoor({
    clock: { ...nodeClock, monotonic: () => now },
    onEvent: ({ subject }) => told.push(`${now} ${subject}`),
    logger: undefined,
  })
  for (; now < 21_000; now += 500) for (const topic of ['a', 'b']) door.emit(topicGone(topic))
  assert.deepEqual(told, ['0 a', '0 b', '10000 a', '10000 b', '20000 a', '20000 b'])
  door.forget('topic.gone', 'a')
  door.emit(topicGone('a'))
  assert.equal(told.at(-1), '21000 a')
})

test('a logger gets the facts and the message at the level of the event; one that throws costs nothing', async t => {
  const warnings: unknown[] = []
  t.mock.method(process, 'emitWarning', (warning: unknown) => warnings.push(warning))
  const lines: unknown[] = []
  const failure = new Error('from the logger')
  const logger = {
    debug: () => {},
    info: () => {},
    warn: (fields: object, message: string) => {
      lines.push([fields, message])
      throw failure
    },
    error: () => {},
  }
  const door = new EventDoor({ clock: nodeClock, onEvent: undefined, logger })
  door.emit(topicGone('t'))
  assert.deepEqual(lines, [[{ type: 'topic.gone', subject: 't', topic: 't' }, 'topic "t" is gone']])
  assert.deepEqual(warnings, [failure])
  assert.equal(new EventDoor({ clock: nodeClock, onEvent: undefined, logger: undefined }).active, false)
})

test('a logger that lacks a method, and a listener that is none, are refused', () => {
  const brokers = ['fake:1']
  assert.throws(() => new Producer({ brokers, logger: { info: () => {} } as never }), {
    constructor: ConfigError,
    message: /has no method "debug"; it needs debug, info, warn and error/,
  })
  assert.throws(
    () => new Producer({ brokers, onEvent: 'console' as never }),
    /onEvent: "console" is not a function/,
  )
})

test('what a call does is said once, though the error of its last attempt begins with it', async () => {
  const { options, told } = setUp()
  const producer = new Producer({ ...options, apiTimeoutMs: 2_000 })
  await assert.rejects(producer.send({ topic: 'missing', value: 'v' }), {
    message: /^looking up topic "missing" did not succeed within 2000 ms: UNKNOWN_TOPIC_OR_PARTITION \(3\)/,
  })
  await producer.close()
  assert.match(
    told('call.retried')[0]!,
    /^looking up topic "missing": UNKNOWN_TOPIC_OR_PARTITION .*; trying again$/,
  )
})

test('a connection that fails over what a function of the user gave is not said to be tried again', () => {
  const { level, message } = connectionFailed(
    'b:1',
    1,
    new ConfigError('sasl.password: the function gave no text'),
  )
  assert.equal(level, 'error')
  assert.equal(message, 'cannot connect to b:1 (sasl.password: the function gave no text)')
})
