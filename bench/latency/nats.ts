// NATS JetStream in the latency bench, by its own client: a push consumer, with a confirmed ack where each record is committed.
import { createRequire } from 'node:module'
import type { LatencySystem, Target } from './system.ts'

interface JetStreamMessage {
  readonly data: Uint8Array
  /** An ack whose arrival the server confirms, as a commit's is. */
  ackAck(options: { readonly timeout: number }): Promise<boolean>
}

interface Subscription extends AsyncIterable<JetStreamMessage> {
  unsubscribe(): void
}

interface ConsumerOptions {
  ackExplicit(): this
  ackNone(): this
  deliverTo(subject: string): this
  manualAck(): this
  maxAckPending(count: number): this
}

interface NatsConnection {
  jetstream(): {
    publish(subject: string, data: Uint8Array, options: { readonly timeout: number }): Promise<unknown>
    subscribe(subject: string, options: ConsumerOptions): Promise<Subscription>
  }
  jetstreamManager(): Promise<{
    streams: {
      add(config: Readonly<Record<string, unknown>>): Promise<unknown>
      delete(name: string): Promise<boolean>
    }
  }>
  close(): Promise<void>
}

interface Nats {
  connect(options: { readonly servers: string }): Promise<NatsConnection>
  consumerOpts(): ConsumerOptions
  createInbox(): string
}

/** At rates that the server does not keep up with, what waits is late, not lost. Its own default is 5 s. */
const answerTimeoutMs = 60_000
/** Records that the server hands over before their acks. */
const unackedMax = 100_000

export async function openNats({ address, topic, peers }: Target): Promise<LatencySystem> {
  const nats = createRequire(`${peers}/package.json`)('nats') as Nats
  const writer = await nats.connect({ servers: address })
  const reader = await nats.connect({ servers: address })
  const manager = await writer.jetstreamManager()
  await manager.streams.add({ name: topic, subjects: [topic], storage: 'file' })
  const publisher = writer.jetstream()
  return {
    send: value => publisher.publish(topic, value, { timeout: answerTimeoutMs }),
    async read(arrived, commit) {
      const options = nats.consumerOpts().deliverTo(nats.createInbox()).manualAck()
      if (commit) options.ackExplicit().maxAckPending(unackedMax)
      else options.ackNone()
      for await (const message of await reader.jetstream().subscribe(topic, options)) {
        arrived(message.data)
        if (commit) await message.ackAck({ timeout: answerTimeoutMs })
      }
    },
    async close() {
      await manager.streams.delete(topic)
      await Promise.all([writer.close(), reader.close()])
    },
  }
}
