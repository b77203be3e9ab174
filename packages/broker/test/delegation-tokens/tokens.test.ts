// Delegation tokens over the wire: had by who has logged in, used to log in as their owner, prolonged, ended.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CreateDelegationTokenApi,
  DescribeDelegationTokenApi,
  ErrorCode,
  ExpireDelegationTokenApi,
  RenewDelegationTokenApi,
  SaslAuthenticateApi,
  SaslHandshakeApi,
} from '@millrace/protocol'
import { nodeRandom, randomUuid } from '@millrace/runtime'
import { standardAuthorizerClass } from '../../src/authorizer/open-authorizer.ts'
import { requesterTokensMax } from '../../src/limits.ts'
import type { RunningBroker } from '../../src/running-broker.ts'
import { aclOf } from '../authorizer/acl-text.ts'
import { plainToken, saslConfig, scramLogin } from '../authentication/sasl-fixture.ts'
import { connect, LineCollector, startBroker, temporaryDirectory } from '../broker-fixture.ts'
import type { TestClient } from '../test-client.ts'

const secretKey = 'the-secret-of-the-broker'

function start(
  t: TestContext,
  config: Record<string, string | number> = {},
  more = {},
): Promise<RunningBroker> {
  return startBroker(t, {
    config: { ...saslConfig(), 'delegation.token.secret.key': secretKey, ...config },
    ...more,
  })
}

async function login(t: TestContext, broker: RunningBroker, user: string): Promise<TestClient> {
  const client = await connect(t, broker)
  await client.send(SaslHandshakeApi, 1, { mechanism: 'PLAIN' })
  const reply = await client.send(SaslAuthenticateApi, 2, { authBytes: plainToken(user, `${user}-secret`) })
  assert.equal(reply.errorCode, 0)
  return client
}

interface Token {
  readonly tokenId: string
  readonly hmac: Uint8Array
}

/** A connection that has logged in with a token. Rejects when it is not let in. */
async function loginByToken(
  t: TestContext,
  broker: RunningBroker,
  { tokenId, hmac }: Token,
  mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512' = 'SCRAM-SHA-256',
): Promise<{ readonly client: TestClient; readonly lifetimeMs: number }> {
  const client = await connect(t, broker)
  await client.send(SaslHandshakeApi, 1, { mechanism })
  let lifetimeMs = 0
  const send = async (authBytes: Buffer) => {
    const reply = await client.send(SaslAuthenticateApi, 2, { authBytes })
    if (reply.errorCode !== 0) throw new Error(`refused: ${reply.errorMessage}`)
    lifetimeMs = reply.sessionLifetimeMs
    return Buffer.from(reply.authBytes)
  }
  const password = Buffer.from(hmac).toString('base64')
  await scramLogin(mechanism, tokenId, password, send, new Map([['tokenauth', 'true']]))
  return { client, lifetimeMs }
}

const create = (client: TestClient, more: object = {}) =>
  client.send(CreateDelegationTokenApi, 3, {
    ownerPrincipalType: null,
    ownerPrincipalName: null,
    renewers: [],
    maxLifetimeMs: -1,
    ...more,
  })

const describe = async (client: TestClient, owners: readonly string[] | null = null) => {
  const asked = owners?.map(principalName => ({ principalType: 'User', principalName })) ?? null
  const reply = await client.send(DescribeDelegationTokenApi, 3, { owners: asked })
  assert.equal(reply.errorCode, 0)
  return reply.tokens.map(({ tokenId }) => tokenId)
}

test('who has logged in gets a token, with which one logs in as its owner, and gets no other token', async t => {
  const broker = await start(t)
  const alice = await login(t, broker, 'alice')
  const token = await create(alice, { renewers: [{ principalType: 'User', principalName: 'carol' }] })
  assert.equal(token.errorCode, 0)
  assert.deepEqual(
    [token.principalType, token.principalName, token.tokenRequesterPrincipalName, token.hmac.length],
    ['User', 'alice', 'alice', 64],
  )
  assert.equal(token.maxTimestampMs - token.issueTimestampMs, 604_800_000)
  assert.equal(token.expiryTimestampMs - token.issueTimestampMs, 86_400_000)
  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const) {
    const { client, lifetimeMs } = await loginByToken(t, broker, token, mechanism)
    assert.ok(lifetimeMs > 0 && lifetimeMs <= 86_400_000, `${lifetimeMs}`)
    const another = await create(client)
    assert.deepEqual(
      [another.errorCode, another.principalName, another.tokenId],
      [ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, 'alice', ''],
    )
    const described = await client.send(DescribeDelegationTokenApi, 3, { owners: null })
    assert.equal(described.errorCode, ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED)
  }
  await assert.rejects(loginByToken(t, broker, { ...token, hmac: Buffer.alloc(64) }), /refused/)
  await assert.rejects(loginByToken(t, broker, { ...token, tokenId: 'none' }), /refused/)
})

test('owners and renewers see a token, prolong it and end it; others do not', async t => {
  const broker = await start(t, {
    'listener.name.sasl.plain.sasl.jaas.config':
      'org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="alice-secret" user_carol="carol-secret" user_mallory="mallory-secret";',
    'authorizer.class.name': standardAuthorizerClass,
  })
  const [alice, carol, mallory] = await Promise.all(
    ['alice', 'carol', 'mallory'].map(user => login(t, broker, user)),
  )
  const token = await create(alice!, { renewers: [{ principalType: 'User', principalName: 'carol' }] })
  const { tokenId, hmac } = token
  assert.deepEqual(await describe(alice!), [tokenId])
  assert.deepEqual(await describe(carol!, ['alice']), [tokenId])
  assert.deepEqual(await describe(carol!, ['mallory']), [])
  assert.deepEqual(await describe(carol!, []), [])
  assert.deepEqual(await describe(mallory!), [])
  const renew = (client: TestClient, own = hmac) =>
    client.send(RenewDelegationTokenApi, 2, { hmac: own, renewPeriodMs: -1 })
  const expire = (client: TestClient, expiryTimePeriodMs: number) =>
    client.send(ExpireDelegationTokenApi, 2, { hmac, expiryTimePeriodMs })
  const renewed = await renew(carol!)
  assert.equal(renewed.errorCode, 0)
  assert.ok(renewed.expiryTimestampMs >= token.expiryTimestampMs)
  assert.equal((await renew(mallory!)).errorCode, ErrorCode.DELEGATION_TOKEN_OWNER_MISMATCH)
  assert.equal((await renew(alice!, Buffer.alloc(64))).errorCode, ErrorCode.DELEGATION_TOKEN_NOT_FOUND)
  assert.equal((await expire(mallory!, -1)).errorCode, ErrorCode.DELEGATION_TOKEN_OWNER_MISMATCH)
  assert.equal(
    (await create(mallory!, { ownerPrincipalType: 'User', ownerPrincipalName: 'alice' })).errorCode,
    ErrorCode.DELEGATION_TOKEN_AUTHORIZATION_FAILED,
  )
  assert.equal(
    (await create(alice!, { renewers: [{ principalType: 'Group', principalName: 'g' }] })).errorCode,
    ErrorCode.INVALID_PRINCIPAL_TYPE,
  )
  await broker.metadata.change(() => ({
    records: [
      {
        type: 'acl',
        id: randomUuid(nodeRandom),
        ...aclOf('ALLOW CREATE_TOKENS USER LITERAL User:alice User:mallory *'),
      },
    ],
    result: undefined,
  }))
  const forAlice = await create(mallory!, { ownerPrincipalType: 'User', ownerPrincipalName: 'alice' })
  assert.deepEqual(
    [forAlice.errorCode, forAlice.principalName, forAlice.tokenRequesterPrincipalName],
    [0, 'alice', 'mallory'],
  )
  // Who has asked for a token sees it, and has no say over it.
  assert.deepEqual(await describe(mallory!), [forAlice.tokenId])
  const own = await mallory!.send(RenewDelegationTokenApi, 2, { hmac: forAlice.hmac, renewPeriodMs: -1 })
  assert.equal(own.errorCode, ErrorCode.DELEGATION_TOKEN_OWNER_MISMATCH)
  assert.equal((await expire(carol!, -1)).errorCode, 0)
  assert.deepEqual(await describe(alice!), [forAlice.tokenId])
  await assert.rejects(loginByToken(t, broker, token), /refused/)
})

test('tokens outlive the broker as long as its secret is the same', async t => {
  const dataDir = temporaryDirectory(t)
  const broker = await start(t, {}, { dataDir })
  const token = await create(await login(t, broker, 'alice'))
  await broker.close()
  const again = await start(t, {}, { dataDir })
  assert.ok(await loginByToken(t, again, token))
  await again.close()
  const other = await start(t, { 'delegation.token.secret.key': 'another' }, { dataDir })
  await assert.rejects(loginByToken(t, other, token), /refused/)
})

test('a token that has ended lets nobody in, and leaves the metadata', async t => {
  const config = {
    'delegation.token.expiry.time.ms': 100,
    'delegation.token.expiry.check.interval.ms': 1_500,
  }
  const broker = await start(t, config)
  const alice = await login(t, broker, 'alice')
  const token = await create(alice)
  while (Date.now() <= token.expiryTimestampMs) await sleep(5)
  await assert.rejects(loginByToken(t, broker, token), /refused/)
  if (broker.metadata.image.delegationTokens.size > 0) {
    const late = await alice.send(RenewDelegationTokenApi, 2, { hmac: token.hmac, renewPeriodMs: -1 })
    assert.equal(late.errorCode, ErrorCode.DELEGATION_TOKEN_EXPIRED)
  }
  while (broker.metadata.image.delegationTokens.size > 0) await sleep(5)
})

test('there are no tokens without a secret, nor for who has not logged in', async t => {
  const off = await startBroker(t, { config: saslConfig() })
  const alice = await login(t, off, 'alice')
  assert.equal((await create(alice)).errorCode, ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED)
  const plain = await startBroker(t, { config: { 'delegation.token.secret.key': secretKey } })
  const client = await connect(t, plain)
  assert.equal((await create(client)).errorCode, ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED)
})

test('no line of the log has a secret', async t => {
  const logger = new LineCollector()
  const broker = await start(t, {}, { logger })
  const token = await create(await login(t, broker, 'alice'))
  await loginByToken(t, broker, token)
  await assert.rejects(loginByToken(t, broker, { ...token, hmac: Buffer.alloc(64) }))
  const text = JSON.stringify(logger.lines)
  const hmac = Buffer.from(token.hmac)
  for (const secret of [secretKey, hmac.toString('base64'), hmac.toString('hex'), 'alice-secret']) {
    assert.ok(!text.includes(secret))
  }
})

test('nobody fills the memory with tokens, nor keeps others from having some', async t => {
  const broker = await start(t)
  const [alice, carol] = await Promise.all([login(t, broker, 'alice'), login(t, broker, 'carol')])
  const renewers = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      principalType: 'User',
      principalName: `renewer-${index}`,
    }))
  const codes: number[] = []
  for (const count of [requesterTokensMax, requesterTokensMax - 2, 1, 0])
    codes.push((await create(alice, { renewers: renewers(count) })).errorCode)
  const { NONE, POLICY_VIOLATION } = ErrorCode
  assert.deepEqual(codes, [POLICY_VIOLATION, NONE, POLICY_VIOLATION, NONE])
  assert.equal((await create(alice)).errorCode, POLICY_VIOLATION)
  assert.equal((await create(carol)).errorCode, NONE)
})
