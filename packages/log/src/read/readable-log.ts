// What readers need of a log.
import type { BufferPool } from '@millrace/protocol'
import type { FileCache } from '../disk/file-cache.ts'
import type { SegmentList } from '../segment/segment-list.ts'
import type { Arena } from '../tail/arena.ts'
import type { PartitionTail } from '../tail/partition-tail.ts'
import type { ReadCursors } from './read-cursors.ts'

export interface ReadableLog {
  /** Of its directory. */
  readonly name: string
  readonly offsets: { readonly start: number; readonly end: number; readonly highWatermark: number }
  readonly segments: SegmentList
  readonly tail: PartitionTail
  readonly cursors: ReadCursors
  readonly storage: {
    readonly arena: Arena
    readonly buffers: BufferPool
    readonly files: FileCache
  }
  /** Throws KAFKA_STORAGE_ERROR when nothing can be read any more: the partition is deleted, or the broker stops. */
  assertOpen(): void
}
