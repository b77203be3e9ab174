// The authorizer of a broker: what it remembers, which settings it takes, what it writes down.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchesFilter } from '../../src/authorizer/acl.ts'
import { AclSet } from '../../src/authorizer/acl-set.ts'
import type { Authorizer } from '../../src/authorizer/authorizer.ts'
import { javaAddress } from '../../src/authorizer/java-address.ts'
import { openAuthorizer, standardAuthorizerClass } from '../../src/authorizer/open-authorizer.ts'
import { BurstFilter } from '../../src/burst-filter.ts'
import { BrokerConfig } from '../../src/config/broker-config.ts'
import { ConfigError } from '../../src/config/definition.ts'
import { Session } from '../../src/server/session.ts'
import { LineCollector } from '../broker-fixture.ts'
import { ManualClock } from '@millrace/testkit/clocks'
import { keptBytes } from '../memory.ts'
import { aclOf, aclSetOf } from './acl-text.ts'

const properties = { 'authorizer.class.name': standardAuthorizerClass }

async function open(
  acls: AclSet,
  more: Readonly<Record<string, string>> = {},
): Promise<{ authorizer: Authorizer; lines: () => LineCollector['lines'] }> {
  const logger = new LineCollector()
  const config = new BrokerConfig({ ...properties, ...more })
  const authorizer = await openAuthorizer(config, acls, logger, new BurstFilter(logger, new ManualClock()))
  assert.ok(authorizer)
  return { authorizer, lines: () => logger.lines.filter(({ event }) => event === 'authorizer.audit') }
}

function requestOf(principal: string, remoteAddress = '10.0.0.1') {
  const session = new Session()
  session.authenticate(principal)
  return {
    apiKey: 0,
    clientId: 'app',
    connection: { remoteAddress, endpoint: { name: 'PLAINTEXT' }, session },
  }
}

test('no class name is no authorizer, and another class or a super user that is no principal is refused by name', async () => {
  const acls = new AclSet()
  const logger = new LineCollector()
  const openWith = (given: Readonly<Record<string, string>>) =>
    openAuthorizer(new BrokerConfig(given), acls, logger, new BurstFilter(logger, new ManualClock()))
  assert.equal(await openWith({}), undefined)
  const refuses = (given: Readonly<Record<string, string>>, message: RegExp) =>
    assert.rejects(openWith(given), (error: Error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(error.message, message)
      return true
    })
  await refuses({ 'authorizer.class.name': 'kafka.security.Acl' }, /kafka\.security\.Acl.*StandardAuthorizer/)
  await refuses({ ...properties, 'super.users': 'User:a;b' }, /super\.users.*but got b.*User:b/)
})

test('names that a client makes up do not fill the memory, however long they are', async () => {
  const { authorizer } = await open(aclSetOf(['ALLOW READ GROUP PREFIXED made-up User:alice *']))
  const request = requestOf('User:alice')
  const bytes = keptBytes(() => {
    for (let index = 0; index < 2_000; index++) {
      const name = `made-up-${index}`.padEnd(30_000, String(index))
      assert.equal(
        authorizer.authorize(request, 'READ', 'GROUP', Buffer.from(name).toString(), 'filter'),
        true,
      )
    }
    return [authorizer, request]
  })
  assert.ok(bytes < 10_000_000, `${bytes} bytes`)
})

test('what was decided is remembered until an entry comes or goes, or the client is somebody else', async () => {
  const acls = aclSetOf(['ALLOW READ TOPIC LITERAL orders User:alice *'])
  const { authorizer } = await open(acls, { 'super.users': 'User:root; User:admin;' })
  const request = requestOf('User:alice')
  const reads = () => authorizer.authorize(request, 'READ', 'TOPIC', 'orders', 'access')
  assert.deepEqual([reads(), reads()], [true, true])
  acls.remove('id-0')
  assert.equal(reads(), false)
  acls.add('new', aclOf('ALLOW ALL TOPIC PREFIXED or User:alice *'))
  assert.equal(reads(), true)
  request.connection.session.authenticate('User:bob')
  assert.equal(reads(), false)
  request.connection.session.authenticate('User:admin')
  assert.equal(reads(), true)
})

test('a client that names very many resources is answered rightly, however often it is forgotten', async () => {
  const acls = aclSetOf(['ALLOW READ TOPIC PREFIXED a User:alice *'])
  const { authorizer } = await open(acls)
  const request = requestOf('User:alice')
  for (let round = 0; round < 2; round++) {
    for (let index = 0; index < 10_000; index++) {
      const name = `${index % 2 === 0 ? 'a' : 'b'}${index}`
      assert.equal(authorizer.authorize(request, 'READ', 'TOPIC', name, 'filter'), index % 2 === 0)
    }
  }
})

test('a denial is written down with who, what, from where and why; a filter or a description is none', async () => {
  const { authorizer, lines } = await open(aclSetOf(['DENY WRITE TOPIC PREFIXED ord User:* 0:0:0:0:0:0:0:1']))
  const request = requestOf('User:alice', '::1')
  authorizer.authorize(request, 'WRITE', 'TOPIC', 'orders', 'filter')
  authorizer.authorize(request, 'WRITE', 'TOPIC', 'orders', 'description')
  assert.deepEqual(lines(), [])
  authorizer.authorize(request, 'WRITE', 'TOPIC', 'orders', 'access')
  authorizer.authorize(request, 'READ', 'GROUP', 'g'.repeat(1_000), 'access')
  const [denied, other] = lines()
  assert.equal(denied!.level, 'info')
  assert.deepEqual(denied!.fields, {
    principal: 'User:alice',
    allowed: false,
    operation: 'WRITE',
    resourceType: 'TOPIC',
    resourceName: 'orders',
    host: '0:0:0:0:0:0:0:1',
    listener: 'PLAINTEXT',
    clientId: 'app',
    request: 'Produce',
    rule: 'DENY WRITE PREFIXED:ord User:* from 0:0:0:0:0:0:0:1',
  })
  assert.equal(other!.fields['rule'], 'DefaultDeny')
  assert.equal(String(other!.fields['resourceName']).length, 256)
})

test('what is allowed is written down in the share that is asked for', async () => {
  for (const [ratio, expected] of [
    ['0', 0],
    ['0.1', 10],
    ['1', 100],
  ] as const) {
    const acls = aclSetOf(['ALLOW READ TOPIC LITERAL orders User:alice *'])
    const { authorizer, lines } = await open(acls, { 'authorizer.audit.allowed.ratio': ratio })
    const request = requestOf('User:alice')
    for (let asked = 0; asked < 100; asked++)
      authorizer.authorize(request, 'READ', 'TOPIC', 'orders', 'access')
    // A tenth is no sum of powers of two: the last one may be due a decision later.
    assert.ok(Math.abs(lines().length - expected) <= 1, `${lines().length} lines with ${ratio}`)
    assert.ok(lines().every(({ fields }) => fields['allowed'] === true))
  }
})

test('addresses are written as Java writes them', () => {
  const cases: readonly [string, string][] = [
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '0:0:0:0:0:0:0:1'],
    ['::', '0:0:0:0:0:0:0:0'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['2001:db8::8a2e:370:7334', '2001:db8:0:0:0:8a2e:370:7334'],
    ['2001:0DB8:0:0:0:8a2e:0370:7334', '2001:db8:0:0:0:8a2e:370:7334'],
    ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:1%eth0'],
    ['64:ff9b::192.0.2.33', '64:ff9b:0:0:0:0:c000:221'],
    ['', ''],
  ]
  for (const [given, expected] of cases) assert.equal(javaAddress(given), expected)
})

test('a filter means entries by pattern: exact, any pattern of the name, or all that apply to the name', () => {
  const acls = [
    'ALLOW READ TOPIC LITERAL orders User:alice *',
    'ALLOW READ TOPIC PREFIXED ord User:alice *',
    'ALLOW READ TOPIC PREFIXED orders User:alice *',
    'ALLOW READ TOPIC LITERAL * User:alice *',
    'ALLOW READ TOPIC LITERAL other User:alice *',
  ].map(aclOf)
  const matched = (patternType: number, resourceName: string | null) =>
    acls.flatMap((acl, index) => {
      const open = { resourceType: 1, principal: null, host: null, operation: 1, permissionType: 1 }
      return matchesFilter({ ...open, patternType, resourceName }, acl) ? [index] : []
    })
  assert.deepEqual(matched(3, 'orders'), [0])
  assert.deepEqual(matched(4, 'orders'), [2])
  assert.deepEqual(matched(1, 'orders'), [0, 2])
  assert.deepEqual(matched(2, 'orders'), [0, 1, 2, 3])
  assert.deepEqual(matched(2, '*'), [3])
  assert.deepEqual(matched(3, null), [0, 3, 4])
  assert.deepEqual(matched(2, null), [0, 1, 2, 3, 4])
  const closed = { resourceType: 2, resourceName: null, patternType: 1, operation: 3, permissionType: 3 }
  assert.ok(matchesFilter({ ...closed, principal: 'User:alice', host: '*' }, acls[0]!))
  assert.ok(!matchesFilter({ ...closed, principal: 'User:*', host: '*' }, acls[0]!))
  assert.ok(!matchesFilter({ ...closed, principal: null, host: '10.0.0.1' }, acls[0]!))
  assert.ok(!matchesFilter({ ...closed, resourceType: 3, principal: null, host: null }, acls[0]!))
  assert.ok(!matchesFilter({ ...closed, operation: 4, principal: null, host: null }, acls[0]!))
})
