// How large batches become while brokers are busy.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProduceApi, type ProduceRequest, readBatchHeader } from '@millrace/protocol'
import { Producer, type ProducerOptions } from '@millrace/client'
import { type Arrival, FakeCluster } from '../support/fake-broker.ts'

const full = 131_072
const most = 1_000_000

/** A broker that answers one request at a time, and finds batches beyond `limit` too large. */
function setUp(options: Partial<ProducerOptions> = {}, limit = Number.POSITIVE_INFINITY) {
  const cluster = new FakeCluster()
  cluster.topic('t', [1])
  const sizes: number[] = []
  let records = 0
  cluster.on(ProduceApi, async ({ request }: Arrival<ProduceRequest>) => {
    await new Promise(resolve => setTimeout(resolve, 1))
    return {
      throttleTimeMs: 0,
      responses: request.topicData.map(({ name, topicId, partitionData }) => ({
        name,
        topicId,
        partitionResponses: partitionData.map(({ index, records: chunks }) => {
          const batch = chunks![0]!
          sizes.push(batch.length)
          if (batch.length > limit) return { index, errorCode: 10, baseOffset: -1 }
          const baseOffset = records
          records += readBatchHeader(Buffer.from(batch)).recordCount
          return { index, errorCode: 0, baseOffset }
        }),
      })),
    }
  })
  const producer = new Producer({ brokers: cluster.bootstrap, network: cluster.network, ...options })
  return { producer, sizes, stored: () => records }
}

async function enqueue(producer: Producer, count: number, bytes: number): Promise<void> {
  const value = Buffer.alloc(bytes, 'v')
  for (let sent = 0; sent < count; ) {
    if (producer.enqueue({ topic: 't', value })) sent++
    else await producer.ready()
  }
  await producer.flush()
}

test('while a broker is busy batches grow, and no further than to their limit', async () => {
  const { producer, sizes, stored } = setUp()
  await enqueue(producer, 8000, 1000)
  await producer.close()
  assert.equal(stored(), 8000)
  assert.ok(Math.max(...sizes) > 6 * full, sizes.join(' '))
  assert.ok(Math.max(...sizes) <= most, sizes.join(' '))
})

test('the more requests a broker has to answer, the larger is the next one', async () => {
  const { producer, sizes } = setUp()
  const value = Buffer.alloc(1000)
  await producer.send({ topic: 't', value })
  // In one turn: nothing is answered, and five requests are on the wire in the end.
  for (let index = 0; index < 3700; index++) assert.ok(producer.enqueue({ topic: 't', value }))
  await producer.close()
  const [, first, second, ...others] = sizes
  assert.ok(first! > 0.9 * full && first! <= full, sizes.join(' '))
  assert.ok(second! > 3.9 * full && second! <= 4 * full, sizes.join(' '))
  assert.ok(others[0]! > 0.99 * most && others[0]! <= most, sizes.join(' '))
})

test('a size that was asked for is kept', async () => {
  const { producer, sizes, stored } = setUp({ batchSize: 50_000 })
  await enqueue(producer, 2000, 1000)
  await producer.close()
  assert.equal(stored(), 2000)
  assert.ok(Math.max(...sizes) <= 50_000, sizes.join(' '))
})

test('where a broker takes less than that, batches are divided once and then stay small', async () => {
  const { producer, sizes, stored } = setUp({}, 200_000)
  await enqueue(producer, 8000, 1000)
  const before = sizes.length
  await enqueue(producer, 4000, 1000)
  await producer.close()
  assert.equal(stored(), 12_000)
  assert.ok(sizes.some(size => size > 200_000))
  assert.ok(Math.max(...sizes.slice(before)) <= full, sizes.slice(before).join(' '))
})

test('small requests are never exceeded by batches that grow', async () => {
  const { producer, sizes } = setUp({ maxRequestSize: 200_000 })
  await enqueue(producer, 3000, 1000)
  await producer.close()
  assert.ok(Math.max(...sizes) > full && Math.max(...sizes) <= 200_000, sizes.join(' '))
})
