// What becomes of a batch after it was sent: written, to be sent again, to be divided, or given up.
import { type Codec, ErrorCode, type ProduceResponsePartitionProduceResponse } from '@millrace/protocol'
import { type Clock, invariant, type Random } from '@millrace/runtime'
import { BrokerError, DeliveryTimeoutError, isRetriable, RecordTooLargeError } from '../errors/index.ts'
import { batchRetried } from '../events/client-event.ts'
import type { EventDoor } from '../events/event-door.ts'
import { backoffMs } from '../network/backoff.ts'
import type { Accumulator } from './accumulator.ts'
import type { Numbering } from './numbering.ts'
import type { ResolvedProducerOptions } from './options.ts'
import type { ProduceBatch } from './produce-batch.ts'
import { splitBatch } from './split-batch.ts'

export interface VerdictOptions {
  readonly clock: Clock
  readonly random: Random
  readonly events: EventDoor
  readonly retryBackoffMs: number
  readonly retryBackoffMaxMs: number
  readonly producer: ResolvedProducerOptions
  readonly accumulator: Accumulator
  readonly numbering: Numbering
  readonly codec: Codec
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
      this.#written(batch, answer.baseOffset, answer.logAppendTimeMs)
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
    } else {
      this.#fail(batch, error)
    }
  }

  /** With `acks: 0`: the bytes have left, and that is all there will be. */
  sentWithoutAnswer(batch: ProduceBatch): void {
    this.#landed(batch)
    this.#written(batch, -1, -1)
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

  #landed(batch: ProduceBatch): void {
    if (!batch.onWire) return
    batch.onWire = false
    batch.queue.onWire--
    invariant(batch.queue.onWire >= 0, 'a batch comes back from the wire once')
  }

  #written(batch: ProduceBatch, baseOffset: number, logAppendTimeMs: number): void {
    this.#options.numbering.written(batch)
    if (batch.abandoned) return
    this.#options.accumulator.settle(batch, true)
    batch.delivery.succeed(batch, baseOffset, logAppendTimeMs)
  }

  #tooLarge(batch: ProduceBatch, cause: Error): void {
    if (batch.recordCount < 2) {
      const { topic, partition } = batch.queue
      const message = `a record of ${batch.sizeBytes} bytes is larger than ${topic}-${partition} takes: raise max.message.bytes of the topic, or send less`
      this.#fail(batch, new RecordTooLargeError(message, { cause }))
      return
    }
    batch.queue.mayGrow = false
    const { accumulator, numbering, codec, producer } = this.#options
    const halves = splitBatch(batch, accumulator, codec, producer.compressionLevel)
    numbering.divided(batch, halves)
    accumulator.settle(batch, true)
    for (const half of halves.toReversed()) batch.queue.putBack(half)
  }

  #retry(batch: ProduceBatch, error: Error): void {
    const { clock, random, producer, retryBackoffMs, retryBackoffMaxMs } = this.#options
    batch.lastError = error
    if (batch.attempts > producer.retries) {
      this.#fail(batch, error)
      return
    }
    this.#tellRetry(batch, error)
    batch.notBefore =
      clock.monotonic() + backoffMs(batch.attempts - 1, retryBackoffMs, retryBackoffMaxMs, random)
    batch.queue.putBack(batch)
  }

  /** Numbers that do not fit yet are in the nature of pipelining, and a lost connection has had a warning of its own. */
  #tellRetry(batch: ProduceBatch, error: Error): void {
    const { events } = this.#options
    if (!events.active) return
    const { topic, partition } = batch.queue
    const isNews = error instanceof BrokerError && error.errorCode !== ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    events.emit(batchRetried(topic, partition, batch.attempts, error, isNews ? 'warn' : 'debug'))
  }

  #fail(batch: ProduceBatch, error: Error): void {
    this.#options.numbering.givenUp(batch)
    this.#settleFailed(batch, error)
  }

  #settleFailed(batch: ProduceBatch, error: Error): void {
    if (batch.abandoned) return
    batch.abandoned = true
    this.#options.accumulator.settle(batch, false)
    batch.delivery.fail(batch, error)
  }
}

/** What a leader may also answer when it has appended the batch: the wait for replicas or for the disk did not end well. */
const leavesDoubt: ReadonlySet<number> = new Set([
  ErrorCode.REQUEST_TIMED_OUT,
  ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.KAFKA_STORAGE_ERROR,
  ErrorCode.UNKNOWN_SERVER_ERROR,
])
