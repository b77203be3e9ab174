// Logging in on one connection, the first time and again while it is in use (KIP-368), with a broker that does what the test says.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HeartbeatApi, SaslAuthenticateApi, SaslHandshakeApi } from '@millrace/protocol'
import { nodeClock, nodeRandom } from '@millrace/runtime'
import {
  AuthenticationError,
  type AuthenticationExchange,
  type ClientEvent,
  ClosedError,
  ConnectionError,
} from '../../src/index.ts'
import { EventDoor } from '../../src/events/event-door.ts'
import { BrokerConnection, type ConnectionOptions } from '../../src/network/broker-connection.ts'
import { FakeCluster } from '../support/fake-broker.ts'

const heartbeat = { groupId: 'g', generationId: 1, memberId: 'm' }
/** Renewed after 0.85 to 0.9 of it. */
const lifetimeMs = 100
/** A session that ends in an hour, and is renewed at once. */
const longLife = { sessionLifetimeMs: 3_600_000, renewAfterMs: 10 }

/** Something to wait for that the test makes happen. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>(resolve => (open = resolve))
  return { opened, open }
}

function clusterWithLogin(): FakeCluster {
  const cluster = new FakeCluster()
  cluster.on(SaslHandshakeApi, () => ({ errorCode: 0, mechanisms: ['PLAIN'] }))
  cluster.on(SaslAuthenticateApi, () => ({
    errorCode: 0,
    errorMessage: null,
    authBytes: Buffer.alloc(0),
    sessionLifetimeMs: lifetimeMs,
  }))
  cluster.on(HeartbeatApi, () => ({ throttleTimeMs: 0, errorCode: 0 }))
  return cluster
}

function open(cluster: FakeCluster, options: Partial<ConnectionOptions>): Promise<BrokerConnection> {
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

async function logIn({ request }: AuthenticationExchange): Promise<{ sessionLifetimeMs: number }> {
  await request(SaslHandshakeApi, { mechanism: 'PLAIN' })
  return request(SaslAuthenticateApi, { authBytes: Buffer.from('x') })
}

/** An authenticator that logs in, and before that from the second time on does what `before` says. */
function thenAgain(before: (times: number) => Promise<void>, session = {}) {
  let times = 0
  return async (exchange: AuthenticationExchange) => {
    if (++times > 1) await before(times)
    return { ...(await logIn(exchange)), ...session }
  }
}

const namesOf = ({ log }: FakeCluster) => log.map(({ name }) => name)
const logins = (cluster: FakeCluster) => cluster.count('SaslAuthenticate')

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 1))
}

test('while a token is had for a login again, requests go on', { timeout: 10_000 }, async () => {
  const cluster = clusterWithLogin()
  const [asked, token] = [gate(), gate()]
  const connection = await open(cluster, {
    authenticator: thenAgain(async times => {
      if (times > 2) return
      asked.open()
      await token.opened
    }, longLife),
  })
  await asked.opened
  for (let count = 0; count < 3; count++) await connection.request(HeartbeatApi, heartbeat)
  assert.equal(logins(cluster), 1)
  token.open()
  await until(() => logins(cluster) === 2)
  await connection.request(HeartbeatApi, heartbeat)
  connection.close()
})

test('a session that ends before its token is there loses no request: they wait', {
  timeout: 10_000,
}, async () => {
  const cluster = clusterWithLogin()
  const token = gate()
  const connection = await open(cluster, {
    authenticator: thenAgain(times => (times === 2 ? token.opened : Promise.resolve())),
  })
  await until(() => !connection.writable)
  assert.equal(logins(cluster), 1)
  const waiting = connection.request(HeartbeatApi, heartbeat)
  token.open()
  await waiting
  assert.deepEqual(namesOf(cluster).slice(-3), ['SaslHandshake', 'SaslAuthenticate', 'Heartbeat'])
  connection.close()
})

test('a login again waits for the answers under way, and others wait for it', {
  timeout: 10_000,
}, async () => {
  const cluster = clusterWithLogin()
  const [slow, begun] = [gate(), gate()]
  cluster.on(HeartbeatApi, async ({ request }) => {
    if (request.generationId === 1) await slow.opened
    return { throttleTimeMs: 0, errorCode: request.generationId }
  })
  const connection = await open(cluster, {
    authenticator: thenAgain(() => {
      begun.open()
      return Promise.resolve()
    }),
  })
  const before = connection.request(HeartbeatApi, heartbeat)
  await begun.opened
  await new Promise(setImmediate)
  assert.equal(connection.writable, false)
  const behind = connection.request(HeartbeatApi, { ...heartbeat, generationId: 2 })
  await new Promise(setImmediate)
  assert.equal(cluster.count('SaslHandshake'), 1)
  slow.open()
  assert.equal((await before).errorCode, 1)
  assert.equal((await behind).errorCode, 2)
  assert.deepEqual(namesOf(cluster), [
    'ApiVersions',
    'SaslHandshake',
    'SaslAuthenticate',
    'Heartbeat',
    'SaslHandshake',
    'SaslAuthenticate',
    'Heartbeat',
  ])
  connection.close()
})

test('a token that cannot be had yet is tried for while the session holds, and told of', {
  timeout: 10_000,
}, async () => {
  const cluster = clusterWithLogin()
  const told: ClientEvent[] = []
  const events = new EventDoor({ clock: nodeClock, onEvent: event => told.push(event), logger: undefined })
  let failures = 0
  const connection = await open(cluster, {
    events,
    authenticator: thenAgain(
      async times => {
        if (times > 2) return
        failures++
        throw new ConnectionError('CONNECT_FAILED', 'the provider is away')
      },
      { sessionLifetimeMs: 2_000, renewAfterMs: 100 },
    ),
  })
  await until(() => logins(cluster) === 2)
  await connection.request(HeartbeatApi, heartbeat)
  assert.equal(failures, 1)
  assert.deepEqual(
    told.map(({ type, level, subject }) => [type, level, subject]),
    [['login.delayed', 'warn', 'fake:1']],
  )
  assert.match(told[0]!.message, /the provider is away\), trying again; the session holds for \d+ ms/)
  connection.close()
})

const ends: [name: string, before: () => Promise<void>, answer: number, message: RegExp][] = [
  ['the broker refuses', () => Promise.resolve(), 58, /was not logged in to again: refused/],
  [
    'no token can be had until its session ends',
    () => Promise.reject(new ConnectionError('CONNECT_FAILED', 'the provider is away')),
    0,
    /was not logged in to again: the provider is away/,
  ],
  [
    'the provider refuses',
    () => Promise.reject(new AuthenticationError('no such client')),
    0,
    /was not logged in to again: no such client/,
  ],
]

for (const [name, before, answer, message] of ends) {
  test(`a connection ends when ${name}: a login from the beginning says whether that is final`, {
    timeout: 10_000,
  }, async () => {
    const cluster = clusterWithLogin()
    let times = 0
    const connection = await open(cluster, {
      async authenticator(exchange) {
        const first = ++times === 1
        if (!first) await before()
        const session = await logIn(exchange)
        if (!first && answer !== 0) throw new AuthenticationError('refused')
        return session
      },
    })
    await until(() => connection.error !== undefined)
    assert.ok(connection.error instanceof ConnectionError)
    assert.equal(connection.error.retriable, true)
    assert.match(connection.error.message, message)
  })
}

test('a login that waits for its application for too long is given up', { timeout: 10_000 }, async () => {
  let given: AbortSignal | undefined
  const opening = open(clusterWithLogin(), {
    requestTimeoutMs: 30,
    authenticator: ({ signal }) => {
      given = signal
      return new Promise(() => {})
    },
  })
  await assert.rejects(opening, (error: Error) => {
    assert.ok(error instanceof ConnectionError)
    assert.match(error.message, /the login to fake:1 waits for what "sasl" .* longer than 30 ms/)
    return true
  })
  assert.equal(given?.aborted, true)
})

test('who comes too late with a token holds nobody up any more', { timeout: 10_000 }, async () => {
  const cluster = clusterWithLogin()
  const late = gate()
  const refused = gate()
  const connection = await open(cluster, {
    requestTimeoutMs: 10,
    async authenticator(exchange) {
      if (logins(cluster) === 0) return logIn(exchange)
      await late.opened
      await assert.rejects(logIn(exchange), /longer than 10 ms/)
      refused.open()
      return { sessionLifetimeMs: 0 }
    },
  })
  await until(() => connection.error !== undefined)
  late.open()
  await refused.opened
  assert.equal(cluster.count('SaslHandshake'), 1)
})

test('a client that is closed does not wait for its login', { timeout: 10_000 }, async () => {
  const abort = new AbortController()
  const cluster = clusterWithLogin()
  const opening = BrokerConnection.open(
    'fake',
    1,
    {
      network: cluster.network,
      clock: nodeClock,
      random: nodeRandom,
      clientId: 'tester',
      connectTimeoutMs: 1_000,
      requestTimeoutMs: 5_000,
      maxInFlight: 100,
      responseMaxBytes: 1_000_000,
      authenticator: () => new Promise(() => {}),
    },
    abort.signal,
  )
  await until(() => cluster.count('ApiVersions') === 1)
  abort.abort(new ClosedError('the client'))
  await assert.rejects(opening, ClosedError)
})
