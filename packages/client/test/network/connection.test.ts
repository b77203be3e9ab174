// Conversations on one connection with a broker that does what the test says.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ApiVersionsApi,
  type ApiVersionsResponseInit,
  FindCoordinatorApi,
  HeartbeatApi,
  InitProducerIdApi,
  MetadataApi,
  SaslHandshakeApi,
} from '@millrace/protocol'
import {
  type Clock,
  type Connection,
  type ConnectionHandlers,
  deliver,
  type Network,
  nodeClock,
  nodeRandom,
} from '@millrace/runtime'
import {
  ConnectionError,
  ProtocolError,
  RequestTimeoutError,
  UnsupportedVersionError,
} from '../../src/index.ts'
import { BrokerConnection, type ConnectionOptions } from '../../src/network/broker-connection.ts'
import { FakeCluster, hangUp, silence } from '../support/fake-broker.ts'

const heartbeat = { groupId: 'g', generationId: 1, memberId: 'm' }

function open(cluster: FakeCluster, options: Partial<ConnectionOptions> = {}): Promise<BrokerConnection> {
  return BrokerConnection.open('fake', 1, {
    network: cluster.network,
    clock: nodeClock,
    random: nodeRandom,
    clientId: 'tester',
    connectTimeoutMs: 1_000,
    requestTimeoutMs: 5_000,
    maxInFlight: 100,
    responseMaxBytes: 1_000_000,
    ...options,
  })
}

test('requests are pipelined and answered in order', async () => {
  const cluster = new FakeCluster()
  let waiting = 0
  let waitingMax = 0
  cluster.on(HeartbeatApi, async ({ request }) => {
    waiting++
    waitingMax = Math.max(waitingMax, waiting)
    await new Promise(resolve => setImmediate(resolve))
    waiting--
    return { throttleTimeMs: 0, errorCode: request.generationId }
  })
  const connection = await open(cluster)
  const codes = await Promise.all(
    Array.from({ length: 20 }, (_, generationId) =>
      connection.request(HeartbeatApi, { ...heartbeat, generationId }).then(({ errorCode }) => errorCode),
    ),
  )
  assert.deepEqual(
    codes,
    codes.map((_, index) => index),
  )
  assert.equal(connection.inFlight, 0)
  connection.close()
})

test('no more than maxInFlight requests are on the wire', async () => {
  const cluster = new FakeCluster()
  cluster.on(HeartbeatApi, () => ({ throttleTimeMs: 0, errorCode: 0 }))
  const connection = await open(cluster, { maxInFlight: 3 })
  const answers = Array.from({ length: 10 }, () => connection.request(HeartbeatApi, heartbeat))
  assert.equal(connection.inFlight, 3)
  assert.equal(connection.writable, false)
  await Promise.all(answers)
  assert.equal(connection.writable, true)
  connection.close()
})

test('a broker that does not know our ApiVersions version is asked again in its own', async () => {
  const cluster = new FakeCluster()
  const asked: number[] = []
  // A broker answers what it does not know in version 0.
  cluster.on(
    {
      ...ApiVersionsApi,
      encodeResponse: (w, m: ApiVersionsResponseInit, version) =>
        ApiVersionsApi.encodeResponse(w, m, version > 2 ? 0 : version),
    },
    ({ version }) => {
      asked.push(version)
      return {
        errorCode: version > 2 ? 35 : 0,
        throttleTimeMs: 0,
        apiKeys: [{ apiKey: 18, minVersion: 0, maxVersion: 2 }],
      }
    },
  )
  const connection = await open(cluster)
  assert.deepEqual(asked, [4, 2])
  assert.throws(() => connection.ranges.choose(MetadataApi), UnsupportedVersionError)
  connection.close()
})

test('the newest version both sides know is chosen, within limits', async () => {
  const cluster = new FakeCluster()
  cluster.on(ApiVersionsApi, () => ({
    errorCode: 0,
    throttleTimeMs: 0,
    apiKeys: [
      { apiKey: 18, minVersion: 0, maxVersion: 4 },
      { apiKey: 3, minVersion: 1, maxVersion: 9 },
      { apiKey: 10, minVersion: 0, maxVersion: 99 },
      { apiKey: 22, minVersion: 90, maxVersion: 99 },
    ],
  }))
  const connection = await open(cluster)
  const { ranges } = connection
  assert.equal(ranges.choose(MetadataApi), 9)
  assert.equal(ranges.choose(MetadataApi, { maxVersion: 4 }), 4)
  assert.equal(ranges.choose(FindCoordinatorApi), FindCoordinatorApi.maxVersion)
  assert.throws(() => ranges.choose(InitProducerIdApi), /offers versions 90–99/)
  assert.throws(() => ranges.choose(SaslHandshakeApi), /does not offer/)
  connection.close()
})

test('a request without an answer times out and takes the connection with it', async () => {
  const cluster = new FakeCluster()
  cluster.on(HeartbeatApi, () => silence)
  const connection = await open(cluster)
  const late = connection.request(HeartbeatApi, heartbeat, { timeoutMs: 20 })
  const behind = connection.request(HeartbeatApi, heartbeat)
  await assert.rejects(late, RequestTimeoutError)
  await assert.rejects(behind, ConnectionError)
  await assert.rejects(connection.request(HeartbeatApi, heartbeat), ConnectionError)
  assert.ok(connection.error)
})

test('a lost connection fails what is on the wire, as retriable', async () => {
  const cluster = new FakeCluster()
  cluster.on(HeartbeatApi, () => hangUp)
  const connection = await open(cluster)
  let reason: Error | undefined
  connection.onClose = error => {
    reason = error
  }
  await assert.rejects(connection.request(HeartbeatApi, heartbeat), (error: ConnectionError) => {
    assert.equal(error.code, 'CONNECTION_CLOSED')
    assert.equal(error.retriable, true)
    return true
  })
  assert.ok(reason instanceof ConnectionError)
})

test('a response that is none ends the connection', async () => {
  const cluster = new FakeCluster()
  cluster.on(
    {
      ...HeartbeatApi,
      encodeResponse: w => {
        w.int8(1)
      },
    },
    () => ({ throttleTimeMs: 0, errorCode: 0 }),
  )
  const connection = await open(cluster)
  await assert.rejects(connection.request(HeartbeatApi, heartbeat), ProtocolError)
  assert.ok(connection.error instanceof ProtocolError)
})

/** Something that answers whatever it is told with these bytes, or ends the connection when there are none. */
function stranger(bytes: Buffer): Network {
  return {
    listen: () => Promise.reject(new Error('nothing listens here')),
    connect: () => {
      let handlers: ConnectionHandlers | undefined
      const connection: Connection = {
        remoteAddress: 'fake',
        remotePort: 1,
        localPort: 2,
        pendingBytes: 0,
        start: given => {
          handlers = given
        },
        write: () => {
          setImmediate(() =>
            bytes.length > 0 ? deliver(bytes, handlers!, () => true) : handlers!.onClose(undefined),
          )
          return true
        },
        pause: () => {},
        resume: () => {},
        end: () => {},
        destroy: () => {},
      }
      return Promise.resolve(connection)
    },
  }
}

test('a port where something else listens than a broker is told by what it says', async () => {
  for (const [answer, message] of [
    [
      'HTTP/1.1 400 Bad Request\r\n\r\n',
      /^fake:1 sent HTTP, which is not the protocol of Kafka: is this the port of a broker\?$/,
    ],
    [
      '\u0015\u0003\u0003\u0000\u0002\u0002F',
      /^fake:1 sent TLS, .*: set tls to connect to this port, or name one without TLS$/,
    ],
    [
      '',
      /^the connection to fake:1 is closed: the other side ended it before it answered anything; it may want TLS/,
    ],
  ] as const) {
    const opening = open(new FakeCluster(), { network: stranger(Buffer.from(answer, 'latin1')) })
    await assert.rejects(opening, (error: Error) => {
      assert.match(error.message, message)
      return true
    })
  }
})

test('a broker that throttles gets nothing until the time is over', async () => {
  const cluster = new FakeCluster()
  const arrivals: number[] = []
  cluster.on(HeartbeatApi, () => {
    arrivals.push(performance.now())
    return { throttleTimeMs: arrivals.length === 1 ? 60 : 0, errorCode: 0 }
  })
  const connection = await open(cluster)
  await connection.request(HeartbeatApi, heartbeat)
  const answered = performance.now()
  assert.equal(connection.writable, false)
  await connection.request(HeartbeatApi, heartbeat)
  assert.ok(arrivals[1]! - answered >= 55, `after ${arrivals[1]! - answered} ms`)
  connection.close()
})

test('an authenticator speaks before anyone else, and its refusal is the error', async () => {
  const cluster = new FakeCluster()
  cluster.on(SaslHandshakeApi, () => ({ errorCode: 0, mechanisms: ['PLAIN'] }))
  cluster.on(HeartbeatApi, () => ({ throttleTimeMs: 0, errorCode: 0 }))
  const connection = await open(cluster, {
    async authenticator({ request }) {
      const { mechanisms } = await request(SaslHandshakeApi, { mechanism: 'PLAIN' })
      assert.deepEqual(mechanisms, ['PLAIN'])
      return { sessionLifetimeMs: 0 }
    },
  })
  await connection.request(HeartbeatApi, heartbeat)
  assert.deepEqual(
    cluster.log.map(({ name }) => name),
    ['ApiVersions', 'SaslHandshake', 'Heartbeat'],
  )
  connection.close()
  const refused = open(cluster, { authenticator: () => Promise.reject(new Error('wrong password')) })
  await assert.rejects(refused, /wrong password/)
})

test('a session with a lifetime is renewed before it ends, between other requests', async () => {
  const cluster = new FakeCluster()
  let authentications = 0
  cluster.on(HeartbeatApi, () => ({ throttleTimeMs: 0, errorCode: 0 }))
  const connection = await open(cluster, {
    async authenticator() {
      authentications++
      return { sessionLifetimeMs: authentications < 3 ? 20 : 0 }
    },
  })
  while (authentications < 3) await connection.request(HeartbeatApi, heartbeat)
  await connection.request(HeartbeatApi, heartbeat)
  connection.close()
})

test('a session is renewed when its authenticator says', async () => {
  const cluster = new FakeCluster()
  let authentications = 0
  cluster.on(HeartbeatApi, () => ({ throttleTimeMs: 0, errorCode: 0 }))
  const connection = await open(cluster, {
    authenticator() {
      authentications++
      return Promise.resolve({ sessionLifetimeMs: authentications < 3 ? 3_600_000 : 0, renewAfterMs: 5 })
    },
  })
  while (authentications < 3) await connection.request(HeartbeatApi, heartbeat)
  connection.close()
})

test('a connection that has ended leaves no timer for the renewal of its session', async () => {
  const pending = new Set<object>()
  const clock: Clock = {
    ...nodeClock,
    setTimer: (delayMs, run, options) => {
      const handle = {}
      pending.add(handle)
      const timer = nodeClock.setTimer(
        delayMs,
        () => {
          pending.delete(handle)
          run()
        },
        options,
      )
      return {
        cancel: () => {
          pending.delete(handle)
          timer.cancel()
        },
      }
    },
  }
  const connection = await open(new FakeCluster(), {
    clock,
    authenticator: () => Promise.resolve({ sessionLifetimeMs: 3_600_000 }),
  })
  assert.ok(pending.size > 0)
  connection.close()
  assert.equal(pending.size, 0)
})

test('whoever waits for a throttled connection hears of its end, though it was put off meanwhile', {
  timeout: 10_000,
}, async () => {
  const cluster = new FakeCluster()
  let answers = 0
  cluster.on(HeartbeatApi, () => ({ throttleTimeMs: ++answers === 1 ? 20 : 60, errorCode: 0 }))
  const connection = await open(cluster)
  const free = new Promise<void>(resolve => {
    connection.onIdle = () => {
      if (connection.writable) resolve()
    }
  })
  await Promise.all([
    connection.request(HeartbeatApi, heartbeat),
    connection.request(HeartbeatApi, heartbeat),
  ])
  assert.equal(connection.writable, false)
  await free
  connection.close()
})
