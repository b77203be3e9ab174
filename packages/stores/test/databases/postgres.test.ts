// The stores in PostgreSQL, which POSTGRES_URL names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PostgresOutbox } from '@millrace/stores'
import { eventually, withCluster } from '@millrace/testkit'
import { dedupeContract } from '../contract/dedupe-contract.ts'
import { outboxContract } from '../contract/outbox-contract.ts'
import { numbersOf, relayOf } from '../contract/outbox-world.ts'
import { postgresDedupe, postgresOutbox, whyNot } from './servers.ts'

const url = process.env['POSTGRES_URL'] ?? ''
const skip = whyNot('POSTGRES_URL')
const timeout = 120_000

dedupeContract('postgres', () => postgresDedupe(url), skip)
outboxContract('postgres', () => postgresOutbox(url), { skip, events: 5_000, aggregates: 50 })

test(
  'relays are told of what is committed, and hear it again when their connection was cut',
  { skip, timeout },
  () =>
    withCluster(async cluster => {
      const { outbox, pool, begin, close } = await postgresOutbox(url)
      const numbers = numbersOf(await cluster.createTopic())
      const relay = relayOf(cluster, outbox, { pollIntervalMs: 600_000 })
      try {
        await relay.start()
        const send = async (n: number) => {
          const transaction = await begin()
          await transaction.enqueue(numbers, { key: 'a', type: 'counted', data: { n } })
          await transaction.end('commit')
        }
        await send(1)
        await eventually('it is sent', () => relay.statistics.sentRows === 1)
        await pool.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()",
        )
        await send(2)
        await eventually('it is sent, too', () => relay.statistics.sentRows === 2)
      } finally {
        await relay.stop()
        await close()
      }
    }),
)

test('the pool itself is no transaction', { skip }, async () => {
  const { outbox, pool, close } = await postgresOutbox(url)
  try {
    const numbers = numbersOf('numbers')
    const event = { key: 'a', type: 'counted' as const, data: { n: 1 } }
    await assert.rejects((outbox as PostgresOutbox).enqueue(pool, numbers, event), /this is the pool/)
    // Libraries that take SQL and values.
    const { text, values } = await outbox.statement(numbers, event)
    await pool.query(text, [...values])
    assert.equal((await outbox.status()).pending, 1)
  } finally {
    await close()
  }
})
