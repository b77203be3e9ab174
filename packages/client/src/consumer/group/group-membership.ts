// What a consumer needs of its membership in a group, whatever the protocol, and what a membership needs of the consumer.
import type { TopicPartitions } from '../assignors/assignor.ts'
import type { CommitIdentity } from '../committed-offsets.ts'
import type { Subscription } from '../subscription.ts'

export interface GroupMembership {
  /** Who commits: `memberId` is empty, and `generation` −1, outside of a generation. */
  readonly identity: CommitIdentity
  /** Whether the group gathers and divides, which takes nothing from this member before it is told so. */
  readonly isRejoining: boolean
  start(): void
  /** Another subscription takes the place of the one before. */
  subscribe(subscription: Subscription): void
  /** Gives everything up and leaves. Resolves when the coordinator knows, or cannot be told. */
  leave(): Promise<void>
  /** Ends at once, without a word to the group. */
  close(): void
}

export interface GroupMembershipHost {
  /** Gives partitions up: waits for the user, commits, runs hooks. `lost`: they may be another member's already. */
  revoke(partitions: TopicPartitions, lost: boolean): Promise<void>
  /** Gives `revoked` up and takes `added` over. */
  assign(revoked: TopicPartitions, added: TopicPartitions): Promise<void>
  /** Whether the user asked for records since the last call. */
  takePolled(): boolean
  onError(error: Error): void
  /** The membership has ended with an error, and there will be no other. */
  onFailed(error: Error): void
}

/** Makes a membership; it joins on `start`. */
export type MakeMembership = (subscription: Subscription, host: GroupMembershipHost) => GroupMembership
