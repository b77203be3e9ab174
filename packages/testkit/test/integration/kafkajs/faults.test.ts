// What goes wrong in programs of KafkaJS's API, and what is odd in them: how soon it is told and by which error, as with KafkaJS.
import type { Consumer, ConsumerConfig, ConsumerRunConfig } from '@millrace/client/kafkajs'
import { both, failure, oursAlone, shape, type Stage, until } from './both.ts'
import assert from 'node:assert/strict'

const few = { retries: 1, initialRetryTime: 20 }

async function write({ kafka }: Stage, topic: string, count: number): Promise<void> {
  const producer = kafka.producer()
  await producer.connect()
  const messages = Array.from({ length: count }, (_, index) => ({ value: String(index), partition: 0 }))
  await producer.send({ topic, messages })
  await producer.disconnect()
}

/** A consumer at work, and how it crashed if it did. */
async function consume(
  stage: Stage,
  topic: string,
  run: ConsumerRunConfig,
  config: Partial<ConsumerConfig> = {},
): Promise<{ readonly consumer: Consumer; readonly groupId: string; readonly crashes: object[] }> {
  const groupId = stage.uniqueName('group')
  const consumer = stage.kafka.consumer({ groupId, maxWaitTimeInMs: 100, ...config })
  stage.finally(() => consumer.disconnect())
  const crashes: object[] = []
  consumer.on(
    consumer.events.CRASH,
    ({ payload: { error, restart } }) => void crashes.push({ ...shape(error), restart }),
  )
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run(run)
  return { consumer, groupId, crashes }
}

const idle: ConsumerRunConfig = { eachMessage: async () => {} }

both('a topic that there is not is tried as often as retry says, and no longer', async stage => {
  const absent = () => stage.uniqueName('absent')
  const producer = stage.kafka.producer({ allowAutoTopicCreation: false, retry: few })
  await producer.connect()
  stage.finally(() => producer.disconnect())
  const send = (topic: string) => failure(producer.send({ topic, messages: [{ value: 'v' }] }))
  const { consumer } = await consume(stage, await stage.createTopic(), idle, { retry: few })
  const admin = stage.kafka.admin({ retry: few })
  await admin.connect()
  stage.finally(() => admin.disconnect())
  return {
    sent: await send(absent()),
    misnamed: await send('no name!'),
    committed: await failure(consumer.commitOffsets([{ topic: absent(), partition: 0, offset: '0' }])),
    offsets: await failure(admin.fetchTopicOffsets(absent())),
    at: await failure(admin.fetchTopicOffsetsByTimestamp(absent(), 1)),
    ofGroup: await failure(admin.fetchOffsets({ groupId: 'g', topics: [absent()] })),
    set: await failure(admin.resetOffsets({ groupId: 'g', topic: absent(), earliest: true })),
    records: await failure(
      admin.deleteTopicRecords({ topic: absent(), partitions: [{ partition: 0, offset: '0' }] }),
    ),
  }
})

both('partitions and brokers that there are not are told of by their errors', async stage => {
  const topic = await stage.createTopic()
  const admin = stage.kafka.admin({ retry: few })
  await admin.connect()
  stage.finally(() => admin.disconnect())
  await admin.fetchTopicOffsets(topic)
  const { BROKER } = stage.library.ConfigResourceTypes
  const describe = (name: string) =>
    failure(admin.describeConfigs({ includeSynonyms: false, resources: [{ type: BROKER, name }] }))
  const remove = (partition: number, offset: string) =>
    failure(admin.deleteTopicRecords({ topic, partitions: [{ partition, offset }] }))
  return {
    broker: [await describe('99'), await describe('x')],
    partition: await remove(9, '0'),
  }
})

// KafkaJS leaves a consumer at work in that case.
oursAlone('an offset that is none is refused', async stage => {
  const topic = await stage.createTopic()
  const admin = stage.kafka.admin()
  await admin.connect()
  stage.finally(() => admin.disconnect())
  for (const offset of ['x', '', '-3'])
    await assert.rejects(admin.setOffsets({ groupId: 'g', topic, partitions: [{ partition: 0, offset }] }), {
      name: 'KafkaJSNonRetriableError',
      message: /offset/i,
    })
})

oursAlone('a partitioner that names no partition is an error; KafkaJS loses the message', async stage => {
  const topic = await stage.createTopic({ partitions: 2 })
  for (const choice of [-1, undefined, 1.5]) {
    const producer = stage.kafka.producer({ createPartitioner: () => () => choice as number })
    await producer.connect()
    await assert.rejects(producer.send({ topic, messages: [{ value: 'v' }] }), {
      name: 'KafkaJSNonRetriableError',
      message: new RegExp(`no partition ${choice} of topic "${topic}"`),
    })
    await producer.disconnect()
  }
})

both('seek amid a batch ends it, and what failed behind it is where the group goes on', async stage => {
  const topic = await stage.createTopic()
  await write(stage, topic, 5)
  const got: string[] = []
  let isSought = false
  const started = consume(
    stage,
    topic,
    {
      eachMessage: async ({ message }) => {
        got.push(String(message.value))
        if (isSought) throw new Error('not any more')
        if (message.offset !== '2') return
        isSought = true
        const { consumer } = await started
        consumer.seek({ topic, partition: 0, offset: '1' })
      },
    },
    { retry: { ...few, restartOnFailure: async () => false } },
  )
  const { crashes, groupId } = await started
  await until('the crash', () => crashes.length > 0)
  const admin = stage.kafka.admin()
  await admin.connect()
  const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] })
  await admin.disconnect()
  return { got, crashes, committed: committed!.partitions }
})

both('commits without a list of offsets are of what is resolved', async stage => {
  const topic = await stage.createTopic()
  await write(stage, topic, 3)
  const seen: object[] = []
  await consume(stage, topic, {
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: async ({ batch, uncommittedOffsets, resolveOffset, commitOffsetsIfNecessary }) => {
      const look = () => seen.push(uncommittedOffsets().topics.map(({ partitions }) => partitions))
      resolveOffset('0')
      await commitOffsetsIfNecessary()
      look()
      await commitOffsetsIfNecessary({} as never)
      look()
      resolveOffset(batch.lastOffset())
      await commitOffsetsIfNecessary(uncommittedOffsets())
      look()
    },
  })
  await until('the commits', () => seen.length >= 3)
  return seen.slice(0, 3)
})

oursAlone('an offset that is none is not resolved, and the consumer says so by a crash', async stage => {
  const topic = await stage.createTopic()
  await write(stage, topic, 1)
  const { crashes } = await consume(stage, topic, {
    eachBatch: async ({ resolveOffset }) => resolveOffset(undefined as never),
  })
  await until('the crash', () => crashes.length > 0)
  assert.equal((crashes[0] as { name: string }).name, 'KafkaJSNonRetriableError')
})

both('what an assigner throws is not tried again', async stage => {
  let calls = 0
  const broken = () => ({
    name: 'broken',
    version: 0,
    assign: async () => {
      calls++
      throw new Error('cannot divide')
    },
    protocol: ({ topics }: { topics: string[] }) => ({
      name: 'broken',
      metadata: stage.library.AssignerProtocol.MemberMetadata.encode({
        version: 0,
        topics,
        userData: Buffer.alloc(0),
      }),
    }),
  })
  const { crashes } = await consume(stage, await stage.createTopic(), idle, { partitionAssigners: [broken] })
  return { calls, crashes }
})

both('restartOnFailure may be given for all clients', async stage => {
  const topic = await stage.createTopic()
  await write(stage, topic, 1)
  const asked: string[] = []
  const retry = { ...few, restartOnFailure: async ({ name }: Error) => (asked.push(name), false) }
  const { Kafka, logLevel } = stage.library
  const kafka = new Kafka({ brokers: [...stage.brokers], retry, logLevel: logLevel.NOTHING })
  const { crashes } = await consume(
    { ...stage, kafka },
    topic,
    {
      eachMessage: async () => {
        throw new Error('never')
      },
    },
    { retry: few },
  )
  await until('the crash', () => crashes.length > 0)
  return { asked, crashes }
})

both('options that are undefined, or 0 where that means always, are taken', async stage => {
  const topic = await stage.createTopic()
  await write(stage, topic, 1)
  const taken: boolean[] = []
  const undefineds = { sessionTimeout: undefined, rebalanceTimeout: undefined, heartbeatInterval: undefined }
  for (const config of [undefineds, { metadataMaxAge: 0 }, { minBytes: 0 }, { retry: null }]) {
    let isThere = false
    const eachMessage = async () => {
      isThere = true
    }
    const { consumer } = await consume(stage, topic, { eachMessage }, config as Partial<ConsumerConfig>)
    await until('the message', () => isThere)
    taken.push(isThere)
    await consumer.disconnect()
  }
  return taken
})

both('retries of an idempotent producer count wherever they are given', async stage => {
  const { Kafka, logLevel } = stage.library
  const warned: string[] = []
  const kafkaOf = (retries: number) =>
    new Kafka({
      brokers: [...stage.brokers],
      retry: { retries },
      logLevel: logLevel.WARN,
      logCreator:
        () =>
        ({ log }) =>
          void warned.push(log.message),
    })
  const made = (retries: number) => failure(async () => kafkaOf(retries).producer({ idempotent: true }))
  return [await made(0), await made(3), warned.filter(message => message.startsWith('Limiting retries'))]
})

both('a transaction that is being ended takes nothing more', async stage => {
  const topic = await stage.createTopic()
  const producer = stage.kafka.producer({ transactionalId: stage.uniqueName('id'), idempotent: true })
  await producer.connect()
  stage.finally(() => producer.disconnect())
  const transaction = await producer.transaction()
  await transaction.send({ topic, messages: [{ value: 'in' }] })
  const committed = transaction.commit()
  const active = transaction.isActive()
  const late = await failure(transaction.send({ topic, messages: [{ value: 'late' }] }))
  await committed
  return { active, late, again: await failure(transaction.abort()) }
})

both('requests have the names that KafkaJS gives them', async stage => {
  const topic = await stage.createTopic()
  await write(stage, topic, 1)
  const consumer = stage.kafka.consumer({ groupId: stage.uniqueName('group'), maxWaitTimeInMs: 100 })
  stage.finally(() => consumer.disconnect())
  const names = new Set<string>()
  consumer.on(consumer.events.REQUEST, ({ payload }) => void names.add(payload.apiName))
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  let isThere = false
  await consumer.run({
    eachMessage: async () => {
      isThere = true
    },
  })
  await until('the message', () => isThere)
  await consumer.disconnect()
  // How versions and metadata are asked for is each library's own business.
  return [...names].filter(name => name !== 'ApiVersions' && name !== 'Metadata').sort()
})
