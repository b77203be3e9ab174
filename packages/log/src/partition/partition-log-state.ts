// What the log of a partition is made from, and what it goes back to when appends cannot be written.
import type { LogConfig } from '../api/config.ts'
import type { EpochCache } from '../epochs/epoch-cache.ts'
import type { ProducerStates } from '../producers/producer-states.ts'
import type { Segment, SegmentMark } from '../segment/segment.ts'
import type { SegmentList } from '../segment/segment-list.ts'
import type { Storage } from '../storage/storage.ts'
import type { AppendFate } from '../api/types.ts'

/** What `PartitionLog` is made from: an empty directory, or what recovery found. */
export interface PartitionLogState {
  readonly storage: Storage
  readonly directory: string
  readonly topic: string
  readonly partition: number
  readonly topicId: string
  readonly segments: SegmentList
  readonly producers: ProducerStates
  readonly epochs: EpochCache
  readonly logStartOffset: number
  readonly recoveryPoint: number
  readonly config: LogConfig
  /** Made just now: its directory is not known to be durable. */
  readonly fresh: boolean
  /** Its `partition.metadata` was written just now. */
  readonly metadataWritten: boolean
}

/** State before the appends of the current group, to go back to when they cannot be written. */
export interface GroupMark extends AppendFate {
  readonly segment: Segment
  readonly segmentMark: SegmentMark
  readonly logEndOffset: number
  state: AppendFate['state']
  /** They have to be written on a full disk, too: see `AppendOptions.makesRoom`. */
  makesRoom: boolean
}

/** Of what is in a file. */
export const writtenFate: AppendFate = { state: 'written' }
