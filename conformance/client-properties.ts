// Compares the list of properties that the client is tested against with those of Apache Kafka's own clients. `node conformance/client-properties.ts
// [--libs FOLDER] [--write]`; the folder holds Apache Kafka's jars, and `--write` brings the list up to date.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { toolJava } from './harness/java.ts'
import { conformanceDir } from './harness/paths.ts'
import { run } from './harness/process.ts'
import { libsFolder } from './protocol/libs.ts'

const path = join(conformanceDir, '../packages/client/test/config/properties/java.tsv')

const { values } = parseArgs({ options: { libs: { type: 'string' }, write: { type: 'boolean' } } })
const libs = await libsFolder(values.libs)
const dir = mkdtempSync(join(tmpdir(), 'millrace-properties-'))
const program = join(conformanceDir, 'java', 'ClientProperties.java')
const { stdout } = await run('java', toolJava(join(libs, '*'), program), {
  logFile: join(dir, 'asked.log'),
  timeoutMs: 60_000,
})
rmSync(dir, { recursive: true, force: true })

const known = readFileSync(path, 'utf8')
const [head] = known.split('\n')
const theirs = `${head}\n${stdout.trim()}\n`
if (values.write) writeFileSync(path, theirs)
const lines = (text: string) => new Set(text.trim().split('\n').slice(1))
const [ours, wanted] = [lines(known), lines(theirs)]
const problems = [
  ...[...wanted].filter(line => !ours.has(line)).map(line => `not in the list: ${line}`),
  ...[...ours].filter(line => !wanted.has(line)).map(line => `only in the list: ${line}`),
]
if (!values.write) for (const problem of problems) console.error(`DRIFT ${problem}`)
console.log(`${wanted.size} properties compared, ${problems.length} differ${values.write ? ', written' : ''}`)
process.exitCode = problems.length === 0 || values.write ? 0 : 1
