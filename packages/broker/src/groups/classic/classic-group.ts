// A classic group: its members and the counters that decide when a rebalance is over. Changed by the steps only.
import { ErrorCode } from '@millrace/protocol'
import { invariant, violated } from '@millrace/runtime'
import type { Instant } from '../../coordination/instant.ts'
import type { CoordinatorRecord } from '../../coordination/record.ts'
import type { CommitIdentity, Group } from '../group.ts'
import type { CommittedOffset } from '../offset-change.ts'
import { groupRecord } from '../offsets-records.ts'
import type { Ticket } from '../../coordination/ticket.ts'
import type { GroupEffect, JoinReply, MemberProtocol, SyncReply } from './events.ts'
import { GroupMember, noAssignment } from './group-member.ts'
import type { GroupSnapshot } from './group-snapshot.ts'
import { type GroupState, mayFollow } from './group-state.ts'
import { joinError, syncError } from './replies.ts'
import { consumerProtocolType, subscribedTopicsOf } from './subscription.ts'

const never = Number.POSITIVE_INFINITY

/** The join phase of a group that was empty: how long it still waits for more members. */
export interface InitialDelay {
  readonly delayMs: number
  readonly remainingMs: number
}

export class ClassicGroup implements Group {
  readonly type = 'classic'
  readonly groupId: string
  /** Of the first member; stays when the group is empty again. Null for a group that only stores offsets. */
  protocolType: string | null = null
  protocolName: string | null = null
  generationId = 0
  leaderId: string | null = null
  /** Wall-clock milliseconds of the last change of state, -1 for unknown. */
  stateTimestampMs: number
  /** Of all members together; null while unknown or not a consumer group. */
  subscribedTopics: ReadonlySet<string> | null = null
  /** In the order of joining: the first one that waits follows a leader that is gone. */
  readonly members = new Map<string, GroupMember>()
  /** Ids that were given out (MEMBER_ID_REQUIRED) and not used yet, with the time when they lapse. */
  readonly pendingMembers = new Map<string, number>()
  /** Members whose SyncGroup of this generation has not come. */
  readonly pendingSyncs = new Set<string>()
  readonly staticMembers = new Map<string, string>()
  /** When the join phase ends at the latest. */
  joinDeadlineMs = never
  initialDelay: InitialDelay | null = null
  /** A member came during the initial delay: it may be prolonged. */
  newMemberAdded = false
  /** When members that do not sync are removed. */
  syncDeadlineMs = never
  /**
   * The group wants a `tick` at this time of the monotonic clock, Infinity for none. Never later than the earliest
   * deadline; it may be earlier, since a heartbeat moves only the member's deadline.
   */
  wakeAtMs = never

  #state: GroupState
  #previousState: GroupState = 'Empty'
  /** How many members speak each protocol. */
  readonly #protocolCounts = new Map<string, number>()
  #joiningCount = 0

  constructor(groupId: string, stateTimestampMs: number, state: 'Empty' | 'Stable' = 'Empty') {
    this.groupId = groupId
    this.stateTimestampMs = stateTimestampMs
    this.#state = state
  }

  get state(): GroupState {
    return this.#state
  }

  get previousState(): GroupState {
    return this.#previousState
  }

  /** Members with a JoinGroup request that waits. */
  get joiningCount(): number {
    return this.#joiningCount
  }

  get usesConsumerProtocol(): boolean {
    return this.protocolType === consumerProtocolType
  }

  get hasAllMembersJoined(): boolean {
    return this.members.size === this.#joiningCount && this.pendingMembers.size === 0
  }

  get canRebalance(): boolean {
    return mayFollow(this.#state, 'PreparingRebalance')
  }

  /** The longest of all members: how long a rebalance waits for them. */
  get rebalanceTimeoutMs(): number {
    let longestMs = 0
    for (const member of this.members.values()) longestMs = Math.max(longestMs, member.rebalanceTimeoutMs)
    return longestMs
  }

  transitionTo(state: GroupState, wallMs: number): void {
    if (!mayFollow(this.#state, state)) {
      violated(`group ${this.groupId} cannot go from ${this.#state} to ${state}`)
    }
    invariant(state !== 'Empty' || this.members.size === 0, 'an empty group has no members')
    invariant(
      this.members.size > 0 || (state !== 'CompletingRebalance' && state !== 'Stable'),
      'a generation has members',
    )
    this.#previousState = this.#state
    this.#state = state
    this.stateTimestampMs = wallMs
  }

  add(member: GroupMember, joining: Ticket<JoinReply> | null): void {
    const { memberId, groupInstanceId } = member
    invariant(!this.members.has(memberId), 'a member id belongs to one member')
    if (groupInstanceId !== null) {
      invariant(!this.staticMembers.has(groupInstanceId), 'an instance id belongs to one member')
      this.staticMembers.set(groupInstanceId, memberId)
    }
    if (this.members.size === 0) this.protocolType = member.protocolType
    this.leaderId ??= memberId
    this.members.set(memberId, member)
    this.#countProtocols(member.protocols, 1)
    this.#awaitJoin(member, joining)
    this.pendingMembers.delete(memberId)
  }

  /** Takes a member, or an id that was given out, away. Its waiting requests are answered with UNKNOWN_MEMBER_ID. */
  remove(memberId: string, effects: GroupEffect[]): void {
    const member = this.members.get(memberId)
    if (member) {
      this.answerJoin(member, joinError(ErrorCode.UNKNOWN_MEMBER_ID), effects)
      this.answerSync(member, syncError(ErrorCode.UNKNOWN_MEMBER_ID), effects)
      this.members.delete(memberId)
      this.#countProtocols(member.protocols, -1)
      if (member.groupInstanceId !== null) {
        invariant(
          this.staticMembers.get(member.groupInstanceId) === memberId,
          'an instance id belongs to one member',
        )
        this.staticMembers.delete(member.groupInstanceId)
      }
    }
    if (this.leaderId === memberId) this.leaderId = this.members.keys().next().value ?? null
    this.pendingMembers.delete(memberId)
    this.pendingSyncs.delete(memberId)
  }

  /** Takes over what a re-joining member says. A join that waited before gives way to the new one. */
  update(
    member: GroupMember,
    change: {
      readonly protocols: readonly MemberProtocol[]
      readonly rebalanceTimeoutMs: number
      readonly sessionTimeoutMs: number
    },
    joining: Ticket<JoinReply> | null,
    effects: GroupEffect[],
  ): void {
    // The member has sent its request again, on another connection: the first one must not hang.
    this.answerJoin(member, joinError(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, member.memberId), effects)
    this.#countProtocols(member.protocols, -1)
    member.protocols = change.protocols
    this.#countProtocols(member.protocols, 1)
    member.rebalanceTimeoutMs = change.rebalanceTimeoutMs
    member.sessionTimeoutMs = change.sessionTimeoutMs
    this.#awaitJoin(member, joining)
  }

  /** Gives a static member a new id and fences who waits under the old one. It keeps assignment and leadership. */
  replaceStatic(
    groupInstanceId: string,
    oldMemberId: string,
    newMemberId: string,
    effects: GroupEffect[],
  ): GroupMember {
    const old = this.members.get(oldMemberId)
    invariant(old !== undefined, 'who is replaced is a member')
    this.answerJoin(old, joinError(ErrorCode.FENCED_INSTANCE_ID, oldMemberId), effects)
    this.answerSync(old, syncError(ErrorCode.FENCED_INSTANCE_ID), effects)
    const member = old.successor(newMemberId)
    this.members.delete(oldMemberId)
    this.members.set(newMemberId, member)
    if (this.leaderId === oldMemberId) this.leaderId = newMemberId
    if (this.pendingSyncs.delete(oldMemberId)) this.pendingSyncs.add(newMemberId)
    this.staticMembers.set(groupInstanceId, newMemberId)
    return member
  }

  /** Answers the join that waits, if one does. */
  answerJoin(member: GroupMember, reply: JoinReply, effects: GroupEffect[]): boolean {
    if (!member.joining) return false
    effects.push({ type: 'join-reply', to: member.joining, reply })
    member.joining = null
    this.#joiningCount--
    invariant(this.#joiningCount >= 0, 'joins that wait are counted')
    return true
  }

  /** The request waits for the leader's assignment. */
  awaitSync(member: GroupMember, syncing: Ticket<SyncReply>): void {
    invariant(member.syncing === null, 'a sync that waits is answered before another takes its place')
    member.syncing = syncing
  }

  /** Answers the sync that waits, if one does. */
  answerSync(member: GroupMember, reply: SyncReply, effects: GroupEffect[]): boolean {
    if (!member.syncing) return false
    effects.push({ type: 'sync-reply', to: member.syncing, reply })
    member.syncing = null
    return true
  }

  /**
   * Whether a member with these protocols can be in this group. Who would be the first is never refused, whatever state the last
   * members have left behind: an id that was given out and is not used keeps a rebalance open after they are gone.
   */
  supports(protocolType: string, protocols: readonly MemberProtocol[]): boolean {
    if (this.members.size === 0) return protocolType !== '' && protocols.length > 0
    return (
      protocolType === this.protocolType && protocols.some(protocol => this.#isSpokenByAll(protocol.name))
    )
  }

  /**
   * The protocol that all speak and most prefer. Each member votes for the first in its list that all speak; of equals,
   * the one that was voted for first.
   */
  selectProtocol(): string {
    const votes = new Map<string, number>()
    for (const member of this.members.values()) {
      const vote = member.protocols.find(protocol => this.#isSpokenByAll(protocol.name))
      invariant(vote !== undefined, 'members share a protocol')
      votes.set(vote.name, (votes.get(vote.name) ?? 0) + 1)
    }
    let best: string | undefined
    for (const [name, count] of votes) if (best === undefined || count > votes.get(best)!) best = name
    invariant(best !== undefined, 'members choose the protocol')
    return best
  }

  /** Begins the next generation: CompletingRebalance with members, Empty without. */
  nextGeneration(wallMs: number): void {
    invariant(
      this.leaderId === null ? this.members.size === 0 : this.members.has(this.leaderId),
      'the leader is a member',
    )
    this.generationId++
    this.pendingSyncs.clear()
    this.protocolName = this.members.size > 0 ? this.selectProtocol() : null
    this.subscribedTopics = subscribedTopicsOf(this)
    this.transitionTo(this.members.size > 0 ? 'CompletingRebalance' : 'Empty', wallMs)
  }

  /** Lets a member that waits lead if the leader does not wait. False when nobody waits, or there is no leader to replace. */
  electJoinedLeader(): boolean {
    if (this.leaderId === null) return false
    if (this.members.get(this.leaderId)!.joining) return true
    for (const member of this.members.values()) {
      if (member.joining) {
        this.leaderId = member.memberId
        return true
      }
    }
    return false
  }

  /** The error for a request that speaks for this member, 0 for none. */
  memberError(memberId: string, groupInstanceId: string | null): number {
    if (groupInstanceId !== null) {
      const current = this.staticMembers.get(groupInstanceId)
      if (current === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
      if (current !== memberId) return ErrorCode.FENCED_INSTANCE_ID
    }
    return this.members.has(memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID
  }

  get memberCount(): number {
    return this.members.size
  }

  get isUnused(): boolean {
    return this.#state === 'Empty' && this.pendingMembers.size === 0
  }

  admitCommit(by: CommitIdentity, now: Instant): number {
    if (this.#state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE
    if (by.generationId < 0 && this.#state === 'Empty') return ErrorCode.NONE
    if (by.generationId < 0 && by.memberId === '' && by.groupInstanceId === null) {
      return ErrorCode.UNKNOWN_MEMBER_ID
    }
    const errorCode = this.memberError(by.memberId, by.groupInstanceId)
    if (errorCode !== ErrorCode.NONE) return errorCode
    if (by.generationId !== this.generationId) return ErrorCode.ILLEGAL_GENERATION
    // It knows the generation but not its assignment: it has to sync first.
    if (this.#state === 'CompletingRebalance') return ErrorCode.REBALANCE_IN_PROGRESS
    this.expectHeartbeat(this.members.get(by.memberId)!, now.monotonicMs)
    return ErrorCode.NONE
  }

  admitTransactionalCommit(by: CommitIdentity): number {
    if (this.#state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE
    if (by.generationId < 0 && this.#state === 'Empty') return ErrorCode.NONE
    // Producers that know nothing of the group commit for it as they like.
    if (by.generationId < 0 && by.memberId === '' && by.groupInstanceId === null) return ErrorCode.NONE
    const errorCode = this.memberError(by.memberId, by.groupInstanceId)
    if (errorCode !== ErrorCode.NONE) return errorCode
    return by.generationId === this.generationId ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION
  }

  admitOffsetDelete(): number {
    if (this.#state === 'Dead') return ErrorCode.GROUP_ID_NOT_FOUND
    return this.#state === 'Empty' || this.usesConsumerProtocol ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP
  }

  admitDelete(): number {
    if (this.#state === 'Dead') return ErrorCode.GROUP_ID_NOT_FOUND
    return this.#state === 'Empty' ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP
  }

  /**
   * - a group without members: `retentionMs` after it became so;
   * - a consumer group with members, stable: `retentionMs` after the commit, for topics that nobody subscribes to;
   * - a group that only stores offsets: `retentionMs` after the commit;
   * - otherwise never. An expiry time that the client has set takes the place of `retentionMs`.
   */
  isExpired(topic: string, committed: CommittedOffset, wallMs: number, retentionMs: number): boolean {
    if (this.isSubscribedTo(topic)) return false
    let sinceMs = committed.commitTimestampMs
    if (this.protocolType !== null) {
      if (this.#state === 'Empty') {
        if (this.stateTimestampMs !== -1) sinceMs = this.stateTimestampMs
      } else if (this.#state !== 'Stable' || !this.usesConsumerProtocol || this.subscribedTopics === null) {
        return false
      }
    }
    if (committed.expireTimestampMs !== -1) return wallMs >= committed.expireTimestampMs
    return wallMs - sinceMs >= retentionMs
  }

  tombstones(): CoordinatorRecord[] {
    return [groupRecord(this.groupId, null)]
  }

  isSubscribedTo(topic: string): boolean {
    return this.subscribedTopics ? this.subscribedTopics.has(topic) : this.usesConsumerProtocol
  }

  /** The session of `member` ends `timeoutMs` from now unless something is heard. */
  expectHeartbeat(member: GroupMember, monotonicMs: number, timeoutMs = member.sessionTimeoutMs): void {
    member.sessionDeadlineMs = monotonicMs + timeoutMs
    if (member.sessionDeadlineMs < this.wakeAtMs) this.wakeAtMs = member.sessionDeadlineMs
  }

  /** The earliest of all deadlines. */
  earliestDeadlineMs(): number {
    let earliestMs = Math.min(this.joinDeadlineMs, this.syncDeadlineMs)
    for (const deadlineMs of this.pendingMembers.values()) earliestMs = Math.min(earliestMs, deadlineMs)
    for (const member of this.members.values()) earliestMs = Math.min(earliestMs, member.sessionDeadlineMs)
    return earliestMs
  }

  /** What is to be stored, with `assignments` in place of those that members have. */
  snapshot(assignments?: ReadonlyMap<string, Uint8Array>): GroupSnapshot {
    const { protocolName } = this
    const members = [...this.members.values()].map(member => {
      invariant(protocolName !== null, 'a generation has a protocol')
      return {
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        clientId: member.clientId,
        clientHost: member.clientHost,
        rebalanceTimeout: member.rebalanceTimeoutMs,
        sessionTimeout: member.sessionTimeoutMs,
        subscription: member.metadata(protocolName),
        assignment: assignments ? (assignments.get(member.memberId) ?? noAssignment) : member.assignment,
      }
    })
    return {
      protocolType: this.protocolType ?? '',
      generation: this.generationId,
      protocol: protocolName,
      leader: this.leaderId,
      currentStateTimestamp: this.stateTimestampMs,
      members,
    }
  }

  #awaitJoin(member: GroupMember, joining: Ticket<JoinReply> | null): void {
    invariant(member.joining === null, 'a join that waits is answered before another takes its place')
    member.joining = joining
    if (joining) this.#joiningCount++
  }

  #isSpokenByAll(protocol: string): boolean {
    return this.#protocolCounts.get(protocol) === this.members.size
  }

  #countProtocols(protocols: readonly MemberProtocol[], by: 1 | -1): void {
    for (const name of new Set(protocols.map(protocol => protocol.name))) {
      const count = (this.#protocolCounts.get(name) ?? 0) + by
      if (count === 0) this.#protocolCounts.delete(name)
      else this.#protocolCounts.set(name, count)
    }
  }
}
