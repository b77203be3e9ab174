// When the records were written that groups will read next: what lag is in time.
import { type ClusterOptions, Consumer, type TopicPartition } from '@millrace/client'
import type { Clock } from '@millrace/runtime'

/** A place whose record is asked for. */
export interface Place extends TopicPartition {
  readonly offset: number
}

/** Enough for one record's batch; a larger one comes all the same. */
const fetchMaxBytes = 1_024
/** A broker with nothing new must not keep the next round waiting. */
const fetchMaxWaitMs = 20
/** Places that are kept with their times. */
const rememberedMax = 20_000

export class RecordTimes {
  readonly #cluster: ClusterOptions
  readonly #clock: Clock
  #consumer: Consumer | undefined
  /** A record's time does not change. */
  readonly #known = new Map<string, number>()

  constructor(cluster: ClusterOptions, clock: Clock) {
    this.#cluster = cluster
    this.#clock = clock
  }

  /** The times of the records at places, or of the next ones behind them, in ms since the epoch; those that are not found in time are left out. Several groups may be at one place. */
  async look(
    places: readonly Place[],
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, number>> {
    const wanted = new Map(places.map(place => [placeName(place), place]))
    const missing = [...wanted.values()].filter(place => !this.#known.has(placeName(place)))
    const deadline = this.#clock.monotonic() + timeoutMs
    // A consumer is at one place of a partition at a time.
    for (let left = missing; left.length > 0; ) {
      const round = [...new Map(left.map(place => [`${place.topic}-${place.partition}`, place])).values()]
      left = left.filter(place => !round.includes(place))
      await this.#read(round, deadline, signal)
      if (this.#clock.monotonic() >= deadline) break
    }
    const found = new Map<string, number>()
    for (const name of wanted.keys()) {
      const time = this.#known.get(name)
      if (time !== undefined) found.set(name, time)
    }
    return found
  }

  async #read(round: readonly Place[], deadline: number, signal: AbortSignal): Promise<void> {
    const open = new Map(round.map(place => [`${place.topic}-${place.partition}`, place]))
    this.#consumer ??= new Consumer({
      ...this.#cluster,
      partitionFetchMaxBytes: fetchMaxBytes,
      fetchMaxWaitMs,
      metricsPush: false,
      // What cannot be read has no time; whoever watches groups hears of their errors elsewhere.
      onWarning: () => {},
    })
    const consumer = this.#consumer
    consumer.assign(round.map(({ topic, partition, offset }) => ({ topic, partition, offset })))
    try {
      while (open.size > 0) {
        const timeoutMs = deadline - this.#clock.monotonic()
        if (timeoutMs <= 0) return
        for (const { topic, partition, timestamp } of await consumer.poll({ timeoutMs, signal })) {
          const name = `${topic}-${partition}`
          const place = open.get(name)
          if (!place) continue
          open.delete(name)
          consumer.pause([{ topic, partition }])
          this.#remember(placeName(place), timestamp)
        }
      }
    } finally {
      consumer.assign([])
    }
  }

  #remember(name: string, time: number): void {
    this.#known.set(name, time)
    if (this.#known.size > rememberedMax) this.#known.delete(this.#known.keys().next().value!)
  }

  async close(): Promise<void> {
    await this.#consumer?.close({ timeoutMs: 1_000 }).catch(() => {})
    this.#consumer = undefined
  }
}

export function placeName({ topic, partition, offset }: Place): string {
  return `${topic}-${partition}-${offset}`
}
