// The parts of a share consumer put together, and its course: from the first record to the last acknowledgement.
import { atMost } from '../cluster/at-most.ts'
import { abortable } from '../network/abort.ts'
import { Cluster } from '../cluster/cluster.ts'
import { closeTimeoutMs } from '../cluster/options.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { clusterPart } from '../config/cluster-table.ts'
import type { TopicPartitions } from '../consumer/assignors/assignor.ts'
import { partitionKey } from '../consumer/assignors/ownership.ts'
import { DeclaredTopics } from '../consumer/declared-topics.ts'
import { noLeadership } from '../consumer/group/group-membership.ts'
import { RebalanceNews } from '../consumer/group/rebalance-news.ts'
import { toList } from '../consumer/group/topic-partitions.ts'
import type { RecordSource } from '../consumer/record.ts'
import { readableParts } from '../consumer/record-sources.ts'
import { warnOfTopics } from '../consumer/topic-warnings.ts'
import { ClosedError, type DeserializationError, StateError } from '../errors/index.ts'
import { recordPoisoned } from '../events/client-event.ts'
import { tell } from '../events/tell.ts'
import type { ReadableParts } from '../serde/part.ts'
import type { TelemetryReporter } from '../telemetry/reporter.ts'
import type { AnyTopic } from '../topic/topic.ts'
import type { AcknowledgeType } from './acknowledgements.ts'
import { ShareCounters } from './counters.ts'
import {
  type AcknowledgeOutcome,
  type ResolvedShareOptions,
  resolveShareOptions,
  type ShareConsumerOptions,
} from './options.ts'
import { ShareDecoder } from './share-decoder.ts'
import { ShareFetcher } from './share-fetcher.ts'
import { ShareHandout, type ShareItem } from './share-handout.ts'
import { ShareMember } from './share-member.ts'
import { type SharePartition, sharePartitionKey } from './share-partition.ts'
import type { ShareRecord } from './share-record.ts'
import { type ShareConsumerStatistics, shareStatistics } from './statistics.ts'
import { shareReporter } from './telemetry-part.ts'

type Given = ShareConsumerOptions<unknown, unknown, AnyTopic>

export class ShareCore<K, V> {
  readonly cluster: Cluster
  readonly options: ResolvedShareOptions
  readonly declared: DeclaredTopics
  readonly memberId: string
  readonly handout: ShareHandout<K, V>
  readonly telemetry: TelemetryReporter | undefined
  readonly #given: Given
  readonly #counters: ShareCounters
  readonly #decoder: ShareDecoder<K, V>
  readonly #fetcher: ShareFetcher<K, V>
  readonly #news: RebalanceNews
  readonly #assigned = new Map<string, TopicPartition>()
  readonly #sources = new Map<string, RecordSource<K, V>>()
  readonly #partsOf: (topic: string) => ReadableParts
  readonly #runs = new Set<Promise<void>>()
  /** Records passed over, by partition. */
  readonly #passedOver = new Map<string, number>()
  #member: ShareMember | undefined
  /** What the last poll returned, to be accepted by the next. */
  #polled: ShareItem<K, V>[] = []
  #lockTimeoutMs: number | undefined
  #closing: Promise<void> | undefined
  /** Records passed over so far. */
  poisonedRecords = 0

  /** Throws ConfigError. */
  constructor(given: Given, makeId: (cluster: Cluster) => string) {
    this.#given = given
    this.#partsOf = readableParts(given)
    this.options = resolveShareOptions(given)
    this.declared = new DeclaredTopics('ShareConsumer', given.topics)
    this.cluster = this.#makeCluster(given)
    this.cluster.needTopics(() => Array.from(this.#assigned.values(), ({ topic }) => topic))
    this.memberId = makeId(this.cluster)
    this.#counters = new ShareCounters(this.cluster.hooks, this.cluster.clock)
    this.#news = new RebalanceNews(this.#counters, () => ({
      groupId: this.options.groupId,
      memberId: this.memberId,
      generation: this.#member?.epoch ?? -1,
      ...noLeadership,
    }))
    this.handout = new ShareHandout(this.cluster.clock, topic => this.#counters.handedOut(topic))
    this.#decoder = this.#makeDecoder()
    this.#fetcher = new ShareFetcher(this.cluster, this.options, this.memberId, this.#counters, {
      isHungry: () => this.handout.isHungry && !this.#decoder.isBusy,
      assigned: () => this.#assigned.values(),
      sourceOf: partition => this.#sourceOf(partition),
      onRecords: (items, lockTimeoutMs) => {
        this.#lockTimeoutMs = lockTimeoutMs
        this.#handOut(items)
      },
      onOutcome: outcome => this.#tellOutcome(outcome),
      onRenewed: (partition, offset, lockedUntil) => this.handout.renewed(partition, offset, lockedUntil),
      onError: error => this.handout.fail(error),
    })
    this.telemetry = shareReporter(
      this.cluster,
      () => this.statistics,
      () => ({ groupId: this.options.groupId, memberId: this.memberId, rack: this.options.rack }),
    )
  }

  #makeCluster(given: Given): Cluster {
    return new Cluster(
      {
        ...clusterPart(given),
        // Who reads brings no topic into being.
        allowAutoTopicCreation: given.allowAutoTopicCreation ?? false,
        onEvent: warnOfTopics(given.onEvent, error => this.#warn(error)),
      },
      undefined,
      { kind: 'share-consumer', groupId: this.options.groupId, isUnheard: given.onEvent === undefined },
    )
  }

  #makeDecoder(): ShareDecoder<K, V> {
    const { clock, random, options } = this.cluster
    return new ShareDecoder<K, V>({
      clock,
      random,
      policy: this.options.onPoison,
      timeoutMs: options.apiTimeoutMs,
      retryBackoffMs: options.retryBackoffMs,
      retryBackoffMaxMs: options.retryBackoffMaxMs,
      onReady: items => this.handout.put(items),
      onPassedOver: (item, error) => this.#passOver(item, error),
      onError: error => this.handout.fail(error),
      onIdle: () => this.#fetcher.wake(),
    })
  }

  get lockTimeoutMs(): number | undefined {
    return this.#lockTimeoutMs
  }

  get statistics(): ShareConsumerStatistics {
    const { inHandCount, idleMs } = this.handout
    const waitingCount = this.handout.waitingCount + this.#decoder.waitingCount
    return shareStatistics(
      this.#counters,
      { waitingCount, inHandCount, idleMs },
      this.assignment(),
      this.poisonedRecords,
    )
  }

  assignment(): TopicPartition[] {
    return [...this.#assigned.values()]
  }

  subscribe(topics: readonly string[]): void {
    if (this.#member) {
      this.#member.subscribe(topics)
      return
    }
    this.#member = new ShareMember(this.cluster, this.options, this.memberId, topics, {
      onJoining: () => this.#news.begun(),
      onAssigned: (revoked, added) => this.#onAssigned(revoked, added),
      onRevoked: (revoked, lost) => this.#onRevoked(revoked, lost),
      takePolled: () => this.handout.takePolled(),
      onError: error => this.handout.fail(error),
      onFailed: error => {
        this.#news.over('failed', [], error)
        this.handout.failForGood(error)
      },
    })
    this.#member.start()
  }

  /** The next record, as soon as there is one; undefined when the consumer is closed or the time is over. Throws as `ShareHandout.take` does. */
  async next(signal: AbortSignal | undefined, timeoutMs?: number): Promise<ShareItem<K, V> | undefined> {
    const { handout, cluster } = this
    const { clock } = cluster
    const deadline = timeoutMs === undefined ? undefined : clock.monotonic() + timeoutMs
    for (;;) {
      this.#releaseRefused()
      const item = handout.take()
      if (item || handout.closed) return item
      if (this.options.explicit && !handout.allSaid)
        throw new StateError(
          'acknowledge every record in hand before more are asked for (acknowledgementMode: "explicit")',
        )
      const leftMs = deadline === undefined ? undefined : deadline - clock.monotonic()
      if (leftMs !== undefined && leftMs <= 0) return undefined
      await handout.wait(leftMs, signal, () => this.#fetcher.wake())
    }
  }

  async poll(options: {
    readonly timeoutMs?: number
    readonly maxRecords?: number
    readonly signal?: AbortSignal
  }): Promise<ShareRecord<K, V>[]> {
    const { timeoutMs, maxRecords = this.options.maxPollRecords, signal } = options
    if (this.options.explicit && !this.handout.allSaid)
      throw new StateError(
        'poll: acknowledge every record of the call before (acknowledgementMode: "explicit")',
      )
    this.#accept(this.#polled)
    const items: ShareItem<K, V>[] = []
    this.#polled = items
    for (
      let item = await this.next(signal, timeoutMs);
      item;
      item = items.length < maxRecords ? this.handout.takeReady() : undefined
    )
      items.push(item)
    return items.map(({ record }) => record)
  }

  /** What could not be read comes again, here or elsewhere, where that is implied. */
  #releaseRefused(): void {
    if (this.options.explicit) return
    for (const item of this.handout.takeRefused()) this.say(item, 'release')
  }

  /** Accepts what nothing was said of, where that is implied. */
  #accept(items: readonly ShareItem<K, V>[]): void {
    if (this.options.explicit) return
    for (const item of items) this.say(item, 'accept')
  }

  /** Says something of an item, unless something was said of it before. */
  say(item: ShareItem<K, V>, type: AcknowledgeType): void {
    if (!item.isOpen) return
    this.handout.acknowledge(item, type)
    this.#fetcher.wake()
  }

  acknowledge(place: TopicPartition & { readonly offset: number }, type: AcknowledgeType): void {
    const item = this.handout.find(place.topic, place.partition, place.offset)
    this.handout.acknowledge(item, type)
    this.#fetcher.wake()
  }

  commit(signal?: AbortSignal): Promise<AcknowledgeOutcome[]> {
    this.#releaseRefused()
    this.#accept(this.handout.openItems())
    return abortable(this.#fetcher.flush(), signal)
  }

  /** Closing waits for a run of handlers. */
  async track(run: Promise<void>): Promise<void> {
    this.#runs.add(run)
    try {
      await run
    } finally {
      this.#runs.delete(run)
    }
  }

  /** Ends everything, the user's part first: see `ShareConsumer.close`. Another call waits for the first. */
  close(handlersTimeoutMs: number): Promise<void> {
    this.#closing ??= this.#close(handlersTimeoutMs)
    return this.#closing
  }

  async #close(timeoutMs: number): Promise<void> {
    const { clock } = this.cluster
    this.handout.close()
    this.#decoder.close()
    try {
      await atMost(clock, timeoutMs, Promise.allSettled(this.#runs))
      await this.#fetcher.close()
      if (this.#member) await atMost(clock, closeTimeoutMs, this.#member.leave())
    } finally {
      this.#member?.close()
      await this.telemetry?.close()
      this.cluster.close()
    }
  }

  throwIfClosed(): void {
    if (this.#closing) throw new ClosedError('the share consumer')
  }

  /** Throws StateError before there is anything to consume, ClosedError. */
  throwIfIdle(): void {
    this.throwIfClosed()
    if (!this.#member) throw new StateError('subscribe to topics before consuming')
  }

  /** Records in hand are not bound to the assignment: they can be acknowledged all the same. */
  #onAssigned(revoked: TopicPartitions, added: TopicPartitions): void {
    const startedAt = this.#counters.now()
    this.#onRevoked(revoked, false)
    const come = toList(added)
    for (const each of come) this.#assigned.set(partitionKey(each.topic, each.partition), each)
    this.#news.moved('assigned', come, startedAt)
    this.#news.begun(startedAt)
    this.#news.over('completed', this.assignment(), undefined)
    this.#fetcher.wake()
  }

  #onRevoked(revoked: TopicPartitions, lost: boolean): void {
    const gone = toList(revoked)
    for (const { topic, partition } of gone) this.#assigned.delete(partitionKey(topic, partition))
    this.#news.moved(lost ? 'lost' : 'revoked', gone, this.#counters.now())
  }

  /** Records of one partition have come. */
  #handOut(items: readonly ShareItem<K, V>[]): void {
    const [first] = items
    if (!first) return
    const { parts } = this.#sourceOf(first.partition)
    if (this.#decoder.mustPrepare(parts)) this.#decoder.put(items)
    else this.handout.put(items)
  }

  #passOver(item: ShareItem<K, V>, error: DeserializationError): void {
    const key = sharePartitionKey(item.partition)
    const count = (this.#passedOver.get(key) ?? 0) + 1
    this.#passedOver.set(key, count)
    this.poisonedRecords++
    this.say(item, 'reject')
    const { events } = this.cluster
    if (events.active) events.emit(recordPoisoned(error, count))
  }

  #sourceOf(partition: SharePartition): RecordSource<K, V> {
    const key = sharePartitionKey(partition)
    let source = this.#sources.get(key)
    if (!source) {
      const parts = this.#partsOf(partition.topic) as ReadableParts<K, V>
      const wayOut = 'acknowledge(error, "reject") keeps it from coming again, and onPoison sees to all'
      source = { topic: partition.topic, partition: partition.partition, parts, wayOut }
      this.#sources.set(key, source)
    }
    return source
  }

  #tellOutcome(outcome: AcknowledgeOutcome): void {
    const { onAcknowledged } = this.#given
    if (onAcknowledged) tell(onAcknowledged, [outcome])
    else if (outcome.error) this.#warn(outcome.error)
  }

  #warn(error: Error): void {
    tell(this.#given.onWarning ?? ((warning: Error) => process.emitWarning(warning)), error)
  }
}
