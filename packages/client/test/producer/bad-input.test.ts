// What users do wrong with a producer: the mistake is named, and nothing else suffers from it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, InitProducerIdApi, ProduceApi, type ProduceRequest } from '@millrace/protocol'
import {
  defaultPartitioner,
  Producer,
  type ProducerOptions,
  type ProducerRecord,
  StateError,
} from '../../src/index.ts'
import { type Arrival, FakeCluster } from '../support/fake-broker.ts'

function setUp(options: Partial<ProducerOptions> = {}) {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  let requests = 0
  cluster.on(ProduceApi, ({ request }: Arrival<ProduceRequest>) => {
    requests++
    return {
      throttleTimeMs: 0,
      responses: request.topicData.map(({ name, topicId, partitionData }) => ({
        name,
        topicId,
        partitionResponses: partitionData.map(({ index }) => ({ index, errorCode: 0, baseOffset: 0 })),
      })),
    }
  })
  const producer = new Producer({ brokers: cluster.bootstrap, network: cluster.network, ...options })
  return { producer, requests: () => requests }
}

const wrong: [what: string, record: object, message: RegExp][] = [
  ['a header that is a number', { headers: { trace: 5 } }, /header "trace" .* is a number/],
  ['a header that is undefined', { headers: { trace: undefined } }, /header "trace" .* is undefined/],
  ['a header without a key', { headers: [{ value: 'v' }] }, /has no key/],
  ['a header that is null', { headers: [null] }, /has no key/],
  ['a Map for headers', { headers: new Map([['trace', 'x']]) }, /headers of a record are a Map/],
  ['text for headers', { headers: 'trace' }, /headers of a record are a string/],
  ['a topic that is left out', { topic: undefined }, /the topic of a record is undefined/],
  ['a topic that is a number', { topic: 5 }, /the topic of a record is 5/],
  ['a topic that is null', { topic: null }, /the topic of a record is null/],
  ['a topic with too long a name', { topic: 'x'.repeat(40_000) }, /has 40000 characters; 249 are allowed/],
  ['a timestamp that is no number', { timestamp: Number.NaN }, /timestamp .* is NaN/],
  ['a timestamp that is a Date', { timestamp: new Date(0) }, /timestamp .* is Thu Jan/],
  ['a timestamp before 1970', { timestamp: -1 }, /timestamp .* is -1/],
  [
    'a value that is left out',
    { value: undefined },
    /topic "t" has no value; for a tombstone write value: null/,
  ],
  [
    'a value under a misspelt name',
    { value: undefined, valeu: 'b' },
    /has a field "valeu"; did you mean "value"\?/,
  ],
  [
    'a list of messages, as for KafkaJS',
    { value: undefined, messages: [{ value: 'b' }] },
    /has a field "messages"; write the records themselves: send\(messages\.map\(/,
  ],
  ['a misspelt field beside a value', { partiton: 1 }, /has a field "partiton"; did you mean "partition"\?/],
  ['acks in a record', { acks: 1 }, /has a field "acks"; it is an option of the producer/],
  ['a field that resembles none', { colour: 'red' }, /"colour"; a record has topic, key, value, headers, /],
]

for (const [what, part, message] of wrong) {
  test(`${what} is refused, and the next record and close do not notice`, async () => {
    const { producer, requests } = setUp()
    const record = { topic: 't', value: 'v', ...part } as ProducerRecord
    // First as what would open a batch, then as what would join one.
    await assert.rejects(producer.send(record), message)
    const good = producer.send({ topic: 't', value: 'v' })
    await assert.rejects(producer.send(record), message)
    assert.equal((await good).offset, 0)
    await producer.close({ timeoutMs: 5_000 })
    assert.equal(requests(), 1)
    assert.equal(producer.statistics.recordsFailed, 0)
  })
}

for (const [what, part, message] of wrong) {
  test(`${what} among others is refused, and none of the others is written`, async () => {
    const { producer, requests } = setUp()
    const good = { topic: 't', value: 'v' }
    const bad = { ...good, ...part } as ProducerRecord
    // With a topic that is not looked up yet, and with one that is known.
    for (let round = 0; round < 2; round++) {
      await assert.rejects(producer.send([good, bad, good]), message)
      await assert.rejects(producer.sendBatch([good, bad, good]), message)
      assert.equal(producer.statistics.recordsEnqueued, round)
      await producer.send(good)
    }
    await producer.close()
    assert.equal(requests(), 2)
  })
}

test('a partition that there is not, a record too large, and what a serde throws over are found before any record is written', async () => {
  const plain = setUp({ maxRequestSize: 2000 })
  const good = { topic: 't', value: 'v' }
  const value = 'x'.repeat(3000)
  for (let round = 0; round < 2; round++) {
    await assert.rejects(
      plain.producer.send([good, { ...good, partition: 1 }]),
      /no partition 1 of topic "t"/,
    )
    await assert.rejects(plain.producer.sendBatch([good, { ...good, value }]), /larger than maxRequestSize/)
    assert.equal(plain.producer.statistics.recordsEnqueued, round)
    await plain.producer.send(good)
  }
  await plain.producer.close()
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  let calls = 0
  const serialize = (data: number) => {
    calls++
    if (data < 0) throw new RangeError('a negative number')
    return String(data)
  }
  const valueSerde = { serialize, deserialize: Number }
  const producer = new Producer<string, number>({
    brokers: cluster.bootstrap,
    network: cluster.network,
    valueSerde,
  })
  const records = [1, 2, -1].map(number => ({ topic: 't', value: number }))
  await assert.rejects(
    producer.send(records),
    /the value of a record for topic "t" cannot be written: a negative number/,
  )
  assert.equal(calls, 3)
  assert.equal(producer.statistics.recordsEnqueued, 0)
  await producer.close()
})

test('a record that its caller spoils while the call waits for its topic does not spoil the batch', async () => {
  const { producer } = setUp()
  const records: { topic: string; value: unknown }[] = ['a', 'b'].map(value => ({ topic: 't', value }))
  const sent = producer.sendBatch(records as ProducerRecord[])
  records[1]!.value = 5
  await assert.rejects(sent, /is a number; text and bytes can be written/)
  // Behind the first one, which was written by then.
  assert.equal((await producer.send({ topic: 't', value: 'c' })).offset, 1)
  await producer.close()
})

test('options that there are not, and none that are options, are refused with what there is', async () => {
  const { producer, requests } = setUp()
  const record = { topic: 't', value: 'v' }
  const calls: [call: string, run: (options: never) => Promise<unknown>][] = [
    ['send', options => producer.send(record, options)],
    ['sendBatch', options => producer.sendBatch([record], options)],
    ['flush', options => producer.flush(options)],
  ]
  for (const [call, run] of calls) {
    await assert.rejects(run(null as never), {
      name: 'StateError',
      message: `${call}: options is null: write { ${call === 'flush' ? 'signal' : 'signal, compression'} }`,
    })
    await assert.rejects(run({ sginal: undefined } as never), {
      name: 'StateError',
      message: `${call}: options has a field "sginal": did you mean "signal"?`,
    })
    await assert.rejects(run({ signal: 5 } as never), /options\.signal is 5: write the signal of an Abort/)
  }
  await assert.rejects(producer.ready({} as never), /^StateError: ready: signal is \{\}: write the signal/)
  await producer.close()
  assert.equal(requests(), 0)
})

test('what is no record at all is refused', async () => {
  const { producer } = setUp()
  for (const record of [null, undefined, 5]) {
    await assert.rejects(
      producer.send(record as never),
      /a record is (null|undefined|5); write \{ topic, value \}/,
    )
    await assert.rejects(producer.send([record as never]), StateError)
    assert.throws(() => producer.enqueue(record as never), StateError)
  }
  await producer.close()
})

test('headers may be null', async () => {
  const { producer } = setUp()
  await producer.send({ topic: 't', value: 'v', headers: null as never })
  await producer.close()
})

test('a batch that waits in vain for a producer id says why there is none', async () => {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  const { KAFKA_STORAGE_ERROR } = ErrorCode
  cluster.on(InitProducerIdApi, () => ({
    throttleTimeMs: 0,
    errorCode: KAFKA_STORAGE_ERROR,
    producerId: -1,
    producerEpoch: -1,
  }))
  const producer = new Producer({
    brokers: cluster.bootstrap,
    network: cluster.network,
    deliveryTimeoutMs: 200,
    retryBackoffMs: 5,
  })
  await assert.rejects(
    producer.send({ topic: 't', value: 'v' }),
    /never sent; last error: getting a producer id: KAFKA_STORAGE_ERROR/,
  )
  await producer.close({ timeoutMs: 0 })
})

test('a listener that throws costs no record its verdict', async t => {
  const warnings: unknown[] = []
  t.mock.method(process, 'emitWarning', (warning: unknown) => warnings.push(warning))
  const failure = new Error('from the listener')
  const { producer } = setUp({
    onDelivery: () => {
      throw failure
    },
  })
  assert.equal((await producer.send({ topic: 't', value: 'v' })).offset, 0)
  assert.equal((await producer.send({ topic: 't', value: 'v' })).offset, 0)
  await producer.close()
  assert.deepEqual(warnings, [failure, failure])
})

test('a send whose signal has aborted before sends nothing', async () => {
  const { producer, requests } = setUp()
  const reason = new Error('no longer wanted')
  const signal = AbortSignal.abort(reason)
  await assert.rejects(producer.send({ topic: 't', value: 'v' }, { signal }), reason)
  await assert.rejects(producer.sendBatch([{ topic: 't', value: 'v' }], { signal }), reason)
  await producer.close()
  assert.equal(requests(), 0)
})

test('an enqueued record with a wrong field is refused when it would open a batch', async () => {
  const { producer } = setUp()
  await producer.send({ topic: 't', value: 'v' })
  assert.throws(() => producer.enqueue({ topic: 't', valeu: 'b' } as never), /did you mean "value"\?/)
  assert.throws(
    () => producer.enqueue({ topic: 't', value: 'v', header: {} } as never),
    /did you mean "headers"\?/,
  )
  await producer.close()
})

test('what a consumed record has beside its content may stay in it', async () => {
  const { producer } = setUp()
  await producer.send({ offset: 5, timestampType: 'CreateTime', topic: 't', value: 'v' } as ProducerRecord)
  await producer.close()
})

test('an object around the records is refused with what to write', async () => {
  const { producer } = setUp()
  const given = { topicMessages: [] } as never
  await assert.rejects(producer.sendBatch(given), /the records are \{ topicMessages: \[\] \}; write a list/)
  await producer.close()
})

test('partition -1 means by key, for keys, and anywhere for none', async () => {
  const cluster = new FakeCluster()
  cluster.topic('t', [1, 1, 1, 1, 1, 1, 1, 1])
  cluster.on(ProduceApi, ({ request }: Arrival<ProduceRequest>) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => ({ index, errorCode: 0, baseOffset: 0 })),
    })),
  }))
  const producer = new Producer({ brokers: cluster.bootstrap, network: cluster.network })
  const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`)
  const sent = await producer.send(keys.map(key => ({ topic: 't', key, value: 'v', partition: -1 })))
  assert.deepEqual(
    sent.map(({ partition }) => partition),
    keys.map(key => defaultPartitioner({ topic: 't', key, value: 'v', headers: [] }, 8)),
  )
  assert.ok((await producer.send({ topic: 't', value: 'v', partition: -1 })).partition >= 0)
  for (const partition of [-2, 8, 1.5]) {
    await assert.rejects(
      producer.send({ topic: 't', value: 'v', partition }),
      new RegExp(`there is no partition ${partition} of topic "t": it has 8`),
    )
  }
  await producer.close()
})

test('a method that another client has says what to call instead', () => {
  const { producer } = setUp()
  const untyped = producer as unknown as Readonly<Record<string, () => void>>
  assert.throws(
    () => untyped['connect']!(),
    /Producer has no connect\(\): it connects on first use; leave the call out/,
  )
  assert.throws(() => untyped['disconnect']!(), /Producer has no disconnect\(\): call close\(\)/)
  assert.throws(() => untyped['produce']!(), /Producer has no produce\(\): call enqueue/)
  assert.deepEqual(Object.keys(producer), ['cluster'])
})

test('a list that its caller empties as soon as send has returned is written all the same', async () => {
  const { producer } = setUp()
  const fill = () => [1, 2, 3].map(() => ({ topic: 't', value: 'v' }))
  // The first ones wait for their topic; it is known to those behind them.
  for (let round = 0; round < 2; round++) {
    const lists = [fill(), fill()] as const
    const sent = producer.send(lists[0])
    const batch = producer.sendBatch(lists[1])
    for (const list of lists) list.length = 0
    assert.equal((await sent).length, 3)
    assert.equal((await batch)[0]?.recordCount, 3)
  }
  assert.equal(producer.statistics.recordsDelivered, 12)
  await assert.rejects(producer.close({ timeout: 5 } as never), /"timeout": did you mean "timeoutMs"/)
  await assert.rejects(producer.close({ timeoutMs: Number.NaN }), /timeoutMs is NaN/)
  await producer.close({ timeoutMs: Number.POSITIVE_INFINITY })
})
