// Decodes acquired records before they are handed out, where a serde has to wait or poisoned records are to be dealt with.
import type { Clock, Random } from '@millrace/runtime'
import { decodedAtOnceMax, decodeRecords } from '../consumer/decode-records.ts'
import { type PoisonPolicy, poisonOf } from '../consumer/poison.ts'
import { DeserializationError } from '../errors/index.ts'
import { backoffMs } from '../network/backoff.ts'
import type { ReadableParts } from '../serde/part.ts'
import type { ShareItem } from './share-handout.ts'

export interface ShareDecoderOptions<K, V> {
  readonly clock: Clock
  readonly random: Random
  readonly policy: PoisonPolicy
  /** How long a serde may take for a record, in ms. */
  readonly timeoutMs: number
  readonly retryBackoffMs: number
  readonly retryBackoffMaxMs: number
  /** Records are ready, in their order; those with a `trouble` are to be thrown instead. */
  readonly onReady: (items: readonly ShareItem<K, V>[]) => void
  /** A poisoned record was seen to: nobody needs it again. */
  readonly onPassedOver: (item: ShareItem<K, V>, error: DeserializationError) => void
  /** Something that the user must hear, and after which the same records are tried again. */
  readonly onError: (error: Error) => void
  /** Nothing is left to decode. */
  readonly onIdle: () => void
}

/** What became of one attempt at a record. */
type Attempt = 'ready' | 'passed over' | { readonly failure: Error }

export class ShareDecoder<K, V> {
  readonly #options: ShareDecoderOptions<K, V>
  #waiting: ShareItem<K, V>[] = []
  #isBusy = false
  #closed = false
  /** Attempts in a row that came to nothing. */
  #failures = 0

  constructor(options: ShareDecoderOptions<K, V>) {
    this.#options = options
  }

  /** Whether records are on their way to the user: nothing more is to be acquired meanwhile, since locks run. */
  get isBusy(): boolean {
    return this.#isBusy
  }

  /** Records that wait to be decoded. */
  get waitingCount(): number {
    return this.#waiting.length
  }

  /** Whether there is something to do about a topic's records before they are handed out: {@link put}. */
  mustPrepare({ key, value, headers, isAsync }: ReadableParts): boolean {
    const hasSerde = key.serde !== undefined || value.serde !== undefined || headers.length > 0
    return isAsync || (this.#options.policy !== 'fail' && hasSerde)
  }

  /** Takes records, which come out by `onReady`. */
  put(items: readonly ShareItem<K, V>[]): void {
    this.#waiting.push(...items)
    if (!this.#isBusy) void this.#work()
  }

  /** Ends it; what was not decoded is free when the sessions end. */
  close(): void {
    this.#closed = true
    this.#waiting = []
  }

  async #work(): Promise<void> {
    this.#isBusy = true
    while (this.#waiting.length > 0) {
      const failed = await this.#decodeSome(this.#waiting.splice(0, decodedAtOnceMax))
      if (failed) await this.#pause()
    }
    this.#isBusy = false
    this.#options.onIdle()
  }

  /** Returns whether there is something to try again. */
  async #decodeSome(taken: readonly ShareItem<K, V>[]): Promise<boolean> {
    const { clock, timeoutMs, onReady, onError } = this.#options
    const now = clock.monotonic()
    // What was held too long may be another member's.
    const items = taken.filter(({ lockedUntil }) => lockedUntil > now)
    const errors = await decodeRecords(
      items.map(({ record }) => record),
      clock,
      timeoutMs,
    )
    const again: ShareItem<K, V>[] = []
    let failure: Error | undefined
    for (const [index, item] of items.entries()) {
      if (this.#closed) return false
      const attempt = await this.#settle(item, errors[index])
      if (attempt === 'ready') onReady([item])
      else if (attempt !== 'passed over') {
        again.push(item)
        failure ??= attempt.failure
      }
    }
    if (!failure || this.#closed) {
      this.#failures = 0
      return false
    }
    this.#waiting.unshift(...again)
    onError(failure)
    return true
  }

  async #settle(item: ShareItem<K, V>, error: Error | undefined): Promise<Attempt> {
    if (!error) return 'ready'
    const { policy, onPassedOver } = this.#options
    // What may pass by is no poison, and no reason to use up the deliveries that a broker allows: it stays with this member for as long as its lock holds.
    if (!(error instanceof DeserializationError) || error.retriable) return { failure: error }
    if (policy === 'fail') {
      item.trouble = error
      return 'ready'
    }
    try {
      if (policy !== 'skip') await policy(poisonOf(item.record, error))
    } catch (failure) {
      return { failure: failure as Error }
    }
    onPassedOver(item, error)
    return 'passed over'
  }

  #pause(): Promise<void> {
    const { clock, random, retryBackoffMs, retryBackoffMaxMs } = this.#options
    const waitMs = backoffMs(this.#failures++, retryBackoffMs, retryBackoffMaxMs, random)
    return new Promise(resolve => clock.setTimer(Math.max(1, waitMs), resolve, { unref: true }))
  }
}
