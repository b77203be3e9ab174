// How applications of KafkaJS's API reach a cluster: addresses, sockets, TLS and logins, and what they are told where that fails, as with KafkaJS. On a broker of their own, with TLS and logins.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Broker } from '@millrace/broker'
import * as ours from '@millrace/client/kafkajs'
import { TestAuthority } from '@millrace/testkit/certificates'
import { type Library, shape } from './both.ts'

const theirs = createRequire(import.meta.url)('kafkajs') as Library
const authority = new TestAuthority()
const server = authority.issue({ subject: [['CN', 'server']] })
const timeout = 60_000

let directory: string
let broker: Broker

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-kafkajs-'))
  const keyStore = join(directory, 'server.pem')
  writeFileSync(keyStore, server.key + server.cert)
  const modules = 'org.apache.kafka.common.security'
  broker = await Broker.start({
    config: {
      'log.fsync': 'never',
      'connection.failed.authentication.delay.ms': 0,
      listeners: 'OPEN://127.0.0.1:0,LOGIN://127.0.0.1:0',
      'listener.security.protocol.map': 'OPEN:PLAINTEXT,LOGIN:SASL_SSL',
      'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
      'listener.name.login.plain.sasl.jaas.config': `${modules}.plain.PlainLoginModule required user_alice="alice-secret";`,
      'listener.name.login.oauthbearer.sasl.jaas.config': `${modules}.oauthbearer.OAuthBearerLoginModule required;`,
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': keyStore,
    },
    users: [{ name: 'bob', password: 'bob-secret' }],
    topics: ['there'],
  })
})

after(async () => {
  await broker.close()
  rmSync(directory, { recursive: true })
})

const addressOf = (listener: string): string => {
  const { host, port } = broker.endpoints.find(({ name }) => name === listener)!
  return `${host}:${port}`
}

type Config = Partial<ours.KafkaConfig>

/** The topics that an admin client with this configuration lists, or how that fails. */
async function listed(library: Library, config: Config): Promise<unknown> {
  const log: string[] = []
  const kafka = new library.Kafka({
    clientId: 'connecting',
    brokers: [addressOf('OPEN')],
    retry: { retries: 1, initialRetryTime: 20 },
    logLevel: library.logLevel.NOTHING,
    ...config,
  })
  const admin = kafka.admin()
  try {
    await admin.connect()
    return { topics: await admin.listTopics(), log }
  } catch (error) {
    return shape(error as Error)
  } finally {
    await admin.disconnect()
  }
}

function same(name: string, configOf: (library: Library) => Config, expected?: unknown): void {
  test(name, { timeout }, async () => {
    const found = await listed(ours, configOf(ours))
    if (expected !== undefined) assert.deepEqual(found, expected)
    assert.deepEqual(found, await listed(theirs, configOf(theirs)))
  })
}

const isThere = { topics: ['there'], log: [] }
const secured = (sasl: ours.KafkaConfig['sasl']): Config => ({
  brokers: [addressOf('LOGIN')],
  ssl: { ca: [authority.cert], servername: 'localhost', checkServerIdentity: () => undefined },
  sasl: sasl!,
})
const token = () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ sub: 'carol', exp: Math.floor(Date.now() / 1000) + 600 })}.`
}

same('addresses may come from a function', () => ({ brokers: async () => [addressOf('OPEN')] }), isThere)
same('a function that fails is a connection error', () => ({
  brokers: () => Promise.reject(new Error('no registry')),
}))
same('without addresses there is nothing to connect to', () => ({ brokers: [] }))
same('an address that is none is refused', () => ({ brokers: [3 as never] }))
same('nobody listens', () => ({ brokers: ['127.0.0.1:1'] }))
same('one address of several is enough', () => ({ brokers: ['127.0.0.1:1', addressOf('OPEN')] }), isThere)
same(
  'PLAIN over TLS',
  () => secured({ mechanism: 'plain', username: 'alice', password: 'alice-secret' }),
  isThere,
)
same(
  'SCRAM-SHA-256',
  () => secured({ mechanism: 'scram-sha-256', username: 'bob', password: 'bob-secret' }),
  isThere,
)
same(
  'SCRAM-SHA-512',
  () => secured({ mechanism: 'scram-sha-512', username: 'bob', password: 'bob-secret' }),
  isThere,
)
same(
  'OAUTHBEARER asks the application for tokens',
  () => secured({ mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: token() }) }),
  isThere,
)
same(
  'a wrong password is refused',
  () => secured({ mechanism: 'plain', username: 'alice', password: 'guess' }),
  {
    name: 'KafkaJSSASLAuthenticationError',
    retriable: false,
    type: undefined,
    code: undefined,
  },
)

same('a provider that gives no token is an error of the login', () =>
  secured({ mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: null as never }) }),
)
same('a login without a password is refused before it is tried', () =>
  secured({ mechanism: 'plain', username: 'alice' } as never),
)
same('what a provider throws is thrown as it is', () =>
  secured({ mechanism: 'oauthbearer', oauthBearerProvider: () => Promise.reject(new Error('no provider')) }),
)

/** PLAIN by hand, as an application writes a mechanism that KafkaJS does not have: sizes come first. */
const ownMechanism: ours.Mechanism = {
  mechanism: 'plain',
  authenticationProvider: ({ host, port, logger, saslAuthenticate }) => ({
    authenticate: async () => {
      logger.debug('logging in', { broker: `${host}:${port}` })
      const secret = Buffer.from('\0alice\0alice-secret')
      const size = Buffer.alloc(4)
      size.writeInt32BE(secret.length)
      const answer = await saslAuthenticate({
        request: { encode: () => Buffer.concat([size, secret]) },
        response: { decode: raw => raw, parse: raw => raw.readInt32BE(0) },
      })
      assert.equal(answer, 0)
    },
  }),
}
same('a mechanism of the application', () => secured(ownMechanism), isThere)

for (const [name, library] of [
  ['KafkaJS', theirs],
  ['ours', ours],
] as const) {
  test(`sockets are opened by the application: ${name}`, { timeout }, async () => {
    const opened: string[] = []
    const socketFactory: ours.ISocketFactory = ({ host, port, ssl, onConnect }) => {
      opened.push(`${host}:${port} ${ssl === null}`)
      return connect({ host, port }, onConnect)
    }
    assert.deepEqual(await listed(library, { socketFactory }), isThere)
    assert.equal(opened[0], `${addressOf('OPEN')} true`)
  })
}
