// Requests and their answers: our client and our server, and each of them with Nest's own transport over KafkaJS on the other side.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MillraceClient, type MillraceClientOptions, type MillraceContext } from '@millrace/nestjs'
import {
  ClosedError,
  json,
  nullable,
  OperationTimeoutError,
  Producer,
  topic as defineTopic,
} from '@millrace/client'
import { replying, ReplyTimeoutError, Requester } from '@millrace/patterns'
import { Service } from '@millrace/service'
import { eventually, readTopic, type TestCluster, withCluster } from '@millrace/testkit'
import { NestFactory } from '@nestjs/core'
import {
  ClientKafka,
  KafkaRetriableException,
  type MicroserviceOptions,
  RpcException,
  Transport,
} from '@nestjs/microservices'
import { lastValueFrom, of, throwError, toArray } from 'rxjs'
import { concatWith } from 'rxjs/operators'
import { controllerOf, deadLetters, listen, moduleOf, onEvent, onMessage, quick, silent } from './support.ts'

const timeout = 60_000

function clientOf(
  { brokers }: Pick<TestCluster, 'brokers'>,
  options: Partial<MillraceClientOptions> = {},
): MillraceClient & AsyncDisposable {
  const client = new MillraceClient({ brokers, logger: silent, ...options })
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() })
}

/** What the tests ask, whoever answers. */
function answer(data: { what: string; n?: number }): unknown {
  switch (data.what) {
    case 'one':
      return { doubled: data.n! * 2 }
    case 'nothing':
      return undefined
    case 'several':
      return of('a', 'b', { c: 1 })
    case 'broken off':
      return of('a').pipe(concatWith(throwError(() => new RpcException('enough'))))
    case 'refused':
      throw new RpcException({ code: 7, message: 'no such thing' })
    default:
      throw new Error('not for others to know')
  }
}

interface Asking {
  send<T>(pattern: string, data: object): import('rxjs').Observable<T>
}

async function ask(client: Asking, topic: string): Promise<void> {
  const all = (data: object) => lastValueFrom(client.send<unknown>(topic, data).pipe(toArray()))
  assert.deepEqual(await all({ what: 'one', n: 21 }), [{ doubled: 42 }])
  assert.deepEqual(await all({ what: 'nothing' }), [null])
  assert.deepEqual(await all({ what: 'several' }), ['a', 'b', { c: 1 }])
  await assert.rejects(all({ what: 'refused' }), { code: 7, message: 'no such thing' })
  await assert.rejects(all({ what: 'other' }), { status: 'error', message: 'Internal server error' })
  const seen: unknown[] = []
  await assert.rejects(
    lastValueFrom(
      client.send<unknown>(topic, { what: 'broken off' }).pipe(source => {
        source.subscribe({ next: value => seen.push(value), error: () => {} })
        return source
      }),
    ),
    { status: 'error', message: 'enough' },
  )
  const many = await Promise.all(Array.from({ length: 50 }, (_, n) => all({ what: 'one', n })))
  assert.deepEqual(
    many,
    Array.from({ length: 50 }, (_, n) => [{ doubled: n * 2 }]),
  )
}

test('our client and our server: one answer, several, none, errors', { timeout }, () =>
  withCluster(async cluster => {
    const topic = await cluster.createTopic({ partitions: 2 })
    await using _ = await listen(quick(cluster), { controllers: [controllerOf(answer, onMessage(topic))] })
    await using client = clientOf(cluster)
    // Nobody has said that answers are wanted: the first request sees to it.
    await ask(client, topic)
  }),
)

test('Nest’s client over KafkaJS and our server', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers, createTopic, uniqueName } = cluster
    const topic = await createTopic()
    const seen: unknown[] = []
    const events = await createTopic()
    await createReplyTopic(cluster, topic)
    await using _ = await listen(quick(cluster), {
      controllers: [
        controllerOf(answer, onMessage(topic)),
        controllerOf(
          (data, context: MillraceContext) => seen.push([data, context.getMessage().key]),
          onEvent(events),
        ),
      ],
    })
    const client = new ClientKafka({
      client: { brokers: [...brokers], logLevel: 0 },
      consumer: { groupId: uniqueName('nest-client'), maxWaitTimeInMs: 50 },
    })
    client.subscribeToResponseOf(topic)
    await client.connect()
    try {
      await ask(client, topic)
      await lastValueFrom(client.emit(events, { key: 'user-7', value: { total: 12 } }))
      await eventually('the event is handled', () => seen.length === 1)
      assert.deepEqual(seen, [[{ total: 12 }, 'user-7']])
    } finally {
      await client.close()
    }
  }),
)

test('our client and Nest’s server over KafkaJS, whose group our server then takes over', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers, createTopic, uniqueName } = cluster
    const [topic, events] = [await createTopic(), await createTopic()]
    const seen: unknown[] = []
    const controllers = [
      controllerOf(answer, onMessage(topic)),
      controllerOf((data: unknown) => seen.push(data), onEvent(events)),
    ]
    const groupId = uniqueName('nest-server')
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(moduleOf({ controllers }), {
      transport: Transport.KAFKA,
      options: {
        client: { brokers: [...brokers], logLevel: 0 },
        consumer: { groupId, maxWaitTimeInMs: 50 },
        subscribe: { fromBeginning: true },
      },
      logger: false,
    })
    await app.listen()
    try {
      await using client = clientOf(cluster)
      client.subscribeToResponseOf(topic)
      await client.connect()
      await ask(client, topic)
      await lastValueFrom(client.emit(events, { key: 'user-7', value: { total: 12 } }))
      await lastValueFrom(client.emitBatch(events, { messages: [{ value: 'a' }, 'b'] }))
      await eventually('the events are handled', () => seen.length === 3)
      assert.deepEqual(seen, [{ total: 12 }, 'a', 'b'])
    } finally {
      await app.close()
    }
    // By the name that Nest gave the group: its offsets go on from where they are.
    await using _ = await listen({ ...quick(cluster), group: `${groupId}-server` }, { controllers })
    await using client = clientOf(cluster)
    await lastValueFrom(client.emit(events, 'c'))
    await eventually('the next event is handled', () => seen.includes('c'))
    assert.deepEqual(seen, [{ total: 12 }, 'a', 'b', 'c'])
  }),
)

async function createReplyTopic({ brokers }: TestCluster, topic: string): Promise<void> {
  await using producer = new Producer({ brokers })
  await producer.cluster.topic(`${topic}.reply`)
}

test(
  'a request that may be tried again is, and its requester is told when all attempts are over',
  { timeout },
  () =>
    withCluster(async cluster => {
      const topic = await cluster.createTopic()
      let calls = 0
      const controller = controllerOf((data: string) => {
        calls++
        if (data === 'passing' && calls > 1) return 'fine'
        throw new KafkaRetriableException('the database is away')
      }, onMessage(topic))
      const options = quick(cluster)
      await using _ = await listen(options, { controllers: [controller] })
      await using client = clientOf(cluster)
      assert.equal(await lastValueFrom(client.send(topic, 'passing')), 'fine')
      assert.equal(calls, 2)
      await assert.rejects(lastValueFrom(client.send(topic, 'lasting')), {
        status: 'error',
        message: 'the database is away',
      })
      const [found] = await deadLetters(cluster.brokers, topic, options.name)
      assert.deepEqual([found?.letter.errorClass, found?.letter.attempts], ['KafkaRetriableException', 2])
    }),
)

test(
  'answers to several clients may share a partition, and one that nobody gives is waited for so long',
  { timeout },
  () =>
    withCluster(async cluster => {
      const topic = await cluster.createTopic()
      const controller = controllerOf(
        (data: number) => (Number(data) < 0 ? new Promise(() => {}) : data),
        onMessage(topic),
      )
      await using _ = await listen(
        { ...quick(cluster, { concurrency: { by: 'unordered' } }), drainTimeoutMs: 0 },
        { controllers: [controller] },
      )
      await using first = clientOf(cluster, { replyPartition: 0 })
      await using second = clientOf(cluster, { replyPartition: 0 })
      const answers = await Promise.all(
        [1, 2].flatMap(n => [first, second].map(client => lastValueFrom(client.send(topic, n)))),
      )
      assert.deepEqual(answers, ['1', '1', '2', '2'])
      await using hasty = clientOf(cluster, { replyTimeoutMs: 50 })
      await assert.rejects(lastValueFrom(hasty.send(topic, -1)), OperationTimeoutError)

      const isWritten = async (value: number) =>
        (await readTopic(cluster.brokers, topic)).some(record => String(record.value) === String(value))
      const open = lastValueFrom(first.send(topic, -2))
      await eventually('the request is written', () => isWritten(-2))
      await first.close()
      await assert.rejects(open, ClosedError)

      const third = clientOf(cluster, { replyPartition: 0, maxPendingRequests: 1 })
      await lastValueFrom(third.send(topic, 1))
      const waiting = lastValueFrom(third.send(topic, -3))
      await eventually('it is written', () => isWritten(-3))
      await assert.rejects(lastValueFrom(third.send(topic, 1)), /1 requests wait for answers/)
      await third.close()
      await assert.rejects(waiting, ClosedError)
    }),
)

test('a request fails in its time while no broker answers', { timeout }, async () => {
  // Nobody listens there.
  await using client = clientOf({ brokers: ['127.0.0.1:1'] }, { replyTimeoutMs: 100 })
  await assert.rejects(lastValueFrom(client.send('prices', 'tea')), OperationTimeoutError)
})

test(
  'those who ask and answer by @millrace/patterns, as Spring Kafka does, are on the other side',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const [topic, other] = [await cluster.createTopic(), await cluster.createTopic()]
      const options = quick(cluster)
      await using _ = await listen(options, { controllers: [controllerOf(answer, onMessage(topic))] })
      const requests = defineTopic(topic, { value: json<{ what: string; n: number }>() })
      for (const headerStyle of ['spring', 'nest'] as const) {
        const replies = defineTopic(`${topic}.reply`, {
          value: nullable(json<{ doubled: number }>()),
          partitions: 1,
        })
        await using requester = new Requester({ brokers, replies, createTopic: true, headerStyle })
        assert.deepEqual(await requester.request(requests, { value: { what: 'one', n: 4 } }), { doubled: 8 })
        await assert.rejects(
          requester.request(requests, { value: { what: 'refused', n: 0 } }),
          /no such thing/,
        )
      }
      const elsewhere = defineTopic(await cluster.createTopic(), { value: json<object>() })
      await using stranger = new Requester({ brokers, replies: elsewhere })
      await assert.rejects(
        stranger.request(requests, { value: { what: 'one', n: 1 } }, { timeoutMs: 300 }),
        ReplyTimeoutError,
      )
      const [found] = await deadLetters(brokers, topic, options.name)
      assert.match(found?.letter.errorMessage ?? '', /which allowReplyTopic does not allow/)

      const questions = defineTopic(other, { value: json<{ n: number }>() })
      const answers = defineTopic(`${other}.reply`, { value: json<object>(), partitions: 1 })
      const { handle: __, ...quickly } = options
      await using service = new Service({ ...quickly, name: cluster.uniqueName('replier'), logger: silent })
      service.handle(
        questions,
        replying(answers, ({ n }) => ({ halved: n / 2 })),
      )
      await service.start()
      await using client = clientOf(cluster)
      assert.deepEqual(await lastValueFrom(client.send(other, { n: 10 })), { halved: 5 })
    }),
)
