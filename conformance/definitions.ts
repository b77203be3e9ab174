// Compares our message definitions and error table with those inside Apache Kafka's jars; what differs is a failure.
// `node conformance/definitions.ts [--libs FOLDER]`; the folder holds kafka-clients and its sibling jars.
import { parseArgs } from 'node:util'
import { loadAreas } from '../packages/protocol/generator/load.ts'
import type { Api, Message } from '../packages/protocol/generator/model.ts'
import { differences, factsOfKafka, factsOfOurs } from './protocol/facts.ts'
import { errorDifferences } from './protocol/errors.ts'
import { type KafkaMessage, kafkaMessages } from './protocol/kafka-schema.ts'
import { libsFolder } from './protocol/libs.ts'

/** Kafka's messages that we leave out, by name, and why. */
const leftOut: readonly [RegExp, string][] = [
  [
    /^(LeaderAndIsr|StopReplica|UpdateMetadata|ControlledShutdown)(Request|Response)$/,
    'removed in Apache Kafka 4',
  ],
  [/^RemoteLogSegment|^RemotePartition/, 'tiered storage'],
  [/^QuorumStateData$/, 'a JSON file of the metadata quorum'],
  [/^DefaultPrincipalData$/, 'forwarding between brokers and controllers'],
]

interface Ours {
  readonly message: Message
  readonly api: Api | undefined
}

function ourMessages(): Map<string, Ours> {
  const found = new Map<string, Ours>()
  for (const { definitions } of loadAreas()) {
    for (const { api, messages } of definitions) {
      for (const message of messages) found.set(message.name, { message, api })
    }
  }
  return found
}

/** Requests and responses that only controllers answer; a response is judged by its request. */
function isForControllersOnly(message: KafkaMessage, theirs: ReadonlyMap<string, KafkaMessage>): boolean {
  const request = theirs.get(message.name.replace(/Response$/, 'Request'))
  return request?.listeners !== undefined && !request.listeners.includes('broker')
}

function compareMessages(libs: string): string[] {
  const ours = ourMessages()
  const theirs = kafkaMessages(libs)
  const problems: string[] = []
  const counts = { messages: 0, fields: 0, controllerOnly: 0, leftOut: 0 }
  for (const [name, message] of theirs) {
    const mine = ours.get(name)
    if (mine === undefined) {
      if (isForControllersOnly(message, theirs)) counts.controllerOnly++
      else if (leftOut.some(([pattern]) => pattern.test(name))) counts.leftOut++
      else problems.push(`${name}: Apache Kafka has it, we do not`)
      continue
    }
    const facts = factsOfOurs(mine.message, message.type === 'request' ? mine.api : undefined)
    counts.messages++
    counts.fields += facts.size - 1
    problems.push(...differences(facts, factsOfKafka(message)).map(line => `${name}${line}`))
    if (mine.message.key !== undefined && mine.message.key !== message.apiKey)
      problems.push(`${name}: key ${mine.message.key}, Kafka's ${message.apiKey}`)
  }
  for (const name of ours.keys())
    if (!theirs.has(name)) problems.push(`${name}: Apache Kafka has no such message`)
  console.log(
    `${counts.messages} messages with ${counts.fields} fields compared; ` +
      `${counts.controllerOnly} messages between controllers and ${counts.leftOut} others left out`,
  )
  for (const [pattern, reason] of leftOut) console.log(`  left out: ${pattern.source}: ${reason}`)
  return problems
}

const { values } = parseArgs({ options: { libs: { type: 'string' } } })
const libs = await libsFolder(values.libs)
const problems = [...compareMessages(libs), ...errorDifferences(libs)]
for (const problem of problems) console.error(`DRIFT ${problem}`)
if (problems.length === 0) console.log('no drift')
process.exitCode = problems.length === 0 ? 0 : 1
