// What hooks hear of a consumer, and what its statistics count: fetches, records in the user's hands, commits, rebalances, handlers.
import assert from 'node:assert/strict'
import { tracingChannel } from 'node:diagnostics_channel'
import { test } from 'node:test'
import { HeartbeatApi, JoinGroupApi, OffsetCommitApi } from '@millrace/protocol'
import type {
  ClientHooks,
  CommitFacts,
  ConsumerOptions,
  FetchFacts,
  HandedOutFacts,
  RebalanceFacts,
} from '../../src/index.ts'
import { serveGroup } from '../support/fake-group.ts'
import { setUp, take } from '../support/fake-partitions.ts'

const none = { throttleTimeMs: 0, errorCode: 0 }

/** A consumer that is alone in its group, of a topic with ten records in each of its partitions. */
function setUpGroup(hooks: ClientHooks, options: Partial<ConsumerOptions> = {}, ends = [10]) {
  const parts = setUp(ends, { groupId: 'g', autoOffsetReset: 'earliest', hooks: [hooks], ...options })
  const { cluster } = parts
  cluster.on(JoinGroupApi, ({ request }) => {
    const { name, metadata } = request.protocols[0]!
    const members = [{ memberId: 'm', metadata }]
    return {
      ...none,
      generationId: 1,
      protocolType: 'consumer',
      protocolName: name,
      leader: 'm',
      memberId: 'm',
      members,
    }
  })
  serveGroup(cluster)
  cluster.on(HeartbeatApi, () => none)
  const commits = { errorCode: 0 }
  cluster.on(OffsetCommitApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: commits.errorCode })),
    })),
  }))
  return { ...parts, commits }
}

/** Seven of ten records are read and committed, and a commit is refused. */
async function readAndCommit() {
  const fetches: FetchFacts[] = []
  const handedOut: HandedOutFacts[] = []
  const rebalances: RebalanceFacts[] = []
  const commits: CommitFacts[] = []
  const { consumer, commits: answers } = setUpGroup({
    onFetch: facts => void fetches.push(facts),
    onHandedOut: facts => void handedOut.push(facts),
    onRebalance: facts => void rebalances.push(facts),
    onCommit: (facts, client) => {
      assert.deepEqual(client, { kind: 'consumer', clientId: 'millrace', groupId: 'g' })
      commits.push(facts)
    },
  })
  consumer.subscribe('t')
  const records = await take(consumer, 7)
  assert.equal(records.length, 7)
  await consumer.commit()
  answers.errorCode = 12
  await assert.rejects(
    consumer.commit([{ topic: 't', partition: 0, offset: 3 }]),
    /OFFSET_METADATA_TOO_LARGE/,
  )
  answers.errorCode = 0
  return { consumer, fetches, handedOut, rebalances, commits }
}

test('fetches, records in hand, rebalances and commits are told', async () => {
  const { consumer, fetches, handedOut, rebalances, commits } = await readAndCommit()
  const brought = fetches.flatMap(({ partitions }) => partitions)
  assert.deepEqual(
    brought.map(({ topic, partition, offset, endOffset, records: count }) => [
      topic,
      partition,
      offset,
      endOffset,
      count,
    ]),
    [
      ['t', 0, 0, 5, 5],
      ['t', 0, 5, 10, 5],
    ],
  )
  assert.ok(fetches.every(({ nodeId, ms, error }) => nodeId === 1 && ms > 0 && error === undefined))
  assert.deepEqual(
    handedOut.map(({ records: count, bytes, lag }) => [count, bytes, lag]),
    [
      [5, brought[0]!.bytes, 5],
      [2, brought[1]!.bytes, 3],
    ],
  )
  assert.deepEqual(
    rebalances.map(({ what, partitions, memberId, generation }) => [
      what,
      partitions.length,
      memberId,
      generation,
    ]),
    [
      ['begun', 0, '', -1],
      ['assigned', 1, 'm', 1],
      ['completed', 1, 'm', 1],
    ],
  )
  assert.deepEqual(
    commits.map(({ groupId, offsets, error }) => [groupId, offsets[0]!.offset, error?.name]),
    [
      ['g', 7, undefined],
      ['g', 3, 'BrokerError'],
    ],
  )
  await consumer.close()
  assert.equal(rebalances.at(-1)!.what, 'revoked')
})

test('the same is counted', async () => {
  const { consumer, fetches } = await readAndCommit()
  const { statistics } = consumer
  const bytes = fetches.flatMap(({ partitions }) => partitions).reduce((sum, each) => sum + each.bytes, 0)
  assert.equal(statistics.recordsConsumed, 7)
  assert.equal(statistics.bytesConsumed, bytes)
  assert.equal(statistics.bytesFetched, statistics.bytesConsumed)
  assert.equal(statistics.fetches, fetches.length)
  assert.deepEqual([statistics.commits, statistics.commitsFailed], [1, 1])
  assert.deepEqual([statistics.rebalances, statistics.rebalancesFailed], [1, 0])
  assert.ok(statistics.idleMsTotal > 0 && statistics.rebalanceMsTotal > 0 && statistics.commitMsTotal > 0)
  assert.deepEqual(
    statistics.partitions.map(partition => ({ ...partition, bufferedBytes: undefined })),
    [
      {
        topic: 't',
        partition: 0,
        position: 7,
        committed: 7,
        endOffset: 10,
        lag: 3,
        bufferedBytes: undefined,
      },
    ],
  )
  await consumer.close()
})

test('what is in hand is counted before it is done with, and what comes again is counted again', async () => {
  const { consumer } = setUpGroup({}, { autoCommit: false })
  consumer.subscribe('t')
  const counts: number[] = []
  for await (const { offset } of consumer.records({ signal: AbortSignal.timeout(8_000) })) {
    counts.push(consumer.statistics.recordsConsumed)
    if (offset === 2) break
  }
  assert.deepEqual(counts, [1, 2, 3])
  assert.equal((await take(consumer, 1))[0]!.offset, 2)
  assert.equal(consumer.statistics.recordsConsumed, 4)
  assert.deepEqual(
    consumer.statistics.topics.map(({ topic, recordsConsumed }) => [topic, recordsConsumed]),
    [['t', 4]],
  )
  await consumer.close()
})

test('handlers run inside what hooks put around them, in the order of the hooks, and what a hook throws counts as theirs', async () => {
  const order: string[] = []
  const around = (name: string): ClientHooks => ({
    aroundRecord({ offset }, _, handle) {
      order.push(`${name} ${offset}`)
      if (name === 'inner' && offset === 2) throw new Error('the hook refuses')
      return handle()
    },
  })
  const { consumer } = setUp([10], { hooks: [around('outer'), around('inner')] })
  consumer.assign([{ topic: 't', partition: 0, offset: 1 }])
  const run = consumer.run({
    signal: AbortSignal.timeout(8_000),
    eachRecord: async ({ offset }) => void order.push(`handler ${offset}`),
  })
  await assert.rejects(run, /the hook refuses/)
  assert.deepEqual(order, ['outer 1', 'inner 1', 'handler 1', 'outer 2', 'inner 2'])
  assert.equal(consumer.position({ topic: 't', partition: 0 }), 2)
  await consumer.close()
})

test('handlers of batches run inside hooks, too, and under the tracing channel while somebody listens to it', async () => {
  const order: string[] = []
  const { consumer } = setUp([10], {
    hooks: [
      {
        aroundBatch({ firstOffset, endOffset }, _, handle) {
          order.push(`batch ${firstOffset} to ${endOffset}`)
          return handle()
        },
      },
    ],
  })
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  const traces = tracingChannel<string, { batch: { firstOffset: number } }>('millrace.client.process')
  const listeners = {
    start: ({ batch }: { batch: { firstOffset: number } }) => void order.push(`start ${batch.firstOffset}`),
    asyncEnd: ({ batch }: { batch: { firstOffset: number } }) => void order.push(`end ${batch.firstOffset}`),
  }
  traces.subscribe(listeners as never)
  const end = new AbortController()
  await consumer.run({
    signal: AbortSignal.any([end.signal, AbortSignal.timeout(8_000)]),
    eachBatch({ endOffset }) {
      order.push('handler')
      if (endOffset === 10) end.abort()
    },
  })
  traces.unsubscribe(listeners as never)
  assert.equal(order.join(), 'batch 0 to 5,start 0,handler,end 0,batch 5 to 10,start 5,handler,end 5')
  await consumer.close()
})
