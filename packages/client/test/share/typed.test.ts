// Types and serdes of a share consumer: records as their topics say, serdes that have to wait, and what becomes of records that cannot be read.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { HeldClock } from '@millrace/testkit/clocks'
import {
  type AsyncDeserializer,
  type ClientEvent,
  DeserializationError,
  type Deserializer,
  type PoisonRecord,
  type Serde,
  ShareConsumer,
  type ShareConsumerOptions,
  type ShareRecordOf,
  topic,
} from '../../src/index.ts'
import { eventually, range, setUp, soon } from '../support/share-group.ts'

const timeout = 20_000

/** Values of the group are `partition:offset`; what is read is the offset. */
const offsetOf = (bytes: Buffer) => Number(bytes.toString().split(':')[1])
const offsets: Serde<number> = { serialize: offset => `0:${offset}`, deserialize: offsetOf }

function refusing(poisoned: readonly number[]): Deserializer<number> {
  return {
    deserialize(bytes) {
      const offset = offsetOf(bytes)
      if (poisoned.includes(offset)) throw new TypeError(`${offset} is poison`)
      return offset
    },
  }
}

function waiting(poisoned: readonly number[]): AsyncDeserializer<number> {
  const serde = refusing(poisoned)
  return {
    async: true,
    async deserialize(bytes, context, headers) {
      await sleep(offsetOf(bytes) % 3)
      return serde.deserialize(bytes, context, headers)
    },
  }
}

type Reader = ShareConsumer<Buffer, number>

function setUpReader(count: number, options: Partial<ShareConsumerOptions<Buffer, number>>) {
  const parts = setUp([count], options as unknown as Partial<ShareConsumerOptions>)
  return { ...parts, consumer: parts.consumer as unknown as Reader }
}

test('records have the types of the topics, which are the only ones that may be named', {
  timeout,
}, async () => {
  const counts = topic('t', { value: offsets })
  const { cluster, consumer: other } = setUp([3])
  await other.close()
  const make = () =>
    new ShareConsumer({
      brokers: cluster.bootstrap,
      network: cluster.network,
      groupId: 'g',
      topics: [counts, topic('u')],
    })
  const consumer = make()
  const use = (record: ShareRecordOf<typeof counts> | ShareRecordOf<ReturnType<typeof topic<'u'>>>) => {
    if (record.topic !== 't') return record.value?.length
    const value: number = record.value
    return value + record.deliveryCount
  }
  const loops = async () => {
    for await (const record of consumer) use(record)
    await consumer.run({ eachRecord: record => void use(record) })
    for (const record of await consumer.poll()) use(record)
    // @ts-expect-error not among the topics
    consumer.subscribe('audit')
  }
  assert.equal(typeof loops, 'function')
  assert.throws(
    () => consumer.subscribe('audit' as never),
    /"audit" is none of the topics of this consumer: t, u/,
  )
  consumer.subscribe('t')
  const records = await consumer.poll(soon())
  assert.deepEqual(records.map(use), [1, 2, 3])
  await consumer.close()
  const plain = new ShareConsumer({ brokers: cluster.bootstrap, network: cluster.network, groupId: 'g' })
  assert.throws(
    () => plain.subscribe(counts as never),
    /declare it: new ShareConsumer\(\{ topics: \[t\] \}\)/,
  )
  await plain.close()
  const all = make()
  all.subscribe()
  await all.close()
  assert.throws(
    () => new ShareConsumer({ brokers: ['a'], groupId: 'g', topics: [counts], valueSerde: offsets } as never),
    /ShareConsumer: topics have serdes of their own/,
  )
  assert.throws(
    () => new ShareConsumer({ brokers: ['a'], groupId: 'g', onPoison: 'drop' as never }),
    /ShareConsumer: onPoison is "drop"; it is "fail", "skip" or a function/,
  )
})

test('serdes that have to wait are waited for before records are handed out, in every style', {
  timeout,
}, async () => {
  const { consumer } = setUpReader(8, { valueSerde: waiting([]), maxPollRecords: 3 })
  const seen: (number | null)[] = (await consumer.poll(soon())).map(({ value }) => value)
  for await (const { value } of consumer.records(soon())) {
    seen.push(value)
    if (seen.length === 6) {
      await consumer.commit()
      break
    }
  }
  const running = consumer.run({ eachRecord: ({ value }) => void seen.push(value) })
  await eventually('all came', () => seen.length >= 8)
  await consumer.close()
  await running
  assert.deepEqual(
    seen.toSorted((a, b) => a! - b!),
    range(8),
  )
})

for (const [kind, make] of [
  ['at once', refusing],
  ['by promises', waiting],
] as const) {
  test(`${kind}: poison is rejected and counted, and told of`, { timeout }, async () => {
    const events: ClientEvent[] = []
    const { consumer, group } = setUpReader(6, {
      valueSerde: make([0, 3, 5]),
      onPoison: 'skip',
      onEvent: event => events.push(event),
    })
    const seen: (number | null)[] = []
    while (seen.length < 3) for (const { value } of await consumer.poll(soon())) seen.push(value)
    await consumer.commit()
    assert.deepEqual(seen, [1, 2, 4])
    await eventually('the broker knows', () => group.offsets(0, 'archived').length === 3)
    assert.deepEqual(group.offsets(0, 'archived'), [0, 3, 5])
    assert.deepEqual(group.offsets(0, 'done'), [1, 2, 4])
    assert.equal(consumer.poisonedRecords, 3)
    assert.equal(consumer.statistics.recordsPoisoned, 3)
    // The same thing is told of the same partition now and then only.
    const told = events.filter(event => event.type === 'record.poisoned')
    assert.deepEqual(
      told.map(({ topic: name, partition, offset, part, count }) => [name, partition, offset, part, count]),
      [['t', 0, 0, 'value', 1]],
    )
    await consumer.close()
  })

  test(`${kind}: poison is handed to a function, and rejected when that has returned`, {
    timeout,
  }, async () => {
    const handed: [number, string][] = []
    const { consumer, group } = setUpReader(4, {
      valueSerde: make([1]),
      async onPoison({ offset, value, error }: PoisonRecord) {
        await sleep(5)
        assert.deepEqual(group.offsets(0, 'archived'), [])
        assert.match(error.message, /the value cannot be read: 1 is poison; acknowledge\(error, "reject"\)/)
        handed.push([offset, value!.toString()])
      },
    })
    const seen: (number | null)[] = []
    while (seen.length < 3) for (const { value } of await consumer.poll(soon())) seen.push(value)
    await consumer.commit()
    assert.deepEqual(seen, [0, 2, 3])
    assert.deepEqual(handed, [[1, '0:1']])
    await eventually('the broker knows', () => group.offsets(0, 'archived').length === 1)
    await consumer.close()
  })

  test(`${kind}: a function that throws is told, and gets the same record again, of the same delivery`, {
    timeout,
  }, async () => {
    let calls = 0
    const { consumer, group } = setUpReader(2, {
      valueSerde: make([0]),
      onPoison() {
        if (++calls < 3) throw new Error(`no place for it ${calls}`)
      },
    })
    const errors: string[] = []
    const seen: (number | null)[] = []
    while (seen.length < 1) {
      try {
        for (const { value } of await consumer.poll(soon())) seen.push(value)
      } catch (error) {
        errors.push((error as Error).message)
      }
    }
    await eventually('it is seen to', () => calls === 3)
    if (errors.length < 2) await assert.rejects(consumer.poll(soon()), /no place for it 2/)
    await eventually('the broker knows', () => group.offsets(0, 'archived').length === 1)
    assert.equal(group.records[0]![0]!.deliveries, 1)
    assert.deepEqual(seen, [1])
    await consumer.close()
  })
}

test('fail, at once: reading throws, and leaving the loop releases the record', { timeout }, async () => {
  const { consumer, group } = setUpReader(2, { valueSerde: refusing([0]) })
  const read = async () => {
    for await (const { value } of consumer.records(soon())) assert.equal(value, 1)
  }
  await assert.rejects(read(), { code: 'DESERIALIZATION_FAILED' })
  await consumer.commit()
  assert.deepEqual(group.offsets(0, 'done'), [])
  assert.ok(group.offsets(0, 'available').includes(0))
  await consumer.close()
})

test('fail, by promises: the error is thrown once a delivery, and the record is released unless it is rejected by the error', {
  timeout,
}, async () => {
  const { consumer, group } = setUpReader(3, { valueSerde: waiting([1]) })
  const seen: (number | null)[] = []
  const failures: DeserializationError[] = []
  while (seen.length < 2 || failures.length < 2) {
    try {
      for (const { value } of await consumer.poll({ ...soon(), maxRecords: 1 })) seen.push(value)
    } catch (error) {
      assert.ok(error instanceof DeserializationError)
      failures.push(error)
      assert.equal(group.records[0]![1]!.deliveries, failures.length)
      if (failures.length === 2) consumer.acknowledge(error, 'reject')
    }
  }
  await consumer.commit()
  assert.deepEqual(
    failures.map(({ offset, partition, topic: name }) => [name, partition, offset]),
    [
      ['t', 0, 1],
      ['t', 0, 1],
    ],
  )
  assert.deepEqual(new Set(seen), new Set([0, 2]))
  assert.deepEqual(group.offsets(0, 'done'), [0, 2])
  assert.deepEqual(group.offsets(0, 'archived'), [1])
  await consumer.close()
})

test('fail, explicitly acknowledged: what cannot be read has to be acknowledged as any other', {
  timeout,
}, async () => {
  const { consumer, group } = setUpReader(2, {
    valueSerde: waiting([0]),
    acknowledgementMode: 'explicit',
  })
  let failure: DeserializationError | undefined
  await assert.rejects(consumer.poll(soon()), (error: DeserializationError) => {
    failure = error
    return error instanceof DeserializationError
  })
  await assert.rejects(consumer.poll(soon()), /acknowledge every record of the call before/)
  consumer.acknowledge(failure!, 'reject')
  const [record] = await consumer.poll(soon())
  assert.equal(record!.value, 1)
  consumer.acknowledge(record!)
  await consumer.commit()
  assert.deepEqual([group.offsets(0, 'archived'), group.offsets(0, 'done')], [[0], [1]])
  await consumer.close()
})

test('what may pass by is told, and costs no delivery: the record waits with this member', {
  timeout,
}, async () => {
  let isAway = true
  const away = Object.assign(new Error('the registry is away'), { retriable: true })
  for (const onPoison of ['fail', 'skip'] as const) {
    isAway = true
    const { consumer, group } = setUpReader(3, {
      onPoison,
      valueSerde: {
        async: true,
        async deserialize(bytes) {
          if (isAway && offsetOf(bytes) === 1) throw away
          return offsetOf(bytes)
        },
      },
    })
    const seen: (number | null)[] = []
    const errors = new Set<string>()
    for (let calls = 0; calls < 5; calls++) {
      try {
        for (const { value } of await consumer.poll({ timeoutMs: 30 })) seen.push(value)
      } catch (error) {
        errors.add((error as Error).message)
      }
    }
    assert.deepEqual(
      [...errors],
      ['t-0 at offset 1: the value cannot be read: the registry is away; it comes again'],
    )
    assert.deepEqual(seen, [0, 2])
    isAway = false
    // What was heard of too late is still to be told.
    const last = await consumer.poll(soon()).catch(() => consumer.poll(soon()))
    assert.deepEqual(
      last.map(({ value, deliveryCount }) => [value, deliveryCount]),
      [[1, 1]],
    )
    await consumer.commit()
    assert.deepEqual(group.offsets(0, 'done'), range(3))
    assert.equal(consumer.poisonedRecords, 0)
    await consumer.close()
  }
})

test('a record that waits for its serde beyond its lock is another delivery’s', { timeout }, async () => {
  const until = Promise.withResolvers<void>()
  let asked = 0
  const clock = new HeldClock()
  const { consumer, group } = setUpReader(1, {
    clock,
    valueSerde: {
      async: true,
      async deserialize(bytes) {
        if (asked++ === 0) await until.promise
        return offsetOf(bytes)
      },
    },
  })
  group.lockMs = 50
  const coming = consumer.poll(soon())
  await eventually('it is asked', () => asked === 1)
  clock.pass(80)
  until.resolve()
  const [record] = await coming
  assert.deepEqual([record!.value, record!.deliveryCount], [0, 2])
  await consumer.close()
})

test('closing does not wait for serdes that do not answer', { timeout }, async () => {
  const { consumer, group } = setUpReader(1, {
    valueSerde: { async: true, deserialize: () => new Promise<number>(() => {}) },
  })
  const coming = consumer.poll({ timeoutMs: 5_000 })
  await eventually('it is acquired', () => group.offsets(0, 'held').length === 1)
  await consumer.close()
  assert.deepEqual(await coming, [])
  assert.deepEqual(group.offsets(0, 'available'), [0])
})
