// Runs services on an embedded broker, with a clock of their own: feed events, let retries and delays pass, look at what came of it.
import { Broker } from '@millrace/broker'
import {
  Admin,
  type AnyTopic,
  type CommittedOffset,
  Consumer,
  type ConsumerRecord,
  type KeyOf,
  OffsetSpec,
  Producer,
  type ProducerRecord,
  throwFirst,
  type ValueOf,
} from '@millrace/client'
import { nodeClock, sleep } from '@millrace/runtime'
import { type DeadLetter, readDeadLetter } from '../failure/read-dead-letter.ts'
import { outputOf, type Publication } from '../handling/context.ts'
import type { ServiceOptions } from '../service/options.ts'
import { Service } from '../service/service.ts'
import { TestClock } from './test-clock.ts'

/** Options of {@link ServiceHarness.start}. */
export interface HarnessOptions {
  /** Brokers to use in place of an embedded one. Default: a broker of its own, in this process and a temporary directory. */
  readonly brokers?: readonly string[]
}

/** Options of {@link ServiceHarness.settle}. */
export interface SettleOptions {
  /** Whether time that something waits for passes at once. Default true. */
  readonly skipTime?: boolean
}

/** A dead letter, with what its headers say. */
export interface FoundDeadLetter {
  /** What the headers say. */
  readonly letter: DeadLetter
  /** The record as it stands in the dead letter topic. */
  readonly record: ConsumerRecord
}

/** How long services may be busy with what they were fed, in ms of real time. */
const settleTimeoutMs = 30_000
/** How long nothing must have moved before time is let pass, in ms of real time. */
const quietMs = 25

/**
 * A broker, a clock and the services under test.
 *
 * @example
 * const harness = await ServiceHarness.start()
 * const billing = harness.service({ name: 'billing' }).handle(orders, handlers, { deadLetter: true })
 * await harness.begin()
 * await harness.feed(orders, { key: 'user-7', type: 'order.created', data: { total: 12 } })
 * await harness.settle() // also what is to be retried in an hour
 * assert.deepEqual(await harness.deadLetters(orders, 'billing'), [])
 * await harness.close()
 */
export class ServiceHarness implements AsyncDisposable {
  /** Addresses for clients of the test. */
  readonly brokers: readonly string[]
  /** The time of delays, retries and limits. */
  readonly clock: TestClock
  readonly #broker: Broker | undefined
  readonly #services: Service[] = []
  readonly #producer: Producer
  readonly #admin: Admin

  private constructor(brokers: readonly string[], broker: Broker | undefined) {
    this.brokers = brokers
    this.clock = new TestClock(nodeClock)
    this.#broker = broker
    this.#producer = new Producer({ brokers })
    this.#admin = new Admin({ brokers })
  }

  /** Starts the broker. Throws what keeps it from starting, a ListenError for one. */
  static async start(options: HarnessOptions = {}): Promise<ServiceHarness> {
    if (options.brokers) return new ServiceHarness(options.brokers, undefined)
    const config = { 'log.fsync': 'never', 'group.initial.rebalance.delay.ms': 0 }
    const broker = await Broker.start({ port: 0, config })
    return new ServiceHarness([broker.address], broker)
  }

  /** Makes a service on this broker and clock, which is stopped with the harness. Its topics are made at start. */
  service(options: Omit<ServiceOptions, 'brokers'>): Service {
    const service = new Service({
      createTopics: 'all',
      commitIntervalMs: 20,
      ...options,
      brokers: this.brokers,
      handlingClock: this.clock,
    })
    this.#services.push(service)
    return service
  }

  /** Starts all services that are not started, and waits until they have their partitions. Throws what keeps one from starting. */
  async begin(): Promise<void> {
    await Promise.all(
      this.#services.filter(({ state }) => state === 'CREATED').map(service => service.start()),
    )
    await this.#until('all services are ready', () =>
      this.#services.every(service => service.state !== 'RUNNING' || service.readiness().ready),
    )
  }

  /** Writes something for services to handle. Throws as `producer.send` does. */
  async feed<T extends AnyTopic>(topic: T, ...messages: Publication<T>[]): Promise<void> {
    await this.#producer.send(messages.map(message => outputOf(topic, message)) as readonly ProducerRecord[])
  }

  /** Writes a record as it is: what no sender of events would write. Throws as `producer.send` does. */
  async feedRecord(record: ProducerRecord): Promise<void> {
    await this.#producer.send(record)
  }

  /** Lets time pass for services. */
  advance(ms: number): void {
    this.clock.advance(ms)
  }

  /**
   * Waits until services have handled all there is. Where something waits for its time, that time passes at once, unless `skipTime` is false: then it waits no longer than for what
   * is due. Throws what made a service fail.
   */
  async settle(options: SettleOptions = {}): Promise<void> {
    const deadline = nodeClock.monotonic() + settleTimeoutMs
    for (let before = '', since = nodeClock.monotonic(); ; ) {
      const { isDone, trace, running } = await this.#look()
      if (isDone) return
      const now = nodeClock.monotonic()
      if (trace !== before || running > 0) [before, since] = [trace, now]
      else if (now - since >= quietMs && this.clock.nextInMs !== undefined) {
        if (options.skipTime === false) return
        this.clock.advance(this.clock.nextInMs)
        since = now
      }
      if (now > deadline)
        throw new Error(`services did not come to rest within ${settleTimeoutMs} ms: ${trace}`)
      await sleep(nodeClock, 5)
    }
  }

  /** Where services stand, as a text that changes when anything does. */
  async #look(): Promise<{ readonly isDone: boolean; readonly trace: string; readonly running: number }> {
    let isDone = true
    let running = 0
    const parts: string[] = []
    for (const service of this.#services) {
      if (service.error) throw service.error
      for (const group of service.health().groups) {
        running += group.running
        const left = await this.#left(group.group, group.topics)
        if (left > 0 || group.inFlight > 0) isDone = false
        parts.push(`${service.name}: ${left} left, ${group.inFlight} in hand, ${group.running} running`)
      }
    }
    return { isDone, trace: parts.join('; '), running }
  }

  /** Offsets of topics that a group has not committed. */
  async #left(group: string, topics: readonly string[]): Promise<number> {
    const partitions = await this.#partitionsOf(topics)
    const [ends, committed] = await Promise.all([
      this.#endsOf(partitions),
      this.#committedOf(group, partitions),
    ])
    return ends.reduce((left, end, index) => left + Math.max(0, end - (committed[index]?.offset ?? 0)), 0)
  }

  async #partitionsOf(topics: readonly string[]): Promise<{ topic: string; partition: number }[]> {
    const described = throwFirst(await this.#admin.describeTopics(topics))
    return described.flatMap(({ name, partitions }) =>
      partitions.map(({ partition }) => ({ topic: name, partition })),
    )
  }

  async #endsOf(partitions: readonly { topic: string; partition: number }[]): Promise<number[]> {
    const queries = partitions.map(partition => ({ ...partition, timestamp: OffsetSpec.latest }))
    return throwFirst(await this.#admin.listOffsets(queries)).map(({ offset }) => offset)
  }

  async #committedOf(
    groupId: string,
    partitions: readonly { topic: string; partition: number }[],
  ): Promise<(CommittedOffset | undefined)[]> {
    const consumer = new Consumer({ brokers: this.brokers, groupId, metricsPush: false })
    try {
      return await consumer.committed(partitions)
    } finally {
      await consumer.close()
    }
  }

  /** What a group has committed of a topic, by partition. Throws BrokerError for a topic that there is not, and what brokers say. */
  async committed(topic: AnyTopic | string, group: string): Promise<(CommittedOffset | undefined)[]> {
    return this.#committedOf(group, await this.#partitionsOf([nameOf(topic)]))
  }

  /**
   * All committed records of a topic, by partition and offset; typed as the topic is. Throws BrokerError for a topic that there is not, DeserializationError, and a TimeoutError (DOMException)
   * after 30,000 ms.
   */
  async records<T extends AnyTopic>(topic: T): Promise<ConsumerRecord<KeyOf<T>, ValueOf<T>>[]>
  /** The same for a topic of bytes. */
  async records(topic: string): Promise<ConsumerRecord[]>
  async records(topic: AnyTopic | string): Promise<ConsumerRecord<unknown, unknown>[]> {
    const partitions = await this.#partitionsOf([nameOf(topic)])
    const ends = await this.#endsOf(partitions)
    const options = { brokers: this.brokers, isolationLevel: 'read_committed' as const, metricsPush: false }
    const consumer: Consumer<Buffer, Buffer, AnyTopic> =
      typeof topic === 'string'
        ? (new Consumer(options) as unknown as Consumer<Buffer, Buffer, AnyTopic>)
        : new Consumer<Buffer, Buffer, AnyTopic>({ ...options, topics: [topic] })
    try {
      return await readAll(consumer, partitions, ends)
    } finally {
      await consumer.close()
    }
  }

  /** What a group has given up of a topic, in the order in which it did in each partition. `name`: of the dead letter topic, where it is not the default. Throws as {@link records} does. */
  async deadLetters(topic: AnyTopic | string, group: string, name?: string): Promise<FoundDeadLetter[]> {
    const records = await this.records(name ?? `${nameOf(topic)}-${group}-dlt`)
    return records.flatMap(record => {
      const letter = readDeadLetter(record.headers)
      return letter ? [{ letter, record }] : []
    })
  }

  /** Stops the services, and the broker. Throws what keeps a service or the broker from ending. */
  async close(): Promise<void> {
    await Promise.all(this.#services.map(service => service.stop()))
    await this.#producer.close()
    this.#admin.close()
    await this.#broker?.close()
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #until(what: string, isSo: () => boolean): Promise<void> {
    const deadline = nodeClock.monotonic() + settleTimeoutMs
    while (!isSo()) {
      if (nodeClock.monotonic() > deadline) throw new Error(`not within ${settleTimeoutMs} ms: ${what}`)
      await sleep(nodeClock, 5)
    }
  }
}

function nameOf(topic: AnyTopic | string): string {
  return typeof topic === 'string' ? topic : topic.name
}

async function readAll(
  consumer: Consumer<Buffer, Buffer, AnyTopic>,
  partitions: readonly { topic: string; partition: number }[],
  ends: readonly number[],
): Promise<ConsumerRecord<unknown, unknown>[]> {
  const left = new Map(
    partitions.flatMap(({ partition }, index) => (ends[index]! > 0 ? [[partition, ends[index]!]] : [])),
  )
  const records: ConsumerRecord<unknown, unknown>[] = []
  if (left.size === 0) return records
  consumer.assign(partitions.map(partition => ({ ...partition, offset: 'earliest' as const })))
  for await (const batch of consumer.batches({ signal: AbortSignal.timeout(settleTimeoutMs) })) {
    records.push(...(batch as Iterable<ConsumerRecord<unknown, unknown>>))
    if (batch.endOffset >= (left.get(batch.partition) ?? 0)) left.delete(batch.partition)
    if (left.size === 0) break
  }
  return records.sort((a, b) => a.partition - b.partition || a.offset - b.offset)
}
