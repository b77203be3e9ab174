// Large batches are checked in slices: the same is said of them as of small ones, others have their turn meanwhile, and nothing overtakes them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Codec,
  codecs,
  DeleteTopicsApi,
  ErrorCode,
  ProduceApi,
  RecordBatchWriter,
  readBatchHeader,
  setLogAppendTime,
  setMaxTimestamp,
  toRecords,
  updateBatchCrc,
} from '@millrace/protocol'
import { type Clock, nodeClock } from '@millrace/runtime'
import { BrokerConfig } from '../src/config/broker-config.ts'
import { resolveTopicConfig } from '../src/config/topic-config.ts'
import { requestDecompressedMaxBytes } from '../src/limits.ts'
import { validateInSlices } from '../src/produce/slow-validation.ts'
import { BatchError, type BatchRules, validateAtOnce } from '../src/produce/validate.ts'
import { Slices } from '../src/slices.ts'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  produce,
  startBroker,
} from './broker-fixture.ts'
import type { TestClient } from './test-client.ts'

const nowMs = Date.now()

function rulesOf(settings: Readonly<Record<string, string>>, atOnceBytes: number): BatchRules {
  return {
    config: resolveTopicConfig(new Map(Object.entries(settings)), new BrokerConfig()),
    apiVersion: 9,
    nowMs,
    topic: 't',
    partition: 0,
    budget: { inflationBytes: requestDecompressedMaxBytes, atOnceBytes },
  }
}

/** A clock by which every look is a millisecond later than the one before; counts how often the event loop was given back. */
function slowClock(): Clock & { deferred: number } {
  let looks = 0
  return {
    deferred: 0,
    now: () => nodeClock.now(),
    monotonic: () => ++looks,
    setTimer: (delayMs, run, options) => nodeClock.setTimer(delayMs, run, options),
    defer(run) {
      this.deferred++
      nodeClock.defer(run)
    },
  }
}

interface Outcome {
  readonly batch?: Buffer
  readonly error?: { readonly code: number; readonly message: string; readonly faults: unknown }
}

async function outcomeOf(check: () => Buffer | undefined | Promise<Buffer>): Promise<Outcome> {
  try {
    const batch = await check()
    assert.ok(batch, 'it is checked to its end')
    return { batch }
  } catch (error) {
    assert.ok(error instanceof BatchError, String(error))
    return { error: { code: error.code, message: error.message, faults: error.recordErrors } }
  }
}

const few = (codec: Codec) => batchOf(['a', 'b', 'c'], { codec, timestamp: nowMs, keys: ['k', null, 'l'] })

function changed(batch: Buffer, change: (batch: Buffer) => void): Buffer {
  change(batch)
  updateBatchCrc(readBatchHeader(batch))
  return batch
}

const batchesToCheck: Readonly<Record<string, (codec: Codec) => Buffer>> = {
  'a good one': few,
  'a wrong largest timestamp': codec => {
    const batch = few(codec)
    setMaxTimestamp(readBatchHeader(batch), 5)
    return batch
  },
  'the stamp of a broker': codec => {
    const batch = few(codec)
    setLogAppendTime(readBatchHeader(batch), nowMs)
    return batch
  },
  'a wrong checksum': codec => {
    const batch = few(codec)
    batch[batch.length - 1]! ^= 1
    return batch
  },
  'fewer records than stated': codec =>
    changed(few(codec), batch => {
      batch.writeInt32BE(3, 23)
      batch.writeInt32BE(4, 57)
    }),
  'records that cannot be unpacked': codec => changed(few(codec), batch => batch.fill(0xee, 61)),
  'a time that is too far ahead': codec => batchOf(['a', 'b'], { codec, timestamp: nowMs + 10 ** 8 }),
  'no records': codec => changed(few(codec), batch => batch.writeInt32BE(0, 57)),
}

const settingsToCheck: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'message.timestamp.type': 'LogAppendTime' },
  { 'compression.type': 'gzip', 'compression.gzip.level': '9' },
  { 'compression.type': 'lz4', 'message.timestamp.type': 'LogAppendTime' },
  { 'compression.type': 'uncompressed' },
  { 'cleanup.policy': 'compact' },
  { 'max.message.bytes': '80', 'compression.type': 'gzip' },
]

for (const [name, make] of Object.entries(batchesToCheck)) {
  test(`checked in slices and at once the same is made and said of a batch: ${name}`, async () => {
    for (const codec of Object.values(codecs)) {
      for (const settings of settingsToCheck) {
        const [first, second] = [make(codec), Buffer.from(make(codec))]
        const atOnce = await outcomeOf(() => validateAtOnce([first], rulesOf(settings, 1 << 20)))
        const slices = new Slices(slowClock(), 1)
        const slow = await outcomeOf(() => validateInSlices([second], rulesOf(settings, 0), slices))
        assert.deepEqual(slow, atOnce, `${codec.name}, ${JSON.stringify(settings)}`)
      }
    }
  })
}

/** A batch of so many records of 1 KiB, which a codec makes small. */
function largeBatch(records: number, codec: Codec): Buffer {
  const writer = new RecordBatchWriter()
  const value = Buffer.alloc(1024, 'large')
  for (let index = 0; index < records; index++) writer.append(nowMs, null, value)
  return Buffer.from(writer.finish({ codec }))
}

test('what is more than may be checked at once is left for slices, packed or unpacked, and is not changed', () => {
  const large = rulesOf(
    { 'max.message.bytes': '100000000', 'message.timestamp.type': 'LogAppendTime' },
    4 << 20,
  )
  for (const codec of Object.values(codecs)) {
    const batch = largeBatch(5000, codec)
    const before = Buffer.from(batch)
    const { budget } = large
    const rules = { ...large, budget: { ...budget } }
    assert.equal(validateAtOnce([batch], rules), undefined, codec.name)
    assert.equal(rules.budget.inflationBytes, budget.inflationBytes)
    assert.ok(batch.equals(before))
  }
})

test('the event loop is given back after each piece of a large batch: of its bytes, and of its records', async () => {
  const records = 20_000
  for (const codec of [codecs.none, codecs.zstd]) {
    const clock = slowClock()
    const batch = largeBatch(records, codec)
    const rules = rulesOf({ 'max.message.bytes': '100000000', 'compression.type': 'uncompressed' }, 0)
    const valid = await validateInSlices([batch], rules, new Slices(clock, 1))
    assert.equal(readBatchHeader(valid).recordCount, records)
    const pieces = Math.floor(batch.length / 2 ** 20) + Math.floor(records / 4096)
    assert.ok(clock.deferred >= pieces, `${codec.name}: ${clock.deferred} times, ${pieces} pieces`)
  }
})

async function sendTo(client: TestClient, partitions: readonly (readonly [number, Buffer])[]) {
  const reply = await client.send(ProduceApi, 9, {
    acks: -1,
    timeoutMs: 10_000,
    topicData: [
      { name: 'large', partitionData: partitions.map(([index, batch]) => ({ index, records: [batch] })) },
    ],
  })
  return reply.responses[0]!.partitionResponses.map(({ errorCode, baseOffset }) => [errorCode, baseOffset])
}

test('what a connection sends behind a large batch is behind it in the log; others do not wait for it', async t => {
  const broker = await startBroker(t)
  const client = await connect(t, broker)
  const other = await connect(t, broker)
  await createTopic(client, 'large', 2, { 'max.message.bytes': '100000000' })
  await createTopic(client, 'small')
  const answered: string[] = []
  const note = <T>(name: string, reply: Promise<T>) => reply.finally(() => answered.push(name))
  // Many of them, so that whoever may go between does.
  const large = Array.from({ length: 4 }, (_, index) =>
    note(
      'large',
      sendTo(client, [
        [0, largeBatch(30_000, codecs.zstd)],
        [1, index === 0 ? Buffer.alloc(70) : batchOf(['beside'])],
      ]),
    ),
  )
  const small = note('small', sendTo(client, [[0, batchOf(['last'])]]))
  const beside = note('other', produce(other, 'small', batchOf(['other'])))
  const replies = await Promise.all(large)
  assert.deepEqual(replies[0], [
    [ErrorCode.NONE, 0],
    [ErrorCode.INVALID_RECORD, -1],
  ])
  assert.deepEqual(replies[3], [
    [ErrorCode.NONE, 90_000],
    [ErrorCode.NONE, 2],
  ])
  assert.deepEqual(await small, [[ErrorCode.NONE, 120_000]])
  assert.equal((await beside).errorCode, ErrorCode.NONE)
  assert.deepEqual(
    answered.filter(name => name !== 'other'),
    ['large', 'large', 'large', 'large', 'small'],
  )
  assert.ok(answered.indexOf('other') < 4, `another connection is answered meanwhile: ${answered.join()}`)
  const { records } = onlyPartition(await fetchFrom(client, 'large', 120_000))
  assert.equal(
    toRecords(Buffer.concat([...records!]))
      .at(-1)!
      .value!.toString(),
    'last',
  )
})

test('a topic that is deleted while its batch waits to be checked is told as unknown', async t => {
  const broker = await startBroker(t)
  const [client, first, other] = [
    await connect(t, broker),
    await connect(t, broker),
    await connect(t, broker),
  ]
  for (const name of ['large', 'before'])
    await createTopic(client, name, 1, { 'max.message.bytes': '100000000' })
  // Hundreds of turns of the event loop, where a deletion takes a few.
  const before = produce(first, 'before', largeBatch(100_000, codecs.gzip))
  const sent = sendTo(client, [[0, largeBatch(20_000, codecs.gzip)]])
  await other.send(DeleteTopicsApi, 5, { topicNames: ['large'], timeoutMs: 1000 })
  assert.equal((await before).errorCode, ErrorCode.NONE)
  assert.deepEqual(await sent, [[ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, -1]])
})
