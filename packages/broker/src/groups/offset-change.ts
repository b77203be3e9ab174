// What happens to a committed offset: it is set, or deleted.

export interface CommittedOffset {
  readonly offset: number
  /** -1 for unknown. */
  readonly leaderEpoch: number
  readonly metadata: string
  /** Wall-clock milliseconds. */
  readonly commitTimestampMs: number
  /** Wall-clock milliseconds; -1 for the broker's retention. Only old clients set it. */
  readonly expireTimestampMs: number
  /** The zero UUID for unknown. */
  readonly topicId: string
}

/** A commit, or a deletion (`committed` null). */
export interface OffsetChange {
  readonly groupId: string
  readonly topic: string
  readonly partition: number
  readonly committed: CommittedOffset | null
}

/** Unique: a partition is a number and a topic's name has no line break. */
export function keyOf({ groupId, topic, partition }: OffsetChange): string {
  return `${partition}\n${topic}\n${groupId}`
}

/** The deletion of an offset. */
export function deletionOf({ groupId, topic, partition }: OffsetChange): OffsetChange {
  return { groupId, topic, partition, committed: null }
}
