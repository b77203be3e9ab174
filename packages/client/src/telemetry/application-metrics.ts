// Metrics of the application's own, which go to brokers with those of the client (KIP-1076).
import { callable, type Check, entry, oneOf, optional, settings, text } from '../config/arguments.ts'
import { warnOf } from '../events/tell.ts'
import type { Metered } from './measures.ts'
import type { MeterPart } from './meter.ts'

/** A number that the application knows, asked for whenever the client pushes. */
export interface ApplicationMetric {
  /** With dots, as brokers subscribe to it by what it begins with: `com.example.orders.waiting`. */
  readonly name: string
  /** `gauge`: a value of the moment. `sum`: what only rises; brokers get what came since the last push, if they want that. */
  readonly kind: 'gauge' | 'sum'
  /** Called for each push. What it throws becomes a warning of the process, and the metric is left out; so is what is no number. */
  readonly value: () => number
  /** What tells it from others of the same name. Default: nothing. */
  readonly attributes?: Readonly<Record<string, string>>
}

const checkMetric: Check = entry({
  name: text,
  kind: oneOf(['gauge', 'sum']),
  value: callable,
  attributes: optional(settings),
})

/** What an application has registered, one metric for each name with its attributes. */
export class ApplicationMetrics implements MeterPart {
  readonly #metrics = new Map<string, ApplicationMetric>()

  /** Takes the place of one of the same name and attributes. */
  add(metric: ApplicationMetric): void {
    this.#metrics.set(keyOf(metric), metric)
  }

  /** Forgets it, if it is the one that is registered. */
  delete(metric: ApplicationMetric): void {
    if (this.#metrics.get(keyOf(metric)) === metric) this.#metrics.delete(keyOf(metric))
  }

  listen(): () => void {
    return () => {}
  }

  measures(): Metered[] {
    return [...this.#metrics.values()].flatMap(({ name, kind, value: read, attributes = {} }) => {
      const value = valueOf(read)
      return Number.isFinite(value) ? [{ name, kind, value, attributes }] : []
    })
  }

  clear(): void {}
}

/** Throws StateError for what is no metric. `place`: the method that it was given to. */
export function checkApplicationMetric(place: string, metric: unknown): void {
  checkMetric(`${place}: metric`, metric)
}

function keyOf({ name, attributes = {} }: ApplicationMetric): string {
  return JSON.stringify([name, Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))])
}

function valueOf(read: () => number): number {
  try {
    return Number(read())
  } catch (failure) {
    warnOf(failure)
    return Number.NaN
  }
}
