// `for await` over the records of a share group.
import type { ShareCore } from './share-core.ts'
import type { ShareItem } from './share-handout.ts'
import type { ShareRecord } from './share-record.ts'

const done = { done: true, value: undefined } as const

/** `break` and `throw` look the same from here (`return`): the record in hand is released, and delivered again. */
export class ShareIterator<K, V> implements AsyncIterableIterator<ShareRecord<K, V>> {
  readonly #core: ShareCore<K, V>
  readonly #signal: AbortSignal | undefined
  #item: ShareItem<K, V> | undefined
  /** The call of `next` before, which later ones wait for, as generators have it. */
  #before: Promise<unknown> = Promise.resolve()
  #isLeft = false

  constructor(core: ShareCore<K, V>, signal: AbortSignal | undefined) {
    this.#core = core
    this.#signal = signal
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<ShareRecord<K, V>, undefined>> {
    const result = this.#before.then(() => this.#next())
    this.#before = result.catch(() => {})
    return result
  }

  return(): Promise<IteratorResult<ShareRecord<K, V>, undefined>> {
    this.#isLeft = true
    if (this.#item && !this.#core.options.explicit) this.#core.say(this.#item, 'release')
    this.#item = undefined
    return Promise.resolve(done)
  }

  async #next(): Promise<IteratorResult<ShareRecord<K, V>, undefined>> {
    if (this.#isLeft) return done
    if (this.#item && !this.#core.options.explicit) this.#core.say(this.#item, 'accept')
    this.#item = undefined
    this.#signal?.throwIfAborted()
    const item = await this.#core.next(this.#signal)
    if (!item) return done
    // Left while it waited: nobody will say anything of it.
    if (this.#isLeft) {
      this.#core.say(item, 'release')
      return done
    }
    this.#item = item
    return { done: false, value: item.record }
  }
}
