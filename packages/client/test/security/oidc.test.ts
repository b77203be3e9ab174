// Tokens of an identity provider: how it is asked, by which names, and what becomes of its answers, good and bad.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { nodeClock, nodeRandom } from '@millrace/runtime'
import {
  Admin,
  AuthenticationError,
  ConfigError,
  ConnectionError,
  type OidcOptions,
} from '../../src/index.ts'
import { oidcTokens } from '../../src/security/oidc-tokens.ts'
import type { OidcLogin, TokenLogin } from '../../src/security/sasl-options.ts'
import { saslFromProperties } from '../../src/security/sasl-properties.ts'
import type { SecurityProperties } from '../../src/security/security-table.ts'
import { tokenOf as bearerTokenOf } from '../../src/security/bearer-login.ts'
import { grant, startProvider } from './fake-provider.ts'

const world = { clock: nodeClock, random: nodeRandom }
const signal = new AbortController().signal
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

function tokenOf(options: OidcOptions): Promise<string> {
  const quick = { retryBackoffMs: 1, retryBackoffMaxMs: 200, ...options }
  return oidcTokens(quick, world).get(signal, () => assert.fail('nothing was kept'))
}

/** The login that properties stand for. */
function loginOf(properties: SecurityProperties): TokenLogin | OidcLogin {
  return saslFromProperties({ 'sasl.mechanism': 'OAUTHBEARER', ...properties }, nodeClock) as TokenLogin
}

async function optionsFor(t: TestContext): Promise<OidcOptions> {
  const { url } = await startProvider(t)
  return { tokenEndpoint: url, clientId: 'me', clientSecret: 'the-secret' }
}

test('a provider is asked with id, secret, scope and what else it wants', async t => {
  const provider = await startProvider(t)
  const token = await tokenOf({
    tokenEndpoint: provider.url,
    clientId: 'me',
    clientSecret: () => Promise.resolve('the-secret'),
    scope: 'read write',
    parameters: { audience: 'kafka' },
  })
  assert.equal(token, 'a-token')
  assert.deepEqual(provider.asked, [
    {
      method: 'POST',
      authorization: basic('me:the-secret'),
      form: { grant_type: 'client_credentials', scope: 'read write', audience: 'kafka' },
    },
  ])
})

test('id and secret are encoded as RFC 6749 says, or as they are where a provider wants that', async t => {
  const provider = await startProvider(t)
  const options = { tokenEndpoint: provider.url, clientId: 'me:you', clientSecret: 'a+b/c=~' }
  await tokenOf(options)
  await tokenOf({ ...options, encodeCredentials: false })
  assert.deepEqual(
    provider.asked.map(({ authorization }) => authorization),
    [basic('me%3Ayou:a%2Bb%2Fc%3D~'), basic('me:you:a+b/c=~')],
  )
})

const spellings: [name: string, properties: SecurityProperties][] = [
  [
    'of Java',
    {
      'sasl.oauthbearer.client.credentials.client.id': 'me',
      'sasl.oauthbearer.client.credentials.client.secret': 'the-secret',
      'sasl.oauthbearer.scope': 'read',
      'sasl.oauthbearer.header.urlencode': true,
      'sasl.login.connect.timeout.ms': 3_000,
      'sasl.login.read.timeout.ms': 4_000,
      'sasl.login.retry.backoff.ms': 50,
      'sasl.login.retry.backoff.max.ms': 5_000,
      'sasl.login.refresh.window.factor': 0.7,
      'sasl.login.refresh.window.jitter': 0.1,
      'sasl.login.refresh.min.period.seconds': 30,
      'sasl.login.refresh.buffer.seconds': 60,
      'sasl.jaas.config':
        'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required extension_tenant="shop";',
    },
  ],
  [
    'of Java before 4.1, in JAAS',
    {
      'sasl.jaas.config':
        'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId="me" clientSecret="the-secret" scope="read" extension_tenant="shop";',
    },
  ],
  [
    'of librdkafka',
    {
      'sasl.oauthbearer.client.credentials.client.id': 'me',
      'sasl.oauthbearer.client.credentials.client.secret': 'the-secret',
      'sasl.oauthbearer.scope': 'read',
      'sasl.oauthbearer.extensions': 'tenant=shop',
    },
  ],
]

for (const [name, properties] of spellings) {
  test(`the properties ${name} say the same`, async t => {
    const provider = await startProvider(t)
    const login = loginOf({ 'sasl.oauthbearer.token.endpoint.url': provider.url, ...properties })
    assert.ok('oidc' in login)
    assert.deepEqual(login.extensions, { tenant: 'shop' })
    assert.equal(await tokenOf(login.oidc), 'a-token')
    assert.deepEqual(provider.asked, [
      {
        method: 'POST',
        authorization: basic('me:the-secret'),
        form: { grant_type: 'client_credentials', scope: 'read' },
      },
    ])
    if (name !== 'of Java') return
    const { timeoutMs, retryBackoffMs, retryBackoffMaxMs, refresh } = login.oidc
    assert.deepEqual([timeoutMs, retryBackoffMs, retryBackoffMaxMs], [7_000, 50, 5_000])
    assert.deepEqual(refresh, { windowFactor: 0.7, windowJitter: 0.1, minPeriodMs: 30_000, bufferMs: 60_000 })
  })
}

test("librdkafka's own names of id, secret and method are those of a client, too", () => {
  assert.doesNotThrow(() =>
    new Admin({
      'bootstrap.servers': 'localhost:9092',
      'security.protocol': 'SASL_SSL',
      'sasl.mechanisms': 'OAUTHBEARER',
      'sasl.oauthbearer.method': 'oidc',
      'sasl.oauthbearer.token.endpoint.url': 'https://idp.example/token',
      'sasl.oauthbearer.client.id': 'me',
      'sasl.oauthbearer.client.secret': 'the-secret',
    }).close(),
  )
})

test('a provider that is away for a moment is asked again', async t => {
  const options = await optionsFor(t)
  const provider = await startProvider(t)
  let times = 0
  provider.answer = response => {
    times++
    if (times === 1) response.writeHead(503).end()
    else if (times === 2) response.destroy()
    else if (times === 3) response.writeHead(429).end('{}')
    else grant(response, { access_token: 'late', expires_in: 60 })
  }
  assert.equal(await tokenOf({ ...options, tokenEndpoint: provider.url, retryBackoffMaxMs: 5_000 }), 'late')
  assert.equal(times, 4)
})

test('a provider that stays away is told of after a while, as what may be tried again', async t => {
  const options = await optionsFor(t)
  const gone = { ...options, tokenEndpoint: 'http://127.0.0.1:1/token' }
  await assert.rejects(tokenOf(gone), (error: Error) => {
    assert.ok(error instanceof ConnectionError)
    assert.match(error.message, /^no token from http:\/\/127\.0\.0\.1:1\/token: .*ECONNREFUSED/)
    return true
  })
  const silent = await startProvider(t, () => {})
  const asked = tokenOf({ ...options, tokenEndpoint: silent.url, timeoutMs: 30, retryBackoffMaxMs: 0 })
  await assert.rejects(asked, /ConnectionError: no token from .*: no answer within 30 ms/)
})

const refusals: [name: string, status: number, body: string, message: RegExp][] = [
  ['a wrong secret', 401, '{"error":"invalid_client"}', /: status 401 \(invalid_client\)$/],
  [
    'a scope that there is not',
    400,
    '{"error":"invalid_scope","error_description":"no such scope"}',
    /: status 400 \(invalid_scope: no such scope\)$/,
  ],
  ['an answer that repeats the secret', 401, '{"error":"the-secret is wrong"}', /: status 401$/],
  ['an answer that is no JSON', 403, 'no, the-secret is wrong', /: status 403$/],
  ['a redirection', 302, '', /: status 302$/],
  ['an answer without a token', 200, '{"token_type":"Bearer"}', /: the answer has no access_token$/],
  ['an answer that is a token and no JSON', 200, 'the-secret', /: the answer has no access_token$/],
]

for (const [name, status, body, message] of refusals) {
  test(`${name} is final, and no secret stands in what is said`, async t => {
    const options = await optionsFor(t)
    const provider = await startProvider(t, response => response.writeHead(status).end(body))
    await assert.rejects(tokenOf({ ...options, tokenEndpoint: provider.url }), (error: Error) => {
      assert.ok(error instanceof AuthenticationError)
      assert.match(error.message, message)
      assert.doesNotMatch(inspect(error), /the-secret/)
      return true
    })
    assert.equal(provider.asked.length, 1)
  })
}

test('an answer without end is cut off', async t => {
  const options = await optionsFor(t)
  const provider = await startProvider(t, response => response.write(Buffer.alloc(2 << 20)))
  await assert.rejects(
    tokenOf({ ...options, tokenEndpoint: provider.url, retryBackoffMaxMs: 0 }),
    /the answer is longer than 1048576 bytes/,
  )
})

test('a token ends when the provider says, or its own claim: whichever is sooner', async t => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const jwt = (seconds: number) => `${part({ alg: 'none' })}.${part({ exp: Date.now() / 1000 + seconds })}.x`
  for (const [fields, renewed] of [
    [{ access_token: 'opaque', expires_in: 3600 }, 1],
    [{ access_token: 'opaque', expires_in: '3600' }, 1],
    [{ access_token: jwt(3600) }, 1],
    [{ access_token: jwt(-1), expires_in: 3600 }, 2],
    [{ access_token: jwt(3600), expires_in: 0.001 }, 2],
    [{ access_token: 'opaque' }, 2],
  ] as const) {
    const provider = await startProvider(t, response => grant(response, fields))
    const tokens = oidcTokens({ tokenEndpoint: provider.url, clientId: 'me', clientSecret: 'x' }, world)
    for (let count = 0; count < 2; count++) {
      await tokens.get(signal, () => {})
      await new Promise(resolve => setTimeout(resolve, 5))
    }
    assert.equal(provider.asked.length, renewed, inspect(fields))
  }
})

test('a token in a file is read at each login', async t => {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-token-'))
  t.after(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'token')
  writeFileSync(path, 'first\n')
  const login = loginOf({ 'sasl.oauthbearer.token.endpoint.url': pathToFileURL(path).href })
  assert.ok('token' in login)
  const token = async () => (await bearerTokenOf(login.token)).token
  assert.equal(await token(), 'first')
  writeFileSync(path, 'second')
  assert.equal(await token(), 'second')
  rmSync(path)
  await assert.rejects(token(), ConnectionError)
})

const good = { tokenEndpoint: 'https://idp.example/token', clientId: 'me', clientSecret: 'the-secret' }
const faults: [oidc: object, message: RegExp][] = [
  [{ ...good, tokenEndpoint: 'idp.example' }, /sasl\.oidc\.tokenEndpoint: give the URL/],
  [{ ...good, tokenEndpoint: 'ftp://idp.example' }, /sasl\.oidc\.tokenEndpoint: give the URL/],
  [{ ...good, tokenEndpoint: 'https://me:the-secret@idp.example' }, /as "clientId" and "clientSecret"/],
  [{ ...good, clientId: undefined }, /sasl\.oidc\.clientId is missing/],
  [{ ...good, clientSecret: '' }, /sasl\.oidc\.clientSecret is missing/],
  [{ ...good, clientSecert: 'the-secret' }, /there is no "clientSecert"; did you mean "clientSecret"\?/],
  [{ ...good, timeoutMs: 'the-secret' }, /sasl\.oidc\.timeoutMs is no number/],
  [
    { ...good, refresh: { windowFactor: 2 } },
    /sasl\.oidc\.refresh\.windowFactor is no number between 0\.5 and 1/,
  ],
  [{ ...good, refresh: { factor: 0.8 } }, /sasl\.oidc\.refresh: there is no "factor"/],
  [{ ...good, parameters: { audience: 1 } }, /sasl\.oidc\.parameters\.audience is no text/],
  [{ ...good, ca: 'ca.pem' }, /sasl\.oidc\.ca: there is no certificate in it/],
]

for (const [oidc, message] of faults) {
  test(`${message.source} is said when the client is made, without the secret`, () => {
    const sasl = { mechanism: 'oauthbearer', oidc } as OidcLogin
    assert.throws(
      () => new Admin({ brokers: ['localhost:9092'], sasl }),
      (error: Error) => {
        assert.ok(error instanceof ConfigError)
        assert.match(error.message, message)
        assert.doesNotMatch(inspect(error), /the-secret/)
        return true
      },
    )
  })
}
