// @platformatic/kafka in the latency bench.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { LatencySystem, Target } from './system.ts'

interface Platformatic {
  Producer: new (
    options: Record<string, unknown>,
  ) => {
    send(options: { acks: number; messages: readonly { topic: string; value: Buffer }[] }): Promise<unknown>
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

export async function openPlatformatic({ address, topic, peers }: Target): Promise<LatencySystem> {
  const entry = createRequire(`${peers}/package.json`).resolve('@platformatic/kafka')
  const { Producer, Consumer } = (await import(pathToFileURL(entry).href)) as Platformatic
  const common = { clientId: 'bench-latency', bootstrapBrokers: [address] }
  const producer = new Producer(common)
  const consumer = new Consumer({ ...common, groupId: `latency-${topic}` })
  return {
    send: value => producer.send({ acks: -1, messages: [{ topic, value }] }),
    async read(arrived, commit) {
      if (commit) throw new Error('@platformatic/kafka is not measured with commits')
      const stream = await consumer.consume({ topics: [topic], mode: 'earliest', autocommit: false })
      stream.on('data', ({ value }) => arrived(value))
    },
    async close() {
      await Promise.all([producer.close(), consumer.close(true)])
    },
  }
}
