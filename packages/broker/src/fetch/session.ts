// Incremental fetch sessions (KIP-227): the broker remembers which partitions a consumer reads, so that requests and replies
// carry only what changed. Pure: time comes as an argument.
import { ErrorCode, zeroUuid } from '@millrace/protocol/base'
import { topicNameMaxLength } from '../limits.ts'

const noSession = 0
/** Epoch of a request that opens a session. */
const initialEpoch = 0
/** Epoch of a request that wants no session. */
const finalEpoch = -1
const epochMax = 2 ** 31 - 1
/** Of a partition in a session, without its name. */
const partitionBytes = 320

/** A partition that a consumer reads, and what it was last told of it. */
export interface FetchPartition {
  /** Empty when the request named the topic by id, until the id was found: a session remembers the name that it stood for. */
  topic: string
  /** The zero UUID when the request named the topic by name. */
  readonly topicId: string
  readonly partition: number
  fetchOffset: number
  maxBytes: number
  currentLeaderEpoch: number
  lastFetchedEpoch: number
  sentHighWatermark: number
  sentLastStableOffset: number
  sentLogStartOffset: number
}

/** A partition in a request. */
export type FetchPartitionRequest = Omit<
  FetchPartition,
  'sentHighWatermark' | 'sentLastStableOffset' | 'sentLogStartOffset'
>

export interface FetchSessionRequest {
  readonly sessionId: number
  readonly sessionEpoch: number
  readonly usesTopicIds: boolean
  readonly partitions: readonly FetchPartitionRequest[]
  readonly forgotten: readonly Pick<FetchPartition, 'topic' | 'topicId' | 'partition'>[]
}

/** What a fetch is about. With `error`, it is about nothing: the reply carries the error alone. */
export interface FetchContext {
  readonly error: number
  readonly sessionId: number
  /** Unchanged partitions are left out of the reply. */
  readonly incremental: boolean
  readonly partitions: readonly FetchPartition[]
  readonly session: FetchSession | undefined
}

const partitionKey = ({
  topic,
  topicId,
  partition,
}: Pick<FetchPartition, 'topic' | 'topicId' | 'partition'>) =>
  `${topicId === zeroUuid ? topic : topicId}/${partition}`

export class FetchSession {
  /** Given when the session is taken in. */
  id = noSession
  readonly usesTopicIds: boolean
  readonly createdMs: number
  lastUsedMs: number
  /** What the next request must carry. */
  epoch = 1
  /** In the order in which they are served; those that got data go to the end. */
  readonly partitions = new Map<string, FetchPartition>()
  #bytes = 0

  constructor(usesTopicIds: boolean, nowMs: number) {
    this.usesTopicIds = usesTopicIds
    this.createdMs = nowMs
    this.lastUsedMs = nowMs
  }

  /** About what its partitions take in memory. */
  get bytes(): number {
    return this.#bytes
  }

  /** Brings it up to date. False, and it is of no use any more, when that would take more than `maxBytes`. */
  update(request: FetchSessionRequest, maxBytes: number): boolean {
    for (const wanted of request.partitions) {
      // No topic has such a name, and looking for many partitions of it would take long.
      if (wanted.topic.length > topicNameMaxLength) return false
      const key = partitionKey(wanted)
      const known = this.partitions.get(key)
      if (!known) {
        this.#bytes += bytesOf(key)
        if (this.#bytes > maxBytes) return false
        this.partitions.set(key, newPartition(wanted))
        continue
      }
      known.fetchOffset = wanted.fetchOffset
      known.maxBytes = wanted.maxBytes
      known.currentLeaderEpoch = wanted.currentLeaderEpoch
      known.lastFetchedEpoch = wanted.lastFetchedEpoch
    }
    for (const forgotten of request.forgotten) {
      if (forgotten.topic.length > topicNameMaxLength) continue
      const key = partitionKey(forgotten)
      if (this.partitions.delete(key)) this.#bytes -= bytesOf(key)
    }
    return true
  }

  /** Serves the partition last from now on, so that no partition starves behind one that always has data. */
  rotate(partition: FetchPartition): void {
    const key = partitionKey(partition)
    if (this.partitions.get(key) !== partition) return
    this.partitions.delete(key)
    this.partitions.set(key, partition)
  }
}

/** A partition and its place in the map; its key, and the name of its topic, which may be its alone, both in up to two bytes a character. */
function bytesOf(key: string): number {
  return partitionBytes + 4 * key.length
}

function newPartition(wanted: FetchPartitionRequest): FetchPartition {
  return { ...wanted, sentHighWatermark: -1, sentLastStableOffset: -1, sentLogStartOffset: -1 }
}

export interface FetchSessionLimits {
  /** Sessions at a time. */
  readonly slots: number
  /** What all of them may take in memory, about. */
  readonly maxBytes: number
  /** A session that was not used for this long makes room for others. */
  readonly evictionMs: number
}

/**
 * All sessions of a broker. A new one takes the place of one that was not used for `evictionMs`, or of a smaller one that old. A consumer that gets
 * none, or loses its own, names all its partitions in each fetch.
 */
export class FetchSessionCache {
  readonly #limits: FetchSessionLimits
  readonly #newId: () => number
  /** Least recently used first. */
  readonly #sessions = new Map<number, FetchSession>()
  #bytes = 0

  /** `newId` gives random positive 31-bit numbers. */
  constructor(limits: FetchSessionLimits, newId: () => number) {
    this.#limits = limits
    this.#newId = newId
  }

  get size(): number {
    return this.#sessions.size
  }

  /** Decides what a request is about and brings its session up to date. */
  open(request: FetchSessionRequest, nowMs: number): FetchContext {
    const { sessionId, sessionEpoch } = request
    if (sessionEpoch === initialEpoch || sessionEpoch === finalEpoch) {
      const known = this.#sessions.get(sessionId)
      if (known) this.delete(known)
      const session =
        sessionEpoch === initialEpoch && request.partitions.length > 0
          ? this.#create(request, nowMs)
          : undefined
      return {
        error: ErrorCode.NONE,
        sessionId: session?.id ?? noSession,
        incremental: false,
        partitions: session ? [...session.partitions.values()] : request.partitions.map(newPartition),
        session,
      }
    }
    return this.#continue(request, nowMs)
  }

  /** As if the session had never been. */
  delete(session: FetchSession): void {
    if (this.#sessions.delete(session.id)) this.#bytes -= session.bytes
  }

  #add(session: FetchSession): void {
    this.#sessions.set(session.id, session)
    this.#bytes += session.bytes
  }

  #continue(request: FetchSessionRequest, nowMs: number): FetchContext {
    const session = this.#sessions.get(request.sessionId)
    if (!session) return failed(ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
    if (session.epoch !== request.sessionEpoch) return failed(ErrorCode.INVALID_FETCH_SESSION_EPOCH)
    if (session.usesTopicIds !== request.usesTopicIds) return failed(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR)
    this.delete(session)
    const maxBytes = this.#limits.maxBytes - this.#bytes
    if (!session.update(request, maxBytes)) return failed(ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
    if (session.partitions.size === 0) {
      return {
        error: ErrorCode.NONE,
        sessionId: noSession,
        incremental: false,
        partitions: [],
        session: undefined,
      }
    }
    session.epoch = session.epoch === epochMax ? 1 : session.epoch + 1
    session.lastUsedMs = nowMs
    this.#add(session)
    return {
      error: ErrorCode.NONE,
      sessionId: session.id,
      incremental: true,
      partitions: [...session.partitions.values()],
      session,
    }
  }

  #create(request: FetchSessionRequest, nowMs: number): FetchSession | undefined {
    const session = new FetchSession(request.usesTopicIds, nowMs)
    if (!session.update(request, this.#limits.maxBytes)) return undefined
    while (this.#bytes + session.bytes > this.#limits.maxBytes) {
      if (!this.#evictStale(nowMs)) return undefined
    }
    if (this.#sessions.size >= this.#limits.slots && !this.#evict(session.partitions.size, nowMs))
      return undefined
    session.id = this.#freeId()
    this.#add(session)
    return session
  }

  #freeId(): number {
    let id = this.#newId()
    while (id === noSession || this.#sessions.has(id)) id = this.#newId()
    return id
  }

  /** Makes room for a session of `size` partitions if the rules allow it. */
  #evict(size: number, nowMs: number): boolean {
    if (this.#evictStale(nowMs)) return true
    let smallest: FetchSession | undefined
    for (const session of this.#sessions.values()) {
      if (nowMs - session.createdMs < this.#limits.evictionMs) continue
      if (!smallest || session.partitions.size < smallest.partitions.size) smallest = session
    }
    if (smallest === undefined || smallest.partitions.size >= size) return false
    this.delete(smallest)
    return true
  }

  /** Ends the session that was not used for longest, if that is long enough. */
  #evictStale(nowMs: number): boolean {
    const oldest: FetchSession | undefined = this.#sessions.values().next().value
    if (!oldest || nowMs - oldest.lastUsedMs < this.#limits.evictionMs) return false
    this.delete(oldest)
    return true
  }
}

function failed(error: number): FetchContext {
  return { error, sessionId: noSession, incremental: false, partitions: [], session: undefined }
}
