// Reads the reply topic: all of its partitions, or its own one, from where they ended before the first request was sent. No group: every instance sees every reply.
import { ConfigError, Consumer, type ConsumerRecord } from '@millrace/client'
import { sleep, type Timer } from '@millrace/runtime'
import { ensureTopic } from '../options/ensure-topic.ts'
import type { ResolvedRequesterOptions } from './options.ts'

export interface ReplyReaderHost {
  onReply(record: ConsumerRecord): void
  /** Reading has failed, and begins anew where it was. */
  onFailed(error: unknown): void
}

/** Before it reads again after an error. */
const backoffMs = 500
/** An hour: nobody waits for longer, and brokers delete whole segments. */
const configs = { 'cleanup.policy': 'delete', 'retention.ms': '3600000' } as const

export class ReplyReader {
  readonly #options: ResolvedRequesterOptions
  readonly #host: ReplyReaderHost
  readonly #consumer: Consumer
  readonly #stop = new AbortController()
  #partitions = 0
  #reading: Promise<void> | undefined
  #check: Timer | undefined

  constructor(options: ResolvedRequesterOptions, host: ReplyReaderHost) {
    this.#options = options
    this.#host = host
    this.#consumer = new Consumer(options.consumer)
  }

  /** Resolves when a reply to what is sent from now on is read, wherever it is written. Rejects with what keeps it from that. */
  async start(): Promise<void> {
    const { replies, replyPartition, readsAll, cluster, createTopic } = this.#options
    const { signal } = this.#stop
    this.#partitions = await ensureTopic(cluster, replies, { create: createTopic, configs, signal })
    signal.throwIfAborted()
    if (replyPartition !== undefined && replyPartition >= this.#partitions)
      throw new ConfigError(
        `Requester: replyPartition is ${replyPartition}; "${replies.name}" has ${this.#partitions} partitions, numbered from 0`,
      )
    const places = readsAll
      ? placesOf(replies.name, 0, this.#partitions)
      : [{ topic: replies.name, partition: replyPartition! }]
    this.#consumer.assign(places.map(place => ({ ...place, offset: 'latest' as const })))
    // A position that is still "the end" would be that of a moment after the reply.
    await Promise.all(places.map(place => this.#consumer.awaitPosition(place, { signal })))
    this.#reading = this.#read()
    if (readsAll) this.#arm()
  }

  async #read(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      try {
        for await (const batch of this.#consumer.batches({ signal }))
          for (const record of batch) this.#host.onReply(record)
        return
      } catch (error) {
        if (signal.aborted) return
        this.#host.onFailed(error)
      }
      await sleep(this.#consumer.cluster.clock, backoffMs, signal).catch(() => {})
    }
  }

  /** Repliers write to partitions that are added later as soon as they know of them; those are read from their beginning. */
  #arm(): void {
    const { partitionCheckMs } = this.#options
    this.#check = this.#consumer.cluster.clock.setTimer(
      partitionCheckMs,
      () => {
        void this.#look()
          // The next look finds them.
          .catch(() => {})
          .finally(() => {
            if (!this.#stop.signal.aborted) this.#arm()
          })
      },
      { unref: true },
    )
  }

  async #look(): Promise<void> {
    const { name } = this.#options.replies
    const { cluster } = this.#consumer
    await cluster.refreshMetadata([name], this.#stop.signal)
    const count = cluster.metadata.topic(name)?.partitions.length ?? 0
    if (count <= this.#partitions || this.#stop.signal.aborted) return
    const added = placesOf(name, this.#partitions, count)
    this.#partitions = count
    this.#consumer.assign([
      ...this.#consumer.assignment,
      ...added.map(place => ({ ...place, offset: 'earliest' as const })),
    ])
  }

  async close(): Promise<void> {
    this.#check?.cancel()
    this.#stop.abort()
    await this.#reading
    await this.#consumer.close()
  }
}

function placesOf(topic: string, from: number, to: number): { topic: string; partition: number }[] {
  return Array.from({ length: to - from }, (_, index) => ({ topic, partition: from + index }))
}
