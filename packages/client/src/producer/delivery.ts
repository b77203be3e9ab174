// The fate of one batch of records, for everyone who waits for one of them: one promise a batch, made only if someone asks.
import { invariant } from '@millrace/runtime'
import type { BatchMetadata, DeliveryReport, RecordMetadata } from './record.ts'

/** Records of a batch that stand together, by their index in it. */
export interface RecordRange {
  readonly firstIndex: number
  readonly recordCount: number
}

/** A run of records with consecutive offsets: the whole batch, or a part of one that had to be split. */
interface Part extends RecordRange {
  readonly baseOffset: number
  /** The broker's append time, −1 where the records keep their own. */
  readonly logAppendTimeMs: number
  /** Why it was not written, if it was not. */
  readonly error: Error | undefined
}

/** The records of one `sendBatch` call in one batch. They stand together, since no other call comes between. */
export interface CallPart {
  readonly delivery: Delivery
  readonly callId: number
  readonly start: number
  end: number
}

export class Delivery {
  readonly topic: string
  readonly partition: number
  /** Records that report here. */
  recordCount = 0
  /** How many of them someone waits for. */
  awaitedCount = 0
  /** The records of the `sendBatch` call that last put some here. */
  lastCall: CallPart | undefined
  readonly #onPart: (delivery: Delivery, report: DeliveryReport) => void
  #parts: Part[] = []
  #pendingParts = 1
  #error: Error | undefined
  #settled = false
  #promise: Promise<this> | undefined
  #resolve: ((delivery: this) => void) | undefined
  #reject: ((error: Error) => void) | undefined

  /** `onPart` is called with the outcome of each part, as soon as it is known: once for a batch that was not split. */
  constructor(
    topic: string,
    partition: number,
    onPart: (delivery: Delivery, report: DeliveryReport) => void,
  ) {
    this.topic = topic
    this.partition = partition
    this.#onPart = onPart
  }

  /**
   * Resolves when the outcome of every record is known, and some are written: the accessors throw for the others, which only a batch that was
   * split has. Rejects with the reason when none is written.
   */
  get promise(): Promise<this> {
    if (!this.#promise) {
      if (this.#settled) {
        this.#promise = this.#failure ? Promise.reject(this.#failure) : Promise.resolve(this)
      } else {
        this.#promise = new Promise((resolve, reject) => {
          this.#resolve = resolve
          this.#reject = reject
        })
      }
      // Whoever enqueued without waiting hears of failures from `flush` or the listener, not as an unhandled rejection.
      this.#promise.catch(() => {})
    }
    return this.#promise
  }

  /** The batch was split: outcomes of `parts` parts will come. */
  splitInto(parts: number): void {
    this.#pendingParts += parts - 1
  }

  /** These records are written from `baseOffset` on. */
  succeed({ firstIndex, recordCount }: RecordRange, baseOffset: number, logAppendTimeMs: number): void {
    this.#finishPart({ firstIndex, recordCount, baseOffset, logAppendTimeMs, error: undefined })
  }

  /** These records are not written. */
  fail({ firstIndex, recordCount }: RecordRange, error: Error): void {
    this.#error ??= error
    this.#finishPart({ firstIndex, recordCount, baseOffset: -1, logAppendTimeMs: -1, error })
  }

  /** Why nothing of the batch was written. */
  get #failure(): Error | undefined {
    return this.#parts.every(({ error }) => error !== undefined) ? this.#error : undefined
  }

  /** Offset of the record with this index in the batch. */
  offsetOf(index: number): number {
    const part = this.#partOf(index)
    return part.baseOffset === -1 ? -1 : part.baseOffset + index - part.firstIndex
  }

  /** Throws the reason when this record is not written. */
  recordMetadata(index: number, timestamp: number): RecordMetadata {
    const { logAppendTimeMs, error } = this.#partOf(index)
    if (error) throw error
    return {
      topic: this.topic,
      partition: this.partition,
      offset: this.offsetOf(index),
      timestamp: logAppendTimeMs === -1 ? timestamp : logAppendTimeMs,
    }
  }

  /**
   * Metadata of the records from `firstIndex` to before `endIndex`: one entry for each run of consecutive offsets. Throws the reason when one
   * of them is not written.
   */
  batchMetadata(firstIndex: number, endIndex: number): BatchMetadata[] {
    const { topic, partition } = this
    const runs: BatchMetadata[] = []
    for (const part of this.#parts) {
      const start = Math.max(firstIndex, part.firstIndex)
      const end = Math.min(endIndex, part.firstIndex + part.recordCount)
      if (start >= end) continue
      if (part.error) throw part.error
      runs.push({ topic, partition, baseOffset: this.offsetOf(start), recordCount: end - start })
    }
    return runs
  }

  #coversAll(): boolean {
    let next = 0
    for (const { firstIndex, recordCount } of this.#parts) {
      if (firstIndex !== next) return false
      next += recordCount
    }
    return next === this.recordCount
  }

  #partOf(index: number): Part {
    const part = this.#parts.findLast(({ firstIndex }) => firstIndex <= index)
    if (!part)
      throw new Error(`record ${index} of a batch for ${this.topic}-${this.partition} has no outcome yet`)
    return part
  }

  #finishPart(part: Part): void {
    invariant(!this.#settled, 'a batch has one outcome')
    const { topic, partition } = this
    const { recordCount, baseOffset, error } = part
    this.#parts.push(part)
    this.#onPart(this, { topic, partition, baseOffset, recordCount, error })
    if (--this.#pendingParts > 0) return
    this.#settled = true
    this.#parts.sort((a, b) => a.firstIndex - b.firstIndex)
    invariant(this.#coversAll(), 'the parts of a divided batch are all of its records')
    const failure = this.#failure
    if (failure) this.#reject?.(failure)
    else this.#resolve?.(this)
  }
}
