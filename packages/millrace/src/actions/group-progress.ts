// How far a member of a group is: whether it has read everything that it was given, or was given nothing.
import type { Consumer, RebalanceHooks } from '@millrace/client'

/** A cooperative member may get its partitions with the second rebalance, when the others have heard of the first: a heartbeat later. */
const settleMs = 5_000

export interface GroupProgress {
  /** For `subscribe`. */
  readonly hooks: RebalanceHooks
  /** Whether no partition has records left, or the group has given this member none. */
  readonly isAtEnd: boolean
  /** Whether the group has given this member nothing. */
  readonly isEmptyHanded: boolean
  /** What to say then. */
  readonly emptyNote: string
}

export function memberProgress(consumer: Consumer, groupId: string): GroupProgress {
  let joinedAt: number | undefined
  const isEmptyHanded = () => joinedAt !== undefined && consumer.assignment.length === 0
  return {
    hooks: {
      onAssigned: () => {
        joinedAt = performance.now()
      },
    },
    get isAtEnd() {
      if (isEmptyHanded()) return performance.now() - joinedAt! >= settleMs
      const lags = consumer.assignment.map(entry => consumer.lag(entry))
      return lags.length > 0 && lags.every(lag => lag === 0)
    },
    get isEmptyHanded() {
      return isEmptyHanded()
    },
    emptyNote: `group "${groupId}" has no partition for this member: its other members have them all, or there are none`,
  }
}
