// KafkaJS under measurement, or without `--peers` the same program on our door for its API: `eachBatch` or `eachMessage`, and awaited sends of 1,000 records or one.
import { createRequire } from 'node:module'
import { codecs } from '@millrace/protocol'
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

interface KafkaJs {
  Kafka: new (options: {
    brokers: readonly string[]
    clientId: string
    logLevel: number
  }) => {
    producer(options: { idempotent?: boolean; allowAutoTopicCreation: boolean }): {
      connect(): Promise<void>
      disconnect(): Promise<void>
      sendBatch(batch: {
        acks: number
        compression: number
        topicMessages: readonly { topic: string; messages: readonly { value: Buffer }[] }[]
      }): Promise<unknown>
    }
    consumer(options: { groupId: string; maxBytesPerPartition: number; readUncommitted: boolean }): {
      connect(): Promise<void>
      disconnect(): Promise<void>
      subscribe(options: { topics: readonly string[]; fromBeginning: boolean }): Promise<void>
      run(options: {
        autoCommit: boolean
        eachBatch?: (payload: { batch: { messages: readonly { value: Buffer | null }[] } }) => Promise<void>
        eachMessage?: (payload: { message: { value: Buffer | null } }) => Promise<void>
      }): Promise<void>
    }
  }
  CompressionTypes: { readonly None: number; readonly LZ4: number }
  CompressionCodecs: Record<number, () => Lz4>
}

/** KafkaJS brings none: it is given ours, a native add-on. */
interface Lz4 {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>
  decompress(bytes: Buffer): Promise<Buffer>
}

const run = readRun()
process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1'
const { Kafka, CompressionTypes, CompressionCodecs } = (
  run.peers === ''
    ? await import('@millrace/client/kafkajs')
    : createRequire(`${run.peers}/package.json`)('kafkajs')
) as KafkaJs
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: ({ buffer }) => Promise.resolve(codecs.lz4.compress(buffer)),
  decompress: bytes => Promise.resolve(codecs.lz4.decompress(bytes)),
})
const kafka = new Kafka({ brokers: run.brokers, clientId: 'bench-kafkajs', logLevel: 0 })

if (run.mode === 'produce') {
  const producer = kafka.producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const value = makeValue(run.sizeBytes)
  const compression = run.codec === 'lz4' ? CompressionTypes.LZ4 : CompressionTypes.None
  const nextTopic = topicsInTurn(run)
  /** As many of a call for each topic, the way KafkaJS wants it: by topic. */
  const send = (count: number) => {
    const perTopic = Math.max(1, Math.floor(count / run.topics.length))
    const topicMessages = Array.from({ length: Math.ceil(count / perTopic) }, (_, index) => {
      const length = Math.min(perTopic, count - index * perTopic)
      return { topic: nextTopic(), messages: listOf(length, () => ({ value })) }
    })
    return producer.sendBatch({ acks: -1, compression, topicMessages })
  }
  await sendAwaited(run, warmUpRecords(run.records), send)
  report(await measure(run.records, () => sendAwaited(run, run.records, send)))
  await producer.disconnect()
} else {
  const consumer = kafka.consumer({
    groupId: `bench-${process.pid}-${Date.now()}`,
    maxBytesPerPartition: 1024 * 1024,
    readUncommitted: !run.readCommitted,
  })
  await consumer.connect()
  await consumer.subscribe({ topics: run.topics, fromBeginning: true })
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
