// Offsets and starting points as users give them: what is none is refused where it is given, not when a broker is asked.
import { show } from '../config/show.ts'
import { StateError } from '../errors/index.ts'
import type { StartingPoint } from './partition-state.ts'

/** Throws StateError. `what` says whose offset it is: "t-0". */
export function checkOffset(what: string, offset: unknown): void {
  if (Number.isSafeInteger(offset) && (offset as number) >= 0) return
  throw new StateError(`${what}: ${show(offset)} is not an offset; offsets are whole numbers from 0 on`)
}

/** An offset, or one of the named starting points, or a time. Throws StateError. */
export function checkStart(what: string, start: number | StartingPoint, named: readonly string[]): void {
  if (typeof start === 'number') return checkOffset(what, start)
  if (typeof start === 'string' && named.includes(start)) return
  const given: unknown = start
  const timestamp =
    typeof given === 'object' && given !== null && 'timestamp' in given ? given.timestamp : undefined
  if (Number.isSafeInteger(timestamp) && (timestamp as number) >= 0) return
  throw new StateError(
    `${what}: ${show(given)} is no place to start; give an offset, { timestamp } or ${named.map(name => `"${name}"`).join(', ')}`,
  )
}
