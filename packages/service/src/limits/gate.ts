// What stands before a handler and may keep records waiting: what a circuit breaker, a rate limiter and a bulkhead have in common.

/** What is about to be handled. */
export interface Admission {
  /** Records in it. */
  readonly records: number
  /** Bytes of their keys and values. */
  readonly bytes: number
  /** The key, as text that is the same for the same key; undefined for records without one. */
  readonly key: string | undefined
}

/** How it went. `void`: nothing came of it that says anything of what stands behind the gate. */
export type Passage = 'succeeded' | 'failed' | 'void'

/** A condition for handling anything. The same gate may stand before several handlers, and in several services of a process. */
export interface Gate {
  /**
   * 0: it may pass, and counts as inside until {@link leave}. Otherwise when to ask again, on the monotonic clock; Infinity: when it tells.
   */
  enter(admission: Admission, now: number): number
  /** What had entered, at `enteredAt` on the monotonic clock, is out. */
  leave(passage: Passage, now: number, enteredAt: number): void
  /** Has `listener` called when who waits may ask again, until the function that is returned is called. */
  onChange(listener: () => void): () => void
}

/** Those who wait for a gate. */
export class GateListeners {
  readonly #listeners = new Set<() => void>()

  add(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** Passes all gates or none: 0, or when to ask again. */
export function enterAll(gates: readonly Gate[], admission: Admission, now: number): number {
  for (let at = 0; at < gates.length; at++) {
    const wait = gates[at]!.enter(admission, now)
    if (wait === 0) continue
    for (let inside = at - 1; inside >= 0; inside--) gates[inside]!.leave('void', now, now)
    return wait
  }
  return 0
}

export function leaveAll(gates: readonly Gate[], passage: Passage, now: number, enteredAt: number): void {
  for (const gate of gates) gate.leave(passage, now, enteredAt)
}
