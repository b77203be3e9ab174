// Runs the benches: `npm run bench -- [suite …] [--rounds N] [--smoke] [--save]`. Without names: all.
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { addTable, saveTables } from './harness/save-tables.ts'
import { benchDir } from './harness/sides.ts'
import { brokerSuite } from './suites/broker.ts'
import { clientLatencySuite } from './suites/client-latency.ts'
import { clientsSuite } from './suites/clients/clients.ts'
import { compactionSuite } from './suites/compaction.ts'
import { costsSuite } from './suites/costs.ts'
import { connectionsSuite, growthSuite } from './suites/growth.ts'
import { latencySuite } from './suites/latency.ts'
import { offsetsSuite } from './suites/offsets.ts'
import { serviceSuite } from './suites/service.ts'
import { startupSuite } from './suites/startup.ts'
import { tlsSuite } from './suites/tls.ts'
import { transactionsSuite } from './suites/transactions.ts'

const suites = [
  startupSuite,
  brokerSuite,
  clientsSuite,
  clientLatencySuite,
  serviceSuite,
  latencySuite,
  transactionsSuite,
  tlsSuite,
  costsSuite,
  compactionSuite,
  offsetsSuite,
  growthSuite,
  connectionsSuite,
]

const listed = suites.map(suite => `  ${suite.name.padEnd(14)} ${suite.question}`).join('\n')
const help = `Usage: npm run bench -- [suite ...] [options]

Measures Millrace and its peers in turn, and prints a table for each question.

Suites (all without names):
${listed}

Options:
  --rounds N  how often each side is measured; the median counts (default 3)
  --smoke     as short as can be: shows that everything runs, measures nothing
  --only TEXT only tables whose title has TEXT, such as "consume 1 KiB on Apache" (clients)
  --save      keep the tables in bench/results
  --list      only name the suites
  -h, --help  this text`

function refuse(reason: string): never {
  console.error(`${reason}\nSee npm run bench -- --help`)
  process.exit(2)
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: 'string' },
        only: { type: 'string' },
        smoke: { type: 'boolean', default: false },
        save: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    return refuse((error as Error).message)
  }
}

const { values, positionals } = readArguments()
if (values.list || values.help) {
  console.log(values.help ? help : listed)
  process.exit(0)
}
const unknown = positionals.filter(name => !suites.some(suite => suite.name === name))
if (unknown.length > 0) {
  refuse(`no suite ${unknown.join(', ')}; there are ${suites.map(suite => suite.name).join(', ')}`)
}
const rounds = Number(values.rounds ?? (values.smoke ? 1 : 3))
if (!Number.isInteger(rounds) || rounds < 1) refuse(`--rounds ${values.rounds}: not a whole number from 1`)
// Everything that runs here keeps its scratch files below this folder, which a clean clone does not have.
mkdirSync(benchDir, { recursive: true })
const chosen = suites.filter(suite => positionals.length === 0 || positionals.includes(suite.name))
const { only } = values
const whole = chosen.find(suite => only !== undefined && suite.parts !== true)
if (whole) refuse(`--only: ${whole.name} is measured whole`)
// Results that are kept stand beside the benches; others go where everything temporary goes.
const directory = values.save ? new URL('results', import.meta.url).pathname : `${benchDir}/results`
let missed = 0
for (const suite of chosen) {
  console.log(`\n=== ${suite.name}: ${suite.question}`)
  const tables = await suite.run({
    rounds,
    smoke: values.smoke,
    wanted: title => only === undefined || title.includes(only),
    keep: table => addTable(directory, suite.name, table),
  })
  if (tables.length === 0) refuse(`--only ${only}: no table of ${suite.name} has it in its title`)
  missed += tables.flatMap(table => table.verdicts).filter(text => text.startsWith('MISSED')).length
  if (suite.parts !== true) saveTables(directory, suite.name, tables)
}
// A target that is missed is news, not a failure: the machine decides too. What does not run is a failure, by exception.
console.log(
  `\n${chosen.length} suites ran, ${values.smoke ? 'too short to be held against anything' : `${missed} targets missed`}`,
)
