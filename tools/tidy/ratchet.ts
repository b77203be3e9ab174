// What is worse than the house wants it, counted: it may get better only, and the count follows.
import { readFileSync } from 'node:fs'

interface Ratchet {
  /** Lines of each function that is too long. */
  readonly functionLines: Readonly<Record<string, number>>
  /** Files of each workspace that import each other in circles, types included. */
  readonly filesInCircles: Readonly<Record<string, number>>
}

export const ratchetPath = 'tools/tidy/ratchet.json'

export const ratchet = JSON.parse(readFileSync(new URL('ratchet.json', import.meta.url), 'utf8')) as Ratchet
