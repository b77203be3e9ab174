// Quotas as KIP-219 has them: the client keeps silent on a connection for as long as the broker says.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HeartbeatApi } from '@millrace/protocol'
import { type Clock, nodeClock, nodeRandom } from '@millrace/runtime'
import { StandingClock } from '@millrace/testkit/clocks'
import { RequestTimeoutError } from '../../src/index.ts'
import { BrokerConnection } from '../../src/network/broker-connection.ts'
import { FakeCluster } from '../support/fake-broker.ts'

const heartbeat = { groupId: 'g', generationId: 1, memberId: 'm' }

function open(cluster: FakeCluster, clock: Clock = nodeClock): Promise<BrokerConnection> {
  return BrokerConnection.open('fake', 1, {
    network: cluster.network,
    clock,
    random: nodeRandom,
    clientId: 'tester',
    connectTimeoutMs: 1_000,
    requestTimeoutMs: 5_000,
    maxInFlight: 100,
    responseMaxBytes: 1_000_000,
  })
}

/** Time between two requests, of which the answer to the first says to wait, by a clock that stands still while anything goes on. */
async function gapAfter(throttleTimeMs: number, maxVersion: number): Promise<number> {
  const cluster = new FakeCluster()
  const clock = new StandingClock()
  const arrivals: number[] = []
  cluster.on(HeartbeatApi, () => {
    arrivals.push(clock.monotonic())
    return { throttleTimeMs: arrivals.length === 1 ? throttleTimeMs : 0, errorCode: 0 }
  })
  const connection = await open(cluster, clock)
  await connection.request(HeartbeatApi, heartbeat, { maxVersion })
  const second = connection.request(HeartbeatApi, heartbeat, { maxVersion })
  await clock.passUntil(() => arrivals.length === 2)
  await second
  connection.close()
  return arrivals[1]! - arrivals[0]!
}

test('a broker that answers at once is left alone for the time that it names', async () => {
  assert.equal(await gapAfter(80, HeartbeatApi.maxVersion), 80)
  assert.equal(await gapAfter(80, 2), 80)
})

test('a broker older than 2.0 has held its answer back already: the client does not wait as long again', async () => {
  assert.equal(await gapAfter(80, 1), 0)
})

test('a request that could not be sent in time says why', async () => {
  const cluster = new FakeCluster()
  cluster.on(HeartbeatApi, () => ({ throttleTimeMs: 60_000, errorCode: 0 }))
  const connection = await open(cluster)
  await connection.request(HeartbeatApi, heartbeat)
  await assert.rejects(connection.request(HeartbeatApi, heartbeat, { timeoutMs: 40 }), (error: Error) => {
    assert.ok(error instanceof RequestTimeoutError)
    assert.match(error.message, /Heartbeat could not be sent to fake:1 within 40 ms: the broker throttles/)
    return true
  })
  assert.equal(connection.error, undefined, 'nothing is wrong with the connection')
  connection.close()
})
