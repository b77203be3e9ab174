// LZ4's blocks, read and written by WebAssembly in a memory that is filled and emptied by `lz4.ts`.
import { assemble, type Memory } from '../webassembly/assemble.ts'
import { readerOfBlocks } from './lz4-block-reader.ts'
import { writerOfBlocks } from './lz4-block-writer.ts'

export interface Lz4Blocks {
  readonly memory: Memory
  /**
   * Decompresses the block from `source` to before `sourceEnd` to `target`. Matches may begin from `base` on. Returns the end of what it has written, `malformed`,
   * or `outgrown` when there is no room up to `targetEnd`. Behind both ends there are `slackBytes`.
   */
  read(source: number, sourceEnd: number, target: number, targetEnd: number, base: number): number
  /**
   * Compresses what stands from `source` to before `sourceEnd`, `writtenBlockBytes` at most, to `target`, where there is room for `compressedBytesMax`
   * and `slackBytes`. Returns the end of what it has written. `table` has `tableBytes`.
   */
  write(source: number, sourceEnd: number, target: number, table: number): number
}

/** Throws where there is no WebAssembly, or none with vectors and bulk memory. */
export function makeLz4Blocks(memoryBytes: number): Lz4Blocks {
  const { memory, functions } = assemble(memoryBytes, { read: readerOfBlocks(), write: writerOfBlocks() })
  return { memory, read: functions.read, write: functions.write }
}
