// Clocks that tests move: what depends on time depends on no machine then.
export { HeldClock } from './held-clock.ts'
export { ManualClock } from './manual-clock.ts'
export { StandingClock } from './standing-clock.ts'
