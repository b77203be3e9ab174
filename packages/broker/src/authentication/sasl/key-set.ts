// The public keys that sign tokens (JWKS, RFC 7517): read from where they are published, kept, and read again when they are old or one is missing.
import type { JsonWebKey, KeyObject } from 'node:crypto'
import type { Clock } from '@millrace/runtime'
import type { Logger } from '../../logger.ts'
import { fits, type Jwt, JwtError } from './jwt.ts'

export interface KeySetOptions {
  readonly url: string
  /** Gets the document. Rejects with a message that can be logged. */
  readonly load: (url: string, signal: AbortSignal) => Promise<string>
  readonly clock: Clock
  readonly logger: Logger
  readonly refreshMs: number
  /** Waits after failures, and between attempts to find a key that is missing: any token can name one. */
  readonly backoffMs: number
  readonly backoffMaxMs: number
}

interface PublicKey {
  readonly keyId: string | undefined
  readonly key: KeyObject
}

export class KeySet {
  readonly #options: KeySetOptions
  #keys: readonly PublicKey[] = []
  /** Monotonic; no earlier load is begun before. */
  #loadableAtMs = 0
  #staleAtMs = 0
  #attempts = 0
  #loading: Promise<void> | undefined
  readonly #closed = new AbortController()

  constructor(options: KeySetOptions) {
    this.#options = options
  }

  /** The keys that can have signed a token, mostly one. Throws JwtError when there is none. */
  async keysFor(token: Jwt): Promise<readonly KeyObject[]> {
    const { clock } = this.#options
    if (clock.monotonic() >= this.#staleAtMs) await this.#load()
    let found = this.#find(token)
    if (found.length === 0) {
      // A key that is new where tokens are issued is not known here yet.
      await this.#load()
      found = this.#find(token)
    }
    if (found.length === 0) throw new JwtError('the token is signed with a key that is not known')
    return found
  }

  /** Reads the keys. Rejects with a message that can be logged. */
  async read(): Promise<void> {
    const { url, load, clock, refreshMs } = this.#options
    this.#keys = keysOf(await load(url, this.#closed.signal))
    this.#staleAtMs = clock.monotonic() + refreshMs
  }

  /** Begins to read the keys before the first token comes. */
  readAhead(): void {
    void this.#load()
  }

  /** Ends what is under way. */
  close(): void {
    this.#closed.abort()
  }

  #find({ keyId, algorithm }: Jwt): KeyObject[] {
    return this.#keys
      .filter(({ keyId: own, key }) => fits(key, algorithm) && (keyId === undefined || own === keyId))
      .map(({ key }) => key)
  }

  #load(): Promise<void> {
    if (this.#loading) return this.#loading
    if (this.#options.clock.monotonic() < this.#loadableAtMs) return Promise.resolve()
    this.#loading = this.#loaded().finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  /** Failures are logged, and leave the keys that are there. */
  async #loaded(): Promise<void> {
    const { clock, logger, backoffMs, backoffMaxMs } = this.#options
    try {
      await this.read()
      this.#attempts = 0
    } catch (error) {
      if (this.#closed.signal.aborted) return
      logger.log('warn', 'jwks.load_failed', {
        error: error instanceof Error ? error.message : String(error),
      })
    }
    const waitMs = Math.min(backoffMs * 2 ** Math.min(this.#attempts++, 20), backoffMaxMs)
    this.#loadableAtMs = clock.monotonic() + waitMs
  }
}

/** Keys of kinds that nobody signs tokens with are passed over. Throws for what is no set of keys. */
function keysOf(text: string): PublicKey[] {
  const { keys } = JSON.parse(text) as { keys?: unknown }
  if (!Array.isArray(keys)) throw new Error('the JWKS has no list "keys"')
  return keys.flatMap((jwk: JsonWebKey & { readonly kid?: unknown; readonly use?: unknown }) => {
    if (jwk.use !== undefined && jwk.use !== 'sig') return []
    const key = publicKey(jwk)
    return key ? [{ keyId: typeof jwk.kid === 'string' ? jwk.kid : undefined, key }] : []
  })
}

function publicKey(jwk: JsonWebKey): KeyObject | undefined {
  try {
    return process.getBuiltinModule('node:crypto').createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}
