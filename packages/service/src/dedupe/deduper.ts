// Claims, marks and releases the ids of the records that a member of a group has in hand: many in one call, renewed while they are held, and tried again while the store is away.
import { type Clock, type Random, sleep, type Timer } from '@millrace/runtime'
import { exponential } from '../failure/backoff.ts'
import { Coalescer } from './coalescer.ts'
import type { ClaimAnswer, DedupeStore } from './dedupe-store.ts'

export interface DeduperOptions {
  readonly store: DedupeStore
  readonly scope: string
  readonly owner: string
  readonly ttlMs: number
  readonly leaseMs: number
  readonly clock: Clock
  readonly random: Random
  /** The store failed and is asked again. */
  readonly onRetried: (what: string, error: unknown) => void
}

/** What keeps a record from being handled now: it was handled, somebody else handles it, or the store does not answer. */
export type Refusal = 'done' | 'busy' | 'failed'

const busyBackoff = exponential({ initialMs: 50, maxMs: 1_000 })
const failedBackoff = exponential({ initialMs: 100, maxMs: 5_000 })
/** Ids in one renewal. */
const renewMax = 500
const sweepIntervalMs = 60_000
/** Between sweeps while there is something to be swept. */
const sweepOnMs = 1_000
/** How long the store has at least to mark or release ids, in ms. */
const markTimeoutMs = 5_000
/** How long closing waits for the store. */
const closeTimeoutMs = 5_000

/** An id that is ours to handle, until it is completed or released. */
export class Claim {
  readonly id: string
  readonly deduper: Deduper
  /** The handler may have marked it in a transaction of its own: what became of that, the store knows. */
  isMarked = false
  /** The attempt learns by it that another has the id now. */
  onLost: (() => void) | undefined = undefined
  /** The store has it as ours. */
  isHeld = false
  isOver = false

  constructor(id: string, deduper: Deduper) {
    this.id = id
    this.deduper = deduper
  }

  /** It was handled: resolves when the store has it, or the service has stopped. */
  complete(): Promise<void> {
    return this.deduper.complete(this)
  }

  /** It was not: others may have it. */
  release(): void {
    this.deduper.release(this)
  }
}

export class Deduper {
  readonly scope: string
  readonly owner: string
  readonly ttlMs: number
  readonly #options: DeduperOptions
  readonly #inHand = new Map<string, Claim>()
  readonly #claims: Coalescer<ClaimAnswer>
  readonly #completes: Coalescer<void>
  readonly #releases: Coalescer<void>
  /** What has to come to an end before the store may go. */
  readonly #pending = new Set<Promise<void>>()
  readonly #end = new AbortController()
  #renewal: Promise<void> = Promise.resolve()
  #renewTimer: Timer | undefined
  #sweepTimer: Timer | undefined
  #isClosing = false

  constructor(options: DeduperOptions) {
    this.#options = options
    const { store, scope, owner, ttlMs, leaseMs, clock, random } = options
    this.scope = scope
    this.owner = owner
    this.ttlMs = ttlMs
    this.#claims = new Coalescer(clock, ids => this.#claim(ids))
    const waitMs = Math.max(markTimeoutMs, leaseMs / 2)
    this.#completes = new Coalescer<void>(clock, async ids => {
      await answered(clock, waitMs, store.complete({ scope, owner, ids, ttlMs }))
      return []
    })
    this.#releases = new Coalescer<void>(clock, async ids => {
      await answered(clock, waitMs, store.release({ scope, owner, ids }))
      return []
    })
    // Not all instances at the same time.
    if (store.sweep) this.#sweepAfter(random.float() * sweepIntervalMs)
  }

  /** Claims an id, or says why not. Never rejects. */
  async claim(id: string): Promise<Claim | Refusal> {
    // The same id twice in hand, or a record whose partition went and came back while its handler ran.
    if (this.#isClosing || this.#inHand.has(id)) return 'busy'
    const claim = new Claim(id, this)
    this.#inHand.set(id, claim)
    const answer = await this.#ask(id)
    if (answer === 'claimed') {
      claim.isHeld = true
      this.#armRenewal()
      return claim
    }
    this.#drop(claim)
    return answer
  }

  /** An answer that comes too late is of claims that may have run out again. */
  #claim(ids: readonly string[]): Promise<readonly ClaimAnswer[]> {
    const { store, clock, leaseMs } = this.#options
    return answered(clock, leaseMs / 2, store.claim({ scope: this.scope, owner: this.owner, ids, leaseMs }))
  }

  async #ask(id: string): Promise<ClaimAnswer | 'failed'> {
    try {
      return await this.#claims.ask(id)
    } catch (error) {
      this.#options.onRetried('claiming ids in the dedupe store', error)
      return 'failed'
    }
  }

  /** What the store says of an id that is ours. Never rejects. */
  look(claim: Claim): Promise<ClaimAnswer | 'failed'> {
    return this.#ask(claim.id)
  }

  /** How long to wait after so many refusals in a row, in ms. */
  waitMs(refusal: Refusal, times: number): number {
    const { random, leaseMs } = this.#options
    if (refusal === 'failed') return failedBackoff(times, random)
    return Math.min(leaseMs, 10 + busyBackoff(times, random))
  }

  /** See {@link Claim.complete}. */
  complete(claim: Claim): Promise<void> {
    if (claim.isOver) return Promise.resolve()
    claim.isOver = true
    return this.#track(this.#complete(claim))
  }

  async #complete(claim: Claim): Promise<void> {
    const { clock, random, onRetried } = this.#options
    const { signal } = this.#end
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.#completes.ask(claim.id)
        break
      } catch (error) {
        onRetried('marking ids in the dedupe store', error)
        await sleep(clock, failedBackoff(++failures, random), signal).catch(() => {})
      }
    }
    this.#drop(claim)
  }

  /** See {@link Claim.release}. */
  release(claim: Claim): void {
    if (claim.isOver) return
    claim.isOver = true
    void this.#track(this.#release(claim))
  }

  async #release(claim: Claim): Promise<void> {
    // One that is renewed behind its release would be nobody's, and kept from all.
    await this.#renewal
    try {
      if (!this.#end.signal.aborted) await this.#releases.ask(claim.id)
    } catch (error) {
      // It runs out by itself.
      this.#options.onRetried('releasing ids in the dedupe store', error)
    }
    this.#drop(claim)
  }

  async #track(ending: Promise<void>): Promise<void> {
    this.#pending.add(ending)
    await ending
    this.#pending.delete(ending)
  }

  #drop(claim: Claim): void {
    claim.isOver = true
    if (this.#inHand.get(claim.id) === claim) this.#inHand.delete(claim.id)
  }

  #armRenewal(): void {
    if (this.#renewTimer || this.#isClosing || this.#inHand.size === 0) return
    const { clock, leaseMs } = this.#options
    this.#renewTimer = clock.setTimer(leaseMs / 3, () => {
      this.#renewal = this.#renew().finally(() => {
        this.#renewTimer = undefined
        this.#armRenewal()
      })
    })
  }

  async #renew(): Promise<void> {
    const { onRetried } = this.#options
    const held = [...this.#inHand.values()].filter(({ isHeld }) => isHeld)
    for (let from = 0; from < held.length; from += renewMax) {
      const part = held.slice(from, from + renewMax).filter(({ isOver }) => !isOver)
      if (part.length === 0) continue
      try {
        const answers = await this.#claim(part.map(({ id }) => id))
        for (const [index, claim] of part.entries()) {
          if (answers[index] !== 'busy' || claim.isOver) continue
          this.#drop(claim)
          claim.onLost?.()
        }
      } catch (error) {
        onRetried('renewing claims in the dedupe store', error)
      }
    }
  }

  #sweepAfter(delayMs: number): void {
    const { clock } = this.#options
    this.#sweepTimer = clock.setTimer(delayMs, () => void this.#track(this.#sweep()), { unref: true })
  }

  async #sweep(): Promise<void> {
    const { store, onRetried } = this.#options
    let swept = 0
    try {
      swept = await store.sweep!()
    } catch (error) {
      onRetried('sweeping the dedupe store', error)
    }
    if (!this.#isClosing) this.#sweepAfter(swept > 0 ? sweepOnMs : sweepIntervalMs)
  }

  /** Asks for nothing more, and waits for what is under way, a few seconds at most. Claims of handlers that still run run out by themselves. */
  async close(): Promise<void> {
    this.#isClosing = true
    this.#renewTimer?.cancel()
    this.#sweepTimer?.cancel()
    const timer = new AbortController()
    const ended = Promise.all([this.#renewal, this.#claims.idle(), ...this.#pending])
    await Promise.race([ended, sleep(this.#options.clock, closeTimeoutMs, timer.signal).catch(() => {})])
    timer.abort()
    this.#end.abort()
  }
}

/** What a store answers, if it does so in time: one that hangs is one that failed. */
async function answered<T>(clock: Clock, timeoutMs: number, call: Promise<T>): Promise<T> {
  let timer: Timer | undefined
  const late = new Promise<never>((_, reject) => {
    const error = () => new Error(`the dedupe store has not answered within ${timeoutMs} ms`)
    timer = clock.setTimer(timeoutMs, () => reject(error()))
  })
  try {
    return await Promise.race([call, late])
  } finally {
    timer?.cancel()
  }
}
