// A partition's log as far as the state of its producers goes: batches in segments and in memory.
import type { Disk } from '../disk/disk.ts'
import type { CachedFile, FileCache } from '../disk/file-cache.ts'
import type { OffsetIndex } from '../segment/offset-index.ts'
import type { ProducerStates } from './producer-states.ts'

export interface ProducerSegment {
  readonly baseOffset: number
  readonly filedBytes: number
  readonly file: CachedFile
  indexes(): { readonly offsets: OffsetIndex }
}

export interface ProducerLog {
  readonly producers: ProducerStates
  readonly segments: {
    readonly first: ProducerSegment
    readonly count: number
    at(index: number): ProducerSegment | undefined
    indexOf(offset: number): number
  }
  readonly tail: {
    unfiled(pending: boolean): readonly {
      readonly baseOffset: number
      readonly bytes: Buffer
      readonly segment: { readonly baseOffset: number }
    }[]
  }
  readonly storage: {
    readonly disk: Disk
    readonly files: FileCache
    readonly logger: { warn(message: string): void }
  }
}
