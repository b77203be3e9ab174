// Operations on many groups and transactional ids: one request to each coordinator, and again only for those that it could not answer for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  DeleteGroupsApi,
  DescribeTransactionsApi,
  ErrorCode,
  FindCoordinatorApi,
  OffsetFetchApi,
} from '@millrace/protocol'
import { Admin, type KafkaError, OperationTimeoutError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { quickClock } from '../support/quick-clock.ts'

/** Two brokers; keys that begin with `b` are the second one's. */
function setUp() {
  const fake = new FakeCluster([1, 2])
  const admin = new Admin({ brokers: fake.bootstrap, network: fake.network, clock: quickClock })
  const homes = new Map<string, number>()
  fake.on(FindCoordinatorApi, ({ request }) => ({
    throttleTimeMs: 0,
    coordinators: request.coordinatorKeys.map(key => {
      const nodeId = homes.get(key) ?? (key.startsWith('b') ? 2 : 1)
      return { key, nodeId, host: 'fake', port: nodeId, errorCode: 0 }
    }),
  }))
  return { fake, admin, homes }
}

const codeOf = (outcome: { readonly error: KafkaError | undefined }) => outcome.error?.code

test('groups are deleted with one request to each coordinator, and outcomes come in the order asked for', async () => {
  const { fake, admin } = setUp()
  const asked: [number, string[]][] = []
  fake.on(DeleteGroupsApi, ({ request, brokerId }) => {
    asked.push([brokerId, [...request.groupsNames]])
    return {
      results: request.groupsNames.toReversed().map(groupId => ({
        groupId,
        errorCode: groupId === 'b2' ? ErrorCode.NON_EMPTY_GROUP : 0,
      })),
    }
  })
  const outcomes = await admin.deleteGroups(['b1', 'a1', 'b2', 'a2', 'a1'])
  assert.deepEqual(
    outcomes.map(outcome => [outcome.groupId, codeOf(outcome)]),
    [
      ['b1', undefined],
      ['a1', undefined],
      ['b2', 'NON_EMPTY_GROUP'],
      ['a2', undefined],
      ['a1', undefined],
    ],
  )
  assert.deepEqual(
    asked.toSorted(([a], [b]) => a - b),
    [
      [1, ['a1', 'a2']],
      [2, ['b1', 'b2']],
    ],
  )
  assert.equal(fake.count('FindCoordinator'), 1)
  admin.close()
})

test('a group whose coordinator moved is asked for again at the new one, and no other group is', async () => {
  const { fake, admin, homes } = setUp()
  const asked: [number, string[]][] = []
  fake.on(DeleteGroupsApi, ({ request, brokerId }) => {
    asked.push([brokerId, [...request.groupsNames]])
    if (request.groupsNames.includes('a2')) homes.set('a2', 2)
    return {
      results: request.groupsNames.map(groupId => ({
        groupId,
        errorCode: groupId === 'a2' && brokerId === 1 ? ErrorCode.NOT_COORDINATOR : 0,
      })),
    }
  })
  assert.deepEqual((await admin.deleteGroups(['a1', 'a2'])).map(codeOf), [undefined, undefined])
  assert.deepEqual(asked, [
    [1, ['a1', 'a2']],
    [2, ['a2']],
  ])
  admin.close()
})

test('a coordinator that loads is waited for, one that does not come hides no other', async () => {
  const { fake, admin } = setUp()
  let answers = 0
  fake.on(DescribeTransactionsApi, ({ request, brokerId }) => ({
    transactionStates: request.transactionalIds.map(transactionalId => ({
      transactionalId,
      errorCode: brokerId === 2 || ++answers === 1 ? ErrorCode.COORDINATOR_LOAD_IN_PROGRESS : ErrorCode.NONE,
      transactionState: 'Empty',
      producerId: 5,
      producerEpoch: 0,
      transactionTimeoutMs: 60_000,
      transactionStartTimeMs: -1,
      topics: [],
    })),
  }))
  const described = await admin.describeTransactions(['a', 'b'], { timeoutMs: 10_000 })
  assert.deepEqual(
    described.map(each => [each.transactionalId, each.coordinatorId, codeOf(each)]),
    [
      ['a', 1, undefined],
      ['b', -1, 'OPERATION_TIMEOUT'],
    ],
  )
  assert.ok(described[1]!.error instanceof OperationTimeoutError)
  assert.match(
    described[1]!.error.message,
    /^describing transactional id "b" did not succeed in time: .*COORDINATOR_LOAD/,
  )
  admin.close()
})

test('a coordinator that cannot be reached hides no other', async () => {
  const { fake, admin } = setUp()
  fake.down.add(2)
  fake.on(DeleteGroupsApi, ({ request }) => ({
    results: request.groupsNames.map(groupId => ({ groupId, errorCode: 0 })),
  }))
  const outcomes = await admin.deleteGroups(['a', 'b'], { timeoutMs: 10_000 })
  assert.deepEqual(outcomes.map(codeOf), [undefined, 'OPERATION_TIMEOUT'])
  assert.match(outcomes[1]!.error!.message, /^deleting group "b" did not succeed in time: cannot connect/)
  admin.close()
})

/** A group with one committed offset, or with the given error in its partition. */
function fetched(groupId: string, partitionError = 0) {
  const committed = { partitionIndex: 0, committedOffset: 7, committedLeaderEpoch: -1, metadata: '' }
  const topics = [{ name: 't', partitions: [{ ...committed, errorCode: partitionError }] }]
  return { groupId, errorCode: 0, topics }
}

test('offsets of several groups come in one request to each coordinator', async () => {
  const { fake, admin } = setUp()
  const wanted: unknown[] = []
  fake.on(OffsetFetchApi, ({ request, version }) => {
    assert.ok(version <= 9, 'topics have names')
    wanted.push(...request.groups.map(({ groupId, topics }) => [groupId, topics?.map(({ name }) => name)]))
    return { groups: request.groups.map(({ groupId }) => fetched(groupId)) }
  })
  const [first, second] = await admin.listGroupOffsets([
    'a1',
    { groupId: 'a2', partitions: [{ topic: 't', partition: 0 }] },
  ])
  const offset = { topic: 't', partition: 0, offset: 7, leaderEpoch: -1, metadata: '', error: undefined }
  assert.deepEqual(first, { groupId: 'a1', offsets: [offset], error: undefined })
  assert.deepEqual(second, { groupId: 'a2', offsets: [offset], error: undefined })
  assert.equal(fake.count('OffsetFetch'), 1)
  assert.deepEqual(wanted, [
    ['a1', undefined],
    ['a2', ['t']],
  ])
  admin.close()
})

test('with requireStable, an offset that a transaction is about to move is waited for', async () => {
  const { fake, admin } = setUp()
  let asked = 0
  fake.on(OffsetFetchApi, ({ request }) => {
    assert.equal(request.requireStable, true)
    const error = ++asked < 3 ? ErrorCode.UNSTABLE_OFFSET_COMMIT : ErrorCode.NONE
    return { groups: request.groups.map(({ groupId }) => fetched(groupId, error)) }
  })
  const [found] = await admin.groupOffsets('a', undefined, { requireStable: true })
  assert.equal(found!.offset, 7)
  assert.equal(asked, 3)
  admin.close()
})
