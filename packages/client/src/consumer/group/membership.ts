// A member of a classic consumer group as a state machine without I/O: events in, things to do out.
import { ErrorCode, type JoinGroupResponse, type SyncGroupResponse } from '@millrace/protocol'
import { BrokerError, GroupError, isRetriable } from '../../errors/index.ts'
import type { TopicPartitions } from '../assignors/assignor.ts'
import { decodeAssignment } from './consumer-protocol.ts'
import { isEmpty, subtract } from './topic-partitions.ts'

export interface MembershipOptions {
  readonly groupId: string
  readonly groupInstanceId: string | null
  /** Members keep their partitions through a rebalance (KIP-429). */
  readonly cooperative: boolean
  readonly sessionTimeoutMs: number
  readonly heartbeatIntervalMs: number
  readonly maxPollIntervalMs: number
  readonly retryBackoffMs: number
}

/**
 * `unjoined` → `preparing` (giving up what must be given up) → `joining` → `planning` (leader only) → `syncing` → `assigning` (hooks run)
 * → `stable` → `preparing` …; `expired` is a member whose user stopped asking for records; `left` and `failed` are the ends.
 */
export type MembershipPhase =
  | 'unjoined'
  | 'preparing'
  | 'joining'
  | 'planning'
  | 'syncing'
  | 'assigning'
  | 'stable'
  | 'expired'
  | 'leaving'
  | 'left'
  | 'failed'

export type MembershipRequest = 'join' | 'plan' | 'sync' | 'heartbeat'

export type MembershipEvent =
  | { readonly type: 'start' }
  /** Topics or partitions changed: the group must share anew. */
  | { readonly type: 'rejoin' }
  /** The `revoke` effect is carried out. */
  | { readonly type: 'revoked' }
  | { readonly type: 'joined'; readonly response: JoinGroupResponse }
  | { readonly type: 'planned'; readonly assignments: readonly MemberAssignment[] }
  | { readonly type: 'synced'; readonly response: SyncGroupResponse }
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

export type MembershipEffect =
  /** Give partitions up, then answer with `revoked`. `lost`: others may own them already, so committing is pointless. */
  | { readonly type: 'revoke'; readonly partitions: TopicPartitions; readonly lost: boolean }
  | { readonly type: 'join'; readonly memberId: string; readonly owned: TopicPartitions }
  /** Divide the partitions among the members of this response, then answer with `planned`. */
  | { readonly type: 'plan'; readonly response: JoinGroupResponse }
  | { readonly type: 'sync'; readonly protocol: string; readonly assignments: readonly MemberAssignment[] }
  /** Give up `revoked`, take over `added`, then answer with `assigned`. */
  | {
      readonly type: 'assign'
      readonly revoked: TopicPartitions
      readonly added: TopicPartitions
      readonly all: TopicPartitions
    }
  | { readonly type: 'heartbeat' }
  | { readonly type: 'leave'; readonly memberId: string; readonly reason: string }
  | { readonly type: 'fail'; readonly error: Error }

const nothing: TopicPartitions = new Map()

/** In which phase a request is waited for. */
const phaseOf = { join: 'joining', plan: 'planning', sync: 'syncing' } as const

export class ClassicMembership {
  readonly #options: MembershipOptions
  #phase: MembershipPhase = 'unjoined'
  #memberId = ''
  #generation = -1
  #protocol = ''
  #leader = false
  #owned: TopicPartitions = nothing
  /** Set when another rebalance must follow the one under way. */
  #rejoin = false
  #heartbeatDue = Number.POSITIVE_INFINITY
  #heartbeatSent = false
  #retryAt = Number.POSITIVE_INFINITY
  #polledAt = 0
  #stopping = false
  /** A `revoke` effect is being carried out. */
  #revoking = false
  /** The user asked for records while the loss of the partitions was still being dealt with. */
  #polledMeanwhile = false

  constructor(options: MembershipOptions) {
    this.#options = options
  }

  get phase(): MembershipPhase {
    return this.#phase
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

  get isLeader(): boolean {
    return this.#leader && this.#phase === 'stable'
  }

  get owned(): TopicPartitions {
    return this.#owned
  }

  /** When the next `tick` is due, on the scale of `now`. */
  nextTickAt(): number {
    const pollLimit = this.#inGroup()
      ? this.#polledAt + this.#options.maxPollIntervalMs
      : Number.POSITIVE_INFINITY
    const heartbeat = this.#beats() ? this.#heartbeatDue : Number.POSITIVE_INFINITY
    const retry = this.#phase === 'unjoined' ? this.#retryAt : Number.POSITIVE_INFINITY
    return Math.min(heartbeat, retry, pollLimit)
  }

  step(event: MembershipEvent, now: number): MembershipEffect[] {
    if (this.#phase === 'left' || this.#phase === 'failed') return []
    switch (event.type) {
      case 'start':
        this.#polledAt = now
        return this.#phase === 'unjoined' ? this.#prepare() : []
      case 'rejoin':
        return this.#requestRejoin()
      case 'revoked':
        return this.#onRevoked()
      case 'joined':
        return this.#phase === 'joining' ? this.#onJoined(event.response, now) : []
      case 'planned':
        if (this.#phase !== 'planning') return []
        this.#phase = 'syncing'
        return [{ type: 'sync', protocol: this.#protocol, assignments: event.assignments }]
      case 'synced':
        return this.#phase === 'syncing' ? this.#onSynced(event.response, now) : []
      case 'assigned':
        return this.#phase === 'assigning' ? this.#onAssigned() : []
      case 'heartbeat':
        return this.#onHeartbeat(event.generation, event.errorCode, now)
      case 'failed':
        return this.#onFailed(event.request, event.error, now)
      case 'polled':
        this.#polledAt = now
        return this.#phase === 'expired' ? this.#comeBack() : []
      case 'tick':
        return this.#onTick(now)
      case 'stop':
        return this.#stop()
    }
  }

  #inGroup(): boolean {
    return this.#phase === 'stable'
  }

  /** Whether a heartbeat may be sent. The time of the next one means nothing otherwise: it may have passed long ago. */
  #beats(): boolean {
    const phases: readonly MembershipPhase[] = ['stable', 'preparing', 'assigning']
    return phases.includes(this.#phase) && !this.#heartbeatSent && this.#generation !== -1
  }

  /** Gives up what a rebalance demands: everything when eager, nothing when cooperative, all as lost without a generation. */
  #prepare(): MembershipEffect[] {
    this.#phase = 'preparing'
    this.#retryAt = Number.POSITIVE_INFINITY
    this.#rejoin = false
    const lost = this.#generation === -1
    if (isEmpty(this.#owned) || (this.#options.cooperative && !lost)) return this.#join()
    return [{ type: 'revoke', partitions: this.#owned, lost }]
  }

  #onRevoked(): MembershipEffect[] {
    this.#owned = nothing
    this.#revoking = false
    if (this.#phase === 'leaving') return this.#leave('the consumer is closed')
    if (this.#phase === 'expired' && this.#polledMeanwhile) return this.#comeBack()
    return this.#phase === 'preparing' ? this.#join() : []
  }

  /** Joins again after having been put out; not before the partitions are given up, or that would take away what comes. */
  #comeBack(): MembershipEffect[] {
    this.#polledMeanwhile = this.#revoking
    return this.#revoking ? [] : this.#prepare()
  }

  #join(): MembershipEffect[] {
    if (this.#stopping) return this.#leave('the consumer is closed')
    this.#phase = 'joining'
    this.#heartbeatDue = Number.POSITIVE_INFINITY
    return [{ type: 'join', memberId: this.#memberId, owned: this.#owned }]
  }

  #onJoined(response: JoinGroupResponse, now: number): MembershipEffect[] {
    if (response.errorCode === ErrorCode.MEMBER_ID_REQUIRED) {
      this.#memberId = response.memberId
      return this.#join()
    }
    if (response.errorCode !== 0) return this.#onGroupError(response.errorCode, 'joining', now)
    this.#memberId = response.memberId
    this.#generation = response.generationId
    this.#protocol = response.protocolName ?? ''
    this.#leader = response.leader === response.memberId
    if (this.#leader && !response.skipAssignment) {
      this.#phase = 'planning'
      return [{ type: 'plan', response }]
    }
    this.#phase = 'syncing'
    return [{ type: 'sync', protocol: this.#protocol, assignments: [] }]
  }

  #onSynced(response: SyncGroupResponse, now: number): MembershipEffect[] {
    if (response.errorCode !== 0) return this.#onGroupError(response.errorCode, 'syncing with', now)
    const all = decodeAssignment(response.assignment)
    const revoked = subtract(this.#owned, all)
    const added = subtract(all, this.#owned)
    this.#owned = all
    this.#phase = 'assigning'
    this.#heartbeatDue = now + this.#options.heartbeatIntervalMs
    // What a cooperative member gave up is free only now: another rebalance hands it to its new owner.
    if (!isEmpty(revoked)) this.#rejoin = true
    return [{ type: 'assign', revoked, added, all }]
  }

  #onAssigned(): MembershipEffect[] {
    this.#phase = 'stable'
    if (this.#stopping) return this.#stop()
    return this.#rejoin ? this.#prepare() : []
  }

  #onHeartbeat(generation: number, errorCode: number, now: number): MembershipEffect[] {
    this.#heartbeatSent = false
    if (generation !== this.#generation) return []
    this.#heartbeatDue = now + this.#options.heartbeatIntervalMs
    if (errorCode === 0) return []
    switch (this.#phase) {
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

  #onGroupError(errorCode: number, doing: string, now: number): MembershipEffect[] {
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

  #onFailed(request: MembershipRequest, error: unknown, now: number): MembershipEffect[] {
    if (request === 'heartbeat') {
      this.#heartbeatSent = false
      this.#heartbeatDue = now + this.#options.retryBackoffMs
      return []
    }
    // Nobody waits for it any more: the member is leaving.
    if (this.#phase !== phaseOf[request]) return []
    if (error instanceof BrokerError) return this.#onGroupError(error.errorCode, 'joining', now)
    return isRetriable(error) ? this.#retryLater(now) : this.#fail(error as Error)
  }

  #retryLater(now: number): MembershipEffect[] {
    if (this.#phase === 'stable') {
      this.#heartbeatDue = now + this.#options.retryBackoffMs
      return []
    }
    this.#phase = 'unjoined'
    this.#retryAt = now + this.#options.retryBackoffMs
    return this.#stopping ? this.#leave('the consumer is closed') : []
  }

  #onTick(now: number): MembershipEffect[] {
    if (this.#phase === 'unjoined' && now >= this.#retryAt) return this.#prepare()
    if (this.#inGroup() && now >= this.#polledAt + this.#options.maxPollIntervalMs) return this.#expire()
    if (!this.#beats() || now < this.#heartbeatDue) return []
    this.#heartbeatSent = true
    return [{ type: 'heartbeat' }]
  }

  /** The user has not asked for records for too long: the partitions go to members that work (KIP-62). */
  #expire(): MembershipEffect[] {
    const effects: MembershipEffect[] = []
    if (this.#memberId !== '' && this.#options.groupInstanceId === null) {
      effects.push({
        type: 'leave',
        memberId: this.#memberId,
        reason: 'maxPollIntervalMs passed without a poll',
      })
      this.#memberId = ''
    }
    if (!isEmpty(this.#owned)) {
      effects.push({ type: 'revoke', partitions: this.#owned, lost: true })
      this.#revoking = true
    }
    this.#owned = nothing
    this.#generation = -1
    this.#phase = 'expired'
    return effects
  }

  #requestRejoin(): MembershipEffect[] {
    if (this.#phase === 'stable') return this.#prepare()
    if (this.#phase !== 'unjoined' && this.#phase !== 'expired') this.#rejoin = true
    return []
  }

  #stop(): MembershipEffect[] {
    this.#stopping = true
    switch (this.#phase) {
      case 'stable':
      case 'unjoined':
      case 'expired':
        if (isEmpty(this.#owned)) return this.#leave('the consumer is closed')
        this.#phase = 'leaving'
        return [{ type: 'revoke', partitions: this.#owned, lost: this.#generation === -1 }]
      case 'joining':
      case 'syncing':
      case 'planning':
        // Leaving ends the pending join on the coordinator's side.
        if (isEmpty(this.#owned)) return this.#leave('the consumer is closed')
        this.#phase = 'leaving'
        return [{ type: 'revoke', partitions: this.#owned, lost: false }]
      default:
        // Hooks are running: their end goes on with leaving.
        return []
    }
  }

  #leave(reason: string): MembershipEffect[] {
    this.#phase = 'left'
    this.#generation = -1
    this.#heartbeatDue = Number.POSITIVE_INFINITY
    return [{ type: 'leave', memberId: this.#memberId, reason }]
  }

  #fail(error: Error): MembershipEffect[] {
    const effects: MembershipEffect[] = []
    if (!isEmpty(this.#owned)) effects.push({ type: 'revoke', partitions: this.#owned, lost: true })
    this.#owned = nothing
    this.#generation = -1
    this.#phase = 'failed'
    this.#heartbeatDue = Number.POSITIVE_INFINITY
    effects.push({ type: 'fail', error })
    return effects
  }
}
