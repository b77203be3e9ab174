// A token that all connections of a client share, until it is to be renewed.
import type { Clock, Random } from '@millrace/runtime'
import { type RefreshOptions, refreshAtMs } from './token-refresh.ts'
import { abortable } from '../network/abort.ts'

/** A token as a provider gave it. */
export interface IssuedToken {
  readonly token: string
  readonly issuedAtMs: number
  /** When it ends, on the wall clock; undefined where nobody knows. */
  readonly expiresAtMs: number | undefined
}

export interface TokenCacheOptions {
  /** Gets one: tries for as long as makes sense. */
  readonly fetch: (signal: AbortSignal) => Promise<IssuedToken>
  readonly refresh: RefreshOptions
  readonly clock: Clock
  readonly random: Random
}

/** A renewal that failed is tried again after this long, as in Java; until then the token before is used. */
const retryAfterMs = 10_000

interface Held {
  readonly token: string
  readonly expiresAtMs: number
  refreshAtMs: number
}

interface Fetching {
  readonly result: Promise<IssuedToken>
  readonly abort: AbortController
  waiting: number
}

export class TokenCache {
  readonly #options: TokenCacheOptions
  #held: Held | undefined
  #fetching: Fetching | undefined

  constructor(options: TokenCacheOptions) {
    this.#options = options
  }

  /**
   * A token that is good. Throws what `fetch` throws, unless the one before still is: then `onKept` hears why, and for how many ms.
   * When nobody waits for a token any more it is given up.
   */
  async get(signal: AbortSignal, onKept: (error: Error, leftMs: number) => void): Promise<string> {
    const { clock } = this.#options
    if (this.#held && clock.now() < this.#held.refreshAtMs) return this.#held.token
    try {
      return this.#hold(await this.#fetch(signal))
    } catch (error) {
      const held = this.#held
      const leftMs = held ? held.expiresAtMs - clock.now() : 0
      if (signal.aborted || !held || leftMs <= 0) throw error
      held.refreshAtMs = Math.min(clock.now() + retryAfterMs, held.expiresAtMs)
      onKept(error as Error, leftMs)
      return held.token
    }
  }

  /** A broker refused the token: it is no use to anybody. */
  drop(token: string): void {
    if (this.#held?.token === token) this.#held = undefined
  }

  async #fetch(signal: AbortSignal): Promise<IssuedToken> {
    const fetching = (this.#fetching ??= this.#start())
    fetching.waiting++
    try {
      return await abortable(fetching.result, signal)
    } finally {
      if (--fetching.waiting === 0) {
        fetching.abort.abort()
        if (this.#fetching === fetching) this.#fetching = undefined
      }
    }
  }

  #start(): Fetching {
    const abort = new AbortController()
    const result = this.#options.fetch(abort.signal)
    return { result, abort, waiting: 0 }
  }

  #hold({ token, issuedAtMs, expiresAtMs }: IssuedToken): string {
    const { clock, random, refresh } = this.#options
    if (this.#held?.token === token) return token
    this.#held =
      expiresAtMs === undefined
        ? undefined
        : {
            token,
            expiresAtMs,
            refreshAtMs: refreshAtMs({ issuedAtMs, expiresAtMs }, clock.now(), refresh, random.float()),
          }
    return token
  }
}
