// Metrics of our clients on our broker: a resource says what is wanted, producers and consumers push it, and the broker's page shows it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Broker } from '@millrace/broker'
import { Admin, Consumer, Producer, throwFirst } from '@millrace/client'

let broker: Broker
before(async () => {
  broker = await Broker.start({ port: 0, config: { 'log.fsync': 'never', 'http.listener': '127.0.0.1:0' } })
})
after(() => broker.close())

/** What KIP-714 requires of each kind of client. */
const required = {
  producer: [
    'connection_creation_rate',
    'connection_creation_total',
    'node_request_latency_avg',
    'node_request_latency_max',
    'produce_throttle_time_avg',
    'produce_throttle_time_max',
    'record_queue_time_avg',
    'record_queue_time_max',
  ],
  consumer: [
    'connection_creation_rate',
    'connection_creation_total',
    'node_request_latency_avg',
    'node_request_latency_max',
    'poll_idle_ratio_avg',
    'coordinator_commit_latency_avg',
    'coordinator_commit_latency_max',
    'coordinator_assigned_partitions',
    'coordinator_rebalance_latency_avg',
    'coordinator_rebalance_latency_max',
    'coordinator_rebalance_latency_total',
    'fetch_manager_fetch_latency_avg',
    'fetch_manager_fetch_latency_max',
  ],
}

async function page(): Promise<string[]> {
  return (await (await fetch(`${broker.httpUrl}/metrics`)).text()).split('\n')
}

/** Takes what has come from what is awaited: times are of what happened since the push before, and not on the page where nothing did. */
async function strike(awaited: Set<string>): Promise<void> {
  const lines = await page()
  for (const name of awaited) {
    const kind = name.split('_')[3]!
    if (lines.some(line => line.startsWith(`${name}{client_id="${kind}"`))) awaited.delete(name)
  }
}

test('what KIP-714 requires of producers and consumers comes, and stays for a while when they have gone', {
  timeout: 60_000,
}, async () => {
  const brokers = [broker.address]
  await using admin = new Admin({ brokers })
  throwFirst(
    await admin.alterConfigs([
      {
        resource: { type: 'clientMetrics', name: 'everything' },
        changes: [
          { name: 'metrics', value: '*' },
          { name: 'interval.ms', value: '1000' },
        ],
      },
    ]),
  )
  const producer = new Producer({ brokers, clientId: 'producer' })
  const consumer = new Consumer({ brokers, clientId: 'consumer', groupId: 'g', rack: 'r1' })
  await producer.send({ topic: 'orders', value: 'first' })
  consumer.subscribe('orders')
  const awaited = new Set(
    Object.entries(required).flatMap(([kind, names]) =>
      names.map(name => `org_apache_kafka_${kind}_${name}`),
    ),
  )
  while (awaited.size > 0) {
    await producer.send({ topic: 'orders', value: 'v' })
    await consumer.poll({ timeoutMs: 50 })
    await consumer.commit()
    await strike(awaited)
  }
  const name = await producer.clientInstanceId()
  await Promise.all([producer.close(), consumer.close()])
  const lines = await page()
  assert.ok(
    lines.some(line =>
      line.startsWith(`kafka_client_info{client_id="producer",client_instance_id="${name}"`),
    ),
  )
  const info = lines.find(line => line.startsWith('kafka_client_info{client_id="consumer"'))
  assert.match(info ?? '', /client_software_name="millrace".*group_id="g"/)
  assert.match(info ?? '', /client_rack="r1"/)
})

test('what nobody asks for is not pushed, and a resource that goes takes its metrics along', {
  timeout: 60_000,
}, async () => {
  const brokers = [broker.address]
  await using admin = new Admin({ brokers })
  const alter = (changes: { name: string; value?: string }[]) =>
    admin.alterConfigs([{ resource: { type: 'clientMetrics', name: 'everything' }, changes }])
  throwFirst(await alter([{ name: 'match', value: 'client_id=wanted' }]))
  const clients = ['wanted', 'other'].map(clientId => new Producer({ brokers, clientId }))
  const shown = async (clientId: string) =>
    (await page()).some(line => line.startsWith(`kafka_client_info{client_id="${clientId}"`))
  do {
    for (const client of clients) await client.send({ topic: 'orders', value: 'v' })
    await new Promise(resolve => setTimeout(resolve, 20))
  } while (!(await shown('wanted')))
  assert.equal(await shown('other'), false)
  await Promise.all(clients.map(client => client.close()))
  throwFirst(await alter(['match', 'metrics', 'interval.ms'].map(name => ({ name }))))
  assert.equal(await shown('wanted'), false)
})
