// A consumer of several brokers: each of them is asked, whatever the others are asked for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FetchApi, RecordBatchWriter } from '@millrace/protocol'
import { Consumer } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

const recordsPerPartition = 10

function batchFrom(baseOffset: number): Buffer {
  const writer = new RecordBatchWriter()
  writer.reset({ baseOffset })
  for (let offset = baseOffset; offset < recordsPerPartition; offset++) writer.append(1_000, null, 'value')
  return writer.finish()
}

/** A cluster whose brokers lead one partition each and answer an empty fetch after a turn. */
function clusterOf(brokers: number): FakeCluster {
  const ids = Array.from({ length: brokers }, (_, index) => index + 1)
  const cluster = new FakeCluster(ids)
  const { topicId } = cluster.topic('t', ids)
  cluster.on(FetchApi, async ({ request }) => {
    const asked = request.topics.flatMap(({ partitions }) => partitions)
    if (asked.every(({ fetchOffset }) => fetchOffset >= recordsPerPartition))
      await new Promise(resolve => setImmediate(resolve))
    const partitions = asked.map(({ partition, fetchOffset }) => ({
      partitionIndex: partition,
      errorCode: 0,
      highWatermark: recordsPerPartition,
      lastStableOffset: recordsPerPartition,
      records: fetchOffset < recordsPerPartition ? [batchFrom(fetchOffset)] : null,
    }))
    return { throttleTimeMs: 0, errorCode: 0, sessionId: 0, responses: [{ topicId, partitions }] }
  })
  return cluster
}

for (const prefetchMaxBytes of [undefined, 1_000]) {
  test(`five brokers with ${prefetchMaxBytes ?? 'the default'} bytes to fetch ahead are all read`, async () => {
    const cluster = clusterOf(5)
    await using consumer = new Consumer({
      brokers: cluster.bootstrap,
      network: cluster.network,
      ...(prefetchMaxBytes !== undefined && { prefetchMaxBytes }),
    })
    consumer.assign([0, 1, 2, 3, 4].map(partition => ({ topic: 't', partition, offset: 0 })))
    const seen = [0, 0, 0, 0, 0]
    let left = 5 * recordsPerPartition
    for await (const { partition } of consumer.records({ signal: AbortSignal.timeout(5_000) })) {
      seen[partition]!++
      if (--left === 0) break
    }
    assert.deepEqual(seen, [10, 10, 10, 10, 10])
  })
}

test('what is fetched ahead comes in several answers: the memory of one that is half used is not held by a single partition', async () => {
  const cluster = clusterOf(1)
  const asked: number[] = []
  cluster.on(FetchApi, ({ request }) => {
    asked.push(request.maxBytes)
    return { throttleTimeMs: 0, errorCode: 0, sessionId: 0, responses: [] }
  })
  await using consumer = new Consumer({
    brokers: cluster.bootstrap,
    network: cluster.network,
    prefetchMaxBytes: 64_000,
  })
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  while (asked.length === 0) await new Promise(resolve => setImmediate(resolve))
  assert.equal(asked[0], 8_000)
})
