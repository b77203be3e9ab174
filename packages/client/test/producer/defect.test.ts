// A rule of ours that does not hold: the producer stops and says so, instead of going on with a wrong state.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProduceApi, type ProduceRequest } from '@millrace/protocol'
import { InvariantError } from '@millrace/runtime'
import { Producer } from '../../src/index.ts'
import { PartitionSequences } from '../../src/producer/sequences.ts'
import { type Arrival, FakeCluster } from '../support/fake-broker.ts'

test('what waits and what comes later fail with the rule that does not hold', async t => {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  cluster.on(ProduceApi, ({ request }: Arrival<ProduceRequest>) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => ({ index, errorCode: 0, baseOffset: 0 })),
    })),
  }))
  const producer = new Producer({ brokers: cluster.bootstrap, network: cluster.network })
  await producer.send({ topic: 't', value: 'good' })
  const failure = new InvariantError('a rule')
  t.mock.method(PartitionSequences.prototype, 'acknowledge', () => {
    throw failure
  })
  await assert.rejects(producer.send({ topic: 't', value: 'first' }), failure)
  await assert.rejects(producer.send({ topic: 't', value: 'later' }), failure)
  assert.throws(() => producer.enqueue({ topic: 't', value: 'later' }), failure)
  await producer.close()
})
