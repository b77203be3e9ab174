// Snapshots of streams: what a stream came to at a version, so that only the events behind it need be read. Kept in a compacted topic, or in memory.
import {
  type AnyTopic,
  ClosedError,
  type ClusterOptions,
  ConfigError,
  Consumer,
  type ConsumerBatch,
  defaultPartitioner,
  Producer,
  type ProducerRecord,
  StateError,
  type Topic,
} from '@millrace/client'
import { sleep } from '@millrace/runtime'
import { ensureTopic, topicConfig } from '../options/ensure-topic.ts'
import { clusterOptionsOf } from '../options/split-options.ts'
import { OffsetReader } from '../partitions/offset-reader.ts'
import { Progress } from '../partitions/progress.ts'
import { readValue } from '../records/read-value.ts'
import type { MaybeLater } from './stream-index.ts'

/** What a stream came to. */
export interface Snapshot<State = unknown> {
  /** The version of the last event that is in it. */
  readonly version: number
  /** What states looked like when it was made; one of another schema is passed over. */
  readonly schema: string
  /** The state. */
  readonly state: State
}

/** Keeps the last snapshot of each stream. One that is lost, or old, costs time and nothing else. */
export interface SnapshotStore<State = unknown> {
  /** The last one; undefined for none. */
  load(stream: string): MaybeLater<Snapshot<State> | undefined>
  /** Keeps one in place of the one before. */
  save(stream: string, snapshot: Snapshot<State>): MaybeLater<void>
}

/** Snapshots in memory: gone with the process. */
export function memorySnapshots<State>(): SnapshotStore<State> {
  const snapshots = new Map<string, Snapshot<State>>()
  return {
    load: stream => snapshots.get(stream),
    save(stream, snapshot) {
      snapshots.set(stream, snapshot)
    },
  }
}

/** A topic of snapshots: keys are the names of streams. */
export type SnapshotTopic<State> = Topic<string, string, Snapshot<State>, string, Snapshot<State>>

/** Options of {@link TopicSnapshots}. Those of all clients (`brokers`, `tls`, `sasl` …) stand beside its own. */
export interface TopicSnapshotsOptions<State> extends ClusterOptions {
  /** The topic: `topic('account-snapshots', { key: string(), value: json<Snapshot<Account>>() })`. */
  readonly topic: SnapshotTopic<State>
  /** Whether it is made where it is missing, compacted. Default true. */
  readonly createTopic?: boolean
  /** Called with what goes wrong and is tried again. Default: a warning of the process. */
  readonly onWarning?: (error: Error) => void
}

const ownNames = ['topic', 'createTopic', 'onWarning'] as const
const backoffMs = 500

/** Where the last snapshot of a stream stands. */
interface Place {
  readonly partition: number
  readonly offset: number
}

/**
 * Snapshots in a compacted topic, which all processes share: each knows where the last one of every stream is (about 100 bytes a stream), and reads it when it is asked for.
 *
 * @example
 * const snapshots = new TopicSnapshots({ brokers, topic: topic('account-snapshots', { key: string(), value: json<Snapshot<Account>>() }) })
 * await snapshots.start()
 */
export class TopicSnapshots<State> implements SnapshotStore<State>, AsyncDisposable {
  readonly #topic: SnapshotTopic<State>
  readonly #cluster: ClusterOptions
  readonly #create: boolean
  readonly #onWarning: (error: Error) => void
  readonly #consumer: Consumer
  readonly #producer: Producer
  readonly #reader: OffsetReader
  readonly #places = new Map<string, Place>()
  readonly #stop = new AbortController()
  #progress: readonly Progress[] = []
  #starting: Promise<void> | undefined
  #reading: Promise<void> | undefined
  #closing: Promise<void> | undefined

  /** Checks the options; connects when it is started. Throws ConfigError. */
  constructor(options: TopicSnapshotsOptions<State>) {
    this.#cluster = clusterOptionsOf('TopicSnapshots', options, ownNames)
    this.#topic = options.topic
    if (typeof (options.topic as Partial<AnyTopic> | undefined)?.name !== 'string')
      throw new ConfigError('TopicSnapshots: topic is no topic; make one by topic(…)')
    this.#create = options.createTopic ?? true
    this.#onWarning = options.onWarning ?? (error => process.emitWarning(error))
    this.#consumer = new Consumer({
      ...this.#cluster,
      autoOffsetReset: 'earliest',
      onWarning: this.#onWarning,
    })
    this.#producer = new Producer({ ...this.#cluster, lingerMs: 0 })
    this.#reader = new OffsetReader(this.#cluster, this.#topic.name)
  }

  /** Makes the topic where it is missing, and finds the snapshots that there are. Throws what brokers refuse, ConfigError for a topic that is not compacted, StateError when it was started before. */
  async start(): Promise<void> {
    if (this.#starting) throw new StateError('start: the snapshots were started before')
    this.#starting = this.#start()
    await this.#starting
  }

  async #start(): Promise<void> {
    const { signal } = this.#stop
    signal.throwIfAborted()
    const { name } = this.#topic
    const configs = { 'cleanup.policy': 'compact' }
    const count = await ensureTopic(this.#cluster, this.#topic, { create: this.#create, configs, signal })
    const policy = await topicConfig(this.#cluster, name, 'cleanup.policy', signal)
    if (policy !== undefined && !policy.includes('compact'))
      throw new ConfigError(
        `TopicSnapshots: cleanup.policy of "${name}" is "${policy}": it would keep all snapshots, or lose the last ones; set it to "compact"`,
      )
    this.#progress = Array.from({ length: count }, () => new Progress())
    const places = this.#progress.map((_, partition) => ({ topic: name, partition }))
    const ends = await this.#consumer.endOffsets(places, { signal })
    this.#consumer.assign(places.map(place => ({ ...place, offset: 'earliest' as const })))
    this.#reading = this.#read()
    await Promise.all(ends.map(({ partition, offset }) => this.#progress[partition]!.reached(offset, signal)))
  }

  async #read(): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      try {
        for await (const batch of this.#consumer.batches({ signal })) this.#take(batch)
        return
      } catch (error) {
        if (signal.aborted) return
        this.#onWarning(error as Error)
      }
      await sleep(this.#consumer.cluster.clock, backoffMs, signal).catch(() => {})
    }
  }

  #take(batch: ConsumerBatch): void {
    const { partition } = batch
    for (const { keyBytes, valueBytes, offset } of batch) {
      if (keyBytes === null) continue
      const stream = keyBytes.toString()
      const known = this.#places.get(stream)
      // What this process has saved is further on than what has come back to it.
      if (known?.partition === partition && known.offset > offset) continue
      if (valueBytes === null) this.#places.delete(stream)
      else this.#places.set(stream, { partition, offset })
    }
    this.#progress[partition]!.advance(batch.endOffset)
  }

  /** The last one that this process knows of. Throws what brokers say, DeserializationError, ClosedError. */
  async load(stream: string): Promise<Snapshot<State> | undefined> {
    const place = this.#places.get(stream)
    if (!place) return undefined
    const { partition, offset } = place
    const records = await this.#reader.read(partition, [offset], this.#stop.signal)
    const record = records.get(offset)
    // Compacted away: there is a newer one, of which this process hears in a moment.
    return record && ((await readValue(this.#topic as AnyTopic, record)) as Snapshot<State>)
  }

  /** Writes one, and resolves when it is safe. Throws as `producer.send` does. */
  async save(stream: string, snapshot: Snapshot<State>): Promise<void> {
    const count = this.#progress.length
    const partition = defaultPartitioner(
      { topic: this.#topic.name, key: stream, value: null, headers: [] },
      count,
    )
    const record = { topic: this.#topic, key: stream, value: snapshot, partition }
    const { offset } = await this.#producer.send(record as unknown as ProducerRecord)
    const known = this.#places.get(stream)
    // Others may have been faster.
    if (!known || known.offset < offset) this.#places.set(stream, { partition, offset })
  }

  /** Closes all connections. Never rejects. Another call waits for the first. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    this.#stop.abort(new ClosedError('the snapshots'))
    for (const progress of this.#progress) progress.fail(this.#stop.signal.reason)
    await this.#starting?.catch(() => {})
    await this.#reading
    await this.#consumer.close()
    await this.#producer.close().catch(this.#onWarning)
    await this.#reader.close()
  }
}
