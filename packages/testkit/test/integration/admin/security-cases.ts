// What `Admin` does with ACLs, tokens, users and quotas, on whichever broker.
import assert from 'node:assert/strict'
import { type Acl, BrokerError, type NewAcl, throwFirst } from '@millrace/client'
import { type AdminCase, codeOf, type Operation, rejectsWith, settles, type World } from './admin-case.ts'

/** Without an authorizer every call about ACLs is refused in the same way. */
async function hasAuthorizer({ admin }: World): Promise<boolean> {
  try {
    await admin.describeAcls()
    return true
  } catch (error) {
    assert.ok(error instanceof BrokerError && error.code === 'SECURITY_DISABLED', String(error))
    return false
  }
}

function entryFor(principal: string): NewAcl & Pick<Acl, 'resourceName' | 'permission'> {
  return { resourceType: 'topic', resourceName: 'orders', principal, operation: 'read', permission: 'deny' }
}

export const securityCases = {
  async createAcls(world) {
    const { admin, uniqueName } = world
    const entry = entryFor(`User:${uniqueName('alice')}`)
    const outcomes = await admin.createAcls([entry, { ...entry, principal: 'alice' }])
    if (!(await hasAuthorizer(world))) {
      return assert.deepEqual(outcomes.map(codeOf), ['SECURITY_DISABLED', 'SECURITY_DISABLED'])
    }
    assert.deepEqual(outcomes.map(codeOf), [undefined, 'INVALID_REQUEST'])
    throwFirst(await admin.createAcls([entry]))
    await settles(async () => (await admin.describeAcls({ principal: entry.principal })).length, 1)
  },

  async describeAcls(world) {
    const { admin, uniqueName } = world
    if (!(await hasAuthorizer(world))) return
    const principal = `User:${uniqueName('alice')}`
    const entry = { ...entryFor(principal), patternType: 'prefixed', host: '10.0.0.1' } as const
    throwFirst(await admin.createAcls([entry]))
    const filter = {
      principal,
      resourceType: 'topic',
      resourceName: 'orders-2',
      patternType: 'match',
    } as const
    await settles(() => admin.describeAcls(filter), [entry])
    assert.deepEqual(await admin.describeAcls({ principal, operation: 'write' }), [])
  },

  async deleteAcls(world) {
    const { admin, uniqueName } = world
    const principal = `User:${uniqueName('alice')}`
    if (!(await hasAuthorizer(world))) {
      return assert.deepEqual((await admin.deleteAcls([{ principal }])).map(codeOf), ['SECURITY_DISABLED'])
    }
    throwFirst(await admin.createAcls([entryFor(principal)]))
    await settles(async () => (await admin.describeAcls({ principal })).length, 1)
    const [deleted, none] = throwFirst(
      await admin.deleteAcls([{ principal }, { principal: `User:${uniqueName('nobody')}` }]),
    )
    assert.deepEqual(
      deleted!.acls.map(({ acl, error }) => [acl.principal, error]),
      [[principal, undefined]],
    )
    assert.deepEqual(none!.acls, [])
    await settles(() => admin.describeAcls({ principal }), [])
  },

  // Who has not logged in gets no token: with logins they are tested in `packages/testkit/test/security/tokens.test.ts`.
  async createDelegationToken({ admin }) {
    await rejectsWith(admin.createDelegationToken({ maxLifetimeMs: 1_000 }), ...tokenRefusals)
  },

  async renewDelegationToken({ admin }) {
    await rejectsWith(admin.renewDelegationToken('c2VjcmV0'), ...tokenRefusals)
  },

  async expireDelegationToken({ admin }) {
    await rejectsWith(admin.expireDelegationToken('c2VjcmV0'), ...tokenRefusals)
  },

  async describeDelegationTokens({ admin }) {
    await rejectsWith(admin.describeDelegationTokens({ owners: ['User:alice'] }), ...tokenRefusals)
  },

  async alterUserScramCredentials({ admin, uniqueName }) {
    const user = uniqueName('alice')
    const change = { user, mechanism: 'scram-sha-256', password: 'a password' } as const
    const outcomes = await admin.alterUserScramCredentials([
      change,
      { ...change, mechanism: 'scram-sha-512', iterations: 8_192 },
      { user: uniqueName('nobody'), mechanism: 'scram-sha-256', delete: true },
    ])
    assert.deepEqual(outcomes.map(codeOf), [undefined, 'RESOURCE_NOT_FOUND'])
    const credentials = async () => (await admin.describeUserScramCredentials([user]))[0]!.credentials
    await settles(credentials, [
      { mechanism: 'scram-sha-256', iterations: 4_096 },
      { mechanism: 'scram-sha-512', iterations: 8_192 },
    ])
    const few = await admin.alterUserScramCredentials([{ ...change, iterations: 100 }])
    assert.deepEqual(few.map(codeOf), ['UNACCEPTABLE_CREDENTIAL'])
    throwFirst(await admin.alterUserScramCredentials([{ user, mechanism: 'scram-sha-256', delete: true }]))
    await settles(credentials, [{ mechanism: 'scram-sha-512', iterations: 8_192 }])
  },

  async describeUserScramCredentials({ admin, uniqueName }) {
    const user = uniqueName('alice')
    throwFirst(
      await admin.alterUserScramCredentials([{ user, mechanism: 'scram-sha-512', password: 'a password' }]),
    )
    const read = async (users?: readonly string[]) =>
      (await admin.describeUserScramCredentials(users))
        .filter(each => each.user.startsWith(user))
        .map(each => [each.user, each.credentials.map(({ mechanism }) => mechanism), codeOf(each)])
    const there = [user, ['scram-sha-512'], undefined]
    const nobody = `${user}-nobody`
    await settles(() => read([user, nobody]), [there, [nobody, [], 'RESOURCE_NOT_FOUND']])
    await settles(read, [there])
  },

  async alterClientQuotas({ admin, uniqueName }) {
    const entity = { user: uniqueName('alice'), clientId: uniqueName('app') }
    const quotas = async () => (await admin.describeClientQuotas(entity))[0]?.values
    const rate = { entity, values: { producer_byte_rate: 1024 } }
    throwFirst(await admin.alterClientQuotas([rate], { validateOnly: true }))
    await settles(quotas, undefined)
    throwFirst(await admin.alterClientQuotas([rate]))
    await settles(quotas, { producer_byte_rate: 1024 })
    const outcomes = await admin.alterClientQuotas([
      { entity: { ip: 'no address' }, values: { connection_creation_rate: 1 } },
      { entity, values: { producer_byte_rate: null, consumer_byte_rate: 2048 } },
    ])
    assert.deepEqual(outcomes.map(codeOf), ['INVALID_REQUEST', undefined])
    await settles(quotas, { consumer_byte_rate: 2048 })
    throwFirst(await admin.alterClientQuotas([{ entity, values: { consumer_byte_rate: null } }]))
    await settles(quotas, undefined)
  },

  async describeClientQuotas({ admin, uniqueName }) {
    const [user, clientId] = [uniqueName('alice'), uniqueName('app')]
    const values = { request_percentage: 50 }
    throwFirst(
      await admin.alterClientQuotas([
        { entity: { user }, values },
        { entity: { user, clientId }, values },
      ]),
    )
    const entities = async (...args: Parameters<typeof admin.describeClientQuotas>) =>
      (await admin.describeClientQuotas(...args)).map(({ entity }) => entity)
    await settles(() => entities({ user }), [{ user, clientId }, { user }])
    assert.deepEqual(await entities({ user }, { strict: true }), [{ user }])
    assert.deepEqual(await entities({ user, clientId: { any: true } }), [{ user, clientId }])
    assert.ok((await entities()).length >= 2)
  },
} satisfies Partial<Record<Operation, AdminCase>>

/** Tokens are switched off, or not for who has not logged in. */
const tokenRefusals = ['DELEGATION_TOKEN_AUTH_DISABLED', 'DELEGATION_TOKEN_REQUEST_NOT_ALLOWED']
