// A consumer in a group of the consumer protocol (KIP-848): the broker divides the partitions, and the member takes them over and gives them up one by one.
import { ConsumerGroupHeartbeatApi, ErrorCode } from '@millrace/protocol'
import { randomUuid } from '@millrace/runtime'
import type { Cluster } from '../../../cluster/cluster.ts'
import { BrokerError, UnsupportedVersionError } from '../../../errors/index.ts'
import type { CommitIdentity } from '../../committed-offsets.ts'
import type { ResolvedConsumerOptions } from '../../options.ts'
import type { Subscription } from '../../subscription.ts'
import {
  type Farewell,
  type GroupMembership,
  type GroupMembershipHost,
  noLeadership,
} from '../group-membership.ts'
import { TopicWatch } from '../topic-watch.ts'
import { ConsumerHeartbeat, patternsFrom, type SubscribedTopics } from './consumer-heartbeat.ts'
import { ModernCoordination } from './modern-coordination.ts'
import type { Heartbeat, HeartbeatAnswer } from './modern-events.ts'

export class ConsumerGroupMember implements GroupMembership {
  readonly leadership = noLeadership
  readonly #cluster: Cluster
  readonly #options: ResolvedConsumerOptions & { readonly groupId: string }
  readonly #memberId: string
  readonly #coordination: ModernCoordination
  readonly #heartbeat: ConsumerHeartbeat
  readonly #topics: TopicWatch
  /** The names that the subscription comes to; undefined when they are to be found out anew. */
  #names: readonly string[] | undefined

  constructor(
    cluster: Cluster,
    options: ResolvedConsumerOptions & { readonly groupId: string },
    subscription: Subscription,
    host: GroupMembershipHost,
  ) {
    this.#cluster = cluster
    this.#options = options
    this.#memberId = randomUuid(cluster.random)
    this.#heartbeat = new ConsumerHeartbeat({
      ...options,
      memberId: this.#memberId,
      rebalanceTimeoutMs: options.maxPollIntervalMs,
      remoteAssignor: options.groupRemoteAssignor,
    })
    this.#topics = new TopicWatch(cluster, subscription, {
      isLeader: () => false,
      isStable: () => this.#coordination.phase === 'member',
      onChange: () => this.#resubscribe(),
    })
    const settings = { ...options, acknowledges: true }
    this.#coordination = new ModernCoordination(cluster, settings, {
      send: heartbeat => {
        if (heartbeat.epoch === 0) host.rebalancing()
        return this.#send(heartbeat)
      },
      revoke: (partitions, lost) => host.revoke(partitions, lost),
      assign: (revoked, added) => host.assign(revoked, added),
      onTick: () => {
        this.#topics.watch()
        return host.takePolled()
      },
      onError: error => host.onError(error),
      onFailed: error => host.onFailed(this.#explain(error)),
    })
  }

  get identity(): CommitIdentity {
    const { groupId, groupInstanceId } = this.#options
    const generation = this.#coordination.epoch
    return { groupId, groupInstanceId, memberId: this.#memberId, generation }
  }

  /** The epoch that the coordinator has may be on its way, in the answer to a heartbeat. */
  get isRejoining(): boolean {
    return this.#coordination.epoch !== -1
  }

  start(): void {
    this.#coordination.start()
  }

  subscribe(subscription: Subscription): void {
    this.#topics.subscription = subscription
    this.#resubscribe()
  }

  leave(farewell: Farewell): Promise<void> {
    return this.#coordination.leave(farewell)
  }

  close(): void {
    this.#coordination.close()
  }

  #resubscribe(): void {
    this.#names = undefined
    this.#coordination.resubscribed()
  }

  async #send(heartbeat: Heartbeat): Promise<HeartbeatAnswer> {
    const { pattern } = this.#topics.subscription
    const isFarewell = heartbeat.epoch < 0
    const names = isFarewell ? [] : await this.#subscribedNames()
    const subscribed: SubscribedTopics = { names, pattern }
    const { errorCode, errorMessage, memberEpoch, heartbeatIntervalMs, assignment } =
      await this.#cluster.request(
        ConsumerGroupHeartbeatApi,
        version => this.#heartbeat.request(heartbeat, subscribed, version),
        {
          to: { coordinator: { type: 'group', key: this.#options.groupId } },
          purpose: 'group',
          ...(pattern !== undefined && !isFarewell && { minVersion: patternsFrom }),
        },
      )
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

  async #subscribedNames(): Promise<readonly string[]> {
    if (this.#names) return this.#names
    const { subscription } = this.#topics
    const names = await this.#topics.resolve()
    // Another subscription may have come meanwhile: its own heartbeat is due.
    if (subscription === this.#topics.subscription) this.#names = names
    return names
  }

  /** Brokers that do not have the protocol say so in several ways: what to do about it is the same. */
  #explain(error: Error): Error {
    const { groupId } = this.#options
    const lacks =
      error instanceof UnsupportedVersionError ||
      (error instanceof BrokerError && error.errorCode === ErrorCode.UNSUPPORTED_VERSION)
    if (!lacks) return error
    const { pattern } = this.#topics.subscription
    const what =
      pattern === undefined
        ? 'needs Apache Kafka 3.7 or later with "consumer" among group.coordinator.rebalance.protocols: write groupProtocol: "classic"'
        : 'with a SubscriptionPattern needs Apache Kafka 4.0 or later: subscribe with a RegExp, or write groupProtocol: "classic"'
    return new UnsupportedVersionError(
      `groupProtocol "consumer" of group "${groupId}" ${what} (${error.message})`,
    )
  }
}
