// Streams of events in a topic: append if the stream is as it was, load, replay to a moment. The public face.
import { randomUUID } from 'node:crypto'
import {
  type AnyRecord,
  ClosedError,
  ConfigError,
  type ConsumerRecord,
  defaultPartitioner,
  type EncodedRecord,
  encodeRecord,
  StateError,
} from '@millrace/client'
import type { Clock } from '@millrace/runtime'
import {
  type EventEnvelope,
  type EventInputOf,
  type EventTypes,
  type Publication,
  recordOf,
} from '@millrace/service'
import { ensureTopic, topicConfig } from '../options/ensure-topic.ts'
import { checkNumber } from '../options/split-options.ts'
import { FencedProducer } from '../partitions/fenced-producer.ts'
import { LogEnds } from '../partitions/log-ends.ts'
import { OffsetReader } from '../partitions/offset-reader.ts'
import { readValue } from '../records/read-value.ts'
import { type ExpectedVersion, StreamTruncatedError } from './errors.ts'
import { LogFollower } from './log-follower.ts'
import {
  type EventStoreOptions,
  type ResolvedEventStoreOptions,
  resolveEventStoreOptions,
  type StreamTopic,
} from './options.ts'
import { PartitionWriter } from './partition-writer.ts'
import { type EventPosition, type StoredEvent, storedEvent } from './stored-event.ts'

/** What an append expects, and how long it may take. */
export interface AppendOptions {
  /** The version that the stream has to be at (0: it must not exist), `existing`, or `any`. Default `any`. */
  readonly expectedVersion?: ExpectedVersion
  /** How long to wait, in ms. Default: that of the store. */
  readonly timeoutMs?: number
  /** Ends the wait: it throws the signal's reason; what is in a transaction by then may be written. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** What came of an append. */
export interface AppendResult {
  /** The version of the stream behind it. */
  readonly version: number
  /** Where its last event stands. */
  readonly position: EventPosition
}

/** Which part of a stream is wanted, and how fresh. */
export interface LoadOptions {
  /** The first version. Default 1. */
  readonly from?: number
  /** Up to and with this version, or what was written up to a time in ms since the epoch. Default: all there is. */
  readonly until?: { readonly version: number } | { readonly timestamp: number }
  /**
   * `latest`: with everything that was committed when it was called, by whomever. `local`: with everything that this store has appended, and what it has read of others. Default `local`: an append by
   * `expectedVersion` finds out what it lacks.
   */
  readonly consistency?: 'latest' | 'local'
  /** Ends the wait: it throws the signal's reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** A stream, or a part of it. */
export interface LoadedStream<Types extends EventTypes = EventTypes> {
  /** Its events, in order. */
  readonly events: readonly StoredEvent<Types>[]
  /** The version of the last of them, or the one before `from` where there is none; 0 for a stream that there is not. */
  readonly version: number
}

/** Counts since a store was made. */
export interface EventStoreStatistics {
  /** How many appends are committed. */
  readonly appended: number
  /** Appends that were refused because their stream was not as expected. */
  readonly conflicts: number
  /** Times that a partition had to be taken from another writer, or for the first time. */
  readonly takeovers: number
  /** Records of the topic that belong to no stream. */
  readonly foreign: number
}

/** Events that are read at a time. */
const chunk = 500
/** What keeps a log for good. */
const keptForGood = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' } as const

/**
 * Streams of events, all of them in one topic: a stream is the events of one key. Appends are checked and committed as one step, whoever else appends: see the guarantees in the package's DESIGN.md.
 *
 * @example
 * const store = new EventStore({ brokers, events: accounts })
 * await store.start()
 * const { version } = await store.load('account-7')
 * await store.append('account-7', [{ type: 'money.deposited', data: { amount: 12 } }], { expectedVersion: version })
 */
export class EventStore<Types extends EventTypes = EventTypes> implements AsyncDisposable {
  /** The topic of all streams. */
  readonly events: StreamTopic<Types>
  readonly #options: ResolvedEventStoreOptions
  readonly #ends: LogEnds
  readonly #reader: OffsetReader
  readonly #follower: LogFollower
  readonly #writers = new Map<number, PartitionWriter>()
  readonly #stop = new AbortController()
  readonly #counts = { appended: 0, conflicts: 0, takeovers: 0 }
  readonly #clock: Clock
  #starting: Promise<void> | undefined
  #isStarted = false
  #closing: Promise<void> | undefined
  #isForeignTold = false

  /** Checks the options; connects when it is started. Throws ConfigError. */
  constructor(options: EventStoreOptions<Types>) {
    this.events = options.events
    this.#options = resolveEventStoreOptions(options as unknown as EventStoreOptions)
    const { cluster, events, partitions, consumer, index, onWarning } = this.#options
    this.#ends = new LogEnds(cluster)
    this.#clock = this.#ends.clock
    this.#reader = new OffsetReader(cluster, events.name)
    this.#follower = new LogFollower({
      topic: events.name,
      partitions,
      consumer,
      index,
      ends: this.#ends,
      wantsAppends: partition => this.#writers.get(partition)?.wantsAppends ?? false,
      onAppended: (id, event) => this.#writers.get(event.partition)?.onAppended(id, event),
      onForeign: record => this.#tellForeign(record),
      onWarning,
    })
  }

  /**
   * Makes the topic where it is missing, and reads what is not in the index. Throws ConfigError for a topic with another number of partitions, or one that loses events; what brokers
   * refuse; StateError when it was started before.
   */
  async start(): Promise<void> {
    this.#throwIfClosed()
    if (this.#starting) throw new StateError('start: the store was started before')
    this.#starting = this.#start()
    await this.#starting
    this.#isStarted = true
  }

  async #start(): Promise<void> {
    const { cluster, events, partitions, createTopic: create } = this.#options
    const { signal } = this.#stop
    const found = await ensureTopic(cluster, events, { create, configs: keptForGood, signal })
    if (found !== partitions)
      throw new ConfigError(
        `EventStore: "${events.name}" has ${found} partitions, and its definition says ${partitions}: streams would be looked for in others`,
      )
    const policy = await topicConfig(cluster, events.name, 'cleanup.policy', signal)
    if (policy?.includes('compact'))
      throw new ConfigError(
        `EventStore: cleanup.policy of "${events.name}" is "${policy}": compaction would leave the last event of each stream; set it to "delete", and retention.ms to -1`,
      )
    await this.#follower.start(signal)
  }

  /**
   * Appends events to a stream, all of them or none, if it is as expected, and resolves when they are committed: readers of committed records see them, and so does {@link load}. Throws
   * ConcurrencyError, AppendTimeoutError, StoreBusyError, SerializationError and RecordTooLargeError (nothing is written then), what brokers refuse, the signal's reason, ClosedError.
   */
  async append(
    stream: string,
    events: readonly EventInputOf<Types>[],
    options: AppendOptions = {},
  ): Promise<AppendResult> {
    this.#throwIfNotStarted('append')
    const { expectedVersion = 'any', timeoutMs = this.#options.timeoutMs, signal } = options
    checkStream('append', stream)
    if (expectedVersion !== 'any' && expectedVersion !== 'existing')
      checkNumber('append: expectedVersion', expectedVersion, 0)
    checkNumber('append: timeoutMs', timeoutMs, 1, false)
    if (!Array.isArray(events) || events.length === 0)
      throw new ConfigError('append: there is no event; write a list of one at least')
    const encoded = await Promise.all(events.map(event => this.#encode(stream, event)))
    const writer = this.#writerOf(this.#partitionOf(encoded[0]!))
    const append = { id: randomUUID(), stream, events: encoded, expectedVersion, timeoutMs, signal }
    const { version, partition, offset } = await writer.append(append)
    this.#counts.appended++
    return { version, position: { partition, offset } }
  }

  async #encode(stream: string, event: EventInputOf<Types>): Promise<EncodedRecord> {
    const message = { ...event, key: stream } as unknown as Publication<StreamTopic<Types>>
    return encodeRecord(recordOf(this.events, message) as AnyRecord, this.#options.producer.maxRequestSize)
  }

  /** As a producer with the default partitioner has it: others who read by key find what they expect. */
  #partitionOf({ topic, key = null, value }: EncodedRecord): number {
    return defaultPartitioner({ topic, key, value, headers: [] }, this.#options.partitions)
  }

  #writerOf(partition: number): PartitionWriter {
    let writer = this.#writers.get(partition)
    if (!writer) {
      const { producer, events, index, transactionalIdPrefix, maxWaiting, maxBatch } = this.#options
      writer = new PartitionWriter(new FencedProducer(producer, `${transactionalIdPrefix}-${partition}`), {
        topic: events.name,
        partition,
        clock: this.#clock,
        random: this.#ends.random,
        maxWaiting,
        maxBatch,
        versionOf: stream => index.versionOf(stream),
        caughtUp: signal => this.#follower.caughtUp(partition, signal),
        reached: (offset, signal) => this.#follower.reached(partition, offset, signal),
        onConflict: () => this.#counts.conflicts++,
        onTakeover: () => this.#counts.takeovers++,
      })
      this.#writers.set(partition, writer)
    }
    return writer
  }

  /** The version of a stream; 0 where there is none. Throws as {@link load} does. */
  async versionOf(
    stream: string,
    options: Pick<LoadOptions, 'consistency' | 'signal'> = {},
  ): Promise<number> {
    this.#throwIfNotStarted('versionOf')
    checkStream('versionOf', stream)
    await this.#freshen(stream, options)
    return this.#options.index.versionOf(stream)
  }

  async #freshen(stream: string, { consistency, signal }: LoadOptions): Promise<void> {
    if (consistency !== 'latest') return
    await this.#follower.caughtUp(this.#partitionOf(await this.#keyOf(stream)), signal)
  }

  /** A stream as the key of a record. */
  async #keyOf(stream: string): Promise<EncodedRecord> {
    const { serde, context } = this.events.parts.key
    const headers = { list: [], add: () => {} }
    const key = await serde!.serialize(stream as never, context, headers)
    return { topic: this.events.name, key, value: null }
  }

  /**
   * Loads a stream, or a part of it, up to a version or a moment. Throws StreamTruncatedError for what the log has lost, DeserializationError, what brokers say, the signal's reason,
   * ClosedError, StateError before {@link start}.
   */
  async load(stream: string, options: LoadOptions = {}): Promise<LoadedStream<Types>> {
    const events: StoredEvent<Types>[] = []
    for await (const event of this.read(stream, options)) events.push(event)
    const version =
      events.at(-1)?.version ?? Math.min((options.from ?? 1) - 1, await this.#options.index.versionOf(stream))
    return { events, version }
  }

  /** The same one by one, some hundreds in memory at a time: for streams that are long. Throws as {@link load} does. */
  async *read(
    stream: string,
    options: LoadOptions = {},
  ): AsyncGenerator<StoredEvent<Types>, void, undefined> {
    this.#throwIfNotStarted('load')
    checkStream('load', stream)
    const { from = 1, until, signal } = options
    checkNumber('load: from', from, 1)
    await this.#freshen(stream, options)
    const ends = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal
    const last = await this.#options.index.versionOf(stream)
    const to = until && 'version' in until ? Math.min(until.version, last) : last
    const untilTime = until && 'timestamp' in until ? until.timestamp : Number.POSITIVE_INFINITY
    for (let next = from; next <= to; next += chunk) {
      for (const event of await this.#readRange(stream, next, Math.min(next + chunk - 1, to), ends)) {
        if (event.timestamp > untilTime) return
        yield event
      }
    }
  }

  async #readRange(
    stream: string,
    from: number,
    to: number,
    signal: AbortSignal,
  ): Promise<StoredEvent<Types>[]> {
    const { partition, offsets } = await this.#options.index.find(stream, from, to)
    const lost = (at: number) => new StreamTruncatedError(stream, from + at, this.events.name)
    const gap = offsets.indexOf(-1)
    if (gap >= 0) throw lost(gap)
    const records = await this.#reader.read(partition, offsets, signal)
    return Promise.all(
      offsets.map((offset, at) => {
        const record = records.get(offset)
        if (!record) throw lost(at)
        return this.#eventOf(stream, from + at, record)
      }),
    )
  }

  async #eventOf(stream: string, version: number, record: ConsumerRecord): Promise<StoredEvent<Types>> {
    const { partition, offset, timestamp } = record
    const event = (await readValue(this.events, record)) as EventEnvelope
    return storedEvent(event, {
      stream,
      version,
      position: { partition, offset },
      timestamp,
    }) as StoredEvent<Types>
  }

  #tellForeign({ topic, partition, offset }: ConsumerRecord): void {
    if (this.#isForeignTold) return
    this.#isForeignTold = true
    this.#options.onWarning(
      new Error(
        `${topic}-${partition} at offset ${offset} belongs to no stream: it was not appended by an event store, and has no version; others like it are counted (statistics.foreign) and passed over, too`,
      ),
    )
  }

  /** Counters since the store was made. */
  get statistics(): EventStoreStatistics {
    return { ...this.#counts, foreign: this.#follower.foreign }
  }

  /** Refuses appends that wait (one that is in a transaction may be written) and closes all connections. Never rejects. Another call waits for the first. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    const closed = new ClosedError('the event store')
    this.#stop.abort(closed)
    await this.#starting?.catch(() => {})
    await Promise.all([...this.#writers.values()].map(writer => writer.close(closed)))
    await this.#follower.close()
    await this.#reader.close()
    this.#ends.close()
  }

  #throwIfClosed(): void {
    if (this.#closing) throw new ClosedError('the event store')
  }

  #throwIfNotStarted(call: string): void {
    this.#throwIfClosed()
    if (!this.#isStarted) throw new StateError(`${call}: the store is not started; await start() first`)
  }
}

function checkStream(call: string, stream: unknown): void {
  if (typeof stream !== 'string' || stream === '')
    throw new ConfigError(`${call}: the stream is no text: name it`)
}
