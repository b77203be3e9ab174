// Fetches ahead of the user: one request at a time to each broker, bounded in bytes, for every partition with room.
import {
  FetchApi,
  type FetchRequestInit,
  type FetchResponse,
  type FrameMemory,
  zeroUuid,
} from '@millrace/protocol'
import { invariant, type Timer } from '@millrace/runtime'
import type { Cluster } from '../cluster/cluster.ts'
import { groupByTopic } from '../cluster/topic-partition.ts'
import { BrokerError, needsMetadata } from '../errors/index.ts'
import type { Assignment } from './assignment.ts'
import { partitionKey } from './assignors/ownership.ts'
import type { ConsumerCounters } from './counters.ts'
import { FetchAnswers } from './fetch-answers.ts'
import { FetchSession, type FetchTarget, type SessionRequest } from './fetch-session.ts'
import type { ResolvedConsumerOptions } from './options.ts'
import type { PartitionState } from './partition-state.ts'
import { tellIfUnknown } from './unknown-partition.ts'

/** From this version on topics go by id. */
const topicIdsFrom = 13
const fetchVersionMin = 4
/**
 * What is fetched ahead comes in so many answers at least: the memory of one is free when the last of its partitions is done with, and until then what the user
 * has had of it counts for nothing in the room for more.
 */
const answersMin = 8

export interface FetcherHost {
  readonly counters: ConsumerCounters
  /** There is something new to hand out. */
  onData(): void
  /** There is nothing more in a partition at present. */
  onEmpty(state: PartitionState): void
  /** A partition needs a starting point, or its position must be checked. */
  onTarget(): void
  /** Whether a partition's position is in doubt. */
  needsValidation(state: PartitionState): boolean
  /** Something the user must hear; `state` is the partition that a seek would mend. */
  onError(error: Error, state?: PartitionState): void
}

interface Source {
  readonly brokerId: number
  readonly session: FetchSession
  busy: boolean
  /** After an empty answer that did not wait: no sooner than this, unless the user takes something. */
  quietUntil: number
  /** Rises with each fetch: who was served longest ago comes first. */
  servedAt: number
}

/** A partition in a request, as it was when the request left. */
export interface Asked {
  readonly state: PartitionState
  readonly target: FetchTarget
}

export class Fetcher {
  readonly #cluster: Cluster
  readonly #options: ResolvedConsumerOptions
  readonly #assignment: Assignment
  readonly #answers: FetchAnswers
  readonly #host: FetcherHost
  readonly #sources = new Map<number, Source>()
  #inFlightBytes = 0
  #served = 0
  #scheduled = false
  #refreshing = false
  /** No look-up of leaders before, on the monotonic clock. */
  #refreshAt = 0
  #timer: Timer | undefined
  #timerAt = Number.POSITIVE_INFINITY
  #closed = false

  constructor(cluster: Cluster, options: ResolvedConsumerOptions, assignment: Assignment, host: FetcherHost) {
    this.#cluster = cluster
    this.#options = options
    this.#assignment = assignment
    this.#host = host
    this.#answers = new FetchAnswers(cluster, options, assignment, host)
  }

  /** Looks, at the end of this turn, whether something can be fetched: assignments, positions or buffers changed. */
  wake(): void {
    if (this.#scheduled || this.#closed) return
    this.#scheduled = true
    queueMicrotask(() => {
      this.#scheduled = false
      this.#pump()
    })
  }

  /** The user took a chunk: there is room again. */
  onTaken(): void {
    for (const source of this.#sources.values()) source.quietUntil = 0
    this.wake()
  }

  close(): void {
    this.#closed = true
    this.#timer?.cancel()
  }

  #pump(): void {
    if (this.#closed) return
    if (this.#cluster.metadataDue && this.#assignment.size > 0) this.#refreshMetadata()
    const now = this.#cluster.clock.monotonic()
    const byBroker = new Map<number, { asked: Asked[]; full: boolean }>()
    let wakeAt = Number.POSITIVE_INFINITY
    /** Leaders that there are none of, or that cannot be reached, may be others by now. */
    let suspect = false
    let doubtful = false
    for (const state of this.#assignment) {
      if (state.fetchOffset === undefined || state.paused || state.suspended) continue
      this.#followLeader(state)
      if (state.backoffUntil > now) {
        wakeAt = Math.min(wakeAt, state.backoffUntil)
        if (state.leaderInDoubt) suspect = true
        continue
      }
      if (this.#isMadeAnew(state)) {
        this.#answers.madeAnew(state)
        continue
      }
      if (this.#host.needsValidation(state)) {
        doubtful = true
        continue
      }
      const brokerId = this.#brokerFor(state, now)
      if (brokerId === -1) {
        tellIfUnknown(this.#cluster, state)
        suspect = true
        continue
      }
      const reconnectAt = this.#cluster.reconnectAt(brokerId, 'fetch')
      if (reconnectAt > now) {
        // A fetch that waited for the connection would keep the partition from going to another leader.
        wakeAt = Math.min(wakeAt, reconnectAt)
        suspect = true
        continue
      }
      let group = byBroker.get(brokerId)
      if (!group) byBroker.set(brokerId, (group = { asked: [], full: false }))
      if (state.bufferedBytes >= this.#options.partitionFetchMaxBytes) group.full = true
      else if (state.fetching === undefined) group.asked.push(this.#ask(state))
    }
    if (doubtful) this.#host.onTarget()
    if (suspect) {
      this.#cluster.invalidateMetadata()
      this.#refreshMetadata()
    }
    // In turn, and none for more than its share of the room: the first ones would leave nothing for the others, again and again.
    const shareBytes = Math.ceil(this.#options.prefetchMaxBytes / Math.max(byBroker.size, answersMin))
    const sources = [...byBroker].map(([brokerId, group]) => ({ source: this.#sourceOf(brokerId), ...group }))
    sources.sort((a, b) => a.source.servedAt - b.source.servedAt)
    for (const { source, asked, full } of sources) {
      if (source.busy || asked.length === 0) continue
      if (source.quietUntil > now) wakeAt = Math.min(wakeAt, source.quietUntil)
      else this.#fetch(source, asked, full, shareBytes)
    }
    if (wakeAt !== Number.POSITIVE_INFINITY) this.#wakeAt(wakeAt)
  }

  /** A younger leader ends the pause after what an older one said, and the wait for an answer of that one. */
  #followLeader(state: PartitionState): void {
    const { fetching, backoffUntil, backoffEpoch } = state
    if (fetching === undefined && backoffUntil === 0) return
    const epoch = this.#cluster.metadata.partition(state.topic, state.partition)?.leaderEpoch ?? -1
    if (fetching !== undefined && epoch > fetching.currentLeaderEpoch) {
      state.fetching = undefined
      state.preferredReplica = -1
    }
    if (backoffUntil > 0 && epoch > backoffEpoch) {
      state.backoffUntil = 0
      state.failures = 0
    }
  }

  /** Whether the topic is another one of the same name than the position is of. */
  #isMadeAnew(state: PartitionState): boolean {
    const { topicId = zeroUuid } = this.#cluster.metadata.topic(state.topic) ?? {}
    if (topicId === zeroUuid) return false
    state.topicId ??= topicId
    return state.topicId !== topicId
  }

  /** The follower that the leader named, for as long as that holds, else the leader (KIP-392). */
  #brokerFor(state: PartitionState, now: number): number {
    const { leader = -1, leaderEpoch = -1 } =
      this.#cluster.metadata.partition(state.topic, state.partition) ?? {}
    const { preferredReplica } = state
    if (preferredReplica === -1) return leader
    const isAway =
      !this.#cluster.metadata.nodes.has(preferredReplica) ||
      this.#cluster.reconnectAt(preferredReplica, 'fetch') > now
    if (isAway) state.shunFollower(now)
    // Another leader chooses anew.
    else if (state.preferredUntil <= now || state.preferredEpoch !== leaderEpoch) state.preferredReplica = -1
    else return preferredReplica
    return leader
  }

  #ask(state: PartitionState): Asked {
    const { metadata } = this.#cluster
    const { topic, partition } = state
    const target: FetchTarget = {
      topic,
      topicId: metadata.topic(topic)?.topicId ?? zeroUuid,
      partition,
      fetchOffset: state.fetchOffset!,
      currentLeaderEpoch: metadata.partition(topic, partition)?.leaderEpoch ?? -1,
      maxBytes: Math.min(this.#options.partitionFetchMaxBytes * state.fetchBytesFactor, 0x7fffffff),
    }
    return { state, target }
  }

  #sourceOf(brokerId: number): Source {
    let source = this.#sources.get(brokerId)
    if (!source) {
      source = { brokerId, session: new FetchSession(), busy: false, quietUntil: 0, servedAt: 0 }
      this.#sources.set(brokerId, source)
    }
    return source
  }

  /**
   * `full`: some partitions of this broker are left out because their buffers are. They may be drained at any moment, and this request
   * must not hold up the one that asks for them: it does not wait for data.
   */
  #fetch(source: Source, asked: readonly Asked[], full: boolean, shareBytes: number): void {
    const { fetchMaxBytes, prefetchMaxBytes, fetchMaxWaitMs } = this.#options
    const roomBytes = prefetchMaxBytes - this.#assignment.bufferedBytes - this.#inFlightBytes
    if (roomBytes <= 0) return
    const maxBytes = Math.min(fetchMaxBytes, roomBytes, shareBytes)
    this.#inFlightBytes += maxBytes
    source.servedAt = ++this.#served
    source.busy = true
    for (const { state, target } of asked) state.fetching = target
    const maxWaitMs = full ? 0 : fetchMaxWaitMs
    const askedAt = this.#host.counters.now()
    this.#request(source, asked, { maxBytes, maxWaitMs, askedAt })
      .then(
        found => {
          if (!found && full) source.quietUntil = this.#cluster.clock.monotonic() + fetchMaxWaitMs
        },
        (error: Error) => this.#onLost(source, asked, askedAt, error),
      )
      .finally(() => {
        this.#inFlightBytes -= maxBytes
        invariant(this.#inFlightBytes >= 0, 'no more bytes come in than were asked for')
        source.busy = false
        for (const { state, target } of asked) if (state.fetching === target) state.fetching = undefined
        this.wake()
      })
  }

  async #request(
    source: Source,
    asked: readonly Asked[],
    {
      maxBytes,
      maxWaitMs,
      askedAt,
    }: { readonly maxBytes: number; readonly maxWaitMs: number; readonly askedAt: number },
  ): Promise<boolean> {
    const now = this.#cluster.clock.monotonic()
    // Without a rack the leader gives the records itself.
    const isLeaderWanted = asked.some(({ state }) => state.followerShunnedUntil > now)
    const targets = new Map(
      asked.map(({ target }) => [partitionKey(target.topic, target.partition), target] as const),
    )
    const haveIds = asked.every(({ target }) => target.topicId !== zeroUuid)
    const to = { broker: source.brokerId }
    const body = (version: number): FetchRequestInit => {
      const session = source.session.next(targets, version >= topicIdsFrom)
      return {
        maxWaitMs,
        minBytes: maxWaitMs === 0 ? 0 : this.#options.fetchMinBytes,
        maxBytes,
        isolationLevel: this.#options.readCommitted ? 1 : 0,
        rackId: isLeaderWanted ? '' : this.#options.rack,
        ...sessionPart(session, version),
      }
    }
    let memory: FrameMemory | undefined
    const response = await this.#cluster.request(FetchApi, body, {
      to,
      purpose: 'fetch',
      minVersion: fetchVersionMin,
      maxVersion: haveIds ? FetchApi.maxVersion : topicIdsFrom - 1,
      timeoutMs: this.#cluster.options.requestTimeoutMs + maxWaitMs,
      lend: lent => {
        memory = lent
      },
    })
    const found = this.#onResponse(source, asked, response, memory)
    const { errorCode, throttleTimeMs: throttleMs } = response
    const error = errorCode === 0 ? undefined : new BrokerError(errorCode, 'fetching')
    this.#host.counters.fetched({ nodeId: source.brokerId, askedAt, throttleMs, error })
    // From here on only the chunks hold it.
    memory?.release()
    return found
  }

  #onResponse(
    source: Source,
    asked: readonly Asked[],
    response: FetchResponse,
    memory: FrameMemory | undefined,
  ): boolean {
    if (this.#closed) return false
    const { errorCode, sessionId } = response
    if (!source.session.handle(errorCode, sessionId)) {
      this.#answers.refused(asked, errorCode)
      return false
    }
    const found = this.#answers.take(asked, response, memory)
    if (this.#cluster.metadataDue) this.#refreshMetadata()
    return found
  }

  #onLost(source: Source, asked: readonly Asked[], askedAt: number, error: Error): void {
    if (this.#closed) return
    this.#host.counters.fetched({ nodeId: source.brokerId, askedAt, throttleMs: 0, error })
    source.session.lost()
    this.#answers.lost(asked, error)
    if (needsMetadata(error)) this.#cluster.invalidateMetadata()
    this.#refreshMetadata()
  }

  #refreshMetadata(): void {
    if (this.#refreshing || this.#closed) return
    const { clock, options, metadata } = this.#cluster
    if (clock.monotonic() < this.#refreshAt) {
      this.#wakeAt(this.#refreshAt)
      return
    }
    this.#refreshing = true
    const { version } = metadata
    this.#cluster
      .refreshMetadata()
      .catch(() => {
        // No broker can be reached at present; the wait below paces the next attempt.
      })
      .finally(() => {
        this.#refreshing = false
        if (this.#closed) return
        this.#refreshAt = clock.monotonic() + options.retryBackoffMs
        this.#wakeAt(this.#refreshAt)
        if (metadata.version !== version) this.wake()
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

/** The part of a request that the session decides, with topics as the version names them. */
function sessionPart(
  session: SessionRequest,
  version: number,
): Pick<FetchRequestInit, 'sessionId' | 'sessionEpoch' | 'topics' | 'forgottenTopicsData'> {
  const byId = version >= topicIdsFrom
  const name = ({ topic, topicId }: { topic: string; topicId: string }) => (byId ? { topicId } : { topic })
  // One look at the metadata made them: a topic has one id in all of them.
  const topics = groupByTopic(session.targets).map(([, targets]) => ({
    ...name(targets[0]!),
    partitions: targets.map(({ partition, fetchOffset, currentLeaderEpoch, maxBytes }) => ({
      partition,
      fetchOffset,
      currentLeaderEpoch,
      partitionMaxBytes: maxBytes,
    })),
  }))
  // Before version 7 there are no sessions, and every request says everything.
  if (version < 7) return { topics }
  const forgottenTopicsData = groupByTopic(session.forgotten).map(([, forgotten]) => ({
    ...name(forgotten[0]!),
    partitions: forgotten.map(({ partition }) => partition),
  }))
  const { sessionId, sessionEpoch } = session
  return { sessionId, sessionEpoch, topics, forgottenTopicsData }
}
