// A service's life: states, readiness, signals, several in one process, brokers that are away, options that cannot be.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Broker } from '@millrace/broker'
import { json, Producer, string, topic } from '@millrace/client'
import { events, runServices, Service, servicePrometheusText, type ServiceEvent } from '@millrace/service'
import { eventually, withCluster } from '@millrace/testkit'
import { caughtUp, count, gate, numbersTopic, quick } from './support.ts'

const timeout = 90_000

test('states are told one after the other, and readiness says what is missing', { timeout }, () =>
  withCluster(async cluster => {
    const told: ServiceEvent[] = []
    const lines: string[] = []
    const log = (_fields: object, message: string) => void lines.push(message)
    const numbers = numbersTopic(await cluster.createTopic())
    await using service = new Service({
      ...quick(cluster),
      name: cluster.uniqueName('group'),
      onServiceEvent: event => told.push(event),
      logger: { debug: log, info: log, warn: log, error: log },
    })
    service.handle(numbers, { counted: () => {} })
    assert.deepEqual(service.readiness(), { ready: false, reason: 'the service is CREATED' })
    await service.start()
    await eventually('it is ready', () => service.readiness().ready)
    const health = service.health()
    assert.deepEqual([health.state, health.healthy, health.groups[0]!.partitions], ['RUNNING', true, 1])
    await assert.rejects(service.start(), /a service is started once/)
    assert.throws(
      () => service.handle(numbersTopic('late'), { counted: () => {} }),
      /the service was started/,
    )
    await Promise.all([service.stop(), service.stop()])
    await service.ended
    const states = told.flatMap(event =>
      event.type === 'service.state' ? [`${event.from} ${event.to}`] : [],
    )
    assert.deepEqual(states, ['CREATED STARTING', 'STARTING RUNNING', 'RUNNING DRAINING', 'DRAINING STOPPED'])
    assert.ok(lines.some(line => line.includes('is RUNNING')))
    assert.ok(told.some(({ type }) => type === 'partitions.revoked'))
    await assert.rejects(
      service.publish(numbers, { key: 'k', type: 'counted', data: { n: 1 } }),
      /the service is closed/,
    )
  }),
)

test('a signal of the process stops services of a process, each after what it has in hand', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const numbers = numbersTopic(await cluster.createTopic())
    await count(brokers, numbers, 3)
    const names = [cluster.uniqueName('one'), cluster.uniqueName('two')]
    const started = gate()
    const finish = gate()
    const done: string[] = []
    const services = names.map(name =>
      new Service({ ...quick(cluster), name }).handle(numbers, {
        counted: async ({ data: { n } }) => {
          if (n > 0) return
          started.open()
          await finish.passed
          done.push(name)
        },
      }),
    )
    const listeners = process.listenerCount('SIGHUP')
    const running = runServices(services, { signals: ['SIGHUP'] })
    await started.passed
    await eventually('both are in it', () =>
      services.every(service => service.health().groups[0]?.inFlight === 1),
    )
    process.kill(process.pid, 'SIGHUP')
    await eventually('both drain', () => services.every(({ state }) => state === 'DRAINING'))
    finish.open()
    await running
    assert.deepEqual(done.sort(), [...names].sort())
    assert.equal(process.listenerCount('SIGHUP'), listeners)
  }),
)

test('a service that fails stops the others of its process', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const numbers = numbersTopic(await cluster.createTopic())
    await count(brokers, numbers, 1)
    const good = new Service({ ...quick(cluster), name: cluster.uniqueName('good') })
    good.handle(numbers, { counted: () => {} })
    const bad = new Service({ ...quick(cluster), name: cluster.uniqueName('bad') })
    bad.handle(
      numbers,
      {
        counted: () => {
          throw new Error('hopeless')
        },
      },
      { retry: false },
    )
    await assert.rejects(runServices([good, bad], { signals: [] }), /hopeless/)
    assert.deepEqual([good.state, bad.state], ['STOPPED', 'FAILED'])
  }),
)

test('a broker that goes away and comes back: the service goes on, and nothing is lost', {
  timeout,
}, async t => {
  const { mkdtemp, rm } = await import('node:fs/promises')
  const dataDir = await mkdtemp('/tmp/millrace-service-')
  t.after(() => rm(dataDir, { recursive: true, force: true }))
  const config = { 'group.initial.rebalance.delay.ms': 0 }
  let broker = await Broker.start({ port: 0, dataDir, config })
  const { port } = broker
  const brokers = [`127.0.0.1:${port}`]
  const numbers = events('numbers', { counted: json<{ n: number }>() }, { key: string(), partitions: 1 })
  const squares = topic('squares', { value: json<number>() })
  const seen = new Set<number>()
  await using service = new Service({ ...quick({ brokers }), name: 'steady', createTopics: 'all' })
  service.handle(
    numbers,
    {
      counted: async ({ data: { n } }, context) => {
        seen.add(n)
        context.publish(squares, { value: n * n })
      },
    },
    { concurrency: { by: 'unordered', max: 10 } },
  )
  await service.start()
  await count(brokers, numbers, 20)
  await eventually('the first ones are handled', () => seen.size === 20)
  await broker.close()
  await new Promise(resolve => setTimeout(resolve, 300))
  broker = await Broker.start({ port, dataDir, config })
  await count(brokers, numbers, 40, { from: 20 })
  await eventually('the others, too', () => seen.size === 40)
  await caughtUp(brokers, 'steady', ['numbers'])
  assert.equal(service.state, 'RUNNING')
  await service.stop()
  await broker.close()
})

/** A service whose broker is closed while records are in hand: how long it takes to stop, in ms. */
async function timeToStopAlone(guarantee: 'at-least-once' | 'exactly-once'): Promise<number> {
  const broker = await Broker.start({ port: 0, config: { 'group.initial.rebalance.delay.ms': 0 } })
  const brokers = [broker.address]
  const numbers = events('numbers', { counted: json<{ n: number }>() }, { key: string(), partitions: 2 })
  const squares = topic('squares', { value: json<number>(), partitions: 1 })
  const waiting = gate()
  let begun = 0
  await using service = new Service({
    ...quick({ brokers }),
    name: 'left-alone',
    createTopics: 'all',
    drainTimeoutMs: 500,
    logger: null,
  })
  service.handle(
    numbers,
    {
      counted: async ({ data: { n } }, context) => {
        if (++begun === 20) await waiting.passed
        context.publish(squares, { value: n * n })
      },
    },
    { concurrency: { by: 'unordered', max: 50 }, guarantee },
  )
  await service.start()
  await count(brokers, numbers, 20, { partitionOf: n => n % 2 })
  await eventually('they are in hand', () => begun === 20)
  await broker.close()
  waiting.open()
  const startedAt = performance.now()
  await service.stop()
  assert.equal(service.state, 'STOPPED')
  return performance.now() - startedAt
}

test('a service stops though its broker is away and does not come back', { timeout }, async () => {
  const times = await Promise.all([timeToStopAlone('at-least-once'), timeToStopAlone('exactly-once')])
  for (const ms of times) assert.ok(ms < 40_000, `${ms} ms`)
})

test('a topic of plain values has one handler, and keys are what its serde says', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const plain = topic(await cluster.createTopic(), { key: string(), value: json<{ n: number }>() })
    const seen: string[] = []
    await using service = new Service({ ...quick(cluster), name: cluster.uniqueName('group') })
    service.handle(plain, async (value, { key }) => void seen.push(`${key} ${value.n}`))
    await service.start()
    await using producer = new Producer({ brokers })
    await producer.send({ topic: plain, key: 'a', value: { n: 1 } })
    await eventually('it is handled', () => seen.length === 1)
    assert.deepEqual(seen, ['a 1'])
  }),
)

test('metrics have the names that dashboards expect, and count what happened', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const numbers = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, numbers, 7)
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      numbers,
      {
        counted: async ({ data: { n } }) => {
          if (n === 5) throw new Error('five')
        },
      },
      { deadLetter: true, retry: { attempts: 2, backoff: () => 1 } },
    )
    await service.start()
    await caughtUp(brokers, name, [numbers.name])
    const text = servicePrometheusText([service])
    const line = (start: string) => text.split('\n').find(each => each.startsWith(start))
    assert.match(
      line(
        `kafka_messages_consumed_total{service="${name}",topic="${numbers.name}",partition="0",consumer_group="${name}"}`,
      ) ?? text,
      / 7$/,
    )
    assert.match(
      line(
        `kafka_messages_produced_total{service="${name}",topic="${numbers.name}-${name}-dlt",status="delivered"}`,
      ) ?? text,
      / 1$/,
    )
    assert.match(
      line(`kafka_consumer_lag{service="${name}",topic="${numbers.name}",partition="0"`) ?? text,
      / 0$/,
    )
    assert.match(
      line(
        `kafka_message_processing_duration_seconds_count{service="${name}",topic="${numbers.name}",event_type="counted"}`,
      ) ?? text,
      / 8$/,
    )
    assert.match(line('kafka_message_retries_total') ?? text, / 1$/)
    assert.match(line('kafka_dead_letters_total') ?? text, /reason="attempts-exhausted",error="Error"} 1$/)
    assert.match(line('kafka_service_ready') ?? text, / 1$/)
  }),
)

test('options that cannot be are refused by name', () => {
  const brokers = ['127.0.0.1:1']
  const make = (options: object) => new Service({ name: 'a', brokers, ...options } as never)
  assert.throws(() => make({ name: '' }), /name is missing/)
  assert.throws(() => make({ drainTimeout: 5 }), /no option "drainTimeout"; did you mean "drainTimeoutMs"\?/)
  assert.throws(() => make({ consumers: 0 }), /consumers is 0/)
  assert.throws(() => make({ consumer: { groupId: 'x' } }), /consumer.groupId is set by the service/)
  assert.throws(() => make({ producer: { brokers } }), /producer.brokers is the same for all/)
  assert.throws(() => make({ createTopics: 'yes' }), /createTopics is "yes"; it is own, all or none/)
  const numbers = numbersTopic('numbers')
  const handle = (options: object) => make({}).handle(numbers, { counted: () => {} }, options as never)
  assert.throws(
    () => handle({ deadLetters: true }),
    /handle: numbers: there is no option "deadLetters"; did you mean "deadLetter"\?/,
  )
  assert.throws(() => handle({ retry: { attempts: 0 } }), /retry.attempts is 0/)
  assert.throws(() => handle({ retry: { delaysMs: [1] } }), /no option "delaysMs"/)
  assert.throws(() => handle({ concurrency: { by: 'user' } }), /concurrency.by is "user"/)
  assert.throws(() => handle({ unknownType: 'dead-letter' }), /needs deadLetter: true/)
  assert.throws(() => handle({ deadLetter: { header: 'spring' } }), /deadLetter: there is no option "header"/)
  assert.throws(
    () => make({}).handle(numbers, { weighed: () => {} } as never),
    /no event type "weighed"; it has counted/,
  )
  assert.throws(() => make({}).handle(numbers, {}), /there is no handler/)
  assert.throws(() => make({}).handle('numbers' as never, {} as never), /the topic is none/)
  const service = make({}).handle(numbers, { counted: () => {} })
  assert.throws(() => service.handle(numbers, { counted: () => {} }), /handles the topic already/)
})
