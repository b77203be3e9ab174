// Compares what our authorizer decides, and how every API key answers to it, with Apache Kafka.
//   node conformance/acls.ts [--libs FOLDER] [--write]
// 11,000 decisions on generated ACLs are put to Kafka's StandardAuthorizer; its answers stand in the broker's tests, and --write puts them there.
// Then both brokers are walked: each key in each version without ACLs, with each of those that it needs missing, and with all; ACLs with denials, hosts and
// prefixes, and what alice may do then; ACLs that cannot be; requests of several ACLs or filters, by chance.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { differingDecisions, kafkaDecisions } from './acls/decisions.ts'
import { compareCreations } from './acls/creations.ts'
import { Party } from './acls/parties.ts'
import { compareRandomRequests } from './acls/random-requests.ts'
import { compareRules } from './acls/rules.ts'
import { walk } from './acls/walk.ts'
import { ApacheKafka } from './harness/apache-kafka.ts'
import { Millrace } from './harness/millrace.ts'
import { repositoryDir } from './harness/paths.ts'
import { libsFolder } from './protocol/libs.ts'

const answersFile = join(repositoryDir, 'packages/broker/test/authorizer/decisions.txt')

const { values } = parseArgs({ options: { libs: { type: 'string' }, write: { type: 'boolean' } } })
const libs = await libsFolder(values.libs)

const answers = kafkaDecisions(libs)
if (values.write) writeFileSync(answersFile, `${answers.join('\n')}\n`)
const { count, problems } = differingDecisions(answers)
for (const problem of problems) console.error(`DRIFT ${problem}`)
console.log(`${count} decisions compared, ${problems.length} differ`)

const dir = mkdtempSync(join(tmpdir(), 'millrace-acls-'))
const parties: Party[] = []
try {
  const make = async (name: 'apache' | 'millrace') => {
    const at = mkdtempSync(join(dir, name))
    const party = await Party.start(
      name,
      options => (name === 'apache' ? ApacheKafka.create(options) : Millrace.create(options)),
      at,
    )
    parties.push(party)
    return party
  }
  const ours = await make('millrace')
  const theirs = await make('apache')
  let differing = problems.length
  for (const [what, compare] of [
    ['of every API key', walk],
    ['about what ACLs of every kind allow', compareRules],
    ['to ACLs that cannot be', compareCreations],
    ['to requests drawn by chance', compareRandomRequests],
  ] as const) {
    const compared = await compare(ours, theirs)
    for (const { where, ours: mine, theirs: other } of compared.differences) {
      console.error(`DRIFT ${where}\n  ours         ${mine}\n  Apache Kafka ${other}`)
    }
    console.log(`${compared.count} answers ${what} compared, ${compared.differences.length} differ`)
    differing += compared.differences.length
  }
  process.exitCode = differing === 0 ? 0 : 1
} finally {
  await Promise.all(parties.map(party => party.stop()))
  rmSync(dir, { recursive: true, force: true })
}
