// Tokens of an identity provider from end to end: the client gets them over TLS, the broker checks their signatures, and both renew them while records flow.
import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Broker } from '@millrace/broker'
import {
  Admin,
  AuthenticationError,
  type ClientEvent,
  type ClusterOptions,
  Consumer,
  Producer,
} from '@millrace/client'
import { TestAuthority } from '@millrace/testkit/certificates'

const authority = new TestAuthority()
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const lifetimeSeconds = 6

let directory: string
let broker: Broker
let provider: Server
let tokenEndpoint: string
/** How often the provider was asked, and whether it answers. */
const provided = { tokens: 0, isUp: true }

function newToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Date.now() / 1000
  const claims = { sub: 'shop', aud: 'kafka', iss: 'test', iat: now, exp: now + lifetimeSeconds }
  const signed = `${part({ alg: 'RS256', kid: 'one' })}.${part(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
}

before(async () => {
  const { cert, key } = authority.issue({ subject: [['CN', 'provider']] })
  provider = createServer({ cert, key }, (request, response) => {
    provided.tokens++
    const isKnown =
      request.headers.authorization === `Basic ${Buffer.from('shop:shop-secret').toString('base64')}`
    if (!provided.isUp) response.writeHead(503).end()
    else if (isKnown) response.end(JSON.stringify({ access_token: newToken(), expires_in: lifetimeSeconds }))
    else response.writeHead(401).end('{"error":"invalid_client"}')
  }).listen(0, '127.0.0.1')
  await once(provider, 'listening')
  tokenEndpoint = `https://127.0.0.1:${(provider.address() as AddressInfo).port}/token`
  directory = mkdtempSync(join(tmpdir(), 'millrace-oidc-'))
  const keys = join(directory, 'keys.json')
  writeFileSync(
    keys,
    JSON.stringify({ keys: [{ kid: 'one', use: 'sig', ...publicKey.export({ format: 'jwk' }) }] }),
  )
  broker = await Broker.start({
    config: {
      'log.fsync': 'never',
      'connection.failed.authentication.delay.ms': 0,
      listeners: 'LOGIN://127.0.0.1:0',
      'listener.security.protocol.map': 'LOGIN:SASL_PLAINTEXT',
      'sasl.enabled.mechanisms': 'OAUTHBEARER',
      'sasl.oauthbearer.jwks.endpoint.url': pathToFileURL(keys).href,
      'sasl.oauthbearer.expected.audience': 'kafka',
      'sasl.oauthbearer.expected.issuer': 'test',
    },
  })
})

after(async () => {
  await broker.close()
  provider.closeAllConnections()
  provider.close()
  rmSync(directory, { recursive: true })
})

function optionsWith(clientSecret = 'shop-secret', onEvent?: (event: ClientEvent) => void): ClusterOptions {
  return {
    brokers: [broker.address],
    apiTimeoutMs: 5_000,
    sasl: {
      mechanism: 'oauthbearer',
      oidc: { tokenEndpoint, clientId: 'shop', clientSecret, ca: authority.cert, retryBackoffMaxMs: 500 },
    },
    ...(onEvent && { onEvent }),
  }
}

test('records flow while tokens end: each connection logs in again, and none is lost', {
  timeout: 60_000,
}, async () => {
  const events: ClientEvent[] = []
  const options = optionsWith('shop-secret', event => events.push(event))
  await using producer = new Producer(options)
  await using consumer = new Consumer({ ...options, groupId: 'flow', autoOffsetReset: 'earliest' })
  consumer.subscribe(['flow'])
  const before = provided.tokens
  const until = Date.now() + 2.2 * lifetimeSeconds * 1000
  let sent = 0
  const sending = (async () => {
    while (Date.now() < until) {
      await producer.send({ topic: 'flow', value: String(sent++) })
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    await producer.send({ topic: 'flow', value: String(sent++) })
  })()
  let received = 0
  for await (const record of consumer) {
    assert.equal(String(record.value), String(received++))
    if (Date.now() > until && received === sent) break
  }
  await sending
  assert.deepEqual(
    events.filter(({ type }) => type !== 'topic.unknown'),
    [],
  )
  // Each of the two clients has had one at the start and renewed it twice, give or take one, whatever its number of connections.
  const tokens = provided.tokens - before
  assert.ok(tokens >= 4 && tokens <= 12, `${tokens} tokens`)
})

test('a secret that the provider refuses is final', async () => {
  await using admin = new Admin(optionsWith('wrong-secret'))
  const before = provided.tokens
  await assert.rejects(admin.listTopics(), (error: Error) => {
    assert.ok(error instanceof AuthenticationError)
    assert.match(error.message, /^no token from https:.*\/token: status 401 \(invalid_client\)$/)
    return true
  })
  assert.equal(provided.tokens, before + 1)
})

test('an authority of the provider that is not trusted is final, and says what to give', async () => {
  const { sasl, ...options } = optionsWith()
  assert.ok(sasl && 'oidc' in sasl)
  const { ca: _, ...oidc } = sasl.oidc
  await using admin = new Admin({ ...options, sasl: { mechanism: 'oauthbearer', oidc } })
  await assert.rejects(admin.listTopics(), /^AuthenticationError: no token from .*; "ca" says whom to trust$/)
})

test('a provider that is away is waited for', async () => {
  provided.isUp = false
  try {
    const events: ClientEvent[] = []
    await using admin = new Admin(optionsWith('shop-secret', event => events.push(event)))
    const topics = admin.listTopics()
    while (events.length === 0) await new Promise(resolve => setTimeout(resolve, 10))
    assert.match(events[0]!.message, /status 503\), trying again$/)
    provided.isUp = true
    assert.ok(Array.isArray(await topics))
  } finally {
    provided.isUp = true
  }
})
