// Compaction as operators and coordinators meet it: turned on and off at run time, in the background, with internal topics in it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ErrorCode, IncrementalAlterConfigsApi, OffsetCommitApi, OffsetFetchApi } from '@millrace/protocol'
import type { RunningBroker } from '../src/running-broker.ts'
import {
  batchOf,
  connect,
  fetchFrom,
  onlyPartition,
  produce,
  startBroker,
  temporaryDirectory,
  valuesOf,
} from './broker-fixture.ts'
import type { TestClient } from './test-client.ts'
import { TransactionalClient } from './transactions/transactional-client.ts'

const config = { 'log.cleaner.backoff.ms': 10, 'log.cleaner.min.cleanable.ratio': 0.01 }

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited 20 s in vain until ${what}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

async function setConfigs(
  client: TestClient,
  resourceType: number,
  resourceName: string,
  changes: Readonly<Record<string, string>>,
): Promise<void> {
  const configs = Object.entries(changes).map(([name, value]) => ({ name, configOperation: 0, value }))
  const reply = await client.send(IncrementalAlterConfigsApi, 1, {
    resources: [{ resourceType, resourceName, configs }],
    validateOnly: false,
  })
  assert.equal(reply.responses[0]!.errorCode, ErrorCode.NONE)
}

const cleanedOffset = ({ dataDir }: RunningBroker, topic: string): number => {
  let text = ''
  try {
    text = readFileSync(join(dataDir, 'cleaner-offset-checkpoint'), 'utf8')
  } catch {
    // Nothing has been cleaned yet.
  }
  return Number(new RegExp(`^${topic} 0 (\\d+)$`, 'm').exec(text)?.[1] ?? -1)
}

async function fill(client: TestClient, topic: string, from: number, count: number): Promise<void> {
  for (let number = from; number < from + count; number++) {
    const batch = batchOf([`value ${number}`], { keys: [`key ${number % 3}`] })
    assert.equal((await produce(client, topic, batch)).errorCode, ErrorCode.NONE)
  }
}

async function read(client: TestClient, topic: string): Promise<string[]> {
  const values: string[] = []
  for (let offset = 0; ; ) {
    const partition = onlyPartition(await fetchFrom(client, topic, offset))
    const found = valuesOf(partition)
    if (found.length === 0 && offset >= partition.highWatermark) return values
    values.push(...found)
    offset = found.length === 0 ? offset + 1 : Number(found.at(-1)!.split(':')[0]) + 1
  }
}

test('a topic is compacted in the background from when its policy says so, and no longer than that', async t => {
  const topic = { name: 'state', configs: { 'segment.bytes': 400 } }
  const broker = await startBroker(t, { config, topics: [topic] })
  const client = await connect(t, broker)
  await fill(client, 'state', 0, 30)
  assert.equal((await read(client, 'state')).length, 30)
  await setConfigs(client, 2, 'state', { 'cleanup.policy': 'compact' })
  await until('the topic is cleaned', () => cleanedOffset(broker, 'state') > 20)
  const left = await read(client, 'state')
  assert.ok(left.length < 12, left.join())
  for (const last of ['27:value 27', '28:value 28', '29:value 29'])
    assert.ok(left.includes(last), left.join())
  assert.ok(broker.logs.cleanerFigures.cleanings > 0)

  await setConfigs(client, 2, 'state', { 'cleanup.policy': 'delete' })
  const { cleanings } = broker.logs.cleanerFigures
  await fill(client, 'state', 30, 30)
  const { lastRunAtMs } = broker.logs.cleanerFigures
  assert.ok(lastRunAtMs > 0)
  assert.equal(broker.logs.cleanerFigures.cleanings, cleanings)
  assert.ok((await read(client, 'state')).length >= 30)
})

test('settings of the cleaner are changed at run time, and without it nothing is compacted', async t => {
  const topic = { name: 'state', configs: { 'segment.bytes': 400, 'cleanup.policy': 'compact' } }
  const slow = { ...config, 'log.cleaner.backoff.ms': 600_000 }
  const off = await startBroker(t, { config: { ...config, 'log.cleaner.enable': false }, topics: [topic] })
  const broker = await startBroker(t, { config: slow, topics: [topic] })
  const client = await connect(t, broker)
  const clientOfOff = await connect(t, off)
  await fill(client, 'state', 0, 30)
  await fill(clientOfOff, 'state', 0, 30)
  await setConfigs(client, 4, '', { 'log.cleaner.backoff.ms': '10' })
  await until('the topic is cleaned', () => cleanedOffset(broker, 'state') > 20)
  assert.equal((await read(clientOfOff, 'state')).length, 30)
  assert.equal(off.logs.cleanerFigures.lastRunAtMs, -1)
})

async function commitOffset(client: TestClient, groupId: string, committedOffset: number): Promise<void> {
  const reply = await client.send(OffsetCommitApi, 8, {
    groupId,
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics: [{ name: 'input', partitions: [{ partitionIndex: 0, committedOffset, committedMetadata: '' }] }],
  })
  assert.equal(reply.topics[0]!.partitions[0]!.errorCode, ErrorCode.NONE)
}

async function committed(client: TestClient, groupId: string): Promise<number | undefined> {
  const reply = await client.send(OffsetFetchApi, 7, { groupId, topics: null })
  return reply.topics[0]?.partitions[0]?.committedOffset
}

test('committed offsets outlive compaction of their topic, those of transactions that are not decided included', async t => {
  const dataDir = temporaryDirectory(t)
  const start = () =>
    startBroker(t, {
      dataDir,
      topics: ['input'],
      config: { ...config, 'offsets.topic.num.partitions': 1, 'offsets.topic.segment.bytes': 1500 },
    })
  let broker = await start()
  let client = await connect(t, broker)
  await commitOffset(client, 'transactional', 5)
  for (let offset = 1; offset <= 60; offset++) await commitOffset(client, 'plain', offset)
  await until('the offsets are cleaned', () => cleanedOffset(broker, '__consumer_offsets') > 20)

  const producer = await TransactionalClient.begin(t, broker, 'mover')
  assert.equal(await producer.addOffsets('transactional'), 'NONE')
  assert.equal(await producer.commitOffset('transactional', 'input', 77, { version: 3 }), 'NONE')
  for (let offset = 61; offset <= 120; offset++) await commitOffset(client, 'plain', offset)
  await broker.close()
  broker = await start()
  client = await connect(t, broker)
  assert.equal(await committed(client, 'plain'), 120)
  assert.equal(await committed(client, 'transactional'), 5)

  const { producerId, producerEpoch } = producer
  const ender = Object.assign(new TransactionalClient(client, 'mover'), { producerId, producerEpoch })
  assert.equal(await ender.end(true), 'NONE')
  for (let offset = 121; offset <= 180; offset++) await commitOffset(client, 'plain', offset)
  await until(
    'the offsets are cleaned behind the marker',
    () => cleanedOffset(broker, '__consumer_offsets') > 130,
  )
  const { sizeInBytes } = broker.partition('__consumer_offsets', 0)!
  assert.ok(sizeInBytes < 16_000, `${sizeInBytes} bytes are left of 180 commits`)
  assert.equal(await committed(client, 'transactional'), 77)
  await broker.close()
  broker = await start()
  client = await connect(t, broker)
  assert.equal(await committed(client, 'plain'), 180)
  assert.equal(await committed(client, 'transactional'), 77)
})
