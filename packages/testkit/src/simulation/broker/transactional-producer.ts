// A transactional producer by hand, of either version of the protocol: its transactions are committed, aborted, or left to their timeout.
import {
  AddPartitionsToTxnApi,
  EndTxnApi,
  ErrorCode,
  errorByCode,
  FindCoordinatorApi,
  InitProducerIdApi,
  ProduceApi,
} from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import type { SimHost, SimRandom } from '../../sim/index.ts'
import { formatPartition, type PartitionName } from '../history.ts'
import { encodePayload, type RecordId } from '../payload.ts'
import { RawClient } from '../raw-client.ts'
import type { Transaction } from '../transaction-history.ts'
import { Violation } from '../violation.ts'
import { encodeWireBatch } from '../wire-batch.ts'
import { passes, sentBehind, untilAnswered } from './attempts.ts'
import { offsetCommitRequests } from './raw-offset-commit.ts'
import { brokerPort, type Run } from './run.ts'
import { TransactionalOffsets } from './transactional-offsets.ts'

/** Versions of the requests of a producer of version 1 and 2 of transactions. */
const versions = { 1: { produce: 9, endTxn: 3 }, 2: { produce: 12, endTxn: 5 } } as const
const initProducerIdVersion = 4
const findCoordinatorVersion = 4
const addPartitionsVersion = 3
const transactionKeyType = 1

/** The producer has lost its transaction: it timed out while the broker was away. */
const lost: ReadonlySet<number> = new Set([
  ErrorCode.INVALID_PRODUCER_EPOCH,
  ErrorCode.PRODUCER_FENCED,
  ErrorCode.INVALID_TXN_STATE,
  ErrorCode.TRANSACTION_ABORTABLE,
  ErrorCode.INVALID_PRODUCER_ID_MAPPING,
])

/** What is answered when a transaction is ending. */
const passing = [ErrorCode.CONCURRENT_TRANSACTIONS, ErrorCode.UNSTABLE_OFFSET_COMMIT]
/** And what to a batch that is sent behind another: that one was refused. */
const passingBehind = [...passing, ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER]

type Answer<T> = T | 'lost'

interface Stored {
  readonly errorCode: number
  readonly baseOffset: number
}

export class TransactionalProducer {
  readonly #run: Run
  readonly #host: SimHost
  readonly #name: string
  readonly #random: SimRandom
  readonly #pipelining: SimRandom
  readonly #client: RawClient
  readonly #version: 1 | 2
  readonly #timeoutMs: number
  readonly #offsets: TransactionalOffsets
  readonly #numbers = new Map<string, number>()
  /** Of the producer's id and epoch, by partition. */
  readonly #sequences = new Map<string, number>()
  #producerId = -1
  #producerEpoch = -1
  /** When the transaction began, and how often the broker had started by then. */
  #began = { atMs: 0, brokerStarts: 0 }

  constructor(run: Run, name: string) {
    this.#run = run
    this.#host = run.world.spawn(name)
    this.#name = name
    this.#random = run.random(name)
    this.#pipelining = run.random(`${name} pipelining`)
    this.#client = new RawClient(this.#host, name, () => brokerPort)
    // Producers go by what the cluster can do.
    this.#version = Math.min(this.#random.pick([1, 2]), run.scenario.transactionVersion) as 1 | 2
    this.#timeoutMs = this.#random.pick([3_000, 60_000])
    this.#offsets = new TransactionalOffsets(`${name}-group`, this.#client, run.partitions[0]!)
    run.records.addProducer(name, 'idempotent')
  }

  async start(): Promise<void> {
    const { scenario } = this.#run
    await this.#run.untilReady(this.#host)
    await this.#begin()
    const pauseMs = scenario.faultsUntilMs / scenario.recordsPerProducer
    for (let sent = 0; sent < scenario.recordsPerProducer; ) {
      const transaction = this.#run.transactions.begin(`${this.#name}'s at ${sent}`)
      this.#began = { atMs: this.#host.clock.monotonic(), brokerStarts: this.#brokerStarts }
      let holds = true
      for (let batches = this.#random.between(1, 4); holds && batches > 0; batches--) {
        const count = this.#random.between(1, 3)
        holds = await this.#send(transaction, this.#random.pick(this.#run.partitions), count)
        sent += count
        await sleep(this.#host.clock, this.#random.exponential(pauseMs * count))
      }
      if (holds && this.#random.chance(0.4)) holds = await this.#commitOffset()
      if (holds) holds = await this.#end(transaction)
      else transaction.outcome = 'aborted'
      this.#offsets.ended(transaction.outcome)
      if (!holds) await this.#begin()
    }
    await this.#ask('OffsetFetch', () => this.#offsets.check())
    this.#client.close()
  }

  /** The producer takes its place: a transaction that was left open is aborted by that. */
  async #begin(): Promise<void> {
    const coordinatorKeys = [this.#name]
    await this.#ask('FindCoordinator', async () => {
      const body = { keyType: transactionKeyType, coordinatorKeys }
      const { coordinators } = await this.#client.request(FindCoordinatorApi, body, findCoordinatorVersion)
      return { errorCode: coordinators[0]!.errorCode }
    })
    const answer = await this.#ask('InitProducerId', async () => {
      const body = { transactionalId: this.#name, transactionTimeoutMs: this.#timeoutMs }
      return await this.#client.request(InitProducerIdApi, body, initProducerIdVersion)
    })
    if (answer === 'lost') throw new Violation('the run comes to its end', `${this.#name} cannot begin`)
    this.#goOn(answer)
  }

  #goOn({
    producerId,
    producerEpoch,
  }: {
    readonly producerId: number
    readonly producerEpoch: number
  }): void {
    if (producerId !== this.#producerId || producerEpoch !== this.#producerEpoch) this.#sequences.clear()
    this.#producerId = producerId
    this.#producerEpoch = producerEpoch
  }

  /** False when the transaction is lost. */
  async #send(transaction: Transaction, partition: PartitionName, count: number): Promise<boolean> {
    const key = formatPartition(partition)
    const firstNumber = this.#numbers.get(key) ?? 0
    const ids: RecordId[] = Array.from({ length: count }, (_, index) => ({
      producer: this.#name,
      number: firstNumber + index,
    }))
    this.#numbers.set(key, firstNumber + count)
    for (const id of ids) {
      this.#run.records.sent(partition, id)
      this.#run.transactions.sent(transaction, partition, id)
    }
    if (this.#version === 1 && (await this.#addPartition(partition)) === 'lost') return false
    const values = ids.map(id => encodePayload(id, this.#random.between(0, this.#run.scenario.valueBytesMax)))
    const first = this.#pipelining.chance(0.5) ? this.#pipelining.between(1, count) : count
    const sent = [this.#deliver(partition, ids.slice(0, first), values.slice(0, first), 0)]
    if (first < count) {
      sent.push(this.#deliver(partition, ids.slice(first), values.slice(first), first, sent[0]))
      this.#run.count('batches sent behind others')
    }
    if ((await Promise.all(sent)).includes('lost')) return false
    this.#sequences.set(key, (this.#sequences.get(key) ?? 0) + count)
    this.#run.count('transactional records acknowledged', count)
    return true
  }

  /**
   * One that is sent behind another goes out with it, and again when that is through. `position` is that of its first record among those that are
   * sent together.
   */
  async #deliver(
    partition: PartitionName,
    ids: readonly RecordId[],
    values: readonly Buffer[],
    position: number,
    before?: Promise<Answer<Stored>>,
  ): Promise<Answer<Stored>> {
    const produce = () => this.#produce(partition, values, position)
    const ask = () => this.#ask('Produce', produce)
    const tryNow = async () => this.#judge('Produce', await produce(), passingBehind)
    const askBehind = async () => ((await before) === 'lost' ? 'lost' : await ask())
    // The first one goes out at once: nothing is waited for here.
    const answer = await (before ? sentBehind<Answer<Stored>>(before, tryNow, askBehind) : ask())
    if (answer === 'lost') return 'lost'
    const { baseOffset } = answer
    ids.forEach((id, index) => {
      this.#run.records.acknowledged(partition, id, baseOffset < 0 ? -1 : baseOffset + index)
    })
    return answer
  }

  #addPartition({ topic, partition }: PartitionName): Promise<Answer<unknown>> {
    return this.#ask('AddPartitionsToTxn', async () => {
      const body = {
        v3AndBelowTransactionalId: this.#name,
        v3AndBelowProducerId: this.#producerId,
        v3AndBelowProducerEpoch: this.#producerEpoch,
        v3AndBelowTopics: [{ name: topic, partitions: [partition] }],
        transactions: [],
      }
      const answer = await this.#client.request(AddPartitionsToTxnApi, body, addPartitionsVersion)
      return {
        errorCode: answer.resultsByTopicV3AndBelow[0]!.resultsByPartition[0]!.partitionErrorCode,
      }
    })
  }

  async #produce(
    { topic, partition }: PartitionName,
    values: readonly Buffer[],
    position: number,
  ): Promise<Stored> {
    const batch = encodeWireBatch({
      baseOffset: 0,
      producerId: this.#producerId,
      producerEpoch: this.#producerEpoch,
      baseSequence: (this.#sequences.get(formatPartition({ topic, partition })) ?? 0) + position,
      timestamp: this.#host.clock.now(),
      transactional: true,
      values,
    })
    const topicData = [{ name: topic, partitionData: [{ index: partition, records: [batch] }] }]
    const body = { transactionalId: this.#name, acks: -1, timeoutMs: 30_000, topicData }
    const answer = await this.#client.request(ProduceApi, body, versions[this.#version].produce)
    const result = answer.responses[0]?.partitionResponses[0]
    if (!result) throw new Violation('the run comes to its end', 'a produce response without the partition')
    return result
  }

  /** False when the transaction is lost. */
  async #commitOffset(): Promise<boolean> {
    const by = {
      transactionalId: this.#name,
      producerId: this.#producerId,
      producerEpoch: this.#producerEpoch,
    }
    for (const [what, ask] of offsetCommitRequests(this.#client, this.#version, by, this.#offsets))
      if ((await this.#ask(what, ask)) === 'lost') return false
    this.#run.count('offsets committed in transactions')
    return true
  }

  /** Commits, aborts, or walks away. False when the producer has to begin anew. */
  async #end(transaction: Transaction): Promise<boolean> {
    if (this.#random.chance(0.1)) {
      transaction.outcome = 'aborted'
      return false
    }
    const committed = this.#random.chance(0.6)
    transaction.commitAsked = committed
    const answer = await this.#ask('EndTxn', async () => {
      const body = {
        transactionalId: this.#name,
        producerId: this.#producerId,
        producerEpoch: this.#producerEpoch,
        committed,
      }
      return await this.#client.request(EndTxnApi, body, versions[this.#version].endTxn)
    })
    if (answer === 'lost') {
      transaction.outcome = committed ? 'uncertain' : 'aborted'
      this.#run.count('transactions lost')
      return false
    }
    transaction.outcome = committed ? 'committed' : 'aborted'
    this.#run.count(committed ? 'transactions committed' : 'transactions aborted')
    if (this.#version === 2) this.#goOn(answer)
    return true
  }

  get #brokerStarts(): number {
    return this.#run.figures['broker starts'] ?? 0
  }

  /** Broker and coordinator may have another idea of the time after a restart. */
  #checkLoss(what: string, errorCode: number): void {
    const { atMs, brokerStarts } = this.#began
    const lastedMs = this.#host.clock.monotonic() - atMs
    if (lastedMs >= this.#timeoutMs || brokerStarts !== this.#brokerStarts) return
    const told = `${what} of ${this.#name} is answered with ${errorByCode(errorCode).name}`
    throw new Violation(
      'a transaction is lost to its timeout or a restart only',
      `${told} ${Math.round(lastedMs)} ms after its beginning, the timeout being ${this.#timeoutMs} ms`,
    )
  }

  #ask<T extends { readonly errorCode: number }>(what: string, ask: () => Promise<T>): Promise<Answer<T>> {
    return untilAnswered<Answer<T>>(this.#host, `${this.#name} ${what}`, async () => {
      return this.#judge(what, await ask(), passing)
    })
  }

  /** Undefined for what may pass. */
  #judge<T extends { readonly errorCode: number }>(
    what: string,
    answer: T,
    mayPass: readonly number[],
  ): Answer<T> | undefined {
    if (!lost.has(answer.errorCode)) {
      return passes(answer.errorCode, `${this.#name} ${what}`, mayPass) ? answer : undefined
    }
    this.#checkLoss(what, answer.errorCode)
    return 'lost'
  }
}
