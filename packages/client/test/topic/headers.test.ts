// Headers with types: what a topic declares is written in its order and read back, and what does not fit is refused, by the compiler, on the way out and on the way in.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ProduceApi,
  type ProduceRequest,
  RecordBatchCursor,
  type RecordHeaderInit,
  readBatchHeader,
} from '@millrace/protocol'
import {
  type AnyTopic,
  type AsyncSerde,
  type ClientHooks,
  Consumer,
  DeserializationError,
  int32,
  json,
  nullable,
  optional,
  type PoisonRecord,
  Producer,
  type ProducerOptions,
  type RecordOf,
  SerializationError,
  StateError,
  string,
  topic,
} from '../../src/index.ts'
import { type Arrival, FakeCluster } from '../support/fake-broker.ts'
import { setUp as setUpPartitions } from '../support/fake-partitions.ts'

type Written = readonly (readonly [string, string | undefined])[]

const tenantAndMore = { tenant: string(), attempt: optional(int32()), reason: optional(nullable(string())) }
const orders = topic('t', { key: nullable(string()), value: string(), headers: tenantAndMore })

/** A producer, and the headers of what it has written. */
function setUpProducer(options: Partial<ProducerOptions> = {}) {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  const written: Written[] = []
  cluster.on(ProduceApi, ({ request }: Arrival<ProduceRequest>) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index, records }) => {
        const cursor = new RecordBatchCursor().open(readBatchHeader(records![0]!))
        while (cursor.next())
          written.push(cursor.headers().map(({ key, value }) => [key, value?.toString('latin1')]))
        return { index, errorCode: 0, baseOffset: 0 }
      }),
    })),
  }))
  const producer = new Producer({
    brokers: cluster.bootstrap,
    network: cluster.network,
    idempotence: false,
    ...options,
  })
  return { producer, written }
}

/** A consumer of 't', whose records have these headers. */
function setUpConsumer<T extends AnyTopic>(
  declared: T,
  headers: readonly (readonly RecordHeaderInit[])[],
  options: object = {},
) {
  const { consumer, logs } = setUpPartitions([headers.length], { topics: [declared], ...options } as never)
  logs.headersOf = offset => headers[offset]!
  consumer.assign([{ topic: 't', partition: 0, offset: 0 }])
  return consumer as unknown as Consumer<Buffer, Buffer, T>
}

async function read<T extends AnyTopic>(consumer: Consumer<Buffer, Buffer, T>, count: number) {
  const records: RecordOf<T>[] = []
  for await (const record of consumer.records({ signal: AbortSignal.timeout(5_000) })) {
    records.push(record)
    consumer.markProcessed(record)
    if (records.length === count) break
  }
  await consumer.close()
  return records
}

const int32Text = (value: number) => String.fromCharCode(0, 0, 0, value)

test('declared headers are written in the order of the definition, and those that may be missing can be left out', async () => {
  const { producer, written } = setUpProducer()
  await producer.send({ topic: orders, value: 'v', headers: { attempt: 2, tenant: 'acme' } })
  await producer.send([
    { topic: orders, value: 'v', headers: { tenant: 'acme' } },
    { topic: orders, value: 'v', headers: { tenant: 'acme', reason: null } },
    { topic: orders, value: 'v', headers: { tenant: 'acme', attempt: undefined, reason: 'late' } },
  ])
  assert.equal(producer.enqueue({ topic: orders, value: 'v', headers: { tenant: 'enqueued' } }), true)
  await producer.close()
  assert.deepEqual(written, [
    [
      ['tenant', 'acme'],
      ['attempt', int32Text(2)],
    ],
    [['tenant', 'acme']],
    [
      ['tenant', 'acme'],
      ['reason', undefined],
    ],
    [
      ['tenant', 'acme'],
      ['reason', 'late'],
    ],
    [['tenant', 'enqueued']],
  ])
})

test('what serdes and hooks add stands behind them, and hooks see only headers that are bytes and text', async () => {
  const seen: object[] = []
  const hook: ClientHooks = {
    onSend({ headers }) {
      seen.push([...headers])
      headers.push({ key: 'traceparent', value: '00-1' })
    },
  }
  for (const isAsync of [false, true]) {
    const marking: AsyncSerde<string> = {
      async: true,
      serialize(value, { part, header }, headers) {
        if (part === 'value') headers.add('schema-id', '7')
        else assert.deepEqual([part, header], ['header', 'tenant'])
        return Promise.resolve(value)
      },
      deserialize: bytes => bytes.toString(),
    }
    const serde = isAsync ? marking : { ...marking, async: false as const, serialize: addSchema }
    const typed = topic('t', { value: serde, headers: { tenant: isAsync ? marking : string() } } as never)
    const { producer, written } = setUpProducer({ hooks: [hook] })
    await producer.send({ topic: typed, value: 'v', headers: { tenant: 'acme' } } as never)
    await producer.close()
    assert.deepEqual(written, [
      [
        ['tenant', 'acme'],
        ['traceparent', '00-1'],
        ['schema-id', '7'],
      ],
    ])
  }
  assert.deepEqual(seen, [[], []])
})

function addSchema(value: string, _context: object, headers: { add(key: string, value: string): void }) {
  headers.add('schema-id', '7')
  return value
}

test('a list of headers is written as it is: what was consumed can be passed on', async () => {
  const { producer, written } = setUpProducer()
  const [record] = await read(
    setUpConsumer(orders, [
      [
        { key: 'other', value: 'x' },
        { key: 'tenant', value: 'acme' },
        { key: 'attempt', value: Buffer.from([0, 0, 0, 9]) },
      ],
    ]),
    1,
  )
  await producer.send({ topic: orders, value: 'v', headers: record!.headers })
  const incomplete = producer.send({ topic: orders, value: 'v', headers: [{ key: 'other', value: 'x' }] })
  await assert.rejects(
    incomplete,
    /the header "tenant" of a record for topic "t" cannot be written: it is missing/,
  )
  await producer.close()
  assert.deepEqual(written, [
    [
      ['other', 'x'],
      ['tenant', 'acme'],
      ['attempt', int32Text(9)],
    ],
  ])
})

test('headers that do not fit are refused by the compiler and by the client, and nothing is written', async () => {
  const { producer, written } = setUpProducer()
  const refuse = async (sent: Promise<unknown>, header: string | undefined, message: RegExp) =>
    assert.rejects(sent, (error: SerializationError) => {
      assert.ok(error instanceof (header === undefined ? StateError : SerializationError), String(error))
      assert.match(error.message, message)
      if (header !== undefined) assert.deepEqual([error.part, error.header], ['header', header])
      return true
    })
  // @ts-expect-error no headers
  await refuse(producer.send({ topic: orders, value: 'v' }), 'tenant', /it is missing; optional\(…\)/)
  const tenantless = { attempt: 1 }
  // @ts-expect-error no tenant
  await refuse(producer.send({ topic: orders, value: 'v', headers: tenantless }), 'tenant', /it is missing/)
  const wrongType = { tenant: 'a', attempt: 'x' }
  // @ts-expect-error text for a number
  await refuse(producer.send({ topic: orders, value: 'v', headers: wrongType }), 'attempt', /no whole number/)
  const noNull = { tenant: 'a', attempt: null }
  // @ts-expect-error null for a number
  await refuse(producer.send({ topic: orders, value: 'v', headers: noNull }), 'attempt', /nullable\(…\)/)
  const misspelt = { topic: orders, value: 'v', headers: { tenant: 'a', atempt: 1 } } as const
  await refuse(producer.send(misspelt), undefined, /have "atempt", .*did you mean "attempt"\?/)
  const unknown = { topic: orders, value: 'v', headers: { tenant: 'a', colour: 'red' } } as const
  await refuse(producer.send(unknown), undefined, /it has tenant, attempt, reason; a list .* may have others/)
  const map = { topic: orders, value: 'v', headers: new Map() } as never
  await refuse(producer.send(map), undefined, /write an object, or a list/)
  await producer.close()
  assert.deepEqual(written, [])
})

test('a record has its headers with their types, the last of several counts, and others stay beside them', async () => {
  const consumer = setUpConsumer(orders, [
    [
      { key: 'tenant', value: 'first' },
      { key: 'other', value: 'x' },
      { key: 'tenant', value: 'acme' },
      { key: 'attempt', value: Buffer.from([0, 0, 1, 0]) },
      { key: 'reason', value: null },
    ],
    [{ key: 'tenant', value: '' }],
  ])
  const [full, small] = await read(consumer, 2)
  const tenant: string = full!.typedHeaders.tenant
  const attempt: number | undefined = full!.typedHeaders.attempt
  const reason: string | null | undefined = full!.typedHeaders.reason
  assert.deepEqual([tenant, attempt, reason], ['acme', 256, null])
  assert.equal(full!.typedHeaders, full!.typedHeaders)
  assert.equal(full!.header('other'), 'x')
  assert.equal(full!.headers.length, 5)
  assert.deepEqual(small!.typedHeaders, { tenant: '' })
  const [plain] = await read(setUpConsumer(topic('t'), [[{ key: 'a', value: 'b' }]]), 1)
  assert.deepEqual(plain!.typedHeaders, {})
})

const lacking = [[{ key: 'tenant', value: 'a' }], [], [{ key: 'tenant', value: 'c' }]]
const short = [
  [{ key: 'tenant', value: 'a' }],
  [
    { key: 'tenant', value: 'b' },
    { key: 'attempt', value: 'xyz' },
  ],
  [{ key: 'tenant', value: 'c' }],
]

test('a header that is missing or cannot be read is thrown where it is read', async () => {
  const records = await read(setUpConsumer(orders, lacking), 3)
  for (let times = 0; times < 2; times++)
    assert.throws(
      () => records[1]!.typedHeaders,
      (error: Error) => {
        assert.ok(error instanceof DeserializationError)
        assert.deepEqual([error.part, error.header, error.offset], ['header', 'tenant', 1])
        assert.match(
          error.message,
          /^t-0 at offset 1: the header "tenant" cannot be read: it is missing; optional/,
        )
        return true
      },
    )
  const damaged = await read(setUpConsumer(orders, short), 3)
  assert.throws(() => damaged[1]!.typedHeaders, /the header "attempt" cannot be read/)
  assert.equal(damaged[1]!.value, '1')
})

test('a poisoned header is passed over or handed over as any other part, also by serdes that have to wait', async () => {
  const slow: AsyncSerde<string> = {
    async: true,
    serialize: value => value,
    deserialize: async bytes => bytes.toString(),
  }
  const patient = topic('t', { value: string(), headers: { ...tenantAndMore, tenant: slow } })
  for (const declared of [orders, patient] as const) {
    for (const [headers, name] of [
      [lacking, 'tenant'],
      [short, 'attempt'],
    ] as const) {
      const handed: PoisonRecord[] = []
      const skipping = setUpConsumer(declared as typeof orders, headers, { onPoison: 'skip' })
      const kept = await read(skipping, 2)
      assert.deepEqual(
        kept.map(({ typedHeaders }) => typedHeaders.tenant),
        ['a', 'c'],
      )
      assert.equal(skipping.poisonedRecords, 1)
      const handing = setUpConsumer(declared as typeof orders, headers, {
        onPoison: (record: PoisonRecord) => handed.push(record),
      })
      await read(handing, 2)
      assert.deepEqual(
        handed.map(({ offset, part, header }) => [offset, part, header]),
        [[1, 'header', name]],
      )
    }
  }
  const failing = setUpConsumer(patient, lacking)
  await assert.rejects(read(failing, 3), { code: 'DESERIALIZATION_FAILED', header: 'tenant' })
  await failing.close()
})

test('definitions that cannot be are refused', () => {
  const wrong: readonly [object, RegExp][] = [
    [{ headers: [] }, /definition.headers is \[\]: write an object of serdes by name/],
    [{ headers: { tenant: 'text' } }, /definition.headers.tenant is "text": write a serde/],
    [{ key: optional(string()) }, /definition.key is optional\(…\), .*write nullable\(…\)/],
    [{ value: optional(json()) }, /definition.value is optional\(…\)/],
  ]
  for (const [definition, message] of wrong) assert.throws(() => topic('t', definition as never), message)
})
