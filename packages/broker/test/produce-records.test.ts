// Records that a producer gets wrong, in batches with and without compression: what every reader would choke on is not stored.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type BatchHeader,
  type Codec,
  codecs,
  ErrorCode,
  ProduceApi,
  RecordBatchWriter,
  readBatchHeader,
  setMaxTimestamp,
  updateBatchCrc,
  verifyBatchCrc,
} from '@millrace/protocol'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  produce,
  startBroker,
} from './broker-fixture.ts'

const headerBytes = 61
const lastOffsetDeltaAt = 23
const countAt = 57
const attributesAt = 21
const all = Object.values(codecs)
const compressing = all.filter(codec => codec.id > 0)

/** A batch of bytes as they are, with a header that claims what it is told to and a checksum that is right. */
function forged(payload: Uint8Array, codecId: number, count: number): Buffer {
  const batch = Buffer.concat([batchOf(['x']).subarray(0, headerBytes), payload])
  batch.writeInt32BE(batch.length - 12, 8)
  batch.writeInt16BE(codecId, attributesAt)
  return withCount(batch, count)
}

function withCount(batch: Buffer, count: number): Buffer {
  batch.writeInt32BE(count - 1, lastOffsetDeltaAt)
  batch.writeInt32BE(count, countAt)
  updateBatchCrc(readBatchHeader(batch))
  return batch
}

/** The records of a batch without compression, as bytes. */
const plainOf = (values: readonly string[]): Buffer => batchOf(values).subarray(headerBytes)

/** What is wrong with the records, whatever codec they are compressed with. Kafka refuses each of them. */
const faults: readonly (readonly [string, (codec: Codec) => Buffer])[] = [
  ['fewer records than stated', codec => withCount(batchOf(['a', 'b'], { codec }), 3)],
  ['more records than stated', codec => withCount(batchOf(['a', 'b', 'c'], { codec }), 2)],
  [
    'bytes behind the last record',
    codec => forged(codec.compress(Buffer.concat([plainOf(['a']), Buffer.alloc(9)])), codec.id, 1),
  ],
  [
    'a value that is longer than its record',
    codec => {
      const plain = Buffer.from(plainOf(['abc']))
      // Length, attributes, two deltas, a null key, then the length of the value.
      plain[5] = 80
      return forged(codec.compress(plain), codec.id, 1)
    },
  ],
  [
    'bytes between the headers and the end of a record',
    codec => forged(codec.compress(Buffer.from([16, 0, 0, 0, 1, 1, 0, 9, 9])), codec.id, 1),
  ],
  ['a number that does not end', codec => forged(codec.compress(Buffer.alloc(20, 0xff)), codec.id, 1)],
  [
    'a gap between the offsets',
    codec => {
      const writer = new RecordBatchWriter()
      writer.appendAt(0, Date.now(), null, 'a')
      writer.appendAt(2, Date.now(), null, 'b')
      return withCount(Buffer.from(writer.finish({ codec })), 2)
    },
  ],
]

for (const [what, make] of faults) {
  test(`${what} is refused with every codec and every kind of topic`, async t => {
    const broker = await startBroker(t)
    const client = await connect(t, broker)
    const topics = {
      plain: {},
      stamped: { 'message.timestamp.type': 'LogAppendTime' },
      forced: { 'compression.type': 'gzip' },
    }
    for (const [topic, configs] of Object.entries(topics)) {
      await createTopic(client, topic, 1, configs)
      for (const codec of all) {
        const { errorCode } = await produce(client, topic, make(codec))
        assert.equal(errorCode, ErrorCode.INVALID_RECORD, `${topic}, ${codec.name}`)
      }
      assert.equal(broker.partition(topic, 0)?.logEndOffset, 0)
    }
  })
}

test('what cannot be decompressed is refused with the error of Apache Kafka, and said why', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'unreadable')
  const values = Array.from({ length: 50 }, (_, index) => `value ${Math.imul(index, 2_654_435_761)}`)
  for (const codec of compressing) {
    const good = batchOf(values, { codec }).subarray(headerBytes)
    const payloads = {
      prose: Buffer.from('these bytes were never compressed by anybody, in whatever format'),
      'cut off': good.subarray(0, good.length - 2),
    }
    for (const [what, payload] of Object.entries(payloads)) {
      const reply = await produce(client, 'unreadable', forged(payload, codec.id, values.length))
      assert.equal(reply.errorCode, ErrorCode.UNKNOWN_SERVER_ERROR, `${codec.name}, ${what}`)
      assert.match(reply.errorMessage ?? '', new RegExp(`unreadable-0: .*${codec.name}`))
    }
  }
  for (const name of ['snappy', 'zstd', 'gzip'] as const) {
    const junk = Buffer.concat([
      batchOf(['a'], { codec: codecs[name] }).subarray(headerBytes),
      Buffer.from('junk'),
    ])
    const { errorCode } = await produce(client, 'unreadable', forged(junk, codecs[name].id, 1))
    assert.equal(errorCode, ErrorCode.UNKNOWN_SERVER_ERROR, `${name}, bytes behind it`)
  }
  assert.equal(broker.partition('unreadable', 0)?.logEndOffset, 0)
})

test('a codec that there is not is refused with the error of Apache Kafka, in every version', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'unknown-codec')
  for (const id of [5, 6, 7]) {
    for (const version of [3, 6, 7, 9]) {
      const reply = await produce(client, 'unknown-codec', forged(plainOf(['a']), id, 1), { version })
      assert.equal(reply.errorCode, ErrorCode.UNKNOWN_SERVER_ERROR, `id ${id}, version ${version}`)
    }
  }
  assert.equal(broker.partition('unknown-codec', 0)?.logEndOffset, 0)
})

async function stored(
  client: Awaited<ReturnType<typeof connect>>,
  topic: string,
  offset: number,
): Promise<BatchHeader> {
  const { records } = onlyPartition(await fetchFrom(client, topic, offset))
  const header = readBatchHeader(Buffer.from(records![0]!))
  verifyBatchCrc(header)
  return header
}

test('a largest timestamp that is stated wrongly is put right whatever the codec', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'misstated')
  for (const [offset, codec] of all.entries()) {
    const batch = batchOf(['a'], { codec, timestamp: 5_000 })
    setMaxTimestamp(readBatchHeader(batch), offset % 2 === 0 ? 1 : Date.now() + 10 * 3_600_000)
    assert.equal((await produce(client, 'misstated', batch)).errorCode, ErrorCode.NONE, codec.name)
    assert.equal((await stored(client, 'misstated', offset)).maxTimestamp, 5_000, codec.name)
  }
})

test('a record too far ahead is found in a compressed batch whose header hides it', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'ahead')
  for (const codec of all) {
    const writer = new RecordBatchWriter()
    writer.append(Date.now(), null, 'now')
    writer.append(Date.now() + 3 * 3_600_000, null, 'in three hours')
    const batch = Buffer.from(writer.finish({ codec }))
    setMaxTimestamp(readBatchHeader(batch), Date.now())
    const reply = await produce(client, 'ahead', batch)
    assert.equal(reply.errorCode, ErrorCode.INVALID_TIMESTAMP, codec.name)
    assert.deepEqual(
      reply.recordErrors.map(({ batchIndex }) => batchIndex),
      [1],
    )
  }
})

test('a timestamp type that is the broker’s to set is taken back, or refused where the broker sets it', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'times')
  await createTopic(client, 'stamps', 1, { 'message.timestamp.type': 'LogAppendTime' })
  for (const [offset, codec] of all.entries()) {
    const claimed = () => {
      const batch = batchOf(['a', 'b'], { codec, timestamp: 5_000 })
      batch.writeInt16BE(codec.id | 8, attributesAt)
      updateBatchCrc(readBatchHeader(batch))
      return batch
    }
    assert.equal((await produce(client, 'times', claimed())).errorCode, ErrorCode.NONE, codec.name)
    const header = await stored(client, 'times', offset * 2)
    assert.deepEqual([header.isLogAppendTime, header.maxTimestamp], [false, 5_000], codec.name)
    const refused = await produce(client, 'stamps', claimed())
    assert.equal(refused.errorCode, ErrorCode.INVALID_TIMESTAMP, codec.name)
    assert.deepEqual(
      refused.recordErrors.map(({ batchIndex }) => batchIndex),
      [0, 1],
    )
  }
})

/** Some kilobytes that become as many zeros as asked for. */
function bomb(codec: Codec, bytes: number): Buffer {
  return forged(codec.compress(Buffer.alloc(bytes)), codec.id, 1)
}

test('a batch that would become more than readers take is refused as too large', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'bombs', 1, { 'max.message.bytes': String(32 << 20) })
  for (const codec of [codecs.gzip, codecs.zstd, codecs.lz4]) {
    const reply = await produce(client, 'bombs', bomb(codec, (128 << 20) + 1))
    assert.equal(reply.errorCode, ErrorCode.MESSAGE_TOO_LARGE, codec.name)
  }
  assert.equal((await produce(client, 'bombs', batchOf(['fine']))).baseOffset, 0)
})

test('max.message.bytes holds for what comes and for what compression.type makes of it, with every pair of codecs', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const values = Array.from(
    { length: 50 },
    (_, index) => `${'z'.repeat(900)}${Math.imul(index, 2_654_435_761)}`,
  )
  let grown = 0
  for (const codec of all) {
    const batch = batchOf(values, { codec })
    for (const type of ['producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd']) {
      const topicOf = async (name: string, maxBytes: number) => {
        await createTopic(client, name, 1, {
          'compression.type': type,
          'max.message.bytes': String(maxBytes),
        })
        return name
      }
      const pair = `${codec.name}-${type}`
      const roomy = await topicOf(`${pair}-roomy`, 1 << 20)
      assert.equal((await produce(client, roomy, batch)).errorCode, ErrorCode.NONE, pair)
      const { sizeInBytes } = await stored(client, roomy, 0)
      const needed = Math.max(batch.length, sizeInBytes)
      if (sizeInBytes > batch.length) grown++
      const exact = await topicOf(`${pair}-exact`, needed)
      assert.equal((await produce(client, exact, batch)).errorCode, ErrorCode.NONE, pair)
      const short = await topicOf(`${pair}-short`, needed - 1)
      // Apache Kafka 4.3.1 gives the same answer to all of these.
      assert.equal((await produce(client, short, batch)).errorCode, ErrorCode.MESSAGE_TOO_LARGE, pair)
      assert.equal(broker.partition(short, 0)?.logEndOffset, 0)
    }
  }
  assert.ok(grown >= 5, `${grown} pairs store more than came`)
})

test('the batches of one request may together become only so much', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'together', 4)
  const batch = bomb(codecs.zstd, 120 << 20)
  const { responses } = await client.send(ProduceApi, 9, {
    acks: -1,
    timeoutMs: 10_000,
    topicData: [
      { name: 'together', partitionData: [0, 1, 2].map(index => ({ index, records: [Buffer.from(batch)] })) },
    ],
  })
  // The first two are looked into, and are no records; for the third there is no room.
  assert.deepEqual(
    responses[0]!.partitionResponses.map(({ errorCode }) => errorCode),
    [ErrorCode.INVALID_RECORD, ErrorCode.INVALID_RECORD, ErrorCode.MESSAGE_TOO_LARGE],
  )
})

test('the frames of one request are bounded by what they cost, whoever else sends is served', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  await createTopic(client, 'frames', 10)
  const skippable = Buffer.alloc(500_000)
  skippable.writeUInt32LE(0x184d2a50, 0)
  skippable.writeUInt32LE(skippable.length - 8, 4)
  const frames = Array.from({ length: 1900 }, () => codecs.zstd.compress(Buffer.alloc(0)))
  const batch = forged(
    Buffer.concat([skippable, codecs.zstd.compress(plainOf(['x'])), ...frames]),
    codecs.zstd.id,
    1,
  )
  const partitionData = Array.from({ length: 10 }, (_, index) => ({ index, records: [Buffer.from(batch)] }))
  const { responses } = await client.send(ProduceApi, 9, {
    acks: -1,
    timeoutMs: 10_000,
    topicData: [{ name: 'frames', partitionData }],
  })
  // 1,900 frames count as 30 MiB: eight such batches have room in one request.
  assert.deepEqual(
    responses[0]!.partitionResponses.map(({ errorCode }) => errorCode),
    [...Array<number>(8).fill(ErrorCode.NONE), ErrorCode.MESSAGE_TOO_LARGE, ErrorCode.MESSAGE_TOO_LARGE],
  )
  assert.equal((await produce(client, 'frames', Buffer.from(batch))).errorCode, ErrorCode.NONE)
})
