// The storage alone: appends, commits, reads, deletions and restarts under every fault of the disk, against a list in memory.
import { SimWorld } from '../../sim/index.ts'
import type { RunFigures, Suite, SuiteOptions } from '../suite.ts'
import { Violation } from '../violation.ts'
import { drawLogScenario } from './log-scenario.ts'
import { LogWorkload } from './log-workload.ts'

export const logSuite: Suite = { name: 'log', run: simulateLog }

async function simulateLog({ seed, trace, mutation }: SuiteOptions): Promise<RunFigures> {
  const world = new SimWorld({ seed, trace })
  const workload = new LogWorkload(world, drawLogScenario(seed), mutation)
  await world.scheduler.settle(workload.run(), { eventsMax: 2_000_000 })
  const uncaught = world.uncaught[0]
  if (uncaught)
    throw new Violation('no process dies of an exception', uncaught.message, { cause: uncaught.cause })
  return { ...workload.figures, events: world.scheduler.eventCount }
}
