// Metrics that clients push (KIP-714): an operator subscribes with Kafka's own tool, Java's producer and librdkafka's answer. On Millrace they
// are on /metrics; a plug-in of Apache Kafka writes them to a file.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../harness/engine.ts'
import { kafkaLibs, python } from '../harness/install.ts'
import { programsDir } from '../harness/paths.ts'
import type { Scenario, Stage } from '../harness/stage.ts'
import { telemetryReceiver } from '../harness/telemetry-receiver.ts'

const topic = 'client-metrics'
const recordCount = 100
const recordsPerSecond = 20
const intervalMs = 200

/** What the broker has got of a client. */
interface Pushed {
  /** By name, as Prometheus spells it; of those that a client pushed several of, one of them. Sums are added up. */
  readonly values: ReadonlyMap<string, number>
  /** What is told of the client itself. */
  readonly info: string
}

type Look = (clientId: string) => Promise<Pushed>

async function withMillrace(stage: Stage): Promise<Look> {
  const [port] = await freePorts(1)
  stage.engine = await stage.newEngine({ properties: { 'http.listener': `127.0.0.1:${port}` } })
  return async clientId => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    const own = text.split('\n').filter(line => line.includes(`client_id="${clientId}"`))
    const values = own.map(line => [line.split('{')[0]!, Number(line.split(' ').at(-1))] as const)
    return { values: new Map(values), info: own.find(line => line.startsWith('kafka_client_info{')) ?? '' }
  }
}

async function withApacheKafka(stage: Stage): Promise<Look> {
  const dir = join(stage.dir, 'receiver')
  mkdirSync(dir, { recursive: true })
  const { plugins, properties, received } = await telemetryReceiver(dir, kafkaLibs)
  stage.engine = await stage.newEngine({ plugins, properties })
  return clientId => {
    const values = new Map<string, number>()
    for (const { name, value } of received().filter(each => each.clientId === clientId)) {
      const spelt = name.replaceAll('.', '_')
      values.set(spelt, spelt.endsWith('_total') ? (values.get(spelt) ?? 0) + value : value)
    }
    return Promise.resolve({ values, info: '' })
  }
}

async function subscribe(stage: Stage): Promise<void> {
  const settings = ['--metrics', 'org.apache.kafka.producer.', '--interval', String(intervalMs)]
  const match = ['--match', 'client_id=shop-.*']
  await stage.kafka('ClientMetricsCommand', ['--alter', '--name', 'shops', ...settings, ...match])
  const described = await stage.kafka('ClientMetricsCommand', '--describe --name shops')
  for (const text of ['metrics=org.apache.kafka.producer.', `interval.ms=${intervalMs}`, 'client_id=shop-.*'])
    assert.ok(described.stdout.includes(text), described.stdout)
  assert.equal((await stage.kafka('ClientMetricsCommand', '--list')).stdout.trim(), 'shops')
}

async function writeWithJava(stage: Stage, clientId: string): Promise<void> {
  const size = ['--num-records', String(recordCount), '--record-size', '10']
  const props = [`bootstrap.servers=${stage.bootstrap}`, `client.id=${clientId}`]
  await stage.java('ProducerPerformance', [
    '--topic',
    topic,
    ...size,
    '--throughput',
    String(recordsPerSecond),
    '--producer-props',
    ...props,
  ])
}

async function writeWithLibrdkafka(stage: Stage, clientId: string): Promise<void> {
  await stage.run(python, [join(programsDir, 'python', 'client_metrics.py')], {
    env: { BOOTSTRAP: stage.bootstrap, CLIENT_ID: clientId, COUNT: String(recordCount), TOPIC: topic },
  })
}

/** Of the metrics that KIP-714 requires of every producer. Sums of librdkafka begin after its first connection. */
const required = [
  'connection_creation_total',
  'node_request_latency_avg',
  'node_request_latency_max',
  'record_queue_time_avg',
  'record_queue_time_max',
].map(name => `org_apache_kafka_producer_${name}`)

function hasRequired({ values }: Pushed): void {
  const missing = required.filter(name => !values.has(name))
  assert.deepEqual(missing, [], `there are ${[...values.keys()].join(', ')}`)
}

export const clientMetrics: Scenario = {
  name: 'client-metrics',
  title: "metrics that Java's and librdkafka's producers push, by a subscription of kafka-client-metrics",
  needs: ['python'],
  ownEngine: true,
  async run(stage) {
    const isMillrace = stage.engineName === 'millrace'
    const look = await (isMillrace ? withMillrace : withApacheKafka)(stage)
    await stage.engine.start()
    await stage.createTopic(topic, 1)
    await stage.check('an operator subscribes to metrics of some clients', () => subscribe(stage))
    await Promise.all([writeWithJava(stage, 'shop-java'), writeWithLibrdkafka(stage, 'shop-librdkafka')])
    await stage.check('Java pushes what is asked for, and its sums add up', async () => {
      const pushed = await look('shop-java')
      hasRequired(pushed)
      const sent = pushed.values.get('org_apache_kafka_producer_record_send_total') ?? 0
      // What was sent before the subscription had come does not count.
      assert.ok(sent > recordCount / 2 && sent <= recordCount, `${sent} of ${recordCount} records`)
      if (isMillrace) assert.match(pushed.info, /client_software_name="apache-kafka-java"/)
    })
    await stage.check('librdkafka pushes what is asked for', async () => {
      const pushed = await look('shop-librdkafka')
      hasRequired(pushed)
      if (isMillrace) assert.match(pushed.info, /client_software_name="[^"]*(librdkafka|confluent)/)
    })
    await stage.check('who is not meant pushes nothing', async () => {
      await writeWithLibrdkafka(stage, 'other')
      assert.deepEqual((await look('other')).values, new Map())
    })
  },
}
