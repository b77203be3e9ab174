// When a token is renewed: as Kafka's ExpiringCredentialRefreshingLogin decides it. Pure.

/** When a token is renewed, counted from when it was given until it ends. */
export interface RefreshOptions {
  /** Share of its time after which it is renewed (`sasl.login.refresh.window.factor`). Default 0.8. */
  readonly windowFactor?: number
  /** By how large a share that varies, so that many clients do not come at once (`sasl.login.refresh.window.jitter`). Default 0.05. */
  readonly windowJitter?: number
  /** Shortest time between two renewals, in ms (`sasl.login.refresh.min.period.seconds`). Default 60,000. */
  readonly minPeriodMs?: number
  /** Time before its end at which it is renewed in any case, in ms (`sasl.login.refresh.buffer.seconds`). Default 300,000. */
  readonly bufferMs?: number
}

/** A token's time, on the wall clock. */
export interface TokenTime {
  readonly issuedAtMs: number
  readonly expiresAtMs: number
}

/**
 * When a token that came at `nowMs` is renewed. Period and buffer are left out of account where the token does not live as long as both
 * together. `chance`: from 0 to 1.
 */
export function refreshAtMs(
  { issuedAtMs, expiresAtMs }: TokenTime,
  nowMs: number,
  { windowFactor = 0.8, windowJitter = 0.05, minPeriodMs = 60_000, bufferMs = 300_000 }: RefreshOptions,
  chance: number,
): number {
  const share = windowFactor + windowJitter * chance
  if (nowMs + minPeriodMs + bufferMs > expiresAtMs) return nowMs + (expiresAtMs - nowMs) * share
  const proposed = issuedAtMs + (expiresAtMs - issuedAtMs) * share
  return Math.max(nowMs + minPeriodMs, Math.min(proposed, expiresAtMs - bufferMs))
}
