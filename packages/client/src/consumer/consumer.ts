// Reads records from topics: alone or in a group, record by record or in batches.
import { OffsetSpec } from '../admin/list-offsets.ts'
import { atMost } from '../cluster/at-most.ts'
import { Cluster } from '../cluster/cluster.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { closeTimeoutMs } from '../cluster/options.ts'
import { clusterPart } from '../config/cluster-table.ts'
import type { DottedOptions } from '../config/option-table.ts'
import { ClosedError, ConfigError, GroupError, StateError } from '../errors/index.ts'
import { tell } from '../events/tell.ts'
import type { ConsumerBatch } from './batch.ts'
import { Assignment } from './assignment.ts'
import { partitionKey } from './assignors/ownership.ts'
import { checkOffset, checkStart } from './check-offset.ts'
import { LogOffsets } from './log-offsets.ts'
import { OffsetCommitter } from './offset-committer.ts'
import { Fetcher } from './fetcher.ts'
import { GroupSide, type RebalanceHooks } from './group-side.ts'
import { type CommittedOffset, fetchCommitted, type OffsetToCommit } from './committed-offsets.ts'
import { ClassicMember } from './group/classic-member.ts'
import { Handout } from './handout.ts'
import { argumentChecks as check } from './call-arguments.ts'
import type { CloseOptions, LoopOptions, PartitionOffset, PartitionStart } from './call-arguments.ts'
import { BatchIterator, RecordIterator, type SourceOf } from './iterators.ts'
import {
  type ConsumerOptions,
  type ResolvedConsumerOptions,
  readConsumerOptions,
  resolveConsumerOptions,
} from './options.ts'
import type { OffsetTarget, PartitionState, StartingPoint } from './partition-state.ts'
import { endTeller } from './partition-end.ts'
import { pollRecords, type PollOptions, rewindPoll } from './poll.ts'
import { Positions } from './positions.ts'
import type { ConsumerRecord, RecordSource } from './record.ts'
import { type RunOptions, runHandlers } from './runner.ts'
import { Subscription } from './subscription.ts'
import { warnOfTopics } from './topic-warnings.ts'

const handlersTimeoutMs = 30_000

/**
 * A consumer as Kafka's `KafkaConsumer`. Subscribe or assign, then loop:
 *
 *     consumer.subscribe(['orders'])
 *     for await (const record of consumer) await handle(record)
 *
 * Asking for the next record says that the one before is processed, and only what is processed is committed automatically.
 */
export class Consumer<K = Buffer, V = Buffer>
  implements AsyncIterable<ConsumerRecord<K, V>>, AsyncDisposable
{
  /** The door below: any request of the protocol, metadata, leaders. Closed with the consumer. */
  readonly cluster: Cluster
  readonly #options: ResolvedConsumerOptions
  readonly #assignment = new Assignment()
  readonly #handout: Handout
  readonly #fetcher: Fetcher
  readonly #positions: Positions
  readonly #committer: OffsetCommitter
  readonly #logOffsets: LogOffsets
  readonly #group: GroupSide | undefined
  readonly #onWarning: (error: Error) => void
  readonly #sources = new WeakMap<PartitionState, RecordSource<K, V>>()
  readonly #sourceOf: SourceOf<K, V>
  readonly #runs = new Set<Promise<void>>()
  #mode: 'none' | 'subscribed' | 'assigned' = 'none'
  #closing: Promise<void> | undefined

  /** Checks the options; connects when there is something to read or to look up. Throws ConfigError. */
  constructor(given: ConsumerOptions<K, V> | (Partial<ConsumerOptions<K, V>> & DottedOptions)) {
    const options = readConsumerOptions(given)
    this.#options = resolveConsumerOptions(options)
    const { keySerde, valueSerde } = options
    const listener = options.onWarning ?? ((error: Error) => process.emitWarning(error))
    const onWarning = (error: Error) => tell(listener, error)
    this.#onWarning = onWarning
    this.cluster = new Cluster({
      ...clusterPart(options),
      // Who reads brings no topic into being, and above all not back.
      allowAutoTopicCreation: options.allowAutoTopicCreation ?? false,
      onEvent: warnOfTopics(options.onEvent, onWarning),
    })
    this.#logOffsets = new LogOffsets(this.cluster, this.#options.readCommitted)
    const tellEnd = endTeller(options.onPartitionEnd, this.#options.readCommitted)
    this.#handout = new Handout(this.#assignment, this.cluster.clock, {
      onTaken: () => this.#fetcher.onTaken(),
      onProcessed: tellEnd,
    })
    const onError = (error: Error, state?: PartitionState) => this.#handout.fail(error, state)
    this.#positions = new Positions(this.cluster, this.#options, this.#assignment, {
      onPosition: () => this.#fetcher.wake(),
      onError,
      committed: () => this.#committer.settled(),
    })
    this.#fetcher = new Fetcher(this.cluster, this.#options, this.#assignment, {
      onData: () => this.#handout.wake(),
      onEmpty: tellEnd,
      onTarget: () => this.#positions.resolve(),
      needsValidation: state => this.#positions.needsValidation(state),
      onError,
    })
    const { groupId, autoCommit, autoCommitIntervalMs } = this.#options
    this.#committer = new OffsetCommitter({
      cluster: this.cluster,
      assignment: this.#assignment,
      identity: () =>
        this.#group?.identity ?? { groupId: groupId!, groupInstanceId: null, memberId: '', generation: -1 },
      isRejoining: () => this.#group?.isRejoining ?? false,
      mayCommit: () => this.#group?.mayCommit ?? true,
      intervalMs: autoCommit ? autoCommitIntervalMs : undefined,
      onError: onWarning,
    })
    if (groupId !== undefined) {
      const groupOptions = { ...this.#options, groupId }
      this.#group = new GroupSide({
        options: groupOptions,
        makeMembership: (subscription, host) =>
          new ClassicMember(this.cluster, groupOptions, subscription, host),
        assignment: this.#assignment,
        handout: this.#handout,
        committer: this.#committer,
        handlersDone: () => this.#handlersDone(),
        onAdded: () => this.#start(),
        onError,
      })
    }
    this.#sourceOf = state => {
      let source = this.#sources.get(state)
      if (!source) {
        source = { topic: state.topic, partition: state.partition, keySerde, valueSerde }
        this.#sources.set(state, source)
      }
      return source
    }
  }

  /**
   * Joins the group for these topics (`subscribe`); patterns take in topics that appear later, too, and none is created for either. Replaces an
   * earlier subscription, its hooks as well. The hooks are awaited: partitions change hands when they are done. Returns at once; what goes wrong
   * while joining is thrown where records are asked for. Throws ConfigError without a `groupId`, StateError after `assign` or for what is neither a
   * name nor a pattern, ClosedError.
   */
  subscribe(topics: string | RegExp | readonly (string | RegExp)[], hooks: RebalanceHooks = {}): void {
    this.#throwIfClosed()
    if (!this.#group)
      throw new ConfigError('Consumer: subscribe needs a groupId; without one, assign partitions')
    if (this.#mode === 'assigned')
      throw new StateError('this consumer has partitions by assign: make another one')
    check.hooks('subscribe: hooks', hooks)
    const subscription = new Subscription(topics)
    this.#mode = 'subscribed'
    this.#group.subscribe(subscription, hooks)
  }

  /**
   * Reads exactly these partitions, whatever a group does (`assign`). Replaces the partitions before: those that stay keep their position unless an
   * offset is given, and of those that go, what was processed is committed (`autoCommit`). A partition without an offset starts where the group left
   * off, without a group as `autoOffsetReset` says. Returns at once. Throws StateError after `subscribe` or for an impossible offset, ConfigError when
   * there is nowhere to start, ClosedError.
   */
  assign(partitions: readonly PartitionStart[]): void {
    this.#throwIfClosed()
    if (this.#mode === 'subscribed') throw new StateError('this consumer is subscribed: make another one')
    check.partitions('assign: partitions', partitions)
    for (const { topic, partition, offset } of partitions) {
      if (offset !== undefined)
        checkStart(`${topic}-${partition}`, offset, ['earliest', 'latest', 'committed'])
    }
    this.#mode = 'assigned'
    const wanted = new Set(partitions.map(({ topic, partition }) => partitionKey(topic, partition)))
    const dropped = [...this.#assignment].filter(
      ({ topic, partition }) => !wanted.has(partitionKey(topic, partition)),
    )
    if (this.#options.autoCommit)
      this.#committer.commitProcessed(dropped).catch((error: unknown) => this.#onWarning(error as Error))
    for (const state of dropped) this.#assignment.remove(state)
    for (const { topic, partition, offset } of partitions) {
      const known = this.#assignment.find(topic, partition)
      const state = known ?? this.#assignment.add(topic, partition)
      if (typeof offset === 'number') this.#assignment.move(state, offset)
      else if (offset !== undefined || !known)
        this.#assignment.moveToTarget(state, offset ?? this.#defaultStart())
    }
    this.#start()
  }

  /** The partitions that this consumer has at present (`assignment`): by `assign`, or as the group gave them. */
  get assignment(): TopicPartition[] {
    return [...this.#assignment].map(({ topic, partition }) => ({ topic, partition }))
  }

  /** The group's name for this member; empty outside of a group. */
  get memberId(): string {
    return this.#group?.memberId ?? ''
  }

  /** `for await (const record of consumer)`: the same as {@link records} without options. */
  [Symbol.asyncIterator](): AsyncIterableIterator<ConsumerRecord<K, V>> {
    return this.records()
  }

  /**
   * A loop over records, those of a partition in order. Asking for the next one says that the one before is processed; a loop that is left, by
   * `break` or an error, leaves the one in hand unprocessed: it comes again. Several loops at a time share the partitions. The loop ends when the
   * consumer is closed. It throws what needs you: CorruptRecordError, PositionError, GroupError, BrokerError (not allowed, for example), what a
   * rebalance hook threw, and goes on from the same place when it is started again. Throws StateError before `subscribe` or `assign`, ClosedError.
   */
  records(options: LoopOptions = {}): AsyncIterableIterator<ConsumerRecord<K, V>> {
    this.#throwIfIdle()
    check.loop('records: options', options)
    return new RecordIterator(this.#handout, this.#sourceOf, options.signal)
  }

  /** A loop over batches, each of one partition: the fastest way to consume. What holds of a record in {@link records} holds of a batch here. */
  batches(options: LoopOptions = {}): AsyncIterableIterator<ConsumerBatch<K, V>> {
    this.#throwIfIdle()
    check.loop('batches: options', options)
    return new BatchIterator(this.#handout, this.#sourceOf, options.signal)
  }

  /**
   * Calls a handler for every record or batch, those of a partition one after the other, until the consumer is closed or `signal` aborts: then it
   * resolves when the handlers under way have returned. A record or batch is processed when its handler has returned. Rejects with what a handler
   * throws, when the others have returned: another `run` starts with what failed. Rejects as {@link records} does, too, and with ConfigError without a
   * handler or with two.
   */
  async run(options: RunOptions<K, V>): Promise<void> {
    this.#throwIfIdle()
    check.run('run: options', options)
    if (!options.eachRecord === !options.eachBatch)
      throw new ConfigError('Consumer: run needs eachRecord or eachBatch')
    const run = runHandlers(this.#handout, this.#sourceOf, options)
    this.#runs.add(run)
    try {
      await run
    } finally {
      this.#runs.delete(run)
    }
  }

  /**
   * Waits up to `timeoutMs` for records and returns them, none when the time is over or the consumer was closed. The ones of the last call
   * count as processed with this one, as in Java: whoever failed over them calls {@link rewind} first. Throws as {@link records} does, and StateError while another `poll` waits.
   */
  async poll(options: PollOptions = {}): Promise<ConsumerRecord<K, V>[]> {
    this.#throwIfIdle()
    check.poll('poll: options', options)
    return pollRecords(this.#handout, this.#sourceOf, {
      maxRecords: this.#options.maxPollRecords,
      ...options,
    })
  }

  /** What the last `poll` returned comes again, but for what was processed by {@link markProcessed} or {@link commit}. */
  rewind(): void {
    this.#throwIfIdle()
    rewindPoll(this.#handout)
  }

  /**
   * Says that a record or batch which was handed out, and all before it in its partition, are processed, before the next one is asked for:
   * what is in hand when a loop is left or a handler throws comes again from behind it, and automatic commits take it in. Returns false
   * when the partition is not this consumer's any more, or was sought in: it comes again. Throws ClosedError.
   */
  markProcessed(done: PartitionOffset | ConsumerBatch<K, V>): boolean {
    this.#throwIfClosed()
    check.partition('markProcessed: done', done)
    const isBatch = 'endOffset' in done
    checkOffset(`${done.topic}-${done.partition}`, isBatch ? done.endOffset : done.offset)
    const end = isBatch ? done.endOffset : done.offset + 1
    const state = this.#assignment.find(done.topic, done.partition)
    return state !== undefined && this.#handout.markProcessed(state, end)
  }

  /**
   * Commits offsets (`commitSync`): the given ones, or everything that was handed out, the record or batch in hand included, which then counts as
   * processed. What a loop that was left had in hand is not among it any more: commit before `break`. Waits for the coordinator, with retries for `apiTimeoutMs`. Throws GroupError `COMMIT_FAILED` when the group took the partitions away,
   * OperationTimeoutError, BrokerError, StateError for an impossible offset, ConfigError without a `groupId`, ClosedError.
   */
  async commit(offsets?: readonly OffsetToCommit[], options: LoopOptions = {}): Promise<void> {
    const groupId = this.#throwIfNoGroup('commit')
    check.loop('commit: options', options)
    if (offsets !== undefined) {
      check.offsetsToCommit('commit: offsets', offsets)
      for (const { topic, partition, offset } of offsets) checkOffset(`${topic}-${partition}`, offset)
      return this.#committer.commit(offsets, options)
    }
    await this.#committer.commitDelivered(options.signal)
    if (this.#mode !== 'subscribed' || !this.#handout.holdsRevoked) return
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
    const groupId = this.#throwIfNoGroup('committed')
    check.partitions('committed: partitions', partitions)
    check.loop('committed: options', options)
    const found = await fetchCommitted(this.cluster, groupId, partitions, {
      stable: this.#options.readCommitted,
      signal: options.signal,
    })
    return partitions.map(({ topic, partition }) => found.get(partitionKey(topic, partition)))
  }

  /**
   * Offset of the next record that will be handed out (`position`); undefined while the starting point is looked up. Throws StateError for a partition
   * that this consumer does not have.
   */
  position(partition: TopicPartition): number | undefined {
    return this.#own('position: partition', partition).position
  }

  /**
   * Offsets between position and end, as of the last fetch (`records-lag`); undefined before the first. The end is the last stable offset with
   * `read_committed`, else the high watermark. Throws StateError for a partition that this consumer does not have.
   */
  lag(partition: TopicPartition): number | undefined {
    const { position, highWatermark, lastStableOffset } = this.#own('lag: partition', partition)
    const end = this.#options.readCommitted ? lastStableOffset : highWatermark
    return position === undefined || end < 0 ? undefined : Math.max(0, end - position)
  }

  /**
   * Goes on at an offset, an end of the log or a time (`seek`, `seekToBeginning`, `seekToEnd`). What was fetched from elsewhere is dropped, and what is
   * in hand does not count as processed. Throws StateError for a partition that this consumer does not have, and for an impossible offset.
   */
  seek(partition: TopicPartition, to: number | OffsetTarget): void {
    const state = this.#own('seek: partition', partition)
    checkStart(state.name, to, ['earliest', 'latest'])
    if (typeof to === 'number') this.#assignment.move(state, to)
    else this.#assignment.moveToTarget(state, to)
    this.#start()
  }

  /**
   * Hands out nothing more of these partitions until {@link resume} (`pause`). What is fetched already is kept; a partition that the group takes and gives
   * back is not paused any more. Default: all that this consumer has. Throws StateError for one that it does not have.
   */
  pause(partitions: readonly TopicPartition[] = this.assignment): void {
    for (const state of this.#ownAll('pause: partitions', partitions)) state.paused = true
  }

  /** Hands out what {@link pause} held back (`resume`). Default: all that are paused. Throws StateError for a partition that this consumer does not have. */
  resume(partitions: readonly TopicPartition[] = this.paused): void {
    for (const state of this.#ownAll('resume: partitions', partitions)) {
      state.paused = false
      this.#assignment.list(state)
    }
    this.#handout.wake()
    this.#fetcher.wake()
  }

  /** The partitions that {@link pause} holds back (`paused`). */
  get paused(): TopicPartition[] {
    return [...this.#assignment]
      .filter(({ paused }) => paused)
      .map(({ topic, partition }) => ({ topic, partition }))
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
  async close(options: CloseOptions = {}): Promise<void> {
    check.close('close: options', options)
    this.#closing ??= this.#close(options.timeoutMs ?? handlersTimeoutMs)
    return this.#closing
  }

  /** `await using consumer = …`: closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(timeoutMs: number): Promise<void> {
    this.#handout.close()
    this.#fetcher.close()
    this.#positions.close()
    this.#committer.close()
    const { clock } = this.cluster
    const giveUpAt = clock.monotonic() + timeoutMs
    // What the user's code has not returned from holds back neither what else is done nor the partitions that the group waits for.
    const userTimer = clock.setTimer(timeoutMs, () => this.#group?.giveUpHooks())
    try {
      await atMost(clock, timeoutMs, this.#handlersDone())
      await atMost(clock, Math.max(0, giveUpAt - clock.monotonic()) + closeTimeoutMs, this.#finish())
    } finally {
      userTimer.cancel()
      this.#group?.close()
      this.cluster.close()
    }
  }

  async #handlersDone(): Promise<void> {
    await Promise.allSettled(this.#runs)
  }

  /** What is left to do for the group. Brokers that say nothing are waited for a few seconds. */
  async #finish(): Promise<void> {
    if (this.#mode === 'assigned' && this.#options.autoCommit)
      await this.#committer.commitInTime(closeTimeoutMs)
    await this.#group?.leave()
  }

  #start(): void {
    if (this.#closing) return
    for (const { topic } of this.#assignment) this.cluster.useTopic(topic)
    this.#committer.start()
    this.#positions.resolve()
    this.#fetcher.wake()
    this.#handout.wake()
  }

  #defaultStart(): StartingPoint {
    const { groupId, autoOffsetReset } = this.#options
    if (groupId !== undefined) return 'committed'
    if (autoOffsetReset !== 'none') return autoOffsetReset
    throw new ConfigError(
      'Consumer: assign without offsets needs a groupId or an autoOffsetReset other than "none"',
    )
  }

  /** The state of a partition that a caller names at `place`. Throws StateError for what is none, and for one that this consumer does not have. */
  #own(place: string, named: TopicPartition): PartitionState {
    check.partition(place, named)
    return this.#assignment.get(named.topic, named.partition)
  }

  /** The same for several: all are looked at before anything is done to one. */
  #ownAll(place: string, named: readonly TopicPartition[]): PartitionState[] {
    check.partitions(place, named)
    return named.map(({ topic, partition }) => this.#assignment.get(topic, partition))
  }

  #throwIfClosed(): void {
    if (this.#closing) throw new ClosedError('the consumer')
  }

  #throwIfIdle(): void {
    this.#throwIfClosed()
    if (this.#mode === 'none')
      throw new StateError('subscribe to topics or assign partitions before consuming')
  }

  #throwIfNoGroup(call: string): string {
    this.#throwIfClosed()
    const { groupId } = this.#options
    if (groupId === undefined) throw new ConfigError(`Consumer: ${call} needs a groupId`)
    return groupId
  }
}
