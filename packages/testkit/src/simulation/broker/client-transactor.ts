// The product's own transactional producer at work: transactions that are committed, aborted, or lost with their process, one after the other under one id.
import {
  BrokerError,
  ClosedError,
  DeliveryTimeoutError,
  OperationTimeoutError,
  Producer,
  ProducerFencedError,
  TransactionAbortableError,
  TransactionFatalError,
} from '@millrace/client'
import { ErrorCode } from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import type { SimHost, SimRandom } from '../../sim/index.ts'
import { formatPartition, type PartitionName } from '../history.ts'
import { encodePayload } from '../payload.ts'
import { RawClient } from '../raw-client.ts'
import type { Outcome, Transaction } from '../transaction-history.ts'
import { Violation } from '../violation.ts'
import { passes, untilAnswered } from './attempts.ts'
import { brokerPort, type Run } from './run.ts'
import { TransactionalOffsets } from './transactional-offsets.ts'

/** Batches stay below the size from which codecs work on the thread pool, where a simulation cannot follow. */
const batchBytes = 8_000
const closeWithinMs = 120_000

/** Thrown by work that is to be aborted. */
class ChangedMind extends Error {}

export class ClientTransactor {
  readonly #run: Run
  readonly #name: string
  readonly #random: SimRandom
  readonly #timeoutMs: number
  readonly #offsets: TransactionalOffsets
  readonly #auditor: RawClient
  readonly #numbers = new Map<string, number>()
  #host: SimHost
  #producer: Producer

  constructor(run: Run, name: string) {
    this.#run = run
    this.#name = name
    this.#random = run.random(name)
    this.#timeoutMs = this.#random.pick([3_000, 60_000])
    this.#auditor = new RawClient(run.director, `${name}-auditor`, () => brokerPort)
    this.#offsets = new TransactionalOffsets(`${name}-group`, this.#auditor, run.partitions[0]!)
    this.#host = run.world.spawn(name)
    this.#producer = this.#makeProducer()
    run.records.addProducer(name, 'idempotent')
  }

  async start(): Promise<void> {
    const { director, scenario } = this.#run
    await this.#run.untilReady(director)
    const pauseMs = scenario.faultsUntilMs / scenario.recordsPerProducer
    for (let sent = 0; sent < scenario.recordsPerProducer; ) {
      const transaction = this.#run.transactions.begin(`${this.#name}'s at ${sent}`)
      await this.#carryOut(transaction)
      this.#offsets.ended(transaction.outcome)
      this.#run.count(`client transactions ${transaction.outcome}`)
      sent += Math.max(1, transaction.records.length)
      await sleep(director.clock, this.#random.exponential(pauseMs))
    }
    await this.#close()
    const what = `${this.#name} OffsetFetch`
    await untilAnswered(director, what, async () => {
      const answer = await this.#offsets.check()
      return passes(answer.errorCode, what) ? answer : undefined
    })
    this.#auditor.close()
  }

  #makeProducer(): Producer {
    const { clock, random, network } = this.#host
    return new Producer({
      brokers: [`127.0.0.1:${brokerPort}`],
      clientId: this.#name,
      transactionalId: this.#name,
      transactionTimeoutMs: this.#timeoutMs,
      batchSize: batchBytes,
      deliveryTimeoutMs: this.#random.pick([20_000, 600_000]),
      requestTimeoutMs: this.#random.pick([2_000, 30_000]),
      lingerMs: this.#random.pick([0, 5, 50]),
      clock,
      random,
      network,
    })
  }

  /** From begin to end, with a process that may die in between. */
  async #carryOut(transaction: Transaction): Promise<void> {
    const { director } = this.#run
    if (!this.#host.process.alive) this.#takeOver()
    const { process } = this.#host
    // Between two events, so that nothing of the process is about to go on.
    if (this.#random.chance(0.1))
      director.clock.setTimer(this.#random.exponential(2_000), () => process.kill())
    const byCallback = this.#random.chance(0.5)
    const ended = await process.outcome(this.#outcomeOf(transaction, byCallback))
    if (ended.status === 'rejected') throw ended.reason
    if (ended.status === 'fulfilled') {
      transaction.outcome = ended.value
      return
    }
    this.#run.count('transactors killed')
    transaction.outcome = transaction.commitAsked ? 'uncertain' : 'aborted'
  }

  /** A process with the same id in place of the one that died, be it in a transaction or between two. */
  #takeOver(): void {
    this.#host = this.#run.world.spawn(this.#name)
    this.#producer = this.#makeProducer()
  }

  async #outcomeOf(transaction: Transaction, byCallback: boolean): Promise<Outcome> {
    try {
      return byCallback ? await this.#callback(transaction) : await this.#calls(transaction)
    } catch (error) {
      if (error instanceof ChangedMind) return 'aborted'
      return await this.#afterError(error, transaction)
    }
  }

  async #callback(transaction: Transaction): Promise<Outcome> {
    const commits = this.#random.chance(0.7)
    try {
      await this.#producer.transaction(async () => {
        await this.#write(transaction)
        if (!commits) throw new ChangedMind()
        transaction.commitAsked = true
      })
    } catch (error) {
      if (!(error instanceof OperationTimeoutError)) throw error
      // It has not begun, or the commit goes on.
      if (!transaction.commitAsked) return 'aborted'
      await this.#patiently(() => this.#producer.commitTransaction())
    }
    return 'committed'
  }

  async #calls(transaction: Transaction): Promise<Outcome> {
    const commits = this.#random.chance(0.7)
    await this.#patiently(() => this.#producer.beginTransaction())
    await this.#write(transaction)
    if (!commits) {
      await this.#patiently(() => this.#producer.abortTransaction())
      return 'aborted'
    }
    transaction.commitAsked = true
    await this.#patiently(() => this.#producer.commitTransaction())
    return 'committed'
  }

  /** What runs out of time goes on, and the same call again hears of its outcome. */
  async #patiently(call: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await call()
      } catch (error) {
        if (!(error instanceof OperationTimeoutError)) throw error
        this.#run.count('calls about transactions that ran out of time')
      }
    }
  }

  async #write(transaction: Transaction): Promise<void> {
    const { clock } = this.#host
    const sends: Promise<void>[] = []
    for (let records = this.#random.between(1, 8); records > 0; records--) {
      sends.push(this.#run.actor(this.#send(transaction, this.#random.pick(this.#run.partitions))))
      if (this.#random.chance(0.3)) await sleep(clock, this.#random.exponential(200))
    }
    if (this.#random.chance(0.4)) await this.#sendOffset()
    if (this.#random.chance(0.3)) await Promise.all(sends)
  }

  async #send(transaction: Transaction, partition: PartitionName): Promise<void> {
    const key = formatPartition(partition)
    const number = this.#numbers.get(key) ?? 0
    this.#numbers.set(key, number + 1)
    const id = { producer: this.#name, number }
    this.#run.records.sent(partition, id)
    this.#run.transactions.sent(transaction, partition, id)
    const value = encodePayload(id, this.#random.between(0, this.#run.scenario.valueBytesMax))
    try {
      const { offset } = await this.#producer.send({ ...partition, value })
      this.#run.records.acknowledged(partition, id, offset)
      this.#run.count('transactional records acknowledged')
    } catch (error) {
      // The commit fails with it, for a reason of its own.
      const isKnown =
        endsTransaction(error) ||
        tellsOfTimeout(error) ||
        error instanceof ClosedError ||
        error instanceof DeliveryTimeoutError ||
        error instanceof OperationTimeoutError
      if (!isKnown)
        throw new Violation('the run comes to its end', `${this.#name} fails to send`, { cause: error })
    }
  }

  async #sendOffset(): Promise<void> {
    const { groupId, partition } = this.#offsets
    try {
      await this.#producer.sendOffsets([{ ...partition, offset: this.#offsets.next() }], groupId)
      this.#run.count('offsets committed in transactions')
    } catch (error) {
      // The commit waits for it.
      if (!(error instanceof OperationTimeoutError)) throw error
    }
  }

  /** The transaction is lost, or the producer with it: then another one takes its place. */
  async #afterError(error: unknown, transaction: Transaction): Promise<Outcome> {
    if (!endsTransaction(error))
      throw new Violation('the run comes to its end', `a transaction of ${this.#name} fails`, {
        cause: error,
      })
    this.#run.note(`${this.#name}: ${String(error)}`)
    if (error instanceof TransactionAbortableError) {
      try {
        // The callback style has done so already.
        if (this.#producer.inTransaction) await this.#patiently(() => this.#producer.abortTransaction())
        return 'aborted'
      } catch (second) {
        if (!endsTransaction(second)) throw second
      }
    }
    this.#run.count('transactors replaced')
    await this.#producer.close()
    this.#producer = this.#makeProducer()
    return transaction.commitAsked && !(error instanceof TransactionAbortableError) ? 'uncertain' : 'aborted'
  }

  async #close(): Promise<void> {
    // What a process has left open is ended by the next one with its id, whatever clocks say of its timeout.
    if (!this.#host.process.alive) {
      this.#takeOver()
      await this.#patiently(() => this.#producer.initTransactions())
    }
    const late = sleep(this.#run.director.clock, closeWithinMs).then(() => 'late' as const)
    const outcome = await Promise.race([this.#host.process.outcome(this.#producer.close()), late])
    this.#host.process.kill()
    if (outcome === 'late' || outcome.status === 'rejected') {
      const cause = outcome === 'late' ? undefined : outcome.reason
      throw new Violation('the run comes to its end', `${this.#name} does not close`, { cause })
    }
  }
}

/** The coordinator has aborted what was open for too long, and has raised the epoch with it. */
function tellsOfTimeout(error: unknown): boolean {
  return error instanceof BrokerError && error.errorCode === ErrorCode.INVALID_PRODUCER_EPOCH
}

function endsTransaction(error: unknown): boolean {
  return (
    error instanceof TransactionAbortableError ||
    error instanceof ProducerFencedError ||
    error instanceof TransactionFatalError
  )
}
