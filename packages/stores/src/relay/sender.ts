// Sends rows: each has an outcome, and none is given up for being late.
import { Producer, type ProducerOptions, type ProducerRecord } from '@millrace/client'
import type { OutboxRow } from '../outbox/row.ts'
import { type Fault, faultOf } from './faults.ts'

/** Why a row was not sent. */
export interface Unsent {
  readonly fault: Fault
  readonly error: unknown
}

/** How long a topic may take to be found, in ms. */
const lookupTimeoutMs = 10_000
/** The longest that there is: a record that is given up may be written all the same, and one behind it before it. */
const deliveryTimeoutMs = 2 ** 31 - 1

export class Sender {
  readonly #options: ProducerOptions
  #producer: Producer | undefined
  #isClosed = false

  constructor(options: ProducerOptions) {
    this.#options = { deliveryTimeoutMs, ...options }
  }

  #ownProducer(): Producer {
    this.#producer ??= new Producer(this.#options)
    return this.#producer
  }

  /** Looks a topic up. Resolves with what keeps rows from being sent to it. */
  async seek(topic: string, signal: AbortSignal): Promise<Unsent | undefined> {
    try {
      await this.#ownProducer().cluster.topic(topic, { timeoutMs: lookupTimeoutMs, signal })
      return undefined
    } catch (error) {
      return { fault: faultOf(error), error }
    }
  }

  /** Resolves when a row is written, or cannot be. Rows of a partition are written in the order of the calls. */
  async send(row: OutboxRow): Promise<Unsent | undefined> {
    const { topic, partition, key, value, headers, timestamp } = row
    const record: ProducerRecord = {
      topic,
      key,
      value,
      timestamp,
      headers: headers.map(header => ({ key: header.key, value: header.value })),
      ...(partition !== null && { partition }),
    }
    try {
      await this.#ownProducer().send(record)
      return undefined
    } catch (error) {
      return { fault: faultOf(error), error }
    }
  }

  /** Begins anew: what was wrong with all that was sent may be wrong with the producer. */
  async renew(): Promise<void> {
    const old = this.#producer
    if (this.#isClosed) return
    this.#producer = undefined
    await old?.close({ timeoutMs: 0 }).catch(() => {})
  }

  /** What is under way has so long to be written, in ms. */
  async close(timeoutMs: number): Promise<void> {
    this.#isClosed = true
    // Each send has heard of its own end.
    await this.#producer?.close({ timeoutMs }).catch(() => {})
  }
}
