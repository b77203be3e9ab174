// Lines of the log that strangers can cause at will, held to so many a second. What is left out is counted, and told when the second is over.
//
// Every event and source has a share of its own, so that one client cannot push out what is to be said of another.
import type { Clock, Timer } from '@millrace/runtime'
import { burstLinesPerEvent, burstLinesPerSource, burstSourcesMax, burstSourcesTold } from './limits.ts'
import type { LogFields, Logger, LogLevel } from './logger.ts'

/** Who causes a line: few and short fields, which the line that counts the others repeats. */
export type LineSource = Readonly<Record<string, string | boolean>>

interface Burst {
  readonly level: LogLevel
  readonly event: string
  /** Undefined for all those that are too many to be told apart. */
  readonly source: LineSource | undefined
  lines: number
  untold: number
}

const secondMs = 1_000

export class BurstFilter {
  readonly #logger: Logger
  readonly #clock: Clock
  /** Of the second that runs, by event and source. */
  readonly #bursts = new Map<string, Burst>()
  readonly #linesOfEvent = new Map<string, number>()
  /** Ends the second; there is none while nothing is to be said. */
  #timer: Timer | undefined

  constructor(logger: Logger, clock: Clock) {
    this.#logger = logger
    this.#clock = clock
  }

  /** Writes a line with the fields of its source and the others, which are made only if it is written. */
  log(level: LogLevel, event: string, source: LineSource, fields: () => LogFields): void {
    const burst = this.#burstOf(level, event, source)
    const linesOfEvent = this.#linesOfEvent.get(event) ?? 0
    if (burst.lines >= burstLinesPerSource || linesOfEvent >= burstLinesPerEvent) {
      burst.untold++
      return
    }
    burst.lines++
    this.#linesOfEvent.set(event, linesOfEvent + 1)
    this.#logger.log(level, event, { ...source, ...fields() })
  }

  /** Tells at once what was left out. */
  close(): void {
    this.#timer?.cancel()
    this.#endSecond()
  }

  #burstOf(level: LogLevel, event: string, source: LineSource): Burst {
    this.#timer ??= this.#clock.setTimer(secondMs, () => this.#endSecond(), { unref: true })
    const key = [event, ...Object.values(source)].join('\0')
    const known = this.#bursts.get(key)
    if (known) return known
    const isApart = this.#bursts.size < burstSourcesMax
    // Those that are too many share a place, under a key that no source has.
    const place = isApart ? key : `\0${event}`
    const shared = this.#bursts.get(place)
    if (shared) return shared
    const burst = { level, event, source: isApart ? source : undefined, lines: 0, untold: 0 }
    this.#bursts.set(place, burst)
    return burst
  }

  #endSecond(): void {
    this.#timer = undefined
    const cut = [...this.#bursts.values()].filter(({ untold }) => untold > 0)
    this.#bursts.clear()
    this.#linesOfEvent.clear()
    const told = cut
      .filter(({ source }) => source)
      .sort((a, b) => b.untold - a.untold)
      .slice(0, burstSourcesTold)
    for (const { level, event, source, untold } of told) this.#logger.log(level, event, { ...source, untold })
    const others = cut.filter(burst => !told.includes(burst))
    for (const [event, { level, untold }] of sumByEvent(others)) this.#logger.log(level, event, { untold })
  }
}

function sumByEvent(bursts: readonly Burst[]): Map<string, { readonly level: LogLevel; untold: number }> {
  const sums = new Map<string, { readonly level: LogLevel; untold: number }>()
  for (const { level, event, untold } of bursts) {
    const sum = sums.get(event)
    if (sum) sum.untold += untold
    else sums.set(event, { level, untold })
  }
  return sums
}
