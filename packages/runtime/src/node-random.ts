// The system's random source.
import { randomBytes } from 'node:crypto'
import type { Random } from './random.ts'

export const nodeRandom: Random = {
  float: () => Math.random(),
  bytes: length => randomBytes(length),
}
