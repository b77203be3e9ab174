// The server over connections in memory: room for requests that come in part, throttling, what the gate refuses.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  type Api,
  ApiVersionsApi,
  decodeApiVersionsResponse,
  encodeRequestHeader,
  FetchApi,
  MetadataApi,
  ProduceApi,
  Reader,
  requestHeaderVersion,
  SaslAuthenticateApi,
  SaslHandshakeApi,
  Writer,
} from '@millrace/protocol'
import type { Gate } from '../../src/server/gate.ts'
import { findHandler } from '../../src/handlers/loading.ts'
import { Security } from '../../src/authentication/listener-security.ts'
import { Server } from '../../src/server/server.ts'
import { plainToken, saslConfig } from '../authentication/sasl-fixture.ts'
import { batchOf, LineCollector, startBroker } from '../broker-fixture.ts'
import { ManualClock } from '@millrace/testkit/clocks'
import { FakeNetwork } from './fake-socket.ts'
import { plainText, withClock } from './manual-server.ts'

function frame<Q, QI, R, RI>(api: Api<Q, QI, R, RI>, version: number, request: QI): Buffer {
  const writer = new Writer()
  writer.int32(0)
  const header = { requestApiKey: api.key, requestApiVersion: version, correlationId: 7, clientId: 'test' }
  encodeRequestHeader(writer, header, requestHeaderVersion(api as unknown as Api, version))
  api.encodeRequest(writer, request, version)
  const bytes = Buffer.concat(writer.finish())
  bytes.writeInt32BE(bytes.length - 4, 0)
  return bytes
}

function produceFrame(valueBytes: number): Buffer {
  return frame(ProduceApi, 9, {
    transactionalId: null,
    acks: -1,
    timeoutMs: 60_000,
    topicData: [
      { name: 'large', partitionData: [{ index: 0, records: [batchOf(['v'.repeat(valueBytes)])] }] },
    ],
  })
}

interface Setup {
  readonly config?: Readonly<Record<string, string | number>>
  readonly gate?: Gate
  readonly clock?: ManualClock
}

/** A second server of a broker, whose connections are in memory. */
async function setUp(t: TestContext, { config = {}, gate, clock }: Setup) {
  const logger = new LineCollector()
  const broker = await startBroker(t, {
    config: { 'message.max.bytes': 10 << 20, ...config },
    topics: ['large'],
    logger,
  })
  const server = new Server(clock ? withClock(broker, clock) : broker, gate)
  const network = new FakeNetwork()
  await server.listen(network, plainText, undefined)
  t.after(async () => {
    server.drain()
    await server.closed()
  })
  return { broker, server, network, logger }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setImmediate(resolve))
}

const limitBytes = 8 << 20
const requestBytes = 2 << 20

test('requests that came in part count: a crowd that sends halves is read from as far as the limit goes, and all finish', async t => {
  const { server, network, broker } = await setUp(t, { config: { 'queued.max.request.bytes': limitBytes } })
  const request = produceFrame(requestBytes)
  const half = request.length >> 1
  const sockets = Array.from({ length: 40 }, () => network.arrive())
  for (const socket of sockets) socket.send(request.subarray(0, half))
  const taken = sockets.reduce((sum, socket) => sum + socket.takenBytes, 0)
  // Those who were admitted, and one read of each of the others.
  assert.ok(taken < limitBytes + sockets.length * (64 << 10), `${taken} bytes were read`)
  assert.ok(server.requestMemory.heldBytes <= limitBytes + requestBytes + 200)
  assert.ok(sockets.some(socket => socket.paused))
  for (const socket of sockets) socket.send(request.subarray(half))
  await until(() => sockets.every(socket => socket.replies().length === 1))
  assert.equal(broker.partition('large', 0)!.logEndOffset, 40)
  await until(() => server.requestMemory.heldBytes === 0)
  assert.equal(server.requestMemory.waitingCount, 0)
})

test('small requests are answered while large ones wait for room', async t => {
  const { network } = await setUp(t, { config: { 'queued.max.request.bytes': limitBytes } })
  const half = produceFrame(requestBytes).subarray(0, 1 << 20)
  for (let index = 0; index < 10; index++) network.arrive().send(half)
  const small = network.arrive()
  const request = frame(MetadataApi, 4, { topics: null, allowAutoTopicCreation: false })
  small.send(request.subarray(0, 10))
  small.send(request.subarray(10))
  await until(() => small.replies().length === 1)
})

test('a request that was admitted and does not come is cut off when others wait for its room, and only then', async t => {
  const clock = new ManualClock()
  const { network, logger, server } = await setUp(t, {
    config: { 'queued.max.request.bytes': limitBytes },
    clock,
  })
  const request = produceFrame(requestBytes)
  const stalled = Array.from({ length: 4 }, () => network.arrive())
  for (const socket of stalled) socket.send(request.subarray(0, 1 << 20))
  await clock.pass(60_000)
  assert.ok(stalled.every(socket => !socket.destroyed))
  const waiting = network.arrive()
  waiting.send(request)
  assert.equal(waiting.paused, true)
  stalled[0]!.send(request.subarray(1 << 20, (1 << 20) + 1))
  await clock.pass(6_000)
  await until(() => waiting.takenBytes === request.length)
  assert.deepEqual(
    stalled.map(socket => socket.destroyed),
    [false, true, true, true],
  )
  assert.ok(logger.lines.some(({ fields }) => /rest of a request did not come/.test(String(fields['error']))))
  assert.equal(server.requestMemory.waitingCount, 0)
})

test('who sends a large request behind one that waits for long is cut off when others wait for the room', async t => {
  const clock = new ManualClock()
  const { network, server } = await setUp(t, { config: { 'queued.max.request.bytes': limitBytes }, clock })
  const wait = frame(FetchApi, 11, {
    replicaId: -1,
    maxWaitMs: 2 ** 31 - 1,
    minBytes: 2 ** 31 - 1,
    sessionEpoch: -1,
    topics: [{ topic: 'large', partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 }] }],
  })
  const part = network.arrive()
  part.send(Buffer.concat([wait, produceFrame(9 << 20).subarray(0, 1 << 20)]))
  await clock.pass(60_000)
  assert.equal(part.destroyed, false)
  const waiting = network.arrive()
  waiting.send(produceFrame(requestBytes))
  await clock.pass(40_000)
  assert.equal(part.destroyed, true)
  await until(() => waiting.replies().length === 1)
  assert.equal(server.requestMemory.waitingCount, 0)
})

test('whole requests behind one that waits for long take little room, and are cut off with it when others wait for that', async t => {
  const clock = new ManualClock()
  const { network, server } = await setUp(t, { config: { 'queued.max.request.bytes': 1 << 20 }, clock })
  const poll = frame(FetchApi, 11, {
    replicaId: -1,
    maxWaitMs: 2 ** 31 - 1,
    minBytes: 2 ** 31 - 1,
    sessionEpoch: -1,
    topics: [{ topic: 'large', partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 }] }],
  })
  // Until a handler is loaded it cannot be known that it waits.
  await Promise.all([findHandler(FetchApi.key), findHandler(ProduceApi.key)])
  const small = produceFrame(20_000)
  const greed = Buffer.concat([poll, ...Array.from({ length: 200 }, () => small)])
  const greedy = Array.from({ length: 60 }, () => network.arrive())
  for (const socket of greedy) socket.send(greed)
  // A read or two of each socket, where they have sent 4 MB.
  assert.ok(
    greedy.every(({ takenBytes }) => takenBytes < 600 << 10),
    `${greedy[0]!.takenBytes}`,
  )
  assert.ok(server.requestMemory.congested)
  const honest = network.arrive()
  honest.send(produceFrame(requestBytes))
  assert.ok(server.requestMemory.waitingCount > 0)
  await clock.pass(40_000)
  await until(() => honest.replies().length === 1)
})

/** A listener with SASL, whose connections are in memory. */
async function setUpLogins(t: TestContext, clock: ManualClock) {
  const { broker } = await setUp(t, {
    config: { ...saslConfig(), 'queued.max.request.bytes': limitBytes, 'connections.max.idle.ms': 600_000 },
  })
  const core = withClock(broker, clock)
  const server = new Server(core)
  const network = new FakeNetwork()
  const protocols = new Map([['SASL', 'SASL_PLAINTEXT'] as const])
  const security = await Security.open(core, protocols)
  const listeners = [{ name: 'SASL', host: '127.0.0.1', port: 9092 }]
  await server.listen(network, { listeners, advertised: [], protocols }, security)
  t.after(async () => {
    server.drain()
    await server.closed()
    security.close()
  })
  const login = async () => {
    const socket = network.arrive()
    socket.send(frame(SaslHandshakeApi, 1, { mechanism: 'PLAIN' }))
    socket.send(frame(SaslAuthenticateApi, 2, { authBytes: plainToken('alice', 'alice-secret') }))
    await until(() => socket.replies().length === 2)
    return socket
  }
  return { server, network, login }
}

test('who has not logged in keeps no room from those who have, and none has it cut off by them', async t => {
  const clock = new ManualClock()
  const { server, network, login } = await setUpLogins(t, clock)
  const [slow, alice] = await Promise.all([login(), login()])
  slow.send(produceFrame(requestBytes).subarray(0, 1 << 20))
  const token = frame(SaslAuthenticateApi, 2, { authBytes: Buffer.alloc(500_000) })
  const strangers = Array.from({ length: 100 }, () => network.arrive())
  for (const socket of strangers) socket.send(token.subarray(0, 100))
  assert.ok(server.loginMemory.waitingCount > 0)
  alice.send(produceFrame(requestBytes))
  await until(() => alice.replies().length === 3)
  await clock.pass(40_000)
  assert.ok(!slow.destroyed)
  assert.ok(strangers.some(({ destroyed }) => destroyed))
  for (const socket of [...strangers, slow]) socket.destroy()
  await until(() => server.requestMemory.heldBytes + server.loginMemory.heldBytes === 0)
})

test('who sends a login byte by byte has connections.max.idle.ms for it, and who has logged in goes on', async t => {
  const clock = new ManualClock()
  const { network, login } = await setUpLogins(t, clock)
  const alice = await login()
  const slow = network.arrive()
  const handshake = frame(SaslHandshakeApi, 1, { mechanism: 'PLAIN' })
  const metadata = frame(MetadataApi, 4, { topics: [], allowAutoTopicCreation: false })
  for (let minute = 0; minute < 15; minute++) {
    if (!slow.destroyed) slow.send(handshake.subarray(minute, minute + 1))
    alice.send(metadata)
    await clock.pass(60_000)
  }
  assert.ok(slow.destroyed)
  assert.ok(!alice.destroyed)
})

test('a connection that goes while it waits for room, or holds some, leaves nothing behind', async t => {
  const { network, server } = await setUp(t, { config: { 'queued.max.request.bytes': limitBytes } })
  const half = produceFrame(requestBytes).subarray(0, 1 << 20)
  const sockets = Array.from({ length: 10 }, () => network.arrive())
  for (const socket of sockets) socket.send(half)
  assert.ok(server.requestMemory.waitingCount > 0)
  for (const socket of sockets) socket.destroy()
  await until(() => server.connectionCount === 0)
  assert.equal(server.requestMemory.heldBytes, 0)
  assert.equal(server.requestMemory.waitingCount, 0)
})

test('who is throttled is told for how long, and is not read from until that time is over (KIP-219)', async t => {
  const clock = new ManualClock()
  let asked = 0
  const gate: Gate = {
    admit(_handler, context) {
      if (asked++ === 0) context.throttle(500)
    },
  }
  const { network } = await setUp(t, { gate, clock })
  const socket = network.arrive()
  const request = frame(ApiVersionsApi, 2, {})
  socket.send(Buffer.concat([request, request]))
  await until(() => socket.replies().length === 1)
  const throttleTimes = () =>
    socket.replies().map(reply => {
      const reader = new Reader(reply.subarray(8))
      return decodeApiVersionsResponse(reader, 2).throttleTimeMs
    })
  assert.deepEqual(throttleTimes(), [500])
  assert.equal(socket.paused, true)
  await clock.pass(499)
  assert.equal(asked, 1)
  await clock.pass(1)
  await until(() => socket.replies().length === 2)
  assert.deepEqual(throttleTimes(), [500, 0])
  assert.equal(socket.paused, false)
})

test('what the gate refuses ends the connection before the request is read', async t => {
  const { network, broker } = await setUp(t, {})
  const server = new Server(broker, {
    admit({ api }) {
      throw new Error(`${api.name} must not pass`)
    },
  })
  const other = new FakeNetwork()
  await server.listen(other, plainText, undefined)
  const refused = other.arrive()
  refused.send(produceFrame(10))
  await until(() => refused.destroyed)
  assert.equal(broker.partition('large', 0)!.logEndOffset, 0)
  const admitted = network.arrive()
  admitted.send(produceFrame(10))
  await until(() => admitted.replies().length === 1)
  server.drain()
  await server.closed()
})
