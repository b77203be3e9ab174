// Standard output as an outlet: pino's own destination, which writes at once.
import { pino } from 'pino'
import type { Outlet } from './outlet.ts'

export function standardOutput(): Outlet {
  const destination = pino.destination({ dest: 1, sync: true })
  return {
    write: line => {
      destination.write(line)
    },
    flushSync: () => destination.flushSync(),
    async close() {
      destination.flushSync()
    },
  }
}

/** Says something of the log itself, where no logger hears it: a logger that logs about its own lines would never end. */
export function tellStandardError(message: string): void {
  process.stderr.write(`${message}\n`)
}
