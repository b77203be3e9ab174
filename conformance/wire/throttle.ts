// Plays one script of quotas on Millrace (BOOTSTRAP) and on Apache Kafka (ORACLE) and compares what clients are told: errors, what replies carry, and how
// long to wait, within what the machine makes of the same script. Prints a PASS or FAIL line a step, as all programs of the conformance run do.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  AlterClientQuotasApi,
  CreateTopicsApi,
  DescribeClientQuotasApi,
  FetchApi,
  MetadataApi,
  ProduceApi,
  RecordBatchWriter,
} from '@millrace/protocol'
import { TestClient } from '../../packages/broker/test/test-client.ts'

/** How far throttle times may be apart, beside what one broker has heard of a request later than the other. */
const toleranceMs = 150
const toleranceShare = 0.06
/** Apache Kafka's broker hears of quotas a moment after its controller. */
const settleMs = 1000
const topic = 'quota-topic'
/** With one batch: Apache Kafka sends a part of one more where there is room. */
const readTopic = 'quota-read'

interface Told {
  readonly throttleMs: number
  /** All but the time, to be equal. */
  readonly answer: unknown
  /** Since the beginning of the step. */
  readonly atMs?: number
}

/** Each request has a connection of its own: the one before is muted. */
async function withClient<T>(
  port: number,
  clientId: string,
  use: (client: TestClient) => Promise<T>,
): Promise<T> {
  const client = await TestClient.connect(port, clientId)
  try {
    return await use(client)
  } finally {
    client.socket.destroy()
  }
}

async function setQuota(port: number, clientId: string, key: string, value: number | null): Promise<void> {
  await withClient(port, 'admin', async client => {
    const entity = [{ entityType: 'client-id', entityName: clientId }]
    const ops = [{ key, value: value ?? 0, remove: value === null }]
    const { entries } = await client.send(AlterClientQuotasApi, 1, {
      entries: [{ entity, ops }],
      validateOnly: false,
    })
    if (entries[0]!.errorCode !== 0) throw new Error(`${key}: ${entries[0]!.errorMessage}`)
    const components = [{ entityType: 'client-id', matchType: 0, match: clientId }]
    for (;;) {
      const found = await client.send(DescribeClientQuotasApi, 1, { components, strict: true })
      const values = found.entries?.[0]?.values ?? []
      if (values.find(each => each.key === key)?.value === (value ?? undefined)) break
      await sleep(20)
    }
    await sleep(settleMs)
  })
}

function produce(port: number, clientId: string, bytes: number, to = topic): Promise<Told> {
  return withClient(port, clientId, async client => {
    const writer = new RecordBatchWriter()
    writer.append(Date.now(), null, 'x'.repeat(bytes))
    const partitionData = [{ index: 0, records: [Buffer.from(writer.finish())] }]
    const reply = await client.send(ProduceApi, 9, {
      transactionalId: null,
      acks: -1,
      timeoutMs: 10_000,
      topicData: [{ name: to, partitionData }],
    })
    return { throttleMs: reply.throttleTimeMs, answer: reply.responses[0]!.partitionResponses[0]!.errorCode }
  })
}

function fetchAll(port: number, clientId: string): Promise<Told> {
  return withClient(port, clientId, async client => {
    const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 }]
    const reply = await client.send(FetchApi, 11, {
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: 1 << 20,
      sessionId: 0,
      sessionEpoch: 0,
      topics: [{ topic: readTopic, partitions }],
    })
    const hasSession = reply.sessionId !== 0
    return { throttleMs: reply.throttleTimeMs, answer: [reply.errorCode, reply.responses.length, hasSession] }
  })
}

function create(port: number, version: number, name: string, numPartitions: number): Promise<Told> {
  return withClient(port, 'maker', async client => {
    const reply = await client.send(CreateTopicsApi, version, {
      topics: [{ name, numPartitions, replicationFactor: 1, assignments: [], configs: [] }],
      timeoutMs: 10_000,
      validateOnly: false,
    })
    return { throttleMs: reply.throttleTimeMs, answer: reply.topics[0]!.errorCode }
  })
}

function ask(port: number, clientId: string): Promise<Told> {
  return withClient(port, clientId, async client => {
    const reply = await client.send(MetadataApi, 9, { topics: null, allowAutoTopicCreation: false })
    return {
      throttleMs: reply.throttleTimeMs,
      answer: reply.topics.every(({ errorCode }) => errorCode === 0),
    }
  })
}

type Step = (port: number) => Promise<Told[]>

async function each(...steps: readonly (() => Promise<Told>)[]): Promise<Told[]> {
  const told: Told[] = []
  const sinceMs = performance.now()
  for (const step of steps) told.push({ ...(await step()), atMs: performance.now() - sinceMs })
  return told
}

const steps: readonly (readonly [name: string, step: Step])[] = [
  [
    'bytes produced',
    async port => {
      await setQuota(port, 'writer', 'producer_byte_rate', 20_000)
      const sizes = [50_000, 100_000, 60_000, 80_000, 1_000]
      const told = await each(...sizes.map(bytes => () => produce(port, 'writer', bytes)))
      return [...told, ...(await each(() => produce(port, 'other', 100_000)))]
    },
  ],
  [
    'bytes fetched, and a session that does not begin',
    async port => {
      await produce(port, 'other', 90_000, readTopic)
      await setQuota(port, 'reader', 'consumer_byte_rate', 20_000)
      return each(...Array.from({ length: 4 }, () => () => fetchAll(port, 'reader')))
    },
  ],
  [
    'partitions made, by versions that know of the error and one that does not',
    async port => {
      await setQuota(port, 'maker', 'controller_mutation_rate', 5)
      return each(
        () => create(port, 6, 'made-a', 30),
        () => create(port, 6, 'made-b', 30),
        () => create(port, 6, 'made-c', 1),
        () => create(port, 5, 'made-d', 1),
      )
    },
  ],
  [
    'time of requests, which is never more than a second',
    async port => {
      await setQuota(port, 'busy', 'request_percentage', 0.000_01)
      return each(
        () => ask(port, 'busy'),
        () => ask(port, 'busy'),
      )
    },
  ],
  [
    'nothing once the quota is gone',
    async port => {
      await setQuota(port, 'writer', 'producer_byte_rate', null)
      return each(() => produce(port, 'writer', 100_000))
    },
  ],
]

function difference(ours: readonly Told[], theirs: readonly Told[]): string | undefined {
  for (const [index, mine] of ours.entries()) {
    const other = theirs[index]!
    const shown = `request ${index}: ${JSON.stringify(mine)}, Apache Kafka ${JSON.stringify(other)}`
    if (JSON.stringify(mine.answer) !== JSON.stringify(other.answer)) return shown
    const apartMs = Math.abs(mine.atMs! - other.atMs!)
    const allowedMs = Math.max(toleranceMs, toleranceShare * other.throttleMs) + apartMs
    if (Math.abs(mine.throttleMs - other.throttleMs) > allowedMs) return shown
    if ((mine.throttleMs === 0) !== (other.throttleMs === 0) && other.throttleMs > toleranceMs) return shown
  }
  return undefined
}

const portOf = (variable: string): number => Number(process.env[variable]?.split(':').at(-1))
const [ours, theirs] = [portOf('BOOTSTRAP'), portOf('ORACLE')]
for (const port of [ours, theirs]) {
  for (const name of [topic, readTopic]) await create(port, 5, name, 1)
  await sleep(settleMs)
}
for (const [name, step] of steps) {
  const sinceMs = Date.now()
  const [mine, other] = await Promise.all([step(ours), step(theirs)])
  const found = difference(mine, other)
  if (found === undefined) console.log(`PASS\t${Date.now() - sinceMs}\t${name}`)
  else console.log(`FAIL\t${Date.now() - sinceMs}\t${name}\t${found}`)
  if (process.env['SHOW'] !== undefined) console.error(JSON.stringify(mine), '\n', JSON.stringify(other))
}
console.log(`DONE\t${steps.length}`)
