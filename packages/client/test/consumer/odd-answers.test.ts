// What no broker should answer to a fetch, and a foreign or damaged one might: it is told, and breaks no rule of the consumer's own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32c, FetchApi } from '@millrace/protocol'
import { CorruptRecordError, ProtocolError } from '../../src/index.ts'
import { assertRun, setUp, take } from '../support/fake-partitions.ts'

const place = { topic: 't', partition: 0 }
const crcAt = 17
const lastOffsetDeltaAt = 23

function setLastOffsetDelta(bytes: Buffer, delta: number): void {
  bytes.writeInt32BE(delta, lastOffsetDeltaAt)
  bytes.writeUInt32BE(crc32c(bytes.subarray(crcAt + 4)) >>> 0, crcAt)
}

test('a partition that is answered twice has its records once', async () => {
  const { cluster, logs, consumer } = setUp([10])
  cluster.on(FetchApi, arrival => {
    const { responses, ...head } = logs.fetch(arrival)
    const twice = responses.map(({ topicId, partitions }) => ({
      topicId,
      partitions: [...partitions, ...partitions],
    }))
    return { ...head, responses: twice }
  })
  consumer.assign([{ ...place, offset: 0 }])
  assertRun(await take(consumer, 10), 0, 10)
  await consumer.close()
})

test('records before the offset that was asked for are told as what they are', async () => {
  const { cluster, logs, consumer } = setUp([10])
  cluster.on(FetchApi, arrival => {
    const { responses, ...head } = logs.fetch(arrival)
    return {
      ...head,
      responses: responses.map(({ topicId }) => ({ topicId, partitions: [logs.answer(0, 0)] })),
    }
  })
  consumer.assign([{ ...place, offset: 7 }])
  await assert.rejects(consumer.poll({ timeoutMs: 8_000 }), (error: Error) => {
    assert.ok(error instanceof ProtocolError)
    assert.match(error.message, /^t-0: a broker answers a fetch from offset 7 with records before it$/)
    return true
  })
  await consumer.close()
})

test('a batch that ends before it starts, or before its last record, is damaged', async () => {
  for (const [delta, good] of [
    [-3, 0],
    [1, 2],
  ] as const) {
    const { logs, consumer } = setUp([5])
    logs.damage = (_, bytes) => setLastOffsetDelta(bytes, delta)
    consumer.assign([{ ...place, offset: 0 }])
    if (good > 0) assertRun(await consumer.poll({ timeoutMs: 8_000 }), 0, good)
    await assert.rejects(consumer.poll({ timeoutMs: 8_000 }), (error: Error) => {
      assert.ok(error instanceof CorruptRecordError || error instanceof ProtocolError)
      return true
    })
    assert.equal(consumer.position(place), good)
    await consumer.close()
  }
})
