// What becomes of the answers to a fetch: chunks for the user, new leaders, positions that are no longer there.
import {
  ErrorCode,
  type FetchResponse,
  type FetchResponsePartitionData,
  type FrameMemory,
  zeroUuid,
} from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import {
  BrokerError,
  isMetadataCode,
  isRetriable,
  needsMetadata,
  PositionError,
  ProtocolError,
  RecordTooLargeError,
} from '../errors/index.ts'
import { backoffMs } from '../network/backoff.ts'
import type { Assignment } from './assignment.ts'
import { FetchedChunk } from './fetched-chunk.ts'
import type { Asked, FetcherHost } from './fetcher.ts'
import type { OffsetReset, ResolvedConsumerOptions } from './options.ts'
import type { PartitionState } from './partition-state.ts'

/** Most that one partition's limit grows to, for a batch that does not fit in old versions of Fetch. */
const fetchBytesFactorMax = 1024

export class FetchAnswers {
  readonly #cluster: Cluster
  readonly #options: ResolvedConsumerOptions
  readonly #assignment: Assignment
  readonly #host: FetcherHost

  constructor(cluster: Cluster, options: ResolvedConsumerOptions, assignment: Assignment, host: FetcherHost) {
    this.#cluster = cluster
    this.#options = options
    this.#assignment = assignment
    this.#host = host
  }

  /** Takes a response in, whose records lie in `memory` where that can be used again. Returns whether it has records. */
  take(asked: readonly Asked[], response: FetchResponse, memory: FrameMemory | undefined): boolean {
    const { metadata } = this.#cluster
    for (const { nodeId, host, port, rack } of response.nodeEndpoints) {
      metadata.addNodes([{ id: nodeId, host, port, rack }])
    }
    const byName = new Map<string, Asked>()
    const byId = new Map<string, Asked>()
    for (const entry of asked) {
      const { topic, topicId, partition } = entry.target
      byName.set(`${topic}/${partition}`, entry)
      if (topicId !== zeroUuid) byId.set(`${topicId}/${partition}`, entry)
    }
    let found = false
    for (const topic of response.responses) {
      for (const data of topic.partitions) {
        const [entries, name] = topic.topicId === zeroUuid ? [byName, topic.topic] : [byId, topic.topicId]
        const key = `${name}/${data.partitionIndex}`
        const entry = entries.get(key)
        // A partition is answered once, whatever else a broker says of it.
        entries.delete(key)
        // What was sought in, revoked or moved to another broker meanwhile is answered for nothing.
        if (!entry || !isAwaited(entry)) continue
        if (this.#partition(entry, data, memory)) found = true
      }
    }
    if (found) this.#host.onData()
    return found
  }

  /** The broker refused the request as a whole. */
  refused(asked: readonly Asked[], errorCode: number): void {
    const error = new BrokerError(errorCode, 'fetching')
    // A session that is gone is replaced at once; everything else is worth a pause.
    const sessionOnly =
      errorCode === ErrorCode.FETCH_SESSION_ID_NOT_FOUND ||
      errorCode === ErrorCode.INVALID_FETCH_SESSION_EPOCH ||
      errorCode === ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR
    if (sessionOnly) return
    if (isMetadataCode(errorCode)) this.#cluster.invalidateMetadata()
    if (!error.retriable) this.#host.onError(error)
    for (const entry of asked) if (isAwaited(entry)) this.#pause(entry.state, isMetadataCode(errorCode))
  }

  /** There is no answer. */
  lost(asked: readonly Asked[], error: Error): void {
    for (const entry of asked) {
      if (!isAwaited(entry)) continue
      entry.state.shunFollower(this.#cluster.clock.monotonic())
      this.#pause(entry.state, true)
    }
    // A broker that metadata does not name (any more) is looked up anew as well. An answer that cannot be decoded may come again for ever.
    const isPassing = isRetriable(error) || needsMetadata(error)
    if (!isPassing || error instanceof ProtocolError) this.#host.onError(error)
  }

  #partition(
    { state, target }: Asked,
    data: FetchResponsePartitionData,
    memory: FrameMemory | undefined,
  ): boolean {
    if (data.errorCode !== 0) {
      this.#refusedPartition(state, data)
      return false
    }
    state.failures = 0
    state.highWatermark = data.highWatermark
    state.lastStableOffset = data.lastStableOffset
    if (data.logStartOffset >= 0) state.logStartOffset = data.logStartOffset
    if (data.preferredReadReplica >= 0) {
      state.preferredReplica = data.preferredReadReplica
      state.preferredUntil = this.#cluster.clock.monotonic() + this.#cluster.options.metadataMaxAgeMs
      state.preferredEpoch = target.currentLeaderEpoch
    }
    const bytes = data.records?.[0]
    if (bytes && bytes.length > 0) return this.#chunk(state, target.fetchOffset, bytes, data, memory)
    this.#host.onEmpty(state)
    return false
  }

  #chunk(
    state: PartitionState,
    fetchOffset: number,
    bytes: Buffer,
    data: FetchResponsePartitionData,
    memory: FrameMemory | undefined,
  ): boolean {
    const { checkCrcs, decompressedMaxBytes, readCommitted } = this.#options
    let chunk: FetchedChunk
    try {
      chunk = new FetchedChunk({
        topic: state.topic,
        partition: state.partition,
        bytes,
        memory,
        fetchOffset,
        aborted: readCommitted ? (data.abortedTransactions ?? []) : undefined,
        checkCrcs,
        decompressedMaxBytes,
      })
    } catch (error) {
      this.#host.onError(error as Error, state)
      this.#pause(state)
      return false
    }
    if (chunk.isEmpty) {
      chunk.release()
      this.#grow(state)
      return false
    }
    if (chunk.endOffset <= fetchOffset) {
      chunk.release()
      const message = `${state.name}: a broker answers a fetch from offset ${fetchOffset} with records before it`
      this.#host.onError(new ProtocolError(message), state)
      this.#pause(state)
      return false
    }
    state.fetchOffset = chunk.endOffset
    state.fetchedEpoch = chunk.leaderEpoch
    state.fetchBytesFactor = 1
    this.#assignment.put(state, chunk)
    this.#host.counters.buffered(chunk)
    return true
  }

  /** Not one whole batch fits in the answer, as brokers before KIP-74 do it: ask for more. */
  #grow(state: PartitionState): void {
    if (state.fetchBytesFactor < fetchBytesFactorMax) {
      state.fetchBytesFactor *= 2
      return
    }
    this.#host.onError(
      new RecordTooLargeError(
        `the batch at offset ${state.fetchOffset} of ${state.name} does not fit into partitionFetchMaxBytes`,
      ),
      state,
    )
    this.#pause(state)
  }

  #refusedPartition(state: PartitionState, data: FetchResponsePartitionData): void {
    const { errorCode, currentLeader } = data
    const error = new BrokerError(errorCode, `fetching ${state.name}`)
    const fromFollower = state.preferredReplica !== -1
    state.shunFollower(this.#cluster.clock.monotonic())
    if (errorCode === ErrorCode.OFFSET_OUT_OF_RANGE) {
      // A follower may only be behind: the leader decides.
      if (!fromFollower) this.#outOfRange(state)
      return
    }
    if (isMetadataCode(errorCode)) {
      const { leaderId, leaderEpoch } = currentLeader
      if (this.#cluster.metadata.updateLeader(state.topic, state.partition, leaderId, leaderEpoch)) return
      this.#cluster.invalidateMetadata()
    } else if (!error.retriable) {
      this.#host.onError(error, state)
    }
    this.#pause(state, isMetadataCode(errorCode))
  }

  /**
   * The topic was deleted and made anew: an offset means another record there, if any. All that it holds came after what was read, so that
   * reading goes on at its start, whichever end `autoOffsetReset` names.
   */
  madeAnew(state: PartitionState): void {
    this.#assignment.refetch(state)
    state.committed = -1
    const target = this.#options.resetOf(state.topic) === 'none' ? 'none' : 'earliest'
    this.#reset(state, target, 'NO_OFFSET', 'the topic was deleted and made anew')
  }

  #outOfRange(state: PartitionState): void {
    if (state.fetchOffset! > state.delivered) {
      // What is fetched ahead is good, or its damage is still to be told: the position is out of range once it stands here.
      this.#pause(state)
      return
    }
    const target = this.#options.resetOf(state.topic)
    this.#reset(state, target, 'OFFSET_OUT_OF_RANGE', `offset ${state.fetchOffset} is not in the log`)
  }

  /** Goes on elsewhere, or tells why that is needed until the user seeks. */
  #reset(
    state: PartitionState,
    target: OffsetReset,
    code: 'NO_OFFSET' | 'OFFSET_OUT_OF_RANGE',
    why: string,
  ): void {
    if (target !== 'none') {
      this.#assignment.moveToTarget(state, target)
      this.#host.onTarget()
      return
    }
    this.#pause(state)
    const message = `${why} and autoOffsetReset is "none": seek to where to go on`
    this.#host.onError(new PositionError(code, state.topic, state.partition, message), state)
  }

  #pause(state: PartitionState, leaderInDoubt = false): void {
    const { clock, random, options, metadata } = this.#cluster
    const { retryBackoffMs, retryBackoffMaxMs } = options
    state.leaderInDoubt = leaderInDoubt
    state.backoffEpoch = metadata.partition(state.topic, state.partition)?.leaderEpoch ?? -1
    state.backoffUntil =
      clock.monotonic() + backoffMs(state.failures++, retryBackoffMs, retryBackoffMaxMs, random)
  }
}

/** Whether the answer still counts: not after a seek, a revocation or a move to another broker. */
function isAwaited({ state, target }: Asked): boolean {
  return state.fetching === target
}
