// Our client against a secured broker: every mechanism over TLS, what it says of a refusal, and logging in again while it works.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { inspect } from 'node:util'
import { Broker, type Endpoint } from '@millrace/broker'
import {
  Admin,
  AuthenticationError,
  type ClientEvent,
  type ClusterOptions,
  ConfigError,
  Consumer,
  Producer,
  type SaslOptions,
  throwFirst,
} from '@millrace/client'
import { type Network, nodeNetwork } from '@millrace/runtime'
import { TestAuthority } from '@millrace/testkit/certificates'

const authority = new TestAuthority()
const server = authority.issue({ subject: [['CN', 'server']] })
const late = authority.issue({
  subject: [['CN', 'late']],
  notAfter: new Date(Date.now() - 3_600_000),
})
const elsewhere = authority.issue({ subject: [['CN', 'elsewhere']], hosts: ['kafka.example'] })
const alice = authority.issue({ subject: [['CN', 'alice']] })

const plainModule = 'org.apache.kafka.common.security.plain.PlainLoginModule'
const oauthModule = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule'

let broker: Broker
let directory: string
let ca: string

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-security-'))
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text)
    return join(directory, name)
  }
  ca = file('ca.pem', authority.cert)
  const names = ['LOGIN', 'AGAIN', 'MUTUAL', 'LATE', 'ELSEWHERE', 'OPEN']
  const keystores = {
    late: file('late.pem', late.key + late.cert),
    elsewhere: file('elsewhere.pem', elsewhere.key + elsewhere.cert),
  }
  broker = await Broker.start({
    config: {
      'log.fsync': 'never',
      'connection.failed.authentication.delay.ms': 0,
      listeners: names.map(name => `${name}://127.0.0.1:0`).join(','),
      'listener.security.protocol.map':
        'LOGIN:SASL_SSL,AGAIN:SASL_PLAINTEXT,MUTUAL:SSL,LATE:SSL,ELSEWHERE:SSL,OPEN:PLAINTEXT',
      'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
      ...Object.fromEntries(
        ['login', 'again'].flatMap(listener => [
          [
            `listener.name.${listener}.plain.sasl.jaas.config`,
            `${plainModule} required user_alice="alice-secret";`,
          ],
          [`listener.name.${listener}.oauthbearer.sasl.jaas.config`, `${oauthModule} required;`],
        ]),
      ),
      'listener.name.again.connections.max.reauth.ms': 2_000,
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': file('server.pem', server.key + server.cert),
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': ca,
      'listener.name.mutual.ssl.client.auth': 'required',
      'listener.name.late.ssl.keystore.location': keystores.late,
      'listener.name.elsewhere.ssl.keystore.location': keystores.elsewhere,
    },
    users: [{ name: 'bob', password: 'bob-secret' }],
  })
})

after(async () => {
  await broker.close()
  rmSync(directory, { recursive: true })
})

function addressOf(listener: string): string {
  const { host, port } = broker.endpoints.find(({ name }) => name === listener) as Endpoint
  return `${host}:${port}`
}

function unsignedToken(lifetimeMs: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ sub: 'dora', exp: (Date.now() + lifetimeMs) / 1000 })}.`
}

/** Writes a record and reads it again. */
async function roundTrip(options: ClusterOptions | Record<string, string>, topic: string): Promise<void> {
  await using producer = new Producer(options as ClusterOptions)
  await producer.send({ topic, value: 'hello' })
  await using consumer = new Consumer({ ...(options as ClusterOptions), autoOffsetReset: 'earliest' })
  consumer.assign([{ topic, partition: 0 }])
  for await (const record of consumer) {
    assert.equal(String(record.value), 'hello')
    break
  }
}

const logins: [name: string, sasl: SaslOptions][] = [
  ['plain', { mechanism: 'plain', username: 'alice', password: 'alice-secret' }],
  ['scram-sha-256', { mechanism: 'scram-sha-256', username: 'bob', password: 'bob-secret' }],
  [
    'scram-sha-512',
    { mechanism: 'scram-sha-512', username: 'bob', password: () => Promise.resolve('bob-secret') },
  ],
  [
    'oauthbearer',
    { mechanism: 'oauthbearer', token: () => unsignedToken(60_000), extensions: { traceId: '1' } },
  ],
]

for (const [name, sasl] of logins) {
  test(`records go both ways over TLS after a login by ${name}`, async () => {
    await roundTrip({ brokers: [addressOf('LOGIN')], tls: { ca: authority.cert }, sasl }, name)
  })
}

test("Kafka's properties do the same, those of Java and those of librdkafka", async () => {
  const address = { 'bootstrap.servers': addressOf('LOGIN'), 'security.protocol': 'SASL_SSL' }
  await roundTrip(
    {
      ...address,
      'ssl.ca.location': ca,
      'sasl.mechanisms': 'SCRAM-SHA-512',
      'sasl.username': 'bob',
      'sasl.password': 'bob-secret',
    },
    'librdkafka',
  )
  await roundTrip(
    {
      ...address,
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': ca,
      'sasl.mechanism': 'PLAIN',
      'sasl.jaas.config': `${plainModule} required username="alice" password="alice-secret";`,
    },
    'java',
  )
  await roundTrip(
    {
      ...address,
      'ssl.truststore.certificates': authority.cert,
      'ssl.truststore.type': 'PEM',
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.jaas.config': `${oauthModule} required unsecuredLoginStringClaim_sub="dora";`,
    },
    'java-oauth',
  )
})

test('a certificate says who it is where the broker asks for one', async () => {
  const { cert, key } = alice
  await roundTrip({ brokers: [addressOf('MUTUAL')], tls: { ca: authority.cert, cert, key } }, 'mutual')
  await roundTrip(
    {
      'bootstrap.servers': addressOf('MUTUAL'),
      'security.protocol': 'ssl',
      'ssl.ca.pem': authority.cert,
      'ssl.certificate.pem': cert,
      'ssl.key.pem': key,
    },
    'mutual-properties',
  )
})

const wrong: [name: string, options: () => ClusterOptions, message: RegExp][] = [
  [
    'a wrong password of PLAIN',
    () => login({ mechanism: 'plain', username: 'alice', password: 'wrong-secret' }),
    /refuses user "alice" \(PLAIN\): Authentication failed: Invalid username or password/,
  ],
  [
    'a wrong password of SCRAM',
    () => login({ mechanism: 'scram-sha-256', username: 'bob', password: 'wrong-secret' }),
    /refuses user "bob" \(SCRAM-SHA-256\): Authentication failed/,
  ],
  [
    'a token that has ended',
    () => login({ mechanism: 'oauthbearer', token: unsignedToken(-60_000) }),
    /refuses the token \(OAUTHBEARER\): \{"status":"invalid_token"\}/,
  ],
  [
    'a login where there is none',
    () => ({
      brokers: [addressOf('OPEN')],
      sasl: { mechanism: 'plain', username: 'alice', password: 'alice-secret' },
    }),
    /wants no login/,
  ],
  [
    'an authority that is not trusted',
    () => ({ brokers: [addressOf('LOGIN')], tls: { ca: new TestAuthority().cert } }),
    /^127\.0\.0\.1:\d+: the certificate of 127\.0\.0\.1 is refused: /,
  ],
  [
    'a certificate of the server that has expired',
    () => ({ brokers: [addressOf('LATE')], tls: { ca: authority.cert } }),
    /is refused: it has expired/,
  ],
  [
    'a certificate of another host',
    () => ({ brokers: [addressOf('ELSEWHERE')], tls: { ca: authority.cert } }),
    /the certificate is not one of 127\.0\.0\.1/,
  ],
]

function login(sasl: SaslOptions): ClusterOptions {
  return { brokers: [addressOf('LOGIN')], tls: { ca: authority.cert }, sasl }
}

for (const [name, options, message] of wrong) {
  test(`${name} is final and named, for admin, producer and consumer`, { timeout: 20_000 }, async () => {
    const refusal = (error: unknown) => {
      assert.ok(error instanceof AuthenticationError, inspect(error))
      assert.match(error.message, message)
      assert.doesNotMatch(inspect(error), /-secret/)
      return true
    }
    const events: ClientEvent[] = []
    const given = { ...options(), onEvent: (event: ClientEvent) => events.push(event) }
    await using admin = new Admin(given)
    await assert.rejects(admin.listTopics(), refusal)
    await using producer = new Producer(given)
    await assert.rejects(producer.send({ topic: 'nothing', value: 'x' }), refusal)
    await using consumer = new Consumer({ ...given, groupId: 'nobody' })
    consumer.subscribe(['nothing'])
    await assert.rejects(async () => {
      for await (const _ of consumer);
    }, refusal)
    assert.doesNotMatch(inspect(events, { depth: 9 }), /-secret/)
  })
}

test('who leaves out what a listener wants, or brings what it does not, is told so', async () => {
  const tls = { ca: authority.cert }
  for (const [listener, options, message] of [
    ['LOGIN', {}, /it may want TLS/],
    ['AGAIN', {}, /it may want a login/],
    ['LOGIN', { tls }, /it may want a login/],
    ['OPEN', { tls }, /before the TLS handshake was over; a listener without TLS does that/],
    ['MUTUAL', { tls }, /the server wants a certificate of the client; give "cert" and "key"/],
  ] as const) {
    await using admin = new Admin({ brokers: [addressOf(listener)], apiTimeoutMs: 500, ...options })
    await assert.rejects(admin.listTopics(), message)
  }
})

test('a password that goes to another machine unencrypted is told of, once', async () => {
  // A name of another machine, which leads to this one all the same.
  const away: Network = {
    ...nodeNetwork,
    connect: async options => {
      const connection = await nodeNetwork.connect({ ...options, host: '127.0.0.1' })
      return new Proxy(connection, {
        get: (target, name) => {
          if (name === 'remoteAddress') return '192.0.2.1'
          const value: unknown = Reflect.get(target, name, target)
          return typeof value === 'function' ? (value.bind(target) as unknown) : value
        },
      })
    },
  }
  const alice: SaslOptions = { mechanism: 'plain', username: 'alice', password: 'alice-secret' }
  const bob: SaslOptions = { mechanism: 'scram-sha-256', username: 'bob', password: 'bob-secret' }
  for (const [options, told] of [
    [{ brokers: [addressOf('AGAIN')], sasl: alice, network: away }, 1],
    [{ brokers: [addressOf('AGAIN')], sasl: alice }, 0],
    [{ brokers: [addressOf('AGAIN')], sasl: bob, network: away }, 0],
    [{ brokers: [addressOf('LOGIN')], sasl: alice, network: away, tls: { ca: authority.cert } }, 0],
  ] as const) {
    const events: ClientEvent[] = []
    await using producer = new Producer({ ...options, onEvent: event => events.push(event) })
    await producer.send({ topic: 'exposed', value: 'x' })
    const exposed = events.filter(({ type }) => type === 'login.exposed')
    assert.equal(exposed.length, told)
    for (const { message, level } of exposed) {
      assert.equal(level, 'warn')
      assert.match(message, /^the password goes to 127\.0\.0\.1:\d+ unencrypted \(PLAIN without TLS\)/)
    }
  }
})

test('the authorities of the system can be trusted, alone or beside another one', async () => {
  const server = { brokers: [addressOf('MUTUAL')], apiTimeoutMs: 2_000 }
  const { cert, key } = alice
  await using both = new Admin({ ...server, tls: { ca: ['system', authority.cert], cert, key } })
  assert.ok(Array.isArray(await both.listTopics()))
  for (const options of [
    { ...server, tls: { ca: 'system', cert, key } },
    {
      'bootstrap.servers': addressOf('MUTUAL'),
      'security.protocol': 'SSL',
      'ssl.ca.location': 'probe',
      'ssl.certificate.pem': cert,
      'ssl.key.pem': key,
    },
  ]) {
    await using admin = new Admin(options as ClusterOptions)
    await assert.rejects(admin.listTopics(), AuthenticationError)
  }
})

test('name and password may both come from what gives them anew', async () => {
  const given = [
    ['alice', 'alice-secret'],
    ['bob', 'bob-secret'],
  ] as const
  for (const [mechanism, at] of [
    ['plain', 0],
    ['scram-sha-512', 1],
  ] as const) {
    const options = login({
      mechanism,
      username: () => Promise.resolve(given[at][0]),
      password: () => given[at][1],
    })
    await using admin = new Admin(options)
    assert.ok(Array.isArray(await admin.listTopics()))
  }
})

test('nobody who prints a client sees a secret of it', async () => {
  await using admin = new Admin({
    ...login({ mechanism: 'plain', username: 'alice', password: 'alice-secret' }),
    tls: { ca: authority.cert, cert: alice.cert, key: alice.key, passphrase: 'key-secret' },
  })
  await admin.listTopics()
  const text = inspect(admin, { depth: 9, showHidden: false })
  assert.doesNotMatch(text, /-secret|PRIVATE KEY/)
})

test('a client logs in again while it works, and nothing is lost or refused', async () => {
  const options: ClusterOptions = {
    brokers: [addressOf('AGAIN')],
    sasl: { mechanism: 'scram-sha-256', username: 'bob', password: 'bob-secret' },
  }
  await using producer = new Producer({ ...options, deliveryTimeoutMs: 10_000 })
  await using consumer = new Consumer({ ...options, groupId: 'again', autoOffsetReset: 'earliest' })
  const events: ClientEvent[] = []
  await using admin = new Admin({ ...options, onEvent: (event: ClientEvent) => events.push(event) })
  consumer.subscribe(['again'])
  const until = Date.now() + 5_000
  let sent = 0
  const sending = (async () => {
    while (Date.now() < until) {
      await producer.send({ topic: 'again', value: String(sent++) })
      if (sent % 20 === 0) await admin.listTopics()
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  })()
  let received = 0
  const receiving = (async () => {
    for await (const record of consumer) {
      assert.equal(String(record.value), String(received++))
      if (Date.now() > until && received === sent) return
    }
  })()
  await sending
  await producer.send({ topic: 'again', value: String(sent++) })
  await receiving
  assert.deepEqual(events, [])
})

test('users are made, described and deleted', async () => {
  await using admin = new Admin(login({ mechanism: 'plain', username: 'alice', password: 'alice-secret' }))
  const made = await admin.alterUserScramCredentials([
    { user: 'erin', mechanism: 'scram-sha-256', password: 'erin-secret', iterations: 8192 },
    { user: 'erin', mechanism: 'scram-sha-512', password: 'erin-secret' },
  ])
  throwFirst(made)
  const users = await admin.describeUserScramCredentials()
  assert.deepEqual(
    users.map(({ user, credentials }) => [user, credentials]),
    [
      [
        'bob',
        [
          { mechanism: 'scram-sha-256', iterations: 4096 },
          { mechanism: 'scram-sha-512', iterations: 4096 },
        ],
      ],
      [
        'erin',
        [
          { mechanism: 'scram-sha-256', iterations: 8192 },
          { mechanism: 'scram-sha-512', iterations: 4096 },
        ],
      ],
    ],
  )
  await roundTrip(login({ mechanism: 'scram-sha-512', username: 'erin', password: 'erin-secret' }), 'erin')
  throwFirst(
    await admin.alterUserScramCredentials([
      { user: 'erin', mechanism: 'scram-sha-256', delete: true },
      { user: 'erin', mechanism: 'scram-sha-512', delete: true },
    ]),
  )
  const [gone] = await admin.describeUserScramCredentials(['erin'])
  assert.equal(gone?.error?.code, 'RESOURCE_NOT_FOUND')
})

const faults: [name: string, options: object, message: RegExp][] = [
  [
    'a mechanism that there is not',
    { sasl: { mechanism: 'GSSAPI' } },
    /there is no GSSAPI; there are plain,/,
  ],
  ['no password', { sasl: { mechanism: 'plain', username: 'a' } }, /sasl\.password is missing/],
  [
    'a field that there is not',
    { sasl: { mechanism: 'plain', username: 'a', pasword: 'x-secret' } },
    /there is no "pasword"/,
  ],
  [
    'an option of TLS that there is not',
    { tls: { rejectUnautorized: false } },
    /tls: there is no .* did you mean "rejectUnauthorized"/,
  ],
  [
    'the name of a file in place of its text',
    { tls: { ca: 'ca-secret.pem' } },
    /tls\.ca: there is no certificate in it/,
  ],
  [
    'a certificate with the key of another one',
    { tls: { cert: alice.cert, key: server.key } },
    /tls: certificate and private key do not belong together/,
  ],
  [
    'a key whose password is another one',
    {
      'security.protocol': 'SSL',
      'ssl.certificate.pem': alice.cert,
      'ssl.key.pem': alice.privateKey.export({
        type: 'pkcs8',
        format: 'pem',
        cipher: 'aes-256-cbc',
        passphrase: 'key-secret',
      }),
      'ssl.key.password': 'x-secret',
    },
    /ssl: the password does not open the key/,
  ],
  ['ciphers that there are not', { tls: { ciphers: 'NONE' } }, /tls: there is none of the ciphers/],
  [
    'a key that is none',
    { tls: { key: Buffer.from('x-secret') } },
    /tls\.key: there is no private key in it/,
  ],
  ['SASL without a protocol', { 'sasl.mechanism': 'PLAIN' }, /needs "security\.protocol"/],
  ['a protocol without a mechanism', { 'security.protocol': 'SASL_SSL' }, /sasl\.mechanism is missing/],
  ['a protocol that there is not', { 'security.protocol': 'TLS' }, /is none of PLAINTEXT, SSL/],
  [
    'two that contradict each other',
    { 'security.protocol': 'PLAINTEXT', tls: true },
    /contradict each other/,
  ],
  [
    'a file that there is not',
    { 'security.protocol': 'SSL', 'ssl.ca.location': '/no/such' },
    /ssl\.ca\.location: \/no\/such cannot be read/,
  ],
  [
    'a file without a certificate',
    { 'security.protocol': 'SSL', 'ssl.ca.location': import.meta.filename },
    /ssl\.ca\.location: there is no certificate in .*client\.test\.ts/,
  ],
  [
    'JAAS that cannot be read',
    {
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'PLAIN',
      'sasl.jaas.config': 'x required password="x-secret"',
    },
    /sasl\.jaas\.config: it does not end with a semicolon/,
  ],
  [
    'a password that is a number',
    { 'security.protocol': 'SASL_SSL', 'sasl.password': 123_456 },
    /the value is not text/,
  ],
]

for (const [name, options, message] of faults) {
  test(`${name} is an error before anything is connected, in which no secret stands`, () => {
    assert.throws(
      () => new Admin({ brokers: ['127.0.0.1:1'], ...options } as ClusterOptions),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError)
        assert.match(error.message, message)
        assert.doesNotMatch(error.message, /x-secret|123/)
        return true
      },
    )
  })
}
