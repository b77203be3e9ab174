// Our client under measurement: awaited sends of 1,000 records or the fast path, batches or single records.
import { Consumer, Producer } from '@millrace/client'
import {
  ConsumeCounter,
  makeValue,
  measure,
  readRun,
  report,
  sendInBatches,
  warmUpRecords,
} from './measure.ts'

const run = readRun()
const { brokers, topic } = run

if (run.mode === 'produce') {
  const producer = new Producer({ brokers: [...brokers], clientId: 'bench-millrace' })
  const value = makeValue(run.sizeBytes)
  const send = (count: number) => producer.send(Array.from({ length: count }, () => ({ topic, value })))
  const enqueue = async (records: number) => {
    for (let sent = 0; sent < records; ) {
      if (producer.enqueue({ topic, value })) sent++
      else await producer.ready()
    }
    await producer.flush()
  }
  const produce = run.variant === 'enqueue' ? enqueue : (records: number) => sendInBatches(records, send)
  await produce(warmUpRecords(run.records))
  report(await measure(run.records, () => produce(run.records)))
  await producer.close()
} else {
  const consumer = new Consumer({
    brokers: [...brokers],
    clientId: 'bench-millrace',
    groupId: `bench-${process.pid}-${Date.now()}`,
    autoOffsetReset: 'earliest',
    autoCommit: false,
  })
  consumer.subscribe(topic)
  const counter = new ConsumeCounter(run.records)
  let bytes = 0
  if (run.variant === 'record') {
    for await (const record of consumer) {
      bytes += record.value?.length ?? 0
      if (counter.add(1)) break
    }
  } else {
    for await (const batch of consumer.batches()) {
      let count = 0
      for (const record of batch) {
        bytes += record.value?.length ?? 0
        count++
      }
      batch.release()
      if (counter.add(count)) break
    }
  }
  report(await counter.done)
  if (bytes === 0) throw new Error('no bytes were read')
  await consumer.close()
}
process.exit(0)
