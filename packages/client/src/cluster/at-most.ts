// A bound on a wait whose outcome is welcome but not needed.
import type { Clock } from '@millrace/runtime'

/**
 * Waits for `work`, at most `timeoutMs`, or `Infinity`. Returns whether it came to its end; rejects as it does. `unref`: the wait alone does not keep a process from ending.
 */
export async function atMost(
  clock: Clock,
  timeoutMs: number,
  work: Promise<unknown>,
  options: { readonly unref?: boolean } = {},
): Promise<boolean> {
  if (timeoutMs === Number.POSITIVE_INFINITY) {
    await work
    return true
  }
  let timeUp = () => {}
  const over = new Promise<false>(resolve => {
    timeUp = () => resolve(false)
  })
  const timer = clock.setTimer(timeoutMs, timeUp, options)
  try {
    return await Promise.race([work.then(() => true as const), over])
  } finally {
    timer.cancel()
  }
}
