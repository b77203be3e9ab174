// Handlers that compute: what they keep from running, and for how long. Heartbeats are timers of the same event loop.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Consumer, type ConsumerBatch, type ConsumerOptions, type ConsumerRecord } from '../../src/index.ts'
import { serveLoneMember } from '../support/fake-group.ts'
import { setUp } from '../support/fake-partitions.ts'

const heartbeatIntervalMs = 40

/** A member of a group with two hundred records that are fetched ahead before any is handed out. */
function setUpMember(options: Partial<ConsumerOptions> = {}) {
  const { cluster, consumer } = setUp([200], {
    groupId: 'g',
    heartbeatIntervalMs,
    sessionTimeoutMs: 10_000,
    autoOffsetReset: 'earliest',
    ...options,
  })
  return { consumer, group: serveLoneMember(cluster) }
}

/** Keeps the event loop to itself, as a handler does that computes. */
function compute(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

function longestSilence(heartbeats: readonly number[]): number {
  return Math.max(...heartbeats.slice(1).map((at, index) => at - heartbeats[index]!))
}

const signal = () => AbortSignal.timeout(20_000)
const handle = ({ offset }: ConsumerRecord): boolean => {
  compute(4)
  return offset === 199
}
const handleBatch = (batch: ConsumerBatch): boolean => {
  let isLast = false
  for (const record of batch) isLast = handle(record)
  return isLast
}

const styles: Record<string, (consumer: Consumer) => Promise<void>> = {
  records: async consumer => {
    for await (const record of consumer.records({ signal: signal() })) if (handle(record)) return
  },
  batches: async consumer => {
    for await (const batch of consumer.batches({ signal: signal() })) if (handleBatch(batch)) return
  },
  events: async consumer => {
    for await (const event of consumer.events({ signal: signal() }))
      if (event.type === 'record' && handle(event.record)) return
  },
  poll: async consumer => {
    for (;;) for (const record of await consumer.poll({ maxRecords: 3 })) if (handle(record)) return
  },
  'run by record': async consumer => {
    const end = new AbortController()
    await consumer.run({ signal: end.signal, eachRecord: record => void (handle(record) && end.abort()) })
  },
  'run by batch': async consumer => {
    const end = new AbortController()
    await consumer.run({ signal: end.signal, eachBatch: batch => void (handleBatch(batch) && end.abort()) })
  },
}

for (const [name, consume] of Object.entries(styles)) {
  test(`${name}: handlers that compute without a pause do not starve heartbeats`, async t => {
    const { consumer, group } = setUpMember()
    t.after(() => consumer.close())
    consumer.subscribe('t')
    // Everything is fetched ahead: nothing makes the loop wait.
    await consumer.poll({ timeoutMs: 5_000, maxRecords: 1 })
    consumer.rewind()
    await new Promise(resolve => setTimeout(resolve, 50))
    const first = group.heartbeats.length
    const since = performance.now()
    await consume(consumer)
    const tookMs = performance.now() - since
    // Without their turn there would be none of them in all that time, eight tenths of a second at least.
    const heartbeats = [since, ...group.heartbeats.slice(first), since + tookMs]
    assert.ok(heartbeats.length >= 6, `${heartbeats.length - 2} heartbeats in ${tookMs} ms`)
    const silence = longestSilence(heartbeats)
    assert.ok(silence < tookMs / 2, `${silence} of ${tookMs} ms without one`)
  })
}

test('one handler that blocks for two seconds delays heartbeats for as long, and the session goes on behind it', async t => {
  const { consumer, group } = setUpMember()
  t.after(() => consumer.close())
  consumer.subscribe('t')
  for await (const { offset } of consumer.records({ signal: signal() })) {
    if (offset === 0) {
      await new Promise(resolve => setTimeout(resolve, 3 * heartbeatIntervalMs))
      compute(2_000)
      await new Promise(resolve => setTimeout(resolve, 3 * heartbeatIntervalMs))
    }
    if (offset === 199) break
  }
  const silence = longestSilence(group.heartbeats)
  assert.ok(silence >= 1_900, `${silence} ms without a heartbeat`)
  assert.equal(group.generation, 1, 'the member was not put out of its group')
})
