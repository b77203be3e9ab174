// node-rdkafka under measurement: produce without delivery reports, consume in batches of 10,000.
import { createRequire } from 'node:module'
import {
  ConsumeCounter,
  makeValue,
  measure,
  readRun,
  report,
  topicsInTurn,
  warmUpRecords,
} from './measure.ts'

interface RdKafka {
  Producer: new (
    config: Record<string, unknown>,
    topicConfig: Record<string, unknown>,
  ) => {
    connect(options: object, done: (error: Error | null) => void): void
    produce(topic: string, partition: number | null, value: Buffer): void
    flush(timeoutMs: number, done: (error: Error | null) => void): void
    setPollInterval(ms: number): void
    poll(): void
    disconnect(): void
  }
  KafkaConsumer: new (
    config: Record<string, unknown>,
    topicConfig: Record<string, unknown>,
  ) => {
    connect(options: object, done: (error: Error | null) => void): void
    subscribe(topics: readonly string[]): void
    consume(count: number, done: (error: Error | null, messages: readonly { value: Buffer }[]) => void): void
    setDefaultConsumeTimeout(ms: number): void
    disconnect(): void
  }
}

const run = readRun()
const { Producer, KafkaConsumer } = createRequire(`${run.peers}/package.json`)('node-rdkafka') as RdKafka
const common = { 'metadata.broker.list': run.brokers.join(',') }

if (run.mode === 'produce') {
  const producer = new Producer(
    {
      ...common,
      'linger.ms': 5,
      'queue.buffering.max.messages': 1_000_000,
      'compression.codec': run.codec,
    },
    { acks: -1 },
  )
  await new Promise<void>((resolve, reject) =>
    producer.connect({}, error => (error ? reject(error) : resolve())),
  )
  producer.setPollInterval(100)
  const value = makeValue(run.sizeBytes)
  const nextTopic = topicsInTurn(run)
  const produce = async (records: number) => {
    let topic = nextTopic()
    for (let sent = 0; sent < records; ) {
      try {
        producer.produce(topic, null, value)
        sent++
        topic = nextTopic()
      } catch {
        // The queue is full: let it drain.
        producer.poll()
        await new Promise(resolve => setTimeout(resolve, 1))
      }
    }
    await new Promise<void>((resolve, reject) =>
      producer.flush(60_000, error => (error ? reject(error) : resolve())),
    )
  }
  await produce(warmUpRecords(run.records))
  report(await measure(run.records, () => produce(run.records)))
  producer.disconnect()
} else {
  const consumer = new KafkaConsumer(
    {
      ...common,
      'group.id': `bench-${process.pid}-${Date.now()}`,
      'enable.auto.commit': false,
      'isolation.level': run.readCommitted ? 'read_committed' : 'read_uncommitted',
    },
    { 'auto.offset.reset': 'earliest' },
  )
  await new Promise<void>((resolve, reject) =>
    consumer.connect({}, error => (error ? reject(error) : resolve())),
  )
  consumer.setDefaultConsumeTimeout(100)
  consumer.subscribe(run.topics)
  const counter = new ConsumeCounter(run.records)
  const next = () =>
    consumer.consume(10_000, (error, messages) => {
      if (error) throw error
      if (messages.length > 0 && counter.add(messages.length)) return
      next()
    })
  next()
  report(await counter.done)
}
process.exit(0)
