// How much memory something keeps.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** What the heap has more of after `run`, in bytes; what it returns stays alive meanwhile. */
export function keptBytes(run: () => unknown): number {
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  const kept = run()
  collectGarbage()
  const after = process.memoryUsage().heapUsed
  return kept === undefined ? after - before : Math.max(after - before, 0)
}
