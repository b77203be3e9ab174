// A member of a classic group: carries out what the membership state machine decides, against the coordinator.
import {
  HeartbeatApi,
  JoinGroupApi,
  type JoinGroupResponse,
  LeaveGroupApi,
  SyncGroupApi,
} from '@millrace/protocol'
import type { Timer } from '@millrace/runtime'
import { atMost } from '../../cluster/at-most.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import { closeTimeoutMs } from '../../cluster/options.ts'
import { BrokerError, isCoordinatorCode, StateError } from '../../errors/index.ts'
import type { TopicPartitions } from '../assignors/assignor.ts'
import type { CommitIdentity } from '../committed-offsets.ts'
import type { ResolvedConsumerOptions } from '../options.ts'
import type { Subscription } from '../subscription.ts'
import { decodeAssignment, encodeSubscription } from './consumer-protocol.ts'
import type { GroupMembership, GroupMembershipHost } from './group-membership.ts'
import { ClassicMembership, type MembershipEffect, type MembershipEvent } from './membership.ts'
import { divide, readMembers } from './plan.ts'
import { TopicWatch } from './topic-watch.ts'

/** JoinGroup is answered when all members are there: at the latest after the rebalance timeout, and a little. */
const joinGraceMs = 5_000
/** Half of it is for commits, which come first. */
const leaveWaitMs = closeTimeoutMs / 2

export class ClassicMember implements GroupMembership {
  readonly #cluster: Cluster
  readonly #options: ResolvedConsumerOptions & { readonly groupId: string }
  readonly #host: GroupMembershipHost
  readonly #membership: ClassicMembership
  readonly #coordinator: { readonly coordinator: { readonly type: 'group'; readonly key: string } }
  readonly #topics: TopicWatch
  /** What the member had last, for assignors that ask for it in an eager rebalance, when it has nothing any more. */
  #lastOwned: TopicPartitions = new Map()
  #lastGeneration = -1
  #timer: Timer | undefined
  #closed = false
  readonly #left: Promise<void>
  #resolveLeft: () => void = () => {}

  constructor(
    cluster: Cluster,
    options: ResolvedConsumerOptions & { readonly groupId: string },
    subscription: Subscription,
    host: GroupMembershipHost,
  ) {
    this.#cluster = cluster
    this.#options = options
    this.#host = host
    this.#topics = new TopicWatch(cluster, subscription, {
      isLeader: () => this.#membership.isLeader,
      isStable: () => this.#membership.phase === 'stable',
      onChange: () => this.#dispatch({ type: 'rejoin' }),
    })
    this.#coordinator = { coordinator: { type: 'group', key: options.groupId } }
    this.#membership = new ClassicMembership({
      groupId: options.groupId,
      groupInstanceId: options.groupInstanceId,
      cooperative: options.assignors.every(({ protocol }) => protocol === 'cooperative'),
      sessionTimeoutMs: options.sessionTimeoutMs,
      heartbeatIntervalMs: options.heartbeatIntervalMs,
      maxPollIntervalMs: options.maxPollIntervalMs,
      retryBackoffMs: cluster.options.retryBackoffMs,
      leaveWaitMs,
    })
    this.#left = new Promise(resolve => {
      this.#resolveLeft = resolve
    })
  }

  get identity(): CommitIdentity {
    const { groupId, groupInstanceId } = this.#options
    const { memberId, generation } = this.#membership
    return { groupId, groupInstanceId, memberId, generation }
  }

  get isRejoining(): boolean {
    return this.#membership.isRejoining
  }

  start(): void {
    this.#dispatch({ type: 'start' })
  }

  subscribe(subscription: Subscription): void {
    this.#topics.subscription = subscription
    this.#dispatch({ type: 'rejoin' })
  }

  leave(): Promise<void> {
    this.#dispatch({ type: 'stop' })
    return this.#left
  }

  close(): void {
    this.#closed = true
    this.#timer?.cancel()
    this.#resolveLeft()
  }

  #dispatch(event: MembershipEvent): void {
    if (this.#closed) return
    const now = this.#cluster.clock.monotonic()
    for (const effect of this.#membership.step(event, now)) this.#perform(effect)
    this.#armTimer()
  }

  #armTimer(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    const { phase } = this.#membership
    if (phase === 'left' || phase === 'failed') return
    const { clock } = this.#cluster
    // At least once a heartbeat interval: polls and metadata are looked at then.
    const dueMs = Math.min(
      this.#membership.nextTickAt() - clock.monotonic(),
      this.#options.heartbeatIntervalMs,
    )
    this.#timer = clock.setTimer(Math.max(0, dueMs), () => {
      if (this.#host.takePolled()) this.#dispatch({ type: 'polled' })
      this.#dispatch({ type: 'tick' })
      this.#topics.watch()
    })
  }

  #perform(effect: MembershipEffect): void {
    switch (effect.type) {
      case 'revoke':
        this.#run(() => this.#host.revoke(effect.partitions, effect.lost), { type: 'revoked' })
        break
      case 'assign':
        this.#run(() => this.#host.assign(effect.revoked, effect.added), { type: 'assigned' })
        break
      case 'join':
        this.#request('join', () => this.#join(effect.memberId, effect.owned))
        break
      case 'plan':
        this.#request('plan', () => this.#plan(effect.response))
        break
      case 'sync':
        this.#request('sync', () => this.#sync(effect))
        break
      case 'heartbeat':
        this.#request('heartbeat', () => this.#heartbeat())
        break
      case 'leave':
        this.#leave(effect.memberId, effect.reason)
        break
      case 'fail':
        this.#host.onFailed(effect.error)
        this.#resolveLeft()
        break
    }
  }

  /** Work of the consumer's own, whose failures are the user's (hooks) and do not stop the group's course. */
  #run(work: () => Promise<void>, then: MembershipEvent): void {
    work()
      .catch((error: unknown) => this.#host.onError(error as Error))
      .finally(() => this.#dispatch(then))
  }

  #request(request: 'join' | 'plan' | 'sync' | 'heartbeat', send: () => Promise<MembershipEvent>): void {
    send().then(
      event => this.#dispatch(event),
      (error: unknown) => {
        this.#cluster.forgetDisproved(this.#coordinator, error)
        this.#dispatch({ type: 'failed', request, error })
      },
    )
  }

  /** A coordinator that says that it is none is looked up anew. */
  #noteCode(errorCode: number): void {
    if (!isCoordinatorCode(errorCode)) return
    this.#cluster.forgetDisproved(this.#coordinator, new BrokerError(errorCode, 'asking the coordinator'))
  }

  async #join(memberId: string, owned: TopicPartitions): Promise<MembershipEvent> {
    const { groupId, groupInstanceId, sessionTimeoutMs, maxPollIntervalMs, assignors, rack } = this.#options
    const topics = await this.#topics.resolve()
    const { generation, phase } = this.#membership
    // Left meanwhile: the coordinator would give an id to a member that never comes.
    if (phase !== 'joining')
      return { type: 'failed', request: 'join', error: new StateError('the member is leaving') }
    const protocols = assignors.map(assignor => ({
      name: assignor.name,
      metadata: encodeSubscription({
        topics,
        owned,
        generation,
        rack: rack === '' ? null : rack,
        userData: assignor.userData?.(this.#lastOwned, this.#lastGeneration) ?? null,
      }),
    }))
    const response = await this.#cluster.request(
      JoinGroupApi,
      version => ({
        groupId,
        sessionTimeoutMs,
        ...(version >= 1 && { rebalanceTimeoutMs: maxPollIntervalMs }),
        memberId,
        ...(version >= 5 && { groupInstanceId }),
        protocolType: 'consumer',
        protocols,
      }),
      {
        to: this.#coordinator,
        purpose: 'group',
        timeoutMs: Math.max(maxPollIntervalMs + joinGraceMs, this.#cluster.options.requestTimeoutMs),
      },
    )
    this.#noteCode(response.errorCode)
    return { type: 'joined', response }
  }

  async #plan(response: JoinGroupResponse): Promise<MembershipEvent> {
    const name = response.protocolName ?? ''
    const assignor = this.#options.assignors.find(candidate => candidate.name === name)
    if (!assignor) throw new StateError(`the group chose assignor "${name}", which this member does not have`)
    const members = readMembers(response, assignor)
    const counts = await this.#topics.countsFor(members)
    return { type: 'planned', assignments: divide(members, assignor, counts) }
  }

  async #sync(effect: Extract<MembershipEffect, { type: 'sync' }>): Promise<MembershipEvent> {
    const { groupId, groupInstanceId, memberId, generation } = this.identity
    const response = await this.#cluster.request(
      SyncGroupApi,
      version => ({
        groupId,
        generationId: generation,
        memberId,
        ...(version >= 3 && { groupInstanceId }),
        ...(version >= 5 && { protocolType: 'consumer', protocolName: effect.protocol }),
        assignments: [...effect.assignments],
      }),
      {
        to: this.#coordinator,
        purpose: 'group',
        timeoutMs: Math.max(this.#options.maxPollIntervalMs, this.#cluster.options.requestTimeoutMs),
      },
    )
    this.#noteCode(response.errorCode)
    if (response.errorCode === 0) {
      this.#lastOwned = decodeAssignment(response.assignment)
      this.#lastGeneration = generation
    }
    return { type: 'synced', response }
  }

  async #heartbeat(): Promise<MembershipEvent> {
    const { groupId, groupInstanceId, memberId, generation } = this.identity
    const { errorCode } = await this.#cluster.request(
      HeartbeatApi,
      version => ({ groupId, generationId: generation, memberId, ...(version >= 3 && { groupInstanceId }) }),
      // An answer that comes after the session is over is worth nothing.
      { to: this.#coordinator, purpose: 'group', timeoutMs: this.#options.sessionTimeoutMs },
    )
    this.#noteCode(errorCode)
    return { type: 'heartbeat', generation, errorCode }
  }

  #leave(memberId: string, reason: string): void {
    const { groupId, groupInstanceId } = this.#options
    const final = this.#membership.phase === 'left'
    // A static member stays in the group until its session ends, so that it can come back (KIP-345).
    if (memberId === '' || groupInstanceId !== null) {
      if (final) this.#resolveLeft()
      return
    }
    const told = this.#cluster.request(
      LeaveGroupApi,
      version => (version >= 3 ? { groupId, members: [{ memberId, reason }] } : { groupId, memberId }),
      { to: this.#coordinator },
    )
    atMost(this.#cluster.clock, leaveWaitMs, told)
      .catch(() => {
        // The session ends by itself; the group only has to wait for it.
      })
      .finally(() => {
        if (final) this.#resolveLeft()
      })
  }
}
