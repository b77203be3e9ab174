// Quotas over the wire: set, described, kept, and what they do to those who use too much.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import {
  AlterClientQuotasApi,
  CreatePartitionsApi,
  CreateTopicsApi,
  DeleteTopicsApi,
  DescribeClientQuotasApi,
  ErrorCode,
  FetchApi,
  MetadataApi,
  ProduceApi,
} from '@millrace/protocol'
import type { RunningBroker } from '../src/running-broker.ts'
import {
  batchOf,
  connect,
  createTopic,
  fetchFrom,
  onlyPartition,
  startBroker,
  temporaryDirectory,
} from './broker-fixture.ts'
import { StandingClock } from '@millrace/testkit/clocks'
import type { TestClient } from './test-client.ts'

type Values = Readonly<Record<string, number | null>>

/** `user=alice client-id=*`; `*` is the default, `?` an empty name. */
function entityOf(text: string) {
  if (text === '') return []
  return text.split(' ').map(part => {
    const [entityType = '', name = ''] = part.split('=')
    return { entityType, entityName: name === '*' ? null : name === '?' ? '' : name }
  })
}

async function alter(client: TestClient, entity: string, values: Values, validateOnly = false) {
  const ops = Object.entries(values).map(([key, value]) => ({
    key,
    value: value ?? 0,
    remove: value === null,
  }))
  const reply = await client.send(AlterClientQuotasApi, 1, {
    entries: [{ entity: entityOf(entity), ops }],
    validateOnly,
  })
  return reply.entries[0]!
}

async function set(client: TestClient, entity: string, values: Values): Promise<void> {
  const { errorCode, errorMessage } = await alter(client, entity, values)
  assert.equal(errorCode, ErrorCode.NONE, errorMessage ?? '')
}

type FilterPart = readonly [entityType: string, matchType: number, match: string | null]

async function describe(client: TestClient, parts: readonly FilterPart[] = [], strict = false) {
  const reply = await client.send(DescribeClientQuotasApi, 1, {
    components: parts.map(([entityType, matchType, match]) => ({ entityType, matchType, match })),
    strict,
  })
  if (reply.errorCode !== ErrorCode.NONE) return `${reply.errorCode} ${reply.errorMessage}`
  return (reply.entries ?? [])
    .map(({ entity, values }) =>
      [
        ...entity.map(({ entityType, entityName }) => `${entityType}=${entityName ?? '*'}`),
        ...values.map(({ key, value }) => `${key}:${value}`),
      ].join(' '),
    )
    .sort()
}

async function brokerWith(t: TestContext, config: Readonly<Record<string, string>> = {}) {
  const clock = new StandingClock()
  // Before anything is closed: a connection that is not read from does not hear that its peer has gone.
  t.after(() => clock.pass(60_000))
  const broker = await startBroker(t, { config, clock })
  return { broker, clock, admin: await connect(t, broker, 'admin') }
}

test('quotas outlive the broker, also through a snapshot, and hold from the start', async t => {
  const dataDir = temporaryDirectory(t)
  const config = { 'metadata.log.max.record.bytes.between.snapshots': '1' }
  const broker = await startBroker(t, { dataDir, config })
  const client = await connect(t, broker)
  assert.equal(broker.quotas, undefined)
  await set(client, 'user=alice', { producer_byte_rate: 1024, request_percentage: 12.5 })
  await set(client, 'user=* client-id=app', { consumer_byte_rate: 2048 })
  await set(client, 'ip=192.0.2.1', { connection_creation_rate: 5 })
  await set(client, 'user=alice', { producer_byte_rate: null })
  const expected = [
    'client-id=app user=* consumer_byte_rate:2048',
    'ip=192.0.2.1 connection_creation_rate:5',
    'user=alice request_percentage:12.5',
  ]
  assert.deepEqual(await describe(client), expected)
  await broker.close()
  const again = await startBroker(t, { dataDir, config })
  assert.ok(again.quotas)
  assert.deepEqual(await describe(await connect(t, again)), expected)
})

test('a trial run changes nothing', async t => {
  const { broker, admin } = await brokerWith(t)
  assert.equal((await alter(admin, 'user=alice', { producer_byte_rate: 1 }, true)).errorCode, ErrorCode.NONE)
  assert.equal((await alter(admin, 'user=alice', { bogus: 1 }, true)).errorCode, ErrorCode.INVALID_REQUEST)
  assert.deepEqual(await describe(admin), [])
  assert.equal(broker.quotas, undefined)
})

const rate = 'producer_byte_rate'
/** Entity, quotas, and what is wrong with them, in the words of Apache Kafka 4.3. */
const refused: readonly (readonly [string, Values, string])[] = [
  ['', { [rate]: 1 }, 'Invalid empty client quota entity'],
  ['user=?', { [rate]: 1 }, 'Empty user not supported'],
  ['client-id=?', { [rate]: 1 }, 'Empty client-id not supported'],
  ['group=x', { [rate]: 1 }, 'Unhandled client quota entity type: group'],
  [
    'user=a ip=192.0.2.1',
    { [rate]: 1 },
    'Invalid quota entity combination, IP entity should not be combined with User or ClientId',
  ],
  ['ip=192.0.2.1', { [rate]: 1 }, `Invalid configuration key ${rate}`],
  ['ip=300.1.2.3', { connection_creation_rate: 1 }, '300.1.2.3 is not a valid IP or resolvable host.'],
  ['ip=*', { connection_creation_rate: 1.5 }, 'connection_creation_rate cannot be a fractional value.'],
  [
    'ip=*',
    { connection_creation_rate: 3e9 },
    'Proposed value for connection_creation_rate is too large for an INT.',
  ],
  ['user=a', { [rate]: 1.5 }, `${rate} cannot be a fractional value.`],
  ['user=a', { [rate]: 0 }, `Quota ${rate} must be greater than 0`],
  ['user=a', { [rate]: -1 }, `Quota ${rate} must be greater than 0`],
  ['user=a', { [rate]: Number.NaN }, `Quota ${rate} must be greater than 0`],
  ['user=a', { [rate]: 1e20 }, `Proposed value for ${rate} is too large for a LONG.`],
  ['user=a', { request_percentage: 3, bogus: 6 }, 'Invalid configuration key bogus'],
]

test('quotas that cannot be are refused by name, and nothing of their entity changes', async t => {
  const { admin } = await brokerWith(t)
  for (const [entity, values, message] of refused) {
    const { errorCode, errorMessage } = await alter(admin, entity, values)
    assert.deepEqual([errorCode, errorMessage], [ErrorCode.INVALID_REQUEST, message])
  }
  assert.deepEqual(await describe(admin), [])
  // What is not set can be taken away, whatever its name, and whole numbers need be no more exact than in Kafka.
  await set(admin, 'user=a', { bogus: null, [rate]: 1.0000001 })
  await set(admin, 'ip=::1', { connection_creation_rate: 1 })
})

test('a quota that is named twice in a change is refused; of a type that is named twice the last name counts', async t => {
  const { admin } = await brokerWith(t)
  const op = { key: rate, value: 1, remove: false }
  const entity = [{ entityType: 'user', entityName: 'a' }]
  const twice = await admin.send(AlterClientQuotasApi, 0, {
    entries: [{ entity, ops: [op, op] }],
    validateOnly: false,
  })
  assert.equal(twice.entries[0]!.errorCode, ErrorCode.INVALID_REQUEST)
  await set(admin, 'user=a user=b', { [rate]: 7 })
  assert.deepEqual(await describe(admin), [`user=b ${rate}:7`])
})

test('a filter finds by name, default and type, and strictly what has nothing else', async t => {
  const { admin } = await brokerWith(t)
  const all = ['client-id=c', 'client-id=c user=a', 'client-id=* user=*', 'user=a', 'user=*']
  for (const [index, entity] of all.entries()) await set(admin, entity, { [rate]: index + 1 })
  const found = async (parts: readonly FilterPart[], strict = false) => {
    const entries = await describe(admin, parts, strict)
    return Array.isArray(entries)
      ? entries.map(entry => Number(entry.split(':')[1])).sort((a, b) => a - b)
      : entries
  }
  assert.deepEqual(await found([]), [1, 2, 3, 4, 5])
  assert.deepEqual(await found([], true), [])
  assert.deepEqual(await found([['user', 0, 'a']]), [2, 4])
  assert.deepEqual(await found([['user', 0, 'a']], true), [4])
  assert.deepEqual(await found([['user', 1, null]]), [3, 5])
  assert.deepEqual(await found([['user', 2, null]], true), [4, 5])
  const both: FilterPart[] = [
    ['user', 2, null],
    ['client-id', 2, null],
  ]
  assert.deepEqual(await found(both, true), [2, 3])
  assert.deepEqual(await found([['ip', 2, null]]), [])
  const faults: readonly (readonly [readonly FilterPart[], string])[] = [
    [[['', 0, 'x']], '42 Invalid empty entity type.'],
    [[['user', 0, null]], '42 Request specified MATCH_TYPE_EXACT, but set match string to null.'],
    [[['user', 1, 'x']], '42 Request specified MATCH_TYPE_DEFAULT, but also specified a match string.'],
    [[['user', 2, 'x']], '42 Request specified MATCH_TYPE_SPECIFIED, but also specified a match string.'],
    [[['user', 3, null]], '42 Unknown match type 3'],
    [[both[0]!, both[0]!], '42 Entity type user cannot appear more than once in the filter.'],
    [[['bogus', 0, 'a']], '35 Unsupported entity type bogus'],
    [
      [both[0]!, ['ip', 2, null]],
      '42 Invalid entity filter component combination. IP filter component should not be used with user or clientId filter component.',
    ],
  ]
  for (const [parts, fault] of faults) assert.equal(await found(parts), fault)
})

const oneSecond = { 'quota.window.num': '2', 'controller.quota.window.num': '1' }

async function produced(client: TestClient, bytes: number, acks = -1): Promise<number> {
  const batch = batchOf(['x'.repeat(bytes)])
  const topicData = [{ name: 'orders', partitionData: [{ index: 0, records: [batch] }] }]
  const reply = await client.send(ProduceApi, 9, { transactionalId: null, acks, timeoutMs: 5000, topicData })
  assert.equal(reply.responses[0]!.partitionResponses[0]!.errorCode, ErrorCode.NONE)
  return reply.throttleTimeMs
}

const ask = (client: TestClient) => client.send(MetadataApi, 9, { topics: [], allowAutoTopicCreation: false })

const stepMs = 10

/** The time that passes until the broker answers `client`, while it answers another at once. */
async function silenceMs(clock: StandingClock, client: TestClient, other: TestClient): Promise<number> {
  let isAnswered = false
  void ask(client).then(() => {
    isAnswered = true
  })
  for (let passedMs = 0; ; passedMs += stepMs) {
    await ask(other)
    if (isAnswered) return passedMs
    await clock.pass(stepMs)
  }
}

test('who produces more than its quota is told to wait, and is not heard until then; others are', async t => {
  const { broker, admin, clock } = await brokerWith(t, oneSecond)
  await createTopic(admin, 'orders')
  await set(admin, 'client-id=greedy', { [rate]: 10_000 })
  const [greedy, modest] = [await connect(t, broker, 'greedy'), await connect(t, broker, 'modest')]
  assert.equal(await produced(greedy, 5_000), 0)
  const throttleMs = await produced(greedy, 8_000)
  // 13,000 bytes and two heads in one second are 3,000 too many: 0.3 seconds.
  assert.ok(throttleMs > 300 && throttleMs < 350, `${throttleMs}`)
  assert.equal(await produced(modest, 100_000), 0)
  assert.ok((await silenceMs(clock, greedy, modest)) >= throttleMs)
})

test('without replies, too, who produces more than its quota is not heard for a while', async t => {
  const { broker, admin, clock } = await brokerWith(t, oneSecond)
  await createTopic(admin, 'orders')
  await set(admin, 'client-id=silent', { [rate]: 10_000 })
  const client = await connect(t, broker, 'silent')
  const topicData = [
    { name: 'orders', partitionData: [{ index: 0, records: [batchOf(['x'.repeat(15_000)])] }] },
  ]
  client.post(ProduceApi, 9, { transactionalId: null, acks: 0, timeoutMs: 5000, topicData })
  assert.ok((await silenceMs(clock, client, admin)) >= 500)
})

async function filledTopic(broker: RunningBroker, admin: TestClient, t: TestContext): Promise<TestClient> {
  await createTopic(admin, 'orders')
  for (let i = 0; i < 4; i++) await produced(admin, 5_000)
  return connect(t, broker, 'reader')
}

test('who fetches more than its quota gets nothing and waits, and then gets what it did not', async t => {
  const { broker, admin, clock } = await brokerWith(t, oneSecond)
  const reader = await filledTopic(broker, admin, t)
  await set(admin, 'client-id=reader', { consumer_byte_rate: 6_000 })
  const first = await fetchFrom(reader, 'orders', 0)
  // A quota of 6,000 bytes over one second of history: no fetch may ask for more.
  assert.deepEqual([first.throttleTimeMs, onlyPartition(first).records?.length], [0, 1])
  const second = await fetchFrom(reader, 'orders', 1)
  assert.ok(second.throttleTimeMs > 300, `${second.throttleTimeMs}`)
  assert.deepEqual([second.errorCode, second.responses.length], [ErrorCode.NONE, 0])
  let reply = second
  while (reply.throttleTimeMs > 0) {
    await clock.pass(reply.throttleTimeMs)
    reply = await fetchFrom(reader, 'orders', 1)
  }
  assert.ok(onlyPartition(reply).records!.length > 0)
})

test('a batch that is larger than what may be read in the whole window comes, and its reader waits then', async t => {
  const { broker, admin, clock } = await brokerWith(t, oneSecond)
  const reader = await filledTopic(broker, admin, t)
  await set(admin, 'client-id=reader', { consumer_byte_rate: 4_000 })
  for (const offset of [0, 1]) {
    const reply = await fetchFrom(reader, 'orders', offset)
    assert.ok(onlyPartition(reply).records!.length > 0)
    // 5,000 bytes and a head in one second are 1,000 too many: a quarter of a second.
    assert.ok(reply.throttleTimeMs > 250 && reply.throttleTimeMs < 350, `${reply.throttleTimeMs}`)
    // Until the reply is in the window no more.
    await clock.pass(3_000)
  }
})

test('a session that is throttled goes on where it was, and one that would begin does not', async t => {
  const { broker, admin, clock } = await brokerWith(t, oneSecond)
  const reader = await filledTopic(broker, admin, t)
  await set(admin, 'client-id=reader', { consumer_byte_rate: 6_000 })
  const topics = [
    { topic: 'orders', partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 6_000 }] },
  ]
  const fetch = (sessionId: number, sessionEpoch: number, wanted = topics) =>
    reader.send(FetchApi, 11, {
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: 1 << 20,
      sessionId,
      sessionEpoch,
      topics: wanted,
    })
  const opened = await fetch(0, 0)
  assert.deepEqual([opened.throttleTimeMs, opened.responses.length], [0, 1])
  const held = await fetch(opened.sessionId, 1, [])
  assert.ok(held.throttleTimeMs > 0)
  assert.deepEqual([held.sessionId, held.responses.length], [opened.sessionId, 0])
  let epoch = 1
  let next = held
  while (next.throttleTimeMs > 0) {
    await clock.pass(next.throttleTimeMs)
    next = await fetch(opened.sessionId, ++epoch, [])
  }
  assert.deepEqual([next.errorCode, next.responses.length], [ErrorCode.NONE, 1])
  const refusedSession = await fetch(0, 0)
  assert.ok(refusedSession.throttleTimeMs > 0)
  assert.equal(refusedSession.sessionId, 0)
})

test('who keeps the broker busy for longer than its share waits, at most for one sample', async t => {
  // What a request takes is measured: this clock is the real one.
  const broker = await startBroker(t, { config: oneSecond })
  const busy = await connect(t, broker, 'busy')
  await set(await connect(t, broker, 'admin'), 'client-id=busy', { request_percentage: 0.000_001 })
  const reply = await busy.send(MetadataApi, 9, { topics: null, allowAutoTopicCreation: false })
  assert.equal(reply.throttleTimeMs, 1000)
  const sinceMs = performance.now()
  await ask(busy)
  assert.ok(performance.now() - sinceMs > 500)
})

test('versions that know of it are refused what is over the quota of partitions; others get it and wait', async t => {
  const { broker, admin, clock } = await brokerWith(t, oneSecond)
  await set(admin, 'client-id=maker', { controller_mutation_rate: 10 })
  const maker = await connect(t, broker, 'maker')
  const make = (version: number, ...names: string[]) =>
    maker.send(CreateTopicsApi, version, {
      topics: names.map(name => ({
        name,
        numPartitions: 8,
        replicationFactor: 1,
        assignments: [],
        configs: [],
      })),
      timeoutMs: 5000,
      validateOnly: false,
    })
  const outcome = ({ topics }: Awaited<ReturnType<typeof make>>) => topics.map(each => each.errorCode)
  const over = ErrorCode.THROTTLING_QUOTA_EXCEEDED
  // Ten may be made at once; the second topic passes, as there was some left, and the third does not.
  const strict = await make(6, 'a', 'b', 'c')
  assert.deepEqual(outcome(strict), [ErrorCode.NONE, ErrorCode.NONE, over])
  assert.equal(strict.throttleTimeMs, 600)
  await clock.pass(600)
  const mild = await make(5, 'd', 'e')
  assert.deepEqual(outcome(mild), [ErrorCode.NONE, ErrorCode.NONE])
  assert.equal(mild.throttleTimeMs, 1600)
  const [other, later] = [await connect(t, broker, 'maker'), await connect(t, broker, 'maker')]
  const deleted = await other.send(DeleteTopicsApi, 5, { topicNames: ['a'], timeoutMs: 5000 })
  assert.equal(deleted.responses[0]!.errorCode, over)
  const grown = await later.send(CreatePartitionsApi, 3, {
    topics: [{ name: 'a', count: 9, assignments: null }],
    timeoutMs: 5000,
    validateOnly: false,
  })
  assert.equal(grown.results[0]!.errorCode, over)
  const automatic = await connect(t, broker, 'maker')
  const missing = await automatic.send(MetadataApi, 9, {
    topics: [{ name: 'f' }],
    allowAutoTopicCreation: true,
  })
  assert.equal(missing.topics[0]!.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  const metadata = await admin.send(MetadataApi, 9, { topics: null, allowAutoTopicCreation: false })
  assert.deepEqual(new Set(metadata.topics.map(({ name }) => name)), new Set(['a', 'b', 'd', 'e']))
})

test('who would have to wait longer than a reply can say is told the longest time there is, and what was done stays done', async t => {
  const broker = await startBroker(t)
  const admin = await connect(t, broker, 'admin')
  await createTopic(admin, 'a')
  await set(admin, 'client-id=producer', { producer_byte_rate: 1 })
  await set(admin, 'client-id=creator', { controller_mutation_rate: 1e-9 })
  const records = [batchOf(['x'.repeat(900_000)])]
  const topicData = [{ name: 'a', partitionData: [{ index: 0, records }] }]
  for (const isOver of [false, false, true]) {
    const producer = await connect(t, broker, 'producer')
    const request = { transactionalId: null, acks: 1, timeoutMs: 1_000, topicData }
    const { responses, throttleTimeMs } = await producer.send(ProduceApi, 9, request)
    assert.equal(responses[0]!.partitionResponses[0]!.errorCode, ErrorCode.NONE)
    assert.equal(throttleTimeMs === 2 ** 31 - 1, isOver)
  }
  const creator = await connect(t, broker, 'creator')
  const topics = [{ name: 'b', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }]
  const created = await creator.send(CreateTopicsApi, 5, { topics, timeoutMs: 1_000, validateOnly: false })
  assert.deepEqual([created.topics[0]!.errorCode, created.throttleTimeMs], [ErrorCode.NONE, 2 ** 31 - 1])
})
