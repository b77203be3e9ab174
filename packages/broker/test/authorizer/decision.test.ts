// What access control entries decide: the rules of Apache Kafka's StandardAuthorizer, case by case.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aclOperations, aclResourceTypes } from '../../src/authorizer/acl.ts'
import { type Decision, type DecisionOptions, decide, decideForType } from '../../src/authorizer/decision.ts'
import { aclSetOf } from './acl-text.ts'

type Names = keyof typeof aclOperations

const closed: DecisionOptions = { superUsers: new Set(), allowIfNoAcl: false }
const open: DecisionOptions = { superUsers: new Set(), allowIfNoAcl: true }

function decided(
  texts: readonly string[],
  operation: Names,
  name: string,
  { principal = 'User:alice', host = '10.0.0.1', options = closed } = {},
): Decision {
  const asker = { principal, host }
  return decide(aclSetOf(texts), asker, aclOperations[operation], aclResourceTypes.TOPIC, name, options)
}

const allowed = (...args: Parameters<typeof decided>): boolean => decided(...args).allowed

test('without an entry nothing is allowed, and everything where that is what no entry means', () => {
  assert.deepEqual(decided([], 'READ', 'orders'), { allowed: false, rule: 'DefaultDeny' })
  assert.deepEqual(decided([], 'READ', 'orders', { options: open }), { allowed: true, rule: 'DefaultAllow' })
})

test('an entry about a resource, for whomever and whatever it is, closes it for all others', () => {
  const bob = ['ALLOW WRITE TOPIC LITERAL orders User:bob *']
  assert.equal(allowed(bob, 'READ', 'orders', { options: open }), false)
  assert.equal(allowed(bob, 'READ', 'others', { options: open }), true)
  assert.equal(
    allowed(['ALLOW WRITE TOPIC LITERAL * User:bob *'], 'READ', 'others', { options: open }),
    false,
  )
  assert.equal(
    allowed(['ALLOW WRITE TOPIC PREFIXED o User:bob *'], 'READ', 'others', { options: open }),
    false,
  )
})

test('names are matched exactly, by prefix, or all', () => {
  const literal = ['ALLOW READ TOPIC LITERAL orders User:alice *']
  assert.deepEqual(
    ['orders', 'order', 'orders-2', 'Orders'].map(name => allowed(literal, 'READ', name)),
    [true, false, false, false],
  )
  const prefixed = ['ALLOW READ TOPIC PREFIXED orders- User:alice *']
  assert.deepEqual(
    ['orders-', 'orders-2', 'orders'].map(name => allowed(prefixed, 'READ', name)),
    [true, true, false],
  )
  assert.equal(allowed(['ALLOW READ TOPIC LITERAL * User:alice *'], 'READ', 'anything'), true)
  // A prefix of that name is no wildcard.
  assert.equal(allowed(['ALLOW READ TOPIC PREFIXED * User:alice *'], 'READ', 'anything'), false)
  assert.equal(allowed(['ALLOW READ GROUP LITERAL orders User:alice *'], 'READ', 'orders'), false)
})

test('one denial outweighs whatever is allowed, wherever each of them stands', () => {
  const forms = ['LITERAL orders', 'PREFIXED ord', 'LITERAL *']
  for (const denied of forms) {
    for (const granted of forms) {
      const texts = [`ALLOW READ TOPIC ${granted} User:alice *`, `DENY READ TOPIC ${denied} User:* 10.0.0.1`]
      assert.equal(allowed(texts, 'READ', 'orders'), false, `${denied} against ${granted}`)
      assert.equal(allowed(texts.toReversed(), 'READ', 'orders'), false)
      assert.equal(allowed(texts, 'READ', 'orders', { host: '10.0.0.2' }), true)
    }
  }
})

test('an entry is for a principal or for everybody, from a host or from everywhere', () => {
  const one = ['ALLOW READ TOPIC LITERAL orders User:alice 10.0.0.1']
  assert.equal(allowed(one, 'READ', 'orders'), true)
  assert.equal(allowed(one, 'READ', 'orders', { host: '10.0.0.10' }), false)
  assert.equal(allowed(one, 'READ', 'orders', { principal: 'User:bob' }), false)
  assert.equal(allowed(one, 'READ', 'orders', { principal: 'Group:alice' }), false)
  const all = ['ALLOW READ TOPIC LITERAL orders User:* *']
  assert.equal(allowed(all, 'READ', 'orders', { principal: 'Group:staff' }), true)
  // Networks are no hosts in Apache Kafka 4.3.
  assert.equal(allowed(['ALLOW READ TOPIC LITERAL orders User:alice 10.0.0.0/8'], 'READ', 'orders'), false)
})

test('what is allowed may be looked at; what is denied denies that alone', () => {
  const implied: Record<string, readonly Names[]> = {
    DESCRIBE: ['READ', 'WRITE', 'DELETE', 'ALTER', 'ALL', 'DESCRIBE'],
    DESCRIBE_CONFIGS: ['ALTER_CONFIGS', 'ALL', 'DESCRIBE_CONFIGS'],
  }
  const operations = Object.keys(aclOperations).filter(name => !['UNKNOWN', 'ANY'].includes(name)) as Names[]
  for (const named of operations) {
    for (const asked of operations.filter(name => name !== 'ALL')) {
      const expected = named === asked || named === 'ALL' || (implied[asked]?.includes(named) ?? false)
      const granted = [`ALLOW ${named} TOPIC LITERAL t User:alice *`]
      assert.equal(allowed(granted, asked, 't'), expected, `${named} for ${asked}`)
      const denied = ['ALLOW ALL TOPIC LITERAL t User:alice *', `DENY ${named} TOPIC LITERAL t User:alice *`]
      assert.equal(allowed(denied, asked, 't'), named !== asked && named !== 'ALL', `no ${named}, ${asked}`)
    }
  }
})

test('super users may everything, also what is denied', () => {
  const options = { superUsers: new Set(['User:admin']), allowIfNoAcl: false }
  const denied = ['DENY ALL TOPIC LITERAL * User:* *']
  assert.deepEqual(decided(denied, 'WRITE', 't', { principal: 'User:admin', options }), {
    allowed: true,
    rule: 'SuperUser',
  })
  assert.equal(allowed(denied, 'WRITE', 't', { principal: 'User:adm', options }), false)
})

test('an entry that goes takes its say along, and leaves that of its equals in name', () => {
  const acls = aclSetOf([
    'ALLOW READ TOPIC PREFIXED or User:alice *',
    'ALLOW READ TOPIC PREFIXED or User:bob *',
    'ALLOW READ TOPIC PREFIXED ab User:alice *',
  ])
  const asks = (principal: string, name: string) =>
    decide(acls, { principal, host: 'h' }, aclOperations.READ, aclResourceTypes.TOPIC, name, closed).allowed
  const { version } = acls
  acls.remove('id-0')
  assert.ok(acls.version > version)
  assert.deepEqual(
    [asks('User:alice', 'orders'), asks('User:bob', 'orders'), asks('User:alice', 'abc')],
    [false, true, true],
  )
  acls.remove('id-1')
  acls.remove('id-2')
  assert.deepEqual([acls.size, asks('User:bob', 'orders'), asks('User:alice', 'abc')], [0, false, false])
  assert.throws(() => acls.remove('id-2'), /id-2/)
})

test('some resource of a type may be used when an entry allows one that no denial covers', () => {
  const cases: readonly [readonly string[], boolean][] = [
    [[], false],
    [['ALLOW WRITE TOPIC LITERAL a User:alice *'], true],
    [['ALLOW READ TOPIC LITERAL a User:alice *'], false],
    [['ALLOW ALL TOPIC PREFIXED a User:* 10.0.0.1'], true],
    [['ALLOW WRITE TOPIC LITERAL a User:bob *'], false],
    [['ALLOW WRITE TOPIC LITERAL a User:alice *', 'DENY WRITE TOPIC LITERAL a User:alice *'], false],
    [['ALLOW WRITE TOPIC LITERAL a User:alice *', 'DENY WRITE TOPIC LITERAL b User:alice *'], true],
    [['ALLOW WRITE TOPIC LITERAL abc User:alice *', 'DENY WRITE TOPIC PREFIXED ab User:alice *'], false],
    [['ALLOW WRITE TOPIC PREFIXED a User:alice *', 'DENY WRITE TOPIC PREFIXED ab User:alice *'], true],
    [['ALLOW WRITE TOPIC PREFIXED a User:alice *', 'DENY WRITE TOPIC LITERAL a User:alice *'], true],
    [['ALLOW WRITE TOPIC LITERAL * User:alice *', 'DENY WRITE TOPIC PREFIXED a User:alice *'], true],
    [['ALLOW WRITE TOPIC LITERAL a User:alice *', 'DENY ALL TOPIC LITERAL * User:* *'], false],
  ]
  const asker = { principal: 'User:alice', host: '10.0.0.1' }
  for (const [texts, expected] of cases) {
    const { WRITE } = aclOperations
    const found = decideForType(aclSetOf(texts), asker, WRITE, aclResourceTypes.TOPIC, closed)
    assert.equal(found, expected, texts.join('; '))
  }
})
