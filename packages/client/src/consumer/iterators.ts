// The loops users write over a consumer: `for await` over records and over batches.
import { ConsumerBatch } from './batch.ts'
import type { Handout, Item } from './handout.ts'
import { ItemIterator } from './item-iterator.ts'
import type { ConsumerRecord, RecordSource } from './record.ts'
import type { SourceOf } from './record-sources.ts'

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

  protected override advance({ chunk }: Item): number {
    return chunk.endOffset
  }

  protected override present({ chunk, state }: Item): ConsumerBatch<K, V> {
    return new ConsumerBatch(chunk, this.#sourceOf(state), state)
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
    if (!item) return this.nextItem()
    const { chunk } = item
    handout.processed(item, chunk.nextOffset)
    if (handout.share.isUsedUp) return this.nextItem()
    if (handout.mayGoOn(item) && this.signal?.aborted !== true) {
      let more: boolean
      try {
        more = chunk.next()
      } catch (error) {
        this.dropItem()
        return Promise.reject(error as Error)
      }
      if (more && handout.mustCommit(item, chunk.nextOffset)) return this.nextItem(chunk.nextOffset)
      handout.delivered(item, chunk.nextOffset)
      if (more) return Promise.resolve({ done: false, value: chunk.record(this.#source!) })
      handout.processed(item, chunk.endOffset)
    }
    this.dropItem()
    return this.nextItem()
  }

  protected override advance({ chunk, state }: Item): number | undefined {
    this.#source = this.#sourceOf(state)
    return chunk.next() ? chunk.nextOffset : undefined
  }

  protected override present({ chunk }: Item): ConsumerRecord<K, V> {
    return chunk.record(this.#source!)
  }
}
