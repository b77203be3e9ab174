// Handlers of Nest applications on our transport: messages in, retries, dead letters, filters and the like, shutdown; against a broker, ours or the one KAFKA_URI names.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, json, Producer, string, throwFirst } from '@millrace/client'
import { deadLetter, events, FatalError, fixed, type Service } from '@millrace/service'
import { eventually, withCluster } from '@millrace/testkit'
import { MillraceContext } from '@millrace/nestjs'
import {
  type ArgumentsHost,
  BadRequestException,
  type CallHandler,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
  type PipeTransform,
  Scope,
  UseFilters,
} from '@nestjs/common'
import type { ReadPacket } from '@nestjs/microservices'
import { EMPTY, of, throwError } from 'rxjs'
import { tap } from 'rxjs/operators'
import { controllerOf, deadLetters, decorate, listen, onEvent, quick, send } from './support.ts'

const timeout = 60_000

test('a handler is given what the message says, and where it stands', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers, createTopic } = cluster
    const topic = await createTopic()
    const seen: unknown[] = []
    const controller = controllerOf((data, context: MillraceContext) => {
      const { key, headers, offset, value } = context.getMessage()
      const [partition, name, group] = [
        context.getPartition(),
        context.getTopic(),
        context.getConsumer().groupId,
      ]
      seen.push({
        data,
        key,
        value,
        header: headers['trace'],
        offset,
        partition,
        name,
        group,
        attempt: context.attempt,
      })
    }, onEvent(topic))
    const options = quick(cluster)
    await using running = await listen(options, { controllers: [controller] })
    await using producer = new Producer({ brokers })
    await producer.send({ topic, key: 'user-7', value: '{"total":12}', headers: { trace: 'abc' } })
    await producer.send({ topic, value: 'text' })
    await eventually('both are handled', () => seen.length === 2)
    const place = { partition: 0, name: topic, group: options.name, attempt: 1 }
    assert.deepEqual(seen, [
      { ...place, data: { total: 12 }, key: 'user-7', value: { total: 12 }, header: 'abc', offset: '0' },
      { ...place, data: 'text', key: null, value: 'text', header: undefined, offset: '1' },
    ])
    assert.equal(running.server.readiness().ready, true)
    assert.equal(running.app.unwrap<Service>().state, 'RUNNING')
  }),
)

test(
  'a message whose handler throws is tried again, in place and in a retry topic, then it is a dead letter that says why',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers, createTopic } = cluster
      const topic = await createTopic()
      const attempts: unknown[] = []
      const controller = controllerOf((data: { n: number }, context: MillraceContext) => {
        if (data.n !== 1) return
        attempts.push([
          context.attempt,
          context.getTopic(),
          context.getMessage().offset,
          context.record.topic === topic,
        ])
        throw new RangeError('the card was refused')
      }, onEvent(topic))
      const options = quick(cluster, { retry: { attempts: 2, backoff: fixed(1), topicDelaysMs: [20] } })
      await using _ = await listen(options, { controllers: [controller] })
      await send(brokers, topic, { n: 0 }, { n: 1 }, { n: 2 })
      const [found] = await deadLetters(brokers, topic, options.name)
      assert.deepEqual(attempts, [
        [1, topic, '1', true],
        [2, topic, '1', true],
        [3, topic, '1', false],
      ])
      assert.equal(String(found?.record.value), '{"n":1}')
      const { letter } = found!
      assert.equal(letter.errorClass, 'RangeError')
      assert.equal(letter.errorMessage, 'the card was refused')
      assert.match(letter.errorStack ?? '', /server\.test\.ts/)
      assert.deepEqual([letter.attempts, letter.topic, letter.offset], [3, topic, 1])
      await using admin = new Admin({ brokers })
      await eventually('the group has caught up', async () => {
        const [lag] = await admin.describeGroupLag([options.name])
        return lag!.partitions.every(each => each.lag === 0)
      })
    }),
)

test(
  'errors that no attempt will mend are tried once: FatalError, what a pipe refuses, an instruction',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers, createTopic } = cluster
      const topic = await createTopic()
      const pipe: PipeTransform = {
        transform: (value: unknown) => {
          if (value === 'pipe') throw new BadRequestException('total must be positive')
          return value
        },
      }
      const guard: CanActivate = {
        canActivate: (context: ExecutionContext) => context.switchToRpc().getData() !== 'guard',
      }
      const controller = controllerOf((data: string) => {
        if (data === 'fatal') throw new FatalError('no such customer')
        if (data === 'rejected') return of(deadLetter('not for us'))
        return undefined
      }, onEvent(topic))
      const options = quick(cluster)
      await using _ = await listen(options, { controllers: [controller] }, app => {
        app.useGlobalPipes(pipe)
        app.useGlobalGuards(guard)
      })
      await using producer = new Producer({ brokers })
      for (const value of ['fine', 'fatal', 'pipe', 'rejected', 'guard'])
        await producer.send({ topic, value })
      const found = await deadLetters(brokers, topic, options.name, 4)
      assert.deepEqual(
        found.map(({ letter }) => [letter.errorClass, letter.errorMessage, letter.attempts]),
        [
          ['FatalError', 'no such customer', 1],
          ['BadRequestException', 'total must be positive', 1],
          ['FatalError', 'not for us', 1],
          ['RpcException', 'Forbidden resource', 2],
        ],
      )
    }),
)

test(
  'interceptors stand around handlers, and what a filter of the application answers counts',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers, createTopic } = cluster
      const topic = await createTopic()
      const lines: string[] = []
      const interceptor: NestInterceptor = {
        intercept(context: ExecutionContext, next: CallHandler) {
          const data: string = context.switchToRpc().getData()
          assert.ok(context.switchToRpc().getContext() instanceof MillraceContext)
          lines.push(`before ${data}`)
          return next.handle().pipe(tap(() => lines.push(`after ${data}`)))
        },
      }
      class Swallowing implements ExceptionFilter {
        catch(error: TypeError, host: ArgumentsHost) {
          lines.push(`filter: ${error.message}, ${host.switchToRpc().getData<string>()}`)
          return error.message === 'known' ? EMPTY : throwError(() => new FatalError('translated'))
        }
      }
      Catch(TypeError)(Swallowing)
      const controller = controllerOf(
        (data: string) => {
          if (data === 'swallowed') throw new TypeError('known')
          if (data === 'translated') throw new TypeError('unknown')
          return data
        },
        onEvent(topic),
        UseFilters(new Swallowing()),
      )
      const options = quick(cluster)
      await using _ = await listen(options, { controllers: [controller] }, app =>
        app.useGlobalInterceptors(interceptor),
      )
      await using producer = new Producer({ brokers })
      for (const value of ['fine', 'swallowed', 'translated']) await producer.send({ topic, value })
      const [found] = await deadLetters(brokers, topic, options.name)
      assert.deepEqual(
        [found?.letter.errorMessage, found?.letter.attempts, String(found?.record.value)],
        ['translated', 1, 'translated'],
      )
      assert.deepEqual(lines, [
        'before fine',
        'after fine',
        'before swallowed',
        'filter: known, swallowed',
        'before translated',
        'filter: unknown, translated',
      ])
    }),
)

test(
  'handlers of a topic of events are told apart by type; what the topic does not have is a dead letter',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers, createTopic } = cluster
      const orders = events(
        await createTopic(),
        { 'order.created': json<{ total: number }>(), 'order.cancelled': json<{ reason: string }>() },
        { key: string() },
      )
      const seen: string[] = []
      class Orders {
        created(data: { total: number }, context: MillraceContext) {
          seen.push(
            `created ${data.total} by ${String(context.getMessage().key)}, ${context.getEvent()?.type}`,
          )
        }
        rest(data: { reason: string }, context: MillraceContext) {
          seen.push(`${context.getEvent()?.type}: ${data.reason}`)
        }
      }
      decorate(Orders, 'created', onEvent({ topic: orders.name, type: 'order.created' }))
      decorate(Orders, 'rest', onEvent(orders.name))
      Controller()(Orders)
      const options = quick(cluster)
      await using _ = await listen({ ...options, topics: [orders] }, { controllers: [Orders] })
      await using producer = new Producer({ brokers })
      await producer.send({
        topic: orders,
        key: 'user-7',
        value: { type: 'order.created', data: { total: 12 } },
      })
      await producer.send({
        topic: orders,
        key: 'user-7',
        value: { type: 'order.cancelled', data: { reason: 'late' } },
      })
      await producer.send({ topic: orders.name, value: '{"total":13}' })
      const [found] = await deadLetters(brokers, orders.name, options.name)
      assert.equal(String(found?.record.value), '{"total":13}')
      assert.deepEqual(seen, ['created 12 by user-7, order.created', 'order.cancelled: late'])
    }),
)

test(
  'extras of a pattern say how its topic is handled: keys at the same time, each in order',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers, createTopic } = cluster
      const topic = await createTopic()
      const [order, waiting]: [string[], (() => void)[]] = [[], []]
      const controller = controllerOf(
        async (data: string, context: MillraceContext) => {
          if (data === 'a1') await new Promise<void>(resolve => waiting.push(resolve))
          order.push(data)
          assert.equal(context.getMessage().key, data[0])
        },
        onEvent(topic, { millrace: { concurrency: { by: 'key', max: 10 } } }),
      )
      await using _ = await listen(quick(cluster), { controllers: [controller] })
      await using producer = new Producer({ brokers })
      await producer.send(['a1', 'a2', 'b1', 'b2'].map(value => ({ topic, key: value[0]!, value })))
      await eventually('the other key has gone on', () => order.length === 2)
      waiting[0]!()
      await eventually('all are handled', () => order.length === 4)
      assert.deepEqual(order, ['b1', 'b2', 'a1', 'a2'])
    }),
)

test(
  'controllers of a request are made for each message, and several handlers of a pattern are all called',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers, createTopic } = cluster
      const topic = await createTopic()
      const seen: string[] = []
      let made = 0
      class Scoped {
        readonly number = ++made
        handle(data: string) {
          seen.push(`scoped ${this.number} ${data}`)
        }
      }
      decorate(Scoped, 'handle', onEvent(topic))
      Controller({ scope: Scope.REQUEST })(Scoped)
      const second = controllerOf((data: string) => {
        seen.push(`second ${data}`)
        if (data === 'bad') throw new FatalError('the second one')
      }, onEvent(topic))
      const options = quick(cluster)
      await using _ = await listen(options, { controllers: [Scoped, second] })
      await using producer = new Producer({ brokers })
      for (const value of ['good', 'bad']) await producer.send({ topic, value })
      const [found] = await deadLetters(brokers, topic, options.name)
      assert.equal(found?.letter.errorMessage, 'the second one')
      assert.deepEqual(seen.toSorted(), ['scoped 1 good', 'scoped 2 bad', 'second bad', 'second good'])
    }),
)

test(
  'a deserializer of the application says pattern and data; a pattern that nobody has is a dead letter',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers, createTopic } = cluster
      const topic = await createTopic()
      const seen: unknown[] = []
      class Handling {
        first(data: unknown) {
          seen.push(['first', data])
        }
        second(data: unknown) {
          seen.push(['second', data])
        }
      }
      decorate(Handling, 'first', onEvent(topic))
      decorate(Handling, 'second', onEvent(`${topic}-other`))
      Controller()(Handling)
      const options = quick(cluster)
      const deserializer = {
        deserialize: async (
          { value }: { value: { to?: string; data: unknown } },
          given?: { channel: string },
        ) => ({ pattern: value.to ?? given!.channel, data: value.data }) as ReadPacket & { id: string },
      }
      await using _ = await listen(
        { ...options, createTopics: 'all', deserializer },
        { controllers: [Handling] },
      )
      await send(brokers, topic, { data: 1 }, { to: `${topic}-other`, data: 2 }, { to: 'nobody', data: 3 })
      const [found] = await deadLetters(brokers, topic, options.name)
      assert.match(found?.letter.errorMessage ?? '', /no handler has the pattern "nobody"/)
      assert.deepEqual(seen, [
        ['first', 1],
        ['second', 2],
      ])
    }),
)

test('closing waits for the handler in hand and commits it; a server that failed says so', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers, createTopic } = cluster
    const topic = await createTopic()
    const [begun, handled]: [string[], string[]] = [[], []]
    let goOn: () => void = () => {}
    const gate = new Promise<void>(resolve => {
      goOn = resolve
    })
    const slow = controllerOf(async (data: string) => {
      begun.push(data)
      await gate
      handled.push(data)
    }, onEvent(topic))
    const options = quick(cluster)
    const first = await listen(options, { controllers: [slow] })
    await using producer = new Producer({ brokers })
    await producer.send(['a', 'b'].map(value => ({ topic, value })))
    await eventually('the first handler has begun', () => begun.length === 1)
    const closing = first.app.close()
    goOn()
    await closing
    assert.deepEqual([begun, handled], [['a'], ['a']])

    const failing = controllerOf(() => {
      throw new Error('down')
    }, onEvent(topic))
    const states: string[] = []
    await using second = await listen(
      { ...options, handle: { retry: false, deadLetter: false } },
      { controllers: [failing] },
      app => app.status.subscribe(state => states.push(state)),
    )
    const error = await new Promise<Error>(resolve => second.app.on('failed', resolve))
    assert.match(error.message, /at offset 1: down; the service stops before it/)
    assert.equal(second.server.health()?.healthy, false)
    assert.deepEqual(states, ['STARTING', 'RUNNING', 'FAILED'])
  }),
)

test(
  'what traces stands around every attempt, and calls of handlers that were written for KafkaJS do no harm',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers, createTopic } = cluster
      const topic = await createTopic()
      const lines: string[] = []
      const controller = controllerOf(async (data: string, context: MillraceContext) => {
        const consumer = context.getConsumer()
        await consumer.commitOffsets([{ topic, partition: 0, offset: '1' }])
        await context.getHeartbeat()()
        lines.push(`handled ${data}`)
        if (context.attempt === 1) throw new Error('once more')
      }, onEvent(topic))
      await using running = await listen(quick(cluster), { controllers: [controller] })
      running.server.setOnProcessingStartHook((_transport, context, done) => {
        lines.push(`begun ${(context as MillraceContext).attempt}`)
        // As tracers do, which return nothing.
        void done().catch(() => {})
      })
      running.server.setOnProcessingEndHook((_transport, context) => {
        lines.push(`ended ${(context as MillraceContext).attempt}`)
      })
      await using producer = new Producer({ brokers })
      await producer.send({ topic, value: 'x' })
      await eventually('the second attempt has ended', () => lines.includes('ended 2'))
      assert.deepEqual(lines, ['begun 1', 'handled x', 'ended 1', 'begun 2', 'handled x', 'ended 2'])
    }),
)

test(
  'a regular expression means the topics that are there, but for what failed and what has a handler',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers, uniqueName } = cluster
      const prefix = uniqueName('orders')
      await using admin = new Admin({ brokers })
      const names = ['eu', 'us', 'own', 'us-billing-dlt', 'us-billing-retry-5'].map(
        name => `${prefix}-${name}`,
      )
      throwFirst(await admin.createTopics(names.map(name => ({ name, partitions: 1 }))))
      const seen: string[] = []
      const told = (who: string) => (data: string, context: MillraceContext) =>
        void seen.push(`${who} ${context.getTopic().slice(prefix.length + 1)} ${data}`)
      const controllers = [
        controllerOf(told('any'), onEvent(new RegExp(`^${prefix}-`))),
        controllerOf(told('own'), onEvent(`${prefix}-own`)),
      ]
      await using running = await listen(quick(cluster), { controllers })
      await using producer = new Producer({ brokers })
      await producer.send(names.map(topic => ({ topic, value: 'x' })))
      await eventually('three are handled', () => seen.length === 3)
      assert.deepEqual(seen.toSorted(), ['any eu x', 'any us x', 'own own x'])
      const topics = running.server.health()?.groups[0]?.topics ?? []
      assert.deepEqual(
        topics.filter(name => name.includes('billing')),
        [],
      )
    }),
)

test('bad options and patterns are told when they are given', { timeout }, () =>
  withCluster(async cluster => {
    await assert.rejects(listen({ ...quick(cluster), nonsense: 1 } as never, {}), /nonsense/)
    const controller = controllerOf(() => {}, onEvent({ cmd: 'sum' }))
    await assert.rejects(listen(quick(cluster), { controllers: [controller] }), /names no topic/)
  }),
)
