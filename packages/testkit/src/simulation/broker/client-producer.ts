// The product's own producer at work: many records in flight, batches, retries, codecs.
import { DeliveryTimeoutError, OperationTimeoutError, Producer } from '@millrace/client'
import { sleep } from '@millrace/runtime'
import type { SimHost, SimRandom } from '../../sim/index.ts'
import { formatPartition, type PartitionName, type ProducerKind } from '../history.ts'
import { encodePayload } from '../payload.ts'
import { Violation } from '../violation.ts'
import { brokerPort, type Run } from './run.ts'

/** Batches stay below the size from which codecs work on the thread pool, where a simulation cannot follow. */
const batchBytes = 8_000

export class ClientProducer {
  readonly #run: Run
  readonly #host: SimHost
  readonly #name: string
  readonly #kind: ProducerKind
  readonly #random: SimRandom
  readonly #numbers = new Map<string, number>()

  constructor(run: Run, name: string, kind: ProducerKind) {
    this.#run = run
    this.#host = run.world.spawn(name)
    this.#name = name
    this.#kind = kind
    this.#random = run.random(name)
    // A defect that the checks have to find: the producer is promised to be idempotent and is not.
    run.records.addProducer(name, kind)
    if (kind === 'plain') run.retried.add(name)
  }

  async start(): Promise<void> {
    const { scenario, mutation } = this.#run
    await this.#run.untilReady(this.#host)
    const producer = new Producer({
      brokers: [`127.0.0.1:${brokerPort}`],
      clientId: this.#name,
      idempotence: this.#kind === 'idempotent' && mutation !== 'resend-as-new',
      compression: this.#random.pick(['none', 'none', 'gzip', 'snappy', 'lz4', 'zstd'] as const),
      batchSize: batchBytes,
      deliveryTimeoutMs: this.#random.pick([20_000, 600_000]),
      requestTimeoutMs: this.#random.pick([2_000, 30_000]),
      lingerMs: this.#random.pick([0, 5, 50]),
      clock: this.#host.clock,
      random: this.#host.random,
      network: this.#host.network,
    })
    const pauseMs = scenario.faultsUntilMs / scenario.recordsPerProducer
    const underWay: Promise<void>[] = []
    for (let sent = 0; sent < scenario.recordsPerProducer; sent++) {
      underWay.push(this.#send(producer, this.#random.pick(this.#run.partitions)))
      // Bursts and pauses: single records, full batches and full pipelines all occur.
      if (this.#random.chance(0.3)) await sleep(this.#host.clock, this.#random.exponential(pauseMs * 3))
    }
    await Promise.all(underWay)
    await producer.close()
  }

  async #send(producer: Producer, partition: PartitionName): Promise<void> {
    const key = formatPartition(partition)
    const number = this.#numbers.get(key) ?? 0
    this.#numbers.set(key, number + 1)
    const id = { producer: this.#name, number }
    this.#run.records.sent(partition, id)
    const value = encodePayload(id, this.#random.between(0, this.#run.scenario.valueBytesMax))
    let offset: number
    try {
      offset = (await producer.send({ ...partition, value })).offset
    } catch (error) {
      // Time is up on the way to the broker, or already when its topic could not be looked up.
      if (!(error instanceof DeliveryTimeoutError || error instanceof OperationTimeoutError)) {
        throw new Violation('the run comes to its end', `${this.#name} fails to send`, { cause: error })
      }
      this.#run.note(`${this.#name} gives up on ${key} number ${number}: ${String(error)}`)
      this.#run.count('records given up')
      return
    }
    this.#run.records.acknowledged(partition, id, offset)
    this.#run.count('records acknowledged')
  }
}
