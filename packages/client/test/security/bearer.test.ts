// Bearer tokens that a function gives: with extensions of their own, or with those of the option, by the client's API and by KafkaJS's.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaslAuthenticateApi, SaslHandshakeApi } from '@millrace/protocol'
import { parseOAuthBearerMessage } from '@millrace/protocol/security'
import type { Logger } from '../../src/kafkajs/types/config.ts'
import { saslOptions } from '../../src/kafkajs/sasl.ts'
import { Admin, ConfigError, type SaslOptions } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

/** What a client that logs in has said of itself. */
async function login(sasl: SaslOptions): Promise<[string, Record<string, string>]> {
  const cluster = new FakeCluster()
  const said: Buffer[] = []
  cluster.on(SaslHandshakeApi, () => ({ errorCode: 0, mechanisms: ['OAUTHBEARER'] }))
  cluster.on(SaslAuthenticateApi, ({ request }) => {
    said.push(request.authBytes)
    return { errorCode: 0, errorMessage: null, authBytes: Buffer.alloc(0), sessionLifetimeMs: 0 }
  })
  const { bootstrap: brokers, network } = cluster
  const admin = new Admin({ brokers, network, sasl, apiTimeoutMs: 300, logger: null })
  try {
    await admin.listTopics()
  } finally {
    admin.close()
  }
  const { token, extensions } = parseOAuthBearerMessage(said[0]!)
  return [token, Object.fromEntries(extensions)]
}

const mechanism = 'oauthbearer' as const
const extensions = { tenant: 'shop' }

test('a token goes with the extensions of the option, unless it comes with some', async () => {
  assert.deepEqual(await login({ mechanism, token: 't1', extensions }), ['t1', extensions])
  assert.deepEqual(await login({ mechanism, token: () => 't2', extensions }), ['t2', extensions])
  assert.deepEqual(await login({ mechanism, token: async () => ({ token: 't3' }), extensions }), [
    't3',
    extensions,
  ])
  const own = { pool: 'p1' }
  assert.deepEqual(await login({ mechanism, token: () => ({ token: 't4', extensions: own }), extensions }), [
    't4',
    own,
  ])
})

test('what is no token, and what cannot be sent with one, is refused with its name', async () => {
  const refused: [unknown, RegExp][] = [
    ['', /sasl\.token: the function gave no text/],
    [undefined, /sasl\.token: the function gave no text/],
    [{ value: 't' }, /no object with a "token"/],
    [{ token: 't', extensions: { auth: 'x' } }, /sasl\.extensions: the extension "auth"/],
    [{ token: 't', extensions: 'x=y' }, /sasl\.extensions: give an object of texts/],
  ]
  for (const [given, message] of refused)
    await assert.rejects(login({ mechanism, token: () => given as string }), (error: Error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(error.message, message)
      return true
    })
})

test('a provider of KafkaJS’s may give extensions with its token', async () => {
  const oauthBearerProvider = async () => ({ value: 'kt', extensions: { logicalCluster: 'lkc', pool: 7 } })
  const options = saslOptions({ mechanism, oauthBearerProvider }, {} as Logger)
  assert.deepEqual(await login(options), ['kt', { logicalCluster: 'lkc', pool: '7' }])
})
