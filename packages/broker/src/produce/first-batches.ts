// The transactional batches of a produce request. Those that are the first of their transaction in a partition wait until the transaction
// coordinator knows of it (KIP-890): else a batch that was long on its way could open a transaction that nobody ends.
import type { PartitionLog, TransactionVerification } from '@millrace/log'
import { batchLayout, ErrorCode, errorByCode } from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import { ApiError } from '../api-error.ts'
import { commitDeadlines } from '../commit-deadlines.ts'
import type { BrokerCore } from '../core.ts'
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

interface WaitingBatch {
  readonly first: Parameters<PartitionLog['startVerification']>[0]
  readonly verification: TransactionVerification
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
  /** Those that wait for the coordinator. */
  readonly #waiting = new Map<PartitionLog, WaitingBatch>()
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
    return this.#waiting.size > 0
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
    if (!log || !this.#checked) return
    const baseSequence = batch.readInt32BE(batchLayout.baseSequenceAt)
    const first = { producerId, producerEpoch, baseSequence, supportsEpochBump: !this.#verifyOnly }
    this.#start(log, first)
  }

  #start(log: PartitionLog, first: WaitingBatch['first']): void {
    try {
      const verification = log.startVerification(first)
      if (verification) this.#waiting.set(log, { first, verification })
      else this.#waiting.delete(log)
    } catch (error) {
      this.#waiting.delete(log)
      this.#refused.set(log, error)
    }
  }

  /** Asks the coordinator for those that wait. Does not reject: `verificationOf` tells what came of it. */
  async admit(): Promise<void> {
    const { clock, config } = this.#core
    const backoffMs = config.get('add.partitions.to.txn.retry.backoff.ms')
    const retryUntilMs = clock.monotonic() + config.get('add.partitions.to.txn.retry.backoff.max.ms')
    for (;;) {
      const logs = [...this.#waiting.keys()]
      const errors = await this.#ask(logs)
      // The transaction before this one is ending, which takes a moment.
      const again = errors.includes(ErrorCode.CONCURRENT_TRANSACTIONS) && clock.monotonic() < retryUntilMs
      if (again && !this.#signal.aborted) {
        await sleep(clock, backoffMs)
        this.#startAnew()
        if (this.wait) continue
        return
      }
      for (const [index, log] of logs.entries()) {
        const error = this.#errorFor(errors[index]!)
        if (error) this.#refused.set(log, error)
      }
      return
    }
  }

  /** The marker that was waited for has made the verifications void. */
  #startAnew(): void {
    for (const [log, { first }] of this.#waiting) this.#start(log, first)
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

  /** What goes to the log with the batch of this partition. Throws what the producer is told when it was refused. */
  verificationOf(log: PartitionLog): TransactionVerification | 'off' | undefined {
    const refused = this.#refused.get(log)
    if (refused) throw refused
    return this.#checked ? this.#waiting.get(log)?.verification : 'off'
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
        // Producers send again what this is said of, old ones too, and look for no other broker.
        return new ApiError(
          ErrorCode.NOT_ENOUGH_REPLICAS,
          `Unable to verify the partition has been added to the transaction. Underlying error: ${errorByCode(errorCode).name}`,
        )
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
