// Metrics that clients push (KIP-714): our bytes beside those of the classes in Kafka's jar, and a producer and a consumer of ours with an
// Apache Kafka that has subscribed, whose plug-in says what came. `node conformance/client-metrics.ts [--libs FOLDER]`
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'
import { Admin, Consumer, Producer, throwFirst } from '@millrace/client'
import { encodeMetrics, type MeasuresToEncode } from '../packages/client/src/telemetry/otlp.ts'
import { startApache } from './harness/apache-node.ts'
import { type Received, telemetryReceiver } from './harness/telemetry-receiver.ts'
import { libsFolder, runJava } from './protocol/libs.ts'

const pushIntervalMs = 200
const waitMs = 30_000

/** What KIP-714 requires of each kind of client. */
const required: Readonly<Record<string, readonly string[]>> = {
  shop: [
    'connection.creation.rate',
    'connection.creation.total',
    'node.request.latency.avg',
    'node.request.latency.max',
    'produce.throttle.time.avg',
    'produce.throttle.time.max',
    'record.queue.time.avg',
    'record.queue.time.max',
  ].map(name => `org.apache.kafka.producer.${name}`),
  reader: [
    'connection.creation.rate',
    'connection.creation.total',
    'node.request.latency.avg',
    'node.request.latency.max',
    'poll.idle.ratio.avg',
    'coordinator.commit.latency.avg',
    'coordinator.commit.latency.max',
    'coordinator.assigned.partitions',
    'coordinator.rebalance.latency.avg',
    'coordinator.rebalance.latency.max',
    'coordinator.rebalance.latency.total',
    'fetch.manager.fetch.latency.avg',
    'fetch.manager.fetch.latency.max',
  ].map(name => `org.apache.kafka.consumer.${name}`),
}

const { values } = parseArgs({ options: { libs: { type: 'string' } } })
const libs = await libsFolder(values.libs)
const problems: string[] = []

compareBytes(true)
compareBytes(false)
await pushToApacheKafka()
for (const problem of problems) console.error(`DRIFT ${problem}`)
console.log(problems.length === 0 ? 'pushed metrics: as Apache Kafka has them' : `${problems.length} differ`)
process.exitCode = problems.length === 0 ? 0 : 1

function compareBytes(delta: boolean): void {
  const input: MeasuresToEncode = {
    resource: { group_id: 'billing', client_rack: 'ü' },
    measures: [
      { name: 'org.apache.kafka.producer.request.total', kind: 'sum', value: 1e15 + 0.5, attributes: {} },
      {
        name: 'org.apache.kafka.producer.node.request.latency.avg',
        kind: 'gauge',
        value: -0.25,
        attributes: { node_id: 'node-1', long: 'a'.repeat(300) },
      },
    ],
    delta,
    startMs: 1_700_000_000_000,
    nowMs: 1_700_000_300_123,
  }
  const ours = encodeMetrics(input).toString('hex')
  const theirs = runJava(libs, 'TelemetryOracle.java', [], linesOf(input)).trim()
  if (ours !== theirs) problems.push(`bytes: ours ${ours}\n  Kafka’s ${theirs}`)
}

/** What the Java program reads. */
function linesOf({ resource, measures, delta, startMs, nowMs }: MeasuresToEncode): string {
  const lines = Object.entries(resource).map(([key, value]) => ['resource', key, value])
  lines.push(['times', delta ? 'delta' : 'cumulative', String(startMs), String(nowMs)])
  for (const { kind, name, value, attributes } of measures) {
    lines.push(['measure', kind, name, String(value), ...Object.entries(attributes).flat()])
  }
  return `${lines.map(fields => fields.join('\t')).join('\n')}\n`
}

async function pushToApacheKafka(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'millrace-client-metrics-'))
  const { plugins, properties, received } = await telemetryReceiver(dir, join(libs, '*'))
  const node = await startApache({
    libs: [join(libs, '*'), plugins].join(delimiter),
    dir: join(dir, 'broker'),
    properties,
  })
  try {
    const brokers = [`127.0.0.1:${node.port}`]
    await subscribe(brokers)
    const names = await work(brokers, received)
    check(received(), names)
  } finally {
    await node.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** What an operator does with `kafka-client-metrics.sh --alter --name everything --interval 200`. */
async function subscribe(brokers: string[]): Promise<void> {
  await using admin = new Admin({ brokers })
  const changes = [
    { name: 'metrics', value: 'org.apache.kafka.producer.,org.apache.kafka.consumer.' },
    { name: 'interval.ms', value: String(pushIntervalMs) },
  ]
  throwFirst(await admin.alterConfigs([{ resource: { type: 'clientMetrics', name: 'everything' }, changes }]))
}

/** Writes and reads until both clients have pushed, then closes them. Returns the names that the broker gave them. */
async function work(brokers: string[], soFar: () => Received[]): Promise<ReadonlyMap<string, string>> {
  const producer = new Producer({ brokers, clientId: 'shop' })
  const consumer = new Consumer({
    brokers,
    clientId: 'reader',
    groupId: 'billing',
    autoOffsetReset: 'earliest',
    rack: 'r1',
  })
  const deadline = Date.now() + waitMs
  const hasPushed = (clientId: string, name: string) =>
    soFar().some(entry => entry.clientId === clientId && entry.name.endsWith(name))
  await producer.send({ topic: 'orders', value: 'first' })
  consumer.subscribe('orders')
  for (;;) {
    await producer.send({ topic: 'orders', value: 'v' })
    await consumer.poll({ timeoutMs: 100 })
    await consumer.commit()
    // The first pushes may come before the group has gathered, or anything was committed.
    const awaited = ['rebalance.latency.max', 'commit.latency.max', 'fetch.latency.max']
    const done =
      hasPushed('shop', 'record.queue.time.max') && awaited.every(name => hasPushed('reader', name))
    if (done || Date.now() > deadline) break
  }
  const names = new Map([['shop', await producer.clientInstanceId()]])
  await producer.close()
  await consumer.close()
  return names
}

function check(all: readonly Received[], names: ReadonlyMap<string, string>): void {
  for (const [clientId, wanted] of Object.entries(required)) {
    const own = all.filter(entry => entry.clientId === clientId)
    const seen = new Set(own.map(({ name }) => name))
    const missing = wanted.filter(name => !seen.has(name))
    if (missing.length > 0) problems.push(`${clientId} never pushed ${missing.join(', ')}`)
    if (!own.some(({ terminating }) => terminating))
      problems.push(`${clientId} did not push when it was closed`)
    if (new Set(own.map(({ instanceId }) => instanceId)).size !== 1)
      problems.push(`${clientId} has several names`)
    const name = names.get(clientId)
    if (name !== undefined && own[0]?.instanceId !== name)
      problems.push(`${clientId} is ${own[0]?.instanceId}, not ${name}`)
    console.log(`${clientId}: ${own.length} values of ${seen.size} metrics came`)
  }
  const resource = all.findLast(({ clientId }) => clientId === 'reader')?.resource ?? ''
  for (const label of ['client_rack=r1', 'group_id=billing', 'group_member_id=']) {
    if (!resource.includes(label))
      problems.push(`the consumer’s metrics are about ${resource}, without ${label}`)
  }
}
