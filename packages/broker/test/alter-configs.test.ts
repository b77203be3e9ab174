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
import { batchOf, connect, LineCollector, produce, startBroker } from './broker-fixture.ts'
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

/** As Apache Kafka 4.3.1 looks at a change of a topic: what is to be done, the name, the settings, and whether there is such a topic. */
const faultsInOrder: readonly (readonly [string, string, keyof typeof operation, string, number])[] = [
  ['missing', 'retention.ms', 'APPEND', '1', ErrorCode.INVALID_CONFIG],
  ['', 'retention.ms', 'APPEND', '1', ErrorCode.INVALID_CONFIG],
  ['', 'retention.ms', 'SET', 'x', ErrorCode.INVALID_REQUEST],
  ['..', 'retention.ms', 'SET', 'x', ErrorCode.INVALID_TOPIC_EXCEPTION],
  ['missing', 'retention.ms', 'SET', 'x', ErrorCode.INVALID_CONFIG],
  ['missing', 'no.such', 'SET', '1', ErrorCode.INVALID_CONFIG],
  ['missing', 'retention.ms', 'SET', '1', ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
]

test('of several things that are wrong with a change the first one is told', async t => {
  const client = await connect(t, await startBroker(t))
  for (const [topic, name, op, value, code] of faultsInOrder)
    assert.equal(await alter(client, topicType, topic, [[name, op, value]]), code, `${topic} ${name} ${op}`)
})

test('a resource that a request names twice is refused, both times, and others are changed', async t => {
  const broker = await startBroker(t, { topics: ['a', 'b'] })
  const client = await connect(t, broker)
  const resources = ['a', 'b', 'a'].map((resourceName, index) => ({
    resourceType: topicType,
    resourceName,
    configs: [{ name: 'retention.ms', configOperation: operation.SET, value: `${index + 1}000` }],
  }))
  const codes = [ErrorCode.INVALID_REQUEST, ErrorCode.NONE, ErrorCode.INVALID_REQUEST]
  const reply = await client.send(IncrementalAlterConfigsApi, 1, { resources, validateOnly: false })
  assert.deepEqual(
    reply.responses.map(({ errorCode }) => errorCode),
    codes,
  )
  const old = await client.send(AlterConfigsApi, 2, { resources, validateOnly: false })
  assert.deepEqual(
    old.responses.map(({ errorCode }) => errorCode),
    codes,
  )
  assert.equal(await valueOf(client, topicType, 'b', 'retention.ms'), '2000')
  assert.equal(await valueOf(client, topicType, 'a', 'retention.ms'), '604800000')
})

test('values are shown as they are read, and no names ask for all of them', async t => {
  const broker = await startBroker(t, { topics: ['spaced'] })
  const client = await connect(t, broker)
  await alter(client, topicType, 'spaced', [
    ['cleanup.policy', 'SET', ' delete , compact '],
    ['retention.ms', 'SET', ' 5000 '],
    ['preallocate', 'SET', ' FALSE '],
  ])
  const { configs } = await describe(client, topicType, 'spaced', [])
  const shown = configs.filter(({ configSource }) => configSource === 1)
  assert.deepEqual(
    shown.map(({ name, value, synonyms }) => [name, value, synonyms[0]!.value]),
    [
      ['cleanup.policy', 'delete,compact', 'delete,compact'],
      ['preallocate', 'false', 'false'],
      ['retention.ms', '5000', '5000'],
    ],
  )
  assert.ok(configs.length > 20)
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

const custom = 'my.custom.property'

/** What Apache Kafka 4.3.1 answers to a change of one setting of a broker, and of all brokers. */
const ofBrokers: readonly (readonly [string, string, number, number])[] = [
  ['cleanup.policy', 'compact', 0, 0],
  [custom, 'x', 0, 0],
  ['retention.ms', '5', 0, 0],
  ['num.io.threads', '8', 0, 0],
  ['num.io.threads', 'abc', 42, 42],
  ['log.cleaner.threads', '2', 0, 0],
  ['max.connections', '5', 0, 0],
  ['message.max.bytes', '-5', 42, 42],
  ['compression.type', 'foo', 42, 42],
  ['log.retention.ms', '1.5', 42, 42],
  ['log.retention.hours', '3', 42, 42],
  ['broker.id', '2', 42, 42],
  ['authorizer.class.name', 'x', 42, 42],
  ['ssl.keystore.location', '/x', 42, 42],
  ['listener.name.foo.ssl.keystore.location', '/x', 0, 42],
  ['ssl.client.auth', 'none', 0, 42],
  ['sasl.enabled.mechanisms', 'PLAIN', 0, 42],
]

test('settings of a broker are taken where Apache Kafka takes them, of whatever name', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  for (const [name, value, one, all] of ofBrokers) {
    const change = [[name, 'SET', value]] as const
    assert.equal(await alter(client, brokerType, '1', change, true), one, `${name}=${value} for one`)
    assert.equal(await alter(client, brokerType, '', change, true), all, `${name}=${value} for all`)
  }
  assert.equal(await alter(client, brokerType, 'abc', []), ErrorCode.INVALID_REQUEST)
  assert.equal(await alter(client, brokerType, '1', [['num.partitions', 'DELETE', null]]), ErrorCode.NONE)
  assert.equal(await alter(client, brokerType, '1', [[custom, 'APPEND', 'y']]), ErrorCode.INVALID_CONFIG)
  assert.equal(
    await alter(client, brokerType, '1', [['num.io.threads', 'APPEND', '1']]),
    ErrorCode.INVALID_CONFIG,
  )
})

test('a setting that nobody knows is kept, and shown as one that may be a secret', async t => {
  const logger = new LineCollector()
  const broker = await startBroker(t, { logger })
  const client = await connect(t, broker)
  await alter(client, brokerType, '1', [[custom, 'SET', 'secret']])
  await alter(client, brokerType, '', [['num.io.threads', 'SET', '9']])
  const shown = async (name: string, id: string) => {
    const { value, readOnly, isSensitive, configType, configSource } = (
      await describe(client, brokerType, id, [name])
    ).configs[0]!
    return [value, readOnly, isSensitive, configType, configSource]
  }
  assert.deepEqual(await shown(custom, '1'), [null, true, true, 0, 2])
  assert.deepEqual(await shown('num.io.threads', '1'), ['9', false, false, 3, 3])
  assert.deepEqual(await shown('num.io.threads', ''), ['9', false, false, 3, 3])
  assert.deepEqual(
    logger.lines
      .filter(({ event }) => event === 'config.without_effect')
      .map(({ fields }) => fields['properties']),
    [[custom], ['num.io.threads']],
    'said once each',
  )
})

test('a request cannot change more settings than a change of metadata may have records', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const changes = (count: number) =>
    Array.from({ length: count }, (_, index) => [`custom.${index}`, 'SET', 'v'] as const)
  assert.equal(await alter(client, brokerType, '1', changes(10_001)), ErrorCode.POLICY_VIOLATION)
  assert.equal((await describe(client, brokerType, '1', ['custom.0'])).configs.length, 0)
  const { version } = broker.config
  assert.equal(await alter(client, brokerType, '1', changes(5_000)), ErrorCode.NONE)
  // All of them are taken over at once: each by itself, looking at all that there are, would hold the broker up for seconds.
  assert.equal(broker.config.version, version + 1)
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
