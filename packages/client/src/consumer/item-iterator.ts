// What all loops over a consumer share: taking items, waiting for them, and what asking for the next and leaving the loop mean.
import type { Handout, Item } from './handout.ts'
import type { PartitionState } from './partition-state.ts'

export const done = { done: true, value: undefined } as const

/**
 * Asking for the next thing says that the one before is processed. `break` and `throw` look the same from here (`return`), so that both
 * leave the item in hand unprocessed: it is the first one of the next loop.
 */
export abstract class ItemIterator<T> implements AsyncIterableIterator<T> {
  protected readonly handout: Handout
  protected item: Item | undefined
  protected signal: AbortSignal | undefined
  /** The call of `next` that waits for an item. */
  protected waiting: Promise<IteratorResult<T, undefined>> | undefined
  /** When to stop waiting, on the monotonic clock. */
  protected deadline = Number.POSITIVE_INFINITY
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

  /** Moves to what is next of an item: the offset behind it, or undefined at the item's end. Throws CorruptRecordError. */
  protected abstract advance(item: Item): number | undefined

  /** What {@link advance} came to. */
  protected abstract present(item: Item): T

  /** What goes before the next item, if anything does. */
  protected news(): IteratorResult<T, undefined> | undefined {
    return undefined
  }

  /** What a loop is told of an error: by default it throws it. `state`: the partition that it is about. */
  protected failed(error: unknown, _state: PartitionState): T {
    throw error
  }

  protected dropItem(): void {
    if (this.item) this.handout.release(this.item)
    this.item = undefined
  }

  /**
   * Goes on with the item in hand, or takes others until one has something to show, and waits for them as long as it takes. `advanced`: the
   * item stands on something already, which ends at this offset and must be committed before it goes out.
   */
  protected nextItem(advanced?: number): Promise<IteratorResult<T, undefined>> {
    const waiting = this.#find(advanced)
    this.waiting = waiting
    const end = () => {
      if (this.waiting === waiting) this.waiting = undefined
    }
    waiting.then(end, end)
    return waiting
  }

  async #find(advanced: number | undefined): Promise<IteratorResult<T, undefined>> {
    const { handout } = this
    const exits = this.#exits
    let end = advanced
    // Asked before each item, too: what a loop does with batches may take long without anything to wait for.
    if (end === undefined && handout.share.isUsedUp) await handout.share.pause()
    for (;;) {
      if (exits !== this.#exits) return done
      if (end === undefined) this.#throwIfAborted()
      const news = end === undefined ? this.news() : undefined
      if (news) return news
      const item = this.item ?? handout.take()
      if (item) {
        this.item = item
        try {
          end ??= this.#advance(item)
          if (end === undefined) continue
          const mayGo = !handout.mustCommit(item, end) || (await this.#commit(item, end))
          if (mayGo && exits === this.#exits) {
            handout.delivered(item, end)
            return { done: false, value: this.present(item) }
          }
        } catch (error) {
          if (exits === this.#exits) this.dropItem()
          return { done: false, value: this.failed(error, item.state) }
        }
        end = undefined
      } else if (handout.closed || handout.now() >= this.deadline) {
        return done
      } else {
        const leftMs = this.deadline - handout.now()
        await handout.wait(Number.isFinite(leftMs) ? leftMs : undefined, this.signal)
      }
    }
  }

  #throwIfAborted(): void {
    if (!this.signal?.aborted) return
    this.dropItem()
    throw this.signal.reason
  }

  /** What is next of the item; when there is nothing, the item is done with. */
  #advance(item: Item): number | undefined {
    const { handout } = this
    const mayGoOn = handout.mayGoOn(item)
    const end = mayGoOn ? this.advance(item) : undefined
    if (end !== undefined) return end
    if (mayGoOn) {
      handout.delivered(item, item.chunk.endOffset)
      handout.processed(item, item.chunk.endOffset)
    }
    this.dropItem()
    return undefined
  }

  /** At most once: commits what comes next before it goes out. Returns whether it still may; otherwise the item is not in hand any more. */
  async #commit(item: Item, end: number): Promise<boolean> {
    const exits = this.#exits
    const mayGo = (await this.handout.commitAhead(item, end)) && this.handout.mayGoOn(item)
    if (!mayGo && exits === this.#exits) this.dropItem()
    return mayGo
  }
}
