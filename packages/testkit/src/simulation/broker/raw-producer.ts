// An idempotent producer by hand: one batch at a time, repeated with the same sequence until it is acknowledged.
import { ErrorCode, errorByCode, InitProducerIdApi, ProduceApi } from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import type { SimHost, SimRandom } from '../../sim/index.ts'
import { formatPartition, type PartitionName } from '../history.ts'
import { encodePayload, type RecordId } from '../payload.ts'
import { RawClient } from '../raw-client.ts'
import { Violation } from '../violation.ts'
import { encodeWireBatch } from '../wire-batch.ts'
import { passes, sentBehind, untilAnswered } from './attempts.ts'
import { brokerPort, type Run } from './run.ts'

const produceVersion = 9
const initProducerIdVersion = 4
/** What is answered to a batch that is sent behind another: that one was refused. */
const passingBehind = [ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER]

interface SentBatch {
  readonly producerId: number
  readonly partition: PartitionName
  readonly ids: readonly RecordId[]
  readonly values: readonly Buffer[]
  readonly baseSequence: number
}

/** Producer ids handed out so far in a run: each is given once, across all crashes. */
export class ProducerIds {
  readonly #given = new Set<number>()

  given(producerId: number): void {
    if (this.#given.has(producerId)) {
      throw new Violation(
        'idempotent producers write each record once',
        `producer id ${producerId} was given out twice`,
      )
    }
    this.#given.add(producerId)
  }
}

export class RawProducer {
  readonly #run: Run
  readonly #host: SimHost
  readonly #name: string
  readonly #random: SimRandom
  readonly #pipelining: SimRandom
  readonly #client: RawClient
  readonly #ids: ProducerIds
  /** Next sequence by partition. */
  readonly #sequences = new Map<string, number>()
  readonly #numbers = new Map<string, number>()

  constructor(run: Run, name: string, ids: ProducerIds) {
    this.#run = run
    this.#host = run.world.spawn(name)
    this.#name = name
    this.#random = run.random(name)
    this.#pipelining = run.random(`${name} pipelining`)
    this.#client = new RawClient(this.#host, name, () => brokerPort)
    this.#ids = ids
    run.records.addProducer(name, 'idempotent')
  }

  async start(): Promise<void> {
    const { scenario } = this.#run
    await this.#run.untilReady(this.#host)
    const producerId = await this.#initProducerId()
    const pauseMs = scenario.faultsUntilMs / scenario.recordsPerProducer
    for (let sent = 0; sent < scenario.recordsPerProducer; ) {
      const count = Math.min(this.#random.between(1, 5), scenario.recordsPerProducer - sent)
      await this.#sendBatch(producerId, this.#random.pick(this.#run.partitions), count)
      sent += count
      await sleep(this.#host.clock, this.#random.exponential(pauseMs * count))
    }
    this.#client.close()
  }

  async #initProducerId(): Promise<number> {
    const what = `${this.#name} InitProducerId`
    const body = { transactionalId: null, transactionTimeoutMs: 60_000 }
    const { producerId } = await untilAnswered(this.#host, what, async () => {
      const answer = await this.#client.request(InitProducerIdApi, body, initProducerIdVersion)
      return passes(answer.errorCode, what) ? answer : undefined
    })
    this.#ids.given(producerId)
    return producerId
  }

  async #sendBatch(producerId: number, partition: PartitionName, count: number): Promise<void> {
    const key = formatPartition(partition)
    const firstNumber = this.#numbers.get(key) ?? 0
    const ids: RecordId[] = Array.from({ length: count }, (_, index) => ({
      producer: this.#name,
      number: firstNumber + index,
    }))
    this.#numbers.set(key, firstNumber + count)
    for (const id of ids) this.#run.records.sent(partition, id)
    const values = ids.map(id => encodePayload(id, this.#random.between(0, this.#run.scenario.valueBytesMax)))
    const first = this.#pipelining.chance(0.3) ? this.#pipelining.between(1, count) : count
    const baseSequence = this.#sequences.get(key) ?? 0
    const batch = { producerId, partition, ids, values, baseSequence }
    const before = this.#deliver({ ...batch, ids: ids.slice(0, first), values: values.slice(0, first) })
    const sent: Promise<void>[] = [before]
    if (first < count) {
      const rest = { ids: ids.slice(first), values: values.slice(first), baseSequence: baseSequence + first }
      sent.push(this.#deliver({ ...batch, ...rest }, before))
      this.#run.count('batches sent behind others')
    }
    await Promise.all(sent)
    this.#run.count('records acknowledged', count)
    this.#sequences.set(key, baseSequence + count)
  }

  /** One that is sent `behind` another goes out with it, and again when that is through. */
  async #deliver(batch: SentBatch, behind?: Promise<void>): Promise<void> {
    const asNew = this.#run.mutation === 'resend-as-new'
    const send = (isAgain: boolean) =>
      untilAnswered(this.#host, `${this.#name} Produce`, attempt => {
        if (isAgain || attempt > 0) this.#run.retried.add(this.#name)
        return this.#produce(batch, asNew)
      })
    const baseOffset = await (behind
      ? sentBehind(
          behind,
          () => this.#produce(batch, asNew, passingBehind),
          () => send(true),
        )
      : send(false))
    batch.ids.forEach((id, index) => {
      this.#run.records.acknowledged(batch.partition, id, baseOffset < 0 ? -1 : baseOffset + index)
    })
  }

  async #produce(
    { producerId, partition, values, baseSequence }: SentBatch,
    asNew: boolean,
    mayPass: readonly number[] = [],
  ): Promise<number | undefined> {
    const batch = encodeWireBatch({
      baseOffset: 0,
      producerId: asNew ? -1 : producerId,
      producerEpoch: asNew ? -1 : 0,
      baseSequence: asNew ? -1 : baseSequence,
      timestamp: this.#host.clock.now(),
      values,
    })
    const partitionData = [{ index: partition.partition, records: [batch] }]
    const body = { acks: -1, timeoutMs: 30_000, topicData: [{ name: partition.topic, partitionData }] }
    const answer = await this.#client.request(ProduceApi, body, produceVersion)
    const result = answer.responses[0]?.partitionResponses[0]
    if (!result) throw new Violation('the run comes to its end', 'a produce response without the partition')
    const { errorCode, baseOffset } = result
    const isLost =
      errorCode === ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER || errorCode === ErrorCode.UNKNOWN_PRODUCER_ID
    if (isLost && !mayPass.includes(errorCode)) {
      const problem = `${this.#name} waits for each answer and is told ${errorByCode(errorCode).name}`
      throw new Violation('acknowledged records are kept', `${problem} in ${formatPartition(partition)}`)
    }
    return passes(errorCode, `${this.#name} Produce`, mayPass) ? baseOffset : undefined
  }
}
