// Batches that a broker refuses as they are and that are divided: each part has its own outcome, and the numbers are those of the log.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ErrorCode,
  ProduceApi,
  type ProduceRequest,
  RecordBatchCursor,
  readBatchHeader,
} from '@millrace/protocol'
import { type BrokerError, type DeliveryReport, Producer, type ProducerOptions } from '../../src/index.ts'
import { type Arrival, FakeCluster } from '../support/fake-broker.ts'
import { FakeLog } from '../support/fake-log.ts'

/** Finds batches too large that have a record which says `large`. */
const refuseLarge = (bytes: Buffer) =>
  bytes.includes('large') ? { errorCode: ErrorCode.MESSAGE_TOO_LARGE } : undefined

/** Refuses batches with records that say `bad`, and names those (KIP-467). */
function refuseBad(bytes: Buffer) {
  const cursor = new RecordBatchCursor().open(readBatchHeader(bytes))
  const recordErrors = []
  for (let batchIndex = 0; cursor.next(); batchIndex++)
    if (cursor.valueString() === 'bad')
      recordErrors.push({ batchIndex, batchIndexErrorMessage: `no ${batchIndex}` })
  return recordErrors.length > 0
    ? { errorCode: ErrorCode.INVALID_RECORD, errorMessage: 'some are bad', recordErrors }
    : undefined
}

/** A broker that refuses batches as said. */
function setUp(
  options: Partial<ProducerOptions> = {},
  refuse: typeof refuseLarge | typeof refuseBad = refuseLarge,
) {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  const log = new FakeLog()
  cluster.on(ProduceApi, ({ request }: Arrival<ProduceRequest>) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index, records }) => ({
        index,
        baseOffset: -1,
        ...(refuse(records![0]!) ?? log.append(records![0]!)),
      })),
    })),
  }))
  const producer = new Producer({ brokers: cluster.bootstrap, network: cluster.network, ...options })
  return { log, producer }
}

const values = Array.from({ length: 60 }, (_, index) => (index === 37 ? 'large' : `value-${index}`))

async function enqueueAll(producer: Producer): Promise<void> {
  for (const value of values) while (!producer.enqueue({ topic: 't', value })) await producer.ready()
}

test('the listener hears of each part of a divided batch, with its own records, offsets and error', async () => {
  const reports: DeliveryReport[] = []
  const { log, producer } = setUp({ onDelivery: report => reports.push(report) })
  await enqueueAll(producer)
  await producer.flush()
  const written = reports.filter(({ error }) => error === undefined)
  const failed = reports.filter(({ error }) => error !== undefined)
  assert.deepEqual(
    failed.map(({ recordCount, baseOffset, error }) => [
      recordCount,
      baseOffset,
      (error as { code?: string }).code,
    ]),
    [[1, -1, 'RECORD_TOO_LARGE']],
  )
  const offsets = written.flatMap(({ baseOffset, recordCount }) =>
    Array.from({ length: recordCount }, (_, index) => baseOffset + index),
  )
  assert.deepEqual(
    offsets.sort((a, b) => a - b),
    log.values.map((_, offset) => offset),
  )
  assert.equal(log.values.length, 59)
  assert.equal(producer.statistics.recordsDelivered, 59)
  assert.equal(producer.statistics.recordsFailed, 1)
  assert.equal(producer.statistics.batchesDelivered, written.length)
  assert.equal(producer.statistics.batchesFailed, 1)
  await producer.close()
})

test('without a listener flush throws what one part of a divided batch came to', async () => {
  const { producer } = setUp()
  await enqueueAll(producer)
  await assert.rejects(producer.flush(), { code: 'RECORD_TOO_LARGE' })
  assert.equal(producer.statistics.recordsDelivered, 59)
  assert.equal(producer.statistics.recordsFailed, 1)
  await producer.close()
})

test('the parts of a divided batch stay in their order without idempotence, too', async () => {
  const { log, producer } = setUp({ idempotence: false, onDelivery: () => {} })
  await enqueueAll(producer)
  await producer.flush()
  assert.deepEqual(
    log.values,
    values.filter(value => value !== 'large'),
  )
  await producer.close()
})

for (const idempotence of [true, false]) {
  test(`records that the broker names as faulty fail, and those that share their batch are written, in order: ${idempotence}`, async () => {
    const { log, producer } = setUp({ idempotence }, refuseBad)
    const isBad = (index: number) => index === 0 || index === 7 || index === 8
    const sends = (round: string) =>
      Array.from({ length: 20 }, (_, index) =>
        producer.send({ topic: 't', value: isBad(index) ? 'bad' : `${round}${index}` }),
      )
    const results = await Promise.allSettled([...sends('a'), ...sends('b')])
    const good = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
    const errors = results.flatMap((result, index) =>
      result.status === 'rejected' ? [[index, (result.reason as BrokerError).errorCode]] : [],
    )
    assert.deepEqual(
      errors,
      [0, 7, 8, 20, 27, 28].map(index => [index, ErrorCode.INVALID_RECORD]),
    )
    const expected = ['a', 'b'].flatMap(round =>
      Array.from({ length: 20 }, (_, index) => `${round}${index}`).filter((_, index) => !isBad(index)),
    )
    assert.deepEqual(log.values, expected)
    assert.deepEqual(
      good.map(({ offset }) => offset),
      expected.map((_, offset) => offset),
    )
    await producer.close()
  })
}

test('a batch fails as a whole where all of it is faulty, or so many parts of it that dividing it would not pay', async () => {
  for (const isBad of [() => true, (index: number) => index % 2 === 0]) {
    const { log, producer } = setUp({}, refuseBad)
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        producer.send({ topic: 't', value: isBad(index) ? 'bad' : 'good' }),
      ),
    )
    assert.equal(results.filter(({ status }) => status === 'rejected').length, 100)
    assert.deepEqual(log.values, [])
    await producer.close()
  }
})
