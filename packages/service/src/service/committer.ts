// The offsets of partitions as they are committed: what is done, and what is done behind it as the commit's metadata.
import type { OffsetToCommit } from '@millrace/client'
import type { PartitionWork } from './partition-work.ts'

/** What is to be committed of a partition. */
export interface Progress {
  readonly work: PartitionWork
  readonly offset: OffsetToCommit
  /** Whether not all of what is done fitted into the metadata. */
  readonly isCut: boolean
}

/** What has changed since the last commit. Whoever calls this commits it, and says so by {@link markCommitted}. */
export function progressOf(works: Iterable<PartitionWork>): Progress[] {
  const changed: Progress[] = []
  for (const work of works) {
    const { tracker, topic, partition } = work
    if (!tracker || !work.isDirty || work.isGone) continue
    work.isDirty = false
    const { offset, metadata, isCut } = tracker.commit()
    if (work.committed?.offset === offset && work.committed.metadata === metadata) continue
    const leaderEpoch = work.commitEpoch
    changed.push({ work, offset: { topic, partition, offset, metadata, leaderEpoch }, isCut })
  }
  return changed
}

export function markCommitted(progress: readonly Progress[]): void {
  for (const { work, offset } of progress)
    work.committed = { offset: offset.offset, metadata: offset.metadata ?? '' }
}

/** It was not committed: it is due again. */
export function markUncommitted(progress: readonly Progress[]): void {
  for (const { work } of progress) work.isDirty = true
}
