// Requests and replies through topics: one replier, many, failures, time-outs, headers of others. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, Consumer, json, Producer, string, throwFirst, topic } from '@millrace/client'
import { ReplyError, replying, ReplyTimeoutError, Requester, TooManyRequestsError } from '@millrace/patterns'
import { nodeClock } from '@millrace/runtime'
import { events, FatalError, fixed, Service, skip } from '@millrace/service'
import { TestClock } from '@millrace/service/testing'
import { eventually, readTopic, type TestCluster, withCluster } from '@millrace/testkit'
import { gate, quick } from './support.ts'

const timeout = 90_000

const requestsOn = (name: string) => topic(name, { key: string(), value: json<{ n: number }>() })
const repliesOn = (name: string) => topic(name, { value: json<{ doubled: number }>() })

/** Topics of requests and replies, and both sides. */
async function asking(cluster: TestCluster, partitions = 1) {
  const requests = requestsOn(await cluster.createTopic())
  const replies = repliesOn(await cluster.createTopic({ partitions }))
  const request = () => new Requester({ brokers: cluster.brokers, replies, timeoutMs: 20_000 })
  const service = () => new Service({ ...quick(cluster), name: cluster.uniqueName('replier') })
  return { requests, replies, request, service }
}

test('a reply comes back to who asked, whichever partition it is written to', { timeout }, () =>
  withCluster(async cluster => {
    const { requests, replies, request, service } = await asking(cluster, 4)
    await using requester = request()
    await using other = request()
    await using replier = service()
    replier.handle(
      requests,
      replying(replies, async ({ n }) => ({ doubled: n * 2 })),
    )
    await replier.start()
    const asked = Array.from({ length: 40 }, (_, n) =>
      (n % 2 === 0 ? requester : other).request(requests, { key: `k${n}`, value: { n } }),
    )
    assert.deepEqual(
      (await Promise.all(asked)).map(({ doubled }) => doubled),
      Array.from({ length: 40 }, (_, n) => n * 2),
    )
    assert.deepEqual(
      [requester.statistics.replies, other.statistics.replies, requester.statistics.late],
      [20, 20, 0],
    )
    await eventually('each has seen the replies of the other', () => requester.statistics.foreign === 20)
  }),
)

test(
  'a replier that answers faster than the broker is heard: nothing subscribes behind the request',
  {
    timeout,
  },
  () =>
    withCluster(async cluster => {
      const { requests, replies, request, service } = await asking(cluster)
      await using requester = request()
      await using replier = service()
      replier.handle(
        requests,
        replying(replies, ({ n }) => ({ doubled: n * 2 })),
      )
      await replier.start()
      // Without start(), and the reply topic has records of before.
      await replier.publish(replies, { value: { doubled: -1 } })
      assert.deepEqual(await requester.request(requests, { key: 'k', value: { n: 21 } }), { doubled: 42 })
      assert.equal(requester.statistics.foreign, 0)
    }),
)

test('events are asked for by type, and the reply topic is made when it is missing', { timeout }, () =>
  withCluster(async cluster => {
    const questions = events(
      await cluster.createTopic(),
      { 'price.asked': json<{ sku: string }>(), 'stock.asked': json<{ sku: string }>() },
      { key: string() },
    )
    const answers = events(
      cluster.uniqueName('answers'),
      { 'price.told': json<{ cents: number }>(), 'stock.told': json<{ left: number }>() },
      { partitions: 2 },
    )
    await using requester = new Requester({ brokers: cluster.brokers, replies: answers, timeoutMs: 20_000 })
    await requester.start()
    await using replier = new Service({ ...quick(cluster), name: cluster.uniqueName('replier') })
    replier.handle(questions, {
      'price.asked': replying(answers, async event => ({
        type: 'price.told' as const,
        data: { cents: event.data.sku.length * 100 },
      })),
      'stock.asked': replying(answers, () => ({ type: 'stock.told' as const, data: { left: 3 } })),
    })
    await replier.start()
    const price = await requester.request(questions, { key: 'a', type: 'price.asked', data: { sku: 'abc' } })
    assert.equal(price.type === 'price.told' && price.data.cents, 300)
    const stock = await requester.request(questions, { key: 'a', type: 'stock.asked', data: { sku: 'abc' } })
    assert.equal(stock.type === 'stock.told' && stock.data.left, 3)
    await using admin = new Admin({ brokers: cluster.brokers })
    const [made] = throwFirst(await admin.describeTopics([answers.name]))
    assert.equal(made!.partitions.length, 2)
  }),
)

test('what a replier throws comes back as an error, at once or after its attempts', { timeout }, () =>
  withCluster(async cluster => {
    const { requests, replies, request, service } = await asking(cluster)
    await using requester = request()
    await using replier = service()
    let calls = 0
    replier.handle(
      requests,
      replying(
        replies,
        async ({ n }, { attempt }) => {
          calls++
          if (n === 1) throw Object.assign(new RangeError('one is too few'), { code: 'TOO_FEW' })
          if (n === 2) throw new FatalError('never')
          if (n === 3 && attempt < 3) throw new Error('not yet')
          // A reply that cannot be written is a failure, too.
          if (n === 4) return { doubled: 4n } as unknown as { doubled: number }
          return { doubled: n * 2 }
        },
        { attempts: 3 },
      ),
      { retry: { attempts: 3, backoff: fixed(1) } },
    )
    await replier.start()
    const ask = (n: number) => requester.request(requests, { key: 'k', value: { n } })
    await assert.rejects(ask(1), (error: ReplyError) => {
      assert.ok(error instanceof ReplyError)
      assert.deepEqual(
        [error.message, error.errorClass, error.replierCode, error.retriable],
        ['one is too few', 'RangeError', 'TOO_FEW', false],
      )
      return true
    })
    assert.equal(calls, 3)
    await assert.rejects(ask(2), /never/)
    assert.equal(calls, 4)
    assert.deepEqual(await ask(3), { doubled: 6 })
    await assert.rejects(ask(4), { name: 'ReplyError', errorClass: 'SerializationError' })
    assert.equal(replier.error, undefined)
  }),
)

test('several repliers: the first, so many, or all that come in time', { timeout }, () =>
  withCluster(async cluster => {
    const requests = requestsOn(await cluster.createTopic())
    const replies = repliesOn(await cluster.createTopic({ partitions: 2 }))
    const clock = new TestClock(nodeClock)
    await using requester = new Requester({ brokers: cluster.brokers, replies, handlingClock: clock })
    const repliers = [1, 2, 3, 4].map(which =>
      new Service({ ...quick(cluster), name: cluster.uniqueName(`replier-${which}`) }).handle(
        requests,
        replying(replies, async ({ n }) => {
          if (which === 4 || n === 1) return which === 1 ? { doubled: 2 } : skip('nothing to say')
          if (which === 3) throw new Error('three is ill')
          return { doubled: n * which }
        }),
      ),
    )
    await Promise.all(repliers.map(replier => replier.start()))
    assert.deepEqual(await requester.request(requests, { key: 'k', value: { n: 1 } }), { doubled: 2 })
    const three = await requester.gather(requests, { key: 'k', value: { n: 10 } }, { count: 3 })
    assert.deepEqual(
      three.flatMap(({ value }) => value?.doubled ?? []).sort((a, b) => a - b),
      [10, 20],
    )
    assert.deepEqual(
      three.flatMap(({ error }) => error?.message ?? []),
      ['three is ill'],
    )
    const all = requester.gather(requests, { key: 'k', value: { n: 7 } }, { timeoutMs: 60_000 })
    const before = requester.statistics.replies
    await eventually('three have answered', () => requester.statistics.replies === before + 3)
    clock.advance(60_000)
    assert.equal((await all).length, 3)
    const tooMany = requester.gather(requests, { key: 'k', value: { n: 7 } }, { count: 5, timeoutMs: 60_000 })
    await eventually('three have answered again', () => requester.statistics.replies === before + 6)
    clock.advance(60_000)
    await assert.rejects(tooMany, (error: ReplyTimeoutError) => error.replies.length === 3)
    await Promise.all(repliers.map(replier => replier.stop()))
  }),
)

test('a reply that comes too late is counted, and so is a request that expired', { timeout }, () =>
  withCluster(async cluster => {
    const { requests, replies, service } = await asking(cluster)
    const clock = new TestClock(nodeClock)
    await using requester = new Requester({ brokers: cluster.brokers, replies, handlingClock: clock })
    await using replier = service()
    const { open, passed } = gate()
    const handled: number[] = []
    replier.handle(
      requests,
      replying(
        replies,
        async ({ n }) => {
          handled.push(n)
          await passed
          return { doubled: n * 2 }
        },
        { clock },
      ),
    )
    await replier.start()
    const stop = new AbortController()
    const late = requester.request(requests, { key: 'k', value: { n: 1 } }, { timeoutMs: 1_000 })
    await eventually('the replier works', () => handled.length === 1)
    // Written, and not handled before its time is over.
    const expired = requester.request(requests, { key: 'k', value: { n: 2 } }, { timeoutMs: 1_000 })
    const aborted = requester.request(requests, { key: 'k', value: { n: 3 } }, { signal: stop.signal })
    await eventually(
      'all are written',
      async () => (await readTopic(cluster.brokers, requests.name)).length === 3,
    )
    clock.advance(1_001)
    await assert.rejects(late, ReplyTimeoutError)
    await assert.rejects(expired, ReplyTimeoutError)
    stop.abort(new Error('gone'))
    await assert.rejects(aborted, /gone/)
    open()
    await eventually('the late replies are counted', () => requester.statistics.late === 2)
    assert.deepEqual(handled, [1, 3])
    const skipped = replier.metrics().find(({ name }) => name === 'kafka_messages_skipped_total')
    assert.deepEqual(
      Array.from(skipped?.samples ?? [], ({ labels, value }) => [labels?.['reason'], value]),
      [['request expired', 1]],
    )
  }),
)

test('what waits is refused when the requester closes, and what is too much when it comes', { timeout }, () =>
  withCluster(async cluster => {
    const { requests, replies } = await asking(cluster)
    const options = { brokers: cluster.brokers, replies, maxPending: 1, maxWaiting: 1 }
    await using requester = new Requester(options)
    const ask = () => requester.request(requests, { key: 'k', value: { n: 1 } })
    const [pending, waiting, refused] = [ask(), ask(), ask()]
    await assert.rejects(refused, TooManyRequestsError)
    assert.deepEqual([requester.statistics.pending, requester.statistics.waiting], [1, 1])
    const outcomes = Promise.allSettled([pending, waiting])
    await requester.close()
    for (const outcome of await outcomes)
      assert.equal(outcome.status === 'rejected' && (outcome.reason as { code: string }).code, 'CLOSED')
    await assert.rejects(ask(), { code: 'CLOSED' })
    await assert.rejects(requester.start(), { code: 'CLOSED' })
  }),
)

test('closing waits for replies that are due, as long as it is told', { timeout }, () =>
  withCluster(async cluster => {
    const { requests, replies, request, service } = await asking(cluster)
    await using requester = request()
    const { open, passed } = gate()
    let isCalled = false
    await using replier = service()
    replier.handle(
      requests,
      replying(replies, async ({ n }) => {
        isCalled = true
        await passed
        return { doubled: n * 2 }
      }),
    )
    await replier.start()
    const reply = requester.request(requests, { key: 'k', value: { n: 1 } })
    await eventually('the replier works', () => isCalled)
    const closing = requester.close({ timeoutMs: 30_000 })
    open()
    assert.deepEqual(await reply, { doubled: 2 })
    await closing
  }),
)

test('a partition that the reply topic gets later is read from its beginning', { timeout }, () =>
  withCluster(async cluster => {
    const { requests, replies } = await asking(cluster)
    const { brokers } = cluster
    await using requester = new Requester({ brokers, replies, partitionCheckMs: 20, timeoutMs: 20_000 })
    await requester.start()
    await using admin = new Admin({ brokers })
    throwFirst(await admin.createPartitions([{ topic: replies.name, count: 3 }]))
    const asked = requester.request(requests, { key: 'k', value: { n: 1 } })
    const [request] = await takeOne(brokers, requests.name)
    // Written as soon as it can be, whether or not the requester knows of the partition.
    await using producer = new Producer({ brokers, lingerMs: 0 })
    const correlationId = request!.headers.find(({ key }) => key === 'kafka_correlationId')!.value
    await eventually('the partition takes records', async () => {
      const headers = [{ key: 'kafka_correlationId', value: correlationId }]
      const record = { topic: replies.name, partition: 2, value: '{"doubled":2}', headers }
      return producer.send(record).then(
        () => true,
        () => false,
      )
    })
    assert.deepEqual(await asked, { doubled: 2 })
  }),
)

/** The first record of a topic, once there is one. */
async function takeOne(brokers: readonly string[], name: string) {
  await using consumer = new Consumer({ brokers })
  consumer.assign([{ topic: name, partition: 0, offset: 'earliest' }])
  return await consumer.poll({ timeoutMs: 20_000 })
}

test(
  'a template of Spring Kafka is answered: its bytes come back, in the partition that it wants',
  {
    timeout,
  },
  () =>
    withCluster(async cluster => {
      const { requests, replies, service } = await asking(cluster, 3)
      await using replier = service()
      replier.handle(
        requests,
        replying(replies, ({ n }) => ({ doubled: n * 2 })),
      )
      await replier.start()
      const correlationId = Buffer.from('ffd8ff00fe01aa55ffd8ff00fe01aa55', 'hex')
      await using producer = new Producer({ brokers: cluster.brokers })
      await producer.send({
        topic: requests.name,
        key: 'k',
        value: '{"n":4}',
        headers: [
          { key: 'kafka_correlationId', value: correlationId },
          { key: 'kafka_replyTopic', value: replies.name },
          { key: 'kafka_replyPartition', value: Buffer.from([0, 0, 0, 2]) },
        ],
      })
      await eventually(
        'it is answered',
        async () => (await readTopic(cluster.brokers, replies.name, 3)).length > 0,
      )
      const [reply] = await readTopic(cluster.brokers, replies.name, 3)
      assert.deepEqual([reply!.partition, String(reply!.value)], [2, '{"doubled":8}'])
      assert.deepEqual(reply!.headers.find(({ key }) => key === 'kafka_correlationId')?.value, correlationId)
    }),
)

test('records that ask for nothing, or for a reply anywhere, are refused', { timeout }, () =>
  withCluster(async cluster => {
    const { requests, replies, service } = await asking(cluster)
    const elsewhere = await cluster.createTopic()
    await using replier = service()
    replier.handle(
      requests,
      replying(replies, ({ n }) => ({ doubled: n })),
      { deadLetter: true },
    )
    await replier.start()
    await using producer = new Producer({ brokers: cluster.brokers })
    const headers = { kafka_correlationId: 'a', kafka_replyTopic: elsewhere }
    await producer.send([
      { topic: requests.name, key: 'k', value: '{"n":1}' },
      { topic: requests.name, key: 'k', value: '{"n":2}', headers },
    ])
    const letters = `${requests.name}-${replier.name}-dlt`
    await eventually(
      'both are dead letters',
      async () => (await readTopic(cluster.brokers, letters)).length === 2,
    )
    assert.deepEqual(
      (await readTopic(cluster.brokers, letters)).map(record => record.header('__millrace.errors.message')),
      [
        'the record asks for no reply: it has no header kafka_correlationId',
        `the request wants its reply in "${elsewhere}"; this replier writes to "${replies.name}" (allowReplyTopic may allow others)`,
      ],
    )
    assert.deepEqual(await readTopic(cluster.brokers, elsewhere), [])
  }),
)
