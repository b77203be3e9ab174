// A broker inside a test of one's own, as the README shows it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as client from '@millrace/client'
import * as millrace from 'millrace'
import { Broker, Consumer, Producer } from 'millrace'

test('an order that is sent is received', async () => {
  const broker = await Broker.start({
    port: 0,
    topics: [{ name: 'orders', partitions: 3, configs: { 'cleanup.policy': 'compact' } }],
    config: { 'log.fsync': 'never', 'group.initial.rebalance.delay.ms': 0 },
  })
  const brokers = [broker.address]

  const producer = new Producer({ brokers })
  await producer.send({ topic: 'orders', key: 'user-1', value: 'created' })
  await producer.close()

  const consumer = new Consumer({ brokers, groupId: 'billing', autoOffsetReset: 'earliest' })
  consumer.subscribe('orders')
  for await (const record of consumer) {
    assert.equal(record.value?.toString(), 'created')
    break
  }
  await consumer.close()
  await broker.close()
})

test('the README shows the test above as it is', () => {
  const own = readFileSync(new URL(import.meta.url), 'utf8')
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const start = own.indexOf("test('an order")
  assert.ok(readme.includes(own.slice(start, own.indexOf("\n\ntest('the README"))))
})

test('one import has everything of the client, and the broker', () => {
  const { Broker: _, ...door } = millrace
  for (const [name, exported] of Object.entries(client))
    assert.equal((door as Readonly<Record<string, unknown>>)[name], exported, name)
})
