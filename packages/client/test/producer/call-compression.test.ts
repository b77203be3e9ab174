// The codec of a call: its records come into batches of that codec, and those of other calls do not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codecs, ErrorCode, ProduceApi, RecordBatchCursor, readBatchHeader } from '@millrace/protocol'
import { Producer, type ProducerOptions } from '../../src/index.ts'
import { FakeCluster } from '../support/fake-broker.ts'

/** Batches as they came, each with its codec and the values of its records. */
function setUp(options: Partial<ProducerOptions> = {}, refuse: (values: string[]) => boolean = () => false) {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  const batches: { codec: string; values: string[] }[] = []
  cluster.on(ProduceApi, ({ request }) => ({
    throttleTimeMs: 0,
    responses: request.topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index, records }) => {
        const header = readBatchHeader(records![0]!)
        const cursor = new RecordBatchCursor().open(header)
        const values: string[] = []
        while (cursor.next()) values.push(cursor.valueString() ?? '')
        if (refuse(values)) return { index, errorCode: ErrorCode.MESSAGE_TOO_LARGE, baseOffset: -1 }
        const codec = Object.entries(codecs).find(([, { id }]) => id === header.compression)
        batches.push({ codec: codec![0], values })
        return { index, errorCode: 0, baseOffset: batches.length }
      }),
    })),
  }))
  const producer = new Producer({ brokers: cluster.bootstrap, network: cluster.network, ...options })
  return { producer, batches }
}

const record = (value: string) => ({ topic: 't', value })

test('calls with codecs of their own share no batch with others, in either order', async () => {
  const { producer, batches } = setUp({ compression: 'snappy', lingerMs: 20 })
  await Promise.all([
    producer.send(record('a')),
    producer.send(record('b'), { compression: 'gzip' }),
    producer.sendBatch([record('c'), record('d')], { compression: 'gzip' }),
    producer.send(record('e')),
    producer.send(record('f'), { compression: 'none' }),
  ])
  assert.deepEqual(batches, [
    { codec: 'snappy', values: ['a'] },
    { codec: 'gzip', values: ['b', 'c', 'd'] },
    { codec: 'snappy', values: ['e'] },
    { codec: 'none', values: ['f'] },
  ])
  await producer.close()
})

test('a batch that is divided keeps its codec', async () => {
  const { producer, batches } = setUp({}, values => values.length > 2)
  await producer.sendBatch(['a', 'b', 'c', 'd'].map(record), { compression: 'lz4' })
  assert.deepEqual(batches, [
    { codec: 'lz4', values: ['a', 'b'] },
    { codec: 'lz4', values: ['c', 'd'] },
  ])
  await producer.close()
})

test('a codec that there is not is refused by name', async () => {
  const { producer, batches } = setUp()
  await assert.rejects(
    producer.send(record('a'), { compression: 'gzipp' as never }),
    /options\.compression is "gzipp": write one of none, gzip, snappy, lz4, zstd/,
  )
  assert.deepEqual(batches, [])
  await producer.close()
})
