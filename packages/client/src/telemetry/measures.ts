// The numbers that are pushed, and how they are made: sums that only rise, values of the moment, mean and maximum of times.
import type { Attributes, Measure } from './otlp.ts'
import type { Window } from './window.ts'

/** A measure, and whether there is one for each topic or partition: that is left out where there is no room for all. */
export interface Metered extends Measure {
  readonly detail?: true
}

const none: Attributes = {}

export function sum(name: string, value: number, attributes = none): Metered {
  return { name, kind: 'sum', value, attributes }
}

export function gauge(name: string, value: number, attributes = none): Metered {
  return { name, kind: 'gauge', value, attributes }
}

/** Mean and maximum, where something was measured. */
export function times(name: string, window: Window | undefined, attributes = none): Metered[] {
  const figures = window?.figures
  if (!figures) return []
  return [gauge(`${name}.avg`, figures.avg, attributes), gauge(`${name}.max`, figures.max, attributes)]
}

export function asDetail(measure: Metered): Metered {
  return { ...measure, detail: true }
}
