// The fate of one batch of records, for everyone who waits for one of them: one promise a batch, made only if someone asks.
import { invariant } from '@millrace/runtime'
import type { OutcomeListener } from '../events/hook-door.ts'
import type { AnyRecord, BatchMetadata, DeliveryReport, DeliveryStatus, RecordMetadata } from './record.ts'

/** Records of a batch that stand together, by their index in it. */
export interface RecordRange {
  readonly firstIndex: number
  readonly recordCount: number
}

/** What a broker says of a batch that it has written: −1 for what it does not say. */
export interface Written {
  readonly baseOffset: number
  /** The broker's append time, −1 where the records keep their own. */
  readonly logAppendTimeMs: number
  readonly logStartOffset: number
}

/** What is known where no broker says anything. */
export const unsaid: Written = { baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 }

/** What has become of a run of records with consecutive offsets: of the whole batch, or of a part of one that had to be split. */
export interface Outcome extends RecordRange, Written {
  readonly status: DeliveryStatus
  /** Why it was not written, if it was not. */
  readonly error: Error | undefined
}

/** The records of one call in one batch. They stand together, since no other call comes between. */
export interface CallPart {
  readonly delivery: Delivery
  /** The call that they are of, as an identity. */
  readonly call: object
  readonly start: number
  end: number
  /** Those of them whose outcome was read: the index of the next one. */
  next: number
}

/** Who hears of one record, by its index in the delivery. */
interface RecordListener {
  readonly index: number
  readonly listener: OutcomeListener
}

/** The records of a delivery, by their index in it, with the timestamps that they were given. */
interface KeptRecords {
  readonly records: AnyRecord[]
  readonly timestamps: number[]
}

/** Called with the outcome of each part, as soon as it is known: once for a batch that was not split. */
export type OnOutcome = (delivery: Delivery, report: DeliveryReport, outcome: Outcome) => void

export class Delivery {
  readonly topic: string
  readonly partition: number
  /** Records that report here. */
  recordCount = 0
  /** How many of them someone waits for. */
  awaitedCount = 0
  /** The records of the call that last put some here and waits for them. */
  lastCall: CallPart | undefined
  /** Its records, where a listener wants to hear of each. */
  kept: KeptRecords | undefined
  readonly #onOutcome: OnOutcome
  #parts: Outcome[] = []
  /** Who hears of single records, in the order of their indexes; most deliveries have nobody. */
  #listeners: RecordListener[] | undefined
  #pendingParts = 1
  #error: Error | undefined
  #settled = false
  #promise: Promise<this> | undefined
  #resolve: ((delivery: this) => void) | undefined
  #reject: ((error: Error) => void) | undefined

  constructor(topic: string, partition: number, onOutcome: OnOutcome) {
    this.topic = topic
    this.partition = partition
    this.#onOutcome = onOutcome
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

  /** Has `listener` told what becomes of the record with this index. */
  listen(index: number, listener: OutcomeListener): void {
    ;(this.#listeners ??= []).push({ index, listener })
  }

  /** The batch was split: outcomes of `parts` parts will come. */
  splitInto(parts: number): void {
    this.#pendingParts += parts - 1
  }

  /** These records are written: a broker says so, unless all is {@link unsaid}. */
  succeed({ firstIndex, recordCount }: RecordRange, written: Written): void {
    const { baseOffset, logAppendTimeMs, logStartOffset } = written
    this.#finishPart({
      firstIndex,
      recordCount,
      baseOffset,
      logAppendTimeMs,
      logStartOffset,
      status: written === unsaid ? 'possibly-persisted' : 'persisted',
      error: undefined,
    })
  }

  /** These records are not written, or `inDoubt`: they may be, and nobody will say. */
  fail({ firstIndex, recordCount }: RecordRange, error: Error, inDoubt: boolean): void {
    this.#error ??= error
    const status = inDoubt ? 'possibly-persisted' : 'not-persisted'
    this.#finishPart({ firstIndex, recordCount, ...unsaid, status, error })
  }

  /** Why nothing of the batch was written. */
  get #failure(): Error | undefined {
    return this.#parts.every(({ error }) => error !== undefined) ? this.#error : undefined
  }

  /** Throws the reason when this record is not written. */
  recordMetadata(index: number, timestamp: number): RecordMetadata {
    const part = this.#partOf(index)
    if (part.error) throw part.error
    return {
      topic: this.topic,
      partition: this.partition,
      offset: offsetIn(part, index),
      timestamp: part.logAppendTimeMs === -1 ? timestamp : part.logAppendTimeMs,
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
      runs.push({
        topic,
        partition,
        baseOffset: offsetIn(part, start),
        recordCount: end - start,
        logAppendTime: part.logAppendTimeMs,
        logStartOffset: part.logStartOffset,
      })
    }
    return runs
  }

  #tellListeners(listeners: readonly RecordListener[], part: Outcome): void {
    const { partition } = this
    const { firstIndex, recordCount, error } = part
    for (const { index, listener } of listeners) {
      if (index < firstIndex || index >= firstIndex + recordCount) continue
      listener({ partition, offset: offsetIn(part, index), error })
    }
  }

  #coversAll(): boolean {
    let next = 0
    for (const { firstIndex, recordCount } of this.#parts) {
      if (firstIndex !== next) return false
      next += recordCount
    }
    return next === this.recordCount
  }

  #partOf(index: number): Outcome {
    // Nearly all batches have one part: asked for each record of a call, so without a function.
    const last = this.#parts.at(-1)
    if (last && last.firstIndex <= index) return last
    const part = this.#parts.findLast(({ firstIndex }) => firstIndex <= index)
    if (!part)
      throw new Error(`record ${index} of a batch for ${this.topic}-${this.partition} has no outcome yet`)
    return part
  }

  #finishPart(part: Outcome): void {
    invariant(!this.#settled, 'a batch has one outcome')
    const { topic, partition } = this
    const { recordCount, baseOffset, logAppendTimeMs: logAppendTime, logStartOffset, status, error } = part
    this.#parts.push(part)
    const placed = { topic, partition, baseOffset, recordCount, logAppendTime, logStartOffset }
    this.#onOutcome(this, { ...placed, status, error }, part)
    if (this.#listeners) this.#tellListeners(this.#listeners, part)
    if (--this.#pendingParts > 0) return
    this.#settled = true
    this.#parts.sort((a, b) => a.firstIndex - b.firstIndex)
    invariant(this.#coversAll(), 'the parts of a divided batch are all of its records')
    const failure = this.#failure
    if (failure) this.#reject?.(failure)
    else this.#resolve?.(this)
  }
}

/** Offset of the record with this index in the batch, −1 where it is not known. */
function offsetIn({ baseOffset, firstIndex }: Outcome, index: number): number {
  return baseOffset === -1 ? -1 : baseOffset + index - firstIndex
}
