// Reads a partition of `__consumer_offsets` from its start to its end: what is committed, and which groups there are.
import type { PartitionLog } from '@millrace/log'
import {
  type BatchHeader,
  batches,
  ControlRecordType,
  readControlRecord,
  RecordBatchCursor,
} from '@millrace/protocol'
import type { GroupSnapshot } from './group-snapshot.ts'
import { readOffsetsRecord } from './offsets-records.ts'
import type { OffsetChange, OffsetTable } from './offset-table.ts'

const chunkBytes = 1 << 20

export interface Replayed {
  /** Groups that have a record, as of their last one. */
  readonly snapshots: ReadonlyMap<string, GroupSnapshot>
  readonly recordCount: number
  /** Records of other kinds of groups: passed over. */
  readonly foreignCount: number
}

/** Fills `offsets` from the log. One pass, linear in its size. */
export async function replay(log: PartitionLog, offsets: OffsetTable): Promise<Replayed> {
  const replayer = new Replayer(offsets)
  let offset = log.logStartOffset
  while (offset < log.highWatermark) {
    const read = await log.read(offset, chunkBytes, {})
    // The walk never goes on from where it is: a log that gives nothing below its end would be read for ever.
    if (read.nextOffset <= offset)
      throw new Error(`${log.topic}-${log.partition} ends at ${offset} when read`)
    for (const chunk of read.chunks) for (const header of batches(chunk)) replayer.batch(header)
    offset = read.nextOffset
    read.release?.()
  }
  return replayer
}

class Replayer implements Replayed {
  readonly snapshots = new Map<string, GroupSnapshot>()
  recordCount = 0
  foreignCount = 0
  readonly #offsets: OffsetTable
  readonly #cursor = new RecordBatchCursor()
  /** Offsets committed in transactions that are open, by producer id: they count when the transaction commits. */
  readonly #open = new Map<number, OffsetChange[]>()

  constructor(offsets: OffsetTable) {
    this.#offsets = offsets
  }

  batch(header: BatchHeader): void {
    const cursor = this.#cursor.open(header)
    while (cursor.next()) {
      this.recordCount++
      if (header.isControl) this.#marker(header.producerId, readControlRecord(cursor).type)
      else this.#record(cursor.key(), cursor.value(), header)
    }
  }

  #record(key: Buffer | null, value: Buffer | null, header: BatchHeader): void {
    const entry = key && readOffsetsRecord(key, value)
    if (!entry) {
      this.foreignCount++
    } else if (entry.type === 'group') {
      if (entry.snapshot) this.snapshots.set(entry.groupId, entry.snapshot)
      else this.snapshots.delete(entry.groupId)
    } else if (header.isTransactional) {
      const pending = this.#open.get(header.producerId)
      if (pending) pending.push(entry.change)
      else this.#open.set(header.producerId, [entry.change])
    } else {
      this.#offsets.apply(entry.change)
    }
  }

  #marker(producerId: number, type: number): void {
    if (type === ControlRecordType.COMMIT) {
      for (const change of this.#open.get(producerId) ?? []) this.#offsets.apply(change)
    }
    this.#open.delete(producerId)
  }
}
