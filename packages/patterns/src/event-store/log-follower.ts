// Follows the log of all streams and keeps the index up with it; tells how far that is.
import { Consumer, type ConsumerBatch, type ConsumerOptions, type ConsumerRecord } from '@millrace/client'
import { sleep } from '@millrace/runtime'
import type { LogEnds } from '../partitions/log-ends.ts'
import { Progress } from '../partitions/progress.ts'
import type { Appended } from './partition-writer.ts'
import { appendIdOf, versionOf } from './stream-headers.ts'
import type { IndexedEvent, StreamIndex } from './stream-index.ts'

export interface LogFollowerHost {
  readonly topic: string
  readonly partitions: number
  readonly consumer: ConsumerOptions
  readonly index: StreamIndex
  readonly ends: LogEnds
  /** Asked before appends are told of: most of the time nobody waits for one. */
  wantsAppends(partition: number): boolean
  /** An event of an append is in the log, and in the index. */
  onAppended(appendId: string, event: Appended): void
  /** A record that no event store has written: it belongs to no stream. */
  onForeign(record: ConsumerRecord): void
  /** Reading failed, and is tried again. */
  onWarning(error: Error): void
}

const backoffMs = 500

export class LogFollower {
  readonly #host: LogFollowerHost
  readonly #consumer: Consumer
  readonly #stop = new AbortController()
  readonly #progress: readonly Progress[]
  #reading: Promise<void> | undefined
  #foreign = 0

  constructor(host: LogFollowerHost) {
    this.#host = host
    this.#consumer = new Consumer(host.consumer)
    this.#progress = Array.from({ length: host.partitions }, () => new Progress())
  }

  /** Records that belong to no stream. */
  get foreign(): number {
    return this.#foreign
  }

  /** Begins where the index ends. Resolves when it has read what is there. */
  async start(signal: AbortSignal): Promise<void> {
    const { topic, index } = this.#host
    const places = this.#progress.map((_, partition) => ({ topic, partition }))
    const ends = await this.#consumer.endOffsets(places, { signal })
    const positions = await Promise.all(places.map(async ({ partition }) => index.positionOf(partition)))
    // The log of an index cannot be shorter than that: it is another one.
    const isOther = ends.some(({ offset }, partition) => offset < positions[partition]!)
    if (isOther) await index.clear()
    const starts = places.map(place => ({ ...place, offset: isOther ? 0 : positions[place.partition]! }))
    for (const { partition, offset } of starts) this.#progress[partition]!.advance(offset)
    const first = await this.#consumer.beginningOffsets(places, { signal })
    this.#consumer.assign(
      starts.map((start, at) => ({ ...start, offset: Math.max(start.offset, first[at]!.offset) })),
    )
    this.#reading = this.#read()
    await Promise.all(ends.map(({ partition, offset }) => this.reached(partition, offset, signal)))
  }

  /** Resolves when the index has all before an offset. */
  reached(partition: number, offset: number, signal?: AbortSignal): Promise<void> {
    return this.#progress[partition]!.reached(offset, signal)
  }

  /** Resolves when the index has all that is committed now, and what is not is decided. */
  async caughtUp(partition: number, signal?: AbortSignal): Promise<void> {
    const { topic, ends } = this.#host
    const [end] = await ends.of([{ topic, partition }], signal)
    await this.reached(partition, end!, signal)
  }

  async #read(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      try {
        for await (const batch of this.#consumer.batches({ signal })) await this.#take(batch)
        return
      } catch (error) {
        if (signal.aborted) return
        this.#host.onWarning(error as Error)
        // What was in hand is not in the index, unless all of it is.
        await this.#seekBack().catch(() => {})
      }
      await sleep(this.#consumer.cluster.clock, backoffMs, signal).catch(() => {})
    }
  }

  async #seekBack(): Promise<void> {
    const { topic, index } = this.#host
    for (const [partition] of this.#progress.entries())
      this.#consumer.seek({ topic, partition }, await index.positionOf(partition))
  }

  async #take(batch: ConsumerBatch): Promise<void> {
    const { index } = this.#host
    const { partition } = batch
    const events: IndexedEvent[] = []
    const appended: (readonly [id: string, event: Appended])[] = []
    const isAwaited = this.#host.wantsAppends(partition)
    // The last version of a stream, as of the events before it in the batch.
    const versions = new Map<string, number>()
    for (const record of batch) {
      const stream = record.keyBytes?.toString()
      const version = versionOf(record.headers)
      if (stream === undefined || version === undefined) {
        this.#foreign++
        this.#host.onForeign(record)
        continue
      }
      const last = versions.get(stream) ?? (await index.versionOf(stream))
      // Known already: it was read before.
      if (version <= last) continue
      versions.set(stream, version)
      events.push({ stream, version, offset: record.offset })
      const id = isAwaited ? appendIdOf(record.headers) : undefined
      if (id !== undefined) appended.push([id, { version, partition, offset: record.offset }])
    }
    await index.apply(partition, batch.endOffset, events)
    for (const [id, event] of appended) this.#host.onAppended(id, event)
    this.#progress[partition]!.advance(batch.endOffset)
  }

  async close(): Promise<void> {
    this.#stop.abort()
    for (const progress of this.#progress) progress.fail(this.#stop.signal.reason)
    await this.#reading
    await this.#consumer.close()
  }
}
