// A member of a classic group, of whatever protocol type, as a state machine without I/O: events in, things to do out.
import { ErrorCode, type JoinGroupResponse } from '@millrace/protocol'
import { invariant } from '@millrace/runtime'
import { BrokerError, GroupError, isRetriable } from '../../../errors/index.ts'

/** What the machine has to know of what the leader assigns: partitions to consumers, bytes to members of other protocol types. */
export interface AssignmentKind<A> {
  /** What a member has that has nothing. */
  readonly nothing: A
  isNothing(assignment: A): boolean
  /** What is in `a` and not in `b`. */
  subtract(a: A, b: A): A
}

export interface MembershipOptions<A> {
  readonly groupId: string
  readonly kind: AssignmentKind<A>
  readonly groupInstanceId: string | null
  /** Members keep what they have through a rebalance (KIP-429). */
  readonly cooperative: boolean
  readonly sessionTimeoutMs: number
  readonly heartbeatIntervalMs: number
  readonly maxPollIntervalMs: number
  readonly retryBackoffMs: number
  /** How long a member that leaves waits for the answer to JoinGroup. */
  readonly leaveWaitMs: number
}

/**
 * `unjoined` → `preparing` (giving up what must be given up) → `joining` → `planning` (leader only) → `syncing` → `assigning` (hooks run)
 * → `stable` → `preparing` …; `expired` is a member whose user stopped asking for records; `left` and `failed` are the ends.
 */
export type MembershipState =
  | {
      readonly phase: 'preparing' | 'joining' | 'planning' | 'syncing' | 'assigning' | 'stable'
    }
  /** `retryAt`: when to join again, on the scale of `now`. */
  | { readonly phase: 'unjoined'; readonly retryAt: number }
  /** `revoking`: the loss of the partitions is being dealt with; `polled`: the user asked for records meanwhile. */
  | { readonly phase: 'expired'; readonly revoking: boolean; readonly polled: boolean }
  /**
   * `revoking`: partitions are being given up; `joinUntil`: how long to wait for the answer to JoinGroup, which has the id to leave with;
   * `rejoining`: the rebalance that was under way goes on for as long as partitions are given up: without it their offsets have no generation.
   */
  | {
      readonly phase: 'leaving'
      readonly revoking: boolean
      readonly joinUntil: number | undefined
      readonly rejoining: boolean
    }
  | { readonly phase: 'left' | 'failed' }

export type MembershipPhase = MembershipState['phase']

export type MembershipRequest = 'join' | 'plan' | 'sync' | 'heartbeat'

export type MembershipEvent<A> =
  | { readonly type: 'start' }
  /** Topics or partitions changed: the group must share anew. */
  | { readonly type: 'rejoin' }
  /** The `revoke` effect is carried out. */
  | { readonly type: 'revoked' }
  | { readonly type: 'joined'; readonly response: JoinGroupResponse }
  | { readonly type: 'planned'; readonly assignments: readonly MemberAssignment[] }
  /** `assignment` counts without an error only. */
  | { readonly type: 'synced'; readonly errorCode: number; readonly assignment: A }
  /** The `assign` effect is carried out. */
  | { readonly type: 'assigned' }
  | { readonly type: 'heartbeat'; readonly generation: number; readonly errorCode: number }
  | { readonly type: 'failed'; readonly request: MembershipRequest; readonly error: unknown }
  /** The user asked for records. */
  | { readonly type: 'polled' }
  | { readonly type: 'tick' }
  | { readonly type: 'stop' }

export interface MemberAssignment {
  readonly memberId: string
  readonly assignment: Buffer
}

export type MembershipEffect<A> =
  /** Give this up, then answer with `revoked`. `lost`: others may own it already, so committing is pointless. */
  | { readonly type: 'revoke'; readonly assignment: A; readonly lost: boolean }
  | { readonly type: 'join'; readonly memberId: string; readonly owned: A }
  /** Divide the work among the members of this response, then answer with `planned`. */
  | { readonly type: 'plan'; readonly response: JoinGroupResponse }
  | { readonly type: 'sync'; readonly protocol: string; readonly assignments: readonly MemberAssignment[] }
  /** Give up `revoked`, take over `added`, then answer with `assigned`. */
  | {
      readonly type: 'assign'
      readonly revoked: A
      readonly added: A
      readonly all: A
    }
  | { readonly type: 'heartbeat' }
  | { readonly type: 'leave'; readonly memberId: string; readonly reason: string }
  | { readonly type: 'fail'; readonly error: Error }

/** In which phase a request is waited for. */
const phaseOf = { join: 'joining', plan: 'planning', sync: 'syncing' } as const

export class ClassicMembership<A> {
  readonly #options: MembershipOptions<A>
  #state: MembershipState = { phase: 'unjoined', retryAt: Number.POSITIVE_INFINITY }
  #memberId = ''
  #generation = -1
  #protocol = ''
  #leaderId = ''
  #owned: A
  /** Set when another rebalance must follow the one under way. */
  #rejoin = false
  #heartbeatDue = Number.POSITIVE_INFINITY
  #heartbeatSent = false
  #polledAt = 0
  #stopping = false

  constructor(options: MembershipOptions<A>) {
    this.#options = options
    this.#owned = options.kind.nothing
  }

  get phase(): MembershipPhase {
    return this.#state.phase
  }

  get memberId(): string {
    return this.#memberId
  }

  /** −1 outside of a generation. */
  get generation(): number {
    return this.#generation
  }

  get protocol(): string {
    return this.#protocol
  }

  /** Whether a rebalance is under way that takes nothing from this member before it is told so. */
  get isRejoining(): boolean {
    const { phase } = this.#state
    return phase === 'leaving'
      ? this.#state.rejoining
      : phase === 'joining' || phase === 'planning' || phase === 'syncing'
  }

  /** Whether this member leads a group that has settled. */
  get isLeader(): boolean {
    return this.#leads() && this.#state.phase === 'stable'
  }

  /** The member that divided in this generation; empty outside of one. */
  get leaderId(): string {
    return this.#generation === -1 ? '' : this.#leaderId
  }

  get owned(): A {
    return this.#owned
  }

  /** When the next `tick` is due, on the scale of `now`. */
  nextTickAt(): number {
    const pollLimit = this.#inGroup()
      ? this.#polledAt + this.#options.maxPollIntervalMs
      : Number.POSITIVE_INFINITY
    const heartbeat = this.#beats() ? this.#heartbeatDue : Number.POSITIVE_INFINITY
    return Math.min(heartbeat, this.#stateEndsAt(), pollLimit)
  }

  #stateEndsAt(): number {
    const state = this.#state
    if (state.phase === 'unjoined') return state.retryAt
    return (state.phase === 'leaving' ? state.joinUntil : undefined) ?? Number.POSITIVE_INFINITY
  }

  step(event: MembershipEvent<A>, now: number): MembershipEffect<A>[] {
    if (this.#state.phase === 'left' || this.#state.phase === 'failed') return []
    switch (event.type) {
      case 'start':
        this.#polledAt = now
        return this.#state.phase === 'unjoined' ? this.#prepare() : []
      case 'rejoin':
        return this.#requestRejoin()
      case 'revoked':
        return this.#onRevoked()
      case 'joined':
        return this.#onJoined(event.response, now)
      case 'planned':
        if (this.#state.phase === 'planning') this.#state = { phase: 'syncing' }
        else if (!this.#leavesRejoining()) return []
        return [{ type: 'sync', protocol: this.#protocol, assignments: event.assignments }]
      case 'synced':
        if (this.#state.phase === 'syncing') return this.#onSynced(event.errorCode, event.assignment, now)
        return this.#endRejoining()
      case 'assigned':
        return this.#state.phase === 'assigning' ? this.#onAssigned(now) : []
      case 'heartbeat':
        return this.#onHeartbeat(event.generation, event.errorCode, now)
      case 'failed':
        return this.#onFailed(event.request, event.error, now)
      case 'polled':
        this.#polledAt = now
        return this.#comeBack()
      case 'tick':
        return this.#onTick(now)
      case 'stop':
        return this.#stop(now)
    }
  }

  #inGroup(): boolean {
    return this.#state.phase === 'stable'
  }

  #leads(): boolean {
    return this.#leaderId !== '' && this.#leaderId === this.#memberId
  }

  #hasNothing(): boolean {
    return this.#options.kind.isNothing(this.#owned)
  }

  /** Whether a heartbeat may be sent. The time of the next one means nothing otherwise: it may have passed long ago. */
  #beats(): boolean {
    const phases: readonly MembershipPhase[] = ['stable', 'preparing', 'assigning']
    return phases.includes(this.#state.phase) && !this.#heartbeatSent && this.#generation !== -1
  }

  /** Gives up what a rebalance demands: everything when eager, nothing when cooperative, all as lost without a generation. */
  #prepare(): MembershipEffect<A>[] {
    this.#state = { phase: 'preparing' }
    this.#rejoin = false
    const lost = this.#generation === -1
    if (this.#hasNothing() || (this.#options.cooperative && !lost)) return this.#join()
    return [{ type: 'revoke', assignment: this.#owned, lost }]
  }

  #onRevoked(): MembershipEffect<A>[] {
    const state = this.#state
    this.#owned = this.#options.kind.nothing
    switch (state.phase) {
      case 'leaving':
        return this.#goOnLeaving({ ...state, revoking: false })
      case 'expired':
        this.#state = { ...state, revoking: false }
        return state.polled ? this.#prepare() : []
      case 'preparing':
        return this.#join()
      default:
        return []
    }
  }

  /** Joins again after having been put out; not before the partitions are given up, or that would take away what comes. */
  #comeBack(): MembershipEffect<A>[] {
    const state = this.#state
    if (state.phase !== 'expired') return []
    if (!state.revoking) return this.#prepare()
    this.#state = { ...state, polled: true }
    return []
  }

  #join(): MembershipEffect<A>[] {
    if (this.#stopping) return this.#leave('the member is closed')
    invariant(this.#state.phase !== 'leaving', 'a member that leaves does not join')
    this.#state = { phase: 'joining' }
    this.#heartbeatDue = Number.POSITIVE_INFINITY
    return [{ type: 'join', memberId: this.#memberId, owned: this.#owned }]
  }

  #onJoined(response: JoinGroupResponse, now: number): MembershipEffect<A>[] {
    const state = this.#state
    if (state.phase === 'leaving') {
      // With MEMBER_ID_REQUIRED, too: the coordinator would keep the id for a member that never comes.
      if (response.memberId !== '') this.#memberId = response.memberId
      if (state.rejoining && response.errorCode === 0) return this.#shareOut(response)
      return this.#goOnLeaving({ ...state, joinUntil: undefined, rejoining: false })
    }
    if (state.phase !== 'joining') return []
    if (response.errorCode === ErrorCode.MEMBER_ID_REQUIRED) {
      this.#memberId = response.memberId
      return this.#join()
    }
    if (response.errorCode !== 0) return this.#onGroupError(response.errorCode, 'joining', now)
    this.#memberId = response.memberId
    const effects = this.#shareOut(response)
    this.#state = { phase: effects[0]?.type === 'plan' ? 'planning' : 'syncing' }
    return effects
  }

  /** Enters the generation that gathered, and has its partitions divided or asks for its share. */
  #shareOut(response: JoinGroupResponse): MembershipEffect<A>[] {
    this.#generation = response.generationId
    this.#protocol = response.protocolName ?? ''
    this.#leaderId = response.leader
    return this.#leads() && !response.skipAssignment
      ? [{ type: 'plan', response }]
      : [{ type: 'sync', protocol: this.#protocol, assignments: [] }]
  }

  #leavesRejoining(): boolean {
    return this.#state.phase === 'leaving' && this.#state.rejoining
  }

  /** The group is through with its rebalance, or will not be: nothing waits for it any more. */
  #endRejoining(): MembershipEffect<A>[] {
    if (this.#state.phase === 'leaving') this.#state = { ...this.#state, rejoining: false }
    return []
  }

  #onSynced(errorCode: number, all: A, now: number): MembershipEffect<A>[] {
    if (errorCode !== 0) return this.#onGroupError(errorCode, 'syncing with', now)
    const { kind } = this.#options
    const revoked = kind.subtract(this.#owned, all)
    const added = kind.subtract(all, this.#owned)
    this.#owned = all
    this.#state = { phase: 'assigning' }
    this.#heartbeatDue = now + this.#options.heartbeatIntervalMs
    // What a cooperative member gave up is free only now: another rebalance hands it to its new owner.
    if (!kind.isNothing(revoked)) this.#rejoin = true
    return [{ type: 'assign', revoked, added, all }]
  }

  #onAssigned(now: number): MembershipEffect<A>[] {
    this.#state = { phase: 'stable' }
    if (this.#stopping) return this.#stop(now)
    return this.#rejoin ? this.#prepare() : []
  }

  #onHeartbeat(generation: number, errorCode: number, now: number): MembershipEffect<A>[] {
    this.#heartbeatSent = false
    if (generation !== this.#generation) return []
    this.#heartbeatDue = now + this.#options.heartbeatIntervalMs
    if (errorCode === 0) return []
    switch (this.#state.phase) {
      case 'stable':
        return this.#onGroupError(errorCode, 'sending a heartbeat to', now)
      case 'assigning':
        // The hooks run; the answer to the next heartbeat says it again, or the rebalance is due anyway.
        if (errorCode === ErrorCode.REBALANCE_IN_PROGRESS) this.#rejoin = true
        return []
      default:
        return []
    }
  }

  #onGroupError(errorCode: number, doing: string, now: number): MembershipEffect<A>[] {
    switch (errorCode) {
      case ErrorCode.REBALANCE_IN_PROGRESS:
        return this.#prepare()
      case ErrorCode.UNKNOWN_MEMBER_ID:
        this.#memberId = ''
        this.#generation = -1
        return this.#prepare()
      case ErrorCode.ILLEGAL_GENERATION:
        this.#generation = -1
        return this.#prepare()
      case ErrorCode.FENCED_INSTANCE_ID:
        return this.#fail(
          new GroupError(
            'FENCED',
            `another consumer joined group "${this.#options.groupId}" as "${this.#options.groupInstanceId}": give each one its own groupInstanceId`,
          ),
        )
      default: {
        const error = new BrokerError(errorCode, `${doing} group "${this.#options.groupId}"`)
        return error.retriable ? this.#retryLater(now) : this.#fail(error)
      }
    }
  }

  #onFailed(request: MembershipRequest, error: unknown, now: number): MembershipEffect<A>[] {
    if (request === 'heartbeat') {
      this.#heartbeatSent = false
      this.#heartbeatDue = now + this.#options.retryBackoffMs
      return []
    }
    const state = this.#state
    if (state.phase === 'leaving') {
      const joinUntil = request === 'join' ? undefined : state.joinUntil
      return this.#goOnLeaving({ ...state, joinUntil, rejoining: false })
    }
    // Nobody waits for it any more.
    if (state.phase !== phaseOf[request]) return []
    if (error instanceof BrokerError) return this.#onGroupError(error.errorCode, 'joining', now)
    return isRetriable(error) ? this.#retryLater(now) : this.#fail(error as Error)
  }

  #retryLater(now: number): MembershipEffect<A>[] {
    if (this.#state.phase === 'stable') {
      this.#heartbeatDue = now + this.#options.retryBackoffMs
      return []
    }
    this.#state = { phase: 'unjoined', retryAt: now + this.#options.retryBackoffMs }
    return this.#stopping ? this.#leave('the member is closed') : []
  }

  #onTick(now: number): MembershipEffect<A>[] {
    const state = this.#state
    if (state.phase === 'unjoined' && now >= state.retryAt) return this.#prepare()
    if (state.phase === 'leaving' && state.joinUntil !== undefined && now >= state.joinUntil)
      return this.#goOnLeaving({ ...state, joinUntil: undefined })
    if (this.#inGroup() && now >= this.#polledAt + this.#options.maxPollIntervalMs) return this.#expire()
    if (!this.#beats() || now < this.#heartbeatDue) return []
    this.#heartbeatSent = true
    return [{ type: 'heartbeat' }]
  }

  /** The user has not asked for records for too long: its work goes to others (KIP-62). */
  #expire(): MembershipEffect<A>[] {
    const effects: MembershipEffect<A>[] = []
    if (this.#memberId !== '' && this.#options.groupInstanceId === null) {
      effects.push({
        type: 'leave',
        memberId: this.#memberId,
        reason: 'maxPollIntervalMs passed without a poll',
      })
      this.#memberId = ''
    }
    const revoking = !this.#hasNothing()
    if (revoking) effects.push({ type: 'revoke', assignment: this.#owned, lost: true })
    this.#owned = this.#options.kind.nothing
    this.#generation = -1
    this.#state = { phase: 'expired', revoking, polled: false }
    return effects
  }

  #requestRejoin(): MembershipEffect<A>[] {
    if (this.#state.phase === 'stable') return this.#prepare()
    if (this.#state.phase !== 'unjoined' && this.#state.phase !== 'expired') this.#rejoin = true
    return []
  }

  #stop(now: number): MembershipEffect<A>[] {
    this.#stopping = true
    switch (this.#state.phase) {
      case 'stable':
      case 'unjoined':
      case 'expired':
        return this.#giveUp(this.#generation === -1, undefined)
      case 'joining':
        return this.#giveUp(false, this.#awaitsId() ? now + this.#options.leaveWaitMs : undefined)
      case 'syncing':
      case 'planning':
        // Leaving ends the pending join on the coordinator's side.
        return this.#giveUp(false, undefined)
      default:
        // Hooks are running: their end goes on with leaving.
        return []
    }
  }

  /** Whether the coordinator is about to give this member an id, which it keeps until somebody leaves with it. */
  #awaitsId(): boolean {
    return this.#memberId === '' && this.#options.groupInstanceId === null
  }

  /** Leaves when the partitions are given up and the answer to JoinGroup is in, or its time is over. */
  #giveUp(lost: boolean, joinUntil: number | undefined): MembershipEffect<A>[] {
    const revoking = !this.#hasNothing()
    const rejoining = revoking && !lost && this.isRejoining
    const effects = this.#goOnLeaving({ phase: 'leaving', revoking, joinUntil, rejoining })
    return revoking ? [{ type: 'revoke', assignment: this.#owned, lost }, ...effects] : effects
  }

  #goOnLeaving(state: Extract<MembershipState, { phase: 'leaving' }>): MembershipEffect<A>[] {
    this.#state = state
    return state.revoking || state.joinUntil !== undefined ? [] : this.#leave('the member is closed')
  }

  #leave(reason: string): MembershipEffect<A>[] {
    this.#state = { phase: 'left' }
    this.#generation = -1
    this.#heartbeatDue = Number.POSITIVE_INFINITY
    return [{ type: 'leave', memberId: this.#memberId, reason }]
  }

  #fail(error: Error): MembershipEffect<A>[] {
    const effects: MembershipEffect<A>[] = []
    if (!this.#hasNothing()) effects.push({ type: 'revoke', assignment: this.#owned, lost: true })
    this.#owned = this.#options.kind.nothing
    this.#generation = -1
    this.#state = { phase: 'failed' }
    this.#heartbeatDue = Number.POSITIVE_INFINITY
    effects.push({ type: 'fail', error })
    return effects
  }
}
