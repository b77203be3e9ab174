// Every suite by name.
import { brokerSuite } from './broker/broker-suite.ts'
import { compactionSuite } from './compaction/compaction-suite.ts'
import { logSuite } from './log/log-suite.ts'
import type { Suite } from './suite.ts'

const suites: readonly Suite[] = [logSuite, compactionSuite, brokerSuite]

/** Throws with the names there are when there is no such suite. */
export function suiteByName(name: string): Suite {
  const suite = suites.find(one => one.name === name)
  if (!suite) throw new Error(`no suite "${name}"; there are ${suites.map(one => one.name).join(', ')}`)
  return suite
}
