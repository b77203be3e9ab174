// Client metrics over the wire: resources, what clients are told, what they push, and where it is shown.
import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { type TestContext, test } from 'node:test'
import {
  ApiVersionsApi,
  codecById,
  type CompressionId,
  DescribeConfigsApi,
  ErrorCode,
  GetTelemetrySubscriptionsApi,
  IncrementalAlterConfigsApi,
  ListConfigResourcesApi,
  PushTelemetryApi,
  zeroUuid,
} from '@millrace/protocol'
import { clientMetricsReceiver } from '../../src/client-metrics/receiver.ts'
import type { RequestContext } from '../../src/handlers/handler.ts'
import type { RunningBroker } from '../../src/running-broker.ts'
import { connect, LineCollector, startBroker, temporaryDirectory } from '../broker-fixture.ts'
import { keptBytes } from '../memory.ts'
import type { TestClient } from '../test-client.ts'
import { writeOtlp } from './write-otlp.ts'

const clientMetrics = 16
const config = { 'http.listener': '127.0.0.1:0' }
const operation = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 } as const

async function alter(
  client: TestClient,
  resourceName: string,
  changes: readonly (readonly [name: string, value: string | null, op?: keyof typeof operation])[],
) {
  const configs = changes.map(([name, value, op]) => ({
    name,
    configOperation: operation[op ?? (value === null ? 'DELETE' : 'SET')],
    value,
  }))
  const reply = await client.send(IncrementalAlterConfigsApi, 1, {
    resources: [{ resourceType: clientMetrics, resourceName, configs }],
    validateOnly: false,
  })
  const { errorCode, errorMessage } = reply.responses[0]!
  return { errorCode, errorMessage }
}

/** All metrics of all, ten times a second, but for what the test says. */
async function subscribe(client: TestClient, changes: Readonly<Record<string, string | null>> = {}) {
  const all = { metrics: '*', 'interval.ms': '100', ...changes }
  const { errorCode, errorMessage } = await alter(client, 'all', Object.entries(all))
  assert.equal(errorCode, ErrorCode.NONE, errorMessage ?? '')
}

const ask = (client: TestClient, clientInstanceId = zeroUuid) =>
  client.send(GetTelemetrySubscriptionsApi, 0, { clientInstanceId })

const metrics = writeOtlp([
  { name: 'org.apache.kafka.producer.record.send.total', kind: 'delta', value: 5 },
  { name: 'org.apache.kafka.producer.queue.avg', kind: 'gauge', value: 1.5, attributes: { node_id: '1' } },
])

async function push(
  client: TestClient,
  { clientInstanceId, subscriptionId }: { clientInstanceId: string; subscriptionId: number },
  { terminating = false, compressionType = 0, bytes = metrics } = {},
): Promise<number> {
  const body = codecById(compressionType as CompressionId)?.compress(bytes) ?? bytes
  const request = { clientInstanceId, subscriptionId, terminating, compressionType, metrics: body }
  return (await client.send(PushTelemetryApi, 0, request)).errorCode
}

async function scrape(broker: RunningBroker): Promise<string[]> {
  const text = await (await fetch(`${broker.httpUrl}/metrics`)).text()
  return text
    .split('\n')
    .filter(line => /^(org_apache|client_|kafka_client_|kafka_server_client_)/.test(line))
}

async function start(t: TestContext) {
  const broker = await startBroker(t, { config })
  return { broker, client: await connect(t, broker, 'shop') }
}

const pauseMs = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

test('keys of client metrics are told of where somebody sees the metrics, and nowhere else', async t => {
  const keysOf = async (broker: RunningBroker) => {
    const client = await connect(t, broker)
    const { apiKeys } = await client.send(ApiVersionsApi, 3, {
      clientSoftwareName: 'test',
      clientSoftwareVersion: '1',
    })
    return apiKeys.map(({ apiKey }) => apiKey).filter(key => key === 71 || key === 72)
  }
  assert.deepEqual(await keysOf(await startBroker(t)), [])
  assert.deepEqual(await keysOf(await startBroker(t, { config })), [71, 72])
})

test('a client asks, pushes with every codec, and its metrics are among those of the broker', async t => {
  const { broker, client } = await start(t)
  await client.send(ApiVersionsApi, 3, { clientSoftwareName: 'soft', clientSoftwareVersion: '1.2' })
  await subscribe(client)
  const answer = await ask(client)
  const { clientInstanceId, subscriptionId: _, ...rest } = answer
  assert.notEqual(clientInstanceId, zeroUuid)
  assert.deepEqual(rest, {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    acceptedCompressionTypes: [4, 3, 1, 2],
    pushIntervalMs: 100,
    telemetryMaxBytes: 1_048_576,
    deltaTemporality: true,
    requestedMetrics: ['*'],
  })
  for (const compressionType of [0, 1, 2, 3, 4]) {
    assert.equal(await push(client, answer, { compressionType }), ErrorCode.NONE)
    await pauseMs(101)
  }
  const lines = await scrape(broker)
  const own = `client_id="shop",client_instance_id="${clientInstanceId}"`
  assert.ok(lines.includes(`org_apache_kafka_producer_record_send_total{${own}} 25`), lines.join('\n'))
  assert.ok(lines.includes(`org_apache_kafka_producer_queue_avg{${own},node_id="1"} 1.5`))
  assert.ok(
    lines.includes(
      `kafka_client_info{${own},client_software_name="soft",client_software_version="1.2",client_source_address="127.0.0.1",principal="User:ANONYMOUS"} 1`,
    ),
  )
  assert.ok(lines.includes('kafka_server_client_metrics_plugin_export_total 5'))
  assert.ok(lines.includes('kafka_server_client_metrics_instance_count 1'))
})

test('who is not meant is asked for nothing, and pushes of before a change are refused', async t => {
  const { client } = await start(t)
  await subscribe(client, { match: 'client_id=billing' })
  const answer = await ask(client)
  assert.deepEqual([answer.requestedMetrics, answer.pushIntervalMs], [[], 300_000])
  await subscribe(client, { match: null, metrics: 'org.a,org.a' })
  assert.equal(await push(client, answer), ErrorCode.UNKNOWN_SUBSCRIPTION_ID)
  const again = await ask(client, answer.clientInstanceId)
  assert.deepEqual([again.requestedMetrics, again.clientInstanceId], [['org.a'], answer.clientInstanceId])
  await pauseMs(101)
  assert.equal(await push(client, again), ErrorCode.NONE)
  assert.equal(await push(client, again), ErrorCode.THROTTLING_QUOTA_EXCEEDED)
  assert.equal((await ask(client, again.clientInstanceId)).errorCode, ErrorCode.THROTTLING_QUOTA_EXCEEDED)
  assert.equal(await push(client, again, { terminating: true }), ErrorCode.NONE)
  assert.equal(await push(client, again), ErrorCode.INVALID_REQUEST)
})

test('what cannot be taken is refused, told in the log, and harms nobody', async t => {
  const logger = new LineCollector()
  const broker = await startBroker(t, { config: { ...config, 'telemetry.max.bytes': 1_000 }, logger })
  const client = await connect(t, broker, 'shop')
  await subscribe(client)
  const garbage = Buffer.alloc(100, 0xff)
  const bomb = Buffer.alloc(8 << 20)
  for (const [given, code] of [
    [{ bytes: garbage }, ErrorCode.INVALID_RECORD],
    [{ bytes: bomb, compressionType: 4 }, ErrorCode.INVALID_RECORD],
    [{ bytes: Buffer.alloc(1_001) }, ErrorCode.TELEMETRY_TOO_LARGE],
    [{ compressionType: 5 }, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE],
    [{ compressionType: -1 }, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE],
  ] as const) {
    assert.equal(await push(client, await ask(client), given), code)
  }
  for (const clientInstanceId of [zeroUuid, 'AAAAAAAAAAAAAAAAAAAAAQ'])
    assert.equal(await push(client, { clientInstanceId, subscriptionId: 0 }), ErrorCode.INVALID_REQUEST)
  const two = { clientInstanceId: 'AAAAAAAAAAAAAAAAAAAAAg', subscriptionId: 0 }
  assert.equal(await push(client, two), ErrorCode.UNKNOWN_SUBSCRIPTION_ID)
  const told = logger.lines.filter(({ event }) => event === 'client_metrics.unreadable')
  assert.equal(told.length, 2)
  assert.match(String(told[1]!.fields['error']), /more than the 4194304 bytes allowed/)
  assert.ok((await scrape(broker)).includes('kafka_server_client_metrics_plugin_error_total 2'))
  assert.equal(await push(client, await ask(client)), ErrorCode.NONE)
})

test('a regular expression that takes for ever matches nobody, and the log says so', async t => {
  const logger = new LineCollector()
  const broker = await startBroker(t, { config, logger })
  const client = await connect(t, broker, 'a'.repeat(60))
  await subscribe(client, { match: 'client_id=(a+)+b' })
  assert.deepEqual((await ask(client)).requestedMetrics, [])
  assert.ok(logger.events().includes('client_metrics.pattern_failed'))
})

const faults: [changes: Parameters<typeof alter>[2], code: number, message: RegExp][] = [
  [[['interval', '5']], ErrorCode.INVALID_REQUEST, /^Unknown client metrics configuration: interval$/],
  [
    [['interval.ms', 'soon']],
    ErrorCode.INVALID_CONFIG,
    /^Invalid value soon for configuration interval\.ms: /,
  ],
  [
    [['interval.ms', '99']],
    ErrorCode.INVALID_REQUEST,
    /^Invalid value 99 for interval\.ms, interval must be/,
  ],
  [[['interval.ms', '3600001']], ErrorCode.INVALID_REQUEST, /^Invalid value 3600001 for interval\.ms/],
  [[['match', 'client=a']], ErrorCode.INVALID_CONFIG, /^Illegal client matching pattern: client=a$/],
  [[['match', 'client_id']], ErrorCode.INVALID_CONFIG, /^Illegal client matching pattern: client_id$/],
  [[['match', 'client_id=(']], ErrorCode.INVALID_CONFIG, /^Illegal client matching pattern: client_id=\($/],
  [[['metrics', 'a,']], ErrorCode.INVALID_CONFIG, /must not be empty/],
  [[['match', 'client_id=a,,']], ErrorCode.INVALID_CONFIG, /^Illegal client matching pattern: $/],
]

for (const [changes, code, message] of faults) {
  test(`${JSON.stringify(changes)} is no resource`, async t => {
    const { client } = await start(t)
    const { errorCode, errorMessage } = await alter(client, 'bad', changes)
    assert.equal(errorCode, code)
    assert.match(errorMessage ?? '', message)
    assert.equal((await alter(client, '', [['metrics', '*']])).errorCode, ErrorCode.INVALID_REQUEST)
  })
}

test('resources are described, listed, added to, and gone with their last setting; they outlive the broker', async t => {
  const dataDir = temporaryDirectory(t)
  const broker = await startBroker(t, { config, dataDir })
  const client = await connect(t, broker)
  const describe = async (by: TestClient) => {
    const reply = await by.send(DescribeConfigsApi, 4, {
      resources: [{ resourceType: clientMetrics, resourceName: 'all', configurationKeys: null }],
      includeSynonyms: true,
      includeDocumentation: true,
    })
    return Object.fromEntries(
      reply.results[0]!.configs.map(({ name, value, configSource }) => [name, [value, configSource]]),
    )
  }
  const list = async (version: number) => {
    const reply = await client.send(
      ListConfigResourcesApi,
      version,
      version === 0 ? {} : { resourceTypes: [clientMetrics] },
    )
    return reply.configResources.map(({ resourceName }) => resourceName)
  }
  assert.deepEqual(await describe(client), { 'interval.ms': ['300000', 5], match: ['', 5], metrics: ['', 5] })
  await alter(client, 'all', [['metrics', 'org.a', 'APPEND']])
  await alter(client, 'all', [['metrics', 'org.b,org.a', 'APPEND']])
  const wanted = { 'interval.ms': ['300000', 5], match: ['', 5], metrics: ['org.a,org.b', 7] }
  assert.deepEqual(await describe(client), wanted)
  assert.deepEqual([await list(0), await list(1)], [['all'], ['all']])
  await client.close()
  await broker.close()
  const second = await startBroker(t, { config, dataDir })
  assert.deepEqual(await describe(await connect(t, second)), wanted)
})

test('a resource without settings is none', async t => {
  const { client } = await start(t)
  await subscribe(client)
  await alter(client, 'all', [
    ['metrics', null],
    ['interval.ms', null],
  ])
  const reply = await client.send(ListConfigResourcesApi, 1, { resourceTypes: [clientMetrics] })
  assert.deepEqual(reply.configResources, [])
  assert.deepEqual((await ask(client)).requestedMetrics, [])
})

test('a client whose connection ends is forgotten, and its last values are shown for a while', async t => {
  const { broker, client } = await start(t)
  await subscribe(client)
  const other = await connect(t, broker, 'other')
  const answer = await ask(other)
  await push(other, answer)
  await other.close()
  const has = async (text: string) => (await scrape(broker)).some(line => line.startsWith(text))
  while (!(await has('kafka_server_client_metrics_instance_count 0'))) await pauseMs(5)
  assert.ok(await has('org_apache_kafka_producer_record_send_total{client_id="other"'))
  // It comes back under its name, on another connection, with the same subscription.
  const back = await connect(t, broker, 'other')
  assert.equal(await push(back, answer), ErrorCode.NONE)
})

test('where nobody sees metrics, the keys are not served either', async t => {
  const client = await connect(t, await startBroker(t))
  await assert.rejects(ask(client), /closed/)
})

test('clients that come one after the other on a connection leave nothing behind but the last ones', async t => {
  const { broker } = await start(t)
  const receiver = broker.service(clientMetricsReceiver)
  const gone = new AbortController()
  const context = {
    clientId: 'c'.repeat(30_000),
    connection: {
      id: -1,
      session: { clientSoftwareName: 'test', clientSoftwareVersion: '1' },
      remoteAddress: '127.0.0.1',
      remotePort: 50_000,
      signal: gone.signal,
    },
  } as unknown as RequestContext
  const askOften = () => {
    for (let client = 0; client < 20_000; client++) receiver.ask(zeroUuid, context)
  }
  askOften()
  const bytes = keptBytes(askOften)
  assert.ok(bytes < 8 << 20, `${bytes} bytes more are kept after as many again`)
  assert.equal(getEventListeners(gone.signal, 'abort').length, 1)
  const count = () => [...receiver.families()][0]!.samples
  assert.deepEqual(count(), [{ value: 16_384 }])
  gone.abort()
  assert.deepEqual(count(), [{ value: 0 }])
})
