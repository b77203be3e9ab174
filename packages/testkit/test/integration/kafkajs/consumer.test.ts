// Consumers of KafkaJS's API: what handlers get, what is committed, and what comes again, as with KafkaJS.
import assert from 'node:assert/strict'
import type {
  Consumer,
  ConsumerConfig,
  ConsumerRunConfig,
  EachBatchPayload,
  KafkaMessage,
} from '@millrace/client/kafkajs'
import { both, failure, oursAlone, shape, type Stage, until } from './both.ts'

const timestamp = '1700000000123'

async function write(
  { kafka }: Stage,
  topic: string,
  values: readonly string[],
  partition = 0,
): Promise<void> {
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({
    topic,
    messages: values.map(value => ({ key: `k${value}`, value, partition, timestamp })),
  })
  await producer.disconnect()
}

interface Reading {
  readonly topics: (string | RegExp)[]
  readonly groupId?: string
  readonly fromBeginning?: boolean
  readonly config?: Partial<ConsumerConfig>
  /** Called before `run`. */
  readonly before?: (consumer: Consumer) => void
}

/** A consumer at work. */
async function consume(stage: Stage, reading: Reading, run: ConsumerRunConfig): Promise<Consumer> {
  const { topics, groupId = stage.uniqueName('group'), fromBeginning = true, config, before } = reading
  const consumer = stage.kafka.consumer({ groupId, maxWaitTimeInMs: 100, heartbeatInterval: 200, ...config })
  stage.finally(() => consumer.disconnect())
  await consumer.connect()
  await consumer.subscribe({ topics, fromBeginning })
  before?.(consumer)
  await consumer.run(run)
  return consumer
}

async function committed({ kafka }: Stage, groupId: string, topic: string): Promise<unknown> {
  const admin = kafka.admin()
  await admin.connect()
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] })
  await admin.disconnect()
  return found!.partitions
}

const show = ({ key, value, headers, offset, timestamp: time, attributes }: KafkaMessage) => ({
  key: key?.toString(),
  value: value?.toString(),
  headers,
  offset,
  time,
  attributes,
})

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index))

both('eachMessage gets messages in order, and what it is done with is committed', async stage => {
  const topic = await stage.createTopic()
  const groupId = stage.uniqueName('group')
  await write(stage, topic, numbers(5))
  const got: object[] = []
  const consumer = await consume(
    stage,
    { topics: [topic], groupId },
    {
      eachMessage: async ({ partition, message }) => void got.push({ partition, ...show(message) }),
    },
  )
  await until('five messages', () => got.length === 5)
  await consumer.stop()
  return { got, committed: await committed(stage, groupId, topic) }
})

both('eachBatch gets the messages of a partition with their place in it', async stage => {
  const topic = await stage.createTopic()
  const groupId = stage.uniqueName('group')
  await write(stage, topic, numbers(4))
  const got: object[] = []
  const consumer = await consume(
    stage,
    { topics: [topic], groupId },
    {
      eachBatch: async ({ batch, isRunning, isStale, uncommittedOffsets, resolveOffset, heartbeat }) => {
        resolveOffset('1')
        await heartbeat()
        const { topics } = uncommittedOffsets()
        got.push({
          partition: batch.partition,
          highWatermark: batch.highWatermark,
          first: batch.firstOffset(),
          last: batch.lastOffset(),
          lag: batch.offsetLag(),
          lagLow: batch.offsetLagLow(),
          empty: batch.isEmpty(),
          values: batch.messages.map(show),
          running: isRunning(),
          stale: isStale(),
          uncommitted: topics.map(({ partitions }) => partitions),
        })
      },
    },
  )
  await until('a batch', () => got.length > 0)
  await consumer.stop()
  return { got, committed: await committed(stage, groupId, topic) }
})

both('what was not resolved comes again, and only what was resolved is committed', async stage => {
  const topic = await stage.createTopic()
  const groupId = stage.uniqueName('group')
  await write(stage, topic, numbers(6))
  const got: string[][] = []
  const eachBatch = async ({ batch, resolveOffset }: EachBatchPayload) => {
    got.push(batch.messages.map(({ value }) => value!.toString()))
    if (got.length === 1) resolveOffset(batch.messages[1]!.offset)
    if (got.length === 2) resolveOffset(batch.messages[2]!.offset)
  }
  const consumer = await consume(
    stage,
    { topics: [topic], groupId },
    { eachBatchAutoResolve: false, eachBatch },
  )
  await until('three batches', () => got.length >= 3)
  await consumer.stop()
  return { got: got.slice(0, 3), committed: await committed(stage, groupId, topic) }
})

both('a handler that throws gets the same message again, and what came before is committed', async stage => {
  const topic = await stage.createTopic()
  const groupId = stage.uniqueName('group')
  await write(stage, topic, numbers(4))
  const got: string[] = []
  const consumer = await consume(
    stage,
    { topics: [topic], groupId },
    {
      eachMessage: async ({ message }) => {
        got.push(message.value!.toString())
        if (got.length === 3 || got.length === 4) throw new Error('not now')
      },
    },
  )
  await until('all of them', () => got.length >= 6)
  await consumer.stop()
  return {
    got,
    committed: await committed(stage, groupId, topic),
    log: stage.log
      .filter(({ label }) => label === 'ERROR')
      .map(({ namespace, log }) => [namespace, log.message]),
  }
})

const names = ['groupId', 'memberId', 'leaderId', 'topic', 'duration']

/** A field of an event without what is never the same. */
function settled(field: string, value: unknown): unknown {
  if (names.includes(field)) return typeof value
  if (value instanceof Error) return shape(value)
  if (field === 'topics') return (value as { partitions: object[] }[]).map(({ partitions }) => partitions)
  return field === 'memberAssignment' ? Object.values(value as object) : value
}

/** The events that say what becomes of a consumer, without what is never the same. */
function record(consumer: Consumer): object[] {
  const told: object[] = []
  for (const name of Object.values(consumer.events)) {
    if (/network|heartbeat|fetch/.test(name)) continue
    consumer.on(name as 'consumer.crash', ({ type, payload }) => {
      const fields = Object.entries((payload ?? {}) as object).map(([field, value]) => [
        field,
        settled(field, value),
      ])
      told.push({ type, ...(Object.fromEntries(fields) as object) })
    })
  }
  return told
}

both('events tell what becomes of a consumer, from connecting to disconnecting', async stage => {
  const topic = await stage.createTopic()
  await write(stage, topic, numbers(3))
  let told: object[] = []
  let count = 0
  const consumer = await consume(
    stage,
    {
      topics: [topic],
      before: made => {
        told = record(made)
      },
    },
    {
      eachMessage: async () => void count++,
    },
  )
  await until('three messages', () => count === 3)
  await until('a commit', () =>
    told.some(event => (event as { type: string }).type.endsWith('commit_offsets')),
  )
  await consumer.disconnect()
  return told
})

both(
  'a handler that fails for good makes the consumer crash, and it does not start again where that is not wanted',
  async stage => {
    const topic = await stage.createTopic()
    await write(stage, topic, ['poison'])
    let told: object[] = []
    let calls = 0
    const asked: object[] = []
    const retry = {
      retries: 2,
      initialRetryTime: 20,
      restartOnFailure: async (error: Error) => (asked.push(shape(error)), false),
    }
    await consume(
      stage,
      {
        topics: [topic],
        config: { retry },
        before: made => {
          told = record(made)
        },
      },
      {
        eachMessage: async () => {
          calls++
          throw new Error('never')
        },
      },
    )
    await until('a crash', () => told.some(event => (event as { type: string }).type.endsWith('crash')))
    return { calls, asked, told: told.filter(event => !/batch/.test((event as { type: string }).type)) }
  },
)

both('a mistake of the program is not tried again', async stage => {
  const topic = await stage.createTopic()
  await write(stage, topic, ['poison'])
  let told: object[] = []
  let calls = 0
  await consume(
    stage,
    {
      topics: [topic],
      before: made => {
        told = record(made)
      },
    },
    {
      eachMessage: async () => {
        calls++
        throw new TypeError('of undefined')
      },
    },
  )
  await until('a crash', () => told.some(event => (event as { type: string }).type.endsWith('crash')))
  return { calls, crash: told.at(-1) }
})

both('a consumer that has crashed starts again, and goes on with what failed', async stage => {
  const topic = await stage.createTopic()
  await write(stage, topic, numbers(2))
  const got: string[] = []
  let told: object[] = []
  const retry = { retries: 1, initialRetryTime: 20 }
  await consume(
    stage,
    {
      topics: [topic],
      config: { retry },
      before: made => {
        told = record(made)
      },
    },
    {
      eachMessage: async ({ message }) => {
        got.push(message.value!.toString())
        if (got.length <= 2) throw new Error('not yet')
      },
    },
  )
  await until('both messages', () => got.length >= 4)
  const types = told.map(event => (event as { type: string }).type)
  return {
    got,
    crashes: types.filter(type => type.endsWith('crash')).length,
    joins: types.filter(type => type.endsWith('join')).length,
  }
})

both(
  'without fromBeginning a group starts behind what is there; topics of one consumer may differ in that',
  async stage => {
    const [old, young] = [await stage.createTopic(), await stage.createTopic()]
    await write(stage, old, ['before'])
    await write(stage, young, ['before'])
    const got: string[] = []
    const consumer = stage.kafka.consumer({ groupId: stage.uniqueName('group'), maxWaitTimeInMs: 100 })
    stage.finally(() => consumer.disconnect())
    await consumer.connect()
    await consumer.subscribe({ topic: old, fromBeginning: true })
    await consumer.subscribe({ topic: young })
    await consumer.run({
      eachMessage: async ({ topic, message }) =>
        void got.push(`${topic === old ? 'old' : 'young'} ${String(message.value)}`),
    })
    await until('the first message', () => got.length === 1)
    // Where a partition starts is looked up with the first fetch.
    await new Promise(resolve => setTimeout(resolve, 500))
    await write(stage, young, ['behind'])
    await until('the second message', () => got.length === 2)
    return got
  },
)

both('a regular expression takes the topics that match', async stage => {
  const prefix = stage.uniqueName('pattern')
  const admin = stage.kafka.admin()
  await admin.connect()
  await admin.createTopics({
    topics: [{ topic: `${prefix}-a` }, { topic: `${prefix}-b` }, { topic: `other-${prefix}` }],
  })
  await admin.disconnect()
  for (const name of ['a', 'b']) await write(stage, `${prefix}-${name}`, [name])
  const got: string[] = []
  await consume(
    stage,
    { topics: [new RegExp(`^${prefix}`)] },
    {
      eachMessage: async ({ message }) => void got.push(message.value!.toString()),
    },
  )
  await until('both topics', () => got.length === 2)
  return got.sort()
})

both('seek goes on elsewhere, and the offset that is sought is committed', async stage => {
  const topic = await stage.createTopic()
  const groupId = stage.uniqueName('group')
  await write(stage, topic, numbers(4))
  const got: string[] = []
  const consumer = await consume(
    stage,
    { topics: [topic], groupId },
    {
      eachMessage: async ({ message }) => void got.push(message.value!.toString()),
    },
  )
  await until('all', () => got.length === 4)
  consumer.seek({ topic, partition: 0, offset: '2' })
  await until('two again', () => got.length === 6)
  await consumer.stop()
  return { got, committed: await committed(stage, groupId, topic) }
})

both('seek right behind run is heeded by the first fetch', async stage => {
  const topic = await stage.createTopic()
  await write(stage, topic, numbers(4))
  const got: string[] = []
  const consumer = stage.kafka.consumer({ groupId: stage.uniqueName('group'), maxWaitTimeInMs: 100 })
  stage.finally(() => consumer.disconnect())
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  const running = consumer.run({
    eachMessage: async ({ message }) => void got.push(message.value!.toString()),
  })
  consumer.seek({ topic, partition: 0, offset: '3' })
  await running
  await until('the last one', () => got.length === 1)
  return got
})

both('a partition that is paused by its handler goes on where it was when it is resumed', async stage => {
  const topic = await stage.createTopic({ partitions: 2 })
  await write(stage, topic, ['a', 'b', 'c'])
  await write(stage, topic, ['other'], 1)
  const got: string[] = []
  let resume = () => {}
  const consumer = await consume(
    stage,
    { topics: [topic] },
    {
      eachMessage: async ({ message, pause }) => {
        got.push(message.value!.toString())
        if (message.value!.toString() === 'a') resume = pause()
      },
    },
  )
  await until('two messages', () => got.length === 2)
  const paused = consumer.paused().map(({ partitions }) => partitions)
  await new Promise(resolve => setTimeout(resolve, 300))
  const held = [...got].sort()
  resume()
  await until('all of them', () => got.length === 4)
  consumer.pause([{ topic }])
  const all = consumer.paused().map(({ partitions }) => partitions)
  consumer.resume([{ topic, partitions: [1] }])
  return {
    paused,
    held,
    got: got.slice(-2),
    all,
    left: consumer.paused().map(({ partitions }) => partitions),
  }
})

both('without autoCommit nothing is committed but what the application commits', async stage => {
  const topic = await stage.createTopic()
  const groupId = stage.uniqueName('group')
  await write(stage, topic, numbers(4))
  let count = 0
  const consumer = await consume(
    stage,
    { topics: [topic], groupId },
    { autoCommit: false, eachMessage: async () => void count++ },
  )
  await until('all', () => count === 4)
  const before = await committed(stage, groupId, topic)
  await consumer.commitOffsets([{ topic, partition: 0, offset: '2', metadata: 'half' }])
  const after = await committed(stage, groupId, topic)
  return { before, after }
})

both('autoCommitThreshold commits amid a batch', async stage => {
  const topic = await stage.createTopic()
  await write(stage, topic, numbers(6))
  const commits: unknown[] = []
  let count = 0
  await consume(
    stage,
    {
      topics: [topic],
      before: made =>
        void made.on(
          made.events.COMMIT_OFFSETS,
          ({ payload }) => void commits.push(payload.topics[0]!.partitions),
        ),
    },
    { autoCommitThreshold: 2, eachMessage: async () => void count++ },
  )
  await until('all', () => count === 6)
  await until('three commits', () => commits.length === 3)
  return commits
})

both('partitions are worked on at the same time, each in order', async stage => {
  const topic = await stage.createTopic({ partitions: 3 })
  for (const partition of [0, 1, 2]) await write(stage, topic, numbers(3), partition)
  const got: Record<number, string[]> = { 0: [], 1: [], 2: [] }
  let atOnce = 0
  let most = 0
  let count = 0
  await consume(
    stage,
    { topics: [topic] },
    {
      partitionsConsumedConcurrently: 2,
      eachMessage: async ({ partition, message }) => {
        most = Math.max(most, ++atOnce)
        await new Promise(resolve => setTimeout(resolve, 30))
        got[partition]!.push(message.value!.toString())
        atOnce--
        count++
      },
    },
  )
  await until('all', () => count === 9)
  return { got, most }
})

both('what a consumer is asked for wrongly is refused in the same words', async stage => {
  const topic = await stage.createTopic()
  const words = async (work: () => unknown) => {
    try {
      await work()
      return 'none'
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`
    }
  }
  const consumer = stage.kafka.consumer({ groupId: stage.uniqueName('group') })
  stage.finally(() => consumer.disconnect())
  await consumer.connect()
  return [
    await words(() => stage.kafka.consumer({ groupId: '' })),
    await words(() => stage.kafka.consumer({ groupId: 'g', heartbeatInterval: 9, sessionTimeout: 9 })),
    await words(() => consumer.subscribe({} as never)),
    await words(() => consumer.subscribe({ topics: 't' } as never)),
    await words(() => consumer.subscribe({ topics: [3] } as never)),
    await words(() => consumer.seek({ topic, partition: 0, offset: '1' })),
    await words(() => consumer.seek({ topic, partition: 0, offset: 'x' })),
    await words(() => consumer.seek({ topic, partition: 0, offset: '-3' })),
    await words(() => consumer.seek({ topic: '', partition: 0, offset: '1' })),
    await words(() => consumer.pause([{ topic }])),
    await words(() => consumer.pause([{ topic: '' }])),
    await words(() => consumer.commitOffsets([{ topic, partition: 0, offset: '1' }])),
    await words(() => consumer.commitOffsets([{ topic, partition: 0, offset: '-1' }])),
    await words(() => consumer.on('nonsense' as never, () => {})),
    consumer.paused(),
  ]
})

both(
  'a handler that works while the consumer stops is waited for, and what it did is committed',
  async stage => {
    const topic = await stage.createTopic()
    const groupId = stage.uniqueName('group')
    await write(stage, topic, numbers(3))
    let begun = 0
    let ended = 0
    const consumer = await consume(
      stage,
      { topics: [topic], groupId },
      {
        eachMessage: async ({ heartbeat }) => {
          begun++
          await new Promise(resolve => setTimeout(resolve, 300))
          await heartbeat()
          ended++
        },
      },
    )
    await until('the first message', () => begun === 1)
    await consumer.stop()
    return { begun, ended, committed: await committed(stage, groupId, topic) }
  },
)

both(
  'a topic that nobody may create is refused at once',
  async stage => {
    const consumer = stage.kafka.consumer({
      groupId: stage.uniqueName('group'),
      allowAutoTopicCreation: false,
    })
    stage.finally(() => consumer.disconnect())
    await consumer.connect()
    return failure(consumer.subscribe({ topic: stage.uniqueName('absent') }))
  },
  { name: 'KafkaJSProtocolError', retriable: true, type: 'UNKNOWN_TOPIC_OR_PARTITION', code: 3 },
)

both('two consumers share the partitions, and one takes over from the other', async stage => {
  const topic = await stage.createTopic({ partitions: 4 })
  const groupId = stage.uniqueName('group')
  const joins: number[][] = [[], []]
  const rebalances = [0, 0]
  const start = (index: number) =>
    consume(
      stage,
      {
        topics: [topic],
        groupId,
        before: made => {
          made.on(
            made.events.GROUP_JOIN,
            ({ payload }) => void (joins[index] = payload.memberAssignment[topic] ?? []),
          )
          made.on(made.events.REBALANCING, () => void rebalances[index]!++)
        },
      },
      { eachMessage: async () => {} },
    )
  const first = await start(0)
  await start(1)
  await until('two each', () => joins[0]!.length === 2 && joins[1]!.length === 2)
  const shared = [...joins[0]!, ...joins[1]!].sort((a, b) => a - b)
  await first.disconnect()
  await until('all of them', () => joins[1]!.length === 4)
  return { shared, taken: joins[1], rebalanced: rebalances.map(count => count > 0) }
})

oursAlone('members of KafkaJS and of ours are in one group', async stage => {
  const { createRequire } = await import('node:module')
  const theirs = createRequire(import.meta.url)('kafkajs') as typeof stage.library
  const topic = await stage.createTopic({ partitions: 4 })
  const groupId = stage.uniqueName('group')
  const got = new Map<string, Set<string>>()
  const kafkas = [new theirs.Kafka({ brokers: [...stage.brokers], logLevel: 0 }), stage.kafka]
  for (const [index, kafka] of kafkas.entries()) {
    const values = new Set<string>()
    got.set(String(index), values)
    await consume(
      { ...stage, kafka },
      { topics: [topic], groupId },
      {
        eachMessage: async ({ message }) => void values.add(message.value!.toString()),
      },
    )
  }
  const assignedTo = async () => {
    const admin = stage.kafka.admin()
    await admin.connect()
    const { groups } = await admin.describeGroups([groupId])
    await admin.disconnect()
    return groups[0]!.members.map(
      ({ memberAssignment }) =>
        stage.library.AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment[topic]?.length ??
        0,
    )
  }
  let shares: number[] = []
  const deadline = Date.now() + 30_000
  while (shares.join() !== '2,2' && Date.now() < deadline) shares = await assignedTo()
  assert.deepEqual(shares, [2, 2])
  for (const partition of [0, 1, 2, 3]) await write(stage, topic, [`p${partition}`], partition)
  await until('all four', () => [...got.values()].reduce((sum, each) => sum + each.size, 0) === 4)
  for (const values of got.values()) assert.equal(values.size, 2)
})

both('an assigner of the application divides the partitions', async stage => {
  const topic = await stage.createTopic({ partitions: 4 })
  const { MemberAssignment, MemberMetadata } = stage.library.AssignerProtocol
  const seen: object[] = []
  const even = ({
    cluster,
  }: {
    cluster: { findTopicPartitionMetadata(topic: string): { partitionId: number }[] }
  }) => ({
    name: 'even',
    version: 1,
    async assign({
      members,
      topics,
    }: {
      members: { memberId: string; memberMetadata: Buffer }[]
      topics: string[]
    }) {
      seen.push({ members: members.length, ours: topics.includes(topic) })
      const { userData, topics: subscribed } = MemberMetadata.decode(members[0]!.memberMetadata)!
      seen.push({ userData: userData.toString(), subscribed: subscribed.length })
      const partitions = cluster.findTopicPartitionMetadata(topic).map(each => each.partitionId)
      const assignment = { [topic]: partitions.filter(each => each % 2 === 0) }
      return [
        {
          memberId: members[0]!.memberId,
          memberAssignment: MemberAssignment.encode({ version: 1, assignment, userData: Buffer.alloc(0) }),
        },
      ]
    },
    protocol: ({ topics }: { topics: string[] }) => ({
      name: 'even',
      metadata: MemberMetadata.encode({ version: 1, topics, userData: Buffer.from('mine') }),
    }),
  })
  let joined: object = {}
  await consume(
    stage,
    {
      topics: [topic],
      config: { partitionAssigners: [even as never] },
      before: made =>
        void made.on(made.events.GROUP_JOIN, ({ payload }) => {
          joined = {
            protocol: payload.groupProtocol,
            assignment: payload.memberAssignment[topic],
            leads: payload.isLeader,
          }
        }),
    },
    { eachMessage: async () => {} },
  )
  return { seen, joined }
})

both('the group is described with its members', async stage => {
  const topic = await stage.createTopic()
  const consumer = await consume(stage, { topics: [topic] }, { eachMessage: async () => {} })
  const { groupId: _, members, ...described } = await consumer.describeGroup()
  const [member] = members
  const { MemberAssignment } = stage.library.AssignerProtocol
  return {
    ...described,
    fields: Object.keys(member!).sort(),
    clientId: member!.clientId,
    assignment: Object.values(MemberAssignment.decode(member!.memberAssignment)!.assignment),
  }
})
