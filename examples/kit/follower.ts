// Follows a topic of events without a group: every follower is given everything, from the end on or from offsets that it has kept.
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, type BatchOf, Consumer, type RecordOf } from '@millrace/client'
import type { AnyEventTopic } from '@millrace/service'

const againMs = 1_000

/** Records of one partition, in order. */
export interface Followed<T extends AnyEventTopic> {
  readonly partition: number
  readonly records: readonly RecordOf<T>[]
  /** Where to go on behind them. */
  readonly nextOffset: number
}

export interface FollowOptions<T extends AnyEventTopic> {
  readonly brokers: readonly string[]
  readonly topic: T
  /** Where to begin in each partition; undefined for what comes from now on. Default: from now on. */
  readonly from?: (partition: number) => number | 'earliest' | undefined
  /** Handles what came; while it does, nothing more comes. What it throws comes again, a second later. */
  readonly onRecords: (followed: Followed<T>) => void | Promise<void>
}

export class Follower<T extends AnyEventTopic> {
  readonly #consumer: Consumer<never, never, T>
  readonly #ending = new AbortController()
  readonly #done: Promise<void>

  /** Resolves when it knows the partitions; rejects when nobody tells them. What transactions took back is not shown. */
  static async start<T extends AnyEventTopic>(options: FollowOptions<T>): Promise<Follower<T>> {
    const { brokers, topic, from } = options
    await using admin = new Admin({ brokers })
    const [described] = await admin.describeTopics([topic.name])
    if (described?.error) throw described.error
    const consumer = new Consumer<never, never, T>({
      brokers,
      topics: [topic],
      autoCommit: false,
      isolationLevel: 'read_committed',
      onPoison: 'skip',
    })
    const partitions = described!.partitions.map(({ partition }) => ({
      topic: topic.name,
      partition,
      offset: from?.(partition) ?? ('latest' as const),
    }))
    consumer.assign(partitions as Parameters<typeof consumer.assign>[0])
    return new Follower(consumer, options)
  }

  private constructor(consumer: Consumer<never, never, T>, { topic, onRecords }: FollowOptions<T>) {
    this.#consumer = consumer
    this.#done = this.#follow(topic.name, onRecords)
  }

  async #follow(topic: string, onRecords: FollowOptions<T>['onRecords']): Promise<void> {
    const { signal } = this.#ending
    const eachBatch = async (batch: BatchOf<T>) => {
      const { partition, endOffset } = batch
      await onRecords({ partition, records: [...batch] as RecordOf<T>[], nextOffset: endOffset })
    }
    while (!signal.aborted) {
      try {
        return await this.#consumer.run({ signal, eachBatch })
      } catch (error) {
        if (signal.aborted) return
        // Its position is before what failed.
        console.error(`following ${topic}: ${(error as Error).message}; trying again`)
        await sleep(againMs, undefined, { signal }).catch(() => {})
      }
    }
  }

  /** Resolves when what is being handled is. */
  async close(): Promise<void> {
    this.#ending.abort()
    await this.#done
    await this.#consumer.close()
  }
}
