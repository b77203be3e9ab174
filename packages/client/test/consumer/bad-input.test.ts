// What users do wrong with a consumer: refused at the call, with what was wrong.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Consumer, StateError } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

function setUp() {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  return new Consumer({
    brokers: cluster.bootstrap,
    network: cluster.network,
    groupId: 'g',
    autoCommit: false,
  })
}

const partition = { topic: 't', partition: 0 }

test('an offset that is none is refused by assign, seek and commit', async () => {
  const consumer = setUp()
  for (const offset of [-1, 0.5, Number.NaN, 2 ** 53]) {
    assert.throws(() => consumer.assign([{ ...partition, offset }]), /t-0: .* is not an offset/)
    await assert.rejects(consumer.commit([{ ...partition, offset }]), /t-0: .* is not an offset/)
  }
  assert.deepEqual(consumer.assignment, [])
  consumer.assign([{ ...partition, offset: 0 }])
  for (const offset of [-1, 0.5, Number.NaN])
    assert.throws(() => consumer.seek(partition, offset), StateError)
  await consumer.close()
})

test('a place to start that does not exist is refused by assign and seek', async () => {
  const consumer = setUp()
  for (const offset of ['begin', {}, { timestamp: '5' }, { timestamp: -1 }, null]) {
    assert.throws(() => consumer.assign([{ ...partition, offset: offset as never }]), /is no place to start/)
  }
  consumer.assign([{ ...partition, offset: 'committed' }])
  for (const target of ['begin', 'committed', undefined]) {
    assert.throws(() => consumer.seek(partition, target as never), /give an offset, .*"earliest", "latest"/)
  }
  consumer.seek(partition, { timestamp: 0 })
  await consumer.close()
})

test('what is neither a name nor a pattern is refused by subscribe, which then still works', async () => {
  const consumer = setUp()
  for (const topic of ['', ' ', 5, null]) {
    assert.throws(() => consumer.subscribe([topic as never]), /is no topic to subscribe to/)
  }
  // Nothing was decided by those.
  consumer.assign([partition])
  await consumer.close()
})
