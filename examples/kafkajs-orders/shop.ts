// The shop: makes the topics, and writes orders by key, compressed, with headers.
import { type Kafka, kafkajs, type Message } from './library.ts'
import { makeOrders } from './orders.ts'

export interface Topics {
  readonly orders: string
  readonly invoices: string
  readonly failed: string
}

const partitions = 3

/** Makes the topics of one run, which have its name. */
export async function openShop(kafka: Kafka, run: string): Promise<Topics> {
  const topics = { orders: `${run}-orders`, invoices: `${run}-invoices`, failed: `${run}-failed` }
  const admin = kafka.admin()
  await admin.connect()
  const created = await admin.createTopics({
    topics: [
      { topic: topics.orders, numPartitions: partitions },
      { topic: topics.invoices, numPartitions: partitions },
      { topic: topics.failed, numPartitions: 1, configEntries: [{ name: 'retention.ms', value: '3600000' }] },
    ],
  })
  if (!created) throw new Error(`there was a run ${run} before`)
  await admin.disconnect()
  return topics
}

/** Places orders: those of a customer come one after the other. Returns how many went to each partition. */
export async function placeOrders(kafka: Kafka, topics: Topics, count: number): Promise<number[]> {
  const producer = kafka.producer({
    idempotent: true,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  })
  await producer.connect()
  const messages = makeOrders(count).map(
    (order): Message => ({
      key: order.customer,
      value: JSON.stringify(order),
      headers: { 'content-type': 'application/json', trace: [`shop-${order.id}`, Buffer.from('web')] },
    }),
  )
  const half = messages.length / 2
  await producer.send({
    topic: topics.orders,
    compression: kafkajs.CompressionTypes.GZIP,
    messages: messages.slice(0, half),
  })
  await producer.sendBatch({ topicMessages: [{ topic: topics.orders, messages: messages.slice(half) }] })
  await producer.disconnect()
  const admin = kafka.admin()
  await admin.connect()
  const offsets = await admin.fetchTopicOffsets(topics.orders)
  await admin.disconnect()
  return offsets.sort((a, b) => a.partition - b.partition).map(({ high, low }) => Number(high) - Number(low))
}
