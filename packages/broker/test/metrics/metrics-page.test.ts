// The page that Prometheus reads: that dashboards find their series, and that the numbers are those of what clients did.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { DeleteTopicsApi, ErrorCode, OffsetCommitApi } from '@millrace/protocol'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  produce,
  startBroker,
} from '../broker-fixture.ts'
import { dashboardSeries, processSeries } from './dashboards.ts'
import { readExposition, type ReadSample } from './exposition.ts'

const httpConfig = { 'http.listener': '127.0.0.1:0' }

async function scrape(url: string, query = ''): Promise<ReadSample[]> {
  const reply = await fetch(`${url}/metrics${query}`)
  assert.equal(reply.status, 200)
  assert.equal(reply.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
  return readExposition(await reply.text())
}

/** The value of the one sample of that name with those labels. */
function valueOf(samples: readonly ReadSample[], name: string, labels: Record<string, string> = {}): number {
  const found = samples.filter(
    sample =>
      sample.name === name &&
      Object.keys(sample.labels).length >= Object.keys(labels).length &&
      Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  )
  const exact = found.filter(sample => Object.keys(sample.labels).length === Object.keys(labels).length)
  const [sample] = exact.length > 0 ? exact : found
  assert.ok(sample, `no ${name} ${JSON.stringify(labels)}`)
  return sample.value
}

async function usedBroker(t: TestContext) {
  const broker = await startBroker(t, { config: httpConfig })
  assert.equal(broker.observer, undefined)
  // Requests are measured from the first scrape on.
  await scrape(broker.httpUrl!)
  const client = await connect(t, broker)
  await createTopic(client, 'orders', 2)
  const batch = batchOf(['a', 'b', 'c'])
  await produce(client, 'orders', batch)
  await produce(client, 'orders', batch)
  onlyPartition(await fetchFrom(client, 'orders', 0))
  const committed = await client.send(OffsetCommitApi, 8, {
    groupId: 'billing',
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics: [
      { name: 'orders', partitions: [{ partitionIndex: 0, committedOffset: 4, committedMetadata: '' }] },
    ],
  })
  assert.equal(committed.topics[0]!.partitions[0]!.errorCode, ErrorCode.NONE)
  return { broker, client, batch, url: broker.httpUrl! }
}

test('well-known dashboards find every series that they ask for, with its labels', async t => {
  const { url } = await usedBroker(t)
  const samples = await scrape(url)
  for (const wanted of [...dashboardSeries, ...processSeries]) {
    const [, name, labels = ''] = /^(\w+)\{(.*)\}$/.exec(wanted)!
    const names = labels === '' ? [] : labels.split(',')
    const found = samples.filter(sample => sample.name === name)
    assert.ok(
      found.some(sample => names.every(label => label in sample.labels)),
      `${wanted}: ${JSON.stringify(found.slice(0, 2))}`,
    )
  }
})

test('the numbers are those of what clients did', async t => {
  const { batch, client, url } = await usedBroker(t)
  const samples = await scrape(url)
  const traffic = (name: string, labels?: Record<string, string>) =>
    valueOf(samples, `kafka_server_brokertopicmetrics_${name}_total`, labels)
  for (const labels of [{ topic: 'orders' }, {}]) {
    assert.equal(traffic('messagesin', labels), 6)
    assert.equal(traffic('bytesin', labels), 2 * batch.length)
    assert.equal(traffic('totalproducerequests', labels), 2)
    assert.equal(traffic('bytesout', labels), 2 * batch.length)
  }
  const first = { topic: 'orders', partition: '0' }
  assert.equal(valueOf(samples, 'kafka_topic_partition_current_offset', first), 6)
  assert.equal(valueOf(samples, 'kafka_log_log_size', first), 2 * batch.length)
  assert.equal(valueOf(samples, 'kafka_consumergroup_lag', { consumergroup: 'billing', ...first }), 2)
  assert.equal(
    valueOf(samples, 'kafka_consumergroup_lag_sum', { consumergroup: 'billing', topic: 'orders' }),
    2,
  )
  assert.equal(
    valueOf(samples, 'kafka_network_requestmetrics_requests_total', { request: 'Produce', version: '9' }),
    2,
  )
  assert.equal(
    valueOf(samples, 'kafka_network_requestmetrics_totaltimems_count', { request: 'FetchConsumer' }),
    1,
  )
  assert.ok(valueOf(samples, 'kafka_network_requestmetrics_localtimems_sum', { request: 'Produce' }) > 0)
  assert.equal(
    valueOf(samples, 'kafka_server_socket_server_metrics_connection_count', { listener: 'PLAINTEXT' }),
    1,
  )
  assert.ok(valueOf(samples, 'process_resident_memory_bytes') > 10e6)
  // What was counted over all topics stays when one of them goes.
  await client.send(DeleteTopicsApi, 5, { topicNames: ['orders'], timeoutMs: 5000 })
  const later = await scrape(url)
  assert.equal(valueOf(later, 'kafka_server_brokertopicmetrics_messagesin_total'), 6)
  assert.ok(!later.some(({ labels }) => labels['topic'] === 'orders'))
})

test('a scrape can ask for some names alone', async t => {
  const { url } = await usedBroker(t)
  const samples = await scrape(url, '?name[]=kafka_brokers&name%5B%5D=kafka_topic_partitions')
  assert.deepEqual([...new Set(samples.map(({ name }) => name))], ['kafka_brokers', 'kafka_topic_partitions'])
})

test('names of groups and clients cannot break the page', async t => {
  const { client, url } = await usedBroker(t)
  const groupId = 'a"b\\c\nd'
  await client.send(OffsetCommitApi, 8, {
    groupId,
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics: [
      { name: 'orders', partitions: [{ partitionIndex: 1, committedOffset: 0, committedMetadata: '' }] },
    ],
  })
  const samples = await scrape(url)
  assert.equal(valueOf(samples, 'kafka_consumergroup_members', { consumergroup: groupId }), 0)
})

test('a broker without the port observes no requests', async t => {
  const broker = await startBroker(t)
  assert.deepEqual([broker.observer, broker.httpUrl], [undefined, undefined])
})
