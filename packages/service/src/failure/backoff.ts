// How long to wait before another attempt. Pure: randomness comes in by argument.
import { ConfigError } from '@millrace/client'
import type { Random } from '@millrace/runtime'

/** The wait in ms after so many failures in a row, from 1 on. */
export type Backoff = (failures: number, random: Random) => number

/** How waits grow. */
export interface ExponentialOptions {
  /** The first wait, in ms. Default 100. */
  readonly initialMs?: number
  /** The longest wait, in ms. Default 30,000. */
  readonly maxMs?: number
  /** How many times as long each wait is as the one before. Default 2. */
  readonly factor?: number
  /**
   * `full`: anything from 0 to the wait, so that those who failed together do not come again together. `none`: the wait itself. Default `full`.
   */
  readonly jitter?: 'full' | 'none'
}

const optionNames: readonly string[] = ['initialMs', 'maxMs', 'factor', 'jitter']

/** Waits that double, up to a limit, with full jitter. Throws ConfigError. */
export function exponential(options: ExponentialOptions = {}): Backoff {
  const { initialMs = 100, maxMs = 30_000, factor = 2, jitter = 'full' } = options
  const unknown = Object.keys(options).find(name => !optionNames.includes(name))
  if (unknown !== undefined)
    throw new ConfigError(`exponential: there is no option "${unknown}"; there are ${optionNames.join(', ')}`)
  checkMs('exponential: initialMs', initialMs)
  checkMs('exponential: maxMs', maxMs)
  if (!(factor >= 1)) throw new ConfigError(`exponential: factor is ${factor}; write 1 or more`)
  if (jitter !== 'full' && jitter !== 'none')
    throw new ConfigError(`exponential: jitter is "${String(jitter)}"; it is full or none`)
  return (failures, random) => {
    const waitMs = Math.min(maxMs, initialMs * factor ** Math.max(0, failures - 1))
    return jitter === 'none' ? waitMs : random.float() * waitMs
  }
}

/** The same wait each time. Throws ConfigError. */
export function fixed(delayMs: number): Backoff {
  checkMs('fixed: delayMs', delayMs)
  return () => delayMs
}

function checkMs(what: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0))
    throw new ConfigError(`${what} is ${value}; write milliseconds from 0 on`)
}
