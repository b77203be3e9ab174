// What a member notices of topics: changes that others looked up, new topics for a pattern, topics that only other members want.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { nodeClock } from '@millrace/runtime'
import { Cluster } from '../../../src/index.ts'
import { TopicWatch } from '../../../src/consumer/group/topic-watch.ts'
import { Subscription } from '../../../src/consumer/subscription.ts'
import { FakeCluster } from '../../support/fake-broker.ts'

function setUp(...topics: (string | RegExp)[]) {
  const fake = new FakeCluster()
  fake.topic('a1', [1, 1])
  fake.topic('b', [1])
  const time = { skewMs: 0 }
  const clock = { ...nodeClock, monotonic: () => nodeClock.monotonic() + time.skewMs }
  const cluster = new Cluster({
    brokers: fake.bootstrap,
    network: fake.network,
    clock,
    metadataMaxAgeMs: 60_000,
  })
  let changes = 0
  const watch = new TopicWatch(cluster, new Subscription(topics), {
    isLeader: () => true,
    isStable: () => true,
    onChange: () => {
      changes++
    },
  })
  return { fake, cluster, watch, time, changes: () => changes }
}

const member = (topics: readonly string[]) => ({ topics }) as never

async function until(reached: () => boolean): Promise<void> {
  for (let turns = 0; !reached(); turns++) {
    assert.ok(turns < 1_000, 'it never came about')
    await turn()
  }
}

test('partitions that someone else looked up make the leader divide anew', async () => {
  const { fake, cluster, watch, changes } = setUp('a1')
  await watch.resolve()
  await watch.countsFor([member(['a1'])])
  watch.watch()
  assert.equal(changes(), 0)
  fake.topics.get('a1')!.leaders.push(1)
  // The fetcher does this whenever the metadata is due, and is always sooner than a heartbeat.
  await cluster.refreshMetadata()
  assert.equal(cluster.metadataDue, false)
  watch.watch()
  assert.equal(changes(), 1)
  cluster.close()
})

test('a pattern finds new topics while others keep the metadata fresh', async () => {
  const { fake, cluster, watch, time, changes } = setUp(/^a/)
  assert.deepEqual(await watch.resolve(), ['a1'])
  await watch.countsFor([member(['a1'])])
  fake.topic('a2', [1])
  time.skewMs += 59_000
  await cluster.refreshMetadata()
  time.skewMs += 2_000
  assert.equal(cluster.metadataDue, false)
  watch.watch()
  await until(() => changes() > 0)
  assert.deepEqual(await watch.resolve(), ['a1', 'a2'])
  cluster.close()
})

test('the leader notices partitions, and a topic made later, that only another member wants', async () => {
  const { fake, cluster, watch, changes } = setUp('a1')
  await watch.resolve()
  const counts = await watch.countsFor([member(['a1']), member(['b', 'late'])])
  assert.deepEqual(
    [...counts],
    [
      ['a1', 2],
      ['b', 1],
    ],
  )
  watch.watch()
  assert.equal(changes(), 0)
  fake.topic('late', [1])
  await cluster.refreshMetadata()
  watch.watch()
  assert.equal(changes(), 1)
  await watch.countsFor([member(['a1']), member(['b', 'late'])])
  fake.topics.get('b')!.leaders.push(1)
  await cluster.refreshMetadata()
  watch.watch()
  assert.equal(changes(), 2)
  cluster.close()
})
