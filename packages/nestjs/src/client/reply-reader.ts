// Reads answers: one partition of each reply topic, from its end on, without a group. Its position is known before a request is sent, so that no answer is too fast for it.
import {
  Admin,
  BrokerError,
  ClosedError,
  type ClusterOptions,
  Consumer,
  type ConsumerRecord,
  type PartitionStart,
  StateError,
} from '@millrace/client'
import { type Clock, type Random, sleep } from '@millrace/runtime'

/** After a failure that needs somebody, reading begins anew. */
const restartAfterMs = 1_000

export interface ReplyReaderOptions {
  readonly cluster: ClusterOptions
  readonly clock: Clock
  readonly random: Random
  readonly createTopics: boolean
  readonly partition: number | undefined
  readonly onReply: (record: ConsumerRecord) => void
  readonly onFailure: (error: Error) => void
}

export class ReplyReader {
  readonly #options: ReplyReaderOptions
  readonly #topics = new Map<string, Promise<number>>()
  readonly #assigned: PartitionStart[] = []
  readonly #closing = new AbortController()
  #consumer: Consumer | undefined
  #reading: Promise<void> | undefined

  constructor(options: ReplyReaderOptions) {
    this.#options = options
  }

  /** Makes ready for answers in a topic. Resolves with the partition that they are to come to. Rejects with what a broker refuses, StateError for a partition that there is not. */
  open(topic: string): Promise<number> {
    const known = this.#topics.get(topic)
    if (known) return known
    const opening = this.#open(topic)
    this.#topics.set(topic, opening)
    // The next request tries again.
    opening.catch(() => this.#topics.delete(topic))
    return opening
  }

  async #open(topic: string): Promise<number> {
    const count = await this.#partitionsOf(topic)
    const { random, partition: wanted } = this.#options
    const partition = wanted ?? Math.floor(random.float() * count)
    if (partition >= count)
      throw new StateError(
        `reply topic "${topic}" has ${count} partitions, and replyPartition is ${partition}`,
      )
    this.#closing.signal.throwIfAborted()
    this.#consumer ??= new Consumer({ ...this.#options.cluster, onWarning: this.#options.onFailure })
    const consumer = this.#consumer
    consumer.assign([...this.#assigned, { topic, partition, offset: 'latest' }])
    this.#assigned.push({ topic, partition })
    this.#reading ??= this.#read(consumer)
    await consumer.awaitPosition({ topic, partition }, { signal: this.#closing.signal })
    return partition
  }

  async #partitionsOf(topic: string): Promise<number> {
    const admin = new Admin(this.#options.cluster)
    const { signal } = this.#closing
    try {
      const known = await partitionCount(admin, topic, signal)
      if (known !== undefined) return known
      if (!this.#options.createTopics)
        throw new StateError(`there is no reply topic "${topic}": create it, or set createReplyTopics`)
      const [made] = await admin.createTopics([{ name: topic }], { signal })
      // Another instance may be faster.
      if (made?.error && !isCalled(made.error, 'TOPIC_ALREADY_EXISTS')) throw made.error
      return (await partitionCount(admin, topic, signal)) ?? 1
    } finally {
      admin.close()
    }
  }

  async #read(consumer: Consumer): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      try {
        for await (const batch of consumer.batches({ signal }))
          for (const record of batch) this.#options.onReply(record)
      } catch (error) {
        if (signal.aborted) return
        this.#options.onFailure(error as Error)
        await sleep(this.#options.clock, restartAfterMs, signal).catch(() => {})
      }
    }
  }

  /** Ends reading. */
  async close(): Promise<void> {
    this.#closing.abort(new ClosedError('the client'))
    await this.#reading
    await this.#consumer?.close()
  }
}

async function partitionCount(admin: Admin, topic: string, signal: AbortSignal): Promise<number | undefined> {
  const [described] = await admin.describeTopics([topic], { signal })
  if (described?.error) {
    if (isCalled(described.error, 'UNKNOWN_TOPIC_OR_PARTITION')) return undefined
    throw described.error
  }
  return described?.partitions.length
}

function isCalled(error: Error, code: string): boolean {
  return error instanceof BrokerError && error.code === code
}
