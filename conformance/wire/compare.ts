// Puts the same requests to Millrace (BOOTSTRAP) and to Apache Kafka (ORACLE) in every version and compares the answers.
// Prints a PASS or FAIL line for each API, as all programs of the conformance run do.
import { isDeepStrictEqual } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  ApiVersionsApi,
  CreateTopicsApi,
  ErrorCode,
  FindCoordinatorApi,
  MetadataApi,
  OffsetCommitApi,
  ProduceApi,
  RecordBatchWriter,
  zeroUuid,
} from '@millrace/protocol'
import { TestClient } from '../../packages/broker/test/test-client.ts'
import { configQuestions } from './config-questions.ts'
import { clusterQuestions } from './cluster-questions.ts'
import { quotaQuestions } from './quota-questions.ts'
import { telemetryQuestions } from './telemetry-questions.ts'
import { type Facts, type Question, questions } from './questions.ts'

const baseTime = 1_700_000_000_000
const answerTimeoutMs = 15_000
const unknownId = 'AAAAAAAAAAAAAAAAAAAAAQ'

/** Fields that differ from broker to broker by their nature, or whose text is the broker's own. */
const ownFields: ReadonlySet<string> = new Set(
  `clusterId host port throttleTimeMs errorMessage sessionId producerId logDir partitionSize totalBytes usableBytes
   documentation logAppendTimeMs lastTimestamp isCordoned`.split(/\s+/),
)
/** Which versions and features there are is compared by itself. */
const apart: ReadonlySet<string> = new Set([
  'apiKeys',
  'supportedFeatures',
  'finalizedFeatures',
  'finalizedFeaturesEpoch',
])

interface Party {
  readonly port: number
  client: TestClient
  facts: Facts
  ranges: Map<number, [number, number]>
}

function batchOf(count: number): Buffer {
  const writer = new RecordBatchWriter()
  for (let i = 0; i < count; i++) writer.append(baseTime + i * 1000, `k${i}`, `v${i}`)
  return Buffer.from(writer.finish())
}

async function topicIds(client: TestClient): Promise<Map<string, string>> {
  const names = ['read', 'write']
  const deadline = Date.now() + answerTimeoutMs
  for (;;) {
    const { topics } = await client.send(MetadataApi, 12, {
      topics: names.map(name => ({ name })),
      allowAutoTopicCreation: false,
    })
    if (topics.every(topic => topic.errorCode === 0 && topic.partitions.every(each => each.leaderId >= 0)))
      return new Map(topics.map(topic => [topic.name!, topic.topicId]))
    if (Date.now() > deadline) throw new Error('the topics have no leaders')
    await sleep(50)
  }
}

/** Makes topics and records that the questions are about. */
async function prepare(port: number): Promise<Party> {
  const client = await TestClient.connect(port)
  const [partitions, timeoutMs] = [2, 10_000]
  const topics = ['read', 'write'].map(name => ({
    name,
    numPartitions: partitions,
    replicationFactor: 1,
    assignments: [],
    configs: [
      { name: 'cleanup.policy', value: 'delete' },
      // The records are old, and Apache Kafka begins to look for such half a minute after its start.
      { name: 'retention.ms', value: '-1' },
    ],
  }))
  const created = await client.send(CreateTopicsApi, 7, { topics, timeoutMs, validateOnly: false })
  for (const topic of created.topics)
    if (topic.errorCode !== 0) throw new Error(`${topic.name}: ${topic.errorMessage}`)
  const ids = await topicIds(client)
  for (const count of [2, 3]) await untilAccepted(() => fill(client, count))
  await untilAccepted(() => commit(client))
  const { apiKeys } = await client.send(ApiVersionsApi, 0, {})
  const ranges = new Map(
    apiKeys.map(each => [each.apiKey, [each.minVersion, each.maxVersion] as [number, number]]),
  )
  const facts = { readId: ids.get('read')!, writeId: ids.get('write')!, unknownId, batch: batchOf(2) }
  return { port, client, facts, ranges }
}

async function fill(client: TestClient, count: number): Promise<number> {
  const topicData = [{ name: 'read', partitionData: [{ index: 0, records: [batchOf(count)] }] }]
  const request = { transactionalId: null, acks: -1, timeoutMs: 10_000, topicData }
  const { responses } = await client.send(ProduceApi, 9, request)
  return responses[0]!.partitionResponses[0]!.errorCode
}

/** Apache Kafka makes its offsets topic at the first use of a group; until then nobody coordinates. */
async function commit(client: TestClient): Promise<number> {
  await client.send(FindCoordinatorApi, 4, { coordinatorKeys: ['wire-group'] })
  const partitions = [{ partitionIndex: 1, committedOffset: 1, committedMetadata: '' }]
  const topics = [{ name: 'read', partitions }]
  const request = { groupId: 'wire-group', generationIdOrMemberEpoch: -1, memberId: '', topics }
  return (await client.send(OffsetCommitApi, 8, request)).topics[0]!.partitions[0]!.errorCode
}

/** Parts of Apache Kafka know of a topic a moment after its metadata does. */
async function untilAccepted(attempt: () => Promise<number>): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const errorCode = await attempt()
    if (errorCode === ErrorCode.NONE) return
    if (Date.now() > deadline) throw new Error(`still refused after 30 s with error ${errorCode}`)
    await sleep(50)
  }
}

/** Where eligible leader replicas are on, a new Apache Kafka has this setting for all brokers; one node has no such replicas. */
const clusterWide = (item: unknown): boolean =>
  typeof item === 'object' && item !== null && 'name' in item && item.name === 'min.insync.replicas'

/** Ids of topics that are not there to stay. */
const madeUp = (name: string, value: unknown, facts: Facts): boolean =>
  name === 'topicId' &&
  typeof value === 'string' &&
  ![facts.readId, facts.writeId, facts.unknownId, zeroUuid].includes(value)

/** An answer without what is each broker's own; lists of structures in an order of ours. */
function comparable(value: unknown, facts: Facts): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (value === facts.readId) return 'id of read'
  if (value === facts.writeId) return 'id of write'
  if (Array.isArray(value)) {
    const items = value.filter(item => !clusterWide(item)).map(item => comparable(item, facts))
    return items.some(item => typeof item === 'object')
      ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : items
  }
  if (value === null || typeof value !== 'object') return value
  // Kafka tells the log's start of some records that it refuses and not of others.
  const refused = 'baseOffset' in value && 'errorCode' in value && value.errorCode !== ErrorCode.NONE
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      ownFields.has(name) ||
      apart.has(name) ||
      madeUp(name, field, facts) ||
      (refused && name === 'logStartOffset')
        ? '(own)'
        : comparable(field, facts),
    ]),
  )
}

/** A new Apache Kafka has no producer ids at hand until it has got its first block of them. */
const isLoading = (reply: unknown): boolean =>
  (reply as { errorCode?: number } | undefined)?.errorCode === ErrorCode.COORDINATOR_LOAD_IN_PROGRESS

async function answer(party: Party, { api, ask }: Question, version: number): Promise<unknown> {
  const late = new AbortController()
  const timeout = sleep(answerTimeoutMs, 'no answer', { signal: late.signal }).catch(() => undefined)
  try {
    const request = ask(version, party.facts)
    // A request that this version cannot carry is a fault of the question and must not cost the connection.
    party.client.frame(api, version, request, 0)
    for (;;) {
      const reply = await Promise.race([party.client.send(api, version, request), timeout])
      if (!isLoading(reply)) return comparable(reply, party.facts)
      await sleep(50)
    }
  } catch (error) {
    // A closed connection is an answer too; the next question gets a new one.
    party.client.socket.destroy()
    party.client = await TestClient.connect(party.port)
    return (error as Error).message
  } finally {
    late.abort()
  }
}

/** Where two answers part, as a path and the two values. */
function difference(ours: unknown, theirs: unknown, path = ''): string {
  const bothObjects = [ours, theirs].every(each => typeof each === 'object' && each !== null)
  if (!bothObjects)
    return `${path || 'answer'}: ${JSON.stringify(ours)}, Apache Kafka ${JSON.stringify(theirs)}`
  const [a, b] = [ours as Record<string, unknown>, theirs as Record<string, unknown>]
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  for (const name of names)
    if (!isDeepStrictEqual(a[name], b[name])) return difference(a[name], b[name], `${path}.${name}`)
  return `${path}: different`
}

async function compare(ours: Party, theirs: Party, all: readonly Question[]): Promise<string[]> {
  const found: string[] = []
  for (const question of all) {
    const range = ours.ranges.get(question.api.key)
    if (range === undefined) continue
    // The versions that the definitions know, not those that are advertised only to be refused.
    for (let version = question.versionMin; version <= Math.min(question.versionMax, range[1]); version++) {
      const [mine, other] = [await answer(ours, question, version), await answer(theirs, question, version)]
      if (!isDeepStrictEqual(mine, other))
        found.push(`${question.name}, version ${version}: ${difference(mine, other)}`)
    }
  }
  return found
}

let count = 0
function report(name: string, startedAt: number, found: readonly string[]): void {
  count++
  const ms = Date.now() - startedAt
  if (found.length === 0) console.log(`PASS\t${ms}\t${name}`)
  else console.log(`FAIL\t${ms}\t${name}\t${found.join('\\n').replaceAll('\t', ' ')}`)
}

const portOf = (variable: string): number => Number(process.env[variable]?.split(':').at(-1))
const startedAt = Date.now()
const [ours, theirs] = [await prepare(portOf('BOOTSTRAP')), await prepare(portOf('ORACLE'))]
const ranges = [...ours.ranges]
  .filter(([key, range]) => !isDeepStrictEqual(range, theirs.ranges.get(key)))
  .map(
    ([key, range]) =>
      `API key ${key}: ${range.join('–')}, Apache Kafka ${theirs.ranges.get(key)?.join('–') ?? 'none'}`,
  )
report('advertised versions are those of Apache Kafka', startedAt, ranges)
const all = [...questions, ...configQuestions, ...clusterQuestions, ...quotaQuestions, ...telemetryQuestions]
for (const api of new Set(all.map(question => question.api))) {
  const began = Date.now()
  const asked = all.filter(question => question.api === api)
  if (!ours.ranges.has(api.key)) report(`${api.name} (${api.key})`, began, ['not served'])
  else
    report(
      `${api.name} (${api.key}): ${asked.length} questions in every version`,
      began,
      await compare(ours, theirs, asked),
    )
}
for (const party of [ours, theirs]) party.client.socket.destroy()
console.log(`DONE\t${count}`)
