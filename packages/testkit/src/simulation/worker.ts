// One worker process of the simulator: runs its share of the seeds and writes one JSON line for each.
import { parseOptions } from './options.ts'
import { runSeed, type SeedResult } from './run-seed.ts'
import { plantedBugs } from './planted-bugs.ts'
import { type Mutation, mutations, type Suite } from './suite.ts'
import { suiteByName } from './suites.ts'

const options = parseOptions(process.argv.slice(2))
const suites = options.suites.map(suiteByName)
const known = [...mutations, ...plantedBugs.map(bug => bug.name)]
const mutation = known.find(name => name === options.mutation)
if (options.mutation !== undefined && !mutation) {
  throw new Error(`no mutation "${options.mutation}"; there are ${known.join(', ')}`)
}
plantedBugs.find(bug => bug.name === mutation)?.plant()

// Printed when the run is over: writing to a pipe is an event of the real world, which has no place in a run.
const traced: string[] = []
const runOptions = {
  ...(mutation ? { mutation } : {}),
  ...(options.trace ? { print: (line: string) => void traced.push(line) } : {}),
}

// Whatever is loaded or compiled on first use must not fall into a run that counts.
for (const suite of suites) await runSeed(suite, 0, mutationOnly(mutation))

let failed = false
for (let index = 0; index < options.seeds && !(failed && options.failFast); index++) {
  const seed = options.start + index * options.stride
  for (const suite of suites) {
    console.log(JSON.stringify({ begin: suite.name, seed }))
    const first = await runSeed(suite, seed, runOptions)
    for (const line of traced.splice(0)) console.log(line)
    const repeat = options.repeatEvery > 0 && index % options.repeatEvery === 0 && !first.failure
    const result = repeat ? await compareWithRepetition(suite, first) : first
    console.log(JSON.stringify(result))
    failed ||= result.failure !== undefined
  }
}

function mutationOnly(name: Mutation | undefined): { readonly mutation?: Mutation } {
  return name ? { mutation: name } : {}
}

async function compareWithRepetition(suite: Suite, first: SeedResult): Promise<SeedResult> {
  const second = await runSeed(suite, first.seed, mutationOnly(mutation))
  if (second.hash === first.hash && !second.failure) return first
  const message = `the first run has trace hash ${first.hash}, the second ${second.hash}`
  const failure = second.failure ?? { check: 'same seed, same run', message, stack: message, lastEvents: [] }
  return { ...first, failure }
}
