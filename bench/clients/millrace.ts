// Our client under measurement: awaited sends, many records or one at a time, or the fast path; batches or single records.
import { Consumer, Producer } from '@millrace/client'
import {
  ConsumeCounter,
  listOf,
  makeValue,
  measure,
  readRun,
  report,
  sendAwaited,
  topicsInTurn,
  warmUpRecords,
} from './measure.ts'

const run = readRun()
const brokers = [...run.brokers]

if (run.mode === 'produce') {
  const producer = new Producer({ brokers, clientId: 'bench-millrace', compression: run.codec })
  const value = makeValue(run.sizeBytes)
  const nextTopic = topicsInTurn(run)
  const send = (count: number) =>
    count === 1
      ? producer.send({ topic: nextTopic(), value })
      : producer.send(listOf(count, () => ({ topic: nextTopic(), value })))
  const enqueue = async (records: number) => {
    let topic = nextTopic()
    for (let sent = 0; sent < records; ) {
      if (producer.enqueue({ topic, value })) {
        sent++
        topic = nextTopic()
      } else await producer.ready()
    }
    await producer.flush()
  }
  const produce = run.variant === 'enqueue' ? enqueue : (records: number) => sendAwaited(run, records, send)
  await produce(warmUpRecords(run.records))
  report(await measure(run.records, () => produce(run.records)))
  await producer.close()
} else {
  const consumer = new Consumer({
    brokers,
    clientId: 'bench-millrace',
    groupId: `bench-${process.pid}-${Date.now()}`,
    autoOffsetReset: 'earliest',
    isolationLevel: run.readCommitted ? 'read_committed' : 'read_uncommitted',
    autoCommit: false,
  })
  consumer.subscribe(run.topics)
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
