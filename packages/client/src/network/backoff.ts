// Exponential backoff with jitter, as KIP-580 asks: 20 % either way, so that clients do not come back in step.
import type { Random } from '@millrace/runtime'

const jitter = 0.2

/** Milliseconds to wait before attempt `attempt + 1`, where `attempt` counts failures from 0. */
export function backoffMs(attempt: number, initialMs: number, maxMs: number, random: Random): number {
  const base = Math.min(maxMs, initialMs * 2 ** Math.min(attempt, 30))
  return base * (1 - jitter + 2 * jitter * random.float())
}
