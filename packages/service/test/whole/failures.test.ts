// What becomes of records that fail, in whole services: retry topics, dead letters, breakers, limits. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Producer } from '@millrace/client'
import {
  circuitBreaker,
  deadLetter,
  failureHistory,
  fixed,
  park,
  rateLimiter,
  readDeadLetter,
  redriveRecord,
  Service,
  type ServiceEvent,
  skip,
} from '@millrace/service'
import { eventually, readTopic, withCluster } from '@millrace/testkit'
import { caughtUp, committedOf, count, numbersTopic, quick } from './support.ts'

const timeout = 90_000

test(
  'retry topics: a record waits its time in each, those behind it go on, and its history is kept',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic({ partitions: 2 }))
      const name = cluster.uniqueName('group')
      await count(brokers, topic, 10, { partitionOf: n => n % 2 })
      const attempts: {
        n: number
        at: number
        attempt: number
        topic: string
        origin: number
        key: string
      }[] = []
      await using service = new Service({ ...quick(cluster), name })
      service.handle(
        topic,
        {
          counted: async ({ data: { n } }, { attempt, record, origin, key }) => {
            attempts.push({ n, at: Date.now(), attempt, topic: record.topic, origin: origin.offset, key })
            if (n === 3 && attempt < 4) throw new Error('three is slow')
          },
        },
        { retry: { attempts: 2, backoff: fixed(1), topicDelaysMs: [300, 600] }, deadLetter: true },
      )
      await service.start()
      await eventually('it works in the end', () =>
        attempts.some(({ n, attempt }) => n === 3 && attempt === 4),
      )
      await caughtUp(brokers, name, [topic.name])
      await service.stop()
      const three = attempts.filter(({ n }) => n === 3)
      assert.deepEqual(
        three.map(({ topic: at }) => at),
        [topic.name, topic.name, `${topic.name}-${name}-retry-300`, `${topic.name}-${name}-retry-600`],
      )
      assert.ok(
        three.every(({ origin, key }) => origin === 1 && key === 'key-3'),
        'where it was first, and its key',
      )
      assert.ok(three[2]!.at - three[1]!.at >= 300)
      assert.ok(three[3]!.at - three[2]!.at >= 600)
      assert.equal(attempts.length, 13)
      const nine = attempts.find(({ n }) => n === 9)!
      assert.ok(nine.at < three[2]!.at, 'those behind it did not wait')
      const parked = await readTopic(brokers, `${topic.name}-${name}-retry-600`, 2)
      const history = failureHistory(parked[0]!.headers)!
      assert.deepEqual(
        [history.origin.topic, history.origin.partition, history.origin.offset],
        [topic.name, 1, 1],
      )
      assert.deepEqual([history.attempts, history.tier], [3, 2])
      assert.equal(parked[0]!.partition, 1, 'the partition of the same number')
    }),
)

test(
  'retry around dead letters and dead letters around retry are the same: the framework counts attempts',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const orders = [
        { retry: { attempts: 3, backoff: fixed(1) }, deadLetter: true },
        { deadLetter: true, retry: { backoff: fixed(1), attempts: 3 } },
      ]
      for (const options of orders) {
        const topic = numbersTopic(await cluster.createTopic())
        const name = cluster.uniqueName('group')
        await count(brokers, topic, 1)
        let calls = 0
        const service = new Service({ ...quick(cluster), name })
        service.handle(
          topic,
          {
            counted: () => {
              calls++
              throw new Error('never')
            },
          },
          options,
        )
        await service.start()
        await caughtUp(brokers, name, [topic.name])
        await service.stop()
        assert.equal(calls, 3)
        const letters = await readTopic(brokers, `${topic.name}-${name}-dlt`)
        assert.equal(letters.length, 1)
        assert.equal(readDeadLetter(letters[0]!.headers)?.attempts, 3)
      }
    }),
)

test('without a dead letter topic the service stops before the record, and says so', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 5)
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      topic,
      {
        counted: ({ data: { n } }) => {
          if (n === 2) throw new Error('two')
        },
      },
      { retry: false },
    )
    await assert.rejects(
      service.run({ signals: [] }),
      new RegExp(`${topic.name}-0 at offset 2: two; the service stops before it`),
    )
    assert.equal(service.state, 'FAILED')
    assert.equal(service.health().healthy, false)
    assert.equal((await committedOf(brokers, name, topic))[0]?.offset, 2)
  }),
)

test('an unknown type is a policy: fail, skip with count, or dead letter', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    for (const unknownType of ['fail', 'skip', 'dead-letter'] as const) {
      const topic = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      await using producer = new Producer({ brokers })
      const headers = { ce_id: '1', ce_source: '/x', ce_specversion: '1.0', ce_type: 'weighed' }
      await producer.send({ topic: topic.name, key: 'k', value: '{}', headers })
      await count(brokers, topic, 1)
      const seen: number[] = []
      const told: ServiceEvent[] = []
      await using service = new Service({
        ...quick(cluster),
        name,
        onServiceEvent: event => told.push(event),
      })
      service.handle(
        topic,
        { counted: ({ data: { n } }) => void seen.push(n) },
        { unknownType, ...(unknownType === 'dead-letter' && { deadLetter: true }) },
      )
      if (unknownType === 'fail') {
        await assert.rejects(service.run({ signals: [] }), /no event type "weighed"; there are counted/)
        continue
      }
      await service.start()
      await caughtUp(brokers, name, [topic.name])
      await service.stop()
      assert.deepEqual(seen, [0])
      if (unknownType === 'skip') {
        const skipped = told.filter(({ type }) => type === 'record.skipped')
        assert.equal(skipped.length, 1)
        const family = service.metrics().find(each => each.name === 'kafka_messages_skipped_total')!
        assert.deepEqual(
          [...family.samples].map(({ value, labels }) => [value, labels?.['reason']]),
          [[1, 'unknown type']],
        )
      } else {
        const letters = await readTopic(brokers, `${topic.name}-${name}-dlt`)
        assert.equal(readDeadLetter(letters[0]!.headers)?.reason, 'unknown-type')
      }
    }
  }),
)

test('instructions of handlers: skip, park, dead letter', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 4)
    const attempts: number[] = []
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      topic,
      {
        counted: async ({ data: { n } }, { attempt }) => {
          attempts.push(n)
          if (n === 1) return skip('one is enough')
          if (n === 2 && attempt === 1) return park({ reason: 'later' })
          if (n === 3) return deadLetter('three is not wanted')
          return undefined
        },
      },
      { retry: { topicDelaysMs: [20] }, deadLetter: true },
    )
    await service.start()
    await eventually('all are settled', () => attempts.length === 5)
    await caughtUp(brokers, name, [topic.name])
    await service.stop()
    // What is parked comes back by a topic of its own, before or after the record behind it.
    assert.deepEqual(
      attempts.toSorted((a, b) => a - b),
      [0, 1, 2, 2, 3],
    )
    const [letter] = await readTopic(brokers, `${topic.name}-${name}-dlt`)
    const said = readDeadLetter(letter!.headers)!
    assert.deepEqual([said.offset, said.reason, said.errorMessage], [3, 'rejected', 'three is not wanted'])
  }),
)

test('a redriven record is handled by its group again, and by no other', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const [billing, shipping] = [cluster.uniqueName('billing'), cluster.uniqueName('shipping')]
    await count(brokers, topic, 1)
    let isBroken = true
    const seen: string[] = []
    const make = (name: string) => {
      const service = new Service({ ...quick(cluster), name })
      service.handle(
        topic,
        {
          counted: () => {
            if (name === billing && isBroken) throw new Error('broken')
            seen.push(name)
          },
        },
        { retry: false, deadLetter: true },
      )
      return service
    }
    await using one = make(billing)
    await using two = make(shipping)
    await Promise.all([one.start(), two.start()])
    await caughtUp(brokers, billing, [topic.name])
    await caughtUp(brokers, shipping, [topic.name])
    isBroken = false
    const [letter] = await readTopic(brokers, `${topic.name}-${billing}-dlt`)
    const record = redriveRecord(letter!, readDeadLetter(letter!.headers)!)!
    await using producer = new Producer({ brokers })
    await producer.send(record)
    await eventually('billing has it', () => seen.includes(billing))
    await caughtUp(brokers, shipping, [topic.name])
    assert.deepEqual(seen, [shipping, billing])
  }),
)

test('a circuit breaker pauses consuming instead of failing records', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 30)
    const breaker = circuitBreaker({ name: 'payments', failures: 3, openMs: 100 })
    const states: string[] = []
    breaker.observe(state => states.push(state))
    let isDown = true
    let calls = 0
    const seen: number[] = []
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      topic,
      {
        counted: async ({ data: { n } }) => {
          calls++
          if (isDown) throw new Error('payments are down')
          seen.push(n)
        },
      },
      { breaker, retry: { attempts: 4, backoff: fixed(1) }, deadLetter: true },
    )
    await service.start()
    await eventually(
      'it is open, and was tried again',
      () => states.filter(state => state === 'open').length >= 3,
    )
    const callsWhileOpen = calls
    assert.ok(callsWhileOpen < 10, `${callsWhileOpen} calls of what is down`)
    isDown = false
    await eventually('all are handled', () => seen.length === 30)
    await service.stop()
    assert.deepEqual(await readTopic(brokers, `${topic.name}-${name}-dlt`), [], 'no record failed for it')
    assert.equal(states.at(-1), 'closed')
  }),
)

test('a rate limiter spreads records over time', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 30)
    const times: number[] = []
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      topic,
      { counted: () => void times.push(performance.now()) },
      { rateLimit: rateLimiter({ recordsPerSecond: 50, burstSeconds: 0.2 }) },
    )
    await service.start()
    await eventually('all are handled', () => times.length === 30)
    await service.stop()
    const tookMs = times.at(-1)! - times[0]!
    assert.ok(tookMs >= 350, `30 records, 10 of them at once, at 50 a second: ${tookMs} ms`)
  }),
)

test('a handler that takes too long is told so, and tried again', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 1)
    const reasons: unknown[] = []
    let isDone = false
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      topic,
      {
        counted: async (_event, { attempt, signal }) => {
          if (attempt === 1) {
            signal.addEventListener('abort', () => reasons.push(signal.reason))
            await sleep(5_000, undefined, { ref: false })
          }
          isDone = true
        },
      },
      { timeoutMs: 50, retry: { backoff: fixed(1) } },
    )
    await service.start()
    await eventually('the second attempt is done', () => isDone)
    await service.stop()
    assert.match(String(reasons[0]), /HandlerTimeoutError: the handler did not return within 50 ms/)
  }),
)

test('a filter passes over what is not wanted, and counts it', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 10)
    const seen: number[] = []
    const around: string[] = []
    await using service = new Service({
      ...quick(cluster),
      name,
      middleware: [
        async (_item, _context, next) => {
          around.push('in')
          const result = await next()
          around.push('out')
          return result
        },
      ],
    })
    service.handle(
      topic,
      { counted: async ({ data: { n } }) => void seen.push(n) },
      { filter: event => event.data.n % 2 === 0 },
    )
    await service.start()
    await caughtUp(brokers, name, [topic.name])
    await service.stop()
    assert.deepEqual(seen, [0, 2, 4, 6, 8])
    assert.equal(around.length, 10)
  }),
)
