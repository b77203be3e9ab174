// A record in hand: what is known of it from when it is taken until it is done.
import type { ClientLogger, ConsumerRecord } from '@millrace/client'
import type { Tracked } from '../concurrency/completion-tracker.ts'
import type { Job, Lane } from '../concurrency/scheduler.ts'
import type { RecordDedupe } from '../dedupe/record-dedupe.ts'
import {
  carriesOurs,
  type FailureHistory,
  historyOf,
  type RecordOriginPlace,
} from '../failure/failure-headers.ts'
import { Attempt, type Delivered } from './context.ts'
import type { InContext } from './in-context.ts'
import type { Route } from './handlers.ts'
import type { RecordSpan } from './record-span.ts'

/** What all records of a partition have in common. */
export interface DeliverySource {
  readonly group: string
  /** The service's. */
  readonly logger: ClientLogger | undefined
  /** Throws DeserializationError. */
  readKey(record: ConsumerRecord): unknown
  /** What was one is several from now on. */
  divide(span: RecordSpan, deliveries: readonly Delivery[]): void
}

/** What the framework keeps of a record, beside its bytes. */
export const overheadBytes = 200

export class Delivery implements Tracked, Job, Delivered {
  readonly offset: number
  isDone = false
  turn = 0
  lane: Lane | undefined = undefined
  readonly bytes: number
  state: Job['state'] = 'new'
  // Undefined at first: a field that begins as a number, and is a fraction later, costs every record an object.
  dueAt: number | undefined = undefined
  readonly record: ConsumerRecord
  readonly source: DeliverySource
  /** Whether it has headers of the framework. */
  readonly isMarked: boolean
  /** What it has been through before it came here; undefined for nothing. */
  readonly history: FailureHistory | undefined
  /** Attempts since it was taken. */
  attemptsHere = 0
  /** Times that it could not be decoded because something that its serde needs was away. */
  timesUndecoded = 0
  /** In ms since the epoch; undefined while it has not failed. */
  firstFailedAt: number | undefined
  /** Whether `item` is what was decoded. */
  isOpen = false
  /** The event or value. */
  item: unknown = undefined
  /** What handles it; undefined before it is decoded. */
  route: Route | undefined = undefined
  /** The attempt under way, or the last one. */
  attempt: Attempt | undefined = undefined
  /** Its id in the dedupe store; undefined without one, and before it is decoded. */
  dedupe: RecordDedupe | undefined = undefined
  /** That of the last attempt, where hooks stand around it. */
  inContext: InContext | undefined = undefined
  /** When it passed the gates, on the monotonic clock; undefined where there are none. */
  enteredAt: number | undefined = undefined
  #origin: RecordOriginPlace | undefined
  #kept: { readonly key: unknown } | undefined

  constructor(record: ConsumerRecord, source: DeliverySource) {
    this.record = record
    this.offset = record.offset
    this.source = source
    const { headers } = record
    this.isMarked = carriesOurs(headers)
    this.history = this.isMarked ? historyOf(headers) : undefined
    this.firstFailedAt = this.history?.firstFailedAt
    this.bytes = overheadBytes + record.sizeBytes
  }

  get records(): number {
    return 1
  }

  get group(): string {
    return this.source.group
  }

  get logger(): ClientLogger | undefined {
    return this.source.logger
  }

  readKey(): unknown {
    return this.#kept ? this.#kept.key : this.source.readKey(this.record)
  }

  /** Keeps a key that was read already. */
  keepKey(key: unknown): void {
    this.#kept = { key }
  }

  get origin(): RecordOriginPlace {
    this.#origin ??= this.history?.origin ?? placeOf(this.record)
    return this.#origin
  }

  /** Attempts over all topics. */
  get attempts(): number {
    return (this.history?.attempts ?? 0) + this.attemptsHere
  }

  /** What the handler of this attempt is told; it is counted already. */
  begin(): Attempt {
    this.attempt = new Attempt(this, this.attempts)
    return this.attempt
  }

  /** Nobody wants what comes of it any more. Where it was handled and left nothing to be written, it is done with all the same; otherwise another may have it. */
  forsake(isDone: boolean): void {
    if (isDone && this.attempt?.outputs === undefined) void this.dedupe?.complete()
    else this.release()
  }

  /** Another may have it. */
  release(): void {
    this.dedupe?.release()
  }

  /** The attempt was none: what it needs is known to be down. */
  takeBack(): void {
    this.attemptsHere--
  }
}

function placeOf(record: ConsumerRecord): RecordOriginPlace {
  const { topic, partition, offset, timestamp, timestampType } = record
  return { topic, partition, offset, timestamp, timestampType }
}
