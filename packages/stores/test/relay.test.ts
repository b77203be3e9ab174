// Relays while brokers or the database are away: nothing is lost, nothing is sent twice, and stopping is short.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Broker } from '@millrace/broker'
import { servicePrometheusText } from '@millrace/service'
import type { RelayEvent } from '@millrace/stores'
import { eventually, readTopic, withCluster } from '@millrace/testkit'
import type { OutboxSource } from '../src/outbox/outbox-source.ts'
import { sqliteOutbox } from './contract/databases.ts'
import { numbersOf, type OutboxWorld, relayOf } from './contract/outbox-world.ts'

const timeout = 60_000

async function enqueue({ begin }: OutboxWorld, name: string, count: number): Promise<void> {
  const transaction = await begin()
  await transaction.enqueue(
    numbersOf(name),
    Array.from({ length: count }, (_, n) => ({ key: `key-${n % 7}`, type: 'counted' as const, data: { n } })),
  )
  await transaction.end('commit')
}

test(
  'a database that fails now and then, before what it is asked or behind it, loses nothing and repeats nothing',
  { timeout },
  () =>
    withCluster(async cluster => {
      const world = await sqliteOutbox()
      const name = await cluster.createTopic({ partitions: 2 })
      const source: OutboxSource = world.outbox.source
      let dice = 1
      let isFailing = false
      const run: OutboxSource['run'] = async statement => {
        dice = (dice * 48_271) % 2_147_483_647
        const fate = isFailing ? dice % 5 : 0
        if (fate === 1) throw new Error('the database is away')
        const result = await source.run(statement)
        if (fate === 2) throw new Error('the answer was lost')
        return result
      }
      ;(world.outbox as { source: OutboxSource }).source = { ...source, run }
      const heard: RelayEvent[] = []
      const relay = relayOf(cluster, world.outbox, {
        batchRows: 5,
        leaseMs: 300,
        onRelayEvent: event => heard.push(event),
      })
      try {
        await relay.start()
        isFailing = true
        for (let round = 0; round < 3; round++) await enqueue(world, name, 40)
        relay.wake()
        await eventually('all is sent', async () => (await world.outbox.status()).pending === 0, 30_000)
      } finally {
        isFailing = false
        await relay.stop()
        await world.close()
      }
      assert.equal((await readTopic(cluster.brokers, name, 2)).length, 120)
      assert.ok(heard.some(({ type }) => type === 'relay.retried'))
    }),
)

test('while no broker is there rows wait; stopping is short, and what waited is sent when one is back', {
  timeout,
}, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'millrace-relay-'))
  const config = { 'log.fsync': 'never' }
  const first = await Broker.start({ port: 0, dataDir, config, topics: ['numbers'] })
  const { port } = first
  const world = await sqliteOutbox()
  const cluster = { brokers: [first.address] }
  const early = relayOf(cluster, world.outbox, { stopTimeoutMs: 100 })
  await early.start()
  await enqueue(world, 'numbers', 10)
  await eventually('they are sent', () => early.statistics.sentRows === 10)
  await first.close()
  await enqueue(world, 'numbers', 10)
  early.wake()
  await eventually('they are under way', () => early.statistics.inFlightRows === 10)
  const startedAt = performance.now()
  await early.stop()
  assert.ok(performance.now() - startedAt < 5_000)
  assert.equal((await world.outbox.status()).pending, 10)
  // One that begins while there is no broker.
  const late = relayOf(cluster, world.outbox)
  await late.start()
  const second = await Broker.start({ port, dataDir, config })
  try {
    await eventually('they are sent, too', () => late.statistics.sentRows === 10, 30_000)
    assert.equal((await readTopic(cluster.brokers, 'numbers')).length, 20)
    const text = servicePrometheusText([late])
    assert.match(text, /^kafka_outbox_sent_total\{relay="outbox-relay",topic="numbers"\} 10$/m)
    assert.match(text, /^kafka_outbox_shards\{relay="outbox-relay"\} 32$/m)
  } finally {
    await late.stop()
    await second.close()
    await world.close()
    await rm(dataDir, { recursive: true })
  }
})
