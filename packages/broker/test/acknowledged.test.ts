// What a producer was told is there is there for everybody: with acks 1 and 0 as well, whose answers do not wait for the disk.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeleteRecordsApi, ErrorCode, ListOffsetsApi, ProduceApi } from '@millrace/protocol'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  produce,
  startBroker,
  valuesOf,
} from './broker-fixture.ts'
import { StallableDisk } from './stallable-disk.ts'
import type { TestClient } from './test-client.ts'

const name = 'answered'
const latest = -1
const earliest = -2
const largest = -3

async function list(
  client: TestClient,
  timestamp: number,
  { version = 8, isolationLevel = 0, timeoutMs = 5_000 } = {},
) {
  const partitions = [{ partitionIndex: 0, currentLeaderEpoch: -1, timestamp }]
  const request = { replicaId: -1, isolationLevel, topics: [{ name, partitions }], timeoutMs }
  return (await client.send(ListOffsetsApi, version, request)).topics[0]!.partitions[0]!
}

async function deleteTo(client: TestClient, offset: number, timeoutMs = 5_000) {
  const request = { topics: [{ name, partitions: [{ partitionIndex: 0, offset }] }], timeoutMs }
  return (await client.send(DeleteRecordsApi, 2, request)).topics[0]!.partitions[0]!
}

function post(client: TestClient, batch: Buffer): void {
  const topicData = [{ name, partitionData: [{ index: 0, records: [batch] }] }]
  client.post(ProduceApi, 9, { transactionalId: null, acks: 0, timeoutMs: 5_000, topicData })
}

for (const fsync of ['group', 'never']) {
  test(`offsets are never behind what was acknowledged, 240 times, with log.fsync=${fsync}`, async t => {
    const broker = await startBroker(t, { config: { 'log.fsync': fsync } })
    const producer = await connect(t, broker)
    const reader = await connect(t, broker)
    await createTopic(producer, name)
    let end = 0
    let deleted = 0
    const behind: string[] = []
    const expect = (what: string, found: number, expected: number) => {
      if (found !== expected) behind.push(`${what}: ${found} for ${expected}`)
    }
    for (let round = 0; round < 240; round++) {
      const timestamp = Date.now() + round * 1_000
      const batch = batchOf([`${round}`], { timestamp })
      const own = round % 3 === 0
      if (own) post(producer, batch)
      else assert.equal((await produce(producer, name, batch, { acks: 1 })).errorCode, ErrorCode.NONE)
      end++
      // After acks=0 the same connection sees its record; after an answer everybody does.
      const client = own ? producer : round % 3 === 1 ? reader : producer
      if (round % 6 < 3) expect('latest', (await list(client, latest)).offset, end)
      else if (round % 8 < 3)
        expect('committed', (await list(client, latest, { isolationLevel: 1 })).offset, end)
      else if (round % 8 < 5) expect('largest', (await list(client, largest)).offset, end - 1)
      else if (round % 8 < 7) expect('by time', (await list(client, timestamp)).offset, end - 1)
      else {
        deleted = (await deleteTo(client, round % 16 < 8 ? -1 : end)).lowWatermark
        expect('deleted', deleted, end)
      }
    }
    assert.deepEqual(behind, [])
    assert.ok(deleted > 0)
  })
}

test('a reader that starts at the end gets exactly what comes after it, 200 times', async t => {
  const broker = await startBroker(t, { config: { 'log.fsync': 'group' } })
  const producer = await connect(t, broker)
  const reader = await connect(t, broker)
  await createTopic(producer, name)
  for (let round = 0; round < 200; round++) {
    await produce(producer, name, batchOf([`before ${round}`]), { acks: 1 })
    const { offset } = await list(reader, latest)
    await produce(producer, name, batchOf([`after ${round}`]), { acks: 1 })
    const fetched = onlyPartition(await fetchFrom(reader, name, offset, { maxWaitMs: 5_000 }))
    assert.deepEqual(valuesOf(fetched), [`${offset}:after ${round}`])
  }
})

test('what waits for the sync waits no longer than it was told to, and shows nothing that a crash can take back', async t => {
  const disk = new StallableDisk()
  const broker = await startBroker(t, { disk: disk.asDisk(), config: { 'log.fsync': 'group' } })
  const producer = await connect(t, broker)
  const connections = await Promise.all(Array.from({ length: 5 }, () => connect(t, broker)))
  const [reader, second, third, fourth, leaver] = connections as [TestClient, ...TestClient[]]
  await createTopic(producer, name)
  assert.equal((await produce(producer, name, batchOf(['safe']))).errorCode, ErrorCode.NONE)
  disk.stall()
  try {
    // What nobody was answered for is waited for by nobody.
    const unanswered = produce(producer, name, batchOf(['unanswered']))
    await new Promise(setImmediate)
    assert.equal((await list(reader, latest)).offset, 1)
    assert.equal((await deleteTo(reader, 2)).errorCode, ErrorCode.OFFSET_OUT_OF_RANGE)
    const answered = await produce(second!, name, batchOf(['answered']), { acks: 1 })
    assert.equal(answered.baseOffset, 2)

    assert.equal((await list(reader, earliest)).offset, 0)
    const short = { version: 10, timeoutMs: 1 }
    assert.equal((await list(reader, latest, short)).errorCode, ErrorCode.OFFSET_NOT_AVAILABLE)
    assert.equal((await list(reader, largest, short)).errorCode, ErrorCode.OFFSET_NOT_AVAILABLE)
    assert.equal((await deleteTo(reader, 3, 1)).errorCode, ErrorCode.REQUEST_TIMED_OUT)
    assert.equal((await deleteTo(reader, 4)).errorCode, ErrorCode.OFFSET_OUT_OF_RANGE)
    assert.deepEqual(valuesOf(onlyPartition(await fetchFrom(reader, name, 0))), ['0:safe'])
    assert.equal(broker.partition(name, 0)?.highWatermark, 1)

    let replies = 0
    const waiting = [
      list(second!, latest).then(({ offset }) => assert.equal(offset, 3)),
      list(third!, largest).then(({ offset }) => assert.equal(offset, 2)),
      deleteTo(fourth!, 2).then(({ lowWatermark }) => assert.equal(lowWatermark, 2)),
    ].map(reply => reply.then(() => replies++))
    const gone = assert.rejects(list(leaver!, latest), /connection closed/)
    await new Promise(resolve => setTimeout(resolve, 50))
    assert.equal(replies, 0)
    await leaver!.close()
    await gone
    disk.resume()
    await Promise.all(waiting)
    assert.equal((await unanswered).errorCode, ErrorCode.NONE)
  } finally {
    disk.resume()
  }
})

test('a record that was refused for lack of room and sent again is waited for', async t => {
  const disk = new StallableDisk()
  const broker = await startBroker(t, { disk: disk.asDisk(), config: { 'log.fsync': 'group' } })
  const producer = await connect(t, broker)
  const reader = await connect(t, broker)
  await createTopic(producer, name)
  disk.refusedPath = `${name}-0/`
  assert.equal(
    (await produce(producer, name, batchOf(['1']), { acks: 1 })).errorCode,
    ErrorCode.KAFKA_STORAGE_ERROR,
  )
  disk.stall()
  try {
    assert.equal((await produce(producer, name, batchOf(['1']), { acks: 1 })).errorCode, ErrorCode.NONE)
    const impatient = await list(reader, latest, { version: 10, timeoutMs: 100 })
    assert.equal(impatient.errorCode, ErrorCode.OFFSET_NOT_AVAILABLE, 'it is not visible yet')
  } finally {
    disk.resume()
  }
  assert.equal((await list(reader, latest)).offset, 1)
})
