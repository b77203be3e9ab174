// What a service counts: plain numbers that are added to as things happen, and Prometheus families made of them when they are asked for.
import type { Family, Labels, Sample } from '@millrace/runtime'

/** Upper bounds of the buckets of durations, in seconds: those of OpenTelemetry's messaging conventions. */
const bucketSeconds: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
]

/** How long something took, by bucket. */
export class Histogram {
  readonly #counts = new Uint32Array(bucketSeconds.length + 1)
  #sumMs = 0
  #count = 0

  observe(ms: number): void {
    const seconds = ms / 1_000
    let bucket = 0
    while (bucket < bucketSeconds.length && seconds > bucketSeconds[bucket]!) bucket++
    this.#counts[bucket]!++
    this.#sumMs += ms
    this.#count++
  }

  *samples(labels: Labels): Generator<Sample> {
    let sum = 0
    for (const [bucket, bound] of bucketSeconds.entries()) {
      sum += this.#counts[bucket]!
      yield { suffix: '_bucket', labels: { ...labels, le: bound }, value: sum }
    }
    yield { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: this.#count }
    yield { suffix: '_sum', labels, value: this.#sumMs / 1_000 }
    yield { suffix: '_count', labels, value: this.#count }
  }
}

/** A counter with labels. */
export class LabelledCounter {
  readonly #values = new Map<string, { readonly labels: Labels; value: number }>()

  add(labels: Labels, by = 1): void {
    this.cell(labels).value += by
  }

  /** The number for some labels: for who adds to it often. */
  cell(labels: Labels): { value: number } {
    const key = Object.values(labels).join('\0')
    const known = this.#values.get(key)
    if (known) return known
    const made = { labels, value: 0 }
    this.#values.set(key, made)
    return made
  }

  /** All of it, whatever the labels. */
  get total(): number {
    let total = 0
    for (const { value } of this.#values.values()) total += value
    return total
  }

  *samples(): Generator<Sample> {
    for (const { labels, value } of this.#values.values()) yield { labels, value }
  }
}

/** What is known of a partition that a service has at present. */
export interface PartitionGauges {
  readonly topic: string
  readonly partition: number
  readonly group: string
  /** Undefined before it is known. */
  readonly lag: number | undefined
  /** Age of the oldest record in hand, in ms; undefined where none is and there are some to come. */
  readonly lagMs: number | undefined
  readonly inFlight: number
  /** Whether nothing more is taken of it at present, and why. */
  readonly isHeld: boolean
}

/** What is asked for when the metrics are. */
export interface GaugeSource {
  readonly partitions: () => Iterable<PartitionGauges>
  /** 0 for closed, 1 for half-open, 2 for open. */
  readonly breakers: () => Iterable<{ readonly name: string; readonly state: number }>
  readonly isReady: () => boolean
}

export class ServiceMetrics {
  readonly produced = new LabelledCounter()
  readonly consumed = new LabelledCounter()
  readonly skipped = new LabelledCounter()
  readonly dedupeWaits = new LabelledCounter()
  readonly retries = new LabelledCounter()
  readonly deadLetters = new LabelledCounter()
  readonly rebalances = new LabelledCounter()
  readonly #durations = new Map<string, { readonly labels: Labels; readonly histogram: Histogram }>()
  #source: GaugeSource | undefined

  /** Where the gauges come from. */
  from(source: GaugeSource): void {
    this.#source = source
  }

  /** The histogram of a handler's durations. */
  duration(topic: string, type: string): Histogram {
    const key = `${topic}\0${type}`
    const known = this.#durations.get(key)
    if (known) return known.histogram
    const made = { labels: { topic, event_type: type }, histogram: new Histogram() }
    this.#durations.set(key, made)
    return made.histogram
  }

  /** The families, in Prometheus's terms. `labels`: what every sample has. */
  families(labels: Labels): Family[] {
    const partitions = [...(this.#source?.partitions() ?? [])]
    const ofPartition = (value: (of: PartitionGauges) => number | undefined): Sample[] =>
      partitions.flatMap(of => {
        const found = value(of)
        const own = { topic: of.topic, partition: of.partition, consumer_group: of.group }
        return found === undefined ? [] : [{ labels: own, value: found }]
      })
    const counter = (name: string, help: string, { samples }: { readonly samples: Iterable<Sample> }) =>
      ({ name, type: 'counter', help, samples }) as const
    const gauge = (name: string, help: string, samples: Iterable<Sample>) =>
      ({ name, type: 'gauge', help, samples }) as const
    const of = (counted: LabelledCounter) => ({ samples: [...counted.samples()] })
    const families: Family[] = [
      counter('kafka_messages_produced_total', 'Records sent, by what became of them.', of(this.produced)),
      counter('kafka_messages_consumed_total', 'Records taken in hand.', of(this.consumed)),
      counter('kafka_messages_skipped_total', 'Records passed over on purpose.', of(this.skipped)),
      counter('kafka_dedupe_waits_total', 'Times that a record waited for its id.', of(this.dedupeWaits)),
      counter('kafka_message_retries_total', 'Attempts that failed and are made again.', of(this.retries)),
      counter('kafka_dead_letters_total', 'Records in dead letter topics.', of(this.deadLetters)),
      counter('kafka_consumer_rebalances_total', 'Partitions that came and went.', of(this.rebalances)),
      gauge(
        'kafka_consumer_lag',
        'Records to the end of the log that are not done.',
        ofPartition(p => p.lag),
      ),
      gauge(
        'kafka_consumer_lag_seconds',
        'Age of the oldest record in hand.',
        ofPartition(p => (p.lagMs === undefined ? undefined : p.lagMs / 1_000)),
      ),
      gauge(
        'kafka_messages_in_flight',
        'Records in hand.',
        ofPartition(p => p.inFlight),
      ),
      gauge(
        'kafka_consumer_partition_held',
        '1 while nothing more is taken.',
        ofPartition(p => Number(p.isHeld)),
      ),
      {
        name: 'kafka_message_processing_duration_seconds',
        type: 'histogram',
        help: 'How long handlers took.',
        samples: [...this.#durations.values()].flatMap(({ labels: own, histogram }) => [
          ...histogram.samples(own),
        ]),
      },
      gauge(
        'kafka_circuit_breaker_state',
        '0 closed, 1 half-open, 2 open.',
        [...(this.#source?.breakers() ?? [])].map(({ name, state }) => ({
          labels: { breaker: name },
          value: state,
        })),
      ),
      gauge('kafka_service_ready', '1 while the service does its work.', [
        { value: Number(this.#source?.isReady() ?? false) },
      ]),
    ]
    return families.map(family => ({
      ...family,
      samples: [...family.samples].map(sample => ({ ...sample, labels: { ...labels, ...sample.labels } })),
    }))
  }
}
