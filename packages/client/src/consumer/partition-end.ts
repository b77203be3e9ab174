// Tells when the user has asked for more than a partition holds.
import { tell } from '../events/tell.ts'
import type { Notices } from './notices.ts'
import type { PartitionState } from './partition-state.ts'

/** What `onPartitionEnd` hears: a partition, and the offset behind its last record. */
interface PartitionEnd {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** Looks whether everything of a partition is processed, and tells `listener` and who consumes by events of each end once. */
export function endTeller(
  listener: ((end: PartitionEnd) => void) | undefined,
  notices: Notices,
  readCommitted: boolean,
): (state: PartitionState) => void {
  return state => {
    if (!listener && !notices.isOpen) return
    const { topic, partition, processed } = state
    const end = state.logEnd(readCommitted)
    if (end < 0 || processed < end || state.endTold === end) return
    state.endTold = end
    if (listener) tell(listener, { topic, partition, offset: end })
    notices.partitionEnd(topic, partition, end)
  }
}
