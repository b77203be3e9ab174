// The listener of single records: each record once, with its place, time and fate, whichever way it came and whatever became of its batch.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, ProduceApi, type ProduceRequest } from '@millrace/protocol'
import {
  type AnyRecord,
  type DeliveryReport,
  json,
  Producer,
  type ProducerOptions,
  type RecordDeliveryReport,
  string,
  topic,
} from '../../src/index.ts'
import { type Arrival, FakeCluster, hangUp, silence } from '../support/fake-broker.ts'
import { FakeLog } from '../support/fake-log.ts'

type Verdict = { errorCode: number; baseOffset?: number } | typeof silence | typeof hangUp

/** A producer, a log behind `write`, and what the listener hears. */
function setUp(options: Partial<ProducerOptions> = {}, write?: (bytes: Buffer) => Verdict) {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  const log = new FakeLog()
  cluster.on(ProduceApi, ({ request }: Arrival<ProduceRequest>) => {
    const { name, topicId, partitionData } = request.topicData[0]!
    const { index, records } = partitionData[0]!
    const verdict = write?.(records![0]!) ?? log.append(records![0]!)
    if (typeof verdict === 'symbol') return verdict
    const partitionResponses = [{ index, baseOffset: -1, ...verdict }]
    return { throttleTimeMs: 0, responses: [{ name, topicId, partitionResponses }] }
  })
  const reports: RecordDeliveryReport[] = []
  const producer = new Producer({
    brokers: cluster.bootstrap,
    network: cluster.network,
    retryBackoffMs: 1,
    reconnectBackoffMs: 1,
    onRecordDelivery: report => reports.push(report),
    ...options,
  })
  return { cluster, log, producer, reports }
}

async function enqueue(producer: Producer, record: AnyRecord): Promise<void> {
  while (!producer.enqueue(record as never)) await producer.ready()
}

/** Every record has one report. */
function assertOnce(reports: readonly RecordDeliveryReport[], records: readonly AnyRecord[]): void {
  assert.equal(reports.length, records.length)
  assert.deepEqual(new Set(reports.map(({ record }) => record)), new Set(records))
}

const codeOf = (error: Error | undefined) => (error as { code?: string } | undefined)?.code

test('the listener gets each record that was handed in, with its tag, offset and timestamp, in order', async () => {
  const typed = topic('t', { key: string(), value: json<{ total: number }>() })
  const hook = { onSend: ({ headers }: { headers: object[] }) => void headers.push({ key: 'h', value: '1' }) }
  for (const options of [{}, { hooks: [hook] }]) {
    const { log, producer, reports } = setUp(options)
    const given: AnyRecord[] = [
      { topic: 't', value: 'enqueued', tag: 1, timestamp: 1_000 },
      { topic: 't', value: 'sent', tag: { any: 'thing' }, timestamp: 2_000 },
      { topic: 't', key: 'k', value: 'one', timestamp: 3_000, headers: { a: 'b' } },
      { topic: typed, key: 'k', value: { total: 4 }, timestamp: 4_000 },
      { topic: 't', value: 'in a batch', timestamp: 5_000 },
    ]
    await enqueue(producer, given[0]!)
    await producer.send(given[1] as never)
    await producer.send(given.slice(2, 4) as never[])
    await producer.sendBatch([given[4] as never])
    await producer.close()
    assert.equal(log.values.length, given.length)
    assert.deepEqual(
      reports.map(({ record }) => record),
      given,
    )
    for (const [index, report] of reports.entries()) {
      assert.equal(report.record, given[index])
      const { topic: name, partition, offset, timestamp, status, error } = report
      const expected = ['t', 0, index, (index + 1) * 1_000, 'persisted', undefined]
      assert.deepEqual([name, partition, offset, timestamp, status, error], expected)
    }
  }
})

test('a record without a timestamp is reported with the one that it got', async () => {
  const { producer, reports } = setUp()
  const before = Date.now()
  const { timestamp } = await producer.send({ topic: 't', value: 'x' })
  assert.equal(reports[0]!.timestamp, timestamp)
  assert.ok(timestamp >= before)
  await producer.close()
})

test('a batch that is divided has a report for each record, and an error for the one that is too large', async () => {
  const { log, producer, reports } = setUp({}, bytes =>
    bytes.includes('large') ? { errorCode: ErrorCode.MESSAGE_TOO_LARGE } : log.append(bytes),
  )
  const records = Array.from({ length: 60 }, (_, index) => ({
    topic: 't',
    value: index === 37 ? 'large' : `value-${index}`,
  }))
  for (const record of records) await enqueue(producer, record)
  await producer.flush()
  assertOnce(reports, records)
  for (const { record, offset, status, error } of reports) {
    const failed = record.value === 'large'
    assert.equal(codeOf(error), failed ? 'RECORD_TOO_LARGE' : undefined)
    assert.equal(status, failed ? 'not-persisted' : 'persisted')
    assert.equal(log.values[offset], failed ? undefined : record.value)
  }
  await producer.close()
})

test('the status tells what is in the log from what is not, and from what nobody knows', async () => {
  const cases: readonly (readonly [Partial<ProducerOptions>, (bytes: Buffer) => Verdict, string, string?])[] =
    [
      [{}, () => ({ errorCode: ErrorCode.INVALID_RECORD }), 'not-persisted', 'INVALID_RECORD'],
      [{ idempotence: false, retries: 0 }, () => hangUp, 'possibly-persisted', 'CONNECTION_CLOSED'],
      [{ deliveryTimeoutMs: 50 }, () => silence, 'possibly-persisted', 'DELIVERY_TIMEOUT'],
      [{ acks: 0 }, () => silence, 'possibly-persisted'],
    ]
  for (const [options, write, status, code] of cases) {
    const { producer, reports } = setUp(options, write)
    await producer.send({ topic: 't', value: 'x' }).catch(() => {})
    assert.deepEqual(
      reports.map(report => [report.status, codeOf(report.error), report.offset]),
      [[status, code, -1]],
    )
    await producer.close({ timeoutMs: 0 }).catch(() => {})
  }
})

test('only failures are reported where that is wanted, of batches and of records', async () => {
  const batches: number[] = []
  const { log, producer, reports } = setUp(
    {
      'delivery.report.only.error': 'true',
      onDelivery: ({ recordCount }: DeliveryReport) => batches.push(recordCount),
    } as Partial<ProducerOptions>,
    bytes => (bytes.includes('bad') ? { errorCode: ErrorCode.INVALID_RECORD } : log.append(bytes)),
  )
  await producer.send({ topic: 't', value: 'good' })
  await enqueue(producer, { topic: 't', value: 'bad' })
  await producer.flush()
  assert.deepEqual(
    reports.map(({ record, error }) => [record.value, codeOf(error)]),
    [['bad', 'INVALID_RECORD']],
  )
  assert.deepEqual(batches, [1])
  await producer.close()
})

test('what a serde refuses of an enqueued record is told of that record, which has no place', async () => {
  const { producer, reports } = setUp()
  await producer.send({ topic: 't', value: 'first' })
  const refusing = topic('t', {
    value: {
      async: true,
      serialize: (value: string) => Promise.reject(new Error(`${value} is refused`)),
      deserialize: (bytes: Buffer) => bytes.toString(),
    },
  })
  const record = { topic: refusing, value: 'a', tag: 7 }
  assert.equal(producer.enqueue(record), true)
  await producer.flush()
  const { record: told, topic: name, partition, offset, timestamp, status, error } = reports[1]!
  assert.equal(told, record)
  assert.deepEqual([name, partition, offset, timestamp, status], ['t', -1, -1, -1, 'not-persisted'])
  assert.equal(codeOf(error), 'SERIALIZATION_FAILED')
  await producer.close()
})

test('a call that is refused as a whole is told to its caller alone', async () => {
  const { producer, reports } = setUp({ maxRequestSize: 2_000 })
  const large = { topic: 't', value: 'x'.repeat(3_000) }
  await assert.rejects(producer.send([{ topic: 't', value: 'small' }, large]), { code: 'RECORD_TOO_LARGE' })
  await producer.send({ topic: 't', value: 'known' })
  assert.throws(() => producer.enqueue(large), { code: 'RECORD_TOO_LARGE' })
  assert.deepEqual(
    reports.map(({ record }) => record.value),
    ['known'],
  )
  await producer.close()
})

test('a call that ends in the middle has a report for each of its records', async () => {
  const { producer, reports } = setUp({ bufferMemory: 500, batchSize: 200 }, () => silence)
  const records = Array.from({ length: 50 }, (_, index) => ({ topic: 't', value: `value-${index}` }))
  const sent = assert.rejects(producer.send(records), { code: 'CLOSED' })
  while (producer.statistics.recordsEnqueued === 0) await new Promise(resolve => setImmediate(resolve))
  await producer.close({ timeoutMs: 20 })
  await sent
  assertOnce(reports, records)
  assert.ok(reports.every(({ error }) => codeOf(error) === 'CLOSED'))
  const unsent = reports.filter(({ partition }) => partition === -1)
  assert.ok(unsent.length > 0 && unsent.length < records.length, `${unsent.length}`)
})

test('a listener that throws harms neither the other records nor those who wait', async () => {
  const warnings: string[] = []
  const onWarning = (warning: Error) => warnings.push(warning.message)
  process.on('warning', onWarning)
  const heard: unknown[] = []
  const { producer } = setUp({
    onRecordDelivery: ({ record }) => {
      heard.push(record.value)
      throw new Error(`boom ${String(record.value)}`)
    },
  })
  const results = await producer.send(['a', 'b', 'c'].map(value => ({ topic: 't', value })))
  assert.deepEqual(
    results.map(({ offset }) => offset),
    [0, 1, 2],
  )
  await producer.close()
  await new Promise(setImmediate)
  process.off('warning', onWarning)
  assert.deepEqual(heard, ['a', 'b', 'c'])
  assert.deepEqual(warnings, ['boom a', 'boom b', 'boom c'])
})

test('flush leaves failures to the listener', async () => {
  const { producer, reports } = setUp({}, () => ({ errorCode: ErrorCode.INVALID_RECORD }))
  await enqueue(producer, { topic: 't', value: 'bad' })
  await producer.flush()
  assert.equal(codeOf(reports[0]!.error), 'INVALID_RECORD')
  await producer.close()
})
