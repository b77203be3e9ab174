// Millrace and Apache Kafka in the latency bench, both through this repository's client.
import { Consumer, Producer } from '@millrace/client'
import type { LatencySystem, Target } from './system.ts'

export async function openKafka({ address, topic }: Target): Promise<LatencySystem> {
  const brokers = [address]
  const producer = new Producer({ brokers, clientId: 'bench-latency' })
  const consumers: Consumer[] = []
  return {
    send: value => producer.send({ topic, value }),
    async read(arrived, commit) {
      const consumer = new Consumer({
        brokers,
        clientId: 'bench-latency',
        groupId: `latency-${topic}`,
        autoOffsetReset: 'earliest',
        autoCommit: false,
      })
      consumers.push(consumer)
      consumer.subscribe(topic)
      for await (const { value } of consumer) {
        if (value) arrived(value)
        if (commit) await consumer.commit()
      }
    },
    async close() {
      await Promise.all([producer.close(), ...consumers.map(consumer => consumer.close())])
    },
  }
}
