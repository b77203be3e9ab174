// The time of day, for spans that are told of when they are over, and time to measure with.

/** Milliseconds since the epoch. */
export function nowMs(): number {
  return Date.now()
}

/** Milliseconds from an arbitrary start, fractional. */
export function monotonicMs(): number {
  return performance.now()
}
