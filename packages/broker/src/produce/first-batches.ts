// The transactional batches of a produce request. Those that are the first of their transaction in a partition wait until the transaction
// coordinator knows of it (KIP-890): else a batch that was long on its way could open a transaction that nobody ends.
import type { PartitionLog, TransactionVerification } from '@millrace/log'
import { batchLayout, ErrorCode, errorByCode } from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import { ApiError } from '../api-error.ts'
import { commitDeadlines } from '../commit-deadlines.ts'
import type { BrokerCore } from '../core.ts'
import { FirstBatch } from '../first-batch.ts'
import { admissionTimeoutMs } from '../limits.ts'
import type { TransactionPartition } from '../transactions/admission.ts'
import { transactionVerifier } from '../transactions/transaction-verifier.ts'

/** From this version of Produce on a partition joins its transaction by being written to. */
const implicitVersionMin = 12
/** From this version on clients know TRANSACTION_ABORTABLE. */
const abortableVersionMin = 11

/** Whether the batch that a producer sends is part of a transaction. Believes the header, which nobody has checked yet. */
export function isTransactionalBatch(batch: Buffer | undefined): batch is Buffer {
  if (!batch || batch.length < batchLayout.recordsAt || batch[batchLayout.magicAt] !== 2) return false
  // The flag is in the lower byte.
  return (batch[batchLayout.attributesAt + 1]! & batchLayout.transactionalFlag) !== 0
}

/** Who writes the transactional batches of a request. */
interface Producer {
  readonly producerId: number
  readonly producerEpoch: number
}

export interface FirstBatchesOptions {
  readonly core: BrokerCore
  readonly apiVersion: number
  readonly transactionalId: string
  /** Ends the wait. */
  readonly signal: AbortSignal
}

export class FirstBatches {
  readonly #core: BrokerCore
  readonly #apiVersion: number
  readonly #transactionalId: string
  readonly #signal: AbortSignal
  readonly #checked: boolean
  readonly #batches = new Map<PartitionLog, FirstBatch>()
  /** What the coordinator is to be asked about. */
  readonly #lacking = new Map<PartitionLog, TransactionVerification>()
  readonly #refused = new Map<PartitionLog, unknown>()
  #producer: Producer | undefined
  #confused = false

  constructor({ core, apiVersion, transactionalId, signal }: FirstBatchesOptions) {
    this.#core = core
    this.#apiVersion = apiVersion
    this.#transactionalId = transactionalId
    this.#signal = signal
    const { config } = core
    this.#checked =
      apiVersion >= implicitVersionMin || config.get('transaction.partition.verification.enable')
  }

  get #verifyOnly(): boolean {
    return this.#apiVersion < implicitVersionMin
  }

  /** Batches of several producers: Kafka refuses such a request (INVALID_PRODUCER_ID_MAPPING). */
  get ofSeveralProducers(): boolean {
    return this.#confused
  }

  /** Some of them wait for the coordinator. */
  get wait(): boolean {
    return this.#lacking.size > 0
  }

  /** Takes account of a transactional batch for a partition. */
  add(log: PartitionLog | undefined, batch: Buffer): void {
    const producerId = Number(batch.readBigInt64BE(batchLayout.producerIdAt))
    const producerEpoch = batch.readInt16BE(batchLayout.producerEpochAt)
    if (producerId < 0) return
    this.#producer ??= { producerId, producerEpoch }
    if (this.#producer.producerId !== producerId || this.#producer.producerEpoch !== producerEpoch) {
      this.#confused = true
    }
    if (!log || !this.#checked || this.#batches.has(log)) return
    const baseSequence = batch.readInt32BE(batchLayout.baseSequenceAt)
    const init = { producerId, producerEpoch, baseSequence, supportsEpochBump: !this.#verifyOnly }
    const first = new FirstBatch(log, init)
    this.#batches.set(log, first)
    this.#look(log, first)
  }

  #look(log: PartitionLog, first: FirstBatch): void {
    try {
      const verification = first.lacking()
      if (verification) this.#lacking.set(log, verification)
    } catch (error) {
      this.#refused.set(log, error)
    }
  }

  /** What the coordinator has to be asked about now: in partitions, too, that nothing was lacking in when it was asked before. */
  #lookAgain(): void {
    this.#lacking.clear()
    for (const [log, first] of this.#batches) if (!this.#refused.has(log)) this.#look(log, first)
  }

  /** Asks the coordinator; by version 2 until its answers count, or for as long as that may take. Does not reject: `verificationOf` tells what came of it. */
  async admit(): Promise<void> {
    const { clock, config } = this.#core
    const backoffMs = config.get('add.partitions.to.txn.retry.backoff.ms')
    const retryUntilMs = clock.monotonic() + config.get('add.partitions.to.txn.retry.backoff.max.ms')
    for (;;) {
      const asked = [...this.#lacking]
      const errors = await this.#ask(asked.map(([log]) => log))
      const again = !this.#verifyOnly && clock.monotonic() < retryUntilMs && !this.#signal.aborted
      // The transaction before this one is ending, which takes a moment.
      if (again && errors.includes(ErrorCode.CONCURRENT_TRANSACTIONS)) await sleep(clock, backoffMs)
      else this.#note(asked, errors)
      if (!again) return
      this.#lookAgain()
      if (!this.wait) return
    }
  }

  #note(
    asked: readonly (readonly [PartitionLog, TransactionVerification])[],
    errors: readonly number[],
  ): void {
    for (const [index, [log, verification]] of asked.entries()) {
      const error = this.#errorFor(errors[index]!)
      if (error) this.#refused.set(log, error)
      else this.#batches.get(log)!.grant(verification)
    }
  }

  async #ask(logs: readonly PartitionLog[]): Promise<readonly number[]> {
    const partitions: TransactionPartition[] = logs.map(({ topic, partition }) => ({ topic, partition }))
    const asked = this.#core.service(transactionVerifier).admit({
      transactionalId: this.#transactionalId,
      ...this.#producer!,
      partitions,
      verifyOnly: this.#verifyOnly,
    })
    const inTime = await this.#core.service(commitDeadlines).within(admissionTimeoutMs, asked)
    return inTime ? await asked : logs.map(() => ErrorCode.NETWORK_EXCEPTION)
  }

  /**
   * What goes to the log with the batch of this partition, which is appended before anything else happens. Throws what the producer is told when it
   * was refused.
   */
  verificationOf(log: PartitionLog): TransactionVerification | 'off' | undefined {
    const refused = this.#refused.get(log)
    if (refused) throw refused
    if (!this.#checked) return 'off'
    const first = this.#batches.get(log)
    if (first?.lacking()) throw unverified('what the coordinator knows of it does not count any more')
    return first?.granted
  }

  /** What a producer is told of an error of the coordinator, as `ReplicaManager` and `AddPartitionsToTxnManager` of Kafka say it. */
  #errorFor(errorCode: number): ApiError | undefined {
    switch (errorCode) {
      case ErrorCode.NONE:
        return undefined
      case ErrorCode.CONCURRENT_TRANSACTIONS:
      case ErrorCode.NETWORK_EXCEPTION:
      case ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
      case ErrorCode.COORDINATOR_NOT_AVAILABLE:
      case ErrorCode.NOT_COORDINATOR:
        return unverified(`Underlying error: ${errorByCode(errorCode).name}`)
      case ErrorCode.PRODUCER_FENCED:
        return new ApiError(
          ErrorCode.INVALID_PRODUCER_EPOCH,
          `a newer producer has taken over the transactional id ${this.#transactionalId}`,
        )
      case ErrorCode.TRANSACTION_ABORTABLE:
        if (this.#apiVersion >= abortableVersionMin) return new ApiError(errorCode)
        return this.#errorFor(ErrorCode.INVALID_TXN_STATE)
      case ErrorCode.INVALID_TXN_STATE:
        return new ApiError(errorCode, 'Partition was not added to the transaction')
      default:
        return new ApiError(errorCode)
    }
  }
}

/** Producers send again what this is said of, old ones too, and look for no other broker. */
function unverified(why: string): ApiError {
  return new ApiError(
    ErrorCode.NOT_ENOUGH_REPLICAS,
    `Unable to verify the partition has been added to the transaction. ${why}`,
  )
}
