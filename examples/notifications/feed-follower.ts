// Follows the feed of kept messages, whichever process has kept them: what the live page shows.
import { Admin, Consumer } from '@millrace/client'
import { feed, type Message } from './topics.ts'

export interface Kept {
  readonly user: string
  readonly message: Message
}

export class FeedFollower {
  readonly #consumer: Consumer<string, unknown, typeof feed>
  readonly #done: Promise<void>

  private constructor(consumer: Consumer<string, unknown, typeof feed>, done: Promise<void>) {
    this.#consumer = consumer
    this.#done = done
  }

  /** From now on, all partitions, without a group: every page wants everything. */
  static async start(brokers: readonly string[], onKept: (kept: Kept) => void): Promise<FeedFollower> {
    await using admin = new Admin({ brokers })
    const [described] = await admin.describeTopics([feed.name])
    const consumer = new Consumer({ brokers, topics: [feed], autoCommit: false })
    consumer.assign(
      described!.partitions.map(({ partition }) => ({ topic: feed.name, partition, offset: 'latest' })),
    )
    const done = consumer.run({
      eachRecord: ({ key, value }) => onKept({ user: key, message: value.data }),
    })
    return new FeedFollower(consumer, done)
  }

  async close(): Promise<void> {
    await this.#consumer.close()
    await this.#done
  }
}
