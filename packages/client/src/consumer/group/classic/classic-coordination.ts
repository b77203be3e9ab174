// A member of a classic group against its coordinator: carries out what the membership state machine decides, whatever the protocol type.
import {
  HeartbeatApi,
  JoinGroupApi,
  type JoinGroupRequestInit,
  type JoinGroupResponse,
  LeaveGroupApi,
  SyncGroupApi,
} from '@millrace/protocol'
import { atMost } from '../../../cluster/at-most.ts'
import type { Cluster } from '../../../cluster/cluster.ts'
import { closeTimeoutMs } from '../../../cluster/options.ts'
import { BrokerError, isCoordinatorCode, StateError } from '../../../errors/index.ts'
import type { CommitIdentity } from '../../committed-offsets.ts'
import type { Farewell } from '../group-membership.ts'
import { MemberCourse } from '../member-course.ts'
import {
  type AssignmentKind,
  ClassicMembership,
  type MemberAssignment,
  type MembershipEffect,
  type MembershipEvent,
  type MembershipPhase,
} from './classic-membership.ts'

/** JoinGroup is answered when all members are there: at the latest after the rebalance timeout, and a little. */
const joinGraceMs = 5_000
/** Half of it is for commits, which come first. */
const leaveWaitMs = closeTimeoutMs / 2

export interface CoordinationOptions {
  readonly groupId: string
  /** Name of a static member (KIP-345). */
  readonly groupInstanceId: string | null
  /** `consumer`, `connect`, `sr` …: all members of a group say the same. */
  readonly protocolType: string
  /** Members keep what they have through a rebalance (KIP-429). */
  readonly cooperative: boolean
  readonly sessionTimeoutMs: number
  readonly heartbeatIntervalMs: number
  /** How long a rebalance waits for its members. */
  readonly rebalanceTimeoutMs: number
  /** How long the user may be away; Infinity where nobody is expected to ask. */
  readonly maxPollIntervalMs: number
}

/** What was assigned last, and in which generation: −1 before the first. */
export interface LastAssignment<A> {
  readonly assignment: A
  readonly generation: number
}

/** What differs between protocol types, and what is done with an assignment. */
export interface CoordinationHost<A> {
  readonly kind: AssignmentKind<A> & {
    /** Reads what the leader assigned; no bytes are what a member gets that was left out. Throws DecodeError. */
    decode(bytes: Buffer): A
  }
  /** What this member offers to the others, best first: `owned` is what it has at the moment. */
  protocols(owned: A, last: LastAssignment<A>): Promise<JoinGroupRequestInit['protocols']>
  /** Divides the work as the leader. */
  plan(response: JoinGroupResponse): Promise<readonly MemberAssignment[]>
  /** Gives up what it has: waits for the user, commits, runs hooks. `lost`: others may have it already. */
  revoke(assignment: A, lost: boolean): Promise<void>
  /** Gives `revoked` up and takes `added` over, so that it has `all`. */
  assign(revoked: A, added: A, all: A): Promise<void>
  /** Called at least once a heartbeat interval. Returns whether the user asked for something since the last call. */
  onTick(): boolean
  onError(error: Error): void
  /** The membership has ended with an error, and there will be no other. */
  onFailed(error: Error): void
}

export class ClassicCoordination<A> {
  readonly #cluster: Cluster
  readonly #options: CoordinationOptions
  readonly #host: CoordinationHost<A>
  readonly #membership: ClassicMembership<A>
  readonly #coordinator: { readonly coordinator: { readonly type: 'group'; readonly key: string } }
  readonly #course: MemberCourse<MembershipEvent<A>, MembershipEffect<A>>
  #last: LastAssignment<A>
  #farewell: Farewell

  constructor(cluster: Cluster, options: CoordinationOptions, host: CoordinationHost<A>) {
    this.#cluster = cluster
    this.#options = options
    this.#host = host
    this.#last = { assignment: host.kind.nothing, generation: -1 }
    this.#coordinator = { coordinator: { type: 'group', key: options.groupId } }
    this.#membership = new ClassicMembership({
      ...options,
      kind: host.kind,
      retryBackoffMs: cluster.options.retryBackoffMs,
      leaveWaitMs,
    })
    this.#course = new MemberCourse(cluster.clock, this.#membership, options.heartbeatIntervalMs, {
      perform: effect => this.#perform(effect),
      onTick: () => host.onTick(),
      onError: error => host.onError(error),
    })
  }

  get identity(): CommitIdentity {
    const { groupId, groupInstanceId } = this.#options
    const { memberId, generation } = this.#membership
    return { groupId, groupInstanceId, memberId, generation }
  }

  get phase(): MembershipPhase {
    return this.#membership.phase
  }

  /** Whether the group gathers and divides, which takes nothing from this member before it is told so. */
  get isRejoining(): boolean {
    return this.#membership.isRejoining
  }

  /** Whether this member divides the work, and the group has settled. */
  get isLeader(): boolean {
    return this.#membership.isLeader
  }

  /** The member that divided in this generation; empty outside of one. */
  get leaderId(): string {
    return this.#membership.leaderId
  }

  /** The protocol that the members have agreed on; empty before. */
  get protocol(): string {
    return this.#membership.protocol
  }

  start(): void {
    this.#course.start()
  }

  /** The group must share anew. */
  rejoin(): void {
    this.#course.dispatch({ type: 'rejoin' })
  }

  /** Gives everything up and leaves. Resolves when the coordinator knows, or cannot be told. */
  leave(farewell?: Farewell): Promise<void> {
    this.#farewell = farewell
    return this.#course.leave({ type: 'stop' })
  }

  /** Ends at once, without a word to the group. */
  close(): void {
    this.#course.close()
  }

  #perform(effect: MembershipEffect<A>): void {
    switch (effect.type) {
      case 'revoke':
        this.#course.run(() => this.#host.revoke(effect.assignment, effect.lost), { type: 'revoked' })
        break
      case 'assign':
        this.#course.run(() => this.#host.assign(effect.revoked, effect.added, effect.all), {
          type: 'assigned',
        })
        break
      case 'join':
        this.#request('join', () => this.#join(effect.memberId, effect.owned))
        break
      case 'plan':
        this.#request('plan', async () => ({
          type: 'planned',
          assignments: await this.#host.plan(effect.response),
        }))
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
        this.#course.end()
        break
    }
  }

  #request(request: 'join' | 'plan' | 'sync' | 'heartbeat', send: () => Promise<MembershipEvent<A>>): void {
    send().then(
      event => this.#course.dispatch(event),
      (error: unknown) => {
        this.#cluster.forgetDisproved(this.#coordinator, error)
        this.#course.dispatch({ type: 'failed', request, error })
      },
    )
  }

  /** A coordinator that says that it is none is looked up anew. */
  #noteCode(errorCode: number): void {
    if (!isCoordinatorCode(errorCode)) return
    this.#cluster.forgetDisproved(this.#coordinator, new BrokerError(errorCode, 'asking the coordinator'))
  }

  async #join(memberId: string, owned: A): Promise<MembershipEvent<A>> {
    const { groupId, groupInstanceId, sessionTimeoutMs, rebalanceTimeoutMs, protocolType } = this.#options
    const protocols = await this.#host.protocols(owned, this.#last)
    // Left meanwhile: the coordinator would give an id to a member that never comes.
    if (this.#membership.phase !== 'joining')
      return { type: 'failed', request: 'join', error: new StateError('the member is leaving') }
    const response = await this.#cluster.request(
      JoinGroupApi,
      version => ({
        groupId,
        sessionTimeoutMs,
        ...(version >= 1 && { rebalanceTimeoutMs }),
        memberId,
        ...(version >= 5 && { groupInstanceId }),
        protocolType,
        protocols,
      }),
      {
        to: this.#coordinator,
        purpose: 'group',
        timeoutMs: Math.max(rebalanceTimeoutMs + joinGraceMs, this.#cluster.options.requestTimeoutMs),
      },
    )
    this.#noteCode(response.errorCode)
    return { type: 'joined', response }
  }

  async #sync(effect: Extract<MembershipEffect<A>, { type: 'sync' }>): Promise<MembershipEvent<A>> {
    const { protocolType, rebalanceTimeoutMs } = this.#options
    const { groupId, groupInstanceId, memberId, generation } = this.identity
    const { errorCode, assignment: bytes } = await this.#cluster.request(
      SyncGroupApi,
      version => ({
        groupId,
        generationId: generation,
        memberId,
        ...(version >= 3 && { groupInstanceId }),
        ...(version >= 5 && { protocolType, protocolName: effect.protocol }),
        assignments: [...effect.assignments],
      }),
      {
        to: this.#coordinator,
        purpose: 'group',
        timeoutMs: Math.max(rebalanceTimeoutMs, this.#cluster.options.requestTimeoutMs),
      },
    )
    this.#noteCode(errorCode)
    const { kind } = this.#host
    if (errorCode !== 0) return { type: 'synced', errorCode, assignment: kind.nothing }
    const assignment = kind.decode(bytes)
    this.#last = { assignment, generation }
    return { type: 'synced', errorCode, assignment }
  }

  async #heartbeat(): Promise<MembershipEvent<A>> {
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
    // A static member stays in the group until its session ends, so that it can come back (KIP-345), unless it is told otherwise.
    const remains = final && this.#farewell ? this.#farewell === 'remain' : groupInstanceId !== null
    if (memberId === '' || remains) {
      if (final) this.#course.end()
      return
    }
    const told = this.#cluster.request(
      LeaveGroupApi,
      version =>
        version >= 3 ? { groupId, members: [{ memberId, groupInstanceId, reason }] } : { groupId, memberId },
      { to: this.#coordinator },
    )
    atMost(this.#cluster.clock, leaveWaitMs, told)
      .catch(() => {
        // The session ends by itself; the group only has to wait for it.
      })
      .finally(() => {
        if (final) this.#course.end()
      })
  }
}
