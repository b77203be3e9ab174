// What a client has to say of itself by KIP-714: counts that statistics have anyway, and times that hooks measure between two pushes.
import type { Clock } from '@millrace/runtime'
import type { Metered } from './measures.ts'

/** What a client of some kind adds to what all have. */
export interface MeterPart {
  readonly measures: (seconds: number) => Metered[]
  /** Begins to measure times. Returns what ends it. */
  readonly listen: () => () => void
  readonly clear: () => void
}

/** What was collected, and what makes it count as told. */
export interface Collected {
  readonly measures: readonly Metered[]
  /** Since when the sums are counted, in ms since the epoch. */
  readonly startMs: number
  readonly nowMs: number
  /** The broker has it: times are measured anew, and sums of deltas begin here. */
  readonly accept: () => void
}

export class TelemetryMeter {
  readonly #parts: readonly MeterPart[]
  readonly #clock: Clock
  readonly #madeMs: number
  /** What was told last of each sum. */
  #told = new Map<string, number>()
  #toldMs: number
  #toldAt: number
  #end: (() => void) | undefined

  constructor(clock: Clock, parts: readonly MeterPart[]) {
    this.#clock = clock
    this.#parts = parts
    this.#madeMs = clock.now()
    this.#toldMs = this.#madeMs
    this.#toldAt = clock.monotonic()
  }

  /** Begins to measure times: only for who has asked, since it costs something for each request. */
  start(): void {
    if (this.#end) return
    const ends = this.#parts.map(part => part.listen())
    this.#end = () => {
      for (const end of ends) end()
    }
  }

  stop(): void {
    this.#end?.()
    this.#end = undefined
  }

  collect(prefixes: readonly string[], delta: boolean): Collected {
    const nowMs = this.#clock.now()
    const now = this.#clock.monotonic()
    const seconds = Math.max(0.001, (now - this.#toldAt) / 1000)
    const isWanted = ({ name }: Metered) => prefixes.some(prefix => prefix === '*' || name.startsWith(prefix))
    const found = this.#parts.flatMap(part => part.measures(seconds)).filter(isWanted)
    const told = new Map(this.#told)
    const measures = found.map(measure => {
      if (measure.kind === 'gauge') return measure
      const key = JSON.stringify([measure.name, measure.attributes])
      told.set(key, measure.value)
      return delta ? { ...measure, value: measure.value - (this.#told.get(key) ?? 0) } : measure
    })
    return {
      measures,
      startMs: delta ? this.#toldMs : this.#madeMs,
      nowMs,
      accept: () => {
        this.#told = told
        this.#toldMs = nowMs
        this.#toldAt = now
        for (const part of this.#parts) part.clear()
      },
    }
  }
}
