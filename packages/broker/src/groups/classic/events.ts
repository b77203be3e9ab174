// What happens to a group and what follows from it: the vocabulary of the state machine.
import type { Ticket } from '../../coordination/ticket.ts'
import type { GroupSnapshot } from './group-snapshot.ts'

/** A protocol (assignor) that a member speaks, with what it tells the leader under it. */
export interface MemberProtocol {
  readonly name: string
  readonly metadata: Uint8Array
}

/** The fields of a JoinGroup request that matter, and the member id to give to who has none. */
export interface JoinEvent {
  readonly type: 'join'
  readonly ticket: Ticket<JoinReply>
  readonly apiVersion: number
  readonly clientId: string
  /** Kafka's form: `/` and the address. */
  readonly clientHost: string
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  /** Empty when the member has no id yet. */
  readonly memberId: string
  /** The static member's name (KIP-345). */
  readonly groupInstanceId: string | null
  readonly protocolType: string
  /** In the order of the member's preference. */
  readonly protocols: readonly MemberProtocol[]
  readonly reason: string | null
  /** Fresh and unique; used if this join makes a member. */
  readonly newMemberId: string
}

export interface SyncEvent {
  readonly type: 'sync'
  readonly ticket: Ticket<SyncReply>
  readonly generationId: number
  readonly memberId: string
  readonly groupInstanceId: string | null
  /** Absent before version 5. */
  readonly protocolType: string | null
  readonly protocolName: string | null
  readonly assignments: readonly MemberAssignment[]
}

export interface HeartbeatEvent {
  readonly type: 'heartbeat'
  readonly ticket: Ticket<HeartbeatReply>
  readonly generationId: number
  readonly memberId: string
  readonly groupInstanceId: string | null
}

export interface LeaveEvent {
  readonly type: 'leave'
  readonly ticket: Ticket<LeaveReply>
  readonly members: readonly LeavingMember[]
}

/** A deadline of the group may have passed: see `ClassicGroup.wakeAtMs`. */
interface TickEvent {
  readonly type: 'tick'
}

/** The record of an `append` effect is durable, or could not be written. */
interface AppendedEvent {
  readonly type: 'appended'
  readonly next: Continuation
  /** 0 once durable. */
  readonly errorCode: number
}

/** The group is deleted or the broker closes: who waits is sent away with `errorCode`. */
interface EndEvent {
  readonly type: 'end'
  readonly errorCode: number
}

export type GroupEvent =
  | JoinEvent
  | SyncEvent
  | HeartbeatEvent
  | LeaveEvent
  | TickEvent
  | AppendedEvent
  | EndEvent

interface MemberAssignment {
  readonly memberId: string
  readonly assignment: Uint8Array
}

export interface LeavingMember {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly reason: string | null
}

export interface JoinReply {
  readonly errorCode: number
  readonly generationId: number
  readonly protocolType: string | null
  readonly protocolName: string | null
  readonly leader: string
  readonly skipAssignment: boolean
  readonly memberId: string
  /** Everybody, for the leader; empty for the others. */
  readonly members: readonly JoinedMember[]
}

export interface JoinedMember {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly metadata: Uint8Array
}

export interface SyncReply {
  readonly errorCode: number
  readonly protocolType: string | null
  readonly protocolName: string | null
  readonly assignment: Uint8Array
}

export interface HeartbeatReply {
  readonly errorCode: number
}

export interface LeaveReply {
  readonly errorCode: number
  readonly members: readonly LeftMember[]
}

export interface LeftMember {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly errorCode: number
}

/** What to go on with once a record is durable. */
export type Continuation =
  /** The leader's assignment was stored: hand it out. */
  | {
      readonly type: 'assign'
      readonly generationId: number
      readonly leaderId: string
      readonly assignments: ReadonlyMap<string, Uint8Array>
    }
  /** A static member's new id was stored: answer its join, or put the old one back. */
  | {
      readonly type: 'replaced'
      readonly apiVersion: number
      readonly ticket: Ticket<JoinReply>
      readonly groupInstanceId: string
      readonly oldMemberId: string
      readonly newMemberId: string
      readonly oldLeader: string | null
      readonly oldProtocols: readonly MemberProtocol[]
      readonly oldRebalanceTimeoutMs: number
      readonly oldSessionTimeoutMs: number
    }

export type GroupEffect =
  | { readonly type: 'join-reply'; readonly to: Ticket<JoinReply>; readonly reply: JoinReply }
  | { readonly type: 'sync-reply'; readonly to: Ticket<SyncReply>; readonly reply: SyncReply }
  | { readonly type: 'heartbeat-reply'; readonly to: Ticket<HeartbeatReply>; readonly reply: HeartbeatReply }
  | { readonly type: 'leave-reply'; readonly to: Ticket<LeaveReply>; readonly reply: LeaveReply }
  /** Write the group's record; step with `appended` once it is durable if there is a continuation. */
  | { readonly type: 'append'; readonly snapshot: GroupSnapshot; readonly next: Continuation | null }
  /** Something an operator wants to read. */
  | {
      readonly type: 'log'
      readonly event: string
      readonly fields: Readonly<Record<string, string | number>>
    }
