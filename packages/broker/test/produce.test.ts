// Produce in every version: what is appended, what is refused, and how each is told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  BatchHeader,
  batchLayout,
  batches,
  codecs,
  ErrorCode,
  InitProducerIdApi,
  ListOffsetsApi,
  ProduceApi,
  readBatchHeader,
  setMaxTimestamp,
  toRecords,
  updateBatchCrc,
  verifyBatchCrc,
  zeroUuid,
} from '@millrace/protocol'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  produce,
  startBroker,
  temporaryDirectory,
  topicIdOf,
  valuesOf,
} from './broker-fixture.ts'
import type { TestClient } from './test-client.ts'

const allVersions = Array.from({ length: 11 }, (_, index) => index + 3)

test('every version appends and says at which offset, by name up to 12 and by id from 13 on', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'versions')
  const topicId = await topicIdOf(client, 'versions')
  for (const [index, version] of allVersions.entries()) {
    const reply = await client.send(ProduceApi, version, {
      acks: -1,
      timeoutMs: 1000,
      topicData: [
        {
          ...(version >= 13 ? { topicId } : { name: 'versions' }),
          partitionData: [{ index: 0, records: [batchOf(['a'])] }],
        },
      ],
    })
    const partition = reply.responses[0]!.partitionResponses[0]!
    assert.deepEqual(
      [partition.errorCode, partition.baseOffset],
      [ErrorCode.NONE, index],
      `version ${version}`,
    )
  }
})

test('an unknown topic, id or partition is an error of its own partition only', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'known')
  const reply = await client.send(ProduceApi, 9, {
    acks: 1,
    timeoutMs: 1000,
    topicData: [
      { name: 'unknown', partitionData: [{ index: 0, records: [batchOf(['a'])] }] },
      {
        name: 'known',
        partitionData: [
          { index: 0, records: [batchOf(['a'])] },
          { index: 1, records: [batchOf(['a'])] },
        ],
      },
    ],
  })
  assert.deepEqual(
    reply.responses.map(({ partitionResponses }) => partitionResponses.map(({ errorCode }) => errorCode)),
    [[ErrorCode.UNKNOWN_TOPIC_OR_PARTITION], [ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]],
  )
  const byId = await client.send(ProduceApi, 13, {
    acks: 1,
    timeoutMs: 1000,
    topicData: [{ topicId: zeroUuid, partitionData: [{ index: 0, records: [batchOf(['a'])] }] }],
  })
  assert.equal(byId.responses[0]!.partitionResponses[0]!.errorCode, ErrorCode.UNKNOWN_TOPIC_ID)
})

test('acks other than 0, 1 and −1 are refused', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'acks')
  assert.equal(
    (await produce(client, 'acks', batchOf(['a']), { acks: 2 })).errorCode,
    ErrorCode.INVALID_REQUIRED_ACKS,
  )
  assert.equal(broker.partition('acks', 0)?.logEndOffset, 0)
})

const withField = (batch: Buffer, change: (batch: Buffer) => void): Buffer => {
  change(batch)
  return batch
}

const refused: readonly (readonly [string, () => Buffer | null, number])[] = [
  ['no records', () => null, ErrorCode.INVALID_RECORD],
  ['an empty record set', () => Buffer.alloc(0), ErrorCode.INVALID_RECORD],
  ['two batches', () => Buffer.concat([batchOf(['a']), batchOf(['b'])]), ErrorCode.INVALID_RECORD],
  ['a control batch', () => batchOf(['a'], { control: true }), ErrorCode.INVALID_RECORD],
  [
    'a transaction without a transactional id',
    () => batchOf(['a'], { producerId: 1, producerEpoch: 0, baseSequence: 0, transactional: true }),
    ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  ],
  [
    'a base offset',
    () => withField(batchOf(['a']), batch => batch.writeInt32BE(5, 4)),
    ErrorCode.INVALID_RECORD,
  ],
  [
    'a wrong checksum',
    () => withField(batchOf(['abc']), batch => batch.writeUInt8(0xff, batch.length - 2)),
    ErrorCode.CORRUPT_MESSAGE,
  ],
  [
    'a count that does not fit the offsets',
    () =>
      withField(batchOf(['a', 'b']), batch => {
        batch.writeInt32BE(7, 57)
        updateBatchCrc(readBatchHeader(batch))
      }),
    ErrorCode.INVALID_RECORD,
  ],
  [
    'an old message format',
    () => withField(batchOf(['a']), batch => batch.writeUInt8(1, 16)),
    ErrorCode.INVALID_RECORD,
  ],
  [
    'a future format',
    () => withField(batchOf(['a']), batch => batch.writeUInt8(3, 16)),
    ErrorCode.CORRUPT_MESSAGE,
  ],
  [
    'a length beyond the bytes',
    () => withField(batchOf(['a']), batch => batch.writeInt32BE(9999, 8)),
    ErrorCode.INVALID_RECORD,
  ],
  ['a batch over max.message.bytes', () => batchOf(['x'.repeat(2000)]), ErrorCode.MESSAGE_TOO_LARGE],
  [
    'a timestamp two hours ahead',
    () => batchOf(['a'], { timestamp: Date.now() + 7_200_000 }),
    ErrorCode.INVALID_TIMESTAMP,
  ],
]

for (const [what, make, code] of refused) {
  test(`${what} is refused and nothing is appended`, async t => {
    const broker = await startBroker(t)
    const client = await connect(t, broker)
    await createTopic(client, 'strict', 1, { 'max.message.bytes': '1000' })
    const reply = await produce(client, 'strict', make())
    assert.deepEqual([reply.errorCode, reply.baseOffset], [code, -1])
    assert.equal(broker.partition('strict', 0)?.logEndOffset, 0)
    assert.equal((await produce(client, 'strict', batchOf(['fine']))).baseOffset, 0)
  })
}

test('a record without key on a compacted topic is refused, and named', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'compacted', 1, { 'cleanup.policy': 'compact' })
  const reply = await produce(client, 'compacted', batchOf(['a', 'b', 'c'], { keys: ['k', null, 'k'] }))
  assert.equal(reply.errorCode, ErrorCode.INVALID_RECORD)
  assert.deepEqual(
    reply.recordErrors.map(({ batchIndex }) => batchIndex),
    [1],
  )
  assert.ok(reply.errorMessage)
  assert.equal(
    (await produce(client, 'compacted', batchOf(['a'], { keys: ['k'] }))).errorCode,
    ErrorCode.NONE,
  )
})

test('old timestamps are refused only where a limit is set', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'open')
  await createTopic(client, 'limited', 1, { 'message.timestamp.before.max.ms': '60000' })
  const old = { timestamp: Date.now() - 3_600_000 }
  assert.equal((await produce(client, 'open', batchOf(['a'], old))).errorCode, ErrorCode.NONE)
  assert.equal((await produce(client, 'limited', batchOf(['a'], old))).errorCode, ErrorCode.INVALID_TIMESTAMP)
})

test('timestamps beyond what a number holds are refused or taken as Apache Kafka does, and found again', async t => {
  const dataDir = temporaryDirectory(t)
  let broker = await startBroker(t, { dataDir })
  let client = await connect(t, broker)
  const unlimited = { 'message.timestamp.after.max.ms': '9223372036854775807' }
  await createTopic(client, 'limited')
  await createTopic(client, 'unlimited', 1, unlimited)
  await createTopic(client, 'forced', 1, { ...unlimited, 'compression.type': 'gzip' })
  await createTopic(client, 'stamped', 1, { 'message.timestamp.type': 'LogAppendTime' })
  const nanoseconds = 1_764_460_000_123_456_789n
  const latest = 2n ** 63n - 1n
  for (const timestamp of [nanoseconds, 2n ** 53n + 1n, latest]) {
    const batch = () => {
      const made = batchOf(['a', 'b'], { timestamp: 0 })
      for (const at of [batchLayout.baseTimestampAt, batchLayout.maxTimestampAt])
        made.writeBigInt64BE(timestamp, at)
      updateBatchCrc(readBatchHeader(made))
      return made
    }
    assert.equal((await produce(client, 'limited', batch())).errorCode, ErrorCode.INVALID_TIMESTAMP)
    for (const topic of ['unlimited', 'forced', 'stamped'])
      assert.equal((await produce(client, topic, batch())).errorCode, ErrorCode.NONE, `${topic} ${timestamp}`)
  }
  for (let start = 0; start < 2; start++) {
    const { records } = onlyPartition(await fetchFrom(client, 'unlimited', 0))
    const first = Buffer.concat([...(records ?? [])])
    assert.equal(
      first.readBigInt64BE(batchLayout.baseTimestampAt),
      nanoseconds,
      'what is stored is what came',
    )
    assert.equal(first.readBigInt64BE(batchLayout.maxTimestampAt), nanoseconds)
    // A read may end with its segment, and times so far apart do not share one.
    const times = toRecords(first).map(record => record.timestamp)
    assert.deepEqual(times.slice(0, 2), [Number(nanoseconds), Number(nanoseconds)])
    for (const topic of ['unlimited', 'forced']) {
      assert.equal((await offsetAt(client, topic, -3)).offset, 4, 'the largest timestamp')
      assert.equal((await offsetAt(client, topic, Number(nanoseconds))).offset, 0)
      assert.equal((await offsetAt(client, topic, Number(latest))).offset, 4)
    }
    await client.close()
    await broker.close()
    broker = await startBroker(t, { dataDir })
    client = await connect(t, broker)
  }
})

async function offsetAt(client: TestClient, name: string, timestamp: number) {
  const partitions = [{ partitionIndex: 0, currentLeaderEpoch: -1, timestamp }]
  const request = { replicaId: -1, isolationLevel: 0, topics: [{ name, partitions }] }
  return (await client.send(ListOffsetsApi, 7, request)).topics[0]!.partitions[0]!
}

test('with LogAppendTime the time of the broker is stored and told, whatever the producer says', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'stamped', 1, { 'message.timestamp.type': 'LogAppendTime' })
  const before = Date.now()
  const reply = await produce(client, 'stamped', batchOf(['a'], { timestamp: 1000 }))
  assert.ok(reply.logAppendTimeMs >= before && reply.logAppendTimeMs <= Date.now())
  const [bytes] = onlyPartition(await fetchFrom(client, 'stamped', 0)).records!
  const header = readBatchHeader(bytes!, 0, new BatchHeader())
  assert.deepEqual([header.isLogAppendTime, header.maxTimestamp], [true, reply.logAppendTimeMs])
  assert.deepEqual(valuesOf(onlyPartition(await fetchFrom(client, 'stamped', 0))), ['0:a'])
})

test('all codecs are stored as they come, unless the topic asks for one', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'as-is')
  await createTopic(client, 'forced', 1, { 'compression.type': 'lz4' })
  await createTopic(client, 'plain', 1, { 'compression.type': 'uncompressed' })
  const all = [codecs.none, codecs.gzip, codecs.snappy, codecs.lz4, codecs.zstd]
  for (const codec of all) {
    for (const topic of ['as-is', 'forced', 'plain']) {
      assert.equal(
        (await produce(client, topic, batchOf(['v'.repeat(500)], { codec }))).errorCode,
        ErrorCode.NONE,
      )
    }
  }
  const stored = async (topic: string) =>
    [...batches(Buffer.concat([...onlyPartition(await fetchFrom(client, topic, 0)).records!]))].map(
      header => header.compression as number,
    )
  assert.deepEqual(await stored('as-is'), [0, 1, 2, 3, 4])
  assert.deepEqual(await stored('forced'), [3, 3, 3, 3, 3])
  assert.deepEqual(await stored('plain'), [0, 0, 0, 0, 0])
  assert.equal(valuesOf(onlyPartition(await fetchFrom(client, 'forced', 0))).length, 5)
})

test('zstd needs a version that knows it', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'zstd')
  const batch = () => batchOf(['v'.repeat(100)], { codec: codecs.zstd })
  assert.equal(
    (await produce(client, 'zstd', batch(), { version: 6 })).errorCode,
    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
  )
  assert.equal((await produce(client, 'zstd', batch(), { version: 7 })).errorCode, ErrorCode.NONE)
})

test('an idempotent producer that repeats a batch gets the first offset again; a gap and an old epoch are refused', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'once')
  const init = await client.send(InitProducerIdApi, 4, { transactionalId: null, transactionTimeoutMs: 1000 })
  const { producerId } = init
  const send = async (baseSequence: number, producerEpoch = 0) => {
    const reply = await produce(
      client,
      'once',
      batchOf(['a', 'b'], { producerId, producerEpoch, baseSequence }),
    )
    return [reply.errorCode, reply.baseOffset]
  }
  assert.deepEqual(await send(0), [ErrorCode.NONE, 0])
  assert.deepEqual(await send(2), [ErrorCode.NONE, 2])
  assert.deepEqual(await send(0), [ErrorCode.NONE, 0])
  assert.deepEqual(await send(6), [ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, -1])
  assert.deepEqual(await send(0, 1), [ErrorCode.NONE, 4])
  assert.deepEqual(await send(4, 0), [ErrorCode.INVALID_PRODUCER_EPOCH, -1])
  assert.equal(broker.partition('once', 0)?.logEndOffset, 6)
})

test('acks=all is refused where more replicas are asked for than there are; acks=1 is not', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'replicas', 1, { 'min.insync.replicas': '2' })
  assert.equal((await produce(client, 'replicas', batchOf(['a']))).errorCode, ErrorCode.NOT_ENOUGH_REPLICAS)
  assert.equal((await produce(client, 'replicas', batchOf(['a']), { acks: 1 })).errorCode, ErrorCode.NONE)
})

test('internal topics are written by Kafka’s own tools only', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, '__consumer_offsets')
  const batch = () => batchOf(['a'], { keys: ['k'] })
  assert.equal(
    (await produce(client, '__consumer_offsets', batch())).errorCode,
    ErrorCode.INVALID_TOPIC_EXCEPTION,
  )
  const admin = await connect(t, broker, '__admin_client')
  assert.equal((await produce(admin, '__consumer_offsets', batch())).errorCode, ErrorCode.NONE)
})

test('a client id may be null', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker, null)
  await createTopic(client, 'anonymous')
  assert.equal((await produce(client, 'anonymous', batchOf(['a']))).errorCode, ErrorCode.NONE)
})

test('a largest timestamp that the producer stated wrongly is put right', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'misstated')
  const stated = batchOf(['a', 'b'], { timestamp: 5_000 })
  const header = readBatchHeader(stated)
  // The header says 1970; the records say five seconds later.
  setMaxTimestamp(header, 1)
  await produce(client, 'misstated', stated)
  const { records } = onlyPartition(await fetchFrom(client, 'misstated', 0))
  const stored = readBatchHeader(Buffer.from(records![0]!))
  assert.equal(stored.maxTimestamp, 5_000)
  verifyBatchCrc(stored)
})

test('records that do not fill their batch are refused', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'unfilled')
  const batch = withField(batchOf(['a', 'b', 'c']), copy => {
    copy.writeInt32BE(1, 23)
    copy.writeInt32BE(2, 57)
    updateBatchCrc(readBatchHeader(copy))
  })
  assert.equal((await produce(client, 'unfilled', batch)).errorCode, ErrorCode.INVALID_RECORD)
})
