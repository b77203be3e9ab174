// A consumer in a classic group: what it tells the other members, and how it divides partitions as their leader.
import type { JoinGroupRequestInit, JoinGroupResponse } from '@millrace/protocol'
import type { Cluster } from '../../../cluster/cluster.ts'
import { StateError } from '../../../errors/index.ts'
import type { TopicPartitions } from '../../assignors/assignor.ts'
import type { CommitIdentity } from '../../committed-offsets.ts'
import type { ResolvedConsumerOptions } from '../../options.ts'
import type { Subscription } from '../../subscription.ts'
import type { Farewell, GroupMembership, GroupMembershipHost, Leadership } from '../group-membership.ts'
import { isEmpty, nothing, subtract } from '../topic-partitions.ts'
import { TopicWatch } from '../topic-watch.ts'
import { ClassicCoordination, type LastAssignment } from './classic-coordination.ts'
import type { MemberAssignment } from './classic-membership.ts'
import { decodeAssignment, encodeSubscription } from './embedded-protocol.ts'
import { divide, readMembers } from './plan.ts'

export class ClassicMember implements GroupMembership {
  readonly #options: ResolvedConsumerOptions & { readonly groupId: string }
  readonly #coordination: ClassicCoordination<TopicPartitions>
  readonly #topics: TopicWatch
  /** The last generation that had topics for this member that it does not want. */
  #misfitOf = -1

  constructor(
    cluster: Cluster,
    options: ResolvedConsumerOptions & { readonly groupId: string },
    subscription: Subscription,
    host: GroupMembershipHost,
  ) {
    this.#options = options
    this.#topics = new TopicWatch(cluster, subscription, {
      isLeader: () => this.#coordination.isLeader,
      isStable: () => this.#coordination.phase === 'stable',
      onChange: () => this.#coordination.rejoin(),
    })
    const settings = {
      ...options,
      protocolType: 'consumer',
      cooperative: options.assignors.every(({ protocol }) => protocol === 'cooperative'),
      rebalanceTimeoutMs: options.maxPollIntervalMs,
    }
    this.#coordination = new ClassicCoordination<TopicPartitions>(cluster, settings, {
      kind: { nothing, isNothing: isEmpty, subtract, decode: bytes => this.#wanted(decodeAssignment(bytes)) },
      protocols: (owned, last) => {
        host.rebalancing()
        return this.#protocols(owned, last)
      },
      plan: response => this.#plan(response),
      revoke: (partitions, lost) => host.revoke(partitions, lost),
      assign: (revoked, added) => host.assign(revoked, added),
      onTick: () => {
        this.#topics.watch()
        return host.takePolled()
      },
      onError: error => host.onError(error),
      onFailed: error => host.onFailed(error),
    })
  }

  /**
   * What of an assignment this member has asked for. A static member that is back with other topics is given what it had: nobody has divided anew. Joining again, with an assignment that is another one
   * than before, makes the group do so; a generation that stays the same is not asked twice.
   */
  #wanted(assigned: TopicPartitions): TopicPartitions {
    const wanted = new Map([...assigned].filter(([topic]) => this.#topics.wants(topic)))
    const { generation } = this.#coordination.identity
    if (wanted.size < assigned.size && generation !== this.#misfitOf) {
      this.#misfitOf = generation
      this.#coordination.rejoin()
    }
    return wanted
  }

  get identity(): CommitIdentity {
    return this.#coordination.identity
  }

  get leadership(): Leadership {
    const { leaderId, protocol } = this.#coordination
    return { leaderId, protocol }
  }

  get isRejoining(): boolean {
    return this.#coordination.isRejoining
  }

  start(): void {
    this.#coordination.start()
  }

  subscribe(subscription: Subscription): void {
    this.#topics.subscription = subscription
    this.#coordination.rejoin()
  }

  leave(farewell: Farewell): Promise<void> {
    return this.#coordination.leave(farewell)
  }

  close(): void {
    this.#coordination.close()
  }

  /** `last`: for assignors that ask for it in an eager rebalance, when the member has nothing any more. */
  async #protocols(
    owned: TopicPartitions,
    last: LastAssignment<TopicPartitions>,
  ): Promise<JoinGroupRequestInit['protocols']> {
    const { assignors, rack } = this.#options
    const topics = await this.#topics.resolve()
    const { generation } = this.#coordination.identity
    return assignors.map(assignor => ({
      name: assignor.name,
      metadata: encodeSubscription({
        topics,
        owned,
        generation,
        rack: rack === '' ? null : rack,
        userData: assignor.userData?.(last.assignment, last.generation) ?? null,
      }),
    }))
  }

  async #plan(response: JoinGroupResponse): Promise<readonly MemberAssignment[]> {
    const name = response.protocolName ?? ''
    const assignor = this.#options.assignors.find(candidate => candidate.name === name)
    if (!assignor) throw new StateError(`the group chose assignor "${name}", which this member does not have`)
    const members = readMembers(response, assignor)
    const counts = await this.#topics.countsFor(members)
    return divide(members, assignor, counts)
  }
}
