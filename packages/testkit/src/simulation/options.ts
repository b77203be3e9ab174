// The command line of the simulator.
import { parseArgs } from 'node:util'

export interface SimulateOptions {
  readonly seeds: number
  readonly start: number
  readonly stride: number
  readonly suites: readonly string[]
  readonly workers: number
  readonly trace: boolean
  readonly mutation: string | undefined
  /** Each worker stops at its first failure. */
  readonly failFast: boolean
  /** Every so many seeds, one is run twice and the hashes compared; 0 never. */
  readonly repeatEvery: number
}

const everySuite = ['log', 'compaction', 'broker']

export const usage = `npm run simulate -- [options]
  --seeds N        how many seeds to run (default 500)
  --start S        the first seed (default 1)
  --seed S         this seed only
  --suite NAME     log, compaction, broker or all (default all); may be given twice
  --workers N      processes (default 2)
  --trace          print every event (with --seed)
  --repeat N       run every Nth seed twice and compare the two runs (default 25, 0 never)
  --fail-fast      stop at the first failure
  --mutation NAME  run with a deliberate defect (suite.ts, planted-bugs.ts), to see that it is found`

/** Throws with a readable message when the arguments make no sense. */
export function parseOptions(parameters: readonly string[]): SimulateOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      seeds: { type: 'string', default: '500' },
      start: { type: 'string', default: '1' },
      seed: { type: 'string' },
      stride: { type: 'string', default: '1' },
      suite: { type: 'string', multiple: true },
      workers: { type: 'string', default: '2' },
      trace: { type: 'boolean', default: false },
      repeat: { type: 'string', default: '25' },
      mutation: { type: 'string' },
      'fail-fast': { type: 'boolean', default: false },
    },
  })
  const one = values.seed !== undefined
  const chosen = values.suite?.flatMap(name => (name === 'all' ? everySuite : [name])) ?? everySuite
  return {
    seeds: one ? 1 : whole('seeds', values.seeds),
    start: one ? whole('seed', values.seed!) : whole('start', values.start),
    stride: whole('stride', values.stride),
    suites: chosen,
    workers: one ? 1 : Math.max(1, whole('workers', values.workers)),
    trace: values.trace,
    mutation: values.mutation,
    failFast: values['fail-fast'],
    repeatEvery: whole('repeat', values.repeat),
  }
}

function whole(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} wants a whole number, not "${text}"`)
  return Number(text)
}
