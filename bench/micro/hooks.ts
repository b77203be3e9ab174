// What it costs that somebody listens to a client: nobody, a diagnostics channel, hooks of every kind, a look at every record.
// `node bench/micro/hooks.ts [name part]`
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { type ClientHooks, Consumer, Producer } from '@millrace/client'
import { measure } from './measure.ts'
import { MemoryBroker, topic } from './memory-broker.ts'

const records = 1_000_000
const channels = ['connection', 'request', 'batch', 'fetch', 'handed-out', 'commit', 'retry', 'throttle']

let heard = 0
const hear = () => {
  heard++
}

/** Every fact, and nothing of single records. */
const facts: ClientHooks = {
  onConnection: hear,
  onRequest: hear,
  onThrottle: hear,
  onBatch: hear,
  onFetch: hear,
  onHandedOut: hear,
  onRebalance: hear,
  onCommit: hear,
  onRetry: hear,
  onTransaction: hear,
  onEvent: hear,
}

/** What tracing does, without what a tracer does: two headers for each record, and its outcome. */
const eachRecord: ClientHooks = {
  onSend({ headers }) {
    headers.push({ key: 'traceparent', value: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' })
    return hear
  },
  aroundRecord(_, __, handle) {
    hear()
    return handle()
  },
}

const listeners: readonly (readonly [
  name: string,
  hooks: readonly ClientHooks[],
  channels: readonly string[],
])[] = [
  ['nobody', [], []],
  ['all diagnostics channels', [], channels],
  ['hooks for all facts', [facts], []],
  ['hooks for each record', [eachRecord], []],
]

for (const [name, hooks, subscribed] of listeners) {
  const { network } = new MemoryBroker(100)
  const listen = () => hear()
  for (const channel of subscribed) subscribe(`millrace.client.${channel}`, listen)
  {
    await using producer = new Producer({ brokers: ['memory:1'], network, hooks })
    await producer.send({ topic, value: 'first' })
    const value = Buffer.alloc(100, 97)
    await measure(`enqueue, 100 B, heard by ${name}`, records, async () => {
      for (let index = 0; index < records; index++)
        while (!producer.enqueue({ topic, value })) await producer.ready()
      await producer.flush()
    })
  }
  await measure(`run, eachRecord, 100 B, heard by ${name}`, records, async () => {
    await using consumer = new Consumer({ brokers: ['memory:1'], network, hooks })
    consumer.assign([{ topic, partition: 0, offset: 0 }])
    const controller = new AbortController()
    let seen = 0
    await consumer.run({
      signal: controller.signal,
      eachRecord: () => {
        if (++seen === records) controller.abort()
      },
    })
  })
  const lone = new MemoryBroker(100, true).network
  {
    await using producer = new Producer({ brokers: ['memory:1'], network: lone, hooks })
    await measure(`await send, 100 B, heard by ${name}`, 50_000, async () => {
      for (let index = 0; index < 50_000; index++) await producer.send({ topic, value: 'a'.repeat(100) })
    })
  }
  for (const channel of subscribed) unsubscribe(`millrace.client.${channel}`, listen)
}
console.log(`${heard.toLocaleString('en')} times heard`)
