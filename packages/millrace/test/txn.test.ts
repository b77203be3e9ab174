// Transactions and features on the command line.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Admin } from '@millrace/client'
import { InitProducerIdApi, ProduceApi, RecordBatchWriter } from '@millrace/protocol'
import { type Cluster, startCluster } from './support/cluster.ts'

let cluster: Cluster
let admin: Admin

before(async () => {
  cluster = await startCluster()
  admin = new Admin({ brokers: [cluster.broker.address] })
  await admin.createTopics([{ name: 'orders', partitions: 2 }])
})
after(async () => {
  admin.close()
  await cluster[Symbol.asyncDispose]()
})

async function millrace(...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await cluster.inside([...args, '--json'])
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`)
  return JSON.parse(stdout)
}

/** Writes a transactional batch; version 12 adds the partition to the transaction, versions before need not be asked. */
async function append(
  topic: string,
  transactionalId: string,
  producer: { readonly producerId: number; readonly producerEpoch: number },
  maxVersion = 12,
): Promise<void> {
  const { producerId, producerEpoch } = producer
  const writer = new RecordBatchWriter()
  writer.append(Date.now(), null, 'v')
  const records = [writer.finish({ producerId, producerEpoch, baseSequence: 0, transactional: true })]
  const topicData = [{ name: topic, partitionData: [{ index: 0, records }] }]
  const body = { transactionalId, acks: -1, timeoutMs: 1000, topicData }
  const reply = await admin.cluster.request(ProduceApi, body, {
    to: { leaderOf: { topic, partition: 0 } },
    maxVersion,
  })
  assert.equal(reply.responses[0]!.partitionResponses[0]!.errorCode, 0)
}

/** A transaction that is open in partition 0 of `orders`; returns its producer id. */
async function open(transactionalId: string): Promise<number> {
  const to = { coordinator: { type: 'transaction', key: transactionalId } } as const
  const body = { transactionalId, transactionTimeoutMs: 60_000 }
  const producer = await admin.cluster.request(InitProducerIdApi, body, { to })
  const [described] = await admin.describeTransactions([transactionalId])
  assert.equal(described!.state, 'Empty')
  await append('orders', transactionalId, producer)
  return producer.producerId
}

test('transactions are listed, described, and ended by fencing their producers', async () => {
  const producerId = await open('billing')
  assert.deepEqual(await millrace('txn', 'list', '--state', 'ongoing', '--pattern', 'bil.*'), [
    { transactionalId: 'billing', state: 'Ongoing', producerId, coordinator: 1 },
  ])
  assert.deepEqual(await millrace('txn', 'ls', '--open-for', '1h', '--state', 'Ongoing'), [])
  const [described] = (await millrace('txn', 'describe', 'billing')) as Record<string, unknown>[]
  assert.deepEqual(
    [described!['state'], described!['producerId'], described!['partitions']],
    ['Ongoing', producerId, [{ topic: 'orders', partition: 0 }]],
  )
  assert.equal(typeof described!['openForMs'], 'number')
  const text = await cluster.inside(['txn', 'describe', 'billing'])
  assert.match(text.stdout, /^Transactional id: billing\nState: +Ongoing\n/)
  const producers = (await millrace('txn', 'producers', 'orders:0')) as Record<string, unknown>[]
  assert.deepEqual(
    producers.map(each => [each['producerId'], each['transactionStartOffset']]),
    [[producerId, 0]],
  )
  const [fenced] = (await millrace('txn', 'fence', 'billing', '--force')) as Record<string, unknown>[]
  assert.deepEqual([fenced!['result'], fenced!['error']], ['fenced', null])
  assert.deepEqual(await millrace('txn', 'list', '--state', 'Ongoing'), [])
  const unknown = await cluster.inside(['txn', 'describe', 'nobody'])
  assert.notEqual(unknown.code, 0)
  assert.match(unknown.stderr, /TRANSACTIONAL_ID_NOT_FOUND/)
})

test('a transaction that no coordinator knows of is found, and ended where it hangs', async () => {
  const known = await open('known')
  const log = 'hanging'
  await admin.createTopics([{ name: log }])
  const body = { transactionalId: null, transactionTimeoutMs: 0 }
  const producer = await admin.cluster.request(InitProducerIdApi, body)
  const { producerId } = producer
  // As brokers that verify nothing take it.
  const change = { name: 'transaction.partition.verification.enable', value: 'false' }
  await admin.alterConfigs([{ resource: { type: 'broker', name: '' }, changes: [change] }])
  await append(log, 'ghost', producer, 11)
  assert.deepEqual(await millrace('txn', 'hanging'), [], 'it may yet be ended by whoever began it')
  const found = (await millrace('txn', 'hanging', '--open-for', '1ms')) as Record<string, unknown>[]
  assert.deepEqual(
    found.map(each => [each['topic'], each['partition'], each['producerId'], each['startOffset']]),
    [[log, 0, producerId, 0]],
  )
  assert.ok(!found.some(each => each['producerId'] === known))
  const refused = await cluster.inside(['txn', 'abort', log, '0', '--producer-id', '999', '--force'])
  assert.match(refused.stderr, /producer 999 has no transaction open in hanging-0/)
  const asked = await cluster.inside(['txn', 'abort', log, '0', '--producer-id', String(producerId)], 'n\n')
  assert.match(asked.stderr, /Abort the transaction of producer/)
  await millrace('txn', 'abort', log, '0', '--producer-id', String(producerId), '--force')
  assert.deepEqual(await millrace('txn', 'hanging', '--open-for', '1ms'), [])
})

test('features are shown, lowered and raised', async () => {
  const level = async () =>
    ((await millrace('features', 'describe')) as Record<string, unknown>[]).find(
      ({ feature }) => feature === 'transaction.version',
    )
  const shown = { feature: 'transaction.version', level: 2, minLevel: 0, maxLevel: 2 }
  assert.deepEqual(await level(), shown)
  assert.deepEqual(await millrace('features', 'downgrade', 'transaction.version=1', '--dry-run'), [
    { feature: 'transaction.version', level: 1, result: 'would be downgraded' },
  ])
  assert.deepEqual(await level(), shown)
  await millrace('features', 'downgrade', 'transaction.version=1')
  assert.deepEqual(await level(), { ...shown, level: 1 })
  const refused = await cluster.inside(['features', 'upgrade', 'transaction.version=9'])
  assert.match(refused.stderr, /only supports versions 0-2/)
  for (const result of ['upgraded', 'unchanged']) {
    assert.deepEqual(await millrace('features', 'upgrade', 'transaction.version=2'), [
      { feature: 'transaction.version', level: 2, result },
    ])
  }
  assert.deepEqual(await level(), shown)
  const misspelt = await cluster.inside(['features', 'upgrade', 'transaction.version'])
  assert.match(misspelt.stderr, /A feature with its level/)
})

test('partitions that there are not, and what is no partition, are named', async () => {
  for (const [args, code, message] of [
    [['producers', 'orders:0,9'], 4, /topic "orders" has no partition 9: it has 2\n$/],
    [['hanging', '--topic', 'orders:9'], 4, /topic "orders" has no partition 9: it has 2\n$/],
    [
      ['abort', 'orders', 'x', '--producer-id', '1'],
      2,
      /'x' is invalid for argument 'partition'. A whole number/,
    ],
  ] as const) {
    const refused = await cluster.inside(['txn', ...args])
    assert.deepEqual([refused.code, refused.stdout], [code, ''])
    assert.match(refused.stderr, message)
  }
})
