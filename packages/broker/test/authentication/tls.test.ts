// TLS listeners over real sockets: certificates of server and client, what is refused, and new certificates without a restart.
import assert from 'node:assert/strict'
import { statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls'
import {
  ApiVersionsApi,
  ErrorCode,
  IncrementalAlterConfigsApi,
  MetadataApi,
  SaslAuthenticateApi,
  SaslHandshakeApi,
} from '@millrace/protocol'
import { type Certificate, TestAuthority } from '@millrace/testkit/certificates'
import { ConfigError } from '../../src/config/definition.ts'
import type { RunningBroker } from '../../src/running-broker.ts'
import { connect, LineCollector, startBroker, temporaryDirectory } from '../broker-fixture.ts'
import { TestClient } from '../test-client.ts'
import { plainToken, saslConfig } from './sasl-fixture.ts'

const authority = new TestAuthority()
const server = authority.issue({ subject: [['CN', 'server']] })
const alice = authority.issue({
  subject: [
    ['C', 'DE'],
    ['O', 'Acme, Inc.'],
    ['CN', 'alice'],
  ],
})

const sslConfig = {
  listeners: 'SSL://127.0.0.1:0',
  'ssl.keystore.type': 'PEM',
  'ssl.truststore.type': 'PEM',
}

interface Setup {
  readonly broker: RunningBroker
  readonly logger: LineCollector
  readonly directory: string
}

async function setUp(t: TestContext, config: Record<string, string | number> = {}): Promise<Setup> {
  const directory = temporaryDirectory(t)
  const keystore = join(directory, 'server.pem')
  const truststore = join(directory, 'ca.pem')
  writeFileSync(keystore, server.key + server.cert)
  writeFileSync(truststore, authority.cert)
  const logger = new LineCollector()
  const broker = await startBroker(t, {
    config: {
      ...sslConfig,
      'ssl.keystore.location': keystore,
      'ssl.truststore.location': truststore,
      ...config,
    },
    logger,
  })
  return { broker, logger, directory }
}

function tlsSocket(broker: RunningBroker, options: ConnectionOptions = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port: broker.port, host: '127.0.0.1', ca: authority.cert, ...options }, () =>
      resolve(socket),
    )
    socket.on('error', reject)
  })
}

async function tlsClient(
  t: TestContext,
  broker: RunningBroker,
  options?: ConnectionOptions,
): Promise<TestClient> {
  const client = TestClient.over(await tlsSocket(broker, options))
  t.after(() => client.close())
  return client
}

const metadata = (client: TestClient) => client.send(MetadataApi, 9, { topics: [] })

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setImmediate(resolve))
}

const withCertificate = ({ cert, key }: Certificate): ConnectionOptions => ({ cert, key })

test('both versions of TLS are spoken, and requests of megabytes come through whole', async t => {
  const { broker } = await setUp(t)
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const client = await tlsClient(t, broker, { minVersion: version, maxVersion: version })
    const topics = Array.from({ length: 60_000 }, (_, at) => ({ name: `no-such-topic-${at}` }))
    const reply = await client.send(MetadataApi, 8, { topics, allowAutoTopicCreation: false })
    assert.equal(reply.topics.length, topics.length)
  }
})

test('a client that must show a certificate is called by its name, by rules if there are', async t => {
  const { broker } = await setUp(t, {
    'ssl.client.auth': 'required',
    'ssl.principal.mapping.rules': 'RULE:^CN=(.*?),.*$/$1/U,DEFAULT',
  })
  const names: string[] = []
  const client = await tlsClient(t, broker, withCertificate(alice))
  await metadata(client)
  for (const { session } of broker.connections) names.push(session.principal)
  assert.deepEqual(names, ['User:ALICE'])
})

test('without a rule the name is the whole of the certificate, as Java writes it', async t => {
  const { broker } = await setUp(t, { 'ssl.client.auth': 'requested' })
  await metadata(await tlsClient(t, broker, withCertificate(alice)))
  await metadata(await tlsClient(t, broker))
  assert.deepEqual(
    [...broker.connections].map(({ session }) => session.principal),
    ['User:CN=alice,O=Acme\\, Inc.,C=DE', 'User:ANONYMOUS'],
  )
})

const day = 86_400_000
const refused: [name: string, options: ConnectionOptions, reason: RegExp][] = [
  ['no certificate', {}, /shown no certificate/],
  [
    'one that has expired',
    withCertificate(authority.issue({ subject: [['CN', 'late']], notAfter: new Date(Date.now() - day / 2) })),
    /it has expired/,
  ],
  [
    'one of another authority',
    withCertificate(new TestAuthority('Other').issue({ subject: [['CN', 'alice']] })),
    /no trusted authority|not trusted/,
  ],
]

for (const [name, options, reason] of refused) {
  test(`a client with ${name} is refused with a line in the log, and others go on`, async t => {
    const { broker, logger } = await setUp(t, { 'ssl.client.auth': 'required' })
    const good = await tlsClient(t, broker, withCertificate(alice))
    await metadata(good)
    await assert.rejects(tlsClient(t, broker, options).then(metadata))
    await until(() => logger.events().includes('connection.tls_failed'))
    const { fields } = logger.lines.find(({ event }) => event === 'connection.tls_failed')!
    assert.match(String(fields['error']), reason)
    assert.equal(fields['listener'], 'SSL')
    await metadata(good)
  })
}

test('plain text on a TLS listener, and TLS on a plain one, are told from each other in the log', async t => {
  const { broker, logger } = await setUp(t)
  const plain = await connect(t, broker)
  await assert.rejects(plain.send(ApiVersionsApi, 0, {}))
  await until(() => logger.events().includes('connection.tls_failed'))
  assert.match(JSON.stringify(logger.lines), /the client speaks plain text/)
  const open = new LineCollector()
  const other = await startBroker(t, { logger: open })
  await assert.rejects(tlsSocket(other))
  await until(() => open.events().includes('connection.bad_request'))
  assert.match(
    JSON.stringify(open.lines),
    /TLS, which is not the protocol of Kafka: .* this listener does not/,
  )
})

test('who only knocks at a TLS listener leaves no line', async t => {
  const { broker, logger } = await setUp(t)
  const knock = await connect(t, broker)
  await until(() => broker.connectionCount === 1)
  await knock.close()
  await until(() => broker.connectionCount === 0)
  assert.deepEqual(
    logger.events().filter(event => event.startsWith('connection.')),
    [],
  )
})

function servedName(socket: TLSSocket): unknown {
  const { subject } = socket.getPeerCertificate()
  socket.destroy()
  return subject.CN
}

test('a new certificate in the file holds from the next connection on, and a broken one changes nothing', async t => {
  const { broker, logger, directory } = await setUp(t)
  const keystore = join(directory, 'server.pem')
  const seen = async () => servedName(await tlsSocket(broker, { checkServerIdentity: () => undefined }))
  assert.equal(await seen(), 'server')
  const kept = await tlsClient(t, broker)
  const second = authority.issue({ subject: [['CN', 'second']] })
  const rewrite = (text: string) => {
    const before = statSync(keystore).mtimeMs
    writeFileSync(keystore, text)
    utimesSync(keystore, new Date(), new Date(before + 5_000))
  }
  rewrite(second.key + second.cert)
  while ((await seen()) !== 'second') await new Promise(resolve => setTimeout(resolve, 50))
  assert.ok(logger.events().includes('tls.reloaded'))
  rewrite(second.key + server.cert)
  while (!logger.events().includes('tls.reload_failed')) {
    assert.equal(await seen(), 'second')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  assert.equal(await seen(), 'second')
  await metadata(kept)
})

test('a certificate is changed by a setting while the broker runs; one that cannot be is refused', async t => {
  const { broker, directory } = await setUp(t, {
    listeners: 'SSL://127.0.0.1:0,PLAINTEXT://127.0.0.1:0',
  })
  const admin = await TestClient.connect(broker.endpoints[1]!.port)
  t.after(() => admin.close())
  const alter = async (name: string, value: string) => {
    const { responses } = await admin.send(IncrementalAlterConfigsApi, 1, {
      resources: [{ resourceType: 4, resourceName: '1', configs: [{ name, configOperation: 0, value }] }],
      validateOnly: false,
    })
    return responses[0]!
  }
  const third = authority.issue({ subject: [['CN', 'third']] })
  const path = join(directory, 'third.pem')
  writeFileSync(path, third.key + third.cert)
  const missing = await alter('listener.name.ssl.ssl.keystore.location', join(directory, 'none.pem'))
  assert.equal(missing.errorCode, ErrorCode.INVALID_REQUEST)
  assert.match(missing.errorMessage!, /there is no file/)
  assert.equal((await alter('listener.name.ssl.ssl.keystore.location', path)).errorCode, ErrorCode.NONE)
  const socket = await tlsSocket(broker, { checkServerIdentity: () => undefined })
  assert.equal(servedName(socket), 'third')
})

test('SASL over TLS: the login says who it is, and certificates are asked for only where the listener says so', async t => {
  const { broker } = await setUp(t, { ...saslConfig('SASL_SSL'), 'ssl.client.auth': 'required' })
  const client = await tlsClient(t, broker)
  await client.send(SaslHandshakeApi, 1, { mechanism: 'PLAIN' })
  const token = plainToken('alice', 'alice-secret')
  assert.equal((await client.send(SaslAuthenticateApi, 2, { authBytes: token })).errorCode, ErrorCode.NONE)
  await metadata(client)
  assert.deepEqual(
    [...broker.connections].map(({ session }) => session.principal),
    ['User:alice'],
  )
  const strict = await setUp(t, {
    ...saslConfig('SASL_SSL'),
    'listener.name.sasl.ssl.client.auth': 'required',
  })
  await assert.rejects(tlsClient(t, strict.broker).then(metadata))
})

const faults: [name: string, config: Record<string, string>, message: RegExp][] = [
  ['no certificate', {}, /listener SSL has no certificate: set listener\.name\.ssl\.ssl\.keystore\.location/],
  ['no file', { 'ssl.keystore.location': '/no/such.pem' }, /there is no file \/no\/such\.pem/],
  [
    'a key of another certificate',
    { 'ssl.keystore.key': alice.key, 'ssl.keystore.certificate.chain': server.cert },
    /not the one of the certificate/,
  ],
  [
    'a type that there is not',
    { 'ssl.keystore.type': 'BKS', 'ssl.keystore.location': '/dev/null' },
    /there are PEM, PKCS12 and JKS, not BKS/,
  ],
  [
    'a cipher that there is not',
    {
      'ssl.keystore.key': server.key,
      'ssl.keystore.certificate.chain': server.cert,
      'ssl.cipher.suites': 'TLS_ROT13',
    },
    /ssl\.cipher\.suites names no cipher/,
  ],
  [
    'a rule that is none',
    {
      'ssl.keystore.key': server.key,
      'ssl.keystore.certificate.chain': server.cert,
      'ssl.principal.mapping.rules': 'RULE:x',
    },
    /does not begin with a rule/,
  ],
  [
    'a principal builder',
    { 'principal.builder.class': 'com.example.Builder' },
    /classes of Java are not loaded/,
  ],
]

for (const [name, config, message] of faults) {
  test(`a start with ${name} says what is wrong, and nothing of a key`, async t => {
    await assert.rejects(startBroker(t, { config: { ...sslConfig, ...config } }), (error: Error) => {
      assert.ok(error instanceof ConfigError, error.stack)
      assert.match(error.message, message)
      assert.doesNotMatch(error.message, /BEGIN|MIG|MII/)
      return true
    })
  })
}

test('keys and certificates may stand in the properties, encrypted and on one line', async t => {
  const passphrase = 'key-secret'
  const key = server.privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase,
  }) as string
  const config = {
    ...sslConfig,
    'listener.name.ssl.ssl.keystore.key': key.replaceAll('\n', ' '),
    'listener.name.ssl.ssl.keystore.certificate.chain': server.cert.replaceAll('\n', ' '),
    'ssl.truststore.certificates': authority.cert,
    'ssl.client.auth': 'required',
  }
  const broker = await startBroker(t, { config: { ...config, 'ssl.key.password': passphrase } })
  await metadata(await tlsClient(t, broker, withCertificate(alice)))
  await assert.rejects(
    startBroker(t, { config: { ...config, 'ssl.key.password': 'wrong' } }),
    /the password is wrong/,
  )
})
