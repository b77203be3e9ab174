// Reads records from topics: alone or in a group, record by record or in batches. The public face; what it does is done by the parts of `ConsumerCore`.
import { OffsetSpec } from '../admin/partitions/list-offsets.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { consumerMethods, explainMissingMethods } from '../config/foreign-methods.ts'
import type { DottedOptions } from '../config/option-table.ts'
import { ConfigError, GroupError, StateError } from '../errors/index.ts'
import { type ApplicationMetric, checkApplicationMetric } from '../telemetry/application-metrics.ts'
import { clientInstanceId, type InstanceIdOptions } from '../telemetry/reporter.ts'
import type { AnyTopic, KeyOf, PlainTopic, ValueOf } from '../topic/topic.ts'
import { partitionKey } from './assignors/ownership.ts'
import { argumentChecks as check } from './call-arguments.ts'
import type {
  ConsumerCloseOptions,
  LoopOptions,
  PartitionOffset,
  PartitionRange,
  PartitionStart,
  WaitOptions,
} from './call-arguments.ts'
import { checkOffset } from './check-offset.ts'
import {
  type CommitIdentity,
  type CommittedOffset,
  fetchCommitted,
  type OffsetToCommit,
} from './committed-offsets.ts'
import { ConsumerCore } from './consumer-core.ts'
import type { ConsumerEvent } from './consumer-event.ts'
import { EventIterator, type EventPollOptions } from './event-iterator.ts'
import type { RebalanceHooks } from './group-side.ts'
import { BatchIterator, RecordIterator } from './iterators.ts'
import { LogOffsets } from './log-offsets.ts'
import { assignPartitions } from './manual-assignment.ts'
import { type ConsumerOptions, readConsumerOptions } from './options.ts'
import { PartitionControl, type PartitionLag } from './partition-control.ts'
import type { OffsetTarget } from './partition-state.ts'
import { pollRecords, type PollOptions, rewindPoll } from './poll.ts'
import type { BatchOf, RecordOf, Subscribable, TopicNamed } from './record-of.ts'
import { type RunOptions, runHandlers } from './runner.ts'
import type { ConsumerStatistics } from './statistics.ts'
import { Subscription } from './subscription.ts'

const handlersTimeoutMs = 30_000

/**
 * A consumer as Kafka's `KafkaConsumer`. Subscribe or assign, then loop:
 *
 *     consumer.subscribe(['orders'])
 *     for await (const record of consumer) await handle(record)
 *
 * Asking for the next record says that the one before is processed, and only what is processed is committed automatically.
 */
export class Consumer<K = Buffer, V = Buffer, T extends AnyTopic = PlainTopic<K, V>>
  implements AsyncIterable<RecordOf<T>>, AsyncDisposable
{
  /** The door below: any request of the protocol, metadata, leaders. Closed with the consumer. */
  readonly cluster: Cluster
  readonly #core: ConsumerCore<KeyOf<T>, ValueOf<T>>
  readonly #partitions: PartitionControl
  readonly #logOffsets: LogOffsets
  /** What `pollEvent` has in hand. */
  #eventPoll: EventIterator<T> | undefined

  /** Checks the options; connects when there is something to read or to look up. Throws ConfigError. */
  constructor(given: ConsumerOptions<K, V, T> | (Partial<ConsumerOptions<K, V, T>> & DottedOptions)) {
    this.#core = new ConsumerCore(readConsumerOptions(given))
    this.cluster = this.#core.cluster
    this.#partitions = new PartitionControl(this.#core)
    this.#logOffsets = new LogOffsets(this.cluster, this.#core.options.readCommitted)
  }

  /**
   * Joins the group for these topics (`subscribe`); patterns take in topics that appear later, too, and none is created for either. Replaces an
   * earlier subscription, its hooks as well. The hooks are awaited: partitions change hands when they are done. Returns at once; what goes wrong
   * while joining is thrown where records are asked for. Default: all `topics` of the options, which are the only ones that may be named where there
   * are any. Throws ConfigError without a `groupId`, StateError after `assign` or for what is neither a name nor a pattern, ClosedError.
   */
  subscribe(topics?: Subscribable<T> | readonly Subscribable<T>[], hooks: RebalanceHooks = {}): void {
    const core = this.#core
    core.throwIfClosed()
    if (!core.group)
      throw new ConfigError('Consumer: subscribe needs a groupId; without one, assign partitions')
    if (core.mode === 'assigned')
      throw new StateError('this consumer has partitions by assign: make another one')
    check.hooks('subscribe: hooks', hooks)
    const chosen = core.declared.chosen('subscribe', topics)
    const subscription = new Subscription(chosen, core.options.excludeInternalTopics)
    core.mode = 'subscribed'
    core.group.subscribe(subscription, hooks)
  }

  /**
   * Reads exactly these partitions, whatever a group does (`assign`). Replaces the partitions before: those that stay keep their position unless an
   * offset is given, and of those that go, what was processed is committed (`autoCommit`). A partition without an offset starts where the group left
   * off, without a group as `autoOffsetReset` says. Returns at once. Throws StateError after `subscribe` or for an impossible offset, ConfigError when
   * there is nowhere to start, ClosedError.
   */
  assign(partitions: readonly PartitionStart<TopicNamed<T>>[]): void {
    this.#core.throwIfClosed()
    if (this.#core.mode === 'subscribed')
      throw new StateError('this consumer is subscribed: make another one')
    const named = this.#core.declared.chosenPartitions(
      'assign',
      partitions as readonly PartitionStart<string | AnyTopic>[],
    )
    check.partitions('assign: partitions', named)
    assignPartitions(this.#core, named)
  }

  /** The partitions that this consumer has at present (`assignment`): by `assign`, or as the group gave them. */
  get assignment(): TopicPartition[] {
    return this.#partitions.all()
  }

  /** Records that `onPoison` passed over so far, in all partitions. */
  get poisonedRecords(): number {
    return this.#core.decoder.passedOver
  }

  /** The group's name for this member; empty outside of a group. */
  get memberId(): string {
    return this.#core.group?.memberId ?? ''
  }

  /**
   * Who commits for this consumer (`groupMetadata`): what a transaction needs to commit its offsets so that the group can fence it (KIP-447). Ask for it
   * anew for each transaction. Outside of a generation by `assign`: generation −1 and an empty member id. Throws GroupError `COMMIT_FAILED` while
   * a subscribed consumer is no member of its group, ConfigError without a `groupId`, ClosedError.
   */
  groupMetadata(): CommitIdentity {
    this.#core.groupIdFor('groupMetadata')
    return this.#core.group!.identity
  }

  /** Counters since the consumer was made, as they are now: costs an object, and one for each topic and partition. `cluster.statistics` has those of connections. */
  get statistics(): ConsumerStatistics {
    return this.#core.statistics
  }

  /** The name that brokers gave this client for its metrics (KIP-714). Throws OperationTimeoutError without one after `timeoutMs` (30,000), StateError with `metricsPush: false`, ClosedError. */
  async clientInstanceId(options: InstanceIdOptions = {}): Promise<string> {
    check.close('clientInstanceId: options', options)
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
  [Symbol.asyncIterator](): AsyncIterableIterator<RecordOf<T>> {
    return this.records()
  }

  /**
   * A loop over records, those of a partition in order. Asking for the next one says that the one before is processed; a loop that is left, by
   * `break` or an error, leaves the one in hand unprocessed: it comes again. Several loops at a time share the partitions. The loop ends when the
   * consumer is closed. It throws what needs you: CorruptRecordError, PositionError, GroupError, BrokerError (not allowed, for example), what a
   * rebalance hook threw, and goes on from the same place when it is started again. Throws StateError before `subscribe` or `assign`, ClosedError.
   */
  records(options: LoopOptions = {}): AsyncIterableIterator<RecordOf<T>> {
    this.#core.throwIfIdle()
    check.loop('records: options', options)
    const loop = new RecordIterator(this.#core.handout, this.#core.sourceOf, options.signal)
    return loop as AsyncIterableIterator<unknown> as AsyncIterableIterator<RecordOf<T>>
  }

  /** A loop over batches, each of one partition: the fastest way to consume. What holds of a record in {@link records} holds of a batch here. */
  batches(options: LoopOptions = {}): AsyncIterableIterator<BatchOf<T>> {
    this.#core.throwIfIdle()
    check.loop('batches: options', options)
    const loop = new BatchIterator(this.#core.handout, this.#core.sourceOf, options.signal)
    return loop as AsyncIterableIterator<unknown> as AsyncIterableIterator<BatchOf<T>>
  }

  /**
   * Calls a handler for every record or batch, those of a partition one after the other, until the consumer is closed or `signal` aborts: then it
   * resolves when the handlers under way have returned. A record or batch is processed when its handler has returned. Rejects with what a handler
   * throws, when the others have returned: another `run` starts with what failed. Rejects as {@link records} does, too, and with ConfigError without a
   * handler or with two.
   */
  async run(options: RunOptions<T>): Promise<void> {
    this.#core.throwIfIdle()
    check.run('run: options', options)
    if (!options.eachRecord === !options.eachBatch)
      throw new ConfigError('Consumer: run needs eachRecord or eachBatch')
    await this.#core.track(runHandlers(this.#core.handout, this.#core.sourceOf, options, this.cluster.hooks))
  }

  /**
   * Waits up to `timeoutMs` for records and returns them, none when the time is over or the consumer was closed. The ones of the last call
   * count as processed with this one, as in Java: whoever failed over them calls {@link rewind} first. Throws as {@link records} does, and StateError while another `poll` waits.
   */
  async poll(options: PollOptions = {}): Promise<RecordOf<T>[]> {
    this.#core.throwIfIdle()
    check.poll('poll: options', options)
    const records = await pollRecords(this.#core.handout, this.#core.sourceOf, {
      maxRecords: this.#core.options.maxPollRecords,
      ...options,
    })
    return records as unknown[] as RecordOf<T>[]
  }

  /**
   * Waits up to `timeoutMs` for one event: a record, the end of a partition, or an error (librdkafka's `Poll`). Undefined when the time is over or
   * the consumer was closed. A record counts as processed with the next call; {@link rewind} makes it come again. What needs you is an event, too, and
   * nothing but wrong arguments and the signal is thrown. Throws StateError while another `pollEvent` waits.
   */
  async pollEvent(options: EventPollOptions = {}): Promise<ConsumerEvent<T> | undefined> {
    this.#core.throwIfIdle()
    check.wait('pollEvent: options', options)
    this.#eventPoll ??= this.#eventsUntil(undefined)
    if (this.#eventPoll.isWaiting)
      throw new StateError('pollEvent: the call before still waits; await it, or end it by its signal')
    return this.#eventPoll.poll(options.timeoutMs ?? Number.POSITIVE_INFINITY, options.signal)
  }

  /**
   * A loop over events: records, ends of partitions and errors, told apart by `type`. What holds of a record in {@link records} holds of one here.
   * No error ends the loop but a fatal one, which is its last event: one that only informs is an event between others, and a partition that cannot go on
   * leaves the others alone. Throws StateError before `subscribe` or `assign`, ClosedError, and the signal's reason.
   */
  events(options: LoopOptions = {}): AsyncIterableIterator<ConsumerEvent<T>> {
    this.#core.throwIfIdle()
    check.loop('events: options', options)
    return this.#eventsUntil(options.signal)
  }

  #eventsUntil(signal: AbortSignal | undefined): EventIterator<T> {
    const { handout, sourceOf, notices } = this.#core
    return new EventIterator(handout, sourceOf, notices, signal)
  }

  /** What the last `poll` or `pollEvent` returned comes again, but for what was processed by {@link markProcessed} or {@link commit}. */
  rewind(): void {
    this.#core.throwIfIdle()
    rewindPoll(this.#core.handout)
    this.#eventPoll?.rewind()
  }

  /**
   * Says that a record or batch which was handed out, and all before it in its partition, are processed, before the next one is asked for:
   * what is in hand when a loop is left or a handler throws comes again from behind it, and automatic commits take it in. Returns false
   * when the partition is not this consumer's any more, or was sought in: it comes again. Throws ClosedError.
   */
  markProcessed(done: PartitionOffset | PartitionRange): boolean {
    this.#core.throwIfClosed()
    check.partition('markProcessed: done', done)
    const isBatch = 'endOffset' in done
    checkOffset(`${done.topic}-${done.partition}`, isBatch ? done.endOffset : done.offset)
    const end = isBatch ? done.endOffset : done.offset + 1
    const state = this.#core.assignment.find(done.topic, done.partition)
    return state !== undefined && this.#core.handout.markProcessed(state, end)
  }

  /**
   * Says that whoever works on what was handed out is alive: `maxPollIntervalMs` begins anew. For handlers that take longer than that, at times. Asking for records says the same. Throws ClosedError.
   */
  keepAlive(): void {
    this.#core.throwIfClosed()
    this.#core.handout.notePoll()
  }

  /**
   * Commits offsets (`commitSync`): the given ones, or everything that was handed out, the record or batch in hand included, which then counts as
   * processed. What a loop that was left had in hand is not among it any more: commit before `break`. Waits for the coordinator, with retries for `apiTimeoutMs`. Throws GroupError `COMMIT_FAILED` when the group took the partitions away,
   * OperationTimeoutError, BrokerError, StateError for an impossible offset, ConfigError without a `groupId`, ClosedError.
   */
  async commit(offsets?: readonly OffsetToCommit[], options: LoopOptions = {}): Promise<void> {
    const groupId = this.#core.groupIdFor('commit')
    check.loop('commit: options', options)
    if (offsets !== undefined) {
      check.offsetsToCommit('commit: offsets', offsets)
      for (const { topic, partition, offset } of offsets) checkOffset(`${topic}-${partition}`, offset)
      return this.#core.committer.commit(offsets, options)
    }
    await this.#core.committer.commitDelivered(options.signal)
    if (this.#core.mode !== 'subscribed' || !this.#core.handout.holdsRevoked) return
    // There is no offset left to commit for it; silence would say that it is committed.
    throw new GroupError(
      'COMMIT_FAILED',
      `committing offsets of group "${groupId}": the partition of the record in hand was taken away, and it is delivered again. Work in smaller batches or raise maxPollIntervalMs`,
    )
  }

  /**
   * What the group has committed (`committed`) for partitions, in their order; undefined where it has nothing. Default: all that this consumer has.
   * Throws OperationTimeoutError after `apiTimeoutMs`, BrokerError, ConfigError without a `groupId`, ClosedError.
   */
  async committed(
    partitions: readonly TopicPartition[] = this.assignment,
    options: LoopOptions = {},
  ): Promise<(CommittedOffset | undefined)[]> {
    const groupId = this.#core.groupIdFor('committed')
    check.partitions('committed: partitions', partitions)
    check.loop('committed: options', options)
    const found = await fetchCommitted(this.cluster, groupId, partitions, {
      stable: this.#core.options.readCommitted,
      signal: options.signal,
    })
    return partitions.map(({ topic, partition }) => found.get(partitionKey(topic, partition)))
  }

  /**
   * Offset of the next record that will be handed out (`position`); undefined while the starting point is looked up. Throws StateError for a partition
   * that this consumer does not have.
   */
  position(partition: TopicPartition): number | undefined {
    return this.#partitions.position('position: partition', partition)
  }

  /**
   * Offsets between position and end, as of the last fetch (`records-lag`); undefined before the first. The end is the last stable offset with
   * `read_committed`, else the high watermark. Throws StateError for a partition that this consumer does not have.
   */
  lag(partition: TopicPartition): number | undefined {
    return this.#partitions.lag('lag: partition', partition)
  }

  /**
   * The same for several partitions, with the offsets that it comes from and the start of the log; nothing is asked of a broker. Default: all that this consumer
   * has. For a group as a whole, whoever its members are, see `Admin.describeGroupLag`. Throws StateError as {@link lag} does.
   */
  lags(partitions: readonly TopicPartition[] = this.assignment): PartitionLag[] {
    return this.#partitions.lags('lags: partitions', partitions)
  }

  /**
   * Goes on at an offset, an end of the log or a time (`seek`, `seekToBeginning`, `seekToEnd`), also while a loop runs and inside `onAssigned`. What was fetched
   * from elsewhere is dropped, and what is in hand does not count as processed. Where a time or an end comes to is looked up in the background:
   * {@link awaitPosition} waits for it. Throws StateError for a partition that this consumer does not have (nothing is kept for one that may come), and for an impossible
   * offset.
   */
  seek(partition: TopicPartition, to: number | OffsetTarget): void {
    this.#partitions.seek('seek: partition', partition, to)
  }

  /**
   * Waits for the position in a partition (`position`): behind a {@link seek} to an end or a time, or at the start. Works inside `onAssigned`, too. Throws PositionError
   * where there is none and `autoOffsetReset` is `none`, OperationTimeoutError, BrokerError (not allowed, for example), StateError for a partition that this consumer does not
   * have, or that goes meanwhile.
   */
  async awaitPosition(partition: TopicPartition, options: WaitOptions = {}): Promise<number> {
    this.#core.throwIfClosed()
    check.wait('awaitPosition: options', options)
    return this.#partitions.awaitPosition('awaitPosition: partition', partition, options)
  }

  /**
   * Hands out nothing more of these partitions until {@link resume} (`pause`). What is fetched already is kept; a partition that the group takes and gives
   * back is not paused any more. Default: all that this consumer has. Throws StateError for one that it does not have.
   */
  pause(partitions: readonly TopicPartition[] = this.assignment): void {
    this.#partitions.pause('pause: partitions', partitions)
  }

  /** Hands out what {@link pause} held back (`resume`). Default: all that are paused. Throws StateError for a partition that this consumer does not have. */
  resume(partitions: readonly TopicPartition[] = this.paused): void {
    this.#partitions.resume('resume: partitions', partitions)
  }

  /** The partitions that {@link pause} holds back (`paused`). */
  get paused(): TopicPartition[] {
    return this.#partitions.paused()
  }

  /**
   * The first offset that each log still has (`beginningOffsets`), in the order asked for. Default: all that this consumer has. Throws BrokerError for a
   * partition that does not exist or may not be read, OperationTimeoutError after `apiTimeoutMs`.
   */
  beginningOffsets(
    partitions: readonly TopicPartition[] = this.assignment,
    options: LoopOptions = {},
  ): Promise<PartitionOffset[]> {
    return this.#logOffsets.ofEach('beginningOffsets', partitions, OffsetSpec.earliest, options)
  }

  /**
   * Ends of the logs, one past the last record (`endOffsets`), in the order asked for: the last stable offset with `read_committed`, else the high
   * watermark. Default: all that this consumer has. Throws as {@link beginningOffsets} does.
   */
  endOffsets(
    partitions: readonly TopicPartition[] = this.assignment,
    options: LoopOptions = {},
  ): Promise<PartitionOffset[]> {
    return this.#logOffsets.ofEach('endOffsets', partitions, OffsetSpec.latest, options)
  }

  /**
   * The first offset at or after a time, in ms since the epoch, in each partition (`offsetsForTimes`), in the order asked for; −1 where no record is
   * that young. Throws as {@link beginningOffsets} does.
   */
  offsetsForTimes(
    times: readonly (TopicPartition & { readonly timestamp: number })[],
    options: LoopOptions = {},
  ): Promise<PartitionOffset[]> {
    return this.#logOffsets.atTimes('offsetsForTimes', times, options)
  }

  /**
   * Ends all loops and `run` after the item in hand, commits what is processed (`autoCommit`), runs `onRevoked`, leaves the group, closes all
   * connections (`close`). It waits for handlers and hooks until `timeoutMs` is over (one that awaits it waits for itself), and goes on without
   * those that have not returned: what they have in hand is not committed. Brokers that say nothing are waited for a few seconds. Rejects for wrong options only;
   * what could not be committed is told to `onWarning`. Another call waits for the first.
   */
  async close(options: ConsumerCloseOptions = {}): Promise<void> {
    check.closeConsumer('close: options', options)
    return this.#core.close(options.timeoutMs ?? handlersTimeoutMs, options.groupMembership)
  }

  /** `await using consumer = …`: closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

explainMissingMethods('Consumer', Consumer.prototype, consumerMethods)
