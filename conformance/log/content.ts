// What is in the segments of a partition, by its files: to be compared with what another broker has left.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BatchHeader, batches, decompressRecords, RecordBatchCursor } from '@millrace/protocol'

export interface Content {
  /** Offset, key and value of each record; of markers the offset alone. */
  readonly records: string[]
  /** What each batch with records says, by its base offset. */
  readonly batches: Map<number, string>
  readonly emptyBatches: number[]
}

/** What the segments of a partition hold. */
export function contentOf(directory: string): Content {
  const content: Content = { records: [], batches: new Map(), emptyBatches: [] }
  for (const name of readdirSync(directory)
    .filter(each => each.endsWith('.log'))
    .sort()) {
    for (const header of batches(readFileSync(join(directory, name)))) {
      if (header.recordCount === 0) content.emptyBatches.push(header.baseOffset)
      else content.batches.set(header.baseOffset, textOf(header))
      const cursor = new RecordBatchCursor().open(header)
      while (cursor.next())
        content.records.push(
          header.isControl
            ? `${cursor.offset} marker`
            : `${cursor.offset} ${cursor.keyString()}=${cursor.valueString()}`,
        )
    }
  }
  return content
}

/** Compressed bytes depend on the library: the records are compared as they are, and the header without length and checksum. */
function textOf(header: BatchHeader): string {
  const fixed = header.buffer.subarray(header.start, header.start + 61)
  const records = createHash('sha1').update(decompressRecords(header)).digest('hex')
  return `${fixed.toString('hex', 0, 8)} ${fixed.toString('hex', 12, 17)} ${fixed.toString('hex', 21)} ${records}`
}
