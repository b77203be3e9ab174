// Topics with types against a broker: ours, or the one KAFKA_URI names. Created, written and read by one definition.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  Admin,
  type AsyncSerde,
  Consumer,
  int64,
  json,
  nullable,
  optional,
  type PoisonRecord,
  Producer,
  string,
  throwFirst,
  topic,
  TransactionAbortableError,
  uuid,
} from '@millrace/client'
import { withCluster } from '@millrace/testkit'
import { z } from 'zod'

const timeout = 60_000

const Order = z.object({
  id: z.uuid(),
  total: z.number().positive(),
  placedAt: z.iso.datetime().transform(text => new Date(text)),
})

test(
  'what one definition says holds for admin, producer and consumer, of several topics at once',
  { timeout },
  () =>
    withCluster(async ({ brokers, uniqueName }) => {
      const orders = topic(uniqueName('orders'), {
        key: uuid(),
        value: json(Order),
        partitions: 3,
        configs: { 'retention.ms': '86400000' },
      })
      const balances = topic(uniqueName('balances'), {
        key: string(),
        value: nullable(int64()),
        partitions: 1,
      })
      await using admin = new Admin({ brokers })
      throwFirst(await admin.createTopics([orders, balances]))
      const [described] = await admin.describeTopics([orders.name])
      assert.equal(described!.partitions.length, 3)

      const id = '123e4567-e89b-42d3-a456-426614174000'
      await using producer = new Producer({ brokers })
      const [first] = await producer.send([
        { topic: orders, key: id, value: { id, total: 12, placedAt: '2026-01-02T03:04:05Z' } },
        { topic: balances, key: 'alice', value: -12 },
        { topic: balances, key: 'bob', value: null },
      ])
      assert.equal(first!.topic, orders.name)
      await assert.rejects(
        producer.send({ topic: orders, key: id, value: { id, total: -1, placedAt: '2026-01-02T03:04:05Z' } }),
        /the value of a record for topic .* cannot be written: it does not fit the schema: total: /,
      )

      await using consumer = new Consumer({
        brokers,
        groupId: uniqueName('group'),
        autoOffsetReset: 'earliest',
        topics: [orders, balances],
      })
      consumer.subscribe()
      const seen: string[] = []
      for await (const record of consumer.records({ signal: AbortSignal.timeout(30_000) })) {
        consumer.markProcessed(record)
        if (record.topic === orders.name) {
          const { value } = record as Extract<typeof record, { topic: typeof orders.name }>
          seen.push(JSON.stringify(value))
        } else {
          seen.push(`${record.key} ${record.value as number | null}`)
        }
        if (seen.length === 3) break
      }
      assert.deepEqual(seen.toSorted(), [
        'alice -12',
        'bob null',
        JSON.stringify({ id, total: 12, placedAt: new Date('2026-01-02T03:04:05Z') }),
      ])
    }),
)

test('records written through a serde that waits come in the order of the calls, and back', { timeout }, () =>
  withCluster(async ({ brokers, uniqueName, createTopic }) => {
    /** Each text for the first time after a while, as a registry would answer; by header, as one would say which schema. */
    const known = new Set<string>()
    const remembering: AsyncSerde<string> = {
      async: true,
      serialize(value, { part }, headers) {
        const family = value.slice(0, 1)
        headers.add(`${part}-family`, family)
        if (known.has(family)) return value
        return new Promise(resolve =>
          setTimeout(() => {
            known.add(family)
            resolve(value)
          }, 20),
        )
      },
      deserialize: async (bytes, _context, headers) =>
        `${headers.find(({ key }) => key === 'value-family')!.value!.toString()}:${bytes.toString()}`,
    }
    const name = await createTopic()
    const texts = topic(name, { value: remembering })
    await using producer = new Producer({ brokers })
    const values = Array.from({ length: 400 }, (_, index) => `${'abcd'[index % 4]}${index}`)
    for (const value of values.slice(0, 200))
      while (!producer.enqueue({ topic: texts, value })) await producer.ready()
    const sends = values.slice(200).map(value => producer.send({ topic: texts, value }))
    await Promise.all([producer.flush(), ...sends])
    await using consumer = new Consumer({ brokers, groupId: uniqueName('group'), topics: [texts] })
    consumer.assign([{ topic: texts, partition: 0, offset: 'earliest' }])
    const read: string[] = []
    for await (const batch of consumer.batches({ signal: AbortSignal.timeout(30_000) })) {
      for (const { value } of batch) read.push(value)
      if (read.length >= values.length) break
    }
    assert.deepEqual(
      read,
      values.map(value => `${value[0]}:${value}`),
    )
  }),
)

test(
  'poisoned records are handed over once each, the group commits past them, and the others come in order',
  { timeout },
  () =>
    withCluster(async ({ brokers, uniqueName, createTopic }) => {
      const name = await createTopic()
      const orders = topic(name, { value: json(z.object({ total: z.number() })) })
      await using producer = new Producer({ brokers })
      await producer.send(
        Array.from({ length: 300 }, (_, index) => ({
          topic: name,
          value: index % 10 === 3 ? 'rubbish' : JSON.stringify({ total: index }),
        })),
      )
      const groupId = uniqueName('group')
      const handed: number[] = []
      const totals: number[] = []
      const read = async (until: number) => {
        await using consumer = new Consumer({
          brokers,
          groupId,
          autoOffsetReset: 'earliest',
          topics: [orders],
          onPoison: async ({ offset, value }: PoisonRecord) => {
            assert.equal(value!.toString(), 'rubbish')
            await producer.send({ topic: name, value: JSON.stringify({ total: 1_000 + offset }) })
            handed.push(offset)
          },
        })
        consumer.subscribe()
        const end = new AbortController()
        await consumer.run({
          signal: AbortSignal.any([end.signal, AbortSignal.timeout(30_000)]),
          eachRecord({ value }) {
            totals.push(value.total)
            if (totals.length === until) end.abort()
          },
        })
      }
      await read(100)
      await read(300)
      assert.deepEqual(
        handed.toSorted((a, b) => a - b),
        [...new Set(handed)].toSorted((a, b) => a - b),
        'none is handed over twice',
      )
      assert.equal(handed.length, 30)
      const good = Array.from({ length: 300 }, (_, index) => index).filter(index => index % 10 !== 3)
      assert.deepEqual(totals.slice(0, 270), good)
      assert.deepEqual(
        totals.slice(270),
        handed.map(offset => 1_000 + offset),
      )
    }),
)

test(
  'headers that a topic declares come back with their types, beside those that hooks add',
  { timeout },
  () =>
    withCluster(async ({ brokers, createTopic }) => {
      const orders = topic(await createTopic(), {
        value: string(),
        headers: { tenant: uuid(), attempt: optional(int64()), source: json<{ service: string }>() },
      })
      const tenant = '123e4567-e89b-42d3-a456-426614174000'
      const source = { service: 'shop' }
      await using producer = new Producer({
        brokers,
        hooks: [{ onSend: ({ headers }) => void headers.push({ key: 'traceparent', value: '00-1' }) }],
      })
      await producer.send([
        { topic: orders, value: 'first', headers: { tenant, source } },
        { topic: orders, value: 'second', headers: { tenant, source, attempt: 2 ** 40 } },
      ])
      await using consumer = new Consumer({ brokers, topics: [orders] })
      consumer.assign([{ topic: orders, partition: 0, offset: 'earliest' }])
      const records = []
      for await (const record of consumer.records({ signal: AbortSignal.timeout(30_000) })) {
        records.push(record)
        if (records.length === 2) break
      }
      assert.deepEqual(
        records.map(({ typedHeaders }) => typedHeaders),
        [
          { tenant, source },
          { tenant, attempt: 2 ** 40, source },
        ],
      )
      assert.equal(records[0]!.header('traceparent'), '00-1')
    }),
)

test('a transaction waits for serdes, and what they refuse aborts it', { timeout }, () =>
  withCluster(async ({ brokers, uniqueName, createTopic }) => {
    const slow: AsyncSerde<string> = {
      async: true,
      async serialize(value) {
        await new Promise(resolve => setTimeout(resolve, 10))
        if (value === 'refused') throw new TypeError('no schema for it')
        return value
      },
      deserialize: async bytes => bytes.toString(),
    }
    const texts = topic(await createTopic(), { value: slow })
    await using producer = new Producer({ brokers, transactionalId: uniqueName('writer') })
    await producer.transaction(async transaction => {
      void transaction.send({ topic: texts, value: 'a' })
      while (!transaction.enqueue({ topic: texts, value: 'b' })) await transaction.ready()
      void transaction.sendBatch([{ topic: texts, value: 'c' }])
    })
    const refused = producer.transaction(async transaction => {
      while (!transaction.enqueue({ topic: texts, value: 'lost' })) await transaction.ready()
      while (!transaction.enqueue({ topic: texts, value: 'refused' })) await transaction.ready()
    })
    await assert.rejects(refused, (error: Error) => {
      assert.ok(error instanceof TransactionAbortableError, String(error))
      assert.match(error.message, /no schema for it/)
      return true
    })
    await producer.transaction(transaction => transaction.send({ topic: texts, value: 'd' }))
    await using consumer = new Consumer({ brokers, topics: [texts], isolationLevel: 'read_committed' })
    consumer.assign([{ topic: texts, partition: 0, offset: 'earliest' }])
    const read: string[] = []
    for await (const { value } of consumer.records({ signal: AbortSignal.timeout(30_000) })) {
      read.push(value)
      if (value === 'd') break
    }
    assert.deepEqual(read, ['a', 'b', 'c', 'd'])
  }),
)
