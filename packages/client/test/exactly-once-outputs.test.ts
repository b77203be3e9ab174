// What transformations return is held to the types of the topics that it is written to: the compiler says what does not fit.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ExactlyOnceProcessor, json, optional, string, topic } from '../src/index.ts'

const orders = topic('orders', { key: string(), value: json<{ total: number }>() })
const refunds = topic('refunds', { value: json<{ total: number }>() })
const prices = topic('prices', { key: string(), value: json<{ price: number }>() })
const audit = topic('audit', { value: json<{ what: string }>(), headers: { tenant: optional(string()) } })
const base = { brokers: ['b'], groupId: 'g' }

/** What the compiler takes. */
const taken = () => [
  new ExactlyOnceProcessor({
    ...base,
    topics: orders,
    eachRecord: ({ key, value }) => ({ topic: prices, key, value: { price: value.total } }),
  }),
  new ExactlyOnceProcessor({
    ...base,
    topics: [orders, refunds],
    eachRecord: record =>
      record.topic === 'orders'
        ? [
            { topic: prices, key: record.key, value: { price: record.value.total } },
            { topic: audit, value: { what: 'priced' }, headers: { tenant: 'acme' } },
          ]
        : undefined,
  }),
  new ExactlyOnceProcessor({
    ...base,
    topics: orders,
    eachRecord: async ({ key, value }) => {
      if (value.total > 3) return { topic: audit, value: { what: 'large' } }
      return { topic: prices, key, value: { price: 2 } }
    },
    onPoison: ({ value }) => ({ topic: 'dead', value }),
  }),
  new ExactlyOnceProcessor({
    ...base,
    topics: orders,
    *eachBatch(batch) {
      for (const { key, value } of batch) yield { topic: prices, key, value: { price: value.total } }
    },
    onPoison: 'skip',
  }),
  new ExactlyOnceProcessor({
    ...base,
    topics: 'orders',
    eachRecord: ({ key, value }) => ({ topic: 'copies', key, value: value ?? 'nothing' }),
  }),
  new ExactlyOnceProcessor({ ...base, topics: /^orders-/, eachRecord: () => {} }),
  new ExactlyOnceProcessor({
    'bootstrap.servers': 'b',
    'group.id': 'g',
    topics: orders,
    eachRecord: ({ key, value }) => ({ topic: prices, key, value: { price: value.total } }),
  }),
  new ExactlyOnceProcessor({
    ...base,
    topics: orders,
    producer: { valueSerde: json<{ price: number }>() },
    eachRecord: ({ key, value }) => ({ topic: 'plain', key, value: { price: value.total } }),
  }),
]

/** What it refuses. */
const refused = () => [
  new ExactlyOnceProcessor({
    ...base,
    topics: orders,
    // @ts-expect-error a price is a number
    eachRecord: ({ key }) => ({ topic: prices, key, value: { price: 'much' } }),
  }),
  new ExactlyOnceProcessor({
    ...base,
    topics: orders,
    // @ts-expect-error prices have keys
    eachRecord: ({ value }) => [{ topic: prices, value: { price: value.total } }],
  }),
  new ExactlyOnceProcessor({
    ...base,
    topics: orders,
    // @ts-expect-error no field of audit
    eachRecord: async () => ({ topic: audit, value: { why: 'x' } }),
  }),
  new ExactlyOnceProcessor({
    ...base,
    topics: orders,
    // @ts-expect-error a topic by its name takes text and bytes
    eachRecord: ({ value }) => ({ topic: 'plain', value }),
  }),
  new ExactlyOnceProcessor({
    ...base,
    topics: orders,
    eachRecord: ({ key, value }) => ({ topic: prices, key, value: { price: value.total } }),
    // @ts-expect-error a dead letter that is none
    onPoison: ({ value }) => ({ topic: audit, value }),
  }),
]

test('what the compiler takes is taken, and what it refuses of outputs is found when they are written', async () => {
  const processors = [...taken(), ...refused()]
  assert.equal(processors.length, 13)
  for (const processor of processors) await processor.close()
})
