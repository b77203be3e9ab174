// Order, concurrency and commits of whole services: nothing passes what is not done, also across kills and rebalances. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Service } from '@millrace/service'
import { eventually, withCluster } from '@millrace/testkit'
import { decodeOffsetMap } from '../../src/concurrency/offset-map.ts'
import type { KilledSettings } from './killed-worker.ts'
import { caughtUp, committedOf, count, gate, numbersTopic, quick } from './support.ts'

const timeout = 90_000

test('a partition’s commit never passes an unfinished record', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 50)
    const stuck = gate()
    const seen = new Set<number>()
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      topic,
      {
        counted: async ({ data: { n } }) => {
          if (n === 7) await stuck.passed
          seen.add(n)
        },
      },
      { concurrency: { by: 'unordered', max: 10 } },
    )
    await service.start()
    await eventually('all but one are done', () => seen.size === 49)
    await eventually('what is done is committed up to there', async () => {
      const [committed] = await committedOf(brokers, name, topic)
      assert.ok((committed?.offset ?? 0) <= 7)
      return committed?.offset === 7 && committed.metadata !== ''
    })
    stuck.open()
    await caughtUp(brokers, name, [topic.name])
    await service.stop()
  }),
)

test('after a kill in the middle only what was not done is done again', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 200)
    const stuckOnes = new Set([3, 50, 51, 120])
    const stuck = gate()
    const first: number[] = []
    await using killed = new Service({ ...quick(cluster), name, drainTimeoutMs: 0 })
    killed.handle(
      topic,
      {
        counted: async ({ data: { n } }) => {
          if (stuckOnes.has(n)) await stuck.passed
          else first.push(n)
        },
      },
      { concurrency: { by: 'unordered', max: 20 } },
    )
    await killed.start()
    await eventually('all others are done', () => first.length === 196)
    await eventually('and committed', async () => {
      const [committed] = await committedOf(brokers, name, topic)
      return committed?.offset === 3 && committed.metadata !== ''
    })
    await killed.stop()
    const again: number[] = []
    await using next = new Service({ ...quick(cluster), name })
    next.handle(
      topic,
      { counted: ({ data: { n } }) => void again.push(n) },
      { concurrency: { by: 'unordered' } },
    )
    await next.start()
    await caughtUp(brokers, name, [topic.name])
    await next.stop()
    stuck.open()
    assert.deepEqual(
      again.sort((a, b) => a - b),
      [...stuckOnes],
    )
    assert.deepEqual(
      [...first].sort((a, b) => a - b),
      Array.from({ length: 200 }, (_, n) => n).filter(n => !stuckOnes.has(n)),
    )
  }),
)

/** A process that works until it is killed, and what it has written down as done. */
function startWorker(context: TestContext, settings: Omit<KilledSettings, 'done'>) {
  const dir = mkdtempSync(join(tmpdir(), 'millrace-killed-'))
  const done = join(dir, 'done')
  const child = fork(new URL('killed-worker.ts', import.meta.url), [JSON.stringify({ ...settings, done })])
  const exited = once(child, 'exit')
  context.after(() => {
    child.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true })
  })
  return {
    numbers: () =>
      statSync(done, { throwIfNoEntry: false })
        ? readFileSync(done, 'utf8').split('\n').slice(0, -1).map(Number)
        : [],
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

test(
  'after kill -9 amid records by key only what was not done is done again, each key in its order',
  {
    timeout,
  },
  t =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic())
      const group = cluster.uniqueName('group')
      const [total, keys] = [2_000, 40]
      await count(brokers, topic, total, { keyOf: n => `key-${n % keys}` })
      // What is behind one that is stuck, in its key, waits for it.
      const stuck = [7, 512]
      const open = Array.from({ length: total }, (_, n) => n).filter(n =>
        stuck.some(each => n % keys === each % keys && n >= each),
      )
      const settings = { brokers, topic: topic.name, group }
      const first = startWorker(t, { ...settings, stuck })
      await eventually('all others are done, and that is committed', async () => {
        const [committed] = await committedOf(brokers, group, topic)
        if (!committed) return false
        const { ranges } = decodeOffsetMap(committed.offset, committed.metadata)
        const done = ranges.reduce((sum, { from, to }) => sum + to - from, committed.offset)
        return done === total - open.length
      })
      await first.kill()
      const second = startWorker(t, { ...settings, stuck: [] })
      await caughtUp(brokers, group, [topic.name])
      await second.kill()
      const again = second.numbers()
      assert.deepEqual(
        again.toSorted((a, b) => a - b),
        open,
      )
      const all = [...first.numbers(), ...again]
      assert.equal(new Set(all).size, total)
      assert.equal(all.length, total)
      for (let key = 0; key < keys; key++) {
        const ofKey = all.filter(n => n % keys === key)
        assert.deepEqual(
          ofKey,
          ofKey.toSorted((a, b) => a - b),
        )
      }
    }),
)

test(
  'by key: the order of each key is kept at a concurrency of 100, far beyond the one partition',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic())
      const name = cluster.uniqueName('group')
      const total = 2_000
      await count(brokers, topic, total, { keyOf: n => `key-${(n * 7) % 150}` })
      const order = new Map<string, number[]>()
      let running = 0
      let most = 0
      const runningKeys = new Set<string>()
      await using service = new Service({ ...quick(cluster), name })
      service.handle(
        topic,
        {
          counted: async ({ data: { n } }, { key }) => {
            assert.ok(!runningKeys.has(key), 'one of a key at a time')
            runningKeys.add(key)
            most = Math.max(most, ++running)
            await sleep(n % 5)
            const seen = order.get(key) ?? []
            seen.push(n)
            order.set(key, seen)
            running--
            runningKeys.delete(key)
          },
        },
        { concurrency: { by: 'key', max: 100 } },
      )
      await service.start()
      await caughtUp(brokers, name, [topic.name])
      await service.stop()
      assert.equal([...order.values()].flat().length, total)
      for (const seen of order.values())
        assert.deepEqual(
          seen,
          [...seen].sort((a, b) => a - b),
        )
      assert.ok(most > 50 && most <= 100, `${most} at a time`)
      assert.equal(service.error, undefined)
    }),
)

test(
  'a rebalance amid work and retries: nothing is lost, and what is given up in time is not repeated',
  { timeout },
  () =>
    withCluster(async cluster => {
      const { brokers } = cluster
      const topic = numbersTopic(await cluster.createTopic({ partitions: 4 }))
      const name = cluster.uniqueName('group')
      const total = 800
      await count(brokers, topic, total, { partitionOf: n => n % 4 })
      const done = new Map<number, number>()
      const failedOnce = new Set<number>()
      const make = () => {
        const service = new Service({ ...quick(cluster), name })
        service.handle(
          topic,
          {
            counted: async ({ data: { n } }, { signal }) => {
              await sleep(n % 4)
              if (n % 13 === 0 && !failedOnce.has(n)) {
                failedOnce.add(n)
                throw new Error('not at the first attempt')
              }
              if (!signal.aborted) done.set(n, (done.get(n) ?? 0) + 1)
            },
          },
          { concurrency: { by: 'key', max: 20 }, retry: { attempts: 5 } },
        )
        return service
      }
      const services = [make()]
      await services[0]!.start()
      await eventually('it works', () => done.size > 50)
      services.push(make())
      await services[1]!.start()
      await eventually('both work', () => done.size > 300)
      await services[0]!.stop()
      services.push(make())
      await services[2]!.start()
      await eventually('all are done', () => done.size === total, 60_000)
      await caughtUp(brokers, name, [topic.name])
      for (const service of services) {
        await service.stop()
        assert.equal(service.error, undefined)
      }
      const repeated = [...done.values()].filter(times => times > 1).length
      assert.equal(repeated, 0, 'handlers that return in time are committed before their partition goes')
    }),
)

test('a retry holds up its key, and nobody else', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 100, { keyOf: n => `key-${n % 5}` })
    const seen: number[] = []
    let isDown = true
    await using service = new Service({ ...quick(cluster), name })
    service.handle(
      topic,
      {
        counted: async ({ data: { n } }, { key }) => {
          if (key === 'key-2' && isDown) throw new Error('down')
          seen.push(n)
        },
      },
      { concurrency: { by: 'key', max: 10 }, retry: { attempts: 10_000, backoff: () => 20 } },
    )
    await service.start()
    await eventually('the other keys are done', () => seen.length === 80)
    isDown = false
    await eventually('and then this one, in order', () => seen.length === 100)
    assert.deepEqual(
      seen.filter(n => n % 5 === 2),
      Array.from({ length: 20 }, (_, index) => index * 5 + 2),
    )
    await service.stop()
  }),
)

test('closing drains: what is being handled is done and committed, what waits comes again', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic())
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 20)
    const done: number[] = []
    await using service = new Service({ ...quick(cluster), name, commitIntervalMs: 60_000 })
    service.handle(topic, {
      counted: async ({ data: { n } }) => {
        await sleep(50)
        done.push(n)
      },
    })
    await service.start()
    await eventually('some are done', () => done.length === 3)
    await service.stop()
    const [committed] = await committedOf(brokers, name, topic)
    assert.equal(committed?.offset, done.length)
    assert.equal(service.state, 'STOPPED')
  }),
)

test('back-pressure: what is in hand is bounded, and everything comes in the end', { timeout }, () =>
  withCluster(async cluster => {
    const { brokers } = cluster
    const topic = numbersTopic(await cluster.createTopic({ partitions: 2 }))
    const name = cluster.uniqueName('group')
    await count(brokers, topic, 3_000, { partitionOf: n => n % 2 })
    let most = 0
    let handled = 0
    await using service = new Service({
      ...quick(cluster),
      name,
      maxInFlightRecords: 40,
      consumer: { partitionFetchMaxBytes: 4_000 },
    })
    service.handle(
      topic,
      {
        counted: async () => {
          most = Math.max(most, service.health().groups[0]!.inFlight)
          await sleep(1)
          handled++
        },
      },
      { concurrency: { by: 'unordered', max: 30 } },
    )
    await service.start()
    await eventually('all are handled', () => handled === 3_000, 40_000)
    assert.ok(most <= 40, `${most} in hand`)
    await service.stop()
  }),
)
