// Closing: what is processed is committed, no trace of the member stays with its group, and brokers that say nothing hold up nobody.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ErrorCode,
  FindCoordinatorApi,
  HeartbeatApi,
  JoinGroupApi,
  type JoinGroupRequest,
  LeaveGroupApi,
  OffsetCommitApi,
  OffsetFetchApi,
  SyncGroupApi,
} from '@millrace/protocol'
import { encodeAssignment } from '../../src/consumer/group/classic/embedded-protocol.ts'
import { ClosedError, Consumer, type ConsumerOptions } from '../../src/index.ts'
import { FakeCluster, silence } from '../support/fake-broker.ts'
import { serveGroup } from '../support/fake-group.ts'
import { setUp, take } from '../support/fake-partitions.ts'
import { quickClock } from '../support/quick-clock.ts'

const none = { throttleTimeMs: 0, errorCode: 0 }
const place = { topic: 't', partition: 0 }

/** Takes commits, as one list of `topic-partition offset`. */
function takeCommits(cluster: FakeCluster): string[] {
  const commits: string[] = []
  cluster.on(OffsetCommitApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, committedOffset }) => {
        commits.push(`${name}-${partitionIndex} ${committedOffset}`)
        return { partitionIndex, errorCode: 0 }
      }),
    })),
  }))
  return commits
}

function setUpGroup(options: Partial<ConsumerOptions> = {}) {
  const fake = new FakeCluster()
  fake.topic('t', [1])
  serveGroup(fake)
  fake.on(HeartbeatApi, () => none)
  const consumer = new Consumer({ brokers: fake.bootstrap, network: fake.network, groupId: 'g', ...options })
  return { fake, consumer }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setImmediate(resolve))
}

test('a consumer that is closed while it joins leaves with the id that it is just being given', async () => {
  const { fake, consumer } = setUpGroup()
  let answer = () => {}
  const asked = new Promise<void>(resolve => {
    fake.on(JoinGroupApi, async () => {
      resolve()
      await new Promise<void>(go => {
        answer = go
      })
      const errorCode = ErrorCode.MEMBER_ID_REQUIRED
      return { ...none, errorCode, leader: '', memberId: 'unused', members: [] }
    })
  })
  const left: string[] = []
  fake.on(LeaveGroupApi, ({ request }) => {
    left.push(...request.members.map(({ memberId }) => memberId))
    return { ...none, members: [] }
  })
  consumer.subscribe('t')
  await asked
  const closed = consumer.close()
  await new Promise(resolve => setImmediate(resolve))
  assert.deepEqual(left, [])
  answer()
  await closed
  assert.deepEqual(left, ['unused'])
  assert.equal(fake.count('JoinGroup'), 1)
})

test('a consumer that is closed before it asked to join asks no more', async () => {
  const { fake, consumer } = setUpGroup()
  consumer.subscribe('t')
  await consumer.close()
  assert.equal(fake.count('JoinGroup'), 0)
})

for (const mode of ['joining', 'a member', 'assigned'] as const) {
  test(`close takes a few seconds when no broker answers: ${mode}`, async () => {
    const { fake, consumer } = setUpGroup({ clock: quickClock, onWarning: () => {} })
    if (mode === 'joining') {
      fake.on(JoinGroupApi, () => silence)
      consumer.subscribe('t')
      await until(() => fake.count('JoinGroup') === 1)
    } else if (mode === 'assigned') {
      fake.on(OffsetCommitApi, () => silence)
      consumer.assign([{ ...place, offset: 3 }])
    } else {
      fake.on(JoinGroupApi, ({ request }) => loneMember(request, 1))
      fake.on(OffsetCommitApi, () => silence)
      fake.on(LeaveGroupApi, () => silence)
      consumer.subscribe('t')
      await until(() => consumer.assignment.length === 1)
      consumer.seek(place, 3)
    }
    const startedAt = quickClock.monotonic()
    await consumer.close()
    const tookMs = quickClock.monotonic() - startedAt
    // The clock runs twenty times as fast, and so does what the machine is late by.
    assert.ok(tookMs < 15_000, `${tookMs} ms`)
  })
}

/** What JoinGroup answers to the only member of a group. */
function loneMember({ protocols }: JoinGroupRequest, generationId: number) {
  const { name, metadata } = protocols[0]!
  return {
    ...none,
    generationId,
    protocolType: 'consumer',
    protocolName: name,
    leader: 'm',
    memberId: 'm',
    members: [{ memberId: 'm', metadata }],
  }
}

/** Serves JoinGroup to a lone member, and tells who left. */
function serveLoneMember(fake: FakeCluster): string[] {
  const left: string[] = []
  fake.on(JoinGroupApi, ({ request }) => loneMember(request, 1))
  fake.on(LeaveGroupApi, ({ request }) => {
    left.push(...request.members.map(({ memberId }) => memberId))
    return { ...none, members: [] }
  })
  return left
}

for (const mode of ['a handler', 'onRevoked', 'onAssigned'] as const) {
  test(`a consumer leaves its group and commits though ${mode} does not return`, async () => {
    const { cluster, consumer } = setUp([20], { groupId: 'g', autoCommitIntervalMs: 60_000 })
    serveGroup(cluster)
    cluster.on(HeartbeatApi, () => none)
    const commits = takeCommits(cluster)
    const left = serveLoneMember(cluster)
    const never = () => new Promise<void>(() => {})
    consumer.subscribe('t', mode === 'a handler' ? {} : { [mode]: never })
    let offset = -1
    void consumer.run({
      eachRecord: record => {
        offset = record.offset
        return mode === 'a handler' && offset === 3 ? never() : undefined
      },
    })
    if (mode === 'onAssigned') await until(() => consumer.assignment.length === 1)
    else await until(() => offset === (mode === 'a handler' ? 3 : 19))
    await consumer.close({ timeoutMs: 50 })
    assert.deepEqual(left, ['m'])
    assert.deepEqual(commits, { 'a handler': ['t-0 3'], onRevoked: ['t-0 20'], onAssigned: [] }[mode])
  })
}

test('a handler that waits for a commit does not hold up closing when no broker answers', async () => {
  const { cluster, consumer } = setUp([20], { groupId: 'g', clock: quickClock, onWarning: () => {} })
  serveGroup(cluster)
  cluster.on(OffsetCommitApi, () => silence)
  consumer.assign([{ ...place, offset: 0 }])
  let failure: unknown
  const running = consumer.run({
    async eachRecord() {
      await consumer.commit().catch((error: unknown) => {
        failure = error
      })
    },
  })
  await until(() => cluster.count('OffsetCommit') === 1)
  const startedAt = quickClock.monotonic()
  await consumer.close()
  const tookMs = quickClock.monotonic() - startedAt
  await running
  assert.ok(tookMs < 20_000, `${tookMs} ms`)
  assert.ok(failure instanceof ClosedError, String(failure))
  assert.match(failure.message, /no answer to a commit for 5000 ms/)
})

test('a cooperative member that is closed in the middle of a rebalance commits under the generation that comes of it', async () => {
  const warnings: Error[] = []
  const { cluster, consumer } = setUp([20], {
    groupId: 'g',
    assignors: ['cooperative-sticky'],
    heartbeatIntervalMs: 5,
    autoCommitIntervalMs: 60_000,
    onWarning: error => warnings.push(error),
  })
  serveGroup(cluster)
  const left = serveLoneMember(cluster)
  let refused = () => {}
  const firstRefused = new Promise<void>(resolve => {
    refused = resolve
  })
  cluster.on(JoinGroupApi, async ({ request }) => {
    const generationId = cluster.count('JoinGroup')
    if (generationId > 1) await firstRefused
    return loneMember(request, generationId)
  })
  let rebalancing = false
  cluster.on(HeartbeatApi, () => ({
    ...none,
    errorCode: rebalancing ? ErrorCode.REBALANCE_IN_PROGRESS : 0,
  }))
  const commits: string[] = []
  cluster.on(OffsetCommitApi, ({ request }) => {
    const current = request.generationIdOrMemberEpoch === 2
    const { committedOffset } = request.topics[0]!.partitions[0]!
    commits.push(`${request.generationIdOrMemberEpoch}: ${committedOffset}`)
    if (!current) refused()
    const errorCode = current ? 0 : ErrorCode.ILLEGAL_GENERATION
    return { throttleTimeMs: 0, topics: [{ name: 't', partitions: [{ partitionIndex: 0, errorCode }] }] }
  })
  consumer.subscribe('t')
  await take(consumer, 7)
  rebalancing = true
  await until(() => cluster.count('JoinGroup') === 2)
  await consumer.close()
  assert.deepEqual(warnings, [])
  assert.equal(commits[0], '1: 7')
  assert.equal(commits.at(-1), '2: 7')
  assert.deepEqual(left, ['m'])
})

test('a rebalance that takes a partition from a consumer that is just closing waits for the handler that has a record of it', async () => {
  const { cluster, consumer } = setUp([20, 20], {
    groupId: 'g',
    assignors: ['cooperative-sticky'],
    heartbeatIntervalMs: 5,
    autoCommitIntervalMs: 60_000,
  })
  serveGroup(cluster)
  serveLoneMember(cluster)
  const commits = takeCommits(cluster)
  cluster.on(SyncGroupApi, ({ request }) => ({
    ...none,
    assignment:
      cluster.count('SyncGroup') === 1
        ? request.assignments[0]!.assignment
        : encodeAssignment(new Map([['t', [1]]])),
  }))
  let inHand = false
  let go = () => {}
  const gate = new Promise<void>(resolve => {
    go = resolve
  })
  cluster.on(HeartbeatApi, () => ({
    ...none,
    errorCode: inHand && cluster.count('SyncGroup') === 1 ? ErrorCode.REBALANCE_IN_PROGRESS : 0,
  }))
  consumer.subscribe('t')
  void consumer.run({
    eachRecord: ({ partition, offset }) => {
      if (partition !== 0 || offset !== 3) return
      inHand = true
      return gate
    },
  })
  await until(() => cluster.count('SyncGroup') === 2)
  const closed = consumer.close()
  await new Promise(resolve => setTimeout(resolve, 20))
  assert.deepEqual(
    commits.filter(commit => commit.startsWith('t-0')),
    [],
  )
  go()
  await closed
  assert.deepEqual(
    commits.filter(commit => commit.startsWith('t-0')),
    ['t-0 4'],
  )
})

test('offsets that cannot be committed on closing are told', async () => {
  const warnings: Error[] = []
  const { fake, consumer } = setUpGroup({ clock: quickClock, onWarning: error => warnings.push(error) })
  fake.on(OffsetCommitApi, () => silence)
  consumer.assign([{ ...place, offset: 3 }])
  await consumer.close()
  assert.equal(warnings.length, 1)
  assert.match(warnings[0]!.message, /^committing offsets.* did not succeed within 5000 ms/)
})

test('partitions that assign drops are committed up to what was processed', async () => {
  const { cluster, consumer } = setUp([20, 20], { groupId: 'g' })
  const commits = takeCommits(cluster)
  consumer.assign([{ ...place, offset: 0 }])
  await take(consumer, 7)
  consumer.assign([{ topic: 't', partition: 1, offset: 2 }])
  await until(() => commits.length > 0)
  assert.deepEqual(commits, ['t-0 7'])
  await consumer.close()
  assert.deepEqual(commits, ['t-0 7', 't-1 2'])
})

test('a partition that is dropped and assigned again starts behind what was processed', async () => {
  const { cluster, consumer } = setUp([20], { groupId: 'g' })
  let committed = 0
  cluster.on(OffsetCommitApi, async ({ request }) => {
    await new Promise(resolve => setTimeout(resolve, 20))
    committed = request.topics[0]!.partitions[0]!.committedOffset
    return { throttleTimeMs: 0, topics: [{ name: 't', partitions: [{ partitionIndex: 0, errorCode: 0 }] }] }
  })
  cluster.on(OffsetFetchApi, ({ request }) => ({
    ...none,
    groups: request.groups.map(({ groupId }) => {
      const partition = { partitionIndex: 0, committedOffset: committed, errorCode: 0, metadata: '' }
      return { groupId, topics: [{ name: 't', partitions: [partition] }] }
    }),
  }))
  consumer.assign([{ ...place, offset: 0 }])
  await take(consumer, 7)
  consumer.assign([])
  consumer.assign([place])
  assert.equal((await take(consumer, 1))[0]!.offset, 7)
  await consumer.close()
})

test('assign commits nothing of what it drops without automatic commits', async () => {
  const { cluster, consumer } = setUp([20], { groupId: 'g', autoCommit: false })
  const commits = takeCommits(cluster)
  consumer.assign([{ ...place, offset: 0 }])
  await take(consumer, 7)
  consumer.assign([])
  await consumer.close()
  assert.deepEqual(commits, [])
})

test('an automatic commit that is due while the consumer leaves is not made under a membership that is over', async () => {
  const warnings: Error[] = []
  const { fake, consumer } = setUpGroup({ autoCommitIntervalMs: 1, onWarning: error => warnings.push(error) })
  takeCommits(fake)
  fake.on(JoinGroupApi, ({ request }) => loneMember(request, 1))
  // The timer has many chances while the coordinator takes its time.
  fake.on(LeaveGroupApi, async () => {
    await new Promise(resolve => setTimeout(resolve, 50))
    return { ...none, members: [] }
  })
  consumer.subscribe('t')
  await until(() => consumer.assignment.length === 1)
  consumer.seek(place, 3)
  await consumer.close()
  assert.deepEqual(warnings, [])
})

test('an answer of the coordinator that never comes does not keep a look-up of it from ending with the consumer', async () => {
  const { fake, consumer } = setUpGroup({ clock: quickClock })
  fake.on(FindCoordinatorApi, () => silence)
  consumer.subscribe('t')
  await until(() => fake.count('FindCoordinator') === 1)
  await consumer.close()
})
