// Fetch in every version: what is found, what waits, and for how long.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DeleteRecordsApi,
  DeleteTopicsApi,
  ErrorCode,
  FetchApi,
  ListOffsetsApi,
  OffsetForLeaderEpochApi,
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
  topicIdOf,
  valuesOf,
} from './broker-fixture.ts'

test('every version gives the records, by name up to 12 and by id from 13 on', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'versions')
  const topicId = await topicIdOf(client, 'versions')
  await produce(client, 'versions', batchOf(['a', 'b']))
  for (let version = 4; version <= 18; version++) {
    const reply = await client.send(FetchApi, version, {
      maxWaitMs: 0,
      minBytes: 1,
      ...(version >= 7 && { sessionId: 0, sessionEpoch: -1 }),
      topics: [
        {
          ...(version >= 13 ? { topicId } : { topic: 'versions' }),
          partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }],
        },
      ],
    })
    const partition = onlyPartition(reply)
    assert.deepEqual(
      [partition.errorCode, partition.highWatermark],
      [ErrorCode.NONE, 2],
      `version ${version}`,
    )
    assert.deepEqual(valuesOf(partition), ['0:a', '1:b'], `version ${version}`)
  }
})

test('an offset within a batch gives the whole batch, the end gives nothing, beyond it is out of range', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'offsets')
  await produce(client, 'offsets', batchOf(['a', 'b', 'c']))
  await produce(client, 'offsets', batchOf(['d']))
  const at = async (offset: number) => onlyPartition(await fetchFrom(client, 'offsets', offset))
  assert.deepEqual(valuesOf(await at(1)), ['0:a', '1:b', '2:c', '3:d'])
  assert.deepEqual(valuesOf(await at(3)), ['3:d'])
  assert.deepEqual([(await at(4)).errorCode, valuesOf(await at(4))], [ErrorCode.NONE, []])
  assert.equal((await at(5)).errorCode, ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.equal((await at(-1)).errorCode, ErrorCode.OFFSET_OUT_OF_RANGE)
})

test('the first batch comes whole though it is over every limit; further partitions wait for the next fetch', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'large', 2)
  for (const partition of [0, 1]) {
    await produce(client, 'large', batchOf(['x'.repeat(5000)]), { partition })
    await produce(client, 'large', batchOf(['y'.repeat(5000)]), { partition })
  }
  const reply = await client.send(FetchApi, 11, {
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 100,
    topics: [
      {
        topic: 'large',
        partitions: [0, 1].map(partition => ({ partition, fetchOffset: 0, partitionMaxBytes: 100 })),
      },
    ],
  })
  assert.deepEqual(
    reply.responses[0]!.partitions.map(partition => valuesOf(partition).length),
    [1, 0],
  )
})

test('a reply is no longer than fetch.max.bytes of the broker, whatever is asked for', async t => {
  const broker = await startBroker(t, { config: { 'fetch.max.bytes': 3_000 } })
  const client = await connect(t, broker)
  await createTopic(client, 'many')
  for (let index = 0; index < 6; index++) await produce(client, 'many', batchOf(['v'.repeat(900)]))
  const reply = await fetchFrom(client, 'many', 0, { maxBytes: 50 << 20, maxWaitMs: 60_000, minBytes: 5_000 })
  assert.equal(valuesOf(onlyPartition(reply)).length, 3)
})

test('a fetch without data waits no longer than it says', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'empty')
  const started = performance.now()
  const reply = onlyPartition(await fetchFrom(client, 'empty', 0, { maxWaitMs: 100 }))
  assert.equal(reply.errorCode, ErrorCode.NONE)
  assert.ok(performance.now() - started >= 95)
})

test('a waiting fetch is answered when data comes, and with min bytes when there is enough of it', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const reader = await connect(t, broker)
  await createTopic(client, 'arriving')
  const one = fetchFrom(reader, 'arriving', 0, { maxWaitMs: 60_000 })
  await produce(client, 'arriving', batchOf(['first']))
  assert.deepEqual(valuesOf(onlyPartition(await one)), ['0:first'])

  const many = fetchFrom(reader, 'arriving', 0, { maxWaitMs: 60_000, minBytes: 500 })
  for (let index = 0; index < 4; index++) await produce(client, 'arriving', batchOf(['v'.repeat(100)]))
  assert.ok(valuesOf(onlyPartition(await many)).length >= 3)
})

test('a fetch does not wait for more than there is when more is there than one read brings', async t => {
  const broker = await startBroker(t, { storageLimits: { tailMaxBytes: 1000 } })
  const client = await connect(t, broker)
  await createTopic(client, 'behind', 1, { 'segment.bytes': '3000' })
  for (let index = 0; index < 12; index++) await produce(client, 'behind', batchOf(['v'.repeat(900)]))
  const log = broker.partition('behind', 0)!
  assert.ok(log.describeSegments().length >= 4)
  // Kafka answers at once, too, where the reader is in an older segment than the end of the log.
  for (let offset = 0; offset < 9; ) {
    const reply = onlyPartition(
      await fetchFrom(client, 'behind', offset, { maxWaitMs: 600_000, minBytes: 8000 }),
    )
    offset += valuesOf(reply).length
    assert.equal(reply.errorCode, ErrorCode.NONE)
  }
})

test('a fetch of many partitions waits for all of them', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const reader = await connect(t, broker)
  await createTopic(client, 'wide', 20)
  const waiting = reader.send(FetchApi, 11, {
    maxWaitMs: 60_000,
    minBytes: 1,
    topics: [
      {
        topic: 'wide',
        partitions: Array.from({ length: 20 }, (_, partition) => ({
          partition,
          fetchOffset: 0,
          partitionMaxBytes: 1000,
        })),
      },
    ],
  })
  await produce(client, 'wide', batchOf(['here']), { partition: 17 })
  const reply = await waiting
  assert.deepEqual(
    reply.responses[0]!.partitions.filter(partition => valuesOf(partition).length > 0).map(
      ({ partitionIndex }) => partitionIndex,
    ),
    [17],
  )
})

test('deleting a topic ends the fetches that wait for it', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const reader = await connect(t, broker)
  await createTopic(client, 'doomed')
  const waiting = fetchFrom(reader, 'doomed', 0, { maxWaitMs: 60_000 })
  await client.send(DeleteTopicsApi, 3, { topicNames: ['doomed'], timeoutMs: 1000 })
  assert.equal(onlyPartition(await waiting).errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('a session names what changed, and is told what changed', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'session', 3)
  const fetch = (sessionId: number, sessionEpoch: number, offsets: readonly (readonly [number, number])[]) =>
    client.send(FetchApi, 11, {
      maxWaitMs: 0,
      minBytes: 1,
      sessionId,
      sessionEpoch,
      topics:
        offsets.length === 0
          ? []
          : [
              {
                topic: 'session',
                partitions: offsets.map(([partition, fetchOffset]) => ({
                  partition,
                  fetchOffset,
                  partitionMaxBytes: 1000,
                })),
              },
            ],
    })
  const indexes = (reply: Awaited<ReturnType<typeof fetch>>) =>
    reply.responses.flatMap(({ partitions }) => partitions.map(({ partitionIndex }) => partitionIndex))
  const full = await fetch(0, 0, [
    [0, 0],
    [1, 0],
    [2, 0],
  ])
  assert.ok(full.sessionId > 0)
  assert.deepEqual(indexes(full), [0, 1, 2])
  const id = full.sessionId
  assert.deepEqual(indexes(await fetch(id, 1, [])), [])
  await produce(client, 'session', batchOf(['a']), { partition: 1 })
  assert.deepEqual(indexes(await fetch(id, 2, [])), [1])
  assert.deepEqual(indexes(await fetch(id, 3, [[1, 1]])), [])
  assert.equal((await fetch(id, 3, [])).errorCode, ErrorCode.INVALID_FETCH_SESSION_EPOCH)
  assert.equal((await fetch(id + 1, 1, [])).errorCode, ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
})

test('leader epochs older or newer than the partition’s are refused', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'epochs')
  await produce(client, 'epochs', batchOf(['a']))
  const fetch = (currentLeaderEpoch: number) =>
    client.send(FetchApi, 12, {
      maxWaitMs: 0,
      minBytes: 1,
      topics: [
        {
          topic: 'epochs',
          partitions: [{ partition: 0, fetchOffset: 0, currentLeaderEpoch, partitionMaxBytes: 1000 }],
        },
      ],
    })
  assert.equal(onlyPartition(await fetch(0)).errorCode, ErrorCode.NONE)
  assert.equal(onlyPartition(await fetch(1)).errorCode, ErrorCode.UNKNOWN_LEADER_EPOCH)
  const end = await client.send(OffsetForLeaderEpochApi, 4, {
    topics: [{ topic: 'epochs', partitions: [{ partition: 0, currentLeaderEpoch: -1, leaderEpoch: 0 }] }],
  })
  const { errorCode, leaderEpoch, endOffset } = end.topics[0]!.partitions[0]!
  assert.deepEqual([errorCode, leaderEpoch, endOffset], [ErrorCode.NONE, 0, 1])
})

test('offsets are found by time and by name', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'times')
  const base = Date.now() - 10_000
  await produce(client, 'times', batchOf(['a', 'b'], { timestamp: base }))
  await produce(client, 'times', batchOf(['c'], { timestamp: base + 2000 }))
  await produce(client, 'times', batchOf(['d'], { timestamp: base + 1000 }))
  const list = async (timestamp: number, version = 11) => {
    const reply = await client.send(ListOffsetsApi, version, {
      replicaId: -1,
      topics: [{ name: 'times', partitions: [{ partitionIndex: 0, timestamp }] }],
    })
    const partition = reply.topics[0]!.partitions[0]!
    return [partition.errorCode, partition.offset, partition.timestamp]
  }
  assert.deepEqual(await list(-1), [ErrorCode.NONE, 4, -1])
  assert.deepEqual(await list(-2), [ErrorCode.NONE, 0, -1])
  assert.deepEqual(await list(-3), [ErrorCode.NONE, 2, base + 2000])
  assert.deepEqual(await list(-4), [ErrorCode.NONE, 0, -1])
  assert.deepEqual(await list(-5), [ErrorCode.NONE, -1, -1])
  assert.deepEqual(await list(base), [ErrorCode.NONE, 0, base])
  assert.deepEqual(await list(base + 1), [ErrorCode.NONE, 2, base + 2000])
  assert.deepEqual(await list(base + 5000), [ErrorCode.NONE, -1, -1])
  assert.deepEqual(await list(-6), [ErrorCode.NONE, -1, -1])
  for (const [special, known] of [
    [-3, 7],
    [-4, 8],
    [-5, 9],
    [-6, 11],
  ] as const)
    assert.equal((await list(special, known - 1))[0], ErrorCode.UNSUPPORTED_VERSION, `${special}`)
  assert.equal((await list(-7))[0], ErrorCode.UNSUPPORTED_VERSION)
  for (let version = 1; version <= 11; version++) assert.deepEqual((await list(-1, version))[1], 4)
  const both = [-1, -2].map(timestamp => ({ partitionIndex: 0, timestamp }))
  const twice = await client.send(ListOffsetsApi, 11, {
    replicaId: -1,
    topics: [{ name: 'times', partitions: both }],
  })
  const codes = twice.topics[0]!.partitions.map(partition => partition.errorCode)
  assert.deepEqual(codes, [ErrorCode.INVALID_REQUEST])
})

test('deleted records are gone for readers; −1 deletes up to the high watermark', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'trimmed')
  await createTopic(client, 'kept', 1, { 'cleanup.policy': 'compact' })
  for (const value of ['a', 'b', 'c']) await produce(client, 'trimmed', batchOf([value]))
  const cut = async (name: string, offset: number) => {
    const reply = await client.send(DeleteRecordsApi, 2, {
      topics: [{ name, partitions: [{ partitionIndex: 0, offset }] }],
      timeoutMs: 1000,
    })
    const { errorCode, lowWatermark } = reply.topics[0]!.partitions[0]!
    return [errorCode, lowWatermark]
  }
  assert.deepEqual(await cut('trimmed', 2), [ErrorCode.NONE, 2])
  assert.equal(onlyPartition(await fetchFrom(client, 'trimmed', 1)).errorCode, ErrorCode.OFFSET_OUT_OF_RANGE)
  const rest = onlyPartition(await fetchFrom(client, 'trimmed', 2))
  assert.deepEqual([valuesOf(rest), rest.logStartOffset], [['2:c'], 2])
  assert.deepEqual(await cut('trimmed', 9), [ErrorCode.OFFSET_OUT_OF_RANGE, -1])
  assert.deepEqual(await cut('trimmed', -1), [ErrorCode.NONE, 3])
  assert.deepEqual(await cut('kept', -1), [ErrorCode.POLICY_VIOLATION, -1])
})

test('a session tells of a topic by id: gone, then made anew under another id, as Apache Kafka does', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'again')
  const first = await topicIdOf(client, 'again')
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1000 }]
  const ask = async (sessionId: number, sessionEpoch: number, topicIds: readonly string[] = []) => {
    const topics = topicIds.map(topicId => ({ topicId, partitions }))
    const reply = await client.send(FetchApi, 17, {
      maxWaitMs: 0,
      minBytes: 1,
      sessionId,
      sessionEpoch,
      topics,
    })
    const told = reply.responses.map(({ topicId, partitions: [partition] }) => [
      topicId,
      partition!.errorCode,
    ])
    return { sessionId: reply.sessionId, told }
  }
  const remove = () =>
    client.send(DeleteTopicsApi, 6, { topics: [{ name: 'again', topicId: zeroUuid }], timeoutMs: 1000 })
  const opened = await ask(0, 0, [first])
  assert.deepEqual(opened.told, [[first, ErrorCode.NONE]])
  await remove()
  const { sessionId } = opened
  assert.deepEqual((await ask(sessionId, 1)).told, [[first, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]])
  await createTopic(client, 'again')
  const second = await topicIdOf(client, 'again')
  assert.deepEqual((await ask(sessionId, 2)).told, [[first, ErrorCode.INCONSISTENT_TOPIC_ID]])
  assert.deepEqual((await ask(sessionId, 3, [second])).told, [
    [first, ErrorCode.INCONSISTENT_TOPIC_ID],
    [second, ErrorCode.NONE],
  ])
  assert.deepEqual(
    (await ask(0, 0, [first])).told,
    [[first, ErrorCode.UNKNOWN_TOPIC_ID]],
    'a session that never knew it',
  )
})
