// Pricing: reads orders and writes invoices in transactions, with the offsets in them. It crashes once, on purpose, before it commits: that transaction must leave nothing behind.
import type { EachBatchPayload, Kafka } from './library.ts'
import { type Order, price, read } from './orders.ts'
import type { Topics } from './shop.ts'

export interface Pricing {
  /** Invoices of transactions that were committed. */
  readonly invoices: number
  readonly aborted: number
  stop(): Promise<void>
}

/** Begins to price orders; goes on until it is stopped. */
export async function startPricing(kafka: Kafka, topics: Topics, run: string): Promise<Pricing> {
  const groupId = `${run}-pricing`
  const producer = kafka.producer({ transactionalId: groupId, idempotent: true, maxInFlightRequests: 1 })
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, retry: { initialRetryTime: 50 } })
  const counts = { invoices: 0, aborted: 0 }

  async function priceBatch({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload) {
    if (!isRunning() || isStale()) return
    const transaction = await producer.transaction()
    try {
      const messages = batch.messages.map(({ key, value, headers }) => {
        const invoice = price(read<Order>(value))
        return { key, value: JSON.stringify(invoice), headers: { ...headers, priced: 'yes' } }
      })
      await transaction.send({ topic: topics.invoices, messages })
      await heartbeat()
      const offset = String(Number(batch.lastOffset()) + 1)
      const partitions = [{ partition: batch.partition, offset }]
      await transaction.sendOffsets({
        consumerGroupId: groupId,
        topics: [{ topic: batch.topic, partitions }],
      })
      if (counts.aborted === 0) throw new Error('the till is jammed')
      await transaction.commit()
      counts.invoices += messages.length
      resolveOffset(batch.lastOffset())
    } catch (error) {
      await transaction.abort()
      counts.aborted++
      throw error
    }
  }

  await producer.connect()
  await consumer.connect()
  await consumer.subscribe({ topic: topics.orders, fromBeginning: true })
  await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: priceBatch })
  return {
    get invoices() {
      return counts.invoices
    },
    get aborted() {
      return counts.aborted
    },
    async stop() {
      await consumer.disconnect()
      await producer.disconnect()
    },
  }
}
