// What a record costs in the client alone, without a socket: a broker in memory answers at once. `node bench/micro/client.ts [name part]`
import { Consumer, Producer, type ProducerRecord } from '@millrace/client'
import { measure } from './measure.ts'
import { MemoryBroker, topic } from './memory-broker.ts'

async function producing(valueBytes: number, records: number): Promise<void> {
  const { network } = new MemoryBroker(valueBytes)
  const value = Buffer.alloc(valueBytes, 97)
  const keys = Array.from({ length: 1_000 }, (_, index) => `key-${index}`)
  const size = valueBytes === 1_024 ? '1 KiB' : `${valueBytes} B`
  for (const keyed of [false, true]) {
    await using producer = new Producer({ brokers: ['memory:1'], network })
    await producer.send({ topic, value: 'first' })
    const make = (index: number): ProducerRecord =>
      keyed ? { topic, key: keys[index % 1_000]!, value } : { topic, value }
    const what = `${size}${keyed ? ', keyed' : ''}`
    await measure(`enqueue, ${what}`, records, async () => {
      for (let index = 0; index < records; index++) {
        const record = make(index)
        while (!producer.enqueue(record)) await producer.ready()
      }
      await producer.flush()
    })
    const batch = Array.from({ length: 1_000 }, (_, index) => make(index))
    await measure(`sendBatch of 1,000, 5 at a time, ${what}`, records, async () => {
      let left = records / 1_000
      const worker = async () => {
        while (left-- > 0) await producer.sendBatch(batch)
      }
      await Promise.all(Array.from({ length: 5 }, worker))
    })
    await measure(`send of 1,000, 5 at a time, ${what}`, records, async () => {
      let left = records / 1_000
      const worker = async () => {
        while (left-- > 0) await producer.send(batch)
      }
      await Promise.all(Array.from({ length: 5 }, worker))
    })
  }
}

async function consuming(valueBytes: number, records: number): Promise<void> {
  const { network } = new MemoryBroker(valueBytes)
  const size = valueBytes === 1_024 ? '1 KiB' : `${valueBytes} B`
  let sink = 0
  const start = async (): Promise<Consumer> => {
    const consumer = new Consumer({ brokers: ['memory:1'], network })
    consumer.assign([{ topic, partition: 0, offset: 0 }])
    return consumer
  }
  await measure(`for await over batches, for over records, ${size}`, records, async () => {
    await using consumer = await start()
    let seen = 0
    for await (const batch of consumer.batches()) {
      for (const record of batch) {
        sink ^= record.value!.length
        seen++
      }
      if (seen >= records) break
    }
  })
  await measure(`for await over batches, forEach, ${size}`, records, async () => {
    await using consumer = await start()
    let seen = 0
    for await (const batch of consumer.batches()) {
      batch.forEach(record => {
        sink ^= record.value!.length
        seen++
      })
      if (seen >= records) break
    }
  })
  await measure(`for await over records, ${size}`, records, async () => {
    await using consumer = await start()
    let seen = 0
    for await (const record of consumer) {
      sink ^= record.value!.length
      if (++seen >= records) break
    }
  })
  await measure(`run, eachRecord that returns at once, ${size}`, records, async () => {
    await using consumer = await start()
    const controller = new AbortController()
    let seen = 0
    await consumer.run({
      signal: controller.signal,
      eachRecord: record => {
        sink ^= record.value!.length
        if (++seen === records) controller.abort()
      },
    })
  })
  if (sink === Number.POSITIVE_INFINITY) console.log(sink)
}

/** Each record travels alone, so that each pays for its own requests. */
async function alone(records: number): Promise<void> {
  const { network } = new MemoryBroker(100, true)
  {
    await using producer = new Producer({ brokers: ['memory:1'], network })
    await measure('alone, 100 B: await send', records, async () => {
      for (let index = 0; index < records; index++) await producer.send({ topic, value: 'a'.repeat(100) })
    })
  }
  for (const commits of [false, true]) {
    const what = commits ? ', each committed' : ''
    await measure(`alone, 100 B: for await over records${what}`, records, async () => {
      await using consumer = new Consumer({
        brokers: ['memory:1'],
        network,
        ...(commits && { groupId: 'bench', autoCommit: false }),
      })
      consumer.assign([{ topic, partition: 0, offset: 0 }])
      let seen = 0
      for await (const record of consumer) {
        if (commits) await consumer.commit()
        if (record.value && ++seen === records) break
      }
    })
  }
}

await alone(50_000)
await producing(100, 1_000_000)
await producing(1_024, 200_000)
await consuming(100, 1_000_000)
await consuming(1_024, 200_000)
