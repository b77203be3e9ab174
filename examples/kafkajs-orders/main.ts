// An application of KafkaJS, whole: `KAFKA_URI=localhost:9092 node examples/kafkajs-orders/main.ts`, and with LIBRARY=kafkajs on KafkaJS itself. Prints what has become of all orders, and fails
// where one is missing or is there twice.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Kafka, kafkajs } from './library.ts'
import { type Invoice, makeOrders, price, read, unshippable } from './orders.ts'
import { startPricing } from './pricing.ts'
import { openShop, placeOrders, type Topics } from './shop.ts'
import { openWarehouse } from './warehouse.ts'

const count = 60
const deadlineMs = 60_000

async function until(what: string, condition: () => boolean): Promise<void> {
  for (const deadline = performance.now() + deadlineMs; !condition(); await sleep(20))
    if (performance.now() > deadline) throw new Error(`did not come about in time: ${what}`)
}

/** Reads all of a topic, committed messages only, from the start. */
async function readAll<T>(kafka: Kafka, topic: string, expected: number): Promise<T[]> {
  const consumer = kafka.consumer({ groupId: `${topic}-reader`, maxWaitTimeInMs: 200 })
  const values: T[] = []
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({ eachMessage: async ({ message }) => void values.push(read<T>(message.value)) })
  await until(`${expected} messages of ${topic}`, () => values.length >= expected)
  // Whatever should not be there has time to come.
  await sleep(500)
  await consumer.disconnect()
  return values
}

/** What a group has still to read. */
async function lagOf(kafka: Kafka, groupId: string, topic: string): Promise<number> {
  const admin = kafka.admin()
  await admin.connect()
  const [[committed], ends] = await Promise.all([
    admin.fetchOffsets({ groupId, topics: [topic] }),
    admin.fetchTopicOffsets(topic),
  ])
  await admin.disconnect()
  return ends.reduce((lag, { partition, high }) => {
    const found = committed!.partitions.find(each => each.partition === partition)
    return lag + Number(high) - Math.max(0, Number(found?.offset ?? 0))
  }, 0)
}

const byName = <T>(entries: ReadonlyMap<string, T>): [string, T][] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1))

async function main(): Promise<void> {
  const kafka = new kafkajs.Kafka({
    clientId: 'orders',
    brokers: (process.env['KAFKA_URI'] ?? 'localhost:9092').split(','),
    logLevel: kafkajs.logLevel.NOTHING,
  })
  const run = process.env['RUN'] ?? `orders-${Date.now().toString(36)}`
  const topics: Topics = await openShop(kafka, run)
  const placed = await placeOrders(kafka, topics, count)
  console.log(
    'placed:',
    placed.reduce((sum, each) => sum + each, 0),
    'orders; by partition',
    placed.join(' '),
  )

  const pricing = await startPricing(kafka, topics, run)
  const warehouse = await openWarehouse(kafka, topics, run)
  const shippedCount = () => [...warehouse.shipped.values()].reduce((sum, list) => sum + list.length, 0)
  await until('all invoices', () => pricing.invoices === count)
  await until('all shipments', () => shippedCount() === count - 1 && warehouse.failures >= 3)
  const failed = await readAll<{ id: number }>(kafka, topics.failed, 1)
  await pricing.stop()
  await warehouse.stop()

  const invoices = await readAll<Invoice>(kafka, topics.invoices, count)
  const expected = makeOrders(count).map(price)
  const sums = (list: readonly Invoice[]) => list.reduce((sum, { cents }) => sum + cents, 0)
  console.log(
    'priced:',
    invoices.length,
    'invoices of',
    sums(invoices),
    'cents;',
    pricing.aborted,
    'transaction aborted',
  )
  for (const [customer, list] of byName(warehouse.shipped)) console.log('shipped:', customer, list.join(' '))
  console.log('set aside:', failed.map(({ id }) => id).join(' '))
  for (const [name, times] of byName(warehouse.events)) console.log('events:', name, times)
  const lags = await Promise.all(
    ['pricing', 'warehouse'].map(
      async name => `${name} ${await lagOf(kafka, `${run}-${name}`, topics.orders)}`,
    ),
  )
  console.log('left:', lags.join(', '))
  const once = new Set(invoices.map(({ order }) => order)).size === count
  if (!once || sums(invoices) !== sums(expected)) throw new Error('invoices are missing, or are there twice')
  if (failed.length !== 1 || failed[0]!.id !== unshippable) throw new Error('the wrong orders are set aside')
}

await main()
process.exit(0)
