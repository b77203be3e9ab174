// What a quota refuses (KIP-599) is asked for again, and only that; outcomes come in the order asked for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreatePartitionsApi, CreateTopicsApi, DeleteTopicsApi, ErrorCode } from '@millrace/protocol'
import { Admin, type KafkaError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { quickClock } from '../support/quick-clock.ts'

function setUp() {
  const fake = new FakeCluster()
  const admin = new Admin({ brokers: fake.bootstrap, network: fake.network, clock: quickClock })
  return { fake, admin }
}

const codeOf = (outcome: { readonly error: KafkaError | undefined }) => outcome.error?.code
const throttled = ErrorCode.THROTTLING_QUOTA_EXCEEDED

test('a topic that a quota refuses is created as soon as there is room, and the others only once', async () => {
  const { fake, admin } = setUp()
  const asked: string[][] = []
  fake.on(CreateTopicsApi, ({ request }) => {
    asked.push(request.topics.map(({ name }) => name))
    const topics = request.topics.map(({ name }) => ({
      name,
      errorCode:
        name === 'c' && asked.length < 3 ? throttled : name === 'a' ? ErrorCode.TOPIC_ALREADY_EXISTS : 0,
      numPartitions: 1,
    }))
    return { topics: topics.toReversed() }
  })
  const outcomes = await admin.createTopics([{ name: 'a' }, { name: 'b' }, { name: 'c' }])
  assert.deepEqual(
    outcomes.map(outcome => [outcome.name, codeOf(outcome)]),
    [
      ['a', 'TOPIC_ALREADY_EXISTS'],
      ['b', undefined],
      ['c', undefined],
    ],
  )
  assert.deepEqual(asked, [['a', 'b', 'c'], ['c'], ['c']])
  admin.close()
})

test('when the time is up, or nobody wants to wait, the refusal is the outcome', async () => {
  const { fake, admin } = setUp()
  const results = (names: readonly string[]) =>
    names.map(name => ({ name, errorCode: name === 'a' ? 0 : throttled }))
  fake.on(CreatePartitionsApi, ({ request }) => ({
    results: results(request.topics.map(({ name }) => name)),
  }))
  const topics = [
    { topic: 'a', count: 2 },
    { topic: 'b', count: 2 },
  ]
  const expected = [undefined, 'THROTTLING_QUOTA_EXCEEDED']
  assert.deepEqual((await admin.createPartitions(topics, { timeoutMs: 10_000 })).map(codeOf), expected)
  const before = fake.count('CreatePartitions')
  assert.ok(before > 1)
  const once = await admin.createPartitions(topics, { retryOnQuotaViolation: false })
  assert.deepEqual(once.map(codeOf), expected)
  assert.equal(fake.count('CreatePartitions'), before + 1)
  admin.close()
})

test('topics are deleted by name and by id, whatever the order and the names of the answer', async () => {
  const { fake, admin } = setUp()
  const ids = { known: 'AAAAAAAAAAAAAAAAAAAAAQ', unknown: 'AAAAAAAAAAAAAAAAAAAAAg' }
  const zero = 'AAAAAAAAAAAAAAAAAAAAAA'
  fake.on(DeleteTopicsApi, ({ request }) => ({
    responses: request.topics
      .toReversed()
      .map(({ name, topicId }) =>
        name === null
          ? topicId === ids.known
            ? { name: 'orders', topicId, errorCode: 0 }
            : { name: null, topicId, errorCode: ErrorCode.UNKNOWN_TOPIC_ID }
          : { name, topicId: zero, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION },
      ),
  }))
  const outcomes = await admin.deleteTopics([{ topicId: ids.known }, 'mails', { topicId: ids.unknown }])
  assert.deepEqual(
    outcomes.map(outcome => [outcome.name, outcome.topicId, codeOf(outcome)]),
    [
      ['orders', ids.known, undefined],
      ['mails', zero, 'UNKNOWN_TOPIC_OR_PARTITION'],
      ['', ids.unknown, 'UNKNOWN_TOPIC_ID'],
    ],
  )
  admin.close()
})
