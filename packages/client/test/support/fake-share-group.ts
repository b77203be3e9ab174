// A share group in memory: one topic, whose records are acquired, held, acknowledged and delivered again as brokers do it, session by session.
import { ErrorCode, RecordBatchWriter } from '@millrace/protocol'
import {
  ShareAcknowledgeApi,
  type ShareAcknowledgeRequest,
  ShareFetchApi,
  type ShareFetchRequest,
  ShareGroupHeartbeatApi,
  type ShareGroupHeartbeatRequest,
} from '@millrace/protocol/messages/share'
import { type Clock, nodeClock } from '@millrace/runtime'
import type { FakeCluster, FakeTopic } from './fake-broker.ts'

interface Held {
  state: 'available' | 'held' | 'done' | 'archived'
  by: string
  until: number
  deliveries: number
}

type Batches = ShareAcknowledgeRequest['topics'][number]['partitions'][number]['acknowledgementBatches']

export class FakeShareGroup {
  readonly heartbeats: ShareGroupHeartbeatRequest[] = []
  readonly fetches: ShareFetchRequest[] = []
  readonly acknowledges: ShareAcknowledgeRequest[] = []
  /** Records by partition. */
  readonly records: Held[][]
  /** Offsets of each partition that hold no record. */
  readonly gaps = new Set<number>()
  lockMs = 60_000
  /** Hurts a batch on its way out. */
  damage: ((bytes: Buffer) => void) | undefined
  /** Answers the next request of a session with an error. */
  refuse: number | undefined
  /** Answers the next acknowledgement of a partition with an error. */
  refuseAcknowledge: number | undefined
  /** By member and broker: the number of the next request, and the partitions that it wants. */
  readonly #sessions = new Map<string, { epoch: number; readonly wanted: Set<number> }>()
  readonly #topic: FakeTopic
  readonly #clock: Clock

  constructor(cluster: FakeCluster, topic: FakeTopic, counts: readonly number[], clock: Clock = nodeClock) {
    this.#topic = topic
    this.#clock = clock
    this.records = counts.map(count =>
      Array.from({ length: count }, () => ({ state: 'available', by: '', until: 0, deliveries: 0 })),
    )
    cluster.on(ShareGroupHeartbeatApi, ({ request }) => this.#heartbeat(request))
    cluster.on(ShareFetchApi, ({ request, brokerId }) => this.#fetch(request, brokerId))
    cluster.on(ShareAcknowledgeApi, ({ request, brokerId }) => this.#acknowledge(request, brokerId))
  }

  /** Offsets of a partition in a state. */
  offsets(partition: number, state: Held['state']): number[] {
    return this.records[partition]!.flatMap((held, offset) => (held.state === state ? [offset] : []))
  }

  /** Forgets the sessions, and frees what they held. */
  forgetSessions(): void {
    this.#sessions.clear()
    for (const held of this.records.flat()) if (held.state === 'held') held.state = 'available'
  }

  #heartbeat(request: ShareGroupHeartbeatRequest) {
    this.heartbeats.push(request)
    const { memberId, memberEpoch } = request
    const partitions = this.records.map((_, partition) => partition)
    const assignment =
      memberEpoch === 0 ? { topicPartitions: [{ topicId: this.#topic.topicId, partitions }] } : null
    const epoch = memberEpoch === 0 ? 1 : memberEpoch
    return {
      throttleTimeMs: 0,
      errorCode: 0,
      memberId,
      memberEpoch: epoch,
      heartbeatIntervalMs: 20,
      assignment,
    }
  }

  /** Counts the session on, or says what is wrong with it. */
  #enter(key: string, epoch: number): number {
    if (this.refuse !== undefined) {
      const errorCode = this.refuse
      this.refuse = undefined
      return errorCode
    }
    if (epoch === 0) {
      this.#sessions.set(key, { epoch: 1, wanted: new Set() })
      return 0
    }
    const session = this.#sessions.get(key)
    if (session === undefined) return ErrorCode.SHARE_SESSION_NOT_FOUND
    if (epoch === -1) {
      this.#sessions.delete(key)
      return 0
    }
    if (epoch !== session.epoch) return ErrorCode.INVALID_SHARE_SESSION_EPOCH
    session.epoch++
    return 0
  }

  async #fetch(request: ShareFetchRequest, brokerId: number) {
    this.fetches.push(request)
    const memberId = request.memberId!
    const key = `${memberId}/${brokerId}`
    const errorCode = this.#enter(key, request.shareSessionEpoch)
    const head = { throttleTimeMs: 0, errorCode, acquisitionLockTimeoutMs: this.lockMs, nodeEndpoints: [] }
    if (errorCode !== 0) return { ...head, responses: [] }
    const { wanted } = this.#sessions.get(key)!
    for (const { partitions } of request.forgottenTopicsData)
      for (const each of partitions) wanted.delete(each)
    const said = request.topics.flatMap(({ partitions }) => partitions)
    const verdicts = new Map(
      said.map(each => [
        each.partitionIndex,
        this.#take(each.partitionIndex, memberId, each.acknowledgementBatches),
      ]),
    )
    for (const { partitionIndex } of said) wanted.add(partitionIndex)
    const strange = [...wanted].filter(each => this.#topic.leaders[each] !== brokerId)
    const moved = strange.map(partitionIndex => ({
      partitionIndex,
      errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER,
      acknowledgeErrorCode: 0,
      currentLeader: { leaderId: this.#topic.leaders[partitionIndex]!, leaderEpoch: this.#topic.leaderEpoch },
      records: [],
      acquiredRecords: [],
    }))
    let left = request.maxRecords
    const partitions = this.#topic.leaders.flatMap((leader, partitionIndex) => {
      if (leader !== brokerId || !wanted.has(partitionIndex)) return []
      const acquired = this.#acquire(partitionIndex, memberId, left)
      left -= acquired.length
      return [
        {
          partitionIndex,
          errorCode: 0,
          acknowledgeErrorCode: verdicts.get(partitionIndex) ?? 0,
          currentLeader: { leaderId: -1, leaderEpoch: -1 },
          records: acquired.length > 0 ? [this.#batch(partitionIndex)] : [],
          acquiredRecords: acquired.map(offset => ({
            firstOffset: offset,
            lastOffset: offset,
            deliveryCount: this.records[partitionIndex]![offset]!.deliveries,
          })),
        },
      ]
    })
    if (left === request.maxRecords)
      await new Promise(resolve => setTimeout(resolve, Math.min(20, request.maxWaitMs)))
    return { ...head, responses: [{ topicId: this.#topic.topicId, partitions: [...partitions, ...moved] }] }
  }

  #acquire(partition: number, by: string, max: number): number[] {
    const now = this.#clock.monotonic()
    const acquired: number[] = []
    for (const [offset, held] of this.records[partition]!.entries()) {
      if (held.state === 'held' && held.until <= now) held.state = 'available'
      if (held.state !== 'available' || acquired.length >= max) continue
      Object.assign(held, { state: 'held', by, until: now + this.lockMs, deliveries: held.deliveries + 1 })
      acquired.push(offset)
    }
    return acquired
  }

  #acknowledge(request: ShareAcknowledgeRequest, brokerId: number) {
    this.acknowledges.push(request)
    const memberId = request.memberId!
    const errorCode = this.#enter(`${memberId}/${brokerId}`, request.shareSessionEpoch)
    const head = { throttleTimeMs: 0, errorCode, acquisitionLockTimeoutMs: this.lockMs, nodeEndpoints: [] }
    const responses = request.topics.map(({ topicId, partitions }) => ({
      topicId,
      partitions: partitions.map(({ partitionIndex, acknowledgementBatches }) => ({
        partitionIndex,
        errorCode: errorCode === 0 ? this.#take(partitionIndex, memberId, acknowledgementBatches) : 0,
        currentLeader: { leaderId: -1, leaderEpoch: -1 },
      })),
    }))
    if (request.shareSessionEpoch === -1) {
      for (const held of this.records.flat())
        if (held.state === 'held' && held.by === memberId) held.state = 'available'
    }
    return { ...head, responses: errorCode === 0 ? responses : [] }
  }

  #take(partition: number, by: string, batches: Batches): number {
    if (batches.length === 0) return 0
    if (this.refuseAcknowledge !== undefined) {
      const errorCode = this.refuseAcknowledge
      this.refuseAcknowledge = undefined
      return errorCode
    }
    const now = this.#clock.monotonic()
    for (const { firstOffset, lastOffset, acknowledgeTypes } of batches) {
      for (let offset = firstOffset; offset <= lastOffset; offset++) {
        const held = this.records[partition]![offset]
        const isHeld = held?.state === 'held' && held.by === by && held.until > now
        if (!isHeld) return ErrorCode.INVALID_RECORD_STATE
        const type =
          acknowledgeTypes.length === 1 ? acknowledgeTypes[0] : acknowledgeTypes[offset - firstOffset]
        if (type === 4) held.until = now + this.lockMs
        else held.state = type === 1 ? 'done' : type === 2 ? 'available' : 'archived'
      }
    }
    return 0
  }

  /** The whole log as one batch, as brokers send whole batches. */
  #batch(partition: number): Buffer {
    const writer = new RecordBatchWriter()
    writer.reset({ baseOffset: 0 })
    const count = this.records[partition]!.length
    for (let offset = 0; offset < count; offset++) writer.append(1_000, null, `${partition}:${offset}`)
    const bytes = Buffer.from(writer.finish())
    this.damage?.(bytes)
    return bytes
  }
}
