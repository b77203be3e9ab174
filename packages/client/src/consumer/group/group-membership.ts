// What a consumer needs of its membership in a group, whatever the protocol, and what a membership needs of the consumer.
import type { TopicPartitions } from '../assignors/assignor.ts'
import type { CommitIdentity } from '../committed-offsets.ts'
import type { Subscription } from '../subscription.ts'

/** Whether who closes stays a member, so that its partitions wait for it (KIP-1092). Undefined: a static member does, for as long as its session, and others do not. */
export type Farewell = 'leave' | 'remain' | undefined

export interface Leadership {
  readonly leaderId: string
  readonly protocol: string
}

/** Where no member divides. */
export const noLeadership: Leadership = { leaderId: '', protocol: '' }

export interface GroupMembership {
  /** Who commits: `generation`, a member epoch by the consumer protocol, is −1 outside of the group. */
  readonly identity: CommitIdentity
  /** Who divides the partitions of a classic group, and by which assignor; empty texts outside of one, and where the broker divides. */
  readonly leadership: Leadership
  /** Whether the coordinator may be in another generation than this member, which takes nothing from it before it is told so. */
  readonly isRejoining: boolean
  start(): void
  /** Another subscription takes the place of the one before. */
  subscribe(subscription: Subscription): void
  /** Gives everything up and leaves. Resolves when the coordinator knows, or cannot be told. */
  leave(farewell: Farewell): Promise<void>
  /** Ends at once, without a word to the group. */
  close(): void
}

export interface GroupMembershipHost {
  /** Gives partitions up: waits for the user, commits, runs hooks. `lost`: they may be another member's already. */
  revoke(partitions: TopicPartitions, lost: boolean): Promise<void>
  /** Gives `revoked` up and takes `added` over. */
  assign(revoked: TopicPartitions, added: TopicPartitions): Promise<void>
  /** A rebalance begins, or goes on: the next {@link assign} ends it. For measuring, and may be told several times. */
  rebalancing(): void
  /** Whether the user asked for records since the last call. */
  takePolled(): boolean
  onError(error: Error): void
  /** The membership has ended with an error, and there will be no other. */
  onFailed(error: Error): void
}

/** Makes a membership; it joins on `start`. */
export type MakeMembership = (subscription: Subscription, host: GroupMembershipHost) => GroupMembership
