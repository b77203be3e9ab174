// A partition that ours has written and compacted, put into the directory of Apache Kafka in place of an empty one of its own: it starts, gives out the same
// records, takes new ones, and compacts on from where ours has ended.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  batches,
  CreateTopicsApi,
  ErrorCode,
  FetchApi,
  IncrementalAlterConfigsApi,
  ListOffsetsApi,
  MetadataApi,
  ProduceApi,
  RecordBatchCursor,
  RecordBatchWriter,
} from '@millrace/protocol'
import { TestClient } from '../../packages/broker/test/test-client.ts'
import { type ApacheNode, startApache } from '../harness/apache-node.ts'
import { contentOf } from './content.ts'

const topic = 't'
const patienceMs = 30_000
/** Checkpoints that speak of the partition, as ours leaves them. */
const checkpoints = [
  'cleaner-offset-checkpoint',
  'log-start-offset-checkpoint',
  'recovery-point-offset-checkpoint',
]
const topicConfigs: Readonly<Record<string, string>> = {
  'cleanup.policy': 'compact',
  // Nothing is compacted before it is asked for.
  'min.cleanable.dirty.ratio': '1',
  'delete.retention.ms': '3600000',
  'segment.ms': '200',
}

/** Asks until the answer is one. */
async function patiently<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(`${what}: not after ${patienceMs} ms`)
    await sleep(50)
  }
}

async function createTopic(client: TestClient): Promise<string> {
  const configs = Object.entries(topicConfigs).map(([name, value]) => ({ name, value }))
  const made = { name: topic, numPartitions: 1, replicationFactor: 1, assignments: [], configs }
  await client.send(CreateTopicsApi, 7, { topics: [made], timeoutMs: 10_000, validateOnly: false })
  return patiently('the topic', async () => {
    await endOf(client)
    const { topics } = await client.send(MetadataApi, 12, { topics: [{ name: topic }] })
    return topics[0]!.errorCode === ErrorCode.NONE ? topics[0]!.topicId : undefined
  })
}

/** The end of the partition, once it is led. */
function endOf(client: TestClient): Promise<number> {
  return patiently('a leader', async () => {
    const topics = [{ name: topic, partitions: [{ partitionIndex: 0, timestamp: -1 }] }]
    const reply = await client.send(ListOffsetsApi, 7, { replicaId: -1, isolationLevel: 0, topics })
    const { errorCode, offset } = reply.topics[0]!.partitions[0]!
    return errorCode === ErrorCode.NONE ? offset : undefined
  })
}

/** Every record that readers get: offset, key and value. */
async function read(client: TestClient): Promise<string[]> {
  const end = await endOf(client)
  const lines: string[] = []
  for (let fetchOffset = 0; fetchOffset < end; ) {
    const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes: 4 << 20 }]
    const reply = await client.send(FetchApi, 11, {
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: 4 << 20,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [{ topic, partitions }],
    })
    const found = reply.responses[0]!.partitions[0]!
    assert.equal(found.errorCode, ErrorCode.NONE)
    const headers = [...batches(Buffer.concat([...(found.records ?? [])]))]
    assert.ok(headers.length > 0, `nothing at ${fetchOffset}, the end is ${end}`)
    for (const header of headers) {
      fetchOffset = Math.max(fetchOffset, header.nextOffset)
      if (header.isControl || header.recordCount === 0) continue
      const cursor = new RecordBatchCursor().open(header)
      while (cursor.next()) lines.push(`${cursor.offset} ${cursor.keyString()}=${cursor.valueString()}`)
    }
  }
  return lines
}

/** The last value of each key that has one: when a tombstone goes is the cleaner's business. */
function lastOf(lines: readonly string[]): Map<string, string> {
  const last = new Map<string, string>()
  for (const line of lines) {
    const [, key = '', value = ''] = /^\d+ ([^=]*)=(.*)$/.exec(line) ?? []
    // Those without a key are taken away.
    if (key === 'null') continue
    if (value === 'null') last.delete(key)
    else last.set(key, value)
  }
  return last
}

async function produce(client: TestClient, values: ReadonlyMap<string, string>): Promise<void> {
  const writer = new RecordBatchWriter()
  for (const [key, value] of values) writer.append(Date.now(), key, value)
  const topicData = [{ name: topic, partitionData: [{ index: 0, records: [Buffer.from(writer.finish())] }] }]
  const request = { transactionalId: null, acks: -1, timeoutMs: 10_000, topicData }
  const reply = await client.send(ProduceApi, 9, request)
  assert.equal(reply.responses[0]!.partitionResponses[0]!.errorCode, ErrorCode.NONE)
}

const cleanedOffset = ({ dataDir }: ApacheNode): number =>
  Number(
    new RegExp(`^${topic} 0 (\\d+)$`, 'm').exec(
      readFileSync(join(dataDir, 'cleaner-offset-checkpoint'), 'utf8'),
    )?.[1] ?? 0,
  )

async function compactOn(apache: ApacheNode, client: TestClient): Promise<void> {
  const before = cleanedOffset(apache)
  const configs = [{ name: 'min.cleanable.dirty.ratio', configOperation: 0, value: '0.01' }]
  const resources = [{ resourceType: 2, resourceName: topic, configs }]
  await client.send(IncrementalAlterConfigsApi, 1, { resources, validateOnly: false })
  await patiently('a compaction by Apache Kafka', async () => cleanedOffset(apache) > before || undefined)
}

/** `make` writes and compacts partition 0 of the topic, which has that id, in a directory. */
export async function checkAdoption(
  libs: string,
  folder: string,
  make: (directory: string, topicId: string) => Promise<void>,
): Promise<void> {
  const dir = join(folder, 'adopting')
  const properties = { 'log.cleaner.backoff.ms': '100', 'log.initial.task.delay.ms': '0' }
  const first = await startApache({ libs, dir, properties })
  const made = await TestClient.connect(first.port)
  const topicId = await createTopic(made)
  await made.close()
  await first.stop()

  const ours = mkdtempSync(join(folder, 'adopted-'))
  await make(ours, topicId)
  const partition = `${topic}-0`
  rmSync(join(first.dataDir, partition), { recursive: true })
  cpSync(join(ours, partition), join(first.dataDir, partition), { recursive: true })
  for (const name of checkpoints) cpSync(join(ours, name), join(first.dataDir, name))
  const expected = contentOf(join(ours, partition)).records.filter(line => !line.endsWith(' marker'))

  const apache = await startApache({ libs, dir, properties })
  const client = await TestClient.connect(apache.port)
  try {
    const found = await read(client)
    assert.deepEqual(found, expected, 'the records that Apache Kafka finds')
    const changed = new Map([...lastOf(found).keys()].slice(0, 300).map(key => [key, 'new'] as const))
    const latest = new Map([...lastOf(found), ...changed])
    await produce(client, changed)
    await sleep(300)
    // Rolls the segment that the records are in: only what is closed is compacted.
    await produce(client, new Map([['end', 'end']]))
    latest.set('end', 'end')
    await compactOn(apache, client)
    const left = await read(client)
    const got = lastOf(left)
    for (const key of new Set([...got.keys(), ...latest.keys()]))
      assert.equal(got.get(key), latest.get(key), `the last value of ${key}`)
    assert.ok(left.length < found.length + changed.size, 'something was compacted')
    console.log(
      `adopted: Apache Kafka finds the ${found.length} records, takes ${changed.size + 1} more, and leaves ${left.length} of them`,
    )
  } finally {
    await client.close()
    await apache.stop()
  }
}
