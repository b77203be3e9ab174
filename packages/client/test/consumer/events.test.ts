// Event style: records, ends of partitions and errors in one stream, which no error that passes ends.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode, FetchApi, FindCoordinatorApi } from '@millrace/protocol'
import { type Consumer, type ConsumerEvent, CorruptRecordError, StateError } from '../../src/index.ts'
import { setUp } from '../support/fake-partitions.ts'

const place = { topic: 't', partition: 0 }
const signal = () => AbortSignal.timeout(8_000)

/** Events in short: an offset, an end, or an error's code with its severity. */
function short(event: ConsumerEvent): number | string {
  switch (event.type) {
    case 'record':
      return event.record.offset
    case 'partitionEnd':
      return `end ${event.offset}`
    case 'error':
      return `${(event.error as Error & { code?: string }).code ?? event.error.message} ${event.severity}`
  }
}

/** Takes events until one is `last`. */
async function takeUntil(consumer: Consumer, last: number | string): Promise<(number | string)[]> {
  const seen: (number | string)[] = []
  for await (const event of consumer.events({ signal: signal() })) {
    seen.push(short(event))
    if (event.type === 'record') consumer.markProcessed(event.record)
    if (seen.at(-1) === last) break
  }
  return seen
}

test('the end of a partition comes behind its last record, and again when it has moved', async () => {
  const { consumer, logs } = setUp([7], { fetchMaxWaitMs: 5 })
  consumer.assign([{ ...place, offset: 0 }])
  assert.deepEqual(await takeUntil(consumer, 'end 7'), [0, 1, 2, 3, 4, 5, 6, 'end 7'])
  logs.ends[0] = 9
  assert.deepEqual(await takeUntil(consumer, 'end 9'), [7, 8, 'end 9'])
  await consumer.close()
})

test('errors that pass are events between records', async () => {
  const { consumer, cluster, logs } = setUp([5], { fetchMaxWaitMs: 5, requestTimeoutMs: 500 })
  consumer.assign([{ ...place, offset: 0 }])
  const seen: (number | string)[] = []
  for await (const event of consumer.events({ signal: signal() })) {
    seen.push(short(event))
    if (seen.at(-1) === 'end 5') {
      cluster.down.add(1)
      cluster.cut(1)
      setTimeout(() => {
        cluster.down.delete(1)
        logs.ends[0] = 6
      }, 50)
    }
    if (seen.at(-1) === 5) break
  }
  assert.deepEqual(seen.slice(0, 6), [0, 1, 2, 3, 4, 'end 5'])
  const between = seen.slice(6, -1)
  assert.ok(between.includes('CONNECTION_CLOSED informational'), String(between))
  assert.ok(between.includes('CONNECT_FAILED informational'), String(between))
  await consumer.close()
})

test('a damaged batch is told once, holds up no other partition, and goes on behind a seek', async () => {
  const { consumer, logs } = setUp([10, 5], { fetchMaxWaitMs: 5 })
  logs.damage = (baseOffset, bytes) => {
    if (baseOffset === 5) bytes[bytes.length - 1]! ^= 1
  }
  consumer.assign([
    { topic: 't', partition: 0, offset: 0 },
    { topic: 't', partition: 1, offset: 0 },
  ])
  const seen: string[] = []
  for await (const event of consumer.events({ signal: signal() })) {
    if (event.type !== 'error') {
      const at = event.type === 'record' ? event.record : event
      seen.push(`${at.partition}:${event.type === 'record' ? at.offset : 'end'}`)
    } else {
      assert.ok(event.error instanceof CorruptRecordError)
      assert.deepEqual([event.severity, event.topic, event.partition], ['partition', 't', 0])
      seen.push('damage')
    }
    if (seen.at(-1) === 'damage')
      setTimeout(() => {
        logs.damage = undefined
        logs.ends[0] = 11
        consumer.seek(place, 10)
      }, 50)
    if (seen.at(-1) === '0:10') break
  }
  assert.equal(seen.filter(what => what === 'damage').length, 1, 'the loop does not spin over it')
  assert.ok(seen.indexOf('1:end') < seen.indexOf('0:10'))
  assert.deepEqual(
    seen.filter(what => what.startsWith('0:')),
    ['0:0', '0:1', '0:2', '0:3', '0:4', '0:10'],
  )
  await consumer.close()
})

test('an error that ends the membership is fatal, and the last event', async () => {
  const { consumer, cluster } = setUp([5], { groupId: 'g' })
  cluster.on(FindCoordinatorApi, ({ request }) => ({
    throttleTimeMs: 0,
    coordinators: request.coordinatorKeys.map(key => ({
      key,
      nodeId: -1,
      host: '',
      port: -1,
      errorCode: ErrorCode.GROUP_AUTHORIZATION_FAILED,
    })),
  }))
  consumer.subscribe('t')
  const seen: (number | string)[] = []
  for await (const event of consumer.events({ signal: signal() })) seen.push(short(event))
  assert.deepEqual(seen, ['GROUP_AUTHORIZATION_FAILED fatal'])
  await consumer.close()
})

test('pollEvent returns nothing when its time is over, and its record is processed with the next call', async () => {
  const { consumer, logs } = setUp([2], { fetchMaxWaitMs: 5 })
  consumer.assign([{ ...place, offset: 0 }])
  const next = async () => {
    const event = await consumer.pollEvent({ timeoutMs: 5_000 })
    return event && short(event)
  }
  assert.equal(await next(), 0)
  consumer.rewind()
  assert.equal(await next(), 0, 'what was in hand comes again')
  assert.equal(await next(), 1)
  assert.equal(await next(), 'end 2')
  assert.equal(await consumer.pollEvent({ timeoutMs: 20 }), undefined)
  const waiting = consumer.pollEvent({ timeoutMs: 5_000 })
  await assert.rejects(consumer.pollEvent(), StateError)
  logs.ends[0] = 3
  assert.equal(short((await waiting)!), 2)
  const stop = new AbortController()
  const stopped = consumer.pollEvent({ signal: stop.signal }).then(event => event && short(event))
  assert.equal(await stopped, 'end 3')
  const aborted = consumer.pollEvent({ signal: stop.signal })
  stop.abort(new Error('enough'))
  await assert.rejects(aborted, /enough/)
  await consumer.close()
})

test('what happened before anybody consumed by events is not told to who does', async () => {
  const { consumer, cluster, logs } = setUp([5], { fetchMaxWaitMs: 5, onWarning: () => {} })
  consumer.assign([{ ...place, offset: 0 }])
  let failures = 0
  cluster.on(FetchApi, arrival => {
    if (failures++ === 0)
      return { throttleTimeMs: 0, errorCode: ErrorCode.KAFKA_STORAGE_ERROR, responses: [] }
    return logs.fetch(arrival)
  })
  for await (const record of consumer.records({ signal: signal() })) if (record.offset === 1) break
  assert.deepEqual(await takeUntil(consumer, 'end 5'), [1, 2, 3, 4, 'end 5'])
  await consumer.close()
})
