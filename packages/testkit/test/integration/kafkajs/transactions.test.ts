// Transactions of KafkaJS's API: what readers of committed data see, and what is refused, as with KafkaJS.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { readCommitted } from '@millrace/testkit'
import type { Producer } from '@millrace/client/kafkajs'
import { both, failure, oursAlone, type Stage, until } from './both.ts'

async function transactional(
  { kafka, finally: atEnd, uniqueName }: Stage,
  transactionalId?: string,
): Promise<Producer> {
  const producer = kafka.producer({
    transactionalId: transactionalId ?? uniqueName('transactional'),
    idempotent: true,
    maxInFlightRequests: 1,
  })
  await producer.connect()
  atEnd(() => producer.disconnect())
  return producer
}

async function committedValues({ brokers }: Stage, topic: string): Promise<string[]> {
  const records = await readCommitted(brokers, topic)
  return records.map(({ value }) => value!.toString())
}

both('what is committed is read, and what is aborted is not', async stage => {
  const topic = await stage.createTopic()
  const producer = await transactional(stage)
  const kept = await producer.transaction()
  const active = [kept.isActive()]
  await kept.send({ topic, messages: [{ value: 'a' }] })
  await kept.sendBatch({ topicMessages: [{ topic, messages: [{ value: 'b' }] }] })
  await kept.commit()
  active.push(kept.isActive())
  const dropped = await producer.transaction()
  await dropped.send({ topic, messages: [{ value: 'no' }] })
  await dropped.abort()
  const empty = await producer.transaction()
  await empty.commit()
  const ended = [await failure(kept.send({ topic, messages: [] })), await failure(dropped.commit())]
  await producer.send({ topic, messages: [{ value: 'beside' }] })
  return { active, ended, values: await committedValues(stage, topic) }
})

both('one transaction at a time', async stage => {
  const topic = await stage.createTopic()
  const producer = await transactional(stage)
  const first = await producer.transaction()
  const second = await failure(producer.transaction())
  await first.send({ topic, messages: [{ value: 'v' }] })
  await first.commit()
  const third = await producer.transaction()
  await third.abort()
  return { second, values: await committedValues(stage, topic) }
})

both('offsets of a group are committed with the transaction, or not at all', async stage => {
  const topic = await stage.createTopic()
  const groupId = stage.uniqueName('group')
  const producer = await transactional(stage)
  const admin = stage.kafka.admin()
  await admin.connect()
  stage.finally(() => admin.disconnect())
  const committed = async () => (await admin.fetchOffsets({ groupId, topics: [topic] }))[0]!.partitions
  const send = async (offset: string, end: 'commit' | 'abort') => {
    const transaction = await producer.transaction()
    await transaction.send({ topic, messages: [{ value: offset }] })
    await transaction.sendOffsets({
      consumerGroupId: groupId,
      topics: [{ topic, partitions: [{ partition: 0, offset }] }],
    })
    await transaction[end]()
    // Markers are written behind the answer.
    for (let tries = 0; end === 'commit' && tries < 200; tries++) {
      if ((await committed())[0]!.offset !== '-1') break
      await sleep(50)
    }
    return committed()
  }
  return [await send('3', 'abort'), await send('2', 'commit')]
})

both('a producer whose transactional id another one has taken is fenced', async stage => {
  const topic = await stage.createTopic()
  const transactionalId = stage.uniqueName('transactional')
  const [first, second] = [
    await transactional(stage, transactionalId),
    await transactional(stage, transactionalId),
  ]
  const old = await first.transaction()
  await old.send({ topic, messages: [{ value: 'old' }] })
  const young = await second.transaction()
  await young.send({ topic, messages: [{ value: 'young' }] })
  const { name, type } = (await failure(
    old.send({ topic, messages: [{ value: 'late' }] }).then(() => old.commit()),
  )) as { name: string; type: string }
  await young.commit()
  return {
    name,
    fenced: ['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED', 'KAFKAJS_UNKNOWN_ERROR_CODE'].includes(type),
    values: await committedValues(stage, topic),
  }
})

both('consume, transform, produce: what comes out is there once', async stage => {
  const [source, target] = [await stage.createTopic(), await stage.createTopic()]
  const groupId = stage.uniqueName('group')
  const plain = stage.kafka.producer()
  await plain.connect()
  await plain.send({
    topic: source,
    messages: Array.from({ length: 20 }, (_, index) => ({ value: String(index) })),
  })
  await plain.disconnect()
  const producer = await transactional(stage)
  let batches = 0
  const transform = async () => {
    const consumer = stage.kafka.consumer({ groupId, maxWaitTimeInMs: 100, retry: { initialRetryTime: 20 } })
    await consumer.connect()
    await consumer.subscribe({ topic: source, fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: async ({ batch, resolveOffset }) => {
        const transaction = await producer.transaction()
        try {
          const messages = batch.messages.map(({ value }) => ({ value: `${String(value)} done` }))
          await transaction.send({ topic: target, messages })
          const offset = String(Number(batch.lastOffset()) + 1)
          const partitions = [{ partition: batch.partition, offset }]
          await transaction.sendOffsets({ consumerGroupId: groupId, topics: [{ topic: source, partitions }] })
          if (batches++ === 0) throw new Error('crash')
          await transaction.commit()
          resolveOffset(batch.lastOffset())
        } catch (error) {
          await transaction.abort()
          throw error
        }
      },
    })
    return consumer
  }
  const consumer = await transform()
  await until('the second attempt', () => batches >= 2)
  const values = async () => committedValues(stage, target)
  const deadline = performance.now() + 20_000
  while ((await values()).length < 20 && performance.now() < deadline)
    await new Promise(resolve => setTimeout(resolve, 20))
  await consumer.disconnect()
  return values()
})

oursAlone(
  'offsets go with the membership of the consumer of the same Kafka, so that a group which has gone on fences them',
  async stage => {
    const topic = await stage.createTopic()
    const groupId = stage.uniqueName('group')
    const producer = await transactional(stage)
    const plain = stage.kafka.producer()
    await plain.connect()
    await plain.send({ topic, messages: [{ value: 'v' }] })
    await plain.disconnect()
    const consumer = stage.kafka.consumer({ groupId, maxWaitTimeInMs: 100 })
    stage.finally(() => consumer.disconnect())
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    let seen: object | undefined
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ uncommittedOffsets, resolveOffset, batch }) => {
        resolveOffset(batch.lastOffset())
        const transaction = await producer.transaction()
        await transaction.sendOffsets({ consumerGroupId: groupId, ...uncommittedOffsets() })
        await transaction.commit()
        seen = uncommittedOffsets()
      },
    })
    await until('a batch', () => seen !== undefined)
    assert.deepEqual(seen, { topics: [] })
  },
)
