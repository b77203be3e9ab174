// Whether attributes of clients match the regular expressions of resources, without one being able to keep the broker busy.
import type { BrokerCore } from '../core.ts'
import { clientMetricsLimits } from '../limits.ts'
import { PatternError, wholeMatches } from '../node-pattern.ts'

const plainPattern = /^[\w\- /:@]*$/

export class PatternMatcher {
  readonly #core: Pick<BrokerCore, 'burstFilter'>

  constructor(core: Pick<BrokerCore, 'burstFilter'>) {
    this.#core = core
  }

  /** Whether all of the text matches. No for a pattern that takes too long, which the log says. */
  matches(pattern: string, text: string): boolean {
    if (plainPattern.test(pattern)) return pattern === text
    try {
      return wholeMatches(pattern, [text], clientMetricsLimits.patternTimeoutMs)[0]!
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      const fields = () => ({ error: error.message })
      this.#core.burstFilter.log('warn', 'client_metrics.pattern_failed', { pattern }, fields)
      return false
    }
  }
}
