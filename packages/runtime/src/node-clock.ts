// The real clock of a Node process.
import type { Clock, Timer } from './clock.ts'

const delayMaxMs = 2 ** 31 - 1

export const nodeClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(delayMs, run, options): Timer {
    const handle = setTimeout(run, Math.min(Math.max(delayMs, 0), delayMaxMs))
    if (options?.unref) handle.unref()
    return { cancel: () => clearTimeout(handle) }
  },
  defer: run => {
    setImmediate(run)
  },
}
