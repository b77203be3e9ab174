// Names of options: one that there is not is refused, with the nearest that there is.
import { ConfigError } from '@millrace/client'
import { nearestName } from '@millrace/runtime'

/** Throws ConfigError for an option that there is not. */
export function checkOptions(place: string, given: object, names: readonly string[]): void {
  if (typeof given !== 'object' || given === null)
    throw new ConfigError(`${place}: the options are no object`)
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue
    const near = nearestName(name, names)
    throw new ConfigError(
      `${place}: there is no option "${name}"; ${near ? `did you mean "${near}"?` : `there are ${names.join(', ')}`}`,
    )
  }
}

/** Throws ConfigError for what is no whole number from `min` on. */
export function checkWhole(place: string, value: number, min: number): void {
  if (!(Number.isSafeInteger(value) && value >= min))
    throw new ConfigError(`${place} is ${String(value)}; write a whole number from ${min} on`)
}
