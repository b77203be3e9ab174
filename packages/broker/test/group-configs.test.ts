// Settings of groups: taken and refused as by Apache Kafka, kept over a restart, told with the levels that they come from.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DescribeConfigsApi,
  ErrorCode,
  IncrementalAlterConfigsApi,
  ListConfigResourcesApi,
} from '@millrace/protocol'
import { connect, startBroker, temporaryDirectory } from './broker-fixture.ts'
import type { TestClient } from './test-client.ts'

const groupType = 32
const operation = { SET: 0, DELETE: 1, APPEND: 2 } as const

async function alter(
  client: TestClient,
  name: string,
  value: string | null,
  op: keyof typeof operation = 'SET',
  resourceName = 'mails',
) {
  const configs = [{ name, value, configOperation: operation[op] }]
  const reply = await client.send(IncrementalAlterConfigsApi, 1, {
    resources: [{ resourceType: groupType, resourceName, configs }],
    validateOnly: false,
  })
  const { errorCode, errorMessage } = reply.responses[0]!
  return [errorCode, errorMessage]
}

async function describe(client: TestClient, names: string[] | null = null, resourceName = 'mails') {
  const reply = await client.send(DescribeConfigsApi, 4, {
    resources: [{ resourceType: groupType, resourceName, configurationKeys: names }],
    includeSynonyms: true,
  })
  return reply.results[0]!
}

test('a setting of a group comes before that of the broker, and is still there after a restart', async t => {
  const dataDir = temporaryDirectory(t)
  const config = { 'group.share.delivery.count.limit': 6 }
  const first = await startBroker(t, { dataDir, config })
  let client = await connect(t, first)
  const name = 'share.delivery.count.limit'
  assert.deepEqual(await alter(client, name, '7'), [ErrorCode.NONE, null])
  const shown = async () => {
    const { value, configSource, synonyms } = (await describe(client, [name])).configs[0]!
    return [value, configSource, synonyms.map(each => [each.name, each.value, each.source])]
  }
  const ofBroker = [
    [`group.${name}`, '6', 4],
    [`group.${name}`, '5', 5],
  ]
  const expected = ['7', 8, [[name, '7', 8], ...ofBroker]]
  assert.deepEqual(await shown(), expected)
  await first.close()
  client = await connect(t, await startBroker(t, { dataDir, config }))
  assert.deepEqual(await shown(), expected)
  const listed = await client.send(ListConfigResourcesApi, 1, { resourceTypes: [groupType] })
  assert.deepEqual(
    listed.configResources.map(({ resourceName }) => resourceName),
    ['mails'],
  )
  assert.deepEqual(await alter(client, name, null, 'DELETE'), [ErrorCode.NONE, null])
  assert.deepEqual(await shown(), ['6', 4, ofBroker])
  const none = await client.send(ListConfigResourcesApi, 1, { resourceTypes: [groupType] })
  assert.deepEqual(none.configResources, [])
})

test('what a group cannot have is refused in the words of Apache Kafka', async t => {
  const config = { 'group.consumer.max.session.timeout.ms': 50_000 }
  const client = await connect(t, await startBroker(t, { config }))
  const reset = 'share.auto.offset.reset'
  for (const [name, value, message] of [
    ['no.such', '1', 'Unknown group config name: no.such'],
    [
      'consumer.session.timeout.ms',
      'long',
      'Invalid value long for configuration consumer.session.timeout.ms: Not a number of type INT',
    ],
    [
      'consumer.session.timeout.ms',
      '1',
      'consumer.session.timeout.ms must be greater than or equal to group.consumer.min.session.timeout.ms',
    ],
    [
      'consumer.session.timeout.ms',
      '50001',
      'consumer.session.timeout.ms must be less than or equal to group.consumer.max.session.timeout.ms',
    ],
    [
      'streams.num.standby.replicas',
      '3',
      'streams.num.standby.replicas must be less than or equal to group.streams.max.standby.replicas',
    ],
    [
      reset,
      'by_duration:P',
      `Invalid value by_duration:P for configuration ${reset}: Invalid value \`by_duration:P\` for configuration ${reset}. The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.`,
    ],
  ] as const) {
    assert.deepEqual(await alter(client, name, value), [ErrorCode.INVALID_CONFIG, message])
  }
  assert.deepEqual(await alter(client, reset, 'earliest', 'APPEND'), [
    ErrorCode.INVALID_CONFIG,
    `Can't APPEND to key ${reset} because its type is not LIST.`,
  ])
  assert.equal((await alter(client, reset, 'earliest', 'SET', ''))[0], ErrorCode.INVALID_REQUEST)
  assert.equal((await describe(client, null, '')).errorCode, ErrorCode.INVALID_REQUEST)
  for (const value of ['earliest', 'by_duration:P1DT2H3M4.5S']) {
    assert.deepEqual(await alter(client, reset, value), [ErrorCode.NONE, null])
  }
})

test('a member of a group is put out later than it has to be heard of', async t => {
  const config = {
    'group.share.max.heartbeat.interval.ms': 60_000,
    'group.share.min.session.timeout.ms': 1,
  }
  const client = await connect(t, await startBroker(t, { config }))
  assert.deepEqual(await alter(client, 'share.heartbeat.interval.ms', '50000'), [
    ErrorCode.INVALID_CONFIG,
    'share.session.timeout.ms must be greater than share.heartbeat.interval.ms',
  ])
  assert.deepEqual(await alter(client, 'share.heartbeat.interval.ms', '10000'), [ErrorCode.NONE, null])
  assert.equal((await alter(client, 'share.session.timeout.ms', '10000'))[0], ErrorCode.INVALID_CONFIG)
  const whole = await describe(client)
  assert.equal(whole.configs.length, 17)
})
