// What becomes of a batch after it was sent: written, to be sent again, to be divided, or given up.
import { ErrorCode, type ProduceResponsePartitionProduceResponse } from '@millrace/protocol'
import { type Clock, invariant, type Random } from '@millrace/runtime'
import { BrokerError, DeliveryTimeoutError, isRetriable, RecordTooLargeError } from '../errors/index.ts'
import { batchRetried } from '../events/client-event.ts'
import type { EventDoor } from '../events/event-door.ts'
import type { HookDoor } from '../events/hook-door.ts'
import { backoffMs } from '../network/backoff.ts'
import type { Accumulator } from './accumulator.ts'
import { unsaid, type Written } from './delivery.ts'
import type { Numbering } from './numbering.ts'
import type { ResolvedProducerOptions } from './options.ts'
import type { ProduceBatch } from './produce-batch.ts'
import { splitBatch } from './split-batch.ts'
import type { StatisticsCounter } from './statistics.ts'

export interface VerdictOptions {
  readonly clock: Clock
  readonly random: Random
  readonly events: EventDoor
  readonly hooks: HookDoor
  readonly counter: StatisticsCounter
  readonly retryBackoffMs: number
  readonly retryBackoffMaxMs: number
  readonly producer: ResolvedProducerOptions
  readonly accumulator: Accumulator
  readonly numbering: Numbering
}

export class Verdicts {
  readonly #options: VerdictOptions

  constructor(options: VerdictOptions) {
    this.#options = options
  }

  /** The broker answered. */
  answered(batch: ProduceBatch, answer: ProduceResponsePartitionProduceResponse): void {
    const { errorCode, errorMessage } = answer
    this.#landed(batch)
    // A duplicate is a batch that was written by an earlier attempt.
    if (errorCode === 0 || errorCode === ErrorCode.DUPLICATE_SEQUENCE_NUMBER) {
      this.#written(batch, answer)
      return
    }
    const context = `writing to ${batch.queue.topic}-${batch.queue.partition}`
    const error = new BrokerError(errorCode, context, errorMessage)
    if (leavesDoubt.has(errorCode)) batch.mayBeWritten = true
    if (batch.abandoned) {
      this.#options.numbering.givenUp(batch)
    } else if (errorCode === ErrorCode.MESSAGE_TOO_LARGE) {
      this.#tooLarge(batch, error)
    } else if (this.#options.numbering.refused(batch, errorCode) || isRetriable(error)) {
      this.#retry(batch, error)
    } else if (!this.#dropFaulty(batch, answer, context)) {
      this.#fail(batch, error)
    }
  }

  /** With `acks: 0`: the bytes have left, and that is all there will be. */
  sentWithoutAnswer(batch: ProduceBatch): void {
    this.#landed(batch)
    this.#written(batch, unsaid)
  }

  /** There will be no answer: the connection ended, or the request could not be made. The batch may have been written. */
  unanswered(batch: ProduceBatch, error: Error): void {
    this.#landed(batch)
    batch.mayBeWritten = true
    if (batch.abandoned) this.#options.numbering.givenUp(batch)
    else if (isRetriable(error)) this.#retry(batch, error)
    else this.#fail(batch, error)
  }

  /**
   * Its time is over. What is on the wire stays there: its answer settles the sequence. `obstacle` is what keeps the batch from leaving at
   * present; where nothing does, the last thing that went wrong is the reason.
   */
  expired(batch: ProduceBatch, leader: string, obstacle: Error | undefined): void {
    const { queue, attempts, recordCount } = batch
    const { deliveryTimeoutMs } = this.#options.producer
    const records = recordCount === 1 ? '1 record' : `${recordCount} records`
    const times = attempts === 1 ? 'once' : `${attempts} times`
    const state = batch.onWire
      ? `no answer so far from ${leader}`
      : attempts > 0
        ? `sent ${times}`
        : 'never sent'
    const cause = obstacle ?? batch.lastError
    const last = cause ? `; last error: ${cause.message}` : ''
    const error = new DeliveryTimeoutError(
      `${records} for ${queue.topic}-${queue.partition}: not acknowledged within ${deliveryTimeoutMs} ms (${state}${last})`,
      { cause },
    )
    if (!batch.onWire) {
      queue.remove(batch)
      this.#options.numbering.givenUp(batch)
    }
    this.#settleFailed(batch, error)
  }

  /** The producer gives up for good. */
  abort(batch: ProduceBatch, error: Error): void {
    batch.queue.remove(batch)
    this.#settleFailed(batch, error)
  }

  /** A batch that is not on the wire is given up, and others will come after it. */
  giveUp(batch: ProduceBatch, error: Error): void {
    invariant(!batch.onWire, 'a batch on the wire has its numbers settled by its answer')
    batch.queue.remove(batch)
    this.#fail(batch, error)
  }

  #landed(batch: ProduceBatch): void {
    if (!batch.onWire) return
    batch.onWire = false
    batch.queue.onWire--
    invariant(batch.queue.onWire >= 0, 'a batch comes back from the wire once')
  }

  #written(batch: ProduceBatch, written: Written): void {
    this.#options.numbering.written(batch)
    if (batch.abandoned) return
    this.#options.counter.delivered(batch)
    if (this.#options.hooks.batch.active) this.#tell(batch, written.baseOffset, undefined)
    this.#options.accumulator.settle(batch, true)
    batch.delivery.succeed(batch, written)
  }

  /** Tells of a batch that is written or given up. */
  #tell(batch: ProduceBatch, baseOffset: number, error: Error | undefined): void {
    const { clock, hooks } = this.#options
    const { queue, recordCount, sizeBytes, attempts, createdAt, sentAt } = batch
    const now = clock.monotonic()
    const hasLeft = attempts > 0
    hooks.batch.emit({
      topic: queue.topic,
      partition: queue.partition,
      baseOffset,
      records: recordCount,
      recordBytes: sizeBytes,
      batchBytes: hasLeft ? (batch.bytes?.length ?? 0) : 0,
      attempts,
      queueMs: (hasLeft ? sentAt : now) - createdAt,
      wireMs: hasLeft ? now - sentAt : 0,
      error,
    })
  }

  #tooLarge(batch: ProduceBatch, cause: Error): void {
    if (batch.recordCount < 2) {
      const { topic, partition } = batch.queue
      const message = `a record of ${batch.sizeBytes} bytes is larger than ${topic}-${partition} takes: raise max.message.bytes of the topic, or send less`
      this.#fail(batch, new RecordTooLargeError(message, { cause }))
      return
    }
    batch.queue.mayGrow = false
    const halves = this.#divide(batch, [0, Math.floor(batch.recordCount / 2)])
    for (const half of halves) batch.queue.putBack(half)
  }

  /**
   * The broker names the records for which it refuses the batch (KIP-467): they fail, and the others go again, which may be of other calls. Returns whether it
   * could be done: not where no record is good, nor where an earlier attempt may have written them all.
   */
  #dropFaulty(
    batch: ProduceBatch,
    { errorCode, errorMessage, recordErrors }: ProduceResponsePartitionProduceResponse,
    context: string,
  ): boolean {
    // A transaction is over with its first record that fails.
    if (batch.mayBeWritten || this.#options.numbering.transactionalId !== null) return false
    const faulty = new Map(
      recordErrors.map(({ batchIndex, batchIndexErrorMessage }) => [batchIndex, batchIndexErrorMessage]),
    )
    const starts = runStarts(batch.recordCount, index => faulty.has(index))
    if (starts.length < 2 || starts.length > faultyRunsMax) return false
    const parts = this.#divide(batch, starts)
    const isFaulty = ({ firstIndex }: ProduceBatch) => faulty.has(firstIndex - batch.firstIndex)
    for (const part of parts) if (!isFaulty(part)) batch.queue.putBack(part)
    for (const part of parts.filter(isFaulty)) {
      const message = faulty.get(part.firstIndex - batch.firstIndex) ?? errorMessage
      this.#fail(part, new BrokerError(errorCode, context, message))
    }
    return true
  }

  /** Puts parts in the place of a batch, which their caller puts back or gives up. */
  #divide(batch: ProduceBatch, starts: readonly number[]): ProduceBatch[] {
    const { accumulator, numbering, counter } = this.#options
    counter.batchesDivided++
    const parts = splitBatch(batch, starts, accumulator)
    numbering.divided(batch, parts)
    accumulator.settle(batch, true)
    return parts
  }

  #retry(batch: ProduceBatch, error: Error): void {
    const { clock, random, producer, numbering, counter, retryBackoffMs, retryBackoffMaxMs } = this.#options
    batch.lastError = error
    if (batch.attempts > producer.retries || numbering.over) {
      this.#fail(batch, numbering.over ?? error)
      return
    }
    const initialMs = isCompleting(error) ? Math.min(completionWaitMs, retryBackoffMs) : retryBackoffMs
    const waitMs = backoffMs(batch.attempts - 1, initialMs, retryBackoffMaxMs, random)
    counter.retried(batch)
    this.#tellRetry(batch, error, waitMs)
    batch.notBefore = clock.monotonic() + waitMs
    batch.queue.putBack(batch)
  }

  /** Numbers that do not fit yet are in the nature of pipelining, and a lost connection has had a warning of its own. */
  #tellRetry(batch: ProduceBatch, error: Error, backoffMs: number): void {
    const { events, hooks } = this.#options
    const { topic, partition } = batch.queue
    const { attempts, recordCount: records } = batch
    if (hooks.retry.active) {
      const what = `writing to ${topic}-${partition}`
      hooks.retry.emit({ what, attempts, backoffMs, error, batch: { topic, partition, records } })
    }
    if (!events.active) return
    const isNews = error instanceof BrokerError && error.errorCode !== ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    events.emit(batchRetried(topic, partition, attempts, error, isNews ? 'warn' : 'debug'))
  }

  #fail(batch: ProduceBatch, error: Error): void {
    this.#options.numbering.givenUp(batch)
    this.#settleFailed(batch, error)
  }

  #settleFailed(batch: ProduceBatch, error: Error): void {
    if (batch.abandoned) return
    batch.abandoned = true
    this.#options.counter.failed(batch)
    if (this.#options.hooks.batch.active) this.#tell(batch, -1, error)
    this.#options.accumulator.settle(batch, false)
    batch.delivery.fail(batch, error, batch.onWire || batch.mayBeWritten)
  }
}

/** Into so many parts a batch is divided at most for the faulty records in it: each takes a request, and memory of its own. */
const faultyRunsMax = 32

/** Where runs of faulty records, and of good ones, begin. */
function runStarts(recordCount: number, isFaulty: (index: number) => boolean): number[] {
  const starts: number[] = []
  for (let index = 0; index < recordCount; index++)
    if (index === 0 || isFaulty(index) !== isFaulty(index - 1)) starts.push(index)
  return starts
}

/** A transaction that has ended is complete a few milliseconds later; until then the next one is refused. */
const completionWaitMs = 20

function isCompleting(error: Error): boolean {
  return error instanceof BrokerError && error.errorCode === ErrorCode.CONCURRENT_TRANSACTIONS
}

/** What a leader may also answer when it has appended the batch: the wait for replicas or for the disk did not end well. */
const leavesDoubt: ReadonlySet<number> = new Set([
  ErrorCode.REQUEST_TIMED_OUT,
  ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.KAFKA_STORAGE_ERROR,
  ErrorCode.UNKNOWN_SERVER_ERROR,
])
