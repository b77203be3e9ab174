// Where a consumer stands: positions, lag, and places to go on from, in loops and in hooks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListOffsetsApi, OffsetFetchApi } from '@millrace/protocol'
import { OperationTimeoutError, PositionError, StateError } from '../../src/index.ts'
import type { FakeCluster } from '../support/fake-broker.ts'
import { serveLoneMember } from '../support/fake-group.ts'
import { setUp, take } from '../support/fake-partitions.ts'

const place = { topic: 't', partition: 0 }

/** Logs start at 2, end at 10, and have offset 6 at time 600. */
function serveOffsets(cluster: FakeCluster, delayMs = 0): void {
  const offsetAt = new Map([
    [-2, 2],
    [-1, 10],
    [600, 6],
  ])
  cluster.on(ListOffsetsApi, async ({ request }) => {
    await new Promise(resolve => setTimeout(resolve, delayMs))
    return {
      throttleTimeMs: 0,
      topics: request.topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex, timestamp }) => ({
          partitionIndex,
          errorCode: 0,
          timestamp: -1,
          offset: offsetAt.get(timestamp) ?? -1,
        })),
      })),
    }
  })
}

test('lag is known at once from what fetches told, for each partition', async () => {
  const { consumer, cluster } = setUp([10, 3], { fetchMaxWaitMs: 5 })
  consumer.assign([
    { ...place, offset: 0 },
    { topic: 't', partition: 1, offset: 0 },
  ])
  assert.deepEqual(consumer.lags([place]), [
    {
      ...place,
      position: 0,
      committed: undefined,
      endOffset: undefined,
      logStartOffset: undefined,
      lag: undefined,
    },
  ])
  await take(consumer, 13)
  const asked = cluster.log.length
  const [first, second] = consumer.lags()
  assert.deepEqual([first!.position, first!.endOffset, first!.lag], [10, 10, 0])
  assert.deepEqual([second!.position, second!.endOffset, second!.lag], [3, 3, 0])
  consumer.seek(place, 4)
  assert.equal(consumer.lag(place), 6)
  assert.equal(consumer.lags([place])[0]!.lag, 6)
  assert.equal(cluster.log.length, asked, 'no broker is asked')
  assert.throws(() => consumer.lags([{ topic: 't', partition: 9 }]), StateError)
  await consumer.close()
})

test('where a seek comes to can be awaited', async () => {
  const { consumer, cluster } = setUp([10], { apiTimeoutMs: 2_000 })
  serveOffsets(cluster, 20)
  consumer.assign([{ ...place, offset: 5 }])
  assert.equal(await consumer.awaitPosition(place), 5, 'what is known is there at once')
  for (const [to, found] of [
    ['earliest', 2],
    ['latest', 10],
    [{ timestamp: 600 }, 6],
    [{ timestamp: 9_999 }, 10],
  ] as const) {
    consumer.seek(place, to)
    assert.equal(consumer.position(place), undefined)
    assert.equal(await consumer.awaitPosition(place), found)
    assert.equal(consumer.position(place), found)
  }
  consumer.seek(place, { timestamp: 600 })
  assert.equal((await take(consumer, 1))[0]!.offset, 6)
  await consumer.close()
})

test('a seek while a loop runs takes effect with the next record', async () => {
  const { consumer, cluster } = setUp([10])
  serveOffsets(cluster)
  consumer.assign([{ ...place, offset: 0 }])
  const seen: number[] = []
  for await (const { offset } of consumer.records({ signal: AbortSignal.timeout(8_000) })) {
    seen.push(offset)
    if (seen.length === 2) {
      consumer.seek(place, { timestamp: 600 })
      assert.equal(await consumer.awaitPosition(place), 6)
    }
    if (seen.length === 4) break
  }
  assert.deepEqual(seen, [0, 1, 6, 7])
  await consumer.close()
})

test('a hook that takes partitions over can seek in them, wait for that, and read the position', async () => {
  const { consumer, cluster } = setUp([10], { groupId: 'g', heartbeatIntervalMs: 20 })
  serveLoneMember(cluster)
  serveOffsets(cluster)
  const positions: number[] = []
  consumer.subscribe('t', {
    async onAssigned([assigned]) {
      positions.push(await consumer.awaitPosition(assigned!))
      consumer.seek(assigned!, { timestamp: 600 })
      positions.push(await consumer.awaitPosition(assigned!))
    },
  })
  assert.equal((await take(consumer, 1))[0]!.offset, 6)
  assert.deepEqual(positions, [0, 6], 'the committed offset first')
  await consumer.close()
})

test('a position that there is not is told to who waits for it', async () => {
  const { consumer, cluster } = setUp([10], { groupId: 'g', autoOffsetReset: 'none', autoCommit: false })
  cluster.on(OffsetFetchApi, ({ request }) => ({
    throttleTimeMs: 0,
    groups: request.groups.map(({ groupId }) => ({ groupId, topics: [], errorCode: 0 })),
  }))
  consumer.assign([place])
  await assert.rejects(consumer.awaitPosition(place), (error: Error) => {
    assert.ok(error instanceof PositionError)
    assert.equal(error.code, 'NO_OFFSET')
    return true
  })
  await consumer.close()
})

test('waiting for a position ends in time, by signal, with the partition, and with the consumer', async () => {
  const { consumer, cluster, topic } = setUp([10])
  topic.leaders[0] = -1
  consumer.assign([{ ...place, offset: 'earliest' }])
  await assert.rejects(consumer.awaitPosition(place, { timeoutMs: 20 }), OperationTimeoutError)
  const stop = new AbortController()
  const aborted = consumer.awaitPosition(place, { signal: stop.signal })
  stop.abort(new Error('enough'))
  await assert.rejects(aborted, /enough/)
  const gone = consumer.awaitPosition(place)
  consumer.assign([])
  await assert.rejects(gone, /t-0 is not assigned to this consumer any more/)
  consumer.assign([{ ...place, offset: 'earliest' }])
  const closed = consumer.awaitPosition(place)
  await Promise.all([assert.rejects(closed, { code: 'CLOSED' }), consumer.close()])
  assert.ok(cluster.count('Metadata') > 0)
})

test('a seek before the partition is there is refused, with what to do', async () => {
  const { consumer } = setUp([10], { groupId: 'g' })
  assert.throws(
    () => consumer.seek(place, 0),
    /t-0 is not assigned to this consumer: subscribe or assign first/,
  )
  consumer.subscribe('t')
  assert.throws(() => consumer.seek(place, 0), /at present: the hook onAssigned is told of each/)
  await consumer.close()
  const other = setUp([10]).consumer
  other.assign([{ ...place, offset: 0 }])
  assert.throws(() => other.seek({ topic: 't', partition: 1 }, 0), /it has those that assign named last/)
  await other.close()
})

test('a seek of the user counts over an answer that is on its way', async () => {
  const { consumer, cluster } = setUp([10])
  serveOffsets(cluster, 30)
  consumer.assign([{ ...place, offset: 'latest' }])
  const waiting = consumer.awaitPosition(place)
  consumer.seek(place, 3)
  assert.equal(await waiting, 3)
  await new Promise(resolve => setTimeout(resolve, 60))
  assert.equal(consumer.position(place), 3)
  await consumer.close()
})
