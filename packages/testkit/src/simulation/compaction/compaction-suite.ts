// Compaction under appends, transactions, retention and every fault of the disk: the last committed record of each key is kept.
import { SimWorld } from '../../sim/index.ts'
import type { RunFigures, Suite, SuiteOptions } from '../suite.ts'
import { Violation } from '../violation.ts'
import { drawCompactionScenario } from './compaction-scenario.ts'
import { CompactionWorkload } from './compaction-workload.ts'

export const compactionSuite: Suite = { name: 'compaction', run: simulateCompaction }

async function simulateCompaction({ seed, trace, mutation }: SuiteOptions): Promise<RunFigures> {
  const world = new SimWorld({ seed, trace })
  const workload = new CompactionWorkload(world, drawCompactionScenario(seed), mutation)
  await world.scheduler.settle(workload.run(), { eventsMax: 2_000_000 })
  const uncaught = world.uncaught[0]
  if (uncaught)
    throw new Violation('no process dies of an exception', uncaught.message, { cause: uncaught.cause })
  return { ...workload.figures, events: world.scheduler.eventCount }
}
