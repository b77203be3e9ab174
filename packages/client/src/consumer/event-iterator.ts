// Event style: records, ends of partitions and errors in one stream, which only a fatal error ends.
import { CorruptRecordError, DeserializationError } from '../errors/index.ts'
import type { AnyTopic } from '../topic/topic.ts'
import type { ConsumerEvent, ErrorEvent } from './consumer-event.ts'
import type { Handout, Item } from './handout.ts'
import { done, ItemIterator } from './item-iterator.ts'
import type { Notices } from './notices.ts'
import type { PartitionState } from './partition-state.ts'
import type { RecordSource } from './record.ts'
import type { RecordOf } from './record-of.ts'
import type { SourceOf } from './record-sources.ts'

/** How long to wait for an event. */
export interface EventPollOptions {
  /** In ms. Default: until there is one, or the consumer is closed. */
  readonly timeoutMs?: number
  /** Ends the wait: it throws the signal's reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

export class EventIterator<T extends AnyTopic> extends ItemIterator<ConsumerEvent<T>> {
  readonly #sourceOf: SourceOf<unknown, unknown>
  readonly #notices: Notices
  #source: RecordSource<unknown, unknown> | undefined
  #isOver = false

  constructor(
    handout: Handout,
    sourceOf: SourceOf<unknown, unknown>,
    notices: Notices,
    signal: AbortSignal | undefined,
  ) {
    super(handout, signal)
    this.#sourceOf = sourceOf
    this.#notices = notices
  }

  override next(): Promise<IteratorResult<ConsumerEvent<T>, undefined>> {
    const { handout, item, waiting } = this
    handout.notePoll()
    if (waiting) return this.nextInTurn(waiting)
    if (this.#isOver) return Promise.resolve(done)
    this.#notices.open(this)
    if (item) handout.processed(item, item.chunk.nextOffset)
    return this.nextItem()
  }

  /** The same for one event, with limits of its own: undefined when the time is over or the consumer was closed. */
  async poll(timeoutMs: number, signal: AbortSignal | undefined): Promise<ConsumerEvent<T> | undefined> {
    this.deadline = this.handout.now() + timeoutMs
    this.signal = signal
    return (await this.next()).value
  }

  /** Whether a call waits for an event. */
  get isWaiting(): boolean {
    return this.waiting !== undefined
  }

  /** What is in hand comes again. */
  rewind(): void {
    this.dropItem()
  }

  override return(): Promise<IteratorResult<ConsumerEvent<T>, undefined>> {
    this.#notices.close(this)
    return super.return()
  }

  protected override news(): IteratorResult<ConsumerEvent<T>, undefined> | undefined {
    const { handout } = this
    const notice = this.#notices.take()
    if (notice) return { done: false, value: notice }
    const trouble = handout.takeTrouble()
    if (trouble) return { done: false, value: errorEvent(trouble.error, trouble.state) }
    const { end } = handout
    if (end === undefined || handout.closed) return undefined
    this.#isOver = true
    this.#notices.close(this)
    return { done: false, value: { type: 'error', error: end, severity: 'fatal' } }
  }

  /** What comes of handing out: damage, or a commit that had to come first and failed. */
  protected override failed(error: unknown, state: PartitionState): ErrorEvent {
    // Damage would come again at once, and for ever: a seek makes the partition go on. What a serde refuses is tried again after a while.
    if (error instanceof CorruptRecordError) this.handout.hold(state)
    else if (!(error instanceof DeserializationError)) return errorEvent(error as Error)
    return errorEvent(error, state)
  }

  protected override advance({ chunk, state }: Item): number | undefined {
    this.#source = this.#sourceOf(state)
    return chunk.next() ? chunk.nextOffset : undefined
  }

  protected override present({ chunk }: Item): ConsumerEvent<T> {
    return { type: 'record', record: chunk.record(this.#source!) as RecordOf<T> }
  }
}

function errorEvent(error: Error, state?: PartitionState): ErrorEvent {
  if (!state) return { type: 'error', error, severity: 'informational' }
  const { topic, partition } = state
  return { type: 'error', error, severity: 'partition', topic, partition }
}
