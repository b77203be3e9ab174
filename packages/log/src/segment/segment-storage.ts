// What segments need of the storage that they stand in.
import type { Disk } from '../disk/disk.ts'
import type { FileCache } from '../disk/file-cache.ts'
import type { IndexCache } from './index-cache.ts'

export interface SegmentStorage {
  readonly disk: Disk
  readonly files: FileCache
  readonly indexCache: IndexCache
  /** Of segments whose partition's settings are not known while they are recovered. */
  readonly segmentIndexBytes: number
  readonly indexIntervalBytes: number
}
