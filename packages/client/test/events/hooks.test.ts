// What hooks hear and may change, producers first: facts of requests and batches, headers of records on their way out, their outcomes.
import assert from 'node:assert/strict'
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel'
import { test } from 'node:test'
import { ErrorCode, HeartbeatApi, ProduceApi, readBatchHeader, RecordBatchCursor } from '@millrace/protocol'
import {
  type BatchFacts,
  type ClientHooks,
  type ClientIdentity,
  Cluster,
  ConfigError,
  type ConnectionFacts,
  Producer,
  type ProducerOptions,
  type QueueFacts,
  type RequestFacts,
  type RetryFacts,
  type SendOutcome,
} from '../../src/index.ts'
import { FakeCluster, silence } from '../support/fake-broker.ts'

interface Seen {
  readonly topic: string
  readonly headers: readonly { readonly key: string; readonly value: string | undefined }[]
}

/** A cluster with a topic of one partition, and the records that were written to it. */
function setUp(hooks: readonly ClientHooks[], options: Partial<ProducerOptions> = {}) {
  const fake = new FakeCluster([1])
  fake.topic('t', [1])
  const written: Seen[] = []
  let errorCode = 0
  let throttleTimeMs = 0
  fake.on(ProduceApi, ({ request }) => ({
    throttleTimeMs,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index, records }) => {
        const baseOffset = written.length
        if (errorCode === 0) written.push(...recordsOf(records![0]!))
        return { index, errorCode, baseOffset: errorCode === 0 ? baseOffset : -1 }
      }),
    })),
  }))
  const producer = new Producer({
    brokers: fake.bootstrap,
    network: fake.network,
    retryBackoffMs: 1,
    clientId: 'tester',
    hooks,
    ...options,
  })
  const answer = (code: number, throttleMs = 0) => {
    errorCode = code
    throttleTimeMs = throttleMs
  }
  return { fake, producer, written, answer }
}

function recordsOf(bytes: Buffer): Seen[] {
  const cursor = new RecordBatchCursor().open(readBatchHeader(bytes))
  const seen: Seen[] = []
  while (cursor.next())
    seen.push({
      topic: 't',
      headers: cursor.headers().map(({ key, value }) => ({ key, value: value?.toString() })),
    })
  return seen
}

test('requests, connections and batches are told with what they cost, and of which client', async () => {
  const connections: ConnectionFacts[] = []
  const requests: RequestFacts[] = []
  const batches: BatchFacts[] = []
  const clients = new Set<ClientIdentity>()
  const { producer } = setUp(
    [
      {
        onConnection: facts => void connections.push(facts),
        onRequest: (facts, client) => void (requests.push(facts), clients.add(client)),
        onBatch: (facts, client) => void (batches.push(facts), clients.add(client)),
      },
    ],
    { compression: 'gzip' },
  )
  await producer.sendBatch(Array.from({ length: 100 }, () => ({ topic: 't', value: 'a'.repeat(100) })))
  await producer.close()

  assert.deepEqual([...clients], [{ kind: 'producer', clientId: 'tester', groupId: undefined }])
  const opened = connections.filter(({ what }) => what === 'opened')
  assert.deepEqual(
    opened.map(({ purpose, broker }) => `${purpose} ${broker}`),
    ['general fake:1', 'produce fake:1'],
  )
  assert.equal(connections.filter(({ what }) => what === 'closed').length, opened.length)

  const produce = requests.find(({ api }) => api === 'Produce')!
  assert.equal(produce.apiKey, 0)
  assert.equal(produce.broker, 'fake:1')
  assert.equal(produce.error, undefined)
  assert.ok(produce.bytesIn > 20 && produce.wireMs > 0 && produce.queueMs >= 0, JSON.stringify(produce))

  const [batch] = batches
  assert.equal(batches.length, 1)
  assert.equal(`${batch!.topic}-${batch!.partition}@${batch!.baseOffset}`, 't-0@0')
  assert.equal(batch!.records, 100)
  assert.equal(batch!.attempts, 1)
  assert.ok(batch!.recordBytes > 10_000 && batch!.batchBytes < 1_000, JSON.stringify(batch))
  assert.ok(produce.bytesOut > batch!.batchBytes && produce.bytesOut < batch!.batchBytes + 200)
  assert.ok(batch!.wireMs > 0)
})

test('requests that have to wait for their turn on a connection are told, and each has its number', async () => {
  const fake = new FakeCluster([1])
  let queue: QueueFacts[] = []
  const numbers: number[] = []
  fake.on(HeartbeatApi, () => ({ throttleTimeMs: 0, errorCode: 0 }))
  const cluster = new Cluster(
    {
      brokers: fake.bootstrap,
      network: fake.network,
      hooks: [
        {
          onQueue: facts => void queue.push(facts),
          onRequest: ({ api, correlationId }) => void (api === 'Heartbeat' && numbers.push(correlationId)),
        },
      ],
    },
    1,
  )
  const heartbeat = { groupId: 'g', generationId: 1, memberId: 'm' }
  const beat = () => cluster.request(HeartbeatApi, heartbeat, { to: { broker: 1 }, purpose: 'produce' })
  await beat()
  assert.equal(queue.length, 0)
  await Promise.all([beat(), beat(), beat()])
  assert.deepEqual(
    queue.map(({ broker, waiting }) => `${broker} ${waiting}`),
    ['fake:1 1', 'fake:1 2', 'fake:1 1', 'fake:1 0'],
  )
  const [first] = numbers
  assert.deepEqual(
    numbers,
    [0, 1, 2, 3].map(step => first! + step),
  )
  fake.on(HeartbeatApi, () => silence)
  queue = []
  const lost = Promise.allSettled([beat(), beat()])
  while (queue.length === 0) await new Promise(resolve => setImmediate(resolve))
  cluster.close()
  await lost
  assert.deepEqual(
    queue.map(({ waiting }) => waiting),
    [1, 0],
  )
})

test('batches that go again, are given up, and are throttled are told', async () => {
  const batches: BatchFacts[] = []
  const retries: RetryFacts[] = []
  const throttles: number[] = []
  const { producer, answer } = setUp([
    {
      onBatch: facts => void batches.push(facts),
      onRetry: facts => void retries.push(facts),
      onThrottle: ({ throttleMs }) => void throttles.push(throttleMs),
    },
  ])
  answer(ErrorCode.NOT_ENOUGH_REPLICAS)
  const sent = producer.send({ topic: 't', value: 'v' })
  while (retries.length === 0) await new Promise(resolve => setImmediate(resolve))
  answer(0, 7)
  await sent
  assert.equal(retries[0]!.what, 'writing to t-0')
  assert.deepEqual(retries[0]!.batch, { topic: 't', partition: 0, records: 1 })
  assert.equal(batches[0]!.attempts, retries.length + 1)
  assert.deepEqual(throttles, [7])

  answer(ErrorCode.TOPIC_AUTHORIZATION_FAILED)
  await assert.rejects(producer.send([{ topic: 't', value: 'v' }]), /TOPIC_AUTHORIZATION_FAILED/)
  assert.equal((batches[1]!.error as Error & { code: string }).code, 'TOPIC_AUTHORIZATION_FAILED')
  assert.equal(batches[1]!.baseOffset, -1)
  const { recordsFailed, batchesRetried, topics } = producer.statistics
  assert.deepEqual([recordsFailed, batchesRetried], [1, retries.length])
  assert.deepEqual(
    topics.map(({ topic, recordsDelivered, recordsRetried }) => [topic, recordsDelivered, recordsRetried]),
    [['t', 1, retries.length]],
  )
  await producer.close()
})

test('a hook adds headers to every record, whatever the call and the form of its headers, and hears of each outcome', async () => {
  const outcomes: SendOutcome[] = []
  const { producer, written } = setUp([
    {
      onSend(record) {
        record.headers.push({ key: 'trace', value: String(record.value) })
        return outcome => void outcomes.push(outcome)
      },
    },
  ])
  const given = { origin: 'shop' }
  const list = [{ key: 'origin', value: 'list' }]
  await producer.send({ topic: 't', value: 'a', headers: given })
  await producer.sendBatch([
    { topic: 't', value: 'b' },
    { topic: 't', value: 'c', headers: list },
  ])
  assert.equal(producer.enqueue({ topic: 't', value: 'd' }), true)
  await producer.flush()
  assert.deepEqual(
    written.map(({ headers }) => headers.map(({ key, value }) => `${key}=${value}`).join()),
    ['origin=shop,trace=a', 'trace=b', 'origin=list,trace=c', 'trace=d'],
  )
  assert.deepEqual([given, list], [{ origin: 'shop' }, [{ key: 'origin', value: 'list' }]])
  assert.deepEqual(
    outcomes,
    [0, 1, 2, 3].map(offset => ({ partition: 0, offset, error: undefined })),
  )
  await producer.close()
})

test('a record that is refused, by us or by the broker, has its outcome, and so have those of its call', async () => {
  const outcomes: (string | undefined)[] = []
  const heard = (value: unknown) => outcomes.push(String(value))
  const { producer, answer } = setUp([
    {
      onSend:
        ({ value }) =>
        ({ error }) =>
          void heard(`${String(value)}: ${error?.name}`),
    },
  ])
  await assert.rejects(
    producer.send([
      { topic: 't', value: 'a' },
      { topic: 't', value: 5 as never },
    ]),
    /a key or value for topic "t" is a number/,
  )
  assert.deepEqual(outcomes.splice(0), ['a: StateError', '5: StateError'])
  await assert.rejects(producer.send({ topic: 't', value: 'b', partition: 9 }), /there is no partition 9/)
  assert.deepEqual(outcomes.splice(0), ['b: StateError'])
  assert.throws(() => producer.enqueue({ topic: 't', value: 'c', partition: 9 }), /there is no partition 9/)
  assert.deepEqual(outcomes.splice(0), ['c: StateError'])
  answer(ErrorCode.TOPIC_AUTHORIZATION_FAILED)
  await assert.rejects(producer.send({ topic: 't', value: 'd' }))
  assert.deepEqual(outcomes.splice(0), ['d: BrokerError'])
  await producer.close()
})

test('what a hook throws is a warning, and hinders neither the client nor other hooks', async () => {
  const warnings: string[] = []
  const onWarning = (warning: Error) => void warnings.push(warning.message)
  process.on('warning', onWarning)
  let heard = 0
  const { producer } = setUp([
    {
      onBatch: () => {
        throw new Error('the first hook is broken')
      },
      onRequest: (async () => {
        throw new Error('the async hook is broken')
      }) as never,
    },
    { onBatch: () => void heard++ },
  ])
  await producer.send({ topic: 't', value: 'v' })
  await producer.close()
  await new Promise(resolve => setImmediate(resolve))
  process.off('warning', onWarning)
  assert.equal(heard, 1)
  assert.ok(warnings.includes('the first hook is broken'))
  assert.ok(warnings.includes('the async hook is broken'))
})

test('diagnostics channels carry the same facts, and nothing is active without a listener', async () => {
  // What brokers might subscribe to would wait for the first connection.
  const { producer } = setUp([], { metricsPush: false })
  const { hooks } = producer.cluster
  const { connection, request, throttle, batch, fetch, handedOut } = hooks
  const { rebalance, commit, retry, transaction, event } = hooks
  const outgoing = [connection, request, throttle, batch, retry, transaction, event]
  const incoming = [fetch, handedOut, rebalance, commit]
  assert.deepEqual(new Set([...outgoing, ...incoming].map(({ active }) => active)), new Set([false]))
  assert.equal(hooks.seesRecords, false)

  const messages: unknown[] = []
  const listener = (message: unknown) => void messages.push(message)
  const spans: string[] = []
  const sends = tracingChannel<string, { call: string; records: number; error?: Error }>(
    'millrace.client.send',
  )
  const traces = {
    start: ({ call, records }: { call: string; records: number }) =>
      void spans.push(`start ${call} ${records}`),
    asyncEnd: ({ call }: { call: string }) => void spans.push(`end ${call}`),
  }
  subscribe('millrace.client.batch', listener)
  sends.subscribe(traces as never)
  assert.equal(hooks.batch.active, true)
  await producer.send([
    { topic: 't', value: 'v' },
    { topic: 't', value: 'w' },
  ])
  unsubscribe('millrace.client.batch', listener)
  sends.unsubscribe(traces as never)
  assert.equal(hooks.batch.active, false)
  await producer.send({ topic: 't', value: 'x' })
  assert.equal(messages.length, 1)
  const { client, records } = messages[0] as BatchFacts & { client: ClientIdentity }
  assert.equal(client, hooks.client)
  assert.equal(records, 2)
  assert.deepEqual(spans, ['start send 2', 'end send'])
  await producer.close()
})

test('listening ends with the function that is returned, and each listener ends for itself', () => {
  const cluster = new Cluster({ brokers: ['fake:1'] })
  const { retry } = cluster.hooks
  const facts = { what: 'x', attempts: 1, backoffMs: 0, error: new Error('e'), batch: undefined }
  let heard = 0
  const listener = () => void heard++
  const [first, second] = [retry.listen(listener), retry.listen(listener)]
  retry.emit(facts)
  first()
  first()
  retry.emit(facts)
  assert.equal(heard, 3)
  assert.equal(retry.active, true)
  second()
  assert.equal(retry.active, false)
  cluster.close()
})

test('hooks that would never be called are refused by name', () => {
  const brokers = ['fake:1']
  for (const [hooks, message] of [
    ['x', 'hooks: "x" is not a list; write hooks: [ { onRequest: … } ]'],
    [[5], 'hooks: 5 is no object; it has methods such as onRequest'],
    [[{ onRequests: () => {} }], 'hooks: there is no "onRequests"; did you mean "onRequest"?'],
    [[{ onBatch: 5 }], 'hooks: onBatch is 5, not a function'],
  ] as const) {
    assert.throws(() => new Producer({ brokers, hooks: hooks as never }), new ConfigError(message))
  }
})

test('counts of connections and requests are those of the conversation', async () => {
  const { producer, fake } = setUp([])
  await producer.send({ topic: 't', value: 'v' })
  const { statistics } = producer.cluster
  assert.equal(statistics.requests, fake.log.length)
  assert.equal(statistics.responses, fake.log.length)
  assert.equal(statistics.connections, 2)
  assert.equal(statistics.connectionsOpened, 2)
  assert.equal(statistics.requestsInFlight, 0)
  assert.ok(statistics.bytesOut > 100 && statistics.bytesIn > 100 && statistics.latencyMsTotal > 0)
  assert.deepEqual(
    statistics.brokers.map(({ broker, nodeId, requests }) => [broker, nodeId, requests]),
    [['fake:1', 1, fake.log.length]],
  )
  await producer.close()
  assert.equal(producer.cluster.statistics.connections, 0)
  assert.equal(producer.cluster.statistics.connectionsClosed, 2)
})
