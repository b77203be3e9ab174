// The public keys that sign tokens (JWKS, RFC 7517): read from where they are published, kept, and read again when they are old or one is missing.
import type { JsonWebKey, KeyObject } from 'node:crypto'
import { type Clock, sleep } from '@millrace/runtime'
import type { Logger } from '../../logger.ts'
import { fits, type Jwt, JwtError } from './jwt.ts'

export interface KeySetOptions {
  readonly url: string
  /** Gets the document. Rejects with a message that can be logged. */
  readonly load: (url: string, signal: AbortSignal) => Promise<string>
  /** Changes when the document does, where that is seen without reading it (a file). It is asked once a second at most. */
  readonly stamp?: (url: string) => string
  readonly clock: Clock
  readonly logger: Logger
  readonly refreshMs: number
  /** Waits after failures, and between attempts to find a key that is missing, longer each time: any token can name one. */
  readonly backoffMs: number
  readonly backoffMaxMs: number
}

interface PublicKey {
  readonly keyId: string | undefined
  readonly key: KeyObject
}

const lookAgainMs = 1_000
/** How long a login whose key is known waits until keys that are old have been read again: where they come from may not answer. */
const renewalMaxMs = 1_000

export class KeySet {
  readonly #options: KeySetOptions
  #keys: readonly PublicKey[] = []
  /** Of what was read last, or was tried to be. */
  #stamp: string | undefined
  #lookedAtMs = Number.NEGATIVE_INFINITY
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
    if (this.#hasChanged()) await this.#load()
    else if (clock.monotonic() >= this.#staleAtMs) await this.#renew(this.#find(token).length > 0)
    let found = this.#find(token)
    if (found.length === 0) {
      // A key that is new where tokens are issued is not known here yet.
      await this.#load()
      found = this.#find(token)
      if (found.length > 0) this.#attempts = 0
    }
    if (found.length === 0) throw new JwtError('the token is signed with a key that is not known')
    return found
  }

  /** Reads the keys. Rejects with a message that can be logged. */
  async read(): Promise<void> {
    const { url, load, stamp, clock, refreshMs, logger } = this.#options
    // Before it is read: what changes meanwhile is read again.
    this.#stamp = stamp?.(url)
    this.#keys = keysOf(await load(url, this.#closed.signal), logger)
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

  /** Whether the document is another one than was read. True once for each that cannot be read. */
  #hasChanged(): boolean {
    const { clock, stamp, url } = this.#options
    const nowMs = clock.monotonic()
    if (!stamp || nowMs - this.#lookedAtMs < lookAgainMs) return false
    this.#lookedAtMs = nowMs
    if (stamp(url) === this.#stamp) return false
    this.#loadableAtMs = nowMs
    return true
  }

  /** Keys are old: reads them again, and waits for that, `briefly` where those of before will do. */
  async #renew(briefly: boolean): Promise<void> {
    const renewed = this.#load().then(() => {
      if (this.#options.clock.monotonic() < this.#staleAtMs) this.#attempts = 0
    })
    if (!briefly) return renewed
    const patience = new AbortController()
    await Promise.race([renewed, sleep(this.#options.clock, renewalMaxMs, patience.signal).catch(() => {})])
    patience.abort()
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

/** As JOSE libraries have it (RFC 7518, section 3.3): shorter ones can be broken. */
const rsaBitsMin = 2048

/** Keys of kinds that nobody signs tokens with are passed over. Throws for what is no set of keys, and repeats nothing of it. */
function keysOf(text: string, logger: Logger): PublicKey[] {
  const keys = listOf(text)
  if (!keys) throw new Error('the JWKS has no list "keys"')
  return keys.flatMap(jwk => {
    if (!isObject(jwk) || (jwk['use'] !== undefined && jwk['use'] !== 'sig')) return []
    const key = publicKey(jwk)
    if (!key) return []
    const keyId = typeof jwk['kid'] === 'string' ? jwk['kid'] : undefined
    const { modulusLength = rsaBitsMin } = key.asymmetricKeyDetails ?? {}
    if (modulusLength >= rsaBitsMin) return [{ keyId, key }]
    const fields = { keyId: keyId?.slice(0, shownLength) ?? null, bits: modulusLength, bitsMin: rsaBitsMin }
    logger.log('warn', 'jwks.weak_key', fields)
    return []
  })
}

const shownLength = 100

function listOf(text: string): readonly unknown[] | undefined {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    // The error of the parser would repeat a part of it: the file may be another one, with a secret.
    throw new Error('it is no JSON')
  }
  const keys = isObject(document) ? document['keys'] : undefined
  return Array.isArray(keys) ? keys : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function publicKey(jwk: JsonWebKey): KeyObject | undefined {
  try {
    return process.getBuiltinModule('node:crypto').createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}
