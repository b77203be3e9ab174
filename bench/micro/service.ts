// What a service costs on top of the client: no-op handlers against bare loops over the same records. `node bench/micro/service.ts [name part]`
import { type AnyTopic, Admin, Consumer, json, Producer, string, throwFirst, topic } from '@millrace/client'
import { events, Service } from '@millrace/service'
import { startBroker } from './broker-process.ts'
import { measure } from './measure.ts'

const records = 300_000
const note = 'x'.repeat(60)

interface Noted {
  readonly n: number
  readonly note: string
}

const ofEvents = events('events', { noted: json<Noted>() }, { key: string(), partitions: 1 })
const ofValues = topic('values', { key: string(), value: json<Noted>(), partitions: 1 })

let serial = 0
let sink = 0

async function fill(brokers: readonly string[]): Promise<void> {
  const admin = new Admin({ brokers })
  throwFirst(await admin.createTopics([ofEvents, ofValues]))
  admin.close()
  const producer = new Producer({ brokers })
  for (let n = 0; n < records; n++) {
    const key = `user-${n % 1_000}`
    while (!producer.enqueue({ topic: ofEvents, key, value: { type: 'noted', data: { n, note } } }))
      await producer.ready()
    while (!producer.enqueue({ topic: ofValues, key, value: { n, note } })) await producer.ready()
  }
  await producer.close()
}

type Each = (consumer: Consumer<Buffer, Buffer, AnyTopic>, seen: () => boolean) => Promise<void>

async function bare(brokers: readonly string[], of: AnyTopic, each: Each): Promise<void> {
  const groupId = `bare-${++serial}`
  const consumer = new Consumer<Buffer, Buffer, AnyTopic>({
    brokers,
    groupId,
    topics: [of],
    autoOffsetReset: 'earliest',
  })
  consumer.subscribe()
  let count = 0
  await each(consumer, () => ++count < records)
  await consumer.close()
}

const byBatch: Each = async (consumer, more) => {
  for await (const batch of consumer.batches()) {
    for (const record of batch) {
      sink ^= (record.value as { n?: number }).n ?? 0
      if (!more()) return
    }
  }
}

const byRecord: Each = async (consumer, more) => {
  for await (const record of consumer) {
    sink ^= (record.value as { n?: number }).n ?? 0
    if (!more()) return
  }
}

const byAsyncHandler: Each = async (consumer, more) => {
  const stop = new AbortController()
  await consumer.run({
    signal: stop.signal,
    eachRecord: async record => {
      sink ^= (record.value as { n?: number }).n ?? 0
      if (!more()) stop.abort()
    },
  })
}

async function served(
  brokers: readonly string[],
  declare: (service: Service, seen: (count?: number) => void) => void,
): Promise<void> {
  const service = new Service({ name: `service-${++serial}`, brokers, createTopics: 'none' })
  let count = 0
  await new Promise<void>((resolve, reject) => {
    declare(service, (more = 1) => {
      count += more
      if (count >= records) resolve()
    })
    service.start().catch(reject)
  })
  await service.stop()
}

const broker = await startBroker()
const { brokers } = broker
try {
  await fill(brokers)
  const everything = { deadLetter: true, retry: { attempts: 3, topicDelaysMs: [1_000] } } as const
  for (const [what, of] of [
    ['events', ofEvents],
    ['values', ofValues],
  ] as const) {
    await measure(`bare: batches, ${what}`, records, () => bare(brokers, of, byBatch))
    await measure(`service: handleBatch, ${what}`, records, () =>
      served(brokers, (service, seen) => {
        service.handleBatch(of as typeof ofValues, items => seen(items.length), everything)
      }),
    )
    await measure(`bare: records, ${what}`, records, () => bare(brokers, of, byRecord))
    const once = (handler: (seen: () => void) => () => void | Promise<void>) => (): Promise<void> =>
      served(brokers, (service, seen) => {
        const handle = handler(seen)
        if (what === 'events') service.handle(ofEvents, { noted: handle }, everything)
        else service.handle(ofValues, handle, everything)
      })
    await measure(
      `service: handle at once, ${what}`,
      records,
      once(seen => () => seen()),
    )
    await measure(`bare: run, async handler, ${what}`, records, () => bare(brokers, of, byAsyncHandler))
    await measure(
      `service: handle async, ${what}`,
      records,
      once(seen => async () => seen()),
    )
  }
  await measure('service: handle async by key, events', records, () =>
    served(brokers, (service, seen) => {
      service.handle(
        ofEvents,
        { noted: async () => seen() },
        { ...everything, concurrency: { by: 'key', max: 100 } },
      )
    }),
  )
  if (sink === Number.POSITIVE_INFINITY) console.log(sink)
} finally {
  await broker.stop()
}
