// Topics that are not there: a reader brings none into being, waits for them, and says so.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, FetchApi, HeartbeatApi, JoinGroupApi } from '@millrace/protocol'
import { Consumer, type ConsumerOptions, KafkaError, Producer } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'
import { serveGroup } from '../support/fake-group.ts'
import { assertRun, setUp, take } from '../support/fake-partitions.ts'
import { quickClock } from '../support/quick-clock.ts'

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    assert.ok(turn < 100_000, 'it never happens')
    await new Promise(resolve => setImmediate(resolve))
  }
}

function listen() {
  const warnings: Error[] = []
  const onWarning = (error: Error) => warnings.push(error)
  const told = (part: string) => warnings.some(({ message }) => message.includes(part))
  return { warnings, onWarning, told }
}

function setUpGroup(options: Partial<ConsumerOptions>) {
  const fake = new FakeCluster()
  serveGroup(fake)
  fake.on(HeartbeatApi, () => ({ throttleTimeMs: 0, errorCode: 0 }))
  fake.on(JoinGroupApi, ({ request }) => {
    const { name, metadata } = request.protocols[0]!
    return {
      throttleTimeMs: 0,
      errorCode: 0,
      generationId: 1,
      protocolType: 'consumer',
      protocolName: name,
      leader: 'm',
      memberId: 'm',
      members: [{ memberId: 'm', metadata }],
    }
  })
  const consumer = new Consumer({
    brokers: fake.bootstrap,
    network: fake.network,
    clock: quickClock,
    groupId: 'g',
    autoCommit: false,
    ...options,
  })
  return { fake, consumer }
}

test('a topic that goes while it is read is told, not asked into being, and read again when it comes back', async () => {
  const { warnings, onWarning, told } = listen()
  const { cluster, topic, logs, consumer } = setUp([20], { onWarning })
  let gone = false
  cluster.on(FetchApi, arrival =>
    logs.fetch(arrival, () => (gone ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : 0)),
  )
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  assertRun(await take(consumer, 5), 0, 5)
  gone = true
  cluster.topics.delete('t')
  await consumer.cluster.refreshMetadata(['t'])
  await until(() => told('topic "t" is gone'))
  assert.equal(warnings.length, 1)
  assert.equal((warnings[0] as KafkaError).code, 'UNKNOWN_TOPIC_OR_PARTITION')
  cluster.topics.set('t', topic)
  gone = false
  assertRun(await take(consumer, 15), 5, 20)
  await consumer.close()
  assert.deepEqual([...cluster.mayCreate], [])
})

test('a topic that is not there is waited for aloud, by name, by pattern and by partition', async () => {
  const { onWarning, told } = listen()
  const { fake, consumer } = setUpGroup({ onWarning })
  consumer.subscribe(['missing', /^none-/])
  await until(() => told('topic "missing" does not exist'))
  await consumer.close()
  const assigned = setUpGroup({ onWarning })
  assigned.consumer.assign([{ topic: 'absent', partition: 0, offset: 0 }])
  await until(() => told('topic "absent" does not exist'))
  await assigned.consumer.close()
  assert.deepEqual([...fake.mayCreate, ...assigned.fake.mayCreate], [])
})

test('a partition that a topic does not have is waited for aloud, whether its position is to be found or is given', async () => {
  for (const offset of ['earliest', 7] as const) {
    const { warnings, onWarning, told } = listen()
    const { consumer } = setUp([20], { onWarning, clock: quickClock })
    consumer.assign([{ topic: 't', partition: 6, offset }])
    await until(() => told('topic "t" has no partition 6, waiting for it'))
    assert.equal((warnings[0] as KafkaError).code, 'UNKNOWN_TOPIC_OR_PARTITION')
    await consumer.close()
  }
})

test('a reader that is told to, and a producer, ask for topics to be made', async () => {
  const { fake, consumer } = setUpGroup({ allowAutoTopicCreation: true, onWarning: () => {} })
  consumer.subscribe('wanted')
  await until(() => fake.mayCreate.has('wanted'))
  await consumer.close()
  const producer = new Producer({ brokers: fake.bootstrap, network: fake.network, clock: quickClock })
  const sent = assert.rejects(producer.send({ topic: 'sent', value: 'v' }))
  await until(() => fake.mayCreate.has('sent'))
  await producer.close({ timeoutMs: 1 })
  await sent
})
