// Reads parts of partitions, each from where to where, in one go; a broker that says nothing is not waited for without end.
import { Consumer, type ConsumerOptions, type ConsumerRecord, OperationTimeoutError } from '@millrace/client'
import type { Clock } from '@millrace/runtime'

/** What is read of a partition: `from` ≤ offset < `to`. */
export interface Range {
  readonly partition: number
  readonly from: number
  readonly to: number
}

export interface ReadingOptions {
  readonly clock: Clock
  /** Longest time in which no partition gets on, in ms. */
  readonly stallMs: number
  readonly signal: AbortSignal | undefined
}

/** How long a look for records takes at most, before positions are looked at, in ms. */
const lookMs = 100
const closeTimeoutMs = 3_000

export class RangeReader implements AsyncDisposable {
  readonly topic: string
  readonly #consumer: Consumer
  readonly #options: ReadingOptions

  constructor(topic: string, consumer: ConsumerOptions, options: ReadingOptions) {
    this.topic = topic
    this.#consumer = new Consumer(consumer)
    this.#options = options
  }

  /** Calls `take` with each record of ranges, in the order of each partition. Throws OperationTimeoutError, the signal's reason, and what consuming throws. */
  async read(ranges: readonly Range[], take: (record: ConsumerRecord) => void): Promise<void> {
    const { topic } = this
    const open = new Map(ranges.filter(({ from, to }) => from < to).map(range => [range.partition, range.to]))
    if (open.size === 0) return
    const consumer = this.#consumer
    // What was paused would stay so.
    consumer.assign([])
    const starts = ranges.filter(({ partition }) => open.has(partition))
    consumer.assign(starts.map(({ partition, from }) => ({ topic, partition, offset: from })))
    const end = (partition: number) => {
      if (open.delete(partition)) consumer.pause([{ topic, partition }])
    }
    const { clock, stallMs, signal } = this.#options
    let movedAt = clock.monotonic()
    while (open.size > 0) {
      const records = await consumer.poll({ timeoutMs: lookMs, ...(signal && { signal }) })
      signal?.throwIfAborted()
      for (const record of records) {
        const to = open.get(record.partition)
        if (to === undefined) continue
        if (record.offset < to) take(record)
        if (record.offset + 1 >= to) end(record.partition)
      }
      if (records.length === 0) {
        // What stands last in a partition need not be a record: the end of a transaction is none, and compaction leaves gaps.
        for (const [partition, to] of open) {
          if ((consumer.position({ topic, partition }) ?? -1) >= to) end(partition)
        }
      }
      if (records.length > 0) movedAt = clock.monotonic()
      else if (open.size > 0 && clock.monotonic() - movedAt >= stallMs)
        throw new OperationTimeoutError(
          `reading "${topic}": no broker gave a record of ${open.size} partitions for ${stallMs} ms`,
        )
    }
  }

  /** Yields what comes from offsets on, as it comes, until the signal aborts. Throws what consuming throws. */
  async *follow(starts: readonly Omit<Range, 'to'>[]): AsyncGenerator<readonly ConsumerRecord[], void> {
    const { signal } = this.#options
    const { topic } = this
    this.#consumer.assign([])
    this.#consumer.assign(starts.map(({ partition, from }) => ({ topic, partition, offset: from })))
    while (!signal?.aborted) {
      const records = await this.#consumer
        .poll({ timeoutMs: 1_000, ...(signal && { signal }) })
        .catch((error: unknown) => {
          if (signal?.aborted) return []
          throw error
        })
      if (records.length > 0) yield records
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#consumer.close({ timeoutMs: closeTimeoutMs }).catch(() => {})
  }
}
