// CreateAcls, DescribeAcls, DeleteAcls over the wire: what they change, what they refuse, and that it lasts.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import {
  CreateAclsApi,
  CreateTopicsApi,
  DeleteAclsApi,
  DescribeAclsApi,
  ErrorCode,
  FindCoordinatorApi,
  MetadataApi,
} from '@millrace/protocol'
import { standardAuthorizerClass } from '../../src/authorizer/open-authorizer.ts'
import type { RunningBroker } from '../../src/running-broker.ts'
import { connect, createTopic, LineCollector, startBroker, temporaryDirectory } from '../broker-fixture.ts'
import type { TestClient } from '../test-client.ts'
import { aclOf } from './acl-text.ts'

const config = { 'authorizer.class.name': standardAuthorizerClass, 'super.users': 'User:ANONYMOUS' }
const any = {
  resourceTypeFilter: 1,
  resourceNameFilter: null,
  patternTypeFilter: 1,
  principalFilter: null,
  hostFilter: null,
  operation: 1,
  permissionType: 1,
}

const creationOf = (text: string) => {
  const { patternType: resourcePatternType, ...rest } = aclOf(text)
  return { ...rest, resourcePatternType }
}

async function create(client: TestClient, ...texts: readonly string[]) {
  return (await client.send(CreateAclsApi, 3, { creations: texts.map(creationOf) })).results
}

async function list(client: TestClient, filter: Partial<typeof any> = {}): Promise<string[]> {
  const reply = await client.send(DescribeAclsApi, 3, { ...any, ...filter })
  assert.equal(reply.errorCode, 0)
  return reply.resources
    .flatMap(({ resourceName, patternType, acls }) =>
      acls.map(({ principal, operation }) => `${resourceName} ${patternType} ${principal} ${operation}`),
    )
    .sort()
}

async function start(context: TestContext, dataDir?: string): Promise<[RunningBroker, TestClient]> {
  const broker = await startBroker(context, { config, ...(dataDir !== undefined && { dataDir }) })
  return [broker, await connect(context, broker)]
}

test('ACLs are created once, described by filters, and deleted by them, each named in the reply', async context => {
  const [broker, client] = await start(context)
  const texts = [
    'ALLOW READ TOPIC LITERAL orders User:alice *',
    'ALLOW WRITE TOPIC PREFIXED ord User:alice *',
    'DENY ALL GROUP LITERAL * User:* 10.0.0.1',
  ]
  const results = await create(client, ...texts, texts[0]!)
  assert.deepEqual(
    results.map(({ errorCode, errorMessage }) => [errorCode, errorMessage]),
    texts.concat('').map(() => [0, '']),
  )
  assert.deepEqual(
    (await create(client, texts[1]!)).map(({ errorCode }) => errorCode),
    [0],
  )
  assert.equal(broker.metadata.image.acls.size, 3)
  assert.deepEqual(await list(client), ['* 3 User:* 2', 'ord 4 User:alice 4', 'orders 3 User:alice 3'])
  const match = { resourceTypeFilter: 2, resourceNameFilter: 'orders' as never, patternTypeFilter: 2 }
  assert.deepEqual(await list(client, match), ['ord 4 User:alice 4', 'orders 3 User:alice 3'])
  const deleted = await client.send(DeleteAclsApi, 3, {
    filters: [
      { ...any, resourceTypeFilter: 2 },
      { ...any, ...match },
      { ...any, principalFilter: 'User:nobody' },
    ],
  })
  assert.deepEqual(
    deleted.filterResults.map(({ errorCode, matchingAcls }) => [errorCode, matchingAcls.length]),
    [
      [0, 2],
      [0, 2],
      [0, 0],
    ],
  )
  assert.deepEqual(await list(client), ['* 3 User:* 2'])
})

test('ACLs outlive the broker, in the log and in its snapshot', async context => {
  const dataDir = temporaryDirectory(context)
  const [broker, client] = await start(context, dataDir)
  await create(
    client,
    'ALLOW READ TOPIC LITERAL orders User:alice *',
    'ALLOW READ GROUP LITERAL g User:alice *',
  )
  await client.send(DeleteAclsApi, 3, { filters: [{ ...any, resourceTypeFilter: 3 }] })
  await broker.close()
  const [again, other] = await start(context, dataDir)
  assert.deepEqual(await list(other), ['orders 3 User:alice 3'])
  assert.deepEqual([...again.metadata.image.records()].filter(({ type }) => type === 'acl').length, 1)
})

test('an entry that cannot be is refused with what is wrong, and harms none beside it', async context => {
  const [, client] = await start(context)
  const good = creationOf('ALLOW READ TOPIC LITERAL t User:a *')
  const cases: readonly [Partial<typeof good>, string][] = [
    [{ resourceType: 4 }, 'The only valid name for the CLUSTER resource is kafka-cluster'],
    [{ resourceName: '' }, 'Invalid empty resource name'],
    [{ resourceType: 99 }, 'Invalid resourceType UNKNOWN'],
    [{ resourcePatternType: 2 }, 'Invalid patternType MATCH'],
    [{ operation: 1 }, 'Invalid operation ANY'],
    [{ operation: 99 }, 'Invalid operation UNKNOWN'],
    [{ permissionType: 1 }, 'Invalid permissionType ANY'],
    [
      { principal: 'alice' },
      'Could not parse principal from `alice` (no colon is present separating the principal type from the principal name)',
    ],
  ]
  const { results } = await client.send(CreateAclsApi, 3, {
    creations: [...cases.map(([wrong]) => ({ ...good, ...wrong })), good],
  })
  assert.deepEqual(
    results.map(({ errorCode, errorMessage }) => [errorCode, errorMessage]),
    [...cases.map(([, message]) => [ErrorCode.INVALID_REQUEST, message]), [0, '']],
  )
  const { filterResults } = await client.send(DeleteAclsApi, 3, {
    filters: [
      { ...any, patternTypeFilter: 9 },
      { ...any, operation: 99 },
    ],
  })
  assert.deepEqual(
    filterResults.map(({ errorCode, errorMessage }) => [errorCode, errorMessage]),
    [
      [ErrorCode.INVALID_REQUEST, 'Unknown patternFilter.'],
      [ErrorCode.INVALID_REQUEST, 'Unknown entryFilter.'],
    ],
  )
  assert.deepEqual(await list(client), ['t 3 User:a 3'])
  await assert.rejects(client.send(DescribeAclsApi, 3, { ...any, operation: 0 }), /closed|ended|reset/i)
})

test('without an authorizer ACLs are neither shown nor changed', async context => {
  const client = await connect(context, await startBroker(context))
  const described = await client.send(DescribeAclsApi, 3, any)
  assert.deepEqual(
    [described.errorCode, described.errorMessage],
    [ErrorCode.SECURITY_DISABLED, 'No Authorizer is configured on the broker'],
  )
  const [created] = await create(client, 'ALLOW READ TOPIC LITERAL t User:a *')
  assert.deepEqual(
    [created!.errorCode, created!.errorMessage],
    [ErrorCode.SECURITY_DISABLED, 'No Authorizer is configured.'],
  )
  const deleted = await client.send(DeleteAclsApi, 3, { filters: [any] })
  assert.equal(deleted.filterResults[0]!.errorCode, ErrorCode.SECURITY_DISABLED)
})

test('an ACL counts from the reply on, for connections that were refused before, too', async context => {
  const logger = new LineCollector()
  const broker = await startBroker(context, {
    config: { ...config, 'super.users': 'User:nobody', 'allow.everyone.if.no.acl.found': 'true' },
    logger,
  })
  const client = await connect(context, broker)
  await createTopic(client, 'orders')
  const sees = async () => {
    const { topics } = await client.send(MetadataApi, 12, { topics: [{ name: 'orders' }] })
    return [topics[0]!.errorCode, topics[0]!.name, topics[0]!.partitions.length]
  }
  assert.deepEqual(await sees(), [0, 'orders', 1])
  await create(client, 'DENY DESCRIBE TOPIC LITERAL orders User:ANONYMOUS *')
  assert.deepEqual(await sees(), [ErrorCode.TOPIC_AUTHORIZATION_FAILED, 'orders', 0])
  // A topic that is not there is hidden as one that is.
  await create(client, 'DENY DESCRIBE TOPIC LITERAL none User:ANONYMOUS *')
  const hidden = await client.send(MetadataApi, 12, { topics: [{ name: 'none' }] })
  assert.equal(hidden.topics[0]!.errorCode, ErrorCode.TOPIC_AUTHORIZATION_FAILED)
  const all = await client.send(MetadataApi, 12, { topics: null })
  assert.deepEqual(all.topics, [])
  const denied = logger.lines.filter(({ event }) => event === 'authorizer.audit')
  assert.deepEqual(
    denied.map(({ fields }) => `${String(fields['request'])} ${String(fields['resourceName'])}`),
    ['Metadata orders', 'Metadata none'],
  )
  await client.send(DeleteAclsApi, 3, { filters: [{ ...any, resourceTypeFilter: 2 }] })
  assert.deepEqual(await sees(), [0, 'orders', 1])
  const made = await client.send(CreateTopicsApi, 5, {
    topics: [{ name: 'more', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }],
    timeoutMs: 1000,
    validateOnly: false,
  })
  assert.equal(made.topics[0]!.errorCode, 0)
})

test('who may not ask for a coordinator does not have its topic made', async t => {
  const broker = await startBroker(t, { config: { 'authorizer.class.name': standardAuthorizerClass } })
  const stranger = await connect(t, broker)
  for (const keyType of [0, 1]) {
    const { coordinators } = await stranger.send(FindCoordinatorApi, 4, {
      keyType,
      coordinatorKeys: ['a', 'b'],
    })
    assert.ok(coordinators.every(({ errorCode }) => errorCode !== ErrorCode.NONE))
  }
  assert.deepEqual([...broker.metadata.image.topics()], [])
})

test('DeleteAcls goes by so many filters, and tells of so many ACLs, however they overlap', async context => {
  const [broker, client] = await start(context)
  await create(
    client,
    ...Array.from({ length: 150 }, (_, index) => `ALLOW READ TOPIC LITERAL t${index} User:alice *`),
  )
  for (const [count, message] of [
    [700, /cannot mean more than 100000 acls/],
    [10_001, /more than 10000 filters/],
  ] as const) {
    const { filterResults } = await client.send(DeleteAclsApi, 3, { filters: Array(count).fill(any) })
    assert.equal(filterResults.length, count)
    for (const { errorCode, errorMessage } of filterResults) {
      assert.equal(errorCode, ErrorCode.INVALID_REQUEST)
      assert.match(errorMessage ?? '', message)
    }
    assert.equal(broker.metadata.image.acls.size, 150)
  }
})
