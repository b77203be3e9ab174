// A member of a modern group, of consumers (KIP-848) or of a share group (KIP-932), as a state machine without I/O: events in, things to do out.
import { ErrorCode } from '@millrace/protocol'
import { BrokerError, GroupError, isRetriable } from '../../../errors/index.ts'
import type { TopicPartitions } from '../../assignors/assignor.ts'
import type { Farewell } from '../group-membership.ts'
import { isEmpty, nothing, subtract } from '../topic-partitions.ts'
import type { HeartbeatAnswer, ModernEffect, ModernEvent } from './modern-events.ts'

export interface ModernMembershipOptions {
  readonly groupId: string
  /** Name of a static member: it leaves for a while only, and takes up its partitions when it is back. */
  readonly groupInstanceId: string | null
  readonly maxPollIntervalMs: number
  readonly retryBackoffMs: number
  readonly retryBackoffMaxMs: number
  /** Whether the coordinator wants to hear when the member has what it was assigned: others wait for what it gives up. */
  readonly acknowledges: boolean
}

/**
 * `unjoined` → `joining` → `member`. `fenced`: put out by the coordinator, joins anew when its partitions are given up; `away`: has left since the
 * user stopped asking for records; `leaving` and `failing` give up what there is on the way to the ends, `left` and `failed`.
 */
export type ModernPhase =
  | 'unjoined'
  | 'joining'
  | 'member'
  | 'fenced'
  | 'away'
  | 'leaving'
  | 'failing'
  | 'left'
  | 'failed'

/** Member epochs with a meaning of their own; those above count the assignments that the coordinator has made. */
const joinEpoch = 0
const leaveEpoch = -1
const leaveForAWhileEpoch = -2

/**
 * How long a static member waits for one of its name to be gone: a process that was killed holds the name until its session is over
 * (`group.consumer.session.timeout.ms`, 45 s by default). Java's consumer fails at once.
 */
const unreleasedWaitMs = 60_000

const never = Number.POSITIVE_INFINITY

export class ModernMembership {
  readonly #options: ModernMembershipOptions
  #phase: ModernPhase = 'unjoined'
  #epoch = -1
  /** What the member has, by topic id, and what the coordinator wants it to have. */
  #owned = nothing
  #target = nothing
  /** Names of topics, by id: of all that is owned, and what is known of the target. */
  #names: ReadonlyMap<string, string> = new Map()
  /** What the member has when the effect under way is carried out; undefined while there is none. */
  #working: TopicPartitions | undefined
  /** What the member has is its own no more. */
  #lost = false
  /** Rises when the member is put out, or joins: answers to what was sent before say nothing. */
  #term = 0
  /** The term of the heartbeat under way. */
  #beating: number | undefined
  #beatAt = never
  /** The next heartbeat says everything, not only what has changed. */
  #saysAll = true
  #saysOwned = false
  #failures = 0
  #unreleasedSince: number | undefined
  #resolving = false
  #resolveAt = 0
  #resolveFailures = 0
  /** The coordinator may know this member. */
  #known = false
  /** It is being told that the member leaves. */
  #departing = false
  #polledAt = 0
  /** The user asked for records since the member is away. */
  #wanted = false
  #failure: Error | undefined
  #farewell: Farewell

  constructor(options: ModernMembershipOptions) {
    this.#options = options
  }

  get phase(): ModernPhase {
    return this.#phase
  }

  /** Under which the coordinator takes commits; −1 outside of the group. */
  get epoch(): number {
    return this.#epoch > joinEpoch ? this.#epoch : -1
  }

  /** When the next `tick` is due, on the scale of `now`. */
  nextTickAt(): number {
    return Math.min(
      this.#mayBeat() ? this.#beatAt : never,
      this.#mayExpire() ? this.#polledAt + this.#options.maxPollIntervalMs : never,
      this.#mayResolve() ? this.#resolveAt : never,
    )
  }

  step(event: ModernEvent, now: number): ModernEffect[] {
    if (this.#phase === 'left' || this.#phase === 'failed') return []
    return [...this.#take(event, now), ...this.#work(now), ...this.#talk(now)]
  }

  #take(event: ModernEvent, now: number): ModernEffect[] {
    switch (event.type) {
      case 'start':
        this.#polledAt = now
        if (this.#phase === 'unjoined') this.#join(now)
        return []
      case 'resubscribed':
        this.#beatAt = Math.min(this.#beatAt, now)
        return []
      case 'answered':
        return this.#isAwaited() ? this.#onAnswer(event.answer, now) : []
      case 'failed':
        return this.#isAwaited() ? this.#onFailed(event.error, now) : []
      case 'departed':
        this.#departing = false
        return []
      case 'named':
        this.#onNamed(event.names, now)
        return []
      case 'assigned':
      case 'revoked':
        this.#onDone(now)
        return []
      case 'polled':
        this.#polledAt = now
        this.#wanted = true
        return []
      case 'tick':
        if (this.#mayExpire() && now >= this.#polledAt + this.#options.maxPollIntervalMs) this.#expire()
        return []
      case 'stop':
        this.#farewell = event.farewell
        if (this.#phase !== 'failing') this.#phase = 'leaving'
        return []
    }
  }

  /** What comes next of all that takes time and touches the partitions: one thing at a time. */
  #work(now: number): ModernEffect[] {
    if (this.#working) return []
    if (this.#lost) {
      this.#lost = false
      if (!isEmpty(this.#owned)) return [this.#revoke(true)]
    }
    switch (this.#phase) {
      case 'member':
        return this.#reconcile()
      case 'fenced':
        this.#join(now)
        return []
      case 'away':
        if (this.#wanted && !this.#known && !this.#departing) this.#join(now)
        return []
      case 'leaving':
        if (!isEmpty(this.#owned)) return [this.#revoke(this.epoch === -1)]
        return this.#mayLeave() || this.#departing ? [] : this.#end([{ type: 'left' }], 'left')
      case 'failing':
        return this.#end([{ type: 'fail', error: this.#failure! }], 'failed')
      default:
        return []
    }
  }

  /** What is to be said to the coordinator, or asked of the cluster. */
  #talk(now: number): ModernEffect[] {
    const effects: ModernEffect[] = []
    if (this.#mayLeave()) {
      this.#known = false
      this.#departing = true
      const isForGood = this.#options.groupInstanceId === null || this.#farewell === 'leave'
      const epoch = isForGood ? leaveEpoch : leaveForAWhileEpoch
      effects.push({ type: 'leave', epoch })
    }
    if (this.#mayBeat() && now >= this.#beatAt) effects.push(this.#beat())
    if (this.#mayResolve() && now >= this.#resolveAt) {
      this.#resolving = true
      effects.push({ type: 'resolve', topicIds: this.#unnamed() })
    }
    return effects
  }

  /** Before it is told, what others are to get must be given up; not so when it is late anyway. */
  #mayLeave(): boolean {
    const isFree =
      this.#phase === 'away' || (this.#phase === 'leaving' && !this.#working && isEmpty(this.#owned))
    // Others than static members stay in the group by saying nothing.
    const remains = this.#farewell === 'remain' && this.#options.groupInstanceId === null
    return isFree && !remains && this.#known && !this.#departing
  }

  /** While a member that leaves gives up its partitions, their offsets need the membership. */
  #mayBeat(): boolean {
    if (this.#beating !== undefined || this.#departing) return false
    const staysFor = this.#phase === 'leaving' && this.#working !== undefined && this.epoch !== -1
    return this.#phase === 'joining' || this.#phase === 'member' || staysFor
  }

  #mayExpire(): boolean {
    return (this.#phase === 'joining' || this.#phase === 'member') && this.#working === undefined
  }

  #mayResolve(): boolean {
    return this.#phase === 'member' && !this.#resolving && this.#unnamed().length > 0
  }

  #unnamed(): string[] {
    return [...this.#target.keys()].filter(topicId => !this.#names.has(topicId))
  }

  #join(now: number): void {
    this.#phase = 'joining'
    this.#epoch = joinEpoch
    this.#term++
    this.#beating = undefined
    this.#saysAll = true
    // What was refused before is tried again after a pause.
    this.#beatAt = this.#failures > 0 ? now + this.#backoffMs(this.#failures) : now
  }

  #beat(): ModernEffect {
    const isFirst = this.#epoch === joinEpoch
    const full = this.#saysAll
    const saysOwned = full || this.#saysOwned
    this.#beating = this.#term
    this.#beatAt = never
    this.#saysOwned = false
    this.#known = true
    return {
      type: 'heartbeat',
      epoch: this.#epoch,
      full,
      owned: saysOwned ? (isFirst ? nothing : this.#owned) : undefined,
    }
  }

  /** Whether the heartbeat that has ended was sent under the present membership. */
  #isAwaited(): boolean {
    if (this.#beating === undefined) return false
    const isCurrent = this.#beating === this.#term
    if (isCurrent) this.#beating = undefined
    return isCurrent && this.#phase !== 'away' && this.#phase !== 'failing'
  }

  #onAnswer(answer: HeartbeatAnswer, now: number): ModernEffect[] {
    const { errorCode, errorMessage, memberEpoch, heartbeatIntervalMs, assignment } = answer
    if (errorCode !== 0) return this.#onErrorCode(errorCode, errorMessage, now)
    this.#failures = 0
    this.#unreleasedSince = undefined
    this.#saysAll = false
    this.#epoch = memberEpoch
    // Something may have to be said before that.
    this.#beatAt = Math.min(this.#beatAt, now + Math.max(1, heartbeatIntervalMs))
    if (this.#phase === 'joining') this.#phase = 'member'
    if (assignment) {
      this.#target = assignment
      this.#resolveAt = now
      this.#resolveFailures = 0
    }
    return []
  }

  #onFailed(error: unknown, now: number): ModernEffect[] {
    if (error instanceof BrokerError) return this.#onErrorCode(error.errorCode, null, now)
    return isRetriable(error) ? this.#retryLater(now) : this.#fail(error as Error)
  }

  #onErrorCode(errorCode: number, errorMessage: string | null, now: number): ModernEffect[] {
    const { groupId, groupInstanceId } = this.#options
    const error = new BrokerError(errorCode, `sending a heartbeat to group "${groupId}"`, errorMessage)
    switch (errorCode) {
      case ErrorCode.UNKNOWN_MEMBER_ID:
        this.#known = false
        return this.#putOut()
      case ErrorCode.FENCED_MEMBER_EPOCH:
        return this.#putOut()
      case ErrorCode.UNRELEASED_INSTANCE_ID:
        this.#unreleasedSince ??= now
        if (now < this.#unreleasedSince + unreleasedWaitMs) return this.#retryLater(now)
        return this.#fail(
          new GroupError(
            'FENCED',
            `another consumer is in group "${groupId}" as "${groupInstanceId}": give each one its own groupInstanceId`,
            { cause: error },
          ),
        )
      case ErrorCode.FENCED_INSTANCE_ID:
        return this.#fail(
          new GroupError(
            'FENCED',
            `another consumer joined group "${groupId}" as "${groupInstanceId}": give each one its own groupInstanceId`,
            { cause: error },
          ),
        )
      case ErrorCode.TOPIC_AUTHORIZATION_FAILED:
        // The member stays as it is: the permission may come.
        return [...this.#retryLater(now), { type: 'tell', error }]
      default:
        return error.retriable ? this.#retryLater(now) : this.#fail(error)
    }
  }

  /** The coordinator may not have heard what was said: the next heartbeat says everything. */
  #retryLater(now: number): ModernEffect[] {
    this.#saysAll = true
    this.#beatAt = now + this.#backoffMs(++this.#failures)
    return []
  }

  #backoffMs(failures: number): number {
    const { retryBackoffMs, retryBackoffMaxMs } = this.#options
    return Math.min(retryBackoffMaxMs, retryBackoffMs * 2 ** Math.min(failures - 1, 30))
  }

  #putOut(): ModernEffect[] {
    if (this.#phase === 'leaving') this.#known = false
    else {
      // Put out as soon as it joins, it would go round and round.
      if (this.#phase === 'joining') this.#failures++
      this.#phase = 'fenced'
    }
    this.#lose()
    return []
  }

  /** The user has not asked for records for too long: the partitions go to members that work (KIP-62). */
  #expire(): void {
    this.#phase = 'away'
    this.#wanted = false
    this.#lose()
  }

  #lose(): void {
    this.#epoch = -1
    this.#term++
    this.#beating = undefined
    this.#target = nothing
    this.#lost = true
  }

  #fail(error: Error): ModernEffect[] {
    this.#lose()
    // Who closes has no use for it, and wants to get to the end.
    if (this.#phase === 'leaving') this.#known = false
    else {
      this.#phase = 'failing'
      this.#failure = error
    }
    return []
  }

  #end(effects: ModernEffect[], phase: 'left' | 'failed'): ModernEffect[] {
    this.#phase = phase
    this.#epoch = -1
    return effects
  }

  #onNamed(names: ReadonlyMap<string, string>, now: number): void {
    this.#resolving = false
    const isNeeded = (id: string) => this.#owned.has(id) || this.#target.has(id) || this.#working?.has(id)
    this.#names = new Map([...this.#names, ...names].filter(([id]) => isNeeded(id)))
    if (this.#unnamed().length > 0) this.#resolveAt = now + this.#backoffMs(++this.#resolveFailures)
  }

  /** Takes the next step towards what the coordinator wants, with the topics that have a name. */
  #reconcile(): ModernEffect[] {
    const target = new Map([...this.#target].filter(([topicId]) => this.#names.has(topicId)))
    const revoked = subtract(this.#owned, target)
    const added = subtract(target, this.#owned)
    if (isEmpty(revoked) && isEmpty(added)) return []
    this.#working = target
    return [{ type: 'assign', revoked: this.#byName(revoked), added: this.#byName(added) }]
  }

  #revoke(lost: boolean): ModernEffect {
    this.#working = nothing
    return { type: 'revoke', partitions: this.#byName(this.#owned), lost }
  }

  #onDone(now: number): void {
    if (!this.#working) return
    this.#owned = this.#working
    this.#working = undefined
    if (this.#phase !== 'member' || !this.#options.acknowledges) return
    this.#saysOwned = true
    this.#beatAt = now
  }

  /** Names are those under which the partitions were taken over, or are about to be. */
  #byName(partitions: TopicPartitions): TopicPartitions {
    return new Map([...partitions].map(([topicId, numbers]) => [this.#names.get(topicId)!, numbers]))
  }
}
