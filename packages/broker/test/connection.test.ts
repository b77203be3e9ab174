// Order, pipelining and errors of the requests on one connection.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { ApiVersionsApi, ErrorCode, FetchApi, MetadataApi, ProduceApi } from '@millrace/protocol'
import { HeldClock } from '@millrace/testkit/clocks'
import { fetchService } from '../src/fetch/service.ts'
import { fetchRepliesMaxBytes } from '../src/limits.ts'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  LineCollector,
  startBroker,
  valuesOf,
  onlyPartition,
  produce,
} from './broker-fixture.ts'

/** Longer than it takes a broker to look for idle connections again. */
const idleCheckMs = 150
const everything = { topics: null, allowAutoTopicCreation: true }

test('requests sent at once are answered in their order, a slow one holding those behind it', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'slow')
  const order: string[] = []
  const long = fetchFrom(client, 'slow', 0, { maxWaitMs: 150 }).then(() => order.push('fetch'))
  const quick = client.send(MetadataApi, 4, everything).then(() => order.push('metadata'))
  const last = client.send(ApiVersionsApi, 0, {}).then(() => order.push('versions'))
  await Promise.all([long, quick, last])
  assert.deepEqual(order, ['fetch', 'metadata', 'versions'])
})

test('a request that waits holds its own connection only', async t => {
  const broker = await startBroker(t)
  const waiting = await connect(t, broker)
  const other = await connect(t, broker)
  await createTopic(other, 'quiet')
  let answered = false
  const long = fetchFrom(waiting, 'quiet', 0, { maxWaitMs: 10_000 }).then(() => {
    answered = true
  })
  await other.send(MetadataApi, 4, everything)
  assert.equal(answered, false)
  await produce(other, 'quiet', batchOf(['x']))
  await long
})

test('bytes behind a request are passed over', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const frame = client.frame(MetadataApi, 13, everything, 77)
  const longer = Buffer.concat([frame, Buffer.from([0, 0, 0])])
  longer.writeInt32BE(longer.length - 4, 0)
  const reply = await client.raw(longer, 77)
  assert.ok(reply.remaining > 0)
  assert.equal((await client.send(MetadataApi, 13, everything)).brokers.length, 1)
})

test('pipelined produce requests keep their order in the log and in the replies', async t => {
  const broker = await startBroker(t, { config: { 'log.fsync': 'group' } })
  const client = await connect(t, broker)
  await createTopic(client, 'ordered')
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, index) => produce(client, 'ordered', batchOf([String(index)]))),
  )
  assert.deepEqual(
    replies.map(reply => [reply.errorCode, reply.baseOffset]),
    replies.map((_, index) => [0, index]),
  )
  const fetched = onlyPartition(await fetchFrom(client, 'ordered', 0))
  assert.deepEqual(
    valuesOf(fetched),
    replies.map((_, index) => `${index}:${index}`),
  )
})

test('a peer that speaks another protocol is told apart in the log', async t => {
  const logger = new LineCollector()
  const broker = await startBroker(t, { logger })
  for (const [beginning, message] of [
    [
      'POST /topics HTTP/1.1\r\n\r\n',
      /HTTP, which is not the protocol of Kafka: the client is at the wrong port/,
    ],
    [
      '\u0016\u0003\u0001\u0002\u0000\u0001',
      /TLS, which is not .*: the client is set to use TLS, and this listener does not/,
    ],
  ] as const) {
    const bad = await connect(t, broker)
    bad.socket.write(Buffer.from(beginning, 'latin1'))
    await bad.closed
    assert.match(JSON.stringify(logger.lines), message)
  }
})

test('a request without records that is larger than any has to be ends the connection, and one with records does not', async t => {
  const logger = new LineCollector()
  const broker = await startBroker(t, {
    logger,
    topics: ['large'],
    config: { 'message.max.bytes': 20 << 20 },
  })
  const client = await connect(t, broker)
  assert.equal((await produce(client, 'large', batchOf(['x'.repeat(9 << 20)]))).errorCode, ErrorCode.NONE)
  const topics = Array.from({ length: 300 }, (_, index) => ({ name: `${index}`.padEnd(30_000, 'x') }))
  await assert.rejects(client.send(MetadataApi, 4, { topics, allowAutoTopicCreation: false }), /closed/)
  const { fields } = logger.lines.find(({ event }) => event === 'connection.bad_request')!
  assert.match(String(fields['error']), /request of Metadata has 9\d+ bytes.*divide it/)
})

const rude: readonly (readonly [string, string])[] = [
  ['a size beyond the limit', '7fffffff'],
  ['a negative size', 'ffffffff'],
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\n\r\n').toString('hex')],
  ['a frame too short for a header', '00000004' + '00030001'],
  ['an API that does not exist', '0000000a' + '03e7' + '0000' + '00000001' + '0000'],
  ['an API that is internal', '0000000a' + '0006' + '0000' + '00000001' + '0000'],
  ['a version that does not exist', '0000000a' + '0003' + '0063' + '00000001' + '0000'],
  ['Produce in a version that is advertised but gone', '0000000a' + '0000' + '0001' + '00000001' + '0000'],
  ['a body that is cut off', '0000000c' + '0003' + '0004' + '00000001' + '0000' + '0000'],
  ['a body with an array that cannot be', '0000000e' + '0003' + '0004' + '00000001' + '0000' + '7fffffff'],
  ['a client id longer than the frame', '0000000a' + '0003' + '0004' + '00000001' + '7fff'],
]

for (const [what, hex] of rude) {
  test(`${what} ends the connection with a log line and harms no other`, async t => {
    const logger = new LineCollector()
    const broker = await startBroker(t, { logger })
    const good = await connect(t, broker)
    const bad = await connect(t, broker)
    bad.socket.write(Buffer.from(hex, 'hex'))
    await bad.closed
    assert.ok(logger.events().includes('connection.bad_request'))
    await good.send(MetadataApi, 4, everything)
    assert.equal(broker.connectionCount, 1)
  })
}

test('acks=0 gets no reply; when it fails the connection ends, which is all a producer can be told', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'fire')
  const request = (topic: string) => ({
    transactionalId: null,
    acks: 0,
    timeoutMs: 1000,
    topicData: [{ name: topic, partitionData: [{ index: 0, records: [batchOf(['x'])] }] }],
  })
  client.post(ProduceApi, 9, request('fire'))
  await client.send(ApiVersionsApi, 0, {})
  assert.equal(broker.partition('fire', 0)?.logEndOffset, 1)
  client.post(ProduceApi, 9, request('nowhere'))
  await client.closed
})

test('connections over the limits are closed at once', async t => {
  const broker = await startBroker(t, { config: { 'max.connections': 2 } })
  const first = await connect(t, broker)
  const second = await connect(t, broker)
  await Promise.all([first.send(ApiVersionsApi, 0, {}), second.send(ApiVersionsApi, 0, {})])
  const third = await connect(t, broker)
  await third.closed
  await first.close()
  await until(() => broker.connectionCount === 1)
  const fourth = await connect(t, broker)
  await fourth.send(ApiVersionsApi, 0, {})
})

test('an address may have fewer connections than the rest', async t => {
  const broker = await startBroker(t, { config: { 'max.connections.per.ip.overrides': '127.0.0.1:1' } })
  const first = await connect(t, broker)
  await first.send(ApiVersionsApi, 0, {})
  await (await connect(t, broker)).closed
})

test('idle connections are closed, those that wait for a reply are not', async t => {
  const clock = new HeldClock()
  const broker = await startBroker(t, { clock, config: { 'connections.max.idle.ms': 200 } })
  const idle = await connect(t, broker)
  const waiting = await connect(t, broker)
  await createTopic(waiting, 'idle')
  const long = fetchFrom(waiting, 'idle', 0, { maxWaitMs: 60_000 })
  await until(() => broker.service(fetchService).purgatory.size > 0 && broker.connectionCount === 2)
  clock.pass(201)
  await idle.closed
  await produce(await connect(t, broker), 'idle', batchOf(['at last']))
  assert.deepEqual(valuesOf(onlyPartition(await long)), ['0:at last'])
})

test('a connection whose peer takes no replies is idle, however much it has asked for', async t => {
  const clock = new HeldClock()
  const broker = await startBroker(t, { clock, config: { 'connections.max.idle.ms': 300 } })
  const writer = await connect(t, broker)
  await createTopic(writer, 'deaf')
  for (let index = 0; index < 8; index++) await produce(writer, 'deaf', batchOf(['v'.repeat(900_000)]))
  const reader = await connect(t, broker)
  reader.socket.pause()
  for (let index = 0; index < 100; index++) fetchFrom(reader, 'deaf', index % 8).catch(() => {})
  await until(() => {
    // Whoever still gets something is not idle, however often time passes.
    clock.pass(301)
    return broker.connectionCount === 0
  }, idleCheckMs)
})

test('replies that nobody takes are bounded over all connections, and each reader gets on', async t => {
  const broker = await startBroker(t)
  const writer = await connect(t, broker)
  await createTopic(writer, 'bulk', 10)
  const values = Array.from({ length: 4 }, () => 'v'.repeat(900_000))
  for (let partition = 0; partition < 10; partition++)
    for (const value of values) await produce(writer, 'bulk', batchOf([value]), { partition })
  const topics = [
    {
      topic: 'bulk',
      partitions: Array.from({ length: 10 }, (_, partition) => ({
        partition,
        fetchOffset: 0,
        partitionMaxBytes: 10_000_000,
      })),
    },
  ]
  const { replies } = broker.service(fetchService)
  const readers = await Promise.all(Array.from({ length: 12 }, () => connect(t, broker)))
  for (const reader of readers) {
    reader.socket.pause()
    reader.post(FetchApi, 11, { maxWaitMs: 0, minBytes: 1, maxBytes: 50 << 20, topics })
  }
  // Each asks for 36 MB.
  await until(() => replies.outBytes > fetchRepliesMaxBytes - (5 << 20))
  await writer.send(MetadataApi, 4, everything)
  assert.ok(replies.outBytes < fetchRepliesMaxBytes + readers.length * (1 << 20), `${replies.outBytes} bytes`)
  const late = await fetchFrom(writer, 'bulk', 0, { partitionMaxBytes: 10_000_000 })
  assert.equal(valuesOf(onlyPartition(late)).length, 1, 'one batch in need')
  for (const reader of readers) reader.socket.destroy()
  await until(() => replies.outBytes === 0)
  const again = await fetchFrom(writer, 'bulk', 0, { partitionMaxBytes: 10_000_000 })
  assert.equal(valuesOf(onlyPartition(again)).length, 4)
})

test('a client that does not read its replies is not read from either, and loses nothing', async t => {
  const broker = await startBroker(t)
  const writer = await connect(t, broker)
  await createTopic(writer, 'bulk')
  for (let index = 0; index < 8; index++) await produce(writer, 'bulk', batchOf(['v'.repeat(900_000)]))
  const reader = await connect(t, broker)
  reader.socket.pause()
  const count = 60
  const replies = Array.from({ length: count }, (_, index) =>
    fetchFrom(reader, 'bulk', index % 8, { maxWaitMs: 100 }),
  )
  await writer.send(MetadataApi, 4, everything)
  reader.socket.resume()
  for (const [index, reply] of (await Promise.all(replies)).entries()) {
    assert.ok(valuesOf(onlyPartition(reply))[0]!.startsWith(`${index % 8}:`))
  }
})

test('with more requests than the broker may hold, connections wait and everything is answered', async t => {
  const broker = await startBroker(t, {
    config: { 'queued.max.request.bytes': 50_000, 'log.fsync': 'group' },
    topics: ['crowd'],
  })
  const clients = await Promise.all(Array.from({ length: 5 }, () => connect(t, broker)))
  const replies = await Promise.all(
    clients.flatMap(client =>
      Array.from({ length: 30 }, () => produce(client, 'crowd', batchOf(['x'.repeat(20_000)]))),
    ),
  )
  assert.deepEqual(new Set(replies.map(({ errorCode }) => errorCode)), new Set([0]))
  assert.equal(broker.partition('crowd', 0)?.logEndOffset, 150)
})

test('a connection that ends in the middle of a frame or of a wait leaves nothing behind', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'gone')
  const half = await connect(t, broker)
  half.socket.write(Buffer.from('0000006400010002', 'hex'))
  const waiting = await connect(t, broker)
  waiting.post(FetchApi, 11, {
    maxWaitMs: 30_000,
    minBytes: 1,
    topics: [{ topic: 'gone', partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }] }],
  })
  await until(() => broker.connectionCount === 3)
  half.socket.destroy()
  waiting.socket.destroy()
  await until(() => broker.connectionCount === 1)
})

test('closing answers what waits, refuses what is new, and ends every connection', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'closing')
  const long = fetchFrom(client, 'closing', 0, { maxWaitMs: 30_000 })
  await until(() => client.socket.bytesWritten > 0)
  await new Promise(resolve => setImmediate(resolve))
  const idle = await connect(t, broker)
  const ended = once(idle.socket, 'close')
  await broker.close()
  assert.equal((await long.catch(() => ({ errorCode: 0 }))).errorCode, 0)
  await ended
  assert.equal(broker.connectionCount, 0)
})

async function until(condition: () => boolean, pauseMs = 2): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, pauseMs))
}
