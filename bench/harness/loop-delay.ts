// How long our broker's event loop was kept from its timers, as its own metrics tell.
import { freePorts } from '../../conformance/harness/engine.ts'

export interface LoopDelay {
  readonly p99Ms: number
  readonly maxMs: number
}

/** What no broker without such an event loop can tell. */
export const noLoopDelay: LoopDelay = { p99Ms: Number.NaN, maxMs: Number.NaN }

const names = { p99Ms: 'nodejs_eventloop_lag_p99_seconds', maxMs: 'nodejs_eventloop_lag_max_seconds' }

/** The port that a broker tells it on, which has to be set: `http.listener`. */
export class LoopDelayMeter {
  readonly listener: string

  private constructor(listener: string) {
    this.listener = listener
  }

  static async create(): Promise<LoopDelayMeter> {
    const [port] = await freePorts(1)
    return new LoopDelayMeter(`127.0.0.1:${port}`)
  }

  /** Since the last look; the first one begins it. */
  async look(): Promise<LoopDelay> {
    const query = Object.values(names)
      .map(name => `name[]=${name}`)
      .join('&')
    const reply = await fetch(`http://${this.listener}/metrics?${query}`)
    const page = await reply.text()
    const valueOf = (name: string) => {
      const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(page)?.[1]
      if (value === undefined) throw new Error(`the broker's metrics lack ${name}:\n${page}`)
      return Number(value) * 1000
    }
    return { p99Ms: valueOf(names.p99Ms), maxMs: valueOf(names.maxMs) }
  }
}
