// Settings are changed and described as Kafka does it, by both requests that change them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AlterConfigsApi,
  DescribeConfigsApi,
  ErrorCode,
  IncrementalAlterConfigsApi,
  ListConfigResourcesApi,
} from '@millrace/protocol'
import { topicTable } from '../src/config/topic-table.ts'
import { batchOf, connect, produce, startBroker } from './broker-fixture.ts'
import type { TestClient } from './test-client.ts'

const topicType = 2
const brokerType = 4
const operation = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 } as const

async function alter(
  client: TestClient,
  resourceType: number,
  resourceName: string,
  changes: readonly (readonly [string, keyof typeof operation, string | null])[],
  validateOnly = false,
) {
  const reply = await client.send(IncrementalAlterConfigsApi, 1, {
    resources: [
      {
        resourceType,
        resourceName,
        configs: changes.map(([name, op, value]) => ({ name, configOperation: operation[op], value })),
      },
    ],
    validateOnly,
  })
  return reply.responses[0]!.errorCode
}

async function describe(
  client: TestClient,
  resourceType: number,
  resourceName: string,
  names: string[] | null = null,
  version = 4,
) {
  const reply = await client.send(DescribeConfigsApi, version, {
    resources: [{ resourceType, resourceName, configurationKeys: names }],
    includeSynonyms: true,
    ...(version >= 3 && { includeDocumentation: true }),
  })
  return reply.results[0]!
}

async function valueOf(client: TestClient, resourceType: number, resourceName: string, name: string) {
  return (await describe(client, resourceType, resourceName, [name])).configs[0]?.value
}

test('settings of a topic are set, deleted, appended to and subtracted from', async t => {
  const broker = await startBroker(t, { topics: ['tuned'] })
  const client = await connect(t, broker)
  assert.equal(
    await alter(client, topicType, 'tuned', [
      ['cleanup.policy', 'APPEND', 'compact'],
      ['retention.ms', 'SET', '5000'],
    ]),
    ErrorCode.NONE,
  )
  assert.equal(await valueOf(client, topicType, 'tuned', 'cleanup.policy'), 'delete,compact')
  assert.equal(
    await alter(client, topicType, 'tuned', [['cleanup.policy', 'SUBTRACT', 'delete']]),
    ErrorCode.NONE,
  )
  assert.equal(await valueOf(client, topicType, 'tuned', 'cleanup.policy'), 'compact')
  assert.equal(await alter(client, topicType, 'tuned', [['cleanup.policy', 'DELETE', null]]), ErrorCode.NONE)
  assert.equal(await valueOf(client, topicType, 'tuned', 'cleanup.policy'), 'delete')
  assert.equal(await valueOf(client, topicType, 'tuned', 'retention.ms'), '5000')
})

test('a change that cannot be is refused as a whole', async t => {
  const broker = await startBroker(t, { topics: ['tuned'] })
  const client = await connect(t, broker)
  const refusal = (...changes: (readonly [string, keyof typeof operation, string | null])[]) =>
    alter(client, topicType, 'tuned', changes)
  assert.equal(
    await refusal(['retention.ms', 'SET', '5'], ['segment.ms', 'SET', '0']),
    ErrorCode.INVALID_CONFIG,
  )
  assert.equal(await refusal(['no.such', 'SET', '1']), ErrorCode.INVALID_CONFIG)
  assert.equal(await refusal(['retention.ms', 'APPEND', '1']), ErrorCode.INVALID_CONFIG)
  assert.equal(await refusal(['cleanup.policy', 'APPEND', 'shrink']), ErrorCode.INVALID_CONFIG)
  assert.equal(await refusal(['retention.ms', 'SET', null]), ErrorCode.INVALID_REQUEST)
  assert.equal(
    await refusal(['retention.ms', 'SET', '1'], ['retention.ms', 'SET', '2']),
    ErrorCode.INVALID_REQUEST,
  )
  assert.equal(await alter(client, topicType, 'missing', []), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(await alter(client, topicType, 'tuned', [['retention.ms', 'SET', '5']], true), ErrorCode.NONE)
  assert.equal(await valueOf(client, topicType, 'tuned', 'retention.ms'), '604800000')
})

test('a change holds from the next request on', async t => {
  const broker = await startBroker(t, { topics: ['live'] })
  const client = await connect(t, broker)
  const big = () => batchOf(['x'.repeat(5000)])
  assert.equal((await produce(client, 'live', big())).errorCode, ErrorCode.NONE)
  await alter(client, topicType, 'live', [['max.message.bytes', 'SET', '1000']])
  assert.equal((await produce(client, 'live', big())).errorCode, ErrorCode.MESSAGE_TOO_LARGE)
  await alter(client, topicType, 'live', [['max.message.bytes', 'DELETE', null]])
  await alter(client, brokerType, '', [['message.max.bytes', 'SET', '2000']])
  assert.equal((await produce(client, 'live', big())).errorCode, ErrorCode.MESSAGE_TOO_LARGE)
  await alter(client, brokerType, '1', [['message.max.bytes', 'SET', '100000']])
  assert.equal((await produce(client, 'live', big())).errorCode, ErrorCode.NONE)
  await alter(client, topicType, 'live', [['segment.bytes', 'SET', '4000']])
  assert.equal((await produce(client, 'live', big())).errorCode, ErrorCode.RECORD_LIST_TOO_LARGE)
})

test('the old AlterConfigs leaves a resource with what it names and nothing else', async t => {
  const broker = await startBroker(t, {
    topics: [{ name: 'old', configs: { 'retention.ms': 5, 'segment.ms': 6 } }],
  })
  const client = await connect(t, broker)
  for (const version of [0, 1, 2]) {
    const reply = await client.send(AlterConfigsApi, version, {
      resources: [
        { resourceType: topicType, resourceName: 'old', configs: [{ name: 'segment.ms', value: '7' }] },
      ],
      validateOnly: false,
    })
    assert.equal(reply.responses[0]!.errorCode, ErrorCode.NONE)
  }
  assert.equal(await valueOf(client, topicType, 'old', 'segment.ms'), '7')
  assert.equal(await valueOf(client, topicType, 'old', 'retention.ms'), '604800000')
})

test('every setting is described, with type and documentation where the version has them', async t => {
  const broker = await startBroker(t, { topics: ['shown'], config: { 'log.segment.bytes': 5_000_000 } })
  const client = await connect(t, broker)
  const topic = await describe(client, topicType, 'shown')
  assert.equal(topic.configs.length, Object.keys(topicTable).length)
  const segment = topic.configs.find(({ name }) => name === 'segment.bytes')!
  assert.deepEqual([segment.value, segment.configSource, segment.configType], ['5000000', 4, 3])
  assert.match(segment.documentation ?? '', /segment/)
  assert.deepEqual(
    segment.synonyms.map(({ name, value }) => [name, value]),
    [
      ['log.segment.bytes', '5000000'],
      ['log.segment.bytes', '1073741824'],
    ],
  )
  const self = await describe(client, brokerType, '1')
  assert.ok(self.configs.length > 200)
  assert.equal(self.configs.find(({ name }) => name === 'node.id')?.readOnly, true)
  assert.equal(self.configs.find(({ name }) => name === 'message.max.bytes')?.readOnly, false)
  for (let version = 1; version <= 4; version++) {
    assert.equal((await describe(client, topicType, 'shown', ['retention.ms'], version)).configs.length, 1)
  }
})

test('resources that are not there are said not to be', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  assert.equal((await describe(client, topicType, 'missing')).errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal((await describe(client, brokerType, '7')).errorCode, ErrorCode.INVALID_REQUEST)
  assert.equal(await alter(client, brokerType, '1', [['node.id', 'SET', '5']]), ErrorCode.INVALID_REQUEST)
  assert.equal((await describe(client, brokerType, '')).configs.length, 0)
})

test('resources with settings are listed', async t => {
  const broker = await startBroker(t, { topics: ['one'] })
  const client = await connect(t, broker)
  const reply = await client.send(ListConfigResourcesApi, 1, { resourceTypes: [topicType, brokerType] })
  assert.deepEqual(
    reply.configResources.map(({ resourceType, resourceName }) => [resourceType, resourceName]),
    [
      [topicType, 'one'],
      [brokerType, '1'],
    ],
  )
  assert.deepEqual((await client.send(ListConfigResourcesApi, 0, {})).configResources, [])
})
