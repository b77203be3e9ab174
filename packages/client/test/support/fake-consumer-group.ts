// A coordinator in memory that divides partitions itself (KIP-848): one topic, evenly among its members, each of which has its epoch.
import {
  ConsumerGroupHeartbeatApi,
  type ConsumerGroupHeartbeatRequest,
  ErrorCode,
  OffsetCommitApi,
  OffsetFetchApi,
  type OffsetCommitRequest,
  type OffsetFetchRequest,
} from '@millrace/protocol'
import type { FakeCluster } from './fake-broker.ts'

interface FakeMember {
  epoch: number
  partitions: readonly number[]
  /** What it was last told. */
  told: string
}

export class FakeConsumerGroup {
  readonly members = new Map<string, FakeMember>()
  readonly heartbeats: ConsumerGroupHeartbeatRequest[] = []
  readonly commits: OffsetCommitRequest[] = []
  readonly fetches: OffsetFetchRequest[] = []
  /** Committed offsets by partition. */
  readonly committed = new Map<number, number>()
  /** Answers the next heartbeat with an error. */
  refuse: number | undefined
  intervalMs = 20
  #epoch = 0
  readonly #topicId: string
  #partitions: readonly number[]

  constructor(cluster: FakeCluster, topicId: string, partitions: readonly number[]) {
    this.#topicId = topicId
    this.#partitions = partitions
    cluster.on(ConsumerGroupHeartbeatApi, ({ request }) => this.#heartbeat(request))
    cluster.on(OffsetCommitApi, ({ request }) => this.#commit(request))
    cluster.on(OffsetFetchApi, ({ request }) => this.#fetch(request))
  }

  /** From now on the group has these partitions to divide. */
  divide(partitions: readonly number[]): void {
    this.#partitions = partitions
    this.#share()
  }

  /** Raises every member's epoch without a word. */
  bump(): void {
    this.#share()
  }

  #share(): void {
    this.#epoch++
    const ids = [...this.members.keys()].sort()
    for (const [index, id] of ids.entries()) {
      const member = this.members.get(id)!
      member.epoch = this.#epoch
      member.partitions = this.#partitions.filter((_, at) => at % ids.length === index)
    }
  }

  #heartbeat(request: ConsumerGroupHeartbeatRequest) {
    this.heartbeats.push(request)
    const { memberId, memberEpoch } = request
    const none = {
      throttleTimeMs: 0,
      errorCode: 0,
      memberId,
      memberEpoch,
      heartbeatIntervalMs: this.intervalMs,
    }
    if (this.refuse !== undefined) {
      const errorCode = this.refuse
      this.refuse = undefined
      if (errorCode === ErrorCode.UNKNOWN_MEMBER_ID) this.members.delete(memberId)
      return { ...none, errorCode, errorMessage: 'refused by the test' }
    }
    if (memberEpoch < 0) {
      this.members.delete(memberId)
      this.#share()
      return none
    }
    if (memberEpoch === 0) {
      this.members.set(memberId, { epoch: 0, partitions: [], told: 'nothing' })
      this.#share()
    }
    const member = this.members.get(memberId)
    if (!member) return { ...none, errorCode: ErrorCode.UNKNOWN_MEMBER_ID }
    const partitions = [...member.partitions]
    const isNews = member.told !== partitions.join() || request.rebalanceTimeoutMs !== -1
    member.told = partitions.join()
    const topicPartitions = partitions.length > 0 ? [{ topicId: this.#topicId, partitions }] : []
    return { ...none, memberEpoch: member.epoch, assignment: isNews ? { topicPartitions } : null }
  }

  #commit(request: OffsetCommitRequest) {
    this.commits.push(request)
    const { memberId, generationIdOrMemberEpoch: epoch, topics } = request
    const errorCode = this.#check(memberId, epoch)
    if (errorCode === 0) {
      for (const { partitions } of topics)
        for (const { partitionIndex, committedOffset } of partitions)
          this.committed.set(partitionIndex, committedOffset)
    }
    return {
      throttleTimeMs: 0,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
      })),
    }
  }

  #fetch(request: OffsetFetchRequest) {
    this.fetches.push(request)
    return {
      throttleTimeMs: 0,
      groups: request.groups.map(({ groupId, memberId, memberEpoch, topics }) => ({
        groupId,
        errorCode: memberId === null ? 0 : this.#check(memberId, memberEpoch),
        topics: (topics ?? []).map(({ name, partitionIndexes }) => ({
          name,
          partitions: partitionIndexes.map(partitionIndex => ({
            partitionIndex,
            committedOffset: this.committed.get(partitionIndex) ?? 0,
            errorCode: 0,
            metadata: '',
          })),
        })),
      })),
    }
  }

  #check(memberId: string, epoch: number): number {
    const member = this.members.get(memberId)
    if (!member) return ErrorCode.UNKNOWN_MEMBER_ID
    return member.epoch === epoch ? 0 : ErrorCode.STALE_MEMBER_EPOCH
  }
}
