// Settings of many resources: one request to each broker that has to be asked, and outcomes in the order asked for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DescribeConfigsApi,
  DescribeLogDirsApi,
  ErrorCode,
  IncrementalAlterConfigsApi,
} from '@millrace/protocol'
import { Admin, type ConfigResource, type KafkaError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { quickClock } from '../support/quick-clock.ts'

function setUp() {
  const fake = new FakeCluster([1, 2])
  const admin = new Admin({ brokers: fake.bootstrap, network: fake.network, clock: quickClock })
  return { fake, admin }
}

const codeOf = (outcome: { readonly error: KafkaError | undefined }) => outcome.error?.code
const topic = (name: string): ConfigResource => ({ type: 'topic', name })
const broker = (name: string): ConfigResource => ({ type: 'broker', name })

test('settings of topics and brokers are described with one request to each broker concerned', async () => {
  const { fake, admin } = setUp()
  const asked: [number, string[]][] = []
  fake.on(DescribeConfigsApi, ({ request, brokerId }) => {
    asked.push([brokerId, request.resources.map(({ resourceName }) => resourceName)])
    return {
      results: request.resources.toReversed().map(({ resourceType, resourceName }) => ({
        errorCode: resourceName === 'gone' ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : 0,
        errorMessage: null,
        resourceType,
        resourceName,
        configs: [
          {
            name: 'a',
            value: resourceName,
            readOnly: false,
            configSource: 1,
            isSensitive: false,
            configType: 7,
            synonyms: [],
          },
        ],
      })),
    }
  })
  const resources = [topic('t1'), broker('2'), topic('gone'), topic('t2'), topic('t1'), broker('1')]
  const described = await admin.describeConfigs(resources)
  assert.deepEqual(
    described.map(({ resource, entries, error }) => [resource.name, entries[0]?.value, error?.code]),
    [
      ['t1', 't1', undefined],
      ['2', '2', undefined],
      ['gone', 'gone', 'UNKNOWN_TOPIC_OR_PARTITION'],
      ['t2', 't2', undefined],
      ['t1', 't1', undefined],
      ['1', '1', undefined],
    ],
  )
  assert.deepEqual([described[0]!.entries[0]!.type, described[0]!.entries[0]!.source], ['list', 'topic'])
  assert.deepEqual(asked.map(([, names]) => names.join()).toSorted(), ['1', '2', 't1,gone,t2'])
  assert.ok(asked.some(([id, names]) => id === 2 && names[0] === '2'))
  admin.close()
})

test('more than a request takes are asked for in several', async () => {
  const { fake, admin } = setUp()
  const sizes: number[] = []
  fake.on(DescribeConfigsApi, ({ request }) => {
    sizes.push(request.resources.length)
    return {
      results: request.resources.map(({ resourceType, resourceName }) => ({
        errorCode: 0,
        errorMessage: null,
        resourceType,
        resourceName,
        configs: [],
      })),
    }
  })
  const resources = Array.from({ length: 1_100 }, (_, index) => topic(`t${index}`))
  const described = await admin.describeConfigs(resources)
  assert.deepEqual(
    described.map(({ resource }) => resource.name),
    resources.map(({ name }) => name),
  )
  assert.deepEqual(sizes, [500, 500, 100])
  admin.close()
})

test('settings are changed with one request, and a resource that is named twice in two', async () => {
  const { fake, admin } = setUp()
  const asked: string[][] = []
  fake.on(IncrementalAlterConfigsApi, ({ request }) => {
    asked.push(request.resources.map(({ resourceName }) => resourceName))
    return {
      responses: request.resources.map(({ resourceType, resourceName }) => ({
        errorCode: resourceName === 'b' ? ErrorCode.INVALID_CONFIG : 0,
        errorMessage: null,
        resourceType,
        resourceName,
      })),
    }
  })
  const change = (name: string) => ({
    resource: topic(name),
    changes: [{ name: 'retention.ms', value: '1' }],
  })
  const outcomes = await admin.alterConfigs([change('a'), change('b'), change('a')])
  assert.deepEqual(outcomes.map(codeOf), [undefined, 'INVALID_CONFIG', undefined])
  assert.deepEqual(asked.map(names => names.join()).toSorted(), ['a', 'a,b'])
  admin.close()
})

test('of brokers that are named only those are asked, and one that there is not has its error', async () => {
  const { fake, admin } = setUp()
  fake.on(DescribeLogDirsApi, ({ brokerId, request }) => {
    assert.deepEqual(JSON.parse(JSON.stringify(request.topics)), [{ topic: 't', partitions: [0] }])
    const copy = { partitionIndex: 0, partitionSize: 10, offsetLag: 0, isFutureKey: false }
    return {
      errorCode: 0,
      results: [
        { errorCode: 0, logDir: `/data/${brokerId}`, topics: [{ name: 't', partitions: [copy] }] },
        {
          errorCode: 0,
          logDir: `/more/${brokerId}`,
          topics: [{ name: 't', partitions: [{ ...copy, offsetLag: 7, isFutureKey: true }] }],
        },
      ],
    }
  })
  const described = await admin.describeReplicaLogDirs([
    { topic: 't', partition: 0, brokerId: 9 },
    { topic: 't', partition: 0, brokerId: 2 },
  ])
  assert.deepEqual(
    described.map(({ brokerId, current, future, error }) => [brokerId, current, future, error?.code]),
    [
      [9, undefined, undefined, 'BROKER_NOT_AVAILABLE'],
      [2, { path: '/data/2', offsetLag: 0 }, { path: '/more/2', offsetLag: 7 }, undefined],
    ],
  )
  assert.deepEqual(
    fake.log.filter(({ name }) => name === 'DescribeLogDirs').map(({ brokerId }) => brokerId),
    [2],
  )
  admin.close()
})
