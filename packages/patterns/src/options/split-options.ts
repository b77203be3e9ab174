// Options of a pattern: those of all clients on one side, its own on the other, and names that there are not refused.
import { type ClusterOptions, ConfigError, isClusterOption } from '@millrace/client'
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

/** The part of options that all clients take. Throws ConfigError for names that are neither those nor of `own`. */
export function clusterOptionsOf(
  place: string,
  given: ClusterOptions,
  own: readonly string[],
): ClusterOptions {
  if (typeof given !== 'object' || given === null)
    throw new ConfigError(`${place}: the options are no object`)
  const cluster: Record<string, unknown> = {}
  const rest: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (isClusterOption(name) && !own.includes(name)) cluster[name] = value
    else rest[name] = value
  }
  checkFields(place, rest, own)
  return cluster as unknown as ClusterOptions
}

/** Throws ConfigError for what is no number from `min` on, and, unless `isWhole` is false, no whole one. Undefined is left to defaults. */
export function checkNumber(place: string, value: number | undefined, min: number, isWhole = true): void {
  if (value === undefined) return
  if (typeof value === 'number' && value >= min && (!isWhole || Number.isInteger(value))) return
  throw new ConfigError(
    `${place} is ${String(value)}; write a ${isWhole ? 'whole ' : ''}number from ${min} on`,
  )
}

/** Throws ConfigError for what is none of the values. Undefined is left to defaults. */
export function checkOneOf(place: string, value: string | undefined, values: readonly string[]): void {
  if (value === undefined || values.includes(value)) return
  throw new ConfigError(`${place} is "${value}"; it is ${values.join(' or ')}`)
}

/** Throws ConfigError for options of a client that a pattern sees to itself, and for those that are the same for all its clients. */
export function refuseOwn(place: string, given: object | undefined, own: readonly string[]): void {
  for (const name of Object.keys(given ?? {})) {
    if (own.includes(name)) throw new ConfigError(`${place}.${name} is set here; leave it out`)
    if (isClusterOption(name))
      throw new ConfigError(`${place}.${name} is the same for all clients: write it beside the other options`)
  }
}
