// Refuses values that a version of a message cannot carry.
import { EncodeError } from '../bytes/errors.ts'

/** A field was given a value that matters, and the version has no such field. */
export function refuse(field: string, version: number): never {
  throw new EncodeError(
    `version ${version} has no field ${field}: leave it out, or use a version that has it`,
  )
}

/** The value of a field that may not be null in this version; `fallback` when it was left out. */
export function notNull<T>(value: T | null | undefined, fallback: T, field: string, version: number): T {
  if (value === null) throw new EncodeError(`${field} may not be null in version ${version}`)
  return value ?? fallback
}
