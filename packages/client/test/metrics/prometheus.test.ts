// The page that Prometheus reads of clients: names and labels as dashboards ask for them, and no series twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProduceApi } from '@millrace/protocol'
import { Admin, Producer, prometheusText } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { setUp, take } from '../support/fake-partitions.ts'

/** Lines of a page by name and labels, but for comments. */
function seriesOf(page: string): Map<string, number> {
  const lines = page.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  const series = new Map(
    lines.map(line => [line.replace(/ \S+$/, ''), Number(/\S+$/.exec(line)![0])] as const),
  )
  assert.equal(series.size, lines.length, 'a series stands on a page once')
  return series
}

function setUpProducer() {
  const fake = new FakeCluster([1])
  fake.topic('t', [1])
  fake.on(ProduceApi, ({ request }) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => ({ index, errorCode: 0, baseOffset: 0 })),
    })),
  }))
  return new Producer({ brokers: fake.bootstrap, network: fake.network, clientId: 'shop' })
}

test('producers of one name are added up, and each family has its type once', async () => {
  const producers = [setUpProducer(), setUpProducer()]
  for (const producer of producers) await producer.send({ topic: 't', value: 'v' })
  const page = prometheusText(producers)
  const series = seriesOf(page)
  assert.equal(series.get('kafka_producer_record_send_total{client_id="shop"}'), 2)
  assert.equal(series.get('kafka_producer_topic_record_send_total{client_id="shop",topic="t"}'), 2)
  assert.equal(series.get('kafka_producer_buffer_available_bytes{client_id="shop"}'), 67_108_864)
  assert.equal(series.get('kafka_producer_connection_count{client_id="shop"}'), 4)
  const requests = series.get('kafka_producer_request_total{client_id="shop"}')!
  assert.ok(requests >= 8, `${requests}`)
  const node = '{client_id="shop",node_id="node-1"}'
  assert.equal(series.get(`kafka_producer_node_request_latency_seconds_count${node}`), requests)
  assert.ok(series.get(`kafka_producer_node_request_latency_seconds_sum${node}`)! > 0)
  assert.equal(page.match(/^# TYPE kafka_producer_record_send_total counter$/gm)?.length, 1)
  await Promise.all(producers.map(producer => producer.close()))
})

test('a client in place of a list of them is told to stand in one', () => {
  assert.throws(
    () => prometheusText(5 as never),
    /prometheusText: clients is 5: write a list, prometheusText\(\[producer\]\)/,
  )
})

test('a consumer has its lag by partition, and an admin its connections', async () => {
  const { consumer, cluster } = setUp([10, 3], { clientId: 'reader' })
  consumer.assign([0, 1].map(partition => ({ topic: 't', partition, offset: 0 })))
  await take(consumer, 13)
  const admin = new Admin({ brokers: cluster.bootstrap, network: cluster.network, clientId: 'ops' })
  await admin.cluster.refreshMetadata(['t'])
  const series = seriesOf(prometheusText([consumer, admin]))
  assert.equal(
    series.get('kafka_consumer_fetch_manager_records_consumed_total{client_id="reader",topic="t"}'),
    13,
  )
  for (const partition of [0, 1]) {
    const labels = `{client_id="reader",topic="t",partition="${partition}"}`
    assert.equal(series.get(`kafka_consumer_fetch_manager_records_lag${labels}`), 0)
  }
  assert.equal(series.get('kafka_consumer_coordinator_assigned_partitions{client_id="reader"}'), 2)
  assert.equal(series.get('kafka_admin_client_connection_count{client_id="ops"}'), 1)
  await consumer.close()
  admin.close()
})
