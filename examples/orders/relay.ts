// Tells the topic what the desk has written: what stands in the outbox is sent, and taken out when it is acknowledged. What was sent before a crash in between is sent again.
import { setTimeout as sleep } from 'node:timers/promises'
import { Producer } from '@millrace/client'
import { type Database, numberOf, type Row, textOf } from './database/database.ts'
import { headersOf, lanes, type Names, type Priority, type Wanted } from './topics.ts'

const batchMax = 500
/** How often it looks by itself: whoever writes tells it at once. */
const lookEveryMs = 1_000
const againMs = 500

export class Relay {
  readonly #database: Database
  readonly #names: Names
  readonly #producer: Producer
  readonly #ending = new AbortController()
  readonly #done: Promise<void>
  #wake: () => void = () => {}
  #isAwake = false

  constructor(brokers: readonly string[], names: Names, database: Database) {
    this.#database = database
    this.#names = names
    this.#producer = new Producer({ brokers, clientId: 'orders-relay', partitioner: lanes(names) })
    this.#done = this.#run()
  }

  /** There may be something to tell. */
  look(): void {
    this.#isAwake = true
    this.#wake()
  }

  /** Resolves when what is under way is sent. */
  async close(): Promise<void> {
    this.#ending.abort()
    this.#wake()
    await this.#done
    await this.#producer.close()
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending
    while (!signal.aborted) {
      this.#isAwake = false
      try {
        const rows = await this.#next()
        if (rows.length > 0) await this.#send(rows)
        else await this.#wait()
      } catch (error) {
        if (signal.aborted) return
        console.error(`telling of orders: ${(error as Error).message}; trying again`)
        await sleep(againMs, undefined, { signal }).catch(() => {})
      }
    }
  }

  async #wait(): Promise<void> {
    if (this.#isAwake || this.#ending.signal.aborted) return
    const patience = new AbortController()
    const woken = new Promise<void>(resolve => {
      this.#wake = resolve
    })
    await Promise.race([woken, sleep(lookEveryMs, undefined, { signal: patience.signal }).catch(() => {})])
    patience.abort()
  }

  #next(): Promise<readonly Row[]> {
    return this.#database.rows(
      `SELECT outbox.id AS place, order_events.id, type, data, is_damaged, buyer, priority FROM outbox
       JOIN order_events ON order_events.id = event_id JOIN orders ON orders.id = order_id
       ORDER BY outbox.id LIMIT ${batchMax}`,
    )
  }

  async #send(rows: readonly Row[]): Promise<void> {
    const [damaged, whole] = [1, 0].map(flag => rows.filter(row => row['is_damaged'] === flag))
    await Promise.all([
      this.#producer.send(whole!.map(row => this.#whole(row))),
      this.#producer.send(damaged!.map(row => this.#damaged(row))),
    ])
    const places = rows.map(row => numberOf(row, 'place'))
    await this.#database.run(
      `DELETE FROM outbox WHERE id IN (${places.map(() => '?').join(', ')})`,
      ...places,
    )
  }

  #whole(row: Row) {
    const data = JSON.parse(textOf(row, 'data')) as Wanted
    return {
      topic: this.#names.orders,
      key: textOf(row, 'buyer'),
      headers: headersOf(textOf(row, 'priority') as Priority),
      value: {
        id: textOf(row, 'id'),
        type: textOf(row, 'type') as 'order.created',
        subject: data.order,
        time: data.placedAt,
        data,
      },
    }
  }

  /** An event as a sender with a bug would write it: the text breaks off. */
  #damaged(row: Row) {
    const data = textOf(row, 'data')
    const attributes = {
      ce_specversion: '1.0',
      ce_id: textOf(row, 'id'),
      ce_type: textOf(row, 'type'),
      ce_source: '/orders',
      'content-type': 'application/json',
    }
    return {
      topic: this.#names.orders.name,
      key: textOf(row, 'buyer'),
      value: data.slice(0, data.length / 2),
      headers: [
        ...headersOf(textOf(row, 'priority') as Priority),
        ...Object.entries(attributes).map(([key, value]) => ({ key, value })),
      ],
    }
  }
}
