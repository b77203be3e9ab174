// The loops users write over a consumer: `for await` over records and over batches.
import { ConsumerBatch } from './batch.ts'
import type { Handout, Item } from './handout.ts'
import type { PartitionState } from './partition-state.ts'
import { ConsumerRecord, type RecordSource } from './record.ts'

export type SourceOf<K, V> = (state: PartitionState) => RecordSource<K, V>

const done = { done: true, value: undefined } as const

/**
 * What both kinds of loop share: asking for the next item says that the one before is processed. `break` and `throw` look the same
 * from here (`return`), so that both leave the item in hand unprocessed: it is the first one of the next loop.
 */
abstract class ItemIterator<T> implements AsyncIterableIterator<T> {
  protected readonly handout: Handout
  protected item: Item | undefined
  protected readonly signal: AbortSignal | undefined
  /** The call of `next` that waits for an item. */
  protected waiting: Promise<IteratorResult<T, undefined>> | undefined
  /** Times that the loop was left. */
  #exits = 0

  constructor(handout: Handout, signal: AbortSignal | undefined) {
    this.handout = handout
    this.signal = signal
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  abstract next(): Promise<IteratorResult<T, undefined>>

  /** A loop that is left, by `break` or an error: what is in hand comes again, and calls of `next` that still wait take nothing. */
  return(): Promise<IteratorResult<T, undefined>> {
    this.#exits++
    this.dropItem()
    if (this.waiting) this.handout.wake()
    return Promise.resolve(done)
  }

  /** `next` while a call before it waits, as generators have it: behind that one. */
  protected nextInTurn(before: Promise<IteratorResult<T, undefined>>): Promise<IteratorResult<T, undefined>> {
    const exits = this.#exits
    const go = () => (exits === this.#exits ? this.next() : done)
    return before.then(go, go)
  }

  /** Makes something of a fresh item; undefined when it has nothing to show. */
  protected abstract open(item: Item): T | undefined

  protected dropItem(): void {
    if (this.item) this.handout.release(this.item)
    this.item = undefined
  }

  /** Takes items until one has something to show, waiting for them as long as it takes. */
  protected nextItem(): Promise<IteratorResult<T, undefined>> {
    const waiting = this.#findItem()
    this.waiting = waiting
    const end = () => {
      if (this.waiting === waiting) this.waiting = undefined
    }
    waiting.then(end, end)
    return waiting
  }

  async #findItem(): Promise<IteratorResult<T, undefined>> {
    const { handout } = this
    const exits = this.#exits
    for (;;) {
      if (exits !== this.#exits) return done
      this.signal?.throwIfAborted()
      const item = handout.take()
      if (item) {
        this.item = item
        let value: T | undefined
        try {
          value = this.open(item)
        } catch (error) {
          this.dropItem()
          throw error
        }
        if (value !== undefined) return { done: false, value }
        handout.delivered(item, item.chunk.endOffset)
        handout.processed(item, item.chunk.endOffset)
        this.dropItem()
      } else if (handout.closed) {
        return done
      } else {
        await handout.wait(undefined, this.signal)
      }
    }
  }
}

export class BatchIterator<K, V> extends ItemIterator<ConsumerBatch<K, V>> {
  readonly #sourceOf: SourceOf<K, V>

  constructor(handout: Handout, sourceOf: SourceOf<K, V>, signal: AbortSignal | undefined) {
    super(handout, signal)
    this.#sourceOf = sourceOf
  }

  override next(): Promise<IteratorResult<ConsumerBatch<K, V>, undefined>> {
    this.handout.notePoll()
    const { item, waiting } = this
    if (waiting) return this.nextInTurn(waiting)
    if (item) {
      this.handout.processed(item, item.chunk.endOffset)
      this.dropItem()
    }
    return this.nextItem()
  }

  protected override open(item: Item): ConsumerBatch<K, V> {
    this.handout.delivered(item, item.chunk.endOffset)
    return new ConsumerBatch(item.chunk, this.#sourceOf(item.state), item.state)
  }
}

export class RecordIterator<K, V> extends ItemIterator<ConsumerRecord<K, V>> {
  readonly #sourceOf: SourceOf<K, V>
  #source: RecordSource<K, V> | undefined

  constructor(handout: Handout, sourceOf: SourceOf<K, V>, signal: AbortSignal | undefined) {
    super(handout, signal)
    this.#sourceOf = sourceOf
  }

  /** Runs for every record: no `await` while records are there, and one settled promise each, which is what `for await` costs anyway. */
  override next(): Promise<IteratorResult<ConsumerRecord<K, V>, undefined>> {
    const { handout, item, waiting } = this
    handout.notePoll()
    if (waiting) return this.nextInTurn(waiting)
    if (item) {
      const { chunk } = item
      handout.processed(item, chunk.nextOffset)
      if (handout.mayGoOn(item) && this.signal?.aborted !== true) {
        let more: boolean
        try {
          more = chunk.next()
        } catch (error) {
          this.dropItem()
          return Promise.reject(error as Error)
        }
        handout.delivered(item, chunk.nextOffset)
        if (more) return Promise.resolve({ done: false, value: new ConsumerRecord(this.#source!, chunk) })
        handout.processed(item, chunk.endOffset)
      }
      this.dropItem()
    }
    return this.nextItem()
  }

  protected override open(item: Item): ConsumerRecord<K, V> | undefined {
    const { chunk } = item
    if (!chunk.next()) return undefined
    this.handout.delivered(item, chunk.nextOffset)
    this.#source = this.#sourceOf(item.state)
    return new ConsumerRecord(this.#source, chunk)
  }
}
