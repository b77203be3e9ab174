// No more than so many at a time, whoever they are: what a database or a partner's service can take. Pure.
import { ConfigError } from '@millrace/client'
import { type Admission, type Gate, GateListeners, type Passage } from './gate.ts'

/** A bulkhead: see {@link bulkhead}. */
export class Bulkhead implements Gate {
  readonly #max: number
  readonly #waiting = new GateListeners()
  #inside = 0

  /** @internal Use {@link bulkhead}, which checks. */
  constructor(max: number) {
    this.#max = max
  }

  /** How many are inside. */
  get inside(): number {
    return this.#inside
  }

  /** Lets a handler in, or says when to ask again: {@link Gate}. */
  enter(_admission: Admission, _now: number): number {
    if (this.#inside >= this.#max) return Number.POSITIVE_INFINITY
    this.#inside++
    return 0
  }

  /** Takes a handler out: {@link Gate}. */
  leave(_passage: Passage, _now: number, _enteredAt: number): void {
    this.#inside--
    this.#waiting.tell()
  }

  /** Has `listener` called when who waits may ask again, until the function that is returned is called. */
  onChange(listener: () => void): () => void {
    return this.#waiting.add(listener)
  }
}

/**
 * Makes a bulkhead for `max` handlers at a time. Give the same one to all that need the same thing. Throws ConfigError.
 *
 * @example
 * const database = bulkhead(20)
 * service.handle(orders, { 'order.created': store }, { bulkhead: database })
 */
export function bulkhead(max: number): Bulkhead {
  if (!Number.isInteger(max) || max < 1)
    throw new ConfigError(`bulkhead: max is ${max}; write a whole number from 1 on`)
  return new Bulkhead(max)
}
