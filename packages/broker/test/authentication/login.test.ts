// Logging in over a socket: every mechanism, every step out of order, and that no failure harms another connection.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  AlterUserScramCredentialsApi,
  ApiVersionsApi,
  DescribeConfigsApi,
  DescribeUserScramCredentialsApi,
  ErrorCode,
  MetadataApi,
  SaslAuthenticateApi,
  SaslHandshakeApi,
} from '@millrace/protocol'
import { scramMechanism, scramSaltedPassword } from '@millrace/protocol/security'
import type { RunningBroker } from '../../src/running-broker.ts'
import { connect, LineCollector, startBroker } from '../broker-fixture.ts'
import type { TestClient } from '../test-client.ts'
import { plainToken, saslConfig, scramLogin, unsignedToken } from './sasl-fixture.ts'

interface Setup {
  readonly broker: RunningBroker
  readonly logger: LineCollector
  readonly client: () => Promise<TestClient>
}

async function setUp(t: TestContext, config: Record<string, string | number> = {}): Promise<Setup> {
  const logger = new LineCollector()
  const broker = await startBroker(t, {
    config: { ...saslConfig(), ...config },
    users: [{ name: 'bob', password: 'bob-secret' }],
    logger,
  })
  return { broker, logger, client: () => connect(t, broker) }
}

const handshake = (client: TestClient, mechanism: string, version = 1) =>
  client.send(SaslHandshakeApi, version, { mechanism })
const authenticate = (client: TestClient, authBytes: Buffer) =>
  client.send(SaslAuthenticateApi, 2, { authBytes })
const metadata = (client: TestClient) => client.send(MetadataApi, 9, { topics: [] })

async function login(client: TestClient, user = 'alice', password = `${user}-secret`) {
  await handshake(client, 'PLAIN')
  return authenticate(client, plainToken(user, password))
}

test('each mechanism lets in who proves to be a user', async t => {
  const { client } = await setUp(t)
  const alice = await client()
  await alice.send(ApiVersionsApi, 3, { clientSoftwareName: 'test', clientSoftwareVersion: '1' })
  assert.equal((await login(alice)).errorCode, ErrorCode.NONE)
  assert.equal((await metadata(alice)).brokers.length, 1)
  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const) {
    const bob = await client()
    assert.equal((await handshake(bob, mechanism)).errorCode, ErrorCode.NONE)
    await scramLogin(
      mechanism,
      'bob',
      'bob-secret',
      async token => (await authenticate(bob, token)).authBytes,
    )
    assert.equal((await metadata(bob)).brokers.length, 1)
  }
  const dora = await client()
  await handshake(dora, 'OAUTHBEARER')
  const reply = await authenticate(dora, unsignedToken('dora', Date.now() + 60_000))
  assert.equal(reply.errorCode, ErrorCode.NONE)
  assert.ok(reply.sessionLifetimeMs > 50_000 && reply.sessionLifetimeMs <= 60_000)
  assert.equal((await metadata(dora)).brokers.length, 1)
})

test('what a client is told, and the log, repeats no more than the beginning of a name', async t => {
  const { client, logger } = await setUp(t)
  const dora = await client()
  await handshake(dora, 'OAUTHBEARER')
  const token = unsignedToken('dora', Date.now() + 60_000).toString()
  const other = Buffer.from(token.replace('n,,', `n,a=${'x'.repeat(300_000)},`))
  const reply = await authenticate(dora, other)
  assert.equal(reply.errorCode, ErrorCode.SASL_AUTHENTICATION_FAILED)
  assert.match(reply.errorMessage ?? '', /authorization id \(xxx/)
  assert.ok(JSON.stringify(logger.lines).length < 2_000)
})

test('tokens without requests around them do for a handshake of version 0', async t => {
  const { client } = await setUp(t)
  const alice = await client()
  await handshake(alice, 'PLAIN', 0)
  const token = plainToken('alice', 'alice-secret')
  const size = Buffer.alloc(4)
  size.writeInt32BE(token.length)
  const answered = new Promise<Buffer>(resolve => {
    alice.socket.removeAllListeners('data')
    alice.socket.once('data', resolve)
  })
  alice.socket.write(Buffer.concat([size, token]))
  assert.deepEqual(await answered, Buffer.alloc(4))
  const again = await client()
  await handshake(again, 'PLAIN', 0)
  size.writeInt32BE(3)
  again.socket.write(Buffer.concat([size, Buffer.from('bad')]))
  await again.closed
})

test('what comes out of order, wrong or too large ends this connection and no other', async t => {
  const { client, logger } = await setUp(t)
  const other = await client()
  await login(other)
  const courses: [name: string, run: (client: TestClient) => Promise<unknown>][] = [
    ['a request before a login', metadata],
    ['a token before a mechanism', c => authenticate(c, plainToken('alice', 'alice-secret'))],
    [
      'a second ApiVersions',
      async c => {
        await c.send(ApiVersionsApi, 0, {})
        return c.send(ApiVersionsApi, 0, {})
      },
    ],
    [
      'a request between tokens',
      async c => {
        await handshake(c, 'SCRAM-SHA-256')
        return metadata(c)
      },
    ],
    [
      'a request larger than sasl.server.max.receive.size',
      async c => {
        await handshake(c, 'PLAIN')
        return authenticate(c, Buffer.alloc(600_000))
      },
    ],
    ['bytes that are no frame', c => c.raw(Buffer.from('GET / HTTP/1.1\r\n\r\n'), 1)],
  ]
  for (const [name, run] of courses) {
    await assert.rejects(run(await client()), /closed/, name)
  }
  assert.equal((await metadata(other)).brokers.length, 1)
  assert.equal(logger.lines.filter(({ event }) => event === 'connection.bad_request').length, courses.length)
})

const refusals: [name: string, mechanism: string, tokens: Buffer[], message: RegExp][] = [
  ['a wrong password', 'PLAIN', [plainToken('alice', 'wrong-secret')], /Invalid username or password/],
  ['a user that there is not', 'PLAIN', [plainToken('mallory', 'x')], /Invalid username or password/],
  ['no password', 'PLAIN', [plainToken('alice', '')], /Authentication failed: password not specified/],
  ['garbage', 'PLAIN', [Buffer.from([0xff, 0xfe])], /expected 3 tokens, got 1/],
  ['nothing', 'PLAIN', [Buffer.alloc(0)], /expected 3 tokens, got 1/],
  [
    'another name to act for',
    'PLAIN',
    [Buffer.from('carol\0alice\0alice-secret')],
    /authorization id that is different from username/,
  ],
  ['garbage', 'SCRAM-SHA-256', [Buffer.from('garbage')], /invalid credentials/],
  ['a user that there is not', 'SCRAM-SHA-512', [Buffer.from('n,,n=mallory,r=x')], /invalid credentials/],
  [
    'a delegation token that there is not',
    'SCRAM-SHA-256',
    [Buffer.from('n,,n=id,r=x,tokenauth=true')],
    /invalid credentials/,
  ],
  [
    'a nonce of its own in the second message',
    'SCRAM-SHA-256',
    [Buffer.from('n,,n=bob,r=x'), Buffer.from(`c=biws,r=xy,p=${Buffer.alloc(32).toString('base64')}`)],
    /invalid credentials/,
  ],
  ['garbage', 'OAUTHBEARER', [Buffer.from('garbage')], /invalid credentials/],
  [
    'a token that has ended',
    'OAUTHBEARER',
    [unsignedToken('dora', Date.now() - 120_000), Buffer.from([1])],
    /\{"status":"invalid_token"\}/,
  ],
]

for (const [name, mechanism, tokens, message] of refusals) {
  test(`${mechanism}: ${name} is refused in Kafka's words, and the connection ends`, async t => {
    const { client, logger } = await setUp(t)
    const guest = await client()
    await handshake(guest, mechanism)
    let reply = await authenticate(guest, tokens[0]!)
    if (tokens[1]) reply = await authenticate(guest, tokens[1])
    assert.equal(reply.errorCode, ErrorCode.SASL_AUTHENTICATION_FAILED)
    assert.match(reply.errorMessage!, message)
    await guest.closed
    const line = logger.lines.find(({ event }) => event === 'authentication.failed')!
    assert.equal(line.fields['mechanism'], mechanism)
    assert.doesNotMatch(JSON.stringify(logger.lines), /-secret/)
  })
}

test('a mechanism that the listener does not have is answered with those that it has', async t => {
  const { client } = await setUp(t, { 'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-512' })
  const guest = await client()
  const reply = await handshake(guest, 'SCRAM-SHA-256')
  assert.equal(reply.errorCode, ErrorCode.UNSUPPORTED_SASL_MECHANISM)
  assert.deepEqual(reply.mechanisms, ['PLAIN', 'SCRAM-SHA-512'])
  await guest.closed
})

test('a request of a login that comes between its tokens is answered with that, and the connection ends', async t => {
  const { client } = await setUp(t)
  const twice = await client()
  await handshake(twice, 'PLAIN')
  assert.deepEqual(await handshake(twice, 'PLAIN'), {
    errorCode: ErrorCode.ILLEGAL_SASL_STATE,
    mechanisms: [],
  })
  await twice.closed
  const late = await client()
  await handshake(late, 'PLAIN')
  assert.equal((await late.send(ApiVersionsApi, 0, {})).errorCode, ErrorCode.ILLEGAL_SASL_STATE)
  await late.closed
})

test('a failed login is answered late', async t => {
  const { client } = await setUp(t, { 'connection.failed.authentication.delay.ms': 150 })
  const guest = await client()
  await handshake(guest, 'PLAIN')
  const before = performance.now()
  await authenticate(guest, plainToken('alice', 'wrong'))
  assert.ok(performance.now() - before >= 145)
})

test('who has logged in and not for a while only, or need not, has nothing to log in to', async t => {
  const { client } = await setUp(t)
  const alice = await client()
  await login(alice)
  assert.equal((await handshake(alice, 'PLAIN')).errorCode, ErrorCode.ILLEGAL_SASL_STATE)
  assert.equal((await authenticate(alice, Buffer.alloc(0))).errorCode, ErrorCode.ILLEGAL_SASL_STATE)
  assert.equal((await metadata(alice)).brokers.length, 1)
  const open = await connect(t, await startBroker(t))
  assert.equal((await handshake(open, 'PLAIN')).errorCode, ErrorCode.ILLEGAL_SASL_STATE)
  assert.equal((await metadata(open)).brokers.length, 1)
})

test('a token that ends in all eternity logs in', async t => {
  const { client } = await setUp(t)
  for (const expiresAtMs of [9e18, 1e300]) {
    const dora = await client()
    await handshake(dora, 'OAUTHBEARER')
    const reply = await authenticate(dora, unsignedToken('dora', expiresAtMs))
    assert.equal(reply.errorCode, ErrorCode.NONE)
    assert.ok(reply.sessionLifetimeMs > 1e15)
    assert.equal((await metadata(dora)).brokers.length, 1)
  }
})

test('users of PLAIN that are set for all mechanisms do not open OAUTHBEARER to everybody', async t => {
  const { 'listener.name.sasl.oauthbearer.sasl.jaas.config': _, ...config } = saslConfig()
  const users = config['listener.name.sasl.plain.sasl.jaas.config']
  for (const property of ['sasl.jaas.config', 'listener.name.sasl.sasl.jaas.config']) {
    await assert.rejects(startBroker(t, { config: { ...config, [property]: users } }), (error: Error) => {
      assert.match(
        error.message,
        /oauthbearer\.sasl\.jaas\.config: OAUTHBEARER wants .*OAuthBearerLoginModule/,
      )
      assert.doesNotMatch(error.message, /-secret/)
      return true
    })
  }
})

test('a user that a request names twice is refused, and the others are served', async t => {
  const { client } = await setUp(t)
  const admin = await client()
  await login(admin)
  const named = (...names: string[]) => names.map(name => ({ name }))
  const told = await admin.send(DescribeUserScramCredentialsApi, 0, { users: named('x', 'bob', 'x') })
  const { DUPLICATE_RESOURCE, NONE, RESOURCE_NOT_FOUND } = ErrorCode
  const codes = (results: readonly { readonly user: string; readonly errorCode: number }[]) =>
    results.map(({ user, errorCode }) => [user, errorCode])
  assert.deepEqual(codes(told.results), [
    ['x', DUPLICATE_RESOURCE],
    ['bob', NONE],
  ])
  const deletions = named('x', 'y', 'x').map(each => ({ ...each, mechanism: 1 }))
  const altered = await admin.send(AlterUserScramCredentialsApi, 0, { deletions, upsertions: [] })
  assert.deepEqual(codes(altered.results), [
    ['x', DUPLICATE_RESOURCE],
    ['y', RESOURCE_NOT_FOUND],
  ])
})

test('users come, change and go while the broker runs, and outlive it', async t => {
  const { client, broker } = await setUp(t)
  const admin = await client()
  await login(admin)
  const mechanism = scramMechanism('SCRAM-SHA-256')!
  const salt = Buffer.from('some salt')
  const upsertion = {
    name: 'erin',
    mechanism: mechanism.id,
    iterations: 8192,
    salt,
    saltedPassword: await scramSaltedPassword(mechanism, 'erin-secret', salt, 8192),
  }
  const alter = (deletions: { name: string; mechanism: number }[], upsertions: (typeof upsertion)[]) =>
    admin.send(AlterUserScramCredentialsApi, 0, { deletions, upsertions })
  const made = await alter([], [upsertion, { ...upsertion, name: 'x', iterations: 1 }])
  assert.deepEqual(
    made.results.map(({ user, errorCode }) => [user, errorCode]),
    [
      ['erin', ErrorCode.NONE],
      ['x', ErrorCode.UNACCEPTABLE_CREDENTIAL],
    ],
  )
  const erin = await client()
  await handshake(erin, 'SCRAM-SHA-256')
  await scramLogin(
    'SCRAM-SHA-256',
    'erin',
    'erin-secret',
    async token => (await authenticate(erin, token)).authBytes,
  )
  const { results } = await admin.send(DescribeUserScramCredentialsApi, 0, { users: null })
  const told = results.map(({ user, credentialInfos }) => [user, credentialInfos])
  assert.deepEqual(told, [
    [
      'bob',
      [
        { mechanism: 1, iterations: 4096 },
        { mechanism: 2, iterations: 4096 },
      ],
    ],
    ['erin', [{ mechanism: 1, iterations: 8192 }]],
  ])
  const copies = [...broker.metadata.image.records()].filter(({ type }) => type === 'scramUser')
  assert.equal(copies.length, 3)
  const gone = await alter(
    [
      { name: 'erin', mechanism: 1 },
      { name: 'nobody', mechanism: 1 },
    ],
    [],
  )
  assert.deepEqual(
    gone.results.map(({ errorCode }) => errorCode),
    [ErrorCode.NONE, ErrorCode.RESOURCE_NOT_FOUND],
  )
  assert.equal(broker.metadata.image.scramUsers.get('erin'), undefined)
})

test('no secret of the settings is told to anybody', async t => {
  const { client, broker, logger } = await setUp(t)
  const admin = await client()
  await login(admin)
  const { results } = await admin.send(DescribeConfigsApi, 4, {
    resources: [{ resourceType: 4, resourceName: String(broker.nodeId), configurationKeys: null }],
    includeSynonyms: true,
    includeDocumentation: true,
  })
  const text = JSON.stringify(results)
  assert.match(text, /listener\.name\.sasl\.plain\.sasl\.jaas\.config/)
  assert.doesNotMatch(text, /-secret/)
  assert.doesNotMatch(JSON.stringify(logger.lines), /-secret/)
})
