// Acquires records when the user waits for them, and tells brokers what became of others: one request at a time to each.
import {
  ShareAcknowledgeApi,
  type ShareAcknowledgeResponse,
  ShareFetchApi,
  type ShareFetchResponse,
} from '@millrace/protocol/messages/share'
import type { Timer } from '@millrace/runtime'
import { atMost } from '../cluster/at-most.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { closeTimeoutMs } from '../cluster/options.ts'
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { isRetriable, needsMetadata } from '../errors/index.ts'
import type { ShareCounters } from './counters.ts'
import type { AcknowledgeOutcome, ResolvedShareOptions } from './options.ts'
import { ShareAnswers, type ShareAnswersHost } from './share-answers.ts'
import { ShareBroker, type Ticket } from './share-broker.ts'
import { type SharePartition, sharePartitionKey } from './share-partition.ts'
import { acknowledgeBody, fetchBody, renewFrom } from './share-requests.ts'

/** What is said of records waits so long for the next fetch to take it along: locks run on meanwhile. */
const acknowledgeWithinMs = 1_000

export interface ShareFetcherHost<K, V> extends ShareAnswersHost<K, V> {
  /** Whether the user waits for records, and there are none. */
  isHungry(): boolean
  /** What the group gave this member to share. */
  assigned(): Iterable<TopicPartition>
}

export class ShareFetcher<K, V> {
  readonly #cluster: Cluster
  readonly #options: ResolvedShareOptions
  readonly #identity: { readonly groupId: string; readonly memberId: string }
  readonly #counters: ShareCounters
  readonly #host: ShareFetcherHost<K, V>
  readonly #answers: ShareAnswers<K, V>
  readonly #brokers = new Map<number, ShareBroker>()
  #served = 0
  #scheduled = false
  #refreshing = false
  #timer: Timer | undefined
  #timerAt = Number.POSITIVE_INFINITY
  #closed = false

  constructor(
    cluster: Cluster,
    options: ResolvedShareOptions,
    memberId: string,
    counters: ShareCounters,
    host: ShareFetcherHost<K, V>,
  ) {
    this.#cluster = cluster
    this.#options = options
    this.#identity = { groupId: options.groupId, memberId }
    this.#counters = counters
    this.#host = host
    this.#answers = new ShareAnswers(cluster, options, counters, host)
  }

  /** Looks, at the end of this turn, what there is to ask and to say. */
  wake(): void {
    if (this.#scheduled || this.#closed) return
    this.#scheduled = true
    queueMicrotask(() => {
      this.#scheduled = false
      this.#pump()
    })
  }

  /** Sends what is pending. Resolves when brokers have answered for all that was said so far. */
  async flush(): Promise<AcknowledgeOutcome[]> {
    const open = [...this.#brokers.values()].flatMap(broker => {
      broker.urgent = broker.hasPending
      return broker.open
    })
    this.wake()
    const outcomes = await Promise.all(open.map(({ outcome }) => outcome))
    return outcomes.filter(({ acknowledged }) => acknowledged.length > 0)
  }

  /** Says what is left to say and ends the sessions, which frees what is still held; brokers that say nothing are waited for a few seconds. */
  async close(): Promise<void> {
    this.#closed = true
    this.#timer?.cancel()
    const farewells = [...this.#brokers.values()].map(broker => this.#sayFarewell(broker))
    await atMost(this.#cluster.clock, closeTimeoutMs, Promise.all(farewells))
    for (const broker of this.#brokers.values()) this.#answers.closed(broker)
  }

  #pump(): void {
    if (this.#closed) return
    const now = this.#cluster.clock.monotonic()
    const hungry = this.#host.isHungry()
    const wanted = this.#wanted()
    let wakeAt = Number.POSITIVE_INFINITY
    // The one that was served longest ago comes first.
    const brokers = [...this.#brokers.values()].sort((a, b) => a.servedAt - b.servedAt)
    // By record limit, the records of two brokers might be more than the limit.
    const oneAtATime = this.#options.recordLimit
    let fetching = brokers.some(broker => broker.busy)
    for (const broker of brokers) {
      if (broker.session.isNew && broker.hasPending && !broker.busy) this.#answers.orphaned(broker)
      if (broker.busy) continue
      if (broker.backoffUntil > now) {
        wakeAt = Math.min(wakeAt, broker.backoffUntil)
        continue
      }
      const partitions = wanted.get(broker.id) ?? new Map<string, SharePartition>()
      const fetches = hungry && partitions.size > 0 && !(oneAtATime && fetching)
      if (this.#mustSay(broker, partitions, fetches, now)) this.#acknowledge(broker)
      else if (fetches) {
        fetching = true
        this.#fetch(broker, partitions)
      } else if (broker.pendingSince !== undefined) {
        wakeAt = Math.min(wakeAt, broker.pendingSince + acknowledgeWithinMs)
      }
    }
    if (wakeAt !== Number.POSITIVE_INFINITY) this.#wakeAt(wakeAt)
  }

  /** Whether acknowledgements need a request of their own: a fetch takes along only those of its own partitions, and no renewals. */
  #mustSay(
    broker: ShareBroker,
    partitions: ReadonlyMap<string, SharePartition>,
    fetches: boolean,
    now: number,
  ): boolean {
    if (!broker.hasPending) return false
    if (broker.urgent || broker.renews) return true
    return fetches ? broker.hasOthers(partitions) : now >= broker.pendingSince! + acknowledgeWithinMs
  }

  /** The assigned partitions by the broker that leads them; where one has no leader, metadata is looked up. */
  #wanted(): Map<number, Map<string, SharePartition>> {
    const { metadata } = this.#cluster
    const wanted = new Map<number, Map<string, SharePartition>>()
    let suspect = this.#cluster.metadataDue
    for (const { topic, partition } of this.#host.assigned()) {
      const topicId = metadata.topic(topic)?.topicId
      const leader = metadata.partition(topic, partition)?.leader ?? -1
      if (leader === -1 || topicId === undefined) {
        suspect = true
        continue
      }
      if (!this.#brokers.has(leader)) this.#brokers.set(leader, new ShareBroker(leader))
      const partitions = wanted.get(leader) ?? new Map<string, SharePartition>()
      const entry = { topic, topicId, partition }
      wanted.set(leader, partitions.set(sharePartitionKey(entry), entry))
    }
    if (suspect) this.#refreshMetadata()
    return wanted
  }

  #fetch(broker: ShareBroker, partitions: ReadonlyMap<string, SharePartition>): void {
    const askedAt = this.#counters.now()
    const tickets = broker.take(askedAt)
    const acknowledgements = tickets.map(ticket => ticket.acknowledgements)
    broker.servedAt = ++this.#served
    const count = (throttleTimeMs: number, error: Error | undefined) =>
      this.#counters.fetched({ nodeId: broker.id, askedAt, throttleMs: throttleTimeMs, error })
    const fetch = async () => {
      const session = broker.session.fetch(partitions, acknowledgements)
      const response: ShareFetchResponse = await this.#cluster.request(
        ShareFetchApi,
        version => fetchBody(this.#identity, session, this.#options, version),
        {
          to: { broker: broker.id },
          purpose: 'fetch',
          ...(this.#options.recordLimit && { minVersion: renewFrom }),
          timeoutMs: this.#cluster.options.requestTimeoutMs + this.#options.fetchMaxWaitMs,
        },
      )
      count(response.throttleTimeMs, this.#answers.fetched(broker, partitions, tickets, response))
    }
    this.#exchange(broker, fetch, error => {
      count(0, error)
      this.#answers.lost(broker, tickets, error)
      if (!isRetriable(error)) this.#host.onError(error)
    })
  }

  #acknowledge(broker: ShareBroker): void {
    const { renews } = broker
    const tickets = broker.take(this.#counters.now())
    const acknowledge = async () =>
      this.#answers.acknowledged(
        broker,
        tickets,
        await this.#requestAcknowledge(broker, tickets, renews, false),
      )
    // Whoever said it hears of it.
    this.#exchange(broker, acknowledge, error => this.#answers.lost(broker, tickets, error))
  }

  #requestAcknowledge(
    broker: ShareBroker,
    tickets: readonly Ticket[],
    renews: boolean,
    final: boolean,
  ): Promise<ShareAcknowledgeResponse> {
    const session = broker.session.acknowledge(
      tickets.map(ticket => ticket.acknowledgements),
      final,
    )
    return this.#cluster.request(
      ShareAcknowledgeApi,
      version => acknowledgeBody(this.#identity, session, renews, version),
      { to: { broker: broker.id }, purpose: 'fetch', ...(renews && { minVersion: renewFrom }) },
    )
  }

  /** One request of a session, and what becomes of it. */
  #exchange(broker: ShareBroker, send: () => Promise<void>, onLost: (error: Error) => void): void {
    broker.exchange = send()
      .then(
        () => {
          if (broker.backoffUntil === 0) broker.failures = 0
        },
        (error: Error) => {
          onLost(error)
          if (needsMetadata(error)) this.#cluster.invalidateMetadata()
          this.#refreshMetadata()
        },
      )
      .finally(() => {
        broker.exchange = undefined
        this.wake()
      })
  }

  async #sayFarewell(broker: ShareBroker): Promise<void> {
    // A fetch that waits for records is answered within `fetchMaxWaitMs`.
    await broker.exchange
    if (broker.session.isNew) return
    const tickets = broker.take(this.#counters.now())
    const renews = tickets.some(ticket => ticket.acknowledgements.renews)
    try {
      this.#answers.acknowledged(
        broker,
        tickets,
        await this.#requestAcknowledge(broker, tickets, renews, true),
      )
    } catch (error) {
      this.#answers.lost(broker, tickets, error as Error)
    }
  }

  #refreshMetadata(): void {
    if (this.#refreshing || this.#closed) return
    this.#refreshing = true
    const { clock, options } = this.#cluster
    this.#cluster
      .refreshMetadata()
      .catch(() => {
        // No broker can be reached at present; the pause below is for that, too.
      })
      .finally(() => {
        clock.setTimer(Math.max(1, options.retryBackoffMs), () => {
          this.#refreshing = false
          this.wake()
        })
      })
  }

  #wakeAt(at: number): void {
    if (at >= this.#timerAt || this.#closed) return
    this.#timer?.cancel()
    this.#timerAt = at
    const { clock } = this.#cluster
    this.#timer = clock.setTimer(Math.max(0, at - clock.monotonic()), () => {
      this.#timerAt = Number.POSITIVE_INFINITY
      this.#pump()
    })
  }
}
