// A bound on a wait whose outcome is welcome but not needed.
import type { Clock } from '@millrace/runtime'

/** Waits for `work`, at most `timeoutMs`. Returns whether it came to its end; rejects as it does. */
export async function atMost(clock: Clock, timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  let timeUp = () => {}
  const over = new Promise<false>(resolve => {
    timeUp = () => resolve(false)
  })
  const timer = clock.setTimer(timeoutMs, timeUp)
  try {
    return await Promise.race([work.then(() => true as const), over])
  } finally {
    timer.cancel()
  }
}
