// What every outbox and its relays have to do: one suite, which each database passes. Runs against KAFKA_URI, too.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Admin, string, throwFirst, topic } from '@millrace/client'
import { outboxIdHeader } from '@millrace/service'
import type { RelayEvent } from '@millrace/stores'
import { eventually, readTopic, type TestCluster, withCluster } from '@millrace/testkit'
import {
  assertWhole,
  byKey,
  enqueueNumbers,
  numbersOf,
  type OutboxWorld,
  readNumbers,
  relayOf,
  type Size,
} from './outbox-world.ts'
import { startRelayProcess } from './relay-process.ts'

export interface OutboxContractOptions extends Size {
  /** Why it cannot be run here. */
  readonly skip?: string | undefined
}

type Case = readonly [
  what: string,
  check: (world: OutboxWorld, cluster: TestCluster, size: Size) => Promise<void>,
]

export function outboxContract(
  name: string,
  open: () => Promise<OutboxWorld>,
  { skip, ...size }: OutboxContractOptions,
): void {
  describe(`outbox: ${name}`, { skip, timeout: 240_000 }, () => {
    for (const [what, check] of [
      ...whatIsSent,
      ...order,
      ...failures,
      stuckCase,
      manyCase,
      ...large,
      ...upkeep,
    ])
      test(what, () =>
        withCluster(async cluster => {
          const world = await open()
          try {
            await check(world, cluster, size)
          } finally {
            await world.close()
          }
        }),
      )
  })
}

const whatIsSent: readonly Case[] = [
  [
    'what is committed is sent as it is, and what is rolled back is not',
    async ({ outbox, begin }, cluster) => {
      const name = await cluster.createTopic({ partitions: 3 })
      const plain = topic(await cluster.createTopic({ partitions: 2 }), { key: string(), value: string() })
      const numbers = numbersOf(name)
      const kept = await begin()
      const [first, second] = await kept.enqueue(numbers, [
        { key: 'a', type: 'counted', data: { n: 1 }, id: 'event-1', metadata: { tenant: 'münchen' } },
        {
          key: 'a',
          type: 'counted',
          data: { n: 2 },
          headers: { more: 'é', raw: Buffer.from([0, 255]), none: null },
        },
      ])
      const headers = [
        { key: 'twice', value: '1' },
        { key: 'twice', value: '2' },
      ]
      await kept.enqueue(plain, { key: "o'k\\", value: 'ü\0?', partition: 1, timestamp: 1_234_567, headers })
      await kept.end('commit')
      const dropped = await begin()
      await dropped.enqueue(numbers, { key: 'a', type: 'counted', data: { n: 3 } })
      await dropped.end('rollback')
      await using relay = relayOf(cluster, outbox)
      await relay.start()
      await eventually('all is sent', () => relay.statistics.sentRows === 3)
      const records = await readTopic(cluster.brokers, name, 3)
      const textOf = (index: number, key: string) =>
        records[index]!.headers.find(header => header.key === key)?.value?.toString('latin1')
      assert.equal(records.length, 2)
      assert.deepEqual(
        records.map(({ keyBytes, valueBytes }) => [String(keyBytes), String(valueBytes)]),
        [
          ['a', '{"n":1}'],
          ['a', '{"n":2}'],
        ],
      )
      assert.equal(textOf(0, 'ce_id'), 'event-1')
      assert.equal(records[0]!.headers.find(({ key }) => key === 'ce_tenant')?.value?.toString(), 'münchen')
      assert.deepEqual([textOf(0, outboxIdHeader), textOf(1, outboxIdHeader)], [first, second])
      assert.equal(textOf(1, 'raw'), '\0ÿ')
      assert.equal(records[1]!.headers.find(({ key }) => key === 'none')?.value, null)
      const [value] = await readTopic(cluster.brokers, plain.name, 2)
      assert.deepEqual(
        [String(value!.keyBytes), String(value!.valueBytes), value!.partition, value!.timestamp],
        ["o'k\\", 'ü\0?', 1, 1_234_567],
      )
      assert.deepEqual(
        value!.headers.filter(({ key }) => key === 'twice').map(each => String(each.value)),
        ['1', '2'],
      )
      await eventually('nothing is left', async () => (await outbox.status()).pending === 0)
    },
  ],
]

const order: readonly Case[] = [
  [
    'a transaction that commits behind a later one is not passed over',
    async ({ outbox, begin, isConcurrent }, cluster) => {
      if (!isConcurrent) return
      const name = await cluster.createTopic()
      const numbers = numbersOf(name)
      await using relay = relayOf(cluster, outbox)
      await relay.start()
      const early = await begin()
      await early.enqueue(numbers, { key: 'a', type: 'counted', data: { n: 1 } })
      const late = await begin()
      await late.enqueue(numbers, { key: 'b', type: 'counted', data: { n: 2 } })
      await late.end('commit')
      await eventually('the later one is sent', () => relay.statistics.sentRows === 1)
      await early.end('commit')
      await eventually('the earlier one is sent', () => relay.statistics.sentRows === 2)
      assert.deepEqual(
        (await readNumbers(cluster, name, 1)).map(({ n }) => n),
        [2, 1],
      )
    },
  ],
  [
    'two relays at once: many events of many keys, each once, those of a key in order',
    async (world, cluster, size) => {
      const name = await cluster.createTopic({ partitions: 4 })
      await using one = relayOf(cluster, world.outbox, { name: 'one' })
      await using two = relayOf(cluster, world.outbox, { name: 'two' })
      await Promise.all([one.start(), two.start()])
      await enqueueNumbers(world, name, size)
      await eventually(
        'all is sent',
        () => one.statistics.sentRows + two.statistics.sentRows >= size.events,
        120_000,
      )
      const records = await readNumbers(cluster, name, 4)
      assert.equal(records.length, size.events, 'each once')
      assertWhole(byKey(records), size.events, size.aggregates)
      assert.ok(one.statistics.sentRows > 0 && two.statistics.sentRows > 0, 'both have sent')
    },
  ],
  [
    'a relay that is killed amid its work is followed by another: nothing is lost, and the order is kept',
    async (world, cluster, size) => {
      const name = await cluster.createTopic({ partitions: 4 })
      await enqueueNumbers(world, name, size)
      const killed = await startRelayProcess(world.place, cluster.brokers)
      await eventually(
        'it is amid its work',
        async () => (await world.outbox.status()).pending < size.events * 0.9,
        30_000,
      )
      await killed.kill9()
      const { pending } = await world.outbox.status()
      assert.ok(pending > 0, 'it was killed before it was done')
      await using relay = relayOf(cluster, world.outbox)
      await relay.start()
      await eventually('nothing is left', async () => (await world.outbox.status()).pending === 0, 60_000)
      assertWhole(byKey(await readNumbers(cluster, name, 4)), size.events, size.aggregates)
    },
  ],
  [
    'a relay that stands still beyond its lease, and goes on, may write something twice, and nothing out of order',
    async (world, cluster, size) => {
      // One that stands still with a lock of SQLite keeps everybody from the database.
      if (!world.isConcurrent) return
      const name = await cluster.createTopic({ partitions: 4 })
      await enqueueNumbers(world, name, size)
      const sleeper = await startRelayProcess(world.place, cluster.brokers)
      const pending = async () => (await world.outbox.status()).pending
      await eventually('it is amid its work', async () => (await pending()) < size.events * 0.95, 30_000)
      sleeper.pause()
      await using relay = relayOf(cluster, world.outbox)
      await relay.start()
      await eventually('another has done its work', async () => (await pending()) === 0, 60_000)
      sleeper.resume()
      const transaction = await world.begin()
      await transaction.enqueue(numbersOf(name), { key: 'last', type: 'counted', data: { n: 0 } })
      await transaction.end('commit')
      await eventually('both share again', () => relay.statistics.shards === 16, 30_000)
      await eventually('nothing is left', async () => (await pending()) === 0)
      await sleeper.kill9()
      const records = (await readNumbers(cluster, name, 4)).filter(({ key }) => key !== 'last')
      // As many as it had in hand: `relay-child.ts`.
      assert.ok(records.length - size.events <= 20, `${records.length - size.events} were written twice`)
      assertWhole(byKey(records), size.events, size.aggregates)
    },
  ],
  [
    'a relay that stops has sent what it began, and another goes on behind it',
    async (world, cluster, size) => {
      const name = await cluster.createTopic({ partitions: 2 })
      const part = { events: Math.floor(size.events / 4), aggregates: size.aggregates }
      await enqueueNumbers(world, name, part)
      const first = relayOf(cluster, world.outbox, { maxInFlightRows: 20 })
      await first.start()
      await eventually('it works', () => first.statistics.sentRows > 0)
      await first.stop()
      await using second = relayOf(cluster, world.outbox)
      await second.start()
      await eventually('nothing is left', async () => (await world.outbox.status()).pending === 0, 30_000)
      const records = await readNumbers(cluster, name, 2)
      assert.equal(records.length, part.events, 'each once')
      assertWhole(byKey(records), part.events, part.aggregates)
    },
  ],
]

/** Waits until listeners have heard of it. */
function hearing(): { readonly events: RelayEvent[]; readonly onRelayEvent: (event: RelayEvent) => void } {
  const heard: RelayEvent[] = []
  return { events: heard, onRelayEvent: event => heard.push(event) }
}

const failures: readonly Case[] = [
  [
    'a row that brokers refuse is set aside, and those behind it go on; then it is sent again, or discarded',
    async ({ outbox, begin }, cluster) => {
      const name = await cluster.createTopic({ configs: { 'max.message.bytes': '2000' } })
      const texts = topic(name, { key: string(), value: string() })
      const transaction = await begin()
      const large = 'x'.repeat(5_000)
      const [first, , third] = await transaction.enqueue(texts, [
        { key: 'a', value: large },
        { key: 'a', value: 'small' },
        { key: 'b', value: large },
      ])
      await transaction.end('commit')
      const { events: heard, onRelayEvent } = hearing()
      await using relay = relayOf(cluster, outbox, { onRelayEvent })
      await relay.start()
      await eventually('all that can be is done', async () => (await outbox.status()).pending === 0)
      const values = async () =>
        (await readTopic(cluster.brokers, name)).map(({ valueBytes }) => String(valueBytes))
      assert.deepEqual(await values(), ['small'])
      const listed = await outbox.listSetAside()
      assert.deepEqual(
        listed.map(({ id, key, topic: to }) => [id, String(key), to]),
        [
          [first, 'a', name],
          [third, 'b', name],
        ],
      )
      assert.match(listed[0]!.error, /MESSAGE_TOO_LARGE|RecordTooLarge/)
      assert.equal(String(listed[0]!.value), large)
      assert.deepEqual(
        (await outbox.listSetAside({ after: listed[0]!.position })).map(({ id }) => id),
        [third],
      )
      assert.equal(heard.filter(({ type }) => type === 'relay.set_aside').length, 2)
      assert.equal(relay.statistics.setAsideRows, 2)
      assert.equal(await outbox.discard([third!, 'unknown']), 1)
      assert.equal(await outbox.retry([first!]), 1)
      relay.wake()
      await eventually('it is set aside again', async () => {
        const { pending, setAside } = await outbox.status()
        return pending === 0 && setAside === 1
      })
    },
  ],
  [
    'with poison: block the rows of its key wait, and no others',
    async ({ outbox, begin }, cluster) => {
      const name = await cluster.createTopic({ configs: { 'max.message.bytes': '2000' } })
      const texts = topic(name, { key: string(), value: string() })
      const transaction = await begin()
      await transaction.enqueue(texts, [
        { key: 'a', value: 'x'.repeat(5_000) },
        { key: 'a', value: 'behind' },
        ...[1, 2, 3].map(n => ({ key: 'b', value: `b${n}` })),
      ])
      await transaction.end('commit')
      await using relay = relayOf(cluster, outbox, { poison: 'block' })
      await relay.start()
      await eventually('the others are sent', () => relay.statistics.sentRows === 3)
      await eventually('it is tried again', () => relay.statistics.failedAttempts >= 2)
      const values = (await readTopic(cluster.brokers, name)).map(({ valueBytes }) => String(valueBytes))
      assert.deepEqual(values, ['b1', 'b2', 'b3'])
      assert.equal((await outbox.status()).pending, 2)
      assert.equal(relay.statistics.delayedLanes, 1)
    },
  ],
  [
    'a topic that there is not keeps its own rows waiting, until it is there',
    async ({ outbox, begin }, cluster) => {
      const there = numbersOf(await cluster.createTopic())
      const missing = numbersOf(cluster.uniqueName('missing'))
      const transaction = await begin()
      await transaction.enqueue(missing, { key: 'a', type: 'counted', data: { n: 1 } })
      await transaction.enqueue(
        there,
        [1, 2].map(n => ({ key: 'a', type: 'counted' as const, data: { n } })),
      )
      await transaction.end('commit')
      await using relay = relayOf(cluster, outbox, { allowAutoTopicCreation: false })
      await relay.start()
      await eventually('the others are sent', () => relay.statistics.sentRows === 2)
      const { pending } = await outbox.status()
      assert.equal(pending, 1)
      await createTopic(cluster, missing.name)
      await eventually('it is sent, too', () => relay.statistics.sentRows === 3, 30_000)
    },
  ],
]

const stuckCase: Case = [
  'a topic that is deleted while the relay sends to it holds none of the others up, until it is there again',
  async ({ outbox, begin }, cluster) => {
    const doomed = numbersOf(await cluster.createTopic())
    const there = numbersOf(await cluster.createTopic())
    const enqueue = async (count: number) => {
      const transaction = await begin()
      const list = Array.from({ length: count }, (_, n) => ({
        key: `key-${n}`,
        type: 'counted' as const,
        data: { n },
      }))
      await transaction.enqueue(doomed, list)
      await transaction.enqueue(there, list)
      await transaction.end('commit')
    }
    const { events: heard, onRelayEvent } = hearing()
    await using relay = relayOf(cluster, outbox, {
      allowAutoTopicCreation: false,
      logger: null,
      onRelayEvent,
    })
    await relay.start()
    await enqueue(1)
    await eventually('both are known', async () => (await outbox.status()).pending === 0)
    await using admin = new Admin({ brokers: cluster.brokers })
    throwFirst(await admin.deleteTopics([doomed.name]))
    await enqueue(100)
    // Again behind those that wait: of all shards.
    await enqueue(100)
    await eventually('the others are sent', async () => (await outbox.status()).pending === 200, 30_000)
    assert.equal((await readNumbers(cluster, there.name, 1)).length, 201)
    await eventually('it is told', () =>
      heard.some(event => event.type === 'relay.delayed' && event.topic === doomed.name),
    )
    assert.deepEqual(relay.statistics.delayedTopics, [doomed.name])
    await eventually('it can be made again', () =>
      createTopic(cluster, doomed.name).then(
        () => true,
        () => false,
      ),
    )
    await eventually('all are sent', async () => (await outbox.status()).pending === 0, 30_000)
    assert.equal((await readNumbers(cluster, doomed.name, 1)).length, 200)
    assert.deepEqual(relay.statistics.delayedTopics, [])
  },
]

const manyCase: Case = [
  'more topics that there are not than a statement has places for keep none of the others waiting',
  async ({ outbox, begin }, cluster) => {
    const transaction = await begin()
    const name = cluster.uniqueName('missing')
    for (let n = 0; n < 1_100; n++)
      await transaction.enqueue(numbersOf(`${name}-${n}`), { key: 'a', type: 'counted', data: { n } })
    await transaction.enqueue(numbersOf(await cluster.createTopic()), {
      key: 'a',
      type: 'counted',
      data: { n: 1 },
    })
    await transaction.end('commit')
    await using relay = relayOf(cluster, outbox, { allowAutoTopicCreation: false, logger: null })
    await relay.start()
    await eventually('the other is sent', () => relay.statistics.sentRows === 1, 8_000)
  },
]

async function createTopic({ brokers }: TestCluster, name: string): Promise<void> {
  await using admin = new Admin({ brokers })
  throwFirst(await admin.createTopics([{ name, partitions: 1 }]))
}

const large: readonly Case[] = [
  [
    'records of a megabyte are enqueued many at once, and sent without being held all at once',
    async ({ outbox, begin }, cluster) => {
      const texts = topic(await cluster.createTopic({ partitions: 2 }), { key: string(), value: string() })
      const transaction = await begin()
      const value = 'x'.repeat(900_000)
      await transaction.enqueue(
        texts,
        Array.from({ length: 20 }, (_, n) => ({ key: `key-${n}`, value: `${n} ${value}` })),
      )
      await transaction.end('commit')
      let most = 0
      await using relay = relayOf(cluster, outbox, { maxInFlightBytes: 2_500_000, logger: null })
      await relay.start()
      await eventually('all are sent', () => {
        most = Math.max(most, relay.statistics.inFlightBytes)
        return relay.statistics.sentRows === 20
      })
      assert.ok(most <= 2_500_000, `${most} bytes were under way`)
    },
  ],
]

const upkeep: readonly Case[] = [
  [
    'sent rows are kept as long as they are to be, and the status tells',
    async ({ outbox, begin }, cluster) => {
      const numbers = numbersOf(await cluster.createTopic())
      const transaction = await begin()
      await transaction.enqueue(
        numbers,
        [1, 2, 3].map(n => ({ key: 'a', type: 'counted' as const, data: { n } })),
      )
      await transaction.end('commit')
      const { pending, oldestMs } = await outbox.status()
      assert.equal(pending, 3)
      assert.ok(oldestMs >= 0 && oldestMs < 60_000, String(oldestMs))
      const keeps = relayOf(cluster, outbox, { keepSentMs: 60_000 })
      await keeps.start()
      await eventually('they are sent', async () => (await outbox.status()).sent === 3)
      await keeps.stop()
      assert.deepEqual(await outbox.status(), { pending: 0, sent: 3, setAside: 0, oldestMs: 0 })
      await using cleans = relayOf(cluster, outbox, { keepSentMs: 1 })
      await cleans.start()
      await eventually('they are gone', async () => (await outbox.status()).sent === 0)
      assert.equal(cleans.statistics.sentRows, 0, 'and not sent again')
    },
  ],
  [
    'relays share what there is, and one that leaves gives its share to the other',
    async ({ outbox }, cluster) => {
      const options = { leaseMs: 300 }
      const one = relayOf(cluster, outbox, { name: 'one', ...options })
      await using two = relayOf(cluster, outbox, { name: 'two', ...options })
      await one.start()
      assert.equal(one.statistics.shards, 32)
      await two.start()
      await eventually('they share', () => one.statistics.shards === 16 && two.statistics.shards === 16)
      await one.stop()
      assert.equal(one.state, 'STOPPED')
      await eventually('the other has all', () => two.statistics.shards === 32)
    },
  ],
  [
    'a relay of an outbox that has no tables says so',
    async ({ bare }, cluster) => {
      await using relay = relayOf(cluster, bare)
      await assert.rejects(relay.start(), /cannot be read; createTables\(\) makes its tables/)
      assert.equal(relay.state, 'FAILED')
      await relay.ended
    },
  ],
]
