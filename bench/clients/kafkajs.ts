// KafkaJS under measurement: `eachBatch` or `eachMessage`, and awaited sends of 1,000 records.
import { createRequire } from 'node:module'
import {
  ConsumeCounter,
  makeValue,
  measure,
  readRun,
  report,
  sendInBatches,
  warmUpRecords,
} from './measure.ts'

interface KafkaJs {
  Kafka: new (options: {
    brokers: readonly string[]
    clientId: string
    logLevel: number
  }) => {
    producer(options: { idempotent?: boolean; allowAutoTopicCreation: boolean }): {
      connect(): Promise<void>
      disconnect(): Promise<void>
      send(batch: { topic: string; acks: number; messages: readonly { value: Buffer }[] }): Promise<unknown>
    }
    consumer(options: { groupId: string; maxBytesPerPartition: number }): {
      connect(): Promise<void>
      disconnect(): Promise<void>
      subscribe(options: { topic: string; fromBeginning: boolean }): Promise<void>
      run(options: {
        autoCommit: boolean
        eachBatch?: (payload: { batch: { messages: readonly { value: Buffer | null }[] } }) => Promise<void>
        eachMessage?: (payload: { message: { value: Buffer | null } }) => Promise<void>
      }): Promise<void>
    }
  }
}

const run = readRun()
process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1'
const { Kafka } = createRequire(`${run.peers}/package.json`)('kafkajs') as KafkaJs
const kafka = new Kafka({ brokers: run.brokers, clientId: 'bench-kafkajs', logLevel: 0 })

if (run.mode === 'produce') {
  const producer = kafka.producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const value = makeValue(run.sizeBytes)
  const send = (count: number) =>
    producer.send({ topic: run.topic, acks: -1, messages: Array.from({ length: count }, () => ({ value })) })
  await sendInBatches(warmUpRecords(run.records), send)
  report(await measure(run.records, () => sendInBatches(run.records, send)))
  await producer.disconnect()
} else {
  const consumer = kafka.consumer({
    groupId: `bench-${process.pid}-${Date.now()}`,
    maxBytesPerPartition: 1024 * 1024,
  })
  await consumer.connect()
  await consumer.subscribe({ topic: run.topic, fromBeginning: true })
  const counter = new ConsumeCounter(run.records)
  let bytes = 0
  await consumer.run(
    run.variant === 'record'
      ? {
          autoCommit: false,
          eachMessage: async ({ message }) => {
            bytes += message.value?.length ?? 0
            counter.add(1)
          },
        }
      : {
          autoCommit: false,
          eachBatch: async ({ batch }) => {
            for (const message of batch.messages) bytes += message.value?.length ?? 0
            counter.add(batch.messages.length)
          },
        },
  )
  report(await counter.done)
  if (bytes === 0) throw new Error('no bytes were read')
  await consumer.disconnect()
}
process.exit(0)
