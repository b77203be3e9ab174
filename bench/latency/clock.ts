// The clock of the latency bench: the system's monotonic one, the same in every thread.

/** Milliseconds, finer than a microsecond, from some moment in the past. */
export function now(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}
