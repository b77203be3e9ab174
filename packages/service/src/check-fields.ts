// Names of options: one that there is not is refused, with the nearest that there is.
import { ConfigError } from '@millrace/client'
import { nearestName } from '@millrace/runtime'

/** Throws ConfigError for a field that there is not, with the nearest one that there is. */
export function checkFields(place: string, given: object, names: readonly string[]): void {
  if (typeof given !== 'object' || given === null) throw new ConfigError(`${place} is no object`)
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue
    const near = nearestName(name, names)
    throw new ConfigError(
      `${place}: there is no option "${name}"; ${near ? `did you mean "${near}"?` : `there are ${names.join(', ')}`}`,
    )
  }
}
