// The parts of a consumer put together, and its course: from the first partition to the last commit.
import { atMost } from '../cluster/at-most.ts'
import { Cluster } from '../cluster/cluster.ts'
import { type ClusterOptions, closeTimeoutMs } from '../cluster/options.ts'
import { clusterPart } from '../config/cluster-table.ts'
import { ClosedError, ConfigError, StateError } from '../errors/index.ts'
import { type ClientEvent, recordPoisoned } from '../events/client-event.ts'
import { tell } from '../events/tell.ts'
import type { TelemetryReporter } from '../telemetry/reporter.ts'
import type { AnyTopic } from '../topic/topic.ts'
import { Assignment } from './assignment.ts'
import { ConsumerCounters } from './counters.ts'
import { DeclaredTopics } from './declared-topics.ts'
import { Decoder } from './decoder.ts'
import { Fetcher } from './fetcher.ts'
import { membershipOf } from './group/make-membership.ts'
import type { Farewell } from './group/group-membership.ts'
import { GroupSide } from './group-side.ts'
import { Handout } from './handout.ts'
import { Notices } from './notices.ts'
import { OffsetCommitter } from './offset-committer.ts'
import { type ConsumerOptions, type ResolvedConsumerOptions, resolveConsumerOptions } from './options.ts'
import { endTeller } from './partition-end.ts'
import type { PartitionState } from './partition-state.ts'
import { Positions } from './positions.ts'
import { recordSources, type SourceOf } from './record-sources.ts'
import { type ConsumerStatistics, consumerStatistics } from './statistics.ts'
import { consumerReporter } from './telemetry-part.ts'
import { warnOfTopics } from './topic-warnings.ts'

/** How the consumer comes by its partitions. */
type Mode = 'none' | 'subscribed' | 'assigned'

export class ConsumerCore<K, V> {
  readonly cluster: Cluster
  readonly options: ResolvedConsumerOptions
  readonly assignment = new Assignment()
  readonly handout: Handout
  /** What is told to who consumes by events. */
  readonly notices = new Notices(() => this.handout.wake())
  readonly fetcher: Fetcher
  readonly positions: Positions
  readonly committer: OffsetCommitter
  /** Undefined without a group. */
  readonly group: GroupSide | undefined
  readonly sourceOf: SourceOf<K, V>
  readonly declared: DeclaredTopics
  readonly decoder: Decoder
  readonly counters: ConsumerCounters
  /** Undefined where metrics are not pushed. */
  readonly telemetry: TelemetryReporter | undefined
  mode: Mode = 'none'
  readonly #onWarning: (error: Error) => void
  readonly #runs = new Set<Promise<void>>()
  #closing: Promise<void> | undefined

  /** Throws ConfigError. */
  constructor(options: ConsumerOptions<unknown, unknown, AnyTopic>) {
    this.options = resolveConsumerOptions(options)
    const listener = options.onWarning ?? ((error: Error) => process.emitWarning(error))
    this.#onWarning = error => {
      tell(listener, error)
      this.notices.informational(error)
    }
    this.sourceOf = recordSources(options)
    this.declared = new DeclaredTopics('Consumer', options.topics)
    const clusterOptions = {
      ...clusterPart(options),
      // Who reads brings no topic into being, and above all not back.
      allowAutoTopicCreation: options.allowAutoTopicCreation ?? false,
      onEvent: this.#eventListener(options),
    }
    const { groupId, atMostOnce, commitEvery } = this.options
    this.cluster = new Cluster(clusterOptions, undefined, {
      kind: 'consumer',
      groupId,
      isUnheard: options.onEvent === undefined,
    })
    this.cluster.needTopics(() => Array.from(this.assignment, ({ topic }) => topic))
    const counters = new ConsumerCounters(this.cluster.hooks, this.cluster.clock)
    this.counters = counters
    this.decoder = this.#makeDecoder()
    const tellEnd = endTeller(options.onPartitionEnd, this.notices, this.options.readCommitted)
    this.handout = new Handout(
      this.assignment,
      this.cluster.clock,
      { first: atMostOnce, every: commitEvery },
      {
        decoder: this.decoder,
        onTaken: () => this.fetcher.onTaken(),
        onProcessed: tellEnd,
        onCommitDue: () => this.committer.commitSoon(),
        commit: offsets => this.committer.commit(offsets),
        handedOutAt: () => counters.handedOutAt(),
        onReleased: item => counters.released(item),
      },
    )
    this.positions = new Positions(this.cluster, this.options, this.assignment, {
      onPosition: () => this.fetcher.wake(),
      onError: this.#onError,
      committed: () => this.committer.settled(),
      reader: () => this.group?.reader,
    })
    this.fetcher = new Fetcher(this.cluster, this.options, this.assignment, {
      counters,
      onData: () => this.handout.wake(),
      onEmpty: tellEnd,
      onTarget: () => this.positions.resolve(),
      needsValidation: state => this.positions.needsValidation(state),
      onError: this.#onError,
    })
    this.committer = this.#makeCommitter()
    this.group = this.#makeGroup()
    const identity = () => ({ ...this.options, memberId: this.group?.memberId ?? '' })
    this.telemetry = consumerReporter(this.cluster, () => this.statistics, identity)
  }

  readonly #onError = (error: Error, state?: PartitionState): void => this.handout.fail(error, state)

  #makeDecoder(): Decoder {
    return new Decoder({
      clock: this.cluster.clock,
      policy: this.options.onPoison,
      timeoutMs: this.cluster.options.apiTimeoutMs,
      backoffMs: this.cluster.options.retryBackoffMs,
      sourceOf: this.sourceOf,
      onPassedOver: (error, count) => {
        const { events } = this.cluster
        if (events.active) events.emit(recordPoisoned(error, count))
      },
    })
  }

  #eventListener({ onEvent }: Pick<ClusterOptions, 'onEvent'>): (event: ClientEvent) => void {
    const listener = warnOfTopics(onEvent, this.#onWarning)
    return event => {
      listener(event)
      this.notices.clientEvent(event)
    }
  }

  #makeCommitter(): OffsetCommitter {
    const { groupId, autoCommit, autoCommitIntervalMs, atMostOnce } = this.options
    return new OffsetCommitter({
      cluster: this.cluster,
      assignment: this.assignment,
      groupId: groupId ?? '',
      counters: this.counters,
      identity: () =>
        this.group?.identity ?? { groupId: groupId!, groupInstanceId: null, memberId: '', generation: -1 },
      isRejoining: () => this.group?.isRejoining ?? false,
      mayCommit: () => this.group?.mayCommit ?? true,
      // At most once, what is handed out is committed before: a commit of less in between would bring it back.
      intervalMs: autoCommit && !atMostOnce ? autoCommitIntervalMs : undefined,
      onError: this.#onWarning,
    })
  }

  #makeGroup(): GroupSide | undefined {
    const { groupId } = this.options
    if (groupId === undefined) return undefined
    const options = { ...this.options, groupId }
    return new GroupSide({
      options,
      makeMembership: membershipOf(this.cluster, options),
      assignment: this.assignment,
      handout: this.handout,
      committer: this.committer,
      counters: this.counters,
      handlersDone: () => this.#handlersDone(),
      onAdded: () => this.start(),
      onError: this.#onError,
    })
  }

  get statistics(): ConsumerStatistics {
    return consumerStatistics(this.counters, this.assignment, this.handout, this.options.readCommitted)
  }

  get isClosing(): boolean {
    return this.#closing !== undefined
  }

  /** What goes wrong in the background and no call throws. */
  warn(error: Error): void {
    this.#onWarning(error)
  }

  /** Sees to partitions that came, or that start elsewhere. */
  start(): void {
    if (this.#closing) return
    this.committer.start()
    this.positions.resolve()
    this.fetcher.wake()
    this.handout.wake()
  }

  /** Closing waits for a run of handlers, and so does giving partitions up. */
  async track(run: Promise<void>): Promise<void> {
    this.#runs.add(run)
    try {
      await run
    } finally {
      this.#runs.delete(run)
    }
  }

  /** Ends everything, the user's part first: see `Consumer.close`. Another call waits for the first. */
  close(handlersTimeoutMs: number, farewell: Farewell): Promise<void> {
    this.#closing ??= this.#close(handlersTimeoutMs, farewell)
    return this.#closing
  }

  async #close(timeoutMs: number, farewell: Farewell): Promise<void> {
    this.handout.close()
    this.fetcher.close()
    this.positions.close()
    this.committer.close()
    const { clock } = this.cluster
    const giveUpAt = clock.monotonic() + timeoutMs
    // What the user's code has not returned from holds back neither what else is done nor the partitions that the group waits for.
    const userTimer = clock.setTimer(timeoutMs, () => this.group?.giveUpHooks())
    try {
      await atMost(clock, timeoutMs, this.#handlersDone())
      await atMost(clock, Math.max(0, giveUpAt - clock.monotonic()) + closeTimeoutMs, this.#finish(farewell))
    } finally {
      userTimer.cancel()
      this.group?.close()
      await this.telemetry?.close()
      this.cluster.close()
    }
  }

  async #handlersDone(): Promise<void> {
    await Promise.allSettled(this.#runs)
  }

  /** What is left to do for the group. Brokers that say nothing are waited for a few seconds. */
  async #finish(farewell: Farewell): Promise<void> {
    if (this.mode === 'assigned' && this.options.autoCommit) await this.committer.commitInTime(closeTimeoutMs)
    await this.group?.leave(farewell)
  }

  throwIfClosed(): void {
    if (this.#closing) throw new ClosedError('the consumer')
  }

  /** Throws StateError before there is anything to consume, ClosedError. */
  throwIfIdle(): void {
    this.throwIfClosed()
    if (this.mode === 'none')
      throw new StateError('subscribe to topics or assign partitions before consuming')
  }

  /** The group's name, for a call that cannot do without. Throws ConfigError, ClosedError. */
  groupIdFor(call: string): string {
    this.throwIfClosed()
    const { groupId } = this.options
    if (groupId === undefined) throw new ConfigError(`Consumer: ${call} needs a groupId`)
    return groupId
  }
}
