// Incremental fetch sessions (KIP-227): the broker remembers which partitions a consumer reads, so that requests and replies
// carry only what changed. Pure: time comes as an argument.
import { ErrorCode, zeroUuid } from '@millrace/protocol/base'

const noSession = 0
/** Epoch of a request that opens a session. */
const initialEpoch = 0
/** Epoch of a request that wants no session. */
const finalEpoch = -1
const epochMax = 2 ** 31 - 1

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
  readonly id: number
  readonly usesTopicIds: boolean
  readonly createdMs: number
  lastUsedMs: number
  /** What the next request must carry. */
  epoch = 1
  /** In the order in which they are served; those that got data go to the end. */
  readonly partitions = new Map<string, FetchPartition>()

  constructor(id: number, usesTopicIds: boolean, nowMs: number) {
    this.id = id
    this.usesTopicIds = usesTopicIds
    this.createdMs = nowMs
    this.lastUsedMs = nowMs
  }

  update(request: FetchSessionRequest): void {
    for (const wanted of request.partitions) {
      const key = partitionKey(wanted)
      const known = this.partitions.get(key)
      if (!known) {
        this.partitions.set(key, newPartition(wanted))
        continue
      }
      known.fetchOffset = wanted.fetchOffset
      known.maxBytes = wanted.maxBytes
      known.currentLeaderEpoch = wanted.currentLeaderEpoch
      known.lastFetchedEpoch = wanted.lastFetchedEpoch
    }
    for (const forgotten of request.forgotten) this.partitions.delete(partitionKey(forgotten))
  }

  /** Serves the partition last from now on, so that no partition starves behind one that always has data. */
  rotate(partition: FetchPartition): void {
    const key = partitionKey(partition)
    if (this.partitions.get(key) !== partition) return
    this.partitions.delete(key)
    this.partitions.set(key, partition)
  }
}

function newPartition(wanted: FetchPartitionRequest): FetchPartition {
  return { ...wanted, sentHighWatermark: -1, sentLastStableOffset: -1, sentLogStartOffset: -1 }
}

/** All sessions of a broker. A new one takes the place of one that was not used for `evictionMs`, or of a smaller one that old. */
export class FetchSessionCache {
  readonly #slots: number
  readonly #evictionMs: number
  readonly #newId: () => number
  /** Least recently used first. */
  readonly #sessions = new Map<number, FetchSession>()

  /** `newId` gives random positive 31-bit numbers. */
  constructor(slots: number, evictionMs: number, newId: () => number) {
    this.#slots = slots
    this.#evictionMs = evictionMs
    this.#newId = newId
  }

  get size(): number {
    return this.#sessions.size
  }

  /** Decides what a request is about and brings its session up to date. */
  open(request: FetchSessionRequest, nowMs: number): FetchContext {
    const { sessionId, sessionEpoch } = request
    if (sessionEpoch === initialEpoch || sessionEpoch === finalEpoch) {
      if (sessionId !== noSession) this.#sessions.delete(sessionId)
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
  delete({ id }: FetchSession): void {
    this.#sessions.delete(id)
  }

  #continue(request: FetchSessionRequest, nowMs: number): FetchContext {
    const session = this.#sessions.get(request.sessionId)
    if (!session) return failed(ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
    if (session.epoch !== request.sessionEpoch) return failed(ErrorCode.INVALID_FETCH_SESSION_EPOCH)
    if (session.usesTopicIds !== request.usesTopicIds) return failed(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR)
    session.update(request)
    this.#sessions.delete(session.id)
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
    this.#sessions.set(session.id, session)
    return {
      error: ErrorCode.NONE,
      sessionId: session.id,
      incremental: true,
      partitions: [...session.partitions.values()],
      session,
    }
  }

  #create(request: FetchSessionRequest, nowMs: number): FetchSession | undefined {
    if (this.#sessions.size >= this.#slots && !this.#evict(request.partitions.length, nowMs)) return undefined
    let id = this.#newId()
    while (id === noSession || this.#sessions.has(id)) id = this.#newId()
    const session = new FetchSession(id, request.usesTopicIds, nowMs)
    session.update(request)
    this.#sessions.set(id, session)
    return session
  }

  /** Makes room for a session of `size` partitions if the rules allow it. */
  #evict(size: number, nowMs: number): boolean {
    const oldest: FetchSession | undefined = this.#sessions.values().next().value
    if (!oldest) return false
    if (nowMs - oldest.lastUsedMs >= this.#evictionMs) return this.#sessions.delete(oldest.id)
    let smallest: FetchSession | undefined
    for (const session of this.#sessions.values()) {
      if (nowMs - session.createdMs < this.#evictionMs) continue
      if (!smallest || session.partitions.size < smallest.partitions.size) smallest = session
    }
    return smallest !== undefined && smallest.partitions.size < size && this.#sessions.delete(smallest.id)
  }
}

function failed(error: number): FetchContext {
  return { error, sessionId: noSession, incremental: false, partitions: [], session: undefined }
}
