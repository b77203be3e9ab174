// Records that a serde refuses, in every style: they fail with their place, are passed over, or are handed to a function; and serdes that have to wait.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AnyDeserializer,
  type AsyncDeserializer,
  type ClientEvent,
  type Consumer,
  type ConsumerOptions,
  DeserializationError,
  type PoisonRecord,
} from '../../src/index.ts'
import { setUp } from '../support/fake-partitions.ts'

const place = { topic: 't', partition: 0 }
const signal = () => AbortSignal.timeout(5_000)

const decode = (bytes: Buffer): number => {
  const value = Number(bytes.toString())
  if (poisoned.has(value)) throw new TypeError(`${value} is poison`)
  return value
}
const poisoned = new Set([0, 6, 7, 14])
const good = Array.from({ length: 15 }, (_, offset) => offset).filter(offset => !poisoned.has(offset))

/** Serdes that answer at once, after a while, in another order than they are asked, and either way. */
const serdes: Record<string, AnyDeserializer<number>> = {
  'at once': { deserialize: decode },
  'by promises': { async: true, deserialize: async bytes => decode(bytes) },
  'out of order': {
    async: true,
    async deserialize(bytes) {
      for (let turns = Number(bytes.toString()) % 3; turns > 0; turns--) await new Promise(setImmediate)
      return decode(bytes)
    },
  },
  'now and then by promises': {
    async: true,
    deserialize: bytes =>
      Number(bytes.toString()) % 2 === 0 ? decode(bytes) : Promise.resolve().then(() => decode(bytes)),
  },
}

type Reader = Consumer<Buffer, number>
/** Reads until `see` says that it was enough. */
type Style = (consumer: Reader, see: (offset: number, value: number | null) => boolean) => Promise<void>

const styles: Record<string, Style> = {
  records: async (consumer, see) => {
    for await (const record of consumer.records({ signal: signal() })) {
      const enough = see(record.offset, record.value)
      consumer.markProcessed(record)
      if (enough) return
    }
  },
  batches: async (consumer, see) => {
    for await (const batch of consumer.batches({ signal: signal() })) {
      for (const record of batch) {
        const enough = see(record.offset, record.value)
        consumer.markProcessed(record)
        if (enough) return
      }
    }
  },
  'run with eachRecord': async (consumer, see) => {
    const end = new AbortController()
    await consumer.run({
      signal: AbortSignal.any([end.signal, signal()]),
      eachRecord({ offset, value }) {
        if (see(offset, value)) end.abort()
      },
    })
  },
  'run with eachBatch': async (consumer, see) => {
    const end = new AbortController()
    await consumer.run({
      signal: AbortSignal.any([end.signal, signal()]),
      eachBatch(batch) {
        batch.forEach(record => {
          if (see(record.offset, record.value)) end.abort()
          consumer.markProcessed(record)
        })
      },
    })
  },
  events: async (consumer, see) => {
    for await (const event of consumer.events({ signal: signal() })) {
      if (event.type === 'error' && event.severity === 'partition') throw event.error
      if (event.type !== 'record') continue
      const enough = see(event.record.offset, event.record.value)
      consumer.markProcessed(event.record)
      if (enough) return
    }
  },
  poll: async (consumer, see) => {
    for (;;)
      for (const record of await consumer.poll({ timeoutMs: 5_000 })) {
        const enough = see(record.offset, record.value)
        consumer.markProcessed(record)
        if (enough) return
      }
  },
}

function reader(options: Partial<ConsumerOptions<Buffer, number>>, ends = [15]) {
  const { consumer, ...rest } = setUp(ends, options as unknown as Partial<ConsumerOptions>)
  return { consumer: consumer as unknown as Reader, ...rest }
}

for (const [kind, valueSerde] of Object.entries(serdes)) {
  for (const [style, read] of Object.entries(styles)) {
    test(`${kind}, ${style}: poison is passed over and counted, and told of`, async () => {
      const events: ClientEvent[] = []
      const { consumer } = reader({ valueSerde, onPoison: 'skip', onEvent: event => events.push(event) })
      consumer.assign([{ ...place, offset: 0 }])
      const seen: (number | null)[] = []
      await read(consumer, (_, value) => seen.push(value) === good.length)
      assert.deepEqual(seen, good)
      assert.ok(consumer.poisonedRecords >= 3, `${consumer.poisonedRecords}`)
      const told = events.find(event => event.type === 'record.poisoned')!
      assert.deepEqual([told.subject, told.offset, told.part, told.count], ['t-0', 0, 'value', 1])
      assert.match(told.message, /passed over t-0 at offset 0, whose value cannot be read \(0 is poison\)/)
      await consumer.close()
    })

    test(`${kind}, ${style}: poison is handed over, in order, before what comes behind it`, async () => {
      const course: string[] = []
      const handed: PoisonRecord[] = []
      const onPoison = async (record: PoisonRecord) => {
        await new Promise(setImmediate)
        handed.push(record)
        course.push(`poison ${record.offset}`)
      }
      const { consumer } = reader({ valueSerde, onPoison })
      consumer.assign([{ ...place, offset: 0 }])
      await read(consumer, (offset, value) => course.push(`${offset} ${value}`) > 0 && offset === 13)
      assert.deepEqual(
        course.filter(step => !step.startsWith('poison')),
        good.map(offset => `${offset} ${offset}`),
      )
      assert.ok(course.indexOf('poison 6') < course.indexOf('8 8'))
      const [first] = handed
      assert.deepEqual([first!.topic, first!.partition, first!.offset, first!.part], ['t', 0, 0, 'value'])
      assert.equal(first!.value!.toString(), '0')
      assert.equal(first!.key, null)
      assert.ok(first!.error.cause instanceof TypeError)
      assert.deepEqual(handed.map(({ offset }) => offset).slice(0, 3), [0, 6, 7])
      await consumer.close()
    })

    test(`${kind}, ${style}: by default poison fails with its place, again and again, and a seek goes past it`, async () => {
      const { consumer } = reader({ valueSerde })
      consumer.assign([{ ...place, offset: 0 }])
      const seen = new Set<number | null>()
      const failures = new Map<number, number>()
      const isAtEnd = () => seen.has(13) && failures.get(14) === 2
      while (!isAtEnd()) {
        try {
          await read(consumer, (_, value) => {
            seen.add(value)
            return false
          })
          assert.fail('the loop ended')
        } catch (error) {
          assert.ok(error instanceof DeserializationError, String(error))
          assert.equal(error.code, 'DESERIALIZATION_FAILED')
          assert.equal(
            error.message,
            `t-0 at offset ${error.offset}: the value cannot be read: ${error.offset} is poison; seek to ${error.nextOffset} to go on behind it, or set onPoison`,
          )
          const times = (failures.get(error.offset) ?? 0) + 1
          failures.set(error.offset, times)
          if (times === 2) consumer.seek(error, error.nextOffset)
          else if (style === 'poll') consumer.rewind()
        }
      }
      assert.deepEqual([...failures.keys()], [...poisoned])
      for (const offset of good) assert.ok(seen.has(offset), `${offset} was lost`)
      await consumer.close()
    })
  }
}

test('what the function for poison throws is thrown at the loop, and the record comes again', async () => {
  let attempts = 0
  const { consumer } = reader({
    valueSerde: serdes['at once']!,
    onPoison: ({ offset }) => {
      if (offset === 6 && ++attempts < 3) throw new Error('the other topic is away')
    },
  })
  consumer.assign([{ ...place, offset: 0 }])
  const seen: number[] = []
  for (let failures = 0; seen.length < good.length; ) {
    try {
      await styles['records']!(consumer, offset => seen.push(offset) === good.length)
    } catch (error) {
      assert.match(String(error), /the other topic is away/)
      failures++
      assert.ok(failures < 3)
    }
  }
  assert.deepEqual(seen, good)
  assert.equal(attempts, 3)
  await consumer.close()
})

test('a batch ends where nothing could be decoded: handlers of batches get behind it when it has passed', async () => {
  let isAway = true
  const { consumer } = reader({
    valueSerde: {
      async: true,
      deserialize(bytes) {
        const value = Number(bytes.toString())
        if (isAway && value === 7) throw Object.assign(new Error('the registry is away'), { retriable: true })
        return value
      },
    },
  })
  consumer.assign([{ ...place, offset: 0 }])
  const seen: number[] = []
  const end = new AbortController()
  const run = () =>
    consumer.run({
      signal: AbortSignal.any([end.signal, signal()]),
      eachBatch(batch) {
        for (const { offset } of batch) seen.push(offset)
        if (seen.length >= 15) end.abort()
      },
    })
  for (let round = 0; round < 3; round++) await assert.rejects(run(), /the registry is away; it comes again/)
  isAway = false
  await run()
  assert.deepEqual(
    seen,
    Array.from({ length: 15 }, (_, offset) => offset),
  )
  await consumer.close()
})

test('what may pass by is no poison: it is thrown whatever the policy, and read when it has passed', async () => {
  let isAway = true
  let policies = 0
  const valueSerde: AsyncDeserializer<number> = {
    async: true,
    deserialize(bytes) {
      const value = Number(bytes.toString())
      if (isAway && value === 7) throw Object.assign(new Error('the registry is away'), { retriable: true })
      return value
    },
  }
  for (const onPoison of ['skip', () => void policies++] as const) {
    isAway = true
    const { consumer } = reader({ valueSerde, onPoison })
    consumer.assign([{ ...place, offset: 0 }])
    const seen: number[] = []
    const read = () => styles['records']!(consumer, offset => seen.push(offset) === 15)
    for (let round = 0; round < 2; round++) {
      await assert.rejects(read(), (error: DeserializationError) => {
        assert.match(
          error.message,
          /offset 7: the value cannot be read: the registry is away; it comes again$/,
        )
        return error.retriable
      })
    }
    isAway = false
    await read()
    assert.deepEqual(
      seen,
      Array.from({ length: 15 }, (_, offset) => offset),
    )
    assert.equal(consumer.poisonedRecords, 0)
    await consumer.close()
  }
  assert.equal(policies, 0)
})

test('a serde that never answers is told of after apiTimeoutMs, and asked again', async () => {
  const { consumer } = reader({
    apiTimeoutMs: 30,
    valueSerde: {
      async: true,
      deserialize: bytes => (bytes.toString() === '7' ? new Promise(() => {}) : Number(bytes.toString())),
    },
  })
  consumer.assign([{ ...place, offset: 0 }])
  const seen: number[] = []
  await assert.rejects(
    styles['records']!(consumer, offset => seen.push(offset) === 15),
    /t-0 at offset 7: the value cannot be read: its serde did not answer within apiTimeoutMs \(30\); it comes again/,
  )
  assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6])
  await consumer.close()
})

test('serdes are asked for many records at the same time, and the partition stays in order', async () => {
  let asked = 0
  let open = 0
  let openMax = 0
  const { consumer } = reader({
    valueSerde: {
      async: true,
      async deserialize(bytes) {
        asked++
        openMax = Math.max(openMax, ++open)
        await new Promise(setImmediate)
        open--
        return Number(bytes.toString())
      },
    },
  })
  consumer.assign([{ ...place, offset: 0 }])
  const seen: (number | null)[] = []
  await styles['records']!(consumer, (_, value) => seen.push(value) === 15)
  assert.deepEqual(
    seen,
    Array.from({ length: 15 }, (_, offset) => offset),
  )
  assert.equal(openMax, 5)
  assert.equal(asked, 15)
  await consumer.close()
})

test('records that come again are not decoded, or told of as poison, once more', async () => {
  let asked = 0
  const { consumer } = reader({
    onPoison: 'skip',
    valueSerde: {
      deserialize(bytes) {
        asked++
        return decode(bytes)
      },
    },
  })
  consumer.assign([{ ...place, offset: 5 }])
  for (let round = 0; round < 3; round++)
    for await (const { value } of consumer) {
      assert.equal(value, 5)
      break
    }
  assert.equal(asked, 5)
  assert.equal(consumer.poisonedRecords, 2)
  await consumer.close()
})

test('a seek while serdes work counts: nothing of before is handed out', async () => {
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  const { consumer } = reader({
    valueSerde: {
      async: true,
      async deserialize(bytes) {
        const value = Number(bytes.toString())
        if (value === 0) await held
        return value
      },
    },
  })
  consumer.assign([{ ...place, offset: 0 }])
  const first = consumer.poll({ timeoutMs: 5_000 })
  for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate)
  consumer.seek(place, 10)
  release()
  assert.deepEqual(
    (await first).map(({ offset }) => offset),
    [10, 11, 12, 13, 14],
  )
  await consumer.close()
})

test('serdes that answer at once are not asked before the record is looked at', async () => {
  let asked = 0
  const { consumer } = reader({
    valueSerde: {
      deserialize(bytes) {
        asked++
        return Number(bytes.toString())
      },
    },
  })
  consumer.assign([{ ...place, offset: 0 }])
  const records = await consumer.poll({ timeoutMs: 5_000 })
  assert.equal(asked, 0)
  assert.equal(records[0]!.value, 0)
  assert.equal(asked, 1)
  await consumer.close()
})
