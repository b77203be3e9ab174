// Both clocks at one moment.
import type { Clock } from '@millrace/runtime'

/** `wallMs` for what users see and what is stored, `monotonicMs` for deadlines. */
export interface Instant {
  readonly wallMs: number
  readonly monotonicMs: number
}

export function instantOf(clock: Clock): Instant {
  return { wallMs: clock.now(), monotonicMs: clock.monotonic() }
}
