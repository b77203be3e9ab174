// Stops handling while what a handler needs is down: records wait, and none fails for it. Pure: the time comes in by argument.
//
//   closed ──enough failures──→ open ──openMs──→ half-open ──probes succeed──→ closed
//                                 ↑                  │
//                                 └── a probe fails ─┘
import { ConfigError } from '@millrace/client'
import { type Admission, type Gate, GateListeners, type Passage } from './gate.ts'

/** Where a breaker stands: handlers are called; they are not; some are, to see how it goes. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** When a breaker opens, and how it closes again. */
export interface CircuitBreakerOptions {
  /** What it is called in metrics and events. */
  readonly name: string
  /** Failures in a row that open it. Default 5; `Infinity` leaves it to `failureRate`. */
  readonly failures?: number
  /** Share of failures among the last `window` attempts that opens it, from 0 to 1. Default: only failures in a row do. */
  readonly failureRate?: number
  /** Attempts that `failureRate` is about; fewer open nothing. Default 20. */
  readonly window?: number
  /** How long it is open before it is tried again, in ms. Default 10,000. */
  readonly openMs?: number
  /** Attempts that are let through half-open, all of which must succeed. Default 1. */
  readonly probes?: number
}

const names: readonly string[] = ['name', 'failures', 'failureRate', 'window', 'openMs', 'probes']

/** A circuit breaker: see {@link circuitBreaker}. */
export class CircuitBreaker implements Gate {
  /** What it is called. */
  readonly name: string
  readonly #options: Required<Omit<CircuitBreakerOptions, 'name'>>
  readonly #waiting = new GateListeners()
  readonly #observers = new Set<(state: BreakerState, breaker: CircuitBreaker) => void>()
  #state: BreakerState = 'closed'
  #openUntil = 0
  #inRow = 0
  /** The last attempts, 1 for a failure. */
  #recent: number[] = []
  #probing = 0
  #probed = 0
  /** When it came to where it stands. */
  #changedAt = Number.NEGATIVE_INFINITY

  /** @internal Use {@link circuitBreaker}, which checks. */
  constructor(options: CircuitBreakerOptions) {
    this.name = options.name
    const { failures = 5, failureRate = Number.POSITIVE_INFINITY, window = 20, openMs = 10_000 } = options
    this.#options = { failures, failureRate, window, openMs, probes: options.probes ?? 1 }
  }

  /** Where it stands. Half-open from the first attempt after `openMs` on. */
  get state(): BreakerState {
    return this.#state
  }

  /** Has `observer` called with each new state, until the function that is returned is called. */
  observe(observer: (state: BreakerState, breaker: CircuitBreaker) => void): () => void {
    this.#observers.add(observer)
    return () => this.#observers.delete(observer)
  }

  /** Lets a handler in, or says when to ask again: {@link Gate}. */
  enter(_admission: Admission, now: number): number {
    if (this.#state === 'open') {
      if (now < this.#openUntil) return this.#openUntil
      this.#become('half-open', now)
    }
    if (this.#state === 'half-open') {
      if (this.#probing + this.#probed >= this.#options.probes) return Number.POSITIVE_INFINITY
      this.#probing++
    }
    return 0
  }

  /** Takes a handler out: {@link Gate}. */
  leave(passage: Passage, now: number, enteredAt: number): void {
    // What entered before the last change says nothing of now: a late failure must not open it again, nor a late success close it.
    if (enteredAt < this.#changedAt) return
    if (this.#state === 'half-open') this.#endProbe(passage, now)
    else if (this.#state === 'closed' && passage !== 'void') this.#count(passage === 'failed', now)
  }

  #endProbe(passage: Passage, now: number): void {
    this.#probing--
    if (passage === 'failed') return this.#open(now)
    if (passage === 'succeeded' && ++this.#probed >= this.#options.probes) this.#become('closed', now)
    // Another one may go, or all may.
    this.#waiting.tell()
  }

  #count(failed: boolean, now: number): void {
    const { failures, failureRate, window } = this.#options
    this.#inRow = failed ? this.#inRow + 1 : 0
    if (failureRate <= 1) {
      this.#recent.push(failed ? 1 : 0)
      if (this.#recent.length > window) this.#recent.shift()
    } else if (!failed) return
    const share =
      this.#recent.length < window ? 0 : this.#recent.reduce((sum, one) => sum + one, 0) / this.#recent.length
    if (this.#inRow >= failures || (failureRate <= 1 && share >= failureRate)) this.#open(now)
  }

  #open(now: number): void {
    this.#openUntil = now + this.#options.openMs
    this.#become('open', now)
    this.#waiting.tell()
  }

  #become(state: BreakerState, now: number): void {
    this.#state = state
    this.#changedAt = now
    this.#inRow = 0
    this.#recent = []
    this.#probing = 0
    this.#probed = 0
    for (const observer of this.#observers) observer(state, this)
  }

  /** Has `listener` called when who waits may ask again, until the function that is returned is called. */
  onChange(listener: () => void): () => void {
    return this.#waiting.add(listener)
  }
}

/**
 * Makes a circuit breaker. Give the same one to several handlers that need the same thing. While it is open their partitions are paused; what failed
 * meanwhile waits for another attempt, which is not counted. Throws ConfigError.
 *
 * @example
 * const payments = circuitBreaker({ name: 'payments', failures: 5, openMs: 30_000 })
 * service.handle(orders, { 'order.created': pay }, { breaker: payments })
 */
export function circuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  const unknown = Object.keys(options).find(name => !names.includes(name))
  if (unknown !== undefined)
    throw new ConfigError(`circuitBreaker: there is no option "${unknown}"; there are ${names.join(', ')}`)
  if (typeof options.name !== 'string' || options.name === '')
    throw new ConfigError('circuitBreaker: name is missing: metrics and events call it by that')
  const { failures = 5, failureRate = 1, window = 20, openMs = 10_000, probes = 1 } = options
  const from1 = (value: number) =>
    value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && value > 0)
  for (const [name, value] of Object.entries({ failures, window, probes })) {
    if (!from1(value))
      throw new ConfigError(`circuitBreaker: ${name} is ${value}; write a whole number from 1 on`)
  }
  if (!(failureRate > 0 && failureRate <= 1))
    throw new ConfigError(`circuitBreaker: failureRate is ${failureRate}; write more than 0, and 1 at most`)
  if (!(openMs >= 0)) throw new ConfigError(`circuitBreaker: openMs is ${openMs}; write milliseconds`)
  return new CircuitBreaker(options)
}
