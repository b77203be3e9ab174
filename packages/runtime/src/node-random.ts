// The system's random source.
import type { Random } from './random.ts'

export const nodeRandom: Random = {
  float: () => Math.random(),
  // Loaded at first use: a process that needs no random bytes starts some milliseconds earlier.
  bytes: length => process.getBuiltinModule('node:crypto').randomBytes(length),
}
