// Real time, twenty times as fast: for waits of seconds.
import { type Clock, nodeClock } from '@millrace/runtime'

const factor = 20

export const quickClock: Clock = {
  ...nodeClock,
  monotonic: () => nodeClock.monotonic() * factor,
  setTimer: (delayMs, run, options) => nodeClock.setTimer(delayMs / factor, run, options),
}
