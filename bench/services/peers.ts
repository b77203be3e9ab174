// Clients without a framework, as their users write services: a handler of messages that reads JSON, with automatic commits. KafkaJS and @platformatic/kafka.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { group, handle, type Noted, reportAndEnd, run } from './run.ts'

interface KafkaJs {
  Kafka: new (options: {
    brokers: readonly string[]
    logLevel: number
  }) => {
    consumer(options: { groupId: string }): {
      connect(): Promise<void>
      subscribe(options: { topics: readonly string[]; fromBeginning: boolean }): Promise<void>
      run(options: {
        eachMessage: (payload: { message: { value: Buffer | null } }) => Promise<void>
      }): Promise<void>
    }
  }
}

interface Platformatic {
  Consumer: new (
    options: Record<string, unknown>,
  ) => {
    consume(
      options: Record<string, unknown>,
    ): Promise<{ on(event: 'data', take: (message: { value: Noted }) => void): void }>
  }
  jsonDeserializer: unknown
  stringDeserializer: unknown
}

const peers = createRequire(`${run.peers}/package.json`)

if (run.variant === 'kafkajs') {
  const { Kafka } = peers('kafkajs') as KafkaJs
  const consumer = new Kafka({ brokers: run.brokers, logLevel: 0 }).consumer({ groupId: group })
  await consumer.connect()
  await consumer.subscribe({ topics: run.topics, fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => handle(JSON.parse(String(message.value)) as Noted),
  })
} else {
  const module = pathToFileURL(peers.resolve('@platformatic/kafka')).href
  const { Consumer, jsonDeserializer, stringDeserializer } = (await import(module)) as Platformatic
  const consumer = new Consumer({
    clientId: 'bench-platformatic',
    groupId: group,
    bootstrapBrokers: run.brokers,
    maxBytes: 1024 * 1024,
    deserializers: { key: stringDeserializer, value: jsonDeserializer },
  })
  const stream = await consumer.consume({
    topics: [...run.topics],
    mode: 'earliest',
    autocommit: true,
    maxWaitTime: 500,
  })
  stream.on('data', ({ value }) => handle(value))
}
await reportAndEnd()
