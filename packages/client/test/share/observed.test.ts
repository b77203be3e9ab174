// What a share consumer tells of itself: statistics, hooks, Prometheus, and what it pushes to brokers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  codecById,
  ErrorCode,
  GetTelemetrySubscriptionsApi,
  PushTelemetryApi,
  type PushTelemetryRequest,
} from '@millrace/protocol'
import {
  type AcknowledgeFacts,
  type ClientHooks,
  type ClientIdentity,
  type FetchFacts,
  prometheusText,
  type RebalanceFacts,
} from '../../src/index.ts'
import { readOtlp } from '../support/read-otlp.ts'
import { eventually, setUp, soon, values } from '../support/share-group.ts'

const timeout = 20_000

test('statistics count records from the broker to its last word on them', { timeout }, async () => {
  const { consumer, group } = setUp([6], { maxPollRecords: 4 })
  const [first, second, third, fourth] = await consumer.poll(soon())
  const early = consumer.statistics
  assert.deepEqual(
    [early.recordsAcquired, early.recordsConsumed, early.recordsInHand, early.recordsWaiting],
    [4, 4, 4, 0],
  )
  consumer.acknowledge(first!, 'accept')
  consumer.acknowledge(second!, 'release')
  consumer.acknowledge(third!, 'reject')
  consumer.acknowledge(fourth!, 'renew')
  await consumer.commit()
  group.refuseAcknowledge = ErrorCode.INVALID_RECORD_STATE
  consumer.acknowledge(fourth!, 'accept')
  await consumer.commit()
  const rest = await consumer.poll({ maxRecords: 1, ...soon() })
  assert.equal(rest.length, 1)
  const { recordsAccepted, recordsReleased, recordsRejected, recordsRenewed, ...all } = consumer.statistics
  assert.deepEqual([recordsAccepted, recordsReleased, recordsRejected, recordsRenewed], [1, 1, 1, 1])
  assert.equal(all.acknowledgementsFailed, 1)
  assert.deepEqual([all.recordsAcquired, all.recordsConsumed], [7, 5])
  assert.deepEqual([all.recordsInHand, all.recordsWaiting], [1, 2])
  assert.deepEqual(all.topics, [{ topic: 't', recordsConsumed: 5 }])
  assert.deepEqual(all.partitions, [{ topic: 't', partition: 0 }])
  assert.ok(all.fetches >= 2 && all.fetchMsTotal > 0 && all.bytesFetched > 0 && all.idleMsTotal > 0)
  assert.deepEqual([all.rebalances, all.rebalancesFailed, all.fetchesFailed], [1, 0, 0])
  await consumer.close()
})

test('hooks hear of fetches, acknowledgements and the assignment, and stand around handlers', {
  timeout,
}, async () => {
  const fetched: FetchFacts[] = []
  const acknowledged: AcknowledgeFacts[] = []
  const rebalanced: RebalanceFacts[] = []
  const clients = new Set<ClientIdentity>()
  const around: number[] = []
  const hooks: ClientHooks = {
    onFetch: facts => void fetched.push(facts),
    onAcknowledge(facts, client) {
      acknowledged.push(facts)
      clients.add(client)
    },
    onRebalance: facts => void rebalanced.push(facts),
    async aroundRecord({ offset, valueBytes }, _client, handle) {
      assert.ok(valueBytes)
      await handle()
      around.push(offset)
    },
  }
  const { consumer, group } = setUp([4], { hooks: [hooks], clientId: 'worker' })
  const seen: string[] = []
  const running = consumer.run({
    eachRecord: record => {
      seen.push(...values([record]))
      if (record.offset === 2) throw new Error('never')
    },
    onError: () => 'reject',
  })
  await eventually('all are seen to', () => group.offsets(0, 'done').length === 3)
  await consumer.close()
  await running
  assert.deepEqual(seen, ['0:0', '0:1', '0:2', '0:3'])
  assert.deepEqual(around, [0, 1, 3], 'what a handler throws goes through the hook')
  assert.deepEqual([...clients], [{ kind: 'share-consumer', clientId: 'worker', groupId: 'g' }])
  const [first] = fetched.filter(({ partitions }) => partitions.length > 0)
  const { bytes, ...place } = first!.partitions[0]!
  assert.deepEqual(place, { topic: 't', partition: 0, offset: 0, endOffset: 4, records: 4 })
  assert.ok(bytes > 0 && first!.nodeId === 1 && first!.error === undefined)
  const sum = (name: 'accepted' | 'rejected' | 'released') =>
    acknowledged.reduce((total, facts) => total + facts[name], 0)
  assert.deepEqual([sum('accepted'), sum('rejected'), sum('released')], [3, 1, 0])
  for (const { groupId, topic, partition, ms, error } of acknowledged) {
    assert.deepEqual([groupId, topic, partition, error], ['g', 't', 0, undefined])
    assert.ok(ms > 0)
  }
  assert.deepEqual(
    rebalanced.map(({ what, memberId, partitions }) => [what, memberId, partitions.length]),
    [
      ['begun', consumer.memberId, 0],
      ['assigned', consumer.memberId, 1],
      ['completed', consumer.memberId, 1],
      ['revoked', consumer.memberId, 1],
    ],
  )
})

test('a fetch that has no answer, and one that is refused, count as failed', { timeout }, async () => {
  const failures: (string | undefined)[] = []
  const hooks: ClientHooks = {
    onFetch: ({ error }) => {
      if (error) failures.push(`${(error as { code?: string }).code}`)
    },
  }
  const { consumer, cluster, group } = setUp([1], { hooks: [hooks] })
  group.refuse = ErrorCode.GROUP_AUTHORIZATION_FAILED
  await assert.rejects(consumer.poll(soon()), { code: 'GROUP_AUTHORIZATION_FAILED' })
  assert.equal(consumer.statistics.fetchesFailed, 1)
  await consumer.poll(soon())
  await consumer.commit()
  const before = group.fetches.length
  const waiting = consumer.poll({ timeoutMs: 200 })
  await eventually('a fetch waits', () => group.fetches.length > before)
  cluster.cut(1)
  await waiting
  // The refused one never opened the session, which the next one finds out.
  assert.deepEqual(failures, ['GROUP_AUTHORIZATION_FAILED', 'SHARE_SESSION_NOT_FOUND', 'CONNECTION_CLOSED'])
  assert.equal(consumer.statistics.fetchesFailed, 3)
  await consumer.close()
})

test('Prometheus has a share consumer under the names of Java’s', { timeout }, async () => {
  const { consumer } = setUp([3], { clientId: 'worker' })
  await consumer.poll(soon())
  await consumer.commit()
  const page = prometheusText([consumer])
  for (const line of [
    'kafka_consumer_share_fetch_manager_records_consumed_total{client_id="worker",group_id="g",topic="t"} 3',
    'kafka_consumer_share_fetch_manager_records_accepted_total{client_id="worker",group_id="g"} 3',
    'kafka_consumer_share_fetch_manager_acknowledgements_error_total{client_id="worker",group_id="g"} 0',
    'kafka_consumer_share_coordinator_assigned_partitions{client_id="worker",group_id="g"} 1',
    'kafka_consumer_share_coordinator_rebalance_total{client_id="worker",group_id="g"} 1',
  ])
    assert.ok(page.includes(`${line}\n`), line)
  assert.match(page, /kafka_consumer_connection_count\{client_id="worker",group_id="g"\} [1-9]/)
  await consumer.close()
})

test('a broker that has subscribed to metrics is told of a share consumer', { timeout }, async () => {
  const { consumer, cluster } = setUp([3])
  const pushes: PushTelemetryRequest[] = []
  cluster.on(GetTelemetrySubscriptionsApi, () => ({
    throttleTimeMs: 0,
    errorCode: 0,
    clientInstanceId: 'AAAAAAAAAAAAAAAAAAAABA',
    subscriptionId: 7,
    acceptedCompressionTypes: [4],
    pushIntervalMs: 20,
    telemetryMaxBytes: 1_000_000,
    deltaTemporality: false,
    requestedMetrics: ['org.apache.kafka.consumer.'],
  }))
  cluster.on(PushTelemetryApi, ({ request }) => {
    pushes.push(request)
    return { throttleTimeMs: 0, errorCode: 0 }
  })
  await consumer.poll(soon())
  await consumer.commit()
  assert.equal(await consumer.clientInstanceId(), 'AAAAAAAAAAAAAAAAAAAABA')
  await eventually('something is pushed', () => pushes.length > 0)
  await consumer.close()
  const last = pushes.at(-1)!
  assert.equal(last.terminating, true)
  const { metrics, resource } = readOtlp(codecById(last.compressionType)!.decompress(last.metrics))
  const valueOf = (name: string) =>
    metrics.find(metric => metric.name === `org.apache.kafka.consumer.${name}`)?.value
  assert.equal(valueOf('share.fetch.manager.records.consumed.total'), 3)
  assert.equal(valueOf('share.fetch.manager.acknowledgements.send.total'), 3)
  assert.equal(valueOf('share.coordinator.rebalance.total'), 1)
  assert.ok(valueOf('connection.creation.total')! > 0)
  assert.deepEqual([resource['group_id'], resource['group_member_id']], ['g', consumer.memberId])
})
