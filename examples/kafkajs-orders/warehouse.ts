// The warehouse: two workers of one group ship orders, message by message. An order that cannot be shipped is tried again, and set aside after the third attempt.
import type { Consumer, Kafka, KafkaMessage, Producer } from './library.ts'
import { type Order, read, unshippable } from './orders.ts'
import type { Topics } from './shop.ts'

const attemptsMax = 3

export interface Warehouse {
  /** Orders that are on their way, in the order of shipping, by customer. */
  readonly shipped: ReadonlyMap<string, number[]>
  /** How often a handler has failed. */
  readonly failures: number
  /** How many workers were in the group at most. */
  readonly workers: number
  /** What events told, by name. */
  readonly events: ReadonlyMap<string, number>
  stop(): Promise<void>
}

class Worker {
  readonly #attempts = new Map<number, number>()
  readonly #shipped: Map<string, number[]>
  readonly #aside: Producer
  readonly #topics: Topics
  failures = 0

  constructor(shipped: Map<string, number[]>, aside: Producer, topics: Topics) {
    this.#shipped = shipped
    this.#aside = aside
    this.#topics = topics
  }

  async handle(message: KafkaMessage): Promise<void> {
    const order = read<Order>(message.value)
    try {
      this.#ship(order)
    } catch (error) {
      this.failures++
      const attempts = (this.#attempts.get(order.id) ?? 0) + 1
      this.#attempts.set(order.id, attempts)
      if (attempts < attemptsMax) throw error
      const headers = { ...message.headers, error: (error as Error).message, attempts: String(attempts) }
      const { key, value } = message
      await this.#aside.send({ topic: this.#topics.failed, messages: [{ key, value, headers }] })
    }
  }

  #ship({ id, customer }: Order): void {
    if (id === unshippable) throw new Error(`order ${id} cannot be packed`)
    const list = this.#shipped.get(customer) ?? []
    this.#shipped.set(customer, list)
    // A message may come again after a rebalance: what is shipped stays shipped.
    if (!list.includes(id)) list.push(id)
  }
}

/** Begins to ship orders; goes on until it is stopped. */
export async function openWarehouse(kafka: Kafka, topics: Topics, run: string): Promise<Warehouse> {
  const groupId = `${run}-warehouse`
  const aside = kafka.producer()
  await aside.connect()
  const shipped = new Map<string, number[]>()
  const events = new Map<string, number>()
  const consumers: Consumer[] = []
  const workers: Worker[] = []
  const shares = new Map<Consumer, number>()
  let most = 0
  for (let index = 0; index < 2; index++) {
    const worker = new Worker(shipped, aside, topics)
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: 10_000,
      heartbeatInterval: 500,
      maxWaitTimeInMs: 200,
      retry: { initialRetryTime: 50, retries: 8 },
    })
    for (const name of ['CONNECT', 'STOP', 'DISCONNECT', 'CRASH'] as const)
      consumer.on(consumer.events[name] as 'consumer.stop', ({ type }) =>
        events.set(type, (events.get(type) ?? 0) + 1),
      )
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      shares.set(consumer, payload.memberAssignment[topics.orders]?.length ?? 0)
      most = Math.max(most, [...shares.values()].filter(share => share > 0).length)
    })
    await consumer.connect()
    await consumer.subscribe({ topics: [new RegExp(`^${topics.orders}$`)], fromBeginning: true })
    await consumer.run({
      partitionsConsumedConcurrently: 2,
      autoCommitThreshold: 10,
      eachMessage: ({ message }) => worker.handle(message),
    })
    consumers.push(consumer)
    workers.push(worker)
  }
  return {
    shipped,
    events,
    get workers() {
      return most
    },
    get failures() {
      return workers.reduce((sum, { failures }) => sum + failures, 0)
    },
    async stop() {
      for (const consumer of consumers) await consumer.disconnect()
      await aside.disconnect()
    },
  }
}
