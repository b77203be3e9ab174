// A partition that a service has at present: what of it is fetched, in hand and done.
import type { ClientLogger, ConsumerBatch, ConsumerRecord } from '@millrace/client'
import { BatchCollector } from '../concurrency/batch-collector.ts'
import { CompletionTracker } from '../concurrency/completion-tracker.ts'
import { Fifo } from '../concurrency/fifo.ts'
import type { OffsetRange } from '../concurrency/offset-map.ts'
import { Lane } from '../concurrency/scheduler.ts'
import type { Delivery, DeliverySource } from '../handling/delivery.ts'
import type { RecordSpan } from '../handling/record-span.ts'
import type { TopicHandler } from '../handling/topic-handler.ts'

/** What the group had committed when the partition came. */
export interface Restored {
  readonly offset: number
  /** Done behind it, in order. */
  readonly ranges: readonly OffsetRange[]
}

/** Fetched batches of one partition that wait at most; one is worked on while the next one comes. */
const batchesMax = 2

export class PartitionWork implements DeliverySource {
  readonly topic: string
  readonly partition: number
  readonly group: string
  readonly handler: TopicHandler
  /** The lane of all its records, where they are handled in order. */
  readonly lane = new Lane()
  /** Lanes of keys with records in hand. */
  readonly lanes = new Map<string, Lane>()
  /** Deliveries; records where {@link span} stands for them. */
  readonly collector: BatchCollector<Delivery | ConsumerRecord> | undefined
  /** What is gathered for a batch, as one. */
  span: RecordSpan | undefined
  /** Undefined before the first record is here: then there is nothing to commit. */
  tracker: CompletionTracker | undefined
  /** Set while it stands in line to give a record. */
  isInLine = false
  /** Nothing more is taken of it. */
  isClosing = false
  /** It is another's, or begins anew: whatever still refers to it is void. */
  isGone = false
  /** The consumer fetches nothing more of it at present. */
  isPaused = false
  /** Taken on hold because a commit could not tell more. */
  isFull = false
  /** Something changed since the last commit. */
  isDirty = false
  /** What was committed last, by this work. */
  committed: { readonly offset: number; readonly metadata: string } | undefined
  highWatermark = -1
  /** Offset of the first batch; undefined before. */
  startOffset: number | undefined
  /** Records that were taken of it. */
  readonly consumed: { value: number }
  readonly #restored: Restored | undefined
  readonly #metadataMaxChars: number
  readonly #batches = new Fifo<ConsumerBatch>()
  readonly #abandon = new AbortController()
  #peeked: ConsumerRecord | undefined
  #unreadBytes = 0
  /** Leader epoch of the record that was taken last, −1 before. */
  #takenEpoch = -1
  /** Where the next batch begins. */
  #expected = -1

  constructor(
    place: { readonly topic: string; readonly partition: number; readonly group: string },
    consumed: { value: number },
    handler: TopicHandler,
    restored: Restored | undefined,
    metadataMaxChars: number,
  ) {
    this.topic = place.topic
    this.partition = place.partition
    this.group = place.group
    this.consumed = consumed
    this.handler = handler
    this.#restored = restored
    this.#metadataMaxChars = metadataMaxChars
    const { batch } = handler.options
    this.collector = batch && new BatchCollector(batch)
  }

  get name(): string {
    return `${this.topic}-${this.partition}`
  }

  /** Aborts when nobody wants the results any more. */
  get signal(): AbortSignal {
    return this.#abandon.signal
  }

  get logger(): ClientLogger | undefined {
    return this.handler.logger
  }

  readKey(record: ConsumerRecord): unknown {
    return this.handler.reader.readKey(record)
  }

  /** Bytes fetched and not read. */
  get unreadBytes(): number {
    return this.#unreadBytes
  }

  /** Whether enough is fetched. */
  get isStocked(): boolean {
    return this.#batches.length >= batchesMax
  }

  /** Whether there may be a record to read. */
  get hasUnread(): boolean {
    return this.#peeked !== undefined || this.#batches.length > 0
  }

  /** Offsets that are not done, up to the end of the log as of the last fetch; undefined before. */
  get lag(): number | undefined {
    return this.tracker && this.highWatermark >= 0
      ? Math.max(0, this.highWatermark - this.tracker.position)
      : undefined
  }

  /** Timestamp of the oldest record in hand that is not done, in ms since the epoch; undefined without one. */
  get oldestTimestamp(): number | undefined {
    const timestamp = (this.tracker?.oldest as Delivery | RecordSpan | undefined)?.record.timestamp
    return timestamp === undefined || timestamp < 0 ? undefined : timestamp
  }

  /** Whether a batch follows what came before: not after the client had to start elsewhere. */
  follows(batch: ConsumerBatch): boolean {
    return this.#expected < 0 || batch.firstOffset >= this.#expected
  }

  /** Takes in a fetched batch. */
  accept(batch: ConsumerBatch): void {
    this.tracker ??= this.#begin(batch.firstOffset)
    this.#expected = batch.endOffset
    this.highWatermark = batch.highWatermark
    this.#unreadBytes += batch.sizeBytes
    this.#batches.push(batch)
  }

  /** What was done before is believed where consuming goes on exactly there: elsewhere the offsets may be those of other records. */
  #begin(offset: number): CompletionTracker {
    this.startOffset = offset
    const ranges = this.#restored?.offset === offset ? this.#restored.ranges : []
    return new CompletionTracker(offset, ranges, this.#metadataMaxChars)
  }

  /** The next record, which stays; undefined when no more is fetched. Throws CorruptRecordError. */
  peek(): ConsumerRecord | undefined {
    if (this.#peeked) return this.#peeked
    for (let batch = this.#batches.first; batch !== undefined; batch = this.#batches.first) {
      this.#peeked = batch.next()
      if (this.#peeked) return this.#peeked
      this.tracker!.passed(batch.endOffset)
      this.isDirty = true
      this.#batches.shift()
      this.#unreadBytes -= batch.sizeBytes
    }
    return undefined
  }

  /** The record that {@link peek} found is taken. */
  takePeeked(): void {
    this.#takenEpoch = this.#peeked!.leaderEpoch
    this.#peeked = undefined
  }

  /** Leader epoch to commit with the position, −1 if unknown: lets the broker notice a log that was cut. */
  get commitEpoch(): number {
    const oldest = this.tracker?.oldest as Delivery | undefined
    return oldest?.record?.leaderEpoch ?? this.#takenEpoch
  }

  divide(span: RecordSpan, deliveries: readonly Delivery[]): void {
    if (!this.isGone) this.tracker!.divide(span, deliveries)
  }

  /** The lane of a key. */
  laneOf(key: string): Lane {
    const known = this.lanes.get(key)
    if (known) return known
    const lane = new Lane(key)
    this.lanes.set(key, lane)
    return lane
  }

  /** Nothing of it counts any more. */
  abandon(reason: Error): void {
    this.isGone = true
    this.isClosing = true
    this.#abandon.abort(reason)
    for (let batch = this.#batches.shift(); batch !== undefined; batch = this.#batches.shift());
    this.#peeked = undefined
    this.#unreadBytes = 0
  }
}
