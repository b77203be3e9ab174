// Sends random values of every message in every version through Apache Kafka's own classes: what we encode, Kafka must
// read as the same values and write as the same bytes. `node conformance/messages.ts [--libs FOLDER] [--values N] [--seed N]`
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import fc from 'fast-check'
import {
  arbitraryOf,
  decode,
  encode,
  messages,
  versionsOf,
} from '../packages/protocol/test/messages/arbitrary.ts'
import type { Message } from '../packages/protocol/generator/model.ts'
import { kafkaJson, withoutRecords } from './protocol/kafka-json.ts'
import { libsFolder, runJava } from './protocol/libs.ts'

interface Case {
  readonly message: Message
  readonly version: number
  readonly bytes: Buffer
}

const { values } = parseArgs({
  options: {
    libs: { type: 'string' },
    values: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
})
const libs = await libsFolder(values.libs)
const cases: Case[] = messages.flatMap(message =>
  versionsOf(message).flatMap(version =>
    fc
      .sample(arbitraryOf(message, version), { numRuns: Number(values.values), seed: Number(values.seed) })
      .map(value => ({ message, version, bytes: encode(message, value, version) })),
  ),
)
const input = cases.map(
  ({ message, version, bytes }) => `${message.kind} ${message.name} ${version} ${bytes.toString('hex')}`,
)
const answers = runJava(libs, 'KafkaMessages.java', ['echo'], `${input.join('\n')}\n`)
  .trimEnd()
  .split('\n')

/** What is wrong with Kafka's answer to a case, or `undefined`. */
function problemOf({ message, version, bytes }: Case, answer: string | undefined): string | undefined {
  if (answer === undefined || answer.startsWith('!')) return `Kafka cannot read it: ${answer ?? 'no answer'}`
  const space = answer.indexOf(' ')
  const hex = answer.slice(0, space)
  if (hex !== bytes.toString('hex')) return `Kafka writes ${hex}`
  const ours = kafkaJson(message, decode(message, bytes, version), version)
  const theirs: unknown = withoutRecords(JSON.parse(answer.slice(space + 1)))
  return isDeepStrictEqual(ours, theirs)
    ? undefined
    : `Kafka reads ${JSON.stringify(theirs)}, we read ${JSON.stringify(ours)}`
}

let failures = 0
cases.forEach((each, index) => {
  const problem = problemOf(each, answers[index])
  if (problem === undefined) return
  failures++
  if (failures > 20) return
  console.error(`FAIL ${each.message.name} version ${each.version} ${each.bytes.toString('hex')}: ${problem}`)
})
/** The golden bytes of the tests are what Kafka writes today. */
function goldenIsFresh(libs: string): boolean {
  const wanted = readFileSync(new URL('java/golden-messages.txt', import.meta.url), 'utf8')
  const golden = new URL('../packages/protocol/test/messages/golden.txt', import.meta.url)
  return runJava(libs, 'KafkaMessages.java', ['golden'], wanted) === readFileSync(golden, 'utf8')
}

if (!goldenIsFresh(libs)) {
  failures++
  console.error('FAIL packages/protocol/test/messages/golden.txt is not what Kafka writes')
}
const versions = messages.reduce((sum, message) => sum + versionsOf(message).length, 0)
console.log(
  `${cases.length} values of ${messages.length} messages in ${versions} versions: ${failures} failures`,
)
process.exitCode = failures === 0 ? 0 : 1
