// So many records or bytes a second, with bursts, for all or for each key: token buckets. Pure: the time comes in by argument.
import { ConfigError } from '@millrace/client'
import { type Admission, type Gate, GateListeners, type Passage } from './gate.ts'

/** How much may be handled. Give `recordsPerSecond`, `bytesPerSecond` or both. */
export interface RateLimiterOptions {
  /** Records a second. Default: any number. */
  readonly recordsPerSecond?: number
  /** Bytes of keys and values a second. Default: any number. */
  readonly bytesPerSecond?: number
  /** How many seconds' worth may go at once after a quiet time. Default 1. */
  readonly burstSeconds?: number
  /** Whether each key has limits of its own; records without one share theirs. Default false. */
  readonly perKey?: boolean
}

const names: readonly string[] = ['recordsPerSecond', 'bytesPerSecond', 'burstSeconds', 'perKey']
/** Keys whose buckets are kept; a full bucket says nothing, so that forgetting the longest unused is harmless, or nearly. */
const keysMax = 10_000

/** What is left of a second's worth. */
interface Bucket {
  records: number
  bytes: number
  at: number
}

/** A rate limiter: see {@link rateLimiter}. */
export class RateLimiter implements Gate {
  readonly #perMs: { readonly records: number; readonly bytes: number }
  readonly #max: { readonly records: number; readonly bytes: number }
  readonly #perKey: boolean
  readonly #buckets = new Map<string | undefined, Bucket>()
  readonly #waiting = new GateListeners()

  /** @internal Use {@link rateLimiter}, which checks. */
  constructor(options: RateLimiterOptions) {
    const infinite = Number.POSITIVE_INFINITY
    const { recordsPerSecond = infinite, bytesPerSecond = infinite, burstSeconds = 1 } = options
    this.#perMs = { records: recordsPerSecond / 1_000, bytes: bytesPerSecond / 1_000 }
    this.#max = {
      records: Math.max(1, recordsPerSecond * burstSeconds),
      bytes: Math.max(1, bytesPerSecond * burstSeconds),
    }
    this.#perKey = options.perKey === true
  }

  /** Lets a handler in, or says when to ask again: {@link Gate}. */
  enter({ records, bytes, key }: Admission, now: number): number {
    const bucket = this.#bucketOf(this.#perKey ? key : undefined, now)
    const waitMs = Math.max(
      shortageMs(records, bucket.records, this.#max.records, this.#perMs.records),
      shortageMs(bytes, bucket.bytes, this.#max.bytes, this.#perMs.bytes),
    )
    // A part of a token that is missing by rounding is no wait.
    if (waitMs > 1e-6) return now + Math.max(waitMs, 1)
    bucket.records -= records
    bucket.bytes -= bytes
    return 0
  }

  /** Nothing: what has passed has passed. */
  leave(_passage: Passage, _now: number, _enteredAt: number): void {}

  /** Has `listener` called when who waits may ask again, until the function that is returned is called. */
  onChange(listener: () => void): () => void {
    return this.#waiting.add(listener)
  }

  #bucketOf(key: string | undefined, now: number): Bucket {
    const known = this.#buckets.get(key)
    if (known) {
      const passedMs = Math.max(0, now - known.at)
      known.records = Math.min(this.#max.records, known.records + passedMs * this.#perMs.records)
      known.bytes = Math.min(this.#max.bytes, known.bytes + passedMs * this.#perMs.bytes)
      known.at = now
      if (this.#perKey) {
        this.#buckets.delete(key)
        this.#buckets.set(key, known)
      }
      return known
    }
    if (this.#buckets.size >= keysMax) this.#buckets.delete(this.#buckets.keys().next().value)
    const bucket = { ...this.#max, at: now }
    this.#buckets.set(key, bucket)
    return bucket
  }
}

/** How long until there is enough. More than a bucket holds goes when it is full, and is paid for afterwards. */
function shortageMs(wanted: number, there: number, max: number, perMs: number): number {
  return perMs === Number.POSITIVE_INFINITY ? 0 : (Math.min(wanted, max) - there) / perMs
}

/**
 * Makes a rate limiter. Give the same one to several handlers that share a limit. Throws ConfigError.
 *
 * @example
 * const partner = rateLimiter({ recordsPerSecond: 50, burstSeconds: 2 })
 * service.handle(orders, { 'order.created': announce }, { rateLimit: partner })
 */
export function rateLimiter(options: RateLimiterOptions): RateLimiter {
  const unknown = Object.keys(options).find(name => !names.includes(name))
  if (unknown !== undefined)
    throw new ConfigError(`rateLimiter: there is no option "${unknown}"; there are ${names.join(', ')}`)
  const { recordsPerSecond, bytesPerSecond, burstSeconds } = options
  if (recordsPerSecond === undefined && bytesPerSecond === undefined)
    throw new ConfigError('rateLimiter: give recordsPerSecond, bytesPerSecond or both')
  for (const [name, value] of Object.entries({ recordsPerSecond, bytesPerSecond, burstSeconds })) {
    if (value !== undefined && !(Number.isFinite(value) && value > 0))
      throw new ConfigError(`rateLimiter: ${name} is ${value}; write a number above 0`)
  }
  return new RateLimiter(options)
}
