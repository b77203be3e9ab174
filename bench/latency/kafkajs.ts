// KafkaJS in the latency bench.
import { createRequire } from 'node:module'
import type { LatencySystem, Target } from './system.ts'

interface KafkaJs {
  Kafka: new (options: {
    brokers: readonly string[]
    clientId: string
    logLevel: number
  }) => {
    producer(options: { allowAutoTopicCreation: boolean }): {
      connect(): Promise<void>
      disconnect(): Promise<void>
      send(batch: { topic: string; acks: number; messages: readonly { value: Buffer }[] }): Promise<unknown>
    }
    consumer(options: { groupId: string }): {
      connect(): Promise<void>
      disconnect(): Promise<void>
      subscribe(options: { topics: readonly string[]; fromBeginning: boolean }): Promise<void>
      run(options: {
        autoCommit: boolean
        eachMessage(payload: { message: { value: Buffer | null } }): Promise<void>
      }): Promise<void>
    }
  }
}

export async function openKafkaJs({ address, topic, peers }: Target): Promise<LatencySystem> {
  process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1'
  const { Kafka } = createRequire(`${peers}/package.json`)('kafkajs') as KafkaJs
  const kafka = new Kafka({ brokers: [address], clientId: 'bench-latency', logLevel: 0 })
  const producer = kafka.producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const consumer = kafka.consumer({ groupId: `latency-${topic}` })
  return {
    send: value => producer.send({ topic, acks: -1, messages: [{ value }] }),
    async read(arrived, commit) {
      if (commit) throw new Error('KafkaJS is not measured with commits')
      await consumer.connect()
      await consumer.subscribe({ topics: [topic], fromBeginning: true })
      await consumer.run({
        autoCommit: false,
        eachMessage: async ({ message }) => {
          if (message.value) arrived(message.value)
        },
      })
    },
    async close() {
      await Promise.all([producer.disconnect(), consumer.disconnect()])
    },
  }
}
