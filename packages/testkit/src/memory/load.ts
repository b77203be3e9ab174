// A process under full load: a producer whose buffer is always full, since its broker takes less than it writes, and two consumers whose handlers are slower than their
// fetches. Says each second how much memory it has: `node load.ts OPTIONS`, with `LoadOptions` as JSON; SIGTERM ends it.
import { setTimeout as sleep } from 'node:timers/promises'
import { Consumer, Producer } from '@millrace/client'
import type { MemorySample } from './budget.ts'
import { type LoadOptions, partitions, recordBytes, slowRecordsPerSecond } from './load-options.ts'

const options = JSON.parse(process.argv[2]!) as LoadOptions
const { brokers, topics, budgets } = options
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())

const producer = new Producer({
  brokers,
  clientId: options.producerId,
  bufferMemory: budgets.bufferMemory,
  // What the broker takes so slowly must not run out of time.
  deliveryTimeoutMs: 3_600_000,
})
const [first, second] = budgets.prefetchMaxBytes.map(
  prefetchMaxBytes => new Consumer({ brokers, prefetchMaxBytes }),
)
if (!first || !second) throw new Error('two consumers are wanted')

/** What handlers do for a while; it ends with the process. */
const pause = (ms: number) => sleep(ms, undefined, { signal: stop.signal }).catch(() => {})

/** As fast as there is room. */
async function produce(): Promise<void> {
  const value = Buffer.alloc(recordBytes, 'v')
  for (let number = 0; !stop.signal.aborted; ) {
    value.writeUInt32BE(number, 0)
    if (producer.enqueue({ topic: topics.live, value })) number++
    else await producer.ready(stop.signal).catch(() => {})
  }
}

/** Record by record, so many a second. */
async function consumeSlowly(consumer: Consumer): Promise<void> {
  consumer.assign(allOf('backlog'))
  const everyMs = 50
  const atATime = (slowRecordsPerSecond * everyMs) / 1_000
  let taken = 0
  await consumer.run({
    signal: stop.signal,
    eachRecord: async () => {
      if (++taken % atATime === 0) await pause(everyMs)
    },
  })
}

/** Batch by batch, each of which is in hand for a while: what it is when it is decompressed counts, too. */
async function holdBatches(consumer: Consumer): Promise<void> {
  consumer.assign(allOf('compressed'))
  await consumer.run({
    signal: stop.signal,
    eachBatch: async batch => {
      let records = 0
      for (const { value } of batch) records += value ? 1 : 0
      await pause((1_000 * records) / slowRecordsPerSecond)
    },
  })
}

const allOf = (topic: keyof typeof partitions) =>
  Array.from({ length: partitions[topic] }, (_, partition) => ({
    topic: topics[topic],
    partition,
    offset: 'earliest' as const,
  }))

function sample(seconds: number): MemorySample {
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
  const consumers = [first!.statistics, second!.statistics]
  return {
    seconds,
    rss,
    heapUsed,
    external,
    arrayBuffers,
    producing: producer.statistics.bufferedBytes,
    consuming: consumers.map(({ bufferedBytes }) => bufferedBytes),
    recordsProduced: producer.statistics.recordsDelivered,
    recordsConsumed: consumers.map(({ recordsConsumed }) => recordsConsumed),
  }
}

const startedAt = performance.now()
const timer = setInterval(() => {
  console.log(JSON.stringify(sample(Math.round((performance.now() - startedAt) / 1_000))))
}, 1_000)
await Promise.all([produce(), consumeSlowly(first), holdBatches(second)])
clearInterval(timer)
await Promise.all([producer.close({ timeoutMs: 0 }).catch(() => {}), first.close(), second.close()])
