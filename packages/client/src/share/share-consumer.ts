// Reads records of a share group (KIP-932): any number of members work on the records of a partition, each of which is acknowledged by itself.
import { randomUuid } from '@millrace/runtime'
import { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { abortSignal, count, entry, optional, patience } from '../config/arguments.ts'
import { consumerMethods, explainMissingMethods } from '../config/foreign-methods.ts'
import type { DottedOptions } from '../config/option-table.ts'
import type { LoopOptions } from '../consumer/call-arguments.ts'
import type { TopicNamed } from '../consumer/record-of.ts'
import { StateError } from '../errors/index.ts'
import { type ApplicationMetric, checkApplicationMetric } from '../telemetry/application-metrics.ts'
import { clientInstanceId, type InstanceIdOptions } from '../telemetry/reporter.ts'
import type { AnyTopic, KeyOf, PlainTopic, ValueOf } from '../topic/topic.ts'
import type { AcknowledgeType } from './acknowledgements.ts'
import { checkAcknowledged, checkRun, checkTopics } from './call-arguments.ts'
import { type AcknowledgeOutcome, readShareOptions, type ShareConsumerOptions } from './options.ts'
import { ShareCore } from './share-core.ts'
import { ShareIterator } from './share-iterator.ts'
import type { ShareRecordOf } from './share-record.ts'
import { runShareHandler, type ShareRunOptions } from './share-run.ts'
import type { ShareConsumerStatistics } from './statistics.ts'

/** How long a poll waits, and for how much. */
export interface SharePollOptions {
  /** How long to wait when there is nothing, in ms. Default: until there is something, or the consumer is closed. */
  readonly timeoutMs?: number
  /** Most records of this call. Default: `maxPollRecords`. */
  readonly maxRecords?: number
  /** Ends the wait: it throws the signal's reason. Default: nothing does. */
  readonly signal?: AbortSignal
}

/** How patient closing is. */
export interface ShareCloseOptions {
  /** How long to wait for handlers, in ms. Default 30,000. */
  readonly timeoutMs?: number
}

const signal = optional(abortSignal)
const checkLoop = entry({ signal })
const checkPoll = entry({ timeoutMs: optional(patience), maxRecords: optional(count), signal })
const checkClose = entry({ timeoutMs: optional(patience) })
const handlersTimeoutMs = 30_000

/**
 * A consumer of a share group, as Kafka's `KafkaShareConsumer`: a queue over topics. A record that is handed out is this member's until it is acknowledged or its
 * lock runs out (`group.share.record.lock.duration.ms`, 30 s); what is released, or not acknowledged in time, is delivered again, to any member, up to
 * `group.share.delivery.count.limit` times (5).
 *
 *     consumer.subscribe(['orders'])
 *     for await (const record of consumer) await handle(record)
 *
 * Needs Apache Kafka 4.2 or later. A new group starts at the end of the log, unless its setting `share.auto.offset.reset` says otherwise.
 */
export class ShareConsumer<K = Buffer, V = Buffer, T extends AnyTopic = PlainTopic<K, V>>
  implements AsyncIterable<ShareRecordOf<T>>, AsyncDisposable
{
  /** The door below: any request of the protocol, metadata, leaders. Closed with the consumer. */
  readonly cluster: Cluster
  /** The group's name for this member. */
  readonly memberId: string
  readonly #core: ShareCore<KeyOf<T>, ValueOf<T>>
  #polling = false

  /** Checks the options; connects when there is something to read. Throws ConfigError. */
  constructor(
    given: ShareConsumerOptions<K, V, T> | (Partial<ShareConsumerOptions<K, V, T>> & DottedOptions),
  ) {
    this.#core = new ShareCore(readShareOptions(given), cluster => randomUuid(cluster.random))
    this.cluster = this.#core.cluster
    this.memberId = this.#core.memberId
  }

  /**
   * Joins the group for these topics (`subscribe`), by name: share groups have no patterns. Replaces an earlier subscription. Returns at once; what goes wrong while joining is
   * thrown where records are asked for. Default: all `topics` of the options, which are the only ones that may be named where there are any. Throws StateError for what is no name, ClosedError.
   */
  subscribe(topics?: TopicNamed<T> | readonly TopicNamed<T>[]): void {
    this.#core.throwIfClosed()
    const chosen = this.#core.declared.chosen('subscribe', topics)
    const names = (Array.isArray(chosen) ? chosen : [chosen]) as readonly string[]
    checkTopics('subscribe: topics', names)
    this.#core.subscribe([...new Set(names)].sort())
  }

  /** The partitions that the group gave this member to share with others (`assignment`). */
  get assignment(): TopicPartition[] {
    return this.#core.assignment()
  }

  /** How long brokers hold a record for this member, in ms; undefined before the first records (`acquisitionLockTimeoutMs`). */
  get acquisitionLockTimeoutMs(): number | undefined {
    return this.#core.lockTimeoutMs
  }

  /** Records that `onPoison` passed over so far, in all partitions. */
  get poisonedRecords(): number {
    return this.#core.poisonedRecords
  }

  /** Counters since the consumer was made, as they are now: costs an object, and one for each topic and partition. `cluster.statistics` has those of connections. */
  get statistics(): ShareConsumerStatistics {
    return this.#core.statistics
  }

  /**
   * The name that brokers gave this client for its metrics (KIP-714). Throws OperationTimeoutError without one after `timeoutMs` (30,000), StateError with `metricsPush: false`,
   * ClosedError.
   */
  async clientInstanceId(options: InstanceIdOptions = {}): Promise<string> {
    checkClose('clientInstanceId: options', options)
    return clientInstanceId(this.#core.telemetry, options.timeoutMs)
  }

  /**
   * Has a metric of the application’s own pushed with the client’s to brokers that have subscribed to it (KIP-1076); one of the same name and attributes takes
   * its place. Without effect with `metricsPush: false`. Throws StateError for what is no metric.
   */
  registerMetricForSubscription(metric: ApplicationMetric): void {
    checkApplicationMetric('registerMetricForSubscription', metric)
    this.#core.telemetry?.application.add(metric)
  }

  /** Ends what {@link registerMetricForSubscription} began with the same object. */
  unregisterMetricFromSubscription(metric: ApplicationMetric): void {
    checkApplicationMetric('unregisterMetricFromSubscription', metric)
    this.#core.telemetry?.application.delete(metric)
  }

  /** `for await (const record of consumer)`: the same as {@link records} without options. */
  [Symbol.asyncIterator](): AsyncIterableIterator<ShareRecordOf<T>> {
    return this.records()
  }

  /**
   * A loop over records. With implicit acknowledgement, asking for the next one accepts the one before, unless something else was said of it; a loop that is left, by
   * `break` or an error, releases the one in hand. Several loops at a time share the records. The loop ends when the consumer is closed. Throws what needs
   * you: BrokerError (not allowed, for example), CorruptRecordError (which is rejected already), DeserializationError (as `onPoison` says); with explicit acknowledgement StateError when more is asked for
   * before everything was acknowledged. Throws StateError before `subscribe`, ClosedError.
   */
  records(options: LoopOptions = {}): AsyncIterableIterator<ShareRecordOf<T>> {
    this.#core.throwIfIdle()
    checkLoop('records: options', options)
    const loop = new ShareIterator(this.#core, options.signal)
    return loop as AsyncIterableIterator<unknown> as AsyncIterableIterator<ShareRecordOf<T>>
  }

  /**
   * Calls a handler for every record, several at a time, until the consumer is closed or `signal` aborts: then it resolves when the handlers under way have returned. A
   * record is accepted when its handler has returned, and released when it has thrown; `onError` may say otherwise, and has the run go on. Without it, the run
   * rejects with the first error when the others have returned. Rejects as {@link records} does, too.
   */
  async run(options: ShareRunOptions<T>): Promise<void> {
    this.#core.throwIfIdle()
    checkRun('run: options', options)
    await this.#core.track(runShareHandler(this.#core, options))
  }

  /**
   * Waits up to `timeoutMs` for records and returns them, none when the time is over or the consumer was closed. With implicit acknowledgement, the ones of the last
   * call are accepted with this one, but for those that something was said of. Throws as {@link records} does, and StateError while another `poll` waits.
   */
  async poll(options: SharePollOptions = {}): Promise<ShareRecordOf<T>[]> {
    this.#core.throwIfIdle()
    checkPoll('poll: options', options)
    if (this.#polling)
      throw new StateError('poll: the call before still waits for records; await it, or end it by its signal')
    this.#polling = true
    try {
      return (await this.#core.poll(options)) as unknown[] as ShareRecordOf<T>[]
    } finally {
      this.#polling = false
    }
  }

  /**
   * Says what became of a record in hand, by the record, its place, or the DeserializationError that was thrown in its place (`acknowledge`): told to the broker with the next request, or by {@link commit}. What is said last
   * counts. `renew` has the broker hold it for another lock duration (Apache Kafka 4.2 and later). Throws StateError for one that is not in hand, ClosedError.
   */
  acknowledge(record: TopicPartition & { readonly offset: number }, type: AcknowledgeType = 'accept'): void {
    this.#core.throwIfClosed()
    checkAcknowledged('acknowledge: record', record, type)
    this.#core.acknowledge(record, type)
  }

  /**
   * Tells brokers what was said so far, and with implicit acknowledgement accepts what is in hand (`commitSync`). Resolves when they have answered, with what became of the records
   * of each partition: an `error` in it is not thrown. Throws the signal's reason, ClosedError.
   */
  async commit(options: LoopOptions = {}): Promise<AcknowledgeOutcome[]> {
    this.#core.throwIfClosed()
    checkLoop('commit: options', options)
    return this.#core.commit(options.signal)
  }

  /** The same without waiting (`commitAsync`): `onAcknowledged` hears the outcome. Throws ClosedError. */
  commitAsync(): void {
    this.#core.throwIfClosed()
    void this.#core.commit()
  }

  /**
   * Ends all loops and `run` after the record in hand, tells brokers what was said, frees what is still held, leaves the group and closes all connections (`close`). It waits for
   * handlers until `timeoutMs` is over (default 30,000). Brokers that say nothing are waited for a few seconds. Rejects for wrong options only. Another call waits for the first.
   */
  async close(options: ShareCloseOptions = {}): Promise<void> {
    checkClose('close: options', options)
    return this.#core.close(options.timeoutMs ?? handlersTimeoutMs)
  }

  /** `await using consumer = …`: closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

explainMissingMethods('ShareConsumer', ShareConsumer.prototype, consumerMethods)
