// A consumer in a share group (KIP-932): its heartbeats, and the partitions that its group gave it to share.
import { ErrorCode } from '@millrace/protocol'
import { ShareGroupHeartbeatApi } from '@millrace/protocol/messages/share'
import type { Cluster } from '../cluster/cluster.ts'
import type { TopicPartitions } from '../consumer/assignors/assignor.ts'
import { ModernCoordination } from '../consumer/group/modern/modern-coordination.ts'
import type { Heartbeat, HeartbeatAnswer } from '../consumer/group/modern/modern-events.ts'
import { BrokerError, UnsupportedVersionError } from '../errors/index.ts'
import type { ResolvedShareOptions } from './options.ts'

export interface ShareMemberHost {
  /** The member begins to join. */
  onJoining(): void
  /** The partitions to share are others now. */
  onAssigned(revoked: TopicPartitions, added: TopicPartitions): void
  /** These are not to be shared any more. `lost`: the group has gone on without this member. */
  onRevoked(revoked: TopicPartitions, lost: boolean): void
  /** Whether the user asked for records since the last call. */
  takePolled(): boolean
  onError(error: Error): void
  /** The membership has ended with an error, and there will be no other. */
  onFailed(error: Error): void
}

export class ShareMember {
  readonly #cluster: Cluster
  readonly #options: ResolvedShareOptions
  readonly #memberId: string
  readonly #coordination: ModernCoordination
  #topics: readonly string[]
  /** The topics that were said last. */
  #said: readonly string[] = []

  constructor(
    cluster: Cluster,
    options: ResolvedShareOptions,
    memberId: string,
    topics: readonly string[],
    host: ShareMemberHost,
  ) {
    this.#cluster = cluster
    this.#options = options
    this.#memberId = memberId
    this.#topics = topics
    const { groupId, maxPollIntervalMs } = options
    const settings = { groupId, groupInstanceId: null, maxPollIntervalMs, acknowledges: false }
    this.#coordination = new ModernCoordination(cluster, settings, {
      send: heartbeat => {
        if (heartbeat.epoch === 0) host.onJoining()
        return this.#send(heartbeat)
      },
      // Records in hand are not bound to the assignment: they can be acknowledged all the same.
      revoke: async (partitions, lost) => host.onRevoked(partitions, lost),
      assign: async (revoked, added) => host.onAssigned(revoked, added),
      onTick: () => host.takePolled(),
      onError: error => host.onError(error),
      onFailed: error => host.onFailed(this.#explain(error)),
    })
  }

  /** Whether the group counts this consumer among its members. */
  get isMember(): boolean {
    return this.#coordination.phase === 'member'
  }

  /** The member's epoch; −1 outside of the group. */
  get epoch(): number {
    return this.#coordination.epoch
  }

  start(): void {
    this.#coordination.start()
  }

  subscribe(topics: readonly string[]): void {
    this.#topics = topics
    this.#coordination.resubscribed()
  }

  /** Resolves when the coordinator knows, or cannot be told. */
  leave(): Promise<void> {
    return this.#coordination.leave()
  }

  close(): void {
    this.#coordination.close()
  }

  async #send({ epoch, full }: Heartbeat): Promise<HeartbeatAnswer> {
    const { groupId, rack } = this.#options
    const topics = this.#topics
    const says = epoch >= 0 && (full || topics !== this.#said)
    if (says) for (const topic of topics) this.#cluster.useTopic(topic)
    const { errorCode, errorMessage, memberEpoch, heartbeatIntervalMs, assignment } =
      await this.#cluster.request(
        ShareGroupHeartbeatApi,
        {
          groupId,
          memberId: this.#memberId,
          memberEpoch: epoch,
          ...(full && { rackId: rack === '' ? null : rack }),
          ...(says && { subscribedTopicNames: [...topics] }),
        },
        { to: { coordinator: { type: 'group', key: groupId } }, purpose: 'group' },
      )
    if (says && errorCode === 0) this.#said = topics
    return {
      errorCode,
      errorMessage,
      memberEpoch,
      heartbeatIntervalMs,
      assignment:
        assignment &&
        new Map(assignment.topicPartitions.map(({ topicId, partitions }) => [topicId, partitions])),
    }
  }

  #explain(error: Error): Error {
    const lacks =
      error instanceof UnsupportedVersionError ||
      (error instanceof BrokerError && error.errorCode === ErrorCode.UNSUPPORTED_VERSION)
    if (!lacks) return error
    return new UnsupportedVersionError(
      `share group "${this.#options.groupId}" needs Apache Kafka 4.2 or later, or 4.1 with the feature share.version 1 (${error.message})`,
    )
  }
}
