// @platformatic/kafka under measurement: its stream by `data` events, and awaited sends of 1,000 records or one.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
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

interface Platformatic {
  Producer: new (
    options: Record<string, unknown>,
  ) => {
    send(options: {
      acks: number
      compression: string
      messages: readonly { topic: string; value: Buffer }[]
    }): Promise<unknown>
    close(): Promise<void>
  }
  Consumer: new (
    options: Record<string, unknown>,
  ) => {
    consume(
      options: Record<string, unknown>,
    ): Promise<{ on(event: 'data', take: (message: { value: Buffer }) => void): void }>
    close(force?: boolean): Promise<void>
  }
}

const run = readRun()
const entry = createRequire(`${run.peers}/package.json`).resolve('@platformatic/kafka')
const { Producer, Consumer } = (await import(pathToFileURL(entry).href)) as Platformatic

if (run.mode === 'produce') {
  const producer = new Producer({ clientId: 'bench-platformatic', bootstrapBrokers: run.brokers })
  const value = makeValue(run.sizeBytes)
  const nextTopic = topicsInTurn(run)
  const send = (count: number) =>
    producer.send({
      acks: -1,
      compression: run.codec,
      messages: listOf(count, () => ({ topic: nextTopic(), value })),
    })
  await sendAwaited(run, warmUpRecords(run.records), send)
  report(await measure(run.records, () => sendAwaited(run, run.records, send)))
  await producer.close()
} else {
  const consumer = new Consumer({
    clientId: 'bench-platformatic',
    groupId: `bench-${process.pid}-${Date.now()}`,
    bootstrapBrokers: run.brokers,
    maxBytes: 1024 * 1024,
  })
  const stream = await consumer.consume({
    topics: [...run.topics],
    isolationLevel: run.readCommitted ? 1 : 0,
    mode: 'earliest',
    autocommit: false,
    maxWaitTime: 500,
  })
  const counter = new ConsumeCounter(run.records)
  let bytes = 0
  stream.on('data', ({ value }) => {
    bytes += value.length
    counter.add(1)
  })
  report(await counter.done)
  if (bytes === 0) throw new Error('no bytes were read')
}
process.exit(0)
