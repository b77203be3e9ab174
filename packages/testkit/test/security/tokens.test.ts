// Delegation tokens with the client: had by a login, used in place of it, prolonged and ended.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Broker } from '@millrace/broker'
import {
  Admin,
  AuthenticationError,
  BrokerError,
  type ClusterOptions,
  StateError,
  throwFirst,
} from '@millrace/client'

let broker: Broker
before(async () => {
  broker = await Broker.start({
    config: {
      'log.fsync': 'never',
      listeners: 'LOGIN://127.0.0.1:0',
      'listener.security.protocol.map': 'LOGIN:SASL_PLAINTEXT',
      'sasl.enabled.mechanisms': 'SCRAM-SHA-256,SCRAM-SHA-512',
      'connection.failed.authentication.delay.ms': 0,
      'delegation.token.secret.key': 'secret-of-the-broker',
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:admin',
    },
    users: ['admin', 'alice', 'carol'].map(name => ({ name, password: `${name}-secret` })),
  })
})
after(() => broker.close())

const optionsOf = (username: string, password: string, delegationToken = false): ClusterOptions => ({
  brokers: [broker.address],
  apiTimeoutMs: 5_000,
  sasl: { mechanism: 'scram-sha-256', username, password, ...(delegationToken && { delegationToken }) },
})
const clientOf = (user: string) => new Admin(optionsOf(user, `${user}-secret`))

const codeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof BrokerError ? error.code : String(error)),
  )

test('a program with a token may what its owner may, and gets no token of its own', async () => {
  await using root = clientOf('admin')
  throwFirst(
    await root.createTopics([
      { name: 'orders', partitions: 1 },
      { name: 'hidden', partitions: 1 },
    ]),
  )
  throwFirst(
    await root.createAcls([
      { resourceType: 'topic', resourceName: 'orders', principal: 'User:alice', operation: 'describe' },
    ]),
  )
  await using alice = clientOf('alice')
  const token = await alice.createDelegationToken({ renewers: ['User:carol'], maxLifetimeMs: 3_600_000 })
  assert.deepEqual(
    [token.owner, token.requester, token.renewers],
    ['User:alice', 'User:alice', ['User:carol']],
  )
  assert.equal(token.maxTimestampMs - token.issueTimestampMs, 3_600_000)
  await using program = new Admin(optionsOf(token.tokenId, token.hmac, true))
  const topics = await program.listTopics()
  assert.deepEqual(
    topics.map(({ name }) => name),
    ['orders'],
  )
  assert.equal(await codeOf(program.createDelegationToken()), 'DELEGATION_TOKEN_REQUEST_NOT_ALLOWED')
  await using carol = clientOf('carol')
  const [seen] = await carol.describeDelegationTokens({ owners: ['User:alice'] })
  assert.deepEqual(seen, token)
  assert.ok((await carol.renewDelegationToken(token.hmac, { renewPeriodMs: 60_000 })) <= token.maxTimestampMs)
  assert.equal(
    await codeOf(carol.createDelegationToken({ owner: 'User:alice' })),
    'DELEGATION_TOKEN_AUTHORIZATION_FAILED',
  )
  assert.ok((await alice.expireDelegationToken(token.hmac)) <= Date.now())
  assert.deepEqual(await alice.describeDelegationTokens(), [])
  await using late = new Admin(optionsOf(token.tokenId, token.hmac, true))
  await assert.rejects(late.listTopics(), AuthenticationError)
})

test('bad input is named with its place before anything is sent, and a secret is not shown', async () => {
  await using admin = clientOf('alice')
  const refused = (call: () => Promise<unknown>, message: RegExp) =>
    assert.rejects(call, (error: Error) => {
      assert.ok(error instanceof StateError)
      assert.match(error.message, message)
      return true
    })
  await refused(
    () => admin.createDelegationToken({ owner: 'alice' }),
    /options\.owner is "alice": write User:alice/,
  )
  await refused(
    () => admin.createDelegationToken({ renewers: ['User:a', 'b'] }),
    /options\.renewers\[1\] is "b": write User:b/,
  )
  await refused(() => admin.renewDelegationToken(Buffer.from('x') as never), /renewDelegationToken: hmac/)
  assert.equal(await codeOf(admin.renewDelegationToken('AAAA')), 'DELEGATION_TOKEN_NOT_FOUND')
})
