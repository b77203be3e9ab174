// Reads a partition of an internal topic from its start to its end.
import type { PartitionLog } from '@millrace/log'
import {
  type BatchHeader,
  batches,
  ControlRecordType,
  readControlRecord,
  RecordBatchCursor,
} from '@millrace/protocol'
import { violated } from '@millrace/runtime'
import type { Shard, ShardLoader } from './shard-kind.ts'

const chunkBytes = 1 << 20

export interface Replayed {
  readonly recordCount: number
  /** Records that the loader does not know. */
  readonly unknownCount: number
}

/** Brings every record of the log to the loader. One pass, linear in the log's size. */
export async function replay(log: PartitionLog, loader: ShardLoader<Shard>): Promise<Replayed> {
  const replayer = new Replayer(loader)
  let offset = log.logStartOffset
  while (offset < log.highWatermark) {
    const read = await log.read(offset, chunkBytes, {})
    // The walk never goes on from where it is: a log that gives nothing below its end would be read for ever.
    if (read.nextOffset <= offset) violated(`${log.topic}-${log.partition} ends at ${offset} when read`)
    for (const chunk of read.chunks) for (const header of batches(chunk)) replayer.batch(header)
    offset = read.nextOffset
    read.release?.()
  }
  return replayer
}

class Replayer implements Replayed {
  recordCount = 0
  unknownCount = 0
  readonly #loader: ShardLoader<Shard>
  readonly #cursor = new RecordBatchCursor()

  constructor(loader: ShardLoader<Shard>) {
    this.#loader = loader
  }

  batch(header: BatchHeader): void {
    const cursor = this.#cursor.open(header)
    while (cursor.next()) {
      this.recordCount++
      if (header.isControl) {
        const committed = readControlRecord(cursor).type === ControlRecordType.COMMIT
        this.#loader.marker(header.producerId, committed, cursor.offset)
        continue
      }
      const key = cursor.key()
      if (!key || !this.#loader.record(key, cursor.value(), header, cursor.offset)) this.unknownCount++
    }
  }
}
