// Batches that a broker finds too large and that are divided: each part has its own outcome, and the numbers are those of the log.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, ProduceApi, type ProduceRequest } from '@millrace/protocol'
import { type DeliveryReport, Producer, type ProducerOptions } from '../../src/index.ts'
import { type Arrival, FakeCluster } from '../support/fake-broker.ts'
import { FakeLog } from '../support/fake-log.ts'

/** A broker that refuses every batch with a record that says `large`. */
function setUp(options: Partial<ProducerOptions> = {}) {
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
        ...(records![0]!.includes('large')
          ? { errorCode: ErrorCode.MESSAGE_TOO_LARGE }
          : log.append(records![0]!)),
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
