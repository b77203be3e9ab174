// Lets the event loop turn in between two parts of a long computation.
import { setImmediate } from 'node:timers/promises'

export const turn = (): Promise<void> => setImmediate()
