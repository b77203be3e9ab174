// Runs the benches: `npm run bench -- [suite …] [--rounds N] [--smoke] [--save]`. Without names: all.
import { parseArgs } from 'node:util'
import { saveTables } from './harness/report.ts'
import { benchDir } from './harness/sides.ts'
import { brokerSuite } from './suites/broker.ts'
import { clientsSuite } from './suites/clients.ts'
import { growthSuite } from './suites/growth.ts'
import { startupSuite } from './suites/startup.ts'

const suites = [startupSuite, brokerSuite, clientsSuite, growthSuite]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
})

if (values.list) {
  for (const suite of suites) console.log(`${suite.name.padEnd(10)} ${suite.question}`)
  process.exit(0)
}
const unknown = positionals.filter(name => !suites.some(suite => suite.name === name))
if (unknown.length > 0) {
  console.error(`no suite ${unknown.join(', ')}; there are ${suites.map(suite => suite.name).join(', ')}`)
  process.exit(2)
}
const rounds = Number(values.rounds ?? (values.smoke ? 1 : 3))
const chosen = suites.filter(suite => positionals.length === 0 || positionals.includes(suite.name))
let missed = 0
for (const suite of chosen) {
  console.log(`\n=== ${suite.name}: ${suite.question}`)
  const tables = await suite.run({ rounds, smoke: values.smoke })
  missed += tables.flatMap(table => table.verdicts).filter(text => text.startsWith('MISSED')).length
  // Results that are kept stand beside the benches; others go where everything temporary goes.
  saveTables(
    values.save ? new URL('results', import.meta.url).pathname : `${benchDir}/results`,
    suite.name,
    tables,
  )
}
// A target that is missed is news, not a failure: the machine decides too. What does not run is a failure, by exception.
console.log(
  `\n${chosen.length} suites ran, ${values.smoke ? 'too short to be held against anything' : `${missed} targets missed`}`,
)
