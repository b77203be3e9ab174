// Mechanisms that an application brings along: what they are given, and what becomes of what they throw.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslAuthenticateApi, SaslHandshakeApi } from '@millrace/protocol'
import {
  Admin,
  AuthenticationError,
  ConfigError,
  ConnectionError,
  type MechanismExchange,
  type SaslOptions,
} from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

/** A broker whose mechanism RIDDLE asks a question, and is content with the answer 42. */
function riddler(): FakeCluster {
  const cluster = new FakeCluster()
  cluster.on(SaslHandshakeApi, ({ request }) => ({
    errorCode: request.mechanism === 'RIDDLE' ? 0 : 33,
    mechanisms: ['RIDDLE'],
  }))
  cluster.on(SaslAuthenticateApi, ({ request }) => {
    const said = request.authBytes.toString()
    const errorCode = said === 'hello' || said === '42' ? 0 : 58
    const authBytes = Buffer.from(said === 'hello' ? 'what is it?' : '')
    return { errorCode, errorMessage: null, authBytes, sessionLifetimeMs: 0 }
  })
  return cluster
}

async function listTopics(cluster: FakeCluster, sasl: SaslOptions): Promise<void> {
  const { bootstrap: brokers, network } = cluster
  const admin = new Admin({ brokers, network, sasl, apiTimeoutMs: 300, requestTimeoutMs: 5_000 })
  try {
    await admin.listTopics()
  } finally {
    admin.close()
  }
}

const answering = (answer: string) => async (exchange: MechanismExchange) => {
  const question = await exchange.send(Buffer.from('hello'))
  assert.equal(question.toString(), 'what is it?')
  const last = await exchange.send(new TextEncoder().encode(answer))
  assert.equal(last.length, 0)
}

test('a mechanism of one’s own sends tokens and hears answers, as often as it wants', async () => {
  const cluster = riddler()
  let seen: Omit<MechanismExchange, 'send'> | undefined
  await listTopics(cluster, {
    mechanism: 'riddle',
    authenticate: exchange => {
      seen = exchange
      return answering('42')(exchange)
    },
  })
  assert.deepEqual([seen?.host, seen?.port, seen?.encrypted, seen?.signal.aborted], ['fake', 1, false, false])
  assert.deepEqual(
    cluster.log.map(({ name }) => name),
    ['ApiVersions', 'SaslHandshake', 'SaslAuthenticate', 'SaslAuthenticate', 'Metadata'],
  )
})

test('what the broker refuses is final', async () => {
  const cluster = riddler()
  const login = { mechanism: 'RIDDLE', authenticate: answering('41') }
  await assert.rejects(listTopics(cluster, login), (error: Error) => {
    assert.ok(error instanceof AuthenticationError)
    assert.match(error.message, /^fake:1 refuses the login \(RIDDLE\): .*SASL/)
    return true
  })
  assert.equal(cluster.count('SaslHandshake'), 1)
  await assert.rejects(
    listTopics(cluster, { mechanism: 'OTHER', authenticate: answering('42') }),
    /AuthenticationError: fake:1 does not have OTHER; it has RIDDLE/,
  )
})

test('what the application throws is tried again, unless it says that it is final', async () => {
  const cluster = riddler()
  let times = 0
  const broken = (error: Error) => ({
    mechanism: 'RIDDLE',
    authenticate: () => {
      times++
      return Promise.reject(error)
    },
  })
  await assert.rejects(listTopics(cluster, broken(new Error('no key yet'))), (error: Error) => {
    const { cause } = error as { cause?: unknown }
    assert.ok(cause instanceof ConnectionError)
    assert.match(error.message, /sasl\.authenticate: the function has failed: no key yet/)
    return true
  })
  assert.ok(times > 1)
  times = 0
  await assert.rejects(
    listTopics(cluster, broken(new AuthenticationError('no such key'))),
    /^AuthenticationError: no such key/,
  )
  assert.equal(times, 1)
  const silent = { mechanism: 'RIDDLE', authenticate: () => Promise.resolve() }
  await assert.rejects(listTopics(cluster, silent), /the login to fake:1 \(RIDDLE\) has sent nothing/)
})

const faults: [sasl: object, message: RegExp][] = [
  [{ mechanism: 'RIDDLE' }, /there is no RIDDLE; there are plain, .*, and any other with "authenticate"/],
  [{ mechanism: 'a b', authenticate: () => {} }, /sasl\.mechanism: give its name/],
  [{ mechanism: 'RIDDLE', authenticate: true }, /sasl\.authenticate: give a function/],
  [
    { mechanism: 'RIDDLE', authenticate: () => {}, password: 'x' },
    /sasl: there is no "password" with RIDDLE/,
  ],
]

for (const [sasl, message] of faults) {
  test(`${message.source} is said when the client is made`, () => {
    assert.throws(
      () => new Admin({ brokers: ['localhost:9092'], sasl: sasl as SaslOptions }),
      (error: Error) => error instanceof ConfigError && message.test(error.message),
    )
  })
}
